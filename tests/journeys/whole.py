"""A whole hub as an operator runs it: `hub serve` in a process of its own, the example's identity provider beside it,
and those who use it: people in browsers, partner systems with keys of their own.
"""

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any

import httpx
from joserfc import jwt
from joserfc.jwk import ECKey

from hub.access.scopes import SCOPES
from hub.kit.clock import SystemClock, epoch_s
from hub.kit.ids import new_id
from hub.launch.example import Example
from tests.adapters.identity.running import FOLDER, running
from tests.architecture.source import ROOT
from tests.hub.access.signin.world import Browser
from tests.hub.access.tokens.world import Idp, Partner
from tests.support.doors import hidden_fields
from tests.support.ports import free_port

CLOCK = SystemClock()
HUB = Path(sys.executable).parent / "hub"
#: Seconds. Starting takes two on an idle machine.
PATIENCE = 120
#: How every partner system of these tests proves who it is.
KEY = ECKey.generate_key("P-256", {"use": "sig", "alg": "ES256"}, private=True)


@dataclass
class WholeHub:
    """A hub with settings of its own; it runs between `start` and `stop` or `kill`."""

    base_url: str
    issuer: str
    folder: Path
    environment: Mapping[str, str]
    process: subprocess.Popen[bytes] | None = None
    clients: list[httpx.AsyncClient] = field(default_factory=list[httpx.AsyncClient])

    def run(self, *command: object, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run `hub` with these arguments, beside whatever runs."""
        arguments, told = [str(HUB), *map(str, command)], {**self.environment, **environment}
        return subprocess.run(arguments, env=told, cwd=ROOT, capture_output=True, text=True, check=False)

    async def hang_up(self) -> None:
        """Close the connections of all who used it."""
        for each in self.clients:
            await each.aclose()

    def start(self) -> None:
        """Start it and wait until it answers."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [str(HUB), "serve"], env=self.environment, cwd=ROOT, stdout=log, stderr=log, start_new_session=True
            )
        until = time.monotonic() + PATIENCE
        while not self._answers():
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < until, self.log.read_text()
            time.sleep(0.02)

    def stop(self) -> None:
        """Ask it to stop, and see that it did so well."""
        assert self.process
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(PATIENCE) in {0, -signal.SIGTERM}, self.log.read_text()
        self.process = None

    def kill(self) -> None:
        """`kill -9`, of all its workers at once."""
        if self.process:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(PATIENCE)
            self.process = None

    @property
    def log(self) -> Path:
        return self.folder / "hub.log"

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.base_url}/health", trust_env=False, timeout=5).status_code == 200
        except httpx.TransportError:
            return False


@contextlib.contextmanager
def whole_hub(folder: Path, systems: Mapping[str, str], **environment: str) -> Iterator[WholeHub]:
    """Yield a hub that isn't started, with the example in it; `systems` are partner systems and their scopes."""
    port, jwks = free_port(), {"keys": [KEY.as_dict(private=False)]}
    partners = [{"client_id": name, "jwks": jwks, "binding": "dpop", "scope": scope} for name, scope in systems.items()]
    base_url = f"http://127.0.0.1:{port}"
    with running(base_url, folder, partners=partners, PEOPLE=str(FOLDER / "people.json")) as provider:
        example = Example(ROOT, folder, port, int(provider.issuer.rpartition(":")[2]))
        example.write()
        hub = WholeHub(base_url, provider.issuer, folder, {**example.hub_environment(), **environment})
        made = hub.run("example", HUB_ENGINE="wasm")
        assert made.returncode == 0, made.stdout + made.stderr
        try:
            yield hub
        finally:
            hub.kill()


class Person(Browser):
    """Somebody of the example in a browser, signed in through the provider."""

    @classmethod
    async def at(cls, hub: WholeHub, who: str, page: str) -> "Person":
        """Return them where they have signed in to come to `page`."""
        opened = cls(hub.base_url)
        hub.clients.append(opened.http)
        opened.http.headers["Origin"] = hub.base_url
        opened.http.timeout = httpx.Timeout(PATIENCE)
        door = "personal" if page.startswith("/arbete") else "privat"
        arrived = await opened.sign_in(f"/logga-in/{door}?till={page}", who)
        assert (arrived.status_code, arrived.url.path) == (200, page), arrived.text
        return opened

    async def send(self, page: str, data: dict[str, Any], action: str = "") -> httpx.Response:
        """Fill in the form of `page` (the one that goes to `action`, else back to the page itself) and send it."""
        hidden = hidden_fields((await self.get(page)).text, action or page)
        address = unescape(str(hidden.pop("action")))
        return await self._follow(await self.http.post(self._address(address), data={**hidden, **data}))

    async def option(self, page: str, words: str) -> str:
        """Return the value of the choice on `page` that has `words` in it."""
        found = re.search(rf'<option value="([^"]+)"[^>]*>[^<]*{re.escape(words)}', (await self.get(page)).text)
        assert found, f"no choice {words} on {page}"
        return found[1]


class System:
    """A partner system: gets its own token, bound to a key that it made itself, and shows a proof with each request."""

    def __init__(self, hub: WholeHub, client_id: str) -> None:
        self.hub, self.client_id = hub, client_id
        self.holder = Partner(Idp(), CLOCK)
        self.http = httpx.AsyncClient(trust_env=False, timeout=PATIENCE)
        self.token = ""
        hub.clients.append(self.http)

    async def take_token(self, scope: str = " ".join(SCOPES)) -> None:
        """Fetch a new access token from the provider."""
        endpoint, now = f"{self.hub.issuer}/token", epoch_s(CLOCK.now())
        claims = {"iss": self.client_id, "sub": self.client_id, "aud": self.hub.issuer}
        fields = {
            "grant_type": "client_credentials",
            "client_id": self.client_id,
            "scope": scope,
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion": jwt.encode(
                {"alg": "ES256"}, {**claims, "jti": new_id(), "iat": now, "exp": now + 60}, KEY
            ),
        }
        proof = self.holder.proof("", htm="POST", htu=endpoint, ath=None)
        answer = (await self.http.post(endpoint, data=fields, headers={"DPoP": proof})).json()
        assert answer.get("token_type") == "DPoP", answer
        self.token = answer["access_token"]

    async def call(
        self, method: str, path: str, *, headers: Mapping[str, str] | None = None, **more: Any
    ) -> httpx.Response:
        """Send a request with the token and a proof made for it."""
        address = f"{self.hub.base_url}/api/v1{path}"
        own = self.holder.headers(self.token, htm=method, htu=address)
        return await self.http.request(method, address, headers={**own, **(headers or {})}, **more)
