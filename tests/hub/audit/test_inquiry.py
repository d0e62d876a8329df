"""The individual asks about an entry; an answer is owed by a date, and somebody is named."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from hub.audit import EntryId, Inquiries, InquiryId, Ledger
from hub.kit.database import Database
from hub.kit.errors import Conflict, Invalid, NotFound
from hub.kit.idempotency import Once
from hub.kit.vault import KeyScope, Vault
from tests.fakes.clock import FixedClock
from tests.hub.audit.entries import AT, KAJSA, filled

BOSS = "a-eva"
pytestmark = pytest.mark.requirement("HUB-06")


@pytest.fixture
def inquiries(database: Database, vault: Vault, clock: FixedClock, ledger: Ledger) -> Inquiries:
    return Inquiries(database, vault, clock, ledger)


@pytest.fixture
async def looked(ledger: Ledger) -> EntryId:
    return (await filled(ledger, 1))[0]


async def acts(ledger: Ledger) -> list[tuple[str, str | None]]:
    page = await ledger.entries_about(KAJSA)
    return sorted((entry.act, entry.caller_ref) for entry in page.entries if entry.question == "audit")


class TestAsking:
    async def test_about_no_entry_is_not_possible(self, inquiries: Inquiries) -> None:
        with pytest.raises(NotFound):
            await inquiries.ask(EntryId("nothing"), KAJSA, "Varför?", BOSS)

    async def test_about_somebody_else_s_entry_is_not_possible(self, inquiries: Inquiries, looked: EntryId) -> None:
        with pytest.raises(NotFound):
            await inquiries.ask(looked, "individual-2", "Varför?", BOSS)

    @pytest.mark.parametrize("text", ["", " \n", "x" * 2001])
    async def test_nothing_or_too_much_is_not_possible(self, inquiries: Inquiries, looked: EntryId, text: str) -> None:
        with pytest.raises(Invalid) as refused:
            await inquiries.ask(looked, KAJSA, text, BOSS)
        assert refused.value.fields[0].field == "text"

    async def test_names_who_answers_and_by_when(self, inquiries: Inquiries, looked: EntryId, ledger: Ledger) -> None:
        asked = await inquiries.get(await inquiries.ask(looked, KAJSA, " Varför läste ni? ", BOSS))
        assert (asked.text, asked.agency, asked.official, asked.asked_at) == ("Varför läste ni?", "soc", BOSS, AT)
        # Ten working days after Tuesday 24 November are over when Tuesday 8 December is.
        assert asked.due_at == datetime.combine(date(2026, 12, 9), time.min, ZoneInfo("Europe/Stockholm"))
        assert asked.answered_at is None
        assert await acts(ledger) == [("ask_about_entry", KAJSA)]

    async def test_of_an_act_without_an_agency_goes_to_who_answers_for_it(
        self, inquiries: Inquiries, ledger: Ledger
    ) -> None:
        [entry] = await filled(ledger, 1, agency=None, answerable="psyk")
        assert (await inquiries.get(await inquiries.ask(entry, KAJSA, "Varför?", BOSS))).agency == "psyk"

    async def test_twice_with_one_key_asks_once(self, inquiries: Inquiries, looked: EntryId, ledger: Ledger) -> None:
        once = Once(KAJSA, "k", b"d", AT)
        first, second = [await inquiries.ask(looked, KAJSA, "Varför?", BOSS, once) for _ in range(2)]
        assert first == second
        assert len(await inquiries.asked_by(KAJSA)) == 1
        assert len(await acts(ledger)) == 1

    async def test_what_is_asked_does_not_show_in_the_table(
        self, inquiries: Inquiries, looked: EntryId, database: Database
    ) -> None:
        await inquiries.ask(looked, KAJSA, "Varför läste ni?", BOSS)
        [(text,)] = await database.fetch("SELECT text FROM ledger_question")
        assert b"Varf" not in text


class TestAnswering:
    async def test_no_question_is_not_possible(self, inquiries: Inquiries) -> None:
        with pytest.raises(NotFound):
            await inquiries.answer(InquiryId("nothing"), "Därför.", BOSS, "Eva Lund")

    async def test_with_nothing_is_not_possible(self, inquiries: Inquiries, looked: EntryId) -> None:
        asked = await inquiries.ask(looked, KAJSA, "Varför?", BOSS)
        with pytest.raises(Invalid):
            await inquiries.answer(asked, " ", BOSS, "Eva Lund")

    async def test_twice_is_not_possible(self, inquiries: Inquiries, looked: EntryId) -> None:
        asked = await inquiries.ask(looked, KAJSA, "Varför?", BOSS)
        await inquiries.answer(asked, "Därför.", BOSS, "Eva Lund")
        with pytest.raises(Conflict):
            await inquiries.answer(asked, "Därför att.", BOSS, "Eva Lund")
        assert (await inquiries.get(asked)).answer == "Därför."

    async def test_reaches_the_individual_and_is_in_the_log(
        self, inquiries: Inquiries, looked: EntryId, ledger: Ledger, clock: FixedClock
    ) -> None:
        asked = await inquiries.ask(looked, KAJSA, "Varför?", BOSS)
        clock.move(days=1)
        await inquiries.answer(asked, "Hon förberedde mötet.", BOSS, "Eva Lund")
        [answered] = await inquiries.asked_by(KAJSA)
        assert (answered.answer, answered.answered_by) == ("Hon förberedde mötet.", BOSS)
        assert answered.answered_at == clock.now()
        assert await acts(ledger) == [("answer_about_entry", BOSS), ("ask_about_entry", KAJSA)]


class TestOwing:
    async def test_is_over_once_it_is_answered(self, inquiries: Inquiries, looked: EntryId) -> None:
        first, second = [await inquiries.ask(looked, KAJSA, "Varför?", BOSS) for _ in range(2)]
        await inquiries.answer(first, "Därför.", BOSS, "Eva Lund")
        assert [each.id for each in await inquiries.owed_by("soc")] == [second]
        assert await inquiries.owed_by("af") == []

    async def test_is_late_from_the_midnight_after_the_last_day(
        self, inquiries: Inquiries, looked: EntryId, clock: FixedClock
    ) -> None:
        asked = await inquiries.get(await inquiries.ask(looked, KAJSA, "Varför?", BOSS))
        assert not asked.late(datetime(2026, 12, 8, 22, 59, 59, tzinfo=UTC))
        assert asked.late(datetime(2026, 12, 8, 23, 0, tzinfo=UTC))
        await inquiries.answer(asked.id, "Därför.", BOSS, "Eva Lund")
        assert not (await inquiries.get(asked.id)).late(datetime(2027, 1, 1, tzinfo=UTC))


@pytest.mark.requirement("HUB-09")
async def test_an_erased_question_has_no_text(inquiries: Inquiries, looked: EntryId, vault: Vault) -> None:
    asked = await inquiries.ask(looked, KAJSA, "Varför?", BOSS)
    await inquiries.answer(asked, "Därför.", BOSS, "Eva Lund")
    await vault.destroy([KeyScope(KAJSA, "soc", "content")])
    assert await inquiries.forget(KAJSA, "soc") == 1
    assert await inquiries.asked_by(KAJSA) == []
    erased = await inquiries.get(asked)
    assert (erased.text, erased.answer, erased.answered_by) == (None, None, BOSS)
