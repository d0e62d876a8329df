"""Who a caller is to an individual: read in one statement, for what consent and the individual's own door ask.

Consent lies below cases and can't know teams; it is given this reader by `hub.app`.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from hub.access import Caller, CallerKind
from hub.agencies import (
    OPEN_END,
    AgencyId,
    AssignmentId,
    agency_column,
    assignment_columns,
    parse_agency,
    parse_assignment,
)
from hub.audit import Stand
from hub.cases.model import Case, CaseState, Member, Party
from hub.cases.repository import MEMBERSHIPS, parse_places
from hub.consent import Surroundings
from hub.kit.clock import Clock, micros, today
from hub.kit.database import Database
from hub.kit.errors import NotFound
from hub.people import (
    PERSON_COLUMNS,
    IndividualId,
    Mandate,
    PersonFacts,
    caller_facts,
    mandate_facts,
    mandates_column,
    own_door_facts,
    parse_mandates,
    parse_person,
    person_columns,
    person_facts,
    plain_disposal,
)

#: $1 assignment, $2 now (µs), $3 agency, $4 the caller's ref, $5 the individual, $6 a case or "".
_STAFF: Final = f"""
    SELECT (SELECT epoch FROM standing WHERE subject = $4), {agency_column("$3")}, {assignment_columns("$1", "$2")},
        {
    MEMBERSHIPS.format(
        case="IN (SELECT c.id FROM coordination_case c WHERE c.individual_id = $5 "
        "AND ($6 = '' OR c.id = $6) AND c.closed_at IS NULL)"
    )
},
        {mandates_column("$5", "$2")}, {person_columns("$5", "$1", "$3", "$2")}"""  # noqa: S608  constants
_HEAD: Final = 6
#: $1 the individual, $2 now (µs), $3 the digest of the caller's own number.
_OWN: Final = f"""
    SELECT (SELECT :json_agg(i.id) FROM individual i WHERE i.lookup_hash = $3),
        {mandates_column("$1", "$2")}, {person_columns("$1", "''", "''", "$2")}"""  # noqa: S608  constants


class CaseAround:
    """Reads the surroundings of one individual."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock

    async def __call__(self, caller: Caller, individual: str, case: str | None) -> Surroundings:
        """Return who `caller` is to `individual`, in `case` or in any open case. Raises NotFound when there is no such one."""
        if caller.kind is CallerKind.INDIVIDUAL:
            return await self._own_door(caller, individual)
        return await self._staff_door(caller, individual, case)

    async def _staff_door(self, caller: Caller, individual: str, case: str | None) -> Surroundings:
        now = self._clock.now()
        asked = (caller.assignment or "", micros(now), caller.agency or "", caller.ref, individual, case or "")
        [row] = await self._database.fetch_shared(_STAFF, *asked)
        person = _person(row, _HEAD)
        assignment = parse_assignment(row[2], row[3])
        facts = caller_facts(caller, parse_agency(row[1]), assignment, person, now=now, team=parse_places(row[4]))
        ends = [assignment.not_after(now) if assignment else None, person.not_after(now)]
        found = self._around(person, parse_mandates(row[5], person.individual), now, facts)
        stands = (Stand(caller.ref, int(row[0] or 0)), *found.stands)
        return replace(found, stands=stands, not_after=min((each for each in ends if each), default=None))

    async def _own_door(self, caller: Caller, individual: str) -> Surroundings:
        now = self._clock.now()
        if caller.individual_digest is None:
            raise NotFound
        [row] = await self._database.fetch_shared(_OWN, individual, micros(now), caller.individual_digest)
        person = _person(row, 2)
        mandates = parse_mandates(row[1], person.individual)
        myself = _ids(row[0])
        used = next((each for each in mandates if each.acts in myself), None)
        facts = own_door_facts(caller, own=individual in myself, mandate=used.id if used else "")
        return self._around(person, mandates, now, facts)

    def _around(self, person: PersonFacts, mandates: Sequence[Mandate], now: datetime, caller: Any) -> Surroundings:
        return Surroundings(
            caller=caller,
            person=person_facts(person, known=True),
            disposal=plain_disposal(person.age(today(self._clock))),
            mandates=[mandate_facts(each) for each in mandates],
            stands=(Stand(person.subject, person.epoch),),
            not_after=min((each.period.valid_until for each in mandates if each.period.holds(now)), default=None),
        )


async def leading_handlers(session: AsyncSession, individuals: Collection[IndividualId]) -> Collection[AssignmentId]:
    """Return who answers, at the leading agency, for the open cases of these individuals (they keep access, R11)."""
    statement = (
        select(Member.assignment_id)
        .join(Case, col(Case.id) == col(Member.case_id))
        .where(
            col(Case.individual_id).in_(individuals),
            Case.state == CaseState.OPEN,
            Member.agency == Case.leading_agency,
            col(Member.responsible).is_(True),
        )
    )
    return [AssignmentId(each) for each in await session.exec(statement)]


async def on_whom(session: AsyncSession, agency: AgencyId) -> Collection[IndividualId]:
    """Return the individuals on whom `agency` is party to an open case: what it has on them isn't erased meanwhile."""
    statement = (
        select(Case.individual_id)
        .join(Party, col(Party.case_id) == col(Case.id))
        .where(Party.agency == agency, col(Party.left_at) == OPEN_END, Case.state == CaseState.OPEN)
    )
    return frozenset(IndividualId(each) for each in await session.exec(statement))


def _person(row: Sequence[Any], at: int) -> PersonFacts:
    person = parse_person(*row[at : at + PERSON_COLUMNS])
    if person is None:
        raise NotFound
    return person


def _ids(column: str | None) -> frozenset[str]:
    return frozenset(json.loads(column or "[]"))
