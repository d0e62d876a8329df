"""To one who may not know, an individual, one of another agency's and one who doesn't exist are the same.

Over every route of the API that takes an individual or a case, out of the description: a new route is covered the day
it is written. Compared: status, body, size, headers, and what is recorded (HUB-04).
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from starlette.datastructures import State

from hub import cases, consent, partner, people
from hub.example import example
from hub.kit.ids import new_id
from tests.hub.partner.conftest import Api, number_of
from tests.support.doors import Doors

Apis = Callable[[str], Api]
#: What differs between any two answers and tells nothing of anybody.
_RANDOM = re.compile(r"[a-z2-7]{26}")
_IDS = {"consentId", "withdrawalId", "clearanceId", "representativeId", "reviewId", "inquiryId", "assignmentId", "id"}
#: Headers that are about the moment, or drawn anew for each answer (tests/leaks/test_traces.py).
_MOMENT = {"date", "traceparent"}
#: One of Skatteverket's kind of test numbers that nobody in the example has.
ABSENT = "198501199809"
#: Somebody at socialtjänsten who is on no team and cleared for nobody.
OUTSIDER = "johan-berg"


def described() -> dict[str, Any]:
    api = partner.create_api(
        "https://hub.test", State(), (people.router, consent.router, cases.router, *partner.ROUTERS)
    )
    return api.openapi()


def operations(parameter: str) -> Iterator[tuple[str, str, Any]]:
    """Yield (method, path, example body) of every operation with `parameter` in its path."""
    description = described()
    for path, methods in description["paths"].items():
        if f"{{{parameter}}}" in path:
            for method, operation in methods.items():
                yield method.upper(), path, example_of(description, operation)


def example_of(description: dict[str, Any], operation: dict[str, Any]) -> Any:
    content = operation.get("requestBody", {}).get("content", {}).get("application/json")
    if content is None:
        return None
    schema = content["schema"]
    name = schema.get("$ref", "").rpartition("/")[2]
    return content.get("example") or description["components"]["schemas"].get(name, schema).get("example", {})


def filled(path: str, parameter: str, value: str) -> str:
    path = path.replace(f"{{{parameter}}}", value)
    return re.sub(r"\{(\w+)\}", lambda found: "a" * 26 if found[1] in _IDS else found[0], path)


async def answer(api: Api, method: str, path: str, body: Any) -> dict[str, Any]:
    """Return all of an answer that somebody could compare."""
    headers = {"If-Match": '"1"', "Idempotency-Key": new_id()}
    said = {"json": body} if body is not None else {}
    got = await api.call(method, path, headers=headers, **said)
    return {
        "status": got.status_code,
        "body": _RANDOM.sub("<id>", got.text),
        "size": len(got.content),
        "headers": {name: value for name, value in got.headers.items() if name not in _MOMENT},
    }


async def recorded(hub: Doors) -> list[tuple[Any, ...]]:
    """Return what the ledger says outside what is sealed."""
    rows = await hub.made.database.fetch("SELECT kind, outcome, agency, owner, holder FROM ledger_entry ORDER BY rowid")
    return [tuple(row) for row in rows]


PERSONS = list(operations("personId"))
CASES = list(operations("caseId"))


def test_there_is_something_to_compare() -> None:
    assert len(PERSONS) > 20
    assert len(CASES) > 12


@pytest.mark.requirement("HUB-04")
async def test_a_hidden_individual_answers_as_an_absent_one(hub: Doors, api: Apis) -> None:
    johan, told = api(OUTSIDER), list[str]()
    hidden = await hidden_from_outsider(hub, api)
    for method, path, body in PERSONS:
        absent = await compared(hub, johan, method, filled(path, "personId", new_id()), body)
        for why, person in hidden.items():
            if await compared(hub, johan, method, filled(path, "personId", person), body) != absent:
                told.append(f"{method} {path}: {why}")
    assert told == []


@pytest.mark.requirement("HUB-04")
async def test_somebody_elses_case_answers_as_an_absent_one(hub: Doors, api: Apis) -> None:
    lena, johan, told = api("lena-sandstrom"), api(OUTSIDER), list[str]()
    said = {"personId": await lena.person("kajsa-nilsson"), "purpose": "sip", "subject": "Praktik"}
    opened = (await lena.call("POST", "/cases", json=said)).json()
    for method, path, body in CASES:
        absent = await compared(hub, johan, method, filled(path, "caseId", new_id()), body)
        if await compared(hub, johan, method, filled(path, "caseId", opened["id"]), body) != absent:
            told.append(f"{method} {path}")
    assert told == []


@pytest.mark.requirement("HUB-04")
async def test_looking_up_one_who_is_hidden_answers_as_for_one_who_is_absent(hub: Doors, api: Apis) -> None:
    johan = api(OUTSIDER)
    path, absent_number = "/persons/look-ups", ABSENT
    absent = await compared(hub, johan, "POST", path, {"number": absent_number})
    assert absent["status"] == 404
    for key in hidden_keys():
        assert await compared(hub, johan, "POST", path, {"number": number_of(key)}) == absent, key


@pytest.mark.requirement("HUB-04")
async def test_sending_a_registration_twice_and_reading_it_tells_nothing(hub: Doors, api: Apis) -> None:
    johan = api(OUTSIDER)

    async def walked(number: str) -> list[Any]:
        body, key = {"number": number, "givenName": "Någon", "familyName": "Annan"}, {"Idempotency-Key": new_id()}
        made = [await johan.call("POST", "/persons", json=body, headers=key) for _ in range(2)]
        assert made[0].json() == made[1].json()
        read = await johan.call("GET", f"/persons/{made[0].json()['personId']}")
        version, _, digest = read.headers["ETag"].partition("-")  # the digest is of the body, which names the reference
        return [read.status_code, len(read.content), version, len(digest), sorted(read.json())]

    absent = await walked(ABSENT)
    for key in hidden_keys():
        assert await walked(number_of(key)) == absent, key


@pytest.mark.requirement("HUB-04")
async def test_registering_one_who_is_hidden_answers_as_for_one_who_is_absent(hub: Doors, api: Apis) -> None:
    johan = api(OUTSIDER)
    body = {"givenName": "Någon", "familyName": "Annan"}
    absent = await registered(hub, johan, {"number": ABSENT, **body})
    assert absent["status"] == 201
    for key in hidden_keys():
        assert await registered(hub, johan, {"number": number_of(key), **body}) == absent, key


async def registered(hub: Doors, api: Api, body: dict[str, Any]) -> dict[str, Any]:
    """Register somebody."""
    return await compared(hub, api, "POST", "/persons", body)


async def compared(hub: Doors, api: Api, method: str, path: str, body: Any) -> dict[str, Any]:
    """Return the answer, and what it left in the ledger outside what is sealed."""
    before = len(await recorded(hub))
    got = await answer(api, method, path, body)
    return {**got, "ledger": (await recorded(hub))[before:]}


def hidden_keys() -> list[str]:
    """Return those of the example that socialtjänsten's uncleared staff may not know of: protected, or others'."""
    cleared = {each.individual for each in example().clearances if each.to == OUTSIDER}
    found = [
        key
        for key, each in example().individuals.items()
        if (each.protection != "none" or "soc" not in each.known_to) and key not in cleared
    ]
    assert len(found) > 3
    return found


async def hidden_from_outsider(hub: Doors, api: Apis) -> dict[str, str]:
    """Return, by why, references that the outsider may not know anything of."""
    rows = await hub.made.database.fetch(
        """SELECT r.id, i.protection FROM reference r JOIN individual i ON i.id = r.individual
           WHERE r.agency = 'soc' AND r.lane = 'ordinary' AND i.protection <> 'none'
             AND NOT EXISTS (SELECT 1 FROM clearance c WHERE c.individual = i.id AND c.assignment = $1)""",
        await api(OUTSIDER).assignment(OUTSIDER),
    )
    foreign = await hub.made.database.fetch(
        "SELECT id FROM reference WHERE agency = 'af' AND lane = 'ordinary' LIMIT 1"
    )
    found = {str(protection): str(identity) for identity, protection in rows}
    assert len(found) >= 2
    return {"another agency's": str(foreign[0][0]), **found}
