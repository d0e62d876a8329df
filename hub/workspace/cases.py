"""Opening a case, who works with it, and the name behind a click."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Annotated, ClassVar, Final

from fastapi import Response
from fastapi.responses import HTMLResponse
from markupsafe import escape

from hub.access import Asking, GuardedRouter, asks
from hub.access.questions.words import Category, Purpose
from hub.agencies import AgencyId, AgencyKind, AssignmentId, Post, Role
from hub.cases import SHARED, CaseId
from hub.kit.errors import FieldError, HubError, Invalid, PreconditionFailed
from hub.people import PersonId
from hub.web import FormModel, InvalidForm, LongText, Option, ShortText, with_errors_of
from hub.web.entries import ACTS
from hub.web.forms import BLANK, Form
from hub.web.pages import go, staff_page
from hub.web.room import In, Room
from hub.workspace import views
from hub.workspace.head import Opened, case_page, opened, permitted
from hub.workspace.words import capital, category, purpose_options, shield_of

router = GuardedRouter(prefix="/arbete", include_in_schema=False)
Opening = Annotated[Asking, asks("see_person", "open_case")]
Acting = Annotated[Asking, asks("act_in_case", "disclose")]
_TAB: Final = "/parter"
#: Those whom another agency may be invited through.
_RECEIVES: Final = frozenset({Role.HANDLAGGARE, Role.SAMORDNARE})


class NewCase(FormModel):
    """The form that opens a case."""

    purpose: Purpose
    subject: LongText
    missing: ClassVar = {
        "purpose": "Välj vad ärendet är till för.",
        "subject": "Skriv kort vad ni ska lösa tillsammans.",
    }


class Subject(FormModel):
    """What the case is about."""

    subject: LongText
    missing: ClassVar = {"subject": "Skriv kort vad ni ska lösa tillsammans."}


class Chosen(FormModel):
    """A colleague."""

    assignment: ShortText
    missing: ClassVar = {"assignment": "Välj vem som ska vara med."}


class Invited(FormModel):
    """Another agency and who receives there, as `agency/assignment`."""

    party: ShortText
    missing: ClassVar = {"party": "Välj vem som ska bjudas in."}


class Why(FormModel):
    """Why the case is opened again, or left."""

    reason: LongText
    missing: ClassVar = {"reason": "Skriv varför. Den som tar vid ska kunna förstå det."}


class HandedOver(FormModel):
    """Who answers for the case from now on, and why."""

    heir: ShortText
    why: LongText
    missing: ClassVar = {"heir": "Välj vem som ska svara för ärendet.", "why": "Skriv varför ärendet byter hand."}


class Necessary(FormModel):
    """What is necessary in one's own case."""

    necessary: tuple[Category, ...] = ()


@router.get("/personer/{person}/nytt-arende")
async def open_form(room: In, asking: Opening, person: PersonId) -> Response:
    """The empty form."""
    return await _open_page(room, asking, person, BLANK)


@router.post("/personer/{person}/nytt-arende")
async def open_case(room: In, asking: Opening, person: PersonId) -> Response:
    """Open the case and go to it."""
    form, caller = await room.form(), asking.caller
    try:
        said = NewCase.read(form, today=room.today)
    except InvalidForm as wrong:
        return await _open_page(room, asking, person, wrong.form)
    seeing = lambda: room.people.may_see(caller, person)  # noqa: E731
    permit = await asking.permit(lambda: room.cases.may_open(seeing, said.purpose))
    case = await room.cases.open(permit, caller, said.subject, await room.once(caller))
    return go(f"/arbete/arenden/{case}/parter")


@router.get("/arenden/{case}/parter")
async def parties(room: In, asking: Acting, case: CaseId) -> Response:
    """Who works with the case; other agencies only as far as they may be known."""
    return await _parties_page(room, asking, case, BLANK)


@router.post("/arenden/{case}/team")
async def add_member(room: In, asking: Acting, case: CaseId) -> Response:
    """Put a colleague on the team."""
    form, caller = await room.form(), asking.caller
    try:
        chosen = AssignmentId(Chosen.read(form, today=room.today).assignment)
        permit = await permitted(room, asking, case, "add_to_team", caller.agency or "")
        colleagues = {each.assignment for each in await room.directory.colleagues(AgencyId(caller.agency or ""))}
        await room.cases.add_member(permit, caller, chosen, colleagues)
    except Invalid as wrong:
        return await _parties_page(room, asking, case, _again(form, wrong))
    return go(f"/arbete/arenden/{case}/parter")


