"""Every query on who takes part. Reads of one agency's staff start from that agency."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from hub.agencies.model import (
    Agency,
    AgencyId,
    AgencyKind,
    Assignment,
    AssignmentId,
    LogReviewPlan,
    RetentionClass,
    RetentionSchedule,
    Role,
    Staff,
    Unit,
)
from hub.kit.database import Table

T = TypeVar("T", bound=Table)


@dataclass(frozen=True, slots=True)
class Post:
    """An assignment in words: who, as what, where, until when."""

    assignment: AssignmentId
    staff: str
    name: str
    title: str
    agency: AgencyId
    agency_name: str
    agency_kind: AgencyKind
    unit: str
    unit_name: str
    roles: tuple[Role, ...]
    valid_from: datetime
    valid_until: datetime


def _posts() -> SelectOfScalar[tuple[Assignment, Staff, Unit, Agency]]:
    return (
        select(Assignment, Staff, Unit, Agency)  # type: ignore[return-value]
        .join(Staff, col(Staff.id) == col(Assignment.staff))
        .join(Unit, col(Unit.id) == col(Assignment.unit))
        .join(Agency, col(Agency.id) == col(Assignment.agency))
        .order_by(col(Staff.name), col(Assignment.id))
    )


async def posts_of(session: AsyncSession, issuer: str, subject: str, now: datetime) -> list[Post]:
    """Return the assignments in force of whoever signed in as (issuer, subject), in every agency."""
    mine = _posts().where(Staff.issuer == issuer, Staff.subject == subject)
    return await _in_force(session, mine, now)


async def colleagues(session: AsyncSession, agency: AgencyId, now: datetime) -> list[Post]:
    """Return the assignments in force of one agency."""
    return await _in_force(session, _posts().where(Assignment.agency == agency), now)


async def posts(session: AsyncSession, ids: Collection[str]) -> dict[AssignmentId, Post]:
    """Return the assignments `ids`, in force or not: to say who did something."""
    rows = await session.exec(_posts().where(col(Assignment.id).in_(ids)))
    return {post.assignment: post for post in map(_post, rows)}


async def _in_force(
    session: AsyncSession, statement: SelectOfScalar[tuple[Assignment, Staff, Unit, Agency]], now: datetime
) -> list[Post]:
    current = statement.where(col(Assignment.valid_from) <= now, col(Assignment.valid_until) > now)
    return [_post(row) for row in await session.exec(current)]


def _post(row: tuple[Assignment, Staff, Unit, Agency]) -> Post:
    assignment, staff, unit, agency = row
    return Post(
        assignment=AssignmentId(assignment.id),
        staff=staff.id,
        name=staff.name,
        title=staff.title,
        agency=AgencyId(agency.id),
        agency_name=agency.name,
        agency_kind=agency.kind,
        unit=unit.id,
        unit_name=unit.name,
        roles=tuple(sorted(assignment.role_set)),
        valid_from=assignment.valid_from,
        valid_until=assignment.valid_until,
    )


async def agencies(session: AsyncSession) -> list[Agency]:
    """Return all agencies, by name."""
    return list(await session.exec(select(Agency).order_by(Agency.name)))


async def owned(session: AsyncSession, table: type[T], agency: AgencyId, identity: str) -> T | None:
    """Return the row `identity` of `table` if it is `agency`'s, else None: not-yours and absent are the same."""
    row = await session.get(table, identity)
    return row if row is not None and getattr(row, "agency") == agency else None  # noqa: B009  not all tables have one


async def of_agency(session: AsyncSession, table: type[T], agency: AgencyId) -> Sequence[T]:
    """Return all of `agency`'s rows of `table`, ended ones too: for its administrator."""
    return (await session.exec(select(table).where(getattr(table, "agency") == agency))).all()  # noqa: B009


async def retention(
    session: AsyncSession, agency: AgencyId, kind: RetentionClass, now: datetime
) -> RetentionSchedule | None:
    """Return `agency`'s schedule in force for `kind`; without one nothing is erased."""
    statement = select(RetentionSchedule).where(
        RetentionSchedule.agency == agency,
        RetentionSchedule.kind == kind,
        col(RetentionSchedule.valid_from) <= now,
        col(RetentionSchedule.valid_until) > now,
    )
    return (await session.exec(statement)).first()


async def log_review(session: AsyncSession, agency: AgencyId, now: datetime) -> LogReviewPlan | None:
    """Return how `agency` has decided to follow up its log; without a decision the hub's proposal holds."""
    statement = select(LogReviewPlan).where(
        LogReviewPlan.agency == agency, col(LogReviewPlan.valid_from) <= now, col(LogReviewPlan.valid_until) > now
    )
    return (await session.exec(statement)).first()
