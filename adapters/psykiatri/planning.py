"""Facts out of what is planned: plans, who is in the team, and booked times."""

from collections.abc import Iterator
from typing import Final

from adapters.psykiatri import codes
from adapters.psykiatri.fields import Node, at_clock, child, children, instant, span, text
from adapters.psykiatri.identity import reference
from adapters.psykiatri.records import Records, kind_of, notes, status, written
from hub.broker.port import Claim, Fact, Value

_STRUCK: Final = "entered-in-error"
_OVER: Final = frozenset({"inactive", _STRUCK})


def plan(resource: Node, records: Records) -> Iterator[Fact]:
    """Yield a plan with its measures and who coordinates it."""
    if text(resource, "status") == _STRUCK:
        return
    words, what, unknown = status(resource, codes.PLAN)
    titled = text(resource, "title") or codes.concept({"of": _first(resource, "category")}, "of")[1]
    leads = next(filter(None, (_coordinator(team, records) for team in _teams(resource, records))), "")
    yield records.fact(
        resource,
        "plan",
        what,
        f"{words}{f': {titled}' if titled else ''}.",
        written("description", "Vad planen gäller", text(resource, "description")),
        *(_measure(each) for each in children(resource, "activity")),
        Value("coordinator", "Samordnar planen", leads, location=True) if leads else None,
        unknown,
        notes(resource),
        period=span(resource),
        claim=Claim("plan.coordinator", records.unit(resource))
        if leads and text(resource, "status") == "active"
        else None,
    )


def _first(resource: Node, name: str) -> Node:
    found = children(resource, name)
    return found[0] if found else {}


def _measure(activity: Node) -> Value | None:
    detail = child(activity, "detail")
    told = (
        text(detail, "description") or codes.concept(detail, "code")[1] or text(child(activity, "reference"), "display")
    )
    return written("activity", "Insats", told)


def _teams(resource: Node, records: Records) -> Iterator[Node]:
    for each in children(resource, "careTeam"):
        yield records.find(each, "CareTeam")


def _coordinator(team: Node, records: Records) -> str:
    """Return the member whose role says coordinator (SNOMED CT 768820003, or in words)."""
    for member in children(team, "participant"):
        for role in children(member, "role"):
            codings, words = codes.concept({"of": role}, "of")
            if any(text(each, "code") == "768820003" for each in codings) or "samordn" in words.lower():
                return records.called(child(member, "member")) or words
    return ""


def team(resource: Node, records: Records) -> Iterator[Fact]:
    """Yield who at psychiatry works with the individual. Relatives in the team are third persons."""
    if text(resource, "status") in _OVER:
        return
    values = [_member(each, records) for each in children(resource, "participant")]
    named = [str(each.value) for each in values if each and not each.third_person]
    said = f"Arbetar med personen: {', '.join(named)}." if named else "Det finns ett team kring personen."
    what = kind_of(resource, "Team kring personen")
    yield records.fact(resource, "contact", what, said, *values, period=span(resource))


def _member(each: Node, records: Records) -> Value | None:
    kind, _ = reference(child(each, "member"))
    if kind == "Patient" or not (named := records.called(child(each, "member"))):
        return None
    role = codes.concept({"of": _first(each, "role")}, "of")[1]
    told = ", ".join(filter(None, (named, role.lower())))
    return Value("member", "I teamet", told, location=True, third_person=kind == "RelatedPerson")


def appointment(resource: Node, records: Records) -> Iterator[Fact]:
    """Yield a booked time. Where it is tells where the individual will be."""
    if text(resource, "status") == _STRUCK:
        return
    words, what, unknown = status(resource, codes.APPOINTMENT)
    start = instant(resource, "start")
    actors = [child(each, "actor") for each in children(resource, "participant")]
    places = [records.called(each) for each in actors if reference(each)[0] == "Location"]
    staff = [records.called(each) for each in actors if reference(each)[0] in ("Practitioner", "PractitionerRole")]
    yield records.fact(
        resource,
        "meeting",
        what,
        f"{words}{f' {at_clock(start)}' if start else ''}.",
        Value("start", "Tid", start, location=True) if start else None,
        *(Value("place", "Plats", place, location=True) for place in places if place),
        *(Value("staff", "Träffar", name, location=True) for name in staff if name),
        written("description", "Vad tiden gäller", text(resource, "description")),
        written("instruction", "Att tänka på", text(resource, "patientInstruction")),
        unknown,
    )
