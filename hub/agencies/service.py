"""Administration: one agency's own staff, units, assignments, substitutes, approvals and retention.

Each act is one transaction that begins by moving the epochs it touches and ends with its entry in the ledger. What an
administrator may ask for is decided before (question `administer`); what nobody may do is held here as well.
"""

from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from hub.agencies.acts import Acts, own
from hub.agencies.checks import one_of, period, text
from hub.agencies.mandate import Mandate, OwnGain
from hub.agencies.model import (
    OPEN_END,
    Agency,
    AgencyId,
    Assignment,
    AssignmentId,
    Role,
    Staff,
    StaffId,
    Substitution,
    SubstitutionId,
    Unit,
    UnitId,
)
from hub.kit.errors import Conflict
from hub.kit.idempotency import Once
from hub.kit.ids import new_id


class Administration(Acts):
    """The acts of an agency's administrator."""

    async def take_in(self, agency: Agency) -> AgencyId:
        """Take in an agency: the operator's act. Raises Conflict when the id is taken."""

        async def make(session: AsyncSession) -> str:
            if await session.get(Agency, agency.id):
                raise Conflict("Det finns redan en myndighet med den beteckningen. Välj en annan.")
            session.add(agency)
            return agency.id

        detail = {"kind": agency.kind, "regime": agency.regime}
        mandate = Mandate.of_operator(AgencyId(agency.id))
        return AgencyId(await self._act(mandate, "take_in", make, detail=detail, subjects=(f"agency:{agency.id}",)))

    async def set_regime(self, mandate: Mandate, *, regime: str, decision: str) -> None:
        """Set which secrecy provision binds the agency, after a legal review filed as `decision` (reading R17)."""
        regime, decision = text("regime", regime, 60), text("decision", decision, 200)

        async def make(session: AsyncSession) -> str:
            agency = await session.get_one(Agency, mandate.agency)
            agency.regime, agency.regime_decision = regime, decision
            return agency.id

        detail = {"regime": regime, "decision": decision}
        await self._act(mandate, "set_regime", make, detail=detail, subjects=(f"agency:{mandate.agency}",))

    async def add_unit(self, mandate: Mandate, name: str, *, once: Once | None = None) -> UnitId:
        """Add a unit."""
        unit = Unit(id=new_id(), agency=mandate.agency, name=text("name", name, 120))
        return UnitId(await self._add(mandate, "add_unit", unit, detail={"name": unit.name}, once=once))

    async def add_staff(
        self, mandate: Mandate, *, issuer: str, subject: str, name: str, title: str = "", once: Once | None = None
    ) -> StaffId:
        """Register who the identity provider's (issuer, subject) is. Raises Conflict when the agency has them already."""
        staff = Staff(
            id=new_id(),
            agency=mandate.agency,
            issuer=text("issuer", issuer, 300),
            subject=text("subject", subject, 300),
            name=text("name", name, 120),
            title=text("title", title, 120) if title else "",
        )

        async def make(session: AsyncSession) -> str:
            known = select(Staff).where(
                Staff.agency == mandate.agency, Staff.issuer == staff.issuer, Staff.subject == staff.subject
            )
            if (await session.exec(known)).first():
                raise Conflict("Den inloggningen finns redan hos er. Sök upp personen och ge ett uppdrag i stället.")
            session.add(staff)
            return staff.id

        return StaffId(await self._act(mandate, "add_staff", make, detail={"staff": staff.id}, once=once))

    async def grant(
        self,
        mandate: Mandate,
        *,
        staff: StaffId,
        unit: UnitId,
        roles: frozenset[Role],
        valid_from: datetime,
        valid_until: datetime = OPEN_END,
        once: Once | None = None,
    ) -> AssignmentId:
        """Give somebody an assignment. Raises OwnGain for oneself, NotFound for another agency's staff or unit."""
        period(valid_from, valid_until)
        if not roles:
            one_of("roles", "Välj minst en roll.")
        assignment = Assignment(
            id=new_id(),
            staff=staff,
            agency=mandate.agency,
            unit=unit,
            roles=",".join(sorted(roles)),
            valid_from=valid_from,
            valid_until=valid_until,
            granted_by="" if mandate.by_operator else mandate.assignment,
        )

        async def make(session: AsyncSession) -> str:
            person = await own(session, Staff, mandate, staff)
            await own(session, Unit, mandate, unit)
            await self._refuse_own_gain(session, mandate, person)
            session.add(assignment)
            return assignment.id

        detail = {"assignment": assignment.id, "staff": staff, "unit": unit, "roles": sorted(roles)}
        subjects = (f"assignment:{assignment.id}",)
        return AssignmentId(await self._act(mandate, "grant", make, detail=detail, subjects=subjects, once=once))

    async def end_assignment(self, mandate: Mandate, assignment: AssignmentId) -> None:
        """End an assignment now. Everything that rests on it stops with the acknowledgement."""
        now = self._clock.now()

        async def make(session: AsyncSession) -> str:
            row = await own(session, Assignment, mandate, assignment)
            row.valid_until = max(row.valid_from, min(row.valid_until, now))
            return row.id

        detail = {"assignment": assignment}
        await self._act(mandate, "end_assignment", make, detail=detail, subjects=(f"assignment:{assignment}",))

    async def let_stand_in(
        self,
        mandate: Mandate,
        *,
        substitute: AssignmentId,
        absent: AssignmentId,
        valid_from: datetime,
        valid_until: datetime,
        once: Once | None = None,
    ) -> SubstitutionId:
        """Let one assignment stand in for another, for a time that ends. Raises OwnGain, NotFound, Invalid."""
        period(valid_from, valid_until, ends=True)
        if substitute == absent:
            one_of("substitute", "Välj någon annan än den som är borta.")
        row = Substitution(
            id=new_id(),
            agency=mandate.agency,
            substitute=substitute,
            absent=absent,
            valid_from=valid_from,
            valid_until=valid_until,
            granted_by=mandate.assignment,
        )

        async def make(session: AsyncSession) -> str:
            standing_in = await own(session, Assignment, mandate, substitute)
            await own(session, Assignment, mandate, absent)
            await self._refuse_own_gain(session, mandate, await session.get_one(Staff, standing_in.staff))
            session.add(row)
            return row.id

        detail = {"substitute": substitute, "absent": absent}
        subjects = (f"assignment:{substitute}", f"assignment:{absent}")
        return SubstitutionId(
            await self._act(mandate, "let_stand_in", make, detail=detail, subjects=subjects, once=once)
        )

    async def end_standing_in(self, mandate: Mandate, substitution: SubstitutionId) -> None:
        """End a substitution now."""
        async with self._database.read() as session:
            row = await own(session, Substitution, mandate, substitution)
        subjects = (f"assignment:{row.substitute}", f"assignment:{row.absent}")
        await self._end(mandate, "end_standing_in", Substitution, substitution, subjects)

    async def _refuse_own_gain(self, session: AsyncSession, mandate: Mandate, person: Staff) -> None:
        """Raise OwnGain when `person` is whoever acts: by the staff row, and by the sign-in behind it."""
        if mandate.by_operator:
            return
        acting = select(Staff).join(Assignment, col(Assignment.staff) == col(Staff.id))
        me = (await session.exec(acting.where(Assignment.id == mandate.assignment))).one()
        if (me.issuer, me.subject) == (person.issuer, person.subject):
            raise OwnGain
