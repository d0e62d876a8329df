"""The ledger's entry of a change to what is known of an individual."""

from collections.abc import Mapping
from datetime import datetime

from hub.access import Caller
from hub.audit import Entry, EntryKind, Outcome


def change(
    caller: Caller,
    act: str,
    individual: str,
    answerable: str,
    *,
    permit: str,
    at: datetime,
    detail: Mapping[str, object] | None = None,
) -> Entry:
    """Return the entry of `act`, done by `caller` on the decision `permit` ("" for what waits for no decision)."""
    return Entry(
        at=at,
        kind=EntryKind.CHANGE,
        question="people",
        act=act,
        outcome=Outcome.DONE,
        caller_kind=caller.kind,
        caller_ref=caller.ref,
        caller_name=caller.name,
        caller_title=caller.title,
        agency=caller.agency,
        unit=caller.unit,
        answerable=answerable,
        individual=individual,
        detail={**(detail or {}), "permit": permit},
    )
