"""The withdrawal race, small: nothing is recorded after the acknowledgement, and the harness can fail.

The large one, with 10 000 withdrawals and with SERIALIZABLE in the recipe's place, is `deploy/bench`.
"""

import pytest

from deploy.bench.race import Race, Result, serializable_reader, without_the_epoch
from hub.audit import Ledger
from hub.kit.clock import SystemClock
from hub.kit.database import Database
from hub.kit.vault import Vault

pytestmark = pytest.mark.requirement("HUB-03")
#: A broken recipe may get through some withdrawals unharmed; never through this many.
_MANY = 200


@pytest.fixture
def ledger(database: Database, vault: Vault) -> Ledger:
    return Ledger(database, vault, SystemClock())


async def _until_it_fails(race: Race) -> Result:
    result = await race.run(withdrawals=10, readers=8)
    while result.after == 0 and result.withdrawals < _MANY:
        result = await race.run(withdrawals=10, readers=8)
    return result


async def test_nothing_is_recorded_after_a_withdrawal_was_acknowledged(database: Database, ledger: Ledger) -> None:
    result = await Race(database, ledger).run(withdrawals=20, readers=8)
    assert result.after == 0
    assert result.withdrawals == 20
    assert result.recorded > 20
    assert result.near > 20


async def test_without_the_epoch_something_is(database: Database, ledger: Ledger) -> None:
    with without_the_epoch():
        result = await _until_it_fails(Race(database, ledger))
    assert result.after > 0


@pytest.mark.database
async def test_with_serializable_in_its_place_something_is(database: Database, ledger: Ledger) -> None:
    url = database.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    async with serializable_reader(url) as reader:
        writer = await Database.open(url, connections=2)
        result = await _until_it_fails(Race(database, ledger, reader, writer))
        await writer.close()
    assert result.after > 0
