"""A question to another party's officials, inside the hub, answered by hand.

For Arbetsförmedlingen and Försäkringskassan in purposes for which no automatic road is lawful (reading R14), and for
what no road can carry. Both the question and the answer are disclosures, each decided; what is answered lies under the
key of the agency that answers, and leaves only on a fresh permit (HUB-03, HUB-05).
"""

from collections.abc import Collection, Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from hub.access import Asking, Caller, Gathered, Permit
from hub.access.questions import ActInCase, Answer
from hub.access.questions.words import CaseAct
from hub.agencies import AgencyId, AssignmentId
from hub.cases import inquiry_rows
from hub.cases.acts import case_entry
from hub.cases.errors import GroundGone
from hub.cases.inquiry_asking import categories_of, details, due_on
from hub.cases.inquiry_receiving import InquiryReceiving
from hub.cases.inquiry_said import Kept, Said, checked, signed
from hub.cases.inquiry_views import AnsweringView, WaitingInquiry
from hub.cases.model import CaseId, Inquiry, InquiryAnswer, InquiryId, InquiryState
from hub.cases.parties import PARTY
from hub.kit.clock import today
from hub.kit.errors import NotFound, PreconditionFailed
from hub.kit.ids import new_id
from hub.kit.vault import Keys


class Inquiries(InquiryReceiving):
    """Carries questions to another party's officials and what they answer, both sides."""

    async def may(self, caller: Caller, act: CaseAct, inquiry: InquiryId) -> Gathered[ActInCase]:
        """Put together: may the caller read or answer a question that was put to their agency, or take back its own.

        A question of other agencies' is asked about as if there were none.
        """
        async with self._database.read() as session:
            row = await session.get(Inquiry, inquiry)
        ours = row if row and caller.agency == (row.asking_agency if act == "withdraw_inquiry" else row.owner) else None
        return await self._cases.may(caller, CaseId(ours.case_id if ours else ""), act, caller.agency or "")

    async def waiting(self, asking: Asking, permits: Sequence[Permit[ActInCase]]) -> list[WaitingInquiry]:
        """Return what waits for an answer in the cases that the permits let the caller see, the most pressing first.

        Nothing from an agency that the caller may no longer know to be in contact with the individual. That is foreseen
        here, and decided and recorded when the question is opened.
        """
        permit_of = {permit.about.case or "": permit for permit in permits}
        async with self._database.read() as session:
            rows = await inquiry_rows.to_answer(session, list(permit_of), asking.caller.agency or "")
        known = {
            case: await self._known(asking, permit_of[case], {row.asking_agency for row in rows if row.case_id == case})
            for case in {row.case_id for row in rows}
        }
        return [
            WaitingInquiry(InquiryId(row.id), CaseId(row.case_id), due_on(row), row.urgent)
            for row in rows
            if row.asking_agency in known[row.case_id]
        ]

    async def _known(self, asking: Asking, permit: Permit[ActInCase], askers: Collection[str]) -> frozenset[str]:
        wanted = [(AgencyId(each), PARTY) for each in sorted(askers)]
        asked = [each.question for each in await self._sharing.may_be_told(asking, permit, wanted, "read_inquiry")]
        answers = await asking.foresee(permit, asked)
        return frozenset(each.owner.agency for each, answer in zip(asked, answers, strict=True) if answer.permits)

    async def read(self, asking: Asking, permit: Permit[ActInCase], inquiry: InquiryId) -> AnsweringView:
        """Return a question as the agency that is asked may see it (permit: read_inquiry or answer_inquiry).

        That the other agency is in contact with the individual is that agency's fact, decided anew. Raises NotFound,
        Refused. The route asks `act_in_case` and `disclose`.
        """
        row = await self._put_to_us(permit, inquiry)
        await self._may_know_of(asking, permit, row)
        return await self._answering(asking, permit, row)

    async def save(
        self, asking: Asking, permit: Permit[ActInCase], inquiry: InquiryId, said: Said, version: int, *, send: bool
    ) -> None:
        """Keep an answer as a draft, or send it (permit: answer_inquiry). One that is sent is only succeeded.

        Raises Invalid, NotFound, PreconditionFailed when it has changed since it was read, and GroundGone when what is
        said may not be told any more.
        """
        row = await self._put_to_us(permit, inquiry)
        await self._may_know_of(asking, permit, row)
        allowed = frozenset((await self._rests_on(asking, permit, row)).categories)
        checked(said, categories_of(row), allowed.intersection(categories_of(row)) if send else None)
        if send and not said.about <= allowed:
            raise GroundGone
        kept = await self._kept(asking.caller, said)
        keys = await self._vault.keys([inquiry_rows.scope(row, row.owner)])
        async with self._database.write() as session:
            row = await session.get_one(Inquiry, inquiry, with_for_update=True)
            if row.version != version or row.state is InquiryState.WITHDRAWN:
                raise PreconditionFailed
            await self._write(session, asking.caller, keys, row, kept, send=send)
            row.version += 1
            if not send:
                return
            row.state = InquiryState.DECLINED if said.declined else InquiryState.ANSWERED
            detail = {**details(row), "facts": len(said.facts), "nothing": len(said.nothing)}
            entry = case_entry(asking.caller, permit, "answer_inquiry", row.case_id, self._clock.now(), detail)
            await self._ledger.record_change(session, entry)

    async def _write(
        self, session: AsyncSession, caller: Caller, keys: Keys, row: Inquiry, kept: Kept, *, send: bool
    ) -> None:
        now = self._clock.now()
        found = inquiry_rows.draft(await inquiry_rows.answers_to(session, [row.id]), row.id)
        answer = found or InquiryAnswer(id=new_id(), inquiry_id=row.id, answered_by="", body=b"", saved_at=now)
        answer.answered_by, answer.saved_at = caller.ref, now
        answer.body = inquiry_rows.seal_answer(keys, row, answer.id, kept)
        answer.sent_at = now if send else None
        session.add(answer)

    async def _put_to_us(self, permit: Permit[ActInCase], inquiry: InquiryId) -> Inquiry:
        async with self._database.read() as session:
            row = await session.get(Inquiry, inquiry)
        if row is None or row.owner != permit.question.caller.agency or row.case_id != permit.about.case:
            raise NotFound
        return row

    async def _may_know_of(self, asking: Asking, permit: Permit[ActInCase], row: Inquiry) -> None:
        """Raise NotFound or Refused unless the caller may know that the other agency is in contact with the individual."""
        await self._told(asking, permit, AgencyId(row.asking_agency), PARTY, "read_inquiry")

    async def _rests_on(self, asking: Asking, permit: Permit[ActInCase], row: Inquiry) -> Answer:
        asker = AgencyId(row.asking_agency)
        return await self._sharing.would_be_told(asking, permit, asker, categories_of(row))

    async def _kept(self, caller: Caller, said: Said) -> Kept:
        """Return the answer under the name of whoever gives it, with their unit."""
        assignment = AssignmentId(caller.assignment or "")
        post = (await self._directory.posts([assignment])).get(assignment)
        return Kept(
            said=said, name=caller.name, title=caller.title, unit=post.unit_name if post else caller.agency or ""
        )

    async def _answering(self, asking: Asking, permit: Permit[ActInCase], row: Inquiry) -> AnsweringView:
        async with self._database.read() as session:
            answers = await inquiry_rows.answers_to(session, [row.id])
        keys = await self._vault.existing({inquiry_rows.scope(row, each) for each in (row.owner, row.asking_agency)})
        sent, draft = inquiry_rows.latest(answers, row.id), inquiry_rows.draft(answers, row.id)
        said, written = inquiry_rows.open_answer(keys, row, sent), inquiry_rows.open_answer(keys, row, draft)
        return AnsweringView(
            id=InquiryId(row.id),
            case=CaseId(row.case_id),
            asking=AgencyId(row.asking_agency),
            asked_by=row.asked_by,
            categories=categories_of(row),
            purpose=row.purpose,
            question=inquiry_rows.open_question(keys, row),
            urgent=row.urgent,
            state=row.state,
            asked_at=row.asked_at,
            due_on=due_on(row),
            late=row.state is InquiryState.ASKED and due_on(row) < today(self._clock),
            version=row.version,
            rests_on=await self._rests_on(asking, permit, row),
            draft=written.said if written else None,
            said=said.said if said else None,
            answered_at=sent.sent_at if sent else None,
            by_hand=signed(said, hidden=False) if said else "",
        )
