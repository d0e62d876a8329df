"""The API of the log's review: draw, judge, sign, take out. For an agency's appointed log reviewer (reading R26).

How often, and how many by lot, its administrator sets.
"""

from datetime import date
from functools import partial
from typing import Annotated, Any, Final

from fastapi import Path, Request, Response
from pydantic import ConfigDict, Field

from hub.access import Asking, GuardedRouter, Permit, asks
from hub.access.questions import ReadLog
from hub.agencies import AgencyId
from hub.audit import EntryId
from hub.cases import LogReviews, Sample, SampledEntry, Verdict
from hub.consent import ConsentServices
from hub.kit.errors import (
    Conflict,
    Invalid,
    NotFound,
    PreconditionFailed,
    PreconditionRequired,
    Refused,
    StepUpNeeded,
    Unauthenticated,
    Undecided,
)
from hub.kit.rest import CONDITIONAL, Body, Idempotent, IfMatch, Instant, Limit, PageNumber, day, problems, with_etag
from hub.partner.administering import USUAL, Administering, Made, Room
from hub.web.log_subjects import subject_of
from hub.web.questions import agency_log

router: Final = GuardedRouter(tags=["Logg"])
_USUAL: Final = (Unauthenticated, Refused, StepUpNeeded, NotFound, Undecided, Invalid)
_ID: Final = "b7m2q9x4c1v8b5n3k6w0z2d4ya"
_ENTRY: Final[dict[str, Any]] = {
    "id": _ID,
    "act": "see_case",
    "outcome": "permit",
    "callerName": "Lena Sandström",
    "reasons": ["random"],
    "verdict": "in_order",
    "note": "",
}
_SAMPLE: Final[dict[str, Any]] = {
    "id": _ID,
    "since": "2026-10-24T08:04:00Z",
    "until": "2026-11-24T08:04:00Z",
    "seed": "3f2a9c114be07d5586a1c0ffee5eed77",
    "population": 412,
    "drawn": 27,
    "reviewed": 3,
    "dueOn": "2026-12-08",
    "signed": False,
    "version": 4,
}
SampleParam = Annotated[str, Path(alias="sampleId", max_length=40, description="Urvalet / the sample")]
EntryParam = Annotated[str, Path(alias="entryId", max_length=40, description="Raden / the entry")]
Reviewing = Annotated[Asking, asks("read_log")]


class SampleBody(Body):
    """Ett urval ur den egna myndighetens logg."""

    model_config = ConfigDict(json_schema_extra={"example": _SAMPLE})

    id: str = Field(description="Urvalet / the sample")
    since: Instant
    until: Instant
    seed: str = Field(description="Fröet: lottningen kan göras om / the seed that it was drawn with")
    population: int = Field(description="Rader i perioden / entries in the period")
    drawn: int = Field(description="Dragna rader / entries drawn")
    reviewed: int = Field(description="Granskade rader / entries reviewed")
    due_on: date = day("Klart senast / due on")
    signed: bool = Field(description="Underskrivet / signed")
    version: int = Field(description="För If-Match när det skrivs under / for If-Match")

    @classmethod
    def of(cls, found: Sample) -> "SampleBody":
        return cls(
            id=found.id,
            since=found.since,
            until=found.until,
            seed=found.seed,
            population=found.population,
            drawn=found.drawn,
            reviewed=found.reviewed,
            due_on=found.due_on,
            signed=found.signed,
            version=found.version,
        )


class SampleList(Body):
    """Myndighetens urval, de nyaste först."""

    model_config = ConfigDict(json_schema_extra={"example": {"nextDrawOn": "2026-12-24", "items": [_SAMPLE]}})

    next_draw_on: date = day("När nästa urval ska dras / when the next one is due")
    items: tuple[SampleBody, ...] = Field(description="Urval / samples")


