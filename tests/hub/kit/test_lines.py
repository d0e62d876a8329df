"""Connections lent for one statement: what is broken is not lent again."""

import asyncio
from collections.abc import AsyncIterator

import asyncpg
import pytest

from hub.kit.database import Database
from hub.kit.lines import Lines

pytestmark = pytest.mark.database


@pytest.fixture
async def lines(database: Database) -> AsyncIterator[Lines]:
    dsn = database.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    opened = await Lines.open(dsn, 2, {})
    yield opened
    await opened.close()


async def backend(lines: Lines) -> int:
    [(process,)] = await lines.fetch("SELECT pg_backend_pid()")
    return process


async def test_a_refused_statement_leaves_its_connection_good(lines: Lines) -> None:
    before = await backend(lines)
    with pytest.raises(asyncpg.UndefinedTableError):
        await lines.fetch("SELECT 1 FROM nothing")
    assert await backend(lines) == before


async def test_one_left_in_the_middle_of_an_answer_is_not_lent_again(lines: Lines) -> None:
    before = await backend(lines)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(lines.fetch("SELECT pg_sleep(30)"), 0.05)
    assert await backend(lines) != before


async def test_one_that_the_server_has_closed_is_not_lent_again(lines: Lines) -> None:
    before = await backend(lines)
    with pytest.raises(asyncpg.PostgresError):
        await lines.fetch("SELECT pg_terminate_backend($1)", before)
    assert await backend(lines) != before


async def test_no_more_are_made_than_was_said(lines: Lines) -> None:
    processes = await asyncio.gather(*[lines.fetch("SELECT pg_backend_pid(), pg_sleep(0.01)") for _ in range(8)])
    assert len({rows[0][0] for rows in processes}) == 2
