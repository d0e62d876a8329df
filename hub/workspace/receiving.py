"""The questions that wait for us, and those that nobody here has taken: choosing who answers (reading R14)."""

from typing import Annotated, ClassVar, Final

from fastapi import Response

from hub.access import Asking, GuardedRouter, asks
from hub.agencies import AgencyId, AssignmentId, Post
from hub.cases import ANSWERING, RECEIVING, AlreadyInTeam, InquiryId, WaitingInquiry
from hub.kit.errors import FieldError, Invalid
from hub.people import IndividualId
from hub.web import DateWords, FormModel, InvalidForm, Option, ShortText, State, Status
from hub.web.forms import BLANK, Form
from hub.web.pages import go, staff_page
from hub.web.room import In, Room
from hub.workspace.day import permitted_cases
from hub.workspace.inquiry_views import QuestionsToUs, ReceiveInquiry, ToUs
from hub.workspace.words import capital, shield_of

router = GuardedRouter(prefix="/arbete/fragor-till-oss", include_in_schema=False)
Acting = Annotated[Asking, asks("act_in_case", "disclose")]
HOME: Final = "/arbete/fragor-till-oss"


class Chosen(FormModel):
    """Who takes the question."""

    receiver: ShortText
    missing: ClassVar = {"receiver": "Välj vem som ska svara."}


@router.get("")
async def to_us(room: In, asking: Acting) -> Response:
    """What waits for my answer, and what nobody here has taken."""
    caller, permits = asking.caller, await permitted_cases(room, asking)
    mine = await room.inquiries.waiting(asking, permits) if ANSWERING.intersection(caller.roles) else []
    nobodys = await room.inquiries.unattended(asking)
    view = QuestionsToUs(
        mine=tuple(_row(room, each, "", "Svara") for each in mine),
        nobodys=tuple(_row(room, each, "/ta-emot", "Välj vem som svarar") for each in nobodys),
        receives=RECEIVING in caller.roles,
    )
    return await staff_page(room, caller, "workspace/questions_to_us.html", view, here=HOME)


@router.get("/{inquiry}/ta-emot")
async def receive_form(room: In, asking: Acting, inquiry: InquiryId) -> Response:
    """One question that nobody here sees, with those who can take it."""
    return await _page(room, asking, inquiry, BLANK)


@router.post("/{inquiry}/ta-emot")
async def receive(room: In, asking: Acting, inquiry: InquiryId) -> Response:
    """Put whoever was chosen on the team; one who takes it themselves goes on to the answer."""
    form = await room.form()
    try:
        chosen = AssignmentId(Chosen.read(form, today=room.today).receiver)
        permit = await asking.permit(lambda: room.inquiries.may_receive(asking.caller, inquiry))
        await room.inquiries.receive(asking, permit, chosen)
    except InvalidForm as wrong:
        return await _page(room, asking, inquiry, wrong.form)
    except (Invalid, AlreadyInTeam) as wrong:
        return await _page(room, asking, inquiry, form.with_faults([FieldError("receiver", wrong.detail)]))
    return go(f"{HOME}/{inquiry}" if chosen == asking.caller.assignment else HOME)


async def _page(room: Room, asking: Asking, inquiry: InquiryId, form: Form) -> Response:
    caller = asking.caller
    permit = await asking.permit(lambda: room.inquiries.may_receive(caller, inquiry))
    found, able = await room.inquiries.received(asking, permit)
    individual, agency = IndividualId(permit.about.individual or ""), AgencyId(caller.agency or "")
    person = (await room.people.known_as(agency, [individual])).get(individual)
    contact = person.contact if person else None
    shield = shield_of(permit.question.person.protection)
    view = ReceiveInquiry(
        person=contact.name if contact and not shield else "En person i ett samverkansärende",
        due=found.due_on,
        status=_status(room, found),
        colleagues=tuple(_option(each, caller.assignment or "") for each in able),
        action=f"{HOME}/{inquiry}/ta-emot",
        urgent=found.urgent,
    )
    return await staff_page(room, caller, "workspace/receive_inquiry.html", view, here=HOME, shield=shield, form=form)


def _row(room: Room, each: WaitingInquiry, end: str, act: str) -> ToUs:
    about = "Ingen hos er är med i ärendet." if end else "I ett av dina ärenden."
    return ToUs(f"{HOME}/{each.id}{end}", act, about, each.due_on, _status(room, each), each.urgent)


def _status(room: Room, each: WaitingInquiry) -> Status:
    dates = DateWords(room.clock.now())
    return Status(State.LATE if dates.is_late(each.due_on) else State.WAITING, capital(dates.left(each.due_on)))


def _option(post: Post, me: str) -> Option:
    words = f"{post.name}, {post.title or post.unit_name}"
    return Option(post.assignment, f"Jag själv ({words})" if post.assignment == me else words)
