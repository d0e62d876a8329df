"""The API of questions to an agency that has nobody in the case: seeing that they wait, and choosing who answers."""

from datetime import date
from functools import partial
from typing import Annotated, Any, Final

from fastapi import Path, Request
from pydantic import ConfigDict, Field

from hub.access import Asking, GuardedRouter, asks
from hub.agencies import AssignmentId
from hub.cases import AlreadyInTeam, Inquiries, InquiryId, NotAColleague, WaitingInquiry
from hub.kit.errors import Invalid, NotFound, Refused, StepUpNeeded, Unauthenticated, Undecided
from hub.kit.rest import Body, day, problems

router: Final = GuardedRouter(prefix="/inquiries", tags=["Ärenden"])
_USUAL: Final = (Unauthenticated, Refused, StepUpNeeded, NotFound, Undecided, Invalid)
_WAITING: Final[dict[str, Any]] = {
    "id": "f3m2q9x4c1v8b5n3k6w0z2d4ya",
    "caseId": "qk3v6b2h",
    "dueOn": "2026-11-27",
    "urgent": False,
}
InquiryParam = Annotated[str, Path(alias="inquiryId", max_length=40, description="Frågan / the question")]
InCaseOrTold = Annotated[Asking, asks("act_in_case", "disclose")]


class UnattendedBody(Body):
    """Att något väntar på svar i ett ärende där ingen hos er är med: inget om vem, inget om vad."""

    model_config = ConfigDict(json_schema_extra={"example": _WAITING})

    id: str = Field(description="Beteckning / id")
    case_id: str = Field(description="Ärendet / the case")
    due_on: date = day("Sista dag för svar / answer is owed by")
    urgent: bool = Field(description="Brådskar / is urgent")

    @classmethod
    def of(cls, view: WaitingInquiry) -> "UnattendedBody":
        return cls(id=view.id, case_id=view.case, due_on=view.due_on, urgent=view.urgent)


class UnattendedList(Body):
    """Frågor till er som ingen hos er har tagit emot, de mest brådskande först."""

    model_config = ConfigDict(json_schema_extra={"example": {"items": [_WAITING]}})

    items: tuple[UnattendedBody, ...] = Field(description="Frågor / questions")


class Receiver(Body):
    """Vem hos er som ska svara."""

    model_config = ConfigDict(json_schema_extra={"example": {"assignmentId": "b7m2q9x4c1v8b5n3k6w0z2d4ya"}})

    assignment_id: Annotated[str, Field(max_length=40, description="Uppdraget / the assignment")]


@router.get("", summary="Frågor som ingen hos er har tagit emot", responses=problems(*_USUAL))
async def unattended(request: Request, asking: InCaseOrTold) -> UnattendedList:
    """Return what waits in cases where nobody of yours is on the team. / Frågor i ärenden där ingen hos er är med."""
    waiting = await _inquiries(request).unattended(asking)
    return UnattendedList(items=tuple(UnattendedBody.of(each) for each in waiting))


@router.put(
    "/{inquiryId}/receiver", summary="Välj vem som svarar", responses=problems(*_USUAL, AlreadyInTeam, NotAColleague)
)
async def receive(request: Request, inquiry_id: InquiryParam, body: Receiver, asking: InCaseOrTold) -> UnattendedBody:
    """Put a colleague on the team, to answer. / Lägger till en kollega i teamet, som ska svara på frågan."""
    inquiries = _inquiries(request)
    permit = await asking.permit(partial(inquiries.may_receive, asking.caller, InquiryId(inquiry_id)))
    return UnattendedBody.of(await inquiries.receive(asking, permit, AssignmentId(body.assignment_id)))


def _inquiries(request: Request) -> Inquiries:
    state: Any = request.app.state
    return state.inquiries
