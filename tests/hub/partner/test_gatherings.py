"""The shared picture over the API: both questions decided, every part named, and nothing past its ground."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from hub.broker.port import AgencyAnswer, AgencyFault, FaultKind, Gap, NumberChanged, WrongPerson
from hub.kit.secret import Secret
from tests.fakes.agency import FakeAgency, fact, place
from tests.hub.partner.conftest import Api, callers
from tests.support.doors import Doors, doors

pytestmark = pytest.mark.requirement("HUB-05")
PORTS = ("soc", "psyk", "af", "fk")


@pytest.fixture
def ports() -> dict[str, FakeAgency]:
    """Four agencies that answer: psychiatry and socialtjänst in the hub's own road, the others over theirs."""
    psyk = fact("work_ability", "Kan börja med högst halvtid.", claim=("work_ability.extent", "50"))
    hidden = fact("mental_health", "Får inte synas.")
    soc = fact("economy", "Ekonomiskt bistånd sedan februari 2025.")
    return {
        "psyk": FakeAgency(AgencyAnswer(facts=(psyk, hidden))),
        "soc": FakeAgency(AgencyAnswer(facts=(soc,))),
        "af": FakeAgency(road="ssbtek", purposes=frozenset({"ekonomiskt_bistand"})),
        "fk": FakeAgency(road="lefi"),
    }


@pytest.fixture
async def hub(town: Path, tmp_path: Path, ports: dict[str, FakeAgency]) -> AsyncIterator[Doors]:
    async with doors(town, tmp_path / "hub", ports=ports) as opened:
        opened.app.state.callers = await callers(opened)
        yield opened


async def case_on(api: Api, key: str) -> str:
    """Return the id of the example's case on `key` that the caller is on the team of."""
    person = await api.person(key)
    found = await api.call("GET", "/cases", params={"limit": 100})
    return next(each["id"] for each in found.json()["items"] if each["personId"] == person)


async def gathered(api: Api, case: str, **more: Any) -> httpx.Response:
    return await api.call("POST", f"/cases/{case}/gatherings", **more)


def part(answer: httpx.Response, agency: str) -> dict[str, Any]:
    assert answer.status_code in {200, 202}, answer.text
    return next(each for each in answer.json()["parts"] if each["agency"] == agency)


def texts(answer: httpx.Response, agency: str) -> list[str]:
    return [each["text"] for each in part(answer, agency)["facts"]]


