"""The data that a consent speaks of: the tree of categories, the purposes, who takes part, and what can ever work."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import takewhile

from hub.consent.kinds import ALL


@dataclass(frozen=True, slots=True)
class Category:
    """One node of the tree. A permit on the parent doesn't reach a child that is marked sensitive."""

    code: str
    parent: str | None = None
    sensitive: bool = False


@dataclass(frozen=True, slots=True)
class AgencyName:
    """How an agency is called in a sentence, and its kind, by which the matrix knows it."""

    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Everything a draft is checked against and put into words with.

    `can_work` holds the pairs (owner's kind, receiver's kind) for which consent can ever be a ground; None = not known.
    """

    categories: Mapping[str, Category]
    purposes: frozenset[str]
    agencies: Mapping[str, AgencyName]
    can_work: frozenset[tuple[str, str]] | None = None
    _ways_up: dict[str, tuple[Category, ...]] = field(
        default_factory=dict[str, tuple[Category, ...]], compare=False, repr=False
    )

    def way_up(self, code: str) -> tuple[Category, ...]:
        """Return the category and its ancestors, nearest first; nothing for an unknown code."""
        if code not in self._ways_up:
            here = self.categories.get(code)
            above = self.way_up(here.parent) if here and here.parent else ()
            self._ways_up[code] = (here, *above) if here else ()
        return self._ways_up[code]

    def reached_by(self, code: str) -> frozenset[str]:
        """Return the categories on which a permit reaches `code`: itself, and ancestors up to a sensitive step."""
        way = self.way_up(code)
        through = len(list(takewhile(lambda step: not step.sensitive, way)))
        return frozenset(each.code for each in way[: through + 1])

    def within(self, code: str) -> frozenset[str]:
        """Return `code` with all that lies under it, sensitive children included."""
        if code == ALL:
            return frozenset(self.categories)
        return frozenset(each for each in self.categories if any(step.code == code for step in self.way_up(each)))

    def touched_by(self, code: str) -> frozenset[str]:
        """Return the categories whose lines cover any part of `code`: what a withdrawal of it hits (reading R4)."""
        return self.within(code) | self.reached_by(code)

    def can_ever_work(self, owner: str, receiver: str) -> bool:
        """Tell whether a consent from `owner` to `receiver` can ever be a ground; a receiver outside the matrix can."""
        kinds = [self.agencies[each].kind for each in (owner, receiver) if each in self.agencies]
        if self.can_work is None or len(kinds) < 2:  # noqa: PLR2004  a pair
            return True
        return (kinds[0], kinds[1]) in self.can_work
