"""Chromium for the tests that look at pages. What a page is expected to become is waited for, as long as it takes."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from playwright.async_api import Browser, BrowserContext, async_playwright, expect

from tests.support.machine import where
from tests.support.waiting import LIMIT_S

expect.set_options(timeout=LIMIT_S * 1000)


@asynccontextmanager
async def running_chromium() -> AsyncIterator[Browser]:
    """Yield a Chromium, which is closed at the end."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=where("browser"), args=["--no-sandbox"], timeout=LIMIT_S * 1000
        )
        yield browser
        await browser.close()


async def somebody(chromium: Browser, **more: Any) -> BrowserContext:
    """Return a context of its own, for somebody who is patient."""
    context = await chromium.new_context(**more)
    context.set_default_timeout(LIMIT_S * 1000)
    return context
