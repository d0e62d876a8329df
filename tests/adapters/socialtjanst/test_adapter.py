"""The adapter against its sandbox over TLS, and against answers that only a test gives."""

import json
import re
import ssl
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import httpx
import jsonschema_rs
import pytest

from adapters.conformance import request
from adapters.sandbox.common import people
from adapters.sandbox.common.register import load_register
from adapters.sandbox.socialtjanst.register import COLLECTIONS, Register
from adapters.socialtjanst import CAPABILITIES, Adapter, Settings
from adapters.socialtjanst.adapter import _MOST_PAGES, _gravest
from hub.broker.port import AgencyFault, AgencyRequest, Category, FaultKind, WrongPerson
from hub.kit.clock import SystemClock
from hub.kit.secret import Secret
from tests.adapters.running import RunningAgency, running_agency
from tests.adapters.socialtjanst.made import DESCRIPTION, WHOM, item, page, schema, search

pytestmark = pytest.mark.requirement("HUB-05")
REGISTER = Path("adapters/sandbox/socialtjanst/register.yaml")


@pytest.fixture(scope="module")
def agency(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningAgency]:
    with running_agency("soc", tmp_path_factory.mktemp("soc")) as running:
        yield running


def settings(agency: RunningAgency) -> Settings:
    return Settings(
        f"{agency.base_url}/v1",
        f"{agency.base_url}/token",
        agency.client_id,
        agency.key,
        agency.tls,
        made_up_allowed=True,
    )


def about(number: str = WHOM, *categories: Category) -> AgencyRequest:
    asked = request(CAPABILITIES, Secret(number))
    return replace(
        asked,
        items=() if categories else asked.items,
        categories=categories or asked.categories,
        ground=replace(asked.ground, law="SoL 15 kap. 8 §"),
    )


Answer = Callable[[httpx.Request], httpx.Response]


class Wire:
    """What the adapter sends, and what it is answered. A token is given to whoever asks."""

    def __init__(self, agency: RunningAgency, answer: Answer) -> None:
        self.sent: list[httpx.Request] = []
        self._answer = answer
        self.adapter = Adapter(settings(agency), SystemClock())
        self.adapter._http._client = httpx.AsyncClient(transport=httpx.MockTransport(self._reply))

    def _reply(self, sent: httpx.Request) -> httpx.Response:
        if sent.url.path == "/token":
            return httpx.Response(200, json={"access_token": "en-token", "token_type": "Bearer", "expires_in": 300})
        self.sent.append(sent)
        return self._answer(sent)


def json_reply(body: bytes, **headers: str) -> httpx.Response:
    return httpx.Response(200, content=body, headers={"Content-Type": "application/json", **headers})


def collected(sent: httpx.Request) -> str:
    return sent.url.path.rpartition("/")[2]


def plain(sent: httpx.Request) -> httpx.Response:
    return json_reply(search() if sent.method == "POST" else page(collected(sent)), ETag='"1"')


async def test_another_key_is_not_let_in(agency: RunningAgency, tmp_path: Path) -> None:
    with running_agency("soc", tmp_path / "other") as other:
        adapter = Adapter(replace(settings(agency), key=other.key), SystemClock())
        with pytest.raises(AgencyFault) as fault:
            await adapter.ask(about())
        await adapter.close()
    assert fault.value.kind is FaultKind.REFUSED


async def test_an_authority_that_is_not_ours_is_not_trusted(agency: RunningAgency) -> None:
    adapter = Adapter(replace(settings(agency), tls=replace(agency.tls, authority=None)), SystemClock())
    with pytest.raises(AgencyFault) as fault:
        await adapter.ask(about())
    await adapter.close()
    assert fault.value.kind is FaultKind.CERTIFICATE


async def test_a_key_file_that_is_none_stops_the_start(agency: RunningAgency) -> None:
    with pytest.raises(ValueError, match="JWK"):
        Adapter(replace(settings(agency), key=Secret(b"{}")), SystemClock())
    with pytest.raises((ssl.SSLError, OSError)):
        Adapter(replace(settings(agency), tls=replace(agency.tls, authority=Path("/finns/inte"))), SystemClock())


