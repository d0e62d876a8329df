"""A hub that listens, the example's people signed in to it, and Chromium."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
import uvicorn
from playwright.async_api import Browser as Chromium

from tests.browser.places import Places, explore
from tests.support.chromium import running_chromium
from tests.support.doors import Doors, doors, shared_town
from tests.support.ports import free_port


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def listening(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Doors]:
    """A hub on a copy of the example, listening on a free port."""
    port, folder = free_port(), tmp_path_factory.mktemp("browser")
    town = await asyncio.to_thread(shared_town, tmp_path_factory)
    async with doors(town, folder / "hub", base=f"http://127.0.0.1:{port}") as opened:
        config = uvicorn.Config(opened.app, host="127.0.0.1", port=port, log_level="error", lifespan="off")
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server.serve())
        while not server.started:  # noqa: ASYNC110  uvicorn has no event to wait for
            await asyncio.sleep(0.02)
        yield opened
        server.should_exit = True
        await serving


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def places(listening: Doors) -> Places:
    """Every page there is, with an address that somebody in the example may open."""
    return await explore(listening)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def chromium() -> AsyncIterator[Chromium]:
    async with running_chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def axe() -> str:
    """The source of axe-core, as the assets' lock file pins it."""
    return (Path(__file__).resolve().parents[2] / "build" / "assets" / "axe.js").read_text()