class TestRefusals:
    async def test_one_who_is_not_on_the_team_asks_nobody(self, api: Any, ports: dict[str, FakeAgency]) -> None:
        case = await case_on(api("lena-sandstrom"), "gunnar-lindqvist")
        for member in ("johan-berg", "ingrid-wallin"):
            answer = await gathered(api(member), case)
            assert answer.status_code in {403, 404}
        assert not any(each.asked for each in ports.values())

    async def test_another_caller_finds_no_gathering(self, api: Any) -> None:
        lena, maria = api("lena-sandstrom"), api("samir-haddad")
        case = await case_on(lena, "gunnar-lindqvist")
        made = (await gathered(lena, case)).json()["id"]
        for identity in (made, "a" * 26):
            answer = await maria.call("GET", f"/cases/{case}/gatherings/{identity}")
            assert answer.status_code == 404

    async def test_what_no_consent_covers_is_neither_asked_for_nor_shown(
        self, api: Any, ports: dict[str, FakeAgency]
    ) -> None:
        lena = api("lena-sandstrom")
        answer = await gathered(lena, await case_on(lena, "gunnar-lindqvist"))
        assert texts(answer, "psyk") == ["Kan börja med högst halvtid."]
        assert "Får inte synas" not in answer.text
        assert "mental_health" in part(answer, "psyk")["refused"]
        assert "mental_health" not in ports["psyk"].asked[0].categories

    async def test_no_consent_at_all_asks_only_ones_own(self, api: Any, ports: dict[str, FakeAgency]) -> None:
        lena = api("lena-sandstrom")
        answer = await gathered(lena, await case_on(lena, "elias-boman"))
        assert [each["agency"] for each in answer.json()["parts"]] == ["soc"]
        assert [name for name, each in ports.items() if each.asked] == ["soc"]

    async def test_a_road_is_not_asked_for_another_purpose(self, api: Any, ports: dict[str, FakeAgency]) -> None:
        lena = api("lena-sandstrom")
        answer = await gathered(lena, await case_on(lena, "kajsa-nilsson"))
        assert not ports["af"].asked
        assert part(answer, "af")["state"] == "notAsked"
        assert "work_ability" in part(answer, "af")["byHand"]

    async def test_withdrawn_while_the_answer_is_on_its_way(
        self, hub: Doors, api: Any, ports: dict[str, FakeAgency]
    ) -> None:
        lena = api("lena-sandstrom")
        case = await case_on(lena, "gunnar-lindqvist")
        ports["psyk"].before = lambda: withdraw(hub, "gunnar-lindqvist")
        answer = await gathered(lena, case)
        assert "halvtid" not in answer.text
        shown = [each for each in answer.json()["parts"] if each["agency"] == "psyk"]
        assert all(not each["facts"] for each in shown)
        told = await hub.made.database.fetch(
            "SELECT outcome FROM ledger_entry WHERE owner = 'psyk' AND agency = 'soc' ORDER BY recorded_at DESC LIMIT 1"
        )
        assert [row[0] for row in told] == ["deny"], "that it was withdrawn meanwhile stands in the ledger"

    async def test_a_fetch_is_decided_anew(self, hub: Doors, api: Any) -> None:
        lena = api("lena-sandstrom")
        case = await case_on(lena, "gunnar-lindqvist")
        first = await gathered(lena, case)
        assert "halvtid" in first.text
        again = f"/cases/{case}/gatherings/{first.json()['id']}"
        assert "halvtid" in (await lena.call("GET", again)).text
        await withdraw(hub, "gunnar-lindqvist")
        assert "halvtid" not in (await lena.call("GET", again)).text


class TestWhatIsNamed:
    @pytest.mark.parametrize("kind", [each for each in FaultKind if each is not FaultKind.NUMBER_CHANGED])
    async def test_a_fault_is_named_and_the_rest_shown(
        self, api: Any, ports: dict[str, FakeAgency], kind: FaultKind
    ) -> None:
        ports["soc"].answer = WrongPerson() if kind is FaultKind.WRONG_PERSON else AgencyFault(kind, retry_after=3)
        lena = api("lena-sandstrom")
        answer = await gathered(lena, await case_on(lena, "gunnar-lindqvist"))
        failed = part(answer, "soc")
        assert (failed["state"], failed["fault"]["kind"], failed["facts"]) == ("failed", kind.value, [])
        assert texts(answer, "psyk") == ["Kan börja med högst halvtid."]

    async def test_an_adapter_that_breaks_is_its_agencys_part(self, api: Any, ports: dict[str, FakeAgency]) -> None:
        ports["soc"].answer = ZeroDivisionError("secret")
        lena = api("lena-sandstrom")
        answer = await gathered(lena, await case_on(lena, "gunnar-lindqvist"))
        assert part(answer, "soc")["fault"]["kind"] == "malformed"
        assert "secret" not in answer.text

    async def test_another_persons_answer_is_an_incident(
        self, hub: Doors, api: Any, ports: dict[str, FakeAgency]
    ) -> None:
        ports["psyk"].answer = WrongPerson("Patient.identifier")
        lena = api("lena-sandstrom")
        await gathered(lena, await case_on(lena, "gunnar-lindqvist"))
        rows = await hub.made.database.fetch("SELECT kind, owner FROM ledger_entry WHERE kind = 'system'")
        assert ("system", "psyk") in [tuple(row) for row in rows]

    async def test_a_retry_asks_only_the_missing(self, api: Any, ports: dict[str, FakeAgency]) -> None:
        said, ports["psyk"].answer = ports["psyk"].answer, AgencyFault(FaultKind.SILENT)
        lena = api("lena-sandstrom")
        case = await case_on(lena, "gunnar-lindqvist")
        first = await gathered(lena, case)
        assert part(first, "psyk")["state"] == "failed"
        ports["psyk"].answer = said
        again = await lena.call("POST", f"/cases/{case}/gatherings/{first.json()['id']}/retries")
        assert texts(again, "psyk") == ["Kan börja med högst halvtid."]
        assert texts(again, "soc") == texts(first, "soc")
        assert (len(ports["psyk"].asked), len(ports["soc"].asked)) == (2, 1)

    async def test_one_that_is_late_is_waited_for_no_longer_than_asked(
        self, api: Any, ports: dict[str, FakeAgency]
    ) -> None:
        ports["psyk"].slow = asyncio.Event()
        lena = api("lena-sandstrom")
        case = await case_on(lena, "gunnar-lindqvist")
        first = await gathered(lena, case, headers={"Prefer": "wait=1"})
        assert first.status_code == 202
        assert part(first, "psyk")["state"] == "waiting"
        assert texts(first, "soc")
        ports["psyk"].slow.set()
        events = await lena.call("GET", f"/cases/{case}/gatherings/{first.json()['id']}/events")
        assert '{"agency":"psyk","state":"answered"}' in events.text
        assert "halvtid" not in events.text
        later = await lena.call("GET", f"/cases/{case}/gatherings/{first.json()['id']}")
        assert texts(later, "psyk") == ["Kan börja med högst halvtid."]

    async def test_a_gap_is_named(self, api: Any, ports: dict[str, FakeAgency]) -> None:
        ports["psyk"].answer = AgencyAnswer(gaps=(Gap("Vårdplaner", "kunde inte läsas"),))
        lena = api("lena-sandstrom")
        answer = await gathered(lena, await case_on(lena, "gunnar-lindqvist"))
        assert part(answer, "psyk")["gaps"] == [{"what": "Vårdplaner", "reason": "kunde inte läsas"}]


