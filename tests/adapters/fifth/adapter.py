"""The road: one question by POST, known by the hub's certificate."""

import json

from hub.broker.port import (
    AgencyAnswer,
    AgencyFault,
    AgencyRequest,
    Capabilities,
    FaultKind,
    Probe,
    fault_of,
)
from hub.kit.clock import Clock
from hub.kit.http import Http, HttpError, Reply
from tests.adapters.fifth import translate
from tests.adapters.fifth.settings import Settings

CAPABILITIES = Capabilities(road="hub_request", name="Skulder", categories=frozenset({"debts"}))
_BY_STATUS = {401: FaultKind.REFUSED, 403: FaultKind.REFUSED, 429: FaultKind.OVER_QUOTA}


class Adapter:
    """Satisfies `AgencyPort`."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._settings, self._clock = settings, clock
        self._http = Http("kronofogden", tls=settings.tls, made_up_allowed=settings.made_up_allowed)

    @property
    def capabilities(self) -> Capabilities:
        return CAPABILITIES

    async def ask(self, request: AgencyRequest) -> AgencyAnswer:
        told = json.dumps({"personnummer": request.whom.reveal(), "handelse": request.entry}).encode()
        reply = await self._send("POST", "/skulder", told)
        return translate.answer(reply.body, whom=request.whom, at=self._clock.now(), charset=reply.charset)

    async def probe(self) -> Probe:
        try:
            reply = await self._send("GET", "/version")
        except AgencyFault as fault:
            return Probe(open=False, told=fault.told, certificate_until=self._http.last_day)
        return Probe(open=True, told="öppen", version=reply.body.decode(), certificate_until=self._http.last_day)

    async def close(self) -> None:
        await self._http.close()

    async def _send(self, method: str, path: str, content: bytes | None = None) -> Reply:
        try:
            reply = await self._http.send(method, f"{self._settings.base_url}{path}", content=content)
        except HttpError as error:
            raise fault_of(error) from None
        if reply.status != 200:
            kind = FaultKind.DOWN if reply.status >= 500 else _BY_STATUS.get(reply.status, FaultKind.MALFORMED)
            raise AgencyFault(kind, f"HTTP {reply.status}", retry_after=reply.retry_after)
        if reply.media_type != "application/json":
            raise AgencyFault(FaultKind.MALFORMED, "another content type")
        return reply
