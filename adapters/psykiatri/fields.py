"""Reading one FHIR resource: what is there and of the right kind, or an `Unreadable` that names the field.

FHIR has no mandatory field that every server keeps, so absence is ordinary; the wrong kind never is.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Final, TypeVar, cast

from hub.broker.port import Span
from hub.kit.clock import STOCKHOLM

Node = Mapping[str, Any]
_T = TypeVar("_T")
_MONTHS: Final = (
    "januari februari mars april maj juni juli augusti september oktober november december".split()  # noqa: SIM905  words
)


class Unreadable(Exception):
    """A field holds what it can't hold. The text is its path, nothing of its content."""


def text(node: Node, name: str) -> str:
    """Return the string, without space around it; "" when it is absent."""
    found = node.get(name)
    if found is None:
        return ""
    if not isinstance(found, str):
        raise Unreadable(name)
    return found.strip()


def child(node: Node, name: str) -> Node:
    """Return the object, empty when it is absent."""
    found = node.get(name)
    if found is None:
        return {}
    if not isinstance(found, dict):
        raise Unreadable(name)
    return cast("Node", found)


def children(node: Node, name: str) -> list[Node]:
    """Return the objects of the list, none when it is absent. A null in it is an element without content."""
    return [cast("Node", each) for each in _list(node, name, dict)]


def texts(node: Node, name: str) -> list[str]:
    """Return the strings of the list."""
    return [str(each).strip() for each in _list(node, name, str)]


def _list(node: Node, name: str, kind: type) -> list[object]:
    found: object = node.get(name)
    if found is None:
        return []
    if not isinstance(found, list):
        raise Unreadable(name)
    whole = [each for each in cast("list[object]", found) if each is not None]
    if not all(isinstance(each, kind) for each in whole):
        raise Unreadable(name)
    return whole


def day(node: Node, name: str) -> date | None:
    """Return the day of a date or dateTime, as it is in Sweden; None for absence and for a year or month alone."""
    told = text(node, name)
    if len(told) < len("2026-11-24"):
        return None
    if len(told) == len("2026-11-24"):
        return _parsed(date.fromisoformat, told, name)
    return _instant(told, name).astimezone(STOCKHOLM).date()


def instant(node: Node, name: str) -> datetime | None:
    """Return the moment of an instant or dateTime with a clock time; None for absence and for days."""
    told = text(node, name)
    return _instant(told, name) if len(told) > len("2026-11-24") else None


def _instant(told: str, name: str) -> datetime:
    made = _parsed(datetime.fromisoformat, told, name)
    if made.tzinfo is None:
        raise Unreadable(name)
    try:
        made.astimezone(STOCKHOLM)
    except OverflowError:
        raise Unreadable(name) from None
    return made


def _parsed(parse: Callable[[str], _T], told: str, name: str) -> _T:
    try:
        return parse(told)
    except ValueError:
        raise Unreadable(name) from None


def span(node: Node, name: str = "period") -> Span | None:
    """Return the period, None when no day of it is told. Raises Unreadable when it ends before it begins."""
    period = child(node, name)
    start, end = day(period, "start"), day(period, "end")
    if start is None and end is None:
        return None
    try:
        return Span(start, end)
    except ValueError:
        raise Unreadable(f"{name}.end") from None


def in_words(when: date) -> str:
    """Return the day as it is written in Swedish."""
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


def at_clock(when: datetime) -> str:
    """Return day and time as they are in Sweden."""
    local = when.astimezone(STOCKHOLM)
    return f"{in_words(local.date())} kl. {local:%H.%M}"
