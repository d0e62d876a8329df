"""What can open anything at all between two agencies, read from the rules' own tables: so that nothing is asked in vain.

It never permits: it only says what is worth asking about, and rather too much than too little.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast, get_args

import msgspec

from hub.access.questions import LineFacts
from hub.access.questions.words import Category
from hub.cases.who_rows import OpenCase, OwnerSeen

#: Every kind of fact there is.
KINDS: Final[tuple[Category, ...]] = get_args(Category)


class _Node(msgspec.Struct, frozen=True):
    reached_by: dict[str, bool]


class _Tree(msgspec.Struct, frozen=True):
    categories: dict[str, _Node]


class _Public(msgspec.Struct, frozen=True):
    public: dict[str, dict[str, str] | str]


@dataclass(frozen=True, slots=True)
class Openings:
    """`reached`: the categories that a line on each category reaches. `public`: by an owner's kind, what isn't secret."""

    reached: Mapping[str, frozenset[str]]
    public: Mapping[str, frozenset[str]]

    @classmethod
    def load(cls, policies: Path) -> "Openings":
        """Return what the tables under `policies` say."""
        tree = msgspec.json.decode((policies / "data" / "categories.json").read_bytes(), type=_Tree).categories
        public = msgspec.json.decode((policies / "data" / "public.json").read_bytes(), type=_Public).public
        return cls(
            {named: frozenset(code for code, node in tree.items() if named in node.reached_by) for named in tree},
            {kind: frozenset(codes) for kind, codes in public.items() if isinstance(codes, dict)},
        )

    def between(
        self, owner: OwnerSeen, receiver: OwnerSeen, case: OpenCase, lines: Sequence[LineFacts]
    ) -> tuple[Category, ...]:
        """Return what is worth asking about: what a line, a decision or the law can open. Inside one secrecy, all."""
        if (owner.agency.authority, owner.agency.regime) == (receiver.agency.authority, receiver.agency.regime):
            return KINDS
        found = set(self.public.get(owner.agency.kind, ()))
        for line in lines:
            if line.purpose == case.purpose:
                found |= self.reached.get(line.category, frozenset())
        for decision in case.decisions:
            if (decision.owner, decision.receiver) == (owner.agency.id, receiver.agency.id):
                found |= set(decision.categories)
        return tuple(cast("Category", each) for each in sorted(found))
