"""Those who run a reading statement at the same time share a round trip, and each gets their own rows."""

import asyncio

import asyncpg
import pytest

from hub.kit.database import Database
from hub.kit.lines import Lines
from hub.kit.shared import Shared
from tests.hub.kit.test_lines import lines  # noqa: F401  # pyright: ignore[reportUnusedImport]  the same connections

#: Rows 1…$2, each with the name $1; none for 0. Two columns have the same name, as in many of ours.
ROWS = "SELECT $1 || '' AS x, n AS x FROM generate_series(1, cast($2 as int)) AS n WHERE $1 <> 'absent' ORDER BY n"


@pytest.mark.database
class TestOnPostgres:
    async def test_each_gets_their_own_rows_in_their_order(self, lines: Lines) -> None:  # noqa: F811
        asked = [("a", 2), ("b", 0), ("absent", 3), ("c", 3)]
        found = await Shared(lines, ROWS)(asked)
        told = {one: [tuple(row) for row in rows] for one, rows in found.items()}
        assert told == {
            ("a", 2): [("a", 1), ("a", 2)],
            ("b", 0): [],
            ("absent", 3): [],
            ("c", 3): [("c", 1), ("c", 2), ("c", 3)],
        }

    async def test_alone_it_is_the_statement_as_it_was_written(self, lines: Lines) -> None:  # noqa: F811
        asked = ("a", 1)
        assert {one: [tuple(row) for row in rows] for one, rows in (await Shared(lines, ROWS)([asked])).items()} == {
            asked: [("a", 1)]
        }

    async def test_what_the_database_refuses_is_told(self, lines: Lines) -> None:  # noqa: F811
        shared = Shared(lines, "SELECT 1 / cast($1 as int)")
        assert [tuple(row) for row in (await shared([(1,), (2,)]))[(2,)]] == [(0,)]
        with pytest.raises(asyncpg.DivisionByZeroError):
            await shared([(1,), (0,)])


async def test_on_each_database_everybody_is_answered(database: Database) -> None:
    statement = "SELECT $1 || '!', cast($2 as bigint) + 1 WHERE $1 <> 'absent'"
    names = [("a", 1), ("a", 1), ("b", 2), ("absent", 3), ("b", 4)]
    found = await asyncio.gather(*[database.fetch_shared(statement, name, number) for name, number in names])
    assert [[tuple(row) for row in rows] for rows in found] == [[("a!", 2)], [("a!", 2)], [("b!", 3)], [], [("b!", 5)]]


@pytest.mark.database
async def test_what_is_refused_of_one_is_nobody_elses_trouble(database: Database) -> None:
    asked = [database.fetch_shared("SELECT 6 / cast($1 as bigint)", number) for number in (1, 2, 0, 3)]
    found = await asyncio.gather(*asked, return_exceptions=True)
    assert isinstance(found[2], asyncpg.DivisionByZeroError)
    assert [tuple(rows[0]) for rows in found if not isinstance(rows, BaseException)] == [(6,), (3,), (2,)]
