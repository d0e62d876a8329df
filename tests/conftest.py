"""Fixtures that every part of the suite shares."""

import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import make_url, text

from hub.kit.database import Database, KeyTable, Table
from hub.kit.secret import Secret
from hub.kit.vault import Vault
from tests.fakes.clock import FixedClock

pytest_plugins = ["tests.support.left_out"]

#: A PostgreSQL that the database tests run against as well, when there is one (`postgresql://…`).
POSTGRES = os.environ.get("HUB_TEST_POSTGRES")
DIALECTS = ["sqlite", *(["postgresql"] if POSTGRES else [])]


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 11, 24, 8, 0, tzinfo=UTC))


@pytest.fixture(params=DIALECTS)
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    """An empty main database with all tables, on SQLite and, when there is one, on PostgreSQL."""
    opened = await open_empty(request.param, tmp_path, "hub")
    async with opened.engine.begin() as connection:
        await connection.run_sync(Table.metadata.create_all)
    yield opened
    await opened.close()


@pytest.fixture
async def vault(tmp_path: Path) -> AsyncIterator[Vault]:
    """A keys' database of its own, on SQLite."""
    opened = await Database.open(f"sqlite:///{tmp_path}/keys.db")
    async with opened.engine.begin() as connection:
        await connection.run_sync(KeyTable.metadata.create_all)
    yield Vault(opened, Secret(b"test operator key, 32 bytes long"))
    await opened.close()


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
    own = f"{name}_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    connection = await asyncpg.connect(POSTGRES)
    if not await connection.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", own):
        await connection.execute(f'CREATE DATABASE "{own}"')
    await connection.close()
    return make_url(POSTGRES).set(database=own).render_as_string(hide_password=False)
