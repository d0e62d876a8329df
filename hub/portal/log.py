"""Who has looked and why, and asking about it: an answer is owed by a day, and somebody is named (HUB-06)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Annotated, Final

from fastapi import Query, Response

from hub.access import Asking, GuardedRouter
from hub.access.explain import Reader
from hub.agencies import AgencyId
from hub.audit import EntryId, LogEntry, LogFilter, Outcome
from hub.cases import LogQuestionView
from hub.kit.errors import Conflict, FieldError, Invalid, NotFound
from hub.portal import views
from hub.portal.me import Me, Reading, Say, language_of, log_permit, nobody, sayer, whose
from hub.web import DateWords, Option, State, Status
from hub.web.entries import EntryWords
from hub.web.forms import Form
from hub.web.pages import go, own_page
from hub.web.room import In, Room

router = GuardedRouter(prefix="/mina-sidor/vem-har-tittat", include_in_schema=False)
HOME: Final = "/mina-sidor/vem-har-tittat"
#: So many that a page has something to show also after a day of reading one's own pages.
_PAGE: Final = 100
_STOPPED: Final = "stoppades"
#: Reading one's own pages is in the log, and isn't what anybody looks for here.
_OWN: Final = frozenset({"own_consents", "own_cases", "read_log"})


@router.get("")
async def looked(
    room: In,
    asking: Reading,
    visa: Annotated[str, Query(max_length=60)] = "",
    fraga: Annotated[str, Query(max_length=64)] = "",
    sida: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> Response:
    """All that somebody has read, sent or changed, day by day."""
    me = await whose(room, asking)
    if me is None:
        return nobody(room, asking, HOME)
    return await _page(room, asking, me, fraga, Form({"visa": (visa,)}), sida)


@router.post("/{entry}/fraga")
async def ask(room: In, asking: Reading, entry: EntryId) -> Response:
    """Ask about one entry."""
    me, form = await whose(room, asking), await room.form()
    if me is None:
        raise NotFound
    permit = await log_permit(room, asking, me)
    try:
        await room.log_questions.ask(
            permit, asking.caller, entry, form.value("question"), await room.once(asking.caller)
        )
    except Invalid as wrong:
        return await _page(room, asking, me, entry, form.with_faults(wrong.fields), 1)
    except Conflict as conflict:
        return await _page(room, asking, me, entry, form.with_faults([FieldError("question", conflict.detail)]), 1)
    return go(HOME)


async def _page(room: Room, asking: Asking, me: Me, opened: str, form: Form, number: int) -> Response:
    permit = await log_permit(room, asking, me)
    language, say, chosen = language_of(room, asking), sayer(room, asking), form.value("visa")
    wanted = LogFilter(
        agency=chosen if chosen and chosen != _STOPPED else None,
        outcome=Outcome.DENY if chosen == _STOPPED else None,
    )
    page = await room.ledger.entries_about(me.individual, wanted, page=number, limit=_PAGE)
    questions = await room.log_questions.mine(permit)
    words = await EntryWords.of(room, Reader.INDIVIDUAL, language)
    asked = {each.entry for each in questions}
    shown = [each for each in page.entries if not (each.caller_kind == "individual" and each.act in _OWN)]
    view = views.WhoHasLooked(
        days=_days(shown, words, asked, await _answers(room, shown, opened), room.log_questions.due()),
        questions=await _questions(room, questions, room.renderer.words(language), say),
        filters=await _filters(room, say),
        opened=opened,
        older=f"{HOME}?visa={chosen}&sida={number + 1}" if page.more else "",
    )
    return own_page(room, asking.caller, "portal/who_has_looked.html", view, here=HOME, form=form)


def _days(
    entries: Sequence[LogEntry], words: EntryWords, asked: set[EntryId], answers: Mapping[str, str], due: date
) -> tuple[tuple[date, tuple[views.Entry, ...]], ...]:
    by_day = groupby(entries, key=lambda entry: DateWords.day_of(entry.at))
    return tuple(
        (
            day,
            tuple(
                _entry(each, words, answers.get(each.id, ""), due, asked=each.id in asked, times=times)
                for each, times in _runs(group)
            ),
        )
        for day, group in by_day
    )


def _runs(entries: Iterable[LogEntry]) -> list[tuple[LogEntry, int]]:
    """Return each entry with how many times in a row the same person did the same, so that a list can be read."""
    runs: list[tuple[LogEntry, int]] = []
    for entry in entries:
        last = runs[-1][0] if runs else None
        if last and _act(last) == _act(entry):
            runs[-1] = (last, runs[-1][1] + 1)
        else:
            runs.append((entry, 1))
    return runs


def _act(entry: LogEntry) -> tuple[object, ...]:
    return (entry.act, entry.outcome, entry.caller_ref, entry.agency, entry.categories, entry.owner)


def _entry(entry: LogEntry, words: EntryWords, answers: str, due: date, *, asked: bool, times: int) -> views.Entry:
    stopped = entry.outcome in {Outcome.DENY, Outcome.UNDECIDED}
    return views.Entry(
        entry.id,
        entry.at,
        words.mark(entry),
        f"{words.who(entry)} {words.what(entry)}",
        words.why(entry),
        stopped=stopped,
        asked=asked,
        answers=answers,
        due=due if answers else None,
        mine=entry.agency is None,
        times=times,
        decision=words.decision(entry),
    )


async def _answers(room: Room, entries: Sequence[LogEntry], opened: str) -> Mapping[str, str]:
    """Return who answers for the entry that is asked about: their name, so that somebody is owed for it."""
    entry = next((each for each in entries if each.id == opened and each.agency), None)
    if entry is None:
        return {}
    agency = AgencyId(entry.agency or "")
    named, agencies = await room.log_questions.answers_for(agency), await room.directory.agencies()
    words = f"{named.name}, {named.agency_name}" if named else agencies[agency].name
    return {entry.id: words}


async def _questions(
    room: Room, questions: Sequence[LogQuestionView], dates: DateWords, say: Say
) -> tuple[views.Question, ...]:
    posts = await room.directory.posts([each.responsible for each in questions if each.responsible])
    found: list[views.Question] = []
    for each in questions:
        if each.answered_at:
            status = Status(State.OK, say("Svar %(day)s") % {"day": dates.day(each.answered_at)})
        else:
            late = dates.is_late(each.due_on)
            words = say("Svar senast %(day)s") % {"day": dates.full(each.due_on)}
            status = Status(State.LATE if late else State.WAITING, words)
        post = posts.get(each.responsible)
        who = say("%(name)s ska svara.") % {"name": f"{post.name}, {post.agency_name}"} if post else ""
        found.append(views.Question(each.question, status, "" if each.answered_at else who, each.answer))
    return tuple(found)


async def _filters(room: Room, say: Say) -> tuple[Option, ...]:
    agencies = await room.directory.agencies()
    return (
        Option("", say("Alla myndigheter")),
        *(Option(code, each.name) for code, each in agencies.items() if each.kind != "forbund"),
        Option(_STOPPED, say("Bara det som stoppades")),
    )
