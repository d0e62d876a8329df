"""Canary numbers and names, planted in every field of the API and the pages, in headers, addresses and broken bodies.

None may turn up in a log line, a trace, a measurement, a head of an answer (addresses, cookies, ETags), the text of an
error, or in the databases outside what is sealed.
"""

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from hub import portal
from hub.access import Caller, CallerKind
from hub.agencies import AgencyId
from hub.example import example
from hub.kit.ids import new_id
from hub.people import Protection
from tests.hub.partner.conftest import Api, callers
from tests.hub.partner.test_existence import described, example_of
from tests.leaks.canaries import MARK, NUMBER, Ears, in_files, listening, one_by_one, planted, spelled, sung, word
from tests.leaks.test_web_existence import FILLED, pages, routes
from tests.support.doors import Browser, Doors, case_of, consent_of, hidden_fields, person_of, says

LENA, KAJSA = "lena-sandstrom", "kajsa-nilsson"
DESCRIPTION = described()
OPERATIONS = [
    (method.upper(), path, example_of(DESCRIPTION, operation))
    for path, methods in DESCRIPTION["paths"].items()
    for method, operation in methods.items()
]
#: What a request can carry beside its body.
HEADERS = dict.fromkeys(
    ("User-Agent", "Referer", "Idempotency-Key", "If-Match", "traceparent", "X-Forwarded-For", "Accept", "baggage"),
    f"{NUMBER} {MARK}",
)
QUERY = f"?number={NUMBER}&namn={MARK.title()}&page={NUMBER}&limit={MARK.title()}"


@pytest.fixture
def ears(monkeypatch: pytest.MonkeyPatch) -> "Any":
    with listening(monkeypatch) as opened:
        yield opened


@pytest.fixture
async def api(hub: Doors) -> Api:
    hub.app.state.callers = await callers(hub)
    return Api(hub, LENA)


class Sender:
    """One who sends, and listens to each answer."""

    def __init__(self, client: httpx.AsyncClient, ears: Ears) -> None:
        self.client, self.ears, self.statuses = client, ears, set[int]()

    async def __call__(self, method: str, address: str, **more: Any) -> httpx.Response:
        answer = await self.client.request(method, address, **more)
        self.ears.answered(answer, f"{method} {address.partition('?')[0]}")
        self.statuses.add(answer.status_code)
        return answer


def test_the_ears_hear(ears: Ears) -> None:
    """What the tests below would catch, and what they rightly let pass."""
    ears.answered(httpx.Response(422, text=f"{NUMBER[2:8]}-{NUMBER[8:]} går inte"), "an error")
    ears.answered(httpx.Response(303, headers={"Location": f"/arbete/person?namn={MARK}%20Karlsson"}), "an address")
    again = f'<input name="number" value="{NUMBER}"><textarea>{MARK}</textarea><p>Rätta fältet.</p>'
    ears.answered(httpx.Response(422, html=again), "a form that is shown again")
    assert len(ears.all_sung()) == 2
    kept = f'<section aria-labelledby="varfor"><h3>Varför</h3><section>{MARK}</section>{MARK}</section>'
    ears.answered(httpx.Response(412, html=f"{kept}<p>Ändrat.</p>"), "what the case keeps")
    assert len(ears.all_sung()) == 2
    ears.answered(httpx.Response(404, html=f"{kept}<p>{word('sida')} finns inte</p>"), "a page")
    ears.lines.write(f"{{'event': '{MARK}'}}\n")
    assert len(ears.all_sung()) == 4


def test_one_whom_the_provider_calls_by_their_number_is_counted_without_it() -> None:
    """The key stays in the database with what was done once, and in the memory of the limits."""
    at = datetime(2026, 11, 24, tzinfo=UTC)
    caller = Caller(CallerKind.INDIVIDUAL, "individual:a", "https://idp.example", NUMBER, 3, at, individual_digest=b"x")
    assert not sung(caller.rate_key)
    assert caller.rate_key == "individual:78"


