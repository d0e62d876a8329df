"""Whose pages these are: the individual's own, or those of one whom they act for."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import Response

from hub.access import Asking, Permit, asks
from hub.access.questions import ReadLog, ShowToIndividual
from hub.consent import Language as Tongue
from hub.kit.errors import NotFound
from hub.people import IndividualId
from hub.web import EASY_SWEDISH, ENGLISH, Language
from hub.web.pages import own_page, reading
from hub.web.questions import own_log, own_pages
from hub.web.room import Room

#: Remembers for whom somebody acts; the right to it is judged each time.
FOR_COOKIE: Final = "for"
Say = Callable[[str], str]
Showing = Annotated[Asking, asks("show_to_individual")]
Reading = Annotated[Asking, asks("show_to_individual", "read_log")]
Giving = Annotated[Asking, asks("show_to_individual", "record_consent")]
_TONGUES: Final = {EASY_SWEDISH: Tongue.EASY_SWEDISH, ENGLISH: Tongue.ENGLISH}


@dataclass(frozen=True, slots=True)
class Me:
    """The individual whose pages are shown."""

    individual: IndividualId
    acting: bool = False


async def whose(room: Room, asking: Asking) -> Me | None:
    """Return whose pages the caller is on; None for one whom no agency has registered."""
    found = await room.representing.individual_of(asking.caller)
    wanted = room.request.cookies.get(FOR_COOKIE, "")
    mandate = next((each for each in found.mandates if each.id == wanted), None)
    if mandate:
        return Me(mandate.individual, acting=True)
    return Me(found.individual) if found.individual else None


async def myself(room: Room, asking: Asking) -> Me:
    """Return whose pages the caller is on. Raises NotFound for one whom no agency has registered."""
    me = await whose(room, asking)
    if me is None:
        raise NotFound
    return me


async def shown(room: Room, asking: Asking, me: Me, act: str) -> Permit[ShowToIndividual]:
    """Return the permit to show what the hub keeps of what the individual has said."""
    return await asking.permit(lambda: own_pages(room.around, room.clock, asking.caller, me.individual, act))


async def log_permit(room: Room, asking: Asking, me: Me) -> Permit[ReadLog]:
    """Return the permit to read the individual's log."""
    return await asking.permit(lambda: own_log(room.around, room.clock, asking.caller, me.individual))


def nobody(room: Room, asking: Asking, here: str = "") -> Response:
    """Return the page for one whom no agency has registered: there is nothing to ask about."""
    asking.acted_without_engine()
    return own_page(room, asking.caller, "portal/nobody.html", here=here)


def language_of(room: Room, asking: Asking) -> Language:
    """Return the language that the pages are in."""
    return reading(room.request, asking.caller.language)


def tongue(language: Language) -> Tongue:
    """Return the language as consents know it."""
    return _TONGUES.get(language, Tongue.SWEDISH)


def sayer(room: Room, asking: Asking) -> Say:
    """Return what puts words in the language that the pages are in."""
    chosen = language_of(room, asking)
    return lambda text: room.renderer.gettext(chosen, text)
