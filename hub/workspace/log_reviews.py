"""The review of the agency's own log: drawing, judging each entry, signing, and taking the signed review out."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Annotated, ClassVar, Final

from fastapi import Query, Response

from hub.access import Asking, GuardedRouter, Permit, asks
from hub.access.questions import ReadLog
from hub.agencies import AgencyId, AssignmentId
from hub.audit import EntryId
from hub.cases import VERDICTS, Sample, SampledEntry, Verdict, as_csv, as_data, as_json, log_review_rules
from hub.kit.errors import Conflict, FieldError, Invalid, NotFound
from hub.people import IndividualId
from hub.web import FormModel, InvalidForm, LongText, Option, State, Status, with_errors_of
from hub.web.entries import EntryWords
from hub.web.forms import BLANK, Form
from hub.web.log_subjects import Subject, subject_of
from hub.web.pages import go, staff_page
from hub.web.questions import agency_log
from hub.web.room import In, Room
from hub.workspace.log import log_row_of
from hub.workspace.log_review_views import OneEntry, OneSample, SampledRow, SampleList, SampleRow
from hub.workspace.words import shield_of

router = GuardedRouter(prefix="/arbete/loggranskning/urval", include_in_schema=False)
Reviewing = Annotated[Asking, asks("read_log")]
HERE: Final = "/arbete/loggranskning"
HOME: Final = f"{HERE}/urval"
_FOUND: Final = {
    Verdict.IN_ORDER: State.OK,
    Verdict.ASK: State.WAITING,
    Verdict.REPORT: State.LATE,
}


class Judged(FormModel):
    """What the reviewer has found of one entry."""

    verdict: Verdict
    note: LongText = ""
    missing: ClassVar = {"verdict": "Välj vad du har kommit fram till."}


@router.get("")
async def samples(room: In, asking: Reviewing) -> Response:
    """What is owed, what is drawn and what is signed."""
    return await _list_page(room, asking, BLANK)


@router.post("")
async def draw(room: In, asking: Reviewing) -> Response:
    """Draw the next sample."""
    permit = await _permit(room, asking)
    try:
        made = await room.log_reviews.draw(permit, asking.caller, await room.once(asking.caller))
    except Conflict as conflict:
        return await _list_page(room, asking, _faulted(await room.form(), "draw", conflict))
    return go(f"{HOME}/{made}")


@router.get("/{sample}")
async def one(room: In, asking: Reviewing, sample: str) -> Response:
    """One draw with its entries: nothing of whom they are about. It prints as it is."""
    return await _sample_page(room, asking, sample, BLANK)


@router.post("/{sample}/underskrift")
async def sign(room: In, asking: Reviewing, sample: str) -> Response:
    """Sign that all of it is reviewed."""
    version, permit = await room.version(), await _permit(room, asking)
    try:
        await room.log_reviews.sign(permit, asking.caller, sample, version)
    except Conflict as conflict:
        return await _sample_page(room, asking, sample, _faulted(BLANK, "sign", conflict))
    return go(f"{HOME}/{sample}")


@router.get("/{sample}/utdrag")
async def extract(
    room: In, asking: Reviewing, sample: str, som: Annotated[str, Query(pattern="^(json|csv)$")] = "json"
) -> Response:
    """Take the signed review out, as JSON or CSV: decided as an extract. Raises NotFound until it is signed."""
    permit = await asking.permit(partial(agency_log, room.people, room.clock, asking.caller, "self"))
    found = await room.log_reviews.sample(permit, sample)
    if not found.signed:
        raise NotFound
    entries = await room.log_reviews.entries(permit, sample)
    reproduced = await room.log_reviews.reproduces(permit, sample)
    data = as_data(found, entries, await _names(room, found, entries), reproduced=reproduced)
    content, kind = (as_json(data), "application/json") if som == "json" else (as_csv(data), "text/csv; charset=utf-8")
    name = f"loggranskning-{found.until:%Y-%m-%d}.{som}"
    return Response(content, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@router.get("/{sample}/rad/{entry}")
async def entry_form(room: In, asking: Reviewing, sample: str, entry: EntryId) -> Response:
    """One entry, with the form for what the reviewer finds."""
    permit = await _permit(room, asking)
    return await _entry_page(room, asking, permit, sample, entry, BLANK)


@router.post("/{sample}/rad/{entry}")
async def review(room: In, asking: Reviewing, sample: str, entry: EntryId) -> Response:
    """Write down what was found."""
    form, permit = await room.form(), await _permit(room, asking)
    found = await _entry(room, permit, sample, entry)
    try:
        (await subject_of(asking, room.around, room.clock, found.entry)).require_unbarred()
        said = Judged.read(form, today=room.today)
        await room.log_reviews.review(permit, asking.caller, sample, entry, said.verdict, said.note)
    except Invalid as wrong:
        return await _entry_page(room, asking, permit, sample, entry, _again(form, wrong))
    except Conflict as conflict:
        return await _entry_page(room, asking, permit, sample, entry, _faulted(form, "verdict", conflict))
    return go(f"{HOME}/{sample}#rad-{entry}")


async def _permit(room: Room, asking: Asking) -> Permit[ReadLog]:
    return await asking.permit(partial(agency_log, room.people, room.clock, asking.caller))


async def _list_page(room: Room, asking: Asking, form: Form) -> Response:
    permit = await _permit(room, asking)
    agency = AgencyId(asking.caller.agency or "")
    planned, due = await room.log_reviews.plan(permit), await room.log_reviews.due(agency)
    view = SampleList(
        mark=(await room.marks())[agency],
        next_draw=due.next_draw,
        every_days=planned.every_days,
        random=planned.random,
        diarienummer=planned.diarienummer,
        rules=tuple(each.words for each in log_review_rules().rules),
        samples=tuple(_sample_row(room, each) for each in await room.log_reviews.samples(permit)),
    )
    return await staff_page(room, asking.caller, "workspace/log_samples.html", view, here=HERE, form=form)


def _sample_row(room: Room, sample: Sample) -> SampleRow:
    left = sample.drawn - sample.reviewed
    if sample.signed:
        status = Status(State.OK, "Underskrivet")
    else:
        status = Status(State.LATE if sample.due_on < room.today else State.WAITING, "Väntar på granskning")
    return SampleRow(f"{HOME}/{sample.id}", sample.since, sample.until, status, sample.due_on, sample.drawn, left)


async def _sample_page(room: Room, asking: Asking, sample: str, form: Form) -> Response:
    permit = await _permit(room, asking)
    found, entries = await room.log_reviews.sample(permit, sample), await room.log_reviews.entries(permit, sample)
    names, words = await _names(room, found, entries), await EntryWords.of(room)
    view = OneSample(
        address=f"{HOME}/{sample}",
        since=found.since,
        until=found.until,
        due=found.due_on,
        seed=found.seed,
        population=found.population,
        random=found.random,
        reproduced=await room.log_reviews.reproduces(permit, sample),
        rows=tuple(_row(each, words, names, sample) for each in entries if each.entry),
        left=found.drawn - found.reviewed,
        version=found.version,
        drawn_by=names.get(found.drawn_by, ""),
        signed_by=names.get(found.signed_by, "") if found.signed_by else "",
        signed_at=found.signed_at,
    )
    return await staff_page(room, asking.caller, "workspace/log_sample.html", view, here=HERE, form=form)


def _row(each: SampledEntry, words: EntryWords, names: Mapping[AssignmentId, str], sample: str) -> SampledRow:
    if each.entry is None:
        raise NotFound
    judged = Status(_FOUND[each.verdict], VERDICTS[each.verdict.value]) if each.verdict else None
    by = names.get(each.reviewed_by, "") if each.reviewed_by else ""
    return SampledRow(
        log_row_of(each.entry, words),
        tuple(log_review_rules().words(code) for code in each.reasons),
        judged or Status(State.WAITING, "Inte granskad"),
        f"{HOME}/{sample}/rad/{each.id}",
        each.note,
        by,
    )


async def _entry_page(
    room: Room, asking: Asking, permit: Permit[ReadLog], sample: str, entry: EntryId, form: Form
) -> Response:
    found = await _entry(room, permit, sample, entry)
    if found.entry is None:
        raise NotFound
    subject = await subject_of(asking, room.around, room.clock, found.entry)
    said = {"verdict": (found.verdict.value,), "note": (found.note,)} if found.verdict else {}
    view = OneEntry(
        act=f"{HOME}/{sample}/rad/{entry}",
        back=f"{HOME}/{sample}",
        row=log_row_of(found.entry, await EntryWords.of(room)),
        reasons=tuple(log_review_rules().words(code) for code in found.reasons),
        about=await _name_of(room, asking, subject),
        barred=subject.barred,
        verdicts=tuple(Option(code, words) for code, words in VERDICTS.items()),
    )
    shown = form if form.values or form.faults else Form(said)
    shield = shield_of(subject.protection)
    return await staff_page(
        room, asking.caller, "workspace/log_sampled.html", view, here=HERE, shield=shield, form=shown
    )


async def _name_of(room: Room, asking: Asking, subject: Subject) -> str:
    """Return the name that the reviewer's own agency has written down of whom the entry is about."""
    if subject.individual is None:
        return ""
    individual = IndividualId(subject.individual)
    person = (await room.people.known_as(AgencyId(asking.caller.agency or ""), [individual])).get(individual)
    return person.contact.name if person and person.contact else ""


async def _entry(room: Room, permit: Permit[ReadLog], sample: str, entry: EntryId) -> SampledEntry:
    entries = await room.log_reviews.entries(permit, sample)
    found = next((each for each in entries if each.id == entry), None)
    if found is None:
        raise NotFound
    return found


async def _names(room: Room, sample: Sample, entries: Iterable[SampledEntry]) -> Mapping[AssignmentId, str]:
    who = {sample.drawn_by, sample.signed_by, *(each.reviewed_by for each in entries)}
    posts = await room.directory.posts([each for each in who if each])
    return {each: post.name for each, post in posts.items()}


def _again(form: Form, wrong: Invalid) -> Form:
    return wrong.form if isinstance(wrong, InvalidForm) else with_errors_of(wrong, form)


def _faulted(form: Form, field: str, conflict: Conflict) -> Form:
    return form.with_faults([FieldError(field, conflict.detail)])
