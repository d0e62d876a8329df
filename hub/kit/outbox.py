"""Facts that must be told upwards: written in the transaction that made them, delivered afterwards, at least once.

Correctness never rests on a delivery (every read compares epochs); bodies hold ids only.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Final

import structlog
from sqlmodel import Field
from sqlmodel.ext.asyncio.session import AsyncSession

from hub.kit.clock import Clock, micros
from hub.kit.database import Database, Table, UtcDateTime
from hub.kit.ids import new_id

Handler = Callable[[Mapping[str, str]], Awaitable[None]]
_LEASE: Final = timedelta(seconds=60)
_BATCH: Final = 50
_log = structlog.get_logger()


class OutboxFact(Table, table=True):
    """A fact on its way."""

    __tablename__ = "outbox"

    id: str = Field(primary_key=True)
    kind: str
    body: str
    due_at: datetime = Field(sa_type=UtcDateTime, index=True)
    tries: int = 0


def emit(session: AsyncSession, kind: str, body: Mapping[str, str], at: datetime) -> None:
    """Put a fact of `kind` in the outbox, to be delivered once the transaction of `session` has been committed."""
    session.add(OutboxFact(id=new_id(), kind=kind, body=json.dumps(dict(body)), due_at=at))


class Outbox:
    """Delivers facts to those who subscribed in `hub.app`. Several processes may run one each."""

    def __init__(self, database: Database, clock: Clock, subscribers: Mapping[str, tuple[Handler, ...]]) -> None:
        self._database, self._clock, self._subscribers = database, clock, subscribers

    async def deliver(self) -> int:
        """Deliver what is due and return how many facts were delivered; a failed one comes again, later each time."""
        facts = await self._claim()
        done = [fact for fact in facts if await self._told(fact)]
        if done:
            ids = self._database.many([fact[0] for fact in done])
            await self._database.record("DELETE FROM outbox WHERE id :in($1) RETURNING id", ids)
        return len(done)

    async def _claim(self) -> list[tuple[str, str, str]]:
        now = self._clock.now()
        lock = "FOR UPDATE SKIP LOCKED" if self._database.dialect == "postgresql" else ""
        rows = await self._database.record(
            f"""UPDATE outbox SET tries = tries + 1, due_at = cast($2 as bigint) + cast(tries as bigint) * 60000000
                WHERE id IN (SELECT id FROM outbox WHERE due_at <= $1 ORDER BY due_at LIMIT {_BATCH} {lock})
                RETURNING id, kind, body""",  # noqa: S608  both inserted words are constants
            micros(now),
            micros(now + _LEASE),
        )
        return [(row[0], row[1], row[2]) for row in rows]

    async def _told(self, fact: tuple[str, str, str]) -> bool:
        identity, kind, body = fact
        try:
            for handler in self._subscribers.get(kind, ()):
                await handler(json.loads(body))
        except Exception as error:  # noqa: BLE001  one bad fact must not stop the others; it comes again
            _log.warning("outbox_not_delivered", fact=identity, kind=kind, error=type(error).__name__)
            return False
        return True


async def every(seconds: float, act: Callable[[], Awaitable[object]], stop: asyncio.Event) -> None:
    """Run `act` every `seconds` until `stop` is set; what fails is logged by its type only, and tried next time."""
    while not stop.is_set():
        try:
            await act()
        except Exception as error:  # noqa: BLE001  a background act goes on whatever happens to one round
            _log.warning("background_act_failed", act=getattr(act, "__qualname__", "?"), error=type(error).__name__)
        try:
            await asyncio.wait_for(stop.wait(), seconds)
        except TimeoutError:
            continue
