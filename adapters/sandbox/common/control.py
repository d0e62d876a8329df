"""The agency's own side door, on this machine only: the switch as JSON and as a page, and who is in its register."""

import json
from pathlib import Path
from typing import Any, cast

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from adapters.sandbox.common.agency import Agency
from adapters.sandbox.common.faults import TOLD, Fault, Switch
from adapters.sandbox.common.people import people
from adapters.sandbox.common.suffering import MADE_UP

#: Seconds. Longer than this nobody waits to see a fault.
_LONGEST = 3600.0


def control(agency: Agency, switch: Switch, base_url: str) -> TrustedHostMiddleware:
    """Return the side door's app. It answers to this machine's names only."""
    door = _SideDoor(agency, switch, base_url)
    routes = [
        Route("/sandbox", door.identity),
        Route("/sandbox/faults", door.told),
        Route("/sandbox/faults", door.set, methods=["PUT"]),
        Route("/", door.page),
        Route("/", door.choose, methods=["POST"]),
    ]
    return TrustedHostMiddleware(Starlette(routes=routes), ["127.0.0.1", "localhost"])


class _SideDoor:
    def __init__(self, agency: Agency, switch: Switch, base_url: str) -> None:
        self._agency, self._switch, self._base_url = agency, switch, base_url
        templates = Environment(
            loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined
        )
        self._template = templates.get_template("page.html")

    async def identity(self, _request: Request) -> Response:
        told = {"agency": self._agency.slug, "name": self._agency.name, "madeUp": True, "baseUrl": self._base_url}
        return JSONResponse(told, headers=dict([MADE_UP]))

    async def told(self, _request: Request) -> Response:
        told = {"fault": self._switch.fault, "seconds": self._switch.seconds, "faults": TOLD}
        return JSONResponse(told, headers=dict([MADE_UP]))

    async def set(self, request: Request) -> Response:
        try:
            await self._turn(json.loads(await request.body()))
        except (ValueError, TypeError, KeyError):
            title = 'Säg vilket fel, till exempel {"fault": "slow", "seconds": 5}.'
            return JSONResponse({"title": title, "status": 422}, 422, dict([MADE_UP]), "application/problem+json")
        return await self.told(request)

    async def page(self, _request: Request) -> Response:
        page = self._template.render(
            agency=self._agency,
            base_url=self._base_url,
            switch=self._switch,
            faults=TOLD,
            people=people(),
            others=[each for each in self._agency.numbers if each not in people()],
        )
        return HTMLResponse(page, headers=dict([MADE_UP]))

    async def choose(self, request: Request) -> Response:
        if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
            return Response(status_code=403)
        form = await request.form()
        try:
            await self._turn(
                {"fault": form["fault"], "seconds": float(str(form.get("seconds") or self._switch.seconds))}
            )
        except (ValueError, KeyError):
            return Response("Välj ett av felen, och ett antal sekunder.", 422, media_type="text/plain; charset=utf-8")
        return RedirectResponse("/", 303)

    async def _turn(self, wanted: Any) -> None:
        """Set the switch. Raises ValueError, TypeError or KeyError when it isn't told how."""
        if not isinstance(wanted, dict):
            raise TypeError("not an object")
        told = cast("dict[str, Any]", wanted)
        fault, seconds = Fault(told["fault"]), told.get("seconds")
        if seconds is not None and not 0 <= float(seconds) <= _LONGEST:
            raise ValueError("too long")
        await self._switch.set(fault, None if seconds is None else float(seconds))
