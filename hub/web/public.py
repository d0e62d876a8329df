"""Pages for everybody: how it works, accessibility, help. They ask nothing and show nobody's data."""

from typing import Final

from fastapi import Request, Response

from hub.access import GuardedRouter, public
from hub.access.signin import Door as SignInDoor
from hub.web.pages import page, plain_frame
from hub.web.rendering import Renderer

router: Final = GuardedRouter(include_in_schema=False)


@router.get("/")
@public("leads to where one signs in")
async def start(request: Request) -> Response:
    """The front door."""
    return _page(request, "front.html")


@router.get("/tillganglighet")
@public("the accessibility statement is for everybody (lag 2018:1937)")
async def accessibility(request: Request) -> Response:
    """The accessibility statement."""
    return _page(request, "accessibility.html")


@router.get("/sa-fungerar-sekretessen")
@public("how secrecy works is for everybody")
async def secrecy(request: Request) -> Response:
    """How secrecy works."""
    return _page(request, "secrecy.html")


@router.get("/hjalp")
@public("help is for everybody")
async def help_page(request: Request) -> Response:
    """Help."""
    return _page(request, "help.html")


def signin_page(
    request: Request, template: str, view: object, *, door: SignInDoor | None = None, status: int = 200
) -> Response:
    """Return one of the pages of signing in (`hub.access.signin.pages.Pages`)."""
    return page(_renderer(request), template, plain_frame(request, door), view, status=status)


def _page(request: Request, template: str) -> Response:
    return page(_renderer(request), template, plain_frame(request))


def _renderer(request: Request) -> Renderer:
    renderer: Renderer = request.app.state.renderer
    return renderer
