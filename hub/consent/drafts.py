"""What is about to be said yes or no to: sets in the form, lines in everything that follows (reading R30)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Final

from hub.consent.kinds import ALL, WORDS, Effect, Form, GivenBy, Kind, Language, ReceiverKind
from hub.consent.vocabulary import Vocabulary

#: Before a named receiver has an id of its own, a line points to its place in the draft.
_OTHER: Final = "other:"


@dataclass(frozen=True, slots=True)
class NamedReceiver:
    """Somebody outside the matrix, by name (reading R18)."""

    kind: ReceiverKind
    name: str


@dataclass(frozen=True, slots=True)
class DraftLine:
    """One line as it is shown before the yes. `first_day` None means at once; `last_day` None only in an exclusion."""

    owner: str
    receiver: str
    category: str
    purpose: str
    first_day: date | None = None
    last_day: date | None = None
    effect: Effect = Effect.PERMIT
    words: str = ""

    @property
    def key(self) -> str:
        """What a form sends back to say that this line is taken away."""
        return f"{self.owner}/{self.receiver}/{self.category}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentForm:
    """The sets that a person fills in. Nothing is filled in from the start; None is an unanswered question."""

    kind: Kind = Kind.SECRECY
    owners: tuple[str, ...] = ()
    receivers: tuple[str, ...] = ()
    others: tuple[NamedReceiver, ...] = ()
    categories: tuple[str, ...] = ()
    purpose: str = ""
    first_day: date | None = None
    last_day: date | None = None
    excluded: tuple[str, ...] = ()
    excluded_towards: tuple[str, ...] = ()
    words: str = ""
    #: Keys of the lines that were shown and taken away.
    removed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ScanFile:
    """A photographed or scanned paper."""

    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A whole answer, ready to be decided on: `record_consent` is asked of this and nothing else is written down.

    `answerable` is the agency whose item the consent becomes; `representative` is a mandate's id when one is used.
    """

    individual: str
    kind: Kind
    lines: tuple[DraftLine, ...]
    answerable: str
    form: Form | None
    language: Language = Language.SWEDISH
    text_version: int = 0
    others: tuple[NamedReceiver, ...] = ()
    given_by: GivenBy = GivenBy.SELF
    representative: str | None = None
    #: A minor has said yes together with the guardian (reading R6).
    with_minor: bool = False
    exclusions_asked: bool = False
    witness: str = ""
    note: str = ""
    #: A condition that must follow the data to a private receiver (OSL 12 kap. 2 § andra stycket).
    condition: str = ""
    scan: ScanFile | None = None
    insats: str | None = None
    case: str | None = None
    #: The consent that this renews.
    renews: str | None = None

    @property
    def permits(self) -> tuple[DraftLine, ...]:
        """The lines that open something."""
        return tuple(line for line in self.lines if line.effect is Effect.PERMIT)


def lines_of(form: ConsentForm) -> tuple[DraftLine, ...]:
    """Return the lines that the sets of `form` mean, without those taken away: nobody receives from themselves.

    Exclusions become lines of their own, towards the receivers they name or all (reading R2).
    """
    receivers = (*form.receivers, *(other_receiver(number) for number, _ in enumerate(form.others)))
    permits = (
        DraftLine(owner, receiver, category, form.purpose, form.first_day, form.last_day)
        for owner, receiver, category in product(form.owners, receivers, form.categories)
        if owner != receiver
    )
    return (*(line for line in permits if line.key not in form.removed), *_exclusions(form))


def other_receiver(number: int) -> str:
    """Return how a line of a draft points to its `number`th named receiver."""
    return f"{_OTHER}{number}"


def other_number(receiver: str) -> int | None:
    """Return which named receiver of the draft `receiver` points to, or None when it is an agency."""
    number = receiver.removeprefix(_OTHER)
    return int(number) if number != receiver and number.isascii() and number.isdigit() else None


def never_works(lines: Iterable[DraftLine], vocabulary: Vocabulary) -> tuple[DraftLine, ...]:
    """Return the lines that no owner could ever release on, whatever is said yes to (law 6.2): to warn of."""
    return tuple(
        line
        for line in lines
        if line.effect is Effect.PERMIT and not vocabulary.can_ever_work(line.owner, line.receiver)
    )


def _exclusions(form: ConsentForm) -> Iterable[DraftLine]:
    words = form.words.strip()
    for owner, receiver in product(form.owners, form.excluded_towards or (ALL,)):
        for category in form.excluded:
            yield DraftLine(owner, receiver, category, ALL, effect=Effect.EXCLUSION)
        if words:
            yield DraftLine(owner, receiver, WORDS, ALL, effect=Effect.EXCLUSION, words=words)
