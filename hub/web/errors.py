"""Errors as pages: what happened, why, what to do. Never a name, a number, or whether anything exists."""

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode, urlsplit

from fastapi import Request, Response

from hub.access import Caller
from hub.access.signin import AssignmentNeeded, Door, start_address
from hub.kit.errors import HubError, NotFound, PreconditionFailed, Refused, StepUpNeeded, Unauthenticated, Undecided
from hub.web import refusals
from hub.web.frame import Frame
from hub.web.pages import OWN_PATH, go, own_frame, page, plain_frame, staff_frame
from hub.web.room import Room

_SAFE: Final = frozenset({"GET", "HEAD"})
_STRONG: Final = 3


@dataclass(frozen=True, slots=True)
class Way:
    """One thing to do about it."""

    words: str
    href: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class ErrorView:
    """One error as its page shows it."""

    title: str
    detail: str
    ways: tuple[Way, ...] = ()
    entry: str = ""


class _Broken(HubError):
    """Something went wrong that nobody foresaw; nothing about it is told."""


_OWN_QUERY: Final = re.compile(r"([a-z]+=([a-z2-7]{26}|[a-z_-]{1,40}|\d{1,4})(&(?!$)|$))+")


def is_page(request: Request) -> bool:
    """Tell whether an error is to be told as a page: everywhere but in the partners' API."""
    return not request.url.path.startswith(("/api", "/static", "/.well-known"))


async def error_page(request: Request, error: HubError) -> Response:
    """Return `error` as a page, or the redirect to where one signs in or chooses what to work as."""
    door, here = _door(request), _here(request)
    if isinstance(error, Unauthenticated) and request.method in _SAFE:
        return go(start_address(door, here) if door else "/logga-in")
    if isinstance(error, AssignmentNeeded):
        return go(f"/logga-in/uppdrag?{urlencode({'till': here})}")
    room, caller = Room(request), getattr(request.state, "caller", None)
    frame = await _frame(room, caller, door)
    if isinstance(error, NotFound) and door is Door.STAFF:
        return page(room.renderer, "not_found.html", frame, status=error.status)
    if error.entry and door is Door.STAFF and not isinstance(error, Undecided | StepUpNeeded):
        view = await refusals.refusal_page(room, caller, error)
        if view:
            return page(room.renderer, "refusal.html", frame, view, status=error.status)
    view = (
        await _own_refusal(room, caller, error, frame)
        if isinstance(error, Refused) and door is Door.INDIVIDUAL
        else None
    )
    view = view or ErrorView(error.title, error.detail, _ways(error, door, here), error.entry or "")
    answer = page(room.renderer, "error.html", frame, view, status=error.status)
    answer.headers.update(error.headers)
    return answer


async def _own_refusal(room: Room, caller: Caller | None, error: Refused, frame: Frame) -> ErrorView | None:
    """Return why the individual was refused at their own door, and what would have to be different."""
    told = await refusals.told_to_individual(room, caller, error, frame.language)
    if told is None:
        return None
    why = " ".join(dict.fromkeys(reason.text for reason in told.reasons))
    return ErrorView(error.title, why or error.detail, tuple(Way(each) for each in told.changes), error.entry or "")


async def unexpected_page(request: Request, _error: Exception) -> Response:
    """Return the page for what nobody foresaw: it says nothing of what went wrong."""
    return await error_page(request, _Broken())


async def invalid_request_page(request: Request, _error: Exception) -> Response:
    """Return the page for an address or a form that doesn't fit: to a person it is a thing that isn't there."""
    return await error_page(request, NotFound())


async def _frame(room: Room, caller: Caller | None, door: Door | None) -> Frame:
    if caller is None:
        return plain_frame(room.request, door)
    return await staff_frame(room, caller) if door is Door.STAFF else own_frame(room, caller)


def _door(request: Request) -> Door | None:
    path = request.url.path
    return next((door for door in Door if path == door.home or path.startswith(f"{door.home}/")), None)


def _here(request: Request) -> str:
    """Return where to come back to: this page, or the page whose form was sent; the door when the address has more in
    it than the hub writes itself. What somebody put there by hand, a number or a name, is not sent round again.
    """
    came_from = urlsplit(request.headers.get("Referer", ""))
    if request.method in _SAFE:
        path, query = request.url.path, request.url.query
    elif came_from.netloc == request.url.netloc:
        path, query = came_from.path, ""
    else:
        path, query = request.url.path, ""
    if not OWN_PATH.fullmatch(path):
        door = _door(request)
        return door.home if door else "/"
    return f"{path}?{query}" if query and _OWN_QUERY.fullmatch(query) else path


def _ways(error: HubError, door: Door | None, here: str) -> tuple[Way, ...]:
    if isinstance(error, StepUpNeeded) and door:
        address = start_address(door, here, least=_STRONG, fresh=True)
        return (Way("Det du har skrivit finns kvar när du kommer tillbaka.", address, "Logga in igen"),)
    if isinstance(error, Unauthenticated) and door:
        return (Way("Det som hann sparas som utkast finns kvar.", start_address(door, here), "Logga in"),)
    if isinstance(error, PreconditionFailed | Undecided):
        return (Way("Gå tillbaka till sidan, läs in den på nytt och försök igen.", here, "Läs in sidan igen"),)
    return ()
