"""The stand-in speaks as a FHIR server does, also to those who do it wrong."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey

from adapters.sandbox.common import Agency, Given, Switch, people
from adapters.sandbox.psykiatri import app
from adapters.sandbox.psykiatri.store import Store
from hub.kit.clock import epoch_s
from hub.kit.ids import new_id
from tests.fakes.clock import FixedClock
from tests.fixtures.numbers import ADULT

pytestmark = pytest.mark.requirement("HUB-05")
BASE, GUNNAR, COORDINATION = "https://psyk.example", "198604129810", "198808779923"
KEY = ECKey.generate_key("P-384", {"use": "sig", "alg": "ES384", "kid": "prov"}, private=True)
PERSONNUMMER = "http://electronichealth.se/identifier/personnummer"


@dataclass
class StandIn:
    agency: Agency
    http: httpx.AsyncClient
    clock: FixedClock

    async def token(self, **other: Any) -> httpx.Response:
        now = epoch_s(self.clock.now())
        told = {"iss": "hub", "sub": "hub", "aud": f"{BASE}/token", "exp": now + 60, "jti": new_id(), **other}
        form = {
            "grant_type": "client_credentials",
            "scope": "system/Patient.rs",
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion": jwt.encode({"alg": "ES384", "kid": "prov"}, told, KEY, algorithms=["ES384"]),
        }
        return await self.http.post("/token", data=form)

    async def search(self, kind: str, **form: str) -> httpx.Response:
        return await self.http.post(f"/fhir/{kind}/_search", data=form)

    async def in_(self) -> "StandIn":
        self.http.headers["Authorization"] = f"Bearer {(await self.token()).json()['access_token']}"
        return self


@pytest.fixture
async def stand_in(tmp_path: Path, clock: FixedClock) -> AsyncIterator[StandIn]:
    keys = tmp_path / "hub.jwks.json"
    keys.write_text(json.dumps({"keys": [KEY.as_dict(private=False)]}))
    agency = app.create(Given(BASE, Switch(), clock, "hub", keys))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(agency.app), base_url=BASE) as http:
        yield StandIn(agency, http, clock)


@pytest.mark.parametrize("other", [{"aud": BASE}, {"iss": "x"}, {"exp": 1}, {"exp": 1 << 40}, {"jti": None}])
async def test_an_assertion_is_really_checked(stand_in: StandIn, other: dict[str, object]) -> None:
    answer = await stand_in.token(**other)
    assert (answer.status_code, answer.json()) == (401, {"error": "invalid_client"})


async def test_an_assertion_counts_once(stand_in: StandIn) -> None:
    assert (await stand_in.token(jti="once")).status_code == 200
    assert (await stand_in.token(jti="once")).status_code == 401


async def test_without_a_token_nothing_is_told(stand_in: StandIn) -> None:
    for answer in (
        await stand_in.search("Patient", identifier=f"{PERSONNUMMER}|{GUNNAR}"),
        await stand_in.http.get("/fhir/Patient/p001"),
        await stand_in.http.get("/fhir?_getpages=x"),
    ):
        assert answer.status_code == 401
        assert answer.json()["resourceType"] == "OperationOutcome"


async def test_what_the_server_cant_do_it_says(stand_in: StandIn) -> None:
    await stand_in.in_()
    assert (await stand_in.search("Patient", name="Gunnar")).status_code == 400
    assert (await stand_in.search("Condition", _include="Condition:nothing")).status_code == 400
    assert (await stand_in.search("Condition", _count="-1")).status_code == 400
    assert (await stand_in.search("MedicationRequest", patient="Patient/p001")).status_code == 404
    assert (await stand_in.http.get("/fhir/Patient/p999")).status_code == 404
    assert (await stand_in.http.get("/fhir/Patient/p001")).json()["id"] == "p001"


async def test_no_hits_are_a_bundle_without_entry(stand_in: StandIn) -> None:
    found = (await (await stand_in.in_()).search("Patient", identifier=f"{PERSONNUMMER}|{ADULT}")).json()
    assert found["type"] == "searchset"
    assert "entry" not in found


async def test_pages_are_opaque_and_run_out(stand_in: StandIn) -> None:
    await stand_in.in_()
    form = {"patient": "Patient/p001", "_count": "1", "_include": "Encounter:service-provider"}
    first = (await stand_in.search("Encounter", **form)).json()
    assert [each["search"]["mode"] for each in first["entry"]] == ["match", "include"]
    link = next(each["url"] for each in first["link"] if each["relation"] == "next")
    assert "p001" not in link
    second = (await stand_in.http.get(link)).json()
    assert second["entry"][0]["fullUrl"] != first["entry"][0]["fullUrl"]
    assert [each["search"]["mode"] for each in second["entry"]] == ["match", "include"]
    last = next(each["url"] for each in second["link"] if each["relation"] == "next")
    stand_in.clock.move(minutes=4)
    await stand_in.in_()
    stand_in.clock.move(minutes=2)
    gone = await stand_in.http.get(last)
    assert (gone.status_code, gone.json()["resourceType"]) == (410, "OperationOutcome")


def test_the_register_is_the_examples_own_people(stand_in: StandIn) -> None:
    known = people()
    assert set(stand_in.agency.numbers) - {COORDINATION} <= set(known)
    assert all(stand_in.agency.knows(number) for number in stand_in.agency.numbers)
    assert stand_in.agency.knows(ADULT) == ()
    protected = {number for number, person in known.items() if person.protection in ("", "unknown")}
    for number in stand_in.agency.numbers:
        shown = any(each.startswith("Skydd:") for each in stand_in.agency.knows(number))
        assert shown == (number not in protected and number != COORDINATION)


def test_what_follows_with_what_follows_comes_too(clock: FixedClock) -> None:
    staff = {"resourceType": "Practitioner", "id": "s"}
    team = {"resourceType": "CareTeam", "id": "t", "participant": [{"member": {"reference": "Practitioner/s"}}]}
    plan = {"resourceType": "CarePlan", "id": "c", "careTeam": [{"reference": "CareTeam/t"}]}
    store = Store([staff, team, plan], clock)
    entries, _ = store.search(
        "CarePlan", [("_include", "CarePlan:care-team"), ("_include:iterate", "CareTeam:participant")]
    )
    assert [(each["resource"]["id"], each["search"]["mode"]) for each in entries] == [
        ("c", "match"),
        ("t", "include"),
        ("s", "include"),
    ]
