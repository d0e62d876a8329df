"""The ledger's entry of a change: who did it and what, on which decision."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from hub.access.caller import Caller
from hub.audit import Entry, EntryKind, Outcome


def change_entry(
    caller: Caller,
    capability: str,
    act: str,
    at: datetime,
    *,
    individual: str | None = None,
    answerable: str | None = None,
    case: str | None = None,
    purpose: str | None = None,
    categories: Iterable[str] = (),
    permit: str | None = None,
    detail: Mapping[str, object] | None = None,
) -> Entry:
    """Return the entry of `act`, done by `caller` in `capability`.

    `permit` is the decision that it was done on: "" for what waits for no decision (reading R5), None where the
    decision is found otherwise.
    """
    return Entry(
        at=at,
        kind=EntryKind.CHANGE,
        question=capability,
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
        case_id=case,
        purpose=purpose,
        categories=tuple(categories),
        detail={**(detail or {}), **({} if permit is None else {"permit": permit})},
    )
