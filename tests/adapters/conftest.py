"""The four agencies, started once for all that asks them together, and the example."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.agencies import Agencies, running_agencies
from tests.support.doors import shared_town


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shared_town(tmp_path_factory)


@pytest.fixture(scope="session")
def agencies(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Agencies]:
    with running_agencies(tmp_path_factory.mktemp("agencies") / "sandbox") as running:
        yield running
