"""Time: always an aware instant in UTC, always asked of a clock that a test can set."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Protocol
from zoneinfo import ZoneInfo

STOCKHOLM: Final = ZoneInfo("Europe/Stockholm")
#: 9999-12-31T23:59:59Z. An open end is a far number, never null (a null would be "undecided").
FAR_FUTURE_S: Final = 253_402_300_799
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


class Clock(Protocol):
    """What tells the time."""

    def now(self) -> datetime:
        """Return this instant, aware, in UTC."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """Return this instant, aware, in UTC."""
        return datetime.now(UTC)  # noqa: TID251  the one place that asks the machine


def today(clock: Clock) -> date:
    """Return the date in Sweden: periods and due dates are counted there."""
    return clock.now().astimezone(STOCKHOLM).date()


def midnight_after(day: date) -> datetime:
    """Return the next Swedish midnight after `day`: "till och med" `day` means until then (reading R1)."""
    return datetime.combine(day + timedelta(days=1), time.min, STOCKHOLM).astimezone(UTC)


def midnight_of(day: date) -> datetime:
    """Return the Swedish midnight that begins `day`."""
    return datetime.combine(day, time.min, STOCKHOLM).astimezone(UTC)


def micros(instant: datetime) -> int:
    """Return whole microseconds since 1970-01-01T00:00Z, the form in which instants are stored."""
    return (instant - _EPOCH) // _MICROSECOND


def from_micros(value: int) -> datetime:
    """Return the instant that `micros` made `value` of."""
    return _EPOCH + timedelta(microseconds=value)


def epoch_s(instant: datetime) -> int:
    """Return whole seconds since 1970 (rounded down), the form in which questions carry instants."""
    return micros(instant) // 1_000_000
