"""Does the time of an answer tell whether somebody is there? Protected and not opened, against absent (HUB-04).

The same look-up over the API, in random order, in the hub's own process: no network hides a difference. Idle, under
load, and with 200 µs planted, which must be found, else the measuring is worth nothing.
"""

import asyncio
import json
import os
import random
import statistics
import tempfile
import time
from bisect import bisect_left, bisect_right
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from fastapi import FastAPI, Request

from deploy.bench.read import ISSUER, Row, settings_for
from hub import assembly
from hub.access import Caller, CallerKind
from hub.app import create_app, prepare, publish
from hub.example import example
from hub.example import load as load_example
from hub.settings import Settings

#: Micros: what the interval must lie within, and what is planted.
_MARGIN: Final = 50.0
_PLANTED: Final = 200.0
_AUC: Final = 0.51
#: Pairs, of one protected and one absent each.
_PAIRS: Final = {"small": 300, "full": 50_000}
_CROWD: Final = 2
_TRIMMED: Final = 0.2
_OUTSIDER: Final = "johan-berg"
_PROTECTED: Final = "nora-vinge"
_ABSENT: Final = "198501199809"
_NOT_FOUND: Final = 404


@dataclass(frozen=True)
class Difference:
    """By how many microseconds protected is slower, its 95 % interval, and how well a guesser would do (0.5: not at all)."""

    low: float
    middle: float
    high: float
    auc: float

    @property
    def hidden(self) -> bool:
        return self.low > -_MARGIN and self.high < _MARGIN and self.auc <= _AUC

    @property
    def found(self) -> bool:
        return self.low > _MARGIN and self.auc > _AUC


def difference(protected: Sequence[float], absent: Sequence[float]) -> Difference:
    """Return what two series of times, in micros and in pairs, tell: trimmed mean of the pairs with Yuen's interval."""
    pairs = sorted(there - gone for there, gone in zip(protected, absent, strict=True))
    cut = int(len(pairs) * _TRIMMED)
    kept = pairs[cut : len(pairs) - cut]
    winsorized = [kept[0]] * cut + kept + [kept[-1]] * cut
    error = statistics.stdev(winsorized) / ((1 - 2 * _TRIMMED) * len(pairs) ** 0.5)
    middle = statistics.fmean(kept)
    return Difference(middle - 1.96 * error, middle, middle + 1.96 * error, _auc(protected, absent))


def _auc(one: Sequence[float], other: Sequence[float]) -> float:
    """Return how often a guesser who says that the slower is the one is right; never less than a half."""
    ordered = sorted(other)
    won = sum(bisect_left(ordered, each) + bisect_right(ordered, each) for each in one) / 2
    share = won / (len(one) * len(other))
    return max(share, 1 - share)


async def run(scale: str, postgres_url: str | None) -> list[Row]:
    """Return the rows of the table. `small` is a smoke test whose figures mean nothing."""
    if postgres_url is None:
        return [_row("skyddad mot frånvarande", "–", "ingen PostgreSQL", ok=None)]
    pairs = _PAIRS[scale]
    async with _asked(postgres_url) as ask:
        await ask.compared(max(50, pairs // 100))
        idle = await ask.compared(pairs)
        planted = await ask.compared(pairs // 2, planted=_PLANTED)
        async with ask.crowd():
            loaded = await ask.compared(pairs)
    return [
        _row("skyddad mot frånvarande, vila", _words(idle), f"{2 * pairs} försök", ok=idle.hidden),
        _row("skyddad mot frånvarande, last", _words(loaded), f"{2 * pairs} försök, {_CROWD} till", ok=loaded.hidden),
        {**_row("samma med 200 µs inlagda", _words(planted), "ska hittas", ok=planted.found), "target": "> 50 µs"},
    ]


def _row(what: str, value: str, detail: str, *, ok: bool | None) -> Row:
    return {"what": what, "target": "± 50 µs, 0.51", "value": value, "ok": ok, "detail": detail}


def _words(found: Difference) -> str:
    return f"{found.low:+.0f} … {found.high:+.0f} µs, AUC {found.auc:.3f}"


class _Ask:
    """One who asks the hub for numbers, and takes the time."""

    def __init__(self, app: FastAPI) -> None:
        self._app = app
        self._bodies = {True: _body(example().individuals[_PROTECTED].number), False: _body(_ABSENT)}

    async def compared(self, pairs: int, *, planted: float = 0.0) -> Difference:
        """Return the difference over so many pairs, each in random order."""
        times: dict[bool, list[float]] = {True: [], False: []}
        for _ in range(pairs):
            for there in random.sample((True, False), 2):
                times[there].append(await self._timed(self._bodies[there], planted if there else 0.0))
        return difference(times[True], times[False])

    @asynccontextmanager
    async def crowd(self) -> AsyncIterator[None]:
        """Let others ask all the time meanwhile."""
        asking = [asyncio.create_task(self._always()) for _ in range(_CROWD)]
        try:
            yield
        finally:
            for each in asking:
                each.cancel()
            await asyncio.gather(*asking, return_exceptions=True)

    async def _always(self) -> None:
        while True:
            for body in self._bodies.values():
                await self._send(body)

    async def _timed(self, body: bytes, planted: float) -> float:
        began = time.perf_counter_ns()
        status = await self._send(body)
        if planted:
            until = time.perf_counter_ns() + int(planted * 1000)
            while time.perf_counter_ns() < until:
                pass
        took = (time.perf_counter_ns() - began) / 1000
        assert status == _NOT_FOUND, f"{status}: one who looks must be told of neither"
        return took

    async def _send(self, body: bytes) -> int:
        found: list[int] = []
        sent = [{"type": "http.request", "body": body, "more_body": False}]

        async def receive() -> dict[str, Any]:
            return sent.pop() if sent else {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            if message["type"] == "http.response.start":
                found.append(message["status"])

        await self._app(_scope(body), receive, send)
        return found[0]


def _body(number: str) -> bytes:
    return json.dumps({"number": number}).encode()


def _scope(body: bytes) -> dict[str, Any]:
    path = "/api/v1/persons/look-ups"
    headers = [(b"host", b"bench"), (b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": headers,
        "client": ("127.0.0.1", 1),
        "server": ("bench", 80),
    }


@asynccontextmanager
async def _asked(postgres_url: str) -> AsyncIterator[_Ask]:
    """Yield one to ask a hub on PostgreSQL with the example in it."""
    with tempfile.TemporaryDirectory() as folder:
        environment = await settings_for(Path(folder), postgres_url)
        os.environ.update({name: value for name, value in environment.items() if name.startswith("HUB_")})
        settings = Settings()  # pyright: ignore[reportCallIssue]
        await prepare(settings)
        async with assembly.hub(settings) as made:
            await load_example(made, ISSUER)
            app = create_app(settings)
            publish(app, made)
            caller = await _outsider(made)

            async def callers(_request: Request) -> Caller:
                return caller

            app.state.callers = callers
            yield _Ask(app)


async def _outsider(made: assembly.Hub) -> Caller:
    """Return somebody who is cleared for nobody, strongly signed in for as long as the measuring takes."""
    subject = example().subject_of(_OUTSIDER)
    post = (await made.directory.posts_of(ISSUER, subject))[0]
    return Caller(
        kind=CallerKind.STAFF,
        ref=f"assignment:{post.assignment}",
        issuer=ISSUER,
        subject=subject,
        loa=3,
        factors=2,
        authenticated_at=made.clock.now(),
        name=post.name,
        agency=post.agency,
        unit=post.unit,
        assignment=post.assignment,
        roles=tuple(post.roles),
    )
