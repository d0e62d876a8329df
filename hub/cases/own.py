"""An individual's own cases, as they themselves see them: which agencies, and who on their staff (OSL 12:1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from hub.access import Permit
from hub.access.questions import ShowToIndividual
from hub.agencies import AgencyId, AssignmentId
from hub.cases.model import Case, CaseId, Member, Party
from hub.kit.clock import Clock
from hub.kit.database import Database


@dataclass(frozen=True, slots=True)
class OwnParty:
    """An agency that is party, with its part of the team."""

    agency: AgencyId
    team: tuple[AssignmentId, ...]


@dataclass(frozen=True, slots=True)
class OwnCase:
    """One case of the individual's."""

    id: CaseId
    number: str
    purpose: str
    leading: AgencyId
    opened_at: datetime
    parties: tuple[OwnParty, ...]


class OwnCases:
    """Reads the cases of the individual that a permit is for."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock

    async def of(self, permit: Permit[ShowToIndividual]) -> Sequence[OwnCase]:
        """Return the open cases, newest first."""
        now = self._clock.now()
        async with self._database.read() as session:
            wanted = select(Case).where(Case.individual_id == permit.about.individual, col(Case.closed_at).is_(None))
            rows = list(await session.exec(wanted.order_by(col(Case.opened_at).desc())))
            ids = [row.id for row in rows]
            parties = list(
                await session.exec(
                    select(Party)
                    .where(col(Party.case_id).in_(ids), col(Party.joined_at) <= now, col(Party.left_at) > now)
                    .order_by(Party.agency)
                )
            )
            members = list(
                await session.exec(
                    select(Member)
                    .where(col(Member.case_id).in_(ids), col(Member.valid_from) <= now, col(Member.valid_until) > now)
                    .order_by(col(Member.valid_from), col(Member.id))
                )
            )
        return [_own(row, parties, members) for row in rows]


def _own(row: Case, parties: Sequence[Party], members: Sequence[Member]) -> OwnCase:
    team = [each for each in members if each.case_id == row.id]
    return OwnCase(
        CaseId(row.id),
        row.number,
        row.purpose,
        AgencyId(row.leading_agency),
        row.opened_at,
        tuple(
            OwnParty(
                AgencyId(party.agency),
                tuple(AssignmentId(each.assignment_id) for each in team if each.agency == party.agency),
            )
            for party in parties
            if party.case_id == row.id
        ),
    )
