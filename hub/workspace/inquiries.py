"""Asking another party's officials, and reading what they have answered by hand (readings R14, R20)."""

from typing import Annotated, ClassVar, Final, Literal

from fastapi import Query, Response

from hub.access import Asking, GuardedRouter, asks
from hub.access.questions import Answer
from hub.access.questions.words import Category
from hub.agencies import AgencyId
from hub.cases import INQUIRY_WITHIN, INQUIRY_WITHIN_URGENT, CaseId, InquiryId, InquiryState, InquiryView, Way
from hub.kit.errors import Invalid, NotFound
from hub.kit.working_days import add_working_days
from hub.web import AgencyMark, DateWords, FormModel, InvalidForm, Link, LongText, Option, State, Status, with_errors_of
from hub.web.forms import BLANK, Form
from hub.web.pages import go
from hub.web.refusals import explainer, said_categories
from hub.web.room import In, Room
from hub.workspace.head import Opened, case_page, opened
from hub.workspace.head import permitted as permit_to
from hub.workspace.inquiry_views import AskInquiry, Inquiries, InquiryRow, NotAsked, Uttered
from hub.workspace.words import capital, category

router = GuardedRouter(prefix="/arbete/arenden/{case}/fragor", include_in_schema=False)
Acting = Annotated[Asking, asks("act_in_case", "disclose")]
Hos = Annotated[AgencyId, Query(alias="hos", max_length=60)]
_TAB: Final = "/fragor"
_STATES: Final = {
    InquiryState.ANSWERED: Status(State.BY_HAND, "Svarat för hand"),
    InquiryState.DECLINED: Status(State.REFUSED, "Avstår från att svara"),
    InquiryState.WITHDRAWN: Status(State.REFUSED, "Återtagen"),
}


class Wanted(FormModel):
    """The question."""

    categories: tuple[Category, ...]
    question: LongText
    urgency: Literal["normal", "urgent"]
    missing: ClassVar = {
        "categories": "Välj vad du frågar om.",
        "question": "Skriv vad du vill veta, med några ord.",
        "urgency": "Välj hur bråttom det är.",
    }


@router.get("")
async def asked(room: In, asking: Acting, case: CaseId) -> Response:
    """What we have asked, with what may be told of the answers right now."""
    found = await opened(room, asking, case, _TAB)
    views = await room.inquiries.answers(asking, found.permit)
    ways = await _ways(room, asking, found)
    marks, dates = await room.marks(), DateWords(room.clock.now())
    owners = tuple(Link(f"{found.address}{_TAB}/ny?hos={way.owner}", marks[way.owner].name) for way in ways)
    rows = tuple(_row(each, found, dates, marks[each.owner]) for each in views)
    view = Inquiries(head=found.head, rows=rows, owners=owners if found.case.open else ())
    return await case_page(room, asking, "workspace/inquiries.html", found, view)


@router.get("/ny")
async def ask_form(room: In, asking: Acting, case: CaseId, hos: Hos) -> Response:
    """The form for a question to one party."""
    return await _ask_page(room, asking, case, hos, BLANK)


@router.post("/ny")
async def ask(room: In, asking: Acting, case: CaseId, hos: Hos) -> Response:
    """Put the question to the party's officials."""
    form = await room.form()
    try:
        said = Wanted.read(form, today=room.today)
        permit = await permit_to(room, asking, case, "ask_inquiry")
        await room.inquiries.ask(
            asking,
            permit,
            hos,
            categories=said.categories,
            question=said.question,
            urgent=said.urgency == "urgent",
            once=await room.once(asking.caller),
        )
    except Invalid as wrong:
        again = wrong.form if isinstance(wrong, InvalidForm) else with_errors_of(wrong, form)
        return await _ask_page(room, asking, case, hos, again)
    return go(f"/arbete/arenden/{case}{_TAB}")


