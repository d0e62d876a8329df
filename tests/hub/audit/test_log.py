"""Reading the log: who looked, when and why."""

from datetime import timedelta

import pytest

from hub.audit import EntryId, Ledger, LogFilter, Outcome
from hub.kit.database import Database
from hub.kit.vault import Vault
from tests.fakes.clock import FixedClock
from tests.hub.audit.entries import AT, KAJSA, born, disclosure, filled, refusal


@pytest.mark.requirement("HUB-06")
class TestEntriesAboutAnIndividual:
    async def test_are_only_about_that_individual(self, ledger: Ledger) -> None:
        await filled(ledger, 1, individual="individual-2")
        assert (await ledger.entries_about(KAJSA)).entries == ()

    async def test_say_who_looked_when_and_why(self, ledger: Ledger, database: Database) -> None:
        await ledger.record([disclosure()], await born(ledger, database))
        [entry] = (await ledger.entries_about(KAJSA)).entries
        assert (entry.at, entry.recorded_at) == (AT, AT)
        assert (entry.agency, entry.unit, entry.owner) == ("soc", "forsorjningsstod", "psyk")
        assert (entry.caller_name, entry.caller_title) == ("Lena Sandström", "socialsekreterare")
        assert (entry.act, entry.purpose, entry.outcome) == ("read_shared", "sip", Outcome.PERMIT)
        assert entry.answer["grounds"] == [{"ground": "consent", "ref": "c-1"}]
        assert entry.payload == b'{"receiver": "soc"}'

    async def test_say_nothing_that_was_not_said(self, ledger: Ledger) -> None:
        await filled(ledger, 1, payload=None, answer=None)
        [entry] = (await ledger.entries_about(KAJSA)).entries
        assert (entry.payload, entry.answer, entry.detail) == (None, {}, {})

    async def test_come_newest_first_a_page_at_a_time(self, ledger: Ledger, clock: FixedClock) -> None:
        ids: list[EntryId] = []
        for _ in range(5):
            ids += await filled(ledger, 1)
            clock.move(seconds=1)
        pages = [await ledger.entries_about(KAJSA, page=number, limit=2) for number in (1, 2, 3)]
        assert [[entry.id for entry in page.entries] for page in pages] == [ids[:2:-1], ids[2:0:-1], ids[:1]]
        assert [page.more for page in pages] == [True, True, False]

    async def test_can_be_narrowed(self, ledger: Ledger, database: Database, clock: FixedClock) -> None:
        await ledger.record([disclosure()], await born(ledger, database))
        clock.move(hours=1)
        await ledger.record([refusal(agency="af")])
        later = clock.now()
        cases = [
            ("af", LogFilter(agency="af")),
            ("soc", LogFilter(outcome=Outcome.PERMIT)),
            ("af", LogFilter(since=later)),
            ("soc", LogFilter(until=later)),
        ]
        for agency, wanted in cases:
            page = await ledger.entries_about(KAJSA, wanted)
            assert [entry.agency for entry in page.entries] == [agency]

    async def test_tell_of_an_erased_one_only_what_is_in_the_leaf(self, ledger: Ledger, vault: Vault) -> None:
        [identity] = await filled(ledger, 1)
        assert await ledger.erase(KAJSA, "soc") == 1
        entry = await ledger.entry(identity)
        assert entry is not None
        assert entry.erased
        assert (entry.agency, entry.outcome, entry.individual, entry.caller_name) == ("soc", Outcome.DENY, None, None)
        assert (await ledger.entries_about(KAJSA)).entries == ()

    async def test_tell_that_one_was_changed_where_it_lies(self, ledger: Ledger, database: Database) -> None:
        await filled(ledger, 1)
        [(sealed,)] = await database.fetch("SELECT sealed FROM ledger_entry")
        await database.record("UPDATE ledger_entry SET sealed = $1 RETURNING id", sealed[:-1] + bytes([sealed[-1] ^ 1]))
        [entry] = (await ledger.entries_about(KAJSA)).entries
        assert entry.damaged
        assert not entry.erased
        assert entry.caller_name is None


class TestErasure:
    async def test_leaves_what_other_agencies_answer_for(self, ledger: Ledger) -> None:
        await filled(ledger, 1, agency="psyk")
        await filled(ledger, 1, agency="soc", answerable="psyk")
        await filled(ledger, 1, agency="soc")
        assert await ledger.erase(KAJSA, "soc") == 1
        assert {entry.holder for entry in (await ledger.entries_about(KAJSA)).entries} == {"psyk"}

    async def test_may_be_run_again(self, ledger: Ledger) -> None:
        await filled(ledger, 1)
        assert [await ledger.erase(KAJSA, "soc") for _ in range(2)] == [1, 0]


class TestOtherViews:
    async def test_a_case(self, ledger: Ledger) -> None:
        await filled(ledger, 1, case_id="S1")
        await filled(ledger, 2, case_id="S2")
        assert len((await ledger.entries_in_case("S2")).entries) == 2

    async def test_what_an_agency_did(self, ledger: Ledger) -> None:
        await filled(ledger, 1, agency="soc")
        await filled(ledger, 2, agency="af")
        assert {entry.agency for entry in (await ledger.entries_of_agency("af")).entries} == {"af"}

    async def test_what_others_did_with_what_an_agency_owns(self, ledger: Ledger) -> None:
        await filled(ledger, 1, agency="soc", owner="psyk")
        await filled(ledger, 1, agency="psyk", owner="psyk")
        await filled(ledger, 1, agency=None, owner="psyk")
        await filled(ledger, 1, agency="soc", owner=None)
        assert {entry.agency for entry in (await ledger.entries_of_owner("psyk")).entries} == {"soc", None}

    async def test_no_such_entry(self, ledger: Ledger) -> None:
        assert await ledger.entry(EntryId("nothing")) is None


@pytest.mark.requirement("HUB-03")
class TestStopwatch:
    async def test_names_no_refusal_and_nobody_else_s(self, ledger: Ledger, clock: FixedClock) -> None:
        await filled(ledger, 1)
        assert await ledger.last_entry_before(KAJSA, clock.now()) is None

    async def test_names_the_last_disclosure_until_then(
        self, ledger: Ledger, database: Database, clock: FixedClock
    ) -> None:
        stands = await born(ledger, database)
        moments = []
        for number in range(3):
            await ledger.record([disclosure(case_id=f"S{number}")], stands)
            moments.append(clock.now())
            clock.move(seconds=1)
        last = await ledger.last_entry_before(KAJSA, moments[1])
        assert last is not None
        assert last.case_id == "S1"
        assert await ledger.last_entry_before(KAJSA, moments[0] - timedelta(microseconds=1)) is None
