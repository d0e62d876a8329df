"""`adapters/README.md` is enough: an agency that was written from it keeps what every adapter must."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.conformance import CHECKS, Check, Subject
from hub.broker.port import AgencyPort
from hub.kit.clock import SystemClock
from hub.kit.secret import Secret
from hub.roads import read_roads
from tests.adapters.fifth import translate
from tests.adapters.running import RunningAgency, running_agency

ANSWER = (
    b'{"personnummer": "198604129810", "skulder": [{"mal": "U-1", "kronor": 10, "sedan": "2024-05-02"}, {"mal": 1}]}'
)


@pytest.fixture(scope="module")
def agency(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningAgency]:
    with running_agency("tests.adapters.fifth.sandbox", tmp_path_factory.mktemp("fifth")) as running:
        yield running


@pytest.fixture(scope="module")
def subject(agency: RunningAgency) -> Subject:
    roads = written(agency)

    def port(*, production: bool) -> AgencyPort:
        (road,) = read_roads(roads, production=production)
        return road.package.Adapter(road.settings, SystemClock())

    return Subject(
        opened=lambda: port(production=False),
        refusing=lambda: port(production=True),
        known=Secret("198604129810"),
        unknown=Secret("197706159949"),
        protected=Secret("199002089804"),
        read=translate.read,
        answers=[ANSWER],
        fail=agency.set,
    )


def written(agency: RunningAgency) -> Path:
    tls = {"authority": "authority.pem", "certificate": "hub.pem", "key": "hub.key"}
    road = {
        "agency": "kronofogden",
        "adapter": "tests.adapters.fifth",
        "settings": {"base_url": agency.base_url, "tls": tls},
    }
    file = agency.place.folder / "roads.json"
    file.write_text(json.dumps({"roads": [road]}))
    return file


@pytest.mark.requirement("HUB-05")
@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
async def test_it_keeps_what_the_port_promises(check: Check, subject: Subject) -> None:
    await check(subject)


async def test_who_has_no_certificate_is_not_let_in(agency: RunningAgency) -> None:
    road = json.loads(written(agency).read_text())["roads"][0]
    file = agency.place.folder / "without.json"
    file.write_text(
        json.dumps({"roads": [{**road, "settings": {**road["settings"], "tls": {"authority": "authority.pem"}}}]})
    )
    (told,) = read_roads(file, production=False)
    port = told.package.Adapter(told.settings, SystemClock())
    assert not (await port.probe()).open
    await port.close()
