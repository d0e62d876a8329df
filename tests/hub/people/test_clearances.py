"""Clearance is named, for one individual, with a reason and an end; nobody clears themselves."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hub.access import CallerKind
from hub.agencies import OPEN_END, AssignmentId, OwnGain
from hub.kit.errors import HubError, Invalid, NotFound
from hub.kit.idempotency import Once
from hub.people import ClearanceId, NoticeKind, PersonId, Protection, Relation, Wish
from hub.people.contact import scope_of
from tests.fixtures.numbers import ADULT, SECOND
from tests.hub.people.conftest import NOW, QUESTIONS, World

pytestmark = [pytest.mark.requirement("HUB-04"), pytest.mark.requirement("R11")]


@pytest.fixture
async def protected(world: World) -> PersonId:
    lena = world.caller(world.soc, "lena")
    person = await world.register(lena, ADULT)
    await world.protecting.raise_by_official(lena, person, Protection.SEKRETESSMARKERING)
    return person


async def refused(world: World, name: str, person: PersonId, to: AssignmentId) -> HubError:
    with pytest.raises(HubError) as error:
        await world.clear(world.caller(world.soc, name), person, to)
    return error.value


class TestGiving:
    async def test_a_handler_clears_nobody(self, world: World, protected: PersonId) -> None:
        assert (await refused(world, "lena", protected, world.soc.posts["tomas"])).status in {403, 404}

    async def test_a_manager_does_not_clear_themselves(self, world: World, protected: PersonId) -> None:
        assert (await refused(world, "chef", protected, world.soc.posts["chef"])).status in {403, 404}

    async def test_nor_does_the_service_let_them(self, world: World, protected: PersonId) -> None:
        chef = world.caller(world.soc, "chef")
        wish = Wish(protected, world.soc.posts["lena"], "Skäl", NOW + timedelta(days=1))
        permit = await world.decider.decide(lambda: world.clearances.may_clear(chef, wish), chef, QUESTIONS)
        own = Wish(protected, world.soc.posts["chef"], "Skäl", NOW + timedelta(days=1))
        with pytest.raises(OwnGain):
            await world.clearances.give(permit, chef, own)

    async def test_nobody_at_another_agency_is_cleared(self, world: World, protected: PersonId) -> None:
        for to in (world.psyk.posts["samir"], AssignmentId("absent")):
            assert (await refused(world, "chef", protected, to)).status in {403, 404}

    async def test_absent_and_another_agencys_are_the_same(self, world: World, protected: PersonId) -> None:
        theirs = await world.register(world.caller(world.psyk, "samir"), SECOND)
        answers = {
            (type(each), each.status, each.detail)
            for each in [
                await refused(world, "chef", person, world.soc.posts["lena"]) for person in (theirs, PersonId("absent"))
            ]
        }
        assert len(answers) == 1

    async def test_a_relative_is_not_cleared(self, world: World) -> None:
        tomas = world.caller(world.soc, "tomas")
        person = await world.register(tomas, ADULT)
        await world.people.declare_relation(tomas, person, Relation.RELATIVE)
        await world.protecting.raise_by_official(world.caller(world.soc, "lena"), person, Protection.UNKNOWN)
        assert (await refused(world, "chef", person, world.soc.posts["tomas"])).status in {403, 404}

    @pytest.mark.parametrize(
        ("reason", "days", "field"),
        [(" ", 1, "reason"), ("x" * 501, 1, "reason"), ("Skäl", 0, "validUntil"), ("Skäl", -1, "validUntil")],
        ids=["no-reason", "long", "now", "past"],
    )
    async def test_it_has_a_reason_and_an_end(
        self, world: World, protected: PersonId, reason: str, days: int, field: str
    ) -> None:
        chef = world.caller(world.soc, "chef")
        wish = Wish(protected, world.soc.posts["lena"], reason, NOW + timedelta(days=days))
        with pytest.raises(Invalid) as error:
            await world.clearances.may_clear(chef, wish)
        assert [each.field for each in error.value.fields] == [field]

    async def test_an_open_end_is_no_end(self, world: World, protected: PersonId) -> None:
        with pytest.raises(Invalid):
            await world.clearances.may_clear(
                world.caller(world.soc, "chef"), Wish(protected, world.soc.posts["lena"], "Skäl", OPEN_END)
            )

    async def test_the_permit_is_for_that_individual_only(self, world: World, protected: PersonId) -> None:
        chef = world.caller(world.soc, "chef")
        wish = Wish(protected, world.soc.posts["lena"], "Skäl", NOW + timedelta(days=1))
        permit = await world.decider.decide(lambda: world.clearances.may_clear(chef, wish), chef, QUESTIONS)
        other = await world.register(world.caller(world.soc, "lena"), SECOND)
        with pytest.raises(NotFound):
            await world.clearances.give(permit, chef, Wish(other, wish.to, "Skäl", wish.valid_until))

    async def test_the_first_is_named_by_a_manager_who_is_not_cleared(self, world: World, protected: PersonId) -> None:
        await world.clear(world.caller(world.soc, "chef"), protected, world.soc.posts["lena"])
        assert await world.look_up(world.caller(world.soc, "lena"), ADULT) == protected
        with pytest.raises(NotFound):
            await world.see(world.caller(world.soc, "tomas"), protected)

    async def test_whoever_is_cleared_is_told(self, world: World, protected: PersonId) -> None:
        await world.clear(world.caller(world.soc, "chef"), protected, world.soc.posts["lena"])
        [told] = await world.protecting.notices_for(world.soc.posts["lena"])
        assert told.kind is NoticeKind.CLEARANCE_GIVEN

    async def test_it_ends_by_itself(self, world: World, protected: PersonId) -> None:
        await world.clear(world.caller(world.soc, "chef"), protected, world.soc.posts["lena"], days=1)
        gathered = await world.people.may_see(world.caller(world.soc, "lena"), protected)
        assert gathered.not_after == NOW + timedelta(days=1)
        world.clock.move(days=1)
        with pytest.raises(NotFound):
            await world.see(world.caller(world.soc, "lena"), protected)

    async def test_sent_twice_it_is_given_once(self, world: World, protected: PersonId) -> None:
        chef = world.caller(world.soc, "chef")
        wish = Wish(protected, world.soc.posts["lena"], "Skäl", NOW + timedelta(days=1))
        permit = await world.decider.decide(lambda: world.clearances.may_clear(chef, wish), chef, QUESTIONS)
        once = Once(chef.ref, "k", b"d", NOW)
        first = await world.clearances.give(permit, chef, wish, once=once)
        assert await world.clearances.give(permit, chef, wish, once=once) == first
        assert len(await world.clearances.given(permit)) == 1

    async def test_the_reason_is_sealed_and_goes_with_the_key(self, world: World, protected: PersonId) -> None:
        await world.clear(world.caller(world.soc, "chef"), protected, world.soc.posts["lena"])
        permit = await world.see(world.caller(world.soc, "lena"), protected)
        assert [each.reason for each in await world.clearances.given(permit)] == ["Handlägger ärendet."]
        assert "Handlägger" not in str(await world.database.fetch("SELECT * FROM clearance"))
        await world.vault.destroy([scope_of(permit.about.individual or "", "soc")])
        assert [each.reason for each in await world.clearances.given(permit)] == [""]


class TestEnding:
    async def test_neither_others_nor_for_another_individual(self, world: World, protected: PersonId) -> None:
        clearance = await world.clear(world.caller(world.soc, "chef"), protected, world.soc.posts["lena"])
        other = await world.register(world.caller(world.soc, "lena"), SECOND)
        tries = [
            (world.caller(world.soc, "tomas"), protected, clearance),
            (world.caller(world.psyk, "chef"), protected, clearance),
            (world.caller(world.soc, "chef"), other, clearance),
            (world.caller(world.soc, "chef"), protected, ClearanceId("absent")),
            (world.caller(world.soc, "chef"), PersonId("absent"), clearance),
        ]
        for caller, person, each in tries:
            with pytest.raises(NotFound):
                await world.clearances.end(caller, person, each)

    @pytest.mark.parametrize("name", ["chef", "lena"])
    async def test_a_manager_or_oneself_ends_it_at_once(self, world: World, protected: PersonId, name: str) -> None:
        clearance = await world.clear(world.caller(world.soc, "chef"), protected, world.soc.posts["lena"])
        await world.clearances.end(world.caller(world.soc, name), protected, clearance)
        with pytest.raises(NotFound):
            await world.see(world.caller(world.soc, "lena"), protected)


class TestRelations:
    async def test_nobody_reads_about_a_relative(self, world: World) -> None:
        tomas = world.caller(world.soc, "tomas")
        person = await world.register(tomas, ADULT)
        await world.people.declare_relation(tomas, person, Relation.RELATIVE)
        seen = await world.people.seen(tomas, person)
        assert seen.person.relation is Relation.RELATIVE
        await world.people.declare_relation(tomas, person, Relation.NONE)
        assert (await world.people.seen(tomas, person)).person.relation is Relation.NONE

    async def test_of_one_who_is_absent_nothing_is_told(self, world: World) -> None:
        with pytest.raises(NotFound):
            await world.people.declare_relation(world.caller(world.soc, "tomas"), PersonId("absent"), Relation.SELF)

    async def test_a_partner_system_is_nobodys_relative(self, world: World) -> None:
        person = await world.register(world.caller(world.soc, "tomas"), ADULT)
        system = replace(
            world.caller(world.soc, "tomas"), kind=CallerKind.CLIENT, ref="client:c1", assignment=None, roles=()
        )
        with pytest.raises(NotFound):
            await world.people.declare_relation(system, person, Relation.SELF)
