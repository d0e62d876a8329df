"""Whole sign-ins through the example's identity provider, as a browser makes them."""

from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from hub.access.signin import Door
from hub.access.signin.model import SignInSession
from hub.kit.clock import micros
from tests.hub.access.signin.world import LOA, Browser, World


def asked(browser: Browser) -> dict[str, str]:
    """Return what the browser was last sent to the provider with."""
    address = next(each for each in reversed(browser.visited) if "/auth?" in each)
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


class TestStaff:
    @pytest.mark.requirement("HUB-07")
    async def test_an_official_with_one_assignment_arrives_where_they_were_going(self, browser: Browser) -> None:
        page = await browser.sign_in("/logga-in/personal?till=/arbete/arenden/S2304", "staff:ada")
        assert page.json() | {"csrf": ""} == {
            "ref": "assignment:post-ada-soc",
            "loa": 3,
            "factors": 2,
            "name": "Ada i böckerna",
            "title": "socialsekreterare",
            "agency": "soc",
            "unit": "soc-enhet",
            "roles": ["handlaggare", "samordnare"],
            "kind": "staff",
            "digest": "",
            "csrf": "",
            "path": "/arenden/S2304",
        }

    async def test_only_the_organisations_identity_is_asked_for(self, browser: Browser) -> None:
        await browser.get("/logga-in/personal")
        sent = asked(browser)
        assert sent["scope"] == "openid https://id.oidc.se/scope/naturalPersonOrgId"
        assert "personalIdentityNumber" not in sent["claims"]
        assert (sent["response_type"], sent["code_challenge_method"]) == ("code", "S256")
        assert sent["acr_values"] == f"{LOA}3"

    async def test_one_without_an_assignment_is_told_whom_to_talk_to(self, browser: Browser) -> None:
        page = await browser.sign_in("/logga-in/personal", "staff:utan")
        assert (page.status_code, page.json()["template"]) == (403, "signin/stopped.html")
        assert (await browser.get("/arbete")).status_code == 401

    async def test_one_with_several_chooses_and_may_change(self, browser: Browser) -> None:
        page = await browser.sign_in("/logga-in/personal", "staff:bo")
        assert (page.status_code, page.json()["code"]) == (403, "valj-uppdrag")
        choice = (await browser.get("/logga-in/uppdrag?till=/arbete/nytt")).json()
        assert choice["posts"] == ["post-bo-ame", "post-bo-soc"]
        chosen = await browser.post(
            "/logga-in/uppdrag", csrf=choice["csrf"], uppdrag="post-bo-ame", till="/arbete/nytt"
        )
        assert (chosen.json()["agency"], chosen.json()["path"]) == ("ame", "/nytt")

    @pytest.mark.parametrize("post", ["post-ada-soc", "post-bo-fk", "nowhere"])
    async def test_an_assignment_of_another_or_out_of_the_issuers_reach_is_not_there(
        self, browser: Browser, post: str
    ) -> None:
        await browser.sign_in("/logga-in/personal", "staff:bo")
        csrf = (await browser.get("/logga-in/uppdrag")).json()["csrf"]
        assert (await browser.post("/logga-in/uppdrag", csrf=csrf, uppdrag=post)).status_code == 404

    async def test_an_assignment_that_ends_ends_at_once(self, browser: Browser, world: World) -> None:
        await browser.sign_in("/logga-in/personal", "staff:ada")
        await world.database.record(
            "UPDATE assignment SET valid_until = $2 WHERE id = $1 RETURNING id",
            "post-ada-soc",
            micros(world.clock.now()),
        )
        assert (await browser.get("/arbete")).json()["code"] == "valj-uppdrag"

    async def test_the_name_from_the_provider_shows_until_an_assignment_is_chosen(
        self, browser: Browser, world: World
    ) -> None:
        await browser.sign_in("/logga-in/personal", "staff:bo")
        session = await world.sessions.find(browser.http.cookies["hub-personal"], Door.STAFF)
        assert session
        assert session.name == "Bo Tvåuppdrag"


