"""What a browser and a working provider don't show: stale answers, replayed notices, issuers that are gone or silent."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from fastapi import Request, Response

from hub.access import Caller, CallerKind
from hub.access.signin import Callers, Cookies, Door, Sessions, SignIn, SignInRefused, Untrusted, Wish, fresh
from hub.access.signin.model import SignedIn
from hub.access.signin.service import TooWeak
from hub.kit.clock import epoch_s
from hub.kit.database import Database
from hub.kit.errors import NotFound, Unauthenticated
from hub.kit.secret import Secret
from tests.fakes.clock import FixedClock
from tests.fixtures.numbers import many
from tests.hub.access.signin.test_oidc import LOGOUT, claims
from tests.hub.access.signin.world import LOA, Counter, World, digest_of, pseudonym, town
from tests.hub.access.tokens.world import ISSUER, Idp, issuer, provider

BROWSER = "b" * 43


@pytest.fixture
def idp() -> Idp:
    return Idp()


@pytest.fixture
def sign_in(database: Database, clock: FixedClock, idp: Idp) -> SignIn:
    return SignIn({ISSUER: provider(idp, clock)}, database, clock)


def sessions(database: Database, clock: FixedClock, **changes: Any) -> Sessions:
    return Sessions(database, clock, {ISSUER: issuer(**changes)}, digest_of, pseudonym)


def somebody(clock: FixedClock, **changes: Any) -> SignedIn:
    standard: dict[str, Any] = {
        "issuer": ISSUER,
        "subject": "staff:ada",
        "sid": None,
        "loa": 3,
        "factors": 2,
        "authenticated_at": clock.now(),
        "name": "Ada",
    }
    return SignedIn(**standard | changes)


async def begun(sign_in: SignIn, **wish: Any) -> dict[str, str]:
    """Begin a sign-in and return what the provider was asked."""
    address = await sign_in.begin(Wish(Door.INDIVIDUAL, ISSUER, "", **wish), BROWSER)
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


async def come_back(sign_in: SignIn, idp: Idp, asked: Mapping[str, str], clock: FixedClock, **changes: Any) -> SignedIn:
    idp.tokens = {"id_token": idp.sign(claims(clock, nonce=asked["nonce"], **changes), typ="JWT")}
    return (await sign_in.finish({"state": asked["state"], "code": "c", "iss": ISSUER}, BROWSER)).who


class TestStrength:
    async def test_what_the_provider_remembers_is_not_fresh(self, sign_in: SignIn, idp: Idp, clock: FixedClock) -> None:
        before = epoch_s(clock.now())
        clock.move(seconds=61)
        asked = await begun(sign_in, fresh=True)
        with pytest.raises(TooWeak) as told:
            await come_back(sign_in, idp, asked, clock, auth_time=before)
        assert told.value.wish.fresh

    async def test_the_clocks_may_differ_a_little(self, sign_in: SignIn, idp: Idp, clock: FixedClock) -> None:
        before = epoch_s(clock.now())
        clock.move(seconds=60)
        asked = await begun(sign_in, fresh=True)
        assert (await come_back(sign_in, idp, asked, clock, auth_time=before)).subject == "p"

    async def test_a_level_that_was_demanded(self, sign_in: SignIn, idp: Idp, clock: FixedClock) -> None:
        asked = await begun(sign_in, least=4)
        with pytest.raises(TooWeak):
            await come_back(sign_in, idp, asked, clock, acr=f"{LOA}3")

    @pytest.mark.parametrize(("seconds", "is_fresh"), [(300, True), (301, False)])
    def test_fresh_is_five_minutes(self, clock: FixedClock, seconds: int, is_fresh: bool) -> None:
        at = clock.now()
        clock.move(seconds=seconds)
        assert fresh(at, clock.now()) is is_fresh


class TestIssuersThatAreGone:
    async def test_a_sign_in_under_way(self, sign_in: SignIn, database: Database, clock: FixedClock) -> None:
        asked = await begun(sign_in)
        with pytest.raises(SignInRefused):
            await SignIn({}, database, clock).finish({"state": asked["state"], "code": "c"}, BROWSER)

    async def test_one_that_is_not_for_this_door(self, database: Database, clock: FixedClock, idp: Idp) -> None:
        staff_only = SignIn({ISSUER: provider(idp, clock, doors=["personal"])}, database, clock)
        with pytest.raises(NotFound):
            await begun(staff_only)

    @pytest.mark.parametrize("changes", [{"issuer": "https://new.example"}, {"doors": ["privat"]}])
    async def test_a_session_of_one_that_is_not_believed_any_more_is_over(
        self, database: Database, clock: FixedClock, changes: dict[str, Any]
    ) -> None:
        await town(database, ISSUER, clock)
        token = await sessions(database, clock).open(somebody(clock), Door.STAFF, None)
        changed = issuer(**changes)
        later = Sessions(database, clock, {changed.issuer: changed}, digest_of, pseudonym)
        assert await later.find(token, Door.STAFF) is None

    async def test_an_agency_that_it_may_not_speak_for_any_more(self, database: Database, clock: FixedClock) -> None:
        await town(database, ISSUER, clock)
        token = await sessions(database, clock).open(somebody(clock), Door.STAFF, None)
        found = await sessions(database, clock, agencies=["fk"]).find(token, Door.STAFF)
        assert found
        assert (found.assignment, found.agency, found.roles) == (None, None, ())

    async def test_signing_out_at_one_that_is_silent_or_gone(self, sign_in: SignIn, idp: Idp) -> None:
        idp.down = True
        assert await sign_in.end_session_address(ISSUER) is None
        assert await sign_in.end_session_address("https://gone.example") is None


class TestNotices:
    async def notice(
        self, sign_in: SignIn, idp: Idp, clock: FixedClock, **changes: Any
    ) -> tuple[str, str | None, str | None]:
        now = epoch_s(clock.now())
        told = {"iss": ISSUER, "aud": "hub", "iat": now, "exp": now + 120, "jti": "1", "events": LOGOUT, **changes}
        return await sign_in.logged_out(idp.sign(told, typ="logout+jwt"))

    async def test_one_counts_once(self, sign_in: SignIn, idp: Idp, clock: FixedClock) -> None:
        assert await self.notice(sign_in, idp, clock, sid="x") == (ISSUER, "x", None)
        with pytest.raises(Untrusted, match="replayed"):
            await self.notice(sign_in, idp, clock, sid="x")

    async def test_it_ends_the_session_it_names_and_no_other(self, database: Database, clock: FixedClock) -> None:
        await town(database, ISSUER, clock)
        opened = sessions(database, clock)
        one = await opened.open(somebody(clock, sid="one"), Door.STAFF, None)
        two = await opened.open(somebody(clock, sid="two"), Door.STAFF, None)
        assert await opened.end_at_issuer(ISSUER, "one", "staff:ada") == 1
        assert await opened.find(one, Door.STAFF) is None
        assert await opened.find(two, Door.STAFF)

    async def test_without_a_session_it_ends_all_of_the_subject(self, database: Database, clock: FixedClock) -> None:
        await town(database, ISSUER, clock)
        opened = sessions(database, clock)
        for sid in ("one", "two"):
            await opened.open(somebody(clock, sid=sid), Door.STAFF, None)
        assert await opened.end_at_issuer("https://elsewhere.example", None, "staff:ada") == 0
        assert await opened.end_at_issuer(ISSUER, None, None) == 0
        assert await opened.end_at_issuer(ISSUER, None, "staff:ada") == 2

    @pytest.mark.requirement("HUB-04")
    async def test_what_an_individual_is_called_lies_nowhere_and_still_ends_the_session(
        self, database: Database, clock: FixedClock
    ) -> None:
        number = many(1)[0]
        opened = sessions(database, clock)
        who = somebody(clock, subject=number, number=Secret(number))
        token = await opened.open(who, Door.INDIVIDUAL, None)
        again = await opened.open(who, Door.INDIVIDUAL, token)
        rows = await database.fetch("SELECT issuer, subject, sid FROM signin_session")
        assert len(rows) == 1
        assert number not in str(rows)
        assert number[2:] not in str(rows)
        found = await opened.find(again, Door.INDIVIDUAL)
        assert found
        assert number not in found.subject
        assert await opened.end_at_issuer("https://elsewhere.example", None, number) == 0
        assert await opened.end_at_issuer(ISSUER, None, number) == 1
        assert await opened.find(again, Door.INDIVIDUAL) is None


class TestEntry:
    def make(self, database: Database, clock: FixedClock) -> Callers:
        async def clients(_request: Request) -> Caller:
            return Caller(
                kind=CallerKind.CLIENT, ref="client:1", issuer="i", subject="s", loa=3, authenticated_at=clock.now()
            )

        return Callers(sessions(database, clock), Cookies(secure=True), clients, Counter())

    async def test_behind_the_api_only_tokens_count(self, database: Database, clock: FixedClock) -> None:
        assert (await self.make(database, clock)(request("/api/v1/cases"))).ref == "client:1"

    @pytest.mark.parametrize("path", ["/", "/apiary", "/arbetena", "/logga-in"])
    async def test_behind_no_door_nobody_is_anybody(self, database: Database, clock: FixedClock, path: str) -> None:
        with pytest.raises(Unauthenticated):
            await self.make(database, clock)(request(path))

    def test_nobody_has_no_secret(self, database: Database, clock: FixedClock) -> None:
        assert self.make(database, clock).csrf(request("/arbete"), Door.STAFF) == ""

    @pytest.mark.parametrize(("secure", "name"), [(True, "__Host-hub-privat"), (False, "hub-privat")])
    def test_over_https_no_other_site_can_set_the_cookie(self, secure: bool, name: str) -> None:
        response = cookie_of(Cookies(secure))
        assert response.startswith(f"{name}=t; HttpOnly; Path=/; SameSite=lax")
        assert response.endswith("; Secure") is secure


def request(path: str) -> Request:
    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "query_string": b"",
        "headers": [],
        "client": ("192.0.2.1", 1),
    }
    return Request(scope | {"server": ("hub.example", 443), "scheme": "https", "root_path": ""})


def cookie_of(cookies: Cookies) -> str:
    response = Response()
    cookies.open(response, Door.INDIVIDUAL, "t")
    return response.headers["set-cookie"]


async def test_two_issuers_of_a_door_stand_side_by_side(database: Database, clock: FixedClock, idp: Idp) -> None:
    world = World(database, "http://127.0.0.1:1", issuer(), clock)
    other = provider(idp, clock, issuer="https://other.example", label="Kort")
    world.app.state.sign_in = SignIn({ISSUER: provider(idp, clock), "https://other.example": other}, database, clock)
    transport = httpx.ASGITransport(app=world.app)
    async with httpx.AsyncClient(transport=transport, base_url=world.base_url) as client:
        page = (await client.get("/logga-in/personal?niva=3&ny=ja&till=/arbete/x")).json()
        first = "/logga-in/personal?till=%2Farbete%2Fx&niva=3&ny=ja&utfardare=https%3A%2F%2Fidp.example"
        assert page["ways"][0] == [first, "Prov"]
        assert page["ways"][1][1] == "Kort"
        assert "idp.example/auth" in (await client.get(first)).headers["location"]
        plain = (await client.get("/logga-in/privat")).json()["ways"][1][0]
        assert plain == "/logga-in/privat?utfardare=https%3A%2F%2Fother.example"
    await world.http.aclose()


async def test_a_silent_provider_is_told_in_words(database: Database, clock: FixedClock, idp: Idp) -> None:
    world = World(database, "http://127.0.0.1:1", issuer(), clock)
    idp.down = True
    world.app.state.sign_in = SignIn({ISSUER: provider(idp, clock)}, database, clock)
    transport = httpx.ASGITransport(app=world.app)
    async with httpx.AsyncClient(transport=transport, base_url=world.base_url) as client:
        page = await client.get("/logga-in/personal")
    assert (page.status_code, page.json()["heading"]) == (503, "Inloggningstjänsten svarar inte")
    await world.http.aclose()
