"""What the staff pages about questions answered by hand show."""

from dataclasses import dataclass
from datetime import date, datetime

from hub.web.frame import CaseHead
from hub.web.parts import AgencyMark, Link, Option, Status


@dataclass(frozen=True, slots=True)
class Uttered:
    """One thing that an official has said; `since` and `until` are the days it is about."""

    what: str
    text: str
    since: date | None = None
    until: date | None = None
    struck: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryRow:
    """A question that the reader's agency has asked, with what may be told of the answer now."""

    mark: AgencyMark
    what: str
    question: str
    asked: date
    due: date
    status: Status
    urgent: bool = False
    told: tuple[Uttered, ...] = ()
    nothing: str = ""
    declined: str = ""
    by_hand: str = ""
    answered: date | None = None
    withdraw: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiries:
    """What has been asked by hand in a case, and whom else one can ask."""

    head: CaseHead
    rows: tuple[InquiryRow, ...]
    owners: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class NotAsked:
    """What can't be asked now, why, and the way on."""

    what: str
    reason: str
    review: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskInquiry:
    """The form of a question to another party's officials."""

    head: CaseHead
    owner: AgencyMark
    categories: tuple[Option, ...]
    refused: tuple[NotAsked, ...]
    due: date
    urgent_due: date
    back: Link
    action: str


@dataclass(frozen=True, slots=True)
class Part:
    """One category to answer, with as many rows for facts as are drawn. `ground`: on what it may be told."""

    code: str
    label: str
    ground: str
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerInquiry:
    """One question to the reader's agency, with the form for the answer."""

    head: CaseHead
    what: str
    asker: str
    question: str
    purpose: str
    asked: date
    due: date
    status: Status
    parts: tuple[Part, ...]
    closed: tuple[str, ...]
    action: str
    version: str
    urgent: bool = False
    withdrawn: bool = False
    said: tuple[Uttered, ...] = ()
    nothing: str = ""
    declined: str = ""
    by_hand: str = ""
    answered: datetime | None = None


@dataclass(frozen=True, slots=True)
class ToUs:
    """One question that waits for the reader's agency: nothing of whom, nothing of what."""

    href: str
    act: str
    about: str
    due: date
    status: Status
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class QuestionsToUs:
    """What waits for the reader's answer, and what nobody at the agency has taken yet."""

    mine: tuple[ToUs, ...]
    nobodys: tuple[ToUs, ...]
    #: Whether the reader is one who is told of the latter.
    receives: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveInquiry:
    """A question that nobody at the agency sees, with those who can take it. `person`: as the agency knows them."""

    person: str
    due: date
    status: Status
    colleagues: tuple[Option, ...]
    action: str
    urgent: bool = False
