"""Entries as the views read them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from hub.audit.entry import EntryId
from hub.audit.model import EntryKind, Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class LogFilter:
    """Narrows a view of the log; the default is everything."""

    agency: str | None = None
    outcome: Outcome | None = None
    since: datetime | None = None
    until: datetime | None = None


EVERYTHING: Final = LogFilter()


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEntry:
    """One entry, opened. After erasure only what is in the leaf is left, and `erased` is true."""

    id: EntryId
    at: datetime
    recorded_at: datetime
    kind: EntryKind
    question: str
    act: str
    outcome: Outcome
    agency: str | None
    owner: str | None
    #: The agency that answers for the entry.
    holder: str
    revision: str | None
    erased: bool = False
    #: The personal part was changed where it lies: it can't be shown, and an export will not verify.
    damaged: bool = False
    unit: str | None = None
    caller_kind: str | None = None
    caller_ref: str | None = None
    caller_name: str | None = None
    caller_title: str | None = None
    individual: str | None = None
    case_id: str | None = None
    purpose: str | None = None
    categories: tuple[str, ...] = ()
    #: The question, byte for byte as it was put; the engine's answer (`grounds`, `refusals`, `obligations` …).
    payload: bytes | None = None
    answer: Mapping[str, Any] = field(default_factory=dict[str, Any])
    detail: Mapping[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True, slots=True)
class LogPage:
    """A page of the log, newest first; `more` tells whether older entries follow."""

    entries: tuple[LogEntry, ...]
    number: int
    more: bool
