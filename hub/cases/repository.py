"""Every query on cases. What a caller may do in one is found in a single statement, with what the decision stands on."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import msgspec
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from hub.access import Caller
from hub.access.questions import PlaceFacts
from hub.agencies import (
    AgencyId,
    agency_column,
    approvals_column,
    assignment_columns,
    parse_agency,
    parse_approvals,
    parse_assignment,
)
from hub.cases.decisions import decisions_column, parse_decisions
from hub.cases.facts import CaseRow, Frame, PartySeen, Seat, Seen
from hub.cases.model import Case, CaseReason, CaseState, Member, Party, Review
from hub.consent import consent_columns, parse_consent
from hub.kit.clock import epoch_s, from_micros, micros
from hub.kit.database import Database
from hub.people import PERSON_COLUMNS, parse_person, person_columns

#: A column with the places of assignment $1 at $2 in the team of the cases that `case` names: own ones, and those of
#: whom it stands in for.
MEMBERSHIPS: Final = """(SELECT :json_agg(:json_array(m.valid_from, m.valid_until, CASE WHEN m.assignment_id = $1 THEN 0 ELSE 1 END,
                (SELECT max(s.valid_from) FROM substitution s WHERE s.substitute = $1 AND s.absent = m.assignment_id
                    AND s.valid_until > $2),
                (SELECT max(s.valid_until) FROM substitution s WHERE s.substitute = $1 AND s.absent = m.assignment_id
                    AND s.valid_until > $2)))
           FROM case_member m WHERE m.case_id {case} AND m.valid_until > $2
            AND (m.assignment_id = $1 OR m.assignment_id IN (
                SELECT s.absent FROM substitution s WHERE s.substitute = $1 AND s.valid_until > $2)))"""

#: $1 assignment, $2 now (µs), $3 agency, $4 the caller's ref, $5 a decoy individual, $6 the case.
_SEEN: Final = f"""
    SELECT (SELECT epoch FROM standing WHERE subject = $4), {agency_column("$3")}, {assignment_columns("$1", "$2")},
        c.id, c.number, c.leading_agency, c.purpose, c.state, c.version,
        (SELECT count(*) FROM case_party p
          WHERE p.case_id = c.id AND p.agency = $3 AND p.joined_at <= $2 AND p.left_at > $2),
        {MEMBERSHIPS.format(case="= c.id")},
        {person_columns("coalesce(c.individual_id, $5)", "$1", "$3", "$2")}
    FROM (SELECT 1 AS one) x LEFT JOIN coordination_case c ON c.id = $6"""  # noqa: S608  constants
_FRAME: Final = 4


async def seen(database: Database, caller: Caller, case: str, decoy: str, now: datetime) -> Seen:
    """Return `case` as `caller` meets it; an absent case costs the same and has a decoy's facts."""
    [row] = await database.fetch_shared(
        _SEEN, caller.assignment or "", micros(now), caller.agency or "", caller.ref, decoy, case
    )
    epoch, agency, assignment, substitutions = row[:_FRAME]
    person = parse_person(*row[_FRAME + 8 : _FRAME + 8 + PERSON_COLUMNS])
    if person is None:
        raise LookupError("the decoys are not there: run People.prepare at start")
    return Seen(
        epoch=int(epoch or 0),
        agency=parse_agency(agency),
        assignment=parse_assignment(assignment, substitutions),
        frame=_frame(row[_FRAME : _FRAME + 6]),
        party=bool(row[_FRAME + 6]),
        places=parse_places(row[_FRAME + 7]),
        person=person,
    )


def parse_places(column: str | None) -> tuple[PlaceFacts, ...]:
    """Return what the column of `MEMBERSHIPS` says."""
    return tuple(_place(*each) for each in msgspec.json.decode(column or "[]"))


def _frame(row: Sequence[Any]) -> Frame | None:
    identity, number, leading, purpose, state, version = row
    return Frame(identity, number, leading, purpose, state == "open", version) if identity else None


def _place(start: int, end: int, substitute: int, stands_from: int | None, stands_until: int | None) -> PlaceFacts:
    if substitute:
        start, end = max(start, stands_from or 0), min(end, stands_until or 0)
    return PlaceFacts(
        substitute=bool(substitute),
        valid_from=epoch_s(from_micros(start)),
        valid_until=epoch_s(from_micros(end)),
    )


#: $1 the case, $2 now (µs), $3 the caller's agency.
_TOWARDS: Final = f"""
    SELECT {agency_column("a.id")}, {approvals_column("a.id", "$2")},
        CASE WHEN p.own_case_open THEN 1 ELSE 0 END, coalesce(p.necessary, ''),
        {consent_columns("c.individual_id", "= a.id", "= $3", "$2")},
        {consent_columns("c.individual_id", "= $3", "= a.id", "$2")},
        {decisions_column("c.id", "a.id", "$3")}
    FROM coordination_case c JOIN agency a ON 1 = 1
      LEFT JOIN case_party p ON p.case_id = c.id AND p.agency = a.id AND p.joined_at <= $2 AND p.left_at > $2
    WHERE c.id = $1 AND """  # noqa: S608  constants
PARTIES: Final = f"{_TOWARDS} p.agency IS NOT NULL ORDER BY a.id"
_PAIR: Final = f"{_TOWARDS} a.id IN ($3, $4)"


async def parties(database: Database, case: str, agency: str, now: datetime) -> list[PartySeen]:
    """Return the parties of `case` in one statement, the caller's own agency among them."""
    return [_party(row) for row in await database.fetch_shared(PARTIES, case, micros(now), agency)]


