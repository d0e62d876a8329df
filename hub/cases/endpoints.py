"""The API of cases. Each handler is a sentence: who may, what is done, what comes back."""

import asyncio
from functools import partial
from typing import Annotated, Any, Final

from fastapi import Path, Request, Response

from hub.access import Asking, GuardedRouter, Permit, asks
from hub.access.questions import ActInCase
from hub.access.questions.words import CaseAct
from hub.agencies import AgencyId, AssignmentId, Directory
from hub.cases.errors import AlreadyInTeam, LastMember, NotAColleague
from hub.cases.lifting_endpoints import router as lifting_router
from hub.cases.model import CaseId, ReviewId
from hub.cases.reviews import Reviews
from hub.cases.schemas import (
    CaseBody,
    CaseEdit,
    CaseList,
    Declaration,
    HandOver,
    NewCase,
    NewMember,
    NewParty,
    NewReview,
    Reason,
    ReviewAnswer,
    ReviewBody,
    ReviewList,
    SharingBody,
    WayBody,
)
from hub.cases.service import Cases
from hub.cases.sharing import Sharing
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
from hub.kit.rest import CONDITIONAL, Idempotent, IfMatch, Limit, PageNumber, problems, with_etag
from hub.people import People, PersonId

router: Final = GuardedRouter(prefix="/cases", tags=["Ärenden"])
_USUAL: Final = (Unauthenticated, Refused, StepUpNeeded, NotFound, Undecided, Invalid)
_EDIT: Final = (*_USUAL, Conflict, PreconditionFailed, PreconditionRequired)
CaseParam = Annotated[str, Path(alias="caseId", max_length=40, description="Ärendet / the case", examples=["qk3v6b2h"])]
ReviewParam = Annotated[str, Path(alias="reviewId", max_length=40, description="Begäran / the request")]
AssignmentParam = Annotated[str, Path(alias="assignmentId", max_length=40, description="Uppdraget / the assignment")]
InCase = Annotated[Asking, asks("act_in_case")]
InCaseOrTold = Annotated[Asking, asks("act_in_case", "disclose")]


class _Room:
    """The services of cases, out of the application."""

    def __init__(self, request: Request) -> None:
        state: Any = request.app.state
        self.cases: Cases = state.cases
        self.sharing: Sharing = state.sharing
        self.reviews: Reviews = state.reviews
        self.people: People = state.people
        self.directory: Directory = state.directory

    async def may(self, asking: Asking, case: str, act: CaseAct, **more: Any) -> Permit[ActInCase]:
        return await asking.permit(partial(self.cases.may, asking.caller, CaseId(case), act, **more))

    async def body(self, asking: Asking, permit: Permit[ActInCase]) -> CaseBody:
        """Return the case with the parties that the caller may know of, and the caller's own personId."""
        case = await self.cases.read(permit)
        parties = await self.sharing.parties(asking, permit)
        agency = AgencyId(permit.question.caller.agency)
        known = await self.people.known_as(agency, [case.individual])
        person = known[case.individual].id if case.individual in known else None
        return CaseBody.of(case, person, tuple(sorted(each.agency.id for each in parties)))


@router.get("", summary="Mina ärenden", responses=problems(*_USUAL))
async def list_cases(request: Request, asking: InCaseOrTold, page: PageNumber = 1, limit: Limit = 20) -> CaseList:
    """Return the open cases on whose team the caller is. / Öppna ärenden där den som frågar är med i teamet."""
    room = _Room(request)
    mine = await room.cases.mine(asking.caller)
    asked = await asking.each(partial(room.cases.may_see_each, asking.caller, mine))
    decided = [each for each in asked if isinstance(each, Permit)]
    wanted = decided[(page - 1) * limit : page * limit]
    bodies = await asyncio.gather(*[room.body(asking, each) for each in wanted])
    return CaseList(items=tuple(bodies), page=page, limit=limit, more=len(decided) > page * limit)


@router.post("", status_code=201, summary="Öppna ett ärende", responses=problems(*_USUAL, Conflict))
async def open_case(
    request: Request,
    response: Response,
    body: NewCase,
    asking: Annotated[Asking, asks("open_case", "act_in_case", "disclose")],
    once: Idempotent,
) -> CaseBody:
    """Open a case led by the caller's agency. / Öppnar ett ärende som den egna myndigheten leder."""
    room = _Room(request)
    seeing = partial(room.people.may_see, asking.caller, PersonId(body.person_id))
    permit = await asking.permit(partial(room.cases.may_open, seeing, body.purpose))
    case = await room.cases.open(permit, asking.caller, body.subject, once)
    made = await room.body(asking, await room.may(asking, case, "see_case"))
    with_etag(response, made)
    return made


