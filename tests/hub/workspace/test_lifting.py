"""On the staff page: what the individual lifts together with a caseworker, and how it was said."""

from typing import Any

import pytest

from tests.support.doors import Browser, Doors, case_of, consent_of

CLOSED: dict[str, Any] = {"owners": ["soc"], "receivers": ["psyk"], "excluded": ["health"], "exclusions_asked": "ja"}


async def page_of(lena: Browser, case: str) -> str:
    """Return the address of the page that lifts the one exclusion."""
    shown = await lena.open(f"{case}/samtycke")
    found = [part.split('"')[0] for part in shown.text.split('href="') if "/samtycke/lyft/" in part.split('"')[0]]
    assert len(found) == 1
    return found[0]


@pytest.mark.requirement("HUB-03")
class TestLifting:
    async def test_it_says_how_or_nothing_happens(self, lena: Browser) -> None:
        case = await case_of(lena, "kajsa-nilsson")
        await consent_of(lena, case, **CLOSED)
        address = await page_of(lena, case)
        form = await lena.open(address)
        assert form.status_code == 200
        for said, fault in (
            ({}, "Välj hur den enskilde sade det"),
            ({"how": "oral"}, "Skriv vem som var med och hörde."),
            ({"how": "paper"}, "Lägg till en bild av papperet som är underskrivet."),
        ):
            answer = await lena.send(form, address, said)
            assert answer.status_code == 422
            assert fault in answer.text
        assert await page_of(lena, case) == address

    async def test_a_page_for_what_is_not_there_is_none(self, hub: Doors, lena: Browser) -> None:
        case = await case_of(lena, "kajsa-nilsson")
        assert (await lena.open(f"{case}/samtycke/lyft/{'a' * 26}")).status_code == 404
        await consent_of(lena, case, **CLOSED)
        address = await page_of(lena, case)
        tomas = await hub.staff("tomas-ek")
        assert (await tomas.open(address)).status_code == 404

    async def test_what_somebody_heard_lifts_it(self, lena: Browser) -> None:
        case = await case_of(lena, "kajsa-nilsson")
        await consent_of(lena, case, **CLOSED)
        address = await page_of(lena, case)
        answer = await lena.send(await lena.open(address), address, {"how": "oral", "witness": "Emma Nilsson"})
        assert (answer.status_code, answer.headers["location"]) == (303, f"{case}/samtycke")
        assert "/samtycke/lyft/" not in (await lena.open(f"{case}/samtycke")).text
        assert (await lena.open(address)).status_code == 404
