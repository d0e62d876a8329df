"""The API of the shared picture: ask the agencies, fetch what they have said, follow it as it comes."""

from collections.abc import AsyncIterator
from functools import partial
from typing import Annotated, Any, Final

import msgspec
from fastapi import Header, Path, Request, Response
from fastapi.responses import StreamingResponse

from hub.access import Asking, GuardedRouter, Permit, asks
from hub.access.questions import ActInCase
from hub.access.questions.words import CaseAct
from hub.broker import GatheringId, Part
from hub.cases.gathering_schemas import EXAMPLE, GatheringBody, NewPin, PinBody, PinList
from hub.cases.model import CaseId
from hub.cases.picture import Picture
from hub.cases.pictures import Pictures
from hub.cases.pins import PinId, Pins
from hub.cases.service import Cases
from hub.kit.errors import Conflict, Invalid, NotFound, Refused, StepUpNeeded, Unauthenticated, Undecided
from hub.kit.rest import Idempotent, problems

router: Final = GuardedRouter(prefix="/cases", tags=["Gemensam bild"])
_USUAL: Final = (Unauthenticated, Refused, StepUpNeeded, NotFound, Undecided, Invalid)
#: Seconds that a POST waits for the agencies unless it says otherwise, and at most.
_WAITS: Final = 2.0
_WAITS_AT_MOST: Final = 10.0
_ACCEPTED: Final[dict[int | str, dict[str, Any]]] = {
    202: {
        "model": GatheringBody,
        "description": "Frågorna har gått; alla har inte svarat än / asked; not all have answered",
        "content": {"application/json": {"example": EXAMPLE}},
    }
}
CaseParam = Annotated[str, Path(alias="caseId", max_length=40, description="Ärendet / the case")]
GatheringParam = Annotated[str, Path(alias="gatheringId", max_length=40, description="Insamlingen / the gathering")]
PinParam = Annotated[str, Path(alias="pinId", max_length=40, description="Nålen / the pin")]
Gathering = Annotated[Asking, asks("act_in_case", "disclose")]
Prefer = Annotated[
    str | None,
    Header(alias="Prefer", max_length=100, description="wait=N: hur många sekunder svaret får vänta / seconds to wait"),
]


class _Room:
    """The services of the shared picture, out of the application."""

    def __init__(self, request: Request) -> None:
        state: Any = request.app.state
        self.cases: Cases = state.cases
        self.pictures: Pictures = state.pictures
        self.pins: Pins = state.pins

    async def may(self, asking: Asking, case: str, act: CaseAct = "see_case") -> Permit[ActInCase]:
        return await asking.permit(partial(self.cases.may, asking.caller, CaseId(case), act))

    def body(self, picture: Picture) -> GatheringBody:
        return GatheringBody.of(picture, self.pins.digest)


@router.post(
    "/{caseId}/gatherings",
    summary="Fråga myndigheterna",
    responses={**_ACCEPTED, **problems(*_USUAL, Conflict)},
)
async def begin_gathering(
    request: Request,
    response: Response,
    case_id: CaseParam,
    asking: Gathering,
    once: Idempotent,
    prefer: Prefer = None,
) -> GatheringBody:
    """Ask every agency that may be asked; 202 when some haven't answered within the wait. / Frågar alla som får frågas."""
    room = _Room(request)
    permit = await room.may(asking, case_id)
    identity, plan = await room.pictures.begin(asking, permit, once)
    picture = await room.pictures.read(asking, permit, identity, wait=_wait(prefer), plan=plan)
    response.status_code = 200 if picture.complete else 202
    return room.body(picture)


@router.get("/{caseId}/gatherings/{gatheringId}", summary="Hämta svaren igen", responses=problems(*_USUAL))
async def read_gathering(
    request: Request, case_id: CaseParam, gathering_id: GatheringParam, asking: Gathering, prefer: Prefer = None
) -> GatheringBody:
    """Return what has come, decided anew; for a minute, then it is gone. / Det som kommit, prövat på nytt, i en minut."""
    room = _Room(request)
    permit = await room.may(asking, case_id)
    wait = _wait(prefer) if prefer else 0.0
    return room.body(await room.pictures.read(asking, permit, GatheringId(gathering_id), wait=wait))


