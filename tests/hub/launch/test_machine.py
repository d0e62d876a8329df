"""What may be in the way on a machine, and what `make run` says about it."""

import http.server
import os
import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from hub.launch import node, ports
from hub.launch.errors import LaunchError


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A machine whose only programs are in this folder, and a virtual environment with a Node of its own."""
    monkeypatch.setenv("PATH", f"{tmp_path}/bin")
    monkeypatch.setattr(sys, "executable", f"{tmp_path}/venv/python")
    node.find.cache_clear()
    yield tmp_path
    node.find.cache_clear()


def put(folder: Path, version: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "node").write_text(f"#!/bin/sh\necho {version}\n")
    (folder / "npm").write_text("#!/bin/sh\necho 'no such host' >&2; exit 1\n")
    for name in ("node", "npm"):
        (folder / name).chmod(0o755)


class TestNode:
    def test_the_machines_own_comes_first(self, machine: Path) -> None:
        put(machine / "bin", "v20.1.0")
        put(machine / "venv", "v24.0.0")
        assert node.find().folder == machine / "bin"

    def test_one_that_is_too_old_is_passed_over(self, machine: Path) -> None:
        put(machine / "bin", "v18.19.0")
        put(machine / "venv", "v24.0.0")
        assert node.find().folder == machine / "venv"

    def test_without_any_it_says_what_to_do(self, machine: Path) -> None:
        with pytest.raises(LaunchError, match=r"Ta bort mappen \.venv"):
            node.find()

    def test_npm_finds_the_same_node(self, machine: Path) -> None:
        put(machine / "venv", "v24.0.0")
        assert node.find().environment()["PATH"].startswith(f"{machine}/venv{os.pathsep}")

    def test_without_network_it_says_what_to_do(self, machine: Path) -> None:
        put(machine / "bin", "v20.1.0")
        with pytest.raises(LaunchError, match=r"Kontrollera nätet[\s\S]*no such host"):
            node.install(machine, node.find())


class TestPorts:
    def test_a_free_port_is_free(self, free_port: int) -> None:
        ports.check_free(free_port, "PORT")

    def test_a_busy_port_says_what_to_do(self) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            with pytest.raises(LaunchError, match=rf"Port {port} är upptagen[\s\S]*make run PORT={port + 100}"):
                ports.check_free(port, "PORT")

    def test_what_answers_answers(self) -> None:
        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quiet) as server:
            thread = threading.Thread(target=server.serve_forever)
            thread.start()
            try:
                assert ports.answers(f"http://127.0.0.1:{server.server_port}/ok")
                assert not ports.answers(f"http://127.0.0.1:{server.server_port}/unwell")
            finally:
                server.shutdown()
                thread.join()

    def test_what_is_not_there_does_not(self, free_port: int) -> None:
        assert not ports.answers(f"http://127.0.0.1:{free_port}/")


class Quiet(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/ok" else 503)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's word
        """Say nothing."""


@pytest.fixture
def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
