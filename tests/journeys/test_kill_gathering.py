"""`kill -9` in the midst of a gathering, of a hub or of one of its workers: who hadn't answered is named as silent, and
may be asked again.
"""

import os
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from hub.kit.ids import new_id
from tests.journeys.test_partner_journey import SYSTEM, done, let_in, two_workers
from tests.journeys.whole import System, WholeHub, whole_hub
from tests.support.agencies import AGENCIES, GUNNAR, Agencies, running_agencies, summed, told
from tests.support.doors import example
from tests.support.waiting import until

SCOPES = "person:see case:open case:act consent:record disclose"
SILENT = ("fk", "psyk")


@pytest.fixture
def agencies(tmp_path: Path) -> Iterator[Agencies]:
    with running_agencies(tmp_path / "agencies") as running:
        yield running


@asynccontextmanager
async def gathering_hub(folder: Path, agencies: Agencies, **settings: str) -> AsyncIterator[WholeHub]:
    roads = str(agencies.sandboxes.roads)
    with whole_hub(
        folder, {SYSTEM: SCOPES}, HUB_ROADS=roads, HUB_CHECKPOINTS=str(folder / "points"), **settings
    ) as made:
        made.start()
        yield made
        await made.hang_up()


@pytest.fixture
async def hub(tmp_path: Path, agencies: Agencies) -> AsyncIterator[WholeHub]:
    async with gathering_hub(tmp_path, agencies) as made:
        yield made


@pytest.fixture
async def pair(tmp_path: Path, agencies: Agencies) -> AsyncIterator[WholeHub]:
    """Two workers under a supervisor that starts another when one dies."""
    async with gathering_hub(tmp_path, agencies, **await two_workers(tmp_path, "killed")) as made:
        yield made


async def case_with_all(system: System) -> tuple[str, str]:
    """Return Gunnar's reference, and the id of his case where every agency is asked by machine."""
    number = example().individuals[GUNNAR].number
    person = (await done(await system.call("POST", "/persons/look-ups", json={"number": number})))["personId"]
    cases = (await done(await system.call("GET", "/cases", params={"limit": 100})))["items"]
    wanted = (person, "ekonomiskt_bistand")
    return person, next(each["id"] for each in cases if (each["personId"], each["purpose"]) == wanted)


async def opened(system: System, person: str) -> dict[str, Any]:
    """Open another case, acknowledged while the gathering is on its way."""
    said = {"personId": person, "purpose": "sip", "subject": f"Ärende {new_id()}"}
    return await done(await system.call("POST", "/cases", json=said, headers={"Idempotency-Key": new_id()}), 201)


class Midst:
    """A gathering that some agencies haven't answered yet, and a case that is opened meanwhile and acknowledged."""

    def __init__(self, system: System, agencies: Agencies) -> None:
        self.system, self.agencies = system, agencies
        self.person, self.address, self.written = "", "", dict[str, Any]()

    async def begin(self) -> None:
        person, case = await case_with_all(self.system)
        self.agencies.suffer(dict.fromkeys(SILENT, "slow"))
        first = told(await self.system.call("POST", f"/cases/{case}/gatherings", headers={"Prefer": "wait=0"}))
        self.person, self.address = person, f"/cases/{case}/gatherings/{first['id']}"

        async def the_others_are_done() -> bool:
            now = summed(await self.answers())
            return all(now[each] != "waiting" for each in AGENCIES if each not in SILENT)

        await until(the_others_are_done)
        assert summed(await self.answers()) == so_far("waiting")

    async def write(self) -> None:
        self.written = await opened(self.system, self.person)

    async def answers(self) -> dict[str, Any]:
        return told(await self.system.call("GET", self.address))

    async def end(self) -> None:
        """See that the silent ones are named when their time is over, and answer when they are asked again."""

        async def complete() -> bool:
            return (await self.answers())["complete"]

        await until(complete)
        assert summed(await self.answers()) == so_far("silent")
        await self.nothing_is_lost()
        self.agencies.suffer({})
        again = told(await self.system.call("POST", f"{self.address}/retries"))
        assert summed(again) == dict.fromkeys(AGENCIES, "answered")

    async def nothing_is_lost(self) -> None:
        found = await done(await self.system.call("GET", f"/cases/{self.written['id']}"))
        assert found["subject"] == self.written["subject"]


def so_far(missing: str) -> dict[str, str]:
    return {each: missing if each in SILENT else "answered" for each in AGENCIES}


@pytest.mark.requirement("HUB-05")
@pytest.mark.requirement("HUB-06")
@pytest.mark.requirement("HUB-09")
async def test_who_had_not_answered_is_silent_and_nothing_acknowledged_is_lost(
    hub: WholeHub, agencies: Agencies, tmp_path: Path
) -> None:
    midst = Midst(await let_in(hub), agencies)
    await midst.begin()
    await midst.write()
    hub.kill()
    hub.start()
    await midst.system.take_token(SCOPES)
    await midst.end()
    holds(hub, tmp_path / "log.jsonl")


@pytest.mark.database
@pytest.mark.requirement("HUB-05")
@pytest.mark.requirement("HUB-06")
@pytest.mark.requirement("HUB-09")
async def test_what_one_worker_was_told_is_shown_by_the_other(
    pair: WholeHub, agencies: Agencies, tmp_path: Path
) -> None:
    midst = Midst(await let_in(pair), agencies)
    await midst.begin()
    asking = the_one_that_asks(pair, agencies)
    await midst.write()
    os.kill(asking, signal.SIGKILL)

    async def gone() -> bool:
        return not is_there(asking)

    await until(gone)
    shown = summed(await midst.answers())
    assert {each for each in AGENCIES if shown[each] == "answered"} == set(AGENCIES) - set(SILENT)
    await midst.nothing_is_lost()
    await midst.end()

    async def two_again() -> bool:
        return len(set(workers(pair)) - {asking}) == 2

    await until(two_again)
    holds(pair, tmp_path / "log.jsonl")


def workers(hub: WholeHub) -> list[int]:
    """Return the processes that the supervisor has started to serve."""
    assert hub.process
    supervisor = hub.process.pid
    below = Path(f"/proc/{supervisor}/task/{supervisor}/children").read_text().split()
    return [int(each) for each in below if b"spawn_main" in Path(f"/proc/{each}/cmdline").read_bytes()]


def the_one_that_asks(hub: WholeHub, agencies: Agencies) -> int:
    """Return the worker that has a connection to an agency that is silent, which is the one that gathers."""
    ports = {f"{each.port:04X}" for each in agencies.sandboxes.chosen if each.slug in SILENT}
    lines = [each.split() for each in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    sockets = {f"socket:[{each[9]}]" for each in lines if each[2].rpartition(":")[2] in ports}
    [found] = [each for each in workers(hub) if sockets & open_files(each)]
    return found


def open_files(process: int) -> set[str]:
    return {str(each.readlink()) for each in Path(f"/proc/{process}/fd").iterdir()}


def is_there(process: int) -> bool:
    return Path(f"/proc/{process}").exists()


def holds(hub: WholeHub, log: Path) -> None:
    """Stop the hub, and see that its ledger verifies."""
    hub.stop()
    exported = hub.run("audit", "export", log)
    assert exported.returncode == 0, exported.stderr
    verified = hub.run("audit", "verify", log, "--key", hub.run("audit", "key").stdout.strip())
    assert verified.returncode == 0, verified.stdout + verified.stderr
