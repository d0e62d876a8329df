"""Who can see what about an individual right now: each kind of fact, every agency and official, until when and why.

The policy answers, as it would if each of them asked at this instant. What it can't tell apart it is asked once: the
officials of an agency who are alike, and the lines that say the same. Nothing of it is kept, so that what has been
taken back is gone at the next look.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Final, cast

import msgspec

from hub.access import Asking, Permit
from hub.access.questions import (
    Answer,
    CallerFacts,
    Disclose,
    Ground,
    LineFacts,
    ShowToIndividual,
)
from hub.access.questions.words import Category, Purpose
from hub.agencies import AgencyId
from hub.cases import who_rows
from hub.cases.foreseen import foreseen, would_tell
from hub.cases.openings import KINDS, Openings
from hub.cases.sharing import SHARED
from hub.cases.who_rows import Official, OpenCase, OwnerSeen, Place
from hub.consent import ALL, ConsentFacts
from hub.kit.clock import FAR_FUTURE_S, Clock, from_micros
from hub.kit.database import Database
from hub.kit.errors import NotFound
from hub.people import period_facts

#: The order in which kinds of fact are shown: as people read them, then the rest.
_ORDER: Final = {code: number for number, code in enumerate((*SHARED, *(each for each in KINDS if each not in SHARED)))}
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Sees:
    """That these officials of `receiver` can be told this by `owner` in this case, until then, on these grounds.

    `until` is None where no end is set: what isn't secret, or the same secrecy area.
    """

    category: Category
    receiver: AgencyId
    owner: AgencyId
    case: str
    purpose: Purpose
    officials: tuple[Official, ...]
    until: datetime | None
    grounds: tuple[Ground, ...]


@dataclass(frozen=True, slots=True)
class Unread:
    """That the individual has said yes to this, and nobody there works with them here: nobody reads it."""

    receiver: str
    owner: str
    category: str
    purpose: str
    until: datetime


@dataclass(frozen=True, slots=True)
class WhoSees:
    """The whole picture, at one instant."""

    sees: tuple[Sees, ...]
    unread: tuple[Unread, ...]


@dataclass(frozen=True, slots=True)
class _Said:
    """What has been said, by pair, so that a question carries only what concerns it; `ends` of each line by its id."""

    whole: ConsentFacts
    lines: Mapping[Pair, Sequence[LineFacts]]
    ends: Mapping[str, int]

    @classmethod
    def of(cls, said: ConsentFacts) -> "_Said":
        pairs: dict[Pair, list[LineFacts]] = defaultdict(list)
        for line in said.lines:
            pairs[line.owner, line.receiver].append(line)
        ends = {line.id: min(line.valid_until, line.ended_at) for line in said.lines}
        return cls(said, pairs, ends)

    def between(self, owner: str, receiver: str, purpose: str) -> ConsentFacts:
        """Return the lines for this purpose, the stops that reach the pair, and the mandates that the lines name."""
        lines = [line for line in self.lines.get((owner, receiver), ()) if line.purpose == purpose]
        stops = [each for each in self.whole.stops if each.owner in {ALL, owner} and each.receiver in {ALL, receiver}]
        named = {line.given_by for line in lines}
        return ConsentFacts(tuple(lines), tuple(stops), tuple(each for each in self.whole.mandates if each.id in named))

    def stopped(self, line: LineFacts) -> bool:
        """Tell whether a stop names the very same."""
        stops = self.between(line.owner, line.receiver, line.purpose).stops
        return any(each.category in {ALL, line.category} for each in stops)


class Who:
    """Reads who can see what about the individual that a permit is for. `openings`: what can open anything at all."""

    def __init__(self, database: Database, clock: Clock, openings: Openings) -> None:
        self._database, self._clock, self._openings = database, clock, openings

    async def sees(self, asking: Asking, permit: Permit[ShowToIndividual]) -> WhoSees:
        """Return who can see what right now. Raises NotFound for a permit about nobody.

        Two rounds of questions: what may be told between two agencies, to one who may be told it; then who may, once for
        each kind of official and agency, about something that was permitted.
        """
        individual = permit.about.individual
        if individual is None:
            raise NotFound
        now = self._clock.now()
        cases = await who_rows.open_cases(self._database, individual, now)
        owners = await who_rows.owners(self._database, now)
        places = await who_rows.places(self._database, individual, now)
        said = _Said.of(await who_rows.said(self._database, individual, now))
        ways = await _answered(asking, permit, self._ways(permit.question, cases, owners, places, said, now))
        admitted = await _admitted(asking, permit, ways, places, now)
        sees = [found for way in ways for found in _seen(way, admitted.get(way.to, ()), said)]
        ordered = sorted(sees, key=lambda each: _ORDER[each.category])
        return WhoSees(tuple(ordered), tuple(_unread(said, cases, places)))

    def _ways(
        self,
        shown: ShowToIndividual,
        cases: Sequence[OpenCase],
        owners: Sequence[OwnerSeen],
        places: Sequence[Place],
        said: _Said,
        now: datetime,
    ) -> Iterable["_Way"]:
        agencies = {each.agency.id: each for each in owners}
        for case in cases:
            for code in dict.fromkeys(place.agency for place in places if place.case == case.id):
                receiver = agencies[code]
                for owner in owners:
                    what = self._openings.between(owner, receiver, case, said.lines.get((owner.agency.id, code), ()))
                    if what and owner is not receiver:
                        between = said.between(owner.agency.id, code, cast("Purpose", case.purpose))
                        yield _Way(case, would_tell(shown, case, owner, receiver, what, between, now=now))


@dataclass(slots=True)
class _Way:
    """What may be told from one agency to another in one case, and the answer."""

    case: OpenCase
    question: Disclose
    answer: Answer = field(default_factory=partial(Answer.undecided, "engine_malformed"))

    @property
    def to(self) -> Pair:
        """The case and the receiver."""
        return self.case.id, self.question.receiver.agency


async def _answered(asking: Asking, permit: Permit[ShowToIndividual], ways: Iterable[_Way]) -> list[_Way]:
    """Return the ways that the policy answers with a yes, in order of receiver."""
    found = list(ways)
    answers = await foreseen(asking, permit, [each.question for each in found])
    for way, answer in zip(found, answers, strict=True):
        way.answer = answer
    return [way for way in found if way.answer.permits]


async def _admitted(
    asking: Asking, permit: Permit[ShowToIndividual], ways: Sequence[_Way], places: Sequence[Place], now: datetime
) -> Mapping[Pair, tuple[Official, ...]]:
    """Return, for each case and receiver, the officials there who may be told what may be told them."""
    open_to = {way.to: way for way in ways}
    alike: dict[tuple[Pair, bytes], list[Official]] = defaultdict(list)
    asked: dict[tuple[Pair, bytes], _Way] = {}
    for place in places:
        way = open_to.get((place.case, place.agency))
        if way:
            caller = _caller(place, way.question, now)
            kind = way.to, msgspec.json.encode(caller)
            alike[kind].append(place.official)
            asked[kind] = _Way(way.case, _about_one(way, caller))
    permitted = {id(way) for way in await _answered(asking, permit, asked.values())}
    found: dict[Pair, tuple[Official, ...]] = {}
    for kind, officials in alike.items():
        if id(asked[kind]) in permitted:
            found[kind[0]] = tuple(dict.fromkeys((*found.get(kind[0], ()), *officials)))
    return found


def _about_one(way: _Way, caller: CallerFacts) -> Disclose:
    """Return a question about one thing that was permitted, with no other lines than those it was permitted on."""
    what = cast("Category", way.answer.categories[0])
    grounds = {each.ref for each in way.answer.grounds if each.category == what}
    lines = [line for line in way.question.lines if line.id in grounds]
    return msgspec.structs.replace(way.question, caller=caller, categories=[what], lines=lines)


def _caller(place: Place, question: Disclose, now: datetime) -> CallerFacts:
    """Return an official as they would ask now, well signed in: who could see, not who happens to be at their desk."""
    person = place.person
    return msgspec.structs.replace(
        question.caller,
        roles=sorted(each.value for each in place.roles),
        clearances=[period_facts(person.clearance)] if person.clearance and person.clearance.holds(now) else [],
        named_handler=person.named_handler(now),
        relation=person.relation.value,
    )


def _seen(way: _Way, officials: tuple[Official, ...], said: _Said) -> Iterable[Sees]:
    if not officials:
        return
    question = way.question
    ends = {each.ref: each.valid_until for each in question.decisions}
    grounds: dict[str, list[Ground]] = defaultdict(list)
    for ground in way.answer.grounds:
        grounds[ground.category].append(ground)
    for category in way.answer.categories:
        until = [said.ends.get(each.ref) or ends.get(each.ref, FAR_FUTURE_S) for each in grounds[category]]
        yield Sees(
            category=cast("Category", category),
            receiver=AgencyId(question.receiver.agency),
            owner=AgencyId(question.owner.agency),
            case=way.case.number,
            purpose=question.purpose,
            officials=officials,
            until=_instant(max(until, default=FAR_FUTURE_S)),
            grounds=tuple(grounds[category]),
        )


def _unread(said: _Said, cases: Sequence[OpenCase], places: Sequence[Place]) -> Iterable[Unread]:
    purposes = {case.id: case.purpose for case in cases}
    reached = {(place.agency, purposes[place.case]) for place in places}
    for line in said.whole.lines:
        if (line.receiver, line.purpose) not in reached and not said.stopped(line):
            until = from_micros(said.ends[line.id] * 1_000_000)
            yield Unread(line.receiver, line.owner, line.category, line.purpose, until)


def _instant(seconds: int) -> datetime | None:
    return None if seconds >= FAR_FUTURE_S else from_micros(seconds * 1_000_000)
