"""What each receiver would be permitted, if what the individual has drafted were said: pure, from facts and the draft."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from hashlib import sha256
from typing import Final, cast

from hub.access.questions import Answer, Disclose, LineFacts, ShowToIndividual, StopFacts
from hub.access.questions.words import Category, Purpose
from hub.agencies import AgencyId
from hub.cases.foreseen import would_tell
from hub.cases.held import Held
from hub.cases.model import CaseId
from hub.cases.sharing import SHARED
from hub.cases.who_rows import OpenCase, OwnerSeen
from hub.consent import WORDS, ConsentFacts, DraftLine, Effect, between
from hub.kit.clock import FAR_FUTURE_S, epoch_s, midnight_after

PARTY: Final[Category] = "party"
#: How much of the digest of a draft stands in the id of its preview: nobody meets another draft's by chance.
_DIGEST: Final = 26
_undecided: Final = partial(Answer.undecided, "engine_malformed")
_Pair = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Drafted:
    """What is about to be said: `adds` is a new yes; a change takes `removes` away from what `towards` may know.

    `removes`: (owner, category of the line) of each line that would end.
    """

    adds: tuple[DraftLine, ...] = ()
    towards: str = ""
    removes: frozenset[tuple[str, str]] = frozenset()

    @property
    def digest(self) -> str:
        """What tells this draft from every other, so that an answer is never shown as another draft's."""
        said = repr((sorted(self.adds, key=repr), self.towards, sorted(self.removes)))
        return sha256(said.encode()).hexdigest()[:_DIGEST]

    @property
    def receivers(self) -> tuple[str, ...]:
        """Everybody whose view is shown, in the order of the draft."""
        return (self.towards,) if self.towards else tuple(dict.fromkeys(line.receiver for line in _permits(self.adds)))

    def after(self, said: ConsentFacts, given_by: str, now: datetime) -> ConsentFacts:
        """Return what would be in force: what is, without what is taken away, and with what is added."""
        kept = tuple(each for each in said.lines if not self._removed(each))
        added = tuple(_line(number, each, given_by, now) for number, each in enumerate(_permits(self.adds)))
        stops = tuple(_stop(number, each, now) for number, each in enumerate(self.adds) if _stops(each))
        return ConsentFacts((*kept, *added), (*said.stops, *stops), said.mandates)

    def pairs(self, after: ConsentFacts) -> Iterable[_Pair]:
        """Return (owner, receiver, purpose) of everything that the draft is about, each once."""
        if self.towards:
            return dict.fromkeys(
                (each.owner, each.receiver, each.purpose) for each in after.lines if each.receiver == self.towards
            )
        return dict.fromkeys((each.owner, each.receiver, each.purpose) for each in _permits(self.adds))

    def _removed(self, line: LineFacts) -> bool:
        return line.receiver == self.towards and (line.owner, line.category) in self.removes


@dataclass(frozen=True, slots=True)
class WouldSee:
    """One owner towards one receiver. `wished`: what the lines name. `works_here`: the receiver is in such a case.

    `answer`: may the owner tell. `ask`: may the receiver let the owner know that it asks. Their answers: as foreseen.
    """

    owner: AgencyId
    receiver: AgencyId
    case: CaseId
    purpose: Purpose
    wished: tuple[Category, ...]
    works_here: bool
    answer: Disclose
    ask: Disclose
    answered: Answer = field(default_factory=_undecided)
    asks: Answer = field(default_factory=_undecided)

    @property
    def known(self) -> bool:
        """Whether the receiver may know that the owner is there: without it, it is shown nothing from it."""
        return self.answered.permits and PARTY in self.answered.categories

    @property
    def open(self) -> tuple[Category, ...]:
        """What the receiver would be told."""
        return tuple(each for each in SHARED if self.known and each in self.answered.categories)


def would_see(
    shown: ShowToIndividual,
    drafted: Drafted,
    said: ConsentFacts,
    cases: Sequence[OpenCase],
    agencies: Sequence[OwnerSeen],
    held: Sequence[Held],
    now: datetime,
) -> tuple[WouldSee, ...]:
    """Return what is to be foreseen: each owner towards each receiver, in each case that it would be for.

    What a receiver holds already is foreseen too, whether or not the draft speaks of its owner.
    """
    used = shown.caller.mandate
    after = drafted.after(said, used or "self", now)
    mandates = (*after.mandates, *(each for each in shown.mandates if each.id == used))
    after = ConsentFacts(after.lines, after.stops, tuple({each.id: each for each in mandates}.values()))
    known = {str(each.agency.id): each for each in agencies}
    purposes = {case.id: case.purpose for case in cases}
    holds = ((each.owner, each.receiver, purposes[each.case]) for each in held if each.case in purposes)
    return tuple(
        _towards(shown, case, known[owner], known[receiver], after, now)
        for owner, receiver, purpose in dict.fromkeys((*drafted.pairs(after), *holds))
        if owner in known and receiver in known
        for case in _cases(cases, receiver, purpose)
    )


def _towards(
    shown: ShowToIndividual,
    case: OpenCase,
    owner: OwnerSeen,
    receiver: OwnerSeen,
    after: ConsentFacts,
    now: datetime,
) -> WouldSee:
    here, there = owner.agency.id, receiver.agency.id
    to_receiver = between(after, [here], there)
    to_owner = between(after, [there], here)
    lines = [each for each in to_receiver.lines if each.purpose == case.purpose]
    return WouldSee(
        owner=here,
        receiver=there,
        case=case.id,
        purpose=cast("Purpose", case.purpose),
        wished=tuple(dict.fromkeys(each.category for each in lines if each.category != PARTY)),
        works_here=there in case.parties,
        answer=would_tell(shown, case, owner, receiver, (PARTY, *SHARED), to_receiver, now=now),
        ask=would_tell(shown, case, receiver, owner, (PARTY,), to_owner, now=now, direction="question"),
    )


def _cases(cases: Sequence[OpenCase], receiver: str, purpose: str) -> list[OpenCase]:
    """Return the cases where the receiver would read it; where there is none yet, one that nobody is in."""
    found = [each for each in cases if each.purpose == purpose and receiver in each.parties]
    return found or [OpenCase(id=CaseId(""), number="", purpose=purpose, parties={}, decisions=())]


def _permits(lines: Iterable[DraftLine]) -> list[DraftLine]:
    return [each for each in lines if each.effect is Effect.PERMIT]


def _stops(line: DraftLine) -> bool:
    """Own words in the draft stop everything until they are read: left out, what is shown is the most that could be seen."""
    return line.effect is Effect.EXCLUSION and line.category != WORDS


def _line(number: int, line: DraftLine, given_by: str, now: datetime) -> LineFacts:
    return LineFacts(
        id=f"draft-{number}",
        kind="secrecy",
        owner=line.owner,
        receiver=line.receiver,
        category=cast("Category", line.category),
        purpose=cast("Purpose", line.purpose),
        valid_from=epoch_s(now),
        valid_until=epoch_s(midnight_after(line.last_day)) if line.last_day else FAR_FUTURE_S,
        ended_at=FAR_FUTURE_S,
        accepted=True,
        given_by=given_by,
        given_at=epoch_s(now),
        reserved=False,
    )


def _stop(number: int, line: DraftLine, now: datetime) -> StopFacts:
    return StopFacts(
        id=f"draft-stop-{number}",
        block=False,
        owner=line.owner,
        receiver=line.receiver,
        category=line.category,
        valid_from=epoch_s(now),
        valid_until=FAR_FUTURE_S,
    )
