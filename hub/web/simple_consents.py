"""The two consents that have no sets to choose among: to the plan, and to SUS. Each is answered by itself (law 6.3(3))."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from hub.consent import Draft, DraftLine, Form, Kind, Language, ScanFile
from hub.web.consent_form import months_after

#: A plan is looked at again within the year, and so is the yes to it.
_LASTS_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Matter:
    """What the consent is about: whose, which case, who leads it and who else is party."""

    individual: str
    case: str
    number: str
    purpose: str
    leading: str
    others: Collection[str]
    answerable: str


@dataclass(frozen=True, slots=True)
class How:
    """How the answer is given."""

    form: Form | None
    witness: str = ""
    note: str = ""
    scan: ScanFile | None = None
    insats: str = ""


def simple_draft(
    matter: Matter, kind: Kind, how: How, today: date, tongue: Language = Language.SWEDISH, text_version: int = 0
) -> Draft:
    """Return the answer to the plan or to SUS, ready to be shown and decided on."""
    return Draft(
        individual=matter.individual,
        kind=kind,
        lines=_lines(matter, kind, months_after(today, _LASTS_MONTHS)),
        answerable=matter.answerable,
        form=how.form,
        language=tongue,
        text_version=text_version,
        # There is nothing to except from in these: the whole of it is one question.
        exclusions_asked=True,
        witness=how.witness,
        note=how.note,
        scan=how.scan,
        insats=(how.insats or matter.number) if kind is Kind.SUS else None,
        case=matter.case,
    )


def _lines(matter: Matter, kind: Kind, last: date) -> tuple[DraftLine, ...]:
    if kind is Kind.SUS:
        return (DraftLine(matter.leading, Kind.SUS, "sus_registration", "sus", None, last),)
    return tuple(
        DraftLine(matter.leading, other, category, matter.purpose, None, last)
        for other in matter.others
        if other != matter.leading
        for category in ("plan", "meeting")
    )
