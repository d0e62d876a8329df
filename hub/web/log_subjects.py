"""Whom an entry in the log is about, to one who reviews it: only where a named clearance lets them see (PDL 4:3)."""

from dataclasses import dataclass, replace

from hub.access import Asking, Caller, Gathered, Permit
from hub.access.questions import ReadLog
from hub.audit import LogEntry
from hub.consent import Around
from hub.kit.clock import Clock
from hub.kit.errors import Conflict, NotFound, Undecided
from hub.web.questions import reviewed_individual


@dataclass(frozen=True, slots=True)
class Subject:
    """`individual` is None where it isn't shown. `barred`: the reviewer is kin, so that somebody else must review."""

    individual: str | None = None
    barred: bool = False
    protection: str = "none"

    def require_unbarred(self) -> None:
        """Raise Conflict for a reviewer who is kin."""
        if self.barred:
            raise Conflict("Du är närstående till den som raden gäller. Någon annan måste granska den.")


async def subject_of(asking: Asking, around: Around, clock: Clock, entry: LogEntry | None) -> Subject:
    """Return whom `entry` is about as the reviewer may know it: decided, and recorded. Raises Undecided."""
    if entry is None or not entry.individual:
        return Subject()
    individual = entry.individual
    try:
        [decided] = await asking.each(lambda: _gathered(around, clock, asking.caller, individual))
    except NotFound:
        return Subject()
    if isinstance(decided, Permit):
        return Subject(individual, protection=decided.question.person.protection)
    if decided.answer.outcome == "undecided":
        raise Undecided(entry=decided.entry)
    return Subject(barred=any(each.code == "own_gain" for each in decided.answer.refusals))


async def _gathered(around: Around, clock: Clock, caller: Caller, individual: str) -> list[Gathered[ReadLog]]:
    found = await reviewed_individual(around, clock, caller, individual)
    return [replace(found, about=replace(found.about, answerable=caller.agency or ""))]
