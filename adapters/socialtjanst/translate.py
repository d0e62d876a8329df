"""What socialtjänsten's answers mean: bytes in, facts out. Knows no network and no clock."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from adapters.socialtjanst import items
from adapters.socialtjanst.codes import PROTECTION
from adapters.socialtjanst.parts import Part, Unreadable
from hub.broker.port import (
    AgencyAnswer,
    AgencyFault,
    Category,
    Code,
    Fact,
    FaultKind,
    Gap,
    NumberChanged,
    Shown,
    Value,
    WrongPerson,
)
from hub.kit.payload import PayloadError, PayloadFault, read_json
from hub.kit.secret import Secret

#: Collection → how one of its items is read.
READ: Final[dict[str, Callable[[Part], list[Fact]]]] = {
    "ansokningar": items.application,
    "beslut": items.decision,
    "uppdrag": items.assignment,
    "kontaktpersoner": items.official,
    "kontaktuppgifter": items.contact,
}
_GRAVEST: Final[tuple[Shown, ...]] = ("none", "unknown", "sekretessmarkering", "skyddad_folkbokforing")


@dataclass(frozen=True, slots=True)
class Person:
    """Whom the agency found. `facts`: what the finding itself says."""

    ref: str
    protection: Shown
    facts: tuple[Fact, ...]
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of one collection, read."""

    ref: str
    kind: str
    protection: Shown
    facts: tuple[Fact, ...]
    gaps: tuple[Gap, ...]
    pages: int


def person(body: bytes, *, whom: Secret[str] | None, at: datetime, charset: str = "") -> Person | None:
    """Return who was found, None for nobody. Raises AgencyFault, WrongPerson, NumberChanged."""
    try:
        found = _root(body, charset).items("traffar")
        if len(found) > 1:
            raise AgencyFault(FaultKind.MALFORMED, "more than one person for one number")
        return _person(Part.of(found[0], "traffar"), whom, at) if found else None
    except Unreadable as error:
        raise AgencyFault(FaultKind.MALFORMED, f"the person's {error}") from None


def page(body: bytes, *, whom: Secret[str] | None, kind: str | None = None, charset: str = "") -> Page:
    """Return a page of the collection `kind`. Raises AgencyFault, WrongPerson."""
    try:
        root = _root(body, charset)
        told = root.text("samling")
        if told not in READ or (kind is not None and told != kind):
            raise AgencyFault(FaultKind.MALFORMED, "another collection than was asked for")
        _same(root, whom)
        numbered = Part.of(root.told.get("sida"), "sida")
        facts, gaps = _items(root.items("poster"), told, whom)
        return Page(root.text("personId"), told, _protection(root), facts, gaps, numbered.count("sidor"))
    except Unreadable as error:
        raise AgencyFault(FaultKind.MALFORMED, f"the page's {error}") from None


def together(found: Person | None, pages: Sequence[Page], asked: Collection[str] | None = None) -> AgencyAnswer:
    """Return the whole answer. Of what came along, only the categories and items that were `asked` for are handed on."""
    if found is None:
        return AgencyAnswer(known=False)
    if any(each.ref != found.ref for each in pages):
        raise WrongPerson("a page with another personId")
    shown: list[Shown] = [found.protection, *(each.protection for each in pages)]
    facts = [*found.facts, *(fact for each in pages for fact in each.facts)]
    return AgencyAnswer(
        facts=tuple(fact for fact in facts if asked is None or _among(fact, asked)),
        gaps=(*found.gaps, *(gap for each in pages for gap in each.gaps)),
        protection=max(shown, key=_GRAVEST.index),
    )


def read(body: bytes, at: datetime) -> AgencyAnswer:
    """Return what the hub makes of one raw answer, a search or a page, when nobody in particular was asked about."""
    if _root(body, "").has("traffar"):
        return together(person(body, whom=None, at=at), [])
    told = page(body, whom=None)
    return AgencyAnswer(facts=told.facts, gaps=told.gaps, protection=told.protection)


def _among(fact: Fact, asked: Collection[str]) -> bool:
    return fact.category in asked or any(value.item in asked for value in fact.values)


def _root(body: bytes, charset: str) -> Part:
    try:
        return Part.of(read_json(body, charset=charset), "answer")
    except PayloadError as error:
        kind = FaultKind.TOO_LARGE if error.fault is PayloadFault.TOO_LARGE else FaultKind.MALFORMED
        raise AgencyFault(kind, str(error)) from None
    except Unreadable:
        raise AgencyFault(FaultKind.MALFORMED, "not a JSON object") from None


def _person(told: Part, whom: Secret[str] | None, at: datetime) -> Person:
    if told.has("ersattAv"):
        raise NumberChanged(Secret(told.text("ersattAv")))
    _same(told, whom)
    ref, protection = told.text("personId"), _protection(told)
    facts = (_party(told, ref, at),)
    told.rest()
    return Person(ref, protection, facts, tuple(told.gaps))


def _party(told: Part, ref: str, at: datetime) -> Fact:
    """The datum of SoL 15:8: whether the individual is current there."""
    current = told.flag("aktuell", default=True)
    period, odd = told.period("aktuellFran", "aktuellTill")
    return Fact(
        category="party",
        what=Code("socialtjanst/aktuell", str(current).lower(), "Kontakt med socialtjänsten"),
        text="Har kontakt med socialtjänsten." if current else "Har ingen pågående kontakt med socialtjänsten.",
        unit=told.text("enhet", default="Socialtjänsten"),
        as_of=told.instant("uppdaterad") if told.has("uppdaterad") else at,
        source=ref,
        period=period,
        values=(Value("current", "Aktuell nu", current, item="is_current"), *odd),
    )


def _items(told: list[object], kind: str, whom: Secret[str] | None) -> tuple[tuple[Fact, ...], tuple[Gap, ...]]:
    facts: list[Fact] = []
    gaps: list[Gap] = []
    for number, each in enumerate(told, 1):
        where = f"{items.NAMED[kind]} {number}"
        try:
            item = Part.of(each, where)
            _same(item, whom)
            facts += READ[kind](item)
            item.rest()
            gaps += item.gaps
        except Unreadable as error:
            gaps.append(Gap(where, f"Gick inte att läsa: {error}.", _may_be(kind)))
    return tuple(facts), tuple(gaps)


def _may_be(kind: str) -> tuple[Category, ...]:
    """What an item that can't be read may have been about."""
    return tuple(sorted(category for category, kinds in items.KINDS.items() if kind in kinds))


def _same(told: Part, whom: Secret[str] | None) -> None:
    """Raise WrongPerson when it names somebody else, Unreadable when it names nobody."""
    number = told.text("personnummer").replace("-", "")
    if whom is not None and number != whom.reveal():
        raise WrongPerson(f"{told.where} with another number")


def _protection(told: Part) -> Shown:
    """Return what it shows. A word that nobody knows counts as unknown, which is handled as protected (reading R8)."""
    return PROTECTION.get(told.text("skydd", default="INGEN"), "unknown")
