"""Paging, and servers that don't keep to the rules: in process, with a server that says what it is told to."""

import json
from collections.abc import Sequence
from urllib.parse import parse_qsl

import pytest

from adapters.psykiatri.doorkeeper import Doorkeeper
from adapters.psykiatri.refusals import StatusFault, fhir
from adapters.psykiatri.search import Search
from adapters.psykiatri.settings import Settings
from hub.broker.port import AgencyFault, FaultKind
from hub.kit.http import Reply, Tls
from hub.kit.secret import Secret
from tests.adapters.psykiatri.bodies import AT, Resource, bundle, condition, patient
from tests.fakes.clock import FixedClock
from tests.fixtures.numbers import SECOND

pytestmark = pytest.mark.requirement("HUB-05")
BASE = "https://region.example/fhir"
WHOM = Secret(SECOND)
FHIR = {"content-type": "application/fhir+json"}


class Door:
    """Answers each request with the next of what it was given; the last goes on."""

    def __init__(self, *replies: bytes | int) -> None:
        self.replies, self.asked = list(replies), list[tuple[str, str]]()

    async def send(self, method: str, url: str, form: Sequence[tuple[str, str]] = ()) -> Reply:
        self.asked.append((method, url))
        reply = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        if isinstance(reply, int):
            raise StatusFault(Reply(reply, {}, b'{"resourceType": "OperationOutcome"}'))
        return Reply(200, FHIR, reply)


def then(url: str, *resources: Resource) -> bytes:
    return bundle(*resources, link=[{"relation": "self", "url": BASE}, {"relation": "next", "url": url}])


async def searched(door: Door) -> list[str]:
    search = Search(door, BASE)  # pyright: ignore[reportArgumentType]  a door that only sends
    pages = await search.all_pages("Condition", [("patient", "Patient/p1")], WHOM)
    return [entry.id for page in pages for entry in page.entries]


async def refused(door: Door) -> AgencyFault:
    with pytest.raises(AgencyFault) as raised:
        await searched(door)
    return raised.value


async def test_pages_are_followed_as_the_server_says_until_there_is_none() -> None:
    door = Door(then(f"{BASE}?_p=a%2Bb&x=1", patient()), then("?_p=2", condition("I10")), bundle())
    assert await searched(door) == ["p1", "condition-1"]
    assert door.asked == [
        ("POST", f"{BASE}/Condition/_search"),
        ("GET", f"{BASE}?_p=a%2Bb&x=1"),
        ("GET", f"{BASE}/?_p=2"),
    ]


@pytest.mark.parametrize(
    "url",
    [
        "https://other.example/fhir?_p=1",
        "http://region.example/fhir?_p=1",
        "https://region.example:444/fhir?_p=1",
        "https://region.example@other.example/fhir",
        "https://somebody@region.example/fhir",
        "//other.example/fhir",
        "https://[region.example/fhir",
        f"{BASE}?identifier={SECOND}",
        "file:///etc/passwd",
    ],
)
async def test_a_token_is_never_sent_elsewhere_nor_a_number_in_an_address(url: str) -> None:
    door = Door(then(url))
    fault = await refused(door)
    assert fault.kind is FaultKind.MALFORMED
    assert len(door.asked) == 1
    assert "example" not in str(fault)


async def test_pages_that_go_round_end() -> None:
    door = Door(then(f"{BASE}?_p=1"))
    assert (await refused(door)).kind is FaultKind.TOO_LARGE
    assert len(door.asked) == 2


async def test_pages_without_end_end() -> None:
    door = Door(*(then(f"{BASE}?_p={page}") for page in range(100)))
    assert (await refused(door)).kind is FaultKind.TOO_LARGE
    assert len(door.asked) == 41


async def test_a_page_that_has_run_out_makes_the_search_anew() -> None:
    door = Door(then(f"{BASE}?_p=1", patient()), 410, then(f"{BASE}?_p=2", patient()), bundle(condition("I10")))
    assert await searched(door) == ["p1", "condition-1"]
    assert [method for method, _ in door.asked] == ["POST", "GET", "POST", "GET"]


