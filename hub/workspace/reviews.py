"""*Be myndigheten pröva*: asking an owner's official after a no, and answering as one (reading R12)."""

from typing import Annotated, ClassVar, Final, Literal

from fastapi import Query, Response

from hub.access import Asking, GuardedRouter, asks
from hub.access.questions.words import Category, Condition
from hub.agencies import AgencyId, AssignmentId, Role
from hub.audit import EntryId
from hub.cases import ANSWERED_WITHIN, ANSWERED_WITHIN_URGENT, CaseId, ReviewId, ReviewState, ReviewView
from hub.kit.errors import FieldError, HubError, Invalid
from hub.kit.working_days import add_working_days
from hub.people import IndividualId
from hub.web import DateWords, FormModel, InvalidForm, Link, LongText, Option, State, Status, with_errors_of
from hub.web.forms import BLANK, Form
from hub.web.pages import go, staff_page
from hub.web.refusals import said_categories
from hub.web.room import In, Room
from hub.workspace.consent_views import AnswerReview, AskReview, ReviewRow, Reviews
from hub.workspace.day import permitted_cases
from hub.workspace.head import case_page, opened
from hub.workspace.head import permitted as permit_to
from hub.workspace.words import capital, shield_of

router = GuardedRouter(prefix="/arbete", include_in_schema=False)
Acting = Annotated[Asking, asks("act_in_case", "disclose")]
_HERE: Final = "/arbete/provningar"
#: What an official can decide on, besides the individual's own yes to that official.
GROUNDS: Final = (
    Option("OSL 10:2", "OSL 10 kap. 2 §, nödvändigt för vår egen verksamhet"),
    Option("OSL 10:27", "OSL 10 kap. 27 §, generalklausulen"),
    Option("OSL 25:12", "OSL 25 kap. 12 §, till socialtjänsten"),
    Option("OSL 25:13", "OSL 25 kap. 13 §, den som inte kan samtycka"),
    Option("OSL 26:9", "OSL 26 kap. 9 §, till vården"),
    Option("SFB 110:31", "SFB 110 kap. 31 §, till Försäkringskassan"),
)
CONDITIONS: Final = (
    Option("necessary_for_care", "Det behövs för att ge nödvändig vård, behandling eller stöd"),
    Option("under_18", "Personen är under 18 år"),
    Option("ongoing_substance_abuse", "Personen missbrukar fortlöpande"),
    Option("lpt_lrv", "Personen vårdas med tvång"),
    Option("pregnancy", "Det gäller ett väntat barn"),
    Option("unable_to_consent_health", "Personens hälsa hindrar den från att samtycka"),
)
_STATES: Final = {
    ReviewState.PERMITTED: Status(State.OK, "Ja"),
    ReviewState.PARTLY: Status(State.OK, "Ja, till en del"),
    ReviewState.REFUSED: Status(State.REFUSED, "Nej"),
    ReviewState.WITHDRAWN: Status(State.REFUSED, "Återtagen"),
}


class Wanted(FormModel):
    """The request."""

    reason: LongText
    urgency: Literal["normal", "urgent"]
    missing: ClassVar = {
        "reason": "Skriv varför ni behöver uppgifterna, så att den som svarar kan pröva det.",
        "urgency": "Välj hur bråttom det är.",
    }


class Answered(FormModel):
    """The official's answer."""

    permitted: tuple[Category, ...] = ()
    ground: str = ""
    conditions: tuple[Condition, ...] = ()
    answer: LongText
    missing: ClassVar = {"answer": "Skriv skälen. Den som frågade och den enskilde ska kunna förstå dem."}


Hos = Annotated[AgencyId, Query(alias="hos", max_length=60)]
Om = Annotated[tuple[Category, ...], Query(alias="om", min_length=1)]
Beslut = Annotated[str, Query(alias="beslut", max_length=64)]


@router.get("/arenden/{case}/provning")
async def ask_form(room: In, asking: Acting, case: CaseId, hos: Hos, om: Om, beslut: Beslut = "") -> Response:
    """The form, for what was just refused."""
    return await _ask_page(room, asking, case, hos, om, beslut, BLANK)


@router.post("/arenden/{case}/provning")
async def ask(room: In, asking: Acting, case: CaseId, hos: Hos, om: Om, beslut: Beslut = "") -> Response:
    """Put the request to the owner's official."""
    form, caller = await room.form(), asking.caller
    try:
        said = Wanted.read(form, today=room.today)
        permit = await permit_to(room, asking, case, "ask_review", caller.agency or "", reason=True)
        await room.reviews.ask(
            permit,
            caller,
            await room.reviews.reach(asking, permit, hos),
            categories=om,
            reason=said.reason,
            urgent=said.urgency == "urgent",
            refusal=beslut or None,
            once=await room.once(caller),
        )
    except Invalid as wrong:
        return await _ask_page(room, asking, case, hos, om, beslut, _again(form, wrong))
    return go(_HERE)


