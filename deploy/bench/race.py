"""The withdrawal race: 16 readers against withdrawals of the same person, and proof that the harness can fail.

A reader reads the consent and the epoch in one statement and, when the consent stands, records what it was let see.
A withdrawal bumps, takes the consent away, commits: then it is acknowledged. What was recorded of that round is
counted at once, and again at the end. One more at the end than at once was recorded after the acknowledgement.
"""

import asyncio
import itertools
import random
import statistics
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

import asyncpg
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from hub.audit import Entry, EntryKind, Ledger, Outcome, Stand, recording
from hub.kit.clock import SystemClock
from hub.kit.database import Database

WHO: Final = "individual-1"
SUBJECT: Final = f"individual:{WHO}"
_NEAR_S: Final = 0.010
_FACTS: Final = (
    "SELECT c.permitted, s.epoch FROM race_consent c JOIN standing s ON s.subject = $1 WHERE c.individual = $2"
)

#: Records one reading of the round (epoch), by whatever recipe is tried; tells whether it was recorded.
Reader = Callable[["Race"], Awaitable[bool]]


@dataclass
class Result:
    """What one race showed."""

    withdrawals: int = 0
    reads: int = 0
    near: int = 0
    recorded: int = 0
    conflicts: int = 0
    #: Rounds and how many entries each had when its withdrawal was acknowledged.
    at_once: dict[int, int] = field(default_factory=dict[int, int])
    after: int = 0
    took_ms: list[float] = field(default_factory=list[float])

    @property
    def p99_ms(self) -> float:
        return percentile(self.took_ms, 99)


class Race:
    """One run of readers against withdrawals on one person; `writer` is where the withdrawals are made, if elsewhere."""

    def __init__(
        self, database: Database, ledger: Ledger, reader: "Reader | None" = None, writer: Database | None = None
    ) -> None:
        self.database, self.ledger, self.result = database, ledger, Result()
        self._writer, self._reader = writer or database, reader or epoch_reader
        self._seen = asyncio.Event()
        self._begun: list[float] = []
        self._acknowledged: list[float] = []
        self._over = asyncio.Event()

    @property
    def recipe(self) -> tuple[Reader, Database]:
        """How it is read and recorded, and where withdrawn: for another run of the same."""
        return self._reader, self._writer

    async def run(self, withdrawals: int, readers: int = 16) -> Result:
        """Run until there have been `withdrawals`, and count."""
        self._over.clear()
        await _prepare(self.database, self.ledger)
        tasks = [asyncio.create_task(self._read()) for _ in range(readers)]
        try:
            for _ in range(withdrawals):
                await self._round()
        finally:
            self._over.set()
            await asyncio.gather(*tasks)
        return await self._counted()

    async def facts(self) -> tuple[bool, int]:
        """Return whether the consent stands, and the epoch it was read at."""
        [(permitted, epoch)] = await self.database.fetch(_FACTS, SUBJECT, WHO)
        return bool(permitted), epoch

    async def _read(self) -> None:
        while not self._over.is_set():
            self._begun.append(time.perf_counter())
            if await self._reader(self):
                self.result.recorded += 1
                self._seen.set()
            await asyncio.sleep(0)

    async def _round(self) -> None:
        """Give the consent, let the readers at it, take it away, and count at once."""
        self._seen.clear()
        await _change(self._writer, self.ledger, permitted=True)
        with suppress(TimeoutError):
            await asyncio.wait_for(self._seen.wait(), 1)
        await asyncio.sleep(random.uniform(0, 0.005))
        began = time.perf_counter()
        epoch = await _change(self._writer, self.ledger, permitted=False) - 1
        self._acknowledged.append(time.perf_counter())
        self.result.took_ms.append((self._acknowledged[-1] - began) * 1000)
        self.result.at_once[epoch] = await _count(self.database, epoch)

    async def _counted(self) -> Result:
        result = self.result
        result.withdrawals, result.reads = len(result.at_once), len(self._begun)
        result.near = sum(1 for _ in _near(self._begun, self._acknowledged))
        ends = [(await _count(self.database, epoch), before) for epoch, before in result.at_once.items()]
        result.after = sum(end - before for end, before in ends)
        return result


async def epoch_reader(race: Race) -> bool:
    """The ledger's own recipe."""
    permitted, epoch = await race.facts()
    if not permitted:
        return False
    return bool(await race.ledger.record([entry_of(epoch)], [Stand(SUBJECT, epoch)]))


