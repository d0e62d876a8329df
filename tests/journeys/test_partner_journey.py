"""The whole way over the API: a partner system's bound token, PostgreSQL, the OPA server; from yes to no to the ledger."""

import re
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from hub.kit.clock import today
from tests.conftest import open_empty
from tests.hub.access.tokens.world import Idp, Partner
from tests.journeys.whole import CLOCK, Person, System, WholeHub, whole_hub
from tests.policies.rules import POLICIES, sources
from tests.support.doors import example
from tests.support.opa import opa_server

pytestmark = [pytest.mark.database, pytest.mark.opa]
SYSTEM = "treserva"
SCOPES = ["person:see", "case:open", "case:act", "consent:record", "disclose"]
ADMIN = "/arbete/administration/system"
#: Hamid is known to socialtjänsten and to psychiatry, and has said yes to nothing.
HAMID = example().individuals["hamid-karimi"].number


async def empty(folder: Path, name: str) -> str:
    """Return the address of an empty database on PostgreSQL."""
    opened = await open_empty("postgresql", folder, name)
    await opened.close()
    return opened.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)


async def two_workers(folder: Path, name: str) -> dict[str, str]:
    """Return the settings of a hub with two workers on empty databases on PostgreSQL."""
    return {
        "HUB_DATABASE_URL": await empty(folder, name),
        "HUB_KEYS_DATABASE_URL": await empty(folder, f"{name}_keys"),
        "HUB_WORKERS": "2",
    }


@pytest.fixture
def opa() -> Iterator[str]:
    with opa_server(*sources(POLICIES), POLICIES / "build" / "policy.json") as url:
        yield url


@pytest.fixture
async def hub(opa: str, tmp_path: Path) -> AsyncIterator[WholeHub]:
    settings = {**await two_workers(tmp_path, "journey"), "HUB_ENGINE": "opa", "HUB_OPA_URL": opa}
    with whole_hub(tmp_path, {SYSTEM: " ".join(SCOPES)}, **settings) as made:
        made.start()
        yield made
        await made.hang_up()


async def let_in(
    hub: WholeHub, client_id: str = SYSTEM, *, by: str = "staff:birgitta-holm", official: str = "Lena Sandström"
) -> System:
    """Let the administrator of an agency register its system, in an official's assignment: socialtjänsten's, in Lena's."""
    administrator = await Person.at(hub, by, ADMIN)
    said = {
        "name": "Verksamhetssystemet",
        "issuer": hub.issuer,
        "client_id": client_id,
        "assignment": await administrator.option(ADMIN, official),
        "scopes": SCOPES,
        "loa": "3",
        "diarienummer": "SN 2026-19",
    }
    done = await administrator.send(ADMIN, said)
    assert (done.status_code, done.url.path) == (200, ADMIN), done.text
    system = System(hub, client_id)
    await system.take_token(" ".join(SCOPES))
    return system


async def done(answer: httpx.Response, status: int = 200) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    return answer.json()


async def say_yes(system: System, person: str) -> None:
    """Write down what Hamid says: psychiatry may tell socialtjänsten of plan and meeting, and that they meet at all."""
    texts = (await done(await system.call("GET", "/consent-templates")))["items"]
    version = max(each["version"] for each in texts if (each["kind"], each["language"]) == ("secrecy", "sv"))
    last = (today(CLOCK) + timedelta(days=90)).isoformat()
    told = [("soc", "psyk", "party"), *(("psyk", "soc", each) for each in ("party", "plan", "meeting"))]
    said = {
        "kind": "secrecy",
        "answer": "yes",
        "language": "sv",
        "textVersion": version,
        "form": "oral",
        "witness": "Emma Nilsson",
        "exclusionsAsked": True,
        "lines": [
            {"owner": owner, "receiver": receiver, "category": category, "purpose": "sip", "lastDay": last}
            for owner, receiver, category in told
        ],
    }
    await done(await system.call("POST", f"/persons/{person}/consents", json=said), 201)


async def from_psychiatry(system: System, case: str) -> tuple[list[str], dict[str, tuple[str, str]]]:
    """Return what psychiatry may tell socialtjänsten, and why not the rest: code and paragraph by category."""
    ways = (await done(await system.call("GET", f"/cases/{case}/sharing")))["ways"]
    way = next((each for each in ways if (each["owner"], each["receiver"]) == ("psyk", "soc")), None)
    if way is None:
        return [], {}
    return way["permitted"], {each["category"]: (each["code"], each["law"]) for each in way["refused"]}


