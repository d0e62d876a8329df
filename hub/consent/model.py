"""The tables of consent.

Everything here but the notices is written once: a consent, its lines, its blocks and its texts are never changed and
never deleted, which triggers in both dialects hold. What becomes of them is told by events, and the state is derived
from the events (`state.py`); erasure destroys the key of what is sealed.
"""

from datetime import datetime
from typing import Any, ClassVar, Final

from sqlalchemy import DDL, BigInteger, Column, ForeignKey, Index, Integer, UniqueConstraint, event, text
from sqlmodel import Field

from hub.consent.kinds import Effect, EventKind, Form, GivenBy, Kind, Language, ReceiverKind
from hub.kit.database import EnumText, Sealed, Table, UtcDateTime


class Template(Table, table=True):
    """One version of the text that is shown before a yes. Succeeded by the next version, never changed."""

    __tablename__: ClassVar[Any] = "consent_template"
    __table_args__ = (UniqueConstraint("kind", "language", "version"),)

    id: str = Field(primary_key=True)
    kind: Kind = Field(sa_column=Column(EnumText(Kind), nullable=False))
    language: Language = Field(sa_column=Column(EnumText(Language), nullable=False))
    version: int
    body: str
    digest: bytes
    published_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))


class Consent(Table, table=True):
    """One answer of one individual: how it was given, on which text, before whom."""

    __tablename__: ClassVar[Any] = "consent"
    __table_args__ = (Index("ix_consent_individual", "individual_id"),)

    id: str = Field(primary_key=True)
    individual_id: str
    kind: Kind = Field(sa_column=Column(EnumText(Kind), nullable=False))
    #: Whose item this is: its retention, its key.
    answerable_agency: str
    case_id: str | None = None
    form: Form = Field(sa_column=Column(EnumText(Form), nullable=False))
    template_id: str = Field(foreign_key="consent_template.id")
    language: Language = Field(sa_column=Column(EnumText(Language), nullable=False))
    text_shown: bytes = Field(sa_column=Column(Sealed, nullable=False))
    given_by: GivenBy = Field(sa_column=Column(EnumText(GivenBy), nullable=False))
    representative_id: str | None = None
    #: Who wrote it down: an assignment, or nobody when the individual did it by an own strong sign-in.
    recorded_by: str | None = None
    recorded_by_agency: str | None = None
    #: Witness, note, condition and the insats of a SUS consent, sealed as one; the digest is of the scan when there is one, else of this.
    evidence: bytes = Field(sa_column=Column(Sealed, nullable=False))
    evidence_digest: bytes
    exclusions_asked: bool
    #: The decision (ledger entry) that let it be kept; a no needs none.
    decision: str | None = None
    given_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))


class Scan(Table, table=True):
    """The paper that was signed, sealed; apart from the consent so that reading one doesn't fetch the other."""

    __tablename__: ClassVar[Any] = "consent_scan"

    consent_id: str = Field(sa_column=Column(ForeignKey("consent.id"), primary_key=True))
    media_type: str
    content: bytes = Field(sa_column=Column(Sealed, nullable=False))


class Line(Table, table=True):
    """What one consent says about one owner, one receiver, one category and one purpose, [from, until)."""

    __tablename__: ClassVar[Any] = "consent_line"
    # The hot path enters here with the individual and one or a few owners and receivers.
    __table_args__ = (
        Index("ix_consent_line_reading", "individual_id", "owner", "receiver"),
        Index("ix_consent_line_consent", "consent_id"),
        # What waits for an owner's official is few among many.
        Index(
            "ix_consent_line_awaiting",
            "owner",
            "valid_until",
            sqlite_where=text("needs_acceptance"),
            postgresql_where=text("needs_acceptance"),
        ),
    )

    id: str = Field(primary_key=True)
    consent_id: str = Field(foreign_key="consent.id")
    individual_id: str
    kind: Kind = Field(sa_column=Column(EnumText(Kind), nullable=False))
    owner: str
    receiver: str
    category: str
    purpose: str
    valid_from: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    valid_until: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    effect: Effect = Field(sa_column=Column(EnumText(Effect), nullable=False))
    #: "self", or the id of the mandate that it was given on; and when.
    given_by: str
    given_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    #: That mandate as it stood when it was used, as a question's fact (reading R7); what it becomes later changes nothing.
    mandate: str = ""
    #: Whether the owner's official must accept the evidence first: somebody else wrote it down, at another agency.
    needs_acceptance: bool
    #: Given on a condition that must follow the data (OSL 12 kap. 2 § andra stycket).
    reserved: bool = False
    #: An exclusion in the individual's own words, sealed.
    words: bytes | None = Field(default=None, sa_column=Column(Sealed))


class Block(Table, table=True):
    """A stop set by the individual: beats every consent, also newer ones, until openly lifted (reading R3)."""

    __tablename__: ClassVar[Any] = "consent_block"
    __table_args__ = (Index("ix_consent_block_individual", "individual_id"),)

    id: str = Field(primary_key=True)
    individual_id: str
    owner: str
    receiver: str
    category: str
    set_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))


