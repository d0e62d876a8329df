"""One issuer's word, judged: by a provider that says whatever a test wants."""

import base64
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from joserfc.jwk import ECKey, OctKey

from hub.access.signin import Door, HubClient, MadeUpProvider, Provider, ProviderSilent, Untrusted, check_none_made_up
from hub.access.signin.oidc import Asked
from hub.kit.clock import epoch_s
from hub.kit.secret import Secret
from tests.fakes.clock import FixedClock
from tests.hub.access.signin.world import LOA
from tests.hub.access.tokens.world import BASE, ISSUER, Idp, issuer, provider

CLAIM = "https://id.oidc.se/claim/"
ASKED = Asked(Door.INDIVIDUAL, state="s", nonce="n", verifier="v" * 43, least=3, fresh=False)
LOGOUT = {"http://schemas.openid.net/event/backchannel-logout": {}}


@pytest.fixture
def idp(clock: FixedClock) -> Idp:
    made = Idp()
    made.tokens = {"access_token": "a", "token_type": "Bearer", "id_token": made.sign(claims(clock), typ="JWT")}
    return made


@pytest.fixture
def one(idp: Idp, clock: FixedClock) -> Provider:
    return provider(idp, clock)


def claims(clock: FixedClock, **changes: Any) -> dict[str, Any]:
    now = epoch_s(clock.now())
    standard = {
        "iss": ISSUER,
        "aud": "hub",
        "sub": "p",
        "iat": now,
        "exp": now + 300,
        "nonce": "n",
        "acr": f"{LOA}3",
        "auth_time": now,
        "name": "Kim",
        f"{CLAIM}personalIdentityNumber": "200204029805",
    }
    return {name: value for name, value in (standard | changes).items() if value is not None}


class TestIdToken:
    async def test_all_in_order(self, one: Provider, clock: FixedClock) -> None:
        who = await one.sign_in("code", ASKED)
        assert (who.issuer, who.subject, who.loa, who.factors, who.name) == (ISSUER, "p", 3, 2, "Kim")
        assert who.authenticated_at == clock.now()
        assert who.number == Secret("200204029805")
        assert "200204029805" not in repr(who)

    @pytest.mark.requirement("HUB-07")
    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"iss": "https://elsewhere.example"}, "wrong_iss"),
            ({"aud": "another"}, "wrong_aud"),
            ({"aud": ["hub", "another"]}, "id_token"),
            ({"azp": "another"}, "id_token"),
            ({"nonce": "another"}, "id_token"),
            ({"nonce": None}, "id_token"),
            ({"auth_time": None}, "id_token"),
            ({"at_hash": "another"}, "id_token"),
            ({"amr": "pwd"}, "id_token"),
            ({"sub": None}, "id_token"),
            ({"acr": None}, "malformed"),
            ({"acr": "urn:mace:incommon:iap:silver"}, "unknown_level"),
            ({"acr": f"{LOA}1"}, "unknown_level"),
        ],
    )
    async def test_what_is_wrong_or_missing(
        self, one: Provider, idp: Idp, clock: FixedClock, changes: dict[str, Any], code: str
    ) -> None:
        idp.tokens["id_token"] = idp.sign(claims(clock, **changes), typ="JWT")
        with pytest.raises(Untrusted, match=code):
            await one.sign_in("code", ASKED)

    @pytest.mark.parametrize(
        ("claim", "code"), [("exp", "expired"), ("iat", "wrong_iat"), ("auth_time", "wrong_auth_time")]
    )
    async def test_out_of_its_time(self, one: Provider, idp: Idp, clock: FixedClock, claim: str, code: str) -> None:
        beyond = epoch_s(clock.now()) + (-61 if claim == "exp" else 61)
        idp.tokens["id_token"] = idp.sign(claims(clock, **{claim: beyond}), typ="JWT")
        with pytest.raises(Untrusted, match=code):
            await one.sign_in("code", ASKED)

    @pytest.mark.parametrize("typ", ["at+jwt", "logout+jwt"])
    async def test_something_else_that_the_issuer_signed(
        self, one: Provider, idp: Idp, clock: FixedClock, typ: str
    ) -> None:
        idp.tokens["id_token"] = idp.sign(claims(clock), typ=typ)
        with pytest.raises(Untrusted, match="type"):
            await one.sign_in("code", ASKED)

    @pytest.mark.parametrize("tokens", [{"access_token": "a"}, {"id_token": 1}])
    async def test_an_answer_without_one(self, one: Provider, idp: Idp, tokens: dict[str, Any]) -> None:
        idp.tokens = tokens
        with pytest.raises(Untrusted, match="no_id_token"):
            await one.sign_in("code", ASKED)

    async def test_an_access_token_is_not_needed(self, one: Provider, idp: Idp) -> None:
        del idp.tokens["access_token"]
        assert (await one.sign_in("code", ASKED)).subject == "p"

    async def test_of_staff_no_number_is_taken_even_if_told(self, one: Provider) -> None:
        asked = Asked(Door.STAFF, state="s", nonce="n", verifier="v" * 43, least=3, fresh=False)
        assert (await one.sign_in("code", asked)).number is None

    async def test_two_factors_may_be_named_at_a_lower_level(self, one: Provider, idp: Idp, clock: FixedClock) -> None:
        idp.tokens["id_token"] = idp.sign(claims(clock, acr=f"{LOA}2", amr=["mfa"]), typ="JWT")
        assert (await one.sign_in("code", ASKED)).factors == 2


