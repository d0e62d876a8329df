"""The tables of the log's review, and the one statement that a draw reads the log with."""

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar, Final

import msgspec
from sqlalchemy import Column, Index
from sqlmodel import Field, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from hub.cases.log_sampling import Line
from hub.kit.clock import from_micros, micros
from hub.kit.database import Database, EnumText, Sealed, Table, UtcDateTime


class Verdict(StrEnum):
    """What a reviewer has found of one entry."""

    IN_ORDER = "in_order"
    ASK = "ask"
    REPORT = "report"


class LogSample(Table, table=True):
    """One draw of an agency's log, [since, until): each period is drawn once, with a seed that is kept."""

    __tablename__: ClassVar[Any] = "log_sample"
    __table_args__ = (Index("ix_log_sample_agency", "agency", "until", unique=True),)

    id: str = Field(primary_key=True)
    agency: str
    since: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    until: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    seed: str
    #: How many entries the period had, and how many of them were to be drawn by lot.
    population: int
    random: int
    drawn_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    drawn_by: str
    #: ISO date in Sweden.
    due_on: str
    signed_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    signed_by: str | None = None
    version: int = 1


class LogSampleEntry(Table, table=True):
    """One entry of a draw, why it was drawn, and what the reviewer found. The note lies under the entry's own key."""

    __tablename__: ClassVar[Any] = "log_sample_entry"

    sample_id: str = Field(primary_key=True, foreign_key="log_sample.id")
    entry_id: str = Field(primary_key=True)
    position: int
    #: Codes with commas between.
    reasons: str
    verdict: Verdict | None = Field(default=None, sa_column=Column(EnumText(Verdict)))
    note: bytes | None = Field(default=None, sa_column=Column(Sealed))
    reviewed_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    reviewed_by: str | None = None


class _Body(msgspec.Struct):
    act: str


#: $1 the agency, $2 from, $3 until (µs). What was decided for its staff and systems; changes follow on decisions.
_LINES: Final = """
    SELECT e.id, e.recorded_at, e.body, e.outcome, coalesce(e.caller_ref, ''), coalesce(e.individual, ''),
        CASE WHEN i.protection <> 'none' THEN 1 ELSE 0 END,
        CASE WHEN EXISTS (SELECT 1 FROM declared_relation d JOIN assignment a ON a.staff = d.staff
                           WHERE d.individual = e.individual
                             AND (e.caller_ref = 'assignment:' || a.id OR (d.relation = 'self' AND a.agency = e.agency)))
             THEN 1 ELSE 0 END
    FROM ledger_entry e LEFT JOIN individual i ON i.id = e.individual
    WHERE e.agency = $1 AND e.recorded_at >= $2 AND e.recorded_at < $3
      AND e.kind IN ('disclosure', 'refusal', 'undecided')
    ORDER BY e.recorded_at, e.id"""


async def lines(database: Database, agency: str, since: datetime, until: datetime) -> list[Line]:
    """Return the agency's entries of a period, oldest first, as a draw sees them."""
    rows = await database.fetch(_LINES, agency, micros(since), micros(until))
    return [
        Line(row[0], from_micros(row[1]), _act(row[2]), row[3], row[4], row[5], bool(row[6]), bool(row[7]))
        for row in rows
    ]


def _act(body: str) -> str:
    return msgspec.json.decode(body, type=_Body).act


async def samples(session: AsyncSession, agency: str) -> list[LogSample]:
    """Return the agency's draws, newest first."""
    wanted = select(LogSample).where(LogSample.agency == agency).order_by(col(LogSample.until).desc())
    return list(await session.exec(wanted))


async def entries(session: AsyncSession, sample: str) -> list[LogSampleEntry]:
    """Return the entries of one draw, in their order."""
    wanted = select(LogSampleEntry).where(LogSampleEntry.sample_id == sample).order_by(col(LogSampleEntry.position))
    return list(await session.exec(wanted))
