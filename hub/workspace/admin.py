"""Administration of one agency by its own administrator; each change in the ledger, and nobody grants themselves anything."""

from collections.abc import Awaitable, Callable
from typing import Final

from fastapi import Response

from hub.access import Asking, GuardedRouter
from hub.access.tokens import ClientId
from hub.agencies import (
    AgencyId,
    AssignmentId,
    Decision,
    StaffId,
    SubstitutionId,
    UnitId,
)
from hub.kit.clock import midnight_after, midnight_of
from hub.kit.errors import Conflict, FieldError, HubError, Invalid, NotFound
from hub.web import DateWords, InvalidForm, with_errors_of
from hub.web.forms import BLANK, Form
from hub.web.pages import go, staff_page
from hub.web.room import In, Room
from hub.workspace.admin_forms import (
    NewAssignment,
    NewLogReview,
    NewRetention,
    NewRule,
    NewStaff,
    NewSubstitute,
    NewSystem,
    NewUnit,
)
from hub.workspace.admin_pages import ENDINGS, Kind, ending_view, resuming_view, table_view
from hub.workspace.administering import Administering, mandate_for, mandate_of, permit_for

router = GuardedRouter(prefix="/arbete/administration", include_in_schema=False)
_HOME: Final = "/arbete/administration"
_FIELDS: Final = {
    "valid_from": "first_day",
    "valid_until": "last_day",
    "validFrom": "first_day",
    "validUntil": "last_day",
    "everyDays": "every_days",
}


@router.get("/{kind}")
async def table(room: In, asking: Administering, kind: Kind) -> Response:
    """One of the lists, with the form that adds to it."""
    await mandate_for(room, asking, "see")
    return await _page(room, asking, kind, BLANK)


@router.post("/{kind}")
async def add(room: In, asking: Administering, kind: Kind) -> Response:
    """Add to one of the lists."""
    form = await room.form()
    try:
        await _ADDS[kind](room, asking, form)
    except (Invalid, Conflict) as wrong:
        await mandate_for(room, asking, "see")
        return await _page(room, asking, kind, _again(form, wrong, kind))
    return go(f"{_HOME}/{kind}")


@router.get("/{kind}/{identity}/avsluta")
async def end_form(room: In, asking: Administering, kind: Kind, identity: str) -> Response:
    """Ask before something ends."""
    await mandate_for(room, asking, "see")
    register = await room.directory.register(AgencyId(asking.caller.agency or ""))
    systems = await room.clients.of_agency(register.agency.id)
    view = ending_view(register, kind, identity, DateWords(room.clock.now()), systems)
    if view is None:
        raise NotFound
    return await staff_page(room, asking.caller, "workspace/admin_end.html", view, here=f"{_HOME}/medarbetare")


@router.post("/{kind}/{identity}/avsluta")
async def end(room: In, asking: Administering, kind: Kind, identity: str) -> Response:
    """End it now: everything that rests on it stops."""
    if kind not in ENDINGS:
        raise NotFound
    mandate = await mandate_for(room, asking, ENDINGS[kind], decided=kind is Kind.SYSTEMS)
    if kind is Kind.ASSIGNMENTS:
        await room.administration.end_assignment(mandate, AssignmentId(identity))
    elif kind is Kind.SYSTEMS:
        await room.clients.suspend(mandate, ClientId(identity))
    elif kind is Kind.SUBSTITUTES:
        await room.administration.end_standing_in(mandate, SubstitutionId(identity))
    else:
        await room.approvals.withdraw_rule(mandate, identity)
    return go(f"{_HOME}/{kind}")


@router.get("/system/{identity}/slapp-in")
async def resume_form(room: In, asking: Administering, identity: str) -> Response:
    """Ask before a system that was shut out is let in again."""
    await mandate_for(room, asking, "see")
    agency = AgencyId(asking.caller.agency or "")
    view = resuming_view(await room.clients.of_agency(agency), identity, DateWords(room.clock.now()))
    if view is None:
        raise NotFound
    return await staff_page(room, asking.caller, "workspace/admin_end.html", view, here=f"{_HOME}/medarbetare")