class TestProtection:
    @pytest.mark.requirement("HUB-04")
    async def test_places_never_leave(self, api: Any, ports: dict[str, FakeAgency]) -> None:
        ports["psyk"].answer = AgencyAnswer(
            facts=(
                fact("work_ability", "Arbetar på lagret i Hemlighetsby.", values=(place("Hemlighetsby"),)),
                fact("plan", "Nästa besök 9 december.", unit="Öppenvården i Hemlighetsby"),
            ),
            protection="skyddad_folkbokforing",
        )
        lena = api("lena-sandstrom")
        answer = await gathered(lena, await case_on(lena, "nora-vinge"))
        assert part(answer, "psyk")["state"] == "answered"
        assert part(answer, "psyk")["facts"]
        assert "Hemlighetsby" not in answer.text
        assert {"Plats struken", "Enhet struken"} <= {s for f in part(answer, "psyk")["facts"] for s in f["struck"]}

    @pytest.mark.requirement("HUB-04")
    async def test_protection_that_an_answer_shows_is_raised_at_once(
        self, hub: Doors, api: Any, ports: dict[str, FakeAgency]
    ) -> None:
        said = fact("work_ability", "Kan arbeta i Hemlighetsby.", values=(place("Hemlighetsby"),))
        ports["psyk"].answer = AgencyAnswer(facts=(said,), protection="sekretessmarkering")
        lena, petra = api("lena-sandstrom"), api("petra-lund")
        case = await case_on(lena, "gunnar-lindqvist")
        answer = await gathered(lena, case)
        assert "Hemlighetsby" not in answer.text
        seen = await petra.call("GET", f"/cases/{case}")
        assert seen.status_code == 404

    async def test_a_changed_number_is_followed_by_a_human(
        self, hub: Doors, api: Any, ports: dict[str, FakeAgency]
    ) -> None:
        ports["psyk"].answer = NumberChanged(Secret("198604129828"))
        lena = api("lena-sandstrom")
        answer = await gathered(lena, await case_on(lena, "gunnar-lindqvist"))
        assert part(answer, "psyk")["fault"]["kind"] == "number_changed"
        assert "198604129828" not in answer.text
        notices = await hub.made.protecting.notices_for(await lena.assignment("lena-sandstrom"))  # pyright: ignore[reportArgumentType]
        assert "number_changed" in [each.kind.value for each in notices]