async def test_the_api_lets_nothing_out(api: Api, ears: Ears) -> None:
    person = await api.person(KAJSA)
    case = (await api.call("GET", "/cases")).json()["items"][0]["id"]
    send = Sender(api.client, ears)
    for method, path, body in OPERATIONS:
        address = path.replace("{personId}", person).replace("{caseId}", case)
        address = re.sub(r"\{\w+\}", "a" * 26, address)
        await send(method, address + QUERY, headers=HEADERS)
        await send(method, re.sub(r"\{\w+\}", NUMBER, path), headers={"If-Match": '"1"'})
        if isinstance(body, dict):
            await broken(send, method, address, body)
    assert send.statuses >= {404, 422}
    assert ears.measured, "nobody measured, so nothing was shown"
    assert {f"{method} /api/v1{path}" for method, path, _ in OPERATIONS} <= set(ears.spans), "not all was traced"
    assert "\n".join(sorted(set(ears.all_sung()))) == ""


async def broken(send: Sender, method: str, address: str, body: dict[str, Any]) -> None:
    """Send one body with canaries in all of it, in each of its fields, and in forms that can't be read."""
    usual = {"If-Match": '"1"', "Content-Type": "application/json"}
    for each in (planted(body), *one_by_one(body), {**body, MARK: NUMBER}):
        await send(method, address, json=each, headers={**usual, "Idempotency-Key": new_id()})
    whole = json.dumps(planted({**body, "number": NUMBER}), ensure_ascii=False)
    for raw in (
        whole[:-3].encode(),
        whole.encode("utf-16"),
        f'"{MARK} å'.encode("latin-1"),
        b"[" + whole.encode() + b"]",
    ):
        await send(method, address, content=raw, headers=usual)
    await send(method, address, content=whole.encode(), headers={"Content-Type": f"text/{MARK}"})
    await send(method, address, data={"number": NUMBER, "namn": MARK})


async def test_the_pages_let_nothing_out(hub: Doors, ears: Ears) -> None:
    lena = await hub.staff(LENA)
    person, case = await person_of(lena, KAJSA), await case_of(lena, "elias-boman")
    csrf = hidden_fields((await lena.open("/arbete/person")).text, "/arbete/person")["csrf"][0]
    send = Sender(lena.client, ears)
    texts = {
        **{name: word(name) for name in (*FILLED, "words", "note", "question", "title", "address")},
        "number": NUMBER,
    }
    own_pages = {*pages("person"), *pages("case"), ("GET", "/arbete/person"), ("POST", "/arbete/person/ny")}
    for method, path in sorted(own_pages):
        address = path.replace("{person}", person.rsplit("/", 1)[1]).replace("{case}", case.rsplit("/", 1)[1])
        address = re.sub(r"\{\w+(:\w+)?\}", "a" * 26, address)
        await send("GET", address + QUERY, headers={"User-Agent": word("User-Agent"), "Referer": word("Referer")})
        await send("GET", re.sub(r"\{\w+(:\w+)?\}", NUMBER, path))
        if method == "POST":
            own = {"csrf": csrf, "version": "1"}
            for said in (
                texts,
                {**FILLED, **{name: texts[name] for name in ("witness", "words", "reason", "subject")}},
            ):
                await send("POST", address, data={**said, **own, "once": new_id()})
            await send("POST", address, content=f"csrf={csrf}&number={NUMBER}&witness={MARK}%E5".encode())
            await send("POST", address, content=f"{MARK} {NUMBER}".encode(), headers={"Content-Type": MARK})
    await send("GET", f"/{MARK}/{NUMBER}{QUERY}")
    assert send.statuses >= {200, 404, 422}
    assert {f"{method} {path}" for method, path in own_pages} <= set(ears.spans), "not all was traced"
    assert "\n".join(sorted(set(ears.all_sung()))) == ""


