"""What an agency says of somebody, value by value, as people read it."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

from hub.broker.port import Value
from hub.web.dates import DateWords


def value_words(value: Value, dates: DateWords, say: Callable[[str], str] = str) -> str:
    """Return a value in words: yes or no, a day, a sum with room between the thousands, or what was written."""
    said = value.value
    if isinstance(said, bool):
        return say("ja") if said else say("nej")
    if isinstance(said, (date, datetime)):
        return dates.short(said)
    if isinstance(said, (int, Decimal)):
        return f"{said:,}".replace(",", "\u00a0").replace(".", ",")
    return said
