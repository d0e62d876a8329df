"""What is shown of consents: opened, with derived states, and cut for whoever looks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from hub.consent.drafts import Draft, DraftLine, other_receiver
from hub.consent.kinds import (
    ALL,
    BlockId,
    ConsentId,
    ConsentState,
    Effect,
    EventKind,
    EvidenceFault,
    Form,
    GivenBy,
    Kind,
    Language,
    LineId,
    LineState,
    WithdrawalId,
)
from hub.consent.model import Event, Line
from hub.consent.repository import History
from hub.consent.state import FAR_FUTURE, Happening, LineTerms, ends_at, line_state
from hub.consent.vocabulary import Vocabulary
from hub.kit.clock import STOCKHOLM


@dataclass(frozen=True, slots=True)
class LineView:
    """One line and what it is now. `until` is its real end; far away for an exclusion."""

    id: LineId
    owner: str
    receiver: str
    category: str
    purpose: str
    since: datetime
    until: datetime
    effect: Effect
    state: LineState
    words: str = ""
    fault: EvidenceFault | None = None
    #: The withdrawal or narrowing that ended it.
    ended_by: WithdrawalId | None = None

    @property
    def stops(self) -> bool:
        """Whether it is an exclusion that stands."""
        return self.effect is Effect.EXCLUSION and self.state is not LineState.LIFTED

    @property
    def unread(self) -> bool:
        """Whether it is in own words that no official of the owner has made out: it stops everything until then."""
        return self.stops and self.state is not LineState.ACTIVE

    @property
    def said(self) -> DraftLine:
        """The line as it is put into words."""
        last = None if self.until == FAR_FUTURE else last_day(self.until)
        return DraftLine(self.owner, self.receiver, self.category, self.purpose, None, last, self.effect, self.words)


@dataclass(frozen=True, slots=True)
class ConsentView:
    """One consent and what it is now. `version` is what an edit must say that it has seen."""

    id: ConsentId
    individual: str
    kind: Kind
    state: ConsentState
    form: Form
    language: Language
    text: str
    given_at: datetime
    given_by: GivenBy
    recorded_by: str | None
    recorded_by_agency: str | None
    answerable: str
    case: str | None
    insats: str | None
    decision: str | None
    renewed_by: ConsentId | None
    lines: tuple[LineView, ...]
    version: int

    @property
    def until(self) -> datetime | None:
        """The last end among the lines that still open something, or will."""
        live = {LineState.ACTIVE, LineState.WAITING, LineState.NOT_YET}
        opens = (line for line in self.lines if line.effect is Effect.PERMIT and line.state in live)
        return max((line.until for line in opens), default=None)

    def cut_for(self, agency: str) -> "ConsentView":
        """Return what `agency` may see of it: lines it gives, receives or wrote down; exclusions only as their owner."""
        wrote = agency in {self.recorded_by_agency, self.answerable}
        return replace(self, lines=tuple(line for line in self.lines if _concerns(line, agency, wrote=wrote)))


@dataclass(frozen=True, slots=True)
class BlockView:
    """One stop that the individual has set; lifted when `lifted_at` says so."""

    id: BlockId
    owner: str
    receiver: str
    category: str
    set_at: datetime
    lifted_at: datetime | None


@dataclass(frozen=True, slots=True)
class Overview:
    """All that one individual has said, newest first."""

    consents: tuple[ConsentView, ...]
    blocks: tuple[BlockView, ...]
    names: Mapping[str, str]

    @property
    def exclusions(self) -> tuple[LineView, ...]:
        """What nobody may know, in force, whatever has become of the consent it came with (reading R2)."""
        lines = (line for consent in self.consents for line in consent.lines)
        return tuple(line for line in lines if line.stops)


@dataclass(frozen=True, slots=True)
class Sight:
    """That `receiver` may be told by `owner` about `category`, right now, until then."""

    owner: str
    receiver: str
    category: str
    purpose: str
    until: datetime
    line: LineId


@dataclass(frozen=True, slots=True)
class Reached:
    """How far the word of a closing has reached one agency."""

    agency: str
    told_at: datetime | None
    seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class Stopwatch:
    """When a closing was asked for and when the hub had closed; the last entry before it; and whom it has reached.

    What was recorded before may still have been on its way: `last_entry` names it.
    """

    id: WithdrawalId
    asked_at: datetime
    closed_at: datetime
    last_entry: str | None
    last_entry_at: datetime | None
    receivers: tuple[Reached, ...]

    @property
    def seconds(self) -> float:
        """How long it took to close in the hub."""
        return (self.closed_at - self.asked_at) / timedelta(seconds=1)


def last_day(until: datetime) -> date:
    """Return the last day of a period that ends at `until`: "till och med" (reading R1)."""
    return (until - timedelta(microseconds=1)).astimezone(STOCKHOLM).date()


def receiver_names(draft: Draft) -> dict[str, str]:
    """Return how the draft's own named receivers are called in a sentence."""
    return {other_receiver(number): other.name.strip() for number, other in enumerate(draft.others)}


