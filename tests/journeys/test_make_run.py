"""`make run`: a hub to try, that stops as a whole and keeps what was done."""

import os
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.architecture.source import ROOT
from tests.support.running import RunningHub

#: One hub for all of them, so one worker.
pytestmark = pytest.mark.xdist_group("make-run")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("run") / "var"


@pytest.fixture(scope="module")
def cold(folder: Path) -> RunningHub:
    """A hub that has been started once, asked for its pages, and stopped."""
    with RunningHub.at(folder) as hub:
        assert httpx.get(f"{hub.base_url}/health", trust_env=False).status_code == 200
        assert httpx.get(f"http://127.0.0.1:{hub.identity_port}/.well-known/openid-configuration").status_code == 200
    return hub


def test_it_says_where_and_three_ways_to_try_it(cold: RunningHub) -> None:
    assert cold.base_url in cold.said
    for way in ("Handläggare", "Koordinator", "Enskild"):
        assert way in cold.said


def test_ctrl_c_stops_all_of_it(cold: RunningHub) -> None:
    assert cold.process
    assert cold.process.returncode == 0
    for port in (cold.port, cold.identity_port):
        with pytest.raises(httpx.ConnectError):
            httpx.get(f"http://127.0.0.1:{port}/", trust_env=False)


def test_starting_again_prepares_nothing_anew_and_keeps_the_data(cold: RunningHub, folder: Path) -> None:
    """What takes time at a first start isn't done at the next; how long a start takes is measured by `make bench`."""
    keys = (folder / "keys.json").read_bytes()
    with RunningHub.at(folder) as hub:
        pass
    assert "Förbereder databasen" in cold.said
    assert "Förbereder databasen" not in hub.said
    assert (folder / "keys.json").read_bytes() == keys


def test_the_keys_are_for_their_owner_only(cold: RunningHub, folder: Path) -> None:
    assert (folder / "keys.json").stat().st_mode & 0o077 == 0


def test_a_busy_port_says_what_to_do(cold: RunningHub, folder: Path) -> None:
    with RunningHub.at(folder) as hub:
        ports = {"PORT": str(hub.port), "HUB_VAR": str(folder)}
        second = subprocess.run(
            [sys.executable, "-m", "hub.launch", "up"],
            cwd=ROOT,
            env={**os.environ, **ports},
            capture_output=True,
            text=True,
            check=False,
        )
    assert second.returncode == 1
    assert f"Port {hub.port} är upptagen" in second.stderr
    assert "Traceback" not in second.stderr
