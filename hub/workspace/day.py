"""Min dag: what waits for me, what is new, what is about to end; and my cases."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import Annotated

from fastapi import Response

from hub.access import Asking, Caller, GuardedRouter, Permit, asks
from hub.access.questions import ActInCase
from hub.agencies import AgencyId, AssignmentId, Role
from hub.cases import ANSWERING, CaseId, CaseView, WaitingInquiry
from hub.consent import Kind, LineState, Overview
from hub.kit.working_days import add_working_days
from hub.people import IndividualId, Person
from hub.people import texts as notice_texts
from hub.web import DateWords, Link, sentence
from hub.web.closed import closed_towards
from hub.web.pages import STAFF_HOME, go, staff_page
from hub.web.room import In, Room
from hub.workspace.views import CaseRow, Ending, MyCases, MyDay, News, Task
from hub.workspace.words import shield_of

router = GuardedRouter(prefix="/arbete", include_in_schema=False)
Seeing = Annotated[Asking, asks("act_in_case")]
#: When a consent counts as about to end.
SOON = timedelta(days=30)
#: Evidence that waits has no day in law; this many working days is our own measure.
_EVIDENCE_WITHIN = 3
_GONE = frozenset({LineState.WITHDRAWN, LineState.NARROWED})


@router.get("")
async def home(room: In, asking: Seeing) -> Response:
    """The door itself."""
    await permitted_cases(room, asking)
    return go(STAFF_HOME)


@router.get("/min-dag")
async def my_day(room: In, asking: Seeing) -> Response:
    """What must I do now."""
    caller, today = asking.caller, room.today
    permits = await permitted_cases(room, asking)
    since = await room.cases.look(caller)
    overviews = await room.consent_reader.overviews_for(permits, caller.agency or "")
    rows = await case_rows(room, caller, permits, overviews, since)
    tasks = sorted(await _tasks(room, asking, permits), key=lambda task: task.due or date.max)
    view = MyDay(
        today=today,
        tasks=tuple(tasks),
        news=_news(room, overviews, rows, since),
        endings=await _endings(room, caller, permits, rows),
        cases=rows,
        since=since,
        late=sum(task.due is not None and task.due < today for task in tasks),
    )
    return await staff_page(room, caller, "workspace/my_day.html", view, here=STAFF_HOME)


@router.get("/arenden")
async def my_cases(room: In, asking: Seeing) -> Response:
    """All my cases; those of protected individuals in a list of their own (reading R9)."""
    permits, since = await permitted_cases(room, asking), await room.cases.looked(asking.caller)
    overviews = await room.consent_reader.overviews_for(permits, asking.caller.agency or "")
    rows = await case_rows(room, asking.caller, permits, overviews, since)
    view = MyCases(
        tuple(row for row in rows if not row.shielded),
        tuple(row for row in rows if row.shielded),
    )
    return await staff_page(room, asking.caller, "workspace/my_cases.html", view, here="/arbete/arenden")


async def permitted_cases(room: Room, asking: Asking) -> list[Permit[ActInCase]]:
    """Return a permit for each of the caller's cases that may be seen now: one decision, one recording statement."""
    ids = await room.cases.mine(asking.caller)
    decided = await asking.each(partial(room.cases.may_see_each, asking.caller, ids))
    return [each for each in decided if isinstance(each, Permit)]


async def case_rows(
    room: Room,
    caller: Caller,
    permits: Sequence[Permit[ActInCase]],
    overviews: Sequence[Overview],
    since: datetime,
) -> tuple[CaseRow, ...]:
    """Return the rows of a list of cases, each with what its individual has said; what has happened `since` is new."""
    agency = AgencyId(caller.agency or "")
    views = {view.id: view for view in await room.cases.read_many(permits)}
    known = await room.people.known_as(agency, {view.individual for view in views.values()})
    found = [(views[CaseId(permit.about.case or "")], permit) for permit in permits]
    return tuple(
        _row(room, agency, view, known.get(view.individual), permit, overview, since)
        for (view, permit), overview in zip(found, overviews, strict=True)
    )


def _row(
    room: Room,
    agency: AgencyId,
    view: CaseView,
    person: Person | None,
    permit: Permit[ActInCase],
    overview: Overview,
    since: datetime,
) -> CaseRow:
    until = max((each.until for each in overview.consents if each.kind is Kind.SECRECY and each.until), default=None)
    ending = until is not None and until <= room.clock.now() + SOON
    step, waits = _step(overview, agency, ending=ending)
    shielded = shield_of(permit.question.person.protection) is not None
    contact = person.contact if person else None
    return CaseRow(
        href=f"/arbete/arenden/{view.id}",
        number=view.number,
        name="" if shielded else (contact.name if contact else f"Ärende {view.number}"),
        step=step,
        waits_for=waits,
        consent_until=DateWords.last_day(until) if until else None,
        news=len(_changes(overview, since)),
        ending=ending,
        shielded=shielded,
    )


def _step(overview: Overview, agency: AgencyId, *, ending: bool) -> tuple[str, str]:
    secrecy = [each for each in overview.consents if each.kind is Kind.SECRECY]
    waiting = sorted({line.owner for each in secrecy for line in each.lines if line.state is LineState.WAITING})
    if not secrecy:
        return "Fylla i ett samtycke", "Dig"
    if waiting:
        names = ", ".join(overview.names.get(each, each) for each in waiting)
        return "Godta samtycket", "Er sekretessansvariga" if waiting == [agency] else names
    return ("Förnya samtycket", "Dig") if ending else ("Inget just nu", "Ingen")


