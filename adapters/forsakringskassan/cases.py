"""Cases, decisions and payments as facts: one for the case, one for each decision in it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from adapters.forsakringskassan.codes import SYSTEM, Kind
from adapters.forsakringskassan.walk import percent, simple, span, values, words
from hub.broker.port import Claim, Code, Fact, Gap, Span
from hub.kit.clock import STOCKHOLM
from hub.kit.payload import is_array, is_object

#: Where decisions stand, in a case and in one of Pensionsmyndigheten's decisions.
_DECISIONS: Final = ("beslut", "beslutadErsattning")
_NOT_GRANTED: Final = frozenset({"AVSLAG", 5, 6, 7, 8})


@dataclass(slots=True)
class Reader:
    """Reads entries of one kind; what can't be read as it should is left in `gaps`."""

    key: str
    kind: Kind
    unit: str
    at: datetime
    gaps: list[Gap]
    known: bool = True

    def facts(self, entries: Sequence[Any]) -> Iterator[Fact]:
        """Yield what the entries say."""
        for entry in entries:
            if is_object(entry):
                yield from self._entry(entry)
            elif entry is not None:
                self._unread("en uppgift har fel form")

    def _entry(self, entry: Mapping[str, Any]) -> Iterator[Fact]:
        own = {field: each for field, each in entry.items() if field not in _DECISIONS}
        decisions = [each for field in _DECISIONS for each in self._decisions(entry.get(field))]
        source = self._source(entry)
        if own:
            yield self._fact(own, source, _case_text(self.kind.name, own, decisions))
        for each in decisions:
            decision = self._fact(each, f"{source}, {self._source(each)}", "")
            yield decision
            yield from self._ability(decision, each)

    def _decisions(self, told: Any) -> list[Mapping[str, Any]]:
        """Return the decisions; some kinds of case have one where others have a list."""
        found = told if is_array(told) else [told]
        if any(each is not None and not is_object(each) for each in found):
            self._unread("ett beslut har fel form")
        return [each for each in found if is_object(each) and each]

    def _fact(self, node: Mapping[str, Any], source: str, text: str) -> Fact:
        period = self._span(node)
        return Fact(
            category=self.kind.category,
            what=Code(SYSTEM, self.key, self.kind.name, self.known),
            text=text or _decision_text(self.kind.name, node, period),
            unit=self.unit,
            as_of=self.at,
            source=source,
            period=period,
            values=tuple(values(node)),
            sensitive=self.kind.sensitive,
            location=not self.known,
            claim=self._sick(node, period),
        )

    def _span(self, node: Mapping[str, Any]) -> Span | None:
        for field in ("period", "yrkadPeriod", "utbetalningsperiod"):
            try:
                if found := span(node.get(field)):
                    return found
            except ValueError:
                self._unread("en period går inte att läsa; den står som text")
        return None

    def _ongoing(self, node: Mapping[str, Any], period: Span | None) -> bool:
        today = self.at.astimezone(STOCKHOLM).date()
        if not self.kind.sick or period is None or not _granted(node):
            return False
        return (period.start or today) <= today <= (period.end or today)

    def _sick(self, node: Mapping[str, Any], period: Span | None) -> Claim | None:
        return Claim("benefits.sickness", "yes") if self._ongoing(node, period) else None

    def _ability(self, decision: Fact, node: Mapping[str, Any]) -> Iterator[Fact]:
        """Yield what a decision that holds now says of the ability to work: what isn't compensated remains."""
        extent = percent(node.get("omfattning"))
        if extent is None or not self._ongoing(node, decision.period):
            return
        yield replace(
            decision,
            category="work_ability",
            text=f"Kan arbeta {100 - extent} procent enligt beslut om {self.kind.name.lower()}",
            what=Code(SYSTEM, f"{self.key}.omfattning", "Arbetsförmåga"),
            values=tuple(each for each in decision.values if each.name in ("omfattning", "period")),
            claim=Claim("work_ability.extent", str(100 - extent)),
        )

    def _source(self, node: Mapping[str, Any]) -> str:
        """Return how an official finds it there: LEFI has no case numbers, so kind and day; pensions have numbers."""
        for field, word in _REFERENCES.items():
            if isinstance(told := node.get(field), str) and told:
                return f"{word} {told}"
        return f"LEFI {self.key}"

    def _unread(self, reason: str) -> None:
        gap = Gap(self.kind.name, reason, (self.kind.category,))
        if gap not in self.gaps:
            self.gaps.append(gap)


_REFERENCES: Final = {
    "beslutsid": "beslut",
    "ansprakid": "ansökan",
    "fattades": "beslut fattat",
    "startades": "ärende startat",
    "datum": "utbetalning",
    "utbetalningsdatum": "utbetalning",
    "faststalldes": "fastställt",
}


def _granted(node: Mapping[str, Any]) -> bool:
    told = node.get("beslutsutfall")
    outcome = told.get("id", told.get("kod")) if is_object(told) else told
    return not (isinstance(outcome, str | int) and outcome in _NOT_GRANTED)


def _case_text(name: str, node: Mapping[str, Any], decisions: Sequence[Any]) -> str:
    parts = [name]
    if node.get("avslaget") is True:
        parts.append("ansökan är avslagen")
    elif node.get("aktivt") is True:
        parts.append("ärendet pågår" if decisions else "ansökan är inte avgjord")
    elif node.get("aktivt") is False:
        parts.append("ärendet är avslutat")
    return _joined(parts, node)


def _decision_text(name: str, node: Mapping[str, Any], period: Span | None) -> str:
    parts = [name]
    if not _granted(node):
        parts.append("inte beviljat")
    if extent := simple("omfattning", node.get("omfattning")):
        parts.append(str(extent))
    if period:
        parts.append(" ".join(_edges(period)))
    return _joined(parts, node)


def _edges(period: Span) -> Iterator[str]:
    if period.start:
        yield f"från {period.start}"
    if period.end:
        yield f"till {period.end}"


def _joined(parts: list[str], node: Mapping[str, Any]) -> str:
    for field, word in _SAID.items():
        if told := simple(field, node.get(field)):
            parts.append(word.format(words(told)) if field not in _MONEY or not isinstance(told, str) else words(told))
    return ", ".join(parts)


_MONEY: Final = frozenset({"nettobelopp", "beslutatBruttobelopp"})
_SAID: Final = {
    "startades": "ansökan kom in {}",
    "ankomstdatum": "ansökan kom in {}",
    "datum": "betalas {}",
    "utbetalningsdatum": "betalas {}",
    "nettobelopp": "{} kronor efter skatt",
    "beslutatBruttobelopp": "{} kronor före skatt",
}
