"""What stands round the content of a page: the door, the menu, who is signed in, protection, the session's end."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from hub.web.language import SWEDISH, Language
from hub.web.parts import Link


class Door(StrEnum):
    """Staff come through the petrol door, individuals through the plum one; nobody mistakes one for the other."""

    STAFF = "staff"
    PORTAL = "portal"
    PLAIN = "plain"


class Shield(StrEnum):
    """Protection that is shown. Fingerade personuppgifter never are."""

    SEKRETESSMARKERING = "sekretessmarkering"
    SKYDDAD_FOLKBOKFORING = "skyddad_folkbokforing"
    UNKNOWN = "unknown"

    @property
    def words(self) -> str:
        return _SHIELD_WORDS[self]


_SHIELD_WORDS = {
    Shield.SEKRETESSMARKERING: "Sekretessmarkering",
    Shield.SKYDDAD_FOLKBOKFORING: "Skyddad folkbokföring",
    Shield.UNKNOWN: "Skyddet är inte klarlagt",
}


@dataclass(frozen=True, slots=True)
class NavLink:
    """One of at most five links in the menu."""

    href: str
    words: str
    here: bool = False
    count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Everything about a page that isn't its content. `home` is where the brand leads."""

    door: Door
    home: str = "/"
    language: Language = SWEDISH
    nav: tuple[NavLink, ...] = ()
    me: str = ""
    assignment: str = ""
    change: Link | None = None
    #: Address of the sign-out form; empty when nobody is signed in.
    sign_out: str = ""
    csrf: str = ""
    #: The door whose session the page watches; empty when nobody is signed in.
    session: str = ""
    shield: Shield | None = None
    #: Where a language link leads back to.
    here: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact under the name of a person."""

    term: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseHead:
    """The head of a case. For a protected individual the heading is the case's id, and the name behind a click."""

    number: str
    name: str
    #: "19860412", or empty where the number isn't shown.
    born: str = ""
    facts: tuple[Fact, ...] = ()
    tabs: tuple[NavLink, ...] = ()
    shield: Shield | None = None
    secrecy: str = "OSL 25:1, 26:1, 28:1 och 28:11"
    printed_by: str = ""
    printed_at: datetime | None = None
    reveal_name: str = ""

    @property
    def heading(self) -> str:
        return f"Ärende {self.number}" if self.shield else self.name
