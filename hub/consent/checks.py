"""What can be wrong with a form or an answer, told in Swedish with what to do. Pure; nothing here permits anything.

The policy `record_consent` decides whether an answer is a valid consent; these checks only save a person from
sending what can't be understood.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sized
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Final

import msgspec

from hub.consent.drafts import ConsentForm, Draft, DraftLine, NamedReceiver, ScanFile, lines_of, other_number
from hub.consent.kinds import ALL, SUS_REGISTRATION, WORDS, Effect, EvidenceFault, Form, GivenBy, Kind
from hub.consent.vocabulary import Vocabulary
from hub.consent.wording import day_in_words
from hub.kit.errors import FieldError, Invalid

#: What each of the three may be about; secrecy is about all the rest. Never mixed in one answer (law 6.3(3)).
_ABOUT: Final[Mapping[Kind, frozenset[str]]] = {
    Kind.PLAN: frozenset({"plan", "meeting"}),
    Kind.SUS: frozenset({SUS_REGISTRATION}),
}


@dataclass(frozen=True, slots=True)
class Limits:
    """Where a consent stops being something that a person can read through and mean."""

    lines: int
    others: int
    longest_days: int
    name: int
    words: int
    note: int
    scan_bytes: int
    scan_types: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the owner's official says: what the evidence lacks, or that it is enough; and what own words are about."""

    fault: EvidenceFault | None = None
    excluded: Collection[str] | None = None


@cache
def limits() -> Limits:
    """Return the limits, as `limits.yaml` says them."""
    return msgspec.yaml.decode((Path(__file__).parent / "limits.yaml").read_bytes(), type=Limits)


def check_form(form: ConsentForm, vocabulary: Vocabulary, today: date) -> tuple[FieldError, ...]:
    """Return what to put right among the sets of a form, by the set's field."""
    return (
        *_missing_sets(form),
        *_unknown_sets(form, vocabulary),
        *check_days(form.first_day, form.last_day, today),
        *_named(form.others),
        *_too_long("words", form.words, limits().words),
        *_too_many(lines_of(form)),
    )


def check_draft(draft: Draft, vocabulary: Vocabulary, today: date) -> tuple[FieldError, ...]:
    """Return what to put right in an answer that is about to be sent: its lines and how it was given."""
    return (
        *check_lines(draft, vocabulary, today),
        *_named(draft.others),
        *check_answer(draft),
    )


def check_answer(draft: Draft) -> tuple[FieldError, ...]:
    """Return what to put right in how the answer is given, leaving its lines aside."""
    return (*_evidence(draft), *_giver(draft), *_sus(draft), *_lengths(draft))


def check_no(draft: Draft) -> tuple[FieldError, ...]:
    """Return what to put right in a no: only what can't be kept. Nothing more is asked for."""
    return (*(check_scan(draft.scan) if draft.scan else ()), *_lengths(draft))


def check_days(first: date | None, last: date | None, today: date, prefix: str = "") -> Iterator[FieldError]:
    """Yield what is wrong with a period: "till och med" a day means until its end (reading R1), never backwards (R27)."""
    if first is not None and first < today:
        text = (
            f"{day_in_words(first)} har redan varit. Ett samtycke kan inte börja gälla bakåt. Skriv i dag eller senare."
        )
        yield FieldError(f"{prefix}firstDay", text)
    if last is None:
        yield FieldError(f"{prefix}lastDay", "Skriv till och med vilken dag det ska gälla.")
    elif last < today:
        yield FieldError(f"{prefix}lastDay", f"{day_in_words(last)} har redan varit. Skriv ett datum efter i dag.")
    elif last == today:
        yield FieldError(f"{prefix}lastDay", "Det är i dag. Skriv ett datum efter i dag.")
    elif first is not None and last < first:
        text = "Sista dagen ligger före första dagen. Skriv ett senare datum här, eller ett tidigare som första dag."
        yield FieldError(f"{prefix}lastDay", text)
    elif last > today + timedelta(days=limits().longest_days):
        furthest = day_in_words(today + timedelta(days=limits().longest_days))
        yield FieldError(f"{prefix}lastDay", f"Det är för länge. Skriv senast {furthest}. Samtycket kan förnyas sedan.")


