"""The envelopes that go out, built element by element, valid against SSBTEK v10 (a test holds them against its schemas)."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from lxml import etree

from adapters.arbetsformedlingen.names import SERVICES, SOAP, SSBTEK, Element
from hub.broker.port import AgencyFault, AgencyRequest, Asker, FaultKind, Purpose

#: Purposes in the words that the national services read.
_PURPOSES: Final[Mapping[Purpose, str]] = {"ekonomiskt_bistand": "Ekonomiskt bistånd"}
_ORGANISATION: Final = re.compile(r"\d{4}[2-9]\d{7}", re.ASCII)
_NUMBER: Final = re.compile(r"\d{12}", re.ASCII)
_SHORT: Final = 10
_NAMESPACES: Final = {"soap": SOAP[1:-1], "ssbt": SSBTEK[1:-1]}


def services(request: AgencyRequest) -> tuple[str, ...]:
    """Return whom of the national services the question goes to: the a-kassor only when a-kassa is asked for."""
    return ("AF", "SO") if "a_kassa" in request.items else ("AF",)


def fits(request: AgencyRequest) -> bool:
    """Whether the format can ask about the individual: it takes numbers of twelve digits only."""
    return _NUMBER.fullmatch(request.whom.reveal()) is not None


def question(request: AgencyRequest, at: datetime) -> bytes:
    """Return `hamtaBastjanstInformation`. Raises AgencyFault for what the format or its purpose can't carry."""
    if request.purpose not in _PURPOSES or not request.ground.law.strip():
        raise AgencyFault(FaultKind.REFUSED, "SSBTEK carries no such purpose, or no ground was given")
    envelope, asked = _envelope("hamtaBastjanstInformation")
    common = _put(asked, "generellaFrageparametrar")
    _put(common, "frageTidpunkt", at.astimezone(UTC).isoformat(timespec="seconds"))
    _put(common, "korrelationsid", request.entry)
    _put(common, "fraganSkallInkluderasISvaret", "true")
    _asker(common, request.asker)
    _put(common, "personidentitet", request.whom.reveal())
    _put(common, "arendeidentitet", request.asker.case)
    _period(common, request, at)
    _put(common, "syfte", _PURPOSES[request.purpose])
    _put(common, "lagtext", request.ground.law)
    chosen, specific = services(request), _put(asked, "specifikaFrageparametrar")
    for each in SERVICES:
        _put(specific, each).set("inkludera", "true" if each in chosen else "false")
    return _bytes(envelope)


def probe_call() -> bytes:
    """Return `testaBastjanstInformation`, which asks about nobody."""
    return _bytes(_envelope("testaBastjanstInformation")[0])


def _asker(common: Element, asker: Asker) -> None:
    number = asker.organisation_number.replace("-", "")
    number = f"16{number}" if len(number) == _SHORT else number
    if not _ORGANISATION.fullmatch(number):
        raise AgencyFault(FaultKind.REFUSED, "the asker's organisation number isn't one that SSBTEK takes")
    inside = _put(common, "ingivare")
    _put(inside, "organisationsnummer", number)
    _put(inside, "namn", asker.authority)
    _put(inside, "handlaggare", asker.official)


def _period(common: Element, request: AgencyRequest, at: datetime) -> None:
    """The format wants both days; an end that is open is today, and so is a beginning that isn't told."""
    start = request.period.start or request.period.end or at.date()
    end = request.period.end or max(start, at.date())
    inside = _put(common, "tidsperiod")
    _put(inside, "fromDatum", start.isoformat())
    _put(inside, "tomDatum", end.isoformat())


def _envelope(name: str) -> tuple[Element, Element]:
    envelope = etree.Element(f"{SOAP}Envelope", nsmap=_NAMESPACES)
    return envelope, _put(etree.SubElement(envelope, f"{SOAP}Body"), name)


def _put(within: Element, name: str, text: str | None = None) -> Element:
    made = etree.SubElement(within, f"{SSBTEK}{name}")
    made.text = text
    return made


def _bytes(envelope: Element) -> bytes:
    return etree.tostring(envelope, xml_declaration=True, encoding="UTF-8")
