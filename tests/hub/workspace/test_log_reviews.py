"""The log's review at the staff door: who may not, what is never shown, and that nobody chooses what is drawn."""

import re

import httpx
import pytest

from tests.support.doors import Browser, Doors, case_of, says

HOME = "/arbete/loggranskning/urval"
ADMIN = "/arbete/administration/loggranskning"
DRAW = "Dra nästa urval ur loggen"


@pytest.fixture
async def henrik(hub: Doors) -> Browser:
    return await hub.staff("henrik-sundin")


@pytest.fixture(autouse=True)
async def a_while_ago(hub: Doors, lena: Browser) -> None:
    """Something has happened, and settled."""
    await case_of(lena, "elias-boman")
    await settled(hub)


async def settled(hub: Doors) -> None:
    await hub.made.database.record("UPDATE ledger_entry SET recorded_at = recorded_at - 120000000 RETURNING id")


async def everything(hub: Doors) -> None:
    """Let all that has happened be drawn."""
    await planned(hub, random=500)


async def planned(hub: Doors, *, every_days: int = 30, random: int = 20) -> None:
    """Let the agency have decided how it follows up its log."""
    plan = "INSERT INTO log_review_plan VALUES ('p', 'soc', $1, $2, 'Loggrutin', '1', 0, 4102444800000000)"
    await hub.made.database.record(plan, every_days, random)


async def drawn(browser: Browser) -> str:
    answer = await browser.send(await browser.open(HOME), HOME, {})
    assert answer.status_code == 303, says(answer)
    return answer.headers["location"]


def rows(page: httpx.Response) -> list[str]:
    return re.findall(r'href="(/arbete/loggranskning/urval/[a-z2-7]+/rad/[a-z2-7]+)"', page.text)


async def judged(browser: Browser, row: str, **said: str) -> httpx.Response:
    return await browser.send(await browser.open(row), row, {"verdict": "in_order", **said})


async def all_judged(hub: Doors, browser: Browser, sample: str) -> None:
    """Judge the first three, and let the rest be judged already."""
    await hub.made.database.record(
        "UPDATE log_sample_entry SET verdict = 'in_order' WHERE position > 2 RETURNING entry_id"
    )
    for row in rows(await browser.open(sample))[:3]:
        answer = await judged(browser, row)
        assert answer.status_code == 303, says(answer)


class TestWhoMayNot:
    @pytest.mark.requirement("R26")
    async def test_nobody_but_the_appointed_reviewer(self, henrik: Browser, lena: Browser) -> None:
        sample = await drawn(henrik)
        [row, *_] = rows(await henrik.open(sample))
        for page in (HOME, sample, row, f"{sample}/utdrag"):
            assert (await lena.open(page)).status_code == 403

    @pytest.mark.requirement("R26")
    async def test_another_agencys_reviewer_finds_nothing(self, hub: Doors, henrik: Browser) -> None:
        sample = await drawn(henrik)
        [row, *_] = rows(await henrik.open(sample))
        vera = await hub.staff("vera-nord")
        for page in (sample, row, f"{sample}/utdrag"):
            assert (await vera.open(page)).status_code == 404

    async def test_a_weak_sign_in_draws_nothing(self, hub: Doors) -> None:
        weak = await hub.staff("henrik-sundin", loa=2)
        assert (await weak.open(HOME)).status_code == 403
        assert await hub.made.database.fetch("SELECT id FROM log_sample") == []

    async def test_nobody_reviews_a_relative(self, hub: Doors, henrik: Browser) -> None:
        await everything(hub)
        sample = await drawn(henrik)
        row = await _about_somebody(hub, sample)
        await _kin(hub)
        page = await henrik.open(row)
        assert "Du är närstående" in says(page)
        hidden = await henrik.open(rows(await henrik.open(sample))[0])
        answer = await henrik.send(hidden, HOME, {"verdict": "in_order"}, to=row)
        assert "Någon annan måste granska" in says(answer)
        assert await _verdict(hub, row) is None

    async def test_nobody_reviews_what_they_have_done_themselves(self, hub: Doors, henrik: Browser) -> None:
        await everything(hub)
        await henrik.open(HOME)
        await settled(hub)
        sample = await drawn(henrik)
        [[mine]] = await hub.made.database.fetch(
            """SELECT min(x.entry_id) FROM log_sample_entry x JOIN ledger_entry e ON e.id = x.entry_id
                WHERE x.sample_id = $1 AND e.caller_ref IN (
                    SELECT 'assignment:' || a.id FROM assignment a JOIN staff s ON s.id = a.staff WHERE s.name = $2)""",
            sample.rsplit("/", 1)[1],
            "Henrik Sundin",
        )
        answer = await judged(henrik, f"{sample}/rad/{mine}")
        assert "Det här har du gjort själv" in says(answer)


