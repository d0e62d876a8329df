"""Raising protection never waits; lowering is an official's decision; a machine's word is provisional."""

from collections.abc import Collection

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from hub.access import Caller, Permit
from hub.access.questions import ActInCase
from hub.agencies import AssignmentId
from hub.kit.errors import Conflict, Invalid, NotFound, Refused
from hub.people import IndividualId, NoticeKind, PersonId, Protecting, Protection, repository, texts
from hub.people.contact import scope_of
from hub.people.protection_reasons import opened_reasons
from hub.people.strength import STRENGTH
from tests.fixtures.numbers import ADULT, SECOND
from tests.hub.people.conftest import QUESTIONS, World

SKYDDAD, MARKERING = Protection.SKYDDAD_FOLKBOKFORING, Protection.SEKRETESSMARKERING
pytestmark = pytest.mark.requirement("HUB-04")


async def inner(world: World, person: PersonId) -> IndividualId:
    [(individual,)] = await world.database.fetch("SELECT individual FROM reference WHERE id = $1", person)
    return individual


async def protection(world: World, person: PersonId) -> tuple[str, str]:
    sql = "SELECT i.protection, i.protection_source FROM individual i JOIN reference r ON r.individual = i.id WHERE r.id = $1"
    [row] = await world.database.fetch(sql, person)
    return tuple(row)


async def decide(world: World, caller: Caller, person: PersonId, act: str, reason: str = "Skäl") -> Permit[ActInCase]:
    return await world.decider.decide(
        lambda: world.protecting.may_decide(caller, person, act, reason),  # type: ignore[arg-type]
        caller,
        QUESTIONS,
    )


async def sees(world: World, agency_name: str, person: PersonId) -> bool:
    agency, name = agency_name.split("/")
    caller = world.caller(getattr(world, agency), name)
    try:
        await world.see(caller, person)
    except NotFound:
        return False
    return True


@pytest.fixture
async def ours(world: World) -> PersonId:
    return await world.register(world.caller(world.soc, "lena"), ADULT)


@pytest.fixture
async def theirs(world: World, ours: PersonId) -> PersonId:
    return await world.register(world.caller(world.psyk, "samir"), ADULT)


