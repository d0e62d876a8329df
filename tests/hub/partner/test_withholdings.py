"""What an owner's official keeps from the individual, over the API: refusals first, then deciding and ending."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

import httpx
import pytest

from hub.audit import EntryKind
from hub.kit.clock import today
from hub.kit.vault import KeyScope
from tests.hub.partner.conftest import Api, caller_of
from tests.hub.partner.test_cases import consent, opened
from tests.hub.partner.test_existence import Apis
from tests.support.doors import Doors

LENA: Final = "lena-sandstrom"
WHY: Final = "Den som berättade bor i samma hus."
pytestmark = pytest.mark.requirement("AUBI-11")


def day(api: Api, days: int) -> str:
    return (today(api.hub.made.clock) + timedelta(days=days)).isoformat()


async def keep(api: Api, case: str, key: str = "", **said: Any) -> httpx.Response:
    body = {"category": "family", "ground": "OSL 26:5", "reason": WHY, "lastDay": day(api, 30), **said}
    headers = {"Idempotency-Key": key} if key else {}
    return await api.call("POST", f"/cases/{case}/withholdings", json=body, headers=headers)


async def kept(api: Api, case: str) -> list[dict[str, Any]]:
    return (await api.call("GET", f"/cases/{case}/withholdings")).json()["items"]


async def end(api: Api, case: str, what: str) -> httpx.Response:
    return await api.call("DELETE", f"/cases/{case}/withholdings/{what}")


async def sign_in_grows_old(hub: Doors, who: str) -> None:
    old = await caller_of(hub, who)

    async def late(_request: object) -> Any:
        return replace(old, authenticated_at=old.authenticated_at - timedelta(minutes=16))

    hub.app.state.callers = late


class TestRefused:
    async def test_off_the_team_there_is_no_such_case(self, api: Apis) -> None:
        lena = api(LENA)
        case = (await opened(lena))["id"]
        made = (await keep(lena, case)).json()["id"]
        for who in ("tomas-ek", "samir-haddad", "karin-astrom", "birgitta-holm"):
            other = api(who)
            assert (await keep(other, case)).status_code == 404, who
            assert (await end(other, case, made)).status_code == 404, who
            assert (await other.call("GET", f"/cases/{case}/withholdings")).status_code == 404, who
        assert [each["inForce"] for each in await kept(lena, case)] == [True]

    async def test_another_agency_on_the_case_neither_reads_nor_ends_it(self, api: Apis) -> None:
        lena, samir = api(LENA), api("samir-haddad")
        case = await opened(lena)
        await consent(lena, case["personId"])
        made = (await keep(lena, case["id"])).json()["id"]
        asked = {"agency": "psyk", "assignmentId": await lena.assignment("samir-haddad")}
        joined = await lena.call("POST", f"/cases/{case['id']}/parties", json=asked)
        assert joined.status_code == 200, joined.text
        assert await kept(samir, case["id"]) == []
        assert (await end(samir, case["id"], made)).status_code == 404
        assert (await keep(samir, case["id"])).status_code == 403, "25:7 is psychiatry's, 26:5 is not"
        assert (await keep(samir, case["id"], ground="OSL 25:6", category="health")).status_code == 201
        assert [each["category"] for each in await kept(lena, case["id"])] == ["family"]

    @pytest.mark.parametrize("ground", ["OSL 25:6", "OSL 10:27"])
    async def test_on_another_owners_ground_nothing_is_kept(self, api: Apis, ground: str) -> None:
        lena = api(LENA)
        case = (await opened(lena))["id"]
        answer = await keep(lena, case, ground=ground)
        assert answer.status_code == 403
        assert await kept(lena, case) == []

    @pytest.mark.parametrize(
        ("said", "field"),
        [
            ({"category": "address"}, "category"),
            ({"ground": ""}, "ground"),
            ({"reason": "  "}, "reason"),
            ({"reason": "x" * 2001}, "reason"),
            ({"lastDay": date(2020, 1, 1).isoformat()}, "lastDay"),
            ({"lastDay": date(2099, 1, 1).isoformat()}, "lastDay"),
        ],
    )
    async def test_what_is_missing_is_said(self, api: Apis, said: dict[str, str], field: str) -> None:
        lena = api(LENA)
        case = (await opened(lena))["id"]
        answer = await keep(lena, case, **said)
        assert answer.status_code == 422
        assert [each["field"] for each in answer.json()["errors"]] == [field]

    async def test_in_a_closed_case_nothing_is_kept_and_what_was_can_be_ended(self, api: Apis) -> None:
        lena = api(LENA)
        case = (await opened(lena))["id"]
        made = (await keep(lena, case)).json()["id"]
        done = await lena.call("POST", f"/cases/{case}/closing", headers={"If-Match": '"1"'})
        assert done.status_code == 200
        assert (await keep(lena, case)).status_code == 403
        assert (await end(lena, case, made)).status_code == 204

    async def test_an_old_sign_in_does_not_do(self, hub: Doors, api: Apis) -> None:
        lena = api(LENA)
        case = (await opened(lena))["id"]
        made = (await keep(lena, case)).json()["id"]
        await sign_in_grows_old(hub, LENA)
        for answer in (await keep(lena, case), await end(lena, case, made)):
            assert (answer.status_code, answer.json()["type"].rpartition(":")[2]) == (403, "starkare-inloggning")
        assert [each["inForce"] for each in await kept(lena, case)] == [True]

    @pytest.mark.requirement("HUB-04")
    async def test_a_protected_individual_is_there_for_the_cleared_alone(self, hub: Doors, api: Apis) -> None:
        lena = api(LENA)
        case = (await opened(lena))["id"]
        made = (await keep(lena, case)).json()["id"]
        await hub.made.database.record(
            "UPDATE individual SET protection = 'sekretessmarkering' "
            "WHERE id = (SELECT individual_id FROM coordination_case WHERE id = $1) RETURNING id",
            case,
        )
        for answer in (await keep(lena, case), await end(lena, case, made)):
            assert (answer.status_code, answer.json()["title"]) == (404, "Här finns inget som du kan öppna")

    async def test_what_is_not_there_is_not_ended(self, api: Apis) -> None:
        lena = api(LENA)
        case = (await opened(lena))["id"]
        assert (await end(lena, case, "a" * 26)).status_code == 404


class TestKept:
    async def test_once_sealed_and_in_the_log(self, hub: Doors, api: Apis) -> None:
        lena = api(LENA)
        case = (await opened(lena))["id"]
        body = {"lastDay": day(lena, 30)}
        first, again = (
            await keep(lena, case, "a key of our own", **body),
            await keep(lena, case, "a key of our own", **body),
        )
        assert (first.status_code, again.json()) == (201, first.json())
        [row] = await hub.made.database.fetch("SELECT individual_id, reason FROM withholding")
        assert WHY.encode() not in bytes(row[1])
        entries = (await hub.made.ledger.entries_about(row[0])).entries
        told = next(each for each in entries if (each.act, each.kind) == ("withhold_from_individual", EntryKind.CHANGE))
        assert (told.agency, told.caller_name, told.categories) == ("soc", "Lena Sandström", ())
        assert WHY not in str(told.detail)
        assert "OSL 26:5" not in str(told.detail)

    async def test_it_moves_what_was_decided_before_and_so_does_ending(self, hub: Doors, api: Apis) -> None:
        lena = api(LENA)
        case = (await opened(lena))["id"]

        async def epoch() -> int:
            [[found]] = await hub.made.database.fetch(
                "SELECT s.epoch FROM standing s JOIN coordination_case c ON s.subject = 'individual:' || c.individual_id "
                "WHERE c.id = $1",
                case,
            )
            return found

        before = await epoch()
        made = (await keep(lena, case)).json()["id"]
        kept_at = await epoch()
        assert kept_at > before
        assert (await end(lena, case, made)).status_code == 204
        assert await epoch() > kept_at
        assert [each["inForce"] for each in await kept(lena, case)] == [False]
        assert (await end(lena, case, made)).status_code == 204, "twice is as once"
        [[individual]] = await hub.made.database.fetch("SELECT individual_id FROM withholding")
        entries = (await hub.made.ledger.entries_about(individual)).entries
        ended = [each for each in entries if (each.act, each.kind) == ("end_withholding", EntryKind.CHANGE)]
        assert len(ended) == 1

    async def test_the_team_reads_why_and_what_it_may_rest_on(self, api: Apis) -> None:
        lena = api(LENA)
        case = (await opened(lena))["id"]
        await keep(lena, case)
        found = (await lena.call("GET", f"/cases/{case}/withholdings")).json()
        [decided] = found["items"]
        assert (decided["reason"], decided["ground"], decided["inForce"]) == (WHY, "OSL 26:5", True)
        assert found["grounds"] == [
            {"code": "OSL 26:5", "why": "informant"},
            {"code": "OSL 26:1", "why": "third_person"},
        ]

    async def test_a_reason_that_is_erased_is_empty(self, hub: Doors, api: Apis) -> None:
        lena = api(LENA)
        case = (await opened(lena))["id"]
        await keep(lena, case)
        [[individual]] = await hub.made.database.fetch("SELECT individual_id FROM withholding")
        await hub.made.vault.destroy([KeyScope(individual, "soc", "content")])
        assert [each["reason"] for each in await kept(lena, case)] == [""]
