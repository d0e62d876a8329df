"""Entries for the tests."""

from datetime import UTC, datetime
from typing import Any

from hub.audit import Entry, EntryId, EntryKind, Ledger, Outcome, Stand
from hub.kit.database import Database

KAJSA = "individual-1"
ABOUT_KAJSA = f"individual:{KAJSA}"
LENA = "assignment:a-1"
AT = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


def disclosure(**changes: Any) -> Entry:
    """Lena at the social services reads what psychiatry has said about Kajsa."""
    members: dict[str, Any] = {
        "at": AT,
        "kind": EntryKind.DISCLOSURE,
        "question": "disclose",
        "act": "read_shared",
        "outcome": Outcome.PERMIT,
        "caller_kind": "staff",
        "caller_ref": "a-1",
        "caller_name": "Lena Sandström",
        "caller_title": "socialsekreterare",
        "agency": "soc",
        "unit": "forsorjningsstod",
        "owner": "psyk",
        "individual": KAJSA,
        "case_id": "S2304",
        "purpose": "sip",
        "categories": ("plan", "meeting"),
        "revision": "r1",
        "payload": b'{"receiver": "soc"}',
        "answer": b'{"outcome":"permit","grounds":[{"ground":"consent","ref":"c-1"}]}',
    }
    return Entry(**{**members, **changes})


def refusal(**changes: Any) -> Entry:
    return disclosure(**{"kind": EntryKind.REFUSAL, "outcome": Outcome.DENY, **changes})


def change(**changes: Any) -> Entry:
    return disclosure(**{"kind": EntryKind.CHANGE, "outcome": Outcome.DONE, "question": "consent", **changes})


async def bump(ledger: Ledger, database: Database, *subjects: str) -> dict[str, int]:
    async with database.write() as session:
        return await ledger.bump(session, subjects)


async def born(ledger: Ledger, database: Database) -> list[Stand]:
    """Return what a permit about Kajsa stands on."""
    epochs = await bump(ledger, database, ABOUT_KAJSA, LENA)
    return [Stand(subject, epoch) for subject, epoch in epochs.items()]


async def filled(ledger: Ledger, count: int, **changes: Any) -> list[EntryId]:
    """Record `count` refusals, which need nothing to stand on."""
    ids = await ledger.record([refusal(**changes) for _ in range(count)])
    assert ids is not None
    return ids
