"""Headers on every answer, forms only from our own pages, limits that count who asks."""

from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI, Request
from fastapi.responses import PlainTextResponse

from hub.kit.errors import TooMany
from hub.web.security import Addresses, ProtectedApp, RateLimits, SameOrigin, SecurityHeaders

ORIGIN = "https://hub.example"


def make(*, secure: bool = True, limits: RateLimits | None = None) -> FastAPI:
    counted = limits or RateLimits(Addresses())
    app = ProtectedApp(secure=secure)

    @app.exception_handler(TooMany)
    async def told(_request: Request, error: TooMany) -> PlainTextResponse:
        return PlainTextResponse(error.detail, error.status, dict(error.headers))

    @app.api_route("/page", methods=["GET", "POST"])
    @app.get("/static/app.css")
    async def page() -> str:
        return "ok"

    @app.get("/broken")
    async def broken() -> None:
        raise RuntimeError

    @app.get("/logga-in")
    async def sign_in(request: Request) -> str:
        counted.sign_in(request)
        return "ok"

    app.add_middleware(SameOrigin, origin=ORIGIN)
    return app


@pytest.fixture
async def hub() -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=make(), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=ORIGIN) as client:
        yield client


class TestHeaders:
    @pytest.mark.requirement("HUB-07")
    @pytest.mark.parametrize("path", ["/page", "/absent", "/broken"])
    async def test_nothing_is_kept_framed_or_fetched_from_elsewhere(self, hub: httpx.AsyncClient, path: str) -> None:
        headers = (await hub.get(path)).headers
        assert headers["Cache-Control"] == "no-store"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Strict-Transport-Security"].startswith("max-age=")
        policy = headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy

    async def test_what_tells_nothing_of_anybody_may_be_kept(self, hub: httpx.AsyncClient) -> None:
        assert "immutable" in (await hub.get("/static/app.css")).headers["Cache-Control"]

    async def test_plain_http_promises_no_https(self) -> None:
        transport = httpx.ASGITransport(app=make(secure=False))
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            assert "Strict-Transport-Security" not in (await client.get("/page")).headers

    async def test_what_is_no_request_passes_through(self) -> None:
        seen: list[str] = []

        async def inner(scope: object, receive: object, send: object) -> None:
            seen.append("inner")

        async def receive() -> dict[str, str]:
            return {}

        async def send(_message: object) -> None: ...

        wrapped = SecurityHeaders(SameOrigin(inner, origin=ORIGIN), secure=True)
        await wrapped({"type": "lifespan"}, receive, send)
        assert seen == ["inner"]


class TestOrigin:
    @pytest.mark.parametrize(
        "headers",
        [
            {"Origin": "https://elsewhere.example"},
            {"Origin": "null"},
            {"Origin": "https://hub.example.elsewhere.example"},
            {"Origin": "http://hub.example"},
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site", "Origin": ORIGIN},
        ],
    )
    async def test_a_form_from_another_site_is_refused(self, hub: httpx.AsyncClient, headers: dict[str, str]) -> None:
        answer = await hub.post("/page", headers=headers)
        assert answer.status_code == 403
        assert "Content-Security-Policy" in answer.headers
        assert (await hub.get("/page", headers=headers)).status_code == 200

    @pytest.mark.parametrize("headers", [{}, {"Origin": ORIGIN, "Sec-Fetch-Site": "same-origin"}])
    async def test_our_own_and_what_is_no_browser_are_taken(
        self, hub: httpx.AsyncClient, headers: dict[str, str]
    ) -> None:
        assert (await hub.post("/page", headers=headers)).status_code == 200


def request_from(address: str | None, **headers: str) -> Request:
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "headers": raw, "client": (address, 1) if address else None})


class TestLimits:
    async def test_sign_ins_are_counted_by_address(self) -> None:
        app = make(limits=RateLimits(Addresses(), sign_ins=2))
        here = httpx.ASGITransport(app=app, client=("192.0.2.1", 1))
        there = httpx.ASGITransport(app=app, client=("192.0.2.2", 1))
        async with httpx.AsyncClient(transport=here, base_url=ORIGIN) as one:
            answers = [await one.get("/logga-in") for _ in range(3)]
        async with httpx.AsyncClient(transport=there, base_url=ORIGIN) as other:
            answers.append(await other.get("/logga-in"))
        assert [each.status_code for each in answers] == [200, 200, 429, 200]
        assert answers[2].headers["Retry-After"] == "60"

    def test_one_callers_requests_are_not_anothers(self) -> None:
        limits = RateLimits(Addresses(), a_caller=1)
        limits.caller("staff:a")
        limits.caller("staff:b")
        with pytest.raises(TooMany):
            limits.caller("staff:a")

    def test_a_stranger_is_counted_apart(self) -> None:
        limits = RateLimits(Addresses(), a_caller=1, a_stranger=1)
        limits.caller("192.0.2.1")
        limits.stranger(request_from("192.0.2.1"))
        with pytest.raises(TooMany):
            limits.stranger(request_from("192.0.2.1"))


class TestAddresses:
    def test_only_the_proxy_is_believed_about_others(self) -> None:
        addresses = Addresses("192.0.2.9")
        told = {"x_forwarded_for": "203.0.113.1, 203.0.113.2"}
        assert addresses(request_from("192.0.2.9", **told)) == "203.0.113.2"
        assert addresses(request_from("192.0.2.9")) == "192.0.2.9"
        assert addresses(request_from("192.0.2.1", **told)) == "192.0.2.1"
        assert addresses(request_from(None, **told)) == ""
        assert Addresses()(request_from(None, **told)) == ""
