"""The number that an agency is asked by: the asker's own note of it, and nothing when there is none any more."""

from types import SimpleNamespace
from typing import Any

import pytest

from hub.kit.errors import NotFound
from hub.kit.vault import KeyScope
from hub.people import OwnNumbers, PersonId
from tests.fixtures.numbers import ADULT
from tests.hub.people.conftest import World

pytestmark = [pytest.mark.requirement("HUB-05"), pytest.mark.requirement("HUB-09")]


async def registered(world: World) -> tuple[str, Any]:
    """Register somebody at socialtjänsten; return the individual, and a permit about them that socialtjänsten holds."""
    person: PersonId = await world.register(world.caller(world.soc, "lena"), ADULT)
    rows = await world.database.fetch("SELECT individual FROM reference WHERE id = $1", person)
    return rows[0][0], permit(rows[0][0], "soc")


def permit(individual: str, agency: str) -> Any:
    """What is read of a permit: whom it is about, and whose it is."""
    return SimpleNamespace(
        about=SimpleNamespace(individual=individual), question=SimpleNamespace(caller=SimpleNamespace(agency=agency))
    )


async def test_an_agency_without_a_note_of_its_own_can_not_ask(world: World) -> None:
    individual, _ = await registered(world)
    with pytest.raises(NotFound):
        await world.people.number_of(permit(individual, "psyk"))


async def test_an_erased_note_is_none(world: World) -> None:
    individual, ours = await registered(world)
    assert (await world.people.number_of(ours)).reveal() == ADULT
    await world.vault.destroy([KeyScope(individual, "soc", "content")])
    with pytest.raises(NotFound):
        await world.people.number_of(ours)


async def test_the_individual_is_asked_about_by_the_first_agency_that_knows_them(world: World) -> None:
    individual, ours = await registered(world)
    numbers = OwnNumbers(world.database, world.vault)
    found = await numbers.of(ours, [world.psyk.id, world.soc.id])
    assert found is not None
    assert (found[0], found[1].reveal()) == ("soc", ADULT)
    assert await numbers.of(ours, [world.psyk.id]) is None
    await world.vault.destroy([KeyScope(individual, "soc", "content")])
    assert await numbers.of(ours, [world.soc.id]) is None