@router.get("/{caseId}", summary="Läs ett ärende", responses=CONDITIONAL | problems(*_USUAL))
async def read_case(request: Request, response: Response, case_id: CaseParam, asking: InCaseOrTold) -> CaseBody:
    """Return a case as the caller's agency may see it. / Ett ärende, så som den egna myndigheten får se det."""
    room = _Room(request)
    found = await room.body(asking, await room.may(asking, case_id, "see_case"))
    with_etag(response, found)
    return found


@router.patch("/{caseId}", summary="Ändra vad ärendet gäller", responses=problems(*_EDIT))
async def edit_case(
    request: Request, response: Response, case_id: CaseParam, body: CaseEdit, version: IfMatch, asking: InCaseOrTold
) -> CaseBody:
    """Say anew what the case is about. / Skriver om vad ärendet gäller."""
    room = _Room(request)
    permit = await room.may(asking, case_id, "edit_case")
    await room.cases.edit(permit, asking.caller, body.subject, version)
    return await read_case(request, response, case_id, asking)


@router.post("/{caseId}/closing", summary="Avsluta ärendet", responses=problems(*_EDIT))
async def close_case(
    request: Request, response: Response, case_id: CaseParam, version: IfMatch, asking: InCaseOrTold
) -> CaseBody:
    """Close the case. What others saw through it stops at once. / Avslutar; det andra såg genom ärendet upphör genast."""
    room = _Room(request)
    permit = await room.may(asking, case_id, "close_case")
    await room.cases.close(permit, asking.caller, version)
    return await read_case(request, response, case_id, asking)


@router.post("/{caseId}/reopening", summary="Öppna ärendet igen", responses=problems(*_EDIT))
async def reopen_case(
    request: Request, response: Response, case_id: CaseParam, body: Reason, version: IfMatch, asking: InCaseOrTold
) -> CaseBody:
    """Open a closed case again. / Öppnar ett avslutat ärende igen."""
    room = _Room(request)
    permit = await room.may(asking, case_id, "reopen_case", reason_given=bool(body.reason.strip()))
    await room.cases.reopen(permit, asking.caller, version, body.reason)
    return await read_case(request, response, case_id, asking)


@router.post(
    "/{caseId}/members", summary="Lägg till en kollega", responses=problems(*_USUAL, AlreadyInTeam, NotAColleague)
)
async def add_member(
    request: Request, response: Response, case_id: CaseParam, body: NewMember, asking: InCaseOrTold
) -> CaseBody:
    """Put one of the caller's own agency on the team. / Lägger till någon på den egna myndigheten."""
    room = _Room(request)
    permit = await room.may(asking, case_id, "add_to_team")
    colleagues = await room.directory.colleagues(AgencyId(permit.question.caller.agency))
    await room.cases.add_member(permit, asking.caller, body.assignment_id, {each.assignment for each in colleagues})
    return await read_case(request, response, case_id, asking)


@router.delete("/{caseId}/members/{assignmentId}", summary="Ta bort ur teamet", responses=problems(*_USUAL, LastMember))
async def remove_member(
    request: Request, response: Response, case_id: CaseParam, assignment_id: AssignmentParam, asking: InCaseOrTold
) -> CaseBody:
    """Take somebody off the team; their access stops at once. / Tar bort ur teamet; åtkomsten upphör genast."""
    room = _Room(request)
    permit = await room.may(asking, case_id, "remove_from_team")
    await room.cases.remove_member(permit, asking.caller, AssignmentId(assignment_id))
    return await read_case(request, response, case_id, asking)


@router.post("/{caseId}/hand-overs", summary="Lämna över", responses=problems(*_USUAL))
async def hand_over(
    request: Request, response: Response, case_id: CaseParam, body: HandOver, asking: InCaseOrTold
) -> CaseBody:
    """Let another member answer for the case at the caller's agency. / Låter en annan i teamet ansvara."""
    room = _Room(request)
    permit = await room.may(asking, case_id, "hand_over", reason_given=bool(body.reason.strip()))
    await room.cases.hand_over(permit, asking.caller, body.assignment_id, body.reason)
    return await read_case(request, response, case_id, asking)


@router.post("/{caseId}/parties", summary="Ta med en myndighet", responses=problems(*_USUAL, NotAColleague))
async def add_party(
    request: Request, response: Response, case_id: CaseParam, body: NewParty, asking: InCaseOrTold
) -> CaseBody:
    """Let another agency join, if it may be told that something is going on. / Tar med en myndighet som får veta det."""
    room = _Room(request)
    permit = await room.may(asking, case_id, "add_party")
    agency = AgencyId(body.agency)
    told = await asking.permit(partial(room.cases.may_tell, asking.caller, CaseId(case_id), agency))
    if body.assignment_id not in {each.assignment for each in await room.directory.colleagues(agency)}:
        raise NotAColleague("Välj någon som har ett uppdrag på den myndigheten.")
    await room.cases.add_party(permit, told, asking.caller, body.assignment_id)
    return await read_case(request, response, case_id, asking)


