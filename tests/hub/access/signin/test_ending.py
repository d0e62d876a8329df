"""A session's end: by time, by the person, by the identity provider."""

import re
from html import unescape

import pytest
from joserfc import jwt

from hub.access.signin import LIMITS, Door
from tests.hub.access.signin.world import Browser, World

JSON = {"Accept": "application/json"}


class TestTime:
    async def test_rest_ends_a_session(self, browser: Browser, world: World) -> None:
        await browser.sign_in("/logga-in/personal", "staff:ada")
        world.clock.move(minutes=30)
        assert (await browser.get("/arbete")).json()["code"] == "utloggad"

    async def test_work_keeps_it_but_not_for_ever(self, browser: Browser, world: World) -> None:
        await browser.sign_in("/logga-in/personal", "staff:ada")
        for _ in range(23):
            world.clock.move(minutes=25)
            assert (await browser.get("/arbete")).status_code == 200
        world.clock.move(minutes=26)
        assert (await browser.get("/arbete")).status_code == 401

    async def test_work_within_a_minute_writes_nothing(self, browser: Browser, world: World) -> None:
        await browser.sign_in("/logga-in/personal", "staff:ada")
        before = await world.database.fetch("SELECT idle_until FROM signin_session")
        world.clock.move(seconds=50)
        await browser.get("/arbete")
        assert await world.database.fetch("SELECT idle_until FROM signin_session") == before

    async def test_asking_how_long_it_lasts_does_not_extend_it(self, browser: Browser, world: World) -> None:
        await browser.sign_in("/logga-in/personal", "staff:ada")
        first = (await browser.get("/session/kvar?dorr=personal")).json()
        world.clock.move(minutes=10)
        later = (await browser.get("/session/kvar?dorr=personal")).json()
        assert later == first
        assert (first["ends"] - first["warn"], first["more"]) == (120, True)

    @pytest.mark.parametrize("path", ["/session/kvar?dorr=personal", "/session/kvar?dorr=privat"])
    async def test_nobody_has_no_time_left(self, browser: Browser, path: str) -> None:
        assert (await browser.get(path)).status_code == 401

    async def test_one_act_extends(self, browser: Browser, world: World) -> None:
        await browser.sign_in("/logga-in/personal", "staff:ada")
        csrf = await browser.csrf()
        world.clock.move(minutes=29)
        address = f"{browser.base_url}/session/forlang?dorr=personal"
        answer = await browser.http.post(address, data={"csrf": csrf}, headers=JSON)
        left = answer.json()["ends"] - world.clock.now().timestamp()
        assert 1795 < left <= 1800

    async def test_extending_from_a_plain_form_goes_back(self, browser: Browser) -> None:
        await browser.sign_in("/logga-in/personal", "staff:ada")
        csrf = await browser.csrf()
        page = await browser.post("/session/forlang?dorr=personal", csrf=csrf, till="/arbete/nytt")
        assert page.json()["path"] == "/nytt"

    async def test_what_is_over_cannot_be_extended(self, browser: Browser, world: World) -> None:
        await browser.sign_in("/logga-in/personal", "staff:ada")
        csrf, token = await browser.csrf(), browser.http.cookies["hub-personal"]
        world.clock.move(minutes=30)
        assert (await browser.post("/session/forlang?dorr=personal", csrf=csrf)).status_code == 401
        with pytest.raises(Exception, match="utloggad"):
            await world.sessions.extend(token, Door.STAFF)

    async def test_near_the_last_hour_no_more_is_promised_than_there_is(self, browser: Browser, world: World) -> None:
        await browser.sign_in("/logga-in/privat", "person:kim")
        for _ in range(6):
            world.clock.move(minutes=19)
            await browser.get("/mina-sidor")
        told = (await browser.get("/session/kvar?dorr=privat")).json()
        assert told["more"] is False
        assert told["ends"] - world.clock.now().timestamp() < LIMITS[Door.INDIVIDUAL].idle.total_seconds()

    async def test_what_is_over_is_swept_away(self, browser: Browser, world: World) -> None:
        await browser.sign_in("/logga-in/personal", "staff:ada")
        await browser.get("/logga-in/personal")
        world.clock.move(days=1)
        await world.sessions.sweep()
        for table in ("signin_session", "signin_pending", "used_once"):
            assert await world.database.fetch(f"SELECT 1 FROM {table}") == []  # noqa: S608


