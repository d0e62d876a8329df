"""What agencies say of somebody, planted with canaries: it comes to the reader who may have it, and nowhere else.

Not into a log line, a trace, a measurement, an address, the text of an error or an event, nor into the databases
outside what is sealed: not while it lies its minute, not when it is pinned, not when it is asked for by hand.
"""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from hub.broker.port import AgencyAnswer, AgencyFault, Code, FaultKind, Gap, NumberChanged, Value
from hub.example import example
from hub.kit.http import Http, Reply
from hub.kit.secret import Secret
from tests.fakes.agency import FakeAgency, fact
from tests.hub.partner.conftest import Api, callers
from tests.hub.partner.test_inquiries import KARIN, LENA, answered, asked
from tests.leaks.canaries import MARK, NUMBER, Ears, in_files, listening, spelled, sung, word
from tests.support.agencies import AGENCIES, Agencies, asking_hub, case_with_all, running_agencies
from tests.support.doors import Doors, doors, says

pytestmark = [pytest.mark.requirement("HUB-05"), pytest.mark.requirement("HUB-09")]
#: Where an adapter fails with what it was reading in its hands.
BROKEN = (ValueError(f"{MARK} {NUMBER}"), AgencyFault(FaultKind.MALFORMED), NumberChanged(Secret(NUMBER)))
FAULTS = ("wrong", "malformed", "truncated", "dishonest", "over_quota", "deep", "latin1", "wrong_length", "wrong_type")

#: What the adapters call the agencies in traces.
PARTIES = ("ssbtek", "forsakringskassan", "psykiatri", "socialtjanst")


@pytest.fixture
def ears(monkeypatch: pytest.MonkeyPatch) -> Any:
    with listening(monkeypatch) as opened:
        yield opened


