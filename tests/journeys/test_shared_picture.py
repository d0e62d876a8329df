"""Four agencies that answer in their own formats, one that is silent, one that is asked by hand: on what `make run` starts.

A coordinator gathers in Gunnar's case; Försäkringskassan is slow and is named, then comes by a retry;
Arbetsförmedlingen's official answers by hand; a protected individual shows no place; Gunnar reads of it in his log,
takes a part back, and the picture shrinks.
"""

import os
import re
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from tests.journeys.test_the_whole import signed_in
from tests.support.chromium import running_chromium
from tests.support.running import RunningHub
from tests.support.waiting import LIMIT_S

pytestmark = [pytest.mark.browser, pytest.mark.requirement("HUB-05"), pytest.mark.requirement("HUB-04")]
MARIA, LENA, KARIN, GUNNAR = (
    "staff:maria-oberg",
    "staff:lena-sandstrom",
    "staff:karin-astrom",
    "person:gunnar-lindqvist",
)


@pytest.fixture
async def chromium() -> AsyncIterator[Browser]:
    async with running_chromium() as browser:
        yield browser


def switch(hub: RunningHub, agency: str, *fault: str) -> None:
    """Do as an operator of the sandbox does: `hub sandbox set AGENCY FAULT`."""
    command = [str(Path(sys.executable).parent / "hub"), "sandbox", "set", agency, *fault]
    environment = {**os.environ, "HUB_VAR": str(hub.folder)}
    subprocess.run(command, env=environment, check=True, capture_output=True, timeout=LIMIT_S)


async def case_of(page: Page, base: str, individual: str, about: str) -> str:
    """Return the address of the case on `individual` that is about `about`, among the caller's own."""
    await page.goto(f"{base}/arbete/arenden")
    links = page.locator("main tbody th a")
    await expect(links.first, await page.locator("main").inner_text()).to_be_visible()
    found = [(await each.inner_text(), await each.get_attribute("href") or "") for each in await links.all()]
    for name, address in found:
        if individual in name:
            await page.goto(f"{base}{address}/parter")
            if await page.get_by_text(about).count():
                return f"{base}{address}"
    raise AssertionError(f"no case about {about}: {found}")


async def gathers(page: Page, case: str) -> None:
    await page.goto(f"{case}/bild")
    await page.get_by_role("button", name="Fråga myndigheterna").click()
    await page.wait_for_url(f"{case}/bild/*")


async def test_four_agencies_one_silent_one_by_hand(chromium: Browser, tmp_path: Path) -> None:
    with RunningHub.at(tmp_path / "var") as hub:
        base = hub.base_url
        maria = await signed_in(chromium, f"{base}/arbete/min-dag", MARIA)
        case = await case_of(maria, base, "Gunnar", "Ekonomiskt bistånd medan")
        await one_is_silent_then_comes(hub, maria, case)
        await one_is_asked_by_hand(chromium, base, maria, case)
        lena = await signed_in(chromium, f"{base}/arbete/min-dag", LENA)
        await no_place_of_one_who_is_protected(lena, base)
        await what_gunnar_sees_and_takes_back(chromium, base, maria, case)


async def one_is_silent_then_comes(hub: RunningHub, maria: Page, case: str) -> None:
    switch(hub, "fk", "slow", "--seconds", "30")
    await gathers(maria, case)
    for agency in ("Psykiatrin", "Socialtjänsten", "Arbetsförmedlingen"):
        await expect(maria.locator("aside .pairs > li", has_text=agency)).to_contain_text("Svar ")
    silent = maria.locator("aside .pairs > li", has_text="Försäkringskassan")
    # The stream tells that its time is over, and the page fetches what there is.
    await expect(silent).to_contain_text("Har inte svarat")
    await expect(maria.locator("main")).to_contain_text("Försäkringskassan svarade inte i tid")
    await expect(maria.locator("main")).to_contain_text("Kan arbeta 50 procent")
    switch(hub, "fk", "ok")
    await maria.get_by_role("button", name="Fråga igen").last.click()
    await expect(maria.locator("aside .pairs > li", has_text="Försäkringskassan")).to_contain_text("Svar ")
    await expect(maria.locator("main")).to_contain_text("Sjukpenning")


async def one_is_asked_by_hand(chromium: Browser, base: str, maria: Page, case: str) -> None:
    await maria.goto(f"{case}/fragor/ny?hos=af")
    await maria.locator('input[name="categories"][value="plan"]').check()
    await maria.locator('textarea[name="question"]').fill("Vad har ni planerat tillsammans med Gunnar i vår?")
    await maria.locator('input[name="urgency"][value="normal"]').check()
    await maria.get_by_role("button", name="Skicka frågan").click()
    karin = await signed_in(chromium, f"{base}/arbete/min-dag", KARIN)
    await karin.locator('a[href^="/arbete/fragor-till-oss/"]').first.click()
    await expect(karin.locator("main")).to_contain_text("Vad har ni planerat tillsammans med Gunnar i vår?")
    await karin.locator('textarea[name="text-plan-0"]').fill("Praktik på lager från den 12 januari, halva dagar.")
    await karin.get_by_role("button", name="Skicka svaret").click()
    await expect(karin.locator("main")).to_contain_text("Det ni har svarat")
    await gathers(maria, case)
    await expect(maria.locator("main")).to_contain_text("Praktik på lager från den 12 januari, halva dagar.")
    await expect(maria.locator("main")).to_contain_text("Svarat för hand av Karin Åström")


async def no_place_of_one_who_is_protected(lena: Page, base: str) -> None:
    await lena.goto(f"{base}/arbete/arenden")
    hidden = lena.locator("main a", has_text="Ärende S")
    await hidden.first.click()
    await lena.wait_for_url(f"{base}/arbete/arenden/*")
    await gathers(lena, lena.url.removesuffix("/bild"))
    # What psychiatry says is there, when its way of saying it is.
    await expect(lena.locator("main")).to_contain_text("Enhet struken")
    await expect(lena.locator("main")).to_contain_text(re.compile("Kan arbeta|Plats struken"))
    said = await lena.locator("main").inner_text()
    for place in ("Björkå", "Stockholm", "Box 1740", "mottagning"):
        assert place not in said
    assert "Nora" not in await lena.title()


async def what_gunnar_sees_and_takes_back(chromium: Browser, base: str, maria: Page, case: str) -> None:
    gunnar = await signed_in(chromium, f"{base}/mina-sidor", GUNNAR)
    await gunnar.goto(f"{base}/mina-sidor/vem-har-tittat")
    await expect(gunnar.locator("main")).to_contain_text("Maria Öberg")
    await expect(gunnar.locator("main")).to_contain_text("fick svar om")
    await gunnar.goto(f"{base}/mina-sidor/samtycke?ta-tillbaka=soc")
    await gunnar.locator('form[action$="/soc/ta-tillbaka"] button').first.click()
    await expect(gunnar.locator("main")).to_contain_text("Du tog tillbaka ditt ja")
    await gathers(maria, case)
    await expect(maria.locator("main")).to_contain_text("Ekonomiskt bistånd")
    said = await maria.locator("main").inner_text()
    assert "Kan arbeta 50 procent" not in said
    assert "Praktik på lager" not in said
