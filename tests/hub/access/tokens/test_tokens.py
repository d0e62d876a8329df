"""Refusals first: a token is good for one audience, in one hand, for a while, and never on its own."""

import asyncio
import hmac
from hashlib import sha256
from typing import Any

import pytest
from joserfc.jwk import ECKey, OctKey

from hub.access import CallerKind
from tests.fakes.clock import FixedClock
from tests.hub.access.tokens.world import API, Api, Idp, Partner, b64, refused, with_header

pytestmark = pytest.mark.requirement("HUB-07")


class TestToken:
    @pytest.mark.parametrize("header", [{}, {"Authorization": "DPoP"}, {"Authorization": "Basic eDp5"}])
    async def test_without_one_the_way_is_shown(self, api: Api, header: dict[str, str]) -> None:
        answer = await api.call(header)
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"] == 'DPoP realm="samverkanshubben", algs="ES256 RS256"'

    @pytest.mark.parametrize("junk", ["x", "a.b", "a.b.c", "W10.e30.x", "å.b.c", "x" * 17_000])
    async def test_junk(self, api: Api, junk: str) -> None:
        await refused(api, [(b"authorization", f"DPoP {junk}".encode()), (b"dpop", b"x")], "malformed")

    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"aud": "https://another.example/api"}, "wrong_aud"),
            ({"aud": None}, "wrong_aud"),
            ({"aud": f"{API}/"}, "wrong_aud"),
            ({"aud": 7}, "wrong_aud"),
            ({"iss": "https://elsewhere.example"}, "unknown_issuer"),
            ({"iss": None}, "unknown_issuer"),
            ({"exp": None}, "wrong_exp"),
            ({"exp": "soon"}, "wrong_exp"),
            ({"iat": None}, "wrong_iat"),
            ({"jti": None}, "malformed"),
            ({"client_id": None}, "malformed"),
            ({"client_id": 7}, "malformed"),
            ({"cnf": "jkt"}, "malformed"),
            ({"cnf": None}, "unbound"),
            ({"cnf": {"jkt": 7}}, "unbound"),
        ],
    )
    async def test_a_claim_that_is_wrong_or_missing(
        self, api: Api, partner: Partner, changes: dict[str, Any], code: str
    ) -> None:
        await refused(api, partner.headers(partner.token(**changes)), code)

    @pytest.mark.parametrize(("claim", "seconds"), [("exp", -60), ("exp", -3600), ("nbf", 61), ("iat", 61)])
    async def test_out_of_its_time_beyond_the_skew(self, api: Api, partner: Partner, claim: str, seconds: int) -> None:
        now = partner.claims()["iat"]
        code = "expired" if claim == "exp" else f"wrong_{claim}"
        await refused(api, partner.headers(partner.token(**{claim: now + seconds})), code)

    @pytest.mark.parametrize(("claim", "seconds"), [("exp", -59), ("nbf", 60), ("iat", 60)])
    async def test_within_the_skew(self, api: Api, partner: Partner, claim: str, seconds: int) -> None:
        now = partner.claims()["iat"]
        assert (await api.call(partner.headers(partner.token(**{claim: now + seconds})))).status_code == 200

    @pytest.mark.parametrize("typ", ["JWT", "logout+jwt", "", "dpop+jwt"])
    async def test_something_else_that_the_issuer_signed(self, api: Api, partner: Partner, idp: Idp, typ: str) -> None:
        await refused(api, partner.headers(idp.sign(partner.claims(), typ=typ)), "type")

    async def test_none_is_no_algorithm(self, api: Api, partner: Partner) -> None:
        header, claims = b64(b'{"alg":"none","typ":"at+jwt"}'), partner.token().split(".")[1]
        await refused(api, partner.headers(f"{header}.{claims}."), "algorithm")

    async def test_the_issuers_public_key_is_no_shared_secret(self, api: Api, partner: Partner, idp: Idp) -> None:
        """Algorithm confusion: HMAC with the public key."""
        forged = with_header(partner.token(), {"alg": "HS256", "typ": "at+jwt", "kid": "first"}).rpartition(".")[0]
        mac = hmac.digest(idp.key.as_pem(private=False), forged.encode(), sha256)
        await refused(api, partner.headers(f"{forged}.{b64(mac)}"), "algorithm")

    async def test_another_key_under_the_issuers_name(self, api: Api, partner: Partner, idp: Idp) -> None:
        thief = ECKey.generate_key("P-256", private=True)
        await refused(api, partner.headers(idp.sign(partner.claims(), key=thief)), "signature")

    async def test_a_key_that_the_token_brings_along_is_not_believed(
        self, api: Api, partner: Partner, idp: Idp
    ) -> None:
        thief = ECKey.generate_key("P-256", private=True)
        forged = idp.sign(partner.claims(), key=thief, jwk=thief.as_dict(private=False), kid="thief")
        await refused(api, partner.headers(forged), "unknown_key")

    async def test_a_changed_claim(self, api: Api, partner: Partner) -> None:
        header, _, signature = partner.token().split(".")
        changed = partner.token(scope="administer").split(".")[1]
        await refused(api, partner.headers(f"{header}.{changed}.{signature}"), "signature")


