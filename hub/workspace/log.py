"""The log: what has happened in a case, and the agency's own log for its appointed reviewer, with individuals' questions."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Annotated, ClassVar, Final

from fastapi import Query, Response

from hub.access import Asking, GuardedRouter, asks
from hub.agencies import AgencyId
from hub.audit import EntryId, LogEntry, LogFilter, LogPage, Outcome
from hub.cases import CaseId
from hub.kit.errors import Invalid, NotFound
from hub.people import IndividualId
from hub.web import DateWords, FormModel, InvalidForm, LongText, Option, State, Status, with_errors_of
from hub.web.entries import EntryWords
from hub.web.forms import BLANK, Form
from hub.web.pages import go, staff_page
from hub.web.questions import agency_log
from hub.web.room import In, Room
from hub.workspace.head import case_page, opened
from hub.workspace.log_views import AnswerQuestion, CaseLog, LogReview, LogRow
from hub.workspace.views import Pager, Task

router = GuardedRouter(prefix="/arbete", include_in_schema=False)
Seeing = Annotated[Asking, asks("act_in_case")]
Reviewing = Annotated[Asking, asks("read_log")]
Page = Annotated[int, Query(alias="sida", ge=1, le=10_000)]
_HERE: Final = "/arbete/loggranskning"
FILTERS: Final = (
    Option("", "Alla rader"),
    Option("deny", "Bara det som stoppades"),
    Option("undecided", "Bara det som inte gick att avgöra"),
)


class Answering(FormModel):
    """The answer to an individual."""

    answer: LongText
    missing: ClassVar = {"answer": "Skriv ett svar som den som frågade kan förstå."}


@router.get("/arenden/{case}/logg")
async def case_log(room: In, asking: Seeing, case: CaseId, sida: Page = 1) -> Response:
    """What the caller's own agency has read, told and changed in the case."""
    found = await opened(room, asking, case, "/logg")
    own = LogFilter(agency=asking.caller.agency)
    page = await room.ledger.entries_in_case(case, own, page=sida)
    words = await EntryWords.of(room)
    view = CaseLog(
        head=found.head,
        days=_days(page.entries, words),
        pager=_pager(page, f"{found.address}/logg?"),
    )
    return await case_page(room, asking, "workspace/case_log.html", found, view)


@router.get("/loggranskning")
async def review(
    room: In, asking: Reviewing, visa: Annotated[str, Query(max_length=20)] = "", sida: Page = 1
) -> Response:
    """What the caller's agency's own staff and systems have done, and what individuals ask about it."""
    caller, agency = asking.caller, AgencyId(asking.caller.agency or "")
    await asking.permit(lambda: agency_log(room.people, room.clock, caller))
    wanted = next((each for each in Outcome if each == visa), None)
    page = await room.ledger.entries_of_agency(agency, LogFilter(outcome=wanted), page=sida)
    words = await EntryWords.of(room)
    waiting = await room.log_questions.waiting(agency)
    view = LogReview(
        mark=(await room.marks())[agency],
        rows=tuple(log_row_of(each, words) for each in page.entries),
        questions=tuple(
            Task(
                "Svara på en fråga om loggen",
                "Någon undrar varför ni läste.",
                "Skriv svaret",
                f"/arbete/fragor/{each}",
                due,
            )
            for each, due in waiting.items()
        ),
        filters=FILTERS,
        pager=_pager(page, f"{_HERE}?visa={wanted or ''}&"),
    )
    form = Form({"visa": (visa,)})
    return await staff_page(room, caller, "workspace/log_review.html", view, here=_HERE, form=form)


@router.get("/fragor/{question}")
async def question(room: In, asking: Reviewing, question: str) -> Response:
    """One question, with the entry it is about."""
    return await _question_page(room, asking, question, BLANK)


@router.post("/fragor/{question}")
async def answer(room: In, asking: Reviewing, question: str) -> Response:
    """Send the answer."""
    form, version = await room.form(), await room.version()
    try:
        said = Answering.read(form, today=room.today)
        permit = await asking.permit(lambda: agency_log(room.people, room.clock, asking.caller))
        await room.log_questions.answer(permit, asking.caller, question, said.answer, version)
    except Invalid as wrong:
        again = wrong.form if isinstance(wrong, InvalidForm) else with_errors_of(wrong, form)
        return await _question_page(room, asking, question, again)
    return go(_HERE)


async def _question_page(room: Room, asking: Asking, question: str, form: Form) -> Response:
    permit = await asking.permit(lambda: agency_log(room.people, room.clock, asking.caller))
    found = await room.log_questions.read(permit, question)
    entry = await room.ledger.entry(EntryId(found.entry))
    if entry is None:
        raise NotFound
    individual = IndividualId(found.individual)
    person = (await room.people.known_as(found.agency, [individual])).get(individual)
    contact = person.contact if person and person.protection == "none" else None
    view = AnswerQuestion(
        id=found.id,
        who=contact.name if contact else "Den som raden gäller",
        asked=found.question,
        asked_at=found.asked_at,
        due=found.due_on,
        row=log_row_of(entry, await EntryWords.of(room)),
        act=f"/arbete/fragor/{found.id}",
        version=str(found.version),
    )
    return await staff_page(room, asking.caller, "workspace/answer_question.html", view, here=_HERE, form=form)


def _days(entries: Sequence[LogEntry], words: EntryWords) -> tuple[tuple[date, tuple[LogRow, ...]], ...]:
    by_day = groupby(entries, key=lambda entry: DateWords.day_of(entry.at))
    return tuple((day, tuple(log_row_of(each, words) for each in group)) for day, group in by_day)


def log_row_of(entry: LogEntry, words: EntryWords) -> LogRow:
    """Return one entry in words."""
    stopped = Status(State.STOPPED, "Stoppades") if entry.outcome in {Outcome.DENY, Outcome.UNDECIDED} else None
    return LogRow(entry.id, entry.at, words.mark(entry), words.who(entry), words.what(entry), words.why(entry), stopped)


def _pager(page: LogPage, address: str) -> Pager:
    older = f"{address}sida={page.number + 1}" if page.more else ""
    newer = f"{address}sida={page.number - 1}" if page.number > 1 else ""
    return Pager(older, newer)