class SampledBody(Body):
    """En dragen rad. Vem den gäller är inte med."""

    model_config = ConfigDict(json_schema_extra={"example": _ENTRY})

    id: str = Field(description="Beslutsnummer / decision number")
    act: str = Field(description="Vad som gjordes / what was done")
    outcome: str = Field(description="Svaret / the answer")
    caller_name: str = Field(description="Handläggaren / the official")
    reasons: tuple[str, ...] = Field(description="Varför raden drogs / why it was drawn")
    verdict: Verdict | None = Field(default=None, description="Bedömningen / what was found")
    note: str = Field(default="", description="Anteckning / note")

    @classmethod
    def of(cls, found: SampledEntry) -> "SampledBody":
        entry = found.entry
        return cls(
            id=found.id,
            act=entry.act if entry else "",
            outcome=entry.outcome.value if entry else "",
            caller_name=(entry and entry.caller_name) or "",
            reasons=found.reasons,
            verdict=found.verdict,
            note=found.note,
        )


class SampledList(Body):
    """Rader i ett urval."""

    model_config = ConfigDict(json_schema_extra={"example": {"items": [_ENTRY], "page": 1, "limit": 20, "more": False}})

    items: tuple[SampledBody, ...] = Field(description="Rader / entries")
    page: int = Field(description="Sida / page")
    limit: int = Field(description="Antal per sida / items per page")
    more: bool = Field(description="Det finns fler / there are more")


class Judgement(Body):
    """Vad granskaren har kommit fram till."""

    model_config = ConfigDict(json_schema_extra={"example": {"verdict": "ask", "note": "Varför så sent?"}})

    verdict: Verdict = Field(description="Bedömningen / what was found")
    note: str = Field(default="", max_length=2000, description="Varför / why")


class Extract(Body):
    """En underskriven granskning."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"sample": _SAMPLE, "reproduced": True, "signedBy": "H", "entries": [_ENTRY]}}
    )

    sample: SampleBody = Field(description="Urvalet / the sample")
    reproduced: bool = Field(description="Lottningen ger samma rader / the lots give the same")
    signed_by: str = Field(description="Underskrivet av / signed by")
    entries: tuple[SampledBody, ...] = Field(description="Rader / entries")


class NewPlan(Body):
    """Hur ofta den egna loggen granskas."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"everyDays": 14, "random": 30, "decision": "Loggrutin", "diarienummer": "SN 2026-41"}
        }
    )

    every_days: Annotated[int, Field(ge=1, le=1000, description="Dagar mellan urvalen / days between samples")]
    random: Annotated[int, Field(ge=1, le=1000, description="Rader som dras med lott / entries drawn by lot")]
    decision: Annotated[str, Field(max_length=500, description="Beslutet / the decision")]
    diarienummer: Annotated[str, Field(max_length=500, description="Diarienummer / file number")]


@router.post(
    "/log-review-plans", status_code=201, summary="Besluta om loggranskning", responses=problems(*USUAL, Conflict)
)
async def set_log_review(request: Request, body: NewPlan, asking: Administering, once: Idempotent) -> Made:
    """Set how often the agency's log is reviewed. / Anger hur ofta myndighetens logg granskas."""
    room = Room(request, asking)
    made = await room.approvals.set_log_review(
        await room.mandate("set_log_review", decided=True),
        every_days=body.every_days,
        random=body.random,
        decision=body.decision,
        diarienummer=body.diarienummer,
        once=once,
    )
    return Made(id=made)


@router.get("/log-reviews", summary="Urval ur loggen", responses=problems(*_USUAL))
async def samples(request: Request, asking: Reviewing) -> SampleList:
    """Return the agency's samples, and when the next is due. / Myndighetens urval, och när nästa ska dras."""
    reviews, permit = _reviews(request), await _permit(request, asking)
    due = await reviews.due(AgencyId(asking.caller.agency or ""))
    items = tuple(SampleBody.of(each) for each in await reviews.samples(permit))
    return SampleList(next_draw_on=due.next_draw, items=items)


@router.post("/log-reviews", summary="Dra ett urval", status_code=201, responses=problems(*_USUAL, Conflict))
async def draw(request: Request, asking: Reviewing, once: Idempotent) -> SampleBody:
    """Draw the next sample: all that has happened since the last. / Drar nästa urval ur allt som har hänt sedan sist."""
    reviews, permit = _reviews(request), await _permit(request, asking)
    return SampleBody.of(await reviews.sample(permit, await reviews.draw(permit, asking.caller, once)))


