"""Cases as their teams see the frame; parties of others are not in it (`sharing`)."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from hub.access import Caller, Permit
from hub.access.questions import ActInCase
from hub.agencies import AgencyId
from hub.cases import repository
from hub.cases.acts import CaseActs, reason_place, subject_place, subject_scope
from hub.cases.facts import CaseRow, Seat
from hub.cases.model import Case, CaseId, CaseState
from hub.kit.vault import Erased
from hub.people import IndividualId


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
    team: tuple[Seat, ...]


@dataclass(frozen=True, slots=True)
class GivenReason:
    """Why somebody at the caller's own agency did something in the case."""

    act: str
    given_by: str
    given_at: datetime
    reason: str


class CaseReading(CaseActs):
    """Reading one's cases."""

    async def read(self, permit: Permit[ActInCase]) -> CaseView:
        """Return the case that the permit is for, with the caller's own agency's part of the team."""
        agency = permit.question.caller.agency
        case, team = await repository.read(self._database, permit.about.case or "", agency, self._clock.now())
        return (await self._views([case], agency, {case.id: team}))[0]

    async def reasons(self, permit: Permit[ActInCase]) -> list[GivenReason]:
        """Return why those of the caller's own agency have reopened, left or handed over the case, the newest first."""
        individual, agency = permit.about.individual or "", permit.question.caller.agency
        async with self._database.read() as session:
            rows = await repository.reasons(session, permit.about.case or "", agency)
        scope = subject_scope(individual, agency)
        keys = await self._vault.existing([scope])
        found: list[GivenReason] = []
        for row in rows:
            with suppress(Erased):
                reason = keys.open(scope, reason_place(row.id), row.reason).decode()
                found.append(GivenReason(row.act, row.given_by, row.given_at, reason))
        return found

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

    async def _views(
        self, cases: Sequence[Case | CaseRow], agency: str, teams: Mapping[str, list[Seat]]
    ) -> list[CaseView]:
        """What a case is about is the leading agency's; another party has it when told, else an empty line."""
        own = [case for case in cases if case.leading_agency == agency]
        keys = await self._vault.existing([subject_scope(case.individual_id, agency) for case in own])
        told = {
            case.id: keys.open(subject_scope(case.individual_id, agency), subject_place(case.id), case.subject).decode()
            for case in own
        }
        return [_view(case, told.get(case.id, ""), tuple(teams.get(case.id, ()))) for case in cases]


def _view(case: Case | CaseRow, subject: str, team: tuple[Seat, ...]) -> CaseView:
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
