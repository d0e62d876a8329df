"""Errors are pages that say what to do, and tell nothing of anybody."""

from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI, Request, Response

from hub import portal, workspace
from hub.kit.errors import Conflict, HubError, PreconditionFailed, TooLarge, TooMany, Undecided
from hub.web import errors
from hub.web.public import router
from hub.web.publishing import publish
from hub.web.security import CONTENT_SECURITY_POLICY
from tests.fakes.clock import FixedClock

FORESEEN = [Conflict, PreconditionFailed, TooLarge, TooMany, Undecided]


@pytest.fixture
async def client(clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()
    publish(app, clock, (workspace.TEMPLATES, portal.TEMPLATES))
    app.include_router(router)
    monkeypatch.setattr(errors, "Room", Bare)

    @app.exception_handler(HubError)
    async def told(request: Request, error: HubError) -> Response:
        return await errors.error_page(request, error)

    for kind in FORESEEN:

        async def fail(kind: type[HubError] = kind) -> None:
            raise kind

        app.add_api_route(f"/arbete/{kind.__name__}", fail)
        app.add_api_route(f"/mina-sidor/{kind.__name__}", fail)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://hub") as opened:
        yield opened


class Bare:
    """A room with nothing in it but what pages are drawn with."""

    def __init__(self, request: Request) -> None:
        self.request, self.renderer = request, request.app.state.renderer


@pytest.mark.parametrize("kind", FORESEEN)
async def test_each_says_what_happened_and_what_to_do(client: httpx.AsyncClient, kind: type[HubError]) -> None:
    answer = await client.get(f"/arbete/{kind.__name__}")
    assert answer.status_code == kind.status
    assert kind.title in answer.text
    assert kind.detail in answer.text
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("page", ["/", "/hjalp", "/tillganglighet", "/sa-fungerar-sekretessen"])
async def test_pages_for_everybody_need_no_sign_in(client: httpx.AsyncClient, page: str) -> None:
    answer = await client.get(page)
    assert answer.status_code == 200
    assert "<h1>" in answer.text


def test_the_policy_lets_nothing_inline_in() -> None:
    assert "unsafe" not in CONTENT_SECURITY_POLICY


class TestInEnglish:
    @pytest.mark.parametrize(
        ("page", "words"),
        [
            ("/", "Working together without breaking secrecy"),
            ("/hjalp", "If you have a case"),
            ("/tillganglighet", "WCAG 2.2"),
        ],
    )
    async def test_pages_for_everybody(self, client: httpx.AsyncClient, page: str, words: str) -> None:
        answer = await client.get(page, headers={"Cookie": "sprak=en"})
        assert words in answer.text
        assert '<html lang="en"' in answer.text
        assert f"/mina-sidor/sprak/sv?till={page}" in answer.text

    async def test_an_error_at_the_individuals_door(self, client: httpx.AsyncClient) -> None:
        answer = await client.get("/mina-sidor/Undecided", headers={"Cookie": "sprak=en"})
        assert "We could not decide it just now" in answer.text
        assert "Nothing has been given out. Try again in a while." in answer.text
        assert "Load the page again" in answer.text
        assert Undecided.title not in answer.text

    async def test_the_staff_door_is_swedish(self, client: httpx.AsyncClient) -> None:
        answer = await client.get("/arbete/Undecided", headers={"Cookie": "sprak=en"})
        assert Undecided.title in answer.text
