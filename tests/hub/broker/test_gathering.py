"""Gathering: all at once, each named, looked at before anybody sees it, and kept sealed for its minute only."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field

import pytest

from hub.broker import Gatherer, Gathering, GatheringId, PartState, Sending, Store, Watch, guarded
from hub.broker.port import AgencyAnswer, AgencyFault, FaultKind, NumberChanged, WrongPerson
from hub.kit.database import Database
from hub.kit.secret import Secret
from hub.kit.vault import Vault
from tests.fakes.agency import FakeAgency, fact
from tests.fakes.clock import FixedClock
from tests.hub.broker.test_roads import request

pytestmark = pytest.mark.requirement("HUB-05")
ANSWER = AgencyAnswer(facts=(fact("plan", "Kanariefågeln sjunger."),))


@dataclass
class World:
    """A store that two workers share, each with a gatherer of its own over the same agencies."""

    store: Store
    clock: FixedClock
    database: Database
    agencies: dict[str, FakeAgency]
    seen: list[tuple[str, ...]] = field(default_factory=list[tuple[str, ...]])
    workers: list[Gatherer] = field(default_factory=list[Gatherer])

    def worker(self, whole: float = 2.0) -> Gatherer:
        made = Gatherer(guarded(self.agencies, self.clock), self.store, self.clock, self.watch(), whole)
        self.workers.append(made)
        return made

    def watch(self) -> Watch:
        async def protection(_: Gathering, agency: str, kind: str) -> None:
            self.seen.append(("protection", agency, kind))

        async def incident(_: Gathering, agency: str, kind: FaultKind, cause: str) -> None:
            self.seen.append(("incident", agency, kind.value, cause))

        async def changed(_: Gathering, agency: str) -> None:
            self.seen.append(("number", agency))

        return Watch(protection, incident, changed)

    def gathering(self, name: str = "g1") -> Gathering:
        return self.store.fresh(GatheringId(name), "case", "individual", "soc", "assignment:a")

    def sendings(self) -> list[Sending]:
        return [Sending(agency, request()) for agency in self.agencies]


@pytest.fixture
async def world(database: Database, vault: Vault, clock: FixedClock) -> AsyncIterator[World]:
    agencies: Mapping[str, FakeAgency] = {"psyk": FakeAgency(ANSWER), "fk": FakeAgency(ANSWER)}
    made = World(Store(database, vault, clock), clock, database, dict(agencies))
    yield made
    for each in made.workers:
        await each.close()


async def begun(world: World, worker: Gatherer) -> Gathering:
    await worker.begin(world.gathering(), world.sendings())
    found = await worker.wait(GatheringId("g1"), 2)
    assert found
    return found


async def test_there_is_none_that_nobody_began(world: World) -> None:
    assert await world.worker().wait(GatheringId("g1"), 0) is None


async def test_what_lies_is_sealed(world: World) -> None:
    worker = world.worker()
    await begun(world, worker)
    await worker.settle()
    rows = [row async for row in everything(world.database)]
    assert any(row[-1] for row in rows)
    assert "Kanariefågeln" not in str(rows)


async def everything(database: Database) -> AsyncIterator[tuple[object, ...]]:
    for row in await database.fetch("SELECT * FROM gathering_part"):
        yield tuple(row)


async def test_another_worker_hands_out_the_same(world: World) -> None:
    first = world.worker()
    mine = await begun(world, first)
    await first.settle()
    found = await world.worker().wait(GatheringId("g1"), 0)
    assert found
    assert found.complete
    assert {agency: part.answer for agency, part in found.parts.items()} == {
        agency: part.answer for agency, part in mine.parts.items()
    }


@pytest.mark.requirement("HUB-10")
async def test_after_its_minute_nothing_is_left(world: World) -> None:
    worker = world.worker()
    await begun(world, worker)
    await worker.settle()
    world.clock.move(seconds=61)
    assert await world.worker().wait(GatheringId("g1"), 0) is None
    await world.store.sweep()
    assert [row async for row in everything(world.database)] == []
    assert not await world.database.fetch("SELECT id FROM gathering")


@pytest.mark.parametrize("kind", list(FaultKind))
async def test_each_fault_is_that_agencys_alone(world: World, kind: FaultKind) -> None:
    faults = {
        FaultKind.WRONG_PERSON: WrongPerson("Patient"),
        FaultKind.NUMBER_CHANGED: NumberChanged(Secret("189001019802")),
    }
    world.agencies["fk"].answer = faults.get(kind, AgencyFault(kind))
    found = await begun(world, world.worker())
    assert (found.parts["fk"].state, found.parts["fk"].fault) == (PartState.FAILED, kind)
    assert found.parts["psyk"].answer == ANSWER


async def test_one_that_hangs_holds_nobody_up(world: World) -> None:
    world.agencies["fk"].slow = asyncio.Event()
    worker = world.worker(whole=0.2)
    await worker.begin(world.gathering(), world.sendings())
    first = await worker.wait(GatheringId("g1"), 0.05)
    assert first
    assert first.parts["psyk"].state is PartState.ANSWERED
    assert first.parts["fk"].state is PartState.WAITING
    last = await worker.wait(GatheringId("g1"), 2)
    assert last
    assert last.parts["fk"].fault is FaultKind.SILENT


async def test_what_a_dead_worker_asked_is_named_as_silent(world: World) -> None:
    world.agencies["fk"].slow = asyncio.Event()
    dying = world.worker()
    await dying.begin(world.gathering(), world.sendings())
    await dying.close()
    world.clock.move(seconds=4)
    found = await world.worker().wait(GatheringId("g1"), 0)
    assert found
    assert found.parts["fk"].fault is FaultKind.SILENT


async def test_protection_an_incident_and_a_new_number_are_seen_to_before_anybody_sees_a_part(world: World) -> None:
    world.agencies["psyk"].answer = AgencyAnswer(facts=ANSWER.facts, protection="sekretessmarkering")
    world.agencies["fk"].answer = WrongPerson("Patient.identifier")
    world.agencies["af"] = FakeAgency(NumberChanged(Secret("189001019802")))
    await begun(world, world.worker())
    assert sorted(world.seen) == [
        ("incident", "fk", "wrong_person", "Patient.identifier"),
        ("number", "af"),
        ("protection", "psyk", "sekretessmarkering"),
    ]


async def test_parts_are_told_one_by_one_as_they_come(world: World) -> None:
    world.agencies["fk"].slow = slow = asyncio.Event()
    worker = world.worker()
    await worker.begin(world.gathering(), world.sendings())
    told: list[str] = []
    async for part in worker.follow(GatheringId("g1")):
        told.append(part.agency)
        slow.set()
    assert told == ["psyk", "fk"]


async def test_asking_again_asks_those_and_keeps_the_others(world: World) -> None:
    world.agencies["fk"].answer = AgencyFault(FaultKind.SILENT)
    worker = world.worker()
    found = await begun(world, worker)
    world.agencies["fk"].answer = ANSWER
    await worker.again(found, [Sending("fk", request())])
    whole = await worker.wait(GatheringId("g1"), 2)
    assert whole
    assert {part.state for part in whole.parts.values()} == {PartState.ANSWERED}
    assert (len(world.agencies["psyk"].asked), len(world.agencies["fk"].asked)) == (1, 2)
