"""What `test_shared_picture.py` does in browsers, by the systems of two agencies over the API: bound tokens, PostgreSQL,
the OPA server, two workers, and the four agencies as processes.
"""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.test_kill_gathering import case_with_all
from tests.journeys.test_partner_journey import (
    SCOPES,
    SYSTEM,
    assert_the_ledger_holds,
    done,
    let_in,
    opa,  # noqa: F401  # pyright: ignore[reportUnusedImport]  a fixture
    two_workers,
)
from tests.journeys.whole import Person, System, WholeHub, whole_hub
from tests.support.agencies import AGENCIES, GUNNAR, Agencies, running_agencies, summed, told
from tests.support.doors import example
from tests.support.waiting import until

pytestmark = [
    pytest.mark.database,
    pytest.mark.opa,
    pytest.mark.requirement("HUB-05"),
    pytest.mark.requirement("HUB-04"),
    pytest.mark.requirement("HUB-06"),
]
AFS = "afs-system"
OTHERS = ("soc", "af", "psyk")
ASKED = "Vad har ni planerat tillsammans med Gunnar i vår?"
PRACTICE = "Praktik på lager från den 12 januari, halva dagar."
HALF = "Kan arbeta 50 procent"
#: What would tell where Nora is, in her agencies' own answers and in the hub.
PLACES = ("Björkå", "Göteborg", "Stockholm", "Förmedlingsuppdrag", "Box 1740", "mottagning", "Öppenvård")


@pytest.fixture
def agencies(tmp_path: Path) -> Iterator[Agencies]:
    with running_agencies(tmp_path / "agencies") as running:
        yield running


@pytest.fixture
async def hub(opa: str, tmp_path: Path, agencies: Agencies) -> AsyncIterator[WholeHub]:  # noqa: F811  the fixture
    settings = {
        **await two_workers(tmp_path, "picture"),
        "HUB_ENGINE": "opa",
        "HUB_OPA_URL": opa,
        "HUB_ROADS": str(agencies.sandboxes.roads),
    }
    with whole_hub(tmp_path, dict.fromkeys((SYSTEM, AFS), " ".join(SCOPES)), **settings) as made:
        made.start()
        yield made
        await made.hang_up()


async def gathered(system: System, case: str) -> dict[str, Any]:
    """Gather, and return what has come when nobody is waited for."""
    begun = told(await system.call("POST", f"/cases/{case}/gatherings", headers={"Prefer": "wait=10"}))
    return await complete(system, f"/cases/{case}/gatherings/{begun['id']}")


async def complete(system: System, address: str) -> dict[str, Any]:
    async def is_complete() -> bool:
        return told(await system.call("GET", address))["complete"]

    await until(is_complete)
    return told(await system.call("GET", address))


def texts(picture: dict[str, Any], agency: str) -> str:
    return " ".join(each["text"] for each in picture["parts"][agency]["facts"])


async def test_four_agencies_one_silent_one_by_hand(hub: WholeHub, agencies: Agencies, tmp_path: Path) -> None:
    soc = await let_in(hub)
    af = await let_in(hub, AFS, by="staff:anneli-ros", official="Karin Åström")
    _, case = await case_with_all(soc)
    await one_is_silent_then_comes(soc, case, agencies)
    await one_is_asked_by_hand(soc, af, case)
    await no_place_of_one_who_is_protected(soc)
    await what_gunnar_reads_and_takes_back(hub)
    await the_picture_has_shrunk(soc, case)
    hub.stop()
    assert_the_ledger_holds(hub, tmp_path / "log.jsonl")


async def one_is_silent_then_comes(soc: System, case: str, agencies: Agencies) -> None:
    agencies.suffer({"fk": "slow"})
    begun = await soc.call("POST", f"/cases/{case}/gatherings", headers={"Prefer": "wait=0"})
    assert begun.status_code == 202, begun.text
    address = f"/cases/{case}/gatherings/{begun.json()['id']}"
    followed = await soc.call("GET", f"{address}/events")
    assert followed.headers["content-type"].startswith("text/event-stream")
    for agency in OTHERS:
        assert f'{{"agency":"{agency}","state":"answered"}}' in followed.text
    assert '{"agency":"fk","state":"failed"}' in followed.text
    assert followed.text.endswith("event: done\ndata: {}\n\n")
    assert HALF not in followed.text, "what is said is fetched, and so decided"

    picture = await complete(soc, address)
    assert summed(picture) == {**dict.fromkeys(OTHERS, "answered"), "fk": "silent"}
    assert picture["parts"]["fk"]["fault"]["detail"] == "svarade inte i tid"
    assert HALF in texts(picture, "psyk")

    # Were they asked again they couldn't answer, so that they do shows that only the missing one is asked.
    agencies.suffer(dict.fromkeys(OTHERS, "down"))
    again = told(await soc.call("POST", f"{address}/retries", headers={"Prefer": "wait=10"}))
    assert summed(again) == dict.fromkeys(AGENCIES, "answered")
    assert "Sjukpenning" in texts(again, "fk")
    assert texts(again, "psyk") == texts(picture, "psyk")
    agencies.suffer({})


