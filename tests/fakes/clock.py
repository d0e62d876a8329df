"""A clock that stands still until it is moved."""

from datetime import datetime, timedelta


class FixedClock:
    """Tells the instant it was set to."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def move(self, **by: float) -> None:
        """Move the clock by `timedelta(**by)`."""
        self._now += timedelta(**by)
