"""Partner systems are let in and shut out by their own agency, in the ledger, at once."""

from datetime import timedelta
from typing import Any

import pytest

from hub.access import Caller, CallerKind
from hub.access.questions import registry
from hub.access.tokens import SCOPES, ClientId, Clients, ScopeMissing, require_scope
from hub.agencies import Mandate, OwnGain, Role
from hub.audit import Ledger
from hub.kit.database import Database
from hub.kit.errors import Conflict, Invalid, NotFound
from hub.kit.idempotency import Once
from hub.kit.vault import Vault
from tests.fakes.clock import FixedClock
from tests.fixtures.agencies import ISSUER, Staffed, Town

GOOD: dict[str, Any] = {"issuer": ISSUER, "client_id": "partner", "name": "Treserva", "scopes": ["disclose"], "loa": 3}


@pytest.fixture
def ledger(database: Database, vault: Vault, clock: FixedClock) -> Ledger:
    return Ledger(database, vault, clock)


@pytest.fixture
def clients(database: Database, ledger: Ledger, clock: FixedClock) -> Clients:
    return Clients(database, ledger, clock)


@pytest.fixture
async def soc(database: Database, ledger: Ledger, clock: FixedClock) -> Staffed:
    return await Town(database, ledger, clock).agency()


async def epoch(database: Database, subject: str) -> int:
    rows = await database.fetch("SELECT epoch FROM standing WHERE subject = $1", subject)
    return int(rows[0][0]) if rows else 0


@pytest.fixture
async def post(soc: Staffed, database: Database, ledger: Ledger, clock: FixedClock) -> str:
    return await Town(database, ledger, clock).person(soc, "system", Role.HANDLAGGARE)


class TestRegistering:
    @pytest.mark.parametrize(
        ("field", "changes"),
        [
            ("scopes", {"scopes": []}),
            ("scopes", {"scopes": ["everything"]}),
            ("loa", {"loa": 5}),
            ("loa", {"loa": 0}),
            ("name", {"name": " "}),
            ("clientId", {"client_id": "x" * 301}),
            ("issuer", {"issuer": "a\nb"}),
        ],
    )
    async def test_what_cannot_be_is_told_field_by_field(
        self, clients: Clients, soc: Staffed, post: str, field: str, changes: dict[str, Any]
    ) -> None:
        with pytest.raises(Invalid) as told:
            await clients.register(soc.mandate(), assignment=post, **GOOD | changes)
        assert [each.field for each in told.value.fields] == [field]

    async def test_one_that_has_ended_before_it_begins(
        self, clients: Clients, soc: Staffed, post: str, clock: FixedClock
    ) -> None:
        with pytest.raises(Invalid):
            await clients.register(soc.mandate(), assignment=post, valid_until=clock.now() - timedelta(1), **GOOD)

    async def test_nobody_lets_a_system_act_as_themselves(self, clients: Clients, soc: Staffed) -> None:
        with pytest.raises(OwnGain):
            await clients.register(soc.mandate(), assignment=soc.posts["admin"], **GOOD)

    async def test_another_agencys_assignment_is_not_there(
        self, clients: Clients, soc: Staffed, database: Database, ledger: Ledger, clock: FixedClock
    ) -> None:
        ame = await Town(database, ledger, clock).agency("ame")
        with pytest.raises(NotFound):
            await clients.register(soc.mandate(), assignment=ame.posts["admin"], **GOOD)

    async def test_one_that_is_known_already(self, clients: Clients, soc: Staffed, post: str) -> None:
        await clients.register(soc.mandate(), assignment=post, **GOOD)
        with pytest.raises(Conflict):
            await clients.register(soc.mandate(), assignment=post, **GOOD)

    async def test_sending_twice_registers_once(
        self, clients: Clients, soc: Staffed, post: str, clock: FixedClock
    ) -> None:
        once = Once("caller", "key", b"digest", clock.now())
        first = await clients.register(soc.mandate(), assignment=post, once=once, **GOOD)
        assert await clients.register(soc.mandate(), assignment=post, once=once, **GOOD) == first

    async def test_it_is_in_the_ledger_with_who_did_it(
        self, clients: Clients, soc: Staffed, post: str, ledger: Ledger
    ) -> None:
        client = await clients.register(soc.mandate(), assignment=post, **GOOD)
        [entry] = [each for each in (await ledger.entries_of_agency(soc.id)).entries if each.act == "register_client"]
        assert (entry.caller_name, entry.detail["client"]) == ("admin", client)
        assert [each.name for each in await clients.of_agency(soc.id)] == ["Treserva"]

    async def test_the_operator_may_too(self, clients: Clients, soc: Staffed, post: str, ledger: Ledger) -> None:
        await clients.register(Mandate.of_operator(soc.id), assignment=post, **GOOD)
        [entry] = [each for each in (await ledger.entries_of_agency(soc.id)).entries if each.act == "register_client"]
        assert entry.caller_kind == "system"


