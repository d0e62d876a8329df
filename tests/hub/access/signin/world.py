"""A hub that listens, small but real at its doors, and a browser: for tests of signing in."""

import asyncio
import contextlib
import json
import re
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from hashlib import sha256
from html import unescape
from typing import Protocol

import httpx
import uvicorn
from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse
from joserfc.jwk import ECKey

from hub.access import Caller
from hub.access.signin import (
    CSRF_FIELD,
    Callers,
    Cookies,
    Door,
    HubClient,
    Issuer,
    Provider,
    Sessions,
    SignIn,
)
from hub.access.signin.endpoints import router
from hub.agencies import OPEN_END, Agency, AgencyKind, Directory, Huvudman, Role
from hub.agencies.model import Assignment, Staff, Unit
from hub.kit.clock import Clock, SystemClock
from hub.kit.database import Database
from hub.kit.errors import HubError, TooMany
from hub.kit.http import client as http_client
from hub.kit.secret import Secret

LOA = "http://id.elegnamnden.se/loa/1.0/loa"
#: The same in all tests, since a provider remembers its clients' keys.
HUB_KEY = ECKey.generate_key("P-256", private=True)


class Movable(Clock, Protocol):
    """A clock that a test can move."""

    def move(self, **by: float) -> None: ...


class ShiftedClock:
    """The machine's clock, so that a provider's agrees with it, until it is moved."""

    def __init__(self) -> None:
        self._by, self._clock = timedelta(), SystemClock()

    def now(self) -> datetime:
        return self._clock.now() + self._by

    def move(self, **by: float) -> None:
        self._by += timedelta(**by)


def digest_of(number: Secret[str]) -> bytes:
    return f"digest of {number.reveal()}".encode()


def pseudonym(identity: str) -> str:
    return sha256(identity.encode()).hexdigest()


def hub_client(base_url: str) -> HubClient:
    return HubClient.at(base_url, Secret(json.dumps(HUB_KEY.as_dict(private=True)).encode()))


async def town(database: Database, issuer: str, clock: Clock) -> None:
    """Ada has one assignment, Bo two and a third with an agency that the issuer can't speak for."""
    at = clock.now() - timedelta(days=1)
    async with database.write() as session:
        for slug in ("soc", "ame", "fk"):
            session.add(
                Agency(
                    id=slug,
                    kind=AgencyKind.SOCIALTJANST,
                    name=f"Myndighet {slug}",
                    authority="Björkå kommun",
                    huvudman=Huvudman.KOMMUN,
                )
            )
            await session.flush()
            session.add(Unit(id=f"{slug}-enhet", agency=slug, name="Enheten"))
        await session.flush()
        for who, agency in (("ada", "soc"), ("bo", "soc"), ("bo", "ame"), ("bo", "fk")):
            staff = f"{who}-{agency}"
            session.add(
                Staff(
                    id=staff,
                    agency=agency,
                    issuer=issuer,
                    subject=f"staff:{who}",
                    name=f"{who.title()} i böckerna",
                    title="socialsekreterare",
                )
            )
            await session.flush()
            session.add(
                Assignment(
                    id=f"post-{staff}",
                    staff=staff,
                    agency=agency,
                    unit=f"{agency}-enhet",
                    roles=f"{Role.HANDLAGGARE},{Role.SAMORDNARE}",
                    valid_from=at,
                    valid_until=OPEN_END,
                )
            )


class Counter:
    """Keeps what was counted; twenty attempts to sign in are too many."""

    def __init__(self) -> None:
        self.callers: list[str] = []
        self.strangers = 0
        self.attempts = 0

    def caller(self, key: str) -> None:
        self.callers.append(key)

    def stranger(self, request: Request) -> None:
        assert request.client
        self.strangers += 1

    def sign_in(self, request: Request) -> None:
        assert request.client
        self.attempts += 1
        if self.attempts > 20:
            raise TooMany


