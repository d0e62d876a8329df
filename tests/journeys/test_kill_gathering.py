"""`kill -9` of a hub in the midst of a gathering: who hadn't answered is named as silent, and may be asked again."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from hub.kit.ids import new_id
from tests.journeys.test_partner_journey import SYSTEM, done, let_in
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


@pytest.fixture
async def hub(tmp_path: Path, agencies: Agencies) -> AsyncIterator[WholeHub]:
    roads = str(agencies.sandboxes.roads)
    with whole_hub(tmp_path, {SYSTEM: SCOPES}, HUB_ROADS=roads, HUB_CHECKPOINTS=str(tmp_path / "points")) as made:
        made.start()
        yield made
        await made.hang_up()


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


async def begun(system: System, case: str) -> str:
    """Gather, and return the address of the gathering while it is on its way."""
    first = told(await system.call("POST", f"/cases/{case}/gatherings", headers={"Prefer": "wait=0"}))
    return f"/cases/{case}/gatherings/{first['id']}"


@pytest.mark.requirement("HUB-05")
@pytest.mark.requirement("HUB-06")
@pytest.mark.requirement("HUB-09")
async def test_who_had_not_answered_is_silent_and_nothing_acknowledged_is_lost(
    hub: WholeHub, agencies: Agencies, tmp_path: Path
) -> None:
    system = await let_in(hub)
    person, case = await case_with_all(system)
    agencies.suffer(dict.fromkeys(SILENT, "slow"))
    address = await begun(system, case)

    async def answered() -> bool:
        now = summed(told(await system.call("GET", address)))
        return all(now[each] != "waiting" for each in AGENCIES if each not in SILENT)

    await until(answered)
    first = told(await system.call("GET", address))
    assert summed(first) == {each: "waiting" if each in SILENT else "answered" for each in AGENCIES}
    written = await opened(system, person)
    hub.kill()
    hub.start()
    await system.take_token(SCOPES)

    async def complete() -> bool:
        return told(await system.call("GET", address))["complete"]

    await until(complete)
    named = summed(told(await system.call("GET", address)))
    assert named == {each: "silent" if each in SILENT else "answered" for each in AGENCIES}
    assert (await done(await system.call("GET", f"/cases/{written['id']}")))["subject"] == written["subject"]
    agencies.suffer({})
    again = told(await system.call("POST", f"{address}/retries"))
    assert summed(again) == dict.fromkeys(AGENCIES, "answered")
    holds(hub, tmp_path / "log.jsonl")


def holds(hub: WholeHub, log: Path) -> None:
    """Stop the hub, and see that its ledger verifies."""
    hub.stop()
    exported = hub.run("audit", "export", log)
    assert exported.returncode == 0, exported.stderr
    verified = hub.run("audit", "verify", log, "--key", hub.run("audit", "key").stdout.strip())
    assert verified.returncode == 0, verified.stdout + verified.stderr