class TestSigningOut:
    async def test_the_session_is_gone_and_the_provider_is_offered(self, browser: Browser) -> None:
        await browser.sign_in("/logga-in/personal", "staff:ada")
        token = browser.http.cookies["hub-personal"]
        page = await browser.post("/logga-ut?dorr=personal", csrf=await browser.csrf())
        assert page.json()["heading"] == "Du är utloggad"
        assert "/session/end?client_id=samverkanshubben" in page.json()["ways"][0][0]
        browser.http.cookies.set("hub-personal", token, domain="127.0.0.1")
        assert (await browser.get("/arbete")).json()["code"] == "utloggad"

    async def test_everywhere_means_every_browser(self, browser: Browser, world: World) -> None:
        other = Browser(world.base_url)
        await other.sign_in("/logga-in/personal", "staff:ada")
        await browser.sign_in("/logga-in/personal", "staff:ada")
        await browser.post("/logga-ut?dorr=personal", csrf=await browser.csrf(), alla="ja")
        assert (await other.get("/arbete")).status_code == 401
        await other.close()

    async def test_here_does_not_mean_there(self, browser: Browser, world: World) -> None:
        other = Browser(world.base_url)
        await other.sign_in("/logga-in/personal", "staff:ada")
        await browser.sign_in("/logga-in/personal", "staff:ada")
        await browser.post("/logga-ut?dorr=personal", csrf=await browser.csrf())
        assert (await other.get("/arbete")).status_code == 200
        await other.close()

    @pytest.mark.parametrize("query", ["", "?utfardare=https://elsewhere.example"])
    async def test_the_page_needs_no_issuer(self, browser: Browser, query: str) -> None:
        page = await browser.get(f"/logga-in/utloggad{query}")
        assert page.json()["ways"] == [["/logga-in", "Logga in igen"]]


class TestForgery:
    @pytest.mark.requirement("HUB-07")
    @pytest.mark.parametrize("fields", [{}, {"csrf": ""}, {"csrf": "made-up"}, {"csrf": "å"}])
    async def test_a_form_without_the_sessions_secret_does_nothing(
        self, browser: Browser, fields: dict[str, str]
    ) -> None:
        await browser.sign_in("/logga-in/personal", "staff:ada")
        assert (await browser.post("/arbete", **fields)).json()["code"] == "formularet-for-gammalt"

    async def test_another_sessions_secret_does_not_do(self, browser: Browser, world: World) -> None:
        other = Browser(world.base_url)
        await other.sign_in("/logga-in/personal", "staff:ada")
        await browser.sign_in("/logga-in/personal", "staff:ada")
        assert (await browser.post("/arbete", csrf=await other.csrf())).status_code == 403
        await other.close()

    async def test_form_or_header_carries_it(self, browser: Browser) -> None:
        await browser.sign_in("/logga-in/personal", "staff:ada")
        csrf = await browser.csrf()
        assert (await browser.post("/arbete", csrf=csrf)).status_code == 200
        address = f"{browser.base_url}/arbete"
        assert (await browser.http.post(address, json={}, headers={"X-CSRF-Token": csrf})).status_code == 200

    async def test_a_file_under_that_name_is_no_secret(self, browser: Browser) -> None:
        await browser.sign_in("/logga-in/personal", "staff:ada")
        answer = await browser.http.post(f"{browser.base_url}/arbete", files={"csrf": b"x"})
        assert answer.json()["code"] == "formularet-for-gammalt"

    async def test_the_caller_is_counted_whoever_is_asked_about(self, browser: Browser, world: World) -> None:
        await browser.sign_in("/logga-in/personal", "staff:ada")
        world.counted.callers.clear()
        await browser.get("/arbete/person/1")
        await browser.get("/arbete/person/2")
        assert world.counted.callers == [f"staff:{world.provider.issuer.issuer}:staff:ada"] * 2


class TestCounting:
    async def test_attempts_to_sign_in_are_counted(self, browser: Browser, world: World) -> None:
        answers = [await browser.http.get(f"{browser.base_url}/logga-in/personal") for _ in range(21)]
        assert [each.status_code for each in answers] == [*[303] * 20, 429]
        assert (await browser.get("/logga-in/svar")).status_code == 429
        assert (await browser.post("/logga-in/utloggning", logout_token="x")).status_code == 429

    async def test_who_cannot_say_who_asks_is_counted_apart(self, browser: Browser, world: World) -> None:
        await browser.get("/arbete")
        browser.http.cookies.set("hub-personal", "guessed", domain="127.0.0.1")
        await browser.get("/arbete")
        assert (world.counted.strangers, world.counted.callers) == (2, [])


class TestBackChannel:
    async def test_signing_out_at_the_provider_ends_the_session_here(self, browser: Browser, world: World) -> None:
        await browser.sign_in("/logga-in/personal", "staff:ada")
        page = await browser.post("/logga-ut?dorr=personal", csrf=await browser.csrf())
        await browser.sign_in("/logga-in/personal", "staff:ada")
        ask = await browser.get(page.json()["ways"][0][0])
        fields = dict(re.findall(r'name="(xsrf)" value="([^"]+)"', ask.text))
        action = re.search(r'action="([^"]+)"', ask.text)
        assert action
        done = await browser.post(str(ask.url.join(unescape(action[1]))), logout="yes", **fields)
        assert done.json()["heading"] == "Du är utloggad"
        assert (await browser.get("/arbete")).json()["code"] == "utloggad"

    async def test_a_made_up_notice_ends_nothing(self, browser: Browser, world: World) -> None:
        await browser.sign_in("/logga-in/personal", "staff:ada")
        for token in ("", "x", "a.b.c", jwt.encode({"alg": "ES256"}, {"iss": "x"}, world.client.key)):
            answer = await browser.post("/logga-in/utloggning", logout_token=token)
            assert answer.status_code in {400, 422}
        assert (await browser.get("/arbete")).status_code == 200
