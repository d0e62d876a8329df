"""Fixtures: a partner system known to a hub."""

import pytest

from hub.kit.database import Database
from tests.fakes.clock import FixedClock
from tests.hub.access.tokens.world import Api, Idp, Partner, provider, register


@pytest.fixture
def idp() -> Idp:
    return Idp()


@pytest.fixture
def partner(idp: Idp, clock: FixedClock) -> Partner:
    return Partner(idp, clock)


@pytest.fixture
async def api(database: Database, clock: FixedClock, idp: Idp) -> Api:
    await register(database, clock)
    return Api(database, clock, provider(idp, clock))
