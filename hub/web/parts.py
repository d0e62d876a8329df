"""What many pages show alike: an agency's name, a state, a line of a list. Plain values, made by the pages."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class State(StrEnum):
    """How a state looks: icon, word and colour go together, never fewer than two of them."""

    OK = "ok"
    WAITING = "waiting"
    LATE = "late"
    REFUSED = "refused"
    STOPPED = "stopped"
    NEW = "new"
    BY_HAND = "by-hand"


@dataclass(frozen=True, slots=True)
class Status:
    """A state in words."""

    state: State
    words: str


@dataclass(frozen=True, slots=True)
class AgencyMark:
    """An agency as people know it: letters for staff, `name` first in a sentence, `inline` inside one."""

    code: str
    name: str
    inline: str


#: Letters for staff, by kind. The agencies' own logos are theirs.
_LETTERS = {
    "socialtjanst": "SOC", "ame": "AME", "school": "SKO", "region_psykiatri": "PSY", "region_hsv": "VÅR",
    "af": "AF", "fk": "FK", "forbund": "FBD",
}  # fmt: skip
_PROPER_NAMES = frozenset({"af", "fk"})


def agency_mark(name: str, kind: str) -> AgencyMark:
    """Return how an agency of that kind is shown. The state's agencies have names, the others are common nouns."""
    inline = name if kind in _PROPER_NAMES else name[:1].lower() + name[1:]
    return AgencyMark(_LETTERS.get(kind, "···"), name, inline)


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose in a form."""

    value: str
    label: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """Where something can be read or done."""

    href: str
    words: str


@dataclass(frozen=True, slots=True)
class Due:
    """Something that somebody owes by a day."""

    day: date
    words: str = ""
