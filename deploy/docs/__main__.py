"""`make docs`: starts the example, signs in as a caseworker with Chromium, and takes the picture that README shows."""

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.support.running import RunningHub

PICTURE = Path(__file__).parent / "picture.png"
WIDTH, HEIGHT = 1280, 900


def sign_in(page: Page, base_url: str, person: str) -> None:
    """Sign in by the staff door as the made-up `person`, on their first assignment."""
    page.goto(f"{base_url}/arbete/")
    page.get_by_role("link", name="Påhittad inloggning").or_(
        page.get_by_role("button", name="Påhittad inloggning")
    ).click()
    page.get_by_role("button", name=person).click()
    page.wait_for_url(f"{base_url}/**")
    assignment = page.locator("main form button").first
    if "uppdrag" in page.url and assignment.is_visible():
        assignment.click()


def main() -> int:
    """Take the picture."""
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.stderr.write("Webbläsaren chromium finns inte. Installera: apt-get install chromium\n")
        return 1
    with (
        tempfile.TemporaryDirectory() as scratch,
        RunningHub.at(Path(scratch) / "var") as hub,
        sync_playwright() as play,
    ):
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(
            viewport={"width": WIDTH, "height": HEIGHT}, locale="sv-SE", timezone_id="Europe/Stockholm"
        )
        sign_in(page, hub.base_url, "Lena")
        page.wait_for_load_state("networkidle")
        page.screenshot(path=PICTURE)
        browser.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
