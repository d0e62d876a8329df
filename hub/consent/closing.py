"""What is closed, and what it hits. Pure."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from hub.consent.kinds import ALL, Effect, LineState
from hub.consent.model import Line
from hub.consent.repository import History
from hub.consent.state import ends_at
from hub.consent.views import happenings, last_day, line_states, terms_of
from hub.consent.vocabulary import Vocabulary
from hub.consent.wording import day_in_words
from hub.kit.clock import from_micros, midnight_after
from hub.kit.errors import FieldError, Invalid

#: Always past, whatever a clock says: what is closed at once is closed for every process.
AT_ONCE: Final = from_micros(0)
_CAN_END: Final = frozenset({LineState.ACTIVE, LineState.WAITING, LineState.NOT_YET, LineState.EVIDENCE_REFUSED})


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

    def check(self, vocabulary: Vocabulary) -> None:
        """Raise Invalid for a code that nobody knows: a slip of the pen must not look like a withdrawal.

        A receiver may be somebody named by the individual, whom only their lines tell of.
        """
        wrong = [
            field
            for field, code, known in (
                ("owner", self.owner, vocabulary.agencies),
                ("category", self.category, vocabulary.categories),
            )
            if code != ALL and code not in known
        ]
        if wrong:
            text = "Välj något som finns i listan, eller allt."
            raise Invalid(fields=tuple(FieldError(field, text) for field in wrong))


def still_open(past: History, now: datetime) -> list[Line]:
    """Return the permit lines of a history that a closing can end."""
    states = line_states(past, now)
    return [line for line in past.lines if line.effect is Effect.PERMIT and states[line.id] in _CAN_END]


def shortened(past: History, lines: list[Line], last: date, today: date) -> list[Line]:
    """Return those of `lines` that last longer than `last`.

    Raises Invalid when that day has passed, or when no line does: a consent is only made longer by a new one.
    """
    if last < today:
        text = f"{day_in_words(last)} har redan varit. Skriv i dag eller ett senare datum, eller ta tillbaka samtycket."
        raise Invalid(fields=(FieldError("lastDay", text),))
    until = midnight_after(last)
    found = [line for line in lines if until < ends_at(terms_of(line), happenings(past.of_line(line.id)))]
    if lines and not found:
        ends = max(ends_at(terms_of(line), happenings(past.of_line(line.id))) for line in lines)
        text = f"Samtycket slutar redan {day_in_words(last_day(ends))}. Vill ni förlänga det: förnya det i stället."
        raise Invalid(fields=(FieldError("lastDay", text),))
    return found


def taken_away(lines: list[Line], away: frozenset[str]) -> list[Line]:
    """Return the lines to take away. Raises Invalid for one that isn't there, or isn't open any more."""
    found = [line for line in lines if line.id in away]
    if len(found) != len(away):
        raise Invalid(
            fields=(FieldError("lines", "En rad är redan borttagen. Läs in samtycket igen och välj på nytt."),)
        )
    return found