class TestKeys:
    async def test_a_new_key_is_fetched_when_a_token_names_it(
        self, api: Api, partner: Partner, idp: Idp, clock: FixedClock
    ) -> None:
        assert (await api.call(partner.headers())).status_code == 200
        idp.key = ECKey.generate_key("P-256", {"kid": "second"}, private=True)
        idp.published.append(idp.key.as_dict(private=False))
        clock.move(seconds=60)
        token = idp.sign(partner.claims(), kid="second")
        assert (await api.call(partner.headers(token))).status_code == 200
        assert idp.asked.count("/jwks") == 2

    async def test_unknown_names_do_not_make_us_ask_all_the_time(
        self, api: Api, partner: Partner, idp: Idp, clock: FixedClock
    ) -> None:
        await api.call(partner.headers())
        for _ in range(3):
            await refused(
                api_without_callers(api), partner.headers(idp.sign(partner.claims(), kid="unknown")), "unknown_key"
            )
        assert idp.asked.count("/jwks") == 1
        clock.move(seconds=60)
        await refused(api, partner.headers(idp.sign(partner.claims(), kid="unknown")), "unknown_key")
        assert idp.asked.count("/jwks") == 2

    @pytest.mark.parametrize(("keys", "code"), [(None, "keys"), ([], "keys"), ([{"kty": "EC"}], "keys")])
    async def test_keys_that_are_none(self, api: Api, partner: Partner, idp: Idp, keys: Any, code: str) -> None:
        idp.published = keys
        await refused(api, partner.headers(), code)

    async def test_a_weak_or_encrypting_key_signs_nothing(self, api: Api, partner: Partner, idp: Idp) -> None:
        idp.published = [idp.key.as_dict(private=False) | {"use": "enc"}]
        await refused(api, partner.headers(), "unknown_key")

    async def test_an_issuer_that_is_silent_is_no_refusal(self, api: Api, partner: Partner, idp: Idp) -> None:
        idp.down = True
        assert (await api.call(partner.headers())).json() == {"code": "inloggningen-svarar-inte"}


