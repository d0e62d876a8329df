"""What waits for somebody, derived when read. Inner ids only: whoever shows one asks about that individual first."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from hub.consent import repository
from hub.consent.kinds import ConsentId, LineState
from hub.consent.model import Line
from hub.consent.state import EXPIRES_SOON
from hub.consent.views import LineView, line_view
from hub.kit.clock import Clock
from hub.kit.database import Database


@dataclass(frozen=True, slots=True)
class Expiring:
    """That something an individual has said yes to ends within thirty days."""

    individual: str
    consent: ConsentId
    until: datetime
    receivers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Awaiting:
    """That lines of a consent wait for an owner's official."""

    individual: str
    consent: ConsentId
    since: datetime
    receivers: frozenset[str]


class ConsentDue:
    """Finds what ends soon and what waits for an official."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock

    async def expiring(self, individuals: Collection[str], agency: str | None = None) -> tuple[Expiring, ...]:
        """Return what ends within thirty days, nearest first: of one's own, or of the cases that somebody works on.

        Derived when read. With `agency`, only lines that it gives or receives on. Inner ids only: whoever shows them
        asks about each individual first.
        """
        now = self._clock.now()
        async with self._database.read() as session:
            lines = await repository.lines_ending(session, individuals, now, now + EXPIRES_SOON)
            events = await repository.events_of_lines(session, [line.id for line in lines])
            renewed = await repository.renewed(session, {line.individual_id for line in lines})
        open_ones = [
            view
            for view in ((line, line_view(line, events.get(line.id, []), now)) for line in lines)
            if view[1].state in {LineState.ACTIVE, LineState.WAITING}
            if view[0].consent_id not in renewed
            if agency is None or agency in {view[0].owner, view[0].receiver}
        ]
        return tuple(_expiring(consent, group) for consent, group in _by_consent(open_ones).items())

    async def awaiting(self, owner: str) -> tuple[Awaiting, ...]:
        """Return the consents whose evidence waits for an official of `owner`, oldest first. Inner ids only."""
        async with self._database.read() as session:
            lines = await repository.lines_awaiting(session, owner, self._clock.now())
        grouped: dict[str, list[Line]] = {}
        for line in lines:
            grouped.setdefault(line.consent_id, []).append(line)
        return tuple(
            Awaiting(
                group[0].individual_id,
                ConsentId(consent),
                group[0].given_at,
                frozenset(line.receiver for line in group),
            )
            for consent, group in grouped.items()
        )


def _by_consent(lines: Iterable[tuple[Line, LineView]]) -> Mapping[str, list[tuple[Line, LineView]]]:
    grouped: dict[str, list[tuple[Line, LineView]]] = {}
    for line, view in lines:
        grouped.setdefault(line.consent_id, []).append((line, view))
    return grouped


def _expiring(consent: str, group: list[tuple[Line, LineView]]) -> Expiring:
    return Expiring(
        group[0][0].individual_id,
        ConsentId(consent),
        min(view.until for _, view in group),
        frozenset(line.receiver for line, _ in group),
    )