async def test_the_individuals_pages_let_nothing_out(hub: Doors, ears: Ears) -> None:
    kajsa = await hub.individual(KAJSA)
    csrf = hidden_fields((await kajsa.open("/mina-sidor/ombud")).text, "/logga-ut")["csrf"][0]
    send, seen = Sender(kajsa.client, ears), set[str]()
    texts = {**{name: word(name) for name in (*FILLED, "words", "question", "visa", "till")}, "number": NUMBER}
    for route in routes(portal.router.routes):
        address = re.sub(r"\{\w+(:\w+)?\}", "a" * 26, route.path)
        await send("GET", address + QUERY, headers={"User-Agent": word("User-Agent"), "Referer": word("Referer")})
        await send("GET", re.sub(r"\{\w+(:\w+)?\}", NUMBER, route.path))
        await send(
            "GET", f"{address}?visa={MARK}&fraga={NUMBER}&till=/mina-sidor/{MARK}", headers={"If-None-Match": MARK}
        )
        if "POST" in (route.methods or set()):
            seen.add(route.path)
            for said in (texts, {**FILLED, **{name: texts[name] for name in ("words", "witness", "question")}}):
                await send("POST", address, data={**said, "csrf": csrf, "version": "1", "once": new_id()})
            await send("POST", address, content=f"csrf={csrf}&number={NUMBER}&words={MARK}%E5".encode())
            await send("POST", address, content=f"{MARK} {NUMBER}".encode(), headers={"Content-Type": MARK})
    kajsa.client.cookies.set("for", NUMBER, path="/mina-sidor")
    kajsa.client.cookies.set("sprak", MARK, path="/")
    for page in ("", "/samtycke", "/vem-ar-med", "/vem-har-tittat", "/ombud"):
        await send("GET", f"/mina-sidor{page}")
    assert len(seen) > 5, "the forms were not found"
    assert {f"POST {path}" for path in seen} <= set(ears.spans), "not all was traced"
    assert send.statuses >= {200, 404, 422}
    assert "\n".join(sorted(set(ears.all_sung()))) == ""


async def test_signing_in_lets_nothing_out(hub: Doors, ears: Ears) -> None:
    stranger = Sender((await hub.staff(LENA)).client, ears)
    for address in ("/logga-in/svar", "/logga-in/personal", "/logga-in/privat", "/mina-sidor", f"/logga-in/{MARK}"):
        await stranger(
            "GET", f"{address}{QUERY}&state={MARK}&code={NUMBER}&iss={MARK}&error={MARK}&till=/{MARK}/{NUMBER}"
        )
        await stranger(
            "POST", address, data={"logout_token": MARK, "csrf": NUMBER}, headers={"Cookie": f"sprak={MARK}"}
        )
    assert "\n".join(sorted(set(ears.all_sung()))) == ""


@pytest.mark.requirement("HUB-09")
async def test_the_databases_hold_nothing_in_the_clear(hub: Doors, tmp_path: Path) -> None:
    """Everything that people can write in is written in, for real; then the files, write-ahead logs too, are searched."""
    await everything_said(hub)
    people = example().individuals.values()
    numbers = [spelling for each in (NUMBER, *(person.number for person in people)) for spelling in spelled(each)]
    theirs = [text for person in people for text in (person.address, person.phone, person.family_name) if len(text) > 6]
    staff = " ".join(member.name for agency in example().agencies.values() for member in agency.staff.values())
    searched = [MARK, MARK.title(), *numbers, *(each for each in theirs if each not in staff)]
    assert len(searched) > 100
    assert in_files(tmp_path / "hub", ["socialtjanst"]) == ["socialtjanst"], "what is there in the clear is found"
    assert in_files(tmp_path / "hub", searched) == []


async def everything_said(hub: Doors) -> None:
    """Let people write a canary in every field that takes words, where it is kept."""
    lena, kajsa = await hub.staff(LENA), await hub.individual(KAJSA)
    await done(
        lena,
        await lena.open("/arbete/person/ny"),
        "/arbete/person/ny",
        {"number": NUMBER, "given_name": word("förnamn"), "family_name": word("efternamn")},
    )
    person = await person_of(lena, "elias-boman")
    opening = f"{person}/nytt-arende"
    await done(lena, await lena.open(opening), opening, {"purpose": "sip", "subject": word("ärende")})
    case = await case_of(lena, "elias-boman")
    form = f"{case}/samtycke/nytt"
    half = {"witness": word("utkast"), "words": word("utkast")}
    assert (await lena.send(await lena.open(form), form, half, to=f"{form}/utkast")).status_code < 400
    said: dict[str, Any] = {"witness": word("vittne"), "words": word("undantag"), "note": word("anteckning")}
    await consent_of(lena, case, **said)
    looked = await kajsa.open("/mina-sidor/vem-har-tittat")
    asked = re.findall(r'href="(/mina-sidor/vem-har-tittat\?fraga=[^"#]*)', looked.text)
    page = await kajsa.open(asked[0])
    await done(kajsa, page, "/mina-sidor/vem-har-tittat/", {"question": word("fråga")})
    await over_the_api(hub)


