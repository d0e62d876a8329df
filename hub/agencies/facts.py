"""The facts about an assignment that every decision needs, as parts of the decision's one reading statement.

Each function returns a column for a `SELECT`, in the words of `hub.kit.database`; `parse_…` reads what it gave. The
arguments are SQL expressions (`$3`, `c.assignment`), never values.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from hub.agencies.model import AgencyId, AgencyKind, AssignmentId, Role, StaffId, UnitId
from hub.kit.clock import from_micros


@dataclass(frozen=True, slots=True)
class Period:
    """[from, until): reading R1."""

    valid_from: datetime
    valid_until: datetime

    def holds(self, now: datetime) -> bool:
        return self.valid_from <= now < self.valid_until


@dataclass(frozen=True, slots=True)
class StandIn:
    """That the assignment stands in for `absent`: access to the other's cases only while it holds."""

    absent: AssignmentId
    period: Period


@dataclass(frozen=True, slots=True)
class AssignmentFacts:
    """One assignment as a decision sees it, with the epoch that it stands on."""

    id: AssignmentId
    staff: StaffId
    agency: AgencyId
    unit: UnitId
    roles: tuple[Role, ...]
    period: Period
    stand_ins: tuple[StandIn, ...]
    epoch: int

    @property
    def subject(self) -> str:
        """The row of `standing` that says whether these facts still hold."""
        return f"assignment:{self.id}"

    def active(self, now: datetime) -> bool:
        """Tell whether the assignment is in force."""
        return self.period.holds(now)

    def standing_in_for(self, now: datetime) -> frozenset[AssignmentId]:
        """Return the assignments that this one stands in for right now."""
        return frozenset(each.absent for each in self.stand_ins if each.period.holds(now))

    def not_after(self, now: datetime) -> datetime:
        """Return the earliest end of any of these facts: a permit on them isn't recorded later."""
        ends = [each.period.valid_until for each in self.stand_ins if each.period.holds(now)]
        return min([self.period.valid_until, *ends])


def assignment_columns(assignment: str, now: str) -> str:
    """Return two columns: the assignment `assignment` and its substitutions that aren't over at `now` (microseconds)."""
    return f"""
        (SELECT :json_array(a.id, a.staff, a.agency, a.unit, a.roles, a.valid_from, a.valid_until, coalesce(st.epoch, 0))
           FROM assignment a LEFT JOIN standing st ON st.subject = 'assignment:' || a.id WHERE a.id = {assignment}),
        (SELECT :json_agg(:json_array(s.absent, s.valid_from, s.valid_until))
           FROM substitution s WHERE s.substitute = {assignment} AND s.valid_until > {now})"""  # noqa: S608  arguments are SQL


def parse_assignment(assignment: str | None, substitutions: str | None) -> AssignmentFacts | None:
    """Return what the two columns of `assignment_columns` say, or None when there is no such assignment."""
    if assignment is None:
        return None
    identity, staff, agency, unit, roles, start, end, epoch = msgspec.json.decode(assignment)
    stand_ins = tuple(
        StandIn(AssignmentId(absent), _period(since, until)) for absent, since, until in _rows(substitutions)
    )
    return AssignmentFacts(
        id=AssignmentId(identity),
        staff=StaffId(staff),
        agency=AgencyId(agency),
        unit=UnitId(unit),
        roles=tuple(Role(each) for each in roles.split(",")),
        period=_period(start, end),
        stand_ins=stand_ins,
        epoch=epoch,
    )


@dataclass(frozen=True, slots=True)
class Approval:
    """A rule (or a purpose over a road, as `road/purpose`) that an owner has approved, and for how long."""

    code: str
    period: Period


def approvals_column(agency: str, now: str) -> str:
    """Return a column with what `agency` has approved: rules by code, purposes as `road/purpose`."""
    return f"""
        (SELECT :json_agg(:json_array(x.code, x.valid_from, x.valid_until)) FROM (
            SELECT rule AS code, valid_from, valid_until FROM approved_rule
              WHERE agency = {agency} AND valid_until > {now}
            UNION ALL
            SELECT road || '/' || purpose, valid_from, valid_until FROM approved_purpose
              WHERE agency = {agency} AND valid_until > {now}) x)"""  # noqa: S608  arguments are SQL


def parse_approvals(column: str | None) -> tuple[Approval, ...]:
    """Return what `approvals_column` says."""
    return tuple(Approval(code, _period(since, until)) for code, since, until in _rows(column))


@dataclass(frozen=True, slots=True)
class AgencyFacts:
    """An agency as a decision sees it, with the epoch that it stands on."""

    id: AgencyId
    kind: AgencyKind
    authority: str
    regime: str
    epoch: int


def agency_column(agency: str) -> str:
    """Return a column with the agency `agency`."""
    return f"""
        (SELECT :json_array(g.id, g.kind, g.authority, g.regime, coalesce(gs.epoch, 0))
           FROM agency g LEFT JOIN standing gs ON gs.subject = 'agency:' || g.id WHERE g.id = {agency})"""  # noqa: S608  arguments are SQL


def parse_agency(column: str | None) -> AgencyFacts | None:
    """Return what `agency_column` says, or None when there is no such agency."""
    if column is None:
        return None
    identity, kind, authority, regime, epoch = msgspec.json.decode(column)
    return AgencyFacts(AgencyId(identity), AgencyKind(kind), authority, regime, epoch)


def _rows(column: str | None) -> Iterable[list[Any]]:
    return msgspec.json.decode(column) if column else ()


def _period(start: int, end: int) -> Period:
    return Period(from_micros(start), from_micros(end))
