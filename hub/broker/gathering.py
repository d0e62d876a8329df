"""Gathering: all agencies at once, each within its own time, and the whole within its own.

What an agency says is looked at before anybody may see it: about the right person, and about protection that the hub
didn't know of. What is late, down, broken or dishonest becomes a part of its own that names it; the others' are shown.
Nothing here decides: `Sending`s are already permitted, and each part is decided again before it leaves to the reader.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import structlog

from hub.broker.model import GatheringId, PartState
from hub.broker.port import AgencyAnswer, AgencyFault, AgencyRequest, FaultKind, NumberChanged
from hub.broker.roads import GuardedRoad
from hub.broker.store import Gathering, Part, Store
from hub.kit.clock import Clock

#: Seconds for the whole. An agency's own budget is shorter; this one holds whatever a budget says.
WHOLE: Final = 10.0
#: Seconds between looks for what another worker has finished.
_LOOK: Final = 0.25
_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Sending:
    """A permitted question on its way to `agency`."""

    agency: str
    request: AgencyRequest


@dataclass(frozen=True, slots=True)
class Watch:
    """What must happen, before anybody sees a part, when an answer shows it: each gets the gathering and the agency."""

    protection: Callable[[Gathering, str, str], Awaitable[None]]
    incident: Callable[[Gathering, str, FaultKind, str], Awaitable[None]]
    number_changed: Callable[[Gathering, str], Awaitable[None]]


class Gatherer:
    """Asks agencies within permits, and keeps what they say for its minute."""

    def __init__(
        self, roads: Mapping[str, GuardedRoad], store: Store, clock: Clock, watch: Watch, whole: float = WHOLE
    ) -> None:
        self.roads = dict(roads)
        self._store, self._clock, self._watch, self._whole = store, clock, watch, whole
        self._running: dict[GatheringId, _Running] = {}

    @property
    def store(self) -> Store:
        return self._store

    async def begin(self, gathering: Gathering, sendings: Sequence[Sending]) -> None:
        """Keep the gathering and send every question; returns when they are on their way."""
        await self._send(gathering, sendings, self._store.begin(gathering))

    async def again(self, gathering: Gathering, sendings: Sequence[Sending]) -> None:
        """Send the questions of a gathering that lies already, to those agencies alone."""
        await self._send(gathering, sendings)

    async def wait(self, identity: GatheringId, seconds: float) -> Gathering | None:
        """Return the gathering once it is complete, or as it is after `seconds`. None when there is none any more."""
        running = self._running.get(identity)
        if running is not None:
            await running.wait(seconds)
            return running.gathering
        return await self._elsewhere(identity, seconds)

    async def follow(self, identity: GatheringId) -> AsyncIterator[Part]:
        """Yield each part once it is finished, until all are or the whole's time is over."""
        told: set[str] = set()
        end = asyncio.get_running_loop().time() + self._whole
        while (found := await self.wait(identity, 0)) is not None:
            finished = [each for each in found.parts.values() if each.state is not PartState.WAITING]
            for part in finished:
                if part.agency not in told:
                    told.add(part.agency)
                    yield part
            left = end - asyncio.get_running_loop().time()
            if found.complete or left <= 0:
                return
            await self._change(identity, min(_LOOK, left))

    async def settle(self) -> None:
        """Return when nothing that this worker has asked is on its way, and all of it is kept."""
        await asyncio.gather(*(each.task for each in self._running.values()))

    async def close(self) -> None:
        """End what is on its way; what has been kept stays for its minute."""
        for running in list(self._running.values()):
            running.task.cancel()
        await asyncio.gather(*(each.task for each in self._running.values()), return_exceptions=True)

    async def _send(
        self, gathering: Gathering, sendings: Sequence[Sending], beginning: Awaitable[None] | None = None
    ) -> None:
        """Send, and keep meanwhile that it is sent: the agencies take longer than the database."""
        asked = {each.agency: (*each.request.categories, *each.request.items) for each in sendings}
        now = self._clock.now()
        waiting = {agency: Part(agency, PartState.WAITING, what, now) for agency, what in asked.items()}
        running = _Running(replace(gathering, parts={**gathering.parts, **waiting}))
        running.task = asyncio.create_task(self._run(running, sendings))
        self._running[gathering.id] = running
        try:
            if beginning is not None:
                await beginning
            await self._store.waiting(gathering.id, asked)
        except BaseException:
            running.task.cancel()
            raise
        running.kept.set()

    async def _run(self, running: "_Running", sendings: Sequence[Sending]) -> None:
        try:
            async with asyncio.TaskGroup() as group:
                for sending in sendings:
                    group.create_task(self._one(running, sending))
        except* Exception as errors:  # noqa: BLE001  a part that can't be kept is named as silent
            kinds = sorted({type(each).__name__ for each in errors.exceptions})
            _log.error("gathering_failed", gathering=running.gathering.id, errors=kinds)
        finally:
            running.over()
            if self._running.get(running.gathering.id) is running:
                del self._running[running.gathering.id]

    async def _one(self, running: "_Running", sending: Sending) -> None:
        started = self._clock.now()
        part = Part(
            sending.agency,
            PartState.FAILED,
            (*sending.request.categories, *sending.request.items),
            started,
        )
        part = await self._answered(running.gathering, sending, part)
        part = replace(part, finished_at=self._clock.now())
        # The reader who waits has it at once; the database keeps it for the rest of its minute.
        running.finished(part)
        await running.kept.wait()
        async with running.keeping:
            if parts := running.unkept():
                await self._store.finish(running.gathering, parts)

    async def _answered(self, gathering: Gathering, sending: Sending, part: Part) -> Part:
        try:
            async with asyncio.timeout(self._whole):
                answer = await self.roads[sending.agency].ask(sending.request)
        except TimeoutError:
            return replace(part, fault=FaultKind.SILENT)
        except AgencyFault as fault:
            await self._look_at_fault(gathering, sending.agency, fault)
            return replace(part, fault=fault.kind, retry_after=fault.retry_after)
        await self._look_at_answer(gathering, sending.agency, answer)
        return replace(part, state=PartState.ANSWERED, answer=answer)

    async def _look_at_answer(self, gathering: Gathering, agency: str, answer: AgencyAnswer) -> None:
        if answer.protection != "none":
            await self._watch.protection(gathering, agency, answer.protection)

    async def _look_at_fault(self, gathering: Gathering, agency: str, fault: AgencyFault) -> None:
        _log.warning("agency_fault", agency=agency, fault=fault.kind.value, cause=fault.cause, gathering=gathering.id)
        if isinstance(fault, NumberChanged):
            await self._watch.number_changed(gathering, agency)
        elif fault.kind is FaultKind.WRONG_PERSON:
            await self._watch.incident(gathering, agency, fault.kind, fault.cause)

    async def _elsewhere(self, identity: GatheringId, seconds: float) -> Gathering | None:
        """Look at what lies, for a gathering that another worker runs, or that is done."""
        end = asyncio.get_running_loop().time() + seconds
        while True:
            found = await self._store.read(identity)
            left = end - asyncio.get_running_loop().time()
            if found is None or found.complete or left <= 0:
                return found and self._given_up(found)
            await asyncio.sleep(min(_LOOK, left))

    def _given_up(self, found: Gathering) -> Gathering:
        """Name as silent what nobody can be working on any more: its worker died, or its time is long over."""
        now = self._clock.now()
        parts = {
            agency: replace(part, state=PartState.FAILED, fault=FaultKind.SILENT)
            if part.state is PartState.WAITING and (now - part.asked_at).total_seconds() > self._whole + 1
            else part
            for agency, part in found.parts.items()
        }
        return replace(found, parts=parts)

    async def _change(self, identity: GatheringId, seconds: float) -> None:
        running = self._running.get(identity)
        if running is None:
            await asyncio.sleep(seconds)
        else:
            await running.next_change(seconds)


