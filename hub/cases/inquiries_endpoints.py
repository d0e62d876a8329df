"""The API of questions to other parties' officials: asking, answering by hand, reading what was answered."""

from functools import partial
from typing import Annotated, Any, Final

from fastapi import Path, Request, Response

from hub.access import Asking, GuardedRouter, Permit, asks
from hub.access.questions import ActInCase
from hub.access.questions.words import CaseAct
from hub.agencies import AgencyId
from hub.cases.inquiries import Inquiries
from hub.cases.inquiries_schemas import (
    InquiryAnswerBody,
    InquiryBody,
    InquiryList,
    NewInquiry,
    QuestionBody,
    WaitingBody,
)
from hub.cases.model import CaseId, InquiryId
from hub.cases.service import Cases
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
from hub.kit.rest import CONDITIONAL, Idempotent, IfMatch, problems, with_etag

router: Final = GuardedRouter(prefix="/{caseId}/inquiries", tags=["Ärenden"])
_USUAL: Final = (Unauthenticated, Refused, StepUpNeeded, NotFound, Undecided, Invalid)
_EDIT: Final = (*_USUAL, Conflict, PreconditionFailed, PreconditionRequired)
CaseParam = Annotated[str, Path(alias="caseId", max_length=40, description="Ärendet / the case", examples=["qk3v6b2h"])]
InquiryParam = Annotated[str, Path(alias="inquiryId", max_length=40, description="Frågan / the question")]
InCaseOrTold = Annotated[Asking, asks("act_in_case", "disclose")]


class _Room:
    """The services, out of the application."""

    def __init__(self, request: Request) -> None:
        state: Any = request.app.state
        self.cases: Cases = state.cases
        self.inquiries: Inquiries = state.inquiries

    async def in_case(self, asking: Asking, case: str, act: CaseAct) -> Permit[ActInCase]:
        return await asking.permit(partial(self.cases.may, asking.caller, CaseId(case), act))

    async def on(self, asking: Asking, case: str, act: CaseAct, inquiry: str) -> Permit[ActInCase]:
        """Return the permit to do `act` on one question. Raises NotFound when it belongs to another case."""
        permit = await asking.permit(partial(self.inquiries.may, asking.caller, act, InquiryId(inquiry)))
        if permit.about.case != case:
            raise NotFound
        return permit

    async def asked(self, asking: Asking, permit: Permit[ActInCase], inquiry: str, response: Response) -> InquiryBody:
        """Return one that the caller's agency has asked."""
        views = await self.inquiries.answers(asking, permit)
        found = next((InquiryBody.of(each) for each in views if each.id == inquiry), None)
        if found is None:
            raise NotFound
        with_etag(response, found)
        return found


@router.get("", summary="Frågor i ärendet", responses=problems(*_USUAL))
async def list_inquiries(request: Request, case_id: CaseParam, asking: InCaseOrTold) -> InquiryList:
    """Return what the caller's agency has asked, and what waits for it. / Frågor ni har ställt, och de som väntar på er."""
    room = _Room(request)
    permit = await room.in_case(asking, case_id, "see_case")
    waiting = await room.inquiries.waiting(asking, [permit])
    return InquiryList(
        asked=tuple(InquiryBody.of(each) for each in await room.inquiries.answers(asking, permit)),
        to_answer=tuple(WaitingBody(id=each.id, due_on=each.due_on, urgent=each.urgent) for each in waiting),
    )


@router.post("", status_code=201, summary="Fråga en annan part", responses=problems(*_USUAL, Conflict))
async def ask_inquiry(
    request: Request, response: Response, case_id: CaseParam, body: NewInquiry, asking: InCaseOrTold, once: Idempotent
) -> InquiryBody:
    """Put a question to another party's officials. / Frågar en annan parts handläggare, som svarar för hand."""
    room = _Room(request)
    permit = await room.in_case(asking, case_id, "ask_inquiry")
    made = await room.inquiries.ask(
        asking,
        permit,
        AgencyId(body.owner),
        categories=body.categories,
        question=body.question,
        urgent=body.urgent,
        once=once,
    )
    return await room.asked(asking, permit, made, response)


@router.get("/{inquiryId}", summary="Läs svaret på en fråga", responses=CONDITIONAL | problems(*_USUAL))
async def read_inquiry(
    request: Request, response: Response, case_id: CaseParam, inquiry_id: InquiryParam, asking: InCaseOrTold
) -> InquiryBody:
    """Return a question with what may be told now. / En fråga ni har ställt, med det av svaret som får lämnas nu."""
    room = _Room(request)
    return await room.asked(asking, await room.in_case(asking, case_id, "see_case"), inquiry_id, response)


@router.post("/{inquiryId}/withdrawal", summary="Ta tillbaka en fråga", responses=problems(*_EDIT))
async def withdraw_inquiry(
    request: Request,
    response: Response,
    case_id: CaseParam,
    inquiry_id: InquiryParam,
    version: IfMatch,
    asking: InCaseOrTold,
) -> InquiryBody:
    """Take back a question that isn't answered. / Tar tillbaka en fråga som inte är besvarad."""
    room = _Room(request)
    permit = await room.on(asking, case_id, "withdraw_inquiry", inquiry_id)
    await room.inquiries.withdraw(asking, permit, InquiryId(inquiry_id), version)
    return await room.asked(asking, permit, inquiry_id, response)


@router.get("/{inquiryId}/question", summary="Läs en fråga till er", responses=CONDITIONAL | problems(*_USUAL))
async def read_question(
    request: Request, response: Response, case_id: CaseParam, inquiry_id: InquiryParam, asking: InCaseOrTold
) -> QuestionBody:
    """Return a question put to the caller's agency. / En fråga till er, vad svaret vilar på, och vad ni har svarat."""
    room = _Room(request)
    permit = await room.on(asking, case_id, "read_inquiry", inquiry_id)
    found = QuestionBody.of(await room.inquiries.read(asking, permit, InquiryId(inquiry_id)))
    with_etag(response, found)
    return found


@router.put("/{inquiryId}/answer", summary="Svara för hand", responses=problems(*_EDIT))
async def answer_inquiry(
    request: Request,
    response: Response,
    case_id: CaseParam,
    inquiry_id: InquiryParam,
    body: InquiryAnswerBody,
    version: IfMatch,
    asking: InCaseOrTold,
) -> QuestionBody:
    """Save a draft, or send it: then it is only succeeded. / Sparar ett utkast eller skickar: ett nyare kan följa på det."""
    room, inquiry = _Room(request), InquiryId(inquiry_id)
    permit = await room.on(asking, case_id, "answer_inquiry", inquiry_id)
    await room.inquiries.save(asking, permit, inquiry, body.said(), version, send=body.send)
    found = QuestionBody.of(await room.inquiries.read(asking, permit, inquiry))
    with_etag(response, found)
    return found
