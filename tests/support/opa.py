"""A real OPA server for the tests that carry the mark `opa`."""

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.support.machine import where
from tests.support.ports import free_port
from tests.support.waiting import LIMIT_S


@contextmanager
def opa_server(*sources: Path) -> Iterator[str]:
    """Run an OPA server with the policies and data in `sources`; gives its address."""
    port = free_port()
    process = subprocess.Popen(
        [where("opa"), "run", "-s", "--addr", f"127.0.0.1:{port}", "--log-level", "error", *sources],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(f"http://127.0.0.1:{port}", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(LIMIT_S)


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + LIMIT_S
    while time.monotonic() < deadline and process.poll() is None:
        with suppress(URLError, ConnectionError), urlopen(f"{url}/health") as answer:  # noqa: S310  our own server
            if answer.status == 200:
                return
        time.sleep(0.05)
    raise AssertionError(f"the OPA server never answered at {url}")
