"""What the administration of one agency shows."""

from dataclasses import dataclass
from datetime import date

from hub.web.frame import NavLink
from hub.web.parts import Option


@dataclass(frozen=True, slots=True)
class Cell:
    """One thing in a row: words, small words under them, perhaps a way on."""

    words: str
    small: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row; `end` is the address that ends it, empty where nothing can be ended; `words` when its way on is another."""

    id: str
    cells: tuple[Cell, ...]
    end: str = ""
    version: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdminTable:
    """One of the administration's lists with the form that adds to it. `kind` names the form's template."""

    tabs: tuple[NavLink, ...]
    agency: str
    kind: str
    heading: str
    lead: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    empty: str
    action: str
    units: tuple[Option, ...] = ()
    staff: tuple[Option, ...] = ()
    roles: tuple[Option, ...] = ()
    assignments: tuple[Option, ...] = ()
    rules: tuple[Option, ...] = ()
    kinds: tuple[Option, ...] = ()
    scopes: tuple[Option, ...] = ()
    levels: tuple[Option, ...] = ()
    end_words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndSomething:
    """The page that asks before something ends."""

    tabs: tuple[NavLink, ...]
    heading: str
    then: str
    today: date
    action: str
    back: str
    version: str = ""
    yes: str = "Ja, avsluta i dag"
    no: str = "Nej, behåll"
