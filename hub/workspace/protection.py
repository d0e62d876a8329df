"""The protection of one individual: raising it (which never waits), lowering it by decision, naming who may read."""

from collections.abc import Mapping
from functools import partial
from typing import Annotated, ClassVar, Final

from fastapi import Response

from hub.access import Asking, GuardedRouter, asks
from hub.agencies import AgencyId, AssignmentId, Post
from hub.kit.clock import midnight_after
from hub.kit.errors import HubError, Invalid
from hub.people import PersonId, Protection, Wish
from hub.web import DateWords, FormModel, FutureDate, InvalidForm, Option, ShortText, with_errors_of
from hub.web.forms import BLANK, Form
from hub.web.pages import go, staff_page
from hub.web.room import In, Room
from hub.workspace import views
from hub.workspace.words import shield_of

router = GuardedRouter(prefix="/arbete/personer/{person}", include_in_schema=False)
Seeing = Annotated[Asking, asks("see_person", "act_in_case")]
Clearing = Annotated[Asking, asks("see_person", "clear_protected", "act_in_case")]

RAISED: Final = (
    Option("sekretessmarkering", "Sekretessmarkering", "En varningssignal. Varje utlämnande måste prövas noga."),
    Option("skyddad_folkbokforing", "Skyddad folkbokföring", "Adressen finns inte i något register."),
    Option("unknown", "Vet inte säkert", "Räknas som skyddad tills någon vet."),
)
#: What somebody gave a reason for, as it stands before their name.
_DONE: Final = {"confirm_protection": "Skyddet bekräftades", "lower_protection": "Skyddet sänktes"}
LOWERED: Final = (Option("none", "Inget skydd"), *RAISED[:1])


class Raise(FormModel):
    """The form that raises."""

    level: Protection
    missing: ClassVar = {"level": "Välj vilket skydd som gäller."}


class Lower(FormModel):
    """The form that lowers: by decision, with a reason."""

    lowered: Protection
    reason: ShortText
    missing: ClassVar = {"lowered": "Välj vad som gäller nu.", "reason": "Skriv vilket beslut det bygger på."}


class Clear(FormModel):
    """The form that names somebody."""

    assignment: ShortText
    clearance_reason: ShortText
    clearance_last_day: FutureDate
    missing: ClassVar = {
        "assignment": "Välj vem som ska få läsa.",
        "clearance_reason": "Skriv varför just den personen behöver läsa.",
        "clearance_last_day": "Skriv till och med vilken dag.",
    }


@router.get("/skydd")
async def protection(room: In, asking: Seeing, person: PersonId) -> Response:
    """What protection there is and who may read."""
    return await _page(room, asking, person, BLANK)


@router.post("/skydd")
async def raise_it(room: In, asking: Seeing, person: PersonId) -> Response:
    """Raise the protection: at once, without the engine (reading R5)."""
    form = await room.form()
    try:
        wanted = Raise.read(form, today=room.today)
    except InvalidForm as wrong:
        return await _page(room, asking, person, wrong.form)
    asking.acted_without_engine()
    await room.protecting.raise_by_official(asking.caller, person, wanted.level)
    return go("/arbete/arenden")


@router.post("/skydd/sank")
async def lower(room: In, asking: Seeing, person: PersonId) -> Response:
    """Lower the protection, by the decision of the official who is named for it."""
    form = await room.form()
    try:
        wanted = Lower.read(form, today=room.today)
    except InvalidForm as wrong:
        return await _page(room, asking, person, wrong.form)
    decided = partial(room.protecting.may_decide, asking.caller, person, "lower_protection", wanted.reason)
    permit = await asking.permit(decided)
    await room.protecting.lower(permit, asking.caller, wanted.lowered, wanted.reason)
    return go(f"/arbete/personer/{person}/skydd")


@router.post("/skydd/bekrafta")
async def confirm(room: In, asking: Seeing, person: PersonId) -> Response:
    """Confirm what a machine has raised."""
    decided = partial(room.protecting.may_decide, asking.caller, person, "confirm_protection", "")
    permit = await asking.permit(decided)
    await room.protecting.confirm(permit, asking.caller)
    return go(f"/arbete/personer/{person}/skydd")


@router.post("/behorighet")
async def clear(room: In, asking: Clearing, person: PersonId) -> Response:
    """Name somebody who may read about this one individual."""
    form, caller = await room.form(), asking.caller
    try:
        said = Clear.read(form, today=room.today)
        wish = Wish(
            person, AssignmentId(said.assignment), said.clearance_reason, midnight_after(said.clearance_last_day)
        )
        permit = await asking.permit(lambda: room.clearances.may_clear(caller, wish))
        await room.clearances.give(permit, caller, wish, once=await room.once(caller))
    except Invalid as wrong:
        return await _page(room, asking, person, _again(form, wrong))
    return go(f"/arbete/personer/{person}/skydd")


async def _page(room: Room, asking: Asking, person: PersonId, form: Form) -> Response:
    caller = asking.caller
    permit = await asking.permit(lambda: room.people.may_see(caller, person))
    seen, given = await room.people.read(permit), await room.clearances.given(permit)
    colleagues = await room.directory.colleagues(AgencyId(caller.agency or ""))
    reasons = await room.protecting.reasons(permit)
    posts = [*(each.assignment for each in given), *(AssignmentId(each.given_by) for each in reasons)]
    names = await room.directory.posts(posts)
    shield, cleared = shield_of(seen.protection), {each.assignment for each in given}
    view = views.Protection(
        ref=seen.id,
        heading="den skyddade personen" if shield or not seen.contact else seen.contact.name,
        shield=shield,
        provisional=permit.question.person.provisional_until > 0,
        levels=RAISED,
        lowered=LOWERED if shield else (),
        clearances=tuple(
            views.Clearance(
                each.id,
                names[each.assignment].name,
                names[each.assignment].title,
                each.reason,
                DateWords.last_day(each.valid_until),
            )
            for each in given
            if each.assignment in names
        ),
        reasons=tuple(
            views.ProtectionReason(_DONE[each.act], _who(names, each.given_by), each.given_at, each.reason)
            for each in reasons
        ),
        candidates=tuple(
            Option(each.assignment, f"{each.name}, {each.title or each.unit_name}")
            for each in colleagues
            if each.assignment not in {*cleared, caller.assignment}
        ),
        may_clear="chef" in caller.roles,
    )
    return await staff_page(
        room, caller, "workspace/protection.html", view, here="/arbete/arenden", shield=shield, form=form
    )


def _who(names: Mapping[AssignmentId, Post], assignment: str) -> str:
    post = names.get(AssignmentId(assignment))
    return post.name if post else "Ett system"


def _again(form: Form, wrong: HubError) -> Form:
    if isinstance(wrong, InvalidForm):
        return wrong.form
    return with_errors_of(wrong, form, {"reason": "clearance_reason", "validUntil": "clearance_last_day"})
