"""What the staff pages about consent, refusals and reviews show."""

from dataclasses import dataclass
from datetime import date, datetime

from hub.web.frame import CaseHead
from hub.web.parts import AgencyMark, Link, Option, Status


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """One consent in a list."""

    id: str
    what: str
    given: date
    how: str
    status: Status
    last_day: date | None
    receipt: str
    renew: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Consents:
    """Three consents that are never one tick, each with what it is now."""

    head: CaseHead
    name: str
    plan: tuple[ConsentRow, ...]
    secrecy: tuple[ConsentRow, ...]
    sus: tuple[ConsentRow, ...]
    excluded: tuple[str, ...]
    new_secrecy: str
    new_plan: str
    new_sus: str


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """Who may give what to whom, exactly: a line before the yes. It can be taken away on its own (reading R30)."""

    key: str
    owner: AgencyMark
    category: str
    warning: str = ""


@dataclass(frozen=True, slots=True)
class PreviewReceiver:
    """All that one receiver would get to know."""

    mark: AgencyMark
    lines: tuple[PreviewLine, ...]
    never: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What the sets in the form mean, receiver by receiver."""

    receivers: tuple[PreviewReceiver, ...]
    words: tuple[str, ...] = ()
    #: The whole of it in one sentence, as the individual says it.
    sentence: str = ""
    removed: tuple[PreviewLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NewConsent:
    """The form that staff and the individual fill in together."""

    head: CaseHead
    name: str
    action: str
    owners: tuple[Option, ...]
    receivers: tuple[Option, ...]
    categories: tuple[Option, ...]
    sensitive: tuple[Option, ...]
    purposes: tuple[Option, ...]
    ends: tuple[Option, ...]
    forms: tuple[Option, ...]
    preview: Preview
    text: str
    text_version: int = 1


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """One line of a receipt."""

    owner: str
    receiver: str
    category: str
    purpose: str
    last_day: date | None
    status: Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What was said yes or no to, on which text, how and when: to keep, on the page and on paper."""

    number: str
    title: str
    given_at: datetime
    how: str
    who: str
    lines: tuple[ReceiptLine, ...]
    excluded: tuple[str, ...]
    text: str
    language: str
    text_version: int
    evidence: str = ""
    back: Link | None = None
    decision: str = ""
    head: CaseHead | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class WayOn:
    """One thing that can be done after a no, the easiest first."""

    lead: str
    words: str
    link: Link | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalPage:
    """A decided no: what, why, what can be done, and the decision that the individual sees too."""

    heading: str
    number: str
    because: str
    ways: tuple[WayOn, ...]
    asked: str
    ground: str
    at: datetime
    entry: str
    back: Link | None = None
    review: str = ""
    individual: str = ""
    answer: Status | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskReview:
    """The form of *be myndigheten pröva*."""

    owner: AgencyMark
    what: str
    entry: str
    number: str
    due: date
    urgent_due: date
    back: Link
    action: str


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A request that an owner's official tries a refusal."""

    id: str
    what: str
    asker: str
    asked: date
    due: date
    status: Status
    href: str
    urgent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviews:
    """Requests to the reader's agency, and those that it has sent."""

    to_us: tuple[ReviewRow, ...]
    from_us: tuple[ReviewRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerReview:
    """One request, with the form for the official's answer."""

    row: ReviewRow
    person: str
    words: str
    ground_asked: str
    decision: str
    grounds: tuple[Option, ...]
    action: str
    version: str = ""
    answered: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """A consent whose evidence waits for the owner's official."""

    href: str
    who: str
    what: str
    recorded_by: str
    recorded: date
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceList:
    """All that waits for the reader."""

    rows: tuple[EvidenceRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One consent with its evidence, to accept or not."""

    row: EvidenceRow
    lines: tuple[ReceiptLine, ...]
    excluded: tuple[str, ...]
    text: str
    witness: str
    scan: Link | None
    digest: str
    action: str
    own_gain: bool = False
