"""The application: the doors put together over one assembled hub."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import fields
from typing import Final
from urllib.parse import urlsplit

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import PlainTextResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException  # noqa: TID251  what the framework itself raises

from hub import assembly, cases, consent, example, logs, partner, people, portal, web, workspace
from hub.access import GuardedRouter, public
from hub.access.signin import endpoints as signing_in
from hub.kit.errors import HubError, NotFound
from hub.migrations.upgrade import upgrade
from hub.partner import problems
from hub.settings import Settings
from hub.web.errors import error_page, invalid_request_page, is_page, unexpected_page
from hub.web.security import ProtectedApp, ReadableAddress, SameOrigin

#: Bytes. A form with the scan of a signed paper is the largest thing that comes in.
LARGEST_BODY: Final = 12_000_000
machine: Final = GuardedRouter(include_in_schema=False)


@machine.get("/health")
@public("says only that the process answers")
async def health() -> PlainTextResponse:
    """Whether the process answers."""
    return PlainTextResponse("ok")


def create_app(settings: Settings) -> FastAPI:
    """Return the application. Its lifespan opens the hub, and closes it in order."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with assembly.hub(settings) as made:
            publish(app, made)
            settle()
            yield

    base_url = str(settings.base_url).rstrip("/")
    app = ProtectedApp(
        secure=settings.secure_cookies,
        lifespan=lifespan,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        max_body_size=LARGEST_BODY,
        telemetry=partner.telemetry(tracing=settings.tracing),
    )
    for router in (machine, signing_in.router, web.router, workspace.router, portal.router):
        app.include_router(router)
    api = partner.create_api(
        base_url, app.state, (people.router, consent.router, cases.router, cases.gathering_router, *partner.ROUTERS)
    )
    app.state.api = api
    app.mount("/api/v1", api)
    app.mount("/static", StaticFiles(directory=web.STATIC, check_dir=False))
    _tell_errors(app)
    app.add_middleware(SameOrigin, origin=_origin(base_url))
    app.add_middleware(ReadableAddress)
    return app


def settle() -> None:
    """Let the collector of garbage never again go through what the hub itself is made of: it lives as long as the process."""
    gc.collect()
    gc.freeze()


def publish(app: FastAPI, made: assembly.Hub) -> None:
    """Put the assembled hub where handlers find it."""
    for each in fields(made):
        setattr(app.state, each.name, getattr(made, each.name))
    web.publish(app, made.clock, (workspace.TEMPLATES, portal.TEMPLATES))


def served() -> FastAPI:
    """Return the application of the settings in the environment: what each worker runs."""
    settings = Settings()  # pyright: ignore[reportCallIssue]  read from the environment
    logs.configure(settings.log_level)
    return create_app(settings)


async def prepare(settings: Settings) -> None:
    """Bring both databases to the newest schema."""
    async with assembly.databases(settings) as (main, keys):
        await upgrade(main, keys)


async def make_example(settings: Settings) -> None:
    """Fill an empty database with the example municipality; does nothing when it is there."""
    await prepare(settings)
    async with assembly.hub(settings) as made:
        if not await made.directory.agencies():
            await example.load(made, next(iter(made.providers)))


def _tell_errors(app: FastAPI) -> None:
    app.add_exception_handler(HubError, _hub_error)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _framework)
    app.add_exception_handler(Exception, _unforeseen)


async def _hub_error(request: Request, error: Exception) -> Response:
    told = error if isinstance(error, HubError) else HubError()
    return await error_page(request, told) if is_page(request) else problems.answer(told)


async def _invalid(request: Request, error: Exception) -> Response:
    return await invalid_request_page(request, error)


async def _framework(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    return await _hub_error(request, NotFound() if status == 404 else problems.of_status(status))  # noqa: PLR2004


async def _unforeseen(request: Request, error: Exception) -> Response:
    problems.log_unforeseen(error)
    return await unexpected_page(request, error)


def _origin(base_url: str) -> str:
    parts = urlsplit(base_url)
    return f"{parts.scheme}://{parts.netloc}"
