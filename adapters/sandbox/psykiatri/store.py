"""Searching as a FHIR server does it: matches, what follows with them, and pages behind addresses that tell nothing."""

import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, cast

from adapters.sandbox.psykiatri.resources import Resource
from hub.kit.clock import Clock

#: Where a reference of each search parameter stands.
_REFERENCES: Final = {
    "EpisodeOfCare:organization": ("managingOrganization", "Organization"),
    "EpisodeOfCare:care-manager": ("careManager", "Practitioner"),
    "Encounter:service-provider": ("serviceProvider", "Organization"),
    "Encounter:location": ("location.location", "Location"),
    "Condition:encounter": ("encounter", "Encounter"),
    "Observation:encounter": ("encounter", "Encounter"),
    "Observation:performer": ("performer", ""),
    "CarePlan:care-team": ("careTeam", "CareTeam"),
    "CarePlan:encounter": ("encounter", "Encounter"),
    "CareTeam:participant": ("participant.member", ""),
    "Appointment:location": ("participant.actor", "Location"),
    "Appointment:practitioner": ("participant.actor", "Practitioner"),
    "Patient:link": ("link.other", "Patient"),
    "Patient:organization": ("managingOrganization", "Organization"),
}
_ABOUT: Final = {"EpisodeOfCare": "patient", "Appointment": "participant.actor"}
_WHEN: Final = {
    "EpisodeOfCare": ("period.end", "period.start"),
    "Encounter": ("period.end", "period.start"),
    "Appointment": ("start",),
    "Observation": ("effectiveDateTime",),
    "CarePlan": ("period.end", "period.start"),
}
_OPEN_ENDED: Final = frozenset({"EpisodeOfCare", "CarePlan"})
KINDS: Final = frozenset(
    {"Patient", "EpisodeOfCare", "Encounter", "Condition", "Observation", "CarePlan", "CareTeam", "Appointment"}
)
LARGEST_PAGE: Final = 50


class BadSearch(Exception):
    """A parameter that isn't one, or can't be read."""


class Expired(Exception):
    """The page is no longer here."""


@dataclass(frozen=True, slots=True)
class _Later:
    until: datetime
    entries: list[Resource]
    size: int
    follow: list[str]


@dataclass(slots=True)
class Store:
    """Every resource, and the pages that somebody hasn't fetched yet. `lasts`: how long a page is kept."""

    resources: list[Resource]
    clock: Clock
    lasts: timedelta = timedelta(minutes=5)
    _pages: dict[str, _Later] = field(default_factory=dict[str, _Later])

    def search(self, kind: str, asked: Iterable[tuple[str, str]]) -> tuple[list[Resource], str]:
        """Return the first page's entries and the next page's token. Raises BadSearch."""
        found = [each for each in self.resources if each["resourceType"] == kind]
        follow: list[str] = []
        size = 20
        for name, value in asked:
            if name in ("_include", "_include:iterate"):
                follow.append(_known_include(value))
            elif name == "_count":
                size = _size(value)
            else:
                found = [each for each in found if _matches(kind, name, value, each)]
        entries = [{"resource": each, "search": {"mode": "match"}} for each in found]
        return self._page(entries, size, follow)

    def page(self, token: str) -> tuple[list[Resource], str]:
        """Return a later page, once it has been asked for by its token. Raises Expired."""
        kept = self._pages.pop(token, None)
        if kept is None or kept.until <= self.clock.now():
            raise Expired
        return self._page(kept.entries, kept.size, kept.follow)

    def _page(self, entries: list[Resource], size: int, follow: list[str]) -> tuple[list[Resource], str]:
        now, later = entries[:size], entries[size:]
        token = secrets.token_urlsafe(18) if later else ""
        if later:
            self._pages[token] = _Later(self.clock.now() + self.lasts, later, size, follow)
        return now + self._following([each["resource"] for each in now], follow), token

    def _following(self, resources: list[Resource], names: list[str]) -> list[Resource]:
        """Return what follows with resources, and with what follows: each once."""
        here = {(each["resourceType"], each["id"]) for each in resources}
        added: list[Resource] = []
        waiting = list(resources)
        while waiting:
            for key in _led_to(waiting.pop(), names):
                if key not in here and (found := self.find(*key)):
                    here.add(key)
                    added.append(found)
                    waiting.append(found)
        return [{"resource": each, "search": {"mode": "include"}} for each in added]

    def find(self, kind: str, name: str) -> Resource | None:
        """Return one resource."""
        return next((each for each in self.resources if (each["resourceType"], each["id"]) == (kind, name)), None)


def _known_include(value: str) -> str:
    if value not in _REFERENCES:
        raise BadSearch(f"_include={value.partition(':')[0]}")
    return value


def _size(value: str) -> int:
    if not (value.isascii() and value.isdecimal()):
        raise BadSearch("_count")
    return max(1, min(int(value), LARGEST_PAGE))


def _led_to(resource: Resource, names: list[str]) -> Iterator[tuple[str, str]]:
    for name in names:
        kind = name.partition(":")[0]
        path, wanted = _REFERENCES[name]
        if resource["resourceType"] == kind:
            for found in _at(resource, path):
                target, _, own = str(found.get("reference", "")).partition("/")
                if not wanted or target == wanted:
                    yield target, own


def _at(node: Mapping[str, Any], path: str) -> Iterator[Any]:
    first, _, rest = path.partition(".")
    found: Any = node.get(first)
    held = cast("list[Any]", found) if isinstance(found, list) else [found] if found is not None else []
    for each in held:
        if rest:
            yield from _at(each, rest)
        else:
            yield each


def _matches(kind: str, name: str, value: str, resource: Resource) -> bool:
    if kind == "Patient" and name == "identifier":
        pairs = {(each["system"], each["value"]) for each in resource.get("identifier", ())}
        return any(
            (system, number) in pairs for system, _, number in (each.partition("|") for each in value.split(","))
        )
    if kind != "Patient" and name == "patient":
        told = {each.get("reference") for each in _at(resource, _ABOUT.get(kind, "subject"))}
        return bool(told & set(value.split(",")))
    if name == "date" and kind in _WHEN and value.startswith("ge"):
        days = [found for path in _WHEN[kind] for found in _at(resource, path)]
        if kind in _OPEN_ENDED and not any(_at(resource, "period.end")):
            return True
        return bool(days) and str(days[0])[:10] >= value[2:]
    raise BadSearch(name if name.isascii() and name.isidentifier() else "parameter")