@pytest.mark.requirement("R5")
class TestRaising:
    async def test_one_who_is_absent_and_another_agencys_are_not_found(self, world: World, theirs: PersonId) -> None:
        for person in (theirs, PersonId("absent")):
            with pytest.raises(NotFound):
                await world.protecting.raise_by_official(world.caller(world.soc, "lena"), person, MARKERING)

    async def test_one_whose_assignment_has_ended_raises_nothing(self, world: World, ours: PersonId) -> None:
        lena = world.caller(world.soc, "lena")
        world.clock.move(hours=1)
        await world.town.administration.end_assignment(world.soc.mandate(), world.soc.posts["lena"])
        with pytest.raises(NotFound):
            await world.protecting.raise_by_official(lena, ours, MARKERING)

    async def test_raising_never_weakens(self, world: World, ours: PersonId, theirs: PersonId) -> None:
        me = world.individual(ADULT)
        individual = await inner(world, ours)
        await world.protecting.raise_by_individual(me, individual, SKYDDAD)
        for kind in (SKYDDAD, MARKERING, Protection.UNKNOWN, Protection.NONE):
            with pytest.raises(Conflict):
                await world.protecting.raise_by_individual(me, individual, kind)
        assert (await protection(world, ours))[0] == SKYDDAD

    async def test_it_can_be_raised_further(self, world: World, ours: PersonId) -> None:
        individual = await inner(world, ours)
        for kind in sorted(Protection, key=STRENGTH.__getitem__)[1:]:
            await world.protecting.raise_by_individual(world.individual(ADULT), individual, kind)
            assert (await protection(world, ours))[0] == kind

    async def test_an_individual_that_is_gone_is_not_found(self, world: World) -> None:
        with pytest.raises(NotFound):
            await world.protecting.raise_by_individual(world.individual(ADULT), IndividualId("gone"), MARKERING)

    async def test_it_holds_at_once_for_everybody_at_every_agency(
        self, world: World, ours: PersonId, theirs: PersonId
    ) -> None:
        assert await sees(world, "soc/tomas", ours)
        assert await sees(world, "psyk/samir", theirs)
        await world.protecting.raise_by_official(world.caller(world.soc, "lena"), ours, MARKERING)
        for who, person in (("soc/lena", ours), ("soc/tomas", ours), ("soc/chef", ours), ("psyk/samir", theirs)):
            assert not await sees(world, who, person)

    async def test_it_moves_the_epoch_that_permits_stand_on(self, world: World, ours: PersonId) -> None:
        lena = world.caller(world.soc, "lena")
        gathered = await world.people.may_see(lena, ours)
        await world.protecting.raise_by_official(lena, ours, MARKERING)
        later = await world.people.seen(lena, ours)
        assert later.stands(lena.ref)[1] not in gathered.stands

    @pytest.mark.requirement("R8")
    async def test_unknown_counts_as_protected(self, world: World, ours: PersonId) -> None:
        await world.protecting.raise_by_official(world.caller(world.soc, "lena"), ours, Protection.UNKNOWN)
        assert not await sees(world, "soc/lena", ours)

    async def test_managers_of_every_agency_that_knows_them_are_told_what_to_do(
        self, world: World, ours: PersonId, theirs: PersonId
    ) -> None:
        await world.protecting.raise_by_official(world.caller(world.soc, "lena"), ours, MARKERING)
        for agency, person in ((world.soc, ours), (world.psyk, theirs)):
            [told] = await world.protecting.notices_for(agency.posts["chef"])
            assert (told.kind, told.reference) == (NoticeKind.PROTECTION_RAISED, person)
        assert await world.protecting.notices_for(world.soc.posts["lena"]) == []

    async def test_copies_and_links_go_in_the_same_transaction(self, world: World, ours: PersonId) -> None:
        scrubbed: list[IndividualId] = []

        async def scrub(session: AsyncSession, individuals: Collection[IndividualId]) -> None:
            assert session.in_transaction()
            scrubbed.extend(individuals)

        protecting = Protecting(world.database, world.vault, world.ledger, world.clock, world.people, scrubbers=[scrub])
        await protecting.raise_by_official(world.caller(world.soc, "lena"), ours, MARKERING)
        assert scrubbed == [await inner(world, ours)]

    async def test_a_scrubber_that_fails_stops_nothing_half_way(self, world: World, ours: PersonId) -> None:
        async def scrub(session: AsyncSession, individuals: Collection[IndividualId]) -> None:
            raise RuntimeError("no room")

        protecting = Protecting(world.database, world.vault, world.ledger, world.clock, world.people, scrubbers=[scrub])
        with pytest.raises(RuntimeError):
            await protecting.raise_by_official(world.caller(world.soc, "lena"), ours, MARKERING)
        assert (await protection(world, ours))[0] == Protection.NONE

    async def test_the_individual_reaches_what_was_typed_too(self, world: World, ours: PersonId) -> None:
        lena, tomas = world.caller(world.soc, "lena"), world.caller(world.soc, "tomas")
        await world.protecting.raise_by_official(lena, ours, MARKERING)
        typed = await world.register(tomas, ADULT)
        assert await sees(world, "soc/tomas", typed)
        await world.protecting.raise_by_individual(world.individual(ADULT), await inner(world, ours), SKYDDAD)
        assert not await sees(world, "soc/tomas", typed)

    async def test_raising_what_was_typed_is_as_for_anybody(self, world: World, ours: PersonId) -> None:
        lena, tomas = world.caller(world.soc, "lena"), world.caller(world.soc, "tomas")
        await world.protecting.raise_by_official(lena, ours, SKYDDAD)
        typed = await world.register(tomas, ADULT)
        await world.protecting.raise_by_official(tomas, typed, MARKERING)
        assert (await protection(world, typed))[0] == MARKERING
        assert (await protection(world, ours))[0] == SKYDDAD

    async def test_it_is_in_the_log_of_the_individual(self, world: World, ours: PersonId) -> None:
        world.clock.move(seconds=1)
        await world.protecting.raise_by_official(world.caller(world.soc, "lena"), ours, MARKERING)
        newest = (await world.ledger.entries_about(await inner(world, ours))).entries[0]
        assert (newest.act, newest.caller_name, newest.detail["kind"]) == ("raise_protection", "lena", MARKERING)