def check_lines(draft: Draft, vocabulary: Vocabulary, today: date) -> Iterator[FieldError]:
    """Yield what is wrong with the lines, each text once, at the first line it is true of."""
    if not draft.permits:
        yield FieldError("lines", "Välj minst en sak att säga ja eller nej till.")
    yield from _too_many(draft.lines)
    told: set[tuple[str, str]] = set()
    for number, line in enumerate(draft.lines):
        for error in _line(line, draft, vocabulary, today):
            if (error.field, error.message) not in told:
                told.add((error.field, error.message))
                yield FieldError(f"lines[{number}].{error.field}", error.message)


def check_verdict(verdict: Verdict, words: Sized, vocabulary: Vocabulary) -> Iterator[FieldError]:
    """Yield what an official has left unsaid of own words (`words`: the lines of them)."""
    if verdict.fault is None and words and verdict.excluded is None:
        text = "Läs den enskildes egna ord och välj vilka områden de gäller, eller att de inte gäller något hos er."
        yield FieldError("excluded", text)
    if not vocabulary.categories.keys() >= set(verdict.excluded or ()):
        yield FieldError("excluded", "Välj områden som finns i listan.")


def require(errors: Iterable[FieldError]) -> None:
    """Raise Invalid with `errors`, when there are any."""
    found = tuple(errors)
    if found:
        raise Invalid(fields=found)


def _line(line: DraftLine, draft: Draft, vocabulary: Vocabulary, today: date) -> Iterator[FieldError]:
    opens = line.effect is Effect.PERMIT
    yield from _line_parties(line, draft, vocabulary, opens=opens)
    yield from _line_about(line, draft.kind, vocabulary, opens=opens)
    if opens:
        yield from check_days(line.first_day, line.last_day, today)
    yield from _too_long("words", line.words, limits().words)


def _line_parties(line: DraftLine, draft: Draft, vocabulary: Vocabulary, *, opens: bool) -> Iterator[FieldError]:
    if line.owner not in vocabulary.agencies and (opens or line.owner != ALL):
        yield FieldError("owner", "Välj en myndighet som finns i listan över dem som kan lämna uppgifter.")
    if not _is_receiver(line.receiver, draft, vocabulary, opens=opens):
        yield FieldError("receiver", "Välj en mottagare som finns i listan.")
    if opens and line.owner == line.receiver:
        yield FieldError("receiver", "En myndighet kan inte lämna uppgifter till sig själv. Välj en annan mottagare.")


def _is_receiver(receiver: str, draft: Draft, vocabulary: Vocabulary, *, opens: bool) -> bool:
    if draft.kind is Kind.SUS and opens:
        return receiver == Kind.SUS
    number = other_number(receiver)
    if number is not None:
        return number < len(draft.others)
    return receiver in vocabulary.receivers or (receiver == ALL and not opens)


def _line_about(line: DraftLine, kind: Kind, vocabulary: Vocabulary, *, opens: bool) -> Iterator[FieldError]:
    if line.category not in vocabulary.categories:
        if opens or line.category not in {ALL, WORDS}:
            yield FieldError("category", "Välj ett område som finns i listan.")
        elif line.category == WORDS:
            yield from _own_words(line)
    elif opens and not _belongs(line.category, kind):
        yield FieldError("category", "Planen, sekretessen och SUS är tre olika samtycken. Fråga om dem var för sig.")
    if opens and line.purpose not in vocabulary.purposes:
        yield FieldError("purpose", "Välj vad uppgifterna får användas till.")


def _own_words(line: DraftLine) -> Iterator[FieldError]:
    if not line.words.strip():
        yield FieldError("words", "Skriv vad som inte får berättas, med den enskildes egna ord.")
    if line.owner == ALL:
        yield FieldError("owner", "Egna ord ska läsas av den som har uppgifterna. Välj en myndighet, en rad för varje.")


def _belongs(category: str, kind: Kind) -> bool:
    return category in _ABOUT[kind] if kind in _ABOUT else category != SUS_REGISTRATION


def _evidence(draft: Draft) -> Iterator[FieldError]:
    if draft.form is None:
        yield FieldError("form", "Välj hur samtycket lämnas.")
    if draft.form is Form.PAPER:
        yield from check_scan(draft.scan)
    if draft.form is Form.ORAL and not draft.witness.strip():
        yield FieldError("witness", "Skriv vem som var med och hörde.")
    if draft.form is Form.ASSISTED and not draft.note.strip():
        yield FieldError("note", "Skriv kort hur ni gjorde när ni fyllde i det tillsammans.")
    if not draft.exclusions_asked:
        yield FieldError("exclusionsAsked", "Fråga om det är något som inte får berättas, och svara sedan här.")