@router.post("/system/{identity}/slapp-in")
async def resume(room: In, asking: Administering, identity: str) -> Response:
    """Let it in again."""
    await room.clients.resume(await mandate_for(room, asking, "register_client", decided=True), ClientId(identity))
    return go(f"{_HOME}/{Kind.SYSTEMS}")


async def _page(room: Room, asking: Asking, kind: Kind, form: Form) -> Response:
    register = await room.directory.register(AgencyId(asking.caller.agency or ""))
    systems = await room.clients.of_agency(register.agency.id) if kind is Kind.SYSTEMS else ()
    view = table_view(register, kind, DateWords(room.clock.now()), systems)
    return await staff_page(room, asking.caller, "workspace/admin.html", view, here=f"{_HOME}/medarbetare", form=form)


async def _add_unit(room: Room, asking: Asking, form: Form) -> None:
    said = NewUnit.read(form, today=room.today)
    mandate = await mandate_for(room, asking, "add_unit")
    await room.administration.add_unit(mandate, said.name, once=await room.once(asking.caller))


async def _add_staff(room: Room, asking: Asking, form: Form) -> None:
    said = NewStaff.read(form, today=room.today)
    own = (said.issuer, said.subject) == (asking.caller.issuer, asking.caller.subject)
    mandate = await mandate_for(room, asking, "add_staff", subject_is_caller=own)
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
    mandate = await mandate_for(
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
    mandate = await mandate_for(room, asking, "grant_substitution", subject_is_caller=own)
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
    mandate = await mandate_for(room, asking, "set_retention", decided=True)
    await room.approvals.set_retention(
        mandate,
        kind=said.kind,
        years=said.years,
        decision=said.decision,
        diarienummer=said.diarienummer,
        once=await room.once(asking.caller),
    )


async def _set_log_review(room: Room, asking: Asking, form: Form) -> None:
    said = NewLogReview.read(form, today=room.today)
    await room.approvals.set_log_review(
        await mandate_for(room, asking, "set_log_review", decided=True),
        every_days=said.every_days,
        random=said.random,
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
    permit = await permit_for(room, asking, "approve_rule", decided=True)
    await room.approvals.approve_rule(
        mandate_of(permit, asking.caller),
        rule=said.rule,
        revision=permit.answer.revision,
        decision=Decision(said.official, said.decided_on, said.diarienummer),
        valid_from=room.clock.now(),
        once=await room.once(asking.caller),
    )


async def _let_in(room: Room, asking: Asking, form: Form) -> None:
    said = NewSystem.read(form, today=room.today)
    mandate = await mandate_for(room, asking, "register_client", decided=True)
    until = {"valid_until": midnight_after(said.last_day)} if said.last_day else {}
    await room.clients.register(
        mandate,
        issuer=said.issuer,
        client_id=said.client_id,
        name=said.name,
        assignment=said.assignment,
        scopes=said.scopes,
        loa=said.loa,
        diarienummer=said.diarienummer,
        once=await room.once(asking.caller),
        **until,
    )


_ADDS: Final[dict[Kind, Callable[[Room, Asking, Form], Awaitable[None]]]] = {
    Kind.STAFF: _add_staff,
    Kind.UNITS: _add_unit,
    Kind.ASSIGNMENTS: _grant,
    Kind.SUBSTITUTES: _let_stand_in,
    Kind.RETENTION: _set_retention,
    Kind.LOG_REVIEW: _set_log_review,
    Kind.RULES: _approve,
    Kind.SYSTEMS: _let_in,
}
#: The field that a conflict of one list is told at.
_FIRST: Final = {Kind.STAFF: "subject", Kind.UNITS: "name", Kind.SYSTEMS: "client_id"}


async def _is_self(room: Room, asking: Asking, staff: str) -> bool:
    register = await room.directory.register(AgencyId(asking.caller.agency or ""))
    me = (asking.caller.issuer, asking.caller.subject)
    return any((each.issuer, each.subject) == me for each in register.staff if each.id == staff)


def _again(form: Form, wrong: HubError, kind: Kind) -> Form:
    if isinstance(wrong, InvalidForm):
        return wrong.form
    if wrong.fields:
        return with_errors_of(wrong, form, _FIELDS)
    return form.with_faults([FieldError(_FIRST.get(kind, "name"), wrong.detail)])
