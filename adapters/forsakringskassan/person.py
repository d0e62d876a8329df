"""Whom an answer is about, and what it says of the person (LefiPersoninformation)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from adapters.forsakringskassan.codes import CIVIL_STATUS, SYSTEM
from adapters.forsakringskassan.walk import Place, simple, values, words
from hub.broker.port import Category, Claim, Code, Fact, Shown, Value, WrongPerson
from hub.kit.payload import is_array, is_object
from hub.kit.secret import Secret

KEY: Final = "generellPersoninformation"
#: Field → the part of life, and what it is called. All others tell who the person is.
_PARTS: Final[dict[str, tuple[Category, str]]] = {
    "adress": ("address", "Adress"),
    "folkbokford": ("address", "Folkbokföring"),
    "arbetsstallen": ("employer", "Arbetsställe"),
    "barn": ("children", "Barn"),
    "samhorig": ("family", "Anhörig"),
    "civilstand": ("family", "Civilstånd"),
    "medborgarskap": ("social_situation", "Medborgarskap"),
}


def entries(information: Any, key: str = KEY) -> list[Mapping[str, Any]]:
    """Return those parts under `key` that are objects."""
    found = information.get(key) if is_object(information) else None
    return [each for each in found if is_object(each)] if is_array(found) else []


def belongs(information: Any, whom: Secret[str]) -> bool:
    """Whether the answer says that it is about `whom`; False when it says of nobody. Raises WrongPerson."""
    named = [each["personnummer"] for each in entries(information) if "personnummer" in each]
    own = [each.get("grunduppgifter") for each in entries(information, "mottagareavbarnbidrag")]
    people = [each.get("personuppgift") for each in own if is_object(each)]
    named += [each["personnummer"] for each in people if is_object(each) and "personnummer" in each]
    if any(not _same(each, whom.reveal()) for each in named):
        raise WrongPerson(KEY)
    return bool(named)


def _same(told: Any, whom: str) -> bool:
    """Whether a number of twelve or ten digits is that of `whom`."""
    return isinstance(told, str) and told in {whom, whom[2:]}


def protection(information: Any) -> Shown:
    """Return what the answer shows of protection: LEFI tells that there is some, not of which kind."""
    return "unknown" if any(each.get("skyddad") not in (None, False) for each in entries(information)) else "none"


def facts(information: Any, unit: str, at: datetime) -> Iterator[Fact]:
    """Yield what the answer says of the person."""
    for entry in entries(information):
        own = {field: each for field, each in entry.items() if field not in _PARTS}
        if own:
            yield _fact("contact", "Personuppgifter", own, unit, at)
        for field, (category, name) in _PARTS.items():
            told = entry.get(field)
            for each in told if is_array(told) else [told]:
                if each not in (None, "", {}):
                    yield _fact(category, name, {field: each}, unit, at)


def _fact(category: Category, name: str, node: Mapping[str, Any], unit: str, at: datetime) -> Fact:
    [field, *more] = node
    inner = node[field] if not more and is_object(node[field]) else node
    found = tuple(values(inner, _marked(field)) if inner is not node and not _plain(field, inner) else values(node))
    return Fact(
        category=category,
        what=Code(SYSTEM, field if field in _PARTS else KEY, name),
        text=_text(name, found) if field in _PARTS else name,
        unit=unit,
        as_of=at,
        source=f"LEFI {KEY}",
        values=found,
        sensitive=category == "children",
        location=category in ("address", "employer"),
        claim=_claim(field, inner),
    )


def _text(name: str, found: Sequence[Value]) -> str:
    """Return the part in one line; an address as it is written, all else with what each thing is."""
    bare = len(found) == 1 or name == "Adress"
    told = (words(each.value) if bare else f"{each.label.lower()} {words(each.value)}" for each in found)
    return f"{name}: {', '.join(told)}" if found else name


def _plain(field: str, node: Mapping[str, Any]) -> bool:
    return simple(field, node) is not None


def _marked(field: str) -> Place:
    """Return where the part begins: marked as the part is, without its name before each label."""
    part = Place().into(field)
    return Place(field, "", location=part.location, third_person=part.third_person)


def _claim(field: str, node: Mapping[str, Any]) -> Claim | None:
    if field == "civilstand" and type(code := node.get("id")) is int and code in CIVIL_STATUS:
        return Claim("family.civil_status", CIVIL_STATUS[code])
    if field == "adress" and (says := address(node)):
        return Claim("contact.address", says)
    return None


def address(node: Mapping[str, Any]) -> str:
    """Return "street, postcode town", "" when a part is missing."""
    lines, code, town = node.get("utdelningadress"), node.get("postnummer"), node.get("postort")
    if not (is_array(lines) and lines and isinstance(code, str) and isinstance(town, str)):
        return ""
    street = " ".join(words(each) for each in lines)
    digits = code.replace(" ", "")
    return f"{street}, {digits[:3]} {digits[3:]} {town.title()}"
