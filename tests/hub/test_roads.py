"""The file of roads: what is wrong stops the start, and no road leads a hub in production to made-up people."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from adapters.sandbox.common.roads import places, prepare
from adapters.socialtjanst import Adapter as Socialtjanst
from hub.kit.clock import SystemClock
from hub.kit.http import Tls
from hub.roads import MadeUpAgency, WrongRoads, close_roads, open_roads, read_roads, reader
from hub.roads import _check_none_made_up as check_none_made_up  # pyright: ignore[reportPrivateUsage]
from tests.adapters.running import RunningAgency, running_agency
from tests.support.ports import free_port

TLS = {"authority": "authority.pem", "certificate": "hub.pem", "key": "hub.key"}
SETTINGS: dict[str, Any] = {
    "base_url": "https://socialtjanst.example/v1",
    "token_url": "https://socialtjanst.example/token",
    "client_id": "hubben",
    "key": "hub.jwk.json",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("roads")
    prepare(places(made, ["soc"]))
    return made


@pytest.fixture(scope="module")
def agency(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningAgency]:
    with running_agency("soc", tmp_path_factory.mktemp("soc")) as running:
        yield running


def written(folder: Path, *roads: object) -> Path:
    file = folder / "mine.json"
    file.write_text(json.dumps({"roads": list(roads)}))
    return file


def road(**settings: object) -> dict[str, Any]:
    told = {name: value for name, value in {**SETTINGS, **settings}.items() if value is not ...}
    return {"agency": "soc", "adapter": "adapters.socialtjanst", "settings": told}


@pytest.mark.parametrize(
    "told",
    [
        [],
        [1],
        [{"agency": "soc"}],
        [{**road(), "more": 1}],
        [{**road(), "agency": ""}],
        [{**road(), "adapter": "os; import sys"}],
        [{**road(), "adapter": "adapters.finns_inte"}],
        [road(), road()],
        [road(base_url=5)],
        [road(base_url=...)],
        [road(page="många")],
        [road(page=True)],
        [road(tls={"authority": "authority.pem", "mera": "x"})],
        [road(tls="authority.pem")],
        [road(key=5)],
        [road(konstigt=1)],
        [road(made_up_allowed=True)],
    ],
)
async def test_a_file_that_is_wrong_stops_the_start(told: list[object], folder: Path) -> None:
    file = written(folder, *told)
    if not told:
        file.write_text("{")
    with pytest.raises(WrongRoads) as wrong:
        await open_roads(file, SystemClock(), production=False)
    assert "mine.json" in str(wrong.value) or "is no adapter" in str(wrong.value)


async def test_no_file_is_no_roads() -> None:
    assert await open_roads(None, SystemClock(), production=True) == {}


async def test_files_are_taken_from_the_files_own_folder(folder: Path) -> None:
    ports = await open_roads(written(folder, road(tls=TLS, page=7)), SystemClock(), production=False)
    assert isinstance(ports["soc"], Socialtjanst)
    (read,) = read_roads(written(folder, road(tls=TLS, page=7)), production=False)
    assert read.settings.tls == Tls(*(folder / TLS[name] for name in ("authority", "certificate", "key")))
    assert (read.address, read.settings.made_up_allowed) == ("https://socialtjanst.example/v1", True)
    await close_roads(ports)


@pytest.mark.requirement("HUB-05")
@pytest.mark.parametrize(
    "settings",
    [
        {"base_url": "https://127.0.0.1:8771/v1"},
        {"base_url": "https://127.9.9.9/v1"},
        {"base_url": "https://[::1]/v1"},
        {"base_url": "https://localhost/v1"},
        {"base_url": "https://soc.localhost/v1"},
        {"tls": {"authority": "authority.pem"}},
    ],
)
async def test_no_road_of_production_leads_to_a_sandbox(settings: dict[str, object], folder: Path) -> None:
    with pytest.raises(MadeUpAgency, match="soc"):
        await open_roads(written(folder, road(**settings)), SystemClock(), production=True)
    (read,) = read_roads(written(folder, road()), production=True)
    assert not read.settings.made_up_allowed


async def test_one_that_says_itself_that_it_is_made_up_stops_the_start(
    agency: RunningAgency, monkeypatch: pytest.MonkeyPatch
) -> None:
    (read,) = read_roads(prepare([agency.place]), production=True)
    monkeypatch.setattr("hub.roads._on_this_machine", lambda _: False)
    monkeypatch.setattr("hub.roads._made_up", lambda _: False)
    with pytest.raises(MadeUpAgency, match="says that its answers are made up"):
        await check_none_made_up([read])


async def test_one_that_is_silent_does_not(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hub.roads._on_this_machine", lambda _: False)
    (read,) = read_roads(written(folder, road(base_url=f"https://127.0.0.1:{free_port()}/v1")), production=True)
    await check_none_made_up([read])


@pytest.mark.parametrize("word", ["soc", "socialtjanst", "adapters.socialtjanst"])
def test_an_adapter_is_found_by_its_agency_its_folder_or_its_name(word: str) -> None:
    assert reader(word).__module__ == "adapters.socialtjanst.translate"


@pytest.mark.parametrize("word", ["konstig", "", "os", "adapters.sandbox"])
def test_another_word_is_no_adapter(word: str) -> None:
    with pytest.raises(WrongRoads):
        reader(word)
