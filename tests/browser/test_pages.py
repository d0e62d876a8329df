"""Every page in Chromium: axe, narrow screens, without script, forced colours, the keyboard."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser as Chromium
from playwright.async_api import Page, Route, expect

from tests.browser.places import Place, Places
from tests.support.chromium import somebody
from tests.support.doors import Doors

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDE, PHONE, NARROW = 1280, 390, 320
#: All that axe finds with these rules, by the names of the rules.
_AXE = """rules => axe.run(document, {runOnly: rules, resultTypes: ["violations"]})
    .then(found => found.violations.map(each => each.id))"""
#: The pages are looked at in so many portions, each whole in one worker, so that the workers share them.
PORTIONS = 4
#: The places that the keyboard walks through, one of each kind.
WALKED = ("/arbete/min-dag", "/arbete/person", "/mina-sidor", "/mina-sidor/samtycke", "/logga-in")
_USABLE = "main :is(a, button, input:not([type=hidden]), select, textarea)"
_BORDERLESS = """[...document.querySelectorAll('main .ds-button:not([data-variant=tertiary])')]
    .some(each => getComputedStyle(each).borderTopStyle === 'none')"""
_FOCUSABLE = """() => [...document.querySelectorAll('a[href],button,input,select,textarea,summary,[tabindex="0"]')]"""


@asynccontextmanager
async def walking(
    chromium: Chromium, hub: Doors, cookie: tuple[str, str] | None, width: int = WIDE, **more: Any
) -> AsyncIterator[Page]:
    """Yield a page where the owner of the cookie is signed in."""
    context = await somebody(chromium, viewport={"width": width, "height": 900}, **more)
    if cookie:
        await context.add_cookies([{"name": cookie[0], "value": cookie[1], "url": hub.base}])
    yield await context.new_page()
    await context.close()


@asynccontextmanager
async def opened(
    chromium: Chromium, hub: Doors, place: Place, width: int = WIDE, **more: Any
) -> AsyncIterator[tuple[Page, list[str]]]:
    """Yield the page opened, and what the browser complains of."""
    complaints: list[str] = []
    async with walking(chromium, hub, place.cookie, width, **more) as page:
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        await page.goto(hub.base + place.address)
        yield page, complaints


@dataclass
class Findings:
    """What was seen on all pages, in one walk through them."""

    axe: list[str] = field(default_factory=list[str])
    complaints: list[str] = field(default_factory=list[str])
    wide: list[str] = field(default_factory=list[str])
    borderless: list[str] = field(default_factory=list[str])
    without_script: dict[str, int] = field(default_factory=dict[str, int])
    with_script: dict[str, int] = field(default_factory=dict[str, int])


@pytest_asyncio.fixture(
    scope="module",
    loop_scope="module",
    params=[pytest.param(each, marks=pytest.mark.xdist_group(f"pages-{each}")) for each in range(PORTIONS)],
)
async def findings(
    request: pytest.FixtureRequest, places: Places, chromium: Chromium, listening: Doors, axe: str
) -> Findings:
    """Look at every page of a portion: with script, at every width and in forced colours, and once without script."""
    seen, portion = Findings(), places.found[request.param :: PORTIONS]
    for cookie in dict.fromkeys(place.cookie for place in portion):
        theirs = [place for place in portion if place.cookie == cookie]
        async with (
            walking(chromium, listening, cookie) as page,
            walking(chromium, listening, cookie, java_script_enabled=False) as bare,
        ):
            page.on("pageerror", lambda error: seen.complaints.append(str(error)))
            page.on("console", lambda said: seen.complaints.append(said.text) if said.type == "error" else None)
            for place in theirs:
                # One right after the other: what one opens is a row in the log that the next one opens.
                await bare.goto(listening.base + place.address)
                seen.without_script[place.route] = await bare.locator(_USABLE).count()
                await _look(page, listening.base, place, seen, axe)
    return seen


async def _look(page: Page, base: str, place: Place, seen: Findings, axe: str) -> None:
    await page.set_viewport_size({"width": WIDE, "height": 900})
    answer = await page.goto(base + place.address)
    assert answer
    assert answer.status == 200, place
    seen.with_script[place.route] = await page.locator(_USABLE).count()
    # Runs where the page's own scripts do, through the browser and past the page's policy.
    await page.evaluate(axe)
    for width in (WIDE, NARROW):
        await page.set_viewport_size({"width": width, "height": 900})
        seen.axe += [f"{place.route} {width}: {each}" for each in await page.evaluate(_AXE, RULES)]
    for width in (NARROW, PHONE, 640):
        await page.set_viewport_size({"width": width, "height": 900})
        if await page.evaluate("document.documentElement.scrollWidth") > width:
            seen.wide.append(f"{place.route} {width}")
    await page.emulate_media(forced_colors="active")
    if await page.evaluate(_BORDERLESS):
        seen.borderless.append(place.route)
    await page.emulate_media(forced_colors="none")


class TestTheRouteTable:
    async def test_every_page_is_looked_at(self, places: Places) -> None:
        assert places.unseen == ()
        assert len(places.found) > 45


class TestEveryPage:
    async def test_axe_finds_nothing(self, findings: Findings) -> None:
        assert findings.axe == []

    async def test_the_browser_complains_of_nothing(self, findings: Findings) -> None:
        """No error in a script, and no breach of the content security policy."""
        assert findings.complaints == []

    async def test_nothing_is_wider_than_the_screen(self, findings: Findings) -> None:
        assert findings.wide == []

    async def test_all_of_it_is_there_without_script(self, findings: Findings) -> None:
        poorer = {
            route: (findings.without_script[route], usable)
            for route, usable in findings.with_script.items()
            if findings.without_script[route] < usable
        }
        assert poorer == {}

    async def test_forced_colours_keep_what_can_be_pressed(self, findings: Findings) -> None:
        assert findings.borderless == []


class TestTheKeyboard:
    async def test_the_order_is_the_reading_order(self, places: Places, chromium: Chromium, listening: Doors) -> None:
        for place in places.found:
            if place.route not in WALKED:
                continue
            async with opened(chromium, listening, place) as (page, _):
                order = await _walk(page)
                assert order == sorted(order), place
                assert len(order) > 5, place

    async def test_the_first_stop_skips_to_the_content(
        self, places: Places, chromium: Chromium, listening: Doors
    ) -> None:
        place = next(each for each in places.found if each.route == "/arbete/min-dag")
        async with opened(chromium, listening, place) as (page, _):
            await page.keyboard.press("Tab")
            await expect(page.locator(":focus")).to_have_text("Hoppa till innehållet")
            await page.keyboard.press("Enter")
            await expect(page.locator("#innehall")).to_be_focused()

    async def test_the_menu_opens_and_closes_on_a_phone(
        self, places: Places, chromium: Chromium, listening: Doors
    ) -> None:
        place = next(each for each in places.found if each.route == "/mina-sidor")
        async with opened(chromium, listening, place, PHONE) as (page, _):
            await page.get_by_role("button", name="Meny").focus()
            await page.keyboard.press("Enter")
            await expect(page.locator("#huvudmeny")).to_be_visible()
            await page.keyboard.press("Escape")
            await expect(page.locator("#huvudmeny")).not_to_be_visible()


class TestForms:
    async def test_focus_goes_to_the_first_fault(self, places: Places, chromium: Chromium, listening: Doors) -> None:
        for script in (True, False):
            place = next(each for each in places.found if each.route == "/arbete/person")
            async with opened(chromium, listening, place, java_script_enabled=script) as (page, _):
                await page.get_by_label("Personnummer").fill("19900101-9803")
                await page.get_by_role("button", name="Slå upp").click()
                summary = page.locator("ds-error-summary")
                await summary.wait_for()
                await expect(page).to_have_title("1 fel – Slå upp person – Samverkanshubben")
                await expect(page.get_by_label("Personnummer")).to_have_value("19900101-9803")
                if script:
                    await expect(summary).to_be_focused()

    async def test_a_tick_saves_the_draft_and_shows_what_it_means(
        self, places: Places, chromium: Chromium, listening: Doors
    ) -> None:
        place = next(each for each in places.found if each.route == "/mina-sidor/samtycke/nytt")
        async with opened(chromium, listening, place) as (page, complaints):
            await page.locator("#owners").get_by_label("Psykiatrin").check()
            await page.locator("#receivers").get_by_label("Socialtjänsten").check()
            await page.get_by_label("Planen", exact=True).check()
            await page.locator("#sparat").get_by_text("Utkastet sparades kl.").wait_for()
            await page.locator("#visning").get_by_text("Planen, från psykiatrin").wait_for()
            assert complaints == []

    async def test_the_session_warns_in_time_and_is_extended_without_losing_text(
        self, places: Places, chromium: Chromium, listening: Doors
    ) -> None:
        place = next(each for each in places.found if each.route == "/arbete/person/ny")
        async with opened(chromium, listening, place) as (page, _):
            # As it is two seconds before the warning: the page asks the server, and asks again when the time comes.
            left = iter([2])

            async def answer(route: Route) -> None:
                headers = {"Date": "Thu, 01 Jan 1970 00:00:00 GMT"}
                await route.fulfill(json={"ends": 120, "warn": next(left, 0), "more": True}, headers=headers)

            await page.route("**/session/kvar*", answer)
            await page.reload()
            await page.get_by_label("Förnamn").fill("Kajsa")
            dialog = page.get_by_role("dialog", name="Du loggas ut om två minuter")
            await dialog.wait_for()
            await dialog.get_by_role("button", name="Förläng").click()
            await dialog.wait_for(state="hidden")
            await expect(page.get_by_label("Förnamn")).to_have_value("Kajsa")


async def _walk(page: Page) -> list[int]:
    """Return where in the page each stop of Tab is, until the page ends."""
    order: list[int] = []
    for _ in range(120):
        await page.keyboard.press("Tab")
        index = await page.evaluate(f"({_FOCUSABLE})().indexOf(document.activeElement)")
        if index < 0 or (order and index in order):
            break
        order.append(index)
    return order
