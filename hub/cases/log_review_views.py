"""What is shown of the log's review."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from hub.agencies import AgencyId, AssignmentId, LogReviewPlan
from hub.audit import EntryId, LogEntry
from hub.cases.log_review_rows import LogSample, LogSampleEntry, Verdict
from hub.cases.log_sampling import rules
from hub.kit.vault import Erased, Keys, KeyScope, Place

_TABLE: Final = "log_sample_entry"


@dataclass(frozen=True, slots=True)
class ReviewPlan:
    """How an agency follows up its log. `diarienummer` is empty while the hub's own proposal holds."""

    every_days: int
    random: int
    diarienummer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One draw and how far its review has come."""

    id: str
    agency: AgencyId
    since: datetime
    until: datetime
    seed: str
    population: int
    random: int
    drawn_at: datetime
    drawn_by: AssignmentId
    due_on: date
    signed_at: datetime | None
    signed_by: AssignmentId | None
    drawn: int
    reviewed: int
    version: int

    @property
    def signed(self) -> bool:
        return self.signed_at is not None


@dataclass(frozen=True, slots=True)
class SampledEntry:
    """One entry of a draw. `entry` is None when the ledger no longer has it; a note that is erased is empty."""

    id: EntryId
    entry: LogEntry | None
    reasons: tuple[str, ...]
    verdict: Verdict | None
    note: str
    reviewed_at: datetime | None
    reviewed_by: AssignmentId | None


@dataclass(frozen=True, slots=True)
class ReviewDue:
    """What an agency owes: the day of its next draw, and by when its draws that aren't signed are to be."""

    next_draw: date
    unsigned: Mapping[str, date]


def plan_of(row: LogReviewPlan | None) -> ReviewPlan:
    """Return what an agency has decided, or what the hub proposes."""
    if row is None:
        return ReviewPlan(rules().plan.every_days, rules().plan.random)
    return ReviewPlan(row.every_days, row.random, row.diarienummer)


def sample_of(row: LogSample, entries: Iterable[LogSampleEntry]) -> Sample:
    """Return a draw with how far its review has come."""
    found = list(entries)
    return Sample(
        id=row.id,
        agency=AgencyId(row.agency),
        since=row.since,
        until=row.until,
        seed=row.seed,
        population=row.population,
        random=row.random,
        drawn_at=row.drawn_at,
        drawn_by=AssignmentId(row.drawn_by),
        due_on=date.fromisoformat(row.due_on),
        signed_at=row.signed_at,
        signed_by=AssignmentId(row.signed_by) if row.signed_by else None,
        drawn=len(found),
        reviewed=sum(each.verdict is not None for each in found),
        version=row.version,
    )


def entry_of(agency: str, row: LogSampleEntry, entry: LogEntry | None, keys: Keys) -> SampledEntry:
    """Return one entry of a draw, its note opened."""
    return SampledEntry(
        EntryId(row.entry_id),
        entry,
        tuple(row.reasons.split(",")),
        row.verdict,
        _opened(agency, row, entry, keys),
        row.reviewed_at,
        AssignmentId(row.reviewed_by) if row.reviewed_by else None,
    )


def _opened(agency: str, row: LogSampleEntry, entry: LogEntry | None, keys: Keys) -> str:
    if row.note is None:
        return ""
    try:
        return keys.open(scope_of(agency, entry), place_of(row.sample_id, row.entry_id), row.note).decode()
    except Erased:
        return ""


def scope_of(agency: str, entry: LogEntry | None) -> KeyScope:
    """A note is erased with the entry that it is about; one about nobody lies under the agency's own key."""
    individual = entry.individual if entry else None
    return KeyScope(individual or f"log:{agency}", agency, "evidence")


def place_of(sample: str, entry: str) -> Place:
    """Return where a note lies."""
    return Place(_TABLE, "note", f"{sample}/{entry}")