class TestWhatIsShown:
    @pytest.mark.requirement("HUB-04")
    async def test_a_protected_individual_is_not_named(self, hub: Doors, henrik: Browser) -> None:
        await hub.made.database.record("UPDATE individual SET protection = 'sekretessmarkering' RETURNING id")
        sample = await drawn(henrik)
        page = await henrik.open(sample)
        assert "Gäller någon med skyddade uppgifter" in page.text
        assert "Elias Boman" not in page.text
        entry = await henrik.open(await _about_somebody(hub, sample))
        assert "Vem raden gäller visas inte för dig." in says(entry)
        assert "Elias Boman" not in entry.text

    async def test_one_who_is_not_protected_is_named_where_the_entry_is_opened(
        self, hub: Doors, henrik: Browser
    ) -> None:
        await everything(hub)
        sample = await drawn(henrik)
        assert "Elias Boman" not in (await henrik.open(sample)).text
        assert "Raden gäller Elias Boman." in says(await henrik.open(await _about_somebody(hub, sample)))


class TestTheReview:
    @pytest.mark.requirement("HUB-06")
    async def test_nobody_chooses_and_nothing_is_drawn_twice(self, hub: Doors, henrik: Browser) -> None:
        first = await drawn(henrik)
        assert "ger samma rader" in says(await henrik.open(first))
        again = await henrik.send(await henrik.open(HOME), HOME, {})
        [[both]] = await hub.made.database.fetch(
            """SELECT count(*) FROM (SELECT entry_id FROM log_sample_entry GROUP BY entry_id HAVING count(*) > 1) x"""
        )
        assert again.status_code in {200, 303, 422}
        assert both == 0

    async def test_a_tampered_sample_is_seen(self, hub: Doors, henrik: Browser) -> None:
        sample = await drawn(henrik)
        await hub.made.database.record("UPDATE log_sample SET population = population + 1 RETURNING id")
        assert "ger inte samma rader" in says(await henrik.open(sample))

    async def test_what_is_not_in_order_needs_a_reason(self, henrik: Browser) -> None:
        [row, *_] = rows(await henrik.open(await drawn(henrik)))
        answer = await judged(henrik, row, verdict="report")
        assert answer.status_code == 422
        assert "Skriv varför" in says(answer)

    @pytest.mark.requirement("HUB-06")
    async def test_reviewed_signed_and_taken_out(self, hub: Doors, henrik: Browser) -> None:
        sample = await drawn(henrik)
        early = await henrik.send(await henrik.open(sample), f"{sample}/underskrift", {})
        assert "inte granskade än" in says(early)
        assert (await henrik.open(f"{sample}/utdrag")).status_code == 404
        await all_judged(hub, henrik, sample)
        [row, *_] = rows(await henrik.open(sample))
        assert (await judged(henrik, row, verdict="ask", note="=Varför så sent på kvällen?")).status_code == 303
        signed = await henrik.send(await henrik.open(sample), f"{sample}/underskrift", {})
        assert signed.status_code == 303, says(signed)
        page = await henrik.open(sample)
        assert "Underskrivet av Henrik Sundin" in says(page)
        assert rows(page) == []
        told = await _changes(hub)
        assert {"draw_log_sample", "review_log_entry", "sign_log_sample"} <= told

        data = (await henrik.open(f"{sample}/utdrag?som=json")).json()
        assert data["signedBy"] == "Henrik Sundin"
        assert data["reproduced"] is True
        assert {each["verdict"] for each in data["entries"]} == {"I sin ordning", "Fråga handläggaren"}
        sheet = (await henrik.open(f"{sample}/utdrag?som=csv")).text
        assert "'=Varför så sent på kvällen?" in sheet
        assert "Elias Boman" not in sheet

    async def test_a_signed_review_is_not_changed(self, hub: Doors, henrik: Browser) -> None:
        sample = await drawn(henrik)
        [row, *_] = rows(await henrik.open(sample))
        form = await henrik.open(row)
        await all_judged(hub, henrik, sample)
        await henrik.send(await henrik.open(sample), f"{sample}/underskrift", {})
        answer = await henrik.send(form, row, {"verdict": "in_order"})
        assert "underskrivet och kan inte ändras" in says(answer)

    async def test_what_is_due_is_said_with_a_day(self, henrik: Browser) -> None:
        await drawn(henrik)
        shown = says(await henrik.open(HOME))
        assert "Väntar på granskning" in shown
        assert "Nästa urval ska dras" in shown

    async def test_the_reviewer_does_not_choose_how_often(self, hub: Doors, henrik: Browser) -> None:
        page = await henrik.open(HOME)
        assert 'name="every_days"' not in page.text
        assert "Hubbens förslag gäller." in says(page)
        decided = {"every_days": "14", "random": "30", "decision": "Loggrutin", "diarienummer": "SN 2026-41"}
        refused = await henrik.send(page, HOME, decided, to=ADMIN)
        assert refused.status_code == 403
        assert await hub.made.database.fetch("SELECT id FROM log_review_plan") == []

    async def test_how_often_is_the_administrators_to_write_down(self, hub: Doors, henrik: Browser) -> None:
        birgitta = await hub.staff("birgitta-holm")
        loose = {"every_days": "400", "random": "1", "decision": "Loggrutin", "diarienummer": "1"}
        wrong = await birgitta.send(await birgitta.open(ADMIN), ADMIN, loose)
        assert (wrong.status_code, 'href="#every_days"' in wrong.text) == (422, True)
        decided = {"every_days": "14", "random": "30", "decision": "Loggrutin", "diarienummer": "SN 2026-41"}
        sent = await birgitta.send(await birgitta.open(ADMIN), ADMIN, decided)
        assert sent.status_code == 303, says(sent)
        assert "Var 14:e dag" in says(await birgitta.open(ADMIN))
        shown = says(await henrik.open(HOME))
        assert "Var 14:e dag. Enligt beslut SN 2026-41." in shown
        assert "30 rader med lott" in shown
        assert "set_log_review" in await _changes(hub)

    async def test_min_dag_says_when_the_next_is_due(self, hub: Doors, lena: Browser, henrik: Browser) -> None:
        day = "/arbete/min-dag"
        assert DRAW in (await henrik.open(day)).text, "nothing has been drawn yet"
        assert DRAW not in (await lena.open(day)).text
        sample = await drawn(henrik)
        after = (await henrik.open(day)).text
        assert (DRAW in after, f'href="{sample}"' in after) == (False, True)
        await planned(hub, every_days=1)
        await hub.made.database.record("UPDATE log_sample SET until = until - 172800000000")
        late = says(await henrik.open(day))
        assert (DRAW in late, "1 dag sen" in late or "sen" in late) == (True, True)