class TestIndividual:
    @pytest.mark.parametrize(
        ("person", "number"), [("person:kim", "200204029805"), ("person:samordning", "189001619804")]
    )
    async def test_an_individual_is_known_by_a_digest_alone(
        self, browser: Browser, world: World, person: str, number: str
    ) -> None:
        page = (await browser.sign_in("/logga-in/privat?till=/mina-sidor/samtycke", person)).json()
        assert (page["kind"], page["digest"], page["path"]) == ("individual", f"digest of {number}", "/samtycke")
        assert page["ref"].startswith("individual:")
        async with world.database.read() as session:
            row = await session.get_one(SignInSession, (await _tokens(world))[0])
        assert number.encode() not in repr({**row.model_dump(), "individual": None}).encode()

    async def test_a_name_lies_sealed(self, browser: Browser, world: World) -> None:
        page = (await browser.sign_in("/logga-in/privat", "person:kim")).json()
        assert page["name"] == "Kim Prov"
        rows = await world.database.fetch("SELECT name FROM signin_session")
        assert b"Kim Prov" not in bytes(rows[0][0])

    async def test_one_whose_number_is_not_told_is_not_let_in(self, browser: Browser) -> None:
        page = await browser.sign_in("/logga-in/privat", "person:utan")
        assert page.status_code == 403
        assert (await browser.get("/mina-sidor")).status_code == 401

    async def test_the_doors_have_sessions_of_their_own(self, browser: Browser) -> None:
        await browser.sign_in("/logga-in/privat", "person:kim")
        assert (await browser.get("/arbete")).status_code == 401
        await browser.sign_in("/logga-in/personal", "staff:ada", 3)
        assert (await browser.get("/arbete")).json()["kind"] == "staff"
        assert (await browser.get("/mina-sidor")).json()["kind"] == "individual"


class TestLevels:
    @pytest.mark.requirement("R25")
    async def test_a_weak_sign_in_is_let_in_as_weak(self, browser: Browser) -> None:
        page = await browser.sign_in("/logga-in/personal", "staff:ada", level=2)
        assert (page.json()["loa"], page.json()["factors"]) == (2, 1)

    @pytest.mark.requirement("R25")
    async def test_a_step_up_that_stays_weak_is_told_so_with_a_way_on(self, browser: Browser) -> None:
        await browser.sign_in("/logga-in/personal", "staff:ada", level=2)
        page = await browser.sign_in("/logga-in/personal?niva=3&till=/arbete/person", "staff:ada", level=2)
        assert (page.status_code, page.json()["heading"]) == (403, "Det behövs en starkare inloggning")
        assert page.json()["ways"][0][0] == "/logga-in/personal?till=%2Farbete%2Fperson&niva=3"
        assert (await browser.get("/arbete")).json()["loa"] == 2

    async def test_a_step_up_keeps_where_one_was_going_and_changes_the_cookie(self, browser: Browser) -> None:
        await browser.sign_in("/logga-in/personal", "staff:ada", level=2)
        before = browser.http.cookies["hub-personal"]
        page = await browser.sign_in("/logga-in/personal?niva=3&till=/arbete/person", "staff:ada")
        assert (page.json()["loa"], page.json()["path"]) == (3, "/person")
        assert browser.http.cookies["hub-personal"] != before
        old = httpx.AsyncClient(cookies={"hub-personal": before}, trust_env=False)
        assert (await old.get(f"{browser.base_url}/arbete")).json()["code"] == "utloggad"
        await old.aclose()

    async def test_a_fresh_sign_in_is_made_anew_and_keeps_the_assignment(self, browser: Browser, world: World) -> None:
        await browser.sign_in("/logga-in/personal", "staff:bo")
        csrf = (await browser.get("/logga-in/uppdrag")).json()["csrf"]
        await browser.post("/logga-in/uppdrag", csrf=csrf, uppdrag="post-bo-soc")
        page = await browser.sign_in("/logga-in/personal?ny=ja&till=/arbete/samtycke", "staff:bo")
        assert asked(browser)["prompt"] == "login"
        assert page.json()["agency"] == "soc"

    async def test_somebody_else_who_signs_in_begins_anew(self, browser: Browser) -> None:
        await browser.sign_in("/logga-in/personal", "staff:ada")
        page = await browser.sign_in("/logga-in/personal?ny=ja", "staff:bo")
        assert page.json()["code"] == "valj-uppdrag"


