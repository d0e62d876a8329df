"""What the staff pages about people and cases show: plain values that the pages put together and the templates read."""

from dataclasses import dataclass
from datetime import date, datetime

from hub.web.frame import CaseHead, Shield
from hub.web.parts import AgencyMark, Link, Option


@dataclass(frozen=True, slots=True)
class Pager:
    """Ways to older and newer rows; empty where there are none."""

    older: str = ""
    newer: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """Something that waits for the reader: what, about what, by when, and the one way on."""

    what: str
    about: str
    act: str
    href: str
    due: date | None = None


@dataclass(frozen=True, slots=True)
class News:
    """Something that has happened since last time. `who` is never the name of a protected individual."""

    who: Link
    words: str
    at: datetime
    shielded: bool = False


@dataclass(frozen=True, slots=True)
class Ending:
    """A consent that ends within thirty days, and what ends with it."""

    who: Link
    last_day: date
    then: str = ""


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One of my cases."""

    href: str
    number: str
    name: str
    step: str
    waits_for: str
    consent_until: date | None
    news: int = 0
    ending: bool = False
    shielded: bool = False


@dataclass(frozen=True, slots=True)
class MyDay:
    """The start page: what must I do now."""

    today: date
    tasks: tuple[Task, ...]
    news: tuple[News, ...]
    endings: tuple[Ending, ...]
    cases: tuple[CaseRow, ...]
    since: datetime | None = None
    late: int = 0


@dataclass(frozen=True, slots=True)
class MyCases:
    """All my cases; those of protected individuals in a list of their own (reading R9)."""

    cases: tuple[CaseRow, ...]
    shielded: tuple[CaseRow, ...]
    pager: Pager = Pager()


@dataclass(frozen=True, slots=True)
class Representative:
    """Somebody who may act for the individual, within a scope and a time."""

    name: str
    kind: str
    scope: str
    last_day: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPage:
    """One individual as the reader's agency knows them."""

    ref: str
    name: str
    born: str
    shield: Shield | None
    cases: tuple[CaseRow, ...]
    representatives: tuple[Representative, ...] = ()
    may_protect: bool = True
    fresh: bool = False

    @property
    def heading(self) -> str:
        return "Skyddad person" if self.shield else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCase:
    """The form that opens a case."""

    ref: str
    heading: str
    purposes: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody on the team."""

    id: str
    name: str
    title: str
    last_day: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Party:
    """An agency that is party to the case, with its team where the reader may see it."""

    mark: AgencyMark
    team: tuple[Member, ...]
    leading: bool = False
    own: bool = False
    hidden: str = ""


@dataclass(frozen=True, slots=True)
class WhyDone:
    """What somebody at the own agency has done in the case, and why."""

    what: str
    who: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Parties:
    """Who works with the case."""

    head: CaseHead
    address: str
    parties: tuple[Party, ...]
    colleagues: tuple[Option, ...] = ()
    others: tuple[Option, ...] = ()
    necessary: tuple[Option, ...] = ()
    heirs: tuple[Option, ...] = ()
    reasons: tuple[WhyDone, ...] = ()
    leads: bool = False
    open: bool = True
    version: str = ""


@dataclass(frozen=True, slots=True)
class Shared:
    """What one owner may tell one receiver on one ground, or may not for one reason, with the way to ask for each."""

    owner: AgencyMark
    about: tuple[Link, ...]
    permitted: bool
    #: "Samtycke 14 sep" or "OSL 25 kap. 1 §"; stands after the words, never instead of them.
    ground: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Receiver:
    """What one agency may get to know, from each of the others."""

    mark: AgencyMark
    lines: tuple[Shared, ...]
    own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharing:
    """What may be shared with whom in the case, and why not."""

    head: CaseHead
    receivers: tuple[Receiver, ...]
    lead: str
    to_consent: str
    excluded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Clearance:
    """One named person who may read about the protected individual."""

    id: str
    name: str
    title: str
    reason: str
    last_day: date
    own: bool = False


@dataclass(frozen=True, slots=True)
class ProtectionReason:
    """Why somebody at the agency has changed a protection."""

    what: str
    who: str
    at: datetime
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Protection:
    """The protection of one individual: the level, who is named, and the forms that change it."""

    ref: str
    heading: str
    shield: Shield | None
    provisional: bool
    levels: tuple[Option, ...]
    lowered: tuple[Option, ...]
    clearances: tuple[Clearance, ...]
    reasons: tuple[ProtectionReason, ...] = ()
    candidates: tuple[Option, ...] = ()
    may_clear: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """What somebody is told about a protection, and what to do, in order."""

    id: str
    title: str
    text: str
    todo: tuple[str, ...]
    at: datetime
    person: str


@dataclass(frozen=True, slots=True)
class Notices:
    """All that the reader hasn't marked as done."""

    rows: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """The name of a protected individual, shown once."""

    head: CaseHead
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """That one thing may be told, asked for real: with its ground and its number."""

    head: CaseHead
    owner: AgencyMark
    category: str
    ground: str
    entry: str
    at: datetime
    back: str
