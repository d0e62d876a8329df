"""A partner system gets a token from the example's identity provider, bound to its key or certificate, and uses it."""

import base64
import json
from collections.abc import AsyncIterator, Iterator
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey

from hub.access.signin import Issuer, Provider
from hub.kit.clock import SystemClock, epoch_s
from hub.kit.database import Database
from hub.kit.http import client as http_client
from hub.kit.ids import new_id
from tests.adapters.identity.running import Running, running
from tests.hub.access.tokens.world import API, BASE, Api, Idp, Partner, register

pytestmark = pytest.mark.requirement("HUB-07")
CLOCK = SystemClock()
KEY = ECKey.generate_key("P-256", {"use": "sig", "alg": "ES256"}, private=True)


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    jwks = {"keys": [KEY.as_dict(private=False)]}
    partners = [
        {"client_id": "partner", "jwks": jwks, "binding": "dpop", "scope": "disclose case:act"},
        {"client_id": "partner-mtls", "jwks": jwks, "binding": "certificate", "scope": "disclose"},
    ]
    with running(BASE, tmp_path_factory.mktemp("identity"), partners=partners, CERTIFICATE_PROXY="127.0.0.1") as it:
        yield it


@pytest.fixture
async def http() -> AsyncIterator[httpx.AsyncClient]:
    async with http_client() as opened:
        yield opened


@pytest.fixture
async def api(database: Database, started: Running, http: httpx.AsyncClient) -> Api:
    issuer = Issuer(issuer=started.issuer, label="Prov", client_id="hub", agencies=frozenset({"soc"}), partners=True)
    await register(database, CLOCK, issuer=started.issuer)
    await database.record(
        """INSERT INTO partner_client SELECT 'client-2', issuer, 'partner-mtls', agency, assignment, name, scopes, loa,
           registered_by, valid_from, valid_until, suspended FROM partner_client RETURNING id"""
    )
    signer = Provider(issuer, None, http, CLOCK, production=False)  # type: ignore[arg-type]  nobody signs in
    return Api(database, CLOCK, signer)


@pytest.fixture
def partner() -> Partner:
    return Partner(Idp(), CLOCK)


def assertion(issuer: str, client_id: str) -> dict[str, str]:
    now = epoch_s(CLOCK.now())
    claims = {"iss": client_id, "sub": client_id, "aud": issuer, "jti": new_id(), "iat": now, "exp": now + 60}
    return {
        "grant_type": "client_credentials",
        "client_id": client_id,
        "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        "client_assertion": jwt.encode({"alg": "ES256"}, claims, KEY),
    }


async def test_bound_to_a_key(api: Api, started: Running, http: httpx.AsyncClient, partner: Partner) -> None:
    endpoint = f"{started.issuer}/token"
    proof = partner.proof("", htm="POST", htu=endpoint, ath=None)
    fields = assertion(started.issuer, "partner") | {"scope": "disclose"}
    answer: dict[str, Any] = (await http.post(endpoint, data=fields, headers={"DPoP": proof})).json()
    assert (answer["token_type"], answer["scope"]) == ("DPoP", "disclose")
    done = await api.call(partner.headers(answer["access_token"]))
    assert done.status_code == 200
    assert (api.callers[0].subject, api.callers[0].scopes) == ("partner", {"disclose"})
    assert (await api.call({"Authorization": f"Bearer {answer['access_token']}"})).status_code == 401


async def test_bound_to_a_certificate(api: Api, started: Running, http: httpx.AsyncClient, partner: Partner) -> None:
    pem = f"-----BEGIN CERTIFICATE-----\n{base64.encodebytes(partner.certificate).decode()}-----END CERTIFICATE-----\n"
    fields = assertion(started.issuer, "partner-mtls") | {"scope": "disclose"}
    answer = await http.post(f"{started.issuer}/token", data=fields, headers={"x-client-cert": quote(pem)})
    token = answer.json()["access_token"]
    _, claims, _ = token.split(".")
    told = json.loads(base64.urlsafe_b64decode(claims + "=="))
    assert (told["aud"], list(told["cnf"])) == (API, ["x5t#S256"])
    assert (await api.call(partner.with_certificate(token))).status_code == 200
    assert (await api.call(Partner(Idp(), CLOCK).with_certificate(token))).status_code == 401


@pytest.mark.parametrize("client", ["partner", "partner-mtls"])
async def test_the_provider_gives_no_token_that_anybody_could_use(
    started: Running, http: httpx.AsyncClient, client: str
) -> None:
    answer = await http.post(f"{started.issuer}/token", data=assertion(started.issuer, client))
    assert (answer.status_code, "access_token" in answer.json()) == (400, False)


async def test_a_token_for_another_api_is_not_given(
    started: Running, http: httpx.AsyncClient, partner: Partner
) -> None:
    endpoint = f"{started.issuer}/token"
    proof = partner.proof("", htm="POST", htu=endpoint, ath=None)
    fields = assertion(started.issuer, "partner") | {"resource": "https://elsewhere.example"}
    answer = await http.post(endpoint, data=fields, headers={"DPoP": proof})
    assert answer.json()["error"] == "invalid_target"
