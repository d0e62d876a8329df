"""On the staff's pages an individual who doesn't exist, one who is another agency's and one who is protected and not
opened to whoever looks are the same: status, words, size, headers, and what is recorded (HUB-04).

Over every route with a person or a case in its address, out of the route table: a new one is covered the day it is
written. `tests/hub/partner/test_existence.py` does the same for the API.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import httpx
import pytest
from fastapi.routing import APIRoute

from hub import portal, web, workspace
from hub.example import example
from hub.kit.ids import new_id
from tests.support.doors import ISSUER, Browser, Doors, case_of, hidden_fields, person_of

pytestmark = pytest.mark.requirement("HUB-04")
#: What differs between any two answers and tells nothing of anybody: ids and keys of forms, and the decision's number.
_RANDOM = re.compile(r"[a-z2-7]{26}")
#: Somebody at socialtjänsten who is on no team and cleared for nobody.
OUTSIDER = "johan-berg"
#: One of Skatteverket's kind of test numbers that nobody in the example has.
ABSENT = "198501199809"
#: Filled in so that every form has something to go on with; what a form doesn't ask for it doesn't read.
FILLED: dict[str, Any] = {
    "given_name": "Någon",
    "family_name": "Annan",
    "purpose": "sip",
    "subject": "Något",
    "reason": "Behövs i handläggningen.",
    "level": "sekretessmarkering",
    "protection": "sekretessmarkering",
    "assignment": "a" * 26,
    "agency": "psyk",
    "owner": "psyk",
    "owners": ["psyk"],
    "receivers": ["soc"],
    "categories": ["plan"],
    "exclusions_asked": "ja",
    "ends": "3",
    "how": "oral",
    "witness": "Emma Nilsson",
    "svar": "ja",
    "last_day": "2027-02-28",
}


def routes(found: Iterable[Any]) -> Iterator[APIRoute]:
    for route in found:
        inner = getattr(route, "original_router", None)
        if inner is not None:
            yield from routes(inner.routes)
        elif isinstance(route, APIRoute):
            yield route


def pages(parameter: str) -> list[tuple[str, str]]:
    """Return (method, path) of every page with `parameter` in its address."""
    found = [*routes(workspace.router.routes), *routes(portal.router.routes), *routes(web.router.routes)]
    return sorted(
        (method, route.path)
        for route in found
        if f"{{{parameter}" in route.path
        for method in (route.methods or set()) - {"HEAD"}
    )


PERSONS, CASES = pages("person"), pages("case")


def test_there_is_something_to_compare() -> None:
    assert len(PERSONS) > 5
    assert len(CASES) > 10
    assert {method for method, _ in PERSONS} == {method for method, _ in CASES} == {"GET", "POST"}


def filled(path: str, parameter: str, value: str) -> str:
    path = re.sub(rf"\{{{parameter}(:\w+)?\}}", value, path)
    known = {"owner": "psyk", "agency": "psyk", "about": "mental_health", "kind": "planen", "category": "plan"}
    return re.sub(r"\{(\w+)(:\w+)?\}", lambda found: known.get(found[1], "a" * 26), path)


class Watched:
    """One who looks, and what the hub answers and records each time."""

    def __init__(self, hub: Doors, browser: Browser, csrf: str) -> None:
        self.hub, self.browser, self.csrf = hub, browser, csrf

    @classmethod
    async def outsider(cls, hub: Doors) -> "Watched":
        browser = await hub.staff(OUTSIDER)
        form = hidden_fields((await browser.open("/arbete/person")).text, "/arbete/person")
        return cls(hub, browser, form["csrf"][0])

    async def answers(self, method: str, address: str, value: str) -> list[dict[str, Any]]:
        """Return all that somebody could compare: of a page, or of its form sent empty and sent filled in."""
        if method == "GET":
            return [await self._compared(await self._recorded(), self.browser.client.get(address), value)]
        return [await self.sent(address, value, said) for said in ({}, FILLED)]

    async def sent(self, address: str, value: str, said: dict[str, Any]) -> dict[str, Any]:
        data = {"csrf": self.csrf, "once": new_id(), "version": "1", **said}
        return await self._compared(await self._recorded(), self.browser.client.post(address, data=data), value)

    async def _compared(self, before: list[Any], answering: Any, value: str) -> dict[str, Any]:
        got: httpx.Response = await answering
        text = got.text.replace(value, "<value>")
        return {
            "status": got.status_code,
            "body": _RANDOM.sub("<id>", text),
            "size": len(got.content),
            "headers": {n: _RANDOM.sub("<id>", v.replace(value, "<value>")) for n, v in got.headers.items()},
            "ledger": (await self._recorded())[len(before) :],
        }

    async def _recorded(self) -> list[Any]:
        """Return what the ledger says outside what is sealed."""
        rows = await self.hub.made.database.fetch(
            "SELECT kind, outcome, agency, owner, holder FROM ledger_entry ORDER BY rowid"
        )
        return [tuple(row) for row in rows]


@pytest.fixture
async def outsider(hub: Doors) -> Watched:
    return await Watched.outsider(hub)


async def test_a_hidden_individuals_pages_are_an_absent_ones(hub: Doors, outsider: Watched) -> None:
    hidden = await hidden_from_outsider(hub)
    for method, path in PERSONS:
        nobody = new_id()
        absent = await outsider.answers(method, filled(path, "person", nobody), nobody)
        assert {each["status"] for each in absent} <= {403, 404, 422}, f"{method} {path}: {absent}"
        for why, person in hidden.items():
            there = await outsider.answers(method, filled(path, "person", person), person)
            assert there == absent, f"{method} {path}: {why}"


async def test_somebody_elses_cases_pages_are_an_absent_ones(hub: Doors, outsider: Watched) -> None:
    case = (await case_of(await hub.staff("lena-sandstrom"), "elias-boman")).rsplit("/", 1)[1]
    for method, path in CASES:
        nobody = new_id()
        absent = await outsider.answers(method, filled(path, "case", nobody), nobody)
        assert {each["status"] for each in absent} <= {403, 404, 422}, f"{method} {path}: {absent}"
        assert await outsider.answers(method, filled(path, "case", case), case) == absent, f"{method} {path}"


async def test_what_the_comparing_would_find(hub: Doors, outsider: Watched) -> None:
    """One whom the outsider may see answers otherwise: were all pages alike, the tests above would say nothing."""
    person = (await person_of(outsider.browser, "inger-sjoberg")).rsplit("/", 1)[1]
    nobody = new_id()
    seen = await outsider.answers("GET", f"/arbete/personer/{person}", person)
    assert seen != await outsider.answers("GET", f"/arbete/personer/{nobody}", nobody)


async def test_looking_a_hidden_one_up_answers_as_for_an_absent_one(outsider: Watched) -> None:
    absent = await outsider.sent("/arbete/person", ABSENT, {"number": ABSENT})
    assert absent["status"] == 404
    for key in hidden_keys():
        number = example().individuals[key].number
        assert await outsider.sent("/arbete/person", number, {"number": number}) == absent, key


async def test_registering_a_hidden_one_answers_as_for_an_absent_one(outsider: Watched) -> None:
    absent = await outsider.sent("/arbete/person/ny", ABSENT, {"number": ABSENT, **FILLED})
    assert absent["status"] == 303
    for key in hidden_keys():
        number = example().individuals[key].number
        assert await outsider.sent("/arbete/person/ny", number, {"number": number, **FILLED}) == absent, key


def hidden_keys() -> list[str]:
    """Return those of the example that the outsider may not know of: protected, or others'."""
    cleared = {each.individual for each in example().clearances if each.to == OUTSIDER}
    return [
        key
        for key, each in example().individuals.items()
        if (each.protection != "none" or "soc" not in each.known_to) and key not in cleared
    ]


async def hidden_from_outsider(hub: Doors) -> dict[str, str]:
    """Return, by why, references that the outsider may not know anything of."""
    post = (await hub.made.directory.posts_of(ISSUER, example().subject_of(OUTSIDER)))[0]
    rows = await hub.made.database.fetch(
        """SELECT r.id, i.protection FROM reference r JOIN individual i ON i.id = r.individual
           WHERE r.agency = 'soc' AND r.lane = 'ordinary' AND i.protection <> 'none'
             AND NOT EXISTS (SELECT 1 FROM clearance c WHERE c.individual = i.id AND c.assignment = $1)""",
        post.assignment,
    )
    foreign = await hub.made.database.fetch(
        "SELECT id FROM reference WHERE agency = 'af' AND lane = 'ordinary' LIMIT 1"
    )
    found = {str(protection): str(identity) for identity, protection in rows}
    assert len(found) >= 2
    return {"another agency's": str(foreign[0][0]), **found}
