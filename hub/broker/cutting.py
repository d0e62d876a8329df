"""What of an answer may leave to the reader: only what the permit names, with what the law strikes taken out.

Pure, and on typed facts (HUB-04; OSL 21:3 and 21:3 a; readings R10, R23). What is struck says what kind of thing is
gone, never its length. A value that was struck may also stand in the agency's sentence, so the sentence goes with it.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Final

from hub.access.questions import Answer
from hub.broker.port import AgencyAnswer, Fact, Value

_PLACE: Final = "Plats struken"
_UNIT: Final = "Enhet struken"
_OTHER: Final = "Uppgift om någon annan struken"


@dataclass(frozen=True, slots=True)
class Told:
    """A fact as it may be shown. `unit` of the fact is "" when it is struck; `struck`: what kinds of thing are gone."""

    fact: Fact
    struck: tuple[str, ...] = ()


def cut(answer: AgencyAnswer, permitted: Answer) -> tuple[Told, ...]:
    """Return what of `answer` the permit lets through, in its order."""
    allowed = frozenset(permitted.categories)
    places = any(each.code == "strike_location_fields" for each in permitted.obligations)
    within = (_within(fact, allowed) for fact in answer.facts)
    return tuple(_struck(fact, places=places) for fact in within if fact is not None)


def came(answer: AgencyAnswer, told: Iterable[Told]) -> dict[str, object]:
    """Return what the ledger says came and what of it left: counts per category, no content."""
    return {
        "came": _counts(answer.facts),
        "shown": _counts(each.fact for each in told),
        "gaps": len(answer.gaps),
        "known": answer.known,
    }


def _counts(facts: Iterable[Fact]) -> dict[str, int]:
    counted: dict[str, int] = {}
    for fact in facts:
        counted[fact.category] = counted.get(fact.category, 0) + 1
    return counted


def _within(fact: Fact, allowed: Collection[str]) -> Fact | None:
    """The whole fact, where its category is permitted; else the single data that a duty names; else nothing."""
    if fact.category in allowed:
        return fact
    values = tuple(each for each in fact.values if each.item and each.item in allowed)
    if not values:
        return None
    return replace(fact, text=_sentence(values), values=values, claim=None, location=False)


def _struck(fact: Fact, *, places: bool) -> Told:
    struck: list[str] = []
    values = fact.values
    if any(each.third_person for each in values):
        struck.append(_OTHER)
        values = tuple(each for each in values if not each.third_person)
    if places and fact.holds_location:
        struck.append(_PLACE)
        values = tuple(each for each in values if not each.location)
    text, claim = fact.text, fact.claim
    if struck:
        text, claim = fact.what.text, None if _PLACE in struck else claim
    unit = fact.unit
    if places:
        struck.append(_UNIT)
        unit = ""
    if not struck:
        return Told(fact)
    # A fact refuses to be without a unit; what is shown of it may be.
    shown = replace(fact, text=text, values=values, claim=claim, unit=unit or "–")
    return Told(shown, tuple(struck))


def _sentence(values: Iterable[Value]) -> str:
    """What a single datum says, for one who may have nothing but that."""
    return ". ".join(f"{each.label}: {_words(each)}" for each in values) + "."


def _words(value: Value) -> str:
    if isinstance(value.value, bool):
        return "ja" if value.value else "nej"
    return str(value.value)
