"""The port that every agency answers through, and the common form of what they say (HUB-05).

An adapter knows this file and `hub.kit`, nothing else. It is asked only for what has already been permitted, with the
ledger entry of the permit; it decides nothing, and keeps nothing. What an agency says becomes `Fact`s: typed, each
with where it comes from. What can't be asked, or can't be believed, is an `AgencyFault`: it names what is wrong, and
the rest of the picture is shown without it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Final, Literal, Protocol

from hub.access.questions.words import Category, Purpose, Road
from hub.kit.http import HttpError, HttpFault
from hub.kit.secret import Secret

__all__ = [
    "AgencyAnswer",
    "AgencyFault",
    "AgencyPort",
    "AgencyRequest",
    "Asker",
    "Capabilities",
    "Category",
    "Claim",
    "Code",
    "Fact",
    "FaultKind",
    "Gap",
    "Ground",
    "NumberChanged",
    "Probe",
    "Purpose",
    "Road",
    "Shown",
    "Span",
    "Value",
    "WrongPerson",
    "fault_of",
]

#: What a value may be. Text is what the agency wrote; nothing is guessed out of it.
Typed = str | int | Decimal | bool | date | datetime


@dataclass(frozen=True, slots=True)
class Span:
    """A period as the source gives it: days, both included; None where it is open or isn't told."""

    start: date | None = None
    end: date | None = None

    def __post_init__(self) -> None:
        if self.start and self.end and self.end < self.start:
            raise ValueError("the period ends before it begins")


@dataclass(frozen=True, slots=True)
class Code:
    """A word out of a code list. `known` is False when the list doesn't have it: kept as it came, and shown as such."""

    system: str
    value: str
    text: str
    known: bool = True


@dataclass(frozen=True, slots=True)
class Value:
    """One thing that is said.

    `name`: stable, in English. `label`: Swedish, for people. `item`: the single datum of a statutory duty that it is
    (`policies/data/items.json`), "" when it is none. `location`: it tells, or may tell, where somebody is (OSL 21:3 a).
    `third_person`: it speaks of somebody else than the individual (reading R23).
    """

    name: str
    label: str
    value: Typed
    item: str = ""
    location: bool = False
    third_person: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """What a fact says about a matter that other agencies may see otherwise: the same matter, another `says`, is a
    contradiction to be shown side by side. Matters: see `adapters/README.md`."""

    matter: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing an agency says, in the common form, with where it comes from.

    `what`: what kind of thing it is, as the agency's own code and as Swedish text. `unit`: who inside the agency
    answers, which may tell where the individual is and is struck for the protected (OSL 21:3 a). `as_of`: when it was so, with time zone.
    `source`: the agency's own reference, enough for an official there to find it. `sensitive`: OSL/GDPR 9 data.
    `by_hand`: the title of the official who answered, when no machine did. `withheld_from_individual`: the agency has
    decided that it is secret from the individual too (OSL 12:1, 25:6), and so it isn't shown at the individual's door.
    """

    category: Category
    what: Code
    text: str
    unit: str
    as_of: datetime
    source: str
    period: Span | None = None
    values: tuple[Value, ...] = ()
    sensitive: bool = False
    location: bool = False
    claim: Claim | None = None
    by_hand: str = ""
    withheld_from_individual: bool = False

    def __post_init__(self) -> None:
        if self.as_of.tzinfo is None:
            raise ValueError("as_of needs a time zone")
        if not (self.text and self.unit and self.source):
            raise ValueError("a fact says something, and says where it comes from")

    @property
    def holds_location(self) -> bool:
        """Whether any part of it may tell where the individual is."""
        return self.location or any(each.location for each in self.values)


@dataclass(frozen=True, slots=True)
class Ground:
    """On what the question rests: `code` as in the permit ("consent", "SoL 15:10"), `law` in words, `reference` of a
    consent line or a decision."""

    code: str
    law: str
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, as formats want it. `official`: an opaque reference of the official, never a name. `case`: the
    number of the case, without meaning to anybody else."""

    agency: str
    authority: str
    organisation_number: str
    official: str
    case: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyRequest:
    """A permitted question. `whom`: twelve digits (or a reserve number). `items`: of a statutory duty, else ().
    `period`: what days it is about. `entry`: the ledger entry that permitted it; also the correlation id."""

    whom: Secret[str]
    categories: tuple[Category, ...]
    purpose: Purpose
    ground: Ground
    entry: str
    asker: Asker
    period: Span
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gap:
    """A part that the agency couldn't give, or that couldn't be read: named, never silently missing."""

    what: str
    reason: str
    categories: tuple[Category, ...] = ()


