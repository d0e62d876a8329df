"""Processes that `make run` starts are watched, and end with it."""

import os
import sys
from pathlib import Path

import pytest

from hub.launch import processes as module
from hub.launch.errors import LaunchError
from hub.launch.processes import Processes
from tests.support.waiting import LIMIT_S

OBEDIENT = "import signal; print('up', flush=True); signal.pause()"
DEAF = (
    "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True)\nwhile True: signal.pause()"
)


@pytest.fixture
def started(tmp_path: Path) -> Processes:
    return Processes(tmp_path)


def start(started: Processes, script: str) -> int:
    started.start("hubben", [sys.executable, "-c", script], dict(os.environ))
    started.wait_until(lambda: "up" in started.log("hubben").read_text(), LIMIT_S)
    return started.running["hubben"].pid


def test_stopping_ends_them_all(started: Processes) -> None:
    start(started, OBEDIENT)
    started.stop()
    assert started.running["hubben"].returncode is not None


def test_one_that_does_not_listen_is_ended(started: Processes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "GRACE_S", 0.1)
    start(started, DEAF)
    started.stop()
    assert started.running["hubben"].returncode == -9


def test_one_that_ends_by_itself_is_told_with_its_last_lines(started: Processes) -> None:
    started.start("hubben", [sys.executable, "-c", "raise SystemExit('nyckel saknas')"], dict(os.environ))
    with pytest.raises(LaunchError, match=r"hubben avslutades \(kod 1\)[\s\S]*nyckel saknas"):
        started.wait_until(lambda: False, LIMIT_S)


def test_one_that_never_answers_is_given_up(started: Processes) -> None:
    start(started, OBEDIENT)
    with pytest.raises(LaunchError, match="Läs loggarna"):
        started.wait_until(lambda: False, 0.1)
    started.stop()
