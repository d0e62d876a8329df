"""The one statement that records, in two dialects: nothing is recorded unless every stand still stands.

Tried before it was chosen: SERIALIZABLE lets entries through (some serial order is not real time), a share lock in the
statement that reads comes too late. Here the lock, the comparison and the insertion are one autocommitted statement.
"""

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import Final

from sqlalchemy import insert, text

from hub.audit.entry import EntryId
from hub.audit.leaf import Row
from hub.audit.model import LedgerEntry, LedgerPending
from hub.kit.clock import from_micros
from hub.kit.database import Database

_FOREVER: Final = 2**62
#: Of the members of `Row`, in PostgreSQL.
_TYPES: Final = ("text", "text", "bytea", *["text"] * 8)

# The bench of the withdrawal race takes the epoch out of these two, to show that it then fails.
# `held` takes its locks in sorted order, as `bump` does, so that the two can't wait for each other in a ring. A locker
# that has waited compares with the row as it then is. CASE sees to it that the clock is read after the locks.
POSTGRES = """
WITH held AS MATERIALIZED (
  SELECT subject FROM standing
  WHERE subject = ANY($1::text[]) AND epoch = ($2::bigint[])[array_position($1::text[], subject)]
  ORDER BY subject FOR SHARE
), recorded AS (
  INSERT INTO ledger_entry (id, body, sealed, kind, outcome, agency, owner, holder, individual, case_id, caller_ref,
                            recorded_at)
  SELECT e.*, {instant} FROM (VALUES {rows}) AS e
  WHERE CASE WHEN (SELECT count(*) FROM held) = cardinality($1::text[]) THEN {instant} < $3 ELSE false END
  RETURNING id
)
INSERT INTO ledger_pending (entry_id) SELECT id FROM recorded RETURNING entry_id
"""

SQLITE = """
SELECT {instant} WHERE :count = (
  SELECT count(*) FROM json_each(:stands) AS stand JOIN standing ON subject = stand.key AND epoch = stand.value)
"""


async def recorded(
    database: Database, rows: Sequence[Row], stands: Mapping[str, int], not_after: int | None, instant: str
) -> list[EntryId] | None:
    """Record `rows` if every subject of `stands` is still at its epoch and it is before `not_after` (microseconds).

    `instant` is the expression, in the words of `Database.sql`, for the instant at which the statement runs.
    """
    record = _postgres if database.dialect == "postgresql" else _sqlite
    return await record(database, rows, stands, _FOREVER if not_after is None else not_after, instant)


async def _postgres(
    database: Database, rows: Sequence[Row], stands: Mapping[str, int], not_after: int, instant: str
) -> list[EntryId] | None:
    statement = _for(POSTGRES, len(rows), instant)
    values = chain.from_iterable(rows)
    done = await database.record(statement, list(stands), list(stands.values()), not_after, *values)
    return [row.id for row in rows] if done else None


@lru_cache(256)
def _for(statement: str, count: int, instant: str) -> str:
    """Return the statement for `count` entries: the same text each time, so that the driver finds it prepared."""
    width, first = len(_TYPES), 4
    rows = (", ".join(f"${first + row * width + at}::{kind}" for at, kind in enumerate(_TYPES)) for row in range(count))
    return statement.format(instant=instant, rows=", ".join(f"({row})" for row in rows))


async def _sqlite(
    database: Database, rows: Sequence[Row], stands: Mapping[str, int], not_after: int, instant: str
) -> list[EntryId] | None:
    """BEGIN IMMEDIATE on the one writing connection keeps every other writer out between the look and the write."""
    look = text(database.sql(SQLITE.replace("{instant}", instant)))
    async with database.write() as session:
        now = (await session.execute(look, {"count": len(stands), "stands": json.dumps(stands)})).scalar()
        if now is None or now >= not_after:
            return None
        await session.execute(insert(LedgerEntry), [{**row._asdict(), "recorded_at": from_micros(now)} for row in rows])
        await session.execute(insert(LedgerPending), [{"entry_id": row.id} for row in rows])
    return [row.id for row in rows]
