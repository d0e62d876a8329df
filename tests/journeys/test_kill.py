"""`kill -9` of a whole hub while a partner system writes over HTTP: what was acknowledged is there, once, and the ledger holds.

The same for a process that does nothing but write to the ledger: tests/hub/audit/test_kill.py.
"""

import asyncio
import os
import random
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest

from hub.kit.clock import today
from hub.kit.ids import new_id
from tests.fixtures.numbers import many
from tests.journeys.test_partner_journey import SYSTEM, done, let_in
from tests.journeys.whole import CLOCK, System, WholeHub, whole_hub
from tests.support.doors import example
from tests.support.waiting import until

#: How many times; the full run of the figures does 200.
KILLS = int(os.environ.get("HUB_TEST_KILLS", "3"))
SCOPES = "person:see case:open case:act consent:record disclose"
KEYS = ("hamid-karimi", "elias-boman", "mona-strand")


@dataclass
class Written:
    """What the hub has acknowledged, and what was sent when it died: that may be there or not, but never twice."""

    cases: dict[str, str] = field(default_factory=dict[str, str])
    registered: dict[str, str] = field(default_factory=dict[str, str])
    withdrawn: dict[str, str] = field(default_factory=dict[str, str])
    unanswered: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list[tuple[str, str, dict[str, Any]]])

    def __len__(self) -> int:
        return len(self.cases) + len(self.registered) + len(self.withdrawn)


@pytest.fixture
async def hub(tmp_path: Path) -> AsyncIterator[WholeHub]:
    with whole_hub(tmp_path, {SYSTEM: SCOPES}, HUB_CHECKPOINTS=str(tmp_path / "checkpoints")) as made:
        made.start()
        yield made
        await made.hang_up()


class Writer:
    """A partner system that registers people, opens cases and edits how people are reached, writes consents down and
    takes them back, until the hub dies.
    """

    def __init__(self, system: System, persons: list[str], version: int) -> None:
        self.system, self.persons, self.version, self.written = system, persons, version, Written()
        #: The address of each, and its version, as last acknowledged.
        self.addresses: dict[str, tuple[str, int]] = dict.fromkeys(persons, ("", 1))
        self.numbers = iter(many(20_000))

    async def until_death(self) -> None:
        try:
            for turn in count():
                person = self.persons[turn % len(self.persons)]
                await self._open(person, f"Ärende {new_id()}")
                await self._edit(person, f"Gatan {turn}")
                await self._say_yes_and_no(person)
                await self._register()
        except httpx.TransportError:
            return

    async def _open(self, person: str, subject: str) -> None:
        made = await self._post("/cases", {"personId": person, "purpose": "sip", "subject": subject})
        self.written.cases[made["id"]] = subject

    async def _edit(self, person: str, address: str) -> None:
        said = {"givenName": "Någon", "familyName": "Annan", "address": address, "channel": "digital_mailbox"}
        version = {"If-Match": f'"{self.addresses[person][1]}"'}
        answer = await self.system.call("PUT", f"/persons/{person}/contact", json=said, headers=version)
        self.addresses[person] = (address, (await done(answer))["version"])

    async def _register(self) -> None:
        nobody = next(self.numbers)
        made = await self._post("/persons", {"number": nobody, "givenName": "Någon", "familyName": "Annan"})
        self.written.registered[nobody] = made["personId"]

    async def _say_yes_and_no(self, person: str) -> None:
        last = (today(CLOCK) + timedelta(days=90)).isoformat()
        line = {"owner": "psyk", "receiver": "soc", "category": "plan", "purpose": "sip", "lastDay": last}
        said = {"kind": "secrecy", "answer": "yes", "form": "oral", "witness": "Emma Nilsson", "exclusionsAsked": True}
        made = await self._post(f"/persons/{person}/consents", {**said, "textVersion": self.version, "lines": [line]})
        gone = await self._post(f"/persons/{person}/withdrawals", {"consent": made["id"]})
        self.written.withdrawn[made["id"]] = f"/persons/{person}/withdrawals/{gone['id']}"

    async def _post(self, path: str, said: dict[str, Any]) -> dict[str, Any]:
        key = new_id()
        self.written.unanswered = [(path, key, said)]
        answer = await self.system.call("POST", path, json=said, headers={"Idempotency-Key": key})
        made = await done(answer, 201)
        self.written.unanswered = []
        return made

    async def nothing_is_lost(self) -> None:
        """Read back all that was acknowledged; send again what got no answer, twice, and see that it was done once."""
        await self.system.take_token(SCOPES)
        for case, subject in self.written.cases.items():
            assert (await done(await self.system.call("GET", f"/cases/{case}")))["subject"] == subject
        for nobody, person in self.written.registered.items():
            found = await self.system.call("POST", "/persons/look-ups", json={"number": nobody})
            assert (await done(found))["personId"] == person
        for person, (address, version) in self.addresses.items():
            found = await done(await self.system.call("GET", f"/persons/{person}"))
            assert version <= found["version"] <= version + 1, "an edit that got no answer may be there"
            if address and found["version"] == version:
                assert found["contact"]["address"] == address
            self.addresses[person] = (found["contact"]["address"], found["version"])
        for consent, watch in self.written.withdrawn.items():
            assert (await done(await self.system.call("GET", watch)))["closedAt"]
            person = watch.split("/")[2]
            state = (await done(await self.system.call("GET", f"/persons/{person}/consents/{consent}")))["state"]
            assert state == "withdrawn"
        for path, key, said in self.written.unanswered:
            first, again = [await done(await self._again(path, key, said), 201) for _ in range(2)]
            assert (first.get("id"), first.get("personId")) == (again.get("id"), again.get("personId"))
        self.written = Written()

    async def _again(self, path: str, key: str, said: dict[str, Any]) -> httpx.Response:
        return await self.system.call("POST", path, json=said, headers={"Idempotency-Key": key})


async def killed_at_work(hub: WholeHub, writer: Writer, acknowledged: int) -> None:
    """Let the writer write until so much is acknowledged, and kill the hub in the midst of what comes after."""
    writing = asyncio.create_task(writer.until_death())

    async def enough() -> bool:
        return len(writer.written) >= acknowledged or writing.done()

    await until(enough)
    await asyncio.sleep(random.uniform(0, 0.05))  # noqa: S311  the point of death
    hub.kill()
    await writing


@pytest.mark.requirement("HUB-06")
async def test_no_acknowledged_write_is_lost(hub: WholeHub, tmp_path: Path) -> None:
    system = await let_in(hub)
    numbers = [example().individuals[key].number for key in KEYS]
    looked = [await system.call("POST", "/persons/look-ups", json={"number": each}) for each in numbers]
    texts = (await done(await system.call("GET", "/consent-templates")))["items"]
    version = max(each["version"] for each in texts if (each["kind"], each["language"]) == ("secrecy", "sv"))
    writer = Writer(system, [(await done(each))["personId"] for each in looked], version)
    acknowledged = 0
    for turn in range(KILLS):
        await killed_at_work(hub, writer, 2 + 5 * (turn % 5))
        acknowledged += len(writer.written)
        hub.start()
        await writer.nothing_is_lost()
    assert acknowledged > KILLS
    hub.stop()
    exported = hub.run("audit", "export", tmp_path / "log.jsonl")
    assert exported.returncode == 0, exported.stderr
    key = hub.run("audit", "key").stdout.strip()
    verified = hub.run("audit", "verify", tmp_path / "log.jsonl", "--key", key)
    assert verified.returncode == 0, verified.stdout + verified.stderr
