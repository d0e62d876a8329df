"""Partner systems over the API: an agency's own, by its own administrator, on a decision."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.hub.partner.conftest import Api
from tests.support.doors import ISSUER

Apis = Callable[[str], Api]
#: Socialtjänsten's administrator, and one who has another task there.
BIRGITTA, LENA = "birgitta-holm", "lena-sandstrom"


async def asked(api: Api, **changes: Any) -> dict[str, Any]:
    said = {
        "issuer": ISSUER,
        "clientId": "treserva",
        "name": "Verksamhetssystemet",
        "assignmentId": await api.assignment(LENA),
        "scopes": ["disclose", "case:act"],
        "loa": 3,
        "diarienummer": "SN 2026-19",
    }
    return said | changes


@pytest.mark.parametrize("member", [LENA, "eva-lindgren", "margareta-lindh", "henrik-sundin"])
async def test_only_the_administrator_lets_a_system_in(api: Apis, member: str) -> None:
    other = api(member)
    answer = await other.call("POST", "/partner-clients", json=await asked(other))
    assert answer.status_code == 403, answer.text
    assert (await api(BIRGITTA).call("GET", "/partner-clients")).json() == {"items": []}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"diarienummer": "  "}, "diarienummer"),
        ({"scopes": ["allt"]}, "scopes"),
        ({"lastDay": "2020-01-01"}, "validUntil"),
    ],
)
async def test_what_cannot_be_is_told_at_its_field(api: Apis, changes: dict[str, Any], field: str) -> None:
    birgitta = api(BIRGITTA)
    answer = await birgitta.call("POST", "/partner-clients", json=await asked(birgitta, **changes))
    assert answer.status_code == 422, answer.text
    assert [each["field"] for each in answer.json()["errors"]] == [field]


async def test_nobody_lets_a_system_act_in_their_own_place_or_in_another_agency(api: Apis) -> None:
    birgitta = api(BIRGITTA)
    own = await asked(birgitta, assignmentId=await birgitta.assignment(BIRGITTA))
    assert (await birgitta.call("POST", "/partner-clients", json=own)).status_code == 403
    foreign = await asked(birgitta, assignmentId=await birgitta.assignment("samir-haddad"))
    assert (await birgitta.call("POST", "/partner-clients", json=foreign)).status_code == 404


@pytest.mark.requirement("HUB-07")
async def test_let_in_shut_out_and_let_in_again(api: Apis) -> None:
    birgitta, olle = api(BIRGITTA), api("olle-strand")
    key = {"Idempotency-Key": "once"}
    said = await asked(birgitta)
    made = await birgitta.call("POST", "/partner-clients", json=said, headers=key)
    assert made.status_code == 201, made.text
    assert (await birgitta.call("POST", "/partner-clients", json=said, headers=key)).json() == made.json()
    assert (await birgitta.call("POST", "/partner-clients", json=said)).status_code == 409
    address = f"/partner-clients/{made.json()['id']}/suspension"
    assert (await olle.call("PUT", address)).status_code == 404, "psychiatry's administrator finds nothing"
    assert await suspended(birgitta) == [False]
    assert (await birgitta.call("PUT", address)).status_code == 204
    assert await suspended(birgitta) == [True]
    assert (await birgitta.call("DELETE", address)).status_code == 204
    assert await suspended(birgitta) == [False]
    assert (await olle.call("GET", "/partner-clients")).json() == {"items": []}


async def suspended(api: Api) -> list[bool]:
    return [each["suspended"] for each in (await api.call("GET", "/partner-clients")).json()["items"]]
