"""Fields of an answer, read one by one. What can't be read is kept as it came, and named: never guessed, never dropped."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final, TypeVar

from adapters.arbetsformedlingen.names import Element, local, tag
from hub.broker.port import Category, Gap, Span

T = TypeVar("T")
_LONGEST: Final = 1000
_DAY: Final = re.compile(r"(\d{4}-\d{2}-\d{2})(?:Z|[+-]\d{2}:\d{2})?", re.ASCII)
_WHOLE: Final = re.compile(r"[+-]?\d{1,10}", re.ASCII)
_AMOUNT: Final = re.compile(r"[+-]?(?:\d{1,15}(?:\.\d{0,6})?|\.\d{1,6})", re.ASCII)
_TRUTH: Final = {"true": True, "1": True, "false": False, "0": False}
_PLAIN_NAME: Final = re.compile(r"[^\W\d]{1,40}")
_NIL: Final = "{http://www.w3.org/2001/XMLSchema-instance}nil"


@dataclass(slots=True)
class Reading:
    """Reads one service's part. `namespace`: of its elements. `gaps`: what of it couldn't be read."""

    service: str
    namespace: str
    categories: tuple[Category, ...]
    gaps: list[Gap] = field(default_factory=list[Gap])

    def gap(self, reason: str) -> None:
        """Name something that is missing of this service's part."""
        self.gaps.append(Gap(self.service, reason, self.categories))

    def child(self, within: Element | None, name: str) -> Element | None:
        """Return the one child of that name; a second one is named, and not read."""
        found = [] if within is None else within.findall(f"{self.namespace}{name}")
        if len(found) > 1:
            self.gap(f"{name} står flera gånger i svaret")
        return found[0] if found else None

    def text(self, within: Element | None, name: str) -> str:
        """Return a field's text with its spaces collapsed, "" when it isn't there or is empty."""
        found = [] if within is None else within.findall(f"{self.namespace}{name}")
        if len(found) > 1:
            self.gap(f"{name} står flera gånger i svaret")
        if any(len(each) for each in found):
            self.gap(f"{name} har ett innehåll som inte går att läsa")
        return self._short(name, " / ".join(filter(None, map(_text, found))))

    def day(self, within: Element | None, name: str) -> date | str | None:
        """Return a date; as text when it isn't one; None when it isn't there."""
        return self._typed(within, name, _day)

    def whole(self, within: Element | None, name: str) -> int | str | None:
        """Return an integer; as text when it isn't one; None when it isn't there."""
        return self._typed(within, name, lambda text: int(text) if _WHOLE.fullmatch(text) else None)

    def amount(self, within: Element | None, name: str) -> Decimal | str | None:
        """Return a decimal number; as text when it isn't one; None when it isn't there."""
        return self._typed(within, name, lambda text: Decimal(text) if _AMOUNT.fullmatch(text) else None)

    def truth(self, within: Element | None, name: str) -> bool | str | None:
        """Return a yes or no; as text when it is neither; None when it isn't there."""
        return self._typed(within, name, _TRUTH.get)

    def period(self, start: date | str | None, end: date | str | None) -> Span | None:
        """Return the period between two days; None, and named, when it ends before it begins."""
        first, last = (each if isinstance(each, date) else None for each in (start, end))
        try:
            return Span(first, last) if first or last else None
        except ValueError:
            self.gap("en period slutar innan den börjar")
            return None

    def others(self, within: Element, known: Collection[str]) -> None:
        """Name each child that the format lets an agency add, and that the hub therefore can't know."""
        names = {f"{self.namespace}{each}" for each in known}
        for each in within:
            if tag(each) not in names:
                self.gap(f"svaret har en uppgift som hubben inte känner till: {_plain(local(each))}")

    def _typed(self, within: Element | None, name: str, parse: Callable[[str], T | None]) -> T | str | None:
        text = self.text(within, name)
        if not text:
            return None
        parsed = parse(text)
        if parsed is None:
            self.gap(f"{name} går inte att läsa och visas som det kom")
            return text
        return parsed

    def _short(self, name: str, text: str) -> str:
        if len(text) <= _LONGEST:
            return text
        self.gap(f"{name} är för långt för att visas helt")
        return f"{text[:_LONGEST]}…"


def _text(element: Element) -> str:
    return "" if element.get(_NIL) in ("true", "1") else " ".join("".join(element.itertext()).split())


def _day(text: str) -> date | None:
    found = _DAY.fullmatch(text)
    try:
        return date.fromisoformat(found.group(1)) if found else None
    except ValueError:
        return None


def _plain(name: str) -> str:
    """An element's name, when it is a mere word: a name is content too, when a sender makes it so."""
    return name if _PLAIN_NAME.fullmatch(name) else "utan namn som går att visa"
