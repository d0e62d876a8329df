"""Who signs in, and for whom they may act: within scope and time, and never for a protected child."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from hub.access import Permit
from hub.access.questions import SeePerson
from hub.agencies import OPEN_END
from hub.kit.clock import micros
from hub.kit.errors import Invalid, NotFound
from hub.kit.idempotency import Once
from hub.people import (
    Appointment,
    Disposal,
    IndividualId,
    PersonId,
    Protection,
    RepresentativeId,
    RepresentativeKind,
    Risk,
    Scope,
    disposal,
    mandate_facts,
    mandates_column,
    next_change,
    parse_mandates,
)
from hub.people.contact import scope_of
from tests.fixtures.numbers import ADULT, CHILD_8, FOURTH, MINOR_16, SECOND
from tests.hub.people.conftest import NOW, World

pytestmark = pytest.mark.requirement("R7")
TODAY = date(2026, 11, 24)


def appointment(world: World, **more: object) -> Appointment:
    plain = Appointment(
        number=world.number(SECOND),
        name="Ulla Marklund",
        kind=RepresentativeKind.GOD_MAN,
        scope=frozenset({Scope.PERSONAL_MATTERS}),
        document="Björkå tingsrätt, ärende Ä 1187-24",
        valid_from=NOW,
        valid_until=NOW + timedelta(days=365),
    )
    return replace(plain, **more)  # type: ignore[arg-type]


async def permit_for(world: World, number: str = ADULT) -> Permit[SeePerson]:
    lena = world.caller(world.soc, "lena")
    return await world.see(lena, await world.register(lena, number))


async def add(world: World, permit: Permit[SeePerson], **more: object) -> RepresentativeId:
    return await world.representing.add(permit, world.caller(world.soc, "lena"), appointment(world, **more))


class TestSigningIn:
    async def test_staff_are_no_individuals(self, world: World) -> None:
        with pytest.raises(NotFound):
            await world.representing.individual_of(world.caller(world.soc, "lena"))

    async def test_one_whom_nobody_has_registered_is_nobody_yet(self, world: World) -> None:
        me = await world.representing.individual_of(world.individual(ADULT))
        assert (me.individual, me.others, me.mandates) == (None, (), ())

    async def test_one_meets_oneself_whoever_has_registered(self, world: World) -> None:
        await world.register(world.caller(world.soc, "lena"), ADULT)
        await world.register(world.caller(world.psyk, "samir"), ADULT)
        me = await world.representing.individual_of(world.individual(ADULT))
        rows = await world.database.fetch("SELECT DISTINCT individual FROM reference")
        assert [(me.individual,)] == rows


class TestRecording:
    @pytest.mark.parametrize(
        ("more", "field"),
        [
            ({"name": " "}, "name"),
            ({"document": ""}, "document"),
            ({"scope": frozenset[Scope]()}, "scope"),
            ({"valid_until": NOW}, "validUntil"),
        ],
        ids=["name", "document", "scope", "period"],
    )
    async def test_what_has_to_be_put_right(self, world: World, more: dict[str, object], field: str) -> None:
        permit = await permit_for(world)
        with pytest.raises(Invalid) as refused:
            await add(world, permit, **more)
        assert [each.field for each in refused.value.fields] == [field]

    async def test_nobody_represents_themselves(self, world: World) -> None:
        permit = await permit_for(world)
        with pytest.raises(Invalid, match="ogiltiga"):
            await add(world, permit, number=world.number(ADULT))

    async def test_an_adult_has_no_guardian(self, world: World) -> None:
        permit = await permit_for(world)
        with pytest.raises(Invalid):
            await add(world, permit, kind=RepresentativeKind.GUARDIAN)

    async def test_an_individual_that_is_gone(self, world: World) -> None:
        permit = await permit_for(world)
        gone = replace(permit, about=replace(permit.about, individual="gone"))
        with pytest.raises(NotFound):
            await add(world, gone)

    async def test_sent_twice_it_is_recorded_once(self, world: World) -> None:
        permit, lena = await permit_for(world), world.caller(world.soc, "lena")
        once = Once(lena.ref, "k", b"d", NOW)
        first = await world.representing.add(permit, lena, appointment(world), once=once)
        assert await world.representing.add(permit, lena, appointment(world), once=once) == first

    async def test_name_and_document_are_sealed_and_go_with_the_key(self, world: World) -> None:
        permit = await permit_for(world)
        await add(world, permit)
        individual = IndividualId(permit.about.individual or "")
        [found] = await world.representing.representatives_of(individual)
        assert (found.name, found.document) == ("Ulla Marklund", "Björkå tingsrätt, ärende Ä 1187-24")
        assert "Marklund" not in str(await world.database.fetch("SELECT * FROM representative"))
        await world.vault.destroy([scope_of(individual, "soc")])
        [found] = await world.representing.representatives_of(individual)
        assert (found.name, found.kind) == ("", RepresentativeKind.GOD_MAN)

    async def test_an_agency_meets_what_it_has_recorded(self, world: World) -> None:
        permit = await permit_for(world)
        await add(world, permit)
        individual = IndividualId(permit.about.individual or "")
        assert await world.representing.representatives_of(individual, world.psyk.id) == []
        assert len(await world.representing.representatives_of(individual, world.soc.id)) == 1


class TestActing:
    async def mandates(self, world: World, number: str = SECOND) -> list[tuple[str, tuple[Scope, ...]]]:
        me = await world.representing.individual_of(world.individual(number))
        return [(each.kind.value, each.scope) for each in me.mandates]

    async def test_a_god_man_acts_within_time(self, world: World) -> None:
        await add(world, await permit_for(world))
        assert await self.mandates(world) == [("god_man", (Scope.PERSONAL_MATTERS,))]
        world.clock.move(days=365)
        assert await self.mandates(world) == []

    async def test_before_the_appointment_nobody_acts(self, world: World) -> None:
        await add(world, await permit_for(world), valid_from=NOW + timedelta(days=1))
        assert await self.mandates(world) == []

    async def test_nobody_else_acts(self, world: World) -> None:
        await add(world, await permit_for(world))
        assert await self.mandates(world, FOURTH) == []

    @pytest.mark.requirement("R6")
    async def test_a_guardian_acts_until_the_child_is_of_age(self, world: World) -> None:
        permit = await permit_for(world, MINOR_16)
        await add(world, permit, kind=RepresentativeKind.GUARDIAN, valid_until=OPEN_END)
        assert await self.mandates(world) == [("guardian", (Scope.PERSONAL_MATTERS,))]
        world.clock.move(days=500)
        assert await self.mandates(world) == []

    @pytest.mark.requirement("HUB-04")
    async def test_a_protected_child_is_hidden_from_guardians(self, world: World) -> None:
        permit = await permit_for(world, CHILD_8)
        await add(world, permit, kind=RepresentativeKind.GUARDIAN, valid_until=OPEN_END)
        individual = IndividualId(permit.about.individual or "")
        await world.protecting.raise_by_individual(world.individual(CHILD_8), individual, Protection.UNKNOWN)
        assert await self.mandates(world) == []

    @pytest.mark.parametrize("risk", [Risk.THREAT, Risk.UNKNOWN])
    async def test_a_guardian_who_may_be_the_threat_sees_nothing(self, world: World, risk: Risk) -> None:
        permit = await permit_for(world, CHILD_8)
        await add(world, permit, kind=RepresentativeKind.GUARDIAN, valid_until=OPEN_END, risk=risk)
        assert await self.mandates(world) == []

    async def test_the_decision_reads_appointments_in_its_own_statement(self, world: World) -> None:
        permit = await permit_for(world)
        identity = await add(world, permit)
        individual = IndividualId(permit.about.individual or "")
        column = f"SELECT {mandates_column('$1', '$2')}"
        [row] = await world.database.fetch(column, individual, micros(NOW))
        [found] = parse_mandates(row[0], individual)
        facts = mandate_facts(found)
        assert (facts.id, facts.kind, facts.scopes, facts.agreed) == (identity, "god_man", ["personal_matters"], True)
        [row] = await world.database.fetch(column, individual, micros(NOW + timedelta(days=365)))
        assert parse_mandates(row[0], individual) == ()


class TestEnding:
    async def test_only_what_the_agency_has_recorded_for_that_individual(self, world: World) -> None:
        permit = await permit_for(world)
        identity = await add(world, permit)
        samir = world.caller(world.psyk, "samir")
        theirs = await world.see(samir, await world.register(samir, ADULT))
        for other, who in ((theirs, samir), (await permit_for(world, FOURTH), world.caller(world.soc, "lena"))):
            with pytest.raises(NotFound):
                await world.representing.end(other, who, identity)
        with pytest.raises(NotFound):
            await world.representing.end(permit, world.caller(world.soc, "lena"), RepresentativeId("absent"))

    async def test_it_ends_at_once(self, world: World) -> None:
        permit = await permit_for(world)
        identity = await add(world, permit)
        await world.representing.end(permit, world.caller(world.soc, "lena"), identity)
        me = await world.representing.individual_of(world.individual(SECOND))
        assert me.mandates == ()

    async def test_the_individual_revokes_a_fullmakt(self, world: World) -> None:
        identity = await add(world, await permit_for(world), kind=RepresentativeKind.FULLMAKT)
        await world.representing.revoke(world.individual(ADULT), identity)
        assert (await world.representing.individual_of(world.individual(SECOND))).mandates == ()

    async def test_but_not_what_a_court_has_decided_nor_another_persons(self, world: World) -> None:
        permit = await permit_for(world)
        court, given = await add(world, permit), await add(world, permit, kind=RepresentativeKind.FULLMAKT)
        await world.register(world.caller(world.soc, "lena"), FOURTH)
        tries = [(ADULT, court), (FOURTH, given), (ADULT, RepresentativeId("absent")), (CHILD_8, given)]
        for number, identity in tries:
            with pytest.raises(NotFound):
                await world.representing.revoke(world.individual(number), identity)


@pytest.mark.requirement("R6")
class TestAges:
    @pytest.mark.parametrize(
        ("born", "whose"),
        [
            (date(2011, 11, 25), Disposal.GUARDIANS),
            (date(2011, 11, 24), Disposal.TOGETHER),
            (date(2008, 11, 25), Disposal.TOGETHER),
            (date(2008, 11, 24), Disposal.ALONE),
            (None, Disposal.ALONE),
        ],
    )
    def test_whose_yes_counts_turns_on_the_birthday(self, born: date | None, whose: Disposal) -> None:
        assert disposal(born, TODAY) is whose

    @pytest.mark.parametrize(
        ("born", "turns"),
        [
            (date(2018, 6, 22), date(2033, 6, 22)),
            (date(2010, 3, 15), date(2028, 3, 15)),
            (date(2012, 2, 29), date(2027, 3, 1)),
            (date(2000, 1, 1), None),
            (None, None),
        ],
    )
    def test_what_rests_on_an_age_ends_at_the_next_limit(self, born: date | None, turns: date | None) -> None:
        assert next_change(born, TODAY) == turns

    async def test_the_age_of_a_minor_is_exact_and_of_an_adult_that_they_are(self, world: World) -> None:
        lena = world.caller(world.soc, "lena")
        ages: list[int] = []
        for number in (MINOR_16, ADULT):
            person: PersonId = await world.register(lena, number)
            ages.append((await world.people.seen(lena, person)).person.age(TODAY))
        assert ages == [16, 18]