@router.post("/{caseId}/parties/own/leaving", status_code=204, summary="Lämna ärendet", responses=problems(*_USUAL))
async def leave_case(request: Request, case_id: CaseParam, body: Reason, asking: InCase) -> None:
    """Let the caller's agency leave the case. / Den egna myndigheten lämnar ärendet."""
    room = _Room(request)
    permit = await room.may(asking, case_id, "leave_case", reason_given=bool(body.reason.strip()))
    await room.cases.leave(permit, asking.caller, body.reason)


@router.put("/{caseId}/parties/own/necessity", summary="Vad som är nödvändigt hos er", responses=problems(*_USUAL))
async def declare(
    request: Request, response: Response, case_id: CaseParam, body: Declaration, asking: InCaseOrTold
) -> CaseBody:
    """Say what is necessary in the caller's agency's own case (R16). / Vad som är nödvändigt i ert eget ärende."""
    room = _Room(request)
    permit = await room.may(asking, case_id, "edit_case")
    await room.cases.declare(permit, asking.caller, own_case_open=body.own_case_open, necessary=body.necessary)
    return await read_case(request, response, case_id, asking)


@router.get("/{caseId}/sharing", summary="Vad som får lämnas mellan er", responses=problems(*_USUAL))
async def read_sharing(request: Request, case_id: CaseParam, asking: InCaseOrTold) -> SharingBody:
    """Return what may be told between the caller's agency and the others, and why not. / Vad som får lämnas, och varför inte."""
    room = _Room(request)
    permit = await room.may(asking, case_id, "see_case")
    parties = await room.sharing.parties(asking, permit)
    ways = await room.sharing.overview(asking, permit, parties)
    return SharingBody(ways=tuple(WayBody.of(each) for each in ways))


@router.get("/{caseId}/reviews", summary="Begäranden i ärendet", responses=problems(*_USUAL))
async def list_reviews(request: Request, case_id: CaseParam, asking: InCase) -> ReviewList:
    """Return the requests that the caller's agency asked or answers. / Begäranden som ni har ställt eller ska svara på."""
    room = _Room(request)
    found = await room.reviews.in_case(await room.may(asking, case_id, "see_case"))
    return ReviewList(items=tuple(ReviewBody.of(each) for each in found))


@router.post(
    "/{caseId}/reviews", status_code=201, summary="Be myndigheten pröva", responses=problems(*_USUAL, Conflict)
)
async def ask_review(
    request: Request, response: Response, case_id: CaseParam, body: NewReview, asking: InCaseOrTold, once: Idempotent
) -> ReviewBody:
    """Put a request to an official of the owner. / Ber en tjänsteman hos ägaren att pröva."""
    room = _Room(request)
    permit = await room.may(asking, case_id, "ask_review", reason_given=bool(body.reason.strip()))
    review = await room.reviews.ask(
        permit,
        asking.caller,
        await room.reviews.reach(asking, permit, AgencyId(body.owner)),
        categories=body.categories,
        reason=body.reason,
        urgent=body.urgent,
        refusal=body.refusal,
        once=once,
    )
    made = ReviewBody.of(await room.reviews.read(permit, review))
    with_etag(response, made)
    return made


@router.post("/{caseId}/reviews/{reviewId}/answer", summary="Svara på en begäran", responses=problems(*_EDIT))
async def answer_review(
    request: Request,
    response: Response,
    case_id: CaseParam,
    review_id: ReviewParam,
    body: ReviewAnswer,
    version: IfMatch,
    asking: InCase,
) -> ReviewBody:
    """Answer as an official of the owner, with ground and reasons. / Svarar som ägarens tjänsteman, med grund och skäl."""
    room, review = _Room(request), ReviewId(review_id)
    said: dict[str, Any] = {
        "permitted": body.permitted,
        "ground": body.ground,
        "conditions": body.conditions,
        "answer": body.answer,
    }
    permit = await asking.permit(partial(room.reviews.may_answer, asking.caller, review, **said))
    if permit.about.case != case_id:
        raise NotFound
    await room.reviews.answer(permit, asking.caller, review, version=version, **said)
    made = ReviewBody.of(await room.reviews.read(permit, review))
    with_etag(response, made)
    return made


router.include_router(lifting_router)
