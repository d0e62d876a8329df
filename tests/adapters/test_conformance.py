"""Every adapter keeps what the port promises: each against its own sandbox agency, over TLS."""

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from adapters.conformance import CHECKS, Check, Subject
from adapters.sandbox.common.roads import prepare
from hub.broker.port import AgencyPort
from hub.kit.clock import SystemClock
from hub.kit.secret import Secret
from hub.roads import ADAPTERS, read_roads
from tests.adapters.running import RunningAgency, running_agency

KNOWN = {"soc": "198604129810", "af": "198604129810", "fk": "198604129810", "psyk": "198604129810"}
PROTECTED = {"soc": "199002089804", "af": "199002089804", "fk": "198409309815", "psyk": "199002089804"}
#: Nobody has registered him.
UNKNOWN = "197706159949"


@pytest.fixture(scope="module", params=sorted(ADAPTERS))
def agency(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningAgency]:
    with running_agency(request.param, tmp_path_factory.mktemp(request.param) / "sandbox") as running:
        yield running


@pytest.fixture(scope="module")
def subject(agency: RunningAgency) -> Subject:
    """The adapter, opened as a hub opens it: by the file of roads that the sandbox writes."""
    slug = agency.place.slug
    roads = prepare([agency.place])
    translate: Any = import_module(f"{ADAPTERS[slug]}.translate")
    return Subject(
        opened=opened(roads, production=False),
        refusing=opened(roads, production=True),
        known=Secret(KNOWN[slug]),
        unknown=Secret(UNKNOWN),
        protected=Secret(PROTECTED[slug]),
        read=translate.read,
        fail=agency.set,
    )


def opened(roads: Path, *, production: bool) -> Callable[[], AgencyPort]:
    def port() -> AgencyPort:
        (road,) = read_roads(roads, production=production)
        return road.package.Adapter(road.settings, SystemClock())

    return port


@pytest.mark.requirement("HUB-05")
@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
async def test_an_adapter_keeps_what_the_port_promises(check: Check, subject: Subject) -> None:
    await check(subject)