class TestKey:
    """DPoP, RFC 9449."""

    async def test_the_partner_with_its_key(self, api: Api, partner: Partner) -> None:
        assert (await api.call(partner.headers())).status_code == 200
        [caller] = api.callers
        assert (caller.kind, caller.ref, caller.subject) == (CallerKind.CLIENT, "client:client-1", "partner")
        assert (caller.agency, caller.unit, caller.assignment) == ("soc", "unit", "post")
        assert (caller.roles, caller.loa, caller.name) == (("handlaggare",), 3, "Verksamhetssystemet")

    async def test_scopes_are_those_of_the_token_that_the_agency_gave(self, api: Api, partner: Partner) -> None:
        await api.call(partner.headers())
        assert api.callers[0].scopes == {"disclose", "case:act"}

    async def test_a_token_for_something_else(self, api: Api, partner: Partner) -> None:
        answer = await api.call(partner.headers(partner.token(scope="case:act")))
        assert answer.status_code == 403
        assert answer.headers["WWW-Authenticate"] == 'DPoP error="insufficient_scope", scope="disclose"'

    async def test_a_proof_counts_once(self, api: Api, partner: Partner) -> None:
        headers = partner.headers()
        assert (await api.call(headers)).status_code == 200
        api.callers.clear()
        await refused(api, headers, "proof_replayed", "invalid_dpop_proof")

    async def test_a_proof_counts_once_among_many_at_the_same_time(self, api: Api, partner: Partner) -> None:
        headers = partner.headers()
        answers = await asyncio.gather(*(api.call(headers) for _ in range(8)))
        assert sorted(answer.status_code for answer in answers) == [200, *[401] * 7]

    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"htm": "POST"}, "proof_method"),
            ({"htm": "get"}, "proof_method"),
            ({"htu": f"{API}/other"}, "proof_address"),
            ({"htu": "https://elsewhere.example/api/v1/thing"}, "proof_address"),
            ({"htu": "http://hub.example/api/v1/thing"}, "proof_address"),
            ({"htu": "https://hub.example:99999/api/v1/thing"}, "proof_address"),
            ({"ath": "another-token"}, "proof_token"),
            ({"ath": None}, "malformed_proof"),
            ({"jti": None}, "malformed_proof"),
            ({"jti": "x" * 257}, "malformed_proof"),
            ({"iat": None}, "malformed_proof"),
            ({"jwk": None}, "malformed_proof"),
            ({"jwk": {"kty": "EC"}}, "malformed_proof"),
            ({"jwk": "x"}, "malformed_proof"),
        ],
    )
    async def test_a_proof_of_something_else(
        self, api: Api, partner: Partner, changes: dict[str, Any], code: str
    ) -> None:
        await refused(api, partner.headers(**changes), code, "invalid_dpop_proof")

    async def test_something_else_that_the_key_signed(self, api: Api, partner: Partner) -> None:
        await refused(api, partner.headers(typ="JWT"), "type")

    @pytest.mark.parametrize("htu", [f"{API}/thing?page=1#x", "https://HUB.example:443/api/v1/thing"])
    async def test_another_spelling_of_the_same_address(self, api: Api, partner: Partner, htu: str) -> None:
        assert (await api.call(partner.headers(htu=htu))).status_code == 200

    @pytest.mark.parametrize(("seconds", "status"), [(-61, 401), (-60, 200), (60, 200), (61, 401)])
    async def test_a_proof_is_of_now(self, api: Api, partner: Partner, seconds: int, status: int) -> None:
        at = partner.claims()["iat"] + seconds
        assert (await api.call(partner.headers(iat=at))).status_code == status

    async def test_another_key_is_not_whose_the_token_is(self, api: Api, partner: Partner) -> None:
        thief = ECKey.generate_key("P-256", private=True)
        await refused(api, partner.headers(key=thief), "wrong_proof_key", "invalid_dpop_proof")

    async def test_a_signature_by_another_than_the_key_shown(self, api: Api, partner: Partner) -> None:
        thief = ECKey.generate_key("P-256", private=True)
        headers = partner.headers(key=thief, jwk=partner.key.as_dict(private=False))
        await refused(api, headers, "signature")

    @pytest.mark.parametrize(
        "jwk",
        [
            ECKey.generate_key("P-256").as_dict(private=True),
            OctKey.generate_key(256).as_dict(private=True),
            ECKey.generate_key("P-384").as_dict(private=False),
        ],
    )
    async def test_a_key_that_proves_nothing(self, api: Api, partner: Partner, jwk: dict[str, Any]) -> None:
        await refused(api, partner.headers(jwk=jwk), "proof_key", "invalid_dpop_proof")

    async def test_an_unsigned_proof(self, api: Api, partner: Partner) -> None:
        token = partner.token()
        header = {"alg": "none", "typ": "dpop+jwt", "jwk": partner.key.as_dict(private=False)}
        bare = with_header(partner.proof(token), header).rpartition(".")[0]
        await refused(api, {"Authorization": f"DPoP {token}", "DPoP": f"{bare}."}, "algorithm")

    async def test_none_or_two_proofs(self, api: Api, partner: Partner) -> None:
        token = partner.token()
        await refused(api, {"Authorization": f"DPoP {token}"}, "proof_missing", "invalid_dpop_proof")
        both = [("Authorization", f"DPoP {token}"), ("DPoP", partner.proof(token)), ("DPoP", partner.proof(token))]
        await refused(api, both, "proof_missing", "invalid_dpop_proof")

    async def test_a_bound_token_is_no_bearer_token(self, api: Api, partner: Partner) -> None:
        token = partner.token()
        await refused(api, {"Authorization": f"Bearer {token}", "DPoP": partner.proof(token)}, "unbound")


def api_without_callers(api: Api) -> Api:
    api.callers.clear()
    return api