class TestOnce:
    async def test_the_same_key_asks_nobody_twice(self, api: Any, ports: dict[str, FakeAgency]) -> None:
        lena = api("lena-sandstrom")
        case = await case_on(lena, "gunnar-lindqvist")
        first = await gathered(lena, case, headers={"Idempotency-Key": "en-gang"})
        again = await gathered(lena, case, headers={"Idempotency-Key": "en-gang"})
        assert again.json()["id"] == first.json()["id"]
        assert len(ports["psyk"].asked) == 1

    @pytest.mark.requirement("HUB-10")
    async def test_after_its_minute_it_is_gone(self, hub: Doors, api: Any) -> None:
        lena = api("lena-sandstrom")
        case = await case_on(lena, "gunnar-lindqvist")
        made = (await gathered(lena, case)).json()["id"]
        await hub.made.database.record("UPDATE gathering SET expires_at = $1 WHERE id = $2 RETURNING id", 1, made)
        assert (await lena.call("GET", f"/cases/{case}/gatherings/{made}")).status_code == 404
        await hub.made.gatherer.store.sweep()
        assert not await hub.made.database.fetch("SELECT * FROM gathering_part")


class TestPins:
    async def pinned(self, api: Api, key: str = "gunnar-lindqvist") -> tuple[str, str, httpx.Response]:
        """Pin psychiatry's fact; return the case, the address of the gathering's pins, and the answer."""
        case = await case_on(api, key)
        made = await gathered(api, case)
        address = f"/cases/{case}/gatherings/{made.json()['id']}/pins"
        fact = part(made, "psyk")["facts"][0]["id"]
        return case, address, await api.call("POST", address, json={"fact": fact}, headers={"Idempotency-Key": "nal"})

    async def test_what_was_not_shown_is_not_pinned(self, hub: Doors, api: Any) -> None:
        lena = api("lena-sandstrom")
        case, address, _ = await self.pinned(lena)
        assert (await lena.call("POST", address, json={"fact": "0" * 32})).status_code == 404
        nils = await api("johan-berg").call("GET", f"/cases/{case}/pins")
        assert nils.status_code in {403, 404}
        assert len(await hub.made.database.fetch("SELECT id FROM pinned_fact")) == 1

    async def test_it_stays_sealed_and_is_shown_while_its_ground_stands(self, hub: Doors, api: Any) -> None:
        lena = api("lena-sandstrom")
        case, _, made = await self.pinned(lena)
        assert made.status_code == 201, made.text
        assert made.json()["fact"]["text"] == "Kan börja med högst halvtid."
        rows = await hub.made.database.fetch("SELECT * FROM pinned_fact")
        assert "halvtid" not in str(rows)
        assert "halvtid" in (await lena.call("GET", f"/cases/{case}/pins")).text
        await withdraw(hub, "gunnar-lindqvist")
        assert (await lena.call("GET", f"/cases/{case}/pins")).json() == {"items": []}

    async def test_sent_twice_it_is_pinned_once_and_can_be_taken_away(self, api: Any) -> None:
        lena = api("lena-sandstrom")
        case, address, made = await self.pinned(lena)
        fact = {"fact": made.json()["fact"]["id"]}
        again = await lena.call("POST", address, json=fact, headers={"Idempotency-Key": "nal"})
        assert again.json()["id"] == made.json()["id"]
        assert (await lena.call("DELETE", f"/cases/{case}/pins/{made.json()['id']}")).status_code == 204
        assert (await lena.call("GET", f"/cases/{case}/pins")).json() == {"items": []}
        assert (await lena.call("DELETE", f"/cases/{case}/pins/{made.json()['id']}")).status_code == 404


async def withdraw(hub: Doors, key: str) -> None:
    """Take back what psychiatry may tell about the example's individual `key`, as staff note it at once (R5)."""
    lena = Api(hub, "lena-sandstrom")
    done = await lena.call("POST", f"/persons/{await lena.person(key)}/withdrawals", json={"owner": "psyk"})
    assert done.status_code == 201, done.text
