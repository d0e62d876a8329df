"""Whether an answer is about the right person, and what it shows of protection. Nothing is read before this is clear."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, cast

from adapters.psykiatri import codes
from adapters.psykiatri.bundle import Entry
from adapters.psykiatri.fields import Node, Unreadable, child, children, day, text
from hub.broker.port import AgencyFault, FaultKind, NumberChanged, Shown, WrongPerson
from hub.kit.secret import Secret

#: Kinds whose own number is their own: staff and relatives are named in a record without being whom it is about.
_OTHERS: Final = frozenset({"Practitioner", "PractitionerRole", "RelatedPerson", "Person", "Organization", "Location"})
#: Where a resource names whom it is about. An appointment names everybody who is to be there.
_ABOUT: Final = ("subject", "patient", "beneficiary", "for", "individual")
_LABELS: Final[Mapping[str, Shown]] = {
    "sekretessmarkering": "sekretessmarkering",
    "skyddadFolkbokforing": "skyddad_folkbokforing",
}
_STRENGTH: Final[Mapping[Shown, int]] = {"none": 0, "unknown": 1, "sekretessmarkering": 2, "skyddad_folkbokforing": 3}
_NAMELESS: Final = "skyddad uppgift"


@dataclass(frozen=True, slots=True)
class _Number:
    system: str
    value: str
    current: bool


def the_patient(entries: Iterable[Entry], whom: Secret[str] | None, on: date) -> frozenset[str]:
    """Return the ids under which the register has `whom`: none when it hasn't. None as `whom` takes whoever is there.

    Raises WrongPerson, NumberChanged, and AgencyFault for a Patient that can't be read: there is no guessing whose it is.
    """
    entries = [entry for entry in entries if entry.kind == "Patient"]
    try:
        linked, earlier = _linked(entries), _linked(entries, "replaces")
        sought = [entry for entry in entries if entry.id not in (earlier if entry.sought else linked)]
        for entry in sought:
            _right(entry, whom, on, {each.id: each for each in entries})
        return frozenset(entry.id for entry in sought if entry.sought and entry.id)
    except Unreadable as error:
        raise AgencyFault(FaultKind.MALFORMED, f"Patient.{error}") from None


def check(entries: Iterable[Entry], whom: Secret[str] | None, patients: frozenset[str]) -> None:
    """Raise WrongPerson when any part of the answer names an individual other than `whom`."""
    for entry in entries:
        speaks = entry.kind not in _OTHERS and entry.kind != "Patient"
        if whom and speaks and any(not _same(value, whom) for value in _numbers_within(entry.resource)):
            raise WrongPerson(f"{entry.kind} with another number")
        if patients and any(named not in patients for named in named_patients(entry.resource)):
            raise WrongPerson(f"{entry.kind} about another Patient")


def named_patients(resource: Node) -> Iterator[str]:
    """Yield the ids of the Patients that a resource says it is about."""
    if resource.get("resourceType") in _OTHERS:
        return
    for name in _ABOUT:
        yield from _ids(resource.get(name))
    found = resource.get("participant")
    if resource.get("resourceType") in ("Appointment", "AppointmentResponse") and isinstance(found, list):
        for each in cast("list[Any]", found):
            yield from _ids(cast("Node", each).get("actor") if isinstance(each, dict) else None)


def reference(node: object) -> tuple[str, str]:
    """Return kind and id of a reference, relative or absolute, with or without a version; ("", "") for others."""
    told = cast("Node", node).get("reference") if isinstance(node, dict) else None
    if not isinstance(told, str):
        return "", ""
    parts = told.partition("/_history/")[0].rstrip("/").split("/")
    return (parts[-2], parts[-1]) if len(parts) > 1 else ("", "")


def _ids(node: object) -> Iterator[str]:
    for each in cast("list[object]", node) if isinstance(node, list) else [node]:
        kind, found = reference(each)
        if kind == "Patient":
            yield found


def shown(entries: Iterable[Entry]) -> Shown:
    """Return the strongest protection that the answer itself shows.

    HL7 Sweden's two labels count wherever they stand. On the Patient, a confidentiality of R or V, demographic
    sensitivity, a label that the list doesn't have, or a name that is put away, says that something is protected but
    not what: `unknown`. R and V on other resources is what psychiatry's records are anyway.
    """
    strongest: Shown = "none"
    for entry in entries:
        for found in _signs(entry):
            strongest = max(strongest, found, key=_STRENGTH.__getitem__)
    return strongest


def _signs(entry: Entry) -> Iterator[Shown]:
    patient = entry.kind == "Patient"
    try:
        for label in children(child(entry.resource, "meta"), "security"):
            system, value = text(label, "system"), text(label, "code")
            if system == codes.LABEL:
                yield _LABELS.get(value, "unknown")
            elif patient and (system, value) in _SENSITIVE:
                yield "unknown"
        names = children(entry.resource, "name") if patient else []
        if any(_NAMELESS in (text(name, "family").lower(), text(name, "text").lower()) for name in names):
            yield "unknown"
    except Unreadable:
        yield "unknown"


_SENSITIVE: Final = frozenset(
    {
        (codes.CONFIDENTIALITY, "R"),
        (codes.CONFIDENTIALITY, "V"),
        (codes.ACT_CODE, "DEMO"),
        (codes.ACT_CODE, "LOCIS"),
    }
)


def _linked(entries: Iterable[Entry], kind: str = "") -> set[str]:
    """Return the ids of Patients that others link to: of one kind, or any. `replaces`: the same person's earlier."""
    links = (link for entry in entries for link in children(entry.resource, "link"))
    return {reference(child(link, "other"))[1] for link in links if text(link, "type") == kind or not kind} - {""}


