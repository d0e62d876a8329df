"""One page of a search: its entries, its next page, and what the server itself says is missing."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, cast

from adapters.psykiatri.fields import Node, Unreadable, child, children, text
from hub.broker.port import AgencyFault, FaultKind, Gap
from hub.kit.payload import PayloadError, PayloadFault, read_json

_GRAVE: Final = frozenset({"fatal", "error", "warning"})
_KIND: Final = re.compile(r"[A-Z][A-Za-z]{1,40}")
_CODE: Final = re.compile(r"[a-z-]{1,30}")


@dataclass(frozen=True, slots=True)
class Entry:
    """A resource, and whether it was sought or only follows with one that was."""

    resource: Node
    sought: bool

    @property
    def kind(self) -> str:
        return text(self.resource, "resourceType")

    @property
    def id(self) -> str:
        return text(self.resource, "id")

    @property
    def version(self) -> str:
        return text(child(self.resource, "meta"), "versionId")


@dataclass(frozen=True, slots=True)
class Page:
    """`next`: where the server says that the rest is, "" when this was the last."""

    entries: tuple[Entry, ...]
    gaps: tuple[Gap, ...]
    next: str


def page(body: bytes, charset: str = "") -> Page:
    """Return what a body holds: a searchset Bundle, or one resource alone. Raises AgencyFault."""
    whole = _json(body, charset)
    try:
        if text(whole, "resourceType") == "OperationOutcome":
            raise AgencyFault(FaultKind.MALFORMED, f"an OperationOutcome in place of a Bundle: {issues(whole)}")
        if text(whole, "resourceType") != "Bundle":
            raise AgencyFault(FaultKind.MALFORMED, "not a FHIR Bundle")
        return _page(whole)
    except Unreadable as error:
        raise AgencyFault(FaultKind.MALFORMED, f"Bundle.{error}") from None


def _json(body: bytes, charset: str) -> Node:
    try:
        whole: Any = read_json(body, charset=charset)
    except PayloadError as error:
        kind = FaultKind.TOO_LARGE if error.fault is PayloadFault.TOO_LARGE else FaultKind.MALFORMED
        raise AgencyFault(kind, f"{error.fault.value}: {error.cause}") from None
    if not isinstance(whole, dict):
        raise AgencyFault(FaultKind.MALFORMED, "not a JSON object")
    return cast("Node", whole)


def _page(whole: Node) -> Page:
    entries: list[Entry] = []
    gaps: list[Gap] = []
    for place, each in enumerate(children(whole, "entry")):
        try:
            read = _entry(each)
        except Unreadable as error:
            gaps.append(Gap("En post i svaret", f"gick inte att läsa (entry {place}, {error})"))
            continue
        if isinstance(read, Entry):
            entries.append(read)
        elif read is not None:
            gaps.append(read)
    links = [text(link, "url") for link in children(whole, "link") if text(link, "relation") == "next"]
    return Page(tuple(entries), tuple(gaps), links[0] if links else "")


def _entry(each: Node) -> Entry | Gap | None:
    mode = text(child(each, "search"), "mode")
    resource = child(each, "resource")
    if not resource:
        gone = text(child(each, "response"), "status").startswith("410")
        return Gap("En post i svaret", "är borttagen hos psykiatrin" if gone else "är tom")
    kind = text(resource, "resourceType")
    if not _KIND.fullmatch(kind):
        raise Unreadable("resource.resourceType")
    if kind == "OperationOutcome":
        grave = any(text(issue, "severity") in _GRAVE for issue in children(resource, "issue"))
        return Gap("Psykiatrins system", f"säger att svaret inte är helt ({issues(resource)})") if grave else None
    text(resource, "id")
    text(child(resource, "meta"), "versionId")
    return Entry(resource, sought=mode != "include")


def issues(outcome: Node) -> str:
    """Return the issues' codes: out of FHIR's own list, never the diagnostics, which may quote the question."""
    try:
        codes = [text(issue, "code") for issue in children(outcome, "issue")]
    except Unreadable:
        codes = []
    return ", ".join(code for code in codes if _CODE.fullmatch(code)) or "no code"


def once(entries: Iterable[Entry]) -> list[Entry]:
    """Return each resource once, in its latest version: a page may repeat what another had, or what has changed since.

    What is sought on one page and follows on another is sought.
    """
    kept: dict[tuple[str, str], Entry] = {}
    for place, entry in enumerate(entries):
        key = (entry.kind, entry.id or f"#{place}")
        earlier = kept.get(key)
        if earlier is None:
            kept[key] = entry
            continue
        latest = entry if _newness(entry) > _newness(earlier) else earlier
        kept[key] = Entry(latest.resource, sought=entry.sought or earlier.sought)
    return list(kept.values())


def _newness(entry: Entry) -> tuple[str, int, str]:
    """Order versions: by when the server wrote them, then by number where the version is one."""
    version = entry.version
    updated = child(entry.resource, "meta").get("lastUpdated")
    number = int(version) if version.isascii() and version.isdecimal() else -1
    return (updated if isinstance(updated, str) else "", number, version)
