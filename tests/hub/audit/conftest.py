"""A ledger with its sequencer, on each database."""

import pytest

from hub.audit import Ledger, Sequencer, Signer
from hub.kit.database import Database
from hub.kit.secret import Secret
from hub.kit.vault import Vault
from tests.fakes.clock import FixedClock
from tests.hub.audit.logged import SIZE, Logged

SEED = Secret(b"test signing seed, 32 bytes long")


@pytest.fixture
def ledger(database: Database, vault: Vault, clock: FixedClock) -> Ledger:
    return Ledger(database, vault, clock)


@pytest.fixture
def signer() -> Signer:
    return Signer("samverkanshubben.example/prov", SEED)


@pytest.fixture
def sequencer(database: Database, clock: FixedClock, ledger: Ledger, signer: Signer) -> Sequencer:
    return Sequencer(database, clock, ledger, signer)


@pytest.fixture
async def logged(
    database: Database, vault: Vault, ledger: Ledger, sequencer: Sequencer, signer: Signer, clock: FixedClock
) -> Logged:
    log = Logged(database, vault, ledger, sequencer, signer, "", "")
    await log.grow(100)
    clock.move(seconds=1)
    log.earlier = await log.grow(100, individual="individual-2")
    clock.move(seconds=1)
    log.newest = await log.grow(SIZE - 200)
    return log
