"""What all facts of one answer share: what follows with them, and how a fact of psychiatry's is made."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from adapters.psykiatri import codes
from adapters.psykiatri.bundle import Entry
from adapters.psykiatri.fields import Node, Unreadable, child, children, instant, text
from adapters.psykiatri.identity import reference
from hub.broker.port import Category, Claim, Code, Fact, Span, Value

#: When the answer names no unit of its own.
NAME: Final = "Psykiatrin"


@dataclass(frozen=True, slots=True)
class Records:
    """One answer's resources, found by kind and id. `at`: when they were read."""

    by_id: dict[tuple[str, str], Node]
    at: datetime

    @classmethod
    def of(cls, entries: Iterable[Entry], at: datetime) -> "Records":
        return cls({(entry.kind, entry.id): entry.resource for entry in entries if entry.id}, at)

    def find(self, node: object, kind: str) -> Node:
        """Return what a reference leads to in this answer, empty when it isn't here or is of another kind."""
        found = reference(node)
        return self.by_id.get(found, {}) if found[0] == kind else {}

    def called(self, node: Node) -> str:
        """Return the name of a unit, a person of staff or a place: as the resource has it, else as the reference says."""
        kind, _ = reference(node)
        resource = self.by_id.get(reference(node), {})
        if kind in ("Practitioner", "RelatedPerson", "Patient"):
            return name_of(resource) or text(node, "display")
        if kind == "PractitionerRole":
            return self.called(child(resource, "practitioner")) or text(node, "display")
        return text(resource, "name") or text(node, "display")

    def unit(self, resource: Node) -> str:
        """Return the unit that answers for a resource, by way of its encounter when it doesn't say itself."""
        for name in ("managingOrganization", "serviceProvider", "author", "performer"):
            for each in _one_or_more(resource, name):
                if told := self._organization(each):
                    return told
        encounter = self.find(child(resource, "encounter"), "Encounter")
        return (self.called(child(encounter, "serviceProvider")) if encounter else "") or NAME

    def _organization(self, node: Node) -> str:
        kind, _ = reference(node)
        return self.called(node) if kind in ("Organization", "") else ""

    def fact(
        self,
        resource: Node,
        category: Category,
        what: Code,
        said: str,
        *values: Value | None,
        period: Span | None = None,
        claim: Claim | None = None,
        sensitive: bool = True,
        location: bool = False,
    ) -> Fact:
        """Return a fact out of a resource, with where it comes from."""
        kind, found, version = text(resource, "resourceType"), text(resource, "id"), _version(resource)
        return Fact(
            category=category,
            what=what,
            text=said,
            unit=self.unit(resource),
            as_of=instant(child(resource, "meta"), "lastUpdated") or self.at,
            source=f"{kind}/{found or 'utan id'}" + (f"/_history/{version}" if version else ""),
            period=period,
            values=tuple(each for each in values if each is not None),
            sensitive=sensitive,
            location=location,
            claim=claim,
            withheld_from_individual=_kept_from_patient(resource),
        )


def _one_or_more(resource: Node, name: str) -> list[Node]:
    """Return what some kinds of resource have one of, and others several."""
    return children(resource, name) if isinstance(resource.get(name), list) else [child(resource, name)]


def _kept_from_patient(resource: Node) -> bool:
    """Whether care has decided that the patient isn't shown it (OSL 25:6), or labels it so that nobody can tell."""
    try:
        labels = children(child(resource, "meta"), "security")
        return any((text(each, "system"), text(each, "code")) == codes.NOT_TO_PATIENT for each in labels)
    except Unreadable:
        return True


def _version(resource: Node) -> str:
    return text(child(resource, "meta"), "versionId")


def name_of(resource: Node) -> str:
    """Return a person's name: the official one when there are several."""
    names = children(resource, "name")
    chosen = next((each for each in names if text(each, "use") == "official"), names[0] if names else {})
    parts = [*(str(each) for each in _given(chosen)), text(chosen, "family")]
    return text(chosen, "text") or " ".join(filter(None, parts))


def _given(name: Node) -> list[Any]:
    found = name.get("given")
    if found is None:
        return []
    if not isinstance(found, list):
        raise Unreadable("name.given")
    return [each for each in found if isinstance(each, str)]  # pyright: ignore[reportUnknownVariableType]


def written(name: str, label: str, told: str) -> Value | None:
    """Return free text as a value, None when there is none. What somebody has written may tell where one is."""
    return Value(name, label, told, location=True) if told else None


def notes(resource: Node) -> Value | None:
    """Return the notes of a resource as one value."""
    return written(
        "note", "Anteckning", "\n".join(filter(None, (text(each, "text") for each in children(resource, "note"))))
    )


def kind_of(resource: Node, words: str) -> Code:
    """Return a code that says what kind of resource it is."""
    return Code("http://hl7.org/fhir/resource-types", text(resource, "resourceType"), words)


def status(resource: Node, words: dict[str, str]) -> tuple[str, Code, Value | None]:
    """Return the status in words, as a code, and as a value when the list doesn't have it: kept as it came."""
    told = text(resource, "status")
    said = words.get(told, next(iter(words.values())) if not told else words.get("unknown", "Uppgift"))
    known = told in words
    code = Code(f"http://hl7.org/fhir/{text(resource, 'resourceType')}-status", told or "unknown", said, known=known)
    return said, code, None if known or not told else Value("status", "Läge, som psykiatrin skriver det", told)
