"""Connections to PostgreSQL that are lent for one statement at a time.

Each statement runs alone and leaves nothing behind in its session. So there is nothing to reset after it (a round trip
in asyncpg's own pool, which also makes a task for each loan), and a plan made once serves (all look up by key; planning
anew is half of what a record costs).
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Final, cast

import asyncpg

_PLAN_ONCE: Final = {"plan_cache_mode": "force_generic_plan"}


class Lines:
    """At most `size` connections, made when they are needed and lent in the order in which they were asked for."""

    def __init__(self, dsn: str, size: int, settings: dict[str, str]) -> None:
        self._dsn, self._settings = dsn, {**_PLAN_ONCE, **settings}
        self._free = asyncio.Semaphore(size)
        self._idle: list[asyncpg.Connection] = []

    @classmethod
    async def open(cls, dsn: str, size: int, settings: dict[str, str]) -> "Lines":
        """Return lines of which one is connected: what is wrong with the address is told here."""
        lines = cls(dsn, size, settings)
        lines._idle.append(await lines._connected())
        return lines

    async def fetch(self, sql: str, *args: Any) -> list[Any]:
        """Run one statement, autocommitted, and return its rows."""
        return cast("list[Any]", await self._lend(lambda connection: connection.fetch(sql, *args)))

    async def types(self, sql: str) -> list[str]:
        """Return the types of the arguments of a statement, as the database names them."""
        statement = await self._lend(lambda connection: connection.prepare(sql))
        return [each.name for each in statement.get_parameters()]

    async def _lend(self, act: Callable[[Any], Awaitable[Any]]) -> Any:
        async with self._free:
            connection = await self._lent()
            try:
                done = await act(connection)
            except asyncpg.PostgresError:  # the statement was refused; the connection is as good as before
                self._idle.append(connection)
                raise
            except BaseException:  # broken, or left in the middle of an answer: not to be lent again
                connection.terminate()
                raise
            self._idle.append(connection)
            return done

    async def close(self) -> None:
        """Close what is connected."""
        while self._idle:
            await self._idle.pop().close()

    async def _lent(self) -> asyncpg.Connection:
        while self._idle:
            connection = self._idle.pop()
            if not connection.is_closed():
                return connection
        return await self._connected()

    async def _connected(self) -> asyncpg.Connection:
        return cast("asyncpg.Connection", await asyncpg.connect(self._dsn, server_settings=self._settings))
