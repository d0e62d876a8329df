"""Administration of one agency by its own administrator; each change in the ledger, and nobody grants themselves anything."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any, ClassVar, Final

from fastapi import Response

from hub.access import Asking, Caller, GuardedRouter, Permit, asks
from hub.access.questions import Administer
from hub.access.questions.words import AdministrationAct
from hub.agencies import (
    AgencyId,
    AssignmentId,
    Decision,
    Mandate,
    RetentionClass,
    Role,
    StaffId,
    SubstitutionId,
    UnitId,
)
from hub.kit.clock import midnight_after, midnight_of
from hub.kit.errors import Conflict, FieldError, HubError, Invalid, NotFound
from hub.web import DateWords, FormModel, InvalidForm, ShortText, SwedishDate, with_errors_of
from hub.web.forms import BLANK, Form
from hub.web.pages import go, staff_page
from hub.web.questions import administration
from hub.web.room import In, Room
from hub.workspace.admin_pages import ENDINGS, Kind, ending_view, table_view

router = GuardedRouter(prefix="/arbete/administration", include_in_schema=False)
Administering = Annotated[Asking, asks("administer")]
_HOME: Final = "/arbete/administration"
_PERIOD: Final = {
    "valid_from": "first_day",
    "valid_until": "last_day",
    "validFrom": "first_day",
    "validUntil": "last_day",
}


class NewUnit(FormModel):
    """A unit."""

    name: ShortText
    missing: ClassVar = {"name": "Skriv vad enheten heter."}


class NewStaff(FormModel):
    """Somebody who works for the agency."""

    name: ShortText
    title: ShortText = ""
    issuer: ShortText
    subject: ShortText
    missing: ClassVar = {
        "name": "Skriv namnet.",
        "issuer": "Skriv adressen till inloggningstjänsten.",
        "subject": "Skriv personens id hos inloggningstjänsten.",
    }


class NewAssignment(FormModel):
    """An assignment."""

    staff: ShortText
    unit: ShortText
    roles: tuple[Role, ...]
    first_day: SwedishDate
    last_day: SwedishDate | None = None
    missing: ClassVar = {
        "staff": "Välj vem som ska få uppdraget.",
        "unit": "Välj på vilken enhet.",
        "roles": "Välj minst en roll.",
        "first_day": "Skriv från och med vilken dag.",
    }


class NewSubstitute(FormModel):
    """Somebody who stands in."""

    absent: ShortText
    substitute: ShortText
    first_day: SwedishDate
    last_day: SwedishDate
    missing: ClassVar = {
        "absent": "Välj vem som är borta.",
        "substitute": "Välj vem som ersätter.",
        "first_day": "Skriv från och med vilken dag.",
        "last_day": "Skriv till och med vilken dag. En ersättare har alltid ett slut.",
    }


class NewRetention(FormModel):
    """How long a class of data is kept."""

    kind: RetentionClass
    years: int
    decision: ShortText
    diarienummer: ShortText
    missing: ClassVar = {
        "kind": "Välj vilka uppgifter beslutet gäller.",
        "years": "Skriv antal år med siffror.",
        "decision": "Skriv vad beslutet heter.",
        "diarienummer": "Skriv diarienumret.",
    }


class NewRule(FormModel):
    """A rule that the owner's official has approved."""

    rule: ShortText
    official: ShortText
    decided_on: SwedishDate
    diarienummer: ShortText
    missing: ClassVar = {
        "rule": "Välj vilken regel som är godkänd.",
        "official": "Skriv vem som har beslutat, med titel.",
        "decided_on": "Skriv vilken dag beslutet togs.",
        "diarienummer": "Skriv diarienumret.",
    }


@router.get("/{kind}")
async def table(room: In, asking: Administering, kind: Kind) -> Response:
    """One of the lists, with the form that adds to it."""
    await _mandate(room, asking, "see")
    return await _page(room, asking, kind, BLANK)


@router.post("/{kind}")
async def add(room: In, asking: Administering, kind: Kind) -> Response:
    """Add to one of the lists."""
    form = await room.form()
    try:
        await _ADDS[kind](room, asking, form)
    except (Invalid, Conflict) as wrong:
        return await _page(room, asking, kind, _again(form, wrong, kind))
    return go(f"{_HOME}/{kind}")


@router.get("/{kind}/{identity}/avsluta")
async def end_form(room: In, asking: Administering, kind: Kind, identity: str) -> Response:
    """Ask before something ends."""
    await _mandate(room, asking, "see")
    register = await room.directory.register(AgencyId(asking.caller.agency or ""))
    view = ending_view(register, kind, identity, DateWords(room.clock.now()))
    if view is None:
        raise NotFound
    return await staff_page(room, asking.caller, "workspace/admin_end.html", view, here=f"{_HOME}/medarbetare")


@router.post("/{kind}/{identity}/avsluta")
async def end(room: In, asking: Administering, kind: Kind, identity: str) -> Response:
    """End it now: everything that rests on it stops."""
    if kind not in ENDINGS:
        raise NotFound
    mandate = await _mandate(room, asking, ENDINGS[kind])
    if kind is Kind.ASSIGNMENTS:
        await room.administration.end_assignment(mandate, AssignmentId(identity))
    elif kind is Kind.SUBSTITUTES:
        await room.administration.end_standing_in(mandate, SubstitutionId(identity))
    else:
        await room.approvals.withdraw_rule(mandate, identity)
    return go(f"{_HOME}/{kind}")


