"""Which agencies are in a case, and what each has said of a case of its own."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final

from sqlmodel.ext.asyncio.session import AsyncSession

from hub.access import Caller, Gathered, Permit
from hub.access.questions import ActInCase, Disclose
from hub.access.questions.words import Category
from hub.agencies import OPEN_END, AgencyId, AssignmentId
from hub.cases import questions, repository
from hub.cases.acts import CaseActs, new_member
from hub.cases.facts import PartySeen, Seen
from hub.cases.model import Case, CaseId, Party
from hub.cases.seen import about, not_after, purpose_of, stands
from hub.kit.clock import today
from hub.kit.errors import NotFound

#: What a new party must be told before it can be one (reading R20): that something is going on around the individual.
PARTY: Final[tuple[Category, ...]] = ("party",)


class CaseParties(CaseActs):
    """Telling an agency, letting it join, leaving, and declaring what is necessary."""

    async def may_tell(
        self, caller: Caller, case: CaseId, agency: AgencyId, act: str = "tell_party"
    ) -> Gathered[Disclose]:
        """Put together: may the caller's agency tell `agency` that something goes on around the individual.

        Asking is itself a disclosure (reading R20). Raises NotFound when there is no such case or agency.
        """
        seen, now = await self.seen(caller, case), self._clock.now()
        pair = await repository.pair(self._database, case, caller.agency or "", agency, now)
        if seen.frame is None or pair is None:
            raise NotFound
        own, other = pair
        return self._telling(caller, seen, own, other, now, act)

    def _telling(
        self, caller: Caller, seen: Seen, own: PartySeen, other: PartySeen, now: datetime, act: str
    ) -> Gathered[Disclose]:
        question = questions.disclose(
            questions.asking_caller(caller, seen, now),
            questions.person_facts(seen.person, known=True),
            own,
            other,
            other.from_us,
            categories=PARTY,
            purpose=purpose_of(seen),
            age=seen.person.age(today(self._clock)),
            now=now,
            direction="question",
        )
        ends = [not_after(seen, now), other.from_us.not_after(question.now)]
        said = about(caller, seen, act, owner=own.agency.id, categories=PARTY)
        return Gathered(question, stands(caller, seen), said, min((end for end in ends if end), default=None))

    async def add_party(
        self, permit: Permit[ActInCase], told: Permit[Disclose], caller: Caller, responsible: AssignmentId
    ) -> int:
        """Let the agency that `told` is about join, with `responsible` as its first on the team."""
        agency = AgencyId(told.question.receiver.agency)

        async def change(session: AsyncSession, case: Case) -> Mapping[str, object]:
            now = self._clock.now()
            row = await repository.party(session, case.id, agency)
            if row is None:
                session.add(Party(case_id=case.id, agency=agency, joined_at=now))
            else:
                row.left_at = OPEN_END
            if not await repository.team(session, case.id, agency, now):
                session.add(new_member(case.id, caller, agency, responsible, now, responsible=True))
            return {"party": agency, "told": told.entry}

        return await self._change(permit, caller, change)

    async def leave(self, permit: Permit[ActInCase], caller: Caller, reason: str) -> int:
        """Let the caller's agency leave; what it saw through the case stops at once. Raises Invalid, NotFound."""
        agency = permit.question.caller.agency

        async def change(session: AsyncSession, case: Case) -> Mapping[str, object]:
            now = self._clock.now()
            row = await repository.party(session, case.id, agency)
            if row is None:
                raise NotFound
            row.left_at = now
            for each in await repository.team(session, case.id, agency, now):
                each.valid_until = now
            return {"party": agency}

        return await self._change(permit, caller, change, bumps=True, reason=reason)

    async def declare(
        self, permit: Permit[ActInCase], caller: Caller, *, own_case_open: bool, necessary: Collection[Category]
    ) -> int:
        """Say whether the caller's agency has an open case of its own, and what is necessary in it (reading R16)."""
        agency = permit.question.caller.agency

        async def change(session: AsyncSession, case: Case) -> Mapping[str, object]:
            row = await repository.party(session, case.id, agency)
            if row is None:
                raise NotFound
            row.own_case_open, row.necessary = own_case_open, ",".join(sorted(set(necessary)))
            return {"own_case_open": own_case_open, "necessary": sorted(set(necessary))}

        return await self._change(permit, caller, change, bumps=True)
