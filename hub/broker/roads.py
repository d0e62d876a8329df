"""An agency's road with its guard: how many questions may be open at once, and a rest for one that only fails.

A dead agency costs the others nothing: it has its own limit, its own time, and after a few failures in a row it is
named as down at once, until one question has been let through and answered.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

import structlog

from hub.broker.port import AgencyAnswer, AgencyFault, AgencyPort, AgencyRequest, FaultKind
from hub.kit.clock import Clock

_log = structlog.get_logger()
#: What says that the agency itself is in trouble. A refusal or another person's data is an answer, however bad.
_TROUBLE: Final = frozenset({FaultKind.UNREACHABLE, FaultKind.SILENT, FaultKind.DOWN, FaultKind.CERTIFICATE})


@dataclass(frozen=True, slots=True)
class Guard:
    """`budget`: seconds for one question. `open_calls`: questions at once. `failures` in a row, then `rest`."""

    budget: float = 8.0
    open_calls: int = 16
    failures: int = 5
    rest: timedelta = timedelta(seconds=20)


@dataclass(slots=True)
class GuardedRoad:
    """A port behind its guard. Safe to use from many tasks at once."""

    agency: str
    port: AgencyPort
    clock: Clock
    guard: Guard = field(default_factory=Guard)
    _failed: int = 0
    _rests_until: datetime | None = None
    _calls: asyncio.Semaphore = field(init=False)

    def __post_init__(self) -> None:
        self._calls = asyncio.Semaphore(self.guard.open_calls)

    @property
    def resting(self) -> bool:
        """Whether it is named as down without being asked."""
        return self._rests_until is not None and self.clock.now() < self._rests_until

    async def ask(self, request: AgencyRequest) -> AgencyAnswer:
        """Return the answer, within the budget. Raises AgencyFault and nothing else."""
        if self.resting:
            raise AgencyFault(FaultKind.DOWN, "resting after failures")
        try:
            answer = await self._within(request)
        except AgencyFault as fault:
            self._note(fault.kind in _TROUBLE)
            raise
        except Exception as error:  # noqa: BLE001  a fault in an adapter is that agency's part, never the whole picture's
            _log.error("adapter_failed", agency=self.agency, error=type(error).__name__, entry=request.entry)
            self._note(trouble=False)
            raise AgencyFault(FaultKind.MALFORMED, type(error).__name__) from None
        self._note(trouble=False)
        return answer

    async def _within(self, request: AgencyRequest) -> AgencyAnswer:
        waited = False
        try:
            async with asyncio.timeout(self.guard.budget):
                async with self._calls:
                    waited = True
                    return await self.port.ask(request)
        except TimeoutError:
            kind = FaultKind.SILENT if waited else FaultKind.BUSY
            raise AgencyFault(kind, f"no answer within {self.guard.budget:g} s") from None

    def _note(self, trouble: bool) -> None:  # noqa: FBT001  one fact, and its name says which
        if not trouble:
            self._failed, self._rests_until = 0, None
            return
        self._failed += 1
        if self._failed >= self.guard.failures:
            self._rests_until = self.clock.now() + self.guard.rest


def guarded(ports: Mapping[str, AgencyPort], clock: Clock, guard: Guard | None = None) -> dict[str, GuardedRoad]:
    """Return each agency's port behind a guard of its own."""
    return {agency: GuardedRoad(agency, port, clock, guard or Guard()) for agency, port in ports.items()}
