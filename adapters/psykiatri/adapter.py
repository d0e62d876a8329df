"""Psychiatry as the broker sees it: who it is, then what of it was asked about, all kinds at once."""

import asyncio
from dataclasses import replace
from typing import Final

from adapters.psykiatri import search, translate
from adapters.psykiatri.bundle import Page
from adapters.psykiatri.doorkeeper import Doorkeeper
from adapters.psykiatri.identity import the_patient
from adapters.psykiatri.refusals import fhir
from adapters.psykiatri.search import Form, Search
from adapters.psykiatri.settings import Settings
from hub.broker.port import AgencyAnswer, AgencyFault, AgencyRequest, Capabilities, Category, FaultKind, Probe
from hub.kit.clock import STOCKHOLM, Clock
from hub.kit.http import Http
from hub.kit.payload import PayloadError, read_json

CAPABILITIES: Final = Capabilities(
    road="hub_request",
    name="FHIR R4, HL7 Sveriges basprofiler",
    categories=frozenset(category for carried in search.CARRIED.values() for category in carried),
)


class Adapter:
    """An AgencyPort. Keeps its connections and its token between questions, and nothing of the answers."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        """Raises OSError or ValueError when a file of the settings isn't there or isn't what it should be."""
        self._settings, self._clock = settings, clock
        self._http = Http("psykiatri", tls=settings.tls, made_up_allowed=settings.made_up_allowed)
        self._door = Doorkeeper(self._http, settings, clock)
        self._search = Search(self._door, settings.base_url)

    @property
    def capabilities(self) -> Capabilities:
        return CAPABILITIES

    async def ask(self, request: AgencyRequest) -> AgencyAnswer:
        """Find the individual, be sure of it, and only then ask for what the categories need. Raises AgencyFault."""
        whom, size = request.whom, self._settings.page
        pages = await self._search.all_pages("Patient", search.for_patient(whom, size), whom)
        at = self._clock.now()
        entries = [entry for each in pages for entry in each.entries]
        patients = the_patient(entries, whom, at.astimezone(STOCKHOLM).date())
        if patients:
            forms = {
                kind: search.for_kind(kind, patients, request.period, size) for kind in search.kinds(request.categories)
            }
            pages += await self._together(forms, request)
        return _asked_for(translate.facts(pages, whom=whom, at=at), frozenset(request.categories))

    async def _together(self, forms: dict[str, Form], request: AgencyRequest) -> list[Page]:
        """Return all pages of several searches, made at once. Raises the fault of the first that failed.

        The others are let to their end: a connection that is dropped while it is being made isn't closed by the library.
        """
        searches = [self._search.all_pages(kind, form, request.whom) for kind, form in forms.items()]
        found = await asyncio.gather(*searches, return_exceptions=True)
        for each in found:
            if isinstance(each, BaseException):
                raise each
        return [page for each in found if not isinstance(each, BaseException) for page in each]

    async def probe(self) -> Probe:
        """Tell whether tokens are given and what version the server speaks."""
        try:
            reply = await self._door.send("GET", f"{self._settings.base_url}/metadata")
            version = _version(fhir(reply))
        except AgencyFault as error:
            return Probe(open=False, told=error.told, certificate_until=self._http.last_day, details=(error.cause,))
        right = version.startswith("4.0")
        told = "öppen" if right else "talar en annan version av FHIR än R4"
        return Probe(open=right, told=told, version=f"FHIR {version}", certificate_until=self._http.last_day)

    async def close(self) -> None:
        await self._http.close()


def _asked_for(answer: AgencyAnswer, categories: frozenset[Category]) -> AgencyAnswer:
    """Leave out what a kind of resource brought with it of other categories: it wasn't asked for."""
    facts = tuple(each for each in answer.facts if each.category in categories)
    gaps = tuple(each for each in answer.gaps if not each.categories or categories & frozenset(each.categories))
    return replace(answer, facts=facts, gaps=gaps)


def _version(body: bytes) -> str:
    try:
        told = read_json(body)
    except PayloadError as error:
        raise AgencyFault(FaultKind.MALFORMED, f"{error.fault.value}: {error.cause}") from None
    found = told.get("fhirVersion") if isinstance(told, dict) else None  # pyright: ignore[reportUnknownVariableType]
    return found if isinstance(found, str) else "unknown"