@router.get("/log-reviews/{sampleId}", summary="Ett urval", responses={**problems(*_USUAL), **CONDITIONAL})
async def sample(request: Request, response: Response, sample_id: SampleParam, asking: Reviewing) -> SampleBody:
    """Return one sample, with the version to sign. / Ett urval, med den version som ska skrivas under."""
    found = SampleBody.of(await _reviews(request).sample(await _permit(request, asking), sample_id))
    with_etag(response, found)
    return found


@router.get("/log-reviews/{sampleId}/entries", summary="Rader i ett urval", responses=problems(*_USUAL))
async def entries(
    request: Request, sample_id: SampleParam, asking: Reviewing, page: PageNumber = 1, limit: Limit = 20
) -> SampledList:
    """Return the entries of one sample, oldest first. / Raderna i ett urval, de äldsta först."""
    found = await _reviews(request).entries(await _permit(request, asking), sample_id)
    first = (page - 1) * limit
    items = tuple(SampledBody.of(each) for each in found[first : first + limit])
    return SampledList(items=items, page=page, limit=limit, more=len(found) > first + limit)


@router.put("/log-reviews/{sampleId}/entries/{entryId}", summary="Bedöm en rad", responses=problems(*_USUAL, Conflict))
async def review(
    request: Request, sample_id: SampleParam, entry_id: EntryParam, judgement: Judgement, asking: Reviewing
) -> SampledBody:
    """Write down what was found of one entry. / Skriver ned bedömningen av en rad."""
    reviews, permit, entry = _reviews(request), await _permit(request, asking), EntryId(entry_id)
    found = await _entry(reviews, permit, sample_id, entry)
    state: Any = request.app.state
    consent: ConsentServices = state.consent
    (await subject_of(asking, consent.around, state.clock, found.entry)).require_unbarred()
    await reviews.review(permit, asking.caller, sample_id, entry, judgement.verdict, judgement.note)
    return SampledBody.of(await _entry(reviews, permit, sample_id, entry))


@router.post(
    "/log-reviews/{sampleId}/signature",
    summary="Skriv under",
    responses=problems(*_USUAL, Conflict, PreconditionFailed, PreconditionRequired),
)
async def sign(request: Request, sample_id: SampleParam, asking: Reviewing, version: IfMatch) -> SampleBody:
    """Sign that all of it is reviewed. / Skriver under att allt är granskat."""
    reviews, permit = _reviews(request), await _permit(request, asking)
    await reviews.sign(permit, asking.caller, sample_id, version)
    return SampleBody.of(await reviews.sample(permit, sample_id))


@router.get("/log-reviews/{sampleId}/extract", summary="Utdrag ur en granskning", responses=problems(*_USUAL))
async def extract(request: Request, sample_id: SampleParam, asking: Reviewing) -> Extract:
    """Return a signed review, decided as an extract. / En underskriven granskning, prövad som ett utdrag."""
    state: Any = request.app.state
    reviews = _reviews(request)
    permit = await asking.permit(partial(agency_log, state.people, state.clock, asking.caller, "self"))
    found, rows = await reviews.sample(permit, sample_id), await reviews.entries(permit, sample_id)
    if not found.signed or found.signed_by is None:
        raise NotFound
    posts = await state.directory.posts([found.signed_by])
    return Extract(
        sample=SampleBody.of(found),
        reproduced=await reviews.reproduces(permit, sample_id),
        signed_by=posts[found.signed_by].name,
        entries=tuple(SampledBody.of(each) for each in rows),
    )


def _reviews(request: Request) -> LogReviews:
    return request.app.state.log_reviews


async def _permit(request: Request, asking: Asking) -> Permit[ReadLog]:
    state: Any = request.app.state
    return await asking.permit(partial(agency_log, state.people, state.clock, asking.caller))


async def _entry(reviews: LogReviews, permit: Permit[ReadLog], sample: str, entry: EntryId) -> SampledEntry:
    found = next((each for each in await reviews.entries(permit, sample) if each.id == entry), None)
    if found is None:
        raise NotFound
    return found
