"""The road against a FHIR server that others wrote (HAPI), and what the stand-in says against the official validator."""

import asyncio
import json
import os
import subprocess
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest
from joserfc.jwk import ECKey
from starlette.requests import Request

from adapters.psykiatri import Adapter, Settings, translate
from adapters.psykiatri.doorkeeper import Doorkeeper
from adapters.psykiatri.search import Search, for_kind
from adapters.sandbox.common import Given, Switch, load_register
from adapters.sandbox.psykiatri import app, resources
from hub.broker.port import AgencyAnswer, NumberChanged, Span, WrongPerson
from hub.kit.clock import SystemClock, today
from hub.kit.http import Http, Reply
from hub.kit.oauth import ClientCredentials, ClientKey
from hub.kit.secret import Secret
from tests.adapters.psykiatri.bodies import LABELS, Resource, identifier, question
from tests.fixtures.numbers import many
from tests.support.machine import where
from tests.support.ports import free_port

pytestmark = [pytest.mark.fhir, pytest.mark.xdist_group("fhir"), pytest.mark.requirement("HUB-05")]
KEY = ECKey.generate_key("P-384", {"use": "sig", "alg": "ES384", "kid": "prov"}, private=True)
CLOCK = SystemClock()
PATIENCE_S = 120
GUNNAR, NORA, HAMID, COORDINATION = "198604129810", "199002089804", "198808179926", "198808779923"
REGISTER = load_register(Path(app.__file__).with_name("register.yaml"))
#: Numbers that nobody in the register has.
SPARE = many(8)


