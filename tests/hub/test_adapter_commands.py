"""`hub adapters` and `hub sandbox`: what an operator and a partner developer see."""

import json
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog
from typer.testing import CliRunner

from adapters.sandbox.common.roads import prepare
from hub.adapter_commands import adapters
from hub.launch.errors import LaunchError
from hub.launch.sandbox import AGENCIES, Sandboxes, running
from hub.sandbox_commands import sandbox
from hub.settings import Settings
from tests.adapters.running import RunningAgency, running_agency
from tests.adapters.socialtjanst.made import WHOM, item, page, search
from tests.support.waiting import LIMIT_S, until

BOMB = b'<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]><a>&d;</a>'
OUTSIDE = b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'


@pytest.fixture(autouse=True)
def logs_as_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A command sets up logs for a process of its own; here others log after it, when its output is closed."""
    root, usual = logging.getLogger(), structlog.configure
    handlers, level = list(root.handlers), root.level

    def uncached(**more: Any) -> None:
        more["cache_logger_on_first_use"] = False
        usual(**more)

    monkeypatch.setattr(structlog, "configure", uncached)
    yield
    structlog.reset_defaults()
    root.handlers, root.level = handlers, level


@pytest.fixture(scope="module")
def agency(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningAgency]:
    with running_agency("soc", tmp_path_factory.mktemp("var") / "sandbox") as started:
        yield started


def read(tmp_path: Path, agency: str, body: bytes) -> tuple[int, str]:
    file = tmp_path / "svar"
    file.write_bytes(body)
    done = CliRunner().invoke(adapters, ["read", agency, str(file)])
    return done.exit_code, done.output


@pytest.mark.requirement("HUB-05")
@pytest.mark.parametrize(
    ("agency", "body", "said"),
    [
        ("soc", b"", "går inte att tolka"),
        ("soc", b"[" * 10_000, "fler nivåer"),
        ("soc", search(enhet="Försörjning").decode().encode("latin-1"), "UTF-8"),
        ("soc", b'{"traffar": [], "traffar": []}', "två gånger"),
        ("soc", b'{"traffar": [NaN]}', "tal som ingen"),
        ("soc", b" " * 5_000_001, "större än"),
        ("soc", b"{}", "inte vad formatet säger"),
        ("soc", search(ersattAv="200209189802"), "ett annat nummer"),
        ("af", BOMB, "dokumenttypsdeklaration"),
        ("af", OUTSIDE, "dokumenttypsdeklaration"),
        ("fk", BOMB, "går inte att tolka"),
        ("fk", b'{"utlamnare": 3}', "inte vad formatet säger"),
        ("psyk", BOMB, "går inte att tolka"),
        ("konstig", b"{}", "ingen myndighet"),
    ],
)
def test_a_file_that_is_no_answer_is_told_in_words(agency: str, body: bytes, said: str, tmp_path: Path) -> None:
    code, output = read(tmp_path, agency, body)
    assert (code, said in output) == (2, True), output
    assert "200209189802" not in output


def test_an_answer_is_printed_as_json_and_as_a_table(tmp_path: Path) -> None:
    told = page("beslut", item("beslut", omrade="EKB", utfall="AVSLAG", nytt="x"), skydd="SEKRETESSMARKERING")
    code, output = read(tmp_path, "soc", told)
    facts, _, table = output.partition("\n\n")
    assert code == 0
    assert json.loads(facts)["facts"][0]["text"] == "Ekonomiskt bistånd: avslag."
    assert "economy  Ekonomiskt bistånd: avslag.  Försörjningsstöd  –       2026-11-20" in table
    assert "1 uppgifter. Känd hos myndigheten: ja. Skydd: sekretessmarkering." in table
    assert "Saknas: Beslut 1. Hubben känner inte till: nytt." in table
    assert WHOM not in output


def probed(monkeypatch: pytest.MonkeyPatch, roads: Path, **more: str) -> tuple[int, str]:
    told = {
        "HUB_MODE": "example",
        "HUB_ROADS": str(roads),
        "HUB_ISSUERS": "x",
        "HUB_DATABASE_URL": "sqlite:///x",
        "HUB_KEYS_DATABASE_URL": "sqlite:///x",
        **{
            f"HUB_KEYS__{name}": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
            for name in ("OPERATOR", "LEDGER", "CLIENT")
        },
        **more,
    }
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    assert Settings().roads  # pyright: ignore[reportCallIssue]
    done = CliRunner().invoke(adapters, ["probe"])
    return done.exit_code, done.output


def test_the_probe_tells_what_is_open(agency: RunningAgency, monkeypatch: pytest.MonkeyPatch) -> None:
    roads = prepare([agency.place])
    code, output = probed(monkeypatch, roads)
    assert code == 0
    assert "öppen  1.0.0    20" in output
    agency.set("expired_certificate")
    code, output = probed(monkeypatch, roads)
    agency.set("ok")
    assert code == 1
    assert "stängd: har ett certifikat som inte går att lita på" in output


def test_the_probe_finds_what_make_run_has_started_by_itself(
    agency: RunningAgency, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a fresh shell beside `make run`: no setting is told, and no database or key is needed to ask."""
    for name in [each for each in os.environ if each.startswith("HUB_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HUB_VAR", str(prepare([agency.place]).parent.parent))
    done = CliRunner().invoke(adapters, ["probe"])
    assert done.exit_code == 0, done.output
    assert "öppen" in done.output


def test_the_probe_says_when_there_is_no_road(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HUB_ROADS", raising=False)
    monkeypatch.setenv("HUB_VAR", str(tmp_path))
    done = CliRunner().invoke(adapters, ["probe"])
    assert done.exit_code == 1
    assert "Ingen väg är öppnad" in done.output


def test_the_probe_refuses_a_sandbox_in_production(agency: RunningAgency, monkeypatch: pytest.MonkeyPatch) -> None:
    code, output = probed(monkeypatch, prepare([agency.place]), HUB_MODE="production")
    assert code == 2
    assert "made-up people" in output


def test_the_switch_is_set_from_the_command_line(agency: RunningAgency, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUB_VAR", str(agency.place.folder.parent))
    runner = CliRunner()
    assert (
        runner.invoke(sandbox, ["set", "soc", "slow", "--seconds", "2"]).output
        == "soc: Långsam: väntar innan den svarar\n"
    )
    shown = runner.invoke(sandbox, ["show"]).output.splitlines()
    assert shown[0] == "soc    Långsam: väntar innan den svarar"
    assert shown[1] == "af     Inte igång"
    assert running(agency.place.folder)["soc"]["seconds"] == 2
    assert runner.invoke(sandbox, ["set", "soc", "ok"]).exit_code == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["set", "konstig", "down"], "Ingen påhittad myndighet heter konstig"),
        (["set", "soc", "konstig"], "Inget fel heter konstig"),
        (["set", "af", "down"], "af är inte igång"),
        (["up", "konstig"], "Ingen påhittad myndighet heter konstig"),
    ],
)
def test_what_cannot_be_done_is_told(
    words: list[str], said: str, agency: RunningAgency, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HUB_VAR", str(agency.place.folder.parent))
    done = CliRunner().invoke(sandbox, words)
    assert (done.exit_code, said in done.output) == (2, True), done.output


def test_agencies_of_two_hubs_live_side_by_side(tmp_path: Path) -> None:
    usual, other = Sandboxes.at(tmp_path), Sandboxes.at(tmp_path, usual_ports=False)
    assert [each.slug for each in usual.chosen] == list(AGENCIES)
    ports = [port for made in (usual, other) for each in made.chosen for port in (each.port, each.control_port)]
    assert len(set(ports)) == len(ports)


def test_a_port_that_is_taken_is_told(agency: RunningAgency) -> None:
    with pytest.raises(LaunchError, match="upptagen"):
        Sandboxes((agency.place,)).prepare()


@pytest.mark.requirement("HUB-05")
async def test_agencies_are_started_alone_and_stop_with_ctrl_c(tmp_path: Path) -> None:
    output = tmp_path / "said"
    with output.open("w") as said:
        process = started(tmp_path, said.fileno())
        try:

            async def up() -> bool:
                return "HUB_ROADS=" in output.read_text() or process.poll() is not None

            await until(up)
            where = running(tmp_path / "sandbox")
        finally:
            process.send_signal(signal.SIGINT)
            ended = process.wait(LIMIT_S)
    assert (ended, set(where)) == (0, {"soc"}), output.read_text()
    assert running(tmp_path / "sandbox") == {}


def started(folder: Path, said: int) -> subprocess.Popen[bytes]:
    command = [str(Path(sys.executable).parent / "hub"), "sandbox", "up", "soc", "--andra-portar"]
    environment = {**os.environ, "HUB_VAR": str(folder)}
    return subprocess.Popen(command, env=environment, stdout=said, stderr=said, start_new_session=True)
