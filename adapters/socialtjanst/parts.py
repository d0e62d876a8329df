"""One item of an answer, read field by field: each is asked for by name and type, and what nobody asked for is found."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final, cast

from hub.broker.port import Gap, Span, Value

_PLAIN: Final = re.compile(r"[A-Za-z]{1,40}")
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_LONGEST: Final = 4000


class Unreadable(Exception):
    """A field isn't what the format says. The text is the field's name, and nothing that stood there."""


@dataclass(slots=True)
class Part:
    """An object of the answer. `where` names it in gaps and in errors, without content."""

    told: dict[str, Any]
    where: str
    asked: set[str] = field(default_factory=set[str])
    gaps: list[Gap] = field(default_factory=list[Gap])
    inside: list["Part"] = field(default_factory=list["Part"])

    @classmethod
    def of(cls, told: object, where: str) -> "Part":
        """Raises Unreadable when it is no object."""
        if not isinstance(told, dict):
            raise Unreadable(where)
        return cls(cast("dict[str, Any]", told), where)

    def has(self, name: str) -> bool:
        return self.told.get(name) is not None

    def text(self, name: str, *, default: str | None = None) -> str:
        """Return a text that says something; `default` when the field isn't there."""
        self.asked.add(name)
        found = self.told.get(name)
        if found is None and default is not None:
            return default
        if not isinstance(found, str) or not found.strip() or len(found) > _LONGEST:
            raise Unreadable(name)
        return found.strip()

    def flag(self, name: str, *, default: bool) -> bool:
        self.asked.add(name)
        found = self.told.get(name, default)
        if not isinstance(found, bool):
            raise Unreadable(name)
        return found

    def count(self, name: str) -> int:
        self.asked.add(name)
        found = self.told.get(name)
        if not isinstance(found, int) or isinstance(found, bool) or found < 0:
            raise Unreadable(name)
        return found

    def number(self, name: str) -> Decimal:
        self.asked.add(name)
        found = self.told.get(name)
        if isinstance(found, bool) or not isinstance(found, (int, Decimal)):
            raise Unreadable(name)
        return Decimal(found)

    def day(self, name: str) -> date | None:
        """Return a day, None when it isn't told."""
        told = self.text(name, default="")
        try:
            return date.fromisoformat(told) if told and _DAY.fullmatch(told) else _none(told, name)
        except ValueError:
            raise Unreadable(name) from None

    def instant(self, name: str) -> datetime:
        """Return an instant with its zone."""
        try:
            found = datetime.fromisoformat(self.text(name))
        except ValueError:
            raise Unreadable(name) from None
        if found.tzinfo is None:
            raise Unreadable(name)
        return found

    def part(self, name: str) -> "Part | None":
        """Return an object inside, None when it isn't there."""
        self.asked.add(name)
        if not self.has(name):
            return None
        found = next((each for each in self.inside if each.where == name), None) or Part.of(self.told[name], name)
        if found not in self.inside:
            self.inside.append(found)
        return found

    def items(self, name: str) -> list[object]:
        self.asked.add(name)
        found = self.told.get(name)
        if not isinstance(found, list):
            raise Unreadable(name)
        return cast("list[object]", found)

    def period(self, start: str, end: str) -> tuple[Span | None, tuple[Value, ...]]:
        """Return the period; one that ends before it begins stays as text, and is named."""
        first, last = self.day(start), self.day(end)
        if first is None and last is None:
            return None, ()
        try:
            return Span(first, last), ()
        except ValueError:
            self.gaps.append(Gap(self.where, "Perioden slutar innan den börjar. Den visas som den kom."))
            return None, (Value("period", "Period, som den kom", f"{first} till {last}"),)

    def rest(self) -> None:
        """Name what nobody has asked for: it is never silently left out."""
        left = self.left()
        if left:
            named = ", ".join(name if _PLAIN.fullmatch(name) else "ett fält med ovanligt namn" for name in left)
            self.gaps.append(Gap(self.where, f"Hubben känner inte till: {named}."))

    def left(self) -> list[str]:
        """Return the names that nobody has asked for, here and inside."""
        here = sorted(name for name in self.told if name not in self.asked and self.told[name] is not None)
        return here + [name for each in self.inside for name in each.left()]


def _none(told: str, name: str) -> None:
    if told:
        raise Unreadable(name)
