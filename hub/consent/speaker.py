"""Who speaks for an individual, and the rule of what never waits: a stop works at once, from any party (reading R5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from hub.access import Caller, CallerKind
from hub.access.questions import CallerFacts, DisposalFacts, MandateFacts, PersonFacts
from hub.audit import Stand
from hub.consent.kinds import GivenBy
from hub.kit.clock import epoch_s
from hub.kit.errors import NotFound, StepUpNeeded

#: Everything about an individual asks for this level of sign-in (reading R25).
STRONG: Final = 3
#: What a mandate must be for to speak about consent (reading R7).
_COVERS: Final = "personal_matters"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Who asks about whom, as questions carry it, with the epochs that it stands on: read in one statement."""

    caller: CallerFacts
    person: PersonFacts
    disposal: DisposalFacts
    mandates: Sequence[MandateFacts]
    stands: tuple[Stand, ...]
    not_after: datetime | None = None


class Around(Protocol):
    """Reads the surroundings. Given from above, since the team of a case is a fact of the case."""

    async def __call__(self, caller: Caller, individual: str, case: str | None) -> Surroundings:
        """Return who `caller` is to `individual`, in `case` or in any open case. Raises NotFound for no such one."""
        ...


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody about to say something for an individual."""

    caller: Caller
    individual: str
    around: Surroundings

    @property
    def mandate(self) -> MandateFacts | None:
        """The mandate that is used, at the individual's door."""
        used = self.around.caller.mandate
        return next((each for each in self.around.mandates if used and each.id == used), None)


def may_stop(speaker: Speaker, now: datetime) -> bool:
    """Tell whether the speaker may withdraw, narrow, block or say no for the individual. Asks no engine (reading R5)."""
    if speaker.caller.kind is CallerKind.INDIVIDUAL:
        return may_lift(speaker, now)
    return any(_holds(place.valid_from, place.valid_until, now) for place in speaker.around.caller.team)


def may_lift(speaker: Speaker, now: datetime) -> bool:
    """Tell whether the speaker may lift an exclusion or a block: only its giver, openly (reading R2), never on word."""
    if speaker.caller.kind is not CallerKind.INDIVIDUAL:
        return False
    return speaker.around.caller.own or mandate_holds(speaker.mandate, now)


def mandate_holds(mandate: MandateFacts | None, now: datetime) -> bool:
    """Tell whether a mandate covers consent and is in force (reading R7); a guardian who is a risk speaks for nobody."""
    if mandate is None or _COVERS not in mandate.scopes or mandate.risk != "none":
        return False
    return _holds(mandate.valid_from, mandate.valid_until, now)


def given_by(mandate: MandateFacts | None) -> GivenBy:
    """Return whose word it is, for a mandate that is used or not."""
    if mandate is None:
        return GivenBy.SELF
    return GivenBy.GUARDIAN if mandate.kind == "guardian" else GivenBy.REPRESENTATIVE


def require_stop(speaker: Speaker, now: datetime) -> None:
    """Raise NotFound unless `may_stop`, StepUpNeeded when only the sign-in is too weak."""
    _require(speaker, allowed=may_stop(speaker, now))


def require_lift(speaker: Speaker, now: datetime) -> None:
    """Raise NotFound unless `may_lift`, StepUpNeeded when only the sign-in is too weak."""
    _require(speaker, allowed=may_lift(speaker, now))


def _holds(start: int, end: int, now: datetime) -> bool:
    return start <= epoch_s(now) < end


def _require(speaker: Speaker, *, allowed: bool) -> None:
    # Absent and not-yours look the same, so that nobody learns who is in the hub by trying to stop something.
    if not allowed:
        raise NotFound
    if speaker.caller.loa < STRONG:
        raise StepUpNeeded