async def over_the_api(hub: Doors) -> None:
    """Write what only the API has fields for: contact, a representative, reasons of clearance and lowering, a request."""
    hub.app.state.callers = await callers(hub)
    lena = Api(hub, LENA)
    person = await lena.person("elias-boman")
    version = (await lena.call("GET", f"/persons/{person}")).headers["ETag"]
    contact = {name: word(name) for name in ("givenName", "familyName", "address")}
    ways = {"phone": "070-174 06 99", "email": f"{MARK}@exempel.se", "channel": "digital_mailbox"}
    kept = await lena.call("PUT", f"/persons/{person}/contact", json={**contact, **ways}, headers={"If-Match": version})
    assert kept.status_code == 200, kept.text
    soon = (hub.made.clock.now() + timedelta(days=60)).isoformat()
    period = {"validFrom": "2026-01-01T00:00:00Z", "validUntil": soon}
    acts = {"name": word("god man"), "kind": "god_man", "scope": ["personal_matters"], "document": word("beslut")}
    made = await lena.call("POST", f"/persons/{person}/representatives", json={**acts, **period, "number": NUMBER})
    assert made.status_code == 201, made.text
    await cleared(hub, lena, soon)
    await lowered(hub, lena)
    cases = [each["id"] for each in (await lena.call("GET", "/cases")).json()["items"]]
    asked = {"owner": "psyk", "categories": ["mental_health"], "reason": word("begäran"), "urgent": False}
    requested = [(await lena.call("POST", f"/cases/{each}/reviews", json=asked)).status_code for each in cases]
    assert 201 in requested, "in no case could the owner be told that somebody asks"
    edited = {"subject": word("ändrat")}
    version = (await lena.call("GET", f"/cases/{cases[0]}")).headers["ETag"]
    assert (
        await lena.call("PATCH", f"/cases/{cases[0]}", json=edited, headers={"If-Match": version})
    ).status_code == 200


async def cleared(hub: Doors, lena: Api, until: str) -> None:
    """Raise the protection of one whom nobody is cleared for, and let the manager clear Lena, with a reason."""
    person = await lena.person("gunnar-lindqvist")
    raised = await lena.call("POST", f"/persons/{person}/protection", json={"protection": "sekretessmarkering"})
    assert raised.status_code == 204, raised.text
    said = {"assignmentId": await lena.assignment(LENA), "reason": word("behörighet"), "validUntil": until}
    given = await Api(hub, "asa-noren").call("POST", f"/persons/{person}/clearances", json=said)
    assert given.status_code == 201, given.text


async def lowered(hub: Doors, lena: Api) -> None:
    """Let the manager lower what a machine has said, with a reason."""
    person, chief = await lena.person("sara-ek"), Api(hub, "asa-noren")
    [(individual,)] = await hub.made.database.fetch("SELECT individual FROM reference WHERE id = $1", person)
    await hub.made.protecting.raise_by_machine(AgencyId("soc"), individual, Protection.SEKRETESSMARKERING)
    said = {"protection": "none", "reason": word("sänkt skydd")}
    done = await chief.call("PUT", f"/persons/{person}/protection", json=said)
    assert done.status_code == 204, done.text


async def done(browser: Browser, page: httpx.Response, action: str, data: dict[str, Any]) -> None:
    answer = await browser.send(page, action, data)
    assert answer.status_code == 303, says(answer)
    assert not sung(answer.headers["location"])