@pytest.mark.requirement("HUB-03")
@pytest.mark.requirement("HUB-06")
@pytest.mark.requirement("HUB-07")
async def test_from_a_yes_to_a_no_and_into_the_ledger(hub: WholeHub, tmp_path: Path) -> None:
    system = await let_in(hub)
    person = (await done(await system.call("POST", "/persons/look-ups", json={"number": HAMID})))["personId"]
    said = {"personId": person, "purpose": "sip", "subject": "En praktik som är lugn nog"}
    case = (await done(await system.call("POST", "/cases", json=said), 201))["id"]

    await only_its_holder_can_use(system, f"/cases/{case}")
    await say_yes(system, person)
    await invited_by_hand(hub, case)
    assert (await from_psychiatry(system, case))[0] == [], "psychiatry's official has not accepted the evidence"

    await accepted_by_hand(hub)
    assert (await done(await system.call("GET", f"/cases/{case}")))["parties"] == ["psyk", "soc"]
    permitted, refused = await from_psychiatry(system, case)
    assert permitted == ["plan", "meeting"]
    assert {"health", "mental_health", "economy"} <= refused.keys()
    assert not refused.keys() & set(permitted)
    assert all(code and law for code, law in refused.values())

    away = {"owner": "psyk", "receiver": "soc", "category": "plan"}
    watch = await done(await system.call("POST", f"/persons/{person}/withdrawals", json=away), 201)
    assert watch["closedAt"] >= watch["askedAt"]
    permitted, refused = await from_psychiatry(system, case)
    assert permitted == ["meeting"]
    assert refused["plan"][0]
    await done(await system.call("POST", f"/persons/{person}/withdrawals", json={"owner": "psyk"}), 201)
    assert (await from_psychiatry(system, case))[0] == []

    hub.stop()
    assert_the_ledger_holds(hub, tmp_path / "log.jsonl")


async def only_its_holder_can_use(system: System, path: str) -> None:
    """A token in other hands, or without a proof, opens nothing; nor does one proof twice."""
    assert (await system.call("GET", path)).status_code == 200
    address = f"{system.hub.base_url}/api/v1{path}"
    thief = Partner(Idp(), CLOCK).headers(system.token, htm="GET", htu=address)
    own = system.holder.headers(system.token, htm="GET", htu=address)
    bearer = {"Authorization": f"Bearer {system.token}"}
    answers = [(await system.http.get(address, headers=each)).status_code for each in (thief, bearer, own, own)]
    assert answers == [401, 401, 200, 401]


async def invited_by_hand(hub: WholeHub, case: str) -> None:
    """Let Lena, in whose assignment the system acts, ask psychiatry to join: a system may not bring in another agency."""
    page = f"/arbete/arenden/{case}/parter"
    lena = await Person.at(hub, "staff:lena-sandstrom", page)
    answer = await lena.send(page, {"party": await lena.option(page, "Samir Haddad")}, f"/arbete/arenden/{case}/part")
    assert (answer.status_code, answer.url.path) == (200, page), answer.text


async def accepted_by_hand(hub: WholeHub) -> None:
    """Let psychiatry's official accept the evidence: that is for a person, never for a system (reading R12)."""
    margareta = await Person.at(hub, "staff:margareta-lindh", "/arbete/underlag")
    waiting = re.findall(r'href="(/arbete/underlag/[a-z2-7]+)"', (await margareta.get("/arbete/underlag")).text)
    read = {each: (await margareta.get(each)).text for each in waiting}
    hamids = next(each for each, text in read.items() if "Hamid Karimi" in text)
    answer = await margareta.send(hamids, {"svar": "ja"})
    assert (answer.status_code, answer.url.path) == (200, "/arbete/underlag"), answer.text


def assert_the_ledger_holds(hub: WholeHub, file: Path) -> None:
    """The export verifies with the key alone, and no longer when one byte is another."""
    exported = hub.run("audit", "export", file)
    assert exported.returncode == 0, exported.stderr
    key = hub.run("audit", "key").stdout.strip()
    verified = hub.run("audit", "verify", file, "--key", key)
    assert verified.returncode == 0, verified.stdout + verified.stderr
    whole = file.read_bytes()
    middle = whole.index(b'"', len(whole) // 2) + 1
    file.write_bytes(whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :])
    assert hub.run("audit", "verify", file, "--key", key).returncode != 0
