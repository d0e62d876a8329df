"""Protection at the staff door: raised at once, shown so that it can't be missed, opened by name."""

import pytest

from hub.agencies import AgencyId
from hub.people import Protection
from tests.support.doors import Browser, Doors, case_of, person_of, says

pytestmark = pytest.mark.requirement("HUB-04")


async def test_without_a_choice_nothing_is_raised(lena: Browser) -> None:
    person = await person_of(lena, "elias-boman")
    page = await lena.open(f"{person}/skydd")
    answer = await lena.send(page, f"{person}/skydd", {})
    assert answer.status_code == 422
    assert "Välj vilket skydd som gäller." in answer.text


async def test_raising_stops_everybody_at_once_who_is_not_named(lena: Browser) -> None:
    person, case = await person_of(lena, "elias-boman"), await case_of(lena, "elias-boman")
    page = await lena.open(f"{person}/skydd")
    answer = await lena.send(page, f"{person}/skydd", {"level": "skyddad_folkbokforing"})
    assert answer.status_code == 303
    for address in (person, f"{person}/skydd", case, f"{case}/samtycke", f"{case}/logg"):
        gone = await lena.open(address)
        assert gone.status_code == 404
        assert "Elias" not in gone.text


async def test_a_case_of_a_protected_individual_shows_no_name(lena: Browser) -> None:
    """Nora is protected and Lena is named for her."""
    case = await case_of(lena, "nora-vinge")
    for address in ("", "/samtycke", "/samtycke/nytt", "/parter", "/logg"):
        page = await lena.open(case + address)
        assert page.status_code == 200
        assert 'class="protected-page"' in page.text
        assert "Skyddad folkbokföring" in page.text
        assert "Vinge" not in page.text
    shown = await lena.send(await lena.open(case), f"{case}/namn", {}, headers={"HX-Request": "true"})
    assert shown.text == "Nora Vinge"


@pytest.mark.requirement("R9")
async def test_a_protected_case_is_in_a_list_of_its_own_without_a_name(lena: Browser) -> None:
    await case_of(lena, "nora-vinge")
    for address in ("/arbete/arenden", "/arbete/min-dag"):
        page = await lena.open(address)
        assert "Skyddad" in page.text
        assert "Vinge" not in page.text


async def test_nobody_names_themselves_and_a_name_has_a_reason_and_an_end(hub: Doors) -> None:
    chief = await hub.staff("asa-noren")
    lena = await hub.staff("lena-sandstrom")
    person = await person_of(lena, "nora-vinge")
    page = await lena.open(f"{person}/skydd")
    assert "Utse någon" not in page.text
    seen = await chief.open(f"{person}/skydd")
    if seen.status_code == 200:
        answer = await chief.send(seen, f"{person}/behorighet", {})
        assert answer.status_code == 422
        assert "Skriv varför just den personen behöver läsa." in answer.text


@pytest.mark.requirement("R11")
async def test_lowering_keeps_its_reason_for_those_who_may_see(hub: Doors, lena: Browser) -> None:
    person, chief = await person_of(lena, "gunnar-lindqvist"), await hub.staff("asa-noren")
    reference = person.rsplit("/", 1)[1]
    [(individual,)] = await hub.made.database.fetch("SELECT individual FROM reference WHERE id = $1", reference)
    await hub.made.protecting.raise_by_machine(AgencyId("soc"), individual, Protection.SEKRETESSMARKERING)
    page = await chief.open(f"{person}/skydd")
    lower, words = f"{person}/skydd/sank", "Skatteverket svarade att det gällde en annan person."
    refused = await lena.send(page, lower, {"lowered": "none", "reason": words})
    assert refused.status_code in {403, 404}
    empty = await chief.send(page, lower, {"lowered": "none", "reason": " "})
    assert empty.status_code == 422
    assert "Skriv vilket beslut det bygger på." in empty.text
    done = await chief.send(page, lower, {"lowered": "none", "reason": words})
    assert done.status_code == 303, says(done)
    shown = says(await lena.open(f"{person}/skydd"))
    assert words in shown
    assert "Skyddet sänktes, Åsa Norén" in shown
