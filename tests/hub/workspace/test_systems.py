"""Partner systems on the administration's pages: let in on a decision, shut out and let in again."""

import pytest

from hub.access.tokens import PartnerClient
from tests.support.doors import ISSUER, Browser, Doors, says

PAGE = "/arbete/administration/system"
SAID = {
    "name": "Verksamhetssystemet",
    "issuer": ISSUER,
    "client_id": "treserva",
    "scopes": ["disclose", "case:act"],
    "loa": "3",
    "diarienummer": "SN 2026-19",
}


async def assignment(hub: Doors) -> str:
    """Return the assignment that the system is to act in."""
    return (await hub.made.directory.posts_of(ISSUER, "staff:lena-sandstrom"))[0].assignment


async def known(hub: Doors) -> list[PartnerClient]:
    return list(await hub.made.clients.of_agency("soc"))


async def test_a_caseworker_lets_no_system_in(hub: Doors, lena: Browser) -> None:
    assert (await lena.open(PAGE)).status_code == 403
    assert await known(hub) == []


async def test_what_is_missing_is_said_and_nothing_is_lost(hub: Doors) -> None:
    birgitta = await hub.staff("birgitta-holm")
    page = await birgitta.open(PAGE)
    answer = await birgitta.send(page, PAGE, {**SAID, "diarienummer": "", "assignment": await assignment(hub)})
    assert answer.status_code == 422
    assert "Skriv beslutets diarienummer." in says(answer)
    assert 'value="treserva"' in answer.text
    assert await known(hub) == []


@pytest.mark.requirement("HUB-07")
async def test_let_in_shut_out_and_let_in_again(hub: Doors) -> None:
    birgitta = await hub.staff("birgitta-holm")
    answer = await birgitta.send(await birgitta.open(PAGE), PAGE, {**SAID, "assignment": await assignment(hub)})
    assert answer.status_code == 303, says(answer)
    twice = await birgitta.send(await birgitta.open(PAGE), PAGE, {**SAID, "assignment": await assignment(hub)})
    assert (twice.status_code, "Systemet är redan registrerat." in says(twice)) == (422, True)
    (system,) = await known(hub)
    assert (system.scopes, system.suspended) == ("case:act disclose", False)
    for way, suspended, words in (("avsluta", True, "Släpp in igen"), ("slapp-in", False, "Stäng av")):
        asked = await birgitta.open(f"{PAGE}/{system.id}/{way}")
        done = await birgitta.send(asked, f"{PAGE}/{system.id}/{way}", {})
        assert done.status_code == 303, says(done)
        assert [each.suspended for each in await known(hub)] == [suspended]
        assert words in says(await birgitta.open(PAGE))
    assert (await birgitta.open(f"{PAGE}/{system.id}/slapp-in")).status_code == 404, "it isn't shut out"


async def test_another_agencys_administrator_finds_nothing(hub: Doors) -> None:
    birgitta, olle = await hub.staff("birgitta-holm"), await hub.staff("olle-strand")
    await birgitta.send(await birgitta.open(PAGE), PAGE, {**SAID, "assignment": await assignment(hub)})
    (system,) = await known(hub)
    assert (await olle.open(f"{PAGE}/{system.id}/avsluta")).status_code == 404
    assert "Verksamhetssystemet" not in says(await olle.open(PAGE))
