"""What is believed of what an issuer signs."""

import math
from datetime import timedelta
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, OctKey, OKPKey, RSAKey

from hub.access.signin import Untrusted, check, decode, peek, strong
from hub.kit.clock import epoch_s
from tests.fakes.clock import FixedClock

KEY = ECKey.generate_key("P-256", {"kid": "a"}, private=True)
TYPES = frozenset({"jwt"})


def claims(clock: FixedClock, **changes: Any) -> dict[str, Any]:
    now = epoch_s(clock.now())
    made = {"iss": "i", "aud": "us", "iat": now, "exp": now + 60} | changes
    return {name: value for name, value in made.items() if value is not None}


class TestStrength:
    @pytest.mark.parametrize(
        ("key", "good"),
        [
            (ECKey.generate_key("P-256"), True),
            (RSAKey.generate_key(2048), True),
            (ECKey.generate_key("P-384"), False),
            (OKPKey.generate_key("Ed25519"), False),
            (OctKey.generate_key(256), False),
            (ECKey.generate_key("P-256", {"use": "enc"}), False),
        ],
    )
    def test_only_the_profiles_keys_sign(self, key: Any, good: bool) -> None:
        assert strong(key) is good

    def test_a_short_rsa_key_does_not(self) -> None:
        with pytest.warns(Warning, match="2048"):
            key = RSAKey.generate_key(1024)
        assert not strong(key)


class TestDecoding:
    def test_both_algorithms_of_the_profile(self) -> None:
        rsa = RSAKey.generate_key(2048, private=True)
        assert decode(jwt.encode({"alg": "RS256"}, {"a": 1}, rsa), rsa, TYPES) == {"a": 1}
        assert decode(jwt.encode({"alg": "ES256"}, {"a": 1}, KEY), KEY, TYPES) == {"a": 1}

    def test_a_key_that_is_not_there(self) -> None:
        token = jwt.encode({"alg": "ES256", "kid": "b"}, {}, KEY)
        other = ECKey.generate_key("P-256", {"kid": "c"})
        with pytest.raises(Untrusted, match="unknown_key"):
            decode(token, KeySet([other, KEY]), TYPES)

    def test_an_algorithm_that_does_not_fit_the_key(self) -> None:
        rsa = RSAKey.generate_key(2048, private=True)
        with pytest.raises(Untrusted, match="signature"):
            decode(jwt.encode({"alg": "RS256"}, {}, rsa), KEY, TYPES)

    @pytest.mark.parametrize("token", ["", "a.b", "e30.W10.x", "bnVsbA.e30.x", "å.e30.x"])
    def test_nothing_is_read_of_what_is_no_token(self, token: str) -> None:
        with pytest.raises(Untrusted, match="malformed"):
            peek(token)


class TestClaims:
    def test_all_in_order(self, clock: FixedClock) -> None:
        check(claims(clock, aud=["another", "us"]), clock.now(), iss="i", aud="us")

    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"iss": None}, "wrong_iss"),
            ({"aud": ["another"]}, "wrong_aud"),
            ({"exp": math.nan}, "wrong_exp"),
            ({"exp": True}, "wrong_exp"),
            ({"iat": None}, "wrong_iat"),
        ],
    )
    def test_what_is_missing_or_another(self, clock: FixedClock, changes: dict[str, Any], code: str) -> None:
        with pytest.raises(Untrusted, match=code):
            check(claims(clock, **changes), clock.now(), iss="i", aud="us")

    def test_what_has_been(self, clock: FixedClock) -> None:
        with pytest.raises(Untrusted, match="expired"):
            check(claims(clock), clock.now() + timedelta(seconds=120), iss="i", aud="us")
