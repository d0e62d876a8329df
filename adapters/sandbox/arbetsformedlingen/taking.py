"""What SSBTEK takes: the question is held against the schema's rules, in its order, as the real service does."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from adapters.sandbox.arbetsformedlingen.soap import SOAP, SSBTEK, Element, NotTaken
from hub.kit.payload import PayloadError, read_xml

SERVICES: Final = ("AF", "CSN", "FK", "SKV", "SO", "TNS", "MIV")
_COMMON: Final = (
    "frageTidpunkt", "korrelationsid", "fraganSkallInkluderasISvaret", "ingivare", "personidentitet",
    "arendeidentitet", "tidsperiod", "personuppgiftsbitrade", "syfte", "lagtext",
)  # fmt: skip
_OPTIONAL: Final = frozenset({"frageTidpunkt", "korrelationsid", "personuppgiftsbitrade"})
_ORGANISATION: Final = re.compile(r"\d{4}[2-9]\d{7}", re.ASCII)
_PERSON: Final = re.compile(r"\d{12}", re.ASCII)
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_TRUTH: Final = {"true": True, "1": True, "false": False, "0": False}


@dataclass(frozen=True, slots=True)
class Question:
    """A question that was taken. `whole`: as it came, to be sent back when `echo` is asked for."""

    whole: Element
    echo: bool
    asked_at: str
    correlation: str
    organisation: str
    authority: str
    official: str
    person: str
    case: str
    start: date
    end: date
    purpose: str
    law: str
    asked: tuple[str, ...]


def operation(body: bytes) -> Element:
    """Return the one element in the envelope's body. Raises NotTaken."""
    try:
        root = read_xml(body)
    except PayloadError as error:
        raise NotTaken("SSBT-001", "Meddelandet är inte läsbar XML.") from error
    found = root.findall(f"{SOAP}Body/*") if root.tag == f"{SOAP}Envelope" else []
    if len(found) != 1:
        raise NotTaken("SSBT-002", "Meddelandet är inget SOAP-kuvert med en fråga.")
    return found[0]


def taken(asked: Element) -> Question:
    """Return the question. Raises NotTaken, with the first rule that it breaks."""
    common, specific = _in_order(asked, ("generellaFrageparametrar", "specifikaFrageparametrar"))
    found = _named(common, _COMMON, _OPTIONAL)
    organisation, authority, official = _in_order(found["ingivare"], ("organisationsnummer", "namn", "handlaggare"))
    first, last = _in_order(found["tidsperiod"], ("fromDatum", "tomDatum"))
    start, end = _day(first), _day(last)
    if end < start:
        raise NotTaken("SSBT-013", "tomDatum är före fromDatum.")
    return Question(
        whole=asked,
        echo=_truth(_text(found["fraganSkallInkluderasISvaret"])),
        asked_at=_instant(found.get("frageTidpunkt")),
        correlation=_text(found.get("korrelationsid")),
        organisation=_matching(organisation, _ORGANISATION),
        authority=_something(authority),
        official=_something(official),
        person=_matching(found["personidentitet"], _PERSON),
        case=_something(found["arendeidentitet"]),
        start=start,
        end=end,
        purpose=_something(found["syfte"]),
        law=_something(found["lagtext"]),
        asked=_asked(specific),
    )


def _asked(specific: Element) -> tuple[str, ...]:
    chosen: list[str] = []
    for name, each in zip(SERVICES, _in_order(specific, SERVICES), strict=True):
        if _truth(each.get("inkludera", "")):
            chosen.append(name)
        elif len(each):
            raise NotTaken("SSBT-014", f"{name} har frågeparametrar men är inte inkluderad.")
    return tuple(chosen)


def _in_order(within: Element, names: Sequence[str]) -> list[Element]:
    found = _named(within, names, frozenset())
    return [found[name] for name in names]


def _named(within: Element, names: Sequence[str], optional: frozenset[str]) -> Mapping[str, Element]:
    """Return the children by name; they must be these, in this order, each once (a processor may be there many times)."""
    found: dict[str, Element] = {}
    left = list(names)
    for each in within:
        name = str(each.tag).removeprefix(SSBTEK)
        while left and left[0] != name and left[0] in optional:
            left.pop(0)
        if not left or left[0] != name:
            raise NotTaken("SSBT-010", "Ett element saknas, står på fel plats eller är okänt.")
        found[name] = each
        if name != "personuppgiftsbitrade":
            left.pop(0)
    if set(left) - optional:
        raise NotTaken("SSBT-010", "Ett element saknas, står på fel plats eller är okänt.")
    return found


def _text(element: Element | None) -> str:
    return (element.text or "").strip() if element is not None else ""


def _something(element: Element) -> str:
    if not (text := _text(element)):
        raise NotTaken("SSBT-011", "Ett element som måste ha ett värde är tomt.")
    return text


def _matching(element: Element, pattern: re.Pattern[str]) -> str:
    if not pattern.fullmatch(text := _text(element)):
        raise NotTaken("SSBT-012", "Ett organisationsnummer eller en personidentitet har fel form.")
    return text


def _parsed(text: str, parse: Callable[[str], date]) -> date:
    try:
        return parse(text)
    except ValueError as error:
        raise NotTaken("SSBT-013", "Ett datum har fel form.") from error


def _day(element: Element) -> date:
    text = _text(element)
    if not _DAY.fullmatch(text):
        raise NotTaken("SSBT-013", "Ett datum har fel form.")
    return _parsed(text, date.fromisoformat)


def _instant(element: Element | None) -> str:
    text = _text(element)
    if text:
        _parsed(text, datetime.fromisoformat)
    return text


def _truth(text: str) -> bool:
    if text not in _TRUTH:
        raise NotTaken("SSBT-015", "Ett ja eller nej har fel form.")
    return _TRUTH[text]
