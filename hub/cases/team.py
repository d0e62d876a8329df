"""Who works with a case at the caller's own agency."""

from collections.abc import Collection, Mapping

from sqlmodel.ext.asyncio.session import AsyncSession

from hub.access import Caller, Permit
from hub.access.questions import ActInCase
from hub.agencies import AssignmentId
from hub.cases import repository
from hub.cases.acts import CaseActs, new_member
from hub.cases.errors import AlreadyInTeam, LastMember, NotAColleague
from hub.cases.model import Case
from hub.kit.errors import NotFound


class CaseTeam(CaseActs):
    """Adding to the team, taking off it, handing over."""

    async def add_member(
        self, permit: Permit[ActInCase], caller: Caller, assignment: AssignmentId, colleagues: Collection[str]
    ) -> int:
        """Put one of the caller's own `colleagues` on the team and return the case's new version.

        Raises NotAColleague, AlreadyInTeam.
        """
        if assignment not in colleagues:
            raise NotAColleague
        agency = permit.question.caller.agency

        async def change(session: AsyncSession, case: Case) -> Mapping[str, object]:
            now = self._clock.now()
            if any(each.assignment_id == assignment for each in await repository.team(session, case.id, agency, now)):
                raise AlreadyInTeam
            session.add(new_member(case.id, caller, agency, assignment, now))
            return {"assignment": assignment}

        return await self._change(permit, caller, change)

    async def remove_member(self, permit: Permit[ActInCase], caller: Caller, assignment: AssignmentId) -> int:
        """Take somebody of the caller's agency off the team; their access stops with the acknowledgement.

        Raises NotFound, LastMember.
        """
        agency = permit.question.caller.agency

        async def change(session: AsyncSession, case: Case) -> Mapping[str, object]:
            team = await repository.team(session, case.id, agency, self._clock.now())
            row = next((each for each in team if each.assignment_id == assignment), None)
            if row is None:
                raise NotFound
            if len(team) == 1:
                raise LastMember
            row.valid_until = self._clock.now()
            return {"assignment": assignment}

        return await self._change(permit, caller, change, subjects=(f"assignment:{assignment}",))

    async def hand_over(self, permit: Permit[ActInCase], caller: Caller, assignment: AssignmentId, reason: str) -> int:
        """Let another member of the team answer for the case at the caller's agency. Raises Invalid, NotFound."""
        agency = permit.question.caller.agency

        async def change(session: AsyncSession, case: Case) -> Mapping[str, object]:
            team = await repository.team(session, case.id, agency, self._clock.now())
            if all(each.assignment_id != assignment for each in team):
                raise NotFound
            for each in team:
                each.responsible = each.assignment_id == assignment
            return {"assignment": assignment}

        return await self._change(permit, caller, change, reason=reason)
