"""Every query of the log's views. Each ends in `ORDER BY recorded_at DESC`, which an index of its own serves."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Final

from sqlmodel import and_, col, select
from sqlmodel.sql.expression import SelectOfScalar

from hub.audit.log import LogFilter
from hub.audit.model import EntryKind, LedgerEntry

Entries = SelectOfScalar[LedgerEntry]
_NEWEST_FIRST: Final = (col(LedgerEntry.recorded_at).desc(), col(LedgerEntry.id))


def by_id(entry_id: str) -> Entries:
    return select(LedgerEntry).where(LedgerEntry.id == entry_id)


def by_ids(ids: Collection[str]) -> Entries:
    return select(LedgerEntry).where(col(LedgerEntry.id).in_(ids))


def about(individual: str, wanted: LogFilter) -> Entries:
    return _narrowed(LedgerEntry.individual == individual, wanted)


def in_case(case_id: str, wanted: LogFilter) -> Entries:
    return _narrowed(LedgerEntry.case_id == case_id, wanted)


def of_agency(agency: str, wanted: LogFilter) -> Entries:
    return _narrowed(LedgerEntry.agency == agency, wanted)


def of_owner(owner: str, wanted: LogFilter) -> Entries:
    others = and_(col(LedgerEntry.owner) == owner, col(LedgerEntry.agency).is_distinct_from(owner))
    return _narrowed(others, wanted)


def last_disclosure(individual: str, at: datetime) -> Entries:
    chosen = select(LedgerEntry).where(
        LedgerEntry.individual == individual,
        LedgerEntry.kind == EntryKind.DISCLOSURE,
        LedgerEntry.recorded_at <= at,
    )
    return chosen.order_by(*_NEWEST_FIRST).limit(1)


def page_of(entries: Entries, page: int, limit: int) -> Entries:
    """Return one page and one entry more, which tells whether another page follows."""
    return entries.limit(limit + 1).offset((page - 1) * limit)


def _narrowed(chosen: Any, wanted: LogFilter) -> Entries:
    statement = select(LedgerEntry).where(chosen)
    if wanted.agency is not None:
        statement = statement.where(LedgerEntry.agency == wanted.agency)
    if wanted.outcome is not None:
        statement = statement.where(LedgerEntry.outcome == wanted.outcome)
    if wanted.since is not None:
        statement = statement.where(LedgerEntry.recorded_at >= wanted.since)
    if wanted.until is not None:
        statement = statement.where(LedgerEntry.recorded_at < wanted.until)
    return statement.order_by(*_NEWEST_FIRST)
