"""People at two agencies, asking the real policies in the engine that runs inside the process."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest

from hub.access import Caller, CallerKind, Decider, Permit
from hub.access.questions import SeePerson
from hub.access.wasm import WasmEngine
from hub.agencies import AgencyKind, AssignmentId, Directory, Role
from hub.audit import Ledger
from hub.kit.database import Database
from hub.kit.outbox import Outbox
from hub.kit.vault import Vault
from hub.people import (
    REGISTERED,
    ClearanceId,
    Clearances,
    Contact,
    Erasure,
    People,
    PersonalNumber,
    PersonId,
    Protecting,
    Representing,
    Wish,
)
from tests.fakes.clock import FixedClock
from tests.fixtures.agencies import ISSUER, Staffed, Town

POLICY = Path(__file__).resolve().parents[3] / "policies" / "build" / "policy.wasm"
QUESTIONS = frozenset({"see_person", "clear_protected", "act_in_case"})
KAJSA = Contact(given_name="Kajsa", family_name="Nilsson", address="Storgatan 1", phone="070-123 45 67")


@cache
def engine() -> WasmEngine:
    """Return the engine; loading it takes a while."""
    return WasmEngine.load(POLICY)


@dataclass
class World:
    """Everything that the tests of this capability need, put together as in the real hub."""

    database: Database
    vault: Vault
    ledger: Ledger
    clock: FixedClock
    town: Town
    people: People
    protecting: Protecting
    clearances: Clearances
    representing: Representing
    erasure: Erasure
    decider: Decider
    soc: Staffed
    psyk: Staffed

    def caller(self, agency: Staffed, name: str) -> Caller:
        return Caller(
            kind=CallerKind.STAFF,
            ref=f"assignment:{agency.posts[name]}",
            issuer=ISSUER,
            subject=f"{agency.id}-{name}",
            loa=3,
            factors=2,
            authenticated_at=self.clock.now(),
            name=name,
            agency=agency.id,
            unit=agency.unit,
            assignment=agency.posts[name],
        )

    def individual(self, number: str) -> Caller:
        return Caller(
            kind=CallerKind.INDIVIDUAL,
            ref="individual:session",
            issuer=ISSUER,
            subject="x",
            loa=3,
            factors=2,
            authenticated_at=self.clock.now(),
            individual_digest=self.people.digest_of(self.number(number)),
        )

    def number(self, text: str) -> PersonalNumber:
        return PersonalNumber.parse(text, date(2026, 11, 24))

    async def permit(self, gather: Callable[[], object], caller: Caller) -> Permit[SeePerson]:
        return await self.decider.decide(gather, caller, QUESTIONS)  # type: ignore[arg-type]

    async def look_up(self, caller: Caller, number: str) -> PersonId:
        permit = await self.permit(lambda: self.people.may_look_up(caller, self.number(number)), caller)
        return (await self.people.read(permit)).id

    async def see(self, caller: Caller, person: PersonId) -> Permit[SeePerson]:
        return await self.permit(lambda: self.people.may_see(caller, person), caller)

    async def register(self, caller: Caller, number: str, contact: Contact = KAJSA) -> PersonId:
        permit = await self.permit(lambda: self.people.may_register(caller), caller)
        return await self.people.register(permit, caller, self.number(number), contact)

    async def clear(self, chef: Caller, person: PersonId, to: AssignmentId, *, days: int = 30) -> ClearanceId:
        wish = Wish(person, to, "Handlägger ärendet.", self.clock.now() + timedelta(days=days))
        permit = await self.decider.decide(lambda: self.clearances.may_clear(chef, wish), chef, QUESTIONS)
        return await self.clearances.give(permit, chef, wish)

    async def deliver(self) -> None:
        outbox = Outbox(self.database, self.clock, {REGISTERED: (self.protecting.on_registered,)})
        await outbox.deliver()


@pytest.fixture
async def world(database: Database, vault: Vault, clock: FixedClock) -> World:
    ledger = Ledger(database, vault, clock)
    town = Town(database, ledger, clock)
    people = People(database, vault, ledger, clock)
    await people.prepare()
    soc, psyk = await town.agency("soc"), await town.agency("psyk", AgencyKind.REGION_PSYKIATRI)
    for agency, name, role in [
        (soc, "lena", Role.HANDLAGGARE),
        (soc, "tomas", Role.HANDLAGGARE),
        (soc, "chef", Role.CHEF),
        (psyk, "samir", Role.HANDLAGGARE),
        (psyk, "chef", Role.CHEF),
    ]:
        await town.person(agency, name, role)
    return World(
        database=database,
        vault=vault,
        ledger=ledger,
        clock=clock,
        town=town,
        people=people,
        protecting=Protecting(database, vault, ledger, clock, people),
        clearances=Clearances(database, vault, ledger, clock, people),
        representing=Representing(database, vault, ledger, clock, people),
        erasure=Erasure(database, vault, ledger, clock, Directory(database, clock)),
        decider=Decider(engine(), ledger, clock),
        soc=soc,
        psyk=psyk,
    )


NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
