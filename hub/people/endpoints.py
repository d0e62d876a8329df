"""The API of individuals. No number is in an address; absent, another agency's and protected are one answer."""

from functools import partial
from typing import Annotated, Any, Final

from fastapi import Path, Request, Response

from hub.access import Asking, GuardedRouter, asks
from hub.agencies import OPEN_END, AgencyId, AssignmentId, OwnGain
from hub.kit.clock import Clock, today
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
from hub.people.clearances import Clearances, Wish
from hub.people.model import ClearanceId, IndividualId, PersonId, Protection, RepresentativeId
from hub.people.number import PersonalNumber, UnrealNumber
from hub.people.protection import Protecting
from hub.people.protection_schemas import Lowering, ProtectionReasonBody, ProtectionReasonList, Raising, Reasoned
from hub.people.representing import Appointment, Representing
from hub.people.schemas import (
    ClearanceBody,
    ClearanceList,
    ContactBody,
    LookUp,
    NewClearance,
    NewPerson,
    NewRepresentative,
    PersonBody,
    Registered,
    RelationBody,
    RepresentativeBody,
    RepresentativeList,
)
from hub.people.service import People

router: Final = GuardedRouter(prefix="/persons", tags=["Individer"])
_USUAL: Final = (Unauthenticated, Refused, StepUpNeeded, NotFound, Undecided, Invalid)
_EDIT: Final = (*_USUAL, PreconditionFailed, PreconditionRequired)
PersonParam = Annotated[
    str, Path(alias="personId", max_length=40, description="Er egen beteckning på individen / personId")
]
ClearanceParam = Annotated[str, Path(alias="clearanceId", max_length=40, description="Behörigheten / the clearance")]
RepresentativeParam = Annotated[
    str, Path(alias="representativeId", max_length=40, description="Företrädaren / the representative")
]
Seeing = Annotated[Asking, asks("see_person")]
Clearing = Annotated[Asking, asks("see_person", "clear_protected")]
Deciding = Annotated[Asking, asks("act_in_case")]


class _Room:
    """The services of this capability, out of the application."""

    def __init__(self, request: Request) -> None:
        state: Any = request.app.state
        self.people: People = state.people
        self.protecting: Protecting = state.protecting
        self.clearances: Clearances = state.clearances
        self.representing: Representing = state.representing
        self.clock: Clock = state.clock

    def number(self, text: str) -> PersonalNumber:
        return PersonalNumber.parse(text, today(self.clock))


@router.post("/look-ups", summary="Slå upp en individ", responses=problems(*_USUAL, UnrealNumber))
async def look_up(request: Request, response: Response, body: LookUp, asking: Seeing) -> PersonBody:
    """Return the individual with a number, when the caller's own agency knows them. / Slår upp med nummer i det egna."""
    room = _Room(request)
    number = room.number(body.number)
    permit = await asking.permit(partial(room.people.may_look_up, asking.caller, number))
    person = await room.people.read(permit)
    found = PersonBody.of(person)
    with_etag(response, found)
    return found


@router.post("", status_code=201, summary="Registrera en individ", responses=problems(*_USUAL, UnrealNumber, Conflict))
async def register(request: Request, body: NewPerson, asking: Seeing, once: Idempotent) -> Registered:
    """Register somebody with the caller's agency. / Registrerar hos den egna myndigheten; svaret är lika för alla."""
    room = _Room(request)
    number = room.number(body.number)
    permit = await asking.permit(partial(room.people.may_register, asking.caller))
    person = await room.people.register(permit, asking.caller, number, body.contact(), once)
    return Registered(person_id=person)


@router.get("/{personId}", summary="Läs en individ", responses=CONDITIONAL | problems(*_USUAL))
async def read_person(request: Request, response: Response, person_id: PersonParam, asking: Seeing) -> PersonBody:
    """Return an individual as the caller's agency has noted them. / Individen, så som den egna myndigheten antecknat."""
    room = _Room(request)
    permit = await asking.permit(partial(room.people.may_see, asking.caller, PersonId(person_id)))
    person = await room.people.read(permit)
    body = PersonBody.of(person)
    with_etag(response, body)
    return body


