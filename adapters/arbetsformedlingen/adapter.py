"""Arbetsförmedlingen over SSBTEK v10: SOAP 1.1 over mutual TLS, one question about one individual (HUB-05)."""

from dataclasses import replace
from typing import Final

from adapters.arbetsformedlingen import requests, translate
from adapters.arbetsformedlingen.fund import FUNDS_OWN
from adapters.arbetsformedlingen.names import SERVICES, SSBTEK, VERSION, Element
from adapters.arbetsformedlingen.settings import CAPABILITIES, Settings
from hub.broker.port import AgencyAnswer, AgencyFault, AgencyRequest, Capabilities, FaultKind, Gap, Probe, fault_of
from hub.kit.clock import Clock
from hub.kit.http import Http, HttpError, Reply

_HEADERS: Final = {"Content-Type": "text/xml; charset=utf-8", "Accept": "text/xml", "SOAPAction": '""'}
_OK: Final = 200
_BY_STATUS: Final = {401: FaultKind.REFUSED, 403: FaultKind.REFUSED, 429: FaultKind.OVER_QUOTA}
_FIRST_OF_THEIRS: Final = 500


class Adapter:
    """The road to Arbetsförmedlingen. Satisfies `AgencyPort`."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._settings, self._clock = settings, clock
        self._http = Http("ssbtek", tls=settings.tls, made_up_allowed=settings.made_up_allowed)

    @property
    def capabilities(self) -> Capabilities:
        return CAPABILITIES

    async def ask(self, request: AgencyRequest) -> AgencyAnswer:
        """Return what Arbetsförmedlingen says of `request.whom`, with the name of the a-kassa where that is asked.

        What an a-kassa says of its own isn't Arbetsförmedlingen's to tell, and goes no further.
        """
        if not requests.fits(request):
            return AgencyAnswer(gaps=(Gap("Arbetsförmedlingen", "kan bara få frågor på ett nummer med tolv siffror"),))
        reply = await self._send(requests.question(request, self._clock.now()))
        answer = translate.answer(
            reply.body,
            whom=request.whom,
            at=self._clock.now(),
            charset=reply.charset,
            entry=request.entry,
            asked=requests.services(request),
        )
        return replace(answer, facts=tuple(each for each in answer.facts if each.what.system != FUNDS_OWN))

    async def probe(self) -> Probe:
        """Tell whether SSBTEK, and the services behind it that the hub asks, answer a test call."""
        try:
            reply = await self._send(requests.probe_call())
            said = translate.opened(reply.body, "testaBastjanstInformationResponse", charset=reply.charset)
        except AgencyFault as fault:
            return Probe(open=False, told=fault.told, certificate_until=self._http.last_day, details=(fault.cause,))
        silent = tuple(SERVICES[each] for each in translate.READ if _fails(said, each))
        told = f"öppen, men utan svar från {' och '.join(silent)}" if silent else "öppen"
        return Probe(
            open=SERVICES["AF"] not in silent, told=told, version=VERSION, certificate_until=self._http.last_day
        )

    async def close(self) -> None:
        await self._http.close()

    async def _send(self, envelope: bytes) -> Reply:
        """Return a reply that may be an answer. A SOAP fault comes with any status, also with 200."""
        try:
            reply = await self._http.send("POST", self._settings.url, headers=_HEADERS, content=envelope)
        except HttpError as error:
            raise fault_of(error) from None
        if (kind := _BY_STATUS.get(reply.status)) is not None:
            raise AgencyFault(kind, f"HTTP {reply.status}", retry_after=reply.retry_after)
        if reply.status != _OK:
            raise _unwell(reply)
        if reply.media_type != "text/xml":
            raise AgencyFault(FaultKind.MALFORMED, "the content type is another than text/xml")
        return reply


def _unwell(reply: Reply) -> AgencyFault:
    """What a reply with another status than 200 says: its SOAP fault, where it holds one that can be read."""
    if reply.media_type == "text/xml":
        try:
            translate.opened(reply.body, "hamtaBastjanstInformationResponse", charset=reply.charset)
        except AgencyFault as fault:
            if fault.kind is not FaultKind.MALFORMED:
                return fault
    kind = FaultKind.DOWN if reply.status >= _FIRST_OF_THEIRS else FaultKind.MALFORMED
    return AgencyFault(kind, f"HTTP {reply.status}", retry_after=reply.retry_after)


def _fails(said: Element, service: str) -> bool:
    part = said.find(f"{SSBTEK}{service}")
    return part is None or part.find(f"{SSBTEK}error") is not None