async def test_every_question_follows_the_description(agency: RunningAgency) -> None:
    wire = Wire(agency, plain)
    await wire.adapter.ask(about())
    assert len(wire.sent) == 1 + len(COLLECTIONS)
    for sent in wire.sent:
        _follows(sent)
        assert unquote(sent.headers["x-rattslig-grund"]) == "SoL 15 kap. 8 §"
        assert (sent.headers["x-andamal"], sent.headers["x-handelse-id"]) == ("sip", "konformitetsprov")
        assert WHOM not in str(sent.url)
        assert not any(WHOM in value for value in sent.headers.values())
    assert len({sent.headers["traceparent"] for sent in wire.sent}) == len(wire.sent)


def _follows(sent: httpx.Request) -> None:
    """Raise when the request isn't one that the OpenAPI description knows."""
    path = sent.url.path.removeprefix("/v1")
    template = next(each for each in DESCRIPTION["paths"] if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", each), path))
    operation = DESCRIPTION["paths"][template][sent.method.lower()]
    if body := operation.get("requestBody"):
        name = body["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
        jsonschema_rs.validate(schema(name), json.loads(sent.content))
    told = [
        DESCRIPTION["components"]["parameters"][each["$ref"].rpartition("/")[2]] if "$ref" in each else each
        for each in operation["parameters"]
    ]
    for each in told:
        if each["in"] == "header" and each.get("required"):
            assert sent.headers[each["name"]]
    queries = {each["name"]: each["schema"] for each in told if each["in"] == "query"}
    for name, (value,) in parse_qs(urlsplit(str(sent.url)).query).items():
        kind = queries[name]
        jsonschema_rs.validate(kind, int(value) if kind["type"] == "integer" else value)


@pytest.mark.parametrize(
    ("categories", "collections", "areas"),
    [
        (("phone",), {"kontaktuppgifter"}, set[str]()),
        (("economy",), {"ansokningar", "beslut", "uppdrag"}, {"EKB"}),
        (("employment",), {"ansokningar", "beslut", "uppdrag"}, {"EKB,SYS"}),
        (("party",), set[str](), set[str]()),
    ],
)
async def test_no_more_is_asked_for_than_is_permitted(
    agency: RunningAgency, categories: tuple[Category, ...], collections: set[str], areas: set[str]
) -> None:
    wire = Wire(agency, plain)
    await wire.adapter.ask(about(WHOM, *categories))
    assert {collected(sent) for sent in wire.sent[1:]} == collections
    assert {sent.url.params["omraden"] for sent in wire.sent[1:] if "omraden" in sent.url.params} == areas


class Pages:
    """A collection of two pages; it changes as many times as it is told, after a first page."""

    def __init__(self, changes: int) -> None:
        self.changes, self.version = changes, 1

    def __call__(self, sent: httpx.Request) -> httpx.Response:
        if sent.method == "POST":
            return json_reply(search())
        number = int(sent.url.params["page"])
        if number == 2 and self.changes:
            self.changes -= 1
            self.version += 1
        if sent.headers.get("if-match", self._etag) != self._etag:
            return httpx.Response(412, json={"title": "Ändrad"})
        told = item("kontaktuppgifter", typ="TELEFON", varde=f"{self.version}-{number}")
        numbered = {"nummer": number, "storlek": 1, "antal": 2, "sidor": 2}
        return json_reply(page("kontaktuppgifter", told, sida=numbered), ETag=self._etag)

    @property
    def _etag(self) -> str:
        return f'"{self.version}"'


@pytest.mark.parametrize(("changes", "said"), [(0, ["1-1", "1-2"]), (1, ["2-1", "2-2"])])
async def test_all_pages_are_from_the_same_moment(agency: RunningAgency, changes: int, said: list[str]) -> None:
    wire = Wire(agency, Pages(changes))
    answer = await wire.adapter.ask(about(WHOM, "phone"))
    assert [fact.values[0].value for fact in answer.facts] == said


async def test_a_collection_that_never_stands_still_is_given_up(agency: RunningAgency) -> None:
    with pytest.raises(AgencyFault, match="changed twice") as fault:
        await Wire(agency, Pages(2)).adapter.ask(about(WHOM, "phone"))
    assert fault.value.kind is FaultKind.DOWN


async def test_pages_without_end_are_not_read(agency: RunningAgency) -> None:
    numbered = {"nummer": 1, "storlek": 1, "antal": 10**6, "sidor": 10**6}

    def endless(sent: httpx.Request) -> httpx.Response:
        return json_reply(search() if sent.method == "POST" else page("kontaktuppgifter", sida=numbered))

    wire = Wire(agency, endless)
    with pytest.raises(AgencyFault) as fault:
        await wire.adapter.ask(about(WHOM, "phone"))
    assert fault.value.kind is FaultKind.TOO_LARGE
    assert len(wire.sent) == 1 + _MOST_PAGES


def test_that_it_is_another_person_comes_before_that_something_is_down() -> None:
    down, other = AgencyFault(FaultKind.DOWN), WrongPerson()
    assert _gravest(BaseExceptionGroup("together", [down, other])) is other
    assert _gravest(BaseExceptionGroup("together", [down])) is down


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (httpx.Response(401), FaultKind.REFUSED),
        (httpx.Response(403), FaultKind.REFUSED),
        (httpx.Response(404), FaultKind.MALFORMED),
        (httpx.Response(302, headers={"Location": "https://annan.example"}), FaultKind.MALFORMED),
        (httpx.Response(429, headers={"Retry-After": "7"}), FaultKind.OVER_QUOTA),
        (httpx.Response(503), FaultKind.DOWN),
        (httpx.Response(200, content=search(), headers={"Content-Type": "text/html"}), FaultKind.MALFORMED),
        (httpx.Response(200, content=search(), headers={"Content-Type": "application/json; charset=latin-1"}), FaultKind.MALFORMED),
    ],
)  # fmt: skip
async def test_a_status_has_its_name(agency: RunningAgency, answer: httpx.Response, kind: FaultKind) -> None:
    with pytest.raises(AgencyFault) as fault:
        await Wire(agency, lambda _: answer).adapter.ask(about())
    assert fault.value.kind is kind
    assert fault.value.retry_after == (7 if answer.status_code == 429 else None)


