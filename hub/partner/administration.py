"""The API of administration: one agency's own staff, assignments, substitutes, retention and approved rules."""

from datetime import date, datetime
from typing import Annotated, Any, Final

from fastapi import Request
from pydantic import ConfigDict, Field

from hub.access import GuardedRouter
from hub.agencies import (
    OPEN_END,
    AssignmentId,
    Decision,
    Post,
    RetentionClass,
    Role,
    StaffId,
    SubstitutionId,
    UnitId,
)
from hub.kit.clock import midnight_after, midnight_of, today
from hub.kit.errors import Conflict, FieldError, Invalid
from hub.kit.rest import Body, Idempotent, Instant, day, problems
from hub.partner.administering import USUAL, Administering, Identity, Made, Room

router: Final = GuardedRouter(tags=["Administration"])
_POST: Final[dict[str, Any]] = {
    "assignmentId": "lena",
    "staffId": "staff-lena",
    "name": "Lena Sandström",
    "title": "Socialsekreterare",
    "unit": "Försörjningsstöd",
    "roles": ["handlaggare"],
    "validFrom": "2026-01-01T00:00:00Z",
}


class Assignments(Body):
    """Uppdrag som gäller nu."""

    model_config = ConfigDict(json_schema_extra={"example": {"items": [_POST]}})

    items: tuple["AssignmentBody", ...] = Field(description="Uppdrag / assignments")


class AssignmentBody(Body):
    """Ett uppdrag."""

    assignment_id: str = Field(description="Uppdraget / the assignment")
    staff_id: str = Field(description="Medarbetaren / the member of staff")
    name: str = Field(description="Namn / name")
    title: str = Field(description="Titel / title")
    unit: str = Field(description="Enhet / unit")
    roles: tuple[Role, ...] = Field(description="Roller / roles")
    valid_from: Instant
    valid_until: datetime | None = Field(
        default=None, description="Till; saknas när det inte har något slut / open end"
    )

    @classmethod
    def of(cls, post: Post) -> "AssignmentBody":
        return cls(
            assignment_id=post.assignment,
            staff_id=post.staff,
            name=post.name,
            title=post.title,
            unit=post.unit_name,
            roles=post.roles,
            valid_from=post.valid_from,
            valid_until=None if post.valid_until == OPEN_END else post.valid_until,
        )


class NewUnit(Body):
    """En enhet."""

    model_config = ConfigDict(json_schema_extra={"example": {"name": "Boendestöd"}})

    name: Annotated[str, Field(max_length=500, description="Vad den heter / its name")]


class NewStaff(Body):
    """En medarbetare."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"issuer": "https://idp.example", "subject": "lena", "name": "Lena Sandström", "title": ""}
        }
    )

    issuer: Annotated[str, Field(max_length=500, description="Inloggningstjänsten / the identity provider")]
    subject: Annotated[str, Field(max_length=500, description="Personens id där / their id there")]
    name: Annotated[str, Field(max_length=500, description="Namn / name")]
    title: Annotated[str, Field(max_length=500, description="Titel / title")] = ""


class NewAssignment(Body):
    """Ett uppdrag att ge."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "staffId": "staff-lena",
                "unitId": "forsorjning",
                "roles": ["handlaggare"],
                "firstDay": "2026-11-24",
            }
        }
    )

    staff_id: Annotated[str, Field(max_length=64, description="Medarbetaren / the member of staff")]
    unit_id: Annotated[str, Field(max_length=64, description="Enheten / the unit")]
    roles: Annotated[tuple[Role, ...], Field(max_length=20, description="Roller / roles")]
    first_day: date = day("Första dagen / the first day")
    last_day: date | None = Field(default=None, description="Sista dagen / the last day")


class NewSubstitution(Body):
    """En ersättare."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"substitute": "nils", "absent": "lena", "firstDay": "2026-11-24", "lastDay": "2026-12-04"}
        }
    )

    substitute: Annotated[str, Field(max_length=64, description="Den som ersätter / who stands in")]
    absent: Annotated[str, Field(max_length=64, description="Den som är borta / who is away")]
    first_day: date = day("Första dagen / the first day")
    last_day: date = day("Sista dagen / the last day")


class NewRetention(Body):
    """Hur länge en sorts uppgifter sparas."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"class": "content", "years": 5, "decision": "Gallringsplan", "diarienummer": "SN 2026-17"}
        }
    )

    kind: Annotated[RetentionClass, Field(alias="class", description="Vilka uppgifter / which data")]
    years: Annotated[int, Field(ge=1, le=1000, description="Antal år / years")]
    decision: Annotated[str, Field(max_length=500, description="Beslutet / the decision")]
    diarienummer: Annotated[str, Field(max_length=500, description="Diarienummer / file number")]


class NewRule(Body):
    """En regel som ägarens tjänsteman har godkänt."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "rule": "consent",
                "official": "Eva Lund, förvaltningschef",
                "decidedOn": "2026-11-20",
                "diarienummer": "SN 2026-18",
            }
        }
    )

    rule: Annotated[str, Field(max_length=200, description="Regeln / the rule")]
    official: Annotated[str, Field(max_length=500, description="Vem som beslutade / who decided")]
    decided_on: date = day("Beslutsdagen / the day of the decision")
    diarienummer: Annotated[str, Field(max_length=500, description="Diarienummer / file number")]


@router.get("/assignments", summary="Uppdrag", responses=problems(*USUAL))
async def list_assignments(request: Request, asking: Administering) -> Assignments:
    """Return the assignments in force of the caller's agency. / Uppdragen som gäller nu hos den egna myndigheten."""
    room = Room(request, asking)
    mandate = await room.mandate("see")
    return Assignments(items=tuple(AssignmentBody.of(each) for each in await room.directory.colleagues(mandate.agency)))


