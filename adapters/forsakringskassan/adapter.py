"""The port to Försäkringskassan and Pensionsmyndigheten, over LEFI v9."""

from dataclasses import replace
from http import HTTPStatus
from typing import Final
from urllib.parse import quote

import structlog

from adapters.forsakringskassan.codes import GROUPS, PERSON
from adapters.forsakringskassan.requests import ITEMS, askable, question, wanted
from adapters.forsakringskassan.settings import Settings
from adapters.forsakringskassan.translate import answer
from hub.broker.port import (
    AgencyAnswer,
    AgencyFault,
    AgencyRequest,
    Capabilities,
    Category,
    FaultKind,
    Gap,
    Probe,
    fault_of,
)
from hub.kit.clock import Clock, today
from hub.kit.http import Http, HttpError, Reply
from hub.kit.payload import PayloadError, is_array, is_object, read_json

_log = structlog.get_logger()
_PATH: Final = "/lefi-extern-formansinformation/v9/aktorer"
_REFUSALS: Final = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})
_CATEGORIES: Final[frozenset[Category]] = frozenset(each for _, categories in GROUPS.values() for each in categories)


class Adapter:
    """Satisfies `hub.broker.port.AgencyPort`."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._settings, self._clock = settings, clock
        self._http = Http("forsakringskassan", tls=settings.tls, made_up_allowed=settings.made_up_allowed)
        self._url = f"{settings.base_url}{_PATH}/{quote(settings.actor, safe='')}"

    @property
    def capabilities(self) -> Capabilities:
        """Which purposes the owner has approved for the road is for the policy to say (reading R14)."""
        return Capabilities("lefi", "LEFI v9", _CATEGORIES, ITEMS, duty="SoL 15:10")

    async def ask(self, request: AgencyRequest) -> AgencyAnswer:
        """Return what the agencies say. What nobody asked for goes no further than this.

        Raises AgencyFault, WrongPerson.
        """
        if not askable(request.whom.reveal()):
            reason = "frågan kan bara ställas med personnummer eller samordningsnummer"
            return AgencyAnswer(gaps=(Gap("Allt från Försäkringskassan", reason, request.categories),))
        asked = question(request, self._settings.agreed, today(self._clock))
        _log.debug("question", party="forsakringskassan", entry=request.entry, **_basis(request))
        reply = await self._send("POST", f"{self._url}/formansinformation/fraga", self._headers(request), asked.body)
        _check(reply)
        said = answer(reply.body, whom=request.whom, at=self._clock.now())
        return _asked_for(replace(said, gaps=asked.gaps + said.gaps), wanted(request))

    async def probe(self) -> Probe:
        """Ask which groups the hub may see: about nobody."""
        try:
            reply = await self._send("GET", f"{self._url}/tillgangligaInformationstyper", {}, None)
            _check(reply)
            told = read_json(reply.body)
        except AgencyFault as fault:
            return Probe(open=False, told=fault.told, certificate_until=self._http.last_day, details=(fault.cause,))
        except PayloadError as error:
            return Probe(open=False, told=AgencyFault(FaultKind.MALFORMED).told, details=(str(error),))
        return Probe(
            open=True,
            told="öppen",
            version="9",
            certificate_until=self._http.last_day,
            details=_groups(told, self._settings),
        )

    async def close(self) -> None:
        await self._http.close()

    def _headers(self, request: AgencyRequest) -> dict[str, str]:
        """Return purpose, ground and ledger entry, under the names of the agreement; what isn't ASCII is quoted."""
        ground = f"{request.ground.code} {request.ground.reference}".strip()
        told = {
            self._settings.purpose_header: request.purpose,
            self._settings.ground_header: ground,
            self._settings.entry_header: request.entry,
        }
        return {name: quote(each, safe=" :;,.()/") for name, each in told.items() if name}

    async def _send(self, method: str, url: str, headers: dict[str, str], body: bytes | None) -> Reply:
        sent = {**headers, "accept": "application/json"}
        if body is not None:
            sent["content-type"] = "application/json"
        try:
            return await self._http.send(method, url, headers=sent, content=body)
        except HttpError as error:
            raise fault_of(error) from None


def _asked_for(answer: AgencyAnswer, parts: frozenset[Category]) -> AgencyAnswer:
    """Leave out what came along: who the person is, and the benefit that an ability to work was read from."""
    facts = tuple(each for each in answer.facts if each.category in parts)
    gaps = tuple(each for each in answer.gaps if not each.categories or parts & frozenset(each.categories))
    return replace(answer, facts=facts, gaps=gaps)


def _basis(request: AgencyRequest) -> dict[str, str]:
    return {"purpose": request.purpose, "ground": request.ground.code}


def _check(reply: Reply) -> None:
    """Raise AgencyFault unless the reply is an answer. The agency's own message goes no further: it is not ours."""
    if reply.status == HTTPStatus.OK:
        if reply.media_type != "application/json":
            raise AgencyFault(FaultKind.MALFORMED, "the content type is not application/json")
        if reply.charset not in ("", "utf-8"):
            raise AgencyFault(FaultKind.MALFORMED, "the content type names another encoding than UTF-8")
        return
    raise AgencyFault(_kind(reply.status), f"status {reply.status}, {_form(reply)}", retry_after=reply.retry_after)


def _kind(status: int) -> FaultKind:
    if status in _REFUSALS:
        return FaultKind.REFUSED
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return FaultKind.OVER_QUOTA
    if status == HTTPStatus.NOT_FOUND:
        return FaultKind.UNREACHABLE
    return FaultKind.DOWN if status >= HTTPStatus.INTERNAL_SERVER_ERROR else FaultKind.MALFORMED


def _form(reply: Reply) -> str:
    try:
        told = read_json(reply.body)
    except PayloadError:
        told = None
    return "LefiFelsvar" if is_object(told) and "meddelande" in told else "not a LefiFelsvar"


def _groups(told: object, settings: Settings) -> tuple[str, ...]:
    """Tell which groups of the agreement the agencies don't give, and whether the person's own is among them."""
    parts = told.values() if is_object(told) else ()
    listed = [each for part in parts if is_array(part) for each in part if is_object(each)]
    given = {each.get("kod") for each in listed if isinstance(each.get("kod"), str)}
    missing = sorted(settings.agreed - given)
    serious = (f"{PERSON} saknas: inget svar kan knytas till en person",) if PERSON in missing else ()
    return (f"{len(given)} grupper", *serious, *(f"{each} saknas" for each in missing if each != PERSON))
