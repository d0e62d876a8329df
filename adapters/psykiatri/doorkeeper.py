"""The hub's way in: where tokens are given is told by the server itself (SMART App Launch 2.2, backend services)."""

import asyncio
from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

from adapters.psykiatri.refusals import StatusFault
from adapters.psykiatri.settings import Settings
from hub.broker.port import AgencyFault, FaultKind, fault_of
from hub.kit.clock import Clock
from hub.kit.http import Http, HttpError, Reply
from hub.kit.oauth import ClientCredentials, ClientKey, TokenRefused
from hub.kit.payload import PayloadError, read_json

_FORM: Final = "application/x-www-form-urlencoded"
_FHIR: Final = "application/fhir+json"
_OK: Final = 200


class Doorkeeper:
    """Sends requests to one FHIR server, with a token of the hub's own."""

    def __init__(self, http: Http, settings: Settings, clock: Clock) -> None:
        self._http, self._settings, self._clock = http, settings, clock
        self._key = ClientKey.imported(settings.key)
        self._alone = asyncio.Lock()
        self._client: ClientCredentials | None = None

    async def send(self, method: str, url: str, form: Sequence[tuple[str, str]] = ()) -> Reply:
        """Return the answer with status 200. Raises StatusFault for every other, AgencyFault when none came."""
        headers = {"Accept": _FHIR} | ({"Content-Type": _FORM} if form else {})
        content = urlencode(form).encode() if form else None
        try:
            client = await self._known()
            reply = await client.send(method, url, headers=headers, content=content)
        except HttpError as error:
            raise fault_of(error) from None
        except TokenRefused as error:
            # Where tokens are given may be what has changed: it is asked anew next time.
            self._client = None
            raise AgencyFault(FaultKind.REFUSED, f"token: {error}") from None
        if reply.status != _OK:
            raise StatusFault(reply)
        return reply

    async def _known(self) -> ClientCredentials:
        async with self._alone:
            if self._client is None:
                self._client = await self._found()
            return self._client

    async def _found(self) -> ClientCredentials:
        base_url = self._settings.base_url
        url = f"{base_url}/.well-known/smart-configuration"
        reply = await self._http.send("GET", url, headers={"Accept": "application/json"})
        if reply.status != _OK:
            raise StatusFault(reply)
        endpoint = _endpoint(reply.body)
        if urlsplit(endpoint).scheme not in ("https", urlsplit(base_url).scheme):
            raise AgencyFault(FaultKind.MALFORMED, "smart-configuration: token_endpoint without TLS")
        return ClientCredentials(
            self._http, endpoint, self._settings.client_id, self._key, self._settings.scopes, self._clock
        )


def _endpoint(body: bytes) -> str:
    try:
        told: Any = read_json(body)
    except PayloadError as error:
        raise AgencyFault(FaultKind.MALFORMED, f"smart-configuration: {error.fault.value}: {error.cause}") from None
    found: object = told.get("token_endpoint") if isinstance(told, dict) else None  # pyright: ignore[reportUnknownVariableType]
    if not isinstance(found, str) or not urlsplit(found).hostname:
        raise AgencyFault(FaultKind.MALFORMED, "smart-configuration: no token_endpoint")
    return found
