"""Swedish working days: clocks of the field are counted in them."""

from datetime import date, timedelta
from functools import cache


@cache
def _holidays() -> dict[date, str]:
    # 0.6 s at first use, so not at import. De facto holidays are midsommar-, jul- and nyårsafton, which the law on
    # the reckoning of statutory time (1930:173) puts beside Sundays.
    import holidays  # noqa: PLC0415

    return holidays.country_holidays("SE", categories=("public", "de_facto"))


def is_working_day(day: date) -> bool:
    """Tell whether `day` is Monday to Friday and no holiday in Sweden."""
    return day.weekday() < 5 and day not in _holidays()  # noqa: PLR2004  Saturday is 5


def add_working_days(day: date, count: int) -> date:
    """Return the `count`-th working day after `day` (`count` ≥ 1)."""
    while count:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day


def working_days_between(start: date, end: date) -> int:
    """Return how many working days lie after `start` up to and including `end`; negative when `end` is earlier."""
    if end < start:
        return -working_days_between(end, start)
    return sum(is_working_day(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))