async def test_pages_that_always_run_out_are_given_up() -> None:
    door = Door(410)
    assert (await refused(door)).kind is FaultKind.DOWN
    assert len(door.asked) == 3


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, FaultKind.REFUSED),
        (401, FaultKind.REFUSED),
        (403, FaultKind.REFUSED),
        (404, FaultKind.DOWN),
        (429, FaultKind.OVER_QUOTA),
        (500, FaultKind.DOWN),
        (302, FaultKind.DOWN),
    ],
)
async def test_a_refusal_is_read_by_its_status(status: int, kind: FaultKind) -> None:
    door = Door(then(f"{BASE}?_p=1"), status)
    assert (await refused(door)).kind is kind
    assert len(door.asked) == 2


@pytest.mark.parametrize(
    ("content_type", "read"),
    [
        ("application/fhir+json", True),
        ("application/fhir+json; charset=utf-8; fhirVersion=4.0", True),
        ('Application/FHIR+JSON; fhirVersion="4.0.1"', True),
        ("application/fhir+json; fhirVersion=5.0", False),
        ("application/fhir+xml", False),
        ("application/json", False),
        ("text/html", False),
        ("", False),
    ],
)
def test_only_what_says_that_it_is_fhir_r4_is_read(content_type: str, read: bool) -> None:
    reply = Reply(200, {"content-type": content_type}, b"{}")
    if read:
        assert fhir(reply) == b"{}"
    else:
        with pytest.raises(AgencyFault):
            fhir(reply)


class Wire:
    """What a Doorkeeper sends with: the discovery document, a token, then what was asked."""

    def __init__(self, discovery: object, token: object) -> None:
        self.told, self.sent = {"smart-configuration": discovery, "token": token}, list[tuple[str, dict[str, str]]]()

    async def send(self, method: str, url: str, **sent: object) -> Reply:
        headers, content = sent.get("headers"), sent.get("content")
        self.sent.append((url, dict(parse_qsl(content.decode())) if isinstance(content, bytes) else {}))
        assert isinstance(headers, dict)
        told = self.told.get(url.rpartition("/")[2], {"resourceType": "Bundle"})
        if isinstance(told, int):
            return Reply(told, {}, b"")
        return Reply(200, FHIR, told if isinstance(told, bytes) else json.dumps(told).encode())


GIVEN = {"access_token": "t", "token_type": "Bearer", "expires_in": 300}
TOKEN_AT = {"token_endpoint": "https://login.region.example/token"}


def door(wire: Wire, client_key: Secret[bytes]) -> Doorkeeper:
    settings = Settings(BASE, "hub", client_key, Tls())
    return Doorkeeper(wire, settings, FixedClock(AT))  # pyright: ignore[reportArgumentType]  a wire that only sends


async def test_a_question_goes_in_the_body(client_key: Secret[bytes]) -> None:
    wire = Wire(TOKEN_AT, GIVEN)
    await door(wire, client_key).send("POST", f"{BASE}/Patient/_search", [("identifier", f"x|{SECOND}"), ("a", "å+")])
    assert [url for url, _ in wire.sent] == [
        f"{BASE}/.well-known/smart-configuration",
        "https://login.region.example/token",
        f"{BASE}/Patient/_search",
    ]
    assert wire.sent[-1][1] == {"identifier": f"x|{SECOND}", "a": "å+"}


@pytest.mark.parametrize(
    "discovery",
    [
        {},
        [],
        {"token_endpoint": 1},
        {"token_endpoint": "not an address"},
        {"token_endpoint": "http://login.region.example/token"},
        b"<html>",
        404,
    ],
)
async def test_where_tokens_are_had_must_be_told_and_have_tls(discovery: object, client_key: Secret[bytes]) -> None:
    wire = Wire(discovery, GIVEN)
    with pytest.raises(AgencyFault):
        await door(wire, client_key).send("GET", f"{BASE}/metadata")
    assert len(wire.sent) == 1


async def test_a_refused_token_is_a_refusal_and_the_door_is_looked_for_anew(client_key: Secret[bytes]) -> None:
    wire = Wire(TOKEN_AT, 401)
    keeper = door(wire, client_key)
    for _ in range(2):
        with pytest.raises(AgencyFault) as raised:
            await keeper.send("GET", f"{BASE}/metadata")
        assert raised.value.kind is FaultKind.REFUSED
    assert [url.rpartition("/")[2] for url, _ in wire.sent] == ["smart-configuration", "token"] * 2
