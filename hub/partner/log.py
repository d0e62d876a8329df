"""The API of the log: what happened in a case, and an agency's own log for its appointed reviewer (reading R26)."""

from datetime import datetime
from functools import partial
from typing import Annotated, Any, Final

from fastapi import Path, Query, Request
from pydantic import ConfigDict, Field

from hub.access import Asking, GuardedRouter, asks, public
from hub.audit import Ledger, LogEntry, LogFilter, LogPage, Outcome, Sequencer
from hub.cases import CaseId, Cases
from hub.kit.errors import Invalid, NotFound, Refused, StepUpNeeded, Unauthenticated, Undecided
from hub.kit.rest import Body, Instant, Limit, PageNumber, problems
from hub.web.questions import agency_log

router: Final = GuardedRouter(tags=["Logg"])
_USUAL: Final = (Unauthenticated, Refused, StepUpNeeded, NotFound, Undecided, Invalid)
_ENTRY: Final[dict[str, Any]] = {
    "id": "b7m2q9x4c1v8b5n3k6w0z2d4ya",
    "at": "2026-11-24T08:04:00Z",
    "question": "act_in_case",
    "act": "see_case",
    "outcome": "permit",
    "agency": "soc",
    "callerName": "Lena Sandström",
    "purpose": "sip",
    "categories": ["plan"],
    "erased": False,
}
CaseParam = Annotated[str, Path(alias="caseId", max_length=40, description="Ärendet / the case")]
Wanted = Annotated[Outcome | None, Query(alias="outcome", description="Bara de här svaren / only these answers")]
Since = Annotated[
    datetime | None,
    Query(alias="since", description="Från och med / from", json_schema_extra={"example": "2026-11-01T00:00:00Z"}),
]


class EntryBody(Body):
    """En rad i loggen."""

    model_config = ConfigDict(json_schema_extra={"example": _ENTRY})

    id: str = Field(description="Beslutsnummer / decision number")
    at: Instant
    question: str = Field(description="Vad som prövades / what was decided")
    act: str = Field(description="Vad som gjordes / what was done")
    outcome: Outcome = Field(description="Svaret / the answer")
    agency: str | None = Field(default=None, description="Vem som frågade / who asked")
    owner: str | None = Field(default=None, description="Vems uppgifterna är / whose information")
    caller_name: str | None = Field(default=None, description="Handläggaren / the official")
    purpose: str | None = Field(default=None, description="Till vad / what for")
    categories: tuple[str, ...] = Field(description="Vilka uppgifter / which information")
    erased: bool = Field(description="Personuppgifterna är gallrade / the personal part is erased")

    @classmethod
    def of(cls, entry: LogEntry) -> "EntryBody":
        return cls(
            id=entry.id,
            at=entry.at,
            question=entry.question,
            act=entry.act,
            outcome=entry.outcome,
            agency=entry.agency,
            owner=entry.owner,
            caller_name=entry.caller_name,
            purpose=entry.purpose,
            categories=entry.categories,
            erased=entry.erased,
        )


class EntryList(Body):
    """Rader i loggen, de nyaste först."""

    model_config = ConfigDict(json_schema_extra={"example": {"items": [_ENTRY], "page": 1, "limit": 20, "more": False}})

    items: tuple[EntryBody, ...] = Field(description="Rader / entries")
    page: int = Field(description="Sida / page")
    limit: int = Field(description="Antal per sida / items per page")
    more: bool = Field(description="Det finns fler / there are more")

    @classmethod
    def of(cls, page: LogPage, limit: int) -> "EntryList":
        return cls(
            items=tuple(EntryBody.of(each) for each in page.entries), page=page.number, limit=limit, more=page.more
        )


@router.get("/log-entries", summary="Myndighetens egen logg", responses=problems(*_USUAL))
async def agency_entries(
    request: Request,
    asking: Annotated[Asking, asks("read_log")],
    outcome: Wanted = None,
    since: Since = None,
    page: PageNumber = 1,
    limit: Limit = 20,
) -> EntryList:
    """Return what the caller's agency's staff and systems have done. / Vad den egna myndigheten har gjort i hubben."""
    state: Any = request.app.state
    await asking.permit(partial(agency_log, state.people, state.clock, asking.caller))
    ledger: Ledger = state.ledger
    wanted = LogFilter(outcome=outcome, since=_aware(since))
    found = await ledger.entries_of_agency(asking.caller.agency or "", wanted, page=page, limit=limit)
    return EntryList.of(found, limit)


@router.get("/cases/{caseId}/log-entries", summary="Ärendets logg", responses=problems(*_USUAL))
async def case_entries(
    request: Request,
    case_id: CaseParam,
    asking: Annotated[Asking, asks("act_in_case")],
    page: PageNumber = 1,
    limit: Limit = 20,
) -> EntryList:
    """Return what the caller's own agency has done in the case. / Vad den egna myndigheten har gjort i ärendet."""
    state: Any = request.app.state
    cases: Cases = state.cases
    await asking.permit(partial(cases.may, asking.caller, CaseId(case_id), "see_case"))
    ledger: Ledger = state.ledger
    own = LogFilter(agency=asking.caller.agency)
    return EntryList.of(await ledger.entries_in_case(case_id, own, page=page, limit=limit), limit)


class Checkpoints(Body):
    """Kontrollpunkter att spara utanför hubben: mot dem syns det om loggen kapas."""

    model_config = ConfigDict(json_schema_extra={"example": {"items": ["samverkanshubben.example/logg ..."]}})

    items: tuple[str, ...] = Field(description="Signerade noter enligt C2SP, äldst först / signed notes, oldest first")


@router.get("/checkpoints", summary="Loggens kontrollpunkter", responses=problems(Unauthenticated))
@public("a checkpoint tells nothing of anybody, and is meant to be kept by others")
async def checkpoints(
    request: Request,
    after: Annotated[int, Query(alias="after", ge=0, le=2**53, description="Större än den här / larger than this")] = 0,
) -> Checkpoints:
    """Return the signed checkpoints of the log, and note that the agency holds them. / Loggens signerade kontrollpunkter."""
    caller = await request.app.state.callers(request)
    sequencer: Sequencer = request.app.state.sequencer
    return Checkpoints(items=tuple(await sequencer.checkpoints_for(caller.agency or "", after)))


def _aware(since: datetime | None) -> datetime | None:
    """A time without a zone can't be told from another: RFC 3339 asks for one."""
    if since is not None and since.tzinfo is None:
        raise Invalid("Skriv tidpunkten med tidszon, helst UTC (Z).")
    return since
