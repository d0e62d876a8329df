"""Socialtjänsten as the broker sees it: who it is, then what of it was asked about, page by page."""

import asyncio
import json
from collections.abc import Sequence
from typing import Final
from urllib.parse import quote, urlencode

from adapters.socialtjanst import translate
from adapters.socialtjanst.codes import AREA_KINDS, AREAS, KINDS
from adapters.socialtjanst.settings import CAPABILITIES, SCOPE, Settings
from adapters.socialtjanst.translate import Page
from hub.broker.port import (
    AgencyAnswer,
    AgencyFault,
    AgencyRequest,
    Capabilities,
    Category,
    FaultKind,
    Probe,
    WrongPerson,
    fault_of,
)
from hub.kit.clock import Clock
from hub.kit.http import Http, HttpError, Reply
from hub.kit.oauth import ClientCredentials, ClientKey, TokenRefused
from hub.kit.payload import PayloadError, read_json
from hub.kit.tracing import HEADER, fresh

_JSON: Final = "application/json"
_BY_STATUS: Final = {401: FaultKind.REFUSED, 403: FaultKind.REFUSED, 429: FaultKind.OVER_QUOTA}
_OK, _CHANGED, _FIRST_OF_THEIRS = 200, 412, 500
#: Pages of one collection. Nobody has more to say of one individual.
_MOST_PAGES: Final = 40


class _Changed(Exception):
    """The collection was changed between two pages."""


