"""The ledger's door: what is decided is recorded here, and nowhere else.

A permit is recorded by one statement that holds only while everything it stood on still stands (`recording`). An
entry is then put into the tree by the sequencer, at most a second later.
"""

import asyncio
import sqlite3
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final

import asyncpg
from sqlalchemy import ColumnElement, insert, literal_column, text
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel.ext.asyncio.session import AsyncSession

from hub.audit import repository
from hub.audit.entry import Entry, EntryId, Stand
from hub.audit.errors import Distrusted, NotRecorded
from hub.audit.leaf import Row, open_rows, row_of, scope_of
from hub.audit.log import EVERYTHING, LogEntry, LogFilter, LogPage
from hub.audit.model import LedgerEntry, LedgerPending, Outcome
from hub.audit.recording import Recorder
from hub.kit.clock import Clock, SystemClock, micros
from hub.kit.database import Database
from hub.kit.ids import new_id
from hub.kit.vault import Vault

#: How long a record may take before it counts as lost: a decision that isn't in the ledger by then is undecided.
_PATIENCE_S: Final = 5.0
_LOST: Final = (OSError, TimeoutError, SQLAlchemyError, sqlite3.Error, asyncpg.PostgresError, asyncpg.InterfaceError)


class Ledger:
    """Records and reads entries. `trusted` turns false when the tree contradicts a checkpoint kept outside."""

    def __init__(self, database: Database, vault: Vault, clock: Clock) -> None:
        self._database, self._vault, self._clock = database, vault, clock
        self._recorder = Recorder(database)
        self.trusted = True

    async def record(
        self, entries: Sequence[Entry], stands: Collection[Stand] = (), not_after: datetime | None = None
    ) -> list[EntryId] | None:
        """Record `entries` in one statement that commits by itself, and return their ids in the same order.

        Returns None, and records nothing, when any of `stands` has moved or `not_after` has come: the facts must be
        read again. Refusals and undecided are recorded with no stands, unconditionally.
        Not to be called inside a `write()` block.

        Raises:
            NotRecorded: no answer came to the commit. Whether it was recorded is unknown, so it is undecided.
            Distrusted: a permit, while the tree contradicts a checkpoint kept outside.
            ValueError: a permit that stands on nothing.
        """
        self._refuse_unfounded(entries, stands)
        epochs = {stand.subject: stand.epoch for stand in stands}
        if any(epochs[stand.subject] != stand.epoch for stand in stands):
            return None
        try:
            async with asyncio.timeout(_PATIENCE_S):
                rows = await self._rows(entries)
                limit = None if not_after is None else micros(not_after)
                return await self._recorder.record(rows, epochs, limit, self._told())
        except _LOST as error:
            raise NotRecorded(type(error).__name__) from error

    async def record_change(self, session: AsyncSession, entry: Entry) -> EntryId:
        """Record `entry` in the caller's transaction, as its last statement: the change and its entry, or neither."""
        [row] = await self._rows([entry])
        told = self._told()
        now: ColumnElement[int] = literal_column(self._database.sql(":now_us") if told is None else str(told))
        await session.execute(insert(LedgerEntry).values(**row._asdict(), recorded_at=now))
        await session.execute(insert(LedgerPending).values(entry_id=row.id))
        return row.id

    async def bump(self, session: AsyncSession, subjects: Collection[str]) -> dict[str, int]:
        """Say that what may be decided about `subjects` is changing, and return their new epochs.

        To be called as the first statement of the transaction: from here until its end nothing is recorded that
        stands on them, and afterwards nothing that stood on how they were. A subject is born at its first bump; until
        then nothing can be recorded that stands on it.
        """
        ordered = sorted(set(subjects))
        rows = ", ".join(f"(:s{number}, 1)" for number in range(len(ordered)))
        statement = f"""INSERT INTO standing (subject, epoch) VALUES {rows}
            ON CONFLICT (subject) DO UPDATE SET epoch = standing.epoch + 1 RETURNING subject, epoch"""  # noqa: S608
        result = await session.execute(text(statement), {f"s{number}": name for number, name in enumerate(ordered)})
        return {row[0]: row[1] for row in result}

    async def erase(self, individual: str, holder: str) -> int:
        """Erase the personal part of what `holder` answers for about `individual`; return how many entries it was.

        The key goes first: from then on nothing can be read, and the columns that are emptied next say nothing alone.
        May be run again after a crash. The decision on it is the caller's to record.
        """
        await self._vault.destroy([scope_of(individual, holder)])
        emptied = await self._database.record(
            """UPDATE ledger_entry SET individual = NULL, case_id = NULL, caller_ref = NULL
               WHERE individual = $1 AND holder = $2 RETURNING id""",
            individual,
            holder,
        )
        return len(emptied)

    async def entry(self, entry_id: EntryId) -> LogEntry | None:
        """Return one entry, or None when there is none."""
        found = await self._read(repository.by_id(entry_id))
        return found[0] if found else None

    async def entries(self, ids: Collection[EntryId]) -> dict[EntryId, LogEntry]:
        """Return these entries by id; one that is gone is left out."""
        return {each.id: each for each in await self._read(repository.by_ids(ids))}

    async def entries_about(
        self, individual: str, wanted: LogFilter = EVERYTHING, *, page: int = 1, limit: int = 20
    ) -> LogPage:
        """Return what was done with the individual's information, newest first."""
        return await self._page(repository.about(individual, wanted), page, limit)

    async def entries_in_case(
        self, case_id: str, wanted: LogFilter = EVERYTHING, *, page: int = 1, limit: int = 20
    ) -> LogPage:
        """Return what was done in the case, newest first."""
        return await self._page(repository.in_case(case_id, wanted), page, limit)

    async def entries_of_agency(
        self, agency: str, wanted: LogFilter = EVERYTHING, *, page: int = 1, limit: int = 20
    ) -> LogPage:
        """Return what the agency's own staff and systems did, newest first: for its log reviewer (SFB 114:13, PDL 4:3)."""
        return await self._page(repository.of_agency(agency, wanted), page, limit)

    async def entries_of_owner(
        self, owner: str, wanted: LogFilter = EVERYTHING, *, page: int = 1, limit: int = 20
    ) -> LogPage:
        """Return what others did with the agency's information, newest first."""
        return await self._page(repository.of_owner(owner, wanted), page, limit)

    async def last_entry_before(self, individual: str, at: datetime) -> LogEntry | None:
        """Return the last disclosure about the individual that was recorded by `at`.

        It may still have been on its way then: the stopwatch of a withdrawal names it.
        """
        found = await self._read(repository.last_disclosure(individual, at))
        return found[0] if found else None

    def _told(self) -> int | None:
        """The database's own clock judges, one for all processes; a clock that is set by hand is told to it."""
        return None if isinstance(self._clock, SystemClock) else micros(self._clock.now())

    def _refuse_unfounded(self, entries: Sequence[Entry], stands: Collection[Stand]) -> None:
        if not any(entry.outcome is Outcome.PERMIT for entry in entries):
            return
        if not stands:
            raise ValueError("a permit that stands on nothing can't be recorded")
        if not self.trusted:
            raise Distrusted

    async def _rows(self, entries: Sequence[Entry]) -> list[Row]:
        keys = await self._vault.keys({scope_of(entry.individual, entry.holder) for entry in entries})
        return [row_of(entry, EntryId(new_id()), keys) for entry in entries]

    async def _page(self, entries: repository.Entries, page: int, limit: int) -> LogPage:
        found = await self._read(repository.page_of(entries, page, limit))
        return LogPage(tuple(found[:limit]), page, len(found) > limit)

    async def _read(self, entries: repository.Entries) -> list[LogEntry]:
        async with self._database.read() as session:
            rows = (await session.exec(entries)).all()
        return await open_rows(self._vault, rows)
