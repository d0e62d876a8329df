"""One database, two dialects: what an act may rely on."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

from hub.kit.clock import micros
from hub.kit.database import BusyDatabase, Database
from hub.kit.errors import Conflict
from hub.kit.idempotency import Once, OnceRecord, earlier, remember

NOW = datetime(2026, 11, 24, 9, 30, 0, 123456, tzinfo=UTC)


def record(key: str) -> OnceRecord:
    return OnceRecord(caller="c", key=key, digest=b"d", resource="r", at=NOW)


class TestWriting:
    async def test_what_fails_leaves_nothing_behind(self, database: Database) -> None:
        async def fail() -> None:
            async with database.write() as session:
                session.add(record("lost"))
                await session.flush()
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            await fail()
        assert await database.fetch("SELECT key FROM once") == []

    async def test_an_instant_comes_back_aware_and_to_the_microsecond(self, database: Database) -> None:
        async with database.write() as session:
            session.add(record("kept"))
        async with database.read() as session:
            found = (await session.exec(select(OnceRecord))).one()
        assert found.at == NOW
        assert [row[0] for row in await database.fetch("SELECT at FROM once")] == [micros(NOW)]

    async def test_writers_wait_for_each_other(self, database: Database) -> None:
        async def write(number: int) -> None:
            async with database.write() as session:
                session.add(record(str(number)))

        await asyncio.gather(*[write(number) for number in range(20)])
        rows = await database.fetch("SELECT count(*) FROM once")
        assert rows[0][0] == 20


class TestStatements:
    async def test_words_that_differ_between_dialects(self, database: Database) -> None:
        async with database.write() as session:
            session.add_all([record("a"), record("b"), record("c")])
        rows = await database.fetch("SELECT key FROM once WHERE key :in($1) ORDER BY key", database.many(["a", "c"]))
        assert [row[0] for row in rows] == ["a", "c"]
        (now,) = (await database.fetch("SELECT :now_us"))[0]
        assert abs(now - micros(datetime.now(UTC))) < 60_000_000  # noqa: TID251  compares with the database's clock

    async def test_a_record_is_committed_at_once(self, database: Database) -> None:
        sql = "INSERT INTO once (caller, key, digest, resource, at) VALUES ($1, $2, $3, $4, $5) RETURNING key"
        rows = await database.record(sql, "c", "k", b"d", "r", micros(NOW))
        assert rows[0][0] == "k"
        assert len(await database.fetch("SELECT key FROM once")) == 1


async def test_a_second_process_is_refused_the_sqlite_file(tmp_path: Path) -> None:
    first = await Database.open(f"sqlite:///{tmp_path}/one.db")
    with pytest.raises(BusyDatabase):
        await Database.open(f"sqlite:///{tmp_path}/one.db")
    await first.close()
    again = await Database.open(f"sqlite:///{tmp_path}/one.db")
    await again.close()


class TestOnce:
    async def test_the_same_key_for_something_else_is_a_conflict(self, database: Database) -> None:
        async with database.write() as session:
            remember(session, Once("c", "k", b"one", NOW), "r1")
        async with database.read() as session:
            with pytest.raises(Conflict):
                await earlier(session, Once("c", "k", b"two", NOW))

    async def test_a_replay_finds_what_was_made_and_only_for_its_own_caller(self, database: Database) -> None:
        async with database.write() as session:
            remember(session, Once("c", "k", b"one", NOW), "r1")
        async with database.read() as session:
            assert await earlier(session, Once("c", "k", b"one", NOW)) == "r1"
            assert await earlier(session, Once("other", "k", b"one", NOW)) is None
            assert await earlier(session, None) is None


class TestOpenedForReading:
    """Beside a hub at work: for exports and checks."""

    async def test_nothing_can_be_written(self, database: Database) -> None:
        async with _beside(database) as beside:
            with pytest.raises((sqlite3.OperationalError, asyncpg.ReadOnlySQLTransactionError)):
                await beside.record("DELETE FROM once RETURNING key")
            with pytest.raises(DBAPIError):
                async with beside.write() as session:
                    session.add(record("lost"))

    async def test_what_the_hub_has_committed_is_seen(self, database: Database) -> None:
        async with database.write() as session:
            session.add(record("kept"))
        async with _beside(database) as beside, beside.read() as session:
            assert (await session.exec(select(OnceRecord.key))).all() == ["kept"]
            assert [tuple(row) for row in await beside.fetch("SELECT key FROM once")] == [("kept",)]


@asynccontextmanager
async def _beside(database: Database) -> AsyncIterator[Database]:
    url = database.engine.url.set(drivername=database.dialect).render_as_string(hide_password=False)
    beside = await Database.open(url, reading=True)
    yield beside
    await beside.close()
