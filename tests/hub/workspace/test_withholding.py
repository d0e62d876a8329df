"""On the staff page: what an owner's official decides isn't shown to the individual."""

from datetime import timedelta

import pytest

from hub.kit.clock import today
from tests.support.doors import Browser, Doors, case_of, says

pytestmark = pytest.mark.requirement("AUBI-11")
WHY = "Den som berättade bor i samma hus."


def said(hub: Doors, **changed: str) -> dict[str, str]:
    last = (today(hub.made.clock) + timedelta(days=30)).isoformat()
    return {"category": "family", "ground": "OSL 26:5", "reason": WHY, "last_day": last, **changed}


class TestKeeping:
    async def test_for_one_who_is_not_on_the_team_there_is_no_page(self, hub: Doors, lena: Browser) -> None:
        case = await case_of(lena, "kajsa-nilsson")
        tomas = await hub.staff("tomas-ek")
        assert (await tomas.open(f"{case}/visas-inte")).status_code == 404

    @pytest.mark.parametrize(
        ("changed", "fault"),
        [
            ({"category": ""}, "Välj vad som inte ska visas."),
            ({"category": "address"}, "Välj vad som inte ska visas."),
            ({"ground": ""}, "Välj på vilken grund."),
            ({"reason": ""}, "Skriv varför."),
            ({"last_day": ""}, "Skriv en dag från i dag och högst ett år framåt."),
            ({"last_day": "2020-01-01"}, "Skriv en dag från i dag och högst ett år framåt."),
        ],
    )
    async def test_what_is_missing_is_said_and_nothing_is_decided(
        self, hub: Doors, lena: Browser, changed: dict[str, str], fault: str
    ) -> None:
        address = f"{await case_of(lena, 'kajsa-nilsson')}/visas-inte"
        answer = await lena.send(await lena.open(address), address, said(hub, **changed))
        assert answer.status_code == 422
        assert fault in says(answer)
        assert "Ni har inte beslutat om något." in says(await lena.open(address))

    async def test_only_grounds_of_ones_own_secrecy_are_there(self, hub: Doors, lena: Browser) -> None:
        address = f"{await case_of(lena, 'kajsa-nilsson')}/visas-inte"
        page = await lena.open(address)
        assert 'value="OSL 26:5"' in page.text
        assert 'value="OSL 25:6"' not in page.text
        answer = await lena.send(page, address, said(hub, ground="OSL 25:6"))
        assert answer.status_code == 403
        assert "På det lagrummet kan er myndighet inte låta bli att visa något" in says(answer)

    async def test_it_is_decided_read_and_ended(self, hub: Doors, lena: Browser) -> None:
        case = await case_of(lena, "kajsa-nilsson")
        address = f"{case}/visas-inte"
        assert f'href="{address}"' in (await lena.open(f"{case}/samtycke")).text
        answer = await lena.send(await lena.open(address), address, said(hub))
        assert (answer.status_code, answer.headers["location"]) == (303, address)
        page = await lena.open(address)
        assert WHY in says(page)
        assert "OSL 26:5, den som har berättat kan råka illa ut" in says(page)
        [end] = [each.split('"')[0] for each in page.text.split('action="') if "/avsluta" in each.split('"')[0]]
        assert (await lena.send(page, end, {})).status_code == 303
        after = await lena.open(address)
        assert "Gällde från" in says(after)
        assert "/avsluta" not in after.text
