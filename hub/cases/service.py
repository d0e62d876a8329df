"""Opening a case, its parties and its team, handing over, closing.

Each act is decided first (`open_case`, `act_in_case`; for a party also `disclose`), then one transaction: epochs first,
the ledger last.
"""

import secrets
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlmodel.ext.asyncio.session import AsyncSession

from hub.access import About, Caller, Gathered, Permit
from hub.access.questions import ActInCase, Disclose, OpenCase, SeePerson
from hub.access.questions.words import CaseAct, Category, Purpose
from hub.agencies import OPEN_END, AgencyId, AssignmentId
from hub.audit import Entry, EntryKind, Ledger, Outcome, Stand
from hub.cases import questions, repository
from hub.cases.errors import AlreadyInTeam, LastMember, NotAColleague
from hub.cases.facts import PartySeen, Seen
from hub.cases.model import Case, CaseId, CaseState, Member, Party
from hub.kit.clock import Clock, today
from hub.kit.database import Database
from hub.kit.errors import FieldError, Invalid, NotFound, PreconditionFailed
from hub.kit.idempotency import Once, earlier, remember
from hub.kit.ids import new_id
from hub.kit.vault import KeyScope, Place, Vault
from hub.people import Decoys, IndividualId

LONGEST_SUBJECT: Final = 300
#: What a new party must be told before it can be one (reading R20): that something is going on around the individual.
PARTY: Final[tuple[Category, ...]] = ("party",)


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case as its team sees the frame; parties of others are not in it (`sharing`)."""

    id: CaseId
    number: str
    individual: IndividualId
    leading: AgencyId
    purpose: str
    subject: str
    open: bool
    opened_at: datetime
    closed_at: datetime | None
    version: int
    team: tuple[Member, ...]


class Cases:
    """What staff and partner systems do with cases."""

    def __init__(self, database: Database, vault: Vault, ledger: Ledger, clock: Clock, decoys: Decoys) -> None:
        self._database, self._vault, self._ledger, self._clock, self._decoys = database, vault, ledger, clock, decoys

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
        subject = _subject(subject)
        individual, agency, now = permit.about.individual or "", permit.about.answerable, self._clock.now()
        case_id = new_id()
        keys = await self._vault.keys([_scope(individual, agency)])
        sealed = keys.seal(_scope(individual, agency), _place(case_id), subject.encode())
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
            session.add(_member(case_id, caller, agency, caller.assignment or caller.ref, now, responsible=True))
            remember(session, once, case_id)
            entry = change_entry(caller, permit, "open_case", case_id, self._clock.now())
            await self._ledger.record_change(session, entry)
        return CaseId(case_id)

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

    async def read(self, permit: Permit[ActInCase]) -> CaseView:
        """Return the case that the permit is for, with the caller's own agency's part of the team."""
        agency = permit.question.caller.agency
        case, team = await repository.read(self._database, permit.about.case or "", agency, self._clock.now())
        return (await self._views([case], agency, {case.id: team}))[0]

    async def edit(self, permit: Permit[ActInCase], caller: Caller, subject: str, version: int) -> int:
        """Say anew what the case is about and return its new version. Raises Invalid, PreconditionFailed."""
        subject = _subject(subject)

        async def change(_session: AsyncSession, case: Case) -> Mapping[str, object]:
            scope = _scope(case.individual_id, case.leading_agency)
            case.subject = (await self._vault.keys([scope])).seal(scope, _place(case.id), subject.encode())
            return {}

        return await self._change(permit, caller, change, version)

    async def close(self, permit: Permit[ActInCase], caller: Caller, version: int) -> int:
        """Close the case and return its new version. What others saw through it stops at once."""

        async def change(_session: AsyncSession, case: Case) -> Mapping[str, object]:
            case.state, case.closed_at = CaseState.CLOSED, self._clock.now()
            return {}

        return await self._change(permit, caller, change, version, bumps=True)

    async def reopen(self, permit: Permit[ActInCase], caller: Caller, version: int) -> int:
        """Open a closed case again and return its new version."""

        async def change(_session: AsyncSession, case: Case) -> Mapping[str, object]:
            case.state, case.closed_at = CaseState.OPEN, None
            return {}

        return await self._change(permit, caller, change, version)

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
            session.add(_member(case.id, caller, agency, assignment, now))
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

    async def hand_over(self, permit: Permit[ActInCase], caller: Caller, assignment: AssignmentId) -> int:
        """Let another member of the team answer for the case at the caller's agency. Raises NotFound."""
        agency = permit.question.caller.agency

        async def change(session: AsyncSession, case: Case) -> Mapping[str, object]:
            team = await repository.team(session, case.id, agency, self._clock.now())
            if all(each.assignment_id != assignment for each in team):
                raise NotFound
            for each in team:
                each.responsible = each.assignment_id == assignment
            return {"assignment": assignment}

        return await self._change(permit, caller, change)

    async def may_tell(self, caller: Caller, case: CaseId, agency: AgencyId) -> Gathered[Disclose]:
        """Put together: may the caller's agency tell `agency` that something goes on around the individual.

        Asking is itself a disclosure (reading R20). Raises NotFound when there is no such case or agency.
        """
        seen, now = await self.seen(caller, case), self._clock.now()
        pair = await repository.pair(self._database, case, caller.agency or "", agency, now)
        if seen.frame is None or pair is None:
            raise NotFound
        own, other = pair
        return self._telling(caller, seen, own, other, now)

    def _telling(
        self, caller: Caller, seen: Seen, own: PartySeen, other: PartySeen, now: datetime
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
        said = about(caller, seen, "tell_party", owner=own.agency.id, categories=PARTY)
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
                session.add(_member(case.id, caller, agency, responsible, now, responsible=True))
            return {"party": agency, "told": told.entry}

        return await self._change(permit, caller, change)

    async def leave(self, permit: Permit[ActInCase], caller: Caller) -> int:
        """Let the caller's agency leave; what it saw through the case stops at once."""
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

        return await self._change(permit, caller, change, bumps=True)

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

    async def mine(self, caller: Caller) -> list[CaseId]:
        """Return the open cases on whose team the caller's assignment is: ids to ask about, not yet to show."""
        async with self._database.read() as session:
            found = await repository.mine(session, [caller.assignment or caller.ref], self._clock.now())
        return [CaseId(each.id) for each in found]

    async def read_many(self, permits: Collection[Permit[ActInCase]]) -> list[CaseView]:
        """Return the cases that the permits are for, all of one caller, in the order of the permits."""
        wanted = [permit.about.case or "" for permit in permits]
        if not wanted:
            return []
        async with self._database.read() as session:
            found = {each.id: each for each in await repository.cases_of(session, wanted)}
        agency = next(iter(permits)).question.caller.agency
        return await self._views([found[each] for each in wanted if each in found], agency, {})

    async def _views(self, cases: list[Case], agency: str, teams: Mapping[str, list[Member]]) -> list[CaseView]:
        """What a case is about is the leading agency's; another party has it when told, else an empty line."""
        own = [case for case in cases if case.leading_agency == agency]
        keys = await self._vault.existing([_scope(case.individual_id, agency) for case in own])
        told = {
            case.id: keys.open(_scope(case.individual_id, agency), _place(case.id), case.subject).decode()
            for case in own
        }
        return [_view(case, told.get(case.id, ""), tuple(teams.get(case.id, ()))) for case in cases]

    async def _number(self, session: AsyncSession) -> str:
        """Return a free case number. Random: it must tell neither order nor how many there are."""
        for digits in (4, 5, 6, 7, 8):
            for _ in range(20):
                number = f"S{secrets.randbelow(9 * 10 ** (digits - 1)) + 10 ** (digits - 1)}"
                if not await repository.number_taken(session, number):
                    return number
        raise LookupError("no free case number")

    async def _change(
        self,
        permit: Permit[ActInCase],
        caller: Caller,
        change: Callable[[AsyncSession, Case], Awaitable[Mapping[str, object]]],
        version: int | None = None,
        *,
        subjects: tuple[str, ...] = (),
        bumps: bool = False,
    ) -> int:
        individual = permit.about.individual or ""
        moved = (*subjects, *((f"individual:{individual}",) if bumps else ()))
        async with self._database.write() as session:
            if moved:
                await self._ledger.bump(session, moved)
            case = await repository.case_of(session, permit.about.case or "")
            if version is not None and case.version != version:
                raise PreconditionFailed
            detail = await change(session, case)
            case.version += 1
            entry = change_entry(caller, permit, permit.question.act, case.id, self._clock.now(), detail)
            await self._ledger.record_change(session, entry)
            return case.version


def change_entry(
    caller: Caller,
    permit: Permit[Any],
    act: str,
    case: str,
    at: datetime,
    detail: Mapping[str, object] | None = None,
) -> Entry:
    """Return the ledger's entry of what was changed in a case on `permit`."""
    return Entry(
        at=at,
        kind=EntryKind.CHANGE,
        question="cases",
        act=act,
        outcome=Outcome.DONE,
        caller_kind=caller.kind,
        caller_ref=caller.ref,
        caller_name=caller.name,
        caller_title=caller.title,
        agency=caller.agency,
        unit=caller.unit,
        answerable=permit.about.answerable,
        individual=permit.about.individual,
        case_id=case,
        purpose=permit.about.purpose,
        detail={**(detail or {}), "permit": permit.entry},
    )


def stands(caller: Caller, seen: Seen) -> tuple[Stand, ...]:
    """Return what a decision about a case that was seen stands on."""
    return (Stand(caller.ref, seen.epoch), Stand(seen.person.subject, seen.person.epoch))


def about(caller: Caller, seen: Seen, act: str, **more: Any) -> About:
    """Return what the ledger says of a decision in the case that was seen."""
    frame = seen.frame
    return About(
        act=act,
        answerable=caller.agency or "",
        individual=seen.person.individual,
        case=frame.id if frame else None,
        purpose=frame.purpose if frame else "",
        **more,
    )


def purpose_of(seen: Seen) -> Purpose:
    """Return what the case is for. Raises NotFound when there is no case."""
    if seen.frame is None:
        raise NotFound
    return seen.frame.purpose  # pyright: ignore[reportReturnType]  written from a typed question


def not_after(seen: Seen, now: datetime) -> datetime | None:
    """Return the earliest end of what opened the case that was seen."""
    from_team = repository.nearest_end(seen.places, now)
    ends = [seen.assignment.not_after(now) if seen.assignment else None, seen.person.not_after(now), from_team]
    return min((end for end in ends if end), default=None)


def _view(case: Case, subject: str, team: tuple[Member, ...]) -> CaseView:
    return CaseView(
        id=CaseId(case.id),
        number=case.number,
        individual=IndividualId(case.individual_id),
        leading=AgencyId(case.leading_agency),
        purpose=case.purpose,
        subject=subject,
        open=case.state is CaseState.OPEN,
        opened_at=case.opened_at,
        closed_at=case.closed_at,
        version=case.version,
        team=team,
    )


def _member(
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


def _subject(text: str) -> str:
    text = " ".join(text.split())
    if not text:
        raise Invalid(fields=(FieldError("subject", "Skriv med några ord vad ärendet gäller."),))
    if len(text) > LONGEST_SUBJECT:
        message = (
            f"Texten är {len(text) - LONGEST_SUBJECT} tecken för lång. Korta den till högst {LONGEST_SUBJECT} tecken."
        )
        raise Invalid(fields=(FieldError("subject", message),))
    return text


def _scope(individual: str, agency: str) -> KeyScope:
    return KeyScope(individual, agency, "content")


def _place(case: str) -> Place:
    return Place("coordination_case", "subject", case)