@pytest.mark.requirement("R11")
class TestRaisedByAMachine:
    async def raised(self, world: World, ours: PersonId) -> IndividualId:
        individual = await inner(world, ours)
        await world.protecting.raise_by_machine(world.soc.id, individual, MARKERING)
        return individual

    async def test_named_handlers_of_the_raising_agency_keep_access_for_a_day(
        self, world: World, ours: PersonId, theirs: PersonId
    ) -> None:
        await self.raised(world, ours)
        assert await sees(world, "soc/lena", ours)
        assert not await sees(world, "soc/tomas", ours)
        assert not await sees(world, "psyk/samir", theirs)
        world.clock.move(hours=24)
        assert not await sees(world, "soc/lena", ours)

    async def test_a_permit_given_meanwhile_is_not_recorded_later(self, world: World, ours: PersonId) -> None:
        await self.raised(world, ours)
        gathered = await world.people.may_see(world.caller(world.soc, "lena"), ours)
        [(until,)] = await world.database.fetch("SELECT DISTINCT valid_until FROM kept_access")
        assert gathered.not_after
        assert gathered.not_after.timestamp() * 1_000_000 == until

    async def test_named_handlers_of_the_leading_agency_keep_access_too(
        self, world: World, ours: PersonId, theirs: PersonId
    ) -> None:
        async def leading(session: AsyncSession, individuals: Collection[IndividualId]) -> list[AssignmentId]:
            return [world.psyk.posts["samir"]]

        protecting = Protecting(world.database, world.vault, world.ledger, world.clock, world.people, leading=leading)
        await protecting.raise_by_machine(world.soc.id, await inner(world, ours), MARKERING)
        assert await sees(world, "psyk/samir", theirs)

    async def test_said_again_it_changes_nothing(self, world: World, ours: PersonId) -> None:
        individual = await self.raised(world, ours)
        before = await world.database.fetch("SELECT raised_at FROM individual WHERE id = $1", individual)
        world.clock.move(hours=1)
        await world.protecting.raise_by_machine(world.soc.id, individual, MARKERING)
        assert await world.database.fetch("SELECT raised_at FROM individual WHERE id = $1", individual) == before

    async def test_a_manager_of_the_raising_agency_confirms(self, world: World, ours: PersonId) -> None:
        await self.raised(world, ours)
        chef = world.caller(world.soc, "chef")
        await world.protecting.confirm(await decide(world, chef, ours, "confirm_protection"), chef)
        assert await protection(world, ours) == (MARKERING, "official")
        assert not await sees(world, "soc/lena", ours)

    async def test_a_handler_does_not_confirm(self, world: World, ours: PersonId) -> None:
        await self.raised(world, ours)
        with pytest.raises(NotFound):
            await decide(world, world.caller(world.soc, "lena"), ours, "confirm_protection")

    async def test_a_manager_lowers_what_was_wrong(self, world: World, ours: PersonId) -> None:
        await self.raised(world, ours)
        chef = world.caller(world.soc, "chef")
        permit = await decide(world, chef, ours, "lower_protection")
        await world.protecting.lower(permit, chef, Protection.NONE, "Fel person i aviseringen.")
        assert await sees(world, "soc/tomas", ours)
        assert {each.kind for each in await world.protecting.notices_for(world.soc.posts["chef"])} == {
            NoticeKind.PROTECTION_PROVISIONAL,
            NoticeKind.PROTECTION_LOWERED,
        }


