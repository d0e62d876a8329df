"""A case from its opening to its close."""

import secrets
from collections.abc import Awaitable, Callable, Mapping

from sqlmodel.ext.asyncio.session import AsyncSession

from hub.access import About, Caller, Gathered, Permit
from hub.access.questions import ActInCase, OpenCase, SeePerson
from hub.access.questions.words import Purpose
from hub.cases import questions, repository
from hub.cases.acts import CaseActs, case_entry, new_member, subject_of, subject_place, subject_scope
from hub.cases.model import Case, CaseId, CaseState, Party
from hub.kit.idempotency import Once, earlier, remember
from hub.kit.ids import new_id


class CaseFrames(CaseActs):
    """Opening a case, saying what it is about, closing and reopening it."""

    async def may_open(
        self, seeing: Callable[[], Awaitable[Gathered[SeePerson]]], purpose: Purpose
    ) -> Gathered[OpenCase]:
        """Put together: may the caller open a case on the individual that `seeing` asks to see, with its very facts."""
        seen = await seeing()
        question = questions.open_case(
            seen.question.caller,
            seen.question.person,
            purpose,
            own=seen.question.own_reference,
            now=self._clock.now(),
        )
        about = About("open_case", seen.about.answerable, seen.about.individual, purpose=purpose)
        return Gathered(question, seen.stands, about, seen.not_after)

    async def open(self, permit: Permit[OpenCase], caller: Caller, subject: str, once: Once | None = None) -> CaseId:
        """Open a case led by the caller's agency, with the caller as responsible, and return its id. Raises Invalid."""
        subject = subject_of(subject)
        individual, agency, now = permit.about.individual or "", permit.about.answerable, self._clock.now()
        case_id = new_id()
        keys = await self._vault.keys([subject_scope(individual, agency)])
        sealed = keys.seal(subject_scope(individual, agency), subject_place(case_id), subject.encode())
        async with self._database.write() as session:
            if made := await earlier(session, once):
                return CaseId(made)
            case = Case(
                id=case_id,
                number=await self._number(session),
                individual_id=individual,
                leading_agency=agency,
                purpose=permit.question.purpose,
                subject=sealed,
                state=CaseState.OPEN,
                opened_at=now,
            )
            session.add(case)
            await session.flush()
            session.add(Party(case_id=case_id, agency=agency, joined_at=now))
            session.add(new_member(case_id, caller, agency, caller.assignment or caller.ref, now, responsible=True))
            remember(session, once, case_id)
            entry = case_entry(caller, permit, "open_case", case_id, self._clock.now())
            await self._ledger.record_change(session, entry)
        return CaseId(case_id)

    async def edit(self, permit: Permit[ActInCase], caller: Caller, subject: str, version: int) -> int:
        """Say anew what the case is about and return its new version. Raises Invalid, PreconditionFailed."""
        subject = subject_of(subject)

        async def change(_session: AsyncSession, case: Case) -> Mapping[str, object]:
            scope = subject_scope(case.individual_id, case.leading_agency)
            case.subject = (await self._vault.keys([scope])).seal(scope, subject_place(case.id), subject.encode())
            return {}

        return await self._change(permit, caller, change, version)

    async def close(self, permit: Permit[ActInCase], caller: Caller, version: int) -> int:
        """Close the case and return its new version. What others saw through it stops at once."""

        async def change(_session: AsyncSession, case: Case) -> Mapping[str, object]:
            case.state, case.closed_at = CaseState.CLOSED, self._clock.now()
            return {}

        return await self._change(permit, caller, change, version, bumps=True)

    async def reopen(self, permit: Permit[ActInCase], caller: Caller, version: int, reason: str) -> int:
        """Open a closed case again and return its new version. Raises Invalid, PreconditionFailed."""

        async def change(_session: AsyncSession, case: Case) -> Mapping[str, object]:
            case.state, case.closed_at = CaseState.OPEN, None
            return {}

        return await self._change(permit, caller, change, version, reason=reason)

    async def _number(self, session: AsyncSession) -> str:
        """Return a free case number. Random: it must tell neither order nor how many there are."""
        for digits in (4, 5, 6, 7, 8):
            for _ in range(20):
                number = f"S{secrets.randbelow(9 * 10 ** (digits - 1)) + 10 ** (digits - 1)}"
                if not await repository.number_taken(session, number):
                    return number
        raise LookupError("no free case number")