def java(part: str, *arguments: str, memory: str = "512m") -> list[str]:
    folder = Path(where("fhir"), part)
    path = f"{folder}/target/classes:{(folder / 'target' / 'cp.txt').read_text()}"
    return ["java", f"-Xmx{memory}", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", path, *arguments]


@dataclass(frozen=True)
class Server:
    base_url: str

    @property
    def settings(self) -> Settings:
        """Pages of three, so that nearly every search has several."""
        return Settings(self.base_url, "hub", Secret(json.dumps(KEY.as_dict(private=True)).encode()), page=3)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder, port = tmp_path_factory.mktemp("fhir"), free_port()
    (folder / "jwks.json").write_text(json.dumps({"keys": [KEY.as_dict(private=False)]}))
    environment = {**os.environ, "PORT": str(port), "JWKS": str(folder / "jwks.json")}
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(java("server", "Region"), env=environment, stdout=log, stderr=log, cwd=folder)
    try:
        _wait(f"http://127.0.0.1:{port}/fhir/metadata", process, folder / "log")
        yield Server(f"http://127.0.0.1:{port}/fhir")
    finally:
        process.terminate()
        process.wait(30)


def _wait(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    end = time.monotonic() + PATIENCE_S
    while process.poll() is None and time.monotonic() < end:
        try:
            if httpx.get(url, timeout=20).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.2)
    process.kill()
    raise AssertionError(f"the server did not start:\n{log.read_text()[-3000:]}")


@pytest.fixture(scope="module")
def loaded(server: Server) -> Server:
    """The stand-in's own register, and some that only make trouble, through the server's own REST."""
    told = [*resources.shared()]
    for place, (number, known) in enumerate(REGISTER.items()):
        if number in (GUNNAR, NORA, HAMID):
            told += resources.of(number, known, place, today(CLOCK))
    entries = [_put(each) for each in [*told, *_troublesome()]]
    made = _rest(server, "POST", "", {"resourceType": "Bundle", "type": "transaction", "entry": entries})
    assert made.status == 200, made.body[:2000]
    assert _rest(server, "DELETE", "/Observation/gone").status == 200
    return server


def _put(each: Resource) -> Resource:
    return {"resource": each, "request": {"method": "PUT", "url": f"{each['resourceType']}/{each['id']}"}}


def _patient(name: str, number: str, **more: object) -> Resource:
    return {"resourceType": "Patient", "id": name, "identifier": [identifier(number)], **more}


def _observation(name: str, about: Resource) -> Resource:
    code = {"coding": [{"system": "http://hl7.org/fhir/sid/icf", "code": "d850"}]}
    return {"resourceType": "Observation", "id": name, "status": "final", "code": code, "subject": about}


def _troublesome() -> Iterator[Resource]:
    two = [identifier(SPARE[1]), identifier(SPARE[2])]
    yield _patient("two", SPARE[1]) | {"identifier": two}
    replaced = [{"type": "replaced-by", "other": {"reference": "Patient/new"}}]
    yield _patient("old", SPARE[3], active=False, link=replaced)
    yield _patient("new", SPARE[4])
    yield _patient("mixed", SPARE[5])
    yield _observation("mixed-1", {"reference": "Patient/mixed", "identifier": identifier(SPARE[6])})
    yield _patient("odd", SPARE[7], meta={"security": [{"system": LABELS, "code": "nytt"}]})
    yield _observation("gone", {"reference": "Patient/odd"})
    yield _observation("kept", {"reference": "Patient/odd"})


def _rest(server: Server, method: str, path: str, body: Resource | None = None) -> Reply:
    return asyncio.run(_asked(server, method, path, json.dumps(body).encode()))


async def _asked(server: Server, method: str, path: str, content: bytes) -> Reply:
    http = Http("test")
    endpoint = server.base_url.replace("/fhir", "/token")
    key = ClientKey.imported(server.settings.key)
    client = ClientCredentials(http, endpoint, "hub", key, server.settings.scopes, CLOCK)
    headers = {"Content-Type": "application/fhir+json", "Accept": "application/fhir+json"}
    reply = await client.send(method, f"{server.base_url}{path}", headers=headers, content=content)
    await http.close()
    return reply


@pytest.fixture
async def adapter(loaded: Server) -> AsyncIterator[Adapter]:
    opened = Adapter(loaded.settings, CLOCK)
    yield opened
    await opened.close()


def _told(answer: AgencyAnswer) -> list[tuple[str, str, str]]:
    return sorted((each.category, each.text, each.unit) for each in answer.facts)


async def test_the_server_is_probed_by_its_own_word(adapter: Adapter) -> None:
    probe = await adapter.probe()
    assert (probe.open, probe.version) == (True, "FHIR 4.0.1")


@pytest.mark.parametrize("number", [GUNNAR, NORA, HAMID])
async def test_what_the_other_server_says_is_what_was_put_in_it(adapter: Adapter, number: str) -> None:
    """Page by page and with what follows, the same facts as from the resources themselves."""
    place = list(REGISTER).index(number)
    mine = [*resources.shared()], [*resources.of(number, REGISTER[number], place, today(CLOCK))]
    entries = [{"resource": each, "search": {"mode": mode}} for each, mode in _modes(*mine)]
    body = json.dumps({"resourceType": "Bundle", "type": "searchset", "entry": entries}).encode()
    direct = translate.answer([body], whom=Secret(number), at=CLOCK.now())
    answer = await adapter.ask(question(number))
    assert _told(answer) == _told(direct)
    assert answer.gaps == ()
    assert answer.protection == ("skyddad_folkbokforing" if number == NORA else "none")


def _modes(shared: Sequence[Resource], own: Sequence[Resource]) -> Iterator[tuple[Resource, str]]:
    yield from ((each, "include") for each in shared)
    yield from ((each, "match") for each in own)


async def test_one_that_nobody_has_heard_of_is_not_known(adapter: Adapter) -> None:
    answer = await adapter.ask(question(SPARE[0]))
    assert (answer.known, answer.facts, answer.gaps) == (False, (), ())


async def test_only_what_was_asked_for_comes(adapter: Adapter) -> None:
    answer = await adapter.ask(question(GUNNAR, ("work_ability",)))
    assert {each.category for each in answer.facts} == {"work_ability"}


async def test_only_the_days_that_were_asked_about(adapter: Adapter) -> None:
    period = Span(start=date.fromordinal(today(CLOCK).toordinal() - 30))
    whole = await adapter.ask(question(GUNNAR, ("health",)))
    answer = await adapter.ask(question(GUNNAR, ("health",), period))
    assert (len(whole.facts), len(answer.facts)) == (4, 2)


async def test_pages_that_have_run_out_are_searched_anew(loaded: Server) -> None:
    door = _Forgetful(loaded)
    form = for_kind("Encounter", ["p001"], Span(), 1)
    pages = await Search(door, loaded.base_url).all_pages("Encounter", form, Secret(GUNNAR))
    await door.close()
    assert door.gone == 1
    assert len([entry for each in pages for entry in each.entries if entry.sought]) == 4


class _Forgetful(Doorkeeper):
    """The first page that is fetched is one that the server has thrown away."""

    def __init__(self, server: Server) -> None:
        self._own = Http("test")
        super().__init__(self._own, server.settings, CLOCK)
        self.gone = 0

    async def send(self, method: str, url: str, form: Sequence[tuple[str, str]] = ()) -> Reply:
        if "_getpages=" in url and not self.gone:
            self.gone = 1
            url = url.replace("_getpages=", "_getpages=00")
        return await super().send(method, url, form)

    async def close(self) -> None:
        await self._own.close()


async def test_two_peoples_numbers_in_one_record_refuse_it_all(adapter: Adapter) -> None:
    with pytest.raises(WrongPerson):
        await adapter.ask(question(SPARE[1]))


async def test_another_persons_number_deep_in_a_resource_refuses_it_all(adapter: Adapter) -> None:
    with pytest.raises(WrongPerson):
        await adapter.ask(question(SPARE[5]))


async def test_a_replaced_record_is_a_changed_number(adapter: Adapter) -> None:
    with pytest.raises(NumberChanged) as raised:
        await adapter.ask(question(SPARE[3]))
    assert raised.value.number.reveal() == SPARE[4]


async def test_a_samordningsnummer_that_has_become_a_personnummer_is_a_changed_number(adapter: Adapter) -> None:
    with pytest.raises(NumberChanged) as raised:
        await adapter.ask(question(COORDINATION))
    assert raised.value.number.reveal() == HAMID


async def test_what_was_removed_is_gone_and_a_label_that_nobody_knows_protects(adapter: Adapter) -> None:
    answer = await adapter.ask(question(SPARE[7]))
    assert [each.source.split("/")[1] for each in answer.facts] == ["kept"]
    assert answer.protection == "unknown"


def test_what_the_stand_in_says_is_fhir_by_the_official_validator(tmp_path: Path) -> None:
    """Every kind of resource, and what is around them. The Swedish profiles are in no registry, so it is base R4."""
    for place, each in enumerate(_spoken()):
        (tmp_path / f"{place}.json").write_text(each)
    environment = {**os.environ, "QUIET": "1"}
    command = java("validator", "Validate", str(tmp_path), memory="1g")
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout
    assert "OK" in ran.stdout


def _spoken() -> Iterator[str]:
    """Yield one of each kind and shape that the stand-in says."""
    known = {name: REGISTER[name] for name in (GUNNAR, NORA, HAMID)}
    speaker = app._Server(Given("https://127.0.0.1", Switch(), CLOCK, "hub", Path("none")), known)
    shapes = {(each["resourceType"], *sorted(each)): each for each in speaker._store.resources}
    for each in shapes.values():
        yield json.dumps(_without_profile(each))
    asked = [("patient", "Patient/p000"), ("_count", "1"), ("_include", "Encounter:service-provider")]
    yield bytes(speaker._bundle(*speaker._store.search("Encounter", asked)).body).decode()
    yield app._Phrases().down().body.decode()
    yield bytes(asyncio.run(speaker._metadata(Request({"type": "http"}))).body).decode()


def _without_profile(each: Resource) -> Resource:
    meta: dict[str, Any] = {name: value for name, value in each.get("meta", {}).items() if name != "profile"}
    return {**each, "meta": meta} if meta else each