@router.post("/{inquiry}/ta-tillbaka")
async def withdraw(room: In, asking: Acting, case: CaseId, inquiry: InquiryId) -> Response:
    """Take back a question that isn't answered."""
    permit = await asking.permit(lambda: room.inquiries.may(asking.caller, "withdraw_inquiry", inquiry))
    if permit.about.case != case:
        raise NotFound
    await room.inquiries.withdraw(asking, permit, inquiry, await room.version())
    return go(f"/arbete/arenden/{case}{_TAB}")


async def _ways(room: Room, asking: Asking, found: Opened) -> list[Way]:
    """Return what each other party that the caller may know of may tell us."""
    parties = await room.sharing.parties(asking, found.permit)
    own = asking.caller.agency
    return [each for each in await room.sharing.overview(asking, found.permit, parties) if each.receiver == own]


async def _ask_page(room: Room, asking: Asking, case: CaseId, owner: AgencyId, form: Form) -> Response:
    found, marks = await opened(room, asking, case, _TAB), await room.marks()
    way = next((each for each in await _ways(room, asking, found) if each.owner == owner), None)
    if way is None:
        raise NotFound
    dates = DateWords(room.clock.now())
    view = AskInquiry(
        head=found.head,
        owner=marks[owner],
        categories=tuple(Option(c, category(c), ground_words(found, dates, way.answer, c)) for c in way.permitted),
        refused=await _refused(room, found, way),
        due=add_working_days(room.today, INQUIRY_WITHIN),
        urgent_due=add_working_days(room.today, INQUIRY_WITHIN_URGENT),
        back=Link(f"{found.address}{_TAB}", "Tillbaka till Frågor"),
        action=f"{found.address}{_TAB}/ny?hos={owner}",
    )
    return await case_page(room, asking, "workspace/ask_inquiry.html", found, view, form=form)


async def _refused(room: Room, found: Opened, way: Way) -> tuple[NotAsked, ...]:
    """Return what can't be asked, with its reason; nothing where naming it would itself tell something."""
    words = await explainer(room)
    reasons = {each.category: each for each in way.answer.refusals}
    told = [(code, reasons.get(code) or reasons.get("")) for code in way.refused]
    return tuple(
        NotAsked(
            category(code),
            text.staff if (text := words.why_not("disclose", why)) else "",
            f"{found.address}/provning?hos={way.owner}&om={code}",
        )
        for code, why in told
        if why
    )


def ground_words(found: Opened, dates: DateWords, answer: Answer, code: str) -> str:
    """Return "Samtycke 14 september, till och med 31 maj 2027", or the paragraph; "" when there is no ground."""
    ground = next((each for each in answer.grounds if each.category == code), None)
    if ground is None:
        return ""
    lines = [each for consent in found.overview.consents for each in consent.lines if each.id == ground.ref]
    if ground.ground != "consent" or not lines:
        return ground.law or "Samtycke"
    return f"Samtycke {dates.full(lines[0].since)}, till och med {dates.long(dates.last_day(lines[0].until))}"


def _row(each: InquiryView, found: Opened, dates: DateWords, mark: AgencyMark) -> InquiryRow:
    waits = each.state is InquiryState.ASKED
    late = Status(State.LATE if each.late else State.WAITING, capital(dates.left(each.due_on)))
    return InquiryRow(
        mark=mark,
        what=capital(said_categories(each.categories)),
        question=each.question,
        asked=dates.day_of(each.asked_at),
        due=each.due_on,
        status=_STATES.get(each.state, late),
        urgent=each.urgent,
        told=tuple(
            Uttered(
                category(one.fact.category),
                one.fact.text,
                one.fact.period.start if one.fact.period else None,
                one.fact.period.end if one.fact.period else None,
                one.struck,
            )
            for one in each.told
        ),
        nothing=capital(said_categories(each.nothing)) if each.nothing else "",
        declined=each.declined,
        by_hand=each.by_hand,
        answered=dates.day_of(each.answered_at) if each.answered_at else None,
        withdraw=f"{found.address}{_TAB}/{each.id}/ta-tillbaka" if waits else "",
        version=str(each.version),
    )