@router.post("/arenden/{case}/team/{member}/bort")
async def remove_member(room: In, asking: Acting, case: CaseId, member: AssignmentId) -> Response:
    """Take a colleague off the team."""
    permit = await permitted(room, asking, case, "remove_from_team", asking.caller.agency or "")
    await room.cases.remove_member(permit, asking.caller, member)
    return go(f"/arbete/arenden/{case}/parter")


@router.post("/arenden/{case}/part")
async def add_party(room: In, asking: Acting, case: CaseId) -> Response:
    """Invite another agency: what it is told by that is a disclosure of its own."""
    form, caller = await room.form(), asking.caller
    try:
        agency, _, responsible = Invited.read(form, today=room.today).party.partition("/")
    except InvalidForm as wrong:
        return await _parties_page(room, asking, case, wrong.form)
    if all(each.assignment != responsible for each in await room.directory.colleagues(AgencyId(agency))):
        fault = FieldError("party", "Den personen tar inte emot längre. Välj någon annan.")
        return await _parties_page(room, asking, case, form.with_faults([fault]))
    permit = await permitted(room, asking, case, "add_party", caller.agency or "")
    told = await asking.permit(lambda: room.cases.may_tell(caller, case, AgencyId(agency)))
    await room.cases.add_party(permit, told, caller, AssignmentId(responsible))
    return go(f"/arbete/arenden/{case}/parter")


@router.post("/arenden/{case}/eget")
async def declare(room: In, asking: Acting, case: CaseId) -> Response:
    """Say what is necessary in the caller's agency's own case (reading R16)."""
    said = Necessary.read(await room.form(), today=room.today)
    permit = await permitted(room, asking, case, "see_case")
    await room.cases.declare(permit, asking.caller, own_case_open=bool(said.necessary), necessary=said.necessary)
    return go(f"/arbete/arenden/{case}/parter")


@router.post("/arenden/{case}/om")
async def edit(room: In, asking: Acting, case: CaseId) -> Response:
    """Say anew what the case is about. Of two who write at once the second sees what the first wrote, and loses nothing."""
    form, version = await room.form(), await room.version()
    try:
        said = Subject.read(form, today=room.today)
        permit = await permitted(room, asking, case, "edit_case")
        await room.cases.edit(permit, asking.caller, said.subject, version)
    except Invalid as wrong:
        return await _parties_page(room, asking, case, _again(form, wrong))
    except PreconditionFailed as changed:
        now = (await opened(room, asking, case)).case.subject
        fault = FieldError("subject", f"Någon annan hann före och skrev: ”{now}” Skriv ihop era texter och spara igen.")
        return await _parties_page(room, asking, case, form.with_faults([fault]), status=changed.status)
    return go(f"/arbete/arenden/{case}/parter")


@router.post("/arenden/{case}/avsluta")
async def close(room: In, asking: Acting, case: CaseId) -> Response:
    """Close the case: what others saw through it stops at once."""
    permit = await permitted(room, asking, case, "close_case")
    await room.cases.close(permit, asking.caller, await room.version())
    return go(f"/arbete/arenden/{case}/parter")


@router.post("/arenden/{case}/oppna-igen")
async def reopen(room: In, asking: Acting, case: CaseId) -> Response:
    """Open a closed case again."""
    form = await room.form()
    try:
        reason = Why.read(form, today=room.today).reason
        permit = await permitted(room, asking, case, "reopen_case", reason=True)
        await room.cases.reopen(permit, asking.caller, await room.version(), reason)
    except Invalid as wrong:
        return await _parties_page(room, asking, case, _again(form, wrong))
    return go(f"/arbete/arenden/{case}/parter")


@router.post("/arenden/{case}/lamna")
async def leave(room: In, asking: Acting, case: CaseId) -> Response:
    """Let the caller's agency leave the case."""
    form = await room.form()
    try:
        reason = Why.read(form, today=room.today).reason
        permit = await permitted(room, asking, case, "leave_case", asking.caller.agency or "", reason=True)
        await room.cases.leave(permit, asking.caller, reason)
    except Invalid as wrong:
        return await _parties_page(room, asking, case, _again(form, wrong))
    return go("/arbete/arenden")


@router.post("/arenden/{case}/ansvar")
async def hand_over(room: In, asking: Acting, case: CaseId) -> Response:
    """Let another member of the team answer for the case at the caller's agency."""
    form = await room.form()
    try:
        said = HandedOver.read(form, today=room.today)
        permit = await permitted(room, asking, case, "hand_over", asking.caller.agency or "", reason=True)
        await room.cases.hand_over(permit, asking.caller, AssignmentId(said.heir), said.why)
    except Invalid as wrong:
        return await _parties_page(room, asking, case, _again(form, wrong))
    return go(f"/arbete/arenden/{case}/parter")


