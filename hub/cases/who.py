"""Who can see what about an individual right now: each kind of fact, every agency and official, until when and why.

The policy answers, as it would if each of them asked at this instant. What it can't tell apart it is asked once: the
officials of an agency who are alike, and the lines that say the same. Nothing of it is kept, so that what has been
taken back is gone at the next look.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, cast, get_args

import msgspec

from hub.access import Asking, Permit
from hub.access.questions import (
    Answer,
    CallerFacts,
    Disclose,
    Ground,
    LineFacts,
    PlaceFacts,
    ShowToIndividual,
    SignInFacts,
)
from hub.access.questions.words import Category, Purpose
from hub.agencies import AgencyId
from hub.cases import questions, who_rows
from hub.cases.facts import PartySeen
from hub.cases.who_rows import Official, OpenCase, OwnerSeen, Place
from hub.consent import ALL, ConsentFacts
from hub.kit.clock import FAR_FUTURE_S, Clock, epoch_s, from_micros
from hub.kit.database import Database
from hub.kit.errors import NotFound
from hub.people import CARRIES_OUT, period_facts

#: Everything that can be asked about: no kind of fact is left out of what is shown.
KINDS: Final[tuple[Category, ...]] = get_args(Category)
#: An engine takes no question larger than 256 kB; what is more goes in several, split between receivers.
_LARGEST: Final = 240 * 1024
_NOTHING: Final = ConsentFacts((), ())
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
class _Asked:
    """One question, whom it is for, and in which case."""

    case: OpenCase
    officials: tuple[Official, ...]
    question: Disclose


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
    """Reads who can see what about the individual that a permit is for."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock

    async def sees(self, asking: Asking, permit: Permit[ShowToIndividual]) -> WhoSees:
        """Return who can see what right now. Raises NotFound for a permit about nobody."""
        individual = permit.about.individual
        if individual is None:
            raise NotFound
        now = self._clock.now()
        cases = await who_rows.open_cases(self._database, individual, now)
        owners = await who_rows.owners(self._database, now)
        places = await who_rows.places(self._database, individual, now)
        said = _Said.of(await who_rows.said(self._database, individual, now))
        asked = _asked(permit.question, cases, owners, places, said, now)
        answers = [
            answer for part in _parts(asked) for answer in await asking.foresee(permit, [e.question for e in part])
        ]
        sees = _merged(
            found for each, answer in zip(asked, answers, strict=True) for found in _seen(each, answer, said)
        )
        return WhoSees(sees, tuple(_unread(said, cases, places)))


def _asked(
    shown: ShowToIndividual,
    cases: Sequence[OpenCase],
    owners: Sequence[OwnerSeen],
    places: Sequence[Place],
    said: _Said,
    now: datetime,
) -> list[_Asked]:
    agencies = {each.agency.id: each for each in owners}
    found: list[_Asked] = []
    for case in cases:
        for receiver, alike in _alike([place for place in places if place.case == case.id], agencies, now):
            found += [
                _Asked(
                    case,
                    tuple(dict.fromkeys(place.official for place in alike.places)),
                    _disclose(shown, case, owner, agencies[receiver], alike.caller, said, now),
                )
                for owner in owners
                if owner.agency.id != receiver
            ]
    return found


@dataclass(frozen=True, slots=True)
class _Alike:
    """Officials of one agency whom no rule can tell apart."""

    caller: CallerFacts
    places: list[Place]


def _alike(
    places: Iterable[Place], agencies: Mapping[AgencyId, OwnerSeen], now: datetime
) -> Iterable[tuple[AgencyId, _Alike]]:
    groups: dict[bytes, tuple[AgencyId, _Alike]] = {}
    for place in places:
        caller = _caller(place, agencies[place.agency], now)
        groups.setdefault(msgspec.json.encode(caller), (place.agency, _Alike(caller, [])))[1].places.append(place)
    return groups.values()


