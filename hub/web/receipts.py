"""The receipt of a consent, for staff and for the individual alike."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from hub.consent import WORDS, Effect, Form, Language, LineState, LineView, Receipt, Wording
from hub.web.dates import DateWords
from hub.web.frame import CaseHead
from hub.web.parts import Link, State, Status

_FORMS = {
    Form.DIGITAL: "Med egen inloggning",
    Form.PAPER: "På papper",
    Form.ORAL: "Muntligt",
    Form.ASSISTED: "Tillsammans med personal",
}
_LANGUAGES = {
    Language.SWEDISH: "Svenska",
    Language.EASY_SWEDISH: "Lätt svenska",
    Language.ENGLISH: "Engelska",
}
LINE_STATES = {
    LineState.WAITING: Status(State.WAITING, "Väntar på godtagande"),
    LineState.EVIDENCE_REFUSED: Status(State.REFUSED, "Godtogs inte"),
    LineState.NOT_YET: Status(State.WAITING, "Gäller inte än"),
    LineState.ACTIVE: Status(State.OK, "Ja"),
    LineState.NARROWED: Status(State.REFUSED, "Borttaget"),
    LineState.WITHDRAWN: Status(State.REFUSED, "Återtaget"),
    LineState.EXPIRED: Status(State.REFUSED, "Har gått ut"),
    LineState.LIFTED: Status(State.REFUSED, "Upphävt"),
}


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
class ReceiptView:
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
    text_version: str
    evidence: str = ""
    back: Link | None = None
    head: CaseHead | None = None


def receipt_view(
    receipt: Receipt,
    names: Mapping[str, str],
    *,
    name: str,
    back: Link,
    head: CaseHead | None = None,
    tongue: Language = Language.SWEDISH,
    say: Callable[[str], str] = str,
) -> ReceiptView:
    """Return the receipt as it is shown."""
    consent = receipt.consent
    wording = Wording(tongue, names, "du")
    permits = [line for line in consent.lines if line.effect is Effect.PERMIT]
    stops = [line for line in consent.lines if line.effect is Effect.EXCLUSION]
    witness = receipt.evidence.witness
    heard = say(", %(who)s var med och hörde") % {"who": witness} if witness else ""
    return ReceiptView(
        number=consent.id,
        title=say("Kvitto på ett ja") if permits else say("Kvitto på ett nej"),
        given_at=consent.given_at,
        how=say(_FORMS[consent.form]) + heard,
        who=name[:1].upper() + name[1:],
        lines=tuple(receipt_line(line, wording, say) for line in permits),
        excluded=tuple(
            dict.fromkeys(line.words if line.category == WORDS else _first(wording, line) for line in stops)
        ),
        text=receipt.shown,
        language=say(_LANGUAGES[consent.language]),
        text_version=consent.text,
        evidence=say("Kontrollsumma %(sum)s") % {"sum": receipt.digest[:16]},
        back=back,
        head=head,
    )


def receipt_line(line: LineView, wording: Wording, say: Callable[[str], str] = str) -> ReceiptLine:
    """Return one line of a consent in words."""
    return ReceiptLine(
        wording.name(line.owner),
        wording.name(line.receiver),
        _first(wording, line),
        wording.purpose(line.purpose),
        DateWords.end_of(line.until),
        Status(LINE_STATES[line.state].state, say(LINE_STATES[line.state].words)),
    )


def _first(wording: Wording, line: LineView) -> str:
    words = wording.category(line.category)
    return words[:1].upper() + words[1:]
