"""All four sandbox agencies as processes, over TLS, and a hub in process that asks them over its real roads."""

from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import httpx

from hub.audit import Signer, verify
from hub.audit.export import Export
from hub.broker import Guard, GuardedRoad
from hub.kit.clock import SystemClock
from hub.launch.processes import Processes
from hub.launch.sandbox import Sandboxes
from hub.roads import close_roads, open_roads
from tests.hub.partner.conftest import Api, callers
from tests.support.doors import Doors, doors
from tests.support.waiting import LIMIT_S

AGENCIES: Final[tuple[str, ...]] = ("soc", "af", "fk", "psyk")
#: One whose case all four have an automatic road to: ekonomiskt bistånd.
GUNNAR: Final = "gunnar-lindqvist"
#: The slow one answers after more seconds than anybody waits; it is soon given up, and the others never too soon,
#: whatever else the machine does. Nobody rests, so that each question is really asked.
SLOW: Final = 60.0
PATIENT: Final = Guard(budget=60.0, failures=1_000_000)
IMPATIENT: Final = replace(PATIENT, budget=0.3)


@dataclass(frozen=True)
class Agencies:
    """The processes, and their switches. `roads`: those of the hub that asks them in this process, when there is one."""

    sandboxes: Sandboxes
    roads: dict[str, GuardedRoad] = field(default_factory=dict[str, GuardedRoad])

    def suffer(self, faults: Mapping[str, str]) -> None:
        """Let each of these agencies suffer from a fault, and all others be well."""
        for place in self.sandboxes.chosen:
            fault = faults.get(place.slug, "ok")
            wanted = {"fault": fault, "seconds": SLOW}
            address = f"{place.control_url}/sandbox/faults"
            httpx.put(address, json=wanted, timeout=LIMIT_S, trust_env=False).raise_for_status()
            if place.slug in self.roads:
                self.roads[place.slug].guard = IMPATIENT if fault == "slow" else PATIENT


@contextmanager
def running_agencies(folder: Path) -> Iterator[Agencies]:
    """Start all four on free ports; stop them at the end."""
    sandboxes, processes = Sandboxes.at(folder, usual_ports=False), Processes(folder / "log")
    sandboxes.prepare()
    try:
        sandboxes.start(processes)
        processes.wait_until(sandboxes.answer, LIMIT_S)
        yield Agencies(sandboxes)
    finally:
        processes.stop()


@asynccontextmanager
async def asking_hub(town: Path, folder: Path, agencies: Agencies) -> AsyncIterator[Doors]:
    """Yield a hub with the example in it that asks the agencies over their real roads."""
    ports = await open_roads(agencies.sandboxes.roads, SystemClock(), production=False)
    try:
        async with doors(town, folder, ports=ports) as opened:
            opened.app.state.callers = await callers(opened)
            agencies.roads.update(opened.made.gatherer.roads)
            agencies.suffer({})
            yield opened
    finally:
        agencies.roads.clear()
        await close_roads(ports)


async def case_with_all(api: Api) -> str:
    """Return the id of the case where every agency is asked by machine."""
    person = await api.person(GUNNAR)
    found = (await api.call("GET", "/cases", params={"limit": 100})).json()["items"]
    return next(each["id"] for each in found if (each["personId"], each["purpose"]) == (person, "ekonomiskt_bistand"))


async def gathered(api: Api, case: str, **more: Any) -> dict[str, Any]:
    """Gather, wait for all of them, and return the answer; the agencies' parts by agency under "parts"."""
    return told(await api.call("POST", f"/cases/{case}/gatherings", headers={"Prefer": "wait=10"}, **more))


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
