"""Gathering from four agencies over HTTP: how much later than the slowest, what it costs, and one that is dead."""

import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final

import msgspec

from deploy.bench.read import ISSUER, Row, settings_for, wait_for
from hub import assembly
from hub.access import Asking, Caller, CallerKind
from hub.app import prepare
from hub.assembly import Hub
from hub.broker import Guard, guarded
from hub.broker.port import (
    AgencyAnswer,
    AgencyFault,
    AgencyRequest,
    Capabilities,
    Category,
    Code,
    Fact,
    FaultKind,
    Probe,
)
from hub.cases import CaseId
from hub.example import example
from hub.example import load as load_example
from hub.kit.http import Http, HttpError
from hub.logs import configure
from hub.settings import ROOT, Settings

_PORT: Final = 8873
_AGENCIES: Final = ("soc", "psyk", "af", "fk")
_CARRIED: Final[frozenset[Category]] = frozenset({"plan", "meeting", "work_ability", "employment", "benefits"})
_AT: Final = datetime(2026, 11, 24, tzinfo=UTC)
_QUESTIONS: Final = frozenset({"act_in_case", "disclose"})


class BenchAgency:
    """A port that makes one HTTP call and reads five facts out of what comes."""

    def __init__(self, agency: str, http: Http) -> None:
        self.agency, self.http, self.ms = agency, http, "50"

    @property
    def capabilities(self) -> Capabilities:
        return Capabilities("hub_request", "Mätning", _CARRIED)

    async def call(self) -> list[dict[str, str]]:
        """Make the call and read it: what is compared with."""
        reply = await self.http.send("GET", f"http://127.0.0.1:{_PORT}/{self.agency}?ms={self.ms}")
        return msgspec.json.decode(reply.body)["facts"]

    async def ask(self, request: AgencyRequest) -> AgencyAnswer:  # noqa: ARG002  the port's shape
        try:
            found = await self.call()
        except HttpError as error:
            raise AgencyFault(FaultKind.UNREACHABLE, error.fault.value) from None
        at = _AT
        what = Code("bench", "plan", "Plan")
        facts = (
            Fact(category="plan", what=what, text=each["text"], unit="Enhet", as_of=at, source="1") for each in found
        )
        return AgencyAnswer(facts=tuple(facts))

    async def probe(self) -> Probe:
        return Probe(open=True, told="")

    async def close(self) -> None:
        await self.http.close()


async def run(scale: str, postgres_url: str | None) -> list[Row]:
    """Return the rows of the table. `small` is a smoke test without figures worth reading."""
    if postgres_url is None:
        return [{"what": "gathering", "target": "", "value": "–", "ok": None, "detail": "ingen PostgreSQL"}]
    times, rounds = (60, 5) if scale == "full" else (8, 2)
    with tempfile.TemporaryDirectory() as folder:
        environment = await settings_for(Path(folder), postgres_url)
        async with _world(environment) as (hub, ports, begin):
            late = await _latency(begin, times)
            cost = await _cost(ports, begin, rounds, times)
            dead = await _dead(hub, ports, begin, rounds, times)
    return [*late, cost, dead]


@asynccontextmanager
async def _world(
    environment: dict[str, str],
) -> AsyncIterator[tuple[Hub, dict[str, BenchAgency], Callable[[], Awaitable[float]]]]:
    """Yield a hub whose four agencies answer over HTTP, and what gathers once and returns the seconds that it took."""
    os.environ.update({name: value for name, value in environment.items() if name.startswith("HUB_")})
    settings = Settings()  # pyright: ignore[reportCallIssue]
    await prepare(settings)
    command = [sys.executable, "-m", "uvicorn", "deploy.bench.agency:app", "--port", str(_PORT), "--log-level", "error"]
    configure("warning")
    process = subprocess.Popen(command, cwd=ROOT)  # noqa: ASYNC220  started once, before anything is measured
    try:
        await asyncio.to_thread(wait_for, _PORT, process)
        ports = {agency: BenchAgency(agency, Http(agency)) for agency in _AGENCIES}
        async with assembly.hub(settings, ports=ports) as hub:
            await load_example(hub, ISSUER)
            yield hub, ports, await _gathering(hub)
    finally:
        process.kill()
        process.wait(20)