def _right(entry: Entry, whom: Secret[str] | None, on: date, all_of_them: Mapping[str, Entry]) -> None:
    numbers = _numbers(entry.resource, on)
    if whom is not None and not any(_same(each.value, whom) for each in numbers):
        raise WrongPerson("Patient with another number")
    _same_number(numbers, whom)
    for link in children(entry.resource, "link"):
        if text(link, "type") == "replaced-by":
            _replaced(child(link, "other"), whom, on, all_of_them)


def _same_number(numbers: list[_Number], whom: Secret[str] | None) -> None:
    """Raise when the register has a newer number (NumberChanged), or two people's in one record (WrongPerson)."""
    if whom is None:
        return
    asked = [each for each in numbers if _same(each.value, whom)]
    others = [each for each in numbers if each.current and not _same(each.value, whom)]
    if any(each.current and each.system == codes.PERSONNUMMER for each in asked):
        if any(each.system == codes.PERSONNUMMER for each in others):
            raise WrongPerson("Patient with two current numbers")
        return
    newer = [each for each in others if each.system == codes.PERSONNUMMER]
    if not newer and not any(each.current for each in asked):
        newer = others
    if newer:
        raise NumberChanged(Secret(newer[0].value))


def _replaced(other: Node, whom: Secret[str] | None, on: date, all_of_them: Mapping[str, Entry]) -> None:
    target = all_of_them.get(reference(other)[1])
    numbers = _numbers(target.resource, on) if target else _numbers({"identifier": [child(other, "identifier")]}, on)
    if whom is None or any(_same(each.value, whom) for each in numbers if each.current):
        return
    current = [each for each in numbers if each.current]
    if not current:
        raise AgencyFault(FaultKind.MALFORMED, "Patient.link: replaced by a record that isn't in the answer")
    raise NumberChanged(Secret(current[0].value))


def _numbers(patient: Node, on: date) -> list[_Number]:
    found: list[_Number] = []
    for each in children(patient, "identifier"):
        system = codes.NUMBERS.get(text(each, "system"))
        if system and (value := _plain(text(each, "value"))):
            until = day(child(each, "period"), "end")
            found.append(_Number(system, value, text(each, "use") != "old" and not (until and until < on)))
    return found


def _numbers_within(node: object) -> Iterator[str]:
    """Yield every personal number that stands as an identifier anywhere in a resource, however deep."""
    if isinstance(node, dict):
        held = cast("Mapping[str, object]", node)
        system, value = held.get("system"), held.get("value")
        if isinstance(system, str) and system in codes.NUMBERS and isinstance(value, str):
            yield _plain(value)
        for name, each in held.items():
            if name != "contained" or not isinstance(each, list):
                yield from _numbers_within(each)
                continue
            for one in cast("list[object]", each):
                if not (isinstance(one, dict) and cast("Node", one).get("resourceType") in _OTHERS):
                    yield from _numbers_within(cast("object", one))
    elif isinstance(node, list):
        for each in cast("list[object]", node):
            yield from _numbers_within(each)


def _plain(value: str) -> str:
    return "".join(sign for sign in value.upper() if sign.isalnum())


def _same(value: str, whom: Secret[str]) -> bool:
    """Whether a number is `whom`; one of ten digits is, when the century is all that it lacks."""
    told = whom.reveal()
    return value in (told, told[2:])
