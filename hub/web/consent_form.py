"""The form of a consent, filled in by the individual alone or together with staff: what was written, what it means, what is wrong with it. Pure."""

import calendar
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from hub.cases import SHARED
from hub.consent import (
    ConsentForm,
    ConsentId,
    ConsentView,
    Draft,
    DraftLine,
    Effect,
    Form,
    Kind,
    Language,
    ScanFile,
    Vocabulary,
    Wording,
    check_answer,
    check_form,
    lines_of,
    never_works,
)
from hub.kit.errors import FieldError, HubError
from hub.web.dates import DateWords
from hub.web.forms import Form as Written
from hub.web.forms import read_date
from hub.web.parts import AgencyMark, Option

#: What the checks call a field, and what the page calls it.
NAMES: Final = {
    "lastDay": "last_day",
    "form": "how",
    "exclusionsAsked": "exclusions_asked",
    "textVersion": "text_version",
    "lines": "categories",
    "receiver": "receivers",
    "owner": "owners",
    "category": "categories",
}
#: What can be said yes to: what is shared, and first of all that there is a contact (reading R20).
OFFERED: Final = ("party", *SHARED)
_MONTHS: Final = {"3": 3, "6": 6}
_NEVER: Final = "Ett ja räcker inte här: lagen låter dem aldrig lämna det på samtycke."


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


@dataclass(frozen=True, slots=True)
class Filled:
    """What has been written so far. `faults` are those of the form alone: a date that is no date."""

    form: ConsentForm
    how: Form | None
    witness: str
    note: str
    asked: bool
    text_version: int
    #: The consent that this one renews; nothing of it is filled in again, only asked for.
    renews: ConsentId | None = None
    faults: tuple[FieldError, ...] = ()

    @property
    def lines(self) -> tuple[DraftLine, ...]:
        """The lines that are shown and would be said yes to."""
        return lines_of(self.form)

    def draft(
        self,
        individual: str,
        agency: str,
        case: str | None,
        scan: ScanFile | None = None,
        tongue: Language = Language.SWEDISH,
    ) -> Draft:
        """Return the answer, ready to be decided on."""
        return Draft(
            individual=individual,
            kind=Kind.SECRECY,
            lines=self.lines,
            answerable=agency,
            form=self.how,
            language=tongue,
            text_version=self.text_version,
            exclusions_asked=self.asked,
            witness=self.witness,
            note=self.note,
            scan=scan,
            case=case,
            renews=self.renews,
        )


def filled(written: Written, today: date) -> Filled:
    """Return what `written` says, with nothing made up for what it doesn't say."""
    last, faults = _last_day(written, today)
    form = ConsentForm(
        owners=written.values.get("owners", ()),
        receivers=written.values.get("receivers", ()),
        categories=written.values.get("categories", ()),
        purpose=written.value("purpose"),
        last_day=last,
        words=written.value("words").strip(),
        removed=frozenset(written.values.get("removed", ())),
    )
    how = next((each for each in Form if each == written.value("how")), None)
    version = written.value("text_version")
    return Filled(
        form,
        how,
        written.value("witness").strip(),
        written.value("note").strip(),
        written.value("exclusions_asked") == "ja",
        int(version) if version.isascii() and version.isdigit() else 0,
        ConsentId(written.value("renews")) if written.value("renews") else None,
        faults,
    )


def renewing(old: ConsentView) -> Written:
    """Return the form that asks again for what `old` said, line by line, and for nothing else."""
    lines = [line for line in old.lines if line.effect is Effect.PERMIT]
    form = ConsentForm(
        owners=tuple(dict.fromkeys(line.owner for line in lines)),
        receivers=tuple(dict.fromkeys(line.receiver for line in lines)),
        categories=tuple(dict.fromkeys(line.category for line in lines)),
    )
    kept = {(line.owner, line.receiver, line.category) for line in lines}
    removed = [line.key for line in lines_of(form) if (line.owner, line.receiver, line.category) not in kept]
    return Written(
        {
            "owners": form.owners,
            "receivers": form.receivers,
            "categories": form.categories,
            "purpose": (lines[0].purpose,) if lines else (),
            "removed": tuple(removed),
            "renews": (old.id,),
        }
    )


def alone(said: Filled) -> Filled:
    """Return what an individual has written at their own door: there the form itself asks what it shall not cover."""
    return replace(said, how=Form.DIGITAL, asked=True)


def faults_of(said: Filled, draft: Draft, vocabulary: Vocabulary, today: date) -> list[FieldError]:
    """Return all that is to be put right, in the order of the page, by the page's names."""
    sets = check_form(said.form, vocabulary, today)
    if said.faults:
        sets = tuple(each for each in sets if each.field != "lastDay")
    return page_faults([*sets, *said.faults, *check_answer(draft)])


