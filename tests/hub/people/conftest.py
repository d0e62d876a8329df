"""People at two agencies, and an engine that knows the gist of the questions asked here.

What the policies themselves answer is tested beside them; here it matters what the services ask and do.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

import msgspec
import pytest

from hub.access import Caller, CallerKind, Decider, Permit
from hub.access.questions import Answer, ClearProtected, SeePerson, read
from hub.agencies import AgencyKind, Directory, Role
from hub.audit import Ledger
from hub.kit.database import Database
from hub.kit.vault import Vault
from hub.people import Clearances, Contact, Erasure, People, PersonalNumber, PersonId, Protecting, Representing
from tests.fakes.clock import FixedClock
from tests.fakes.engine import answer
from tests.fixtures.agencies import ISSUER, Staffed, Town

QUESTIONS = frozenset({"see_person", "clear_protected", "act_in_case"})
KAJSA = Contact(given_name="Kajsa", family_name="Nilsson", address="Storgatan 1", phone="070-123 45 67")


class GistEngine:
    """Permits what the policies permit in the cases that are tried here."""

    revision = "gist"

    async def evaluate(self, question: str, payload: bytes) -> bytes:
        name = question.split("/", maxsplit=1)[0]
        asked = [read(name, msgspec.json.encode(each)) for each in msgspec.json.decode(payload)]
        return msgspec.json.encode([self._answer(each) for each in asked])

    async def close(self) -> None:
        """Nothing is held."""

    def _answer(self, asked: object) -> Answer:
        if isinstance(asked, SeePerson):
            caller, person = asked.caller, asked.person
            cleared = any(each.valid_from <= asked.now < each.valid_until for each in caller.clearances)
            kept = caller.named_handler and asked.now < person.provisional_until
            seen = person.known and asked.own_reference and (person.protection == "none" or cleared or kept)
            role = {"handlaggare", "chef", "samordnare", "system"}.intersection(caller.roles)
            return answer() if seen and role else answer("deny", refusals=["not_found"])
        if isinstance(asked, ClearProtected):
            able = "chef" in asked.caller.roles and asked.person.known and not asked.grantee_is_caller
            same = asked.grantee_agency == asked.caller.agency
            return answer() if able and same else answer("deny", refusals=["not_found"])
        return answer()


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
        protecting=Protecting(database, ledger, clock, people),
        clearances=Clearances(database, vault, ledger, clock, people),
        representing=Representing(database, vault, ledger, clock, people),
        erasure=Erasure(database, vault, ledger, clock, Directory(database, clock)),
        decider=Decider(GistEngine(), ledger, clock),
        soc=soc,
        psyk=psyk,
    )


NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
