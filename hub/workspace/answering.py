"""Answering a question from another party by hand: what they ask, on what it rests, and our own words."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Final, get_args

from fastapi import Response

from hub.access import Asking, GuardedRouter, Permit, asks
from hub.access.questions import ActInCase
from hub.access.questions.words import CaseAct, Category
from hub.agencies import AssignmentId
from hub.cases import AnsweringView, InquiryId, InquiryState, Said, SaidFact
from hub.kit.errors import Conflict, FieldError, Invalid
from hub.web import DateWords, InvalidForm, State, Status, with_errors_of
from hub.web.drafts import DraftKey
from hub.web.forms import BLANK, Form, read_date
from hub.web.pages import go, part, staff_frame
from hub.web.refusals import said_categories
from hub.web.room import In, Room
from hub.workspace.head import Opened, case_page, shown
from hub.workspace.inquiries import ground_words
from hub.workspace.inquiry_views import AnswerInquiry, Part, Uttered
from hub.workspace.words import capital, category, purpose

router = GuardedRouter(prefix="/arbete/fragor-till-oss/{inquiry}", include_in_schema=False)
Acting = Annotated[Asking, asks("act_in_case", "disclose")]
#: As many facts of one category as a page draws.
_MOST: Final = 8


@router.get("")
async def answer_form(room: In, asking: Acting, inquiry: InquiryId) -> Response:
    """One question, with the form for the answer."""
    permit = await _permit(room, asking, inquiry, "read_inquiry")
    view = await room.inquiries.read(asking, permit, inquiry)
    written = await room.drafts.bring_back(_key(asking, permit, inquiry)) or _form_of(view.draft)
    return await _page(room, asking, permit, view, written)


@router.post("/utkast")
async def autosave(room: In, asking: Acting, inquiry: InquiryId) -> Response:
    """Keep the draft."""
    permit = await _permit(room, asking, inquiry, "answer_inquiry")
    kept = await room.drafts.keep(_key(asking, permit, inquiry), await room.form())
    return part(room, "workspace/inquiry_saved.html", await staff_frame(room, asking.caller), None, kept)


@router.post("")
async def answer(room: In, asking: Acting, inquiry: InquiryId) -> Response:
    """Send the answer, decline, or draw one row more: whichever button was pressed."""
    permit = await _permit(room, asking, inquiry, "answer_inquiry")
    key = _key(asking, permit, inquiry)
    # Kept first, so that a lost connection or a sign-in that has grown old loses nothing.
    written = await room.drafts.keep(key, await room.form())
    if written.value("svar") not in {"ja", "nej"}:
        return await _page(room, asking, permit, await room.inquiries.read(asking, permit, inquiry), written)
    try:
        said = _said(written)
        await room.inquiries.save(asking, permit, inquiry, said, await room.version(), send=True)
    except (Invalid, Conflict) as wrong:
        view = await room.inquiries.read(asking, permit, inquiry)
        return await _page(room, asking, permit, view, _again(written, wrong, view))
    await room.drafts.forget(key)
    return go(f"/arbete/fragor-till-oss/{inquiry}")


async def _permit(room: Room, asking: Asking, inquiry: InquiryId, act: CaseAct) -> Permit[ActInCase]:
    return await asking.permit(lambda: room.inquiries.may(asking.caller, act, inquiry))


def _key(asking: Asking, permit: Permit[ActInCase], inquiry: InquiryId) -> DraftKey:
    agency = asking.caller.agency or ""
    return DraftKey(asking.caller.ref, "inquiry", inquiry, permit.about.individual or "", agency)


def _said(form: Form) -> Said:
    """Return what was written. Raises InvalidForm for a day that is none, and for a refusal without a reason."""
    if form.value("svar") == "nej":
        if not form.value("declined").strip():
            raise InvalidForm(form.with_faults([FieldError("declined", "Skriv varför ni avstår.")]))
        return Said(declined=form.value("declined").strip())
    faults: list[FieldError] = []
    facts = [fact for code in get_args(Category) for fact in _facts(form, code, faults)]
    if faults:
        raise InvalidForm(form.with_faults(faults))
    return Said(facts=tuple(facts), nothing=tuple(c for c in get_args(Category) if form.chosen("nothing", c)))


def _facts(form: Form, code: Category, faults: list[FieldError]) -> list[SaidFact]:
    return [
        SaidFact(
            category=code,
            text=form.value(f"text-{row}").strip(),
            since=_day(form, f"since-{row}", faults),
            until=_day(form, f"until-{row}", faults),
            location=form.chosen(f"marks-{row}", "location"),
            third_person=form.chosen(f"marks-{row}", "third_person"),
        )
        for row in (f"{code}-{number}" for number in range(_MOST))
        if form.value(f"text-{row}").strip()
    ]


def _day(form: Form, name: str, faults: list[FieldError]) -> date | None:
    if not form.value(name).strip():
        return None
    day, wrong = read_date(form.value(name), name)
    faults += wrong
    return day


def _form_of(said: Said | None) -> Form:
    """Return the form of a draft that was saved by a system of ours."""
    if said is None:
        return BLANK
    values: dict[str, tuple[str, ...]] = {"nothing": said.nothing, "declined": (said.declined,)}
    seen: dict[str, int] = {}
    for fact in said.facts:
        number = seen[fact.category] = seen.get(fact.category, -1) + 1
        row = f"{fact.category}-{number}"
        marks = {"location": fact.location, "third_person": fact.third_person}
        values[f"text-{row}"] = (fact.text,)
        values[f"since-{row}"] = (fact.since.isoformat() if fact.since else "",)
        values[f"until-{row}"] = (fact.until.isoformat() if fact.until else "",)
        values[f"marks-{row}"] = tuple(name for name, marked in marks.items() if marked)
    return Form(values)


def _again(form: Form, wrong: Invalid | Conflict, view: AnsweringView) -> Form:
    """Return the form with what is wrong said at its fields."""
    if isinstance(wrong, InvalidForm):
        return wrong.form
    if isinstance(wrong, Conflict):
        return form.with_faults([FieldError("declined", wrong.detail)])
    rows = [f"{c}-{n}" for c in get_args(Category) for n in range(_MOST) if form.value(f"text-{c}-{n}").strip()]
    names = {f"facts.{number}.text": f"text-{row}" for number, row in enumerate(rows)}
    names |= {f"facts.{number}.until": f"until-{row}" for number, row in enumerate(rows)}
    names |= {code: f"text-{code}-0" for code in view.categories}
    return with_errors_of(wrong, form, names)


async def _page(room: Room, asking: Asking, permit: Permit[ActInCase], view: AnsweringView, form: Form) -> Response:
    found, dates = await shown(room, asking, permit), DateWords(room.clock.now())
    waits = Status(State.LATE if view.late else State.WAITING, capital(dates.left(view.due_on)))
    said = view.said or Said()
    page = AnswerInquiry(
        head=found.head,
        what=capital(said_categories(view.categories)),
        asker=await _asker(room, view),
        question=view.question,
        purpose=purpose(view.purpose),
        asked=dates.day_of(view.asked_at),
        due=view.due_on,
        status=_STATES.get(view.state, waits),
        parts=_parts(view, found, dates, form),
        closed=tuple(category(each) for each in view.categories if each not in view.answerable),
        action=f"/arbete/fragor-till-oss/{view.id}",
        version=str(view.version),
        urgent=view.urgent,
        withdrawn=view.state is InquiryState.WITHDRAWN,
        said=tuple(Uttered(category(each.category), each.text, each.since, each.until) for each in said.facts),
        nothing=capital(said_categories(said.nothing)) if said.nothing else "",
        declined=said.declined,
        by_hand=view.by_hand,
        answered=view.answered_at,
    )
    return await case_page(room, asking, "workspace/answer_inquiry.html", found, page, form=form)


_STATES: Final = {
    InquiryState.ANSWERED: Status(State.BY_HAND, "Svarat för hand"),
    InquiryState.DECLINED: Status(State.REFUSED, "Ni har avstått"),
    InquiryState.WITHDRAWN: Status(State.REFUSED, "Återtagen"),
}


def _parts(view: AnsweringView, found: Opened, dates: DateWords, form: Form) -> tuple[Part, ...]:
    return tuple(
        Part(code, category(code), ground_words(found, dates, view.rests_on, code), _rows(form, code))
        for code in view.answerable
    )


def _rows(form: Form, code: str) -> int:
    """Return how many rows to draw: those that are written in, and one more when asked for."""
    written: Sequence[int] = [n + 1 for n in range(_MOST) if form.value(f"text-{code}-{n}").strip()]
    more = form.value("steg") == f"mer-{code}"
    return min(_MOST, max(written, default=0 if more else 1) + more)


async def _asker(room: Room, view: AnsweringView) -> str:
    """Return who asks: that the agency does has been decided; who there, only as far as the hub knows the assignment."""
    asker = AssignmentId(view.asked_by.removeprefix("assignment:"))
    posts, marks = await room.directory.posts([asker]), await room.marks()
    return f"{marks[view.asking].name}" + (f", {posts[asker].name}" if asker in posts else "")
