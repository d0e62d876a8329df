"""Who is who: what the doors above read to name people, units and agencies."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from hub.agencies import repository
from hub.agencies.model import (
    Agency,
    AgencyId,
    ApprovedPurpose,
    ApprovedRule,
    Assignment,
    AssignmentId,
    LogReviewPlan,
    RetentionClass,
    RetentionSchedule,
    Staff,
    Substitution,
    Unit,
)
from hub.agencies.repository import Post
from hub.kit.clock import Clock
from hub.kit.database import Database


@dataclass(frozen=True, slots=True)
class Register:
    """All that one agency's administrator looks after, ended rows too."""

    agency: Agency
    units: Sequence[Unit]
    staff: Sequence[Staff]
    assignments: Sequence[Assignment]
    substitutions: Sequence[Substitution]
    rules: Sequence[ApprovedRule]
    purposes: Sequence[ApprovedPurpose]
    retention: Sequence[RetentionSchedule]
    log_review: Sequence[LogReviewPlan]


class Directory:
    """Reads on who takes part. Nothing here is about an individual."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock

    async def agencies(self) -> dict[AgencyId, Agency]:
        """Return all agencies by id, in order of name."""
        async with self._database.read() as session:
            return {AgencyId(each.id): each for each in await repository.agencies(session)}

    async def named(self, agency: AgencyId) -> tuple[str, str, str]:
        """Return the name, the authority and the organisation number of an agency. Raises LookupError."""
        rows = await self._database.fetch(
            "SELECT name, authority, organisation_number FROM agency WHERE id = $1", agency
        )
        if not rows:
            raise LookupError(agency)
        return rows[0][0], rows[0][1], rows[0][2]

    async def posts_of(self, issuer: str, subject: str) -> list[Post]:
        """Return the assignments in force of whoever signed in as (issuer, subject): the choice after signing in."""
        async with self._database.read() as session:
            return await repository.posts_of(session, issuer, subject, self._clock.now())

    async def colleagues(self, agency: AgencyId) -> list[Post]:
        """Return the assignments in force of one agency: for a team, a clearance, a substitute."""
        async with self._database.read() as session:
            return await repository.colleagues(session, agency, self._clock.now())

    async def posts(self, assignments: Collection[str]) -> dict[AssignmentId, Post]:
        """Return these assignments in words, ended ones too: to say who did something."""
        async with self._database.read() as session:
            return await repository.posts(session, assignments)

    async def retention(self, agency: AgencyId, kind: RetentionClass) -> RetentionSchedule | None:
        """Return the agency's schedule in force for `kind`; without one nothing is erased."""
        async with self._database.read() as session:
            return await repository.retention(session, agency, kind, self._clock.now())

    async def log_review(self, agency: AgencyId) -> LogReviewPlan | None:
        """Return how the agency has decided to follow up its log; without a decision the hub's proposal holds."""
        async with self._database.read() as session:
            return await repository.log_review(session, agency, self._clock.now())

    async def register(self, agency: AgencyId) -> Register:
        """Return all that the agency's administrator looks after."""
        async with self._database.read() as session:
            return Register(
                agency=await session.get_one(Agency, agency),
                units=await repository.of_agency(session, Unit, agency),
                staff=await repository.of_agency(session, Staff, agency),
                assignments=await repository.of_agency(session, Assignment, agency),
                substitutions=await repository.of_agency(session, Substitution, agency),
                rules=await repository.of_agency(session, ApprovedRule, agency),
                purposes=await repository.of_agency(session, ApprovedPurpose, agency),
                retention=await repository.of_agency(session, RetentionSchedule, agency),
                log_review=await repository.of_agency(session, LogReviewPlan, agency),
            )
