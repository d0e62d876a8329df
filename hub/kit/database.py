"""One database, two dialects: SQLite in one process, PostgreSQL in production.

Everyday acts use SQLModel sessions: `read()`, and `write()` = one transaction that commits when its block ends well.
The hot path uses `fetch`/`record`: one statement, prepared by the driver, autocommitted. Nobody else commits.

Statements are written once, with `$1` placeholders, and these words that differ between the dialects:
`:json_agg(x)`  `:json_array(a, b)`  `:in($1)` (give the argument through `many`)  `:now_us`  `:for_share`.
"""

import asyncio
import fcntl
import json
import re
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any, ClassVar, Literal

import aiosqlite
import asyncpg
from sqlalchemy import BigInteger, Dialect, LargeBinary, MetaData, String, TypeDecorator, event
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from hub.kit.clock import from_micros, micros
from hub.kit.lines import Lines
from hub.kit.shared import Shared
from hub.kit.together import Together

Row = Sequence[Any]
Sealed = LargeBinary

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Table(SQLModel):
    """Base of every table of the main database."""

    __tablename__: ClassVar[str]  # pyright: ignore[reportIncompatibleVariableOverride] - a plain name, as all of ours are
    metadata: ClassVar[MetaData] = MetaData(naming_convention=_NAMES)  # pyright: ignore[reportIncompatibleVariableOverride]