@router.post(
    "/{caseId}/gatherings/{gatheringId}/retries",
    summary="Fråga dem som saknas igen",
    responses={**_ACCEPTED, **problems(*_USUAL)},
)
async def retry_gathering(
    request: Request,
    response: Response,
    case_id: CaseParam,
    gathering_id: GatheringParam,
    asking: Gathering,
    prefer: Prefer = None,
) -> GatheringBody:
    """Ask only those who haven't answered, once more. / Frågar bara dem som inte har svarat."""
    room, identity = _Room(request), GatheringId(gathering_id)
    permit = await room.may(asking, case_id)
    await room.pictures.retry(asking, permit, identity)
    picture = await room.pictures.read(asking, permit, identity, wait=_wait(prefer))
    response.status_code = 200 if picture.complete else 202
    return room.body(picture)


@router.get(
    "/{caseId}/gatherings/{gatheringId}/events",
    summary="Följ svaren när de kommer",
    response_class=StreamingResponse,
    responses={
        200: {
            "description": "En händelse per myndighet som är klar, utan innehåll / one event per finished agency",
            "content": {
                "text/event-stream": {"example": 'event: part\ndata: {"agency":"psyk","state":"answered"}\n\n'}
            },
        },
        **problems(*_USUAL),
    },
)
async def follow_gathering(
    request: Request, case_id: CaseParam, gathering_id: GatheringParam, asking: Gathering
) -> StreamingResponse:
    """Tell that a part is finished, never what is in it: that is fetched, and so decided. / Säger att en del är klar."""
    room = _Room(request)
    permit = await room.may(asking, case_id)
    parts = await room.pictures.follow(asking, permit, GatheringId(gathering_id))
    return StreamingResponse(events(parts), media_type="text/event-stream")


@router.post(
    "/{caseId}/gatherings/{gatheringId}/pins",
    status_code=201,
    summary="Nåla fast en uppgift",
    responses=problems(*_USUAL, Conflict),
)
async def pin_fact(
    request: Request,
    case_id: CaseParam,
    gathering_id: GatheringParam,
    body: NewPin,
    asking: Gathering,
    once: Idempotent,
) -> PinBody:
    """Keep one fact in the case, as it may be shown now; gone when its ground is. / Behåller en uppgift i ärendet."""
    room = _Room(request)
    permit = await room.may(asking, case_id, "write_note")
    shown = await room.pictures.read(asking, permit, GatheringId(gathering_id))
    made = await room.pins.pin(permit, asking.caller, shown, body.fact, once)
    kept = next((each for each in await room.pins.read(asking, permit) if each.id == made), None)
    if kept is None:
        raise NotFound
    return PinBody.of(kept, room.pins.digest)


@router.get("/{caseId}/pins", summary="Det som är fastnålat", responses=problems(*_USUAL))
async def list_pins(request: Request, case_id: CaseParam, asking: Gathering) -> PinList:
    """Return what is pinned and may be shown now, each decided anew. / Det som är fastnålat och får visas nu."""
    room = _Room(request)
    kept = await room.pins.read(asking, await room.may(asking, case_id))
    return PinList(items=tuple(PinBody.of(each, room.pins.digest) for each in kept))


@router.delete("/{caseId}/pins/{pinId}", status_code=204, summary="Ta bort en nål", responses=problems(*_USUAL))
async def unpin_fact(request: Request, case_id: CaseParam, pin_id: PinParam, asking: Gathering) -> None:
    """Take a pinned fact away. / Tar bort en fastnålad uppgift."""
    room = _Room(request)
    await room.pins.unpin(await room.may(asking, case_id, "write_note"), asking.caller, PinId(pin_id))


async def events(parts: AsyncIterator[Part]) -> AsyncIterator[bytes]:
    """Yield server-sent events: one per finished part, and one at the end."""
    async for part in parts:
        told = msgspec.json.encode({"agency": part.agency, "state": part.state.value})
        yield b"event: part\ndata: " + told + b"\n\n"
    yield b"event: done\ndata: {}\n\n"


def _wait(prefer: str | None) -> float:
    """Return the seconds of `Prefer: wait=N` (RFC 7240), within what we wait at most."""
    for word in (prefer or "").split(","):
        name, _, value = word.strip().partition("=")
        if name.lower() == "wait" and value.isascii() and value.isdecimal():
            return min(float(value[:4]), _WAITS_AT_MOST)
    return _WAITS
