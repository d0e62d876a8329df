"""Fixtures: the provider's process (one for all tests of a worker), a hub that listens, browsers."""

from collections.abc import AsyncIterator, Iterator

import pytest

from hub.access.signin import Door, Issuer
from hub.kit.database import Database
from tests.adapters.identity.running import Running, running
from tests.hub.access.signin.world import Browser, ShiftedClock, World, listening, town
from tests.support.ports import free_port


@pytest.fixture(scope="session")
def base_url() -> str:
    return f"http://127.0.0.1:{free_port()}"


@pytest.fixture(scope="session")
def provider(base_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(base_url, tmp_path_factory.mktemp("identity")) as started:
        yield started


@pytest.fixture
def issuer(provider: Running) -> Issuer:
    return Issuer(
        issuer=provider.issuer,
        label="Påhittad inloggning",
        client_id="samverkanshubben",
        doors=frozenset(Door),
        agencies=frozenset({"soc", "ame"}),
    )


@pytest.fixture
def now() -> ShiftedClock:
    return ShiftedClock()


@pytest.fixture
async def world(database: Database, base_url: str, issuer: Issuer, now: ShiftedClock) -> AsyncIterator[World]:
    await town(database, issuer.issuer, now)
    opened = World(database, base_url, issuer, now)
    async with listening(opened.app, base_url):
        yield opened
    await opened.http.aclose()


@pytest.fixture
async def browser(world: World) -> AsyncIterator[Browser]:
    opened = Browser(world.base_url)
    yield opened
    await opened.close()