async def _about_somebody(hub: Doors, sample: str) -> str:
    """Return the address of an entry of the sample that is about the individual of the newest case."""
    [[entry]] = await hub.made.database.fetch(
        """SELECT min(x.entry_id) FROM log_sample_entry x JOIN ledger_entry e ON e.id = x.entry_id
            WHERE x.sample_id = $1 AND e.individual = (
                SELECT individual_id FROM coordination_case ORDER BY opened_at DESC LIMIT 1)""",
        sample.rsplit("/", 1)[1],
    )
    return f"{sample}/rad/{entry}"


async def _kin(hub: Doors) -> None:
    await hub.made.database.record(
        """INSERT INTO declared_relation (individual, staff, relation)
           SELECT (SELECT individual_id FROM coordination_case ORDER BY opened_at DESC LIMIT 1), s.id, 'relative'
             FROM staff s WHERE s.name = $1 RETURNING staff""",
        "Henrik Sundin",
    )


async def _verdict(hub: Doors, row: str) -> str | None:
    entry = row.rsplit("/", 1)[1]
    return (await hub.made.database.fetch("SELECT verdict FROM log_sample_entry WHERE entry_id = $1", entry))[0][0]


async def _changes(hub: Doors) -> set[str]:
    page = await hub.made.ledger.entries_of_agency("soc", limit=400)
    return {entry.act for entry in page.entries}
