"""What the sandbox agencies share: certificates, the register, tokens, the switch and its page."""

import json
import stat
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from joserfc import jwt
from joserfc.jwk import ECKey
from starlette.applications import Starlette
from starlette.routing import Route

from adapters.sandbox.__main__ import main
from adapters.sandbox.common import FOLDERS, Certificates, TokenDesk, load_register, people
from adapters.sandbox.common.faults import TOLD, Fault, Switch
from adapters.sandbox.common.roads import places, prepare
from adapters.sandbox.common.serving import Place, agency_at
from hub.kit.clock import epoch_s
from tests.adapters.running import RunningAgency, running_agency
from tests.fakes.clock import FixedClock


@pytest.fixture(scope="module")
def agency(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningAgency]:
    with running_agency("soc", tmp_path_factory.mktemp("common")) as running:
        yield running


def read(file: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(file.read_bytes())


def test_certificates_are_made_once_and_keys_are_their_owners(tmp_path: Path, clock: FixedClock) -> None:
    made = Certificates.made(tmp_path, clock, ("soc", "af"))
    files = {each.name: each.read_bytes() for each in tmp_path.glob("*.*")}
    assert {stat.S_IMODE(each.stat().st_mode) for each in tmp_path.glob("*.key")} == {0o600}
    Certificates.made(tmp_path, clock, ("soc", "af"))
    assert {each.name: each.read_bytes() for each in tmp_path.glob("*.*")} == files
    for agency in ("soc", "af"):
        read(made.server(agency).certificate).verify_directly_issued_by(read(made.authority))
        expired = read(made.server(agency, expired=True).certificate)
        assert expired.not_valid_after_utc < clock.now()
        assert expired.public_key() == read(made.server(agency).certificate).public_key()


def test_certificates_that_soon_run_out_are_made_anew(tmp_path: Path, clock: FixedClock) -> None:
    before = Certificates.made(tmp_path, clock, ("soc",))
    old = read(before.authority)
    clock.move(days=355)
    after = Certificates.made(tmp_path, clock, ("soc",))
    assert read(after.authority) != old
    for pair in (after.hub, after.server("soc")):
        read(pair.certificate).verify_directly_issued_by(read(after.authority))
        assert read(pair.certificate).not_valid_after_utc > clock.now() + timedelta(days=300)


@pytest.mark.parametrize("text", ['"198604129810": {}\n"198604129810": {}', "gunnar: {}", '"1986": {}'])
def test_a_register_with_a_number_twice_or_none_is_refused(text: str, tmp_path: Path) -> None:
    file = tmp_path / "register.yaml"
    file.write_text(text)
    with pytest.raises(ValueError, match=r"twice|twelve"):
        load_register(file)


def test_there_are_thirty_made_up_people() -> None:
    assert len(people()) == 30
    assert people()["198604129810"].name == "Gunnar Lindqvist"


@pytest.mark.requirement("HUB-05")
@pytest.mark.parametrize("slug", sorted(FOLDERS))
def test_each_agency_holds_the_example_as_its_own_register_would(slug: str, tmp_path: Path) -> None:
    made = agency_at(Place(slug, tmp_path, 1, 2), Switch())
    assert made.slug == slug
    known = [number for number in people() if made.knows(number)]
    assert 8 <= len(known) < 30
    assert all(made.knows(number) for number in made.numbers)


def test_one_is_known_under_another_number_in_another_register(tmp_path: Path) -> None:
    others = {slug: set(agency_at(Place(slug, tmp_path, 1, 2), Switch()).numbers) - set(people()) for slug in FOLDERS}
    samordning = {number for found in others.values() for number in found if int(number[6:8]) > 60}
    assert samordning


class Desk:
    """A token desk behind a wire."""

    def __init__(self, folder: Path, clock: FixedClock) -> None:
        self.key = ECKey.generate_key("P-384", private=True)
        keys = folder / "keys.json"
        keys.write_text(json.dumps({"keys": [self.key.as_dict(private=False)]}))
        self.clock = clock
        self.desk = TokenDesk("https://a.example/token", "hub", keys, clock, frozenset({"las"}))
        app = Starlette(routes=[Route("/token", self.desk.give, methods=["POST"])])
        self.wire = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="https://a.example")

    def assertion(self, key: ECKey | None = None, **claims: object) -> str:
        now = epoch_s(self.clock.now())
        told = {"iss": "hub", "sub": "hub", "aud": self.desk.url, "exp": now + 60, "jti": "a-first-id", **claims}
        return jwt.encode({"alg": "ES384"}, told, key or self.key, algorithms=["ES384"])

    async def ask(self, **form: str) -> httpx.Response:
        told = {
            "grant_type": "client_credentials",
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "scope": "las",
            **form,
        }
        return await self.wire.post("/token", data=told)