@pytest.fixture
def addresses(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every address that an adapter asks."""
    asked, send = list[str](), Http.send

    async def noted(self: Http, method: str, url: str, **more: Any) -> Reply:
        asked.append(url)
        return await send(self, method, url, **more)

    monkeypatch.setattr(Http, "send", noted)
    return asked


@pytest.fixture
def psyk() -> FakeAgency:
    """An agency with canaries in all that it says."""
    values = (Value("text", word("etikett"), word("värde")), Value("number", "Nummer", NUMBER))
    said = [
        fact(
            category,
            word(f"text {category}"),
            what=Code(word("system"), word("kod"), word("kodtext"), known=False),
            unit=word("enhet"),
            source=word("källa"),
            values=values,
        )
        for category in ("plan", "work_ability", "health")
    ]
    return FakeAgency(AgencyAnswer(facts=tuple(said), gaps=(Gap(word("lucka"), word("orsak")),)))


@pytest.fixture
async def planted(town: Path, tmp_path: Path, psyk: FakeAgency) -> AsyncIterator[Doors]:
    others = {name: FakeAgency() for name in AGENCIES}
    async with doors(town, tmp_path / "hub", ports={**others, "psyk": psyk}) as opened:
        yield opened


async def the_case(hub: Doors) -> str:
    """Return the case that all agencies are asked in; afterwards people sign in as they always do."""
    hub.app.state.callers = await callers(hub)
    found = await case_with_all(Api(hub, LENA))
    hub.app.state.callers = hub.made.callers
    return found


async def told_and_pinned(hub: Doors, ears: Ears) -> None:
    """Gather on the page, follow it, and pin what was said."""
    lena, address = await hub.staff(LENA), f"/arbete/arenden/{await the_case(hub)}/bild"
    sent = await lena.send(await lena.open(address), address, {})
    assert sent.status_code == 303, says(sent)
    page = await lena.open(sent.headers["location"])
    assert word("text plan") in page.text, says(page)
    events = await lena.open(f"{sent.headers['location']}/handelser")
    assert "psyk" in events.text
    assert not sung(events.text)
    pinned = await lena.send(page, f"{sent.headers['location']}/nala/", {})
    assert pinned.status_code == 303, says(pinned)
    for each in (sent, page, events, pinned):
        ears.answered(each, str(each.request.url.path))


async def asked_by_hand(hub: Doors) -> None:
    """Ask an official, who answers, with canaries in both."""
    hub.app.state.callers = await callers(hub)
    lena, karin = Api(hub, LENA), Api(hub, KARIN)
    address, inquiry = await asked(lena)
    facts = [{"category": "employment", "text": word("svar för hand"), "since": "2025-03-03"}]
    done = await answered(karin, address, inquiry, facts=facts)
    assert done.status_code == 200, done.text
    assert word("svar för hand") in (await lena.call("GET", f"{address}/{inquiry}")).text


async def test_what_an_agency_says_goes_to_its_reader_alone(
    planted: Doors, psyk: FakeAgency, ears: Ears, tmp_path: Path
) -> None:
    await told_and_pinned(planted, ears)
    await asked_by_hand(planted)
    api = Api(planted, LENA)
    case = await case_with_all(api)
    for each in BROKEN:
        psyk.answer = each
        answer = await api.call("POST", f"/cases/{case}/gatherings")
        assert answer.status_code == 200
        assert not sung(answer.text), "what an adapter failed with is told to nobody"
        ears.answered(answer, "a gathering with a fault")
    assert "\n".join(sorted(set(ears.all_sung()))) == ""
    for table in ("gathering_part", "pinned_fact", "case_inquiry", "case_inquiry_answer"):
        assert (await planted.made.database.fetch(f"SELECT count(*) FROM {table}"))[0][0], table  # noqa: S608
    assert in_files(tmp_path / "hub", [MARK, MARK.title(), *spelled(NUMBER)]) == []


@pytest.fixture(scope="module")
def agencies(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with running_agencies(tmp_path_factory.mktemp("leaks") / "sandbox") as running:
        yield running


async def test_what_cannot_be_read_is_told_without_what_it_said(
    town: Path, tmp_path: Path, agencies: Agencies, ears: Ears, addresses: list[str]
) -> None:
    """The agencies' real answers, broken in every way: their adapters' causes and errors hold none of it."""
    async with asking_hub(town, tmp_path / "hub", agencies) as hub:
        api = Api(hub, LENA)
        case = await case_with_all(api)
        well = await api.call("POST", f"/cases/{case}/gatherings")
        said = sorted({text for part in well.json()["parts"] for each in part["facts"] for text in _telling(each)})
        assert len(said) > len(AGENCIES)
        for fault in FAULTS:
            agencies.suffer(dict.fromkeys(AGENCIES, fault))
            answer = await api.call("POST", f"/cases/{case}/gatherings")
            assert answer.status_code == 200, fault
            assert _heard(said, answer.text) == [], fault
            await _followed(api, case, answer, said)
        out = "\n".join([ears.lines.getvalue(), *ears.spans, *ears.measured])
        assert "agency_fault" in out, "nobody logged, so nothing was shown"
        assert [each for each in PARTIES if f"'peer.service': '{each}'" not in out] == [], (
            "not all questions were traced"
        )
        assert any(each.startswith("error.type=") for each in ears.spans), "what came to nothing was not traced"
        told = [
            (each.split()[1], each.split("'hub.told_trace_id': ")[1][:34]) for each in ears.spans if "hub.told" in each
        ]
        assert {party for party, _ in told} == {"socialtjanst"}, "only its contract takes one"
        assert len(set(told)) == len(told), "an id was told twice"
        assert _heard(said, out) == []
        assert in_files(tmp_path / "hub", said) == []
    assert len(addresses) > len(FAULTS) * len(AGENCIES)
    assert _heard([], "\n".join(addresses)) == [], "a number stood in an address that we asked"


async def _followed(api: Api, case: str, answer: httpx.Response, said: list[str]) -> None:
    events = await api.call("GET", f"/cases/{case}/gatherings/{answer.json()['id']}/events")
    assert "failed" in events.text
    assert _heard(said, events.text) == []


def _telling(told: dict[str, Any]) -> list[str]:
    """Return what of a fact only the agency can have said: long enough never to stand anywhere by chance."""
    return [text for text in (told["text"], told["source"]) if len(text) > 15]


def _heard(said: list[str], text: str) -> list[str]:
    """Return what of an agency's words, or of anybody's number, is in a text."""
    numbers = [spelling for each in example().individuals.values() for spelling in (each.number, *spelled(each.number))]
    return [each for each in (*said, *numbers) if each in text]
