"""Waiting for what another task or process does: as long as it takes, and never a fixed time."""

import asyncio
from collections.abc import Awaitable, Callable

#: Far more than anything takes on a machine that has much else to do: it costs nothing when all is well.
LIMIT_S = 90.0


async def until(happened: Callable[[], Awaitable[object]], limit_s: float = LIMIT_S) -> None:
    """Wait until `happened` gives something true. Raises TimeoutError."""
    async with asyncio.timeout(limit_s):
        while not await happened():  # noqa: ASYNC110 - a row or a port is no event
            await asyncio.sleep(0.01)