async def _permit(room: Room, asking: Asking, act: AdministrationAct, **more: Any) -> Permit[Administer]:
    return await asking.permit(lambda: administration(room.people, room.clock, asking.caller, act, **more))


async def _mandate(room: Room, asking: Asking, act: AdministrationAct, **more: Any) -> Mandate:
    return _of(await _permit(room, asking, act, **more), asking.caller)


def _of(permit: Permit[Administer], caller: Caller) -> Mandate:
    return Mandate(
        AgencyId(caller.agency or ""), AssignmentId(caller.assignment or ""), caller.name, caller.title, permit.entry
    )


async def _page(room: Room, asking: Asking, kind: Kind, form: Form) -> Response:
    register = await room.directory.register(AgencyId(asking.caller.agency or ""))
    view = table_view(register, kind, DateWords(room.clock.now()))
    return await staff_page(room, asking.caller, "workspace/admin.html", view, here=f"{_HOME}/medarbetare", form=form)


async def _add_unit(room: Room, asking: Asking, form: Form) -> None:
    said = NewUnit.read(form, today=room.today)
    mandate = await _mandate(room, asking, "add_unit")
    await room.administration.add_unit(mandate, said.name, once=await room.once(asking.caller))


async def _add_staff(room: Room, asking: Asking, form: Form) -> None:
    said = NewStaff.read(form, today=room.today)
    own = (said.issuer, said.subject) == (asking.caller.issuer, asking.caller.subject)
    mandate = await _mandate(room, asking, "add_staff", subject_is_caller=own)
    await room.administration.add_staff(
        mandate,
        issuer=said.issuer,
        subject=said.subject,
        name=said.name,
        title=said.title,
        once=await room.once(asking.caller),
    )


async def _grant(room: Room, asking: Asking, form: Form) -> None:
    said = NewAssignment.read(form, today=room.today)
    own = await _is_self(room, asking, said.staff)
    roles = frozenset(said.roles)
    mandate = await _mandate(
        room, asking, "grant_assignment", subject_is_caller=own, roles=[each.value for each in roles]
    )
    until = {"valid_until": midnight_after(said.last_day)} if said.last_day else {}
    await room.administration.grant(
        mandate,
        staff=StaffId(said.staff),
        unit=UnitId(said.unit),
        roles=roles,
        valid_from=midnight_of(said.first_day),
        once=await room.once(asking.caller),
        **until,
    )


async def _let_stand_in(room: Room, asking: Asking, form: Form) -> None:
    said = NewSubstitute.read(form, today=room.today)
    own = said.substitute == asking.caller.assignment
    mandate = await _mandate(room, asking, "grant_substitution", subject_is_caller=own)
    await room.administration.let_stand_in(
        mandate,
        substitute=AssignmentId(said.substitute),
        absent=AssignmentId(said.absent),
        valid_from=midnight_of(said.first_day),
        valid_until=midnight_after(said.last_day),
        once=await room.once(asking.caller),
    )


async def _set_retention(room: Room, asking: Asking, form: Form) -> None:
    said = NewRetention.read(form, today=room.today)
    mandate = await _mandate(room, asking, "set_retention", decided=True)
    await room.approvals.set_retention(
        mandate,
        kind=said.kind,
        years=said.years,
        decision=said.decision,
        diarienummer=said.diarienummer,
        once=await room.once(asking.caller),
    )


async def _approve(room: Room, asking: Asking, form: Form) -> None:
    said = NewRule.read(form, today=room.today)
    if said.decided_on > room.today:
        raise Invalid(
            fields=(FieldError("decided_on", "Beslutsdagen har inte varit än. Skriv dagen då det beslutades."),)
        )
    permit = await _permit(room, asking, "approve_rule", decided=True)
    await room.approvals.approve_rule(
        _of(permit, asking.caller),
        rule=said.rule,
        revision=permit.answer.revision,
        decision=Decision(said.official, said.decided_on, said.diarienummer),
        valid_from=room.clock.now(),
        once=await room.once(asking.caller),
    )


_ADDS: Final[dict[Kind, Callable[[Room, Asking, Form], Awaitable[None]]]] = {
    Kind.STAFF: _add_staff,
    Kind.UNITS: _add_unit,
    Kind.ASSIGNMENTS: _grant,
    Kind.SUBSTITUTES: _let_stand_in,
    Kind.RETENTION: _set_retention,
    Kind.RULES: _approve,
}
#: The field that a conflict of one list is told at.
_FIRST: Final = {Kind.STAFF: "subject", Kind.UNITS: "name"}


async def _is_self(room: Room, asking: Asking, staff: str) -> bool:
    register = await room.directory.register(AgencyId(asking.caller.agency or ""))
    me = (asking.caller.issuer, asking.caller.subject)
    return any((each.issuer, each.subject) == me for each in register.staff if each.id == staff)


def _again(form: Form, wrong: HubError, kind: Kind) -> Form:
    if isinstance(wrong, InvalidForm):
        return wrong.form
    if wrong.fields:
        return with_errors_of(wrong, form, _PERIOD)
    return form.with_faults([FieldError(_FIRST.get(kind, "name"), wrong.detail)])
