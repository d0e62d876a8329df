"""One decision, facts in hand: encoded, decided inside the process, decoded; an OPA server's time beside it.

`run(scale, postgres_url)` answers a list of rows; `scale` is "small" (a smoke test, no figure means anything) or "full".
"""

import asyncio
import os
import shutil
import socket
import statistics
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import msgspec

from deploy.bench.known import KNOWN
from hub.access.engine import Engine, EngineDown
from hub.access.opa import OpaEngine
from hub.access.questions import Answer, Disclose, read
from hub.access.selftest import examples_of
from hub.access.wasm import WasmEngine
from hub.settings import ROOT

LINES: Final = (1, 5, 20)
_POLICIES: Final = ROOT / "policies"
_answers: Final = msgspec.json.Decoder(list[Answer])


@dataclass(frozen=True)
class Times:
    """The microseconds of many decisions."""

    all: Sequence[float]

    @property
    def p50(self) -> float:
        return statistics.median(self.all)

    @property
    def p99(self) -> float:
        return sorted(self.all)[int(len(self.all) * 0.99)]


def question(lines: int) -> Disclose:
    """Return a known permit whose individual has `lines` lines of consent; the one that opens it stands last."""
    known = read("disclose", bytes(examples_of("disclose", _POLICIES).permit))
    assert isinstance(known, Disclose)
    opening = known.lines[0]
    others = [msgspec.structs.replace(opening, id=f"l{n}", purpose="crisis") for n in range(lines - 1)]
    return msgspec.structs.replace(known, lines=[*others, opening], categories=[opening.category])


async def timed(engine: Engine, asked: Disclose, count: int) -> Times:
    """Return the times of `count` decisions, one after another, as the decider makes them."""
    found: list[float] = []
    for _ in range(count):
        began = time.perf_counter_ns()
        answers = _answers.decode(await engine.evaluate("disclose/answers", msgspec.json.encode([asked])))
        found.append((time.perf_counter_ns() - began) / 1000)
        assert answers[0].permits
    return Times(found)


async def interleaved(engine: Engine, rounds: int, count: int) -> dict[int, Times]:
    """Return, for each number of lines, the median round of rounds that take turns."""
    asked = {lines: question(lines) for lines in LINES}
    for each in asked.values():
        await timed(engine, each, count // 10)
    taken: dict[int, list[Times]] = {lines: [] for lines in LINES}
    for _ in range(rounds):
        for lines, each in asked.items():
            taken[lines].append(await timed(engine, each, count))
    return {lines: sorted(times, key=lambda each: each.p50)[rounds // 2] for lines, times in taken.items()}


async def run(scale: str, postgres_url: str | None) -> list[dict[str, Any]]:
    """Return the rows of the decision's figures. PostgreSQL has no part in them."""
    del postgres_url
    rounds, count = (7, 3000) if scale == "full" else (1, 100)
    inside = await interleaved(WasmEngine.load(_POLICIES / "build" / "policy.wasm"), rounds, count)
    beside = await _server(rounds, count // 10)
    rows = [_row(lines, inside[lines], beside.get(lines)) for lines in LINES]
    return [*rows, _share(inside[5])]


def _row(lines: int, inside: Times, beside: Times | None) -> dict[str, Any]:
    server = f"OPA-server p50 {beside.p50:.0f}, p99 {beside.p99:.0f} µs" if beside else "OPA-server: opa saknas"
    return {
        "what": f"ett beslut, {lines} {'rad' if lines == 1 else 'rader'}: p99",
        "target": "≤ 5 × p50",
        "value": f"{inside.p99:.0f} µs",
        "ok": inside.p99 <= 5 * inside.p50,
        "detail": f"p50 {inside.p50:.0f} µs; {server}",
    }


def _share(five: Times) -> dict[str, Any]:
    gated = KNOWN.get("gated_p50_ms")
    share = five.p50 / (gated * 1000) if gated else None
    return {
        "what": "ett beslut, 5 rader: av läsningens p50",
        "target": "≤ 8 %",
        "value": f"{share:.1%}" if share is not None else "–",
        "ok": share <= 0.08 if share is not None else None,
        "detail": f"{five.p50:.0f} µs"
        + (f" av {gated:.2f} ms" if gated else "; läsningen är inte mätt i samma körning"),
    }


async def _server(rounds: int, count: int) -> dict[int, Times]:
    """Return an OPA server's times, or nothing on a machine without `opa`."""
    opa = shutil.which("opa", path=os.pathsep.join([os.environ.get("PATH", ""), str(Path.home() / "go" / "bin")]))
    if opa is None:
        return {}
    async with _running(opa) as engine:
        return await interleaved(engine, rounds, count)


@asynccontextmanager
async def _running(opa: str) -> AsyncIterator[OpaEngine]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    rules = [path for path in _POLICIES.rglob("*.rego") if not path.name.endswith("_test.rego")]
    command = [opa, "run", "-s", "--addr", address, "--log-level", "error", *rules, _POLICIES / "build" / "policy.json"]
    nowhere = asyncio.subprocess.DEVNULL
    process = await asyncio.create_subprocess_exec(*command, stdout=nowhere, stderr=nowhere)
    try:
        engine = await _opened(f"http://{address}")
        yield engine
        await engine.close()
    finally:
        process.terminate()
        await process.wait()


async def _opened(url: str) -> OpaEngine:
    for _ in range(200):
        try:
            return await OpaEngine.open(url, timeout_s=5)
        except EngineDown:
            await asyncio.sleep(0.05)
    raise EngineDown("the OPA server never answered")
