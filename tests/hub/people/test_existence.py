"""Absent, known only to others, and protected from the caller: one answer, the same work (HUB-04, decision 0003)."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import event

from hub.access import Caller
from hub.kit.database import Database
from hub.kit.errors import HubError
from hub.people import Contact, PersonId, Protection
from tests.fixtures.numbers import ADULT, SECOND, THIRD
from tests.hub.people.conftest import KAJSA, World

pytestmark = pytest.mark.requirement("HUB-04")
ABSENT, FOREIGN, PROTECTED = ADULT, SECOND, THIRD


class Counted:
    """The statements that reach the main database, through the drivers and through sessions."""

    def __init__(self, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
        self.statements: list[str] = []
        monkeypatch.setattr(database, "fetch", self._through(database.fetch))
        monkeypatch.setattr(database, "fetch_shared", self._through(database.fetch_shared))
        monkeypatch.setattr(database, "record", self._through(database.record))
        event.listen(database.engine.sync_engine, "before_cursor_execute", self._executed)

    def taken(self) -> tuple[str, ...]:
        """Return what has come since the last time."""
        taken, self.statements = tuple(self.statements), []
        return taken

    def _executed(self, _connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        self.statements.append(statement)

    def _through(self, act: Callable[..., Awaitable[object]]) -> Callable[..., Awaitable[object]]:
        async def through(sql: str, *args: object) -> object:
            self.statements.append(sql)
            return await act(sql, *args)

        return through


@pytest.fixture
async def three(world: World) -> dict[str, PersonId]:
    """One who is absent, one whom only psychiatry knows, one who is protected and whom both know."""
    samir, lena = world.caller(world.psyk, "samir"), world.caller(world.soc, "lena")
    theirs = await world.register(samir, FOREIGN)
    ours = await world.register(lena, PROTECTED)
    await world.register(samir, PROTECTED)
    await world.protecting.raise_by_official(lena, ours, Protection.SKYDDAD_FOLKBOKFORING)
    return {"absent": PersonId("a" * 26), "foreign": theirs, "protected": ours}


def shape(error: HubError) -> tuple[object, ...]:
    return (
        type(error),
        error.status,
        error.code,
        error.title,
        error.detail,
        error.fields,
        str(error.headers),
        error.entry,
    )


async def refusal(act: Awaitable[object]) -> tuple[object, ...]:
    with pytest.raises(HubError) as refused:
        await act
    return shape(refused.value)


class TestLookingUp:
    async def test_the_refusal_is_the_same(self, world: World, three: dict[str, PersonId]) -> None:
        tomas = world.caller(world.soc, "tomas")
        seen = {await refusal(world.look_up(tomas, number)) for number in (ABSENT, FOREIGN, PROTECTED)}
        assert len(seen) == 1

    async def test_a_reference_is_refused_the_same(self, world: World, three: dict[str, PersonId]) -> None:
        tomas = world.caller(world.soc, "tomas")
        assert len({await refusal(world.see(tomas, person)) for person in three.values()}) == 1

    async def test_whoever_registered_them_is_refused_the_same(self, world: World, three: dict[str, PersonId]) -> None:
        lena = world.caller(world.soc, "lena")
        assert len({await refusal(world.see(lena, person)) for person in three.values()}) == 1

    async def test_the_statements_are_the_same(
        self, world: World, three: dict[str, PersonId], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        tomas, counted = world.caller(world.soc, "tomas"), Counted(world.database, monkeypatch)
        statements: list[tuple[str, ...]] = []
        for number in (ABSENT, FOREIGN, PROTECTED):
            await refusal(world.look_up(tomas, number))
            statements.append(counted.taken())
        assert len(set(statements)) == 1
        assert len(statements[0]) > 1

    async def test_the_entries_in_the_log_look_the_same(self, world: World, three: dict[str, PersonId]) -> None:
        tomas = world.caller(world.soc, "tomas")
        for number in (ABSENT, FOREIGN, PROTECTED):
            await refusal(world.look_up(tomas, number))
        mine = [each for each in (await world.ledger.entries_of_agency("soc")).entries if each.caller_name == "tomas"]
        assert len(mine) == 3
        assert len({(each.kind, each.act, each.outcome, str(each.answer)) for each in mine}) == 1

    async def test_nothing_is_kept_of_one_who_is_absent(self, world: World, three: dict[str, PersonId]) -> None:
        before = await world.database.fetch("SELECT count(*) FROM individual")
        await refusal(world.look_up(world.caller(world.soc, "tomas"), ABSENT))
        assert await world.database.fetch("SELECT count(*) FROM individual") == before
        digest = world.vault.digest("lookup:soc", ABSENT)
        assert await world.database.fetch("SELECT id FROM reference WHERE lookup_hash = $1", digest) == []


class TestRegistering:
    async def one(self, world: World, caller: Caller, number: str) -> tuple[PersonId, Contact | None, str]:
        person = await world.register(caller, number)
        found = await world.people.read(await world.see(caller, person))
        return person, found.contact, found.protection

    async def test_it_succeeds_and_shows_what_was_typed(self, world: World, three: dict[str, PersonId]) -> None:
        tomas = world.caller(world.soc, "tomas")
        results = [await self.one(world, tomas, number) for number in (ABSENT, FOREIGN, PROTECTED)]
        assert {(str(contact), protection) for _, contact, protection in results} == {(str(KAJSA), "none")}
        assert len({len(person) for person, _, _ in results}) == 1
        assert three["protected"] not in {person for person, _, _ in results}

    async def test_the_statements_are_the_same(
        self, world: World, three: dict[str, PersonId], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        tomas, counted = world.caller(world.soc, "tomas"), Counted(world.database, monkeypatch)
        statements: list[tuple[str, ...]] = []
        for number in (ABSENT, FOREIGN, PROTECTED):
            await world.register(tomas, number)
            statements.append(counted.taken())
        assert statements[0] == statements[1]
        assert statements[0] == statements[2]
        assert len(statements[0]) > 5

    async def test_two_colleagues_who_compare_learn_nothing(self, world: World, three: dict[str, PersonId]) -> None:
        lena, tomas = world.caller(world.soc, "lena"), world.caller(world.soc, "tomas")
        for number in (ABSENT, FOREIGN, PROTECTED):
            mine = await world.register(tomas, number)
            assert await world.look_up(lena, number) == mine
            assert await world.register(lena, number, Contact(given_name="X", family_name="Y")) == mine

    @pytest.mark.parametrize("number", [ABSENT, FOREIGN, PROTECTED], ids=["absent", "foreign", "protected"])
    async def test_many_at_once_get_one_reference_and_no_error(
        self, world: World, three: dict[str, PersonId], number: str
    ) -> None:
        callers = [world.caller(world.soc, name) for name in ("lena", "tomas")] * 3
        assert len(set(await asyncio.gather(*(world.register(each, number) for each in callers)))) == 1

    async def test_what_was_typed_leads_nowhere(self, world: World, three: dict[str, PersonId]) -> None:
        await world.register(world.caller(world.soc, "tomas"), PROTECTED)
        islands = await world.database.fetch(
            """SELECT i.id FROM individual i JOIN reference r ON r.individual = i.id
               WHERE i.lane = 'intake:soc' GROUP BY i.id HAVING count(*) = 1"""
        )
        assert len(islands) == 1
        assert await world.database.fetch("SELECT count(*) FROM individual WHERE lane = 'ordinary'") == [(2,)]

    async def test_one_who_is_cleared_meets_the_real_one(self, world: World, three: dict[str, PersonId]) -> None:
        await world.register(world.caller(world.soc, "tomas"), PROTECTED)
        await world.clear(world.caller(world.soc, "chef"), three["protected"], world.soc.posts["lena"])
        assert await world.look_up(world.caller(world.soc, "lena"), PROTECTED) == three["protected"]
        assert await world.look_up(world.caller(world.soc, "tomas"), PROTECTED) != three["protected"]

    async def test_the_managers_of_an_agency_that_knows_them_are_told(
        self, world: World, three: dict[str, PersonId]
    ) -> None:
        await world.register(world.caller(world.soc, "tomas"), PROTECTED)
        await world.deliver()
        told = await world.protecting.notices_for(world.soc.posts["chef"])
        assert sorted(each.kind for each in told) == ["intake", "protection_raised"]

    async def test_an_agency_that_does_not_know_them_is_told_nothing(
        self, world: World, three: dict[str, PersonId]
    ) -> None:
        fk = await world.town.agency("fk")
        for name, role in (("petra", "handlaggare"), ("chef", "chef")):
            await world.town.person(fk, name, role)  # type: ignore[arg-type]
        person = await world.register(world.caller(fk, "petra"), PROTECTED)
        await world.deliver()
        assert await world.look_up(world.caller(fk, "petra"), PROTECTED) == person
        assert await world.protecting.notices_for(fk.posts["chef"]) == []

    async def test_the_individual_meets_what_was_typed_too(self, world: World, three: dict[str, PersonId]) -> None:
        await world.register(world.caller(world.soc, "tomas"), PROTECTED)
        me = await world.representing.individual_of(world.individual(PROTECTED))
        assert me.individual
        assert len(me.others) == 1