@router.post("/units", status_code=201, summary="Lägg till en enhet", responses=problems(*USUAL, Conflict))
async def add_unit(request: Request, body: NewUnit, asking: Administering, once: Idempotent) -> Made:
    """Add a unit. / Lägger till en enhet."""
    room = Room(request, asking)
    return Made(id=await room.administration.add_unit(await room.mandate("add_unit"), body.name, once=once))


@router.post("/staff", status_code=201, summary="Lägg till en medarbetare", responses=problems(*USUAL, Conflict))
async def add_staff(request: Request, body: NewStaff, asking: Administering, once: Idempotent) -> Made:
    """Register who an identity provider's subject is. / Lägger till en medarbetare."""
    room, caller = Room(request, asking), asking.caller
    own = (body.issuer, body.subject) == (caller.issuer, caller.subject)
    mandate = await room.mandate("add_staff", subject_is_caller=own)
    made = await room.administration.add_staff(
        mandate, issuer=body.issuer, subject=body.subject, name=body.name, title=body.title, once=once
    )
    return Made(id=made)


@router.post("/assignments", status_code=201, summary="Ge ett uppdrag", responses=problems(*USUAL, Conflict))
async def grant(request: Request, body: NewAssignment, asking: Administering, once: Idempotent) -> Made:
    """Give somebody an assignment; nobody gives themselves one. / Ger ett uppdrag; ingen ger sig själv något."""
    room = Room(request, asking)
    roles = frozenset(body.roles)
    mandate = await room.mandate(
        "grant_assignment",
        subject_is_caller=await room.is_self(body.staff_id),
        roles=[each.value for each in roles],
    )
    made = await room.administration.grant(
        mandate,
        staff=StaffId(body.staff_id),
        unit=UnitId(body.unit_id),
        roles=roles,
        valid_from=midnight_of(body.first_day),
        valid_until=midnight_after(body.last_day) if body.last_day else OPEN_END,
        once=once,
    )
    return Made(id=made)


@router.delete("/assignments/{id}", status_code=204, summary="Avsluta ett uppdrag", responses=problems(*USUAL))
async def end_assignment(request: Request, identity: Identity, asking: Administering) -> None:
    """End an assignment now; all that rests on it stops. / Avslutar ett uppdrag; åtkomsten upphör genast."""
    room = Room(request, asking)
    await room.administration.end_assignment(await room.mandate("end_assignment"), AssignmentId(identity))


@router.post("/substitutions", status_code=201, summary="Utse en ersättare", responses=problems(*USUAL, Conflict))
async def let_stand_in(request: Request, body: NewSubstitution, asking: Administering, once: Idempotent) -> Made:
    """Let one assignment stand in for another, for a time. / Utser en ersättare för en tid."""
    room = Room(request, asking)
    own = body.substitute == asking.caller.assignment
    made = await room.administration.let_stand_in(
        await room.mandate("grant_substitution", subject_is_caller=own),
        substitute=AssignmentId(body.substitute),
        absent=AssignmentId(body.absent),
        valid_from=midnight_of(body.first_day),
        valid_until=midnight_after(body.last_day),
        once=once,
    )
    return Made(id=made)


@router.delete("/substitutions/{id}", status_code=204, summary="Avsluta en ersättning", responses=problems(*USUAL))
async def end_substitution(request: Request, identity: Identity, asking: Administering) -> None:
    """End a substitution now. / Avslutar en ersättning."""
    room = Room(request, asking)
    await room.administration.end_standing_in(await room.mandate("end_substitution"), SubstitutionId(identity))


@router.post(
    "/retention-schedules", status_code=201, summary="Besluta om gallring", responses=problems(*USUAL, Conflict)
)
async def set_retention(request: Request, body: NewRetention, asking: Administering, once: Idempotent) -> Made:
    """Set how long a class of data is kept. / Anger hur länge en sorts uppgifter sparas."""
    room = Room(request, asking)
    made = await room.approvals.set_retention(
        await room.mandate("set_retention", decided=True),
        kind=body.kind,
        years=body.years,
        decision=body.decision,
        diarienummer=body.diarienummer,
        once=once,
    )
    return Made(id=made)


@router.post("/approved-rules", status_code=201, summary="Godkänn en regel", responses=problems(*USUAL, Conflict))
async def approve_rule(request: Request, body: NewRule, asking: Administering, once: Idempotent) -> Made:
    """Record that the owner's official has approved a rule. / Antecknar att ägarens tjänsteman har godkänt en regel."""
    room = Room(request, asking)
    if body.decided_on > today(room.clock):
        message = "Beslutsdagen har inte varit än. Skriv dagen då det beslutades."
        raise Invalid(fields=(FieldError("decidedOn", message),))
    permit = await room.permit("approve_rule", decided=True)
    made = await room.approvals.approve_rule(
        room.of(permit),
        rule=body.rule,
        revision=permit.answer.revision,
        decision=Decision(body.official, body.decided_on, body.diarienummer),
        valid_from=room.clock.now(),
        once=once,
    )
    return Made(id=made)


@router.delete("/approved-rules/{id}", status_code=204, summary="Avsluta en godkänd regel", responses=problems(*USUAL))
async def end_rule(request: Request, identity: Identity, asking: Administering) -> None:
    """End an approved rule now; what rests on it stops. / Avslutar en godkänd regel; det som vilar på den upphör."""
    room = Room(request, asking)
    await room.approvals.withdraw_rule(await room.mandate("end_approval"), identity)