@pytest.mark.parametrize(
    "claims",
    [{"iss": "annan"}, {"sub": "annan"}, {"aud": "https://b.example"}, {"exp": 1}, {"exp": 9999999999}, {"jti": None}],
)
async def test_an_assertion_that_is_not_ours_fresh_and_for_it_gets_no_token(
    claims: dict[str, object], tmp_path: Path, clock: FixedClock
) -> None:
    desk = Desk(tmp_path, clock)
    answer = await desk.ask(client_assertion=desk.assertion(None, **claims))
    assert (answer.status_code, answer.json()) == (401, {"error": "invalid_client"})


async def test_a_stranger_and_a_word_that_is_no_assertion_get_no_token(tmp_path: Path, clock: FixedClock) -> None:
    desk = Desk(tmp_path, clock)
    stranger = desk.assertion(ECKey.generate_key("P-384", private=True))
    for assertion in (stranger, "", "a.b.c"):
        assert (await desk.ask(client_assertion=assertion)).status_code == 401


@pytest.mark.parametrize(
    ("form", "error"),
    [
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"client_assertion_type": "x"}, "invalid_request"),
        ({"scope": "allt"}, "invalid_scope"),
    ],
)
async def test_another_kind_of_wish_is_refused(
    form: dict[str, str], error: str, tmp_path: Path, clock: FixedClock
) -> None:
    desk = Desk(tmp_path, clock)
    assert (await desk.ask(client_assertion=desk.assertion(), **form)).json() == {"error": error}


async def test_an_assertion_is_good_for_one_token(tmp_path: Path, clock: FixedClock) -> None:
    desk = Desk(tmp_path, clock)
    first = await desk.ask(client_assertion=desk.assertion())
    assert first.json()["token_type"] == "Bearer"
    assert (await desk.ask(client_assertion=desk.assertion())).status_code == 401


@pytest.mark.parametrize(
    "wanted",
    [
        b"",
        b"{",
        b"[]",
        b'{"fault": "konstig"}',
        b'{"fault": "slow", "seconds": -1}',
        b'{"fault": "slow", "seconds": "x"}',
    ],
)
def test_the_switch_takes_no_other_word(wanted: bytes, agency: RunningAgency) -> None:
    status, body = agency.side("PUT", "/sandbox/faults", wanted)
    assert (status, json.loads(body)["status"]) == (422, 422)


def test_the_switch_is_told_and_seen(agency: RunningAgency) -> None:
    agency.set("slow", 1.5)
    told = json.loads(agency.side("GET", "/sandbox/faults")[1])
    assert (told["fault"], told["seconds"], set(told["faults"])) == ("slow", 1.5, set(Fault))
    agency.set("ok")
    assert json.loads(agency.side("GET", "/sandbox/faults")[1])["fault"] == "ok"


def test_the_page_shows_who_is_there_and_sets_the_switch(agency: RunningAgency) -> None:
    url = agency.place.control_url
    page = httpx.get(url).text
    assert all(told in page for told in TOLD.values())
    assert all(person.name in page for person in people().values())
    assert "Finns inte i registret" in page
    assert httpx.post(url, data={"fault": "down", "seconds": ""}).status_code == 303
    assert json.loads(agency.side("GET", "/sandbox/faults")[1])["fault"] == "down"
    assert httpx.post(url, data={"fault": "ok"}).status_code == 303
    assert httpx.post(url, data={"fault": "konstig"}).status_code == 422
    assert httpx.post(url, data={"fault": "down"}, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert httpx.get(url, headers={"Host": "annan.example"}).status_code == 400


def test_every_reply_says_that_it_is_made_up(agency: RunningAgency) -> None:
    trusting = httpx.Client(verify=agency.tls.context())
    for fault in ("ok", "down", "wrong", "over_quota", "deep", "wrong_type", "wrong_length"):
        agency.set(fault)
        answer = trusting.get(f"{agency.base_url}/v1/api-info")
        assert answer.headers["x-pahittade-uppgifter"] == "ja", fault
    agency.set("ok")
    assert trusting.get(f"{agency.base_url}/finns-inte").headers["x-pahittade-uppgifter"] == "ja"
    trusting.close()
    assert json.loads(agency.side("GET", "/sandbox")[1])["madeUp"] is True


def test_an_agency_that_nobody_knows_is_not_started(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["adapters.sandbox", "konstig"])
    assert main() == 2
    assert "Välj en av: soc, af, fk, psyk" in capsys.readouterr().err


def test_the_roads_are_written_with_a_key_that_is_kept(tmp_path: Path) -> None:
    chosen = places(tmp_path)
    assert [each.slug for each in chosen] == list(FOLDERS)
    told = json.loads(prepare(chosen).read_text())["roads"]
    assert [each["agency"] for each in told] == list(FOLDERS)
    key = (tmp_path / "hub.jwk.json").read_bytes()
    assert stat.S_IMODE((tmp_path / "hub.jwk.json").stat().st_mode) == 0o600
    assert b'"d"' not in (tmp_path / "hub.jwks.json").read_bytes()
    prepare(chosen)
    assert (tmp_path / "hub.jwk.json").read_bytes() == key