class Event(Table, table=True):
    """One thing that happened to one consent, line or block. Append-only; `number` orders an individual's history."""

    __tablename__: ClassVar[Any] = "consent_event"
    __table_args__ = (
        Index("ix_consent_event_line", "line_id", "kind"),
        Index("ix_consent_event_block", "block_id"),
        Index("ix_consent_event_individual", "individual_id", "number"),
    )

    number: int | None = Field(
        default=None,
        sa_column=Column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    )
    individual_id: str
    kind: EventKind = Field(sa_column=Column(EnumText(EventKind), nullable=False))
    consent_id: str | None = Field(default=None, foreign_key="consent.id")
    line_id: str | None = Field(default=None, foreign_key="consent_line.id")
    block_id: str | None = Field(default=None, foreign_key="consent_block.id")
    #: From when this ends the line, when it does: at once, or a nearer last day.
    ends_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    #: The withdrawal that this is part of, or the consent that renewed this one.
    by_act: str | None = None
    #: Why evidence was refused (`EvidenceFault`).
    reason: str | None = None
    caller_ref: str
    caller_agency: str | None = None
    at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))


class Lift(Table, table=True):
    """The evidence of an exclusion or block that was lifted on the individual's word, written down by staff."""

    __tablename__: ClassVar[Any] = "consent_lift"
    __table_args__ = (Index("ix_consent_lift_individual", "individual_id"),)

    id: str = Field(primary_key=True)
    individual_id: str
    #: The line or the block.
    lifted: str
    #: The owner towards whom it stood; its staff wrote it down.
    answerable_agency: str
    case_id: str | None = None
    form: Form = Field(sa_column=Column(EnumText(Form), nullable=False))
    #: Witness and note, sealed as one; the digest is of the scan when there is one, else of this.
    evidence: bytes = Field(sa_column=Column(Sealed, nullable=False))
    evidence_digest: bytes
    media_type: str | None = None
    scan: bytes | None = Field(default=None, sa_column=Column(Sealed))
    recorded_by: str
    #: The decision (ledger entry) that let it be kept.
    decision: str
    recorded_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))


class Receiver(Table, table=True):
    """A receiver outside the matrix, named by the individual (reading R18)."""

    __tablename__: ClassVar[Any] = "consent_receiver"
    __table_args__ = (Index("ix_consent_receiver_individual", "individual_id"),)

    id: str = Field(primary_key=True)
    individual_id: str
    answerable_agency: str
    kind: ReceiverKind = Field(sa_column=Column(EnumText(ReceiverKind), nullable=False))
    name: bytes = Field(sa_column=Column(Sealed, nullable=False))


class Withdrawal(Table, table=True):
    """The stopwatch of one withdrawal, narrowing or block: when it was asked for and when the hub had closed.

    Both by the clock that the ledger goes by, so that the last entry before it can be named.
    """

    __tablename__: ClassVar[Any] = "consent_withdrawal"
    __table_args__ = (Index("ix_consent_withdrawal_individual", "individual_id"),)

    id: str = Field(primary_key=True)
    individual_id: str
    asked_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    closed_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))


class Notice(Table, table=True):
    """How far the word of a withdrawal has reached one receiver. Only told; nothing rests on it."""

    __tablename__: ClassVar[Any] = "consent_notice"

    withdrawal_id: str = Field(sa_column=Column(ForeignKey("consent_withdrawal.id"), primary_key=True))
    receiver: str = Field(primary_key=True)
    told_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    seen_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))


#: The tables in which nothing is ever changed or deleted.
WRITTEN_ONCE: Final = (
    "consent_template",
    "consent",
    "consent_scan",
    "consent_line",
    "consent_block",
    "consent_event",
    "consent_lift",
    "consent_receiver",
    "consent_withdrawal",
)


def written_once_statements(dialect: str) -> list[str]:
    """Return the statements that make the database itself refuse changes; a migration runs them after the tables."""
    return [sql for table in WRITTEN_ONCE for sql in _refusals(table, dialect)]


def _refusals(table: str, dialect: str) -> list[str]:
    if dialect == "sqlite":
        return [
            f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is written once'); END"
            for act in ("UPDATE", "DELETE")
        ]
    refuse = f"BEGIN RAISE EXCEPTION '{table} is written once'; END"
    return [
        f"CREATE OR REPLACE FUNCTION {table}_written_once() RETURNS trigger LANGUAGE plpgsql AS $$ {refuse} $$",
        f"""CREATE TRIGGER {table}_written_once BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION {table}_written_once()""",
    ]


def _listen() -> None:
    for table in WRITTEN_ONCE:
        for dialect in ("sqlite", "postgresql"):
            for sql in _refusals(table, dialect):
                made = DDL(sql.replace("%", "%%")).execute_if(dialect=dialect)
                event.listen(Table.metadata.tables[table], "after_create", made)


_listen()
