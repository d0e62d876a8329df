"""`make docs`: starts the example, signs in as a caseworker with Chromium, and takes the picture that README shows."""

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.support.running import RunningHub

PICTURE = Path(__file__).parent / "picture.png"
PERSON = "Lena Sandström"


def sign_in(page: Page, base_url: str) -> None:
    """Sign in by the staff door, on the first of the person's assignments."""
    page.goto(f"{base_url}/arbete")
    page.get_by_role("button", name=PERSON).click()
    page.wait_for_url(f"{base_url}/**")
    if "uppdrag" in page.url:
        page.locator("main").get_by_role("button").first.click()
    page.goto(f"{base_url}/arbete/min-dag")


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
        page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="sv-SE", timezone_id="Europe/Stockholm")
        sign_in(page, hub.base_url)
        page.screenshot(path=PICTURE)
        browser.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