Shown = Literal["none", "sekretessmarkering", "skyddad_folkbokforing", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyAnswer:
    """What an agency said of the right person. `known`: the agency has the individual in its register at all.

    `protection`: what the answer itself shows of protected identity. The hub raises its own when it knew of none.
    """

    facts: tuple[Fact, ...] = ()
    gaps: tuple[Gap, ...] = ()
    protection: Shown = "none"
    known: bool = True


class FaultKind(StrEnum):
    """Why an agency's part is missing."""

    UNREACHABLE = "unreachable"
    SILENT = "silent"
    DOWN = "down"
    REFUSED = "refused"
    OVER_QUOTA = "over_quota"
    CERTIFICATE = "certificate"
    MALFORMED = "malformed"
    TOO_LARGE = "too_large"
    WRONG_LENGTH = "wrong_length"
    WRONG_PERSON = "wrong_person"
    NUMBER_CHANGED = "number_changed"
    BUSY = "busy"
    MADE_UP = "made_up"

    @property
    def told(self) -> str:
        """What people are told, in Swedish; follows the agency's name."""
        return _TOLD[self]


_TOLD: Final = {
    FaultKind.UNREACHABLE: "gick inte att nå",
    FaultKind.SILENT: "svarade inte i tid",
    FaultKind.DOWN: "har ett fel hos sig just nu",
    FaultKind.REFUSED: "släppte inte in hubben",
    FaultKind.OVER_QUOTA: "tar inte emot fler frågor just nu",
    FaultKind.CERTIFICATE: "har ett certifikat som inte går att lita på",
    FaultKind.MALFORMED: "svarade på ett sätt som inte går att läsa",
    FaultKind.TOO_LARGE: "svarade med mer än hubben tar emot",
    FaultKind.WRONG_LENGTH: "svarade med fel längd: det kom mer eller mindre än svaret självt säger",
    FaultKind.WRONG_PERSON: "svarade om en annan person. Inget av svaret visas, och driften har fått veta det",
    FaultKind.NUMBER_CHANGED: "säger att personen har ett annat nummer. En människa behöver kontrollera det",
    FaultKind.BUSY: "har redan så många frågor från hubben som den ska ha samtidigt",
    FaultKind.MADE_UP: "svarade med påhittade uppgifter, och hubben är i skarp drift. Inget av svaret visas",
}


class AgencyFault(Exception):
    """An agency's part can't be had. `told`: Swedish, follows the agency's name. `cause`: for the operator; holds
    nothing out of the answer and nothing of the individual. `retry_after`: seconds, when the agency has said so."""

    def __init__(self, kind: FaultKind, cause: str = "", *, retry_after: int | None = None) -> None:
        super().__init__(f"{kind.value}: {cause}")
        self.kind, self.cause, self.retry_after = kind, cause, retry_after

    @property
    def told(self) -> str:
        return self.kind.told


class WrongPerson(AgencyFault):
    """The answer, or a part of it, is about somebody else: all of it is refused, and an incident is recorded."""

    def __init__(self, cause: str = "") -> None:
        super().__init__(FaultKind.WRONG_PERSON, cause)


class NumberChanged(AgencyFault):
    """The agency says that the individual now has another number. It is never followed by itself."""

    def __init__(self, number: Secret[str]) -> None:
        super().__init__(FaultKind.NUMBER_CHANGED, "another current number")
        self.number = number


_FAULTS: Final = {
    HttpFault.UNREACHABLE: FaultKind.UNREACHABLE,
    HttpFault.SILENT: FaultKind.SILENT,
    HttpFault.CERTIFICATE: FaultKind.CERTIFICATE,
    HttpFault.BROKEN: FaultKind.MALFORMED,
    HttpFault.TOO_LARGE: FaultKind.TOO_LARGE,
    HttpFault.WRONG_LENGTH: FaultKind.WRONG_LENGTH,
    HttpFault.MADE_UP: FaultKind.MADE_UP,
}


def fault_of(error: HttpError) -> AgencyFault:
    """Return what an adapter raises when no whole answer came."""
    return AgencyFault(_FAULTS[error.fault], str(error))


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a road can ever carry. What is not here is asked by hand.

    `road`: its word in the policy. `duty`: the statutory duty that the road was made to carry out ("SoL 15:10"), "" for
    none; `items`: the single data of it that the road carries. `purposes`: None when the road itself sets no limit (the owner's approval still does).
    """

    road: Road
    name: str
    categories: frozenset[Category]
    items: frozenset[str] = frozenset()
    purposes: frozenset[Purpose] | None = None
    duty: str = ""

    def carries(self, categories: Sequence[Category], purpose: Purpose) -> tuple[Category, ...]:
        """Return those of `categories` that this road can carry for `purpose`, in the same order."""
        if self.purposes is not None and purpose not in self.purposes:
            return ()
        return tuple(each for each in categories if each in self.categories)


@dataclass(frozen=True, slots=True)
class Probe:
    """Whether a road is open. `version`: what the other side says it speaks. `certificate_until`: the last day of the
    first certificate to run out, ours or theirs; None without TLS."""

    open: bool
    told: str
    version: str = ""
    certificate_until: date | None = None
    details: tuple[str, ...] = field(default=())


class AgencyPort(Protocol):
    """One agency's automatic road. Safe to use from many tasks at once; opened once and closed with the hub."""

    @property
    def capabilities(self) -> Capabilities: ...

    async def ask(self, request: AgencyRequest) -> AgencyAnswer:
        """Return what the agency says of `request.whom`, all of it. Raises AgencyFault, WrongPerson, NumberChanged.

        The caller sets the time limit by cancelling. Nothing is tried again here: that is for the person who waits.
        """
        ...

    async def probe(self) -> Probe:
        """Tell whether the road is open, without asking about anybody. Raises nothing."""
        ...

    async def close(self) -> None:
        """Close what is open."""
        ...
