"""Answers that are pages: with the right frame round them, for staff, for the individual, and before both."""

import re
from typing import Final

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse

from hub.access import Caller
from hub.access.signin import Door as SignInDoor
from hub.web.forms import BLANK, Form
from hub.web.frame import Door, Frame, NavLink, Shield
from hub.web.language import Language, language
from hub.web.parts import Link
from hub.web.rendering import Renderer
from hub.web.room import Room

#: Remembers which language somebody reads in; says nothing else of them.
LANGUAGE_COOKIE: Final = "sprak"
_SEE_OTHER: Final = 303
_INVALID: Final = 422
STAFF_HOME: Final = "/arbete/min-dag"
OWN_HOME: Final = "/mina-sidor"

_STAFF_NAV: Final = (
    (STAFF_HOME, "Min dag"),
    ("/arbete/arenden", "Ärenden"),
    ("/arbete/person", "Slå upp person"),
)
#: What is added to the menu for those who have the role; five links at most.
_BY_ROLE: Final = (
    ("sekretessansvarig", "/arbete/provningar", "Prövningar"),
    ("loggranskare", "/arbete/loggranskning", "Loggranskning"),
    ("administrator", "/arbete/administration/medarbetare", "Administration"),
)
_OWN_NAV: Final = (
    (OWN_HOME, "Start"),
    ("/mina-sidor/samtycke", "Samtycke"),
    ("/mina-sidor/vem-ar-med", "Vem är med"),
    ("/mina-sidor/vem-har-tittat", "Vem har tittat"),
)
_MOST_LINKS: Final = 5
#: The addresses that the hub writes: words, and ids that tell nothing.
OWN_PATH: Final = re.compile(r"(/([a-z2-7]{26}|[a-z_-]{1,40}))+")
_ID: Final = re.compile("[a-z2-7]{26}")


async def staff_frame(room: Room, caller: Caller, here: str = "", shield: Shield | None = None) -> Frame:
    """Return the frame of the staff door. The assignment is always shown, since the law hangs on it."""
    post = (await room.directory.posts([caller.assignment or ""])).get(caller.assignment or "")  # pyright: ignore[reportArgumentType]
    by_role = [(href, words) for role, href, words in _BY_ROLE if role in caller.roles]
    links, counts = [*_STAFF_NAV, *by_role][:_MOST_LINKS], await _counts(room, caller)
    return Frame(
        door=Door.STAFF,
        home=STAFF_HOME,
        nav=tuple(NavLink(href, words, here=href == here, count=counts.get(href, 0)) for href, words in links),
        me=caller.name,
        assignment=f"{post.agency_name}, {post.unit_name}" if post else "",
        change=Link("/logga-in/uppdrag", "Byt uppdrag"),
        sign_out=f"/logga-ut?dorr={SignInDoor.STAFF}",
        csrf=room.callers.csrf(room.request, SignInDoor.STAFF),
        session=SignInDoor.STAFF,
        shield=shield,
    )


async def _counts(room: Room, caller: Caller) -> dict[str, int]:
    """Return how much waits behind the links of the roles that answer for their agency; no statement for others."""
    counted = {"sekretessansvarig", "loggranskare"}.intersection(caller.roles)
    if not counted:
        return {}
    waiting = await room.cases.waiting(caller)
    found = {"sekretessansvarig": waiting.reviews, "loggranskare": waiting.log_questions}
    return {href: found[role] for role, href, _words in _BY_ROLE if role in counted}


def own_frame(room: Room, caller: Caller, here: str = "") -> Frame:
    """Return the frame of the individual's door."""
    chosen = reading(room.request, caller.language)
    translate = room.renderer.gettext
    return Frame(
        door=Door.PORTAL,
        home=OWN_HOME,
        language=chosen,
        nav=tuple(NavLink(href, translate(chosen, words), here=href == here) for href, words in _OWN_NAV),
        me=caller.name,
        sign_out=f"/logga-ut?dorr={SignInDoor.INDIVIDUAL}",
        csrf=room.callers.csrf(room.request, SignInDoor.INDIVIDUAL),
        session=SignInDoor.INDIVIDUAL,
        # A language link leads to a page that can be opened, also from a form that was sent back.
        here=own_path(room.request) if room.request.method == "GET" else OWN_HOME,
    )


def plain_frame(request: Request, door: SignInDoor | None = None) -> Frame:
    """Return the frame of a page for nobody in particular, in the colour of the door it stands before."""
    if door is SignInDoor.INDIVIDUAL:
        return Frame(door=Door.PORTAL, home=OWN_HOME, language=reading(request), here=own_path(request))
    if door is SignInDoor.STAFF:
        return Frame(door=Door.STAFF, home=STAFF_HOME)
    return Frame(door=Door.PLAIN, home="/logga-in", language=reading(request), here=own_path(request, "/"))


def own_path(request: Request, otherwise: str = OWN_HOME) -> str:
    """Return the address of this page without its query, or `otherwise` when it has more in it than the hub's own words
    and ids that tell nothing: what somebody put there by hand, a number or a name, is in no link."""
    ids = "endpoint" in request.scope and all(_ID.fullmatch(str(each)) for each in request.path_params.values())
    return request.url.path if ids else otherwise


def reading(request: Request, otherwise: str = "sv") -> Language:
    """Return the language that somebody has chosen to read in."""
    return language(request.cookies.get(LANGUAGE_COOKIE, otherwise))


async def staff_page(
    room: Room,
    caller: Caller,
    template: str,
    view: object = None,
    *,
    here: str = "",
    shield: Shield | None = None,
    form: Form = BLANK,
    status: int | None = None,
) -> HTMLResponse:
    """Return a page of the staff door; one with faults in its form is 422."""
    frame = await staff_frame(room, caller, here, shield)
    return page(room.renderer, template, frame, view, form=form, status=status)


def own_page(
    room: Room,
    caller: Caller,
    template: str,
    view: object = None,
    *,
    here: str = "",
    form: Form = BLANK,
    status: int | None = None,
) -> HTMLResponse:
    """Return a page of the individual's door; one with faults in its form is 422."""
    return page(room.renderer, template, own_frame(room, caller, here), view, form=form, status=status)


def page(
    renderer: Renderer,
    template: str,
    frame: Frame,
    view: object = None,
    *,
    form: Form = BLANK,
    status: int | None = None,
) -> HTMLResponse:
    """Return a page in any frame."""
    answered = status or (_INVALID if form.faults else 200)
    return HTMLResponse(renderer.page(template, frame, view, form=form), answered)


def part(room: Room, template: str, frame: Frame, view: object, form: Form = BLANK) -> HTMLResponse:
    """Return a part of a page, for htmx."""
    return HTMLResponse(room.renderer.part(template, frame, view, form=form))


def go(address: str) -> RedirectResponse:
    """Return the redirect that ends every form that did something: reading the page again does nothing anew."""
    return RedirectResponse(address, _SEE_OTHER)