class TestAssertion:
    async def test_each_is_new_short_and_for_the_issuer_alone(self, idp: Idp, clock: FixedClock) -> None:
        bodies: list[Mapping[str, list[str]]] = []

        def listening(request: httpx.Request) -> httpx.Response:
            if request.url.path == "/token":
                bodies.append(parse_qs(request.content.decode()))
            return idp.answer(request)

        key = ECKey.generate_key("P-256", private=True)
        http = httpx.AsyncClient(transport=httpx.MockTransport(listening))
        ours = HubClient(key, f"{BASE}/logga-in/svar", f"{BASE}/logga-in/utloggad")
        one = Provider(issuer(), ours, http, clock, production=False)
        for _ in range(2):
            await one.sign_in("code", ASKED)
        told = [
            json.loads(base64.urlsafe_b64decode(f"{body['client_assertion'][0].split('.')[1]}==")) for body in bodies
        ]
        assert {each["aud"] for each in told} == {ISSUER}
        assert {each["exp"] - each["iat"] for each in told} == {60}
        assert told[0]["jti"] != told[1]["jti"]
        assert bodies[0]["redirect_uri"] == [f"{BASE}/logga-in/svar"]
        assert bodies[0]["code_verifier"] == ["v" * 43]


class TestAnswers:
    @pytest.mark.parametrize("promised", [True, False])
    async def test_who_answers(self, one: Provider, idp: Idp, promised: bool) -> None:
        idp.document["authorization_response_iss_parameter_supported"] = promised
        await one.check_answer_from(ISSUER)
        with pytest.raises(Untrusted, match="wrong_iss_parameter"):
            await one.check_answer_from("https://elsewhere.example")

    async def test_silence_about_it_is_good_only_where_nothing_was_promised(self, one: Provider, idp: Idp) -> None:
        await one.check_answer_from(None)
        idp.document["authorization_response_iss_parameter_supported"] = True
        promising = provider(idp, FixedClock(await _now(one)))
        with pytest.raises(Untrusted):
            await promising.check_answer_from(None)

    async def test_a_refused_code(self, one: Provider, idp: Idp) -> None:
        idp.tokens, idp.token_status = {"error": "invalid_grant"}, 400
        with pytest.raises(Untrusted, match="code_refused"):
            await one.sign_in("code", ASKED)

    @pytest.mark.parametrize(("status", "tokens"), [(500, {}), (502, []), (200, [])])
    async def test_a_provider_in_trouble(self, one: Provider, idp: Idp, status: int, tokens: Any) -> None:
        idp.tokens, idp.token_status = tokens, status
        with pytest.raises(ProviderSilent):
            await one.sign_in("code", ASKED)


