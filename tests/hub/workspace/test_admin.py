"""Administration: by the agency's own administrator, and nobody grants themselves anything."""

import re

import pytest

from tests.support.doors import Browser, Doors, says

HOME = "/arbete/administration"
LISTS = ("medarbetare", "enheter", "uppdrag", "ersattare", "bevarande", "loggranskning", "regler")


@pytest.fixture
async def birgitta(hub: Doors) -> Browser:
    return await hub.staff("birgitta-holm")


async def test_only_an_administrator(lena: Browser) -> None:
    for each in LISTS:
        answer = await lena.open(f"{HOME}/{each}")
        assert answer.status_code == 403
        assert "Beslutsnummer" in answer.text


async def test_a_list_that_is_none(birgitta: Browser) -> None:
    assert (await birgitta.open(f"{HOME}/annat")).status_code == 404


@pytest.mark.parametrize("each", LISTS)
async def test_an_empty_form_says_what_to_do(birgitta: Browser, each: str) -> None:
    page = await birgitta.open(f"{HOME}/{each}")
    assert page.status_code == 200
    answer = await birgitta.send(page, f"{HOME}/{each}", {})
    assert answer.status_code == 422
    assert "<title>" in answer.text
    assert " fel – " in answer.text


async def test_nobody_grants_themselves_anything(birgitta: Browser) -> None:
    page = await birgitta.open(f"{HOME}/uppdrag")
    [me] = re.findall(r'value="([^"]*)">Birgitta Holm, Systemförvaltare', page.text)
    [unit, *_] = re.findall(r'value="([^"]*)">Försörjningsstöd</option>', page.text)
    said = {"staff": me, "unit": unit, "roles": "chef", "first_day": "2026-11-01"}
    answer = await birgitta.send(page, f"{HOME}/uppdrag", said)
    assert answer.status_code == 403


async def test_an_assignment_is_given_and_ended(hub: Doors, birgitta: Browser) -> None:
    page = await birgitta.open(f"{HOME}/medarbetare")
    said = {"name": "Ny Kollega", "issuer": "http://127.0.0.1:8766", "subject": "staff:ny"}
    assert (await birgitta.send(page, f"{HOME}/medarbetare", said)).status_code == 303
    twice = await birgitta.send(await birgitta.open(f"{HOME}/medarbetare"), f"{HOME}/medarbetare", said)
    assert twice.status_code == 422
    assert "finns redan hos er" in twice.text

    page = await birgitta.open(f"{HOME}/uppdrag")
    [person] = re.findall(r'value="([^"]*)">Ny Kollega', page.text)
    [unit, *_] = re.findall(r'value="([^"]*)">Försörjningsstöd</option>', page.text)
    said = {"staff": person, "unit": unit, "roles": "handlaggare", "first_day": "2026-11-01"}
    answer = await birgitta.send(page, f"{HOME}/uppdrag", said)
    assert answer.status_code == 303, says(answer)
    page = await birgitta.open(f"{HOME}/uppdrag")
    row = page.text.split("Ny Kollega", 1)[1]
    [end, *_] = re.findall(r'href="([^"]*/avsluta)"', row)
    asked = await birgitta.open(end)
    assert "Avsluta Ny Kollega?" in asked.text
    assert (await birgitta.send(asked, end, {})).status_code == 303
    assert "Slutade" in (await birgitta.open(f"{HOME}/uppdrag")).text


async def test_dates_the_wrong_way_round(birgitta: Browser) -> None:
    page = await birgitta.open(f"{HOME}/ersattare")
    options = re.findall(r'<option value="([a-z2-7]{26})">', page.text)
    said = {"absent": options[0], "substitute": options[1], "first_day": "2026-12-01", "last_day": "2026-11-25"}
    answer = await birgitta.send(page, f"{HOME}/ersattare", said)
    assert answer.status_code == 422
    assert "2026-12-01" in answer.text
