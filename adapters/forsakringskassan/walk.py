"""Values out of any part of an answer: known shapes as what they are, all else as it came, nothing dropped.

Shapes rather than schemas, since LEFI has the same few everywhere: a code with its description, an amount, an extent,
a period. What can't be read as what it should be stays as text, and a gap names it.
"""

import calendar
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from adapters.forsakringskassan.codes import LISTS
from adapters.forsakringskassan.fields import LABELS
from adapters.forsakringskassan.marks import BARE, ITEMS, OTHERS, PLACES
from hub.broker.port import Span, Typed, Value
from hub.kit.payload import is_array, is_object

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_MONTH: Final = re.compile(r"\d{4}-\d{2}")
_NAME: Final = 60
_YES_NO: Final = {True: "ja", False: "nej"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the answer one is: `name` in English dots, `label` for people, and what everything below it is."""

    name: str = ""
    label: str = ""
    item: str = ""
    location: bool = False
    third_person: bool = False

    @lru_cache(maxsize=4096)  # noqa: B019  a value without a life of its own; the same few hundred in every answer
    def into(self, field: str) -> "Place":
        """Return the place of `field`, which may be one that nobody has described."""
        label = LABELS.get(field, f"Okänt fält: {field[:_NAME]}")
        return Place(
            f"{self.name}.{field}" if self.name else field,
            f"{self.label}: {label.lower() if field in LABELS else label}" if self.label else label,
            ITEMS.get(field, self.item),
            location=self.location or field in PLACES or field not in LABELS,
            third_person=self.third_person or field in OTHERS,
        )

    def value(self, said: Typed) -> Value:
        return Value(self.name, self.label, said, self.item, self.location, self.third_person)


def values(node: Mapping[str, Any], place: Place = Place()) -> Iterator[Value]:
    """Yield a value for all that is said in `node`, in its order."""
    for field, child in node.items():
        under = place.into(field)
        rows = is_array(child)
        for each in child if is_array(child) else (child,):
            yield from _value(field, each, under, row=rows)


def _value(field: str, node: Any, place: Place, *, row: bool) -> Iterator[Value]:
    if (said := simple(field, node)) is not None:
        if is_object(node) and "valuta" in node and isinstance(said, Decimal | int):
            place = replace(place, label=f"{place.label}, kronor")
        yield place.value(said)
    elif is_object(node) and field in BARE:
        yield from values(node, replace(place, label=""))
    elif is_object(node) and not (row and _one_line(node)):
        yield from values(node, place)
    elif node not in (None, "", {}, []):
        inner = list(values(node)) if is_object(node) else []
        told = ", ".join(f"{each.label.lower()} {words(each.value)}" for each in inner) or words(node)
        elsewhere = any(each.location for each in inner)
        others = any(each.third_person for each in inner)
        marked = replace(place, location=place.location or elsewhere, third_person=place.third_person or others)
        yield marked.value(told)


def _one_line(node: Mapping[str, Any]) -> bool:
    """Whether one of many reads best as one line: a day, a child; nothing that has lists of its own."""
    return not any(is_array(each) for each in node.values())


def simple(field: str, node: Any) -> Typed | None:
    """Return what a single thing says, None when it says nothing or is more than one thing."""
    if is_object(node):
        return _shape(field, node)
    if isinstance(node, str):
        return LISTS.get(field, {}).get(node) or (day(node) or node or None)
    return node if isinstance(node, bool | int | Decimal) else None


def _shape(field: str, node: Mapping[str, Any]) -> Typed | None:
    keys = set(node)
    if not keys:
        return None
    if keys <= {"id", "beskrivning"} or keys <= {"kod", "beskrivning"}:
        return _coded(field, node)
    if keys <= {"summa", "valuta"}:
        return _amount(node)
    if keys <= {"taljare", "namnare"}:
        return _extent(node)
    if keys <= {"fran", "till"} or keys <= {"from", "tom"}:
        return " – ".join(str(each or "") for each in _ends(node)).strip()
    return _country(node) if keys <= {"kod", "namn"} else None


def _coded(field: str, node: Mapping[str, Any]) -> str:
    code = node.get("id", node.get("kod"))
    told = node.get("beskrivning") or _listed(field, code)
    return str(told) if told else f"okänd kod {words(code)}"


def _listed(field: str, code: Any) -> str | None:
    return LISTS.get(field, {}).get(code) if isinstance(code, str | int) else None


def _amount(node: Mapping[str, Any]) -> Typed | None:
    total, currency = node.get("summa"), node.get("valuta", "SEK")
    if currency == "SEK" and isinstance(total, int | Decimal) and not isinstance(total, bool):
        return total
    return f"{words(total)} {words(currency)}".strip()


def _extent(node: Mapping[str, Any]) -> str | None:
    if (said := percent(node)) is None:
        return None if _zero(node) else f"{words(node.get('taljare'))}/{words(node.get('namnare'))}"
    return f"{said} procent"


def _zero(node: Mapping[str, Any]) -> bool:
    """Both zero, or not set, means that there is no extent (the contract's LefiOmfattning)."""
    return not node.get("taljare") and not node.get("namnare")


def percent(node: Any) -> int | None:
    """Return an extent in whole percent, None when it isn't one."""
    if not is_object(node):
        return None
    part, whole = node.get("taljare"), node.get("namnare")
    if not (type(part) is int and type(whole) is int and 0 <= part <= whole and whole > 0):
        return None
    return round(100 * part / whole)


def _country(node: Mapping[str, Any]) -> str:
    return words(node.get("namn") or node.get("kod"))


def _ends(node: Mapping[str, Any]) -> tuple[Any, Any]:
    return node.get("fran", node.get("from")), node.get("till", node.get("tom"))


def span(node: Any) -> Span | None:
    """Return the period; None when there is none. A month is all its days. Raises ValueError when it can't be one."""
    if not is_object(node) or not any(_ends(node)):
        return None
    start, end = _ends(node)
    return Span(_edge(start, last=False), _edge(end, last=True))


def _edge(told: Any, *, last: bool) -> date | None:
    if told in (None, ""):
        return None
    if isinstance(told, str) and _MONTH.fullmatch(told):
        year, month = int(told[:4]), int(told[5:])
        if year and 1 <= month <= 12:  # noqa: PLR2004  months of a year
            return date(year, month, calendar.monthrange(year, month)[1] if last else 1)
    if isinstance(told, str) and (found := day(told)):
        return found
    raise ValueError("not a day")


def day(told: Any) -> date | None:
    """Return the day that a text is, None when it isn't one."""
    if not (isinstance(told, str) and _DAY.fullmatch(told)):
        return None
    try:
        return date.fromisoformat(told)
    except ValueError:
        return None


def words(said: Any) -> str:
    """Return anything as text for people."""
    if isinstance(said, bool):
        return _YES_NO[said]
    if is_array(said):
        return ", ".join(words(each) for each in said)
    if is_object(said):
        return ", ".join(f"{name} {words(each)}" for name, each in said.items())
    return "" if said is None else str(said)
