"""What a decision about a case that was seen stands on, and what the ledger says of it."""

from datetime import datetime
from typing import Any

from hub.access import About, Caller
from hub.access.questions.words import Purpose
from hub.audit import Stand
from hub.cases import repository
from hub.cases.facts import Seen
from hub.kit.errors import NotFound


def stands(caller: Caller, seen: Seen) -> tuple[Stand, ...]:
    """Return what a decision about a case that was seen stands on."""
    return (Stand(caller.ref, seen.epoch), Stand(seen.person.subject, seen.person.epoch))


def about(caller: Caller, seen: Seen, act: str, **more: Any) -> About:
    """Return what the ledger says of a decision in the case that was seen."""
    frame = seen.frame
    return About(
        act=act,
        answerable=caller.agency or "",
        individual=seen.person.individual,
        case=frame.id if frame else None,
        purpose=frame.purpose if frame else "",
        **more,
    )


def purpose_of(seen: Seen) -> Purpose:
    """Return what the case is for. Raises NotFound when there is no case."""
    if seen.frame is None:
        raise NotFound
    return seen.frame.purpose  # pyright: ignore[reportReturnType]  written from a typed question


def not_after(seen: Seen, now: datetime) -> datetime | None:
    """Return the earliest end of what opened the case that was seen."""
    from_team = repository.nearest_end(seen.places, now)
    ends = [seen.assignment.not_after(now) if seen.assignment else None, seen.person.not_after(now), from_team]
    return min((end for end in ends if end), default=None)
