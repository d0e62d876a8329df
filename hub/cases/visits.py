"""When somebody last looked through what is new in their cases."""

from datetime import datetime, timedelta
from typing import Final

from hub.access import Caller
from hub.cases.acts import CaseActs
from hub.kit.clock import from_micros, micros

#: What is new to one who has never looked.
FIRST: Final = timedelta(days=7)
#: One who comes back sooner than this is still looking: the page that is loaded again shows what it showed.
_SITTING: Final = timedelta(minutes=30)
_LOOKED: Final = """
    INSERT INTO day_visit (assignment, seen_at, since) VALUES ($1, $2, $3)
        ON CONFLICT (assignment) DO UPDATE SET seen_at = excluded.seen_at,
           since = CASE WHEN day_visit.seen_at <= $4 THEN day_visit.seen_at ELSE day_visit.since END
    RETURNING since"""


class CaseVisits(CaseActs):
    """Since when something is new, for each assignment by itself."""

    async def look(self, caller: Caller) -> datetime:
        """Note that the caller looks now, and return since when what has happened is new to them."""
        now = self._clock.now()
        [[since]] = await self._database.record(
            _LOOKED, caller.assignment or caller.ref, micros(now), micros(now - FIRST), micros(now - _SITTING)
        )
        return from_micros(since)

    async def looked(self, caller: Caller) -> datetime:
        """Return since when what has happened is new to the caller, without noting that they look."""
        rows = await self._database.fetch(
            "SELECT since FROM day_visit WHERE assignment = $1", caller.assignment or caller.ref
        )
        return from_micros(rows[0][0]) if rows else self._clock.now() - FIRST
