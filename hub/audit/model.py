"""The tables of the ledger, and of the epochs that a record is made against.

What can never be changed unseen: `body`, `sealed`, `recorded_at` and the columns beside them are all bound by the leaf
(see `leaf`); the order of the leaves is bound by the tree, and the tree by checkpoints that others keep.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, Column, Index, LargeBinary, Text, text
from sqlmodel import Field

from hub.kit.database import EnumText, Table, UtcDateTime


class EntryKind(StrEnum):
    """What an entry tells of."""

    DISCLOSURE = "disclosure"
    REFUSAL = "refusal"
    UNDECIDED = "undecided"
    CHANGE = "change"
    SYSTEM = "system"


class Outcome(StrEnum):
    """How it went: the three answers of a decision, and `done` for a change or an act of the system."""

    PERMIT = "permit"
    DENY = "deny"
    UNDECIDED = "undecided"
    DONE = "done"


class Standing(Table, table=True):
    """How many times the ground under a subject has moved. A permit is recorded only against the epoch it stood on.

    Subjects: `individual:<id>`, `assignment:<id>`, `client:<id>`, `agency:<id>`.
    """

    __tablename__ = "standing"

    subject: str = Field(primary_key=True)
    epoch: int = Field(sa_type=BigInteger)


class LedgerEntry(Table, table=True):
    """One entry. Never updated or deleted; erasure empties the personal columns and destroys the key of `sealed`."""

    __tablename__ = "ledger_entry"
    __table_args__ = (
        Index(
            "ix_ledger_entry_individual", "individual", "recorded_at", postgresql_where=text("individual IS NOT NULL")
        ),
        Index("ix_ledger_entry_case_id", "case_id", "recorded_at", postgresql_where=text("case_id IS NOT NULL")),
        Index("ix_ledger_entry_agency", "agency", "recorded_at"),
        Index("ix_ledger_entry_owner", "owner", "recorded_at", postgresql_where=text("owner IS NOT NULL")),
    )

    id: str = Field(primary_key=True)
    #: The leaf without its last member, byte for byte as it was written.
    body: str = Field(sa_type=Text)
    #: The personal part, under the key of the individual (or of the agency, where no individual is concerned).
    sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    #: When the database recorded it, by the database's own clock: the leaf's last member.
    recorded_at: datetime = Field(sa_type=UtcDateTime)
    kind: EntryKind = Field(sa_type=EnumText(EntryKind))  # pyright: ignore[reportArgumentType]
    outcome: Outcome = Field(sa_type=EnumText(Outcome))  # pyright: ignore[reportArgumentType]
    #: Who asked; whose information it was, when that is another; who answers for the entry and its retention.
    agency: str | None
    owner: str | None
    holder: str
    #: Personal: emptied at erasure, bound to the leaf by a salt that lies in `sealed`.
    individual: str | None
    case_id: str | None
    caller_ref: str | None


class LedgerPending(Table, table=True):
    """An entry that is not yet in the tree."""

    __tablename__ = "ledger_pending"

    entry_id: str = Field(primary_key=True)


class LedgerLeaf(Table, table=True):
    """An entry's place in the tree."""

    __tablename__ = "ledger_leaf"

    position: int = Field(sa_type=BigInteger, primary_key=True, sa_column_kwargs={"autoincrement": False})
    entry_id: str = Field(unique=True)
    leaf_hash: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class LedgerNode(Table, table=True):
    """The hash of each full subtree of 256, 65 536 … leaves, so that a proof reads hundreds of rows, not millions."""

    __tablename__ = "ledger_node"

    level: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    position: int = Field(sa_type=BigInteger, primary_key=True, sa_column_kwargs={"autoincrement": False})
    hash: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class LedgerTree(Table, table=True):
    """The tree's size and the hashes of its full subtrees, largest first: all that is needed to append. One row."""

    __tablename__ = "ledger_tree"

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    size: int = Field(sa_type=BigInteger)
    peaks: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class LedgerCheckpoint(Table, table=True):
    """A signed checkpoint (C2SP tlog-checkpoint), as it was handed out."""

    __tablename__ = "ledger_checkpoint"

    size: int = Field(sa_type=BigInteger, primary_key=True, sa_column_kwargs={"autoincrement": False})
    note: str = Field(sa_type=Text)
    at: datetime = Field(sa_type=UtcDateTime)


class LedgerHolder(Table, table=True):
    """The largest checkpoint that an agency has fetched, and so can hold against us."""

    __tablename__ = "ledger_holder"

    agency: str = Field(primary_key=True)
    size: int = Field(sa_type=BigInteger)
    at: datetime = Field(sa_type=UtcDateTime)
