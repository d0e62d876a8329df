"""The sandbox agency holds to the contract as the real one would: what it answers, and what it refuses."""

import json
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest

from adapters.forsakringskassan.codes import GROUPS
from adapters.forsakringskassan.requests import question
from adapters.sandbox.common import Agency, Fault, Given, Switch, people
from adapters.sandbox.forsakringskassan.app import ACTOR, create
from hub.broker.port import WrongPerson
from tests.adapters.forsakringskassan.contract import ANSWER, broken
from tests.adapters.forsakringskassan.made import AT, GUNNAR, request, said
from tests.fakes.clock import FixedClock

pytestmark = [pytest.mark.requirement("HUB-05"), pytest.mark.contracts]
BASE = f"/lefi-extern-formansinformation/v9/aktorer/{ACTOR}"
SIXTEN = "197706159949"


@pytest.fixture(scope="module")
def agency() -> Agency:
    return create(Given("https://fk.test", Switch(), FixedClock(AT), "hub", Path("none")))


@pytest.fixture
async def client(agency: Agency) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(agency.app), base_url="https://fk.test") as opened:
        yield opened


async def asked(client: httpx.AsyncClient, whom: str) -> bytes:
    made = question(
        request("benefits", "economy", "employment", "debts", whom=whom), frozenset(GROUPS), date(2026, 11, 24)
    )
    answer = await client.post(f"{BASE}/formansinformation/fraga", content=made.body)
    assert answer.status_code == 200
    assert broken(ANSWER, answer.json()) == []
    return answer.content


async def test_every_answer_holds_to_the_contract_and_is_read_without_a_gap(
    client: httpx.AsyncClient, agency: Agency
) -> None:
    for number in agency.numbers:
        found = said(await asked(client, number), number)
        assert found.known
        assert [each.what for each in found.gaps] == ["Skatteuppgift"]
        assert all(each.what.known for each in found.facts)


def test_what_every_agency_may_have_to_say_is_said_in_lefis_own_form(agency: Agency) -> None:
    said = [agency.phrases.down(), agency.phrases.wrong(), agency.phrases.over_quota(7)]
    assert [each.status for each in said] == [503, 500, 429]
    assert said[2].headers == {"Retry-After": "7"}
    for each in said:
        assert broken("LefiFelsvar", json.loads(each.body)) == []


async def test_a_dishonest_one_answers_about_another() -> None:
    switch = Switch(Fault.DISHONEST)
    agency = create(Given("https://fk.test", switch, FixedClock(AT), "hub", Path("none")))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(agency.app), base_url="https://fk.test") as client:
        body = await asked(client, GUNNAR)
    with pytest.raises(WrongPerson):
        said(body, GUNNAR)


def test_all_but_the_one_whom_nobody_has_registered_are_insured(agency: Agency) -> None:
    assert set(people()) - set(agency.numbers) == {SIXTEN}
    assert set(agency.numbers) <= set(people())
    assert agency.knows(SIXTEN) == ()
    assert "sjukpenningarende: 1" in agency.knows(GUNNAR)


async def test_the_protected_have_no_address_and_are_marked(client: httpx.AsyncClient) -> None:
    protected = [number for number, each in people().items() if each.protection not in ("", "unknown")]
    assert len(protected) == 3
    for number in protected:
        found = said(await asked(client, number), number)
        assert found.protection == "unknown"
        assert not any(each.location for each in found.facts)


@pytest.mark.parametrize(
    "change",
    [
        {"period": {"from": "2024-11-24", "tom": "2026-11-24"}},
        {"period": {"from": "2026-11-24", "tom": "2026-11-23"}},
        {"period": {"from": "2026-11-24"}},
        {"period": {"from": "i går", "tom": "2026-11-23"}},
        {"personnummer": "19860412-9810"},
        {"personnummer": 198604129810},
        {"ovrigInformation": []},
        {"ovrigInformation": ["FK:XYZ"]},
        {"ansprak": ["FK:SJP"]},
    ],
)
async def test_what_the_contract_forbids_is_refused(client: httpx.AsyncClient, change: dict[str, Any]) -> None:
    good = {
        "personnummer": GUNNAR,
        "period": {"from": "2024-11-25", "tom": "2026-11-24"},
        "ovrigInformation": ["FK:GEPI"],
    }
    assert (await client.post(f"{BASE}/formansinformation/fraga", json=good)).status_code == 200
    refused = await client.post(f"{BASE}/formansinformation/fraga", json={**good, **change})
    assert refused.status_code == 400
    assert broken("LefiFelsvar", refused.json()) == []
    assert GUNNAR not in refused.text


@pytest.mark.parametrize("path", ["formansinformation/fraga", "tillgangligaInformationstyper"])
async def test_another_actor_is_refused(client: httpx.AsyncClient, path: str) -> None:
    method = "POST" if path.endswith("fraga") else "GET"
    assert (await client.request(method, f"{BASE.replace(ACTOR, 'another')}/{path}")).status_code == 403


async def test_the_groups_hold_to_the_contract(client: httpx.AsyncClient) -> None:
    told = (await client.get(f"{BASE}/tillgangligaInformationstyper")).json()
    assert broken("LefiExternTillgangligaInformationstyper", told) == []


async def test_only_decisions_of_the_period_are_told(client: httpx.AsyncClient) -> None:
    told = {
        "personnummer": GUNNAR,
        "period": {"from": "2026-10-01", "tom": "2026-10-31"},
        "formansinformation": ["FK:SJP"],
    }
    body = (await client.post(f"{BASE}/formansinformation/fraga", json=told)).json()
    [case] = body["formansinformation"]["sjukpenningarende"]
    assert [each["fattades"] for each in case["beslut"]] == ["2026-08-28"]
