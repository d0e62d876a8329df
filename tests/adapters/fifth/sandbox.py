"""The fifth agency, made up."""

import json
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from adapters.sandbox.common import Agency, Fault, Given, Phrase, load_register


class _Phrases:
    def down(self) -> Phrase:
        return Phrase(503, "application/json", b'{"fel": "nere"}')

    def over_quota(self, seconds: int) -> Phrase:
        return Phrase(429, "application/json", b'{"fel": "kvot"}', {"Retry-After": str(seconds)})

    def wrong(self) -> Phrase:
        return Phrase(500, "application/json", b'{"fel": "internt"}')


def create(given: Given) -> Agency:
    """Return the agency."""
    register: dict[str, dict[str, Any]] = load_register(Path(__file__).with_name("register.yaml"))

    async def debts(request: Request) -> Response:
        number = json.loads(await request.body())["personnummer"]
        if given.switch.is_on(Fault.DISHONEST):
            number = next(each for each in register if each != number)
        told = register.get(number)
        if told is None:
            return JSONResponse({"personnummer": None, "skulder": []})
        return JSONResponse({"personnummer": number, "kontor": "Umeå", **told})

    async def version(_: Request) -> Response:
        return JSONResponse("1")

    return Agency(
        slug="kronofogden",
        name="Kronofogden",
        app=Starlette(routes=[Route("/skulder", debts, methods=["POST"]), Route("/version", version)]),
        phrases=_Phrases(),
        media_type="application/json",
        numbers=tuple(register),
        knows=lambda number: [f"{each['kronor']} kronor" for each in register.get(number, {}).get("skulder", [])],
        client_certificate=True,
    )
