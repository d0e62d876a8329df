"""The services as the hub puts them together, with its own policies and agencies."""

from pathlib import Path

from hub.agencies import Agency, AgencyKind, Directory, Huvudman
from hub.audit import Ledger
from hub.consent import ConsentServices, Draft, Kind
from hub.kit.database import Database
from hub.kit.vault import Vault
from tests.fakes.clock import FixedClock
from tests.hub.consent.conftest import INDIVIDUAL, World, line

POLICIES = Path(__file__).resolve().parents[3] / "policies"


async def test_agencies_are_called_as_they_are_now(
    database: Database, vault: Vault, ledger: Ledger, clock: FixedClock, world: World
) -> None:
    directory = Directory(database, clock)
    services = ConsentServices.over(
        database, vault, ledger, clock, directory=directory, around=world.around, policies=POLICIES
    )
    await services.texts.publish()
    async with database.write() as session:
        for code, name in (("psyk", "Psykiatrin"), ("soc", "Socialtjänsten")):
            kind = AgencyKind.REGION_PSYKIATRI if code == "psyk" else AgencyKind.SOCIALTJANST
            session.add(Agency(id=code, kind=kind, name=name, authority="Björkå", huvudman=Huvudman.KOMMUN))
    draft = Draft(individual=INDIVIDUAL, kind=Kind.SECRECY, lines=(line(),), answerable="soc", form=None)
    _, shown = await services.consents.text_for(draft)
    assert "Psykiatrin får berätta för Socialtjänsten om planen." in shown
    assert (await services.words()).can_ever_work("psyk", "soc")
