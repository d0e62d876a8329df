"""Acting for somebody at the individual's door: only on a mandate of one's own, and judged anew at every page."""

import re

import pytest

from hub.portal.me import FOR_COOKIE
from tests.support.doors import Browser, Doors

pytestmark = [pytest.mark.requirement("HUB-08"), pytest.mark.requirement("R7")]
PAGES = ("", "/samtycke", "/vem-ar-med", "/vem-har-tittat")
NOW = "Du ser den personens sidor nu."
NOBODY = "Ingen myndighet har lagt till dig i Samverkanshubben."


@pytest.fixture
async def ulla(hub: Doors) -> Browser:
    """God man for Gösta, and registered by no agency herself."""
    return await hub.individual("ulla-marklund")


async def mandates_of(browser: Browser) -> list[str]:
    """Return the mandates that the page offers to act on."""
    page = await browser.open("/mina-sidor/ombud")
    return re.findall(r'action="/mina-sidor/ombud/for/([a-z2-7]{26})"', page.text)


async def switch(browser: Browser, to: str) -> int:
    """Press a button of the page, for `to`, and return the answer's status; the browser keeps the cookie."""
    page = await browser.open("/mina-sidor/ombud")
    answer = await browser.send(page, "/mina-sidor/ombud/for/", {}, to=f"/mina-sidor/ombud/for/{to}")
    return answer.status_code


class TestRefused:
    async def test_on_a_mandate_that_is_anothers_or_none(self, hub: Doors, ulla: Browser) -> None:
        [annas] = await mandates_of(await hub.individual("anna-fors"))
        for mandate in (annas, "a" * 26):
            assert await switch(ulla, mandate) == 404
        assert NOW not in (await ulla.open("/mina-sidor/ombud")).text

    async def test_a_cookie_that_names_anothers_mandate_opens_nothing(self, hub: Doors, ulla: Browser) -> None:
        [annas] = await mandates_of(await hub.individual("anna-fors"))
        ulla.client.cookies.set(FOR_COOKIE, annas, path="/mina-sidor")
        for page in PAGES:
            assert NOBODY in (await ulla.open(f"/mina-sidor{page}")).text

    async def test_a_guardian_is_offered_nothing_of_a_protected_child(self, hub: Doors) -> None:
        fredrik = await hub.individual("fredrik-alm")
        assert await mandates_of(fredrik) == []
        [[mandate]] = await hub.made.database.fetch(
            "SELECT r.id FROM representative r JOIN individual i ON i.id = r.individual "
            "WHERE r.kind = 'guardian' AND i.protection <> 'none' LIMIT 1"
        )
        fredrik.client.cookies.set(FOR_COOKIE, mandate, path="/mina-sidor")
        for page in PAGES:
            answer = await fredrik.open(f"/mina-sidor{page}")
            assert NOBODY in answer.text
            assert "Leo" not in re.sub("<[^>]*>", " ", answer.text), "the tags have random letters in them"

    async def test_when_the_mandate_has_ended_the_next_page_is_ones_own(self, hub: Doors, ulla: Browser) -> None:
        [mandate] = await mandates_of(ulla)
        assert await switch(ulla, mandate) == 303
        assert NOBODY not in (await ulla.open("/mina-sidor/samtycke")).text
        await hub.made.database.record(
            "UPDATE representative SET valid_until = valid_from + 1 WHERE id = $1 RETURNING id", mandate
        )
        assert NOBODY in (await ulla.open("/mina-sidor/samtycke")).text


class TestSwitching:
    async def test_the_pages_are_the_other_persons_and_back_again(self, ulla: Browser) -> None:
        for page in PAGES:
            assert NOBODY in (await ulla.open(f"/mina-sidor{page}")).text
        [mandate] = await mandates_of(ulla)
        assert await switch(ulla, mandate) == 303
        assert NOW in (await ulla.open("/mina-sidor/ombud")).text
        for page in PAGES:
            shown = await ulla.open(f"/mina-sidor{page}")
            assert shown.status_code == 200
            assert NOBODY not in shown.text
        assert await switch(ulla, "mig") == 303
        assert NOW not in (await ulla.open("/mina-sidor/ombud")).text
        assert NOBODY in (await ulla.open("/mina-sidor/samtycke")).text

    @pytest.mark.requirement("HUB-06")
    async def test_what_is_read_on_a_mandate_stands_in_the_log_of_whom_it_is_about(
        self, hub: Doors, ulla: Browser
    ) -> None:
        [mandate] = await mandates_of(ulla)
        [[individual]] = await hub.made.database.fetch("SELECT individual FROM representative WHERE id = $1", mandate)
        before = len((await hub.made.ledger.entries_about(individual)).entries)
        await switch(ulla, mandate)
        await ulla.open("/mina-sidor/samtycke")
        entries = (await hub.made.ledger.entries_about(individual)).entries
        assert len(entries) > before
        assert entries[0].caller_name == "Ulla Marklund"