def _changes(overview: Overview, since: datetime) -> list[str]:
    """Return what has happened `since`, in words that follow the individual's name."""
    found: list[str] = []
    for consent in overview.consents:
        gone = [line for line in consent.lines if line.state in _GONE and line.until >= since]
        if gone:
            names = sentence([overview.names.get(code, code) for code in closed_towards(gone)])
            found.append(f"har tagit tillbaka sitt ja till {names}. De ser inget nytt.")
        if consent.given_at >= since and not gone:
            found.append("har svarat på frågan om samtycke.")
    return list(dict.fromkeys(found))


def _news(room: Room, overviews: Sequence[Overview], rows: Sequence[CaseRow], since: datetime) -> tuple[News, ...]:
    found: list[News] = []
    for overview, row in zip(overviews, rows, strict=True):
        if not row.news:
            continue
        who = Link(row.href, f"Ärende {row.number}" if row.shielded else row.name)
        at = max((each.given_at for each in overview.consents), default=room.clock.now())
        found += [News(who, words, at, shielded=row.shielded) for words in _changes(overview, since)]
    return tuple(found)


async def _endings(
    room: Room, caller: Caller, permits: Sequence[Permit[ActInCase]], rows: Sequence[CaseRow]
) -> tuple[Ending, ...]:
    row_of = {IndividualId(p.about.individual or ""): row for p, row in zip(permits, rows, strict=True)}
    found = await room.consent_due.expiring([str(each) for each in row_of], caller.agency)
    names = {str(each): agency.name for each, agency in (await room.directory.agencies()).items()}
    return tuple(_ending(each.until, row_of[IndividualId(each.individual)], each.receivers, names) for each in found)


def _ending(until: datetime, row: CaseRow, receivers: frozenset[str], names: dict[str, str]) -> Ending:
    who = Link(row.href, f"Ärende {row.number}" if row.shielded else row.name)
    listed = ", ".join(sorted(names.get(each, each) for each in receivers))
    return Ending(who, DateWords.last_day(until), f"Sedan får {listed} inte veta något mer.")


async def _tasks(room: Room, asking: Asking, permits: Sequence[Permit[ActInCase]]) -> list[Task]:
    caller = asking.caller
    agency, tasks = AgencyId(caller.agency or ""), list[Task]()
    if ANSWERING.intersection(caller.roles):
        tasks += [_inquiry(each) for each in await room.inquiries.waiting(asking, permits)]
    tasks += [_unattended(each) for each in await room.inquiries.unattended(asking)]
    if Role.SEKRETESSANSVARIG in caller.roles:
        tasks += await _official_tasks(room, agency)
    if Role.LOGGRANSKARE in caller.roles:
        tasks += await _review_tasks(room, agency)
        waiting = await room.log_questions.waiting(agency)
        words = "Någon undrar varför ni läste. Hubben lovar svar inom tio arbetsdagar."
        tasks += [
            Task("Svara på en fråga om loggen", words, "Skriv svaret", f"/arbete/fragor/{each}", due)
            for each, due in waiting.items()
        ]
    notices = await room.protecting.notices_for(AssignmentId(caller.assignment or ""))
    words_of = notice_texts()
    return tasks + [
        Task(words_of[each.kind].title, words_of[each.kind].text, "Läs", f"/arbete/meddelanden#m-{each.id}", room.today)
        for each in notices
    ]


async def _review_tasks(room: Room, agency: AgencyId) -> list[Task]:
    """Return what the agency owes of its log's review: the draw when its day has come, and what is drawn and unsigned."""
    due, home = await room.log_reviews.due(agency), "/arbete/loggranskning/urval"
    tasks = [
        Task("Granska ett urval ur loggen", "Skriv under när alla rader är granskade.", "Granska", f"{home}/{each}", by)
        for each, by in due.unsigned.items()
    ]
    if due.next_draw <= room.today:
        words = "Myndigheten ska följa upp sin logg återkommande."
        tasks.append(Task("Dra nästa urval ur loggen", words, "Dra urvalet", home, due.next_draw))
    return tasks


def _inquiry(waiting: WaitingInquiry) -> Task:
    return Task(
        "Svara på en fråga för hand" + (" (brådskar)" if waiting.urgent else ""),
        "En annan myndighet i ett av dina ärenden undrar något.",
        "Svara",
        f"/arbete/fragor-till-oss/{waiting.id}",
        waiting.due_on,
    )


def _unattended(waiting: WaitingInquiry) -> Task:
    return Task(
        "Välj vem som svarar på en fråga" + (" (brådskar)" if waiting.urgent else ""),
        "En annan myndighet frågar, och ingen hos er är med i ärendet.",
        "Välj",
        f"/arbete/fragor-till-oss/{waiting.id}/ta-emot",
        waiting.due_on,
    )


async def _official_tasks(room: Room, agency: AgencyId) -> list[Task]:
    reviews = await room.reviews.waiting_for(agency)
    evidence = await room.consent_due.awaiting(agency)
    return [
        *(
            Task(
                "Pröva om ni kan lämna ut något" + (" (akut)" if urgent else ""),
                "En annan myndighet ber er pröva ett nej.",
                "Svara",
                f"/arbete/provningar/{each}",
                due,
            )
            for each, due, urgent in reviews
        ),
        *(
            Task(
                "Godta ett samtycke som andra har skrivit ned",
                "Det gäller först när du är säker på det.",
                "Läs",
                f"/arbete/underlag/{each.consent}",
                add_working_days(DateWords.day_of(each.since), _EVIDENCE_WITHIN),
            )
            for each in evidence
        ),
    ]
