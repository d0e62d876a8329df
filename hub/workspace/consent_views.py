"""What the staff pages about consent, refusals and reviews show."""

from dataclasses import dataclass
from datetime import date

from hub.web.consent_form import Preview
from hub.web.frame import CaseHead
from hub.web.parts import AgencyMark, Link, Option, Status
from hub.web.receipts import ReceiptLine


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


@dataclass(frozen=True, slots=True)
class Liftable:
    """What the reader's agency may not tell, and can write down that the individual lifts."""

    what: str
    href: str


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
    #: The page with what the reader's agency keeps from the individual.
    kept: str
    sent: bool = False
    #: What the reader's agency can write down that the individual lifts: in words, and the page that does it.
    liftable: tuple[Liftable, ...] = ()


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
    text_version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AskReview:
    """The form of *be myndigheten pröva*."""

    head: CaseHead
    owner: AgencyMark
    what: str
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
    asked: date | None
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
    categories: tuple[Option, ...]
    grounds: tuple[Option, ...]
    conditions: tuple[Option, ...]
    action: str
    version: str
    answered: str = ""
    ground: str = ""


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
    #: What the individual has written of what isn't to be told, still to be made out by the reader.
    own_words: tuple[str, ...]
    categories: tuple[Option, ...]
    lines: tuple[ReceiptLine, ...]
    excluded: tuple[str, ...]
    witness: str
    scan: Link | None
    digest: str
    action: str
    faults: tuple[Option, ...]
    version: str
    own_gain: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SimpleConsent:
    """The question about the plan, or about SUS. `answerable` is false while there is nobody to share a plan with."""

    head: CaseHead
    name: str
    kind: str
    heading: str
    text: str
    text_version: int
    action: str
    answerable: bool
