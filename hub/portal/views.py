"""What the individual's pages show: plain values that the pages put together and the templates read."""

from dataclasses import dataclass
from datetime import date, datetime

from hub.access.explain import Explanation
from hub.web.parts import AgencyMark, Link, Option, Status


@dataclass(frozen=True, slots=True)
class Looked:
    """Somebody who has looked, in one sentence."""

    who: str
    agency: str
    what: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Step:
    """One step of what happens now."""

    words: str
    small: str = ""
    done: bool = False
    now: bool = False


@dataclass(frozen=True, slots=True)
class Ask:
    """Something that waits for the individual's answer."""

    heading: str
    words: str
    act: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """The portal's first page: what happens, who knows, can I change my mind."""

    name: str
    lead: str
    asks: tuple[Ask, ...]
    steps: tuple[Step, ...]
    agencies: tuple[tuple[AgencyMark, Status], ...]
    last_day: date | None
    looked: Looked | None
    looked_this_week: int
    contact: str = ""


@dataclass(frozen=True, slots=True)
class ReceiverStatus:
    """How far a withdrawal has reached at one receiver."""

    name: str
    status: Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """The stopwatch of a withdrawal: when, how fast, what was recorded before it, and each receiver by itself."""

    heading: str
    at: datetime
    seconds: str
    receivers: tuple[ReceiverStatus, ...]
    receipt: str
    last_before: str = ""
    waiting: str = ""


@dataclass(frozen=True, slots=True)
class Towards:
    """What one agency may get to know about me, in words."""

    mark: AgencyMark
    slug: str
    status: Status
    may_know: tuple[str, ...]
    not_know: tuple[str, ...]
    exact: tuple[tuple[str, str], ...] = ()
    waiting: str = ""
    #: The consent to renew, when it ends within thirty days.
    renew: str = ""

    @property
    def open(self) -> bool:
        return bool(self.may_know)


@dataclass(frozen=True, slots=True, kw_only=True)
class MyConsents:
    """My consents, agency by agency, with the last withdrawal first."""

    towards: tuple[Towards, ...]
    #: In words, where it is changed, and who still has to read own words.
    excluded: tuple[tuple[str, str, str], ...]
    last_day: date | None
    withdrawal: Withdrawal | None = None
    asking: str = ""
    ends_soon: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Give:
    """The form that gives a consent, or says no, alone and in one's own time."""

    heading: str
    lead: str
    action: str
    owners: tuple[Option, ...]
    receivers: tuple[Option, ...]
    categories: tuple[Option, ...]
    sensitive: tuple[Option, ...]
    purposes: tuple[Option, ...]
    ends: tuple[Option, ...]
    lines: tuple[tuple[str, tuple[str, ...]], ...]
    text: str
    text_version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrow:
    """The form that takes away parts of what one agency may know."""

    mark: AgencyMark
    action: str
    parts: tuple[Option, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SimpleConsent:
    """A consent without sets: to the plan, or to SUS."""

    kind: str
    heading: str
    text: str
    text_version: int
    status: Status
    action: str
    open: bool
    #: A yes has to be given on a paper form; a no never has to.
    on_paper: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherConsents:
    """To the plan and to statistics, each by itself."""

    consents: tuple[SimpleConsent, ...]


@dataclass(frozen=True, slots=True)
class Old:
    """An earlier consent, with its receipt."""

    what: str
    at: datetime
    status: Status
    receipt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Everything that I have said yes and no to."""

    rows: tuple[Old, ...]


@dataclass(frozen=True, slots=True)
class WithMe:
    """Who at one agency works with my case."""

    mark: AgencyMark
    people: tuple[tuple[str, str], ...]
    leading: bool = False


@dataclass(frozen=True, slots=True)
class MyCase:
    """One case of mine and who is on it."""

    number: str
    opened: date
    agencies: tuple[WithMe, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoIsWithMe:
    """Who is on my case."""

    cases: tuple[MyCase, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One time that somebody read, asked, sent or changed, or was stopped."""

    id: str
    at: datetime
    mark: AgencyMark
    what: str
    why: str
    stopped: bool = False
    asked: bool = False
    answers: str = ""
    due: date | None = None
    #: Done at the individual's own door, or by the hub: there is nobody to ask.
    mine: bool = False
    #: How many times in a row.
    times: int = 1
    #: What was decided, in the individual's own words; its number is the entry's.
    decision: Explanation | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A question of mine, and who owes the answer by when."""

    words: str
    status: Status
    then: str = ""
    answer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoHasLooked:
    """Who has looked and why, day by day."""

    days: tuple[tuple[date, tuple[Entry, ...]], ...]
    questions: tuple[Question, ...]
    filters: tuple[Option, ...]
    opened: str = ""
    older: str = ""


@dataclass(frozen=True, slots=True)
class MyRepresentative:
    """Somebody who may act for me, or for whom I act."""

    id: str
    name: str
    kind: str
    scope: str
    last_day: date | None
    revocable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Representatives:
    """Who acts for me, and for whom I act."""

    for_me: tuple[MyRepresentative, ...]
    by_me: tuple[MyRepresentative, ...]
    #: For whom I act just now; empty when for myself.
    acting: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lift:
    """The page that asks before an exclusion is lifted: openly, and never by the way (reading R2)."""

    what: str
    action: str