@pytest.mark.parametrize("body", [b"nej", b"[]", b"{}"])
async def test_a_probe_that_is_not_answered_in_the_format_is_not_open(agency: RunningAgency, body: bytes) -> None:
    probed = await Wire(agency, lambda _: json_reply(body)).adapter.probe()
    assert not probed.open


async def test_the_sandbox_answers_by_the_description_for_everybody(agency: RunningAgency) -> None:
    register = Register(load_register(REGISTER))
    adapter = Adapter(settings(agency), SystemClock())
    for number in people():
        found = register.person(number)
        answer = await adapter.ask(about(number))
        assert answer.known is (found is not None)
        assert answer.gaps == ()
        if found:
            jsonschema_rs.validate(schema("Traffar"), {"traffar": [found | {"skydd": "INGEN"}]})
            for name in COLLECTIONS:
                told = register.page(number, name, register.items(number, name, set()), 1, 50)
                jsonschema_rs.validate(schema("Sida"), told | {"skydd": "INGEN"})
    await adapter.close()


async def test_pages_of_one_make_the_same_answer_as_one_page(agency: RunningAgency) -> None:
    whole, small = (Adapter(replace(settings(agency), page=size), SystemClock()) for size in (50, 1))
    assert await small.ask(about()) == await whole.ask(about())
    probed = await whole.probe()
    assert (probed.open, probed.version) == (True, "1.0.0")
    assert probed.certificate_until
    assert probed.certificate_until > date(2026, 11, 24)
    await whole.close()
    await small.close()


async def test_a_reader_who_has_it_already_is_told_so(agency: RunningAgency) -> None:
    adapter = Adapter(settings(agency), SystemClock())
    told = {"X-Andamal": "sip", "X-Rattslig-Grund": "x", "X-Handelse-Id": "e", "X-Fragande-Organisation": "2"}
    ask = adapter._client.send
    sought = await ask(
        "POST", f"{agency.base_url}/v1/personsokningar", headers=told, content=b'{"personnummer": "198604129810"}'
    )
    ref = json.loads(sought.body)["traffar"][0]["personId"]
    url = f"{agency.base_url}/v1/personer/{ref}/beslut"
    first = await ask("GET", url, headers=told)
    assert (await ask("GET", url, headers={**told, "If-None-Match": first.headers["etag"]})).status == 304
    assert (await ask("GET", url, headers={**told, "If-Match": '"en annan"'})).status == 412
    assert (await ask("GET", url)).status == 400
    assert (await ask("GET", f"{url}?page=x", headers=told)).body == first.body
    assert (await ask("GET", f"{agency.base_url}/v1/personer/p-0/beslut", headers=told)).status == 404
    assert (await ask("POST", f"{agency.base_url}/v1/personsokningar", headers=told, content=b"{")).status == 400
    await adapter.close()
