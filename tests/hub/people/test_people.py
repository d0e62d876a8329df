"""Looking up, registering and reading: what an agency knows, and nothing of what others know."""

from dataclasses import replace

import pytest

from hub.access import Caller, CallerKind
from hub.kit.errors import Invalid, NotFound, PreconditionFailed
from hub.kit.idempotency import Once
from hub.people import Channel, Contact, PersonId, Protection
from hub.people.contact import scope_of
from tests.fixtures.numbers import ADULT, MINOR_16, SECOND
from tests.hub.people.conftest import KAJSA, NOW, World

pytestmark = pytest.mark.requirement("HUB-04")


class TestLookingUp:
    async def test_an_absent_person_is_not_found(self, world: World) -> None:
        with pytest.raises(NotFound):
            await world.look_up(world.caller(world.soc, "lena"), ADULT)

    async def test_one_whom_another_agency_knows_is_not_found(self, world: World) -> None:
        await world.register(world.caller(world.psyk, "samir"), ADULT)
        with pytest.raises(NotFound):
            await world.look_up(world.caller(world.soc, "lena"), ADULT)

    async def test_another_agencys_reference_is_not_found(self, world: World) -> None:
        theirs = await world.register(world.caller(world.psyk, "samir"), ADULT)
        for person in (theirs, PersonId("absent")):
            with pytest.raises(NotFound):
                await world.see(world.caller(world.soc, "lena"), person)

    async def test_one_whose_assignment_has_ended_finds_nobody(self, world: World) -> None:
        lena = world.caller(world.soc, "lena")
        await world.register(lena, ADULT)
        world.clock.move(hours=1)
        await world.town.administration.end_assignment(world.soc.mandate(), world.soc.posts["lena"])
        with pytest.raises(NotFound):
            await world.look_up(lena, ADULT)

    async def test_an_assignment_of_another_agency_gives_no_role(self, world: World) -> None:
        await world.register(world.caller(world.soc, "lena"), ADULT)
        stolen = replace(world.caller(world.soc, "lena"), assignment=world.psyk.posts["samir"])
        with pytest.raises(NotFound):
            await world.look_up(stolen, ADULT)

    async def test_an_individual_looks_nobody_up(self, world: World) -> None:
        with pytest.raises(NotFound):
            await world.look_up(world.individual(ADULT), SECOND)

    async def test_a_colleague_finds_whom_the_agency_has_registered(self, world: World) -> None:
        person = await world.register(world.caller(world.soc, "lena"), ADULT)
        assert await world.look_up(world.caller(world.soc, "tomas"), ADULT) == person

    async def test_a_partner_system_finds_for_its_agency(self, world: World) -> None:
        person = await world.register(world.caller(world.soc, "lena"), ADULT)
        async with world.database.write() as session:
            await world.ledger.bump(session, ["client:c1"])
        system = Caller(
            kind=CallerKind.CLIENT,
            ref="client:c1",
            issuer="i",
            subject="c1",
            loa=3,
            factors=2,
            authenticated_at=NOW,
            agency="soc",
        )
        assert await world.look_up(system, ADULT) == person

    async def test_without_decoys_the_hub_says_so(self, world: World) -> None:
        await world.database.record("DELETE FROM individual WHERE lane = 'decoy' RETURNING id")
        with pytest.raises(LookupError, match="prepare"):
            await world.look_up(world.caller(world.soc, "lena"), ADULT)