@pytest.mark.requirement("R11")
class TestLowering:
    async def test_it_needs_a_reason(self, world: World, ours: PersonId) -> None:
        await world.protecting.raise_by_machine(world.soc.id, await inner(world, ours), MARKERING)
        with pytest.raises(Refused):
            await decide(world, world.caller(world.soc, "chef"), ours, "lower_protection", " ")

    async def test_a_manager_who_is_not_cleared_finds_nobody_to_lower(self, world: World, ours: PersonId) -> None:
        await world.protecting.raise_by_official(world.caller(world.soc, "lena"), ours, MARKERING)
        with pytest.raises(NotFound):
            await decide(world, world.caller(world.soc, "chef"), ours, "lower_protection")
        with pytest.raises(NotFound):
            await decide(world, world.caller(world.soc, "chef"), PersonId("absent"), "lower_protection")

    async def test_lowering_does_not_raise(self, world: World, ours: PersonId) -> None:
        await world.protecting.raise_by_machine(world.soc.id, await inner(world, ours), MARKERING)
        chef = world.caller(world.soc, "chef")
        permit = await decide(world, chef, ours, "lower_protection")
        for kind in (MARKERING, SKYDDAD):
            with pytest.raises(Conflict):
                await world.protecting.lower(permit, chef, kind, "Skäl")

    async def test_one_who_is_no_longer_there(self, world: World, ours: PersonId) -> None:
        await world.protecting.raise_by_machine(world.soc.id, await inner(world, ours), MARKERING)
        chef = world.caller(world.soc, "chef")
        permit = await decide(world, chef, ours, "lower_protection")
        for table in ("kept_access", "notice", "reference"):
            await world.database.record(f"DELETE FROM {table} RETURNING 1")  # noqa: S608
        await world.database.record("DELETE FROM individual WHERE lane = 'ordinary' RETURNING 1")
        with pytest.raises(NotFound):
            await world.protecting.lower(permit, chef, Protection.NONE, "Skäl")