async def one_is_asked_by_hand(soc: System, af: System, case: str) -> None:
    """Systems ask and read the question; the answer is a person's, and no system gives it (R12)."""
    said = {"owner": "af", "categories": ["plan"], "question": ASKED}
    asked = await done(await soc.call("POST", f"/cases/{case}/inquiries", json=said), 201)
    address = f"/cases/{case}/inquiries/{asked['id']}"
    question = await af.call("GET", f"{address}/question")
    assert ASKED in question.text, question.text
    answer = {"facts": [{"category": "plan", "text": PRACTICE}], "nothing": [], "declined": "", "send": True}
    version = {"If-Match": question.headers["etag"]}
    by_system = await af.call("PUT", f"{address}/answer", json=answer, headers=version)
    assert by_system.status_code == 403, by_system.text
    assert (await done(await soc.call("GET", address)))["state"] == "asked"

    waiting = f"/arbete/fragor-till-oss/{asked['id']}"
    karin = await Person.at(af.hub, "staff:karin-astrom", waiting)
    assert ASKED in (await karin.get(waiting)).text
    sent = await karin.send(waiting, {"text-plan-0": PRACTICE, "svar": "ja"})
    assert (sent.status_code, sent.url.path) == (200, waiting), sent.text
    read = await done(await soc.call("GET", address))
    assert (read["state"], read["byHand"].startswith("Karin Åström")) == ("answered", True)
    assert [each["text"] for each in read["facts"]] == [PRACTICE]


async def no_place_of_one_who_is_protected(soc: System) -> None:
    number = example().individuals["nora-vinge"].number
    person = (await done(await soc.call("POST", "/persons/look-ups", json={"number": number})))["personId"]
    cases = (await done(await soc.call("GET", "/cases", params={"limit": 100})))["items"]
    case = next(each["id"] for each in cases if each["personId"] == person)
    picture = await gathered(soc, case)
    facts = picture["parts"]["psyk"]["facts"]
    assert facts
    assert all("Enhet struken" in each["struck"] and each["unit"] == "–" for each in facts)
    address = f"/cases/{case}/gatherings/{picture['id']}"
    for path in (address, f"{address}/events", f"/cases/{case}", f"/cases/{case}/sharing", f"/persons/{person}"):
        answer = await soc.call("GET", path)
        assert answer.status_code == 200, answer.text
        assert [place for place in PLACES if place in answer.text] == [], path


async def what_gunnar_reads_and_takes_back(hub: WholeHub) -> None:
    """He has no system of his own: he reads it in words and takes two parts back where he signs in."""
    page = "/mina-sidor/vem-har-tittat"
    gunnar = await Person.at(hub, f"person:{GUNNAR}", page)
    told_in_words = (await gunnar.get(page)).text
    for words in ("Lena Sandström", "fick svar om", "Arbetsförmedlingen", "Försäkringskassan"):
        assert words in told_in_words
    narrow = "/mina-sidor/samtycke/soc/andra"
    taken = await gunnar.send(narrow, {"remove": ["psyk/work_ability", "af/plan"]})
    assert (taken.status_code, taken.url.path) == (200, "/mina-sidor/samtycke"), taken.text


async def the_picture_has_shrunk(soc: System, case: str) -> None:
    picture = await gathered(soc, case)
    assert HALF not in texts(picture, "psyk")
    assert "work_ability" in picture["parts"]["psyk"]["refused"]
    assert "Sjukpenning" in texts(picture, "fk"), "the rest stands"
    [inquiry] = (await done(await soc.call("GET", f"/cases/{case}/inquiries")))["asked"]
    assert (inquiry["readable"], inquiry["facts"]) == (False, [])
    sharing = (await done(await soc.call("GET", f"/cases/{case}/sharing")))["ways"]
    assert [each for each in sharing if each["owner"] == "psyk" and "work_ability" in each["permitted"]] == []
