import pytest

from hub.audit import Ledger
from hub.kit.database import Database
from hub.kit.vault import Vault
from tests.fakes.clock import FixedClock
from tests.fixtures.agencies import Staffed, Town


@pytest.fixture
def ledger(database: Database, vault: Vault, clock: FixedClock) -> Ledger:
    return Ledger(database, vault, clock)


@pytest.fixture
def town(database: Database, ledger: Ledger, clock: FixedClock) -> Town:
    return Town(database, ledger, clock)


@pytest.fixture
async def soc(town: Town) -> Staffed:
    return await town.agency("soc")


@pytest.fixture
async def psyk(town: Town) -> Staffed:
    return await town.agency("psyk")