async def _gathering(hub: Hub) -> Callable[[], Awaitable[float]]:
    """Return what gathers once in the example's case where most agencies are asked."""
    post = (await hub.directory.posts_of(ISSUER, example().subject_of("lena-sandstrom")))[0]
    caller = Caller(
        kind=CallerKind.STAFF,
        ref=f"assignment:{post.assignment}",
        issuer=ISSUER,
        subject=example().subject_of("lena-sandstrom"),
        loa=3,
        factors=2,
        authenticated_at=hub.clock.now(),
        agency=post.agency,
        assignment=post.assignment,
        roles=tuple(post.roles),
    )
    asked = {case: (await _once(hub, caller, case))[1] for case in await hub.cases.mine(caller)}
    case, most = max(asked.items(), key=lambda each: each[1])
    assert most == len(_AGENCIES), "no case of the example has all four agencies asked"

    async def once() -> float:
        took, told = await _once(hub, caller, case)
        assert told >= most - 1
        return took

    return once


async def _once(hub: Hub, caller: Caller, case: CaseId) -> tuple[float, int]:
    """Gather once; return the seconds it took and how many agencies' facts were shown."""
    began = time.perf_counter()
    asking = Asking(hub.decider, caller, _QUESTIONS)
    permit = await asking.permit(partial(hub.cases.may, caller, case, "see_case"))
    identity, plan = await hub.pictures.begin(asking, permit)
    picture = await hub.pictures.read(asking, permit, identity, wait=10, plan=plan)
    return time.perf_counter() - began, sum(bool(part.told) for part in picture.parts)


async def _latency(begin: Callable[[], Awaitable[float]], times: int) -> list[Row]:
    await begin()
    took = sorted([await begin() * 1000 - 50 for _ in range(times)])
    middle, tail = statistics.median(took), took[int(len(took) * 0.95)]
    return [
        _row("gathering, p50 after the slowest", "≤ 10 ms", f"{middle:.1f} ms", ok=middle <= 10),
        _row("gathering, p95 after the slowest", "≤ 25 ms", f"{tail:.1f} ms", ok=tail <= 25),
    ]


async def _cost(ports: dict[str, BenchAgency], begin: Callable[[], Awaitable[float]], rounds: int, times: int) -> Row:
    for port in ports.values():
        port.ms = "0"

    async def direct() -> None:
        await asyncio.gather(*(port.call() for port in ports.values()))

    ratios = []
    for _ in range(rounds):
        alone = await _rate(direct, times)
        gathered = await _rate(begin, times)
        ratios.append(alone / gathered)
    ratio = statistics.median(ratios)
    return _row("gathering / four calls, 16 readers", "≤ 2 ×", f"{ratio:.1f} ×", ok=ratio <= 2)


async def _dead(
    hub: Hub, ports: dict[str, BenchAgency], begin: Callable[[], Awaitable[float]], rounds: int, times: int
) -> Row:
    for port in ports.values():
        port.ms = "50"
    well, dead = [], []
    for _ in range(rounds):
        ports["psyk"].ms = "50"
        hub.gatherer.roads.update(guarded(ports, hub.clock))
        well.append(await _rate(begin, times))
        ports["psyk"].ms = "never"
        hub.gatherer.roads.update(guarded(ports, hub.clock, Guard(budget=2)))
        # The first questions find out that it is dead; what is measured is how the others live with it.
        await asyncio.gather(*(begin() for _ in range(8)))
        dead.append(await _rate(begin, times))
    ratio = statistics.median(d / w for d, w in zip(dead, well, strict=True))
    return _row("one agency dead, rate / all well", "≥ 0.9", f"{ratio:.2f}", ok=ratio >= 0.9)


async def _rate(act: Callable[[], Awaitable[object]], times: int) -> float:
    """Return how often a second 16 readers at once get it done."""

    async def reader() -> None:
        for _ in range(max(1, times // 4)):
            await act()

    began = time.perf_counter()
    await asyncio.gather(*(reader() for _ in range(16)))
    return 16 * max(1, times // 4) / (time.perf_counter() - began)


def _row(what: str, target: str, value: str, *, ok: bool, detail: str = "") -> Row:
    return {"what": what, "target": target, "value": value, "ok": ok, "detail": detail}
