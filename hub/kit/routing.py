"""Finding the route of an address among hundreds, as quickly as among a few.

The framework tries route after route, and those of an included router once more at each level. Here an address goes by
its first segments to a table of the few routes that may have it; the framework then chooses among these, in their
order, so that what matches, what is 404 or 405 and what is measured are its own.
"""

from collections.abc import Iterable
from typing import Any, Final

from fastapi import APIRouter, FastAPI
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Receive, Scope, Send

#: How many segments tell tables apart: `/arbete/arenden/…`, `/mina-sidor/…`, `/logga-in/…`.
_DEPTH: Final = 3
Prefix = tuple[str, ...]


class IndexedApp(FastAPI):
    """An application that holds its routes in one flat list, found by their first segments."""

    def include_router(self, router: APIRouter, **options: Any) -> None:
        """Take over the routes of `router`. With options, the framework includes it and tries it for every address."""
        if options or not is_plain(self.router):
            super().include_router(router, **options)
        else:
            self.router.routes.extend(router.routes)

    def build_middleware_stack(self) -> ASGIApp:
        """Return the framework's own stack; its router looks only where the address may be."""
        self.router.middleware_stack = _Tables(self.router)
        return super().build_middleware_stack()


def is_plain(router: APIRouter) -> bool:
    """Tell whether `router` lays nothing of its own on the routes it takes in: they are then the same inside it."""
    return not (router.prefix or router.tags or router.dependencies or router.responses or router.callbacks)


class _Tables:
    """The tables of one router, made when they are first asked for and anew when a route has been added."""

    def __init__(self, router: APIRouter) -> None:
        self._router, self._known = router, 0
        self._tables: dict[Prefix, APIRouter] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._router.app(scope, receive, send)
            return
        scope.setdefault("router", self._router)
        await self._of(scope["path"].removeprefix(scope.get("root_path", ""))).app(scope, receive, send)

    def _of(self, path: str) -> APIRouter:
        if self._known != len(self._router.routes):
            self._tables, self._known = _indexed(self._router), len(self._router.routes)
        prefix = tuple(path.split("/", _DEPTH + 1)[1 : _DEPTH + 1])
        while prefix not in self._tables:
            prefix = prefix[:-1]
        return self._tables[prefix]


def _indexed(router: APIRouter) -> dict[Prefix, APIRouter]:
    """Return a table for each beginning that routes have, with all routes that an address which begins so may have."""
    routes = [(_prefix(route), route) for route in router.routes]
    ways: set[Prefix] = {()} | {own[:length] for own, _ in routes for length in range(len(own) + 1)}
    return {way: _table(router, (route for own, route in routes if way[: len(own)] == own)) for way in ways}


def _table(router: APIRouter, routes: Iterable[BaseRoute]) -> APIRouter:
    return APIRouter(routes=list(routes), redirect_slashes=router.redirect_slashes, default=router.default)


def _prefix(route: BaseRoute) -> Prefix:
    """Return the first segments of a route's path that are the same in all its addresses; none when that isn't known."""
    segments = getattr(route, "path", "").split("/")[1 : _DEPTH + 1]
    fixed = next((at for at, segment in enumerate(segments) if "{" in segment), len(segments))
    return tuple(segments[:fixed])
