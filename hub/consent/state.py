"""What a line, a block and a consent are, derived from what has happened. Pure: histories in, states out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from hub.consent.kinds import ConsentState, Effect, EventKind, LineState
from hub.kit.clock import FAR_FUTURE_S, from_micros

FAR_FUTURE: Final = from_micros(FAR_FUTURE_S * 1_000_000)
EXPIRES_SOON: Final = timedelta(days=30)

_ANSWERS: Final = frozenset({EventKind.ACCEPTED, EventKind.EVIDENCE_REFUSED})
#: The best state among its lines is the state of the consent.
_BEST_FIRST: Final = (
    (LineState.ACTIVE, ConsentState.ACTIVE),
    (LineState.WAITING, ConsentState.WAITING),
    (LineState.NOT_YET, ConsentState.NOT_YET),
    (LineState.EVIDENCE_REFUSED, ConsentState.EVIDENCE_REFUSED),
    (LineState.EXPIRED, ConsentState.EXPIRED),
)


@dataclass(frozen=True, slots=True)
class Happening:
    """One event as its line sees it."""

    kind: EventKind
    at: datetime
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class LineTerms:
    """What a line says of itself; it never changes."""

    valid_from: datetime
    valid_until: datetime
    effect: Effect
    needs_acceptance: bool


def ends_at(terms: LineTerms, events: Iterable[Happening]) -> datetime:
    """Return when the line ends: its own last instant, or a nearer one that a withdrawal or narrowing set."""
    return min([terms.valid_until, *(event.ends_at for event in events if event.ends_at is not None)])


def line_state(terms: LineTerms, events: Sequence[Happening], now: datetime) -> LineState:
    """Return what the line is at `now`. `events` are its own, in the order they happened."""
    if terms.effect is Effect.EXCLUSION:
        lifted = _has(events, EventKind.EXCLUSION_LIFTED)
        return LineState.LIFTED if lifted else _evidence(terms, events) or LineState.ACTIVE
    if _has(events, EventKind.WITHDRAWN):
        return LineState.WITHDRAWN
    if now >= ends_at(terms, events):
        return LineState.EXPIRED if now >= terms.valid_until else LineState.NARROWED
    waiting = _evidence(terms, events)
    if waiting is not None:
        return waiting
    return LineState.NOT_YET if now < terms.valid_from else LineState.ACTIVE


def consent_state(states: Iterable[LineState], *, declined: bool) -> ConsentState:
    """Return what a consent is, from the states of the lines that open something."""
    if declined:
        return ConsentState.DECLINED
    found = frozenset(states)
    return next((whole for line, whole in _BEST_FIRST if line in found), ConsentState.WITHDRAWN)


def expires_soon(until: datetime, now: datetime) -> bool:
    """Tell whether what lasts until then ends within thirty days."""
    return now < until <= now + EXPIRES_SOON


def _evidence(terms: LineTerms, events: Sequence[Happening]) -> LineState | None:
    """Return what the line still lacks of its owner's official, whose last answer counts: of a permit, that the evidence
    is enough to open the owner's secrecy; of an exclusion, that its words have been read.
    """
    if not terms.needs_acceptance:
        return None
    answers = [event.kind for event in events if event.kind in _ANSWERS]
    if not answers:
        return LineState.WAITING
    return None if answers[-1] is EventKind.ACCEPTED else LineState.EVIDENCE_REFUSED


def _has(events: Iterable[Happening], kind: EventKind) -> bool:
    return any(event.kind is kind for event in events)
