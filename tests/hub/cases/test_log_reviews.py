"""The log's review on both databases: a period is drawn once also by two at a time, and a note is erased with whom it is about."""

import asyncio
from collections.abc import AsyncIterator

import msgspec
import pytest

from hub.access import About, Asking, Caller, CallerKind, Decider, Gathered, Permit
from hub.access.questions import ReadLog, read
from hub.access.selftest import examples_of
from hub.access.wasm import WasmEngine
from hub.agencies import Directory
from hub.audit import Entry, EntryKind, Ledger, Outcome, Stand
from hub.cases import LogReviews, Verdict
from hub.kit.clock import epoch_s
from hub.kit.database import Database
from hub.kit.errors import Conflict, NotFound
from hub.kit.vault import Vault
from hub.settings import ROOT
from tests.fakes.clock import FixedClock

ENTRIES = 30


@pytest.fixture
def ledger(database: Database, vault: Vault, clock: FixedClock) -> Ledger:
    return Ledger(database, vault, clock)


@pytest.fixture
def reviews(database: Database, vault: Vault, ledger: Ledger, clock: FixedClock) -> LogReviews:
    return LogReviews(database, vault, ledger, clock, Directory(database, clock))


@pytest.fixture
def caller(clock: FixedClock) -> Caller:
    return Caller(
        CallerKind.STAFF, "assignment:henrik", "i", "henrik", 3, clock.now(), 2, agency="soc", assignment="henrik"
    )


@pytest.fixture
async def permit(
    database: Database, ledger: Ledger, clock: FixedClock, caller: Caller
) -> AsyncIterator[Permit[ReadLog]]:
    """A log reviewer's permit to read the agency's log, with thirty entries in it that have settled."""
    await ledger.record([_entry(clock, number) for number in range(ENTRIES)])
    clock.move(minutes=5)
    async with database.write() as session:
        await ledger.bump(session, [caller.ref])
    engine = WasmEngine.load(ROOT / "policies" / "build" / "policy.wasm")
    asking = Asking(Decider(engine, ledger, clock), caller, frozenset({"read_log"}))

    async def gather() -> Gathered[ReadLog]:
        return Gathered(_question(clock), (Stand(caller.ref, 1),), About("read_log", "soc"))

    yield await asking.permit(gather)
    await engine.close()


def _entry(clock: FixedClock, number: int) -> Entry:
    return Entry(
        at=clock.now(),
        kind=EntryKind.REFUSAL,
        question="see_person",
        act="see_person",
        outcome=Outcome.DENY,
        caller_kind="staff",
        caller_ref="assignment:lena",
        agency="soc",
        individual=f"individual-{number}",
    )


def _question(clock: FixedClock) -> ReadLog:
    known = read("read_log", bytes(examples_of("read_log", ROOT / "policies").permit))
    assert isinstance(known, ReadLog)
    at = epoch_s(clock.now())
    henrik = msgspec.structs.replace(
        known.caller,
        door="staff",
        agency="soc",
        kind="socialtjanst",
        roles=["loggranskare"],
        own=False,
        sign_in=msgspec.structs.replace(known.caller.sign_in, at=at),
    )
    return msgspec.structs.replace(known, now=at, caller=henrik, entries_of="agency", agency="soc")


@pytest.mark.requirement("R26")
async def test_another_agencys_sample_is_not_there(
    database: Database, reviews: LogReviews, permit: Permit[ReadLog], caller: Caller
) -> None:
    sample = await reviews.draw(permit, caller)
    await database.record("UPDATE log_sample SET agency = 'psyk' RETURNING id")
    for reading in (reviews.sample, reviews.entries, reviews.reproduces):
        with pytest.raises(NotFound):
            await reading(permit, sample)


async def test_two_who_draw_at_once_draw_a_period_once(
    reviews: LogReviews, permit: Permit[ReadLog], caller: Caller
) -> None:
    made = await asyncio.gather(*(reviews.draw(permit, caller) for _ in range(3)), return_exceptions=True)
    assert [type(each) for each in made if not isinstance(each, str)] == [Conflict, Conflict]
    assert len(await reviews.samples(permit)) == 1


async def test_the_next_draw_takes_on_where_the_last_ended(
    reviews: LogReviews, ledger: Ledger, clock: FixedClock, permit: Permit[ReadLog], caller: Caller
) -> None:
    first = await reviews.sample(permit, await reviews.draw(permit, caller))
    with pytest.raises(Conflict):
        await reviews.draw(permit, caller)
    await ledger.record([_entry(clock, ENTRIES)])
    clock.move(minutes=5)
    second = await reviews.sample(permit, await reviews.draw(permit, caller))
    assert second.since == first.until
    assert first.population == ENTRIES
    [newest] = [
        each for each in await reviews.entries(permit, second.id) if each.entry and each.entry.act != "read_log"
    ]
    assert newest.entry
    assert newest.entry.individual == f"individual-{ENTRIES}"


async def test_a_note_is_erased_with_the_one_it_is_about(
    reviews: LogReviews, ledger: Ledger, permit: Permit[ReadLog], caller: Caller
) -> None:
    sample = await reviews.draw(permit, caller)
    first = (await reviews.entries(permit, sample))[0]
    await reviews.review(permit, caller, sample, first.id, Verdict.ASK, "Varför just den här?")
    assert (await reviews.entries(permit, sample))[0].note == "Varför just den här?"
    assert first.entry
    await ledger.erase(first.entry.individual or "", "soc")
    after = (await reviews.entries(permit, sample))[0]
    assert (after.note, after.verdict) == ("", Verdict.ASK)
    assert await reviews.reproduces(permit, sample)
