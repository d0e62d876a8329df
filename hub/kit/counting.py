"""How often somebody has come lately: counted in the memory of one process, bounded, and with no work in between."""

import time
from collections.abc import Callable
from typing import Final

#: Callers that are told apart in one window. Those who come after so many share one count: a flood of made-up addresses
#: takes no more memory than this.
_APART: Final = 100_000
_THE_REST: Final = ""


class Counter:
    """Counts over a window that slides: what came in the window before counts for the part of it that is still inside."""

    def __init__(
        self, window_s: float = 60.0, *, apart: int = _APART, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._window_s, self._apart, self._clock = window_s, apart, clock
        self._number = 0
        self._now: dict[str, int] = {}
        self._before: dict[str, int] = {}

    def hit(self, key: str, limit: int) -> bool:
        """Count one more of `key` and return True, or return False, and count nothing, when that would be over `limit`."""
        inside = self._turn()
        if key not in self._now and len(self._now) >= self._apart:
            key = _THE_REST
        count = self._now.get(key, 0)
        if count + int(self._before.get(key, 0) * inside) >= limit:
            return False
        self._now[key] = count + 1
        return True

    def _turn(self) -> float:
        """Begin a new window when it is time; return how much of the one before is still inside."""
        number, into = divmod(self._clock(), self._window_s)
        if number != self._number:
            self._before = self._now if number == self._number + 1 else {}
            self._now, self._number = {}, int(number)
        return 1 - into / self._window_s
