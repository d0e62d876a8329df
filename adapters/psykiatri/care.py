"""Facts out of the care: contacts, visits, conditions, and what has been assessed."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from adapters.psykiatri import codes
from adapters.psykiatri.fields import Node, Unreadable, child, children, day, in_words, span, text
from adapters.psykiatri.records import Records, notes, status
from hub.broker.port import Category, Claim, Code, Fact, Typed, Value

_STRUCK: Final = "entered-in-error"
_FORMS: Final = {(codes.FORM_OF_CARE, value): None for value in codes.FORMS_OF_CARE}


def episode(resource: Node, records: Records) -> Iterator[Fact]:
    """Yield that there is, or was, a contact; and under what law the care is, when that is compulsory (OSL 25:10)."""
    if text(resource, "status") == _STRUCK:
        return
    words, what, unknown = status(resource, codes.EPISODE)
    period = span(resource)
    dates = _since(resource) if text(resource, "status") != "finished" else _until(resource)
    manager = records.called(child(resource, "careManager"))
    yield records.fact(
        resource,
        "party",
        Code(what.system, what.value, words, known=what.known),
        f"{words}{dates}.",
        Value("care_manager", "Fast vårdkontakt", manager, location=True) if manager else None,
        unknown,
        period=period,
        claim=_ongoing(text(resource, "status")),
    )
    for kind in children(resource, "type"):
        if (code := _form(kind)) and code.value in codes.COMPULSORY:
            law = codes.FORMS_OF_CARE[code.value]
            yield records.fact(resource, "coercive_care", code, f"{law.capitalize()}{dates}.", period=period)


def _since(resource: Node) -> str:
    start = day(child(resource, "period"), "start")
    return f" sedan {in_words(start)}" if start else ""


def _until(resource: Node) -> str:
    end = day(child(resource, "period"), "end")
    return f", avslutad {in_words(end)}" if end else ""


def _ongoing(told: str) -> Claim | None:
    if told in ("active", "onhold"):
        return Claim("care.ongoing", "yes")
    return Claim("care.ongoing", "no") if told == "finished" else None


def _form(kind: Node) -> Code | None:
    codings, words = codes.concept({"type": kind}, "type")
    found = codes.coded(codings, words, _FORMS)
    return found if found.known else None


def encounter(resource: Node, records: Records) -> Iterator[Fact]:
    """Yield a visit: that it was, when and in what way; nothing of why."""
    if text(resource, "status") == _STRUCK:
        return
    words, what, unknown = status(resource, codes.ENCOUNTER)
    start = day(child(resource, "period"), "start")
    way = child(resource, "class")
    how = codes.ENCOUNTER_CLASS.get(text(way, "code"), "")
    said = " ".join(filter(None, (words, how, in_words(start) if start else "")))
    other = text(way, "display") or text(way, "code") if not how else ""
    places = [records.called(child(each, "location")) for each in children(resource, "location")]
    yield records.fact(
        resource,
        "health",
        what,
        f"{said}.",
        Value("class", "Sätt", other) if other else None,
        *(Value("place", "Plats", place, location=True) for place in places if place),
        unknown,
        period=span(resource),
    )


def condition(resource: Node, records: Records) -> Iterator[Fact]:
    """Yield a condition, in the category that its code says. What was struck or ruled out is no fact."""
    verified = _first_code(resource, "verificationStatus")
    if verified in (_STRUCK, "refuted"):
        return
    category, code = codes.diagnosis(*codes.concept(resource, "code"))
    clinical = _first_code(resource, "clinicalStatus")
    state = codes.CONDITION.get(clinical, clinical)
    unsure = verified not in ("confirmed", "")
    onset = day(resource, "onsetDateTime") or day(resource, "recordedDate")
    said = f"{code.text}{' (inte fastställt)' if unsure else ''}{f', {state}' if state else ''}"
    yield records.fact(
        resource,
        category,
        code,
        f"{said}.",
        Value("diagnosis", "Diagnos", code.text),
        Value("code", "Kod", code.value) if code.value else None,
        Value("since", "Sedan", onset) if onset else None,
        notes(resource),
    )


def _first_code(resource: Node, name: str) -> str:
    codings = children(child(resource, name), "coding")
    return text(codings[0], "code") if codings else ""


def observation(resource: Node, records: Records) -> Iterator[Fact]:
    """Yield what was assessed or measured: the value as it stands, with its parts."""
    if text(resource, "status") in (_STRUCK, "cancelled"):
        return
    codings, words = codes.concept(resource, "code")
    category, code = _observed(codings, words)
    told = _value(resource)
    when = day(resource, "effectiveDateTime") or day(child(resource, "effectivePeriod"), "start")
    preliminary = ", preliminär" if text(resource, "status") in ("preliminary", "registered") else ""
    yield records.fact(
        resource,
        category,
        code,
        _sentence(category, code.text, told, resource) + preliminary + ".",
        Value("value", code.text, told) if told is not None else None,
        *(_part(each) for each in children(resource, "component")),
        Value("assessed", "Bedömt", when) if when else None,
        notes(resource),
        period=span(resource, "effectivePeriod"),
        claim=_extent(resource, category, told),
    )


def _observed(codings: list[Node], words: str) -> tuple[Category, Code]:
    for coding in codings:
        system, value = text(coding, "system"), text(coding, "code")
        if found := codes.OBSERVED.get((system, value)):
            return found[0], Code(system, value, found[1])
    return "mental_health", codes.coded(codings, words, {})


def _value(node: Node) -> Typed | None:
    """Return the value of value[x]; None when there is none, or it is of a kind that has no words."""
    if quantity := child(node, "valueQuantity"):
        return _amount(quantity)
    for name, kind in (("valueString", str), ("valueBoolean", bool), ("valueInteger", int)):
        found = node.get(name)
        if found is not None:
            if not isinstance(found, kind) or (kind is int and isinstance(found, bool)):
                raise Unreadable(name)
            return found  # type: ignore[no-any-return]
    if words := codes.concept(node, "valueCodeableConcept")[1]:
        return words
    return day(node, "valueDateTime")


def _amount(quantity: Node) -> Typed | None:
    number = quantity.get("value")
    if number is None:
        return None
    if isinstance(number, bool) or not isinstance(number, int | Decimal):
        raise Unreadable("valueQuantity.value")
    unit = text(quantity, "unit") or text(quantity, "code")
    sign = text(quantity, "comparator")
    return f"{sign}{number} {unit}".strip() if sign or unit else number


def _percent(resource: Node) -> Decimal | None:
    """Return the value when it is a percentage, between nothing and all."""
    quantity = child(resource, "valueQuantity")
    number = quantity.get("value")
    if "%" not in (text(quantity, "unit"), text(quantity, "code")) or isinstance(number, bool):
        return None
    told = Decimal(number) if isinstance(number, int | Decimal) else None
    return told if told is not None and 0 <= told <= 100 and not text(quantity, "comparator") else None  # noqa: PLR2004


def _sentence(category: Category, words: str, told: Typed | None, resource: Node) -> str:
    percent = _percent(resource)
    if category == "work_ability" and percent is not None:
        return f"Kan arbeta {percent.normalize():f} procent av heltid"
    if told is None:
        reason = codes.concept(resource, "dataAbsentReason")[1]
        return f"{words}: inget värde{f' ({reason})' if reason else ''}"
    return f"{words}: {'ja' if told is True else 'nej' if told is False else told}"


def _extent(resource: Node, category: Category, told: Typed | None) -> Claim | None:
    percent = _percent(resource)
    if category != "work_ability" or percent is None or told is None:
        return None
    return Claim("work_ability.extent", f"{percent.normalize():f}")


def _part(component: Node) -> Value | None:
    words, told = codes.concept(component, "code")[1], _value(component)
    return Value("part", words or "Del", told, location=isinstance(told, str)) if told is not None else None
