"""The shared picture by life area: who says what, and where two agencies say different things. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Final

from hub.access.questions.words import Category
from hub.agencies import AgencyId
from hub.broker import Told
from hub.broker.port import Fact, Span
from hub.kit.clock import STOCKHOLM

#: Life areas in the order they are read, with the categories that belong to each.
AREAS: Final[Mapping[str, tuple[Category, ...]]] = {
    "work": ("work_ability", "employment", "employer", "benefits", "economy", "debts", "af_decision"),
    "health": ("health", "mental_health", "substance_use", "trauma", "coercive_care"),
    "living": ("social_situation", "shelter", "contact", "address", "phone"),
    "family": ("family", "children"),
    "plan": ("plan", "meeting", "follow_up_provider", "follow_up_authority"),
}


@dataclass(frozen=True, slots=True)
class Statement:
    """What one agency says, in one fact."""

    agency: AgencyId
    told: Told

    @property
    def fact(self) -> Fact:
        return self.told.fact


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two agencies or more that say different things of the same matter, the newest last."""

    matter: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Area:
    """One life area."""

    name: str
    categories: tuple[Category, ...]
    statements: tuple[Statement, ...]
    disagreements: tuple[Disagreement, ...]


def by_area(statements: Sequence[Statement]) -> tuple[Area, ...]:
    """Return every area with what is said in it, in the order of AREAS; those without a word too."""
    return tuple(_area(name, categories, statements) for name, categories in AREAS.items())


def area_of(categories: Iterable[str]) -> str:
    """Return the first area that any of `categories` belongs to."""
    wanted = set(categories)
    return next((name for name, held in AREAS.items() if wanted.intersection(held)), "plan")


def disagreements(statements: Iterable[Statement]) -> tuple[Disagreement, ...]:
    """Return the matters of which two agencies say different things about the same time."""
    claimed = sorted((each for each in statements if each.fact.claim), key=_matter)
    found = ((matter, tuple(group)) for matter, group in groupby(claimed, key=_matter))
    return tuple(
        Disagreement(matter, tuple(sorted(sides, key=_since)))
        for matter, group in found
        if (sides := _differing(group))
    )


def since(fact: Fact) -> date:
    """Return the day that a fact is said to be from: its period's first, else the day it was so."""
    return fact.period.start if fact.period and fact.period.start else fact.as_of.astimezone(STOCKHOLM).date()


def _since(statement: Statement) -> tuple[date, datetime]:
    return since(statement.fact), statement.fact.as_of


def _area(name: str, categories: tuple[Category, ...], statements: Sequence[Statement]) -> Area:
    held = tuple(each for each in statements if each.fact.category in categories)
    return Area(name, categories, held, disagreements(held))


def _matter(statement: Statement) -> str:
    return statement.fact.claim.matter if statement.fact.claim else ""


def _differing(group: Sequence[Statement]) -> tuple[Statement, ...]:
    """Return each agency's newest word, where another agency says something else of an overlapping time."""
    newest = {each.agency: each for each in sorted(group, key=lambda each: each.fact.as_of)}
    sides = tuple(newest.values())
    return tuple(each for each in sides if any(_differ(each.fact, other.fact) for other in sides))


def _differ(one: Fact, other: Fact) -> bool:
    said = one.claim is not None and other.claim is not None and one.claim.says != other.claim.says
    return said and _overlap(one.period, other.period)


def _overlap(one: Span | None, other: Span | None) -> bool:
    """Tell whether two periods share a day; what has no period is said of any time."""
    if one is None or other is None:
        return True
    begins = one.start is None or other.end is None or one.start <= other.end
    ends = other.start is None or one.end is None or other.start <= one.end
    return begins and ends
