"""What the a-kassor say, through their own organisation (`UnemploymentBenefitPaymentService.xsd`, SoL 15:10)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from adapters.arbetsformedlingen.codes import fund_status, in_words
from adapters.arbetsformedlingen.fields import Reading
from adapters.arbetsformedlingen.names import Element
from adapters.arbetsformedlingen.words import between, commas, said
from hub.broker.port import Code, Fact, Span, Typed, Value

_FUND: Final = (
    "SvarandeOrganisation", "StatusSvarandeOrganisation", "Utbetalningar", "Avstangningar", "AnsoktOmErsattning",
)  # fmt: skip
_ANSWER: Final = (
    "OrganisationsnummerIngivare", "NamnIngivare", "KontonamnHandlaggare", "Referensnummer", "From", "Tom", "Syfte",
    "Paragraf", "OrganisationsnummerPersonuppgiftsbitrade", "NamnPersonuppgiftsbitrade", "IdentificationNumber",
    "ArbetsloshetsersattningLista",
)  # fmt: skip
_PAYMENT: Final = (
    "Utbetalningsdatum", "NettoEfterSkatt", "NettoEfterAvdrag", "Ersattningsdagar", "AvserFrom", "AvserTom",
)  # fmt: skip
_STOP: Final = ("AvstangdFrom", "AvstangdTom")
_APPLIED: Final = ("BeslutOmRattTillErsattning", "AnsokanOmUtbetalningInlamnad")
#: Where the a-kassa that answers has left its name out.
_NAMELESS: Final = "En a-kassa"

#: What an a-kassa says of its own: its secrecy and its duty, not Arbetsförmedlingen's. Read, but not told as theirs.
FUNDS_OWN: Final = "so:uppgift"


@dataclass(frozen=True, slots=True)
class _Fund:
    """One a-kassa that answers, and where its facts come from."""

    reading: Reading
    at: datetime
    source: str
    name: str

    def fact(self, what: Code, text: str, values: list[Value], period: Span | None = None) -> Fact:
        """Return a fact with its provenance."""
        return Fact(
            category="benefits",
            what=what,
            text=text,
            unit=self.name,
            as_of=self.at,
            source=self.source,
            period=period,
            values=tuple(values),
        )


def said_by_funds(data: Element, reading: Reading, at: datetime, source: str) -> tuple[Fact, ...]:
    """Return what each a-kassa says. `reading` gathers what can't be read."""
    reading.others(data, _ANSWER)
    answers = reading.child(data, "ArbetsloshetsersattningLista")
    if answers is None:
        reading.gap("svaret saknar uppgifter om ersättning")
        return ()
    reading.others(answers, ("Arbetsloshetsersattning",))
    facts: list[Fact] = []
    for each in answers.iterchildren(f"{reading.namespace}Arbetsloshetsersattning"):
        facts += _one(_Fund(reading, at, source, reading.text(each, "SvarandeOrganisation") or _NAMELESS), each)
    return tuple(facts)


def _one(fund: _Fund, answer: Element) -> Iterator[Fact]:
    fund.reading.others(answer, _FUND)
    status = fund_status(fund.reading.text(answer, "StatusSvarandeOrganisation"))
    values = [Value("fund", "A-kassa", fund.name, "a_kassa"), Value("fund_status", "A-kassans status", status.value)]
    text = f"A-kassa som har svarat: {fund.name}."
    yield fund.fact(status, text if status.known else f"{text} Status: {in_words(status)}.", values)
    for each in answer.iterchildren(f"{fund.reading.namespace}Utbetalningar"):
        yield _payment(fund, each)
    for each in answer.iterchildren(f"{fund.reading.namespace}Avstangningar"):
        yield _stop(fund, each)
    applied = fund.reading.child(answer, "AnsoktOmErsattning")
    if applied is not None:
        yield from _applied(fund, applied)


def _payment(fund: _Fund, payment: Element) -> Fact:
    reading = fund.reading
    reading.others(payment, _PAYMENT)
    paid, net = reading.day(payment, "Utbetalningsdatum"), reading.amount(payment, "NettoEfterSkatt")
    after, days = reading.amount(payment, "NettoEfterAvdrag"), reading.amount(payment, "Ersattningsdagar")
    start, end = reading.day(payment, "AvserFrom"), reading.day(payment, "AvserTom")
    values = _values(
        ("paid_on", "Utbetalt", paid),
        ("net_after_tax", "Kronor efter skatt", net),
        ("net_after_deductions", "Kronor efter avdrag", after),
        ("paid_days", "Antal dagar", days),
        ("paid_from", "Avser från", start),
        ("paid_until", "Avser till och med", end),
    )
    period = reading.period(start, end)
    amount = f" {said(after)} kronor efter avdrag" if after is not None else ""
    day = f" {said(paid)}" if paid is not None else ""
    about = f" Gäller {between(period)}." if period else ""
    code = Code(FUNDS_OWN, "Utbetalningar", "Utbetalning från a-kassan")
    return fund.fact(code, f"Utbetalning{day}:{amount or ' inget belopp står i svaret'}.{about}", values, period)


def _stop(fund: _Fund, stop: Element) -> Fact:
    fund.reading.others(stop, _STOP)
    start, end = (fund.reading.day(stop, each) for each in _STOP)
    period = fund.reading.period(start, end)
    values = _values(
        ("stopped_from", "Avstängd från", start),
        ("stopped_until", "Avstängd till och med", end),
    )
    code = Code(FUNDS_OWN, "Avstangningar", "Avstängd från ersättning")
    return fund.fact(code, f"{commas('Avstängd från ersättning', between(period))}.", values, period)


def _applied(fund: _Fund, applied: Element) -> Iterator[Fact]:
    fund.reading.others(applied, _APPLIED)
    decided = fund.reading.day(applied, "BeslutOmRattTillErsattning")
    asked = fund.reading.truth(applied, "AnsokanOmUtbetalningInlamnad")
    values = _values(
        ("right_decided", "Rätt till ersättning beslutad", decided),
        ("payment_applied", "Ansökan om utbetalning inlämnad", asked),
    )
    words = "Har ansökt om ersättning från a-kassan."
    if isinstance(decided, date):
        words += f" Rätten till ersättning beslutades {said(decided)}."
    if isinstance(asked, bool):
        words += f" Ansökan om utbetalning är {'' if asked else 'inte '}inlämnad."
    yield fund.fact(Code(FUNDS_OWN, "AnsoktOmErsattning", "Ansökan om ersättning"), words, values)


def _values(*told: tuple[str, str, Typed | None]) -> list[Value]:
    """What there is of it. None is a datum of Arbetsförmedlingen's duty: that has the a-kassa's name, and no more."""
    return [Value(name, label, value) for name, label, value in told if value is not None]