class Adapter:
    """The road to socialtjänsten. Satisfies `AgencyPort`. Keeps its connections and its token, nothing of the answers."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        """Raises OSError or ValueError when a file of the settings isn't there or isn't what it should be."""
        self._settings, self._clock = settings, clock
        self._http = Http("socialtjanst", tls=settings.tls, made_up_allowed=settings.made_up_allowed)
        key = ClientKey.imported(settings.key)
        self._client = ClientCredentials(self._http, settings.token_url, settings.client_id, key, SCOPE, clock)

    @property
    def capabilities(self) -> Capabilities:
        return CAPABILITIES

    async def ask(self, request: AgencyRequest) -> AgencyAnswer:
        """Find the individual, be sure of it, and only then ask for what the categories need."""
        wanted = json.dumps({"personnummer": request.whom.reveal()}).encode()
        reply = await self._send("POST", "/personsokningar", request, content=wanted)
        at = self._clock.now()
        found = translate.person(reply.body, whom=request.whom, at=at, charset=reply.charset)
        kinds = _kinds(request.categories) if found else ()
        pages = await self._together(found.ref, kinds, request) if found else []
        return translate.together(found, pages, {*request.categories, *request.items})

    async def probe(self) -> Probe:
        """Tell whether tokens are given, and what version the service says it has."""
        try:
            version = _version(await self._send("GET", "/api-info"))
        except AgencyFault as fault:
            return Probe(open=False, told=fault.told, certificate_until=self._http.last_day, details=(fault.cause,))
        return Probe(open=True, told="öppen", version=version, certificate_until=self._http.last_day)

    async def close(self) -> None:
        await self._http.close()

    async def _together(self, ref: str, kinds: Sequence[str], request: AgencyRequest) -> list[Page]:
        """Return the pages of several collections, asked for at once. The first that fails ends the others."""
        try:
            async with asyncio.TaskGroup() as group:
                asked = [group.create_task(self._collection(ref, kind, request)) for kind in kinds]
        except* AgencyFault as failed:
            raise _gravest(failed) from None
        return [page for each in asked for page in each.result()]

    async def _collection(self, ref: str, kind: str, request: AgencyRequest) -> list[Page]:
        """Return all pages of one collection as it was at one moment: one that changes meanwhile is begun anew, once."""
        try:
            return await self._pages(ref, kind, request)
        except _Changed:
            pass
        try:
            return await self._pages(ref, kind, request)
        except _Changed:
            raise AgencyFault(FaultKind.DOWN, "the collection changed twice while it was read") from None

    async def _pages(self, ref: str, kind: str, request: AgencyRequest) -> list[Page]:
        pages: list[Page] = []
        as_it_was = ""
        while not pages or len(pages) < pages[0].pages:
            if len(pages) == _MOST_PAGES:
                raise AgencyFault(FaultKind.TOO_LARGE, f"more than {_MOST_PAGES} pages")
            path = _path(ref, kind, request.categories, len(pages) + 1, self._settings.page)
            reply = await self._send("GET", path, request, as_it_was=as_it_was)
            pages.append(translate.page(reply.body, whom=request.whom, kind=kind, charset=reply.charset))
            as_it_was = reply.headers.get("etag", "")
        return pages

    async def _send(
        self,
        method: str,
        path: str,
        request: AgencyRequest | None = None,
        *,
        content: bytes | None = None,
        as_it_was: str = "",
    ) -> Reply:
        headers = {"Accept": _JSON, **(_about(request) if request else {})}
        if content is not None:
            headers["Content-Type"] = _JSON
        if as_it_was:
            headers["If-Match"] = as_it_was
        try:
            reply = await self._client.send(
                method, f"{self._settings.base_url}{path}", headers=headers, content=content
            )
        except HttpError as error:
            raise fault_of(error) from None
        except TokenRefused as error:
            raise AgencyFault(FaultKind.REFUSED, f"no token: {error}") from None
        return _checked(reply)


def _kinds(categories: Sequence[Category]) -> tuple[str, ...]:
    """Return which collections may hold what is asked for, and no other."""
    return tuple(sorted({kind for category in categories for kind in KINDS.get(category, ())}))


def _path(ref: str, kind: str, categories: Sequence[Category], page: int, limit: int) -> str:
    wanted: dict[str, str | int] = {"page": page, "limit": limit}
    if kind in AREA_KINDS:
        wanted["omraden"] = ",".join(sorted(_areas(categories)))
    return f"/personer/{quote(ref, safe='')}/{kind}?{urlencode(wanted)}"


def _areas(categories: Sequence[Category]) -> set[str]:
    """Return the areas that are asked about: no more leaves the agency than what was permitted."""
    asked = {area for area, (category, _) in AREAS.items() if category in categories}
    # Why somebody has försörjningsstöd is about work, and stands in that decision.
    return asked | ({"EKB"} if "employment" in categories else set())


def _about(request: AgencyRequest) -> dict[str, str]:
    """Return what the agency is told of why it is asked: nothing in it names the individual. Its trace has an id that no
    other agency is told.
    """
    return {
        HEADER: fresh(),
        "X-Andamal": request.purpose,
        "X-Rattslig-Grund": quote(request.ground.law, safe=" :.,"),
        "X-Handelse-Id": request.entry,
        "X-Fragande-Organisation": request.asker.organisation_number,
    }


def _checked(reply: Reply) -> Reply:
    """Return the reply when it may be an answer. Raises AgencyFault, _Changed."""
    if reply.status == _CHANGED:
        raise _Changed
    if reply.status != _OK:
        ours = _BY_STATUS.get(reply.status, FaultKind.MALFORMED)
        kind = FaultKind.DOWN if reply.status >= _FIRST_OF_THEIRS else ours
        raise AgencyFault(kind, f"HTTP {reply.status}", retry_after=reply.retry_after)
    if reply.media_type != _JSON:
        raise AgencyFault(FaultKind.MALFORMED, "the content type is another than application/json")
    return reply


def _gravest(group: BaseExceptionGroup[AgencyFault]) -> AgencyFault:
    """Return the gravest of what failed together: that it is another person comes before that something is down."""
    found = [each for each in group.exceptions if isinstance(each, AgencyFault)]
    return next((each for each in found if isinstance(each, WrongPerson)), found[0])


def _version(reply: Reply) -> str:
    """Return what the service says of itself (Digg's profile, VER.06)."""
    try:
        told = read_json(reply.body, charset=reply.charset)
    except PayloadError as error:
        raise AgencyFault(FaultKind.MALFORMED, str(error)) from None
    version = told.get("apiVersion") if isinstance(told, dict) else None  # pyright: ignore[reportUnknownVariableType, reportUnknownMemberType]
    if not isinstance(version, str):
        raise AgencyFault(FaultKind.MALFORMED, "no apiVersion")
    return version
