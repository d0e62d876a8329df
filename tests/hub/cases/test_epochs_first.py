"""Facts that are read after the epoch they stand on: a withdrawal between the two statements lets nothing through."""

from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from hub.access import Asking, Caller, Permit
from hub.access.questions import ActInCase
from hub.agencies import AgencyId
from hub.cases import CaseId, repository
from hub.consent import Closing, Speaker
from hub.kit.errors import NotFound, Refused
from tests.fakes.agency import FakeAgency
from tests.hub.partner.conftest import caller_of
from tests.support.doors import Doors, doors, shared_town

pytestmark = [pytest.mark.requirement("HUB-01"), pytest.mark.requirement("HUB-03")]


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shared_town(tmp_path_factory)


@pytest.fixture
async def hub(town: Path, tmp_path: Path) -> AsyncIterator[Doors]:
    async with doors(town, tmp_path / "hub", ports={"psyk": FakeAgency()}) as opened:
        yield opened


class Between:
    """Takes back what psychiatry may tell, once, right after a statement has read what it may."""

    def __init__(self, hub: Doors, caller: Caller, individual: str) -> None:
        self.hub, self.caller, self.individual, self.done = hub, caller, individual, False

    def after(self, read: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        async def reading(*arguments: Any) -> Any:
            found = await read(*arguments)
            if not self.done:
                self.done = True
                around = await self.hub.made.consent.around(self.caller, self.individual, None)
                speaker = Speaker(self.caller, self.individual, around)
                await self.hub.made.consent.withdrawals.withdraw(speaker, Closing(owner="psyk"))
            return found

        return reading


async def in_gunnars_case(hub: Doors) -> tuple[Asking, Permit[ActInCase], Caller]:
    lena = await caller_of(hub, "lena-sandstrom")
    asking = Asking(hub.made.decider, lena, frozenset({"act_in_case", "disclose"}))
    rows = await hub.made.database.fetch(
        "SELECT c.id FROM coordination_case c JOIN case_party p ON p.case_id = c.id AND p.agency = 'psyk' "
        "WHERE c.purpose = 'ekonomiskt_bistand'"
    )
    permit = await asking.permit(partial(hub.made.cases.may, lena, CaseId(rows[0][0]), "see_case"))
    return asking, permit, lena


async def test_a_party(hub: Doors, monkeypatch: pytest.MonkeyPatch) -> None:
    asking, permit, lena = await in_gunnars_case(hub)
    assert "psyk" in {each.agency.id for each in await hub.made.sharing.parties(asking, permit)}
    between = Between(hub, lena, permit.about.individual or "")
    monkeypatch.setattr(repository, "parties", between.after(repository.parties))
    assert "psyk" not in {each.agency.id for each in await hub.made.sharing.parties(asking, permit)}


async def test_one_category(hub: Doors, monkeypatch: pytest.MonkeyPatch) -> None:
    asking, permit, lena = await in_gunnars_case(hub)
    between = Between(hub, lena, permit.about.individual or "")
    monkeypatch.setattr(repository, "pair", between.after(repository.pair))
    with pytest.raises((Refused, NotFound)):
        await asking.permit(lambda: hub.made.sharing.may_read(asking, permit, AgencyId("psyk"), "plan"))


async def test_a_question_to_an_agency(hub: Doors, monkeypatch: pytest.MonkeyPatch) -> None:
    asking, permit, lena = await in_gunnars_case(hub)
    between = Between(hub, lena, permit.about.individual or "")
    monkeypatch.setattr(repository, "parties", between.after(repository.parties))
    identity, plan = await hub.made.pictures.begin(asking, permit)
    picture = await hub.made.pictures.read(asking, permit, identity, plan=plan, wait=2)
    assert "psyk" not in {each.agency for each in picture.parts}