@router.get("/provningar")
async def reviews(room: In, asking: Acting) -> Response:
    """What is asked of us, and what we have asked of others."""
    caller, dates = asking.caller, DateWords(room.clock.now())
    permits = await permitted_cases(room, asking)
    asked = [each for permit in permits for each in await room.reviews.in_case(permit) if each.asking == caller.agency]
    waiting = await room.reviews.waiting_for(AgencyId(caller.agency or "")) if _official(caller.roles) else []
    view = Reviews(
        to_us=tuple(
            ReviewRow(
                each,
                "En begäran",
                "En annan myndighet",
                None,
                due,
                Status(State.LATE if dates.is_late(due) else State.WAITING, capital(dates.left(due))),
                f"{_HERE}/{each}",
                urgent=urgent,
            )
            for each, due, urgent in waiting
        ),
        from_us=tuple(_row(each, dates, f"/arbete/arenden/{each.case}") for each in asked),
    )
    return await staff_page(room, caller, "workspace/reviews.html", view, here=_HERE)


@router.get("/provningar/{review}")
async def answer_form(room: In, asking: Acting, review: ReviewId) -> Response:
    """One request, with the form for the answer."""
    return await _answer_page(room, asking, review, BLANK)


@router.post("/provningar/{review}")
async def answer(room: In, asking: Acting, review: ReviewId) -> Response:
    """Record the official's answer."""
    form, caller, version = await room.form(), asking.caller, await room.version()
    try:
        said = Answered.read(form, today=room.today)
        permitted = _permitted(said, form)
        permit = await asking.permit(
            lambda: room.reviews.may_answer(
                caller,
                review,
                permitted=permitted,
                ground=said.ground,
                conditions=said.conditions,
                answer=said.answer,
            )
        )
        await room.reviews.answer(
            permit,
            caller,
            review,
            permitted=permitted,
            ground=said.ground,
            conditions=said.conditions,
            answer=said.answer,
            version=version,
        )
    except Invalid as wrong:
        return await _answer_page(room, asking, review, _again(form, wrong))
    return go(_HERE)


def _permitted(said: Answered, form: Form) -> tuple[Category, ...]:
    """Return what a yes lets out: something, and on a ground. A no lets out nothing, whatever is ticked."""
    if form.value("svar") != "ja":
        return ()
    faults: list[FieldError] = []
    if not said.permitted:
        faults.append(FieldError("permitted", "Kryssa i vad ni lämnar, eller svara nej."))
    if not said.ground:
        faults.append(FieldError("ground", "Välj på vilken grund ni lämnar det."))
    if faults:
        raise InvalidForm(form.with_faults(faults))
    return said.permitted


async def _ask_page(
    room: Room, asking: Asking, case: CaseId, owner: AgencyId, about: tuple[Category, ...], entry: str, form: Form
) -> Response:
    found, marks = await opened(room, asking, case), await room.marks()
    if owner not in marks:
        return go(found.address)
    query = "&".join(["hos=" + owner, *(f"om={code}" for code in about), "beslut=" + EntryId(entry)])
    view = AskReview(
        head=found.head,
        owner=marks[owner],
        what=f"{capital(said_categories(about))}, från {marks[owner].inline}",
        due=add_working_days(room.today, ANSWERED_WITHIN),
        urgent_due=add_working_days(room.today, ANSWERED_WITHIN_URGENT),
        back=Link(found.address, "Tillbaka till vad som får delas"),
        action=f"{found.address}/provning?{query}",
    )
    return await case_page(room, asking, "workspace/ask_review.html", found, view, form=form)


async def _answer_page(room: Room, asking: Asking, review: ReviewId, form: Form) -> Response:
    caller, dates = asking.caller, DateWords(room.clock.now())
    permit = await asking.permit(lambda: room.reviews.may_answer(caller, review, answer="läser"))
    found = await room.reviews.read(permit, review)
    agency, individual = AgencyId(caller.agency or ""), IndividualId(permit.about.individual or "")
    person = (await room.people.known_as(agency, [individual])).get(individual)
    shield = shield_of(permit.question.person.protection)
    asker = AssignmentId(found.asked_by.removeprefix("assignment:"))
    posts, marks = await room.directory.posts([asker]), await room.marks()
    who = f"{marks[found.asking].name}" + (f", {posts[asker].name}" if asker in posts else "")
    contact = person.contact if person else None
    view = AnswerReview(
        row=_row(found, dates, "", who),
        person=contact.name if contact and not shield else "En person i ett samverkansärende",
        words=found.reason,
        categories=tuple(Option(code, capital(said_categories((code,)))) for code in found.categories),
        grounds=GROUNDS,
        conditions=CONDITIONS,
        action=f"{_HERE}/{review}",
        version=str(found.version),
        answered=found.answer,
        ground=found.ground or "",
    )
    return await staff_page(room, caller, "workspace/answer_review.html", view, here=_HERE, shield=shield, form=form)


def _row(review: ReviewView, dates: DateWords, href: str, who: str = "Vi") -> ReviewRow:
    late = dates.is_late(review.due_on)
    waiting = Status(State.LATE if late else State.WAITING, capital(dates.left(review.due_on)))
    return ReviewRow(
        review.id,
        capital(said_categories(review.categories)),
        who,
        DateWords.day_of(review.asked_at),
        review.due_on,
        _STATES.get(review.state, waiting),
        href,
        urgent=review.urgent,
    )


def _official(roles: tuple[str, ...]) -> bool:
    return Role.SEKRETESSANSVARIG in roles


def _again(form: Form, wrong: HubError) -> Form:
    return wrong.form if isinstance(wrong, InvalidForm) else with_errors_of(wrong, form)
