"""The page Gemensam bild: what each says, where they differ, what is missing, and nothing past its ground."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hub.broker.port import AgencyAnswer, AgencyFault, Code, FaultKind
from hub.consent import Closing, Speaker
from tests.fakes.agency import FakeAgency, fact, place
from tests.hub.partner.conftest import caller_of
from tests.support.doors import Browser, Doors, doors, person_of, says, shared_town

pytestmark = pytest.mark.requirement("HUB-05")


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shared_town(tmp_path_factory)


@pytest.fixture
def ports() -> dict[str, FakeAgency]:
    able = fact(
        "work_ability",
        "Kan börja med högst halvtid, i lugn miljö.",
        claim=("work_ability.extent", "50"),
        as_of=datetime(2026, 11, 19, 8, tzinfo=UTC),
    )
    full = fact("work_ability", "Söker heltid.", claim=("work_ability.extent", "100"), unit="Björkå")
    return {
        "psyk": FakeAgency(AgencyAnswer(facts=(able,))),
        "soc": FakeAgency(AgencyAnswer(facts=(fact("economy", "Ekonomiskt bistånd sedan februari 2025."),))),
        "af": FakeAgency(
            AgencyAnswer(facts=(full,)), road="ssbtek", purposes=frozenset({"ekonomiskt_bistand"}), duty="SoL 15:11"
        ),
        "fk": FakeAgency(road="lefi", duty="SoL 15:10"),
    }


@pytest.fixture
async def hub(town: Path, tmp_path: Path, ports: dict[str, FakeAgency]) -> AsyncIterator[Doors]:
    async with doors(town, tmp_path / "hub", ports=ports) as opened:
        yield opened


async def case_on(browser: Browser, key: str, about: str) -> str:
    """Return the address of the example's case on `key` whose subject begins with `about`."""
    page = await browser.open(await person_of(browser, key))
    for address in dict.fromkeys(part.split('"')[0] for part in page.text.split('href="')[1:]):
        if address.startswith("/arbete/arenden/") and about in (await browser.open(f"{address}/parter")).text:
            return address
    raise AssertionError(says(page))


async def asked(browser: Browser, case: str) -> str:
    """Ask the agencies and return the address of what they say."""
    page = await browser.open(f"{case}/bild")
    answer = await browser.send(page, f"{case}/bild", {})
    assert answer.status_code == 303, says(answer)
    return answer.headers["location"]


