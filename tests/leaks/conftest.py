"""A hub with the example in it, for tests of what must not get out."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.doors import Doors, doors, shared_town


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shared_town(tmp_path_factory)


@pytest.fixture(autouse=True)
def traced(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every hub here trace its requests: what is not told when nobody traces shows nothing."""
    monkeypatch.setenv("HUB_TRACING", "true")


@pytest.fixture
async def hub(town: Path, tmp_path: Path) -> AsyncIterator[Doors]:
    async with doors(town, tmp_path / "hub") as opened:
        yield opened
