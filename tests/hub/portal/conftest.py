"""A hub with the example in it, for the individual's door."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.doors import Browser, Doors, doors, shared_town


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shared_town(tmp_path_factory)


@pytest.fixture
async def hub(town: Path, tmp_path: Path) -> AsyncIterator[Doors]:
    async with doors(town, tmp_path / "hub") as opened:
        yield opened


@pytest.fixture
async def lena(hub: Doors) -> Browser:
    return await hub.staff("lena-sandstrom")


@pytest.fixture
async def kajsa(hub: Doors) -> Browser:
    return await hub.individual("kajsa-nilsson")
