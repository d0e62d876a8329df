"""What Arbetsförmedlingen itself says: registration, category, decisions (`ers_stod.xsd`, SoL 15:11, förordning 2008:975 5 §)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from adapters.arbetsformedlingen.codes import ANSWERED, in_words, seeking, support
from adapters.arbetsformedlingen.fields import Reading
from adapters.arbetsformedlingen.names import Element
from adapters.arbetsformedlingen.words import between, commas, percent, said
from hub.broker.port import Category, Claim, Code, Fact, Shown, Typed, Value

UNIT: Final = "Arbetsförmedlingen"
_ANSWER: Final = (
    "Schemaversion", "Referensnummer", "LagParagraf", "IdentitetsbeteckningFysiskPerson", "Fornamn", "Efternamn",
    "Sekretessmarkering", "ArbetssokandeInfo", "BeslutInfo", "Akassetillhorighet",
    "StatusSokandeinformationKod", "StatusSokandeinformationKodText",
)  # fmt: skip
_SEEKER: Final = (
    "Arbetssokande", "ArbetssokandeSKAT", "ArbetssokandeRegistrerad", "ArbetssokandeOmfattning",
    "ArbetssokandeAvaktualiserad", "AktivetetsRapportDatum",
)  # fmt: skip
_REPORT: Final = ("AktivitetsRapportMeddelande", "SenasteAktivitetsRapportDatum")
_DECISION: Final = ("ErsattningTyp", "Omfattning", "BeslutFrom", "BeslutTom")
_WHOLE_TIME: Final = 100


@dataclass(frozen=True, slots=True)
class SeekerPart:
    """What came of Arbetsförmedlingen's own data."""

    facts: tuple[Fact, ...]
    protection: Shown
    known: bool


@dataclass(frozen=True, slots=True)
class _Agency:
    """Where each fact of this part comes from."""

    reading: Reading
    at: datetime
    source: str

    def fact(self, what: Code, text: str, *values: Value, category: Category = "employment", **more: object) -> Fact:
        """Return a fact with its provenance. That the agency answers tells no place: it is one for the whole country."""
        told = {"unit": UNIT, "as_of": self.at, "source": self.source, **more}
        return Fact(category=category, what=what, text=text, values=values, **told)  # type: ignore[arg-type]


def said_by_agency(answer: Element, reading: Reading, at: datetime, source: str) -> SeekerPart:
    """Return what a `Svar` says. `reading` gathers what of it can't be read."""
    agency = _Agency(reading, at, source)
    facts = (*_name(agency, answer), *_info(agency, answer), *_decisions(agency, answer), *_fund(agency, answer))
    status = reading.whole(answer, "StatusSokandeinformationKod")
    reading.others(answer, _ANSWER)
    if status in (ANSWERED, None):
        return SeekerPart(facts, _protection(reading, answer), known=bool(facts))
    return SeekerPart((*facts, _status(agency, answer, status)), _protection(reading, answer), known=True)


def _protection(reading: Reading, answer: Element) -> Shown:
    marked = reading.truth(answer, "Sekretessmarkering")
    if isinstance(marked, str):
        return "unknown"
    return "sekretessmarkering" if marked else "none"


def _status(agency: _Agency, answer: Element, status: Typed) -> Fact:
    """Whatever the agency says besides that all is well, in its own words: no list of them is published."""
    told = agency.reading.text(answer, "StatusSokandeinformationKodText") or "inget mer"
    value = Value("status_text", "Arbetsförmedlingens ord", told, location=True)
    code = Code("af:status", said(status), "Arbetsförmedlingen svarade med en anmärkning", known=False)
    return agency.fact(code, f"Arbetsförmedlingens svar har en anmärkning: {told}", value)


def _name(agency: _Agency, answer: Element) -> Iterator[Fact]:
    name = " ".join(filter(None, (agency.reading.text(answer, each) for each in ("Fornamn", "Efternamn"))))
    if name:
        code = Code("af:uppgift", "Namn", "Finns i Arbetsförmedlingens register")
        value = Value("name", "Namn", name, item="name_personnummer")
        yield agency.fact(code, f"Finns i Arbetsförmedlingens register som {name}.", value, category="party")


def _info(agency: _Agency, answer: Element) -> Iterator[Fact]:
    info = agency.reading.child(answer, "ArbetssokandeInfo")
    if info is None:
        return
    agency.reading.others(info, _SEEKER)
    registered = agency.reading.truth(info, "Arbetssokande")
    yield from _registration(agency, info, registered)
    yield from _extent(agency, info, registered)
    yield from _category(agency, info)
    yield from _report(agency, info)


def _registration(agency: _Agency, info: Element, registered: bool | str | None) -> Iterator[Fact]:  # noqa: FBT001  read as one of three
    since = agency.reading.day(info, "ArbetssokandeRegistrerad")
    until = agency.reading.day(info, "ArbetssokandeAvaktualiserad")
    told: list[tuple[str, str, Typed | None]] = [
        ("registered", "Inskriven som arbetssökande", registered),
        ("registered_since", "Inskriven från", since),
        ("registered_until", "Avskriven", until),
    ]
    values = [Value(name, label, value, item="registration_dates") for name, label, value in told if value is not None]
    if not values:
        return
    code = Code("af:uppgift", "Arbetssokande", "Inskrivning på Arbetsförmedlingen")
    text = _registration_text(registered, since, until)
    yield agency.fact(code, text, *values, period=agency.reading.period(since, until))


