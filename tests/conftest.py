"""Fixtures that every part of the suite shares."""

import os
import tempfile
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import asyncpg
import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import MetaData, create_engine, make_url, text

import hub.migrations.models  # noqa: F401  # pyright: ignore[reportUnusedImport]  every table is known before the first database is made
from hub.kit.database import Database, KeyTable, Table
from hub.kit.secret import Secret
from hub.kit.vault import Vault
from tests.fakes.clock import FixedClock
from tests.support import ports

pytest_plugins = ["tests.support.left_out", "tests.support.together"]

# The same examples each time, however slow the machine is: a run says the same of the same tree. To look for others:
# HUB_TEST_EXAMPLES=exploring. Test modules read this profile when they are imported, which is after this file.
settings.register_profile(
    "same", derandomize=True, deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("exploring", settings.get_profile("same"), derandomize=False)
settings.load_profile(os.environ.get("HUB_TEST_EXAMPLES", "same"))

ports.keep_apart()

#: A PostgreSQL that the database tests run against as well, when there is one (`postgresql://…`).
POSTGRES = os.environ.get("HUB_TEST_POSTGRES")
_WORKER = os.environ.get("PYTEST_XDIST_WORKER", "alone")
DIALECTS = ["sqlite", *(["postgresql"] if POSTGRES else [])]


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 11, 24, 8, 0, tzinfo=UTC))


@pytest.fixture(params=DIALECTS)
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    """An empty main database with all tables, on SQLite and, when there is one, on PostgreSQL."""
    if request.param == "sqlite":
        (tmp_path / "hub.db").write_bytes(blank(Table.metadata))
        opened = await open_empty("sqlite", tmp_path, "hub")
    else:
        opened = await _emptied()
    yield opened
    await opened.close()


@pytest.fixture
async def vault(tmp_path: Path) -> AsyncIterator[Vault]:
    """A keys' database of its own, on SQLite."""
    (tmp_path / "keys.db").write_bytes(blank(KeyTable.metadata))
    opened = await Database.open(f"sqlite:///{tmp_path}/keys.db")
    yield Vault(opened, Secret(b"test operator key, 32 bytes long"))
    await opened.close()


@cache
def blank(metadata: MetaData) -> bytes:
    """Return a SQLite file with all tables and nothing in them: made once, and written for each test."""
    with tempfile.TemporaryDirectory() as folder:
        engine = create_engine(f"sqlite:///{folder}/blank.db")
        metadata.create_all(engine)
        engine.dispose()
        return (Path(folder) / "blank.db").read_bytes()


_MADE: set[str] = set()


async def _emptied() -> Database:
    """Return this worker's own database with all tables: emptied for each test, made anew when a test broke it."""
    address = await _own_postgres("hub")
    if address in _MADE and await _could_empty(address):
        return await Database.open(address, connections=4)
    opened = await open_empty("postgresql", Path(), "hub")
    async with opened.engine.begin() as connection:
        await connection.run_sync(Table.metadata.create_all)
    _MADE.add(address)
    return opened


async def _could_empty(address: str) -> bool:
    """Empty every table. What is written once refuses to be emptied, but for one who turns its triggers off."""
    names = "; ".join(f"DELETE FROM {table.name}" for table in reversed(Table.metadata.sorted_tables))  # noqa: S608
    connection = await asyncpg.connect(address)
    try:
        await connection.execute(f"SET session_replication_role = replica; {names}")
    except asyncpg.UndefinedTableError:
        return False
    finally:
        await connection.close()
    return True


async def open_empty(dialect: str, tmp_path: Path, name: str) -> Database:
    """Return an empty database of a dialect, open; on PostgreSQL one of this worker's own."""
    if dialect == "sqlite":
        return await Database.open(f"sqlite:///{tmp_path}/{name}.db")
    opened = await Database.open(await _own_postgres(name), connections=4)
    async with opened.engine.begin() as connection:
        await connection.execute(text("DROP SCHEMA public CASCADE"))
        await connection.execute(text("CREATE SCHEMA public"))
    return opened


async def _own_postgres(name: str) -> str:
    """Return the URL of a database that only this worker uses, made if it isn't there."""
    assert POSTGRES
    own = f"{name}_{_WORKER}"
    connection = await asyncpg.connect(POSTGRES)
    if not await connection.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", own):
        await connection.execute(f'CREATE DATABASE "{own}"')
    await connection.close()
    return make_url(POSTGRES).set(database=own).render_as_string(hide_password=False)