class TestPicture:
    async def test_who_says_what_and_where_they_differ(self, hub: Doors) -> None:
        lena = await hub.staff("lena-sandstrom")
        case = await case_on(lena, "gunnar-lindqvist", "Ekonomiskt bistånd")
        page = await lena.open(await asked(lena, case))
        said = says(page)
        assert "De säger olika om hur mycket Gunnar kan arbeta" in said
        assert "Kan börja med högst halvtid" in said
        assert "Söker heltid" in said
        assert "Er egen uppgift" in said
        assert "Delas inte" in said
        assert "Gunnar" not in page.text.split("</title>")[0]

    async def test_asking_needs_a_press(self, hub: Doors, ports: dict[str, FakeAgency]) -> None:
        lena = await hub.staff("lena-sandstrom")
        case = await case_on(lena, "gunnar-lindqvist", "Ekonomiskt bistånd")
        page = await lena.open(f"{case}/bild")
        assert "Fråga myndigheterna" in says(page)
        assert not any(each.asked for each in ports.values())

    async def test_one_that_is_silent_is_named_and_asked_again_alone(
        self, hub: Doors, ports: dict[str, FakeAgency]
    ) -> None:
        said, ports["psyk"].answer = ports["psyk"].answer, AgencyFault(FaultKind.SILENT)
        lena = await hub.staff("lena-sandstrom")
        case = await case_on(lena, "gunnar-lindqvist", "Ekonomiskt bistånd")
        address = await asked(lena, case)
        page = await lena.open(address)
        assert "Psykiatrin svarade inte i tid" in says(page)
        ports["psyk"].answer = said
        again = await lena.send(page, f"{address}/fraga-igen", {})
        shown = says(await lena.open(again.headers["location"]))
        assert "högst halvtid" in shown
        assert (len(ports["psyk"].asked), len(ports["soc"].asked)) == (2, 1)

    async def test_an_unknown_code_is_shown_as_such(self, hub: Doors, ports: dict[str, FakeAgency]) -> None:
        odd = fact("plan", "Något nytt.", what=Code("x", "NYKOD", "Ny sorts uppgift", known=False))
        ports["psyk"].answer = AgencyAnswer(facts=(odd,))
        lena = await hub.staff("lena-sandstrom")
        case = await case_on(lena, "gunnar-lindqvist", "Ekonomiskt bistånd")
        assert "Okänd kod hos myndigheten: NYKOD" in says(await lena.open(await asked(lena, case)))

    async def test_after_its_minute_the_page_says_so(self, hub: Doors) -> None:
        lena = await hub.staff("lena-sandstrom")
        case = await case_on(lena, "gunnar-lindqvist", "Ekonomiskt bistånd")
        address = await asked(lena, case)
        await hub.made.database.record("UPDATE gathering SET expires_at = $1 WHERE expires_at > $1 RETURNING id", 1)
        gone = await lena.open(address)
        assert gone.status_code == 303
        assert "legat sin minut" in says(await lena.open(gone.headers["location"]))

    @pytest.mark.requirement("HUB-04")
    async def test_a_protected_individuals_places_are_struck(self, hub: Doors, ports: dict[str, FakeAgency]) -> None:
        hidden = fact("work_ability", "Arbetar i Hemlighetsby.", unit="Hemlighetsby", values=(place("Hemlighetsby"),))
        ports["psyk"].answer = AgencyAnswer(facts=(hidden,), protection="skyddad_folkbokforing")
        lena = await hub.staff("lena-sandstrom")
        case = await case_on(lena, "nora-vinge", "Tillbaka")
        page = await lena.open(await asked(lena, case))
        assert "Plats struken" in says(page)
        assert "Enhet struken" in says(page)
        assert "Hemlighetsby" not in page.text


class TestPins:
    async def test_a_pinned_fact_stays_until_its_ground_goes(self, hub: Doors) -> None:
        lena = await hub.staff("lena-sandstrom")
        case = await case_on(lena, "gunnar-lindqvist", "Ekonomiskt bistånd")
        address = await asked(lena, case)
        page = await lena.open(address)
        block = page.text.split("Kan börja med högst halvtid")[1]
        action = block.split('action="')[1].split('"')[0]
        done = await lena.send(page, action, {})
        assert done.status_code == 303, says(done)
        assert "Kan börja med högst halvtid" in says(await lena.open(f"{case}/bild"))
        await withdraw(hub)
        assert "högst halvtid" not in (await lena.open(f"{case}/bild")).text

    async def test_what_is_new_is_marked_until_the_page_is_left(self, hub: Doors, ports: dict[str, FakeAgency]) -> None:
        lena = await hub.staff("lena-sandstrom")
        case = await case_on(lena, "gunnar-lindqvist", "Ekonomiskt bistånd")
        assert "Nytt" not in says(await lena.open(await asked(lena, case)))
        later = fact("plan", "Nästa besök 8 december.")
        ports["psyk"].answer = AgencyAnswer(facts=(later,))
        await hub.made.database.record("UPDATE picture_visit SET at = 1 WHERE at > 1 RETURNING at")
        page = says(await lena.open(await asked(lena, case)))
        assert page.count("Nytt") == 1
        assert "1 ny uppgift" in page


async def withdraw(hub: Doors) -> None:
    """Whose fact is pinned takes back what psychiatry may tell, as staff note it at once (R5)."""
    individual = (await hub.made.database.fetch("SELECT individual_id FROM pinned_fact"))[0][0]
    caller = await caller_of(hub, "lena-sandstrom")
    around = await hub.made.consent.around(caller, individual, None)
    await hub.made.consent.withdrawals.withdraw(Speaker(caller, individual, around), Closing(owner="psyk"))