@router.put("/{personId}/contact", summary="Ändra kontaktuppgifter", responses=problems(*_EDIT))
async def edit_contact(
    request: Request, response: Response, person_id: PersonParam, body: ContactBody, asking: Seeing, version: IfMatch
) -> PersonBody:
    """Note name and ways of contact anew. / Antecknar namn och kontaktvägar på nytt."""
    room = _Room(request)
    permit = await asking.permit(partial(room.people.may_see, asking.caller, PersonId(person_id)))
    await room.people.edit(permit, asking.caller, body.contact(), channel=body.channel, version=version)
    person = await room.people.read(permit)
    noted = PersonBody.of(person)
    with_etag(response, noted)
    return noted


@router.post("/{personId}/protection", status_code=204, summary="Höj skyddet", responses=problems(*_USUAL, Conflict))
async def raise_protection(request: Request, person_id: PersonParam, body: Raising, asking: Seeing) -> None:
    """Raise the protection at once, without waiting for a decision (R5). / Höjer skyddet genast, utan att vänta."""
    room = _Room(request)
    asking.acted_without_engine()
    await room.protecting.raise_by_official(asking.caller, PersonId(person_id), Protection(body.protection))


@router.post(
    "/{personId}/protection/confirmation", status_code=204, summary="Bekräfta skyddet", responses=problems(*_USUAL)
)
async def confirm_protection(request: Request, person_id: PersonParam, body: Reasoned, asking: Deciding) -> None:
    """Confirm what a machine has raised. / Bekräftar ett skydd som ett system har höjt."""
    room = _Room(request)
    wanted = partial(room.protecting.may_decide, asking.caller, PersonId(person_id), "confirm_protection", body.reason)
    await room.protecting.confirm(await asking.permit(wanted), asking.caller, body.reason)


@router.put("/{personId}/protection", status_code=204, summary="Sänk skyddet", responses=problems(*_USUAL, Conflict))
async def lower_protection(request: Request, person_id: PersonParam, body: Lowering, asking: Deciding) -> None:
    """Lower the protection, by decision of a named official. / Sänker skyddet, efter beslut av en utsedd tjänsteman."""
    room = _Room(request)
    wanted = partial(room.protecting.may_decide, asking.caller, PersonId(person_id), "lower_protection", body.reason)
    permit = await asking.permit(wanted)
    await room.protecting.lower(permit, asking.caller, Protection(body.protection), body.reason)


@router.get("/{personId}/protection/reasons", summary="Varför skyddet ändrats", responses=problems(*_USUAL))
async def list_protection_reasons(request: Request, person_id: PersonParam, asking: Seeing) -> ProtectionReasonList:
    """Return why the agency's officials have confirmed or lowered it. / Varför myndigheten har bekräftat eller sänkt."""
    room = _Room(request)
    permit = await asking.permit(partial(room.people.may_see, asking.caller, PersonId(person_id)))
    found = await room.protecting.reasons(permit)
    return ProtectionReasonList(items=tuple(ProtectionReasonBody.of(each) for each in found))


@router.get("/{personId}/clearances", summary="Vem som är utsedd", responses=problems(*_USUAL))
async def list_clearances(request: Request, person_id: PersonParam, asking: Seeing) -> ClearanceList:
    """Return who at the agency is cleared for a protected individual. / De som är utsedda hos myndigheten."""
    room = _Room(request)
    permit = await asking.permit(partial(room.people.may_see, asking.caller, PersonId(person_id)))
    return ClearanceList(items=tuple(ClearanceBody.of(each) for each in await room.clearances.given(permit)))