class TestAttacks:
    async def test_an_answer_that_was_never_asked_for_is_lost(self, browser: Browser) -> None:
        assert (await browser.get("/logga-in/svar?code=x&state=y")).status_code == 400
        await browser.http.get(f"{browser.base_url}/logga-in/personal")
        assert (await browser.get("/logga-in/svar?code=x&state=y")).status_code == 400

    async def test_an_answer_counts_once(self, browser: Browser) -> None:
        await browser.sign_in("/logga-in/personal", "staff:ada")
        answer = next(each for each in browser.visited if "/logga-in/svar?" in each)
        assert (await browser.get(answer)).status_code == 400

    async def test_another_browsers_answer_is_not_taken(self, browser: Browser, world: World) -> None:
        """Login CSRF: a link that would sign somebody in as somebody else."""
        victim = Browser(world.base_url)
        await victim.get("/logga-in/personal")
        page = await browser.get("/logga-in/personal")
        state = asked(browser)["state"]
        assert page.status_code == 200
        answer = await victim.get(f"/logga-in/svar?state={state}&code=x&iss={world.provider.issuer.issuer}")
        assert answer.status_code == 400
        await victim.close()

    async def test_an_answer_too_late_is_lost(self, browser: Browser, world: World) -> None:
        await browser.get("/logga-in/personal")
        world.clock.move(minutes=15)
        state = asked(browser)["state"]
        assert (await browser.get(f"/logga-in/svar?state={state}&code=x")).status_code == 400

    @pytest.mark.parametrize("iss", ["&iss=https://elsewhere.example", ""])
    async def test_an_answer_from_another_issuer_or_from_nobody_is_refused(self, browser: Browser, iss: str) -> None:
        await browser.get("/logga-in/personal")
        page = await browser.get(f"/logga-in/svar?state={asked(browser)['state']}&code=x{iss}")
        assert (page.status_code, page.json()["heading"]) == (403, "Vi kunde inte logga in dig")

    async def test_a_code_that_the_provider_refuses_signs_nobody_in(self, browser: Browser, world: World) -> None:
        await browser.get("/logga-in/personal")
        state, iss = asked(browser)["state"], world.provider.issuer.issuer
        page = await browser.get(f"/logga-in/svar?state={state}&code=made-up&iss={iss}")
        assert page.status_code == 403

    async def test_an_error_of_the_provider_is_told_in_words(self, browser: Browser, world: World) -> None:
        await browser.get("/logga-in/personal")
        state, iss = asked(browser)["state"], world.provider.issuer.issuer
        page = await browser.get(f"/logga-in/svar?state={state}&error=server_error&iss={iss}")
        assert page.status_code == 403

    async def test_turning_back_is_no_error_of_the_persons(self, browser: Browser) -> None:
        page = await browser.sign_in("/logga-in/personal", "staff:ada", avbryt="ja")
        assert page.json()["heading"] == "Du avbröt inloggningen"

    @pytest.mark.parametrize(
        "path",
        [
            "https://elsewhere.example/",
            "//elsewhere.example",
            "/arbete/\\elsewhere",
            "/mina-sidor",
            "/arbetena",
            "/arbete/å",
        ],
    )
    async def test_nobody_is_sent_anywhere_but_behind_the_door(self, browser: Browser, path: str) -> None:
        page = await browser.sign_in(f"/logga-in/personal?{httpx.QueryParams(till=path)}", "staff:ada")
        assert (str(page.url), page.json()["path"]) == (f"{browser.base_url}/arbete", "")

    async def test_the_cookie_of_before_is_not_the_cookie_of_after(self, browser: Browser) -> None:
        """Session fixation: whatever an attacker planted is worth nothing after signing in."""
        browser.http.cookies.set("hub-personal", "planted", domain="127.0.0.1")
        await browser.sign_in("/logga-in/personal", "staff:ada")
        assert [each.value for each in browser.http.cookies.jar if each.name == "hub-personal"] != ["planted"]


class TestBeginning:
    async def test_two_doors_stand_side_by_side(self, browser: Browser) -> None:
        page = (await browser.get("/logga-in?till=/arbete/x")).json()
        assert [way[0] for way in page["ways"]] == [
            "/logga-in/personal?till=%2Farbete%2Fx",
            "/logga-in/privat?till=%2Farbete%2Fx",
        ]

    async def test_an_unknown_issuer_is_not_there(self, browser: Browser) -> None:
        assert (await browser.get("/logga-in/personal?utfardare=https://elsewhere.example")).status_code == 404

    async def test_the_hub_tells_its_public_key_and_not_its_private(self, browser: Browser) -> None:
        [key] = (await browser.get("/.well-known/jwks.json")).json()["keys"]
        assert "d" not in key
        assert key["kid"]


async def _tokens(world: World) -> list[bytes]:
    return [bytes(row[0]) for row in await world.database.fetch("SELECT token FROM signin_session")]
