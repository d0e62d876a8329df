"""A question to an agency that has nobody in the case: who finds nothing, first; then who sees that it waits, and gives it away."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from hub.kit.ids import new_id
from tests.hub.partner.conftest import Api
from tests.hub.partner.test_inquiries import (
    GUNNAR,
    KARIN,
    LENA,
    PETRA,
    SAMIR,
    answered,
    ask,
    asked,
    case_of,
    out_of_order,
    signed_in_as,
    withdraw,
)
from tests.support.doors import Doors

Apis = Callable[[str], Api]
#: Who chooses who works with a case, at Arbetsförmedlingen and elsewhere.
MATS, GORAN, ASA, MARGARETA = "mats-engstrom", "goran-palm", "asa-noren", "margareta-lindh"
AMINA = "amina-yusuf"


async def left(hub: Doors, agency: str = "af") -> None:
    """Let nobody at the agency be on any team."""
    await hub.made.database.record("UPDATE case_member SET valid_until = valid_from WHERE agency = $1", agency)


async def unseen(hub: Doors, api: Apis) -> tuple[str, str]:
    """Return (address of the case's questions, id of one that nobody at Arbetsförmedlingen sees)."""
    found = await asked(api(LENA))
    await left(hub)
    return found


async def listed(api: Api) -> list[dict[str, Any]]:
    got = await api.call("GET", "/inquiries")
    assert got.status_code == 200, got.text
    return got.json()["items"]


async def give(api: Api, inquiry: str, member: str) -> httpx.Response:
    said = {"assignmentId": await api.assignment(member)}
    return await api.call("PUT", f"/inquiries/{inquiry}/receiver", json=said)


async def hidden(api: Api, inquiry: str, member: str = KARIN) -> bool:
    """Tell whether the question is the same as absent."""
    there, absent = [await give(api, each, member) for each in (inquiry, new_id())]
    same = (there.status_code, len(there.content)) == (absent.status_code, len(absent.content))
    return same and there.status_code == 404 and await listed(api) == []


@pytest.mark.requirement("HUB-03")
class TestNotThere:
    @pytest.mark.parametrize("member", [KARIN, "anneli-ros", "rolf-dahl"])
    async def test_for_one_who_does_not_choose_who_works(self, hub: Doors, api: Apis, member: str) -> None:
        _, inquiry = await unseen(hub, api)
        assert await hidden(api(member), inquiry)

    @pytest.mark.parametrize("member", [GORAN, ASA, MARGARETA, "per-agren", PETRA, LENA])
    async def test_for_another_agency(self, hub: Doors, api: Apis, member: str) -> None:
        _, inquiry = await unseen(hub, api)
        assert await hidden(api(member), inquiry)

    async def test_while_somebody_there_sees_it(self, api: Apis) -> None:
        _, inquiry = await asked(api(LENA))
        assert await hidden(api(MATS), inquiry)

    async def test_while_somebody_stands_in_for_one_who_is_gone(self, hub: Doors, api: Apis) -> None:
        _, inquiry = await asked(api(LENA))
        mats, karin = [await api(MATS).assignment(each) for each in (MATS, KARIN)]
        await hub.made.database.record(
            "INSERT INTO substitution SELECT $1, 'af', $2, id, valid_from, valid_until, id FROM assignment WHERE id = $3",
            new_id(),
            mats,
            karin,
        )
        await hub.made.database.record("UPDATE assignment SET valid_until = valid_from WHERE id = $1", karin)
        assert await hidden(api(MATS), inquiry, MATS)

    async def test_when_it_is_taken_back_or_answered(self, hub: Doors, api: Apis) -> None:
        lena = api(LENA)
        address, inquiry = await asked(lena)
        version = (await lena.call("GET", f"{address}/{inquiry}")).headers["ETag"]
        await lena.call("POST", f"{address}/{inquiry}/withdrawal", headers={"If-Match": version})
        await left(hub)
        assert await hidden(api(MATS), inquiry)

    @pytest.mark.parametrize(
        "gone",
        [
            "UPDATE case_party SET left_at = joined_at WHERE agency = 'af'",
            "UPDATE coordination_case SET closed_at = opened_at, state = 'closed'",
        ],
    )
    async def test_when_they_have_left_or_the_case_is_closed(self, hub: Doors, api: Apis, gone: str) -> None:
        _, inquiry = await unseen(hub, api)
        await hub.made.database.record(gone)
        assert await hidden(api(MATS), inquiry)

    async def test_when_they_may_no_longer_know_who_asks(self, hub: Doors, api: Apis) -> None:
        _, inquiry = await unseen(hub, api)
        lena = api(LENA)
        away = {"owner": "soc", "receiver": "af", "category": "party"}
        await lena.call("POST", f"/persons/{await lena.person(GUNNAR)}/withdrawals", json=away)
        assert await listed(api(MATS)) == []
        assert (await give(api(MATS), inquiry, KARIN)).status_code == 404

    async def test_on_a_weak_sign_in(self, hub: Doors, api: Apis) -> None:
        _, inquiry = await unseen(hub, api)
        await signed_in_as(hub, loa=2, factors=1)()
        assert await listed(api(MATS)) == []
        refused = await give(api(MATS), inquiry, KARIN)
        assert (refused.status_code, refused.json()["type"].rpartition(":")[2]) == (403, "starkare-inloggning")

    async def test_when_nothing_can_be_decided(self, hub: Doors, api: Apis, monkeypatch: pytest.MonkeyPatch) -> None:
        _, inquiry = await unseen(hub, api)
        out_of_order(hub, monkeypatch)
        assert await listed(api(MATS)) == []
        assert (await give(api(MATS), inquiry, KARIN)).status_code == 503

    @pytest.mark.parametrize("member", [LENA, "anneli-ros", "rolf-dahl"])
    async def test_to_give_to_another_agencys_or_one_who_answers_nothing(
        self, hub: Doors, api: Apis, member: str
    ) -> None:
        _, inquiry = await unseen(hub, api)
        refused = await give(api(MATS), inquiry, member)
        assert (refused.status_code, refused.json()["type"].rpartition(":")[2]) == (422, "inte-kollega")
        assert len(await listed(api(MATS))) == 1


@pytest.mark.requirement("HUB-04")
class TestProtected:
    """Nora: skyddad folkbokföring; at psykiatrin Samir alone is cleared for her."""

    async def question(self, hub: Doors, api: Apis) -> str:
        lena = api(LENA)
        made = await ask(lena, await case_of(lena, "nora-vinge"), owner="psyk", categories=["work_ability"])
        assert made.status_code == 201, made.text
        await left(hub, "psyk")
        return made.json()["id"]

    async def cleared(self, hub: Doors, api: Apis, member: str) -> None:
        row = "SELECT $1, individual, agency, $2, given_by, reason, valid_from, valid_until FROM clearance"
        await hub.made.database.record(
            f"INSERT INTO clearance {row} WHERE agency = 'psyk' AND assignment = $3",
            new_id(),
            await api(member).assignment(member),
            await api(SAMIR).assignment(SAMIR),
        )

    async def test_to_the_uncleared_it_is_the_same_as_absent_and_no_attempt_is_recorded(
        self, hub: Doors, api: Apis
    ) -> None:
        inquiry = await self.question(hub, api)
        [[before]] = await hub.made.database.fetch("SELECT count(*) FROM ledger_entry")
        assert await listed(api(MARGARETA)) == []
        [[after]] = await hub.made.database.fetch("SELECT count(*) FROM ledger_entry")
        assert before == after, "a list is no attempt to see the individual"
        assert await hidden(api(MARGARETA), inquiry, SAMIR)

    async def test_the_cleared_gives_it_to_the_cleared_alone(self, hub: Doors, api: Apis) -> None:
        inquiry = await self.question(hub, api)
        await self.cleared(hub, api, MARGARETA)
        margareta = api(MARGARETA)
        assert [each["id"] for each in await listed(margareta)] == [inquiry]
        assert (await give(margareta, inquiry, AMINA)).status_code == 422
        assert (await give(margareta, inquiry, SAMIR)).status_code == 200
        assert await hidden(margareta, inquiry, SAMIR)

    async def test_one_on_the_team_who_is_not_cleared_sees_nothing_so_it_waits(self, hub: Doors, api: Apis) -> None:
        inquiry = await self.question(hub, api)
        await self.cleared(hub, api, MARGARETA)
        amina = await api(AMINA).assignment(AMINA)
        await hub.made.database.record(
            "UPDATE case_member SET assignment_id = $1, valid_until = valid_from + 99999999999999 WHERE agency = 'psyk'",
            amina,
        )
        assert [each["id"] for each in await listed(api(MARGARETA))] == [inquiry]


@pytest.mark.requirement("HUB-05")
class TestTaken:
    async def test_nothing_is_told_but_that_it_waits(self, hub: Doors, api: Apis) -> None:
        address, inquiry = await unseen(hub, api)
        mats = api(MATS)
        [found] = await listed(mats)
        assert (found["id"], found["caseId"], found["urgent"]) == (inquiry, address.split("/")[2], False)
        assert sorted(found) == ["caseId", "dueOn", "id", "urgent"]
        assert (await mats.call("GET", f"{address}/{inquiry}/question")).status_code == 404

    async def test_whoever_is_chosen_answers_and_it_waits_no_more(self, hub: Doors, api: Apis) -> None:
        address, inquiry = await unseen(hub, api)
        karin = api(KARIN)
        assert (await karin.call("GET", f"{address}/{inquiry}/question")).status_code == 404
        given = await give(api(MATS), inquiry, KARIN)
        assert (given.status_code, given.json()["id"]) == (200, inquiry), given.text
        assert await hidden(api(MATS), inquiry)
        assert (await answered(karin, address, inquiry)).status_code == 200
        told = (await api(LENA).call("GET", f"{address}/{inquiry}")).json()
        assert (told["state"], told["readable"]) == ("answered", True)

    async def test_one_may_take_it_oneself(self, hub: Doors, api: Apis) -> None:
        address, inquiry = await unseen(hub, api)
        mats = api(MATS)
        assert (await give(mats, inquiry, MATS)).status_code == 200
        assert (await answered(mats, address, inquiry)).status_code == 200

    async def test_when_the_only_one_has_left_the_agency(self, hub: Doors, api: Apis) -> None:
        _, inquiry = await asked(api(LENA))
        karin = await api(KARIN).assignment(KARIN)
        await hub.made.database.record("UPDATE assignment SET valid_until = valid_from WHERE id = $1", karin)
        assert [each["id"] for each in await listed(api(MATS))] == [inquiry]

    async def test_the_most_pressing_first(self, hub: Doors, api: Apis) -> None:
        lena = api(LENA)
        case = await case_of(lena)
        made = [(await ask(lena, case, urgent=each)).json()["id"] for each in (False, True)]
        await left(hub)
        assert [each["id"] for each in await listed(api(MATS))] == made[::-1]
        await withdraw(lena, "employment")
        assert len(await listed(api(MATS))) == 2, "what may be answered is for the one who answers to see"


@pytest.mark.requirement("HUB-06")
async def test_the_ledger_says_who_found_it_and_whom_they_chose(hub: Doors, api: Apis) -> None:
    address, inquiry = await unseen(hub, api)
    await listed(api(MATS))
    await give(api(MATS), inquiry, KARIN)
    entries = (await hub.made.ledger.entries_in_case(address.split("/")[2], limit=100)).entries
    mats = f"assignment:{await api(MATS).assignment(MATS)}"
    found = [each for each in entries if each.act == "find_inquiry"]
    assert {(each.caller_ref, each.outcome.value, each.detail["inquiry"]) for each in found} == {
        (mats, "permit", inquiry)
    }
    [chosen] = [each for each in entries if each.act == "add_to_team" and each.caller_ref == mats]
    assert chosen.detail["assignment"] == await api(KARIN).assignment(KARIN)