class KeyTable(SQLModel):
    """Base of the tables of the keys' own database."""

    __tablename__: ClassVar[str]  # pyright: ignore[reportIncompatibleVariableOverride] - a plain name, as all of ours are
    metadata: ClassVar[MetaData] = MetaData(naming_convention=_NAMES)  # pyright: ignore[reportIncompatibleVariableOverride]


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant, stored as whole microseconds since 1970: alike in both dialects and in hand-written SQL."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002  the signature is SQLAlchemy's
        return None if value is None else micros(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return None if value is None else from_micros(value)


class EnumText(TypeDecorator[StrEnum]):
    """A StrEnum stored by its value, as text."""

    impl = String
    cache_ok = True

    def __init__(self, kind: type[StrEnum]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: StrEnum | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else self.kind(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:  # noqa: ARG002
        return None if value is None else self.kind(value)


class Database(ABC):
    """An open database. Made by `Database.open`."""

    dialect: ClassVar[Literal["sqlite", "postgresql"]]
    engine: AsyncEngine

    @staticmethod
    async def open(url: str, *, connections: int = 10, reading: bool = False) -> "Database":
        """Open `sqlite:///path` or `postgresql://…`; `connections` is the size of each pool on PostgreSQL.

        Opened for `reading`, nothing can be written, and a hub may be at work on the same SQLite file meanwhile.
        Raises BusyDatabase when another process has the SQLite file.
        """
        kind = Postgres if make_url(url).get_backend_name() == "postgresql" else Sqlite
        return await kind.connect(url, connections, reading=reading)

    @abstractmethod
    async def close(self) -> None:
        """Close every connection."""

    @abstractmethod
    async def fetch(self, sql: str, *args: Any) -> list[Row]:
        """Run one reading statement straight on the driver and return its rows."""

    @abstractmethod
    async def fetch_shared(self, sql: str, *args: Any) -> Sequence[Row]:
        """As `fetch`, of a statement whose arguments are texts, bytes and numbers that is run again and again: those
        who run it while the one before is on its way share the next. It begins after all of them have asked.
        """

    @abstractmethod
    async def record(self, sql: str, *args: Any) -> list[Row]:
        """Run one writing statement as a transaction of its own, on connections of its own, and return its rows."""

    @abstractmethod
    def sql(self, text: str) -> str:
        """Return `text` in this dialect."""

    @abstractmethod
    def many(self, values: Collection[str]) -> Any:
        """Return `values` in the form that `:in($n)` takes."""

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """Yield a session for reading; what it might have changed is rolled back."""
        async with AsyncSession(self.engine, expire_on_commit=False, autoflush=False) as session:
            yield session

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        """Yield a session that is one transaction: committed when the block ends well, else rolled back."""
        async with AsyncSession(self.engine, expire_on_commit=False) as session, session.begin():
            yield session


class BusyDatabase(Exception):
    """Another process has this SQLite database; only PostgreSQL takes several processes."""


class Sqlite(Database):
    """SQLite: one process, one writing connection, every commit flushed to the disk."""

    dialect = "sqlite"
    _WORDS: ClassVar = {
        ":json_agg(": "json_group_array(",
        ":json_array(": "json_array(",
        ":now_us": "cast((julianday('now') - 2440587.5) * 86400000000 as integer)",
        ":for_share": "",
    }

    def __init__(self, engine: AsyncEngine, swift: aiosqlite.Connection, lock: Any) -> None:
        self.engine, self._swift, self._writing = engine, swift, asyncio.Lock()
        self._lock = lock
        self._translated = lru_cache(512)(self._translate)

    @classmethod
    async def connect(cls, url: str, connections: int, *, reading: bool) -> "Sqlite":
        path = make_url(url).database or ""
        lock = BytesIO() if reading else _lock(Path(f"{path}.lock"))
        engine = create_async_engine(
            f"sqlite+aiosqlite:///{path}", poolclass=AsyncAdaptedQueuePool, pool_size=connections, max_overflow=0
        )
        event.listen(engine.sync_engine, "connect", _prepare_reading if reading else _prepare)
        event.listen(engine.sync_engine, "begin", _begin)
        swift = await aiosqlite.connect(path, isolation_level=None)
        for pragma in _READING if reading else _PRAGMAS:
            await swift.execute(pragma)
        return cls(engine, swift, lock)

    async def close(self) -> None:
        await self._swift.close()
        await self.engine.dispose()
        self._lock.close()

    async def fetch(self, sql: str, *args: Any) -> list[Row]:
        return list(await self._swift.execute_fetchall(self.sql(sql), _named(args)))

    async def fetch_shared(self, sql: str, *args: Any) -> list[Row]:
        return await self.fetch(sql, *args)  # inside the process there is no way to share

    async def record(self, sql: str, *args: Any) -> list[Row]:
        async with self._writing:
            return list(await self._swift.execute_fetchall(self.sql(sql), _named(args)))

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        async with (
            self._writing,
            AsyncSession(self.engine, expire_on_commit=False) as session,
            session.begin(),
        ):
            await session.connection(execution_options={"writes": True})
            yield session

    def sql(self, text: str) -> str:
        return self._translated(text)

    def _translate(self, text: str) -> str:
        return _translate(text, self._WORDS, r"IN (SELECT value FROM json_each(\1))")

    def many(self, values: Collection[str]) -> str:
        return json.dumps(list(values))


class Postgres(Database):
    """PostgreSQL: SQLAlchemy's pool for sessions, lines of their own for reads and for the ledger's records."""

    dialect = "postgresql"
    _WORDS: ClassVar = {
        ":json_agg(": "json_agg(",
        ":json_array(": "json_build_array(",
        ":now_us": "cast(extract(epoch from clock_timestamp()) * 1000000 as bigint)",
        ":for_share": "FOR SHARE",
    }

    def __init__(self, engine: AsyncEngine, reads: Lines, records: Lines) -> None:
        self.engine, self._reads, self._records = engine, reads, records
        self._translated = lru_cache(512)(self._translate)
        self._shared: dict[str, Together[tuple[Any, ...], Sequence[Row]]] = {}

    @classmethod
    async def connect(cls, url: str, connections: int, *, reading: bool) -> "Postgres":
        plain = make_url(url).set(drivername="postgresql")
        dsn = plain.render_as_string(hide_password=False)
        settings = {"default_transaction_read_only": "on"} if reading else {}
        engine = create_async_engine(
            plain.set(drivername="postgresql+asyncpg"),
            pool_size=connections,
            max_overflow=0,
            connect_args={"server_settings": settings},
        )
        reads, records = [await Lines.open(dsn, connections, settings) for _ in range(2)]
        return cls(engine, reads, records)

    async def close(self) -> None:
        await self._reads.close()
        await self._records.close()
        await self.engine.dispose()

    async def fetch(self, sql: str, *args: Any) -> list[Row]:
        return await self._reads.fetch(self.sql(sql), *args)

    async def fetch_shared(self, sql: str, *args: Any) -> Sequence[Row]:
        shared = self._shared.get(sql)
        if shared is None:
            shared = self._shared[sql] = Together(Shared(self._reads, self.sql(sql)))
        try:
            return (await shared((args,)))[args]
        except asyncpg.PostgresError:  # maybe of another's argument: nobody's trouble is told to somebody else
            return await self.fetch(sql, *args)

    async def record(self, sql: str, *args: Any) -> list[Row]:
        return await self._records.fetch(self.sql(sql), *args)

    def sql(self, text: str) -> str:
        return self._translated(text)

    def _translate(self, text: str) -> str:
        return _translate(text, self._WORDS, r"= ANY(\1)")

    def many(self, values: Collection[str]) -> list[str]:
        return list(values)


_IN = re.compile(r":in\((\$\d+)\)")
_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=10000",
)
_READING = ("PRAGMA query_only=ON", "PRAGMA busy_timeout=10000")


def _translate(text: str, words: dict[str, str], membership: str) -> str:
    for word, meaning in words.items():
        text = text.replace(word, meaning)
    return _IN.sub(membership, text)


def _named(args: tuple[Any, ...]) -> dict[str, Any]:
    return {str(number): value for number, value in enumerate(args, 1)}


def _lock(path: Path) -> Any:
    handle = path.open("ab")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        handle.close()
        raise BusyDatabase(str(path)) from None
    return handle


def _prepare(connection: Any, _record: object) -> None:
    """Leave transactions to us (`BEGIN IMMEDIATE` for writers) and flush every commit to the disk."""
    _pragmas(connection, _PRAGMAS)


def _prepare_reading(connection: Any, _record: object) -> None:
    _pragmas(connection, _READING)


def _pragmas(connection: Any, pragmas: tuple[str, ...]) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in pragmas:
        cursor.execute(pragma)
    cursor.close()


def _begin(connection: Any) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