class TestShuttingOut:
    async def test_a_suspension_moves_what_decisions_stand_on(
        self, clients: Clients, soc: Staffed, post: str, database: Database
    ) -> None:
        client = await clients.register(soc.mandate(), assignment=post, **GOOD)
        before = await epoch(database, f"assignment:{post}")
        await clients.suspend(soc.mandate(), client)
        assert await epoch(database, f"assignment:{post}") == before + 1
        assert await epoch(database, f"client:{client}") == 2
        assert [each.suspended for each in await clients.of_agency(soc.id)] == [True]
        await clients.resume(soc.mandate(), client)
        assert [each.suspended for each in await clients.of_agency(soc.id)] == [False]

    async def test_another_agencys_system_is_not_there(
        self, clients: Clients, soc: Staffed, post: str, database: Database, ledger: Ledger, clock: FixedClock
    ) -> None:
        client = await clients.register(soc.mandate(), assignment=post, **GOOD)
        ame = await Town(database, ledger, clock).agency("ame")
        for act in (clients.suspend, clients.resume):
            with pytest.raises(NotFound):
                await act(ame.mandate(), client)
            with pytest.raises(NotFound):
                await act(soc.mandate(), ClientId("absent"))


def caller(kind: CallerKind, clock: FixedClock, *scopes: str) -> Caller:
    return Caller(
        kind=kind, ref="x", issuer="i", subject="s", loa=3, authenticated_at=clock.now(), scopes=frozenset(scopes)
    )


class TestScopes:
    def test_each_question_but_the_individuals_own_has_a_scope(self) -> None:
        assert set(SCOPES.values()) == registry.keys() - {"show_to_individual"}

    @pytest.mark.parametrize(("scope", "question"), SCOPES.items())
    def test_a_scope_opens_its_question_and_no_other(self, clock: FixedClock, scope: str, question: str) -> None:
        system = caller(CallerKind.CLIENT, clock, scope)
        require_scope(system, question)
        for other in registry.keys() - {question}:
            with pytest.raises(ScopeMissing):
                require_scope(system, other)

    def test_the_individuals_own_view_is_for_no_system(self, clock: FixedClock) -> None:
        with pytest.raises(ScopeMissing) as told:
            require_scope(caller(CallerKind.CLIENT, clock, *SCOPES), "show_to_individual")
        assert told.value.headers["WWW-Authenticate"] == 'DPoP error="insufficient_scope"'

    @pytest.mark.parametrize("kind", [CallerKind.STAFF, CallerKind.INDIVIDUAL])
    def test_people_need_none(self, clock: FixedClock, kind: CallerKind) -> None:
        with pytest.raises(ScopeMissing):
            require_scope(caller(CallerKind.CLIENT, clock), "disclose")
        require_scope(caller(kind, clock), "disclose")
