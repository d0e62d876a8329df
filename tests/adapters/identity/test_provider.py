"""The provider of made-up people, as whoever tries the example meets it."""

import json
import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from hub.example.data import example
from tests.adapters.identity.running import FOLDER, Running, running

CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
SCOPE = "https://id.oidc.se/scope/"


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running("http://127.0.0.1:9", tmp_path_factory.mktemp("identity")) as it:
        yield it


@pytest.fixture
async def browser(started: Running) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=started.issuer, trust_env=False, follow_redirects=True) as opened:
        yield opened


def asking(scope: str, **changes: str) -> dict[str, str]:
    standard = {
        "client_id": "samverkanshubben",
        "redirect_uri": "http://127.0.0.1:9/logga-in/svar",
        "response_type": "code",
        "scope": f"openid {SCOPE}{scope}",
        "state": "s",
        "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
    }
    return {name: value for name, value in (standard | changes).items() if value}


async def test_it_says_of_itself_that_its_people_are_made_up(browser: httpx.AsyncClient) -> None:
    document: dict[str, Any] = (await browser.get("/.well-known/openid-configuration")).json()
    assert document["samverkanshubben_made_up"] is True
    assert document["token_endpoint_auth_methods_supported"] == ["private_key_jwt"]
    assert document["code_challenge_methods_supported"] == ["S256"]
    assert document["response_types_supported"] == ["code"]


async def test_staff_are_shown_at_the_staff_door_and_individuals_at_theirs(browser: httpx.AsyncClient) -> None:
    staff = await browser.get("/auth", params=asking("naturalPersonOrgId"))
    assert "Ada Handläggare" in staff.text
    assert "Kim Prov" not in staff.text
    individuals = await browser.get("/auth", params=asking("naturalPersonNumber"))
    assert "Kim Prov" in individuals.text
    assert "Ada Handläggare" not in individuals.text
    assert not re.search(r"\d{8}", individuals.text.replace(str(individuals.url), "")), "no number on the page"


async def test_the_page_needs_no_script_and_no_style_of_its_own(browser: httpx.AsyncClient) -> None:
    page = await browser.get("/auth", params=asking("naturalPersonOrgId"))
    assert page.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'self'")
    assert "<script" not in page.text
    assert "style=" not in page.text
    assert '<html lang="sv">' in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert (await browser.get("/page.css")).headers["Content-Type"].startswith("text/css")


@pytest.mark.parametrize(
    "changes", [{"code_challenge": "", "code_challenge_method": ""}, {"code_challenge_method": "plain"}]
)
async def test_nobody_is_let_in_without_pkce(browser: httpx.AsyncClient, changes: dict[str, str]) -> None:
    answer = await browser.get("/auth", params=asking("naturalPersonOrgId", **changes), follow_redirects=False)
    assert "error=invalid_request" in answer.headers["Location"]


@pytest.mark.parametrize("changes", [{"redirect_uri": "http://127.0.0.1:9/elsewhere"}, {"client_id": "stranger"}])
async def test_nobody_is_sent_elsewhere(browser: httpx.AsyncClient, changes: dict[str, str]) -> None:
    page = await browser.get("/auth", params=asking("naturalPersonOrgId", **changes))
    assert page.status_code == 400
    assert "Det gick inte att logga in" in page.text


async def test_somebody_who_is_not_on_the_list_is_nobody(browser: httpx.AsyncClient) -> None:
    page = await browser.get("/auth", params=asking("naturalPersonOrgId"))
    assert (await browser.post(str(page.url), data={"person": "staff:nobody"})).status_code == 400


async def test_a_page_that_has_been_open_too_long_says_so(browser: httpx.AsyncClient) -> None:
    page = await browser.get("/valj/gone")
    assert page.status_code == 400
    assert "tog för lång tid" in page.text


def test_its_people_are_those_of_the_example() -> None:
    """One source: hub/example. The file is written from there."""
    written = json.loads((FOLDER / "people.json").read_text())
    assert written == example().for_identity_provider()


def test_no_address_of_a_registry_lies_in_the_lock_file() -> None:
    assert '"resolved"' not in Path(FOLDER / "package-lock.json").read_text()