def terms_of(line: Line) -> LineTerms:
    """Return what a line says of itself."""
    return LineTerms(line.valid_from, line.valid_until, line.effect, line.needs_acceptance)


def happenings(events: Iterable[Event]) -> list[Happening]:
    """Return events as the derivation of states sees them."""
    return [Happening(event.kind, event.at, event.ends_at) for event in events]


def line_view(line: Line, events: Sequence[Event], now: datetime, words: str = "") -> LineView:
    """Return one line with its derived state."""
    happened = happenings(events)
    faults = [event.reason for event in events if event.kind is EventKind.EVIDENCE_REFUSED]
    state = line_state(terms_of(line), happened, now)
    refused = state is LineState.EVIDENCE_REFUSED and faults[-1]
    enders = [event.by_act for event in events if event.ends_at is not None]
    return LineView(
        LineId(line.id),
        line.owner,
        line.receiver,
        line.category,
        line.purpose,
        line.valid_from,
        _shown_end(line, events, happened),
        line.effect,
        state,
        words,
        EvidenceFault(refused) if refused else None,
        WithdrawalId(enders[-1]) if enders and enders[-1] else None,
    )


def line_states(past: History, now: datetime) -> dict[str, LineState]:
    """Return the state of every line of a history."""
    return {line.id: line_state(terms_of(line), happenings(past.of_line(line.id)), now) for line in past.lines}


def visible_now(
    consents: Iterable[ConsentView], blocks: Iterable[BlockView], vocabulary: Vocabulary
) -> tuple[Sight, ...]:
    """Return who may be told what by whom right now: the lines in force that nothing stops. A stop always wins.

    A picture of what the individual has said. Whether a disclosure happens is decided each time by the policy.
    """
    lines = [line for consent in consents if consent.kind is Kind.SECRECY for line in consent.lines]
    stops = [(line.owner, line.receiver, ALL if line.unread else line.category) for line in lines if line.stops]
    stops += [(block.owner, block.receiver, block.category) for block in blocks if block.lifted_at is None]
    return tuple(
        Sight(line.owner, line.receiver, line.category, line.purpose, line.until, line.id)
        for line in lines
        if line.effect is Effect.PERMIT and line.state is LineState.ACTIVE
        if not any(_covers(stop, line, vocabulary) for stop in stops)
    )


def _covers(stop: tuple[str, str, str], line: LineView, vocabulary: Vocabulary) -> bool:
    owner, receiver, category = stop
    parties = owner in {ALL, line.owner} and receiver in {ALL, line.receiver}
    return parties and (category == ALL or line.category in vocabulary.within(category))


def _concerns(line: LineView, agency: str, *, wrote: bool) -> bool:
    if line.effect is Effect.EXCLUSION:
        return line.owner in {ALL, agency}
    return wrote or agency in {line.owner, line.receiver}


def _shown_end(line: Line, events: Sequence[Event], happened: Sequence[Happening]) -> datetime:
    """Return when the line ends; one closed at once ended when that was said."""
    closed = [event.at for event in events if event.ends_at is not None and event.ends_at <= event.at]
    return min([*closed, line.valid_until]) if closed else ends_at(terms_of(line), happened)
