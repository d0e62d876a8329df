"""What the hub is for, from beginning to end, in a real browser on what `make run` starts.

An individual says yes to something, a caseworker sees exactly that and why the rest is refused, the individual takes it
back and the caseworker's next click is refused, with words; and the log of it all can be checked by anybody.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from tests.architecture.source import ROOT
from tests.support.chromium import running_chromium, somebody
from tests.support.running import RunningHub
from tests.support.waiting import LIMIT_S

pytestmark = [pytest.mark.browser, pytest.mark.requirement("HUB-02"), pytest.mark.requirement("HUB-06")]
#: Hamid is known to socialtjänsten and to psychiatry, and has said yes to nothing.
HAMID, MARIA = "person:hamid-karimi", "staff:maria-oberg"


@pytest.fixture
async def chromium() -> AsyncIterator[Browser]:
    async with running_chromium() as browser:
        yield browser


async def signed_in(chromium: Browser, address: str, who: str) -> Page:
    context = await somebody(chromium, locale="sv-SE")
    page = await context.new_page()
    await page.goto(address)
    await page.locator(f'button[value="{who}"]').click()
    await page.wait_for_url(f"{address.rstrip('/')}*")
    return page


async def says_yes(page: Page, base: str) -> None:
    """Psychiatry and socialtjänsten may tell each other of the plan, the meetings, and that they are in contact."""
    await page.goto(f"{base}/mina-sidor/samtycke/nytt")
    for name, codes in (
        ("owners", ("psyk", "soc")),
        ("receivers", ("soc", "psyk")),
        ("categories", ("party", "plan", "meeting")),
    ):
        for code in codes:
            await page.locator(f'input[name="{name}"][value="{code}"]').check()
    await page.locator('input[name="purpose"][value="sip"]').check()
    await page.locator('input[name="ends"][value="3"]').check()
    await page.get_by_role("button", name="Ja", exact=True).click()
    await page.wait_for_url(lambda address: not address.endswith("/nytt"))


async def opens_a_case(page: Page, base: str, number: str) -> str:
    await page.goto(f"{base}/arbete/person")
    await page.locator('input[name="number"]').fill(number)
    await page.locator("main form button").first.click()
    await page.wait_for_url(f"{base}/arbete/personer/*")
    await page.goto(f"{page.url}/nytt-arende")
    await page.locator('[name="purpose"][value="sip"]').check()
    await page.locator('[name="subject"]').fill("En plan som håller")
    await page.locator("main form button").last.click()
    await page.wait_for_url("**/parter")
    return page.url.removesuffix("/parter")


async def test_from_a_yes_to_a_no_and_a_log_that_holds(chromium: Browser, tmp_path: Path) -> None:
    numbers = json.loads((ROOT / "adapters/sandbox/identity/people.json").read_text())["individuals"]
    number = next(each["number"] for each in numbers if each["id"] == HAMID)
    with RunningHub.at(tmp_path / "var") as hub:
        base = hub.base_url
        hamid = await signed_in(chromium, f"{base}/mina-sidor", HAMID)
        await says_yes(hamid, base)
        maria = await signed_in(chromium, f"{base}/arbete/min-dag", MARIA)
        case = await opens_a_case(maria, base, number)
        await maria.locator('select[name="party"]').select_option(label=await the_one_at_psychiatry(maria))
        async with maria.expect_response(lambda answer: answer.request.method == "POST"):
            await maria.get_by_role("button", name="Bjud in").click()

        await maria.goto(case)
        ours = maria.locator("section", has=maria.get_by_role("heading", name="Det här får ni veta"))
        told = ours.locator(".statement:not([data-refused])")
        await expect(told).to_have_count(2)
        await expect(told.filter(has_text=re.compile("plan", re.IGNORECASE))).not_to_have_count(0)
        await expect(told.filter(has_text=re.compile("möte", re.IGNORECASE))).not_to_have_count(0)
        refused = ours.locator("[data-refused]").first
        await expect(refused).to_contain_text("Delas inte")
        await expect(refused.locator(".muted")).not_to_be_empty()

        await hamid.goto(f"{base}/mina-sidor/samtycke?ta-tillbaka=soc")
        await hamid.locator('form[action$="/soc/ta-tillbaka"] button').first.click()
        await expect(hamid.locator("main")).to_contain_text("Du tog tillbaka ditt ja")

        await maria.reload()
        await expect(maria.locator(".statement:not([data-refused])", has_text="Psykiatrin")).to_have_count(0)
        await maria.goto(f"{case}/fraga/psyk/plan")
        await expect(maria.locator("main")).to_contain_text("Personen har tagit tillbaka samtycket.")
        await expect(maria.locator("main")).to_contain_text("Be myndigheten pröva")
        await hamid.goto(f"{base}/mina-sidor/vem-har-tittat")
        await expect(hamid.locator("main")).to_contain_text("Maria Öberg")
    assert_the_log_holds(tmp_path)


async def the_one_at_psychiatry(page: Page) -> str:
    labels = await page.locator('select[name="party"] option').all_inner_texts()
    return next(each for each in labels if "Psykiatrin" in each)


def assert_the_log_holds(folder: Path) -> None:
    """The export verifies with the public key alone, and doesn't after one byte is changed."""
    log, key = folder / "log.txt", hub_command(folder, "audit", "key").stdout.strip()
    assert hub_command(folder, "audit", "export", str(log)).returncode == 0
    assert hub_command(folder, "audit", "verify", str(log), "--key", key).returncode == 0
    content = bytearray(log.read_bytes())
    content[len(content) // 2] ^= 1
    log.write_bytes(content)
    assert hub_command(folder, "audit", "verify", str(log), "--key", key).returncode != 0


def hub_command(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run `hub` with the settings of the stopped example in `folder`."""
    var = folder / "var"
    keys = json.loads((var / "keys.json").read_text())
    environment = {
        **os.environ,
        "HUB_MODE": "example",
        "HUB_BASE_URL": "http://127.0.0.1:8765",
        "HUB_DATABASE_URL": f"sqlite:///{var}/hub.db",
        "HUB_KEYS_DATABASE_URL": f"sqlite:///{var}/keys.db",
        "HUB_ISSUERS": str(var / "issuers.json"),
        **{f"HUB_KEYS__{name.upper()}": value for name, value in keys.items()},
    }
    command = [str(Path(sys.executable).parent / "hub"), *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=LIMIT_S)