@asynccontextmanager
async def serializable_reader(url: str) -> AsyncIterator[Reader]:
    """A reader that trusts SERIALIZABLE instead of epochs: read and record in one transaction, as the withdrawal is."""
    name = make_url(url).database
    await _tell(url, f'ALTER DATABASE "{name}" SET default_transaction_isolation TO serializable')
    pool = await asyncpg.create_pool(url, min_size=16, max_size=16)

    async def read(race: Race) -> bool:
        async with pool.acquire() as connection:
            try:
                async with connection.transaction(isolation="serializable"):
                    permitted, epoch = await connection.fetchrow(_FACTS, SUBJECT, WHO)
                    if permitted:
                        await connection.execute(_PLAIN, f"{time.perf_counter_ns()}-{random.random()}", str(epoch))
            except asyncpg.SerializationError:
                race.result.conflicts += 1
                return False
        return bool(permitted)

    try:
        yield read
    finally:
        await pool.close()
        await _tell(url, f'ALTER DATABASE "{name}" RESET default_transaction_isolation')


async def _tell(url: str, statement: str) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute(statement)
    await connection.close()


@contextmanager
def without_the_epoch() -> Iterator[None]:
    """Take the epoch out of the recording statement: what is left must let entries through."""
    kept = recording.POSTGRES, recording.SQLITE
    recording.POSTGRES = kept[0].replace("AND h.epoch = w.epoch", "")
    recording.SQLITE = kept[1].replace("AND epoch = stand.value", "")
    if kept[0] == recording.POSTGRES or kept[1] == recording.SQLITE:
        raise AssertionError("the recording statement no longer reads as this harness expects")
    try:
        yield
    finally:
        recording.POSTGRES, recording.SQLITE = kept


def entry_of(epoch: int) -> Entry:
    """A disclosure; the case's id is the round, so that rounds can be counted apart."""
    return Entry(
        at=_now(),
        kind=EntryKind.DISCLOSURE,
        question="disclose",
        act="read_shared",
        outcome=Outcome.PERMIT,
        caller_kind="staff",
        caller_ref="a-1",
        agency="soc",
        owner="psyk",
        individual=WHO,
        case_id=str(epoch),
    )


def percentile(values: list[float], percent: int) -> float:
    """Return the value that `percent` of `values` don't exceed."""
    if len(values) < 2:
        return values[0] if values else 0.0
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


_clock = SystemClock()
_PLAIN: Final = """INSERT INTO ledger_entry (id, body, sealed, kind, outcome, holder, case_id, recorded_at)
    VALUES ($1, '{}', '', 'disclosure', 'permit', 'soc', $2, 0)"""


def _now() -> datetime:
    return _clock.now()


async def _prepare(database: Database, ledger: Ledger) -> None:
    async with database.engine.begin() as connection:
        await connection.execute(text("DROP TABLE IF EXISTS race_consent"))
        await connection.execute(text("CREATE TABLE race_consent (individual TEXT PRIMARY KEY, permitted BOOLEAN)"))
        await connection.execute(text("INSERT INTO race_consent VALUES (:who, false)"), {"who": WHO})
    async with database.write() as session:
        await ledger.bump(session, [SUBJECT])


async def _change(database: Database, ledger: Ledger, *, permitted: bool) -> int:
    """Give or take away the consent; return the new epoch, acknowledged."""
    for _ in itertools.count():
        try:
            async with database.write() as session:
                epochs = await ledger.bump(session, [SUBJECT])
                change = text("UPDATE race_consent SET permitted = :permitted WHERE individual = :who")
                await session.execute(change, {"permitted": permitted, "who": WHO})
            return epochs[SUBJECT]
        except DBAPIError as error:  # only where the database is told to be SERIALIZABLE
            if "could not serialize" not in str(error):
                raise
    raise AssertionError


async def _count(database: Database, epoch: int) -> int:
    [(count,)] = await database.fetch("SELECT count(*) FROM ledger_entry WHERE case_id = $1", str(epoch))
    return count


def _near(begun: list[float], acknowledged: list[float]) -> Iterator[float]:
    """Yield the reads that began within 10 ms of a withdrawal; both lists are in order of time."""
    last = 0
    for at in begun:
        while last + 1 < len(acknowledged) and abs(acknowledged[last + 1] - at) <= abs(acknowledged[last] - at):
            last += 1
        if acknowledged and abs(acknowledged[last] - at) <= _NEAR_S:
            yield at
