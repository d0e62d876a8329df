"""The example loads through the services under the real policies, and the identity provider knows the same people."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from personnummer import personnummer

from hub.access import Decider
from hub.access.wasm import WasmEngine
from hub.agencies import Administration, Approvals, Directory, Role
from hub.audit import Ledger
from hub.cases import CaseAround, Cases
from hub.consent import ConsentServices
from hub.example import example, load
from hub.kit.database import Database
from hub.kit.vault import Vault
from hub.people import Clearances, Decoys, People, Protecting, Representing
from tests.fakes.clock import FixedClock

ROOT = Path(__file__).resolve().parents[3]
ISSUER = "http://127.0.0.1:8766"


@dataclass
class Services:
    clock: FixedClock
    decider: Decider
    directory: Directory
    administration: Administration
    approvals: Approvals
    people: People
    protecting: Protecting
    clearances: Clearances
    representing: Representing
    cases: Cases
    consent: ConsentServices


@pytest.fixture
def services(database: Database, vault: Vault, clock: FixedClock) -> Services:
    ledger = Ledger(database, vault, clock)
    people = People(database, vault, ledger, clock)
    directory = Directory(database, clock)
    consent = ConsentServices.over(
        database,
        vault,
        ledger,
        clock,
        directory=directory,
        around=CaseAround(database, clock),
        policies=ROOT / "policies",
    )
    engine = WasmEngine.load(ROOT / "policies" / "build" / "policy.wasm")
    return Services(
        clock=clock,
        decider=Decider(engine, ledger, clock),
        directory=directory,
        administration=Administration(database, ledger, clock),
        approvals=Approvals(database, ledger, clock),
        people=people,
        protecting=Protecting(database, vault, ledger, clock, people),
        clearances=Clearances(database, vault, ledger, clock, people),
        representing=Representing(database, vault, ledger, clock, people),
        cases=Cases(database, vault, ledger, clock, Decoys(database, vault, ledger)),
        consent=consent,
    )


async def test_it_loads_once(services: Services, database: Database) -> None:
    await services.consent.texts.publish()
    loaded = await load(services, ISSUER)
    assert loaded
    assert await load(services, ISSUER) is None
    kinds = await database.fetch("SELECT DISTINCT protection FROM individual WHERE lane = 'ordinary'")
    assert {"none", "sekretessmarkering", "skyddad_folkbokforing", "unknown"} <= {row[0] for row in kinds}
    assert len({key for key, _ in loaded.persons}) == 29
    assert len(await services.directory.posts_of(ISSUER, "staff:lena-sandstrom")) == 1


async def test_life_goes_on_in_it(services: Services, database: Database) -> None:
    await services.consent.texts.publish()
    loaded = await load(services, ISSUER)
    assert loaded
    cases = await database.fetch("SELECT count(*) FROM coordination_case")
    consents = await database.fetch("SELECT count(*) FROM consent")
    assert (cases[0][0], consents[0][0]) == (12, 10)
    assert (await database.fetch("SELECT count(*) FROM consent_withdrawal"))[0][0] == 3
    nils = await services.directory.posts_of(ISSUER, "staff:nils-sjodin")
    assert len(nils) == 1
    standing_in = await database.fetch(
        "SELECT substitute FROM substitution WHERE absent = $1", loaded.posts["ingrid-wallin"]
    )
    assert standing_in == [(nils[0].assignment,)]


async def test_loaded_after_a_substitution_is_over_it_is_left_out(
    services: Services, database: Database, clock: FixedClock
) -> None:
    clock.move(days=365)
    await services.consent.texts.publish()
    assert await load(services, ISSUER)
    assert await database.fetch("SELECT id FROM substitution") == []


def test_the_identity_provider_knows_the_same_people() -> None:
    file = ROOT / "adapters" / "sandbox" / "identity" / "people.json"
    assert json.loads(file.read_text("utf-8")) == example().for_identity_provider()


def test_every_number_is_one_that_nobody_has() -> None:
    everybody = [*example().individuals.values(), *example().representatives.values()]
    assert all(personnummer.valid(person.number) for person in everybody)
    assert all(980 <= int(person.number[8:11]) <= 999 for person in everybody)
    assert len({person.number for person in everybody}) == len(everybody)


def test_every_agency_has_those_who_must_be_there() -> None:
    for agency in example().agencies.values():
        roles = {role for member in agency.staff.values() for role in member.roles}
        assert {Role.ADMINISTRATOR, Role.CHEF, Role.LOGGRANSKARE, Role.SEKRETESSANSVARIG} <= roles


def test_one_is_known_to_nobody() -> None:
    assert [key for key, person in example().individuals.items() if not person.known_to] == ["sixten-ahlgren"]
