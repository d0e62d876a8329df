"""What "who can see this right now" is computed from: four statements, however many lines and officials there are."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from hub.access.questions import DecisionFacts
from hub.agencies import (
    AgencyFacts,
    AgencyId,
    Approval,
    Role,
    agency_column,
    approvals_column,
    parse_agency,
    parse_approvals,
)
from hub.cases.decisions import parse_decisions
from hub.cases.model import CaseId
from hub.consent import ConsentFacts, parse_consent, said_columns
from hub.kit.clock import micros
from hub.kit.database import Database
from hub.people import PersonFacts, parse_person, person_columns


@dataclass(frozen=True, slots=True)
class Official:
    """Somebody on the team of a case, or standing in for one who is."""

    name: str
    title: str
    unit: str
    substitute: bool


@dataclass(frozen=True, slots=True)
class Place:
    """An official's place in a case, with what a decision needs to know of them."""

    case: CaseId
    agency: AgencyId
    official: Official
    roles: tuple[Role, ...]
    #: The individual as a decision about this official sees them: clearance, provisional access, relation.
    person: PersonFacts


@dataclass(frozen=True, slots=True)
class OpenCase:
    """An open case of the individual's, with each party's word on what it has open and needs (reading R16)."""

    id: CaseId
    number: str
    purpose: str
    parties: dict[AgencyId, tuple[bool, tuple[str, ...]]]
    decisions: tuple[DecisionFacts, ...]


@dataclass(frozen=True, slots=True)
class OwnerSeen:
    """An agency with what it has approved."""

    agency: AgencyFacts
    approvals: tuple[Approval, ...]


#: $1 the individual, $2 now (µs).
_CASES: Final = """
    SELECT c.id, c.number, c.purpose,
        (SELECT :json_agg(:json_array(p.agency, CASE WHEN p.own_case_open THEN 1 ELSE 0 END, p.necessary))
           FROM case_party p WHERE p.case_id = c.id AND p.joined_at <= $2 AND p.left_at > $2),
        (SELECT :json_agg(:json_array(r.id, r.owner, r.asking_agency, r.ground, r.permitted, r.conditions, r.answered_at))
           FROM case_review r WHERE r.case_id = c.id AND r.state IN ('permitted', 'partly'))
    FROM coordination_case c WHERE c.individual_id = $1 AND c.closed_at IS NULL ORDER BY c.opened_at, c.id"""
_AGENCIES: Final = f"SELECT {agency_column('a.id')}, {approvals_column('a.id', '$1')} FROM agency a ORDER BY a.id"  # noqa: S608
_SAID: Final = f"SELECT {said_columns('$1', '$2')}"
_PLACES: Final = f"""
    SELECT c.id, a.agency, s.name, s.title, u.name, x.substitute, a.roles,
        {person_columns("$1", "a.id", "a.agency", "$2")}
    FROM (
        SELECT m.case_id, m.agency, m.assignment_id AS assignment, 0 AS substitute FROM case_member m
          WHERE m.valid_from <= $2 AND m.valid_until > $2
        UNION
        SELECT m.case_id, m.agency, b.substitute, 1 FROM case_member m
          JOIN substitution b ON b.absent = m.assignment_id AND b.valid_from <= $2 AND b.valid_until > $2
          WHERE m.valid_from <= $2 AND m.valid_until > $2) x
      JOIN coordination_case c ON c.id = x.case_id AND c.individual_id = $1 AND c.closed_at IS NULL
      JOIN case_party p ON p.case_id = c.id AND p.agency = x.agency AND p.joined_at <= $2 AND p.left_at > $2
      JOIN assignment a ON a.id = x.assignment AND a.valid_from <= $2 AND a.valid_until > $2
      JOIN staff s ON s.id = a.staff JOIN unit u ON u.id = a.unit
    ORDER BY a.agency, s.name, a.id, x.substitute"""  # noqa: S608  constants
_HEAD: Final = 7


async def open_cases(database: Database, individual: str, now: datetime) -> list[OpenCase]:
    """Return the individual's open cases."""
    return [_case(*row) for row in await database.fetch(_CASES, individual, micros(now))]


async def owners(database: Database, now: datetime) -> list[OwnerSeen]:
    """Return every agency: any of them may be asked."""
    found = [(parse_agency(row[0]), parse_approvals(row[1])) for row in await database.fetch(_AGENCIES, micros(now))]
    return [OwnerSeen(agency, approvals) for agency, approvals in found if agency]


async def said(database: Database, individual: str, now: datetime) -> ConsentFacts:
    """Return what the individual has said that is in force, and every stop."""
    [row] = await database.fetch(_SAID, individual, micros(now))
    return parse_consent(row[0], row[1])


async def places(database: Database, individual: str, now: datetime) -> list[Place]:
    """Return who works with the individual's open cases at this instant."""
    return [_place(row) for row in await database.fetch(_PLACES, individual, micros(now))]


def _case(identity: str, number: str, purpose: str, parties: str | None, decisions: str | None) -> OpenCase:
    words = {
        AgencyId(agency): (bool(is_open), tuple(necessary.split(",")) if necessary else ())
        for agency, is_open, necessary in json.loads(parties or "[]")
    }
    return OpenCase(CaseId(identity), number, purpose, words, parse_decisions(decisions))


def _place(row: Sequence[Any]) -> Place:
    case, agency, name, title, unit, substitute, roles = row[:_HEAD]
    person = parse_person(*row[_HEAD:])
    if person is None:
        raise LookupError("an individual with a case who isn't there")
    official = Official(name, title, unit, bool(substitute))
    return Place(CaseId(case), AgencyId(agency), official, tuple(Role(each) for each in roles.split(",")), person)
