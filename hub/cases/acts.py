"""What every act in a case shares: seeing it, asking about it, and changing it in one transaction."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlmodel.ext.asyncio.session import AsyncSession

from hub.access import Caller, Gathered, Permit, change_entry
from hub.access.questions import ActInCase
from hub.access.questions.words import CaseAct
from hub.agencies import OPEN_END
from hub.audit import Entry, Ledger
from hub.cases import questions, repository
from hub.cases.facts import Seen
from hub.cases.model import Case, CaseId, CaseReason, Member
from hub.cases.seen import about, not_after, stands
from hub.kit.clock import Clock, today
from hub.kit.database import Database
from hub.kit.errors import FieldError, Invalid, PreconditionFailed
from hub.kit.ids import new_id
from hub.kit.vault import KeyScope, Place, Vault
from hub.people import Decoys

LONGEST_SUBJECT: Final = 300
LONGEST_REASON: Final = 2000


class CaseActs:
    """The ground of all acts in cases: each is decided first, then one transaction, epochs first, the ledger last."""

    def __init__(self, database: Database, vault: Vault, ledger: Ledger, clock: Clock, decoys: Decoys) -> None:
        self._database, self._vault, self._ledger, self._clock, self._decoys = database, vault, ledger, clock, decoys

    async def seen(self, caller: Caller, case: CaseId) -> Seen:
        """Return `case` as the caller meets it: facts for a question, shown to nobody."""
        decoy = self._decoys.instead_of(self._vault.digest("case", case))
        return await repository.seen(self._database, caller, case, decoy, self._clock.now())

    async def may(
        self, caller: Caller, case: CaseId, act: CaseAct, subject_agency: str = "", *, reason_given: bool = False
    ) -> Gathered[ActInCase]:
        """Put together: may the caller do `act` in `case`."""
        seen, now = await self.seen(caller, case), self._clock.now()
        question = questions.act_in_case(
            caller,
            seen,
            act,
            age=seen.person.age(today(self._clock)),
            now=now,
            subject_agency=subject_agency,
            reason_given=reason_given,
        )
        return Gathered(question, stands(caller, seen), about(caller, seen, act), not_after(seen, now))

    async def may_see_each(self, caller: Caller, cases: Sequence[CaseId]) -> list[Gathered[ActInCase]]:
        """Put together, at the same time: may the caller see each of `cases`."""
        return await asyncio.gather(*[self.may(caller, each, "see_case") for each in cases])

    async def _change(
        self,
        permit: Permit[ActInCase],
        caller: Caller,
        change: Callable[[AsyncSession, Case], Awaitable[Mapping[str, object]]],
        version: int | None = None,
        *,
        subjects: tuple[str, ...] = (),
        bumps: bool = False,
        reason: str | None = None,
    ) -> int:
        individual = permit.about.individual or ""
        given = None if reason is None else await self._reason(permit, caller, reason_of(reason))
        moved = (*subjects, *((f"individual:{individual}",) if bumps else ()))
        async with self._database.write() as session:
            if moved:
                await self._ledger.bump(session, moved)
            case = await repository.case_of(session, permit.about.case or "")
            if version is not None and case.version != version:
                raise PreconditionFailed
            detail = await change(session, case)
            if given is not None:
                session.add(given)
            case.version += 1
            entry = case_entry(caller, permit, permit.question.act, case.id, self._clock.now(), detail)
            await self._ledger.record_change(session, entry)
            return case.version

    async def _reason(self, permit: Permit[ActInCase], caller: Caller, reason: str) -> CaseReason:
        individual, agency, identity = permit.about.individual or "", permit.about.answerable, new_id()
        scope = subject_scope(individual, agency)
        return CaseReason(
            id=identity,
            case_id=permit.about.case or "",
            individual_id=individual,
            agency=agency,
            act=permit.question.act,
            given_by=caller.ref,
            given_at=self._clock.now(),
            reason=(await self._vault.keys([scope])).seal(scope, reason_place(identity), reason.encode()),
        )


def reason_of(text: str) -> str:
    """Return a reason as it is kept. Raises Invalid when nobody has given one."""
    text = text.strip()
    if not text:
        raise Invalid(fields=(FieldError("reason", "Skriv varför. Den som tar vid ska kunna förstå det."),))
    if len(text) > LONGEST_REASON:
        over = len(text) - LONGEST_REASON
        raise Invalid(fields=(FieldError("reason", f"Texten är {over} tecken för lång. Korta den."),))
    return text


def reason_place(identity: str) -> Place:
    return Place("case_reason", "reason", identity)


def case_entry(
    caller: Caller,
    permit: Permit[Any],
    act: str,
    case: str,
    at: datetime,
    detail: Mapping[str, object] | None = None,
) -> Entry:
    """Return the ledger's entry of what was changed in a case on `permit`."""
    return change_entry(
        caller,
        "cases",
        act,
        at,
        individual=permit.about.individual,
        answerable=permit.about.answerable,
        case=case,
        purpose=permit.about.purpose,
        permit=permit.entry,
        detail=detail,
    )


def new_member(
    case: str, caller: Caller, agency: str, assignment: str, now: datetime, *, responsible: bool = False
) -> Member:
    return Member(
        id=new_id(),
        case_id=case,
        assignment_id=assignment,
        agency=agency,
        responsible=responsible,
        added_by=caller.ref,
        valid_from=now,
        valid_until=OPEN_END,
    )


def subject_of(text: str) -> str:
    text = " ".join(text.split())
    if not text:
        raise Invalid(fields=(FieldError("subject", "Skriv med några ord vad ärendet gäller."),))
    if len(text) > LONGEST_SUBJECT:
        message = (
            f"Texten är {len(text) - LONGEST_SUBJECT} tecken för lång. Korta den till högst {LONGEST_SUBJECT} tecken."
        )
        raise Invalid(fields=(FieldError("subject", message),))
    return text


def subject_scope(individual: str, agency: str) -> KeyScope:
    return KeyScope(individual, agency, "content")


def subject_place(case: str) -> Place:
    return Place("coordination_case", "subject", case)
