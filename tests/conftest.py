"""Fixtures that every part of the suite shares."""

import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from hub.kit.database import Database, KeyTable, Table
from hub.kit.secret import Secret
from hub.kit.vault import Vault
from tests.fakes.clock import FixedClock

#: A PostgreSQL that the database tests run against as well, when there is one (`postgresql://…`).
POSTGRES = os.environ.get("HUB_TEST_POSTGRES")
DIALECTS = ["sqlite", *(["postgresql"] if POSTGRES else [])]


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 11, 24, 8, 0, tzinfo=UTC))


@pytest.fixture(params=DIALECTS)
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    """An empty main database with all tables, on SQLite and, when there is one, on PostgreSQL."""
    opened = await _open(request.param, tmp_path, "hub")
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


async def _open(dialect: str, tmp_path: Path, name: str) -> Database:
    if dialect == "sqlite":
        return await Database.open(f"sqlite:///{tmp_path}/{name}.db")
    assert POSTGRES
    opened = await Database.open(POSTGRES, connections=4)
    async with opened.engine.begin() as connection:
        await connection.execute(text("DROP SCHEMA public CASCADE"))
        await connection.execute(text("CREATE SCHEMA public"))
    return opened