async def pair(
    database: Database, case: str, agency: str, other: str, now: datetime
) -> tuple[PartySeen, PartySeen] | None:
    """Return the caller's agency and another, party or not; None when there is no such agency."""
    rows = [_party(row) for row in await database.fetch_shared(_PAIR, case, micros(now), agency, other)]
    found = {each.agency.id: each for each in rows}
    return (found[AgencyId(agency)], found[AgencyId(other)]) if len(found) == 2 else None  # noqa: PLR2004  a pair


def _party(row: Sequence[Any]) -> PartySeen:
    agency = parse_agency(row[0])
    if agency is None:
        raise LookupError("a party that is no agency")
    return PartySeen(
        agency=agency,
        approvals=parse_approvals(row[1]),
        case_open=bool(row[2]),
        necessary=tuple(row[3].split(",")) if row[3] else (),
        to_us=parse_consent(row[4], row[5]),
        from_us=parse_consent(row[6], row[7]),
        decisions=parse_decisions(row[8]),
    )


#: $1 the case, $2 now (µs), $3 the agency whose part of the team is read.
_READ: Final = """
    SELECT c.id, c.number, c.individual_id, c.leading_agency, c.purpose, c.subject, c.state, c.opened_at, c.closed_at,
        c.version, (SELECT :json_agg(:json_array(m.id, m.assignment_id, CASE WHEN m.responsible THEN 1 ELSE 0 END,
                                                 m.added_by, m.valid_from, m.valid_until))
          FROM case_member m WHERE m.case_id = c.id AND m.agency = $3 AND m.valid_from <= $2 AND m.valid_until > $2)
    FROM coordination_case c WHERE c.id = $1"""


async def read(database: Database, case: str, agency: str, now: datetime) -> tuple[CaseRow, list[Seat]]:
    """Return the case that a permit is for, and one agency's part of its team: one statement, close to the driver."""
    [row] = await database.fetch_shared(_READ, case, micros(now), agency)
    *plain, subject, state, opened, closed, version, team_column = row
    found = CaseRow(
        *plain,
        subject=subject,
        state=CaseState(state),
        opened_at=from_micros(opened),
        closed_at=from_micros(closed) if closed is not None else None,
        version=version,
    )
    seats = [_seat(*each) for each in msgspec.json.decode(team_column or "[]")]
    return found, sorted(seats, key=lambda each: (each.valid_from, each.id))


def _seat(identity: str, assignment: str, responsible: int, added_by: str, start: int, end: int) -> Seat:
    return Seat(identity, assignment, bool(responsible), added_by, from_micros(start), from_micros(end))


async def case_of(session: AsyncSession, case: str) -> Case:
    """Return the case that a permit is for."""
    return await session.get_one(Case, case)


async def mine(session: AsyncSession, assignments: Sequence[str], now: datetime) -> list[Case]:
    """Return the open cases on whose team any of `assignments` is now, newest first."""
    statement = (
        select(Case)
        .where(
            col(Case.closed_at).is_(None),
            col(Case.id).in_(
                select(Member.case_id).where(
                    col(Member.assignment_id).in_(assignments),
                    col(Member.valid_from) <= now,
                    col(Member.valid_until) > now,
                )
            ),
        )
        .order_by(col(Case.opened_at).desc(), col(Case.id))
    )
    return list(await session.exec(statement))


async def number_taken(session: AsyncSession, number: str) -> bool:
    """Tell whether a case has this number."""
    return (await session.exec(select(Case.id).where(Case.number == number))).first() is not None


async def team(session: AsyncSession, case: str, agency: str, now: datetime) -> list[Member]:
    """Return one agency's part of the team, as it is now."""
    statement = select(Member).where(
        Member.case_id == case, Member.agency == agency, col(Member.valid_from) <= now, col(Member.valid_until) > now
    )
    return list(await session.exec(statement.order_by(col(Member.valid_from), col(Member.id))))


async def party(session: AsyncSession, case: str, agency: str) -> Party | None:
    """Return an agency's row among the parties of a case, left or not."""
    return await session.get(Party, (case, agency))


async def reasons(session: AsyncSession, case: str, agency: str) -> list[CaseReason]:
    """Return the reasons that those of `agency` have given in a case, newest first."""
    statement = select(CaseReason).where(CaseReason.case_id == case, CaseReason.agency == agency)
    return list(await session.exec(statement.order_by(col(CaseReason.given_at).desc(), col(CaseReason.id))))


async def reviews_in(session: AsyncSession, case: str, agency: str) -> list[Review]:
    """Return the reviews in a case that `agency` has asked for or answers, newest first."""
    statement = select(Review).where(
        Review.case_id == case, (Review.asking_agency == agency) | (Review.owner == agency)
    )
    return list(await session.exec(statement.order_by(col(Review.asked_at).desc(), col(Review.id))))


async def reviews_to(session: AsyncSession, owner: str) -> list[Review]:
    """Return what an owner's officials have to answer, the most pressing first."""
    statement = select(Review).where(Review.owner == owner, Review.state == "asked")
    return list(await session.exec(statement.order_by(col(Review.urgent).desc(), Review.due_on, col(Review.id))))


async def cases_of(session: AsyncSession, ids: Sequence[str]) -> list[Case]:
    """Return these cases."""
    return list(await session.exec(select(Case).where(col(Case.id).in_(ids))))


def nearest_end(places: Sequence[PlaceFacts], now: datetime) -> datetime | None:
    """Return when the last of the caller's places in force ends; None when none is, or all are open-ended."""
    at = epoch_s(now)
    ends = [place.valid_until for place in places if place.valid_from <= at < place.valid_until]
    return from_micros(max(ends) * 1_000_000) if ends else None
