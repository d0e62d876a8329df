"""From an entry to its leaf and its sealed personal part, and back.

The leaf is one line of JSON without a personal part: what may be known to anybody, for ever. It binds the rest:
`personal` is the digest of the sealed bytes, `beside` the digest of the searchable personal columns with a salt that
lies inside the sealed part. So a changed column is found while the key lives, and once the key is destroyed the two
digests say nothing and lead nowhere, while the leaf, and the tree above it, stand as before.
"""

import os
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Any, NamedTuple

import msgspec

from hub.audit.entry import Entry, EntryId
from hub.audit.log import LogEntry
from hub.audit.model import EntryKind, LedgerEntry, Outcome
from hub.kit.clock import from_micros, micros
from hub.kit.vault import Erased, Keys, KeyScope, Place, Tampered, Vault

_SALT = 16
_NOTHING = msgspec.Raw(b"null")


class Leaf(msgspec.Struct, frozen=True, kw_only=True):
    """The leaf as JSON, members in this order. `recorded` is added when the database has recorded the entry."""

    v: int = 1
    id: str
    at: int
    kind: EntryKind
    question: str
    act: str
    outcome: Outcome
    agency: str | None
    owner: str | None
    holder: str
    revision: str | None
    personal: str
    beside: str
    recorded: int | msgspec.UnsetType = msgspec.UNSET


class Personal(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is sealed."""

    salt: bytes
    individual: str | None = None
    case_id: str | None = None
    caller_kind: str
    caller_ref: str | None = None
    caller_name: str | None = None
    caller_title: str | None = None
    unit: str | None = None
    purpose: str | None = None
    categories: tuple[str, ...] = ()
    payload: msgspec.Raw = _NOTHING
    answer: msgspec.Raw = _NOTHING
    detail: Any = None


class Row(NamedTuple):
    """An entry in the form in which it is stored; `recorded_at` is the database's to say."""

    id: EntryId
    body: str
    sealed: bytes
    kind: str
    outcome: str
    agency: str | None
    owner: str | None
    holder: str
    individual: str | None
    case_id: str | None
    caller_ref: str | None


def scope_of(individual: str | None, holder: str) -> KeyScope:
    """Return the key that an entry is sealed under: the individual's at the holder, or the holder's own."""
    return KeyScope(individual or f"log:{holder}", holder, "evidence")


def place_of(entry_id: str) -> Place:
    """Return where an entry's personal part lies."""
    return Place("ledger_entry", "sealed", entry_id)


def row_of(entry: Entry, entry_id: EntryId, keys: Keys) -> Row:
    """Return `entry` as it is stored. `keys` must hold the key of `scope_of(entry.individual, entry.holder)`."""
    personal = _personal(entry)
    sealed = keys.seal(scope_of(entry.individual, entry.holder), place_of(entry_id), msgspec.json.encode(personal))
    leaf = Leaf(
        id=entry_id,
        at=micros(entry.at),
        kind=entry.kind,
        question=entry.question,
        act=entry.act,
        outcome=entry.outcome,
        agency=entry.agency,
        owner=entry.owner,
        holder=entry.holder,
        revision=entry.revision,
        personal=sha256(sealed).hexdigest(),
        beside=beside(personal.salt, entry.individual, entry.case_id, entry.caller_ref),
    )
    return Row(
        id=entry_id,
        body=msgspec.json.encode(leaf).decode(),
        sealed=sealed,
        kind=entry.kind.value,
        outcome=entry.outcome.value,
        agency=entry.agency,
        owner=entry.owner,
        holder=entry.holder,
        individual=entry.individual,
        case_id=entry.case_id,
        caller_ref=entry.caller_ref,
    )


def beside(salt: bytes, individual: str | None, case_id: str | None, caller_ref: str | None) -> str:
    """Return what binds the searchable personal columns to the leaf."""
    return sha256(salt + msgspec.json.encode((individual, case_id, caller_ref))).hexdigest()


def leaf_bytes(body: str, recorded: int) -> bytes:
    """Return the leaf: the body with the microsecond at which the database recorded it as its last member."""
    return f'{body[:-1]},"recorded":{recorded}}}'.encode()


def opened(leaf: Leaf, recorded: int, personal: Personal | None) -> LogEntry:
    """Return the entry as it reads, with its personal part unless that is erased."""
    lasting = LogEntry(
        id=EntryId(leaf.id),
        at=from_micros(leaf.at),
        recorded_at=from_micros(recorded),
        kind=leaf.kind,
        question=leaf.question,
        act=leaf.act,
        outcome=leaf.outcome,
        agency=leaf.agency,
        owner=leaf.owner,
        holder=leaf.holder,
        revision=leaf.revision,
        erased=True,
    )
    if personal is None:
        return lasting
    return replace(
        lasting,
        erased=False,
        unit=personal.unit,
        caller_kind=personal.caller_kind,
        caller_ref=personal.caller_ref,
        caller_name=personal.caller_name,
        caller_title=personal.caller_title,
        individual=personal.individual,
        case_id=personal.case_id,
        purpose=personal.purpose,
        categories=personal.categories,
        payload=None if personal.payload == _NOTHING else bytes(personal.payload),
        answer=msgspec.json.decode(personal.answer) or {},
        detail=personal.detail or {},
    )


async def open_rows(vault: Vault, rows: Sequence[LedgerEntry]) -> list[LogEntry]:
    """Return `rows` as they read; every key that is needed is fetched in one statement."""
    keys = await vault.existing({scope_of(row.individual, row.holder) for row in rows})
    return [_open(row, keys) for row in rows]


def _open(row: LedgerEntry, keys: Keys) -> LogEntry:
    leaf = msgspec.json.decode(row.body, type=Leaf)
    try:
        sealed = keys.open(scope_of(row.individual, row.holder), place_of(row.id), row.sealed)
    except Erased:
        return opened(leaf, micros(row.recorded_at), None)
    except Tampered:
        return replace(opened(leaf, micros(row.recorded_at), None), erased=False, damaged=True)
    return opened(leaf, micros(row.recorded_at), msgspec.json.decode(sealed, type=Personal))


def _personal(entry: Entry) -> Personal:
    return Personal(
        salt=os.urandom(_SALT),
        individual=entry.individual,
        case_id=entry.case_id,
        caller_kind=entry.caller_kind,
        caller_ref=entry.caller_ref,
        caller_name=entry.caller_name,
        caller_title=entry.caller_title,
        unit=entry.unit,
        purpose=entry.purpose,
        categories=entry.categories,
        payload=msgspec.Raw(entry.payload) if entry.payload else _NOTHING,
        answer=msgspec.Raw(entry.answer) if entry.answer else _NOTHING,
        detail=entry.detail or None,
    )