@pytest.mark.requirement("R11")
@pytest.mark.requirement("HUB-09")
class TestWhy:
    WORDS = "Fel person i aviseringen."

    async def lowered(self, world: World, ours: PersonId, reason: str = WORDS) -> None:
        await world.protecting.raise_by_machine(world.soc.id, await inner(world, ours), MARKERING)
        chef = world.caller(world.soc, "chef")
        permit = await decide(world, chef, ours, "lower_protection")
        await world.protecting.lower(permit, chef, Protection.NONE, reason)

    async def told(self, world: World, agency: str, name: str, person: PersonId) -> list[tuple[str, str]]:
        permit = await world.see(world.caller(getattr(world, agency), name), person)
        return [(each.act, each.reason) for each in await world.protecting.reasons(permit)]

    async def test_one_who_may_not_see_the_individual_is_told_nothing(self, world: World, ours: PersonId) -> None:
        await world.protecting.raise_by_machine(world.soc.id, await inner(world, ours), MARKERING)
        chef = world.caller(world.soc, "chef")
        permit = await decide(world, chef, ours, "confirm_protection")
        await world.protecting.confirm(permit, chef, self.WORDS)
        for agency, name in (("soc", "lena"), ("soc", "tomas"), ("psyk", "samir")):
            with pytest.raises(NotFound):
                await self.told(world, agency, name, ours)

    async def test_another_agency_that_knows_the_individual_is_told_nothing(
        self, world: World, ours: PersonId, theirs: PersonId
    ) -> None:
        await self.lowered(world, ours)
        assert await self.told(world, "psyk", "samir", theirs) == []

    @pytest.mark.parametrize("reason", ["", "  ", "x" * 501])
    async def test_what_is_no_reason_changes_nothing(self, world: World, ours: PersonId, reason: str) -> None:
        with pytest.raises(Invalid):
            await self.lowered(world, ours, reason)
        assert (await protection(world, ours))[0] == MARKERING
        assert await world.database.fetch("SELECT 1 FROM protection_reason") == []

    async def test_it_lies_sealed_and_not_in_the_ledger(self, world: World, ours: PersonId) -> None:
        await self.lowered(world, ours)
        [(sealed,)] = await world.database.fetch("SELECT reason FROM protection_reason")
        assert self.WORDS.encode() not in bytes(sealed)
        entries = (await world.ledger.entries_about(await inner(world, ours))).entries
        assert not any(self.WORDS in str(each.detail) for each in entries)

    async def test_those_who_may_see_the_individual_read_it_the_newest_first(
        self, world: World, ours: PersonId
    ) -> None:
        chef = world.caller(world.soc, "chef")
        await world.protecting.raise_by_machine(world.soc.id, await inner(world, ours), MARKERING)
        await world.protecting.confirm(await decide(world, chef, ours, "confirm_protection"), chef, " Bekräftat. ")
        await world.clear(chef, ours, world.soc.posts["lena"])
        assert await self.told(world, "soc", "lena", ours) == [("confirm_protection", "Bekräftat.")]
        world.clock.move(seconds=1)
        await world.database.record("UPDATE individual SET protection = 'none' RETURNING id")
        await self.lowered(world, ours)
        permit = await world.see(world.caller(world.soc, "tomas"), ours)
        first, second = await world.protecting.reasons(permit)
        assert (first.act, first.reason, first.given_by) == ("lower_protection", self.WORDS, world.soc.posts["chef"])
        assert (second.act, first.given_at > second.given_at) == ("confirm_protection", True)

    async def test_a_confirmation_without_words_keeps_none(self, world: World, ours: PersonId) -> None:
        await world.protecting.raise_by_machine(world.soc.id, await inner(world, ours), MARKERING)
        chef = world.caller(world.soc, "chef")
        await world.protecting.confirm(await decide(world, chef, ours, "confirm_protection", ""), chef)
        assert await world.database.fetch("SELECT 1 FROM protection_reason") == []

    async def test_it_goes_with_its_key(self, world: World, ours: PersonId) -> None:
        await self.lowered(world, ours)
        await world.vault.destroy([scope_of(await inner(world, ours), world.soc.id)])
        individual = await inner(world, ours)
        async with world.database.read() as session:
            rows = await repository.protection_reasons(session, world.soc.id, individual)
        assert len(rows) == 1
        assert await opened_reasons(world.vault, rows) == []


class TestNotices:
    async def test_somebody_elses_notice_does_not_exist(self, world: World, ours: PersonId) -> None:
        await world.protecting.raise_by_official(world.caller(world.soc, "lena"), ours, MARKERING)
        [told] = await world.protecting.notices_for(world.soc.posts["chef"])
        for assignment, notice in ((world.soc.posts["lena"], told.id), (world.soc.posts["chef"], "absent")):
            with pytest.raises(NotFound):
                await world.protecting.mark_read(assignment, notice)

    async def test_what_is_read_is_gone_from_the_list(self, world: World, ours: PersonId) -> None:
        await world.protecting.raise_by_official(world.caller(world.soc, "lena"), ours, MARKERING)
        chef = world.soc.posts["chef"]
        [told] = await world.protecting.notices_for(chef)
        await world.protecting.mark_read(chef, told.id)
        assert await world.protecting.notices_for(chef) == []

    def test_every_kind_has_words_that_say_what_to_do(self) -> None:
        assert texts().keys() == set(NoticeKind)
        assert all(words.todo for words in texts().values())


class TestFingeradeUppgifter:
    """Nothing marks, links, merges or keeps the history of one with fingerade personuppgifter (lag 1991:483)."""

    async def test_a_new_number_is_a_new_individual_that_nothing_ties_to_the_old(self, world: World) -> None:
        lena = world.caller(world.soc, "lena")
        before, after = await world.register(lena, ADULT), await world.register(lena, SECOND)
        assert await inner(world, before) != await inner(world, after)

    def test_there_is_no_word_for_it(self) -> None:
        assert {each.value for each in Protection} == {"none", "sekretessmarkering", "skyddad_folkbokforing", "unknown"}