class _Running:
    """A gathering that this worker runs: its parts as they come, without a look into the database."""

    task: "asyncio.Task[None]"

    def __init__(self, gathering: Gathering) -> None:
        self.gathering, self._complete, self._changed = gathering, asyncio.Event(), asyncio.Event()
        #: Set when the database knows what is being asked.
        self.kept = asyncio.Event()
        #: One writes at a time; what finishes meanwhile is kept together.
        self.keeping = asyncio.Lock()
        self._unkept: list[Part] = []
        if gathering.complete:
            self._complete.set()

    def finished(self, part: Part) -> None:
        """Let those who wait have a part."""
        self.gathering = replace(self.gathering, parts={**self.gathering.parts, part.agency: part})
        self._unkept.append(part)
        self._changed.set()
        if self.gathering.complete:
            self._complete.set()

    def unkept(self) -> list[Part]:
        """Return, once, the parts that the database hasn't got yet."""
        parts, self._unkept = self._unkept, []
        return parts

    def over(self) -> None:
        """Let everybody go who still waits."""
        self._changed.set()
        self._complete.set()

    async def wait(self, seconds: float) -> None:
        """Return when all is there, or after `seconds`."""
        await _within(seconds, self._complete)

    async def next_change(self, seconds: float) -> None:
        """Return when a part has come, or after `seconds`."""
        self._changed.clear()
        await _within(seconds, self._changed)


async def _within(seconds: float, event: asyncio.Event) -> None:
    if event.is_set() or seconds <= 0:
        return
    try:
        await asyncio.wait_for(event.wait(), seconds)
    except TimeoutError:
        return