@router.post("/arenden/{case}/namn")
async def reveal_name(room: In, asking: Annotated[Asking, asks("act_in_case")], case: CaseId) -> Response:
    """Show the name of a protected individual: by a click, and logged."""
    found = await opened(room, asking, case)
    contact = found.person.contact if found.person else None
    view = views.Name(found.head, contact.name if contact else "")
    if room.request.headers.get("HX-Request"):
        return HTMLResponse(str(escape(view.name or found.head.heading)))
    return await case_page(room, asking, "workspace/name.html", found, view)


async def _open_page(room: Room, asking: Asking, person: PersonId, form: Form) -> Response:
    permit = await asking.permit(lambda: room.people.may_see(asking.caller, person))
    seen = await room.people.read(permit)
    shield = shield_of(seen.protection)
    heading = "en skyddad person" if shield or not seen.contact else seen.contact.name
    view = views.OpenCase(ref=seen.id, heading=heading, purposes=purpose_options())
    return await staff_page(
        room, asking.caller, "workspace/open_case.html", view, here="/arbete/arenden", shield=shield, form=form
    )


async def _parties_page(room: Room, asking: Asking, case: CaseId, form: Form, *, status: int | None = None) -> Response:
    found = await opened(room, asking, case, _TAB)
    known = await room.sharing.parties(asking, found.permit)
    own = AgencyId(asking.caller.agency or "")
    marks, posts = await room.marks(), await room.directory.posts([each.assignment_id for each in found.case.team])
    on_team = {each.assignment_id for each in found.case.team}
    view = views.Parties(
        head=found.head,
        address=found.address,
        parties=tuple(
            views.Party(
                marks[each.agency.id],
                _team(found, posts) if each.agency.id == own else (),
                leading=each.agency.id == found.case.leading,
                own=each.agency.id == own,
                hidden="" if each.agency.id == own else "Myndigheten väljer själv vilka av de sina som är med.",
            )
            for each in known
        ),
        colleagues=_options(await room.directory.colleagues(own), on_team),
        others=await _others(room, own, [each.agency.id for each in known]),
        heirs=tuple(
            Option(each.assignment_id, posts[AssignmentId(each.assignment_id)].name)
            for each in found.case.team
            if not each.responsible and each.assignment_id in posts
        ),
        reasons=await _reasons(room, found),
        necessary=tuple(Option(code, category(code)) for code in SHARED),
        leads=found.case.leading == own,
        open=found.case.open,
        version=str(found.case.version),
    )
    filled = (
        form if "subject" in form.values else replace(form, values={**form.values, "subject": (found.case.subject,)})
    )
    return await case_page(room, asking, "workspace/parties.html", found, view, form=filled, status=status)


def _team(found: Opened, posts: dict[AssignmentId, Post]) -> tuple[views.Member, ...]:
    several = len(found.case.team) > 1
    return tuple(
        views.Member(
            each.assignment_id if several else "",
            posts[AssignmentId(each.assignment_id)].name,
            posts[AssignmentId(each.assignment_id)].title,
            note="svarar för ärendet hos er" if each.responsible else "",
        )
        for each in found.case.team
        if each.assignment_id in posts
    )


async def _reasons(room: Room, found: Opened) -> tuple[views.WhyDone, ...]:
    given = await room.cases.reasons(found.permit)
    posts = await room.directory.posts([each.given_by.removeprefix("assignment:") for each in given])
    names = {f"assignment:{identity}": post.name for identity, post in posts.items()}
    return tuple(
        views.WhyDone(capital(ACTS[each.act][0]), names.get(each.given_by, ""), each.given_at, each.reason)
        for each in given
    )


def _options(posts: Sequence[Post], without: Collection[str]) -> tuple[Option, ...]:
    return tuple(
        Option(each.assignment, f"{each.name}, {each.title or each.unit_name}")
        for each in posts
        if each.assignment not in without
    )


async def _others(room: Room, own: AgencyId, known: Collection[str]) -> tuple[Option, ...]:
    found: list[Option] = []
    for identity, agency in (await room.directory.agencies()).items():
        if identity == own or identity in known or agency.kind is AgencyKind.FORBUND:
            continue
        found += [
            Option(f"{identity}/{post.assignment}", f"{agency.name}: {post.name}, {post.title or post.unit_name}")
            for post in await room.directory.colleagues(identity)
            if _RECEIVES.intersection(post.roles)
        ]
    return tuple(found)


def _again(form: Form, wrong: HubError) -> Form:
    return wrong.form if isinstance(wrong, InvalidForm) else with_errors_of(wrong, form)
