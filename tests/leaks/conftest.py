"""A hub with the example in it, for tests of what must not get out."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.doors import Doors, doors, shared_town


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shared_town(tmp_path_factory)


@pytest.fixture
async def hub(town: Path, tmp_path: Path) -> AsyncIterator[Doors]:
    async with doors(town, tmp_path / "hub") as opened:
        yield opened
