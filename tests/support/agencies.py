"""All four sandbox agencies as processes, over TLS, and a hub in process that asks them over its real roads."""

from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import httpx

from hub.audit import Signer, verify
from hub.audit.export import Export
from hub.broker import Guard
from hub.kit.clock import SystemClock
from hub.launch.processes import Processes
from hub.launch.sandbox import Sandboxes
from hub.roads import close_roads, open_roads
from tests.hub.partner.conftest import Api, callers
from tests.support.doors import Doors, doors

AGENCIES: Final[tuple[str, ...]] = ("soc", "af", "fk", "psyk")
#: One whose case all four have an automatic road to: ekonomiskt bistånd.
GUNNAR: Final = "gunnar-lindqvist"
#: Seconds for one agency. The slow one takes longer; and nobody rests, so that each question is really asked.
BUDGET: Final = 1.5
TIRELESS: Final = Guard(budget=BUDGET, failures=1_000_000)
SLOW: Final = 15.0


@dataclass(frozen=True)
class Agencies:
    """The processes, and their switches."""

    sandboxes: Sandboxes

    def suffer(self, faults: Mapping[str, str]) -> None:
        """Let each of these agencies suffer from a fault, and all others be well."""
        for place in self.sandboxes.chosen:
            wanted = {"fault": faults.get(place.slug, "ok"), "seconds": SLOW}
            httpx.put(f"{place.control_url}/sandbox/faults", json=wanted, timeout=5, trust_env=False).raise_for_status()


@contextmanager
def running_agencies(folder: Path) -> Iterator[Agencies]:
    """Start all four on free ports; stop them at the end."""
    sandboxes, processes = Sandboxes.at(folder, usual_ports=False), Processes(folder / "log")
    sandboxes.prepare()
    try:
        sandboxes.start(processes)
        processes.wait_until(sandboxes.answer, 60)
        yield Agencies(sandboxes)
    finally:
        processes.stop()


@asynccontextmanager
async def asking_hub(town: Path, folder: Path, agencies: Agencies, guard: Guard = TIRELESS) -> AsyncIterator[Doors]:
    """Yield a hub with the example in it that asks the agencies over their real roads."""
    agencies.suffer({})
    ports = await open_roads(agencies.sandboxes.roads, SystemClock(), production=False)
    try:
        async with doors(town, folder, ports=ports) as opened:
            opened.app.state.callers = await callers(opened)
            for road in opened.made.gatherer.roads.values():
                road.guard = guard
            yield opened
    finally:
        await close_roads(ports)


async def case_with_all(api: Api) -> str:
    """Return the id of the case where every agency is asked by machine."""
    person = await api.person(GUNNAR)
    found = (await api.call("GET", "/cases", params={"limit": 100})).json()["items"]
    return next(each["id"] for each in found if (each["personId"], each["purpose"]) == (person, "ekonomiskt_bistand"))


async def gathered(api: Api, case: str, **more: Any) -> dict[str, Any]:
    """Gather, and return the answer; the agencies' parts by agency under "parts"."""
    return told(await api.call("POST", f"/cases/{case}/gatherings", **more))


def told(answer: httpx.Response) -> dict[str, Any]:
    """Return a gathering with its parts by agency."""
    assert answer.status_code in {200, 202}, answer.text
    body = answer.json()
    return {**body, "parts": {each["agency"]: each for each in body["parts"]}}


def summed(answer: Mapping[str, Any]) -> dict[str, str]:
    """Return agency → how it is with it: its fault's name, or its state; "answered" is with something said."""
    return {agency: _summed(part) for agency, part in answer["parts"].items()}


def _summed(part: Mapping[str, Any]) -> str:
    if part["fault"]:
        return part["fault"]["kind"]
    return "said nothing" if part["state"] == "answered" and not part["facts"] else part["state"]


async def verified(hub: Doors) -> verify.Report:
    """Put what waits into the ledger's tree, and check an export of it all with nothing but its key."""
    await hub.made.sequencer.sequence()
    await hub.made.sequencer.sign()
    settings = hub.made.settings
    signer = Signer(settings.ledger_origin, settings.keys.ledger)
    lines = [line async for line in Export(hub.made.database, hub.made.vault, signer.origin).lines()]
    return verify.verify(lines, str(signer.verifier))
