"""Min dag: what is new is what has happened since I last looked, for each assignment by itself."""

import re
from datetime import timedelta

import pytest

from hub.access import Caller, CallerKind
from hub.audit import Ledger
from hub.cases import Cases
from hub.kit.clock import micros
from hub.kit.database import Database
from hub.kit.vault import Vault
from hub.people import Decoys
from tests.fakes.clock import FixedClock
from tests.support.doors import Browser, Doors, case_of, consent_of

ANSWERED = "har svarat på frågan om samtycke."


def somebody(clock: FixedClock, assignment: str) -> Caller:
    return Caller(
        CallerKind.STAFF, f"assignment:{assignment}", "https://idp.example", assignment, 3, clock.now(),
        agency="soc", assignment=assignment,
    )  # fmt: skip


@pytest.fixture
def cases(database: Database, vault: Vault, clock: FixedClock) -> Cases:
    ledger = Ledger(database, vault, clock)
    return Cases(database, vault, ledger, clock, Decoys(database, vault, ledger))


class TestSinceWhen:
    async def test_another_assignment_of_mine_has_a_time_of_its_own(self, cases: Cases, clock: FixedClock) -> None:
        one, other = somebody(clock, "one"), somebody(clock, "other")
        await cases.look(one)
        clock.move(hours=2)
        assert await cases.look(other) == clock.now() - timedelta(days=7)

    async def test_the_first_time_a_week_is_new(self, cases: Cases, clock: FixedClock) -> None:
        assert await cases.look(somebody(clock, "one")) == clock.now() - timedelta(days=7)

    async def test_loading_the_page_again_shows_what_it_showed(self, cases: Cases, clock: FixedClock) -> None:
        caller = somebody(clock, "one")
        first = await cases.look(caller)
        clock.move(minutes=29)
        assert await cases.look(caller) == first

    async def test_next_time_it_is_since_last_time(self, cases: Cases, clock: FixedClock) -> None:
        caller, began = somebody(clock, "one"), clock.now()
        await cases.look(caller)
        clock.move(hours=20)
        assert await cases.look(caller) == began

    async def test_other_pages_read_it_and_leave_it(self, cases: Cases, clock: FixedClock) -> None:
        caller = somebody(clock, "one")
        assert await cases.looked(caller) == clock.now() - timedelta(days=7)
        began = clock.now()
        await cases.look(caller)
        clock.move(hours=20)
        for _ in range(2):
            assert await cases.looked(caller) == began - timedelta(days=7)


class TestThePage:
    async def test_what_happened_before_is_not_new(self, hub: Doors, lena: Browser) -> None:
        case = await case_of(lena, "kajsa-nilsson")
        await consent_of(lena, case)
        assert ANSWERED in (await lena.open("/arbete/min-dag")).text
        now = micros(hub.made.clock.now())
        await hub.made.database.record("UPDATE day_visit SET since = $1 RETURNING assignment", now)
        again = await lena.open("/arbete/min-dag")
        assert ANSWERED not in again.text
        assert "Nytt sedan" in again.text
        await consent_of(lena, case)
        assert ANSWERED in (await lena.open("/arbete/min-dag")).text

    @pytest.mark.parametrize("page", ["", "/samtycke"])
    async def test_a_case_can_be_printed_by_a_button_that_waits_for_the_script(self, lena: Browser, page: str) -> None:
        case = await case_of(lena, "kajsa-nilsson")
        shown = (await lena.open(f"{case}{page}")).text
        assert shown.count("data-print hidden>Skriv ut</button>") == 1
        receipt = (await lena.open(await consent_of(lena, case))).text
        assert receipt.count("data-print hidden>Skriv ut</button>") == 1


class TestTheMenu:
    async def test_counts_for_nobody_but_those_who_answer(self, lena: Browser) -> None:
        assert '<span class="count">' not in (await lena.open("/arbete/person")).text

    async def test_says_on_every_page_how_much_waits(self, hub: Doors) -> None:
        henrik = await hub.staff("henrik-sundin")
        kajsa = await hub.individual("kajsa-nilsson")
        looked = await kajsa.open("/mina-sidor/vem-har-tittat")
        asked = re.findall(r'href="(/mina-sidor/vem-har-tittat\?fraga=[^"#]*)', looked.text)
        page = await kajsa.open(asked[0])
        await kajsa.send(page, "/mina-sidor/vem-har-tittat/", {"question": "Varför läste ni?"})
        [[count]] = await hub.made.database.fetch(
            "SELECT count(*) FROM log_question WHERE answered_at IS NULL AND agency = 'soc'"
        )
        assert count > 0
        for address in ("/arbete/person", "/arbete/arenden"):
            shown = (await henrik.open(address)).text
            assert f'<span class="count">{count}<span class="sr-only"> väntar' in shown
