"""Who is with us in a case, and what may be told between us and them: decided by each owner's law, and explained.

That another agency is party is that agency's fact. It is asked about as a disclosure, decided and recorded, before it
is shown; only then is it explained what else may be told, which discloses nothing and so is not recorded.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from msgspec.structs import replace

from hub.access import About, Asking, Gathered, Permit
from hub.access.questions import ActInCase, Answer, Disclose, PeriodFacts
from hub.access.questions.words import Category
from hub.agencies import AgencyId
from hub.cases import questions, repository
from hub.cases.facts import PartySeen, Seen
from hub.cases.model import CaseId
from hub.cases.parties import PARTY
from hub.cases.seen import not_after, purpose_of, stands
from hub.cases.service import Cases
from hub.kit.clock import FAR_FUTURE_S, Clock, today
from hub.kit.database import Database
from hub.kit.errors import NotFound

#: What is asked about between two agencies, in the order that people read it. Location and evidence of who has told
#: (OSL 26:5) are never among them.
SHARED: Final[tuple[Category, ...]] = (
    "plan",
    "meeting",
    "work_ability",
    "employment",
    "benefits",
    "economy",
    "social_situation",
    "health",
    "mental_health",
    "substance_use",
    "trauma",
    "family",
    "children",
)
#: A clearance that always holds.
_CLEARED: Final = PeriodFacts(valid_from=0, valid_until=FAR_FUTURE_S)


@dataclass(frozen=True, slots=True)
class Way:
    """What one agency may tell another, category by category, with grounds and refusals."""

    owner: AgencyId
    receiver: AgencyId
    answer: Answer

    @property
    def permitted(self) -> tuple[Category, ...]:
        return tuple(each for each in SHARED if each in self.answer.categories)

    @property
    def refused(self) -> tuple[Category, ...]:
        return tuple(each for each in SHARED if each not in self.answer.categories)


class Sharing:
    """Reads who is party and what may be told."""

    def __init__(self, database: Database, clock: Clock, cases: Cases) -> None:
        self._database, self._clock, self._cases = database, clock, cases

    async def parties(self, asking: Asking, permit: Permit[ActInCase]) -> list[PartySeen]:
        """Return the caller's agency and those other parties that the caller may know of, each decided and recorded."""
        case, agency = CaseId(permit.about.case or ""), permit.question.caller.agency
        seen: list[PartySeen] = []

        async def gather() -> list[Gathered[Disclose]]:
            # Epochs first: what moves between the two statements is then seen when it is recorded.
            meets = await self._cases.seen(asking.caller, case)
            seen[:] = await self._seen(case, agency)
            own = next(each for each in seen if each.agency.id == agency)
            return [self._party(asking, meets, each, own) for each in seen if each is not own]

        decided = await asking.each(gather)
        known = {each.question.owner.agency for each in decided if isinstance(each, Permit)}
        return [each for each in seen if each.agency.id in {*known, agency}]

    async def overview(self, asking: Asking, permit: Permit[ActInCase], parties: list[PartySeen]) -> list[Way]:
        """Return what may be told between the caller's agency and each of `parties`, both ways, to explain it."""
        meets = await self._cases.seen(asking.caller, CaseId(permit.about.case or ""))
        own = next(each for each in parties if each.agency.id == permit.question.caller.agency)
        others = [each for each in parties if each is not own]
        asked = [self._way(asking, meets, each, own) for each in others]
        asked += [self._way(asking, meets, own, each) for each in others]
        answers = await asking.foresee(permit, asked)
        return [
            Way(AgencyId(each.owner.agency), AgencyId(each.receiver.agency), answer)
            for each, answer in zip(asked, answers, strict=True)
        ]

    async def may_read(
        self, asking: Asking, permit: Permit[ActInCase], owner: AgencyId, category: Category
    ) -> Gathered[Disclose]:
        """Put together: may the caller be told this by `owner`, now. Raises NotFound when there is no such agency."""
        case, agency = CaseId(permit.about.case or ""), permit.question.caller.agency
        meets = await self._cases.seen(asking.caller, case)
        pair = await repository.pair(self._database, case, agency, owner, self._clock.now())
        if pair is None:
            raise NotFound
        own, other = pair
        return self._told(asking, meets, other, own, (category,), "read")

    async def may_be_told(
        self,
        asking: Asking,
        permit: Permit[ActInCase],
        wanted: Sequence[tuple[AgencyId, tuple[Category, ...]]],
        act: str,
    ) -> list[Gathered[Disclose]]:
        """Put together: may the caller be told these categories by each of these owners, now.

        In the order of `wanted`; an owner that isn't party any more is left out: nobody is asked there.
        """
        case, agency = CaseId(permit.about.case or ""), permit.question.caller.agency
        meets = await self._cases.seen(asking.caller, case)
        seen = {each.agency.id: each for each in await self._seen(case, agency)}
        own = seen[AgencyId(agency)]
        return [
            self._told(asking, meets, seen[owner], own, categories, act)
            for owner, categories in wanted
            if owner in seen
        ]

    async def would_be_told(
        self, asking: Asking, permit: Permit[ActInCase], receiver: AgencyId, categories: tuple[Category, ...]
    ) -> Answer:
        """Return what `receiver` may be told of these by the caller's agency now, only to explain it. Raises NotFound.

        Of one who is protected: what somebody there who is cleared may be told.
        """
        case, agency = CaseId(permit.about.case or ""), permit.question.caller.agency
        seen = {each.agency.id: each for each in await self._seen(case, agency)}
        if receiver not in seen:
            raise NotFound
        meets = await self._cases.seen(asking.caller, case)
        asked = self._disclose(asking, meets, seen[AgencyId(agency)], seen[receiver], categories)
        question = replace(asked, caller=replace(asked.caller, clearances=[_CLEARED]))
        return (await asking.foresee(permit, [question]))[0]

    async def _seen(self, case: CaseId, agency: str) -> list[PartySeen]:
        return await repository.parties(self._database, case, agency, self._clock.now())

    def _party(self, asking: Asking, meets: Seen, other: PartySeen, own: PartySeen) -> Gathered[Disclose]:
        return self._told(asking, meets, other, own, PARTY, "see_party")

    def _told(
        self,
        asking: Asking,
        meets: Seen,
        other: PartySeen,
        own: PartySeen,
        categories: tuple[Category, ...],
        act: str,
    ) -> Gathered[Disclose]:
        now = self._clock.now()
        question = self._disclose(asking, meets, other, own, categories)
        ends = [not_after(meets, now), other.to_us.not_after(question.now)]
        about = About(
            act=act,
            answerable=own.agency.id,
            individual=meets.person.individual,
            case=meets.frame.id if meets.frame else None,
            owner=other.agency.id,
            categories=categories,
            purpose=question.purpose,
        )
        return Gathered(question, stands(asking.caller, meets), about, min((end for end in ends if end), default=None))

    def _way(self, asking: Asking, meets: Seen, owner: PartySeen, receiver: PartySeen) -> Disclose:
        return self._disclose(asking, meets, owner, receiver, SHARED)

    def _disclose(
        self, asking: Asking, meets: Seen, owner: PartySeen, receiver: PartySeen, categories: tuple[Category, ...]
    ) -> Disclose:
        now, ours = self._clock.now(), receiver.agency.id == asking.caller.agency
        caller = (
            questions.asking_caller(asking.caller, meets, now) if ours else questions.somebody_at(receiver.agency, now)
        )
        return questions.disclose(
            caller,
            questions.person_facts(meets.person, known=True),
            owner,
            receiver,
            owner.to_us if ours else receiver.from_us,
            categories=categories,
            purpose=purpose_of(meets),
            age=meets.person.age(today(self._clock)),
            now=now,
            decisions=owner.decisions if ours else receiver.decisions,
        )
