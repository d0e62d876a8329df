"""Questions to an agency that has nobody in the case: whoever sees to who works there finds them, and gives them to somebody.

Nobody there is on the team, so nobody may be told more than that something waits (HUB-03). Whoever may put a colleague
on the team (`act_in_case`, add_to_team) is shown that, and does that: from then on it is a question like any other.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Final

import msgspec

from hub.access import Asking, Caller, Gathered, Permit
from hub.access.questions import ActInCase, Disclose, PlaceFacts
from hub.agencies import AgencyId, AssignmentId, Post, Role
from hub.cases import inquiry_rows
from hub.cases.inquiry_asking import InquiryAsking
from hub.cases.inquiry_rows import Unattended
from hub.cases.inquiry_views import WaitingInquiry
from hub.cases.model import CaseId, InquiryId
from hub.cases.parties import PARTY
from hub.kit.clock import FAR_FUTURE_S
from hub.kit.errors import NotFound

#: Who is asked about for such a question. The policy decides (`add_to_team`); others aren't told no of what they have
#: not asked for.
RECEIVING: Final = Role.CHEF
#: Who can answer once they are on the team (the policy's own act `answer_inquiry`).
ANSWERING: Final = frozenset({Role.HANDLAGGARE, Role.SAMORDNARE, Role.CHEF})
_ON_TEAM: Final = PlaceFacts(substitute=False, valid_from=0, valid_until=FAR_FUTURE_S)


class InquiryReceiving(InquiryAsking):
    """Finding what nobody at the agency sees, and giving it to somebody."""

    async def unattended(self, asking: Asking) -> list[WaitingInquiry]:
        """Return what waits for the caller's agency in cases where it has nobody, the most pressing first.

        Nothing of whom, nothing of what, and nothing at all to one who may not choose who works with the case, or for
        whom the individual doesn't exist. Each is decided and recorded. The route asks `act_in_case`.
        """
        caller, rows = asking.caller, list[Unattended]()
        if RECEIVING in caller.roles:
            rows = await inquiry_rows.unattended(self._database, caller.agency or "", self._clock.now())
        decided = await asking.each(partial(self._each, caller, rows))
        permits = {each.about.detail["inquiry"]: each for each in decided if isinstance(each, Permit)}
        return [
            WaitingInquiry(InquiryId(each.id), CaseId(each.case), each.due_on, each.urgent)
            for each in rows
            if each.id in permits and await self._knowable(asking, permits[each.id], each)
        ]

    async def may_receive(self, caller: Caller, inquiry: InquiryId) -> Gathered[ActInCase]:
        """Put together: may the caller choose who at their agency takes this question.

        One that somebody there sees already, or another agency's, is asked about as if there were none.
        """
        rows = await inquiry_rows.unattended(self._database, caller.agency or "", self._clock.now())
        return await self._gathered(caller, next((each for each in rows if each.id == inquiry), None))

    async def received(self, asking: Asking, permit: Permit[ActInCase]) -> tuple[WaitingInquiry, Sequence[Post]]:
        """Return the question that a permit of `may_receive` is for, and those at the agency who can take it.

        Of one who is protected only those who are cleared by name. Raises NotFound.
        """
        agency, now = AgencyId(permit.question.caller.agency), self._clock.now()
        rows = await inquiry_rows.unattended(self._database, agency, now)
        row = next((each for each in rows if each.id == permit.about.detail.get("inquiry")), None)
        if row is None or not await self._knowable(asking, permit, row):
            raise NotFound
        able = [each for each in await self._directory.colleagues(agency) if ANSWERING.intersection(each.roles)]
        if permit.question.person.protection != "none":
            cleared = await inquiry_rows.cleared(self._database, permit.about.individual or "", agency, now)
            able = [each for each in able if each.assignment in cleared]
        return WaitingInquiry(InquiryId(row.id), CaseId(row.case), row.due_on, row.urgent), able

    async def receive(self, asking: Asking, permit: Permit[ActInCase], assignment: AssignmentId) -> WaitingInquiry:
        """Put somebody on the team to answer the question that a permit of `may_receive` is for, and return it.

        Raises NotFound, NotAColleague for one who can't take it, AlreadyInTeam.
        """
        found, able = await self.received(asking, permit)
        await self._cases.add_member(permit, asking.caller, assignment, {each.assignment for each in able})
        return found

    async def _each(self, caller: Caller, rows: Sequence[Unattended]) -> list[Gathered[ActInCase]]:
        """Put together one question for each whose individual exists for the caller: a list is no attempt to see the rest."""
        now = self._clock.now()
        seen = await asyncio.gather(*[self._cases.seen(caller, CaseId(each.case)) for each in rows])
        there = [each for each, found in zip(rows, seen, strict=True) if found.person.opens_to(now)]
        return await asyncio.gather(*[self._gathered(caller, each) for each in there])

    async def _gathered(self, caller: Caller, row: Unattended | None) -> Gathered[ActInCase]:
        found = await self._cases.may(caller, CaseId(row.case if row else ""), "add_to_team", caller.agency or "")
        detail = {"inquiry": row.id} if row else {}
        return replace(found, about=replace(found.about, act="find_inquiry", detail=detail))

    async def _knowable(self, asking: Asking, permit: Permit[ActInCase], row: Unattended) -> bool:
        """Tell whether one on the team would be told who asks: when not, not even that something waits is said.

        Foreseen here; it is decided and recorded when the question is opened.
        """
        wanted = [(AgencyId(row.asking), PARTY)]
        told = await self._sharing.may_be_told(asking, permit, wanted, "read_inquiry")
        asked = [_if_on_team(each.question) for each in told]
        return any(answer.permits for answer in await asking.foresee(permit, asked))


def _if_on_team(question: Disclose) -> Disclose:
    return msgspec.structs.replace(question, caller=msgspec.structs.replace(question.caller, team=[_ON_TEAM]))
