"""A case over the API: what is refused first, then what a yes opens, and that a no shuts it at once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx
import pytest

from hub.kit.clock import today
from tests.hub.partner.conftest import Api
from tests.support.doors import Doors

#: Hamid is known to socialtjänsten and psychiatry, and has said yes to nothing.
HAMID, LENA, SAMIR = "hamid-karimi", "lena-sandstrom", "samir-haddad"
Apis = Callable[[str], Api]


async def opened(lena: Api, key: str = HAMID) -> dict[str, Any]:
    said = {"personId": await lena.person(key), "purpose": "sip", "subject": "En praktik som är lugn nog"}
    answer = await lena.call("POST", "/cases", json=said)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def consent(lena: Api, person: str, **more: Any) -> dict[str, Any]:
    """Record what Hamid says: psychiatry and socialtjänsten may tell each other of plan and meeting."""
    last = (today(lena.hub.made.clock) + timedelta(days=90)).isoformat()
    pairs = [("psyk", "soc"), ("soc", "psyk")]
    texts = (await lena.call("GET", "/consent-templates")).json()["items"]
    version = max(each["version"] for each in texts if (each["kind"], each["language"]) == ("secrecy", "sv"))
    lines = [
        {"owner": o, "receiver": r, "category": c, "purpose": "sip", "lastDay": last}
        for o, r in pairs
        for c in ("party", "plan", "meeting")
    ]
    said = {
        "kind": "secrecy",
        "answer": "yes",
        "language": "sv",
        "textVersion": version,
        "form": "oral",
        "witness": "Emma Nilsson",
        "exclusionsAsked": True,
        "lines": lines,
        **more,
    }
    answer = await lena.call("POST", f"/persons/{person}/consents", json=said)
    assert answer.status_code == 201, answer.text
    return answer.json()


class TestRefused:
    async def test_nobody_is_told_without_a_yes(self, api: Apis) -> None:
        lena = api(LENA)
        case = await opened(lena)
        asked = {"agency": "psyk", "assignmentId": await lena.assignment(SAMIR)}
        answer = await lena.call("POST", f"/cases/{case['id']}/parties", json=asked)
        assert answer.status_code == 403
        assert answer.json()["decision"]
        assert (await lena.call("GET", f"/cases/{case['id']}")).json()["parties"] == ["soc"]

    async def test_a_colleague_who_is_not_on_the_team_finds_nothing(self, api: Apis) -> None:
        case = await opened(api(LENA))
        for member in ("tomas-ek", SAMIR, "karin-astrom", "birgitta-holm", "henrik-sundin"):
            answer = await api(member).call("GET", f"/cases/{case['id']}")
            assert answer.status_code == 404, member

    async def test_an_edit_says_which_version_it_edits(self, api: Apis) -> None:
        lena = api(LENA)
        case = await opened(lena)
        edit = {"subject": "Något annat"}
        assert (await lena.call("PATCH", f"/cases/{case['id']}", json=edit)).status_code == 428
        stale = await lena.call("PATCH", f"/cases/{case['id']}", json=edit, headers={"If-Match": '"7"'})
        assert stale.status_code == 412
        fresh = await lena.call("PATCH", f"/cases/{case['id']}", json=edit, headers={"If-Match": '"1"'})
        assert (fresh.status_code, fresh.json()["version"]) == (200, 2)
        again = await lena.call("PATCH", f"/cases/{case['id']}", json=edit, headers={"If-Match": fresh.headers["ETag"]})
        assert (again.status_code, again.json()["version"]) == (200, 3)

    async def test_the_last_of_the_team_stays(self, api: Apis) -> None:
        lena = api(LENA)
        case = await opened(lena)
        own = case["team"][0]["assignmentId"]
        assert (await lena.call("DELETE", f"/cases/{case['id']}/members/{own}")).status_code == 409


class TestOpened:
    async def test_sending_twice_opens_once(self, api: Apis) -> None:
        lena = api(LENA)
        said = {"personId": await lena.person(HAMID), "purpose": "sip", "subject": "Praktik"}
        key = {"Idempotency-Key": "a-key-of-our-own"}
        first = await lena.call("POST", "/cases", json=said, headers=key)
        again = await lena.call("POST", "/cases", json=said, headers=key)
        assert first.json()["id"] == again.json()["id"]
        other = await lena.call("POST", "/cases", json={**said, "subject": "Annat"}, headers=key)
        assert other.status_code == 409

    async def test_a_colleague_is_let_in_and_taken_off_at_once(self, api: Apis) -> None:
        lena, tomas = api(LENA), api("tomas-ek")
        case = await opened(lena)
        added = {"assignmentId": await lena.assignment("tomas-ek")}
        assert (await lena.call("POST", f"/cases/{case['id']}/members", json=added)).status_code == 200
        assert (await tomas.call("GET", f"/cases/{case['id']}")).status_code == 200
        removed = await lena.call("DELETE", f"/cases/{case['id']}/members/{added['assignmentId']}")
        assert removed.status_code == 200
        assert (await tomas.call("GET", f"/cases/{case['id']}")).status_code == 404


@pytest.mark.requirement("HUB-03")
class TestShared:
    async def test_a_yes_opens_and_a_withdrawal_shuts_at_once(self, api: Apis) -> None:
        lena, samir = api(LENA), api(SAMIR)
        case = await opened(lena)
        person = await lena.person(HAMID)
        given = await consent(lena, person)
        asked = {"agency": "psyk", "assignmentId": await lena.assignment(SAMIR)}
        joined = await lena.call("POST", f"/cases/{case['id']}/parties", json=asked)
        assert joined.status_code == 200, joined.text

        assert await self.ways(lena, case["id"]) == {}, "psychiatry's official has not accepted the evidence"
        answered = await self.accept(api("margareta-lindh"), given["id"])
        assert answered.status_code == 200, answered.text
        ways = await self.ways(lena, case["id"])
        assert ways["psyk", "soc"] == ways["soc", "psyk"] == ["plan", "meeting"]
        assert (await samir.call("GET", f"/cases/{case['id']}")).json()["subject"] == "", "that is socialtjänsten's"

        away = {"owner": "psyk", "receiver": "soc", "category": "plan"}
        withdrawn = await lena.call("POST", f"/persons/{person}/withdrawals", json=away)
        assert withdrawn.status_code == 201, withdrawn.text
        after = await self.ways(lena, case["id"])
        assert after["psyk", "soc"] == ["meeting"]

    async def accept(self, official: Api, consent_id: str) -> httpx.Response:
        person = await official.person(HAMID)
        address = f"/persons/{person}/consents/{consent_id}"
        read = await official.call("GET", address)
        assert read.status_code == 200, read.text
        version = {"If-Match": f'"{read.json()["version"]}"'}
        return await official.call("POST", f"{address}/evidence-answers", json={"answer": "accepted"}, headers=version)

    async def ways(self, api: Api, case: str) -> dict[tuple[str, str], list[str]]:
        answer = await api.call("GET", f"/cases/{case}/sharing")
        assert answer.status_code == 200, answer.text
        return {(each["owner"], each["receiver"]): each["permitted"] for each in answer.json()["ways"]}


@pytest.mark.requirement("R12")
class TestAskingTheOwner:
    async def test_from_a_refusal_to_an_official_and_back(self, api: Apis) -> None:
        lena, margareta = api(LENA), api("margareta-lindh")
        case = await opened(lena)
        stranger = {"owner": "psyk", "categories": ["mental_health"], "reason": "Praktiken börjar på måndag."}
        nobody = await lena.call("POST", f"/cases/{case['id']}/reviews", json=stranger)
        assert nobody.status_code == 403, "psychiatry must not learn of it from the request either"
        await consent(lena, await lena.person(HAMID))
        said = {"owner": "psyk", "categories": ["mental_health"], "reason": "Praktiken börjar på måndag."}
        without = await lena.call("POST", f"/cases/{case['id']}/reviews", json={**said, "reason": " "})
        assert without.status_code in {403, 422}
        asked = await lena.call("POST", f"/cases/{case['id']}/reviews", json=said)
        assert asked.status_code == 201, asked.text
        review = asked.json()
        assert (review["state"], review["reason"]) == ("asked", said["reason"])
        assert review["dueOn"] > case["openedAt"][:10]

        address = f"/cases/{case['id']}/reviews/{review['id']}/answer"
        no = {"permitted": [], "ground": "OSL 25:1", "answer": "Det kan inte lämnas utan men för Hamid."}
        version = {"If-Match": '"1"'}
        for member in ("samir-haddad", "eva-lindgren"):
            refused = await api(member).call("POST", address, json=no, headers=version)
            assert refused.status_code in {403, 404}, member
        answered = await margareta.call("POST", address, json=no, headers=version)
        assert answered.status_code == 200, answered.text
        twice = await margareta.call("POST", address, json=no, headers={"If-Match": '"2"'})
        assert twice.status_code in {404, 412}
        seen = (await lena.call("GET", f"/cases/{case['id']}/reviews")).json()["items"]
        assert [(each["state"], each["answer"]) for each in seen] == [("refused", no["answer"])]


async def test_a_nul_is_told_as_what_it_is(api: Apis) -> None:
    lena = api(LENA)
    assert (await lena.call("GET", "/cases/%00%00")).status_code == 404
    said = {"personId": "a\0b", "purpose": "sip", "subject": "x"}
    assert (await lena.call("POST", "/cases", json=said)).status_code == 422


async def test_an_agency_fetches_checkpoints_to_keep(hub: Doors, api: Apis) -> None:
    await opened(api(LENA))
    await hub.made.sequencer.sequence()
    note = await hub.made.sequencer.sign()
    assert note in (await api(LENA).call("GET", "/checkpoints")).json()["items"]
    assert (await hub.made.database.fetch("SELECT agency FROM ledger_holder"))[0][0] == "soc"
    assert (await api("nobody-at-all").call("GET", "/checkpoints")).status_code == 401


class TestReasons:
    """Leaving, handing over and opening again take a reason that somebody has given, kept for their own agency."""

    async def of(self, api: Api, key: str) -> dict[str, Any]:
        person = await api.person(key)
        cases = (await api.call("GET", "/cases", params={"limit": 100})).json()["items"]
        return next(each for each in cases if each["personId"] == person)

    @pytest.mark.parametrize("reason", ["", "   "])
    async def test_without_one_nobody_leaves(self, api: Apis, reason: str) -> None:
        samir = api(SAMIR)
        case = await self.of(samir, "gunnar-lindqvist")
        answer = await samir.call("POST", f"/cases/{case['id']}/parties/own/leaving", json={"reason": reason})
        assert answer.status_code == 403
        assert (await samir.call("GET", f"/cases/{case['id']}")).status_code == 200

    async def test_with_one_they_have_left_and_it_is_told_to_nobody_else(self, hub: Doors, api: Apis) -> None:
        samir, lena = api(SAMIR), api(LENA)
        case = await self.of(samir, "gunnar-lindqvist")
        told = {"reason": "Gunnar har avslutat sin kontakt med oss."}
        answer = await samir.call("POST", f"/cases/{case['id']}/parties/own/leaving", json=told)
        assert answer.status_code == 204, answer.text
        assert (await samir.call("GET", f"/cases/{case['id']}")).status_code == 404
        seen = await lena.call("GET", f"/cases/{case['id']}")
        assert "psyk" not in seen.json()["parties"]
        rows = await hub.made.database.fetch("SELECT * FROM case_reason")
        assert len(rows) == 1
        assert "avslutat sin kontakt" not in f"{rows}{seen.text}"

    async def test_handing_over_asks_for_one_too(self, api: Apis) -> None:
        lena = api(LENA)
        case = await opened(lena)
        tomas = {"assignmentId": await lena.assignment("tomas-ek")}
        assert (await lena.call("POST", f"/cases/{case['id']}/members", json=tomas)).status_code == 200
        silent = await lena.call("POST", f"/cases/{case['id']}/hand-overs", json={**tomas, "reason": ""})
        assert silent.status_code == 403
        done = await lena.call("POST", f"/cases/{case['id']}/hand-overs", json={**tomas, "reason": "Ledig i vår."})
        assert done.status_code == 200, done.text

    async def test_opening_again_asks_for_one_too(self, api: Apis) -> None:
        lena = api(LENA)
        case = await opened(lena)
        closed = await lena.call("POST", f"/cases/{case['id']}/closing", headers={"If-Match": f'"{case["version"]}"'})
        version = {"If-Match": closed.headers["ETag"]}
        for reason, status in (("", 403), ("Praktiken tog slut.", 200)):
            answer = await lena.call("POST", f"/cases/{case['id']}/reopening", json={"reason": reason}, headers=version)
            assert answer.status_code == status, answer.text
