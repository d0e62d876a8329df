"""How each agency would be asked in a case: over its road, and what is left for its officials. Pure.

Which road is put before the policy is chosen here; whether it may be used is the policy's (readings R13, R14).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

import msgspec

from hub.access import About, Asking, Gathered
from hub.access.questions import CallerFacts, Disclose
from hub.access.questions.words import Category, Purpose, Road
from hub.agencies import AgencyId
from hub.broker.port import Capabilities
from hub.cases import questions
from hub.cases.facts import PartySeen, Seen
from hub.cases.seen import not_after, purpose_of, stands
from hub.cases.sharing import SHARED

PARTY: Final[Category] = "party"
_BY_HAND: Final[Road] = "hub_request"


@dataclass(frozen=True, slots=True)
class Way:
    """One agency as it would be asked.

    `carried`: what its road is asked for; () when it has none, or the road isn't for what the case is for. `ask`: may
    we tell it that we ask. `answer`: may it tell us, over the road. `rest`: may it tell us the rest, in the hub; the
    same question as `answer` where the road has no word of its own in the policy, and then None.
    """

    agency: AgencyId
    own: bool
    road: Capabilities | None
    carried: tuple[Category, ...]
    road_closed: bool
    ask: Gathered[Disclose] | None
    answer: Gathered[Disclose]
    rest: Gathered[Disclose] | None

    def questions(self, *, asking: bool) -> list[Gathered[Disclose]]:
        """Return what is decided about it, in the order ask, answer, rest."""
        return [each for each in (self.ask if asking else None, self.answer, self.rest) if each is not None]


@dataclass(frozen=True, slots=True)
class Ways:
    """Puts the questions together, for one caller in one case as it was met. `came`: counts per agency, for the ledger."""

    asking: Asking
    meets: Seen
    own: PartySeen
    now: datetime
    day: date
    act: str
    came: Mapping[str, Mapping[str, object]]

    def towards(self, party: PartySeen, road: Capabilities | None) -> Way:
        """Return how `party` would be asked, over `road` when it has one."""
        own = party.agency.id == self.own.agency.id
        purpose = purpose_of(self.meets)
        open_road = road if road is not None and _open(road, party, purpose) else None
        carried: tuple[Category, ...] = open_road.carries(SHARED, purpose) if open_road else ()
        special = open_road is not None and open_road.road != _BY_HAND
        rest: tuple[Category, ...] = tuple(each for each in SHARED if not special or each not in carried)
        over = open_road if special else None
        asked: tuple[Category, ...] = carried if special else SHARED
        answer = self._answer(party, (PARTY, *asked), over)
        return Way(
            agency=party.agency.id,
            own=own,
            road=open_road,
            carried=carried,
            road_closed=road is not None and open_road is None,
            ask=self._ask(party, over) if open_road is not None and not own else None,
            answer=answer,
            rest=self._answer(party, (PARTY, *rest), None) if special else None,
        )

    def _answer(
        self, party: PartySeen, categories: tuple[Category, ...], over: Capabilities | None
    ) -> Gathered[Disclose]:
        question = self._question(party, categories)
        ends = [not_after(self.meets, self.now), party.to_us.not_after(question.now)]
        return self._gathered(_over(question, over, party), party, categories, ends)

    def _ask(self, party: PartySeen, over: Capabilities | None) -> Gathered[Disclose]:
        """That we ask tells that we are in contact with the individual: the asking agency is its owner."""
        asked = questions.disclose(
            self._caller(),
            questions.person_facts(self.meets.person, known=True),
            self.own,
            party,
            party.from_us,
            categories=(PARTY,),
            purpose=purpose_of(self.meets),
            age=self.meets.person.age(self.day),
            now=self.now,
            direction="question",
        )
        ends = [not_after(self.meets, self.now), party.from_us.not_after(asked.now)]
        return self._gathered(_over(asked, over, self.own), self.own, (PARTY,), ends)

    def _question(self, owner: PartySeen, categories: tuple[Category, ...]) -> Disclose:
        return questions.disclose(
            self._caller(),
            questions.person_facts(self.meets.person, known=True),
            owner,
            self.own,
            owner.to_us,
            categories=categories,
            purpose=purpose_of(self.meets),
            age=self.meets.person.age(self.day),
            now=self.now,
            decisions=owner.decisions,
        )

    def _caller(self) -> CallerFacts:
        return questions.asking_caller(self.asking.caller, self.meets, self.now)

    def _gathered(
        self, question: Disclose, owner: PartySeen, categories: tuple[Category, ...], ends: list[datetime | None]
    ) -> Gathered[Disclose]:
        about = About(
            act=self.act,
            answerable=self.own.agency.id,
            individual=self.meets.person.individual,
            case=self.meets.frame.id if self.meets.frame else None,
            owner=owner.agency.id,
            categories=categories,
            purpose=question.purpose,
            detail=self.came.get(owner.agency.id, {}),
        )
        nearest = min((end for end in ends if end), default=None)
        return Gathered(question, stands(self.asking.caller, self.meets), about, nearest)


def _open(road: Capabilities, party: PartySeen, purpose: Purpose) -> bool:
    """Whether it is any use to put the road before the policy: its purposes, and what its owner has approved."""
    if road.purposes is not None and purpose not in road.purposes:
        return False
    approved = {each.code for each in party.approvals}
    return road.road == _BY_HAND or f"{road.road}/{purpose}" in approved


def _over(question: Disclose, over: Capabilities | None, approving: PartySeen) -> Disclose:
    """Return the question as it is over a road of its own: on its statutory duty too, where that is approved."""
    if over is None:
        return question
    duty = over.duty if over.duty in {each.code for each in approving.approvals} else ""
    items = sorted(over.items) if duty else []
    return msgspec.structs.replace(question, road=over.road, claimed=duty, items=items)