class TestRegistering:
    @pytest.mark.parametrize(
        ("contact", "field"),
        [
            (Contact(given_name=" ", family_name="Nilsson"), "givenName"),
            (Contact(given_name="Kajsa", family_name=""), "familyName"),
            (Contact(given_name="K" * 101, family_name="Nilsson"), "givenName"),
            (Contact(given_name="Kajsa\x00", family_name="Nilsson"), "givenName"),
            (Contact(given_name="Kajsa", family_name="Nilsson", phone="ring mig"), "phone"),
            (Contact(given_name="Kajsa", family_name="Nilsson", email="kajsa"), "email"),
            (Contact(given_name="Kajsa", family_name="Nilsson", address="x" * 301), "address"),
        ],
        ids=["no-given", "no-family", "long", "control", "phone", "email", "address"],
    )
    async def test_what_has_to_be_put_right_is_told_by_field(self, world: World, contact: Contact, field: str) -> None:
        with pytest.raises(Invalid) as refused:
            await world.register(world.caller(world.soc, "lena"), ADULT, contact)
        assert [each.field for each in refused.value.fields] == [field]

    async def test_two_agencies_have_each_their_own_reference(self, world: World) -> None:
        ours = await world.register(world.caller(world.soc, "lena"), ADULT)
        theirs = await world.register(world.caller(world.psyk, "samir"), ADULT)
        assert ours != theirs
        rows = await world.database.fetch("SELECT DISTINCT individual FROM reference")
        assert len(rows) == 1

    async def test_the_two_references_share_nothing_that_can_be_compared(self, world: World) -> None:
        await world.register(world.caller(world.soc, "lena"), ADULT)
        await world.register(world.caller(world.psyk, "samir"), ADULT)
        hashes = await world.database.fetch(
            "SELECT lookup_hash FROM reference UNION SELECT lookup_hash FROM individual"
        )
        assert len(hashes) == 3 + 1024

    async def test_registering_again_gives_the_same_reference_and_changes_nothing(self, world: World) -> None:
        lena = world.caller(world.soc, "lena")
        first = await world.register(lena, ADULT)
        again = await world.register(world.caller(world.soc, "tomas"), ADULT, Contact(given_name="X", family_name="Y"))
        assert again == first
        assert (await world.people.read(await world.see(lena, first))).contact == KAJSA

    async def test_sent_twice_it_is_registered_once(self, world: World) -> None:
        lena = world.caller(world.soc, "lena")
        permit = await world.permit(lambda: world.people.may_register(lena), lena)
        once = Once(lena.ref, "k", b"d", NOW)
        number = world.number(ADULT)
        first = await world.people.register(permit, lena, number, KAJSA, once)
        assert await world.people.register(permit, lena, number, KAJSA, once) == first

    async def test_the_date_of_birth_is_kept_only_of_a_minor(self, world: World) -> None:
        await world.register(world.caller(world.soc, "lena"), ADULT)
        await world.register(world.caller(world.soc, "lena"), MINOR_16)
        rows = await world.database.fetch(
            "SELECT minor_born FROM individual WHERE lane = 'ordinary' ORDER BY minor_born"
        )
        assert sorted(str(row[0]) for row in rows) == ["2010-03-15", "None"]

    @pytest.mark.requirement("HUB-09")
    async def test_neither_number_nor_name_lies_in_clear(self, world: World) -> None:
        await world.register(world.caller(world.soc, "lena"), ADULT)
        tables = ["individual", "reference", "ledger_entry", "outbox", "standing", "once"]
        rows = [await world.database.fetch(f"SELECT * FROM {table}") for table in tables]  # noqa: S608
        lying = str(rows)
        for secret in (
            ADULT,
            ADULT[2:],
            ADULT[2:8] + "-" + ADULT[-4:],
            "Kajsa",
            "Nilsson",
            "Storgatan",
            "070-123 45 67",
        ):
            assert secret not in lying

    async def test_the_sealed_text_tells_no_length(self, world: World) -> None:
        await world.register(world.caller(world.soc, "lena"), ADULT)
        await world.register(world.caller(world.soc, "lena"), SECOND, Contact(given_name="Bo", family_name="Ek"))
        rows = await world.database.fetch("SELECT DISTINCT length(content) FROM reference")
        assert len(rows) == 1


class TestReading:
    async def test_the_number_is_masked(self, world: World) -> None:
        lena = world.caller(world.soc, "lena")
        person = await world.register(lena, ADULT)
        found = await world.people.read(await world.see(lena, person))
        assert found.masked_number == "19900101-••••"
        assert (found.contact, found.protection, found.channel) == (KAJSA, Protection.NONE, Channel.NONE)
        assert found.handler == world.soc.posts["lena"]

    async def test_one_agencys_name_for_them_is_its_own(self, world: World) -> None:
        await world.register(world.caller(world.soc, "lena"), ADULT)
        samir = world.caller(world.psyk, "samir")
        theirs = await world.register(samir, ADULT, Contact(given_name="Karin", family_name="Ek"))
        found = (await world.people.read(await world.see(samir, theirs))).contact
        assert found
        assert found.name == "Karin Ek"

    async def test_a_permit_whose_reference_is_gone_reads_nothing(self, world: World) -> None:
        lena = world.caller(world.soc, "lena")
        permit = await world.see(lena, await world.register(lena, ADULT))
        await world.database.record("DELETE FROM reference RETURNING id")
        with pytest.raises(NotFound):
            await world.people.read(permit)
        with pytest.raises(NotFound):
            await world.people.edit(permit, lena, KAJSA, channel=Channel.LETTER, version=1)


class TestEditing:
    async def test_two_who_edit_the_same_thing(self, world: World) -> None:
        lena = world.caller(world.soc, "lena")
        permit = await world.see(lena, await world.register(lena, ADULT))
        changed = Contact(given_name="Kajsa", family_name="Öberg", address="Nygatan 2\n903 26 Umeå")
        assert await world.people.edit(permit, lena, changed, channel=Channel.DIGITAL_MAILBOX, version=1) == 2
        with pytest.raises(PreconditionFailed):
            await world.people.edit(permit, lena, KAJSA, channel=Channel.NONE, version=1)
        found = await world.people.read(permit)
        assert (found.contact, found.channel, found.version) == (changed, Channel.DIGITAL_MAILBOX, 2)
        assert found.masked_number == "19900101-••••"

    async def test_what_is_erased_can_not_be_edited(self, world: World) -> None:
        lena = world.caller(world.soc, "lena")
        permit = await world.see(lena, await world.register(lena, ADULT))
        keys = await world.database.fetch("SELECT individual FROM reference")
        await world.vault.destroy([scope_of(keys[0][0], "soc")])
        with pytest.raises(NotFound):
            await world.people.edit(permit, lena, KAJSA, channel=Channel.NONE, version=1)
        found = await world.people.read(permit)
        assert (found.contact, found.masked_number) == (None, "")