def _registration_text(registered: bool | str | None, since: Typed | None, until: Typed | None) -> str:  # noqa: FBT001  read as one of three
    left = f" Avskriven {said(until)}." if until is not None else ""
    if registered is True:
        start = f" sedan {said(since)}" if since is not None else ""
        return f"Inskriven på Arbetsförmedlingen{start}.{left}"
    start = f" Inskrevs {said(since)}." if since is not None else ""
    words = "Inte inskriven på Arbetsförmedlingen" if registered is False else "Har uppgifter om inskrivning"
    return f"{words}.{start}{left}"


def _extent(agency: _Agency, info: Element, registered: bool | str | None) -> Iterator[Fact]:  # noqa: FBT001  read as one of three
    extent = agency.reading.whole(info, "ArbetssokandeOmfattning")
    if extent is None:
        return
    sound = isinstance(extent, int) and 0 <= extent <= _WHOLE_TIME
    if isinstance(extent, int) and not sound:
        agency.reading.gap("ArbetssokandeOmfattning är mer än hela tiden, eller mindre än ingen")
    claim = Claim("work_ability.extent", str(extent)) if sound and registered is True else None
    code = Code("af:uppgift", "ArbetssokandeOmfattning", "Hur mycket personen söker arbete")
    value = Value("seeks_extent", "Söker arbete, procent", extent)
    yield agency.fact(code, f"Söker arbete på {percent(extent)}.", value, claim=claim)


def _category(agency: _Agency, info: Element) -> Iterator[Fact]:
    text = agency.reading.text(info, "ArbetssokandeSKAT")
    if not text:
        return
    word = seeking(text)
    value = Value("seeker_category", "Sökandekategori", word.code.text, "sokandekategori", location=not word.code.known)
    claim = Claim("employment.status", word.status) if word.status else None
    yield agency.fact(
        word.code, f"Sökandekategori: {in_words(word.code)}.", value, claim=claim, sensitive=word.sensitive
    )


def _report(agency: _Agency, info: Element) -> Iterator[Fact]:
    report = agency.reading.child(info, "AktivetetsRapportDatum")
    if report is None:
        return
    agency.reading.others(report, _REPORT)
    last = agency.reading.day(report, _REPORT[1])
    message = agency.reading.text(report, _REPORT[0])
    values: list[Value] = []
    if last is not None:
        values.append(Value("last_report", "Senaste aktivitetsrapport", last, "last_activity_report_date"))
    if message:
        values.append(Value("report_message", "Arbetsförmedlingens ord", message, location=True))
    if values:
        code = Code("af:uppgift", "AktivetetsRapportDatum", "Aktivitetsrapport")
        came = f"Senaste aktivitetsrapporten kom {said(last)}." if last is not None else ""
        words = f"Om aktivitetsrapporten: {message.rstrip('.')}." if message else ""
        yield agency.fact(code, f"{came} {words}".strip(), *values)


def _decisions(agency: _Agency, answer: Element) -> Iterator[Fact]:
    info = agency.reading.child(answer, "BeslutInfo")
    if info is None:
        return
    agency.reading.others(info, ("EkonomiskaBeslut",))
    decisions = agency.reading.child(info, "EkonomiskaBeslut")
    if decisions is None:
        return
    agency.reading.others(decisions, ("Beslut",))
    for each in decisions.iterchildren(f"{agency.reading.namespace}Beslut"):
        yield _decision(agency, each)


def _decision(agency: _Agency, decision: Element) -> Fact:
    reading = agency.reading
    reading.others(decision, _DECISION)
    word = support(reading.text(decision, "ErsattningTyp"))
    extent = reading.whole(decision, "Omfattning")
    start, end = reading.day(decision, "BeslutFrom"), reading.day(decision, "BeslutTom")
    period = reading.period(start, end)
    told: list[tuple[str, str, Typed | None]] = [
        ("decision_extent", "Omfattning, procent", extent),
        ("decision_from", "Från", start),
        ("decision_until", "Till och med", end),
    ]
    values = [Value(name, label, value, "programme_and_period") for name, label, value in told if value is not None]
    kind = Value("decision_kind", "Beslut om", word.code.text, "programme_and_period", location=not word.code.known)
    whole = percent(extent) if extent is not None else ""
    text = f"{commas(f'Beslut om {_lower(in_words(word.code))}', whole, between(period))}."
    return agency.fact(word.code, text, kind, *values, period=period, sensitive=word.sensitive)


def _fund(agency: _Agency, answer: Element) -> Iterator[Fact]:
    fund = agency.reading.text(answer, "Akassetillhorighet")
    if fund:
        code = Code("af:uppgift", "Akassetillhorighet", "A-kassa")
        yield agency.fact(code, f"A-kassa: {fund}.", Value("fund", "A-kassa", fund, "a_kassa"), category="benefits")


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
