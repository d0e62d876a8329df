"""Signing in through Keycloak: another provider than the example's, which others wrote and agencies run."""

import fcntl
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from html import unescape
from pathlib import Path

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey

from hub.access.signin import Door, Issuer
from hub.agencies.model import Assignment, Staff
from hub.kit.clock import SystemClock, epoch_s
from hub.kit.database import Database
from hub.kit.ids import new_id
from tests.hub.access.signin.world import Browser, ShiftedClock, World, listening, town
from tests.hub.access.tokens.world import Api, Idp, Partner
from tests.support.machine import where
from tests.support.ports import free_port
from tests.support.waiting import until

pytestmark = [pytest.mark.keycloak, pytest.mark.requirement("HUB-07")]
DEPLOY = Path(__file__).resolve().parents[2] / "deploy" / "keycloak"
ADA = "0a000000-0000-4000-8000-000000000001"
CLOCK = SystemClock()
KEY = ECKey.generate_key("P-256", {"use": "sig", "alg": "ES256"}, private=True)
#: Seconds. From nothing Keycloak takes a minute on two cores.
PATIENCE = 180


@pytest.fixture(scope="module")
def base_url() -> str:
    return f"http://127.0.0.1:{free_port()}"


@pytest.fixture(scope="module")
def keycloak(base_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the issuer of a Keycloak that knows the hub at `base_url`. Two never run out of one folder."""
    with (Path(where("keycloak")) / ".in-use").open("w") as mine:
        fcntl.flock(mine, fcntl.LOCK_EX)
        yield from _running(base_url, tmp_path_factory)


def _running(base_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("keycloak")
    (folder / "jwks.json").write_text(json.dumps({"keys": [KEY.as_dict(private=False)]}))
    making = [sys.executable, DEPLOY / "realm.py", "--hub", base_url, "--partner-jwks", folder / "jwks.json"]
    (folder / "realm.json").write_bytes(subprocess.run(making, check=True, capture_output=True).stdout)
    port = free_port()
    with (folder / "log").open("w") as log:
        starting = [str(DEPLOY / "start.sh"), where("keycloak"), str(port), str(folder / "realm.json")]
        process = subprocess.Popen(starting, stdout=log, stderr=log, start_new_session=True)
    try:
        issuer = f"http://127.0.0.1:{port}/realms/hub"
        _wait(f"{issuer}/.well-known/openid-configuration", process, folder / "log")
        yield issuer
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(30)


@pytest.fixture
async def world(database: Database, base_url: str, keycloak: str) -> AsyncIterator[World]:
    clock = ShiftedClock()
    issuer = Issuer(
        issuer=keycloak,
        label="Keycloak",
        client_id="samverkanshubben",
        doors=frozenset(Door),
        agencies=frozenset({"soc"}),
        partners=True,
    )
    await town(database, keycloak, clock)
    async with database.write() as session:
        (await session.get_one(Staff, "ada-soc")).subject = ADA
    opened = World(database, base_url, issuer, clock)
    async with listening(opened.app, base_url):
        yield opened
    await opened.http.aclose()


class Person(Browser):
    """A browser at Keycloak's forms. Its cookies are `Secure` even on loopback, where a client must look away."""

    async def sign_in(self, path: str, person: str, level: int = 3, **more: str) -> httpx.Response:
        page = await self.get(path)
        while (action := re.search(r'<form[^>]*action="([^"]+)"', page.text)) and "realms/hub" in str(page.url):
            self._look_away()
            fields = {"username": person, "password": f"pw-{person}", "credentialId": ""}
            page = await self._follow(await self.http.post(unescape(action[1]), data=fields))
        return page

    async def _follow(self, response: httpx.Response) -> httpx.Response:
        self._look_away()
        while response.has_redirect_location:
            response = await self.http.get(str(response.url.join(response.headers["location"])))
            self._look_away()
        return response

    def _look_away(self) -> None:
        for cookie in self.http.cookies.jar:
            cookie.secure = False


@pytest.fixture
async def person(world: World) -> AsyncIterator[Person]:
    opened = Person(world.base_url)
    yield opened
    await opened.close()


async def test_signing_out_at_keycloak_ends_the_session_at_once(person: Person, world: World) -> None:
    await person.sign_in("/logga-in/personal", "ada")
    assert (await person.get("/arbete")).status_code == 200
    out = await world.sign_in.end_session_address(world.provider.issuer.issuer)
    assert out
    page = await person.get(out)
    action = re.search(r'<form[^>]*action="([^"]+)"', page.text)
    assert action
    code = re.search(r'name="session_code" value="([^"]+)"', page.text)
    fields = {"session_code": code[1] if code else "", "confirmLogout": "Logout"}
    await person.post(str(page.url.join(unescape(action[1]))), **fields)

    async def over() -> bool:
        return (await person.get("/arbete")).json().get("code") == "utloggad"

    # Keycloak tells the hub by a road of its own, which may come after its answer to the browser.
    await until(over)


async def test_an_official_and_an_individual_sign_in_at_level_three(person: Person) -> None:
    page = (await person.sign_in("/logga-in/personal?till=/arbete/arenden", "ada")).json()
    assert (page["kind"], page["agency"], page["loa"], page["path"]) == ("staff", "soc", 3, "/arenden")
    anew = (await person.sign_in("/logga-in/personal?ny=ja&till=/arbete/samtycke", "ada")).json()
    assert (anew["loa"], anew["path"]) == (3, "/samtycke")
    individual = Person(person.base_url)
    page = (await individual.sign_in("/logga-in/privat", "kim")).json()
    assert (page["kind"], page["digest"], page["name"]) == ("individual", "digest of 200204029805", "Kim Prov")
    await individual.close()


async def test_a_partner_system_uses_a_token_bound_to_its_key(world: World, database: Database) -> None:
    issuer = world.provider.issuer.issuer
    async with database.write() as session:
        at = (await session.get_one(Assignment, "post-ada-soc")).valid_from
    await database.record(
        """INSERT INTO partner_client (id, issuer, client_id, agency, assignment, name, scopes, loa, registered_by,
             valid_from, valid_until, suspended)
           VALUES ('client-1', $1, 'partner', 'soc', 'post-ada-soc', 'Systemet', 'disclose', 3, 'operator', $2, $3, false)
           RETURNING id""",
        issuer,
        int(at.timestamp() * 1_000_000),
        253_402_300_799_000_000,
    )
    partner = Partner(Idp(), CLOCK)
    endpoint = f"{issuer}/protocol/openid-connect/token"
    now = epoch_s(CLOCK.now())
    claims = {"iss": "partner", "sub": "partner", "aud": issuer, "jti": new_id(), "iat": now, "exp": now + 60}
    fields = {
        "grant_type": "client_credentials",
        "scope": "disclose",
        "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        "client_assertion": jwt.encode({"alg": "ES256"}, claims, KEY),
    }
    proof = partner.proof("", htm="POST", htu=endpoint, ath=None)
    answer = (await world.http.post(endpoint, data=fields, headers={"DPoP": proof})).json()
    assert answer.get("token_type") == "DPoP", answer
    api = Api(database, CLOCK, world.provider, base_url=world.base_url)
    token = answer["access_token"]
    headers = {"Authorization": f"DPoP {token}", "DPoP": partner.proof(token, htu=f"{world.base_url}/api/v1/thing")}
    assert (await api.call(headers)).status_code == 200
    assert api.callers[0].subject == "partner"


def _wait(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait for discovery to answer: the port is open long before."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        assert process.poll() is None, log.read_text()
        try:
            if httpx.get(address, trust_env=False).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.5)
    pytest.fail(log.read_text())