def page_faults(faults: Iterable[FieldError]) -> list[FieldError]:
    """Return faults by the page's names, each field once."""
    named = [FieldError(_page_name(fault.field), fault.message) for fault in faults]
    return list({fault.field: fault for fault in reversed(named)}.values())[::-1]


def faults_in(error: HubError) -> list[FieldError]:
    """Return what a service refused, by the page's names."""
    return page_faults(error.fields)


def preview(
    said: Filled, vocabulary: Vocabulary, marks: Mapping[str, AgencyMark], tongue: Language = Language.SWEDISH
) -> Preview:
    """Return what the sets mean, receiver by receiver, line by line (reading R30)."""
    permits = [line for line in said.lines if line.effect is Effect.PERMIT]
    hopeless = {line.key for line in never_works(permits, vocabulary)}
    wording = Wording(tongue, vocabulary.names, "jag")
    receivers = tuple(
        _receiver(code, [line for line in permits if line.receiver == code], hopeless, marks, wording)
        for code in dict.fromkeys(line.receiver for line in permits)
    )
    everything = lines_of(_without_removed(said.form))
    removed = [line for line in everything if line.key in said.form.removed]
    return Preview(
        receivers=receivers,
        words=(f"”{said.form.words}”",) if said.form.words else (),
        sentence=" ".join((*wording.sentences(said.lines), "Jag kan ta tillbaka mitt ja när jag vill."))
        if permits
        else "",
        removed=tuple(_line(line, hopeless, marks, wording) for line in removed),
    )


def agency_options(vocabulary: Vocabulary, without: Sequence[str] = ()) -> tuple[Option, ...]:
    """Return the agencies to choose among: those that can hold anything about an individual."""
    return tuple(
        Option(code, each.name)
        for code, each in vocabulary.agencies.items()
        if each.kind != "forbund" and code not in without
    )


def category_options(vocabulary: Vocabulary, wording: Wording) -> tuple[tuple[Option, ...], tuple[Option, ...]]:
    """Return the categories to choose among, the sensitive ones apart: they never follow with their parent."""
    found = [code for code in OFFERED if code in vocabulary.categories]
    plain = [Option(code, _first(wording, code)) for code in found if not vocabulary.categories[code].sensitive]
    sensitive = [Option(code, _first(wording, code)) for code in found if vocabulary.categories[code].sensitive]
    return tuple(plain), tuple(sensitive)


def end_options(today: date, dates: DateWords, say: Callable[[str], str] = str) -> tuple[Option, ...]:
    """Return how long it may last, with the day that it comes to."""
    words = {"3": say("Tre månader"), "6": say("Sex månader")}
    until = say("till %(day)s")
    return tuple(
        Option(code, words[code], until % {"day": dates.long(months_after(today, months))})
        for code, months in _MONTHS.items()
    )


def months_after(day: date, months: int) -> date:
    """Return the same day some months later, or the last day of a shorter month."""
    year, month = day.year + (day.month - 1 + months) // 12, (day.month - 1 + months) % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _last_day(written: Written, today: date) -> tuple[date | None, tuple[FieldError, ...]]:
    chosen = written.value("ends")
    if chosen in _MONTHS:
        return months_after(today, _MONTHS[chosen]), ()
    if chosen != "other":
        return None, (FieldError("ends", "Välj hur länge det ska gälla."),)
    return read_date(written.value("last_day"), "last_day")


def _page_name(field: str) -> str:
    inner = field.rsplit(".", maxsplit=1)[-1] if field.startswith("lines[") else field
    return NAMES.get(inner, inner)


def _without_removed(form: ConsentForm) -> ConsentForm:
    return ConsentForm(
        kind=form.kind,
        owners=form.owners,
        receivers=form.receivers,
        categories=form.categories,
        purpose=form.purpose,
        last_day=form.last_day,
    )


def _receiver(
    code: str, lines: Sequence[DraftLine], hopeless: set[str], marks: Mapping[str, AgencyMark], wording: Wording
) -> PreviewReceiver:
    told = {line.category for line in lines}
    never = tuple(wording.category(each) for each in OFFERED if each not in told)
    return PreviewReceiver(_mark(code, marks), tuple(_line(line, hopeless, marks, wording) for line in lines), never)


def _line(line: DraftLine, hopeless: set[str], marks: Mapping[str, AgencyMark], wording: Wording) -> PreviewLine:
    warning = _NEVER if line.key in hopeless else ""
    return PreviewLine(line.key, _mark(line.owner, marks), _first(wording, line.category), warning)


def _mark(code: str, marks: Mapping[str, AgencyMark]) -> AgencyMark:
    return marks.get(code) or AgencyMark("", code, code)


def _first(wording: Wording, code: str) -> str:
    words = wording.category(code)
    return words[:1].upper() + words[1:]
