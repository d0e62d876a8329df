"""An address finds its route by its first segments, and is answered as the framework alone would answer it."""

from collections.abc import Callable

import httpx
import pytest
from fastapi import APIRouter, FastAPI
from fastapi.responses import PlainTextResponse
from starlette.routing import Mount

from hub.kit.routing import IndexedApp


def fill(app: FastAPI) -> FastAPI:
    router = APIRouter()

    def route(method: str, path: str, name: str) -> None:
        async def answer() -> PlainTextResponse:
            return PlainTextResponse(name)

        router.add_api_route(path, answer, methods=[method], name=name)

    for method, path, name in (
        ("GET", "/", "root"),
        ("GET", "/arbete", "arbete"),
        ("GET", "/arbete/cases/new", "new"),
        ("GET", "/arbete/cases/{case}", "case"),
        ("POST", "/arbete/cases/{case}", "changed"),
        ("GET", "/arbete/cases/{case}/log", "log"),
        ("GET", "/arbete/people/{person}/deep/down", "deep"),
        ("GET", "/{anything}/last", "last"),
    ):
        route(method, path, name)
    app.include_router(router)
    app.mount("/api/v1", PlainTextResponse("mounted"))
    return app


Answered = tuple[int, str, str | None]


async def _answered(app: FastAPI, method: str, path: str) -> Answered:
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://hub.test") as client:
        found = await client.request(method, path)
        return found.status_code, found.text, found.headers.get("Allow")


@pytest.fixture
def app() -> FastAPI:
    return fill(IndexedApp(redirect_slashes=False))


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("GET", "/", "root"),
        ("GET", "/arbete", "arbete"),
        ("GET", "/arbete/cases/new", "new"),
        ("GET", "/arbete/cases/7", "case"),
        ("POST", "/arbete/cases/new", "changed"),
        ("GET", "/arbete/cases/new/log", "log"),
        ("GET", "/arbete/people/7/deep/down", "deep"),
        ("GET", "/arbete/last", "last"),
        ("GET", "/elsewhere/last", "last"),
        ("GET", "/api/v1/anything", "mounted"),
    ],
)
async def test_each_address_finds_its_route(app: FastAPI, method: str, path: str, expected: str) -> None:
    assert await _answered(app, method, path) == (200, expected, None)


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/arbete/",
        "/arbete/cases",
        "/arbete/cases/new",
        "/arbete/cases/a/b/c",
        "/arbete//last",
        "/absent",
        "//",
        "/api",
    ],
)
async def test_what_is_not_there_is_answered_as_the_framework_does(app: FastAPI, method: str, path: str) -> None:
    assert await _answered(app, method, path) == await _answered(fill(FastAPI(redirect_slashes=False)), method, path)


async def test_a_route_that_is_added_later_is_found(app: FastAPI) -> None:
    assert (await _answered(app, "GET", "/arbete/later"))[0] == 404

    @app.get("/arbete/later")
    async def later() -> PlainTextResponse:
        return PlainTextResponse("later")

    assert await _answered(app, "GET", "/arbete/later") == (200, "later", None)


@pytest.mark.parametrize("make", [IndexedApp, FastAPI])
async def test_a_router_that_is_included_with_more_to_say_is_the_frameworks(make: Callable[[], FastAPI]) -> None:
    router, app = APIRouter(), make()

    @router.get("/page")
    async def page() -> PlainTextResponse:
        return PlainTextResponse("page")

    app.include_router(router, prefix="/under")
    assert await _answered(app, "GET", "/under/page") == (200, "page", None)
    assert (await _answered(app, "GET", "/page"))[0] == 404


def test_what_is_taken_in_lies_flat() -> None:
    paths = [getattr(route, "path", None) for route in fill(IndexedApp(openapi_url=None)).routes]
    assert paths[0] == "/"
    assert "/arbete/cases/{case}/log" in paths
    assert isinstance(fill(IndexedApp()).routes[-1], Mount)
