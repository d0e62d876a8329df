"""The data that a consent speaks of: the tree of categories, the purposes, who takes part, and what can ever work."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import takewhile
from pathlib import Path
from typing import get_args

import msgspec

from hub.access.questions.words import Purpose
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
    #: Those outside the matrix that the individual has named before (reading R18), by their id.
    named: Mapping[str, AgencyName] = field(default_factory=dict[str, AgencyName])
    _ways_up: dict[str, tuple[Category, ...]] = field(
        default_factory=dict[str, tuple[Category, ...]], compare=False, repr=False
    )

    @property
    def receivers(self) -> frozenset[str]:
        """Everybody who can receive."""
        return frozenset({*self.agencies, *self.named})

    @property
    def names(self) -> Mapping[str, str]:
        """How everybody is called in a sentence."""
        return {code: each.name for code, each in {**self.agencies, **self.named}.items()}

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


#: Gives the vocabulary as it is now: agencies come and go.
Words = Callable[[], Awaitable[Vocabulary]]


class _Node(msgspec.Struct, frozen=True):
    parent: str
    sensitive: bool


class _Tree(msgspec.Struct, frozen=True):
    categories: dict[str, _Node]


class _Owner(msgspec.Struct, frozen=True):
    consent_to: dict[str, bool]


class _Matrix(msgspec.Struct, frozen=True):
    matrix: dict[str, _Owner]


def from_policies(data: Path, agencies: Mapping[str, AgencyName]) -> Vocabulary:
    """Return the vocabulary that the policies decide with: their tree and matrix (`policies/data`), these agencies."""
    categories, can_work = _policies(data)
    return Vocabulary(categories, frozenset(get_args(Purpose)), agencies, can_work)


@cache
def _policies(data: Path) -> tuple[Mapping[str, Category], frozenset[tuple[str, str]]]:
    tree = msgspec.json.decode((data / "categories.json").read_bytes(), type=_Tree)
    matrix = msgspec.json.decode((data / "matrix.json").read_bytes(), type=_Matrix)
    categories = {code: Category(code, node.parent or None, node.sensitive) for code, node in tree.categories.items()}
    pairs = ((owner, kind) for owner, row in matrix.matrix.items() for kind, works in row.consent_to.items() if works)
    return categories, frozenset(pairs)