class TestMetadata:
    async def test_it_is_asked_for_once_an_hour(self, one: Provider, idp: Idp, clock: FixedClock) -> None:
        for minutes in (0, 59, 1):
            clock.move(minutes=minutes)
            await one.metadata()
        assert len(idp.asked) == 2

    @pytest.mark.parametrize("changes", [{"issuer": "https://elsewhere.example"}, {"token_endpoint": None}])
    async def test_a_document_that_is_anothers_or_half(self, one: Provider, idp: Idp, changes: dict[str, Any]) -> None:
        idp.document |= changes
        with pytest.raises(ProviderSilent):
            await one.metadata()

    async def test_silence(self, one: Provider, idp: Idp) -> None:
        idp.down = True
        with pytest.raises(ProviderSilent):
            await one.authorization_address(ASKED)

    @pytest.mark.requirement("HUB-07")
    async def test_production_refuses_made_up_people_at_start(self, idp: Idp, clock: FixedClock) -> None:
        idp.document["samverkanshubben_made_up"] = True
        await check_none_made_up([provider(idp, clock)])
        with pytest.raises(MadeUpProvider):
            await check_none_made_up([provider(idp, clock, production=True)])

    async def test_one_that_is_silent_at_start_is_asked_again_later(self, idp: Idp, clock: FixedClock) -> None:
        idp.down, idp.document["samverkanshubben_made_up"] = True, True
        one = provider(idp, clock, production=True)
        await check_none_made_up([one])
        idp.down = False
        with pytest.raises(MadeUpProvider):
            await one.authorization_address(ASKED)

    async def test_one_that_has_no_way_out(self, one: Provider) -> None:
        assert await one.end_session_address() is None

    async def test_a_fresh_sign_in_is_asked_for_as_one(self, one: Provider) -> None:
        asked = Asked(Door.STAFF, state="s", nonce="n", verifier="v" * 43, least=4, fresh=True)
        query = parse_qs(urlsplit(await one.authorization_address(asked)).query)
        assert (query["prompt"], query["acr_values"], query["state"]) == (["login"], [f"{LOA}4"], ["s"])
        assert "prompt" not in await one.authorization_address(ASKED)

    @pytest.mark.parametrize(
        ("supported", "asked"),
        [([f"{LOA}2", f"{LOA}3"], f"{LOA}3"), (["other"], f"{LOA}3 {LOA}4"), ([], f"{LOA}3 {LOA}4")],
    )
    async def test_only_levels_that_the_issuer_knows_are_asked_for(
        self, one: Provider, idp: Idp, supported: list[str], asked: str
    ) -> None:
        idp.document["acr_values_supported"] = supported
        query = parse_qs(urlsplit(await one.authorization_address(ASKED)).query)
        assert query["acr_values"] == [asked]


class TestLogoutToken:
    def notice(self, clock: FixedClock, **changes: Any) -> dict[str, Any]:
        now = epoch_s(clock.now())
        standard = {"iss": ISSUER, "aud": "hub", "iat": now, "exp": now + 120, "jti": "1", "sid": "x", "events": LOGOUT}
        return {name: value for name, value in (standard | changes).items() if value is not None}

    @pytest.mark.parametrize("typ", ["logout+jwt", "Logout", "JWT"])
    async def test_the_word_of_each_kind_of_provider(
        self, one: Provider, idp: Idp, clock: FixedClock, typ: str
    ) -> None:
        notice = await one.logout_notice(idp.sign(self.notice(clock), typ=typ))
        assert (notice.issuer, notice.jti, notice.sid, notice.subject) == (ISSUER, "1", "x", None)

    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"aud": "another"}, "wrong_aud"),
            ({"iss": "https://elsewhere.example"}, "wrong_iss"),
            ({"exp": 1}, "expired"),
            ({"jti": None}, "malformed"),
            ({"events": None}, "malformed"),
            ({"events": {"https://elsewhere.example": {}}}, "not_a_logout_token"),
            ({"sid": None}, "not_a_logout_token"),
            ({"nonce": "n"}, "not_a_logout_token"),
        ],
    )
    async def test_what_is_none(
        self, one: Provider, idp: Idp, clock: FixedClock, changes: dict[str, Any], code: str
    ) -> None:
        with pytest.raises(Untrusted, match=code):
            await one.logout_notice(idp.sign(self.notice(clock, **changes), typ="logout+jwt"))

    async def test_an_id_token_is_none(self, one: Provider, idp: Idp) -> None:
        with pytest.raises(Untrusted, match="not_a_logout_token"):
            await one.logout_notice(idp.tokens["id_token"])


class TestOwnKey:
    def test_the_hubs_key_comes_from_a_private_jwk(self) -> None:
        key = ECKey.generate_key("P-256", private=True)
        made = HubClient.at("https://hub.example/", Secret(json.dumps(key.as_dict(private=True)).encode()))
        assert made.redirect_uri == "https://hub.example/logga-in/svar"
        assert made.public_key()["kid"] == key.thumbprint()

    @pytest.mark.parametrize(
        "key",
        [
            b"",
            b"{}",
            b"[]",
            json.dumps(ECKey.generate_key("P-256").as_dict(private=False)).encode(),
            json.dumps(ECKey.generate_key("P-384").as_dict(private=True)).encode(),
            json.dumps(OctKey.generate_key(256).as_dict(private=True)).encode(),
        ],
        ids=["nothing", "no-key", "a-list", "public", "another-curve", "shared"],
    )
    def test_nothing_else_will_do(self, key: bytes) -> None:
        with pytest.raises(ValueError, match=r".*"):
            HubClient.at("https://hub.example", Secret(key))


async def _now(one: Provider) -> Any:
    return (await one.sign_in("code", ASKED)).authenticated_at
