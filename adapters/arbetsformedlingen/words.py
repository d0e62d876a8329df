"""Dates and amounts as people in Sweden read them."""

from datetime import date
from decimal import Decimal
from typing import Final

from hub.broker.port import Span, Typed

_MONTHS: Final = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip


def said(value: Typed) -> str:
    """Return a value as text: a date and an amount in Swedish, the rest as it came."""
    if isinstance(value, date):
        return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"
    if isinstance(value, Decimal):
        return f"{value:,f}".replace(",", "\N{NO-BREAK SPACE}").replace(".", ",")
    return str(value)


def percent(value: Typed) -> str:
    """Return an extent: whole time in a word, else in per cent."""
    return "heltid" if value == 100 else f"{said(value)} procent"  # noqa: PLR2004  per cent


def between(period: Span | None) -> str:
    """Return "1 mars 2026 – 31 augusti 2026", "" for no period."""
    start, end = (period.start, period.end) if period else (None, None)
    if start and end:
        return said(start) if start == end else f"{said(start)} – {said(end)}"
    if start:
        return f"från {said(start)}"
    return f"till och med {said(end)}" if end else ""


def commas(*parts: str) -> str:
    """Return those parts that say something, with commas between."""
    return ", ".join(filter(None, parts))
