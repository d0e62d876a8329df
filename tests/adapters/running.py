"""A sandbox agency as a process of its own, over TLS on free ports, for tests of what speaks to it."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import httpx
from joserfc.jwk import ECKey

from adapters.sandbox.common import Certificates
from adapters.sandbox.common.serving import CLIENT_ID, Place
from hub.kit.clock import SystemClock
from hub.kit.http import Tls
from hub.kit.secret import Secret
from tests.architecture.source import ROOT
from tests.support.ports import free_port
from tests.support.waiting import LIMIT_S


@dataclass(frozen=True)
class RunningAgency:
    """One that answers at `base_url`. `key`: the hub's own (private JWK as JSON), known to it as `client_id`."""

    place: Place
    key: Secret[bytes]
    client_id: str = CLIENT_ID

    @property
    def base_url(self) -> str:
        return self.place.base_url

    @cached_property
    def certificates(self) -> Certificates:
        return Certificates(self.place.folder)

    @property
    def tls(self) -> Tls:
        """What the hub trusts, and who it is."""
        ours = self.certificates.hub
        return Tls(self.certificates.authority, ours.certificate, ours.key)

    def set(self, fault: str, seconds: float | None = None) -> None:
        """Turn a fault on; "ok" turns it off."""
        wanted = json.dumps({"fault": fault, "seconds": seconds}).encode()
        self.side("PUT", "/sandbox/faults", wanted)

    def side(self, method: str, path: str, body: bytes | None = None) -> tuple[int, str]:
        """Ask the side door."""
        answer = httpx.request(method, f"{self.place.control_url}{path}", content=body, timeout=LIMIT_S)
        return answer.status_code, answer.text


@contextmanager
def running_agency(slug: str, folder: Path) -> Iterator[RunningAgency]:
    """Start the sandbox agency `slug`; it is stopped, and must stop well, at the end."""
    place = Place(slug, folder, free_port(), free_port())
    folder.mkdir(parents=True, exist_ok=True)
    key = ECKey.generate_key("P-384", {"use": "sig", "alg": "ES384", "kid": "prov"}, private=True)
    place.hub_keys.write_text(json.dumps({"keys": [key.as_dict(private=False)]}))
    Certificates.made(folder, SystemClock(), (slug,))
    agency = RunningAgency(place, Secret(json.dumps(key.as_dict(private=True)).encode()))
    log = folder / f"{slug}.log"
    with log.open("w") as output:
        process = _started(place, output.fileno())
    try:
        _wait(agency, process, log)
        yield agency
    finally:
        process.terminate()
        ended = process.wait(LIMIT_S)
    assert ended == 0, log.read_text()


def _started(place: Place, output: int) -> subprocess.Popen[bytes]:
    told = {"FOLDER": str(place.folder), "PORT": str(place.port), "CONTROL_PORT": str(place.control_port)}
    environment = {**os.environ, **{f"SANDBOX_{name}": value for name, value in told.items()}}
    command = [sys.executable, "-m", "adapters.sandbox", place.slug]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output)


def _wait(agency: RunningAgency, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + LIMIT_S
    while process.poll() is None and time.monotonic() < end:
        try:
            if agency.side("GET", "/sandbox")[0] == 200:
                return
        except httpx.TransportError:
            time.sleep(0.05)
    process.kill()
    raise AssertionError(f"the agency did not start:\n{log.read_text()}")
