"""Recording: nothing without what it stood on."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from hub.audit import Distrusted, EntryKind, Ledger, NotRecorded, Outcome, Stand
from hub.kit.clock import SystemClock
from hub.kit.database import Database
from hub.kit.vault import Vault
from tests.fakes.clock import FixedClock
from tests.hub.audit.entries import ABOUT_KAJSA, AT, KAJSA, LENA, born, bump, change, disclosure, refusal


async def count(database: Database, table: str = "ledger_entry") -> int:
    return (await database.fetch(f"SELECT count(*) FROM {table}"))[0][0]  # noqa: S608  a name of ours


async def rolled_back(database: Database, act: Callable[[AsyncSession], Awaitable[object]]) -> None:
    """Carry `act` out in a transaction that then fails."""
    with suppress(ZeroDivisionError):
        async with database.write() as session:
            await act(session)
            raise ZeroDivisionError


@pytest.mark.requirement("HUB-01")
class TestPermit:
    async def test_on_a_moved_epoch_is_not_recorded(self, ledger: Ledger, database: Database) -> None:
        stands = await born(ledger, database)
        await bump(ledger, database, ABOUT_KAJSA)
        assert await ledger.record([disclosure()], stands) is None
        assert (await count(database), await count(database, "ledger_pending")) == (0, 0)

    async def test_needs_every_stand_and_not_only_the_first(self, ledger: Ledger, database: Database) -> None:
        stands = await born(ledger, database)
        await bump(ledger, database, LENA)
        for order in (stands, stands[::-1]):
            assert await ledger.record([disclosure()], order) is None

    async def test_on_a_subject_that_was_never_born_is_not_recorded(self, ledger: Ledger) -> None:
        assert await ledger.record([disclosure()], [Stand("individual:nobody", 0)]) is None
        assert await ledger.record([disclosure()], [Stand("individual:nobody", 1)]) is None

    async def test_on_facts_read_at_two_epochs_is_not_recorded(self, ledger: Ledger, database: Database) -> None:
        await born(ledger, database)
        assert await ledger.record([disclosure()], [Stand(ABOUT_KAJSA, 0), Stand(ABOUT_KAJSA, 1)]) is None

    async def test_at_or_after_the_end_of_a_fact_is_not_recorded(
        self, ledger: Ledger, database: Database, clock: FixedClock
    ) -> None:
        stands = await born(ledger, database)
        assert await ledger.record([disclosure()], stands, clock.now()) is None
        assert await ledger.record([disclosure()], stands, clock.now() - timedelta(microseconds=1)) is None
        assert await ledger.record([disclosure()], stands, clock.now() + timedelta(microseconds=1))

    async def test_the_database_s_own_clock_judges(self, database: Database, vault: Vault) -> None:
        ledger = Ledger(database, vault, SystemClock())
        stands = await born(ledger, database)
        now = datetime.now(UTC)  # noqa: TID251  compared with the database's own
        assert await ledger.record([disclosure()], stands, now - timedelta(seconds=5)) is None
        assert await ledger.record([disclosure()], stands, now + timedelta(minutes=5))

    async def test_that_stands_on_nothing_can_not_be_asked_for(self, ledger: Ledger) -> None:
        with pytest.raises(ValueError, match="stands on nothing"):
            await ledger.record([disclosure()])

    async def test_is_not_recorded_by_a_ledger_that_is_not_trusted(self, ledger: Ledger, database: Database) -> None:
        stands = await born(ledger, database)
        ledger.trusted = False
        with pytest.raises(Distrusted):
            await ledger.record([disclosure()], stands)
        assert await ledger.record([refusal()])

    async def test_whose_commit_is_not_answered_is_not_known_to_be_recorded(
        self, ledger: Ledger, database: Database
    ) -> None:
        stands = await born(ledger, database)
        async with database.engine.begin() as connection:
            await connection.exec_driver_sql("ALTER TABLE ledger_pending RENAME TO lost")
        with pytest.raises(NotRecorded):
            await ledger.record([disclosure()], stands)
        assert await count(database) == 0

    async def test_that_takes_too_long_is_not_known_to_be_recorded(
        self, ledger: Ledger, database: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        stands = await born(ledger, database)
        monkeypatch.setattr("hub.audit.ledger._PATIENCE_S", 0.05)
        async with database.write() as session:
            await ledger.bump(session, [ABOUT_KAJSA])
            with pytest.raises(NotRecorded):
                await ledger.record([disclosure()], stands)

    async def test_is_recorded_with_all_that_it_stood_on(self, ledger: Ledger, database: Database) -> None:
        stands = await born(ledger, database)
        ids = await ledger.record([disclosure(), disclosure(case_id="S2"), refusal()], stands)
        assert ids is not None
        assert [(await ledger.entry(each)).case_id for each in ids] == ["S2304", "S2", "S2304"]  # pyright: ignore[reportOptionalMemberAccess]
        assert await count(database, "ledger_pending") == 3

    async def test_is_recorded_again_on_the_same_stand(self, ledger: Ledger, database: Database) -> None:
        stands = await born(ledger, database)
        assert await ledger.record([disclosure()], stands)
        assert await ledger.record([disclosure()], [*stands, *stands])


@pytest.mark.requirement("HUB-01")
class TestAtTheSameTime:
    """What is recorded at the same time may share a statement: each is recorded or not by its own stands."""

    async def test_one_on_a_moved_epoch_takes_nobody_with_it(self, ledger: Ledger, database: Database) -> None:
        stands = await born(ledger, database)
        stale = [Stand(stands[0].subject, stands[0].epoch - 1), *stands[1:]]
        asked = [stands, stale, stands, stale, []]
        done = await asyncio.gather(*[ledger.record([disclosure() if each else refusal()] * 2, each) for each in asked])
        assert [each is not None for each in done] == [True, False, True, False, True]
        recorded = [identity for each in done for identity in each or ()]
        assert len(set(recorded)) == await count(database) == await count(database, "ledger_pending") == 6

    async def test_one_that_comes_too_late_takes_nobody_with_it(
        self, ledger: Ledger, database: Database, clock: FixedClock
    ) -> None:
        stands, now = await born(ledger, database), clock.now()
        ends = [None, now, now + timedelta(seconds=1)]
        done = await asyncio.gather(*[ledger.record([disclosure()], stands, end) for end in ends])
        assert [each is not None for each in done] == [True, False, True]

    @pytest.mark.database
    async def test_one_that_the_database_refuses_takes_nobody_with_it(self, ledger: Ledger, database: Database) -> None:
        entries = [refusal(), refusal(), refusal(case_id="S\0"), refusal()]
        done = await asyncio.gather(*[ledger.record([each]) for each in entries], return_exceptions=True)
        assert [isinstance(each, NotRecorded) for each in done] == [False, False, True, False]
        assert await count(database) == await count(database, "ledger_pending") == 3

    @pytest.mark.database
    async def test_nobody_waits_for_what_changes_about_another(self, ledger: Ledger, database: Database) -> None:
        stands, others = await born(ledger, database), [Stand("individual:other", 1)]
        await bump(ledger, database, "individual:other")
        async with database.write() as session:
            await ledger.bump(session, [ABOUT_KAJSA])
            waits = [asyncio.create_task(ledger.record([disclosure()], stands)) for _ in range(3)]
            goes = await asyncio.gather(*[ledger.record([disclosure()], others) for _ in range(3)])
            assert all(goes)
            assert not any(each.done() for each in waits)
        assert await asyncio.gather(*waits) == [None, None, None]
        assert await count(database) == 3


class TestRefusal:
    async def test_is_recorded_whatever_has_moved(self, ledger: Ledger, database: Database) -> None:
        assert await ledger.record([refusal()])
        assert await ledger.record([refusal(kind=EntryKind.UNDECIDED, outcome=Outcome.UNDECIDED)])
        assert await count(database) == 2


class TestBump:
    async def test_counts_from_one_and_each_subject_once(self, ledger: Ledger, database: Database) -> None:
        assert await bump(ledger, database, "b", "a", "b") == {"a": 1, "b": 1}
        assert await bump(ledger, database, "b") == {"b": 2}

    async def test_that_is_rolled_back_moves_nothing(self, ledger: Ledger, database: Database) -> None:
        stands = await born(ledger, database)
        await rolled_back(database, lambda session: ledger.bump(session, [ABOUT_KAJSA]))
        assert await ledger.record([disclosure()], stands)

    async def test_holds_back_a_record_until_it_is_committed(self, ledger: Ledger, database: Database) -> None:
        stands = await born(ledger, database)
        async with database.write() as session:
            await ledger.bump(session, [ABOUT_KAJSA])
            waiting = asyncio.create_task(ledger.record([disclosure()], stands))
            done, _ = await asyncio.wait([waiting], timeout=0.1)
            assert not done
        assert await waiting is None


class TestChange:
    async def test_that_is_rolled_back_leaves_no_entry(self, ledger: Ledger, database: Database) -> None:
        await rolled_back(database, lambda session: ledger.record_change(session, change()))
        assert (await count(database), await count(database, "ledger_pending")) == (0, 0)

    async def test_is_recorded_with_the_change(self, ledger: Ledger, database: Database) -> None:
        async with database.write() as session:
            identity = await ledger.record_change(session, change(detail={"line": "l-1"}))
        entry = await ledger.entry(identity)
        assert entry is not None
        assert (entry.kind, entry.detail, entry.recorded_at) == (EntryKind.CHANGE, {"line": "l-1"}, AT)
        assert await count(database, "ledger_pending") == 1


@pytest.mark.requirement("HUB-09")
class TestLeaf:
    async def test_holds_no_personal_part_and_no_lasting_pseudonym(self, ledger: Ledger, database: Database) -> None:
        await ledger.record([refusal(), refusal()])
        bodies = [row[0] for row in await database.fetch("SELECT body FROM ledger_entry")]
        for told in (KAJSA, "a-1", "Lena", "socialsekreterare", "S2304", "receiver", "c-1", "forsorjningsstod", "sip"):
            assert not any(told in body for body in bodies)
        first, second = (json.loads(body) for body in bodies)
        assert first["personal"] != second["personal"]
        assert first["beside"] != second["beside"]

    async def test_what_is_sealed_does_not_show_in_the_table(self, ledger: Ledger, database: Database) -> None:
        await ledger.record([refusal()])
        [(sealed,)] = await database.fetch("SELECT sealed FROM ledger_entry")
        assert b"Lena" not in sealed


async def test_without_an_agency_the_hub_answers_for_the_entry(ledger: Ledger) -> None:
    ids = await ledger.record([refusal(kind=EntryKind.SYSTEM, outcome=Outcome.DONE, agency=None, individual=None)])
    assert ids is not None
    entry = await ledger.entry(ids[0])
    assert entry is not None
    assert (entry.holder, entry.caller_name) == ("hub", "Lena Sandström")
