"""What the pages of signing in show. They are drawn by the web, that lies above and can't be named here."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from fastapi import Request, Response

from hub.access.signin.model import Door


class Pages(Protocol):
    """Draws a page of `templates/signin/`; `hub.app` puts one at `app.state.signin_pages`."""

    def __call__(
        self, request: Request, template: str, view: object, *, door: Door | None = None, status: int = 200
    ) -> Response:
        """Return the page. `door` gives its colour and home; None stands before both."""
        ...


@dataclass(frozen=True, slots=True)
class Way:
    """One way on: a link and its words."""

    href: str
    words: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A page with ways to choose among, none better than another."""

    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class Stopped:
    """A page that says what happened, why, and what to do."""

    heading: str
    why: str
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class Post:
    """An assignment to choose."""

    assignment: str
    words: str
    where: str
    until: datetime | None
    now: bool


@dataclass(frozen=True, slots=True)
class Posts:
    """The page where an official chooses what to work as."""

    posts: tuple[Post, ...]
    return_to: str
    csrf: str
