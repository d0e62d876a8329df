"""What is closed, and what it hits. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from hub.consent.kinds import ALL, Kind
from hub.consent.model import Event, Line
from hub.consent.state import ends_at
from hub.consent.views import happenings, last_day, terms_of
from hub.consent.vocabulary import Vocabulary
from hub.consent.wording import day_in_words
from hub.kit.clock import from_micros, midnight_after
from hub.kit.errors import FieldError, Invalid

#: Always past, whatever a clock says: what is closed at once is closed for every process.
AT_ONCE: Final = from_micros(0)


@dataclass(frozen=True, slots=True)
class Closing:
    """What is closed: from whom, to whom, about what; `*` is all (reading R4)."""

    owner: str = ALL
    receiver: str = ALL
    category: str = ALL

    def hits(self, line: Line, vocabulary: Vocabulary) -> bool:
        """Tell whether `line` covers any part of what is closed.

        A line on a wider category is hit as well: nothing of what is closed may be left open.
        """
        if self.owner not in {ALL, line.owner} or self.receiver not in {ALL, line.receiver}:
            return False
        return self.category == ALL or line.category in vocabulary.touched_by(self.category)

    def check(self, vocabulary: Vocabulary, named: Collection[str]) -> None:
        """Raise Invalid for a code that nobody knows: a slip of the pen must not look like a withdrawal.

        `named` are the receivers outside the matrix that the individual has named (reading R18).
        """
        chosen = (
            ("owner", self.owner, {*vocabulary.agencies}),
            ("receiver", self.receiver, {*vocabulary.agencies, *named, str(Kind.SUS)}),
            ("category", self.category, {*vocabulary.categories}),
        )
        text = "Välj något som finns i listan, eller allt."
        wrong = tuple(FieldError(field, text) for field, code, known in chosen if code not in {ALL, *known})
        if wrong:
            raise Invalid(fields=wrong)


def shortened(lines: Sequence[Line], events: Mapping[str, Sequence[Event]], last: date, today: date) -> list[Line]:
    """Return those of `lines` that last longer than `last`; `events` is what has happened to each.

    Raises Invalid when that day has passed, or when no line does: a consent is only made longer by a new one.
    """
    if last < today:
        text = f"{day_in_words(last)} har redan varit. Skriv i dag eller ett senare datum, eller ta tillbaka samtycket."
        raise Invalid(fields=(FieldError("lastDay", text),))
    until = midnight_after(last)
    ends = {line.id: ends_at(terms_of(line), happenings(events.get(line.id, ()))) for line in lines}
    found = [line for line in lines if until < ends[line.id]]
    if lines and not found:
        text = f"Samtycket slutar redan {day_in_words(last_day(max(ends.values())))}. Vill ni förlänga: förnya det i stället."
        raise Invalid(fields=(FieldError("lastDay", text),))
    return found


def taken_away(lines: Sequence[Line], away: frozenset[str]) -> list[Line]:
    """Return the lines to take away. Raises Invalid for one that isn't there, or isn't open any more."""
    found = [line for line in lines if line.id in away]
    if len(found) != len(away):
        raise Invalid(
            fields=(FieldError("lines", "En rad är redan borttagen. Läs in samtycket igen och välj på nytt."),)
        )
    return found
