"""The one statement that records, in two dialects: nothing is recorded unless every stand still stands.

Tried before it was chosen: SERIALIZABLE lets entries through (some serial order is not real time), a share lock in the
statement that reads comes too late. Here the lock, the comparison and the insertion are one autocommitted statement.

On PostgreSQL those who record at the same time share it: each call is recorded or not by its own stands. What is shared
waits for nobody. Where a change is under way it passes by, and the call that meets one waits for it alone.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import asyncpg
from sqlalchemy import insert, text

from hub.audit.entry import EntryId
from hub.audit.leaf import Row
from hub.audit.model import LedgerEntry, LedgerPending
from hub.kit.clock import from_micros
from hub.kit.database import Database
from hub.kit.together import Together

_FOREVER: Final = 2**62

# The bench of the withdrawal race takes the epoch out of these two, to show that it then fails.
# `held` takes its locks in sorted order, as `bump` does, so that the two can't wait for each other in a ring. A locker
# that has waited reads the row as it then is. CASE sees to it that the clock is read after the locks.
POSTGRES = """
WITH wanted AS (
  SELECT * FROM unnest($4::int[], $5::text[], $6::bigint[]) AS w(call, subject, epoch)
), held AS MATERIALIZED (
  SELECT subject, epoch FROM standing WHERE subject = ANY($5::text[]) ORDER BY subject FOR SHARE {locked}
), moved AS MATERIALIZED (
  SELECT call FROM wanted w
  WHERE NOT EXISTS (SELECT FROM held h WHERE h.subject = w.subject AND h.epoch = w.epoch)
), stood AS MATERIALIZED (
  SELECT call, instant, not_after FROM (
    SELECT call, not_after, CASE WHEN call NOT IN (SELECT call FROM moved) THEN coalesce(told, :now_us) END AS instant
    FROM unnest($1::int[], $2::bigint[], $3::bigint[]) AS c(call, not_after, told) OFFSET 0) AS timed
  WHERE instant < not_after
), recorded AS (
  INSERT INTO ledger_entry (id, body, sealed, kind, outcome, agency, owner, holder, individual, case_id, caller_ref,
                            recorded_at)
  SELECT e.id, e.body, e.sealed, e.kind, e.outcome, e.agency, e.owner, e.holder, e.individual, e.case_id, e.caller_ref,
         stood.instant
  FROM unnest($7::int[], $8::text[], $9::text[], $10::bytea[], $11::text[], $12::text[], $13::text[], $14::text[],
              $15::text[], $16::text[], $17::text[], $18::text[])
       AS e(call, id, body, sealed, kind, outcome, agency, owner, holder, individual, case_id, caller_ref)
  JOIN stood ON stood.call = e.call
  RETURNING id
)
INSERT INTO ledger_pending (entry_id) SELECT id FROM recorded RETURNING entry_id
"""

SQLITE = """
SELECT coalesce(:told, :now_us) WHERE :count = (
  SELECT count(*) FROM json_each(:stands) AS stand JOIN standing ON subject = stand.key AND epoch = stand.value)
"""


@dataclass(frozen=True, slots=True, eq=False)
class Call:
    """Rows that are recorded together or not at all, what they stand on, and their latest instant (microseconds).

    `told` is the instant to record them at, when the clock is set by hand; else the database's own clock judges.
    """

    rows: Sequence[Row]
    stands: Mapping[str, int]
    not_after: int
    told: int | None


class Recorder:
    """Records in one database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._together = Together(self._without_waiting)

    async def record(
        self, rows: Sequence[Row], stands: Mapping[str, int], not_after: int | None, told: int | None
    ) -> list[EntryId] | None:
        """Record `rows` if every subject of `stands` is still at its epoch and it is before `not_after` (microseconds).

        Returns None when nothing was recorded.
        """
        call = Call(rows, stands, _FOREVER if not_after is None else not_after, told)
        postgres = self._database.dialect == "postgresql"
        done = await self._shared(call) if postgres else await _sqlite(self._database, call)
        return [row.id for row in rows] if done else None

    async def _shared(self, call: Call) -> bool:
        try:
            done = (await self._together((call,)))[call]
        except asyncpg.PostgresError:  # maybe of another's rows; were these recorded all the same, they can't be again
            done = False
        return done or bool(await self._statement([call]))

    async def _without_waiting(self, calls: Collection[Call]) -> dict[Call, bool]:
        """Tell of each call whether it was recorded; those that were not have to be tried alone."""
        done = await self._statement(list(calls), locked="SKIP LOCKED")
        return {call: call.rows[0].id in done for call in calls}

    async def _statement(self, calls: Sequence[Call], locked: str = "") -> set[str]:
        stands = [(number, *stand) for number, call in enumerate(calls) for stand in call.stands.items()]
        rows = [(number, *row) for number, call in enumerate(calls) for row in call.rows]
        done = await self._database.record(
            POSTGRES.replace("{locked}", locked),
            range(len(calls)),
            [call.not_after for call in calls],
            [call.told for call in calls],
            *_columns(stands, 3),
            *_columns(rows, 1 + len(Row._fields)),
        )
        return {row[0] for row in done}


def _columns(rows: Sequence[tuple[object, ...]], width: int) -> Sequence[Sequence[object]]:
    return list(zip(*rows, strict=True)) or [()] * width


async def _sqlite(database: Database, call: Call) -> bool:
    """BEGIN IMMEDIATE on the one writing connection keeps every other writer out between the look and the write."""
    look = text(database.sql(SQLITE))
    stands = {"count": len(call.stands), "stands": json.dumps(call.stands), "told": call.told}
    async with database.write() as session:
        now = (await session.execute(look, stands)).scalar()
        if now is None or now >= call.not_after:
            return False
        rows = [{**row._asdict(), "recorded_at": from_micros(now)} for row in call.rows]
        await session.execute(insert(LedgerEntry), rows)
        await session.execute(insert(LedgerPending), [{"entry_id": row.id} for row in call.rows])
    return True
