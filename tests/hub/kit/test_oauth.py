"""The hub as a client with private_key_jwt: against a token desk that really checks, over a fake wire."""

import asyncio
import json
from collections.abc import Mapping

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

from hub.kit.http import Reply
from hub.kit.oauth import ClientCredentials, ClientKey, TokenRefused
from hub.kit.secret import Secret
from tests.fakes.clock import FixedClock

TOKENS = "https://agency.example/token"
DATA = "https://agency.example/v1/data"


class Wire:
    """Answers as an agency: a new token each time, and data to whoever shows the newest."""

    def __init__(self) -> None:
        self.forms: list[dict[str, str]] = []
        self.shown: list[str] = []
        self.token: Mapping[str, object] | None = None
        self.lasts = 300
        self.accepts = True

    async def send(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        content: bytes | None = None,
        form: Mapping[str, str] | None = None,
    ) -> Reply:
        await asyncio.sleep(0)
        if url == TOKENS:
            self.forms.append(dict(form or {}))
            told = self.token or {
                "access_token": f"token-number-{len(self.forms)}",
                "token_type": "Bearer",
                "expires_in": self.lasts,
            }
            return Reply(200 if "error" not in told else 400, {}, json.dumps(told).encode())
        self.shown.append((headers or {})["Authorization"])
        newest = f"Bearer token-number-{len(self.forms)}"
        return Reply(200 if self.accepts and self.shown[-1] == newest else 401, {}, b"{}")


def credentials(wire: Wire, clock: FixedClock, key: ECKey | RSAKey | None = None) -> ClientCredentials:
    key = key or ECKey.generate_key("P-384", private=True)
    imported = ClientKey.imported(Secret(json.dumps(key.as_dict(private=True)).encode()))
    return ClientCredentials(wire, TOKENS, "hub", imported, "cases.read", clock)  # type: ignore[arg-type]


@pytest.mark.parametrize("status", ["refused", "no bearer", "not json", "ended"])
async def test_what_is_no_token_is_refused(status: str, clock: FixedClock) -> None:
    wire = Wire()
    wire.token = {
        "refused": {"error": "invalid_client"},
        "no bearer": {"access_token": "x", "token_type": "mac"},
        "not json": {"token": 1},
        "ended": {"access_token": "x", "token_type": "Bearer", "expires_in": 0},
    }[status]
    with pytest.raises(TokenRefused):
        await credentials(wire, clock).send("GET", DATA)
    assert wire.shown == []


@pytest.mark.parametrize("key", [b"", b"[]", b'{"kty":"oct","k":"bWFueXNlY3JldGJ5dGVz"}'])
def test_a_key_that_is_none_is_refused_without_being_told(key: bytes) -> None:
    with pytest.raises(ValueError, match=r"JWK|private EC or RSA") as refused:
        ClientKey.imported(Secret(key))
    assert "bWFueXNlY3JldGJ5dGVz" not in str(refused.value)


def test_a_public_key_or_an_unknown_curve_is_refused() -> None:
    public = ECKey.generate_key("P-384").as_dict(private=False)
    with pytest.raises(ValueError, match="private"):
        ClientKey.imported(Secret(json.dumps(public).encode()))
    other = ECKey.generate_key("secp256k1", private=True).as_dict(private=True)
    with pytest.raises(ValueError, match="P-256 or P-384"):
        ClientKey.imported(Secret(json.dumps(other).encode()))


@pytest.mark.parametrize(
    ("key", "algorithm"),
    [(ECKey.generate_key("P-256"), "ES256"), (ECKey.generate_key("P-384"), "ES384"), (RSAKey.generate_key(), "RS384")],
)
async def test_an_assertion_names_us_is_short_and_new_each_time(
    key: ECKey | RSAKey, algorithm: str, clock: FixedClock
) -> None:
    wire = Wire()
    asking = credentials(wire, clock, key)
    first = await asking.token()
    await asking.token(instead_of=first)
    said = [jwt.decode(form["client_assertion"], key, algorithms=[algorithm]).claims for form in wire.forms]
    assert {each["iss"] for each in said} == {each["sub"] for each in said} == {"hub"}
    assert all(each["aud"] == TOKENS and each["exp"] - each["iat"] == 60 for each in said)
    assert said[0]["jti"] != said[1]["jti"]
    assert wire.forms[0]["scope"] == "cases.read"


async def test_a_token_is_kept_until_shortly_before_its_end(clock: FixedClock) -> None:
    wire = Wire()
    asking = credentials(wire, clock)
    for _ in range(3):
        assert (await asking.send("GET", DATA)).status == 200
    assert len(wire.forms) == 1
    clock.move(seconds=279)
    await asking.send("GET", DATA)
    assert len(wire.forms) == 1
    clock.move(seconds=2)
    await asking.send("GET", DATA)
    assert len(wire.forms) == 2


async def test_many_who_wait_get_the_one_token_that_is_fetched(clock: FixedClock) -> None:
    wire = Wire()
    asking = credentials(wire, clock)
    replies = await asyncio.gather(*(asking.send("GET", DATA) for _ in range(20)))
    assert [each.status for each in replies] == [200] * 20
    assert len(wire.forms) == 1


async def test_a_token_that_is_not_accepted_is_fetched_anew_once(clock: FixedClock) -> None:
    wire = Wire()
    asking = credentials(wire, clock)
    await asking.send("GET", DATA)
    wire.accepts = False
    assert (await asking.send("GET", DATA)).status == 401
    assert len(wire.forms) == 2
    wire.accepts = True
    assert (await asking.send("GET", DATA)).status == 200
    assert len(wire.forms) == 2


async def test_no_token_is_told_by_repr(clock: FixedClock) -> None:
    asking = credentials(Wire(), clock)
    token = await asking.token()
    assert token.reveal() == "token-number-1"
    assert token.reveal() not in repr(asking)
