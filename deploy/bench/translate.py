"""What it costs to translate one agency's answer: Gunnar's, as the sandbox agencies give it in their real formats."""

import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from adapters.arbetsformedlingen import translate as ssbtek
from adapters.forsakringskassan import translate as lefi
from adapters.psykiatri import translate as fhir
from deploy.bench.read import Row
from hub.broker.port import AgencyPort, AgencyRequest, Asker, Ground, Span
from hub.example import example
from hub.kit.clock import SystemClock, today
from hub.kit.http import Http, Reply
from hub.kit.secret import Secret
from hub.launch.processes import Processes
from hub.launch.sandbox import Sandboxes
from hub.roads import close_roads, open_roads

_CLOCK: Final = SystemClock()
_FORMATS: Final = {"af": "SSBTEK", "fk": "LEFI", "psyk": "FHIR"}
_TARGET_MS: Final = 2.0


async def run(scale: str, _postgres_url: str | None) -> list[Row]:
    """Return the rows of the table. `small` is a smoke test without figures worth reading."""
    times = 400 if scale == "full" else 20
    whom = Secret(example().individuals["gunnar-lindqvist"].number)
    with tempfile.TemporaryDirectory() as folder:
        bodies = await _answers(Path(folder), whom)
    return [_row(agency, bodies[agency], whom, times) for agency in _FORMATS]


async def _answers(folder: Path, whom: Secret[str]) -> dict[str, list[bytes]]:
    """Return what each agency sends about `whom`, body by body."""
    agencies = Sandboxes.at(folder, tuple(_FORMATS), usual_ports=False)
    agencies.prepare()
    processes = Processes(folder / "log")
    agencies.start(processes)
    try:
        processes.wait_until(agencies.answer, 60)
        roads = await open_roads(agencies.roads, _CLOCK, production=False)
        try:
            return {agency: await _sent(port, whom) for agency, port in roads.items()}
        finally:
            await close_roads(roads)
    finally:
        processes.stop()


async def _sent(port: AgencyPort, whom: Secret[str]) -> list[bytes]:
    """Return the bodies that come while `port` asks for all that it carries."""
    came: list[bytes] = []
    send: Any = Http.send

    async def kept(self: Http, *arguments: Any, **more: Any) -> Reply:
        reply = await send(self, *arguments, **more)
        came.append(reply.body)
        return reply

    Http.send = kept
    try:
        await port.ask(_request(port, whom))
    finally:
        Http.send = send
    return came


def _request(port: AgencyPort, whom: Secret[str]) -> AgencyRequest:
    day, carried = today(_CLOCK), port.capabilities
    return AgencyRequest(
        whom=whom,
        categories=tuple(sorted(carried.categories)),
        items=tuple(sorted(carried.items)),
        purpose="ekonomiskt_bistand",
        ground=Ground("consent", "OSL 10:1, 12:2"),
        entry="b7k2q41w5n3c6x2a7d4e5f6g2h",
        asker=Asker("Socialtjänsten", "Björkå kommun", "2120009999", "a1", "S2187"),
        period=Span(day - timedelta(days=365), day),
    )


def _row(agency: str, bodies: Sequence[bytes], whom: Secret[str], times: int) -> Row:
    read, taken = _reader(agency, bodies, whom)
    found = read()
    took: list[float] = []
    for _ in range(times):
        began = time.perf_counter()
        read()
        took.append((time.perf_counter() - began) * 1000)
    middle = statistics.median(took)
    return {
        "what": f"translate, {_FORMATS[agency]}",
        "target": f"≤ {_TARGET_MS:g} ms",
        "value": f"{middle:.2f} ms",
        "ok": middle <= _TARGET_MS,
        "detail": f"Gunnar, {sum(map(len, taken))} byte, {len(found.facts)} uppgifter",
    }


def _reader(agency: str, bodies: Sequence[bytes], whom: Secret[str]) -> tuple[Callable[[], Any], Sequence[bytes]]:
    """Return what translates, and of which bodies: those that aren't about logging in."""
    at = _CLOCK.now()
    if agency == "psyk":
        pages = [each for each in bodies if b'"resourceType"' in each and b'"CapabilityStatement"' not in each]
        return lambda: fhir.answer(pages, whom=whom, at=at), pages
    whole = bodies[-1:]
    made = ssbtek if agency == "af" else lefi
    return lambda: made.answer(whole[0], whom=whom, at=at), whole