def check_scan(scan: ScanFile | None) -> Iterator[FieldError]:
    """Yield what to put right in the picture of a signed paper."""
    if scan is None or not scan.content:
        yield FieldError("scan", "Lägg till en bild av papperet som är underskrivet.")
    elif scan.media_type not in limits().scan_types:
        yield FieldError("scan", "Bilden ska vara en PDF-, JPEG- eller PNG-fil. Spara om den och försök igen.")
    elif len(scan.content) > limits().scan_bytes:
        yield FieldError("scan", "Bilden är större än 10 MB. Ta en ny med lägre upplösning.")


def check_evidence_lengths(witness: str, note: str) -> Iterator[FieldError]:
    """Yield what is too long of what was written about how something was said."""
    yield from _too_long("witness", witness, limits().name)
    yield from _too_long("note", note, limits().note)


def _lengths(draft: Draft) -> Iterator[FieldError]:
    yield from check_evidence_lengths(draft.witness, draft.note)
    yield from _too_long("condition", draft.condition, limits().note)
    yield from _too_long("insats", draft.insats or "", limits().name)


def _giver(draft: Draft) -> Iterator[FieldError]:
    if draft.given_by is not GivenBy.SELF and not draft.representative:
        yield FieldError("representative", "Välj vilken företrädare som svarar.")


def _sus(draft: Draft) -> Iterator[FieldError]:
    if draft.kind is not Kind.SUS:
        return
    if not (draft.insats or "").strip():
        yield FieldError("insats", "Skriv vilken insats det gäller. Samtycke till SUS ges på nytt för varje insats.")
    if draft.form not in {None, Form.PAPER}:
        yield FieldError("form", "Samtycke till SUS ges på Försäkringskassans blankett 9443. Välj papper.")


def _missing_sets(form: ConsentForm) -> Iterator[FieldError]:
    if not form.owners:
        yield FieldError("owners", "Välj vem som får lämna uppgifter.")
    if not form.receivers and not form.others:
        yield FieldError("receivers", "Välj vem som får ta emot.")
    elif form.owners and not form.others and set(form.receivers) == set(form.owners) and len(form.owners) == 1:
        yield FieldError("receivers", "En myndighet kan inte lämna uppgifter till sig själv. Välj en annan mottagare.")
    if not form.categories:
        yield FieldError("categories", "Välj vad de får berätta om.")
    if not form.purpose:
        yield FieldError("purpose", "Välj vad uppgifterna får användas till.")


def _unknown_sets(form: ConsentForm, vocabulary: Vocabulary) -> Iterator[FieldError]:
    receivers = {*vocabulary.receivers, *({str(Kind.SUS)} if form.kind is Kind.SUS else ())}
    sets: tuple[tuple[str, Iterable[str], Iterable[str]], ...] = (
        ("owners", form.owners, vocabulary.agencies),
        ("receivers", form.receivers, receivers),
        ("categories", form.categories, vocabulary.categories),
        ("excluded", form.excluded, vocabulary.categories),
        ("excludedTowards", form.excluded_towards, receivers),
        ("purpose", [form.purpose] if form.purpose else [], vocabulary.purposes),
    )
    for field, chosen, known in sets:
        if not set(chosen) <= set(known):
            yield FieldError(field, "Något du valde finns inte i listan längre. Välj på nytt.")


def _named(others: Iterable[NamedReceiver]) -> Iterator[FieldError]:
    found = list(others)
    if len(found) > limits().others:
        yield FieldError("others", f"Skriv högst {limits().others} mottagare åt gången.")
    for number, other in enumerate(found):
        if not other.name.strip():
            yield FieldError(f"others[{number}].name", "Skriv namnet på den som får ta emot.")
        yield from _too_long(f"others[{number}].name", other.name, limits().name)


def _too_many(lines: Iterable[DraftLine]) -> Iterator[FieldError]:
    count = len(list(lines))
    if count > limits().lines:
        yield FieldError(
            "lines",
            f"Det blev {count} rader. {limits().lines} är det mesta som går att läsa igenom på en gång. "
            "Välj färre myndigheter eller områden, eller fråga två gånger.",
        )


def _too_long(field: str, text: str, most: int) -> Iterator[FieldError]:
    if len(text) > most:
        yield FieldError(field, f"Det är {len(text)} tecken. Korta ner det till högst {most}.")