def _caller(place: Place, agency: OwnerSeen, now: datetime) -> CallerFacts:
    """Return an official as they would ask now, well signed in: who could see, not who happens to be at their desk."""
    person = place.person
    return CallerFacts(
        door="staff",
        agency=agency.agency.id,
        kind=agency.agency.kind.value,
        roles=sorted(each.value for each in place.roles),
        team=[PlaceFacts(substitute=False, valid_from=0, valid_until=FAR_FUTURE_S)],
        clearances=[period_facts(person.clearance)] if person.clearance and person.clearance.holds(now) else [],
        named_handler=person.named_handler(now),
        relation=person.relation.value,
        own=False,
        mandate="",
        sign_in=SignInFacts(level=3, factors=2, at=epoch_s(now)),
        carries_out=sorted(CARRIES_OUT),
    )


def _disclose(
    shown: ShowToIndividual,
    case: OpenCase,
    owner: OwnerSeen,
    receiver: OwnerSeen,
    caller: CallerFacts,
    said: _Said,
    now: datetime,
) -> Disclose:
    purpose = cast("Purpose", case.purpose)
    return questions.disclose(
        caller,
        shown.person,
        _party(owner, case),
        _party(receiver, case),
        said.between(owner.agency.id, receiver.agency.id, purpose),
        categories=KINDS,
        purpose=purpose,
        age=shown.disposal.age,
        now=now,
        decisions=tuple(
            each for each in case.decisions if (each.owner, each.receiver) == (owner.agency.id, receiver.agency.id)
        ),
    )


def _party(seen: OwnerSeen, case: OpenCase) -> PartySeen:
    is_open, necessary = case.parties.get(seen.agency.id, (False, ()))
    return PartySeen(
        agency=seen.agency,
        approvals=seen.approvals,
        case_open=is_open,
        necessary=necessary,
        to_us=_NOTHING,
        from_us=_NOTHING,
        decisions=(),
    )


def _parts(asked: Sequence[_Asked]) -> Iterable[list[_Asked]]:
    """Return the questions in parts that an engine takes, in their order: those for one receiver stand together."""
    part: list[_Asked] = []
    size = 0
    for each in asked:
        length = len(msgspec.json.encode(each.question)) + 1
        if part and size + length > _LARGEST:
            yield part
            part, size = [], 0
        part.append(each)
        size += length
    if part:
        yield part


def _seen(asked: _Asked, answer: Answer, said: _Said) -> Iterable[Sees]:
    question = asked.question
    ends = {**said.ends, **{each.ref: each.valid_until for each in question.decisions}}
    for category in answer.categories:
        grounds = tuple(each for each in answer.grounds if each.category == category)
        until = [ends.get(each.ref, FAR_FUTURE_S) for each in grounds]
        yield Sees(
            category=cast("Category", category),
            receiver=AgencyId(question.receiver.agency),
            owner=AgencyId(question.owner.agency),
            case=asked.case.number,
            purpose=question.purpose,
            officials=asked.officials,
            until=_instant(max(until, default=FAR_FUTURE_S)),
            grounds=grounds,
        )


def _merged(found: Iterable[Sees]) -> tuple[Sees, ...]:
    """Return each way once, with all the officials that it is open to, in the order of the kinds of fact."""
    ways: dict[tuple[str, ...], Sees] = {}
    for each in found:
        way = (each.category, each.receiver, each.owner, each.case)
        other = ways.get(way)
        officials = tuple(dict.fromkeys((*other.officials, *each.officials))) if other else each.officials
        ways[way] = replace(each, officials=officials)
    return tuple(sorted(ways.values(), key=lambda each: KINDS.index(each.category)))


def _unread(said: _Said, cases: Sequence[OpenCase], places: Sequence[Place]) -> Iterable[Unread]:
    purposes = {case.id: case.purpose for case in cases}
    reached = {(place.agency, purposes[place.case]) for place in places}
    for line in said.whole.lines:
        if (line.receiver, line.purpose) not in reached and not said.stopped(line):
            until = from_micros(said.ends[line.id] * 1_000_000)
            yield Unread(line.receiver, line.owner, line.category, line.purpose, until)


def _instant(seconds: int) -> datetime | None:
    return None if seconds >= FAR_FUTURE_S else from_micros(seconds * 1_000_000)
