"""Erasure runs on the agency's own schedule, a hold stops it, and the rest of the ledger stays readable."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from hub.agencies import AgencyId, Directory, RetentionClass
from hub.kit.errors import Conflict, NotFound
from hub.kit.idempotency import Once
from hub.people import Erasure, IndividualId, PersonId, Relation
from tests.fixtures.numbers import ADULT, SECOND
from tests.hub.people.conftest import NOW, World

pytestmark = pytest.mark.requirement("HUB-09")
YEARS = timedelta(days=5 * 366)


async def scheduled(world: World) -> None:
    for kind in RetentionClass:
        await world.town.approvals.set_retention(
            world.soc.mandate(), kind=kind, years=5, decision="Dokumenthanteringsplan", diarienummer="SN 2026/114"
        )


async def registered(world: World) -> tuple[PersonId, IndividualId]:
    person = await world.register(world.caller(world.soc, "lena"), ADULT)
    [(individual,)] = await world.database.fetch("SELECT individual FROM reference WHERE id = $1", person)
    return person, individual


async def erase(world: World, individual: IndividualId, kind: RetentionClass = RetentionClass.CONTENT) -> None:
    await world.erasure.erase(world.soc.id, individual, kind)


class TestRefusals:
    async def test_without_a_schedule_nothing_is_erased(self, world: World) -> None:
        _, individual = await registered(world)
        world.clock.move(days=36500)
        with pytest.raises(Conflict):
            await erase(world, individual)
        assert await world.erasure.due(world.soc.id) == []

    async def test_before_its_time_nothing_is_erased(self, world: World) -> None:
        await scheduled(world)
        _, individual = await registered(world)
        world.clock.move(days=5 * 365)
        with pytest.raises(Conflict):
            await erase(world, individual)
        assert await world.erasure.due(world.soc.id) == []

    async def test_time_counts_from_the_last_thing_the_agency_noted(self, world: World) -> None:
        await scheduled(world)
        person, individual = await registered(world)
        world.clock.move(days=4 * 366)
        lena = world.caller(world.soc, "lena")
        await world.people.declare_relation(lena, person, Relation.NONE)
        world.clock.move(days=2 * 366)
        with pytest.raises(Conflict):
            await erase(world, individual)
        assert await world.erasure.due(world.soc.id) == []

    async def test_what_has_an_open_case_is_not_erased(self, world: World) -> None:
        await scheduled(world)
        _, individual = await registered(world)
        world.clock.move(days=YEARS.days)

        async def busy(session: AsyncSession, agency: AgencyId) -> list[IndividualId]:
            return [individual] if agency == world.soc.id else []

        directory = Directory(world.database, world.clock)
        erasure = Erasure(world.database, world.vault, world.ledger, world.clock, directory, busy=busy)
        assert await erasure.due(world.soc.id) == []
        with pytest.raises(Conflict):
            await erasure.erase(world.soc.id, individual, RetentionClass.CONTENT)

    async def test_whom_the_agency_does_not_know_it_can_not_erase(self, world: World) -> None:
        await scheduled(world)
        with pytest.raises(NotFound):
            await erase(world, IndividualId("absent"))

    async def test_a_hold_stops_it_until_it_is_lifted(self, world: World) -> None:
        await scheduled(world)
        person, individual = await registered(world)
        hold = await world.erasure.hold(world.soc.mandate(), person, "SN 2031/7")
        world.clock.move(days=YEARS.days)
        with pytest.raises(Conflict):
            await erase(world, individual)
        assert await world.erasure.due(world.soc.id) == []
        await world.erasure.lift(world.soc.mandate(), hold)
        assert [each.kind for each in await world.erasure.due(world.soc.id)] == list(RetentionClass)

    async def test_another_agency_neither_holds_nor_lifts(self, world: World) -> None:
        person, _ = await registered(world)
        hold = await world.erasure.hold(world.soc.mandate(), person, "SN 2031/7")
        for each in (person, PersonId("absent")):
            with pytest.raises(NotFound):
                await world.erasure.hold(world.psyk.mandate(), each, "RM 1")
        for identity in (hold, "absent"):
            with pytest.raises(NotFound):
                await world.erasure.lift(world.psyk.mandate(), identity)

    async def test_sent_twice_it_is_held_once(self, world: World) -> None:
        person, _ = await registered(world)
        once = Once("assignment:a", "k", b"d", NOW)
        first = await world.erasure.hold(world.soc.mandate(), person, "SN 2031/7", once=once)
        assert await world.erasure.hold(world.soc.mandate(), person, "SN 2031/7", once=once) == first


class TestErasing:
    async def test_what_is_due_is_erased_and_only_that(self, world: World) -> None:
        await scheduled(world)
        person, individual = await registered(world)
        world.clock.move(days=YEARS.days)
        young = await world.register(world.caller(world.soc, "lena"), SECOND)
        assert await world.erasure.erase_due() == 2
        assert await world.erasure.erase_due() == 0
        lena = world.caller(world.soc, "lena")
        gone = await world.people.read(await world.see(lena, person))
        kept = await world.people.read(await world.see(lena, young))
        assert (gone.contact, gone.masked_number) == (None, "")
        assert kept.contact
        assert individual

    async def test_another_agencys_own_data_stays(self, world: World) -> None:
        await scheduled(world)
        await registered(world)
        theirs = await world.register(world.caller(world.psyk, "samir"), ADULT)
        world.clock.move(days=YEARS.days)
        await world.erasure.erase_due()
        samir = world.caller(world.psyk, "samir")
        assert (await world.people.read(await world.see(samir, theirs))).contact

    async def test_the_personal_part_of_the_log_goes_with_the_evidence(self, world: World) -> None:
        await scheduled(world)
        _, individual = await registered(world)
        assert (await world.ledger.entries_about(individual)).entries
        world.clock.move(days=YEARS.days)
        before = await world.database.fetch("SELECT count(*) FROM ledger_entry")
        await erase(world, individual, RetentionClass.EVIDENCE)
        assert (await world.ledger.entries_about(individual)).entries == ()
        after = await world.database.fetch("SELECT count(*) FROM ledger_entry")
        assert after[0][0] == before[0][0] + 1

    async def test_the_entry_names_nobody(self, world: World) -> None:
        await scheduled(world)
        _, individual = await registered(world)
        world.clock.move(days=YEARS.days)
        await erase(world, individual)
        newest = (await world.ledger.entries_of_agency("soc")).entries[0]
        assert (newest.act, newest.individual) == ("erase", None)
        assert individual not in str(newest)

    async def test_years_from_a_leap_day_end_on_the_28th(self, world: World) -> None:
        await scheduled(world)
        _, individual = await registered(world)
        world.clock.move(seconds=(datetime(2032, 2, 29, 12, tzinfo=UTC) - NOW).total_seconds())
        await erase(world, individual)
        assert len(await world.erasure.due(world.soc.id)) == 1
