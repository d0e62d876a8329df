"""A change of the operator's key: every data key unwrapped with the old and wrapped with the next, row by row.

A row is always wrapped by one of the two, and the hub that knows both reads either: so it may stop anywhere, and goes on
when it is run again. A key that is destroyed meanwhile stays destroyed.
"""

from collections.abc import Callable
from typing import Final

from sqlalchemy import text

from hub.kit.database import Database
from hub.kit.wrapping import Wrapping

#: How many rows are wrapped anew in one transaction.
BATCH: Final = 256
_NEXT: Final = "SELECT id, wrapped FROM wrapped_key WHERE id > $1 ORDER BY id LIMIT $2"


async def rewrap(
    database: Database, wrapping: Wrapping, told: Callable[[int], None] = lambda _done: None, batch: int = BATCH
) -> int:
    """Wrap every data key with the newest key, and return how many were not before. `told` hears of each batch.

    Raises UnknownWrapping at a row that neither key has wrapped; what came before it is done.
    """
    done, after = 0, ""
    while rows := await database.fetch(_NEXT, after, batch):
        after = rows[-1][0]
        old = [(name, bytes(wrapped)) for name, wrapped in rows if not wrapping.is_newest(name, bytes(wrapped))]
        await _replace(database, [(n, was, wrapping.wrap(n, wrapping.unwrap(n, was))) for n, was in old])
        done += len(old)
        told(done)
    return done


async def _replace(database: Database, changes: list[tuple[str, bytes, bytes]]) -> None:
    if not changes:
        return
    # The old value is asked for: a key that was destroyed, or made anew, in between is left alone.
    update = text("UPDATE wrapped_key SET wrapped = :now WHERE id = :id AND wrapped = :was")
    async with database.write() as session:
        connection = await session.connection()
        await connection.execute(update, [{"id": name, "was": was, "now": now} for name, was, now in changes])
