"""The made-up socialtjänst of Björkå: the API that `adapters/socialtjanst/openapi.yaml` describes."""

import hashlib
import json
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from adapters.sandbox.common import Agency, Fault, Given, Phrase, TokenDesk, load_register
from adapters.sandbox.socialtjanst.register import COLLECTIONS, Register
from hub.kit.tracing import Traceparent

_PROBLEM: Final = "application/problem+json"
_INFO: Final = {
    "apiName": "Socialtjänst",
    "apiVersion": "1.0.0",
    "apiReleased": "2026-10-01",
    "apiDocumentation": "https://socialtjanst.example/dokumentation",
    "apiStatus": "active",
}
_MOST: Final = 100


def create(given: Given) -> Agency:
    """Return the agency."""
    register = Register(load_register(Path(__file__).with_name("register.yaml")))
    desk = TokenDesk(
        f"{given.base_url}/token", given.client_id, given.hub_keys, given.clock, frozenset({"personuppgifter.las"})
    )
    door = _Api(register, desk, given)
    routes = [
        Route("/token", desk.give, methods=["POST"]),
        Route("/v1/api-info", door.info),
        Route("/v1/personsokningar", door.search, methods=["POST"]),
        Route("/v1/personer/{ref}/{collection}", door.collection),
    ]
    return Agency(
        slug="soc",
        name="Björkå socialtjänst",
        app=Starlette(routes=routes, middleware=[Middleware(Traceparent)]),
        phrases=_Phrases(),
        media_type="application/json",
        numbers=register.numbers,
        knows=register.lines,
        spared=frozenset({"/token"}),
    )


class _Phrases:
    """Errors as RFC 9457 has them."""

    def down(self) -> Phrase:
        return _phrase(503, "Tjänsten är stängd", "Försök igen om en stund.")

    def over_quota(self, seconds: int) -> Phrase:
        return _phrase(429, "För många frågor", "Vänta innan du frågar igen.", {"Retry-After": str(seconds)})

    def wrong(self) -> Phrase:
        return _phrase(500, "Något gick fel hos oss", "Felet är noterat.")


@dataclass(frozen=True, slots=True)
class _Api:
    register: Register
    desk: TokenDesk
    given: Given

    async def info(self, _request: Request) -> Response:
        return _said(_INFO)

    async def search(self, request: Request) -> Response:
        if refused := self._refused(request):
            return refused
        try:
            number = str(json.loads(await request.body())["personnummer"])
        except (ValueError, KeyError, TypeError):
            return _problem(400, "Frågan gick inte att läsa", "Skicka personnummer med tolv siffror.")
        found = self.register.person(self._whom(number))
        return _said({"traffar": [found] if found else []})

    async def collection(self, request: Request) -> Response:
        name, ref = request.path_params["collection"], request.path_params["ref"]
        if refused := self._refused(request):
            return refused
        number = self.register.by_ref(ref)
        if number is None or name not in COLLECTIONS:
            return _problem(404, "Finns inte", "Sök personen igen.")
        areas = set(filter(None, request.query_params.get("omraden", "").split(",")))
        items = self.register.items(number, name, areas)
        as_it_is = _etag(items)
        if request.headers.get("if-match", as_it_is) != as_it_is:
            return _problem(412, "Samlingen har ändrats", "Börja om från första sidan.")
        if request.headers.get("if-none-match") == as_it_is:
            return Response(status_code=304, headers={"ETag": as_it_is})
        page, limit = _paging(request)
        told = self.register.page(number, name, items, page, limit)
        return _said(told, {"ETag": as_it_is})

    def _refused(self, request: Request) -> Response | None:
        if not self.desk.knows(request):
            return _problem(401, "Inte inloggad", "Hämta en ny token.")
        told = ("x-andamal", "x-rattslig-grund", "x-handelse-id", "x-fragande-organisation")
        if missing := [name for name in told if not request.headers.get(name)]:
            return _problem(400, "Frågan säger inte varför", f"Saknas: {', '.join(missing)}.")
        return None

    def _whom(self, number: str) -> str:
        """Return whom it answers about: somebody else, when it is told to be dishonest."""
        return self.register.other_than(number) if self.given.switch.is_on(Fault.DISHONEST) else number


def _paging(request: Request) -> tuple[int, int]:
    try:
        page, limit = int(request.query_params.get("page", 1)), int(request.query_params.get("limit", 20))
    except ValueError:
        return 1, 20
    return max(page, 1), min(max(limit, 1), _MOST)


def _etag(items: list[dict[str, Any]]) -> str:
    return f'"{hashlib.sha256(json.dumps(items, sort_keys=True).encode()).hexdigest()[:24]}"'


def _said(told: dict[str, Any], headers: dict[str, str] | None = None) -> Response:
    return JSONResponse(told, headers=headers)


def _problem(status: int, title: str, detail: str) -> Response:
    said = _phrase(status, title, detail)
    return Response(said.body, status, media_type=said.media_type)


def _phrase(status: int, title: str, detail: str, headers: dict[str, str] | None = None) -> Phrase:
    kind = f"https://socialtjanst.example/fel/{HTTPStatus(status).name.lower()}"
    told = {"type": kind, "title": title, "status": status, "detail": detail}
    return Phrase(status, _PROBLEM, json.dumps(told, ensure_ascii=False).encode(), headers or {})
