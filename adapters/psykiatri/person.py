"""Facts out of the Patient: how to reach the individual, and who is near them."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from adapters.psykiatri import codes
from adapters.psykiatri.fields import Node, child, children, day, span, text, texts
from adapters.psykiatri.records import Records, kind_of, name_of
from hub.broker.port import Category, Claim, Code, Fact, Value
from hub.kit.clock import STOCKHOLM

_REACHED: Final[dict[str, tuple[Category, str]]] = {
    "phone": ("phone", "Telefon"),
    "sms": ("phone", "Sms"),
    "email": ("contact", "E-post"),
}


def patient(resource: Node, records: Records) -> Iterator[Fact]:
    """Yield what the Patient says. What has ended, or is marked old, is left out."""
    today = records.at.astimezone(STOCKHOLM).date()
    for each in children(resource, "telecom"):
        if not _over(each, today) and text(each, "value"):
            yield _telecom(resource, each, records)
    for each in children(resource, "address"):
        if not _over(each, today):
            yield _address(resource, each, records)
    if codings := codes.concept(resource, "maritalStatus")[0]:
        yield _civil_status(resource, codings, records)
    for each in children(resource, "contact"):
        if not _over(each, today):
            yield _relative(resource, each, records)


def _over(node: Node, today: date) -> bool:
    until = day(child(node, "period"), "end")
    return text(node, "use") == "old" or bool(until and until < today)


def _telecom(resource: Node, each: Node, records: Records) -> Fact:
    system, value = text(each, "system"), text(each, "value")
    category, label = _REACHED.get(system, ("contact", "Annan väg att nå personen"))
    what = Code("http://hl7.org/fhir/contact-point-system", system or "other", label, known=system in _REACHED)
    claim = Claim("contact.phone", _digits(value)) if category == "phone" else None
    reached = Value("phone" if category == "phone" else "contact", label, value, location=True)
    return records.fact(
        resource,
        category,
        what,
        f"{label}: {value}",
        reached,
        period=span(each),
        claim=claim,
        sensitive=False,
        location=True,
    )


def _digits(value: str) -> str:
    digits = "".join(sign for sign in value if sign.isdecimal())
    return f"0{digits[2:]}" if value.startswith("+46") else digits


def _address(resource: Node, each: Node, records: Records) -> Fact:
    lines = texts(each, "line")
    place = " ".join(filter(None, (text(each, "postalCode"), text(each, "city"))))
    whole = ", ".join(filter(None, (*lines, place, text(each, "country")))) or text(each, "text")
    kind, words = _address_kind(each)
    what = Code(codes.ADDRESS_KIND, kind or "address", words.capitalize(), known=not kind or kind in codes.ADDRESS)
    claim = Claim("contact.address", f"{lines[0]}, {place}") if lines and place else None
    value = Value("address", "Adress", whole, location=True)
    said = f"{words.capitalize()}: {whole or 'inte ifylld'}"
    return records.fact(
        resource, "address", what, said, value, period=span(each), claim=claim, sensitive=False, location=True
    )


def _address_kind(each: Node) -> tuple[str, str]:
    for extension in children(each, "extension"):
        if text(extension, "url") == codes.ADDRESS_KIND:
            codings, words = codes.concept(extension, "valueCodeableConcept")
            kind = text(codings[0], "code") if codings else ""
            return kind, codes.ADDRESS.get(kind, words or "adress")
    return "", "adress"


def _civil_status(resource: Node, codings: list[Node], records: Records) -> Fact:
    value = text(codings[0], "code")
    words, says = codes.CIVIL.get(value, (text(codings[0], "display") or value or "Okänt", ""))
    what = Code(text(codings[0], "system"), value, "Civilstånd", known=bool(says))
    claim = Claim("family.civil_status", says) if says else None
    told = Value("civil_status", "Civilstånd", words)
    return records.fact(resource, "family", what, f"Civilstånd: {words.lower()}", told, claim=claim, sensitive=False)


def _relative(resource: Node, each: Node, records: Records) -> Fact:
    named = name_of({"name": [child(each, "name")]})
    relations = [codes.concept({"of": relation}, "of")[1] for relation in children(each, "relationship")]
    reached = ", ".join(filter(None, (text(way, "value") for way in children(each, "telecom"))))
    values = (
        Value("relative", "Närstående", named, third_person=True) if named else None,
        Value("relation", "Relation", ", ".join(filter(None, relations)), third_person=True)
        if any(relations)
        else None,
        Value("relative_phone", "Telefon till närstående", reached, location=True, third_person=True)
        if reached
        else None,
    )
    what = kind_of(resource, "Närstående som psykiatrin har antecknat")
    said = f"Närstående: {', '.join(filter(None, (named, *(each.lower() for each in relations)))) or 'inte ifylld'}"
    return records.fact(resource, "family", what, said, *values, sensitive=False)