class World:
    """What a test holds: the hub's services and its address."""

    def __init__(self, database: Database, base_url: str, issuer: Issuer, clock: Movable) -> None:
        self.base_url, self.clock, self.database = base_url, clock, database
        self.counted = Counter()
        self.http = http_client()
        self.client = hub_client(base_url)
        self.cookies = Cookies(secure=False)
        self.provider = Provider(issuer, self.client, self.http, clock, production=False)
        self.sign_in = SignIn({issuer.issuer: self.provider}, database, clock)
        self.sessions = Sessions(database, clock, {issuer.issuer: issuer}, digest_of, pseudonym)
        self.callers = Callers(self.sessions, self.cookies, self._no_clients, self.counted)
        self.app = self._app()

    async def _no_clients(self, _request: Request) -> Caller:
        raise AssertionError("no partner system in this test")

    def _app(self) -> FastAPI:
        app = FastAPI()
        app.include_router(router)
        app.state.sign_in, app.state.sessions, app.state.callers = self.sign_in, self.sessions, self.callers
        app.state.cookies, app.state.hub_client = self.cookies, self.client
        app.state.directory = Directory(self.database, self.clock)
        app.state.signin_pages = _page

        @app.exception_handler(HubError)
        async def told(_request: Request, error: HubError) -> Response:
            return JSONResponse({"code": error.code}, error.status, dict(error.headers))

        @app.api_route("/arbete{rest:path}", methods=["GET", "POST"])
        @app.api_route("/mina-sidor{rest:path}", methods=["GET", "POST"])
        async def behind(request: Request, rest: str) -> Response:
            caller: Caller = await self.callers(request)
            assert await self.callers(request) is caller
            shown = ("ref", "loa", "factors", "name", "title", "agency", "unit", "roles")
            body = {name: getattr(caller, name) for name in shown}
            door = Door.STAFF if caller.kind == "staff" else Door.INDIVIDUAL
            digest = (caller.individual_digest or b"").decode()
            more = {"kind": caller.kind, "digest": digest, "csrf": self.callers.csrf(request, door), "path": rest}
            return JSONResponse({**body, **more})

        return app


def _page(request: Request, template: str, view: object, *, door: Door | None = None, status: int = 200) -> Response:
    ways = [[way.href, way.words] for way in getattr(view, "ways", ())]
    posts = [post.assignment for post in getattr(view, "posts", ())]
    shown = {"template": template, "heading": getattr(view, "heading", ""), "ways": ways, "posts": posts}
    return JSONResponse({**shown, "door": door, "csrf": getattr(view, "csrf", "")}, status)


@contextlib.asynccontextmanager
async def listening(app: FastAPI, base_url: str) -> AsyncIterator[None]:
    """Let `app` answer at `base_url`, for what comes from another process."""
    config = uvicorn.Config(
        app,
        host="127.0.0.1",
        port=int(base_url.rsplit(":", 1)[1]),
        log_level="error",
        lifespan="off",
        # A provider that keeps a connection would talk to the hub of the test before.
        headers=[("Connection", "close")],
    )
    server = uvicorn.Server(config)
    task = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110  uvicorn tells it only so
        await asyncio.sleep(0.01)
    yield
    server.should_exit = True
    await task


class Browser:
    """Follows redirects by hand, keeps cookies, and fills in the provider's form."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url
        self.http = httpx.AsyncClient(trust_env=False)
        self.visited: list[str] = []

    async def get(self, path: str) -> httpx.Response:
        """Return what `path` of the hub leads to."""
        return await self._follow(await self.http.get(self._address(path)))

    async def post(self, path: str, **fields: str) -> httpx.Response:
        return await self._follow(await self.http.post(self._address(path), data=fields))

    async def sign_in(self, path: str, person: str, level: int = 3, **more: str) -> httpx.Response:
        """Begin at `path`, pick `person` and `level` at the provider when it asks, and return where it ended."""
        page = await self.get(path)
        action = re.search(r'action="([^"]+)"', page.text)
        assert action, page.text
        fields = {"person": person, "niva": str(level), **more}
        return await self._follow(await self.http.post(str(page.url.join(unescape(action[1]))), data=fields))

    async def close(self) -> None:
        await self.http.aclose()

    async def csrf(self, home: str = "/arbete") -> str:
        return str((await self.get(home)).json()[CSRF_FIELD])

    def _address(self, path: str) -> str:
        return path if path.startswith("http") else f"{self.base_url}{path}"

    async def _follow(self, response: httpx.Response) -> httpx.Response:
        while response.has_redirect_location:
            self.visited.append(response.headers["location"])
            response = await self.http.get(str(response.url.join(response.headers["location"])))
        return response