@router.post(
    "/{personId}/clearances",
    status_code=201,
    summary="Utse någon",
    responses=problems(*_USUAL, OwnGain, Conflict),
)
async def give_clearance(
    request: Request, person_id: PersonParam, body: NewClearance, asking: Clearing, once: Idempotent
) -> ClearanceBody:
    """Let one named assignment read about one protected individual. / Utser någon att läsa om en skyddad individ."""
    room = _Room(request)
    wish = Wish(PersonId(person_id), AssignmentId(body.assignment_id), body.reason, body.valid_until)
    permit = await asking.permit(partial(room.clearances.may_clear, asking.caller, wish))
    made = await room.clearances.give(permit, asking.caller, wish, once=once)
    return next(ClearanceBody.of(each) for each in await room.clearances.given(permit) if each.id == made)


@router.delete(
    "/{personId}/clearances/{clearanceId}",
    status_code=204,
    summary="Avsluta en behörighet",
    responses=problems(*_USUAL),
)
async def end_clearance(
    request: Request, person_id: PersonParam, clearance_id: ClearanceParam, asking: Clearing
) -> None:
    """End a clearance at once: one's own, or as manager. / Avslutar en behörighet genast."""
    room = _Room(request)
    asking.acted_without_engine()
    await room.clearances.end(asking.caller, PersonId(person_id), ClearanceId(clearance_id))


@router.get("/{personId}/representatives", summary="Företrädare", responses=problems(*_USUAL))
async def list_representatives(request: Request, person_id: PersonParam, asking: Seeing) -> RepresentativeList:
    """Return the representatives that the agency has recorded. / Företrädare som myndigheten har antecknat."""
    room = _Room(request)
    permit = await asking.permit(partial(room.people.may_see, asking.caller, PersonId(person_id)))
    individual, agency = IndividualId(permit.about.individual or ""), AgencyId(permit.about.answerable)
    found = await room.representing.representatives_of(individual, agency)
    return RepresentativeList(items=tuple(RepresentativeBody.of(each) for each in found))


@router.post(
    "/{personId}/representatives",
    status_code=201,
    summary="Anteckna en företrädare",
    responses=problems(*_USUAL, UnrealNumber, Conflict),
)
async def add_representative(
    request: Request, person_id: PersonParam, body: NewRepresentative, asking: Seeing, once: Idempotent
) -> RepresentativeBody:
    """Record who may act for the individual, and for what. / Antecknar vem som får företräda individen, och i vad."""
    room = _Room(request)
    appointment = Appointment(
        number=room.number(body.number),
        name=body.name,
        kind=body.kind,
        scope=body.scope,
        document=body.document,
        valid_from=body.valid_from,
        valid_until=body.valid_until or OPEN_END,
        risk=body.risk,
    )
    permit = await asking.permit(partial(room.people.may_see, asking.caller, PersonId(person_id)))
    made = await room.representing.add(permit, asking.caller, appointment, once=once)
    individual = IndividualId(permit.about.individual or "")
    found = await room.representing.representatives_of(individual, AgencyId(permit.about.answerable))
    return next(RepresentativeBody.of(each) for each in found if each.id == made)


@router.delete(
    "/{personId}/representatives/{representativeId}",
    status_code=204,
    summary="Avsluta en företrädare",
    responses=problems(*_USUAL),
)
async def end_representative(
    request: Request, person_id: PersonParam, representative_id: RepresentativeParam, asking: Seeing
) -> None:
    """End what the agency has recorded. / Avslutar det som myndigheten har antecknat."""
    room = _Room(request)
    permit = await asking.permit(partial(room.people.may_see, asking.caller, PersonId(person_id)))
    await room.representing.end(permit, asking.caller, RepresentativeId(representative_id))


@router.put("/{personId}/relation", status_code=204, summary="Anmäl jäv", responses=problems(*_USUAL))
async def declare_relation(request: Request, person_id: PersonParam, body: RelationBody, asking: Seeing) -> None:
    """Tell that the caller is the individual or a relative. / Anmäler att den som frågar är individen eller anhörig."""
    room = _Room(request)
    asking.acted_without_engine()
    await room.people.declare_relation(asking.caller, PersonId(person_id), body.relation)
