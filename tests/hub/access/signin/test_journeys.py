"""Whole sign-ins through the example's identity provider, as a browser makes them."""

import pytest

from tests.hub.access.signin.world import Browser, World


class TestStaff:
    @pytest.mark.requirement("HUB-07")
    async def test_an_official_with_one_assignment_arrives_where_they_were_going(self, browser: Browser) -> None:
        page = await browser.sign_in("/logga-in/personal?till=/arbete/arenden/S2304", "staff:ada")
        assert page.json() | {"csrf": ""} == {
            "ref": "assignment:post-ada-soc",
            "loa": 3,
            "factors": 2,
            "name": "Ada i böckerna",
            "agency": "soc",
            "unit": "soc-enhet",
            "roles": ["handlaggare", "samordnare"],
            "kind": "staff",
            "digest": "",
            "csrf": "",
            "path": "/arenden/S2304",
        }
