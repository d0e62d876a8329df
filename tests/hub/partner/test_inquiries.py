"""A question to another party's officials, answered by hand: who may not, first; then what a yes opens, and shuts."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

import httpx
import pytest
from fastapi import Request

from hub.access.engine import EngineDown
from hub.cases import INQUIRY_WITHIN, INQUIRY_WITHIN_URGENT
from hub.kit.clock import SystemClock, today
from hub.kit.vault import KeyScope
from hub.kit.working_days import add_working_days
from tests.hub.partner.conftest import Api, caller_of, callers
from tests.support.doors import Doors

Apis = Callable[[str], Api]
LENA, KARIN, PETRA, SAMIR = "lena-sandstrom", "karin-astrom", "petra-lund", "samir-haddad"
GUNNAR = "gunnar-lindqvist"
WORDS = "Vilka insatser har Gunnar haft hos er?"
SAID: Final[dict[str, Any]] = {
    "facts": [{"category": "employment", "text": "Praktik på lager, tre veckor 2025.", "since": "2025-03-03"}],
    "nothing": ["work_ability"],
    "declined": "",
    "send": True,
}


async def case_of(api: Api, key: str = GUNNAR) -> str:
    person = await api.person(key)
    cases = (await api.call("GET", "/cases", params={"limit": 100})).json()["items"]
    return next(each["id"] for each in cases if (each["personId"], each["purpose"]) == (person, "sip"))


async def ask(lena: Api, case: str, headers: dict[str, str] | None = None, **more: Any) -> httpx.Response:
    said = {"owner": "af", "categories": ["employment", "work_ability"], "question": WORDS, **more}
    return await lena.call("POST", f"/cases/{case}/inquiries", json=said, headers=headers or {})


async def asked(lena: Api) -> tuple[str, str]:
    """Return (address of the case's questions, id of one that has been asked of Arbetsförmedlingen)."""
    case = await case_of(lena)
    answer = await ask(lena, case)
    assert answer.status_code == 201, answer.text
    return f"/cases/{case}/inquiries", answer.json()["id"]


async def answered(karin: Api, address: str, inquiry: str, **more: Any) -> httpx.Response:
    read = await karin.call("GET", f"{address}/{inquiry}/question")
    assert read.status_code == 200, read.text
    version = {"If-Match": read.headers["ETag"]}
    return await karin.call("PUT", f"{address}/{inquiry}/answer", json={**SAID, **more}, headers=version)


async def read(lena: Api, address: str, inquiry: str) -> dict[str, Any]:
    got = await lena.call("GET", f"{address}/{inquiry}")
    assert got.status_code == 200, got.text
    return got.json()


async def withdraw(lena: Api, category: str, key: str = GUNNAR) -> None:
    away = {"owner": "af", "receiver": "soc", "category": category}
    done = await lena.call("POST", f"/persons/{await lena.person(key)}/withdrawals", json=away)
    assert done.status_code == 201, done.text


def signed_in_as(hub: Doors, **changed: Any) -> Callable[[], Awaitable[None]]:
    """Return an act that makes everybody's sign-in other than it was."""

    async def act() -> None:
        usual = await callers(hub)

        async def other(request: Request) -> Any:
            return replace(await usual(request), **changed)

        hub.app.state.callers = other

    return act


@pytest.mark.requirement("HUB-03")
class TestNotAsked:
    async def test_without_a_place_in_the_team_there_is_no_case(self, api: Apis) -> None:
        case = await case_of(api(LENA))
        for outsider in ("johan-berg", "tomas-ek", "birgitta-holm"):
            assert (await ask(api(outsider), case)).status_code == 404, outsider

    async def test_of_what_may_not_be_told_now(self, api: Apis) -> None:
        lena = api(LENA)
        case = await case_of(lena)
        none = await ask(lena, case, categories=["health"])
        assert (none.status_code, bool(none.json()["decision"])) == (403, True)
        some = await ask(lena, case, categories=["employment", "health"])
        assert some.status_code == 422
        assert [each["field"] for each in some.json()["errors"]] == ["categories"]
        assert "hälsa" in some.json()["errors"][0]["message"]
        assert (await lena.call("GET", f"/cases/{case}/inquiries")).json() == {"asked": [], "toAnswer": []}

    @pytest.mark.parametrize("owner", ["ame", "soc", "nowhere"])
    async def test_of_one_who_is_no_other_party(self, api: Apis, owner: str) -> None:
        lena = api(LENA)
        assert (await ask(lena, await case_of(lena), owner=owner)).status_code == 404

    async def test_of_one_who_may_not_be_told_that_we_are_in_contact(self, api: Apis) -> None:
        lena = api(LENA)
        case = await case_of(lena)
        away = {"owner": "soc", "receiver": "af", "category": "party"}
        gone = await lena.call("POST", f"/persons/{await lena.person(GUNNAR)}/withdrawals", json=away)
        assert gone.status_code == 201, gone.text
        assert (await ask(lena, case)).status_code == 403
        assert (await api(KARIN).call("GET", f"/cases/{case}/inquiries")).json()["toAnswer"] == []

    async def test_of_one_whom_we_may_not_know_to_be_party(self, api: Apis) -> None:
        lena = api(LENA)
        case = await case_of(lena)
        await withdraw(lena, "party")
        assert (await ask(lena, case)).status_code == 404

    async def test_after_the_consent_has_run_out(self, hub: Doors, api: Apis, monkeypatch: pytest.MonkeyPatch) -> None:
        lena = api(LENA)
        case = await case_of(lena)
        later = hub.made.clock.now() + timedelta(days=189)
        monkeypatch.setattr(SystemClock, "now", lambda _: later)
        await signed_in_as(hub)()
        assert (await ask(lena, case)).status_code == 404

    async def test_on_a_weak_sign_in(self, hub: Doors, api: Apis) -> None:
        lena = api(LENA)
        case = await case_of(lena)
        await signed_in_as(hub, loa=2, factors=1)()
        refused = await ask(lena, case)
        assert (refused.status_code, refused.json()["type"].rpartition(":")[2]) == (403, "starkare-inloggning")

    async def test_when_nothing_can_be_decided(self, hub: Doors, api: Apis, monkeypatch: pytest.MonkeyPatch) -> None:
        lena = api(LENA)
        case = await case_of(lena)
        out_of_order(hub, monkeypatch)
        assert (await ask(lena, case)).status_code == 503

    async def test_without_a_question_or_anything_to_ask_about(self, api: Apis) -> None:
        lena = api(LENA)
        case = await case_of(lena)
        wrong: list[dict[str, Any]] = [{"question": "  "}, {"categories": []}, {"question": "x" * 1001}]
        for more in wrong:
            assert (await ask(lena, case, **more)).status_code == 422, more


@pytest.mark.requirement("HUB-05")
class TestNotAnswered:
    async def test_by_another_agency_which_finds_nothing(self, api: Apis) -> None:
        address, inquiry = await asked(api(LENA))
        for member in (SAMIR, PETRA, LENA, "johan-berg"):
            other = api(member)
            got = await other.call("GET", f"{address}/{inquiry}/question")
            sent = await other.call("PUT", f"{address}/{inquiry}/answer", json=SAID, headers={"If-Match": '"1"'})
            assert (got.status_code, sent.status_code) == (404, 404), member
            listed = await other.call("GET", address)
            assert listed.status_code == 404 or listed.json()["toAnswer"] == []
        assert (await api(SAMIR).call("GET", f"{address}/{inquiry}")).status_code == 404, "it is not theirs to read"

    async def test_through_another_case(self, api: Apis) -> None:
        _, inquiry = await asked(api(LENA))
        other = await case_of(api(KARIN), "kajsa-nilsson")
        assert (await api(KARIN).call("GET", f"/cases/{other}/inquiries/{inquiry}/question")).status_code == 404

    async def test_from_an_old_reading(self, api: Apis) -> None:
        karin = api(KARIN)
        address, inquiry = await asked(api(LENA))
        unsaid = await karin.call("PUT", f"{address}/{inquiry}/answer", json=SAID)
        assert unsaid.status_code == 428
        stale = await karin.call("PUT", f"{address}/{inquiry}/answer", json=SAID, headers={"If-Match": '"7"'})
        assert stale.status_code == 412

    async def test_when_it_has_been_taken_back(self, api: Apis) -> None:
        lena, karin = api(LENA), api(KARIN)
        address, inquiry = await asked(lena)
        for member in (KARIN, SAMIR):
            other = await api(member).call("POST", f"{address}/{inquiry}/withdrawal", headers={"If-Match": '"1"'})
            assert other.status_code == 404, member
        back = await lena.call("POST", f"{address}/{inquiry}/withdrawal", headers={"If-Match": '"1"'})
        assert (back.status_code, back.json()["state"]) == (200, "withdrawn")
        assert (
            await lena.call("POST", f"{address}/{inquiry}/withdrawal", headers={"If-Match": '"2"'})
        ).status_code == 412
        late = await karin.call("PUT", f"{address}/{inquiry}/answer", json=SAID, headers={"If-Match": '"2"'})
        assert late.status_code == 412
        assert (await karin.call("GET", address)).json()["toAnswer"] == []

    async def test_when_the_ground_is_gone(self, api: Apis) -> None:
        lena, karin = api(LENA), api(KARIN)
        address, inquiry = await asked(lena)
        await withdraw(lena, "employment")
        refused = await answered(karin, address, inquiry)
        assert (refused.status_code, refused.json()["type"].rpartition(":")[2]) == (409, "grunden-galler-inte")
        rest = await answered(karin, address, inquiry, facts=[])
        assert (rest.status_code, rest.json()["answer"]["nothing"]) == (200, ["work_ability"]), "what may still be told"

    async def test_when_they_may_not_know_who_asks(self, api: Apis) -> None:
        lena, karin = api(LENA), api(KARIN)
        address, inquiry = await asked(lena)
        away = {"owner": "soc", "receiver": "af", "category": "party"}
        await lena.call("POST", f"/persons/{await lena.person(GUNNAR)}/withdrawals", json=away)
        assert (await karin.call("GET", f"{address}/{inquiry}/question")).status_code == 403
        assert (await karin.call("GET", address)).json()["toAnswer"] == []

    @pytest.mark.parametrize(
        ("more", "field"),
        [
            ({"facts": []}, "employment"),
            ({"facts": [{"category": "health", "text": "x"}]}, "facts.0.category"),
            ({"facts": [{"category": "employment", "text": " "}]}, "facts.0.text"),
            ({"facts": [{"category": "employment", "text": "x" * 2001}]}, "facts.0.text"),
            (
                {"facts": [{"category": "employment", "text": "x", "since": "2025-02-02", "until": "2025-02-01"}]},
                "facts.0.until",
            ),
            ({"nothing": ["work_ability", "health"]}, "nothing"),
            ({"declined": "Vi vill inte."}, "declined"),
            ({"declined": "x" * 2001}, "declined"),
        ],
    )
    async def test_with_what_was_not_asked_or_cannot_be_read(self, api: Apis, more: dict[str, Any], field: str) -> None:
        address, inquiry = await asked(api(LENA))
        refused = await answered(api(KARIN), address, inquiry, **more)
        assert refused.status_code == 422
        assert field in [each["field"] for each in refused.json()["errors"]]


@pytest.mark.requirement("HUB-05")
class TestAnswered:
    async def test_asking_twice_asks_once_by_a_working_day(self, hub: Doors, api: Apis) -> None:
        lena, key = api(LENA), {"Idempotency-Key": "one-question"}
        case = await case_of(lena)
        first, again = [await ask(lena, case, key) for _ in range(2)]
        assert first.json()["id"] == again.json()["id"]
        assert (await ask(lena, case, key, question="Något annat")).status_code == 409
        day = today(hub.made.clock)
        assert first.json()["dueOn"] == add_working_days(day, INQUIRY_WITHIN).isoformat()
        soon = await ask(lena, case, urgent=True)
        assert soon.json()["dueOn"] == add_working_days(day, INQUIRY_WITHIN_URGENT).isoformat()
        waits = (await api(KARIN).call("GET", f"/cases/{case}/inquiries")).json()["toAnswer"]
        assert [(each["id"], each["urgent"]) for each in waits] == [
            (soon.json()["id"], True),
            (first.json()["id"], False),
        ]

    async def test_a_question_says_on_what_the_answer_rests(self, api: Apis) -> None:
        address, inquiry = await asked(api(LENA))
        question = (await api(KARIN).call("GET", f"{address}/{inquiry}/question")).json()
        assert (question["askingAgency"], question["question"], question["purpose"]) == ("soc", WORDS, "sip")
        assert {(each["category"], each["ground"]) for each in question["grounds"]} == {
            ("employment", "consent"),
            ("work_ability", "consent"),
        }

    async def test_facts_come_back_as_given_by_hand_and_by_whom(self, hub: Doors, api: Apis) -> None:
        lena, karin = api(LENA), api(KARIN)
        address, inquiry = await asked(lena)
        before = await read(lena, address, inquiry)
        assert (before["state"], before["readable"], before["facts"]) == ("asked", False, [])
        sent = await answered(karin, address, inquiry)
        assert (sent.status_code, sent.json()["state"]) == (200, "answered"), sent.text
        assert sent.json()["answer"]["facts"][0]["text"] == SAID["facts"][0]["text"], "they see what they answered"
        after = await read(lena, address, inquiry)
        who = await caller_of(hub, KARIN)
        assert (after["state"], after["readable"], after["byHand"]) == ("answered", True, f"{who.name}, {who.title}")
        assert [(each["text"], each["since"], each["struck"]) for each in after["facts"]] == [
            (SAID["facts"][0]["text"], "2025-03-03", [])
        ]
        assert after["nothing"] == ["work_ability"]

    async def test_a_draft_is_the_answering_agencys_alone(self, api: Apis) -> None:
        lena, karin = api(LENA), api(KARIN)
        address, inquiry = await asked(lena)
        kept = await answered(karin, address, inquiry, send=False, nothing=[])
        assert (kept.status_code, kept.json()["state"], kept.json()["answer"]) == (200, "asked", None)
        assert kept.json()["draft"]["facts"][0]["text"] == SAID["facts"][0]["text"]
        assert (await read(lena, address, inquiry))["readable"] is False
        sent = await answered(karin, address, inquiry)
        assert (sent.json()["draft"], sent.json()["state"]) == (None, "answered")

    async def test_what_is_sent_is_succeeded_by_a_newer_answer_and_never_changed(self, hub: Doors, api: Apis) -> None:
        lena, karin = api(LENA), api(KARIN)
        address, inquiry = await asked(lena)
        await answered(karin, address, inquiry)
        newer = [{"category": "employment", "text": "Praktiken förlängdes."}]
        await answered(karin, address, inquiry, facts=newer)
        assert [each["text"] for each in (await read(lena, address, inquiry))["facts"]] == ["Praktiken förlängdes."]
        [[kept]] = await hub.made.database.fetch("SELECT count(*) FROM case_inquiry_answer WHERE sent_at IS NOT NULL")
        assert kept == 2

    async def test_somebody_else_is_struck_always(self, api: Apis) -> None:
        lena, karin = api(LENA), api(KARIN)
        address, inquiry = await asked(lena)
        told = [{"category": "employment", "text": "Hans syster Anna ordnade platsen.", "thirdPerson": True}]
        await answered(karin, address, inquiry, facts=told)
        [fact] = (await read(lena, address, inquiry))["facts"]
        assert (fact["text"], fact["struck"]) == ("Arbete", ["Uppgift om någon annan struken"])

    async def test_declining_tells_why(self, api: Apis) -> None:
        lena, karin = api(LENA), api(KARIN)
        address, inquiry = await asked(lena)
        await answered(karin, address, inquiry, facts=[], nothing=[], declined="Vi behöver tala med Gunnar först.")
        after = await read(lena, address, inquiry)
        assert (after["state"], after["declined"]) == ("declined", "Vi behöver tala med Gunnar först.")

    async def test_nothing_of_it_lies_readable(self, hub: Doors, api: Apis) -> None:
        address, inquiry = await asked(api(LENA))
        await answered(api(KARIN), address, inquiry)
        rows = await hub.made.database.fetch(
            "SELECT q.question, a.body FROM case_inquiry q JOIN case_inquiry_answer a ON 1 = 1"
        )
        lies = b"".join(bytes(each) for row in rows for each in row)
        assert WORDS.encode() not in lies
        assert SAID["facts"][0]["text"].encode() not in lies


@pytest.mark.requirement("HUB-03")
class TestWithdrawn:
    async def test_one_category_goes_and_the_other_stays(self, api: Apis) -> None:
        lena = api(LENA)
        address, inquiry = await asked(lena)
        await answered(api(KARIN), address, inquiry)
        await withdraw(lena, "employment")
        after = await read(lena, address, inquiry)
        assert (after["readable"], after["facts"], after["nothing"]) == (True, [], ["work_ability"])

    async def test_one_question_goes_and_another_to_the_same_agency_stays(self, api: Apis) -> None:
        lena, karin = api(LENA), api(KARIN)
        case = await case_of(lena)
        address = f"/cases/{case}/inquiries"
        made = {c: (await ask(lena, case, categories=[c])).json()["id"] for c in ("employment", "work_ability")}
        for category, inquiry in made.items():
            told = [{"category": category, "text": "Det har gått bra."}]
            assert (await answered(karin, address, inquiry, facts=told, nothing=[])).status_code == 200
        await withdraw(lena, "employment")
        assert (await read(lena, address, made["employment"]))["readable"] is False
        assert (await read(lena, address, made["work_ability"]))["readable"] is True

    async def test_what_has_been_erased_is_gone(self, hub: Doors, api: Apis) -> None:
        lena = api(LENA)
        address, inquiry = await asked(lena)
        await answered(api(KARIN), address, inquiry)
        [[individual]] = await hub.made.database.fetch("SELECT individual_id FROM case_inquiry")
        await hub.made.vault.destroy([KeyScope(individual, each, "content") for each in ("soc", "af")])
        after = [each for each in (await lena.call("GET", address)).json()["asked"] if each["id"] == inquiry]
        assert [(each["question"], each["readable"]) for each in after] == [("", False)]

    async def test_between_asking_and_reading_only_that_it_was_asked_remains(self, api: Apis) -> None:
        lena = api(LENA)
        address, inquiry = await asked(lena)
        await answered(api(KARIN), address, inquiry)
        for category in ("employment", "work_ability"):
            await withdraw(lena, category)
        after = await read(lena, address, inquiry)
        assert (after["question"], after["owner"]) == (WORDS, "af")
        assert (after["readable"], after["state"], after["byHand"], after["answeredAt"]) == (False, "asked", "", None)
        assert (after["facts"], after["nothing"], after["declined"]) == ([], [], "")

    async def test_a_withdrawal_just_before_it_leaves_shuts_it(
        self, hub: Doors, api: Apis, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Decided and recorded, then the ground goes, then it would leave: held against its ground once more."""
        lena = api(LENA)
        address, inquiry = await asked(lena)
        await answered(api(KARIN), address, inquiry)
        decider = hub.made.decider
        usual = decider.again

        async def again(*args: Any) -> Any:
            await withdraw(lena, "employment")
            return await usual(*args)

        monkeypatch.setattr(decider, "again", again)
        assert (await read(lena, address, inquiry))["readable"] is False

    async def test_when_nothing_can_be_decided_nothing_is_read(
        self, hub: Doors, api: Apis, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        lena = api(LENA)
        address, inquiry = await asked(lena)
        await answered(api(KARIN), address, inquiry)
        out_of_order(hub, monkeypatch)
        assert (await lena.call("GET", f"{address}/{inquiry}")).status_code == 503

    async def test_when_they_have_left_the_case(self, hub: Doors, api: Apis) -> None:
        lena = api(LENA)
        address, inquiry = await asked(lena)
        await answered(api(KARIN), address, inquiry)
        await hub.made.database.record("UPDATE case_party SET left_at = joined_at WHERE agency = 'af'")
        assert (await read(lena, address, inquiry))["readable"] is False


@pytest.mark.requirement("HUB-04")
class TestProtected:
    """Nora: skyddad folkbokföring; Lena and Samir are cleared for her."""

    async def question(self, lena: Api) -> tuple[str, str]:
        case = await case_of(lena, "nora-vinge")
        made = await ask(lena, case, owner="psyk", categories=["work_ability"])
        assert made.status_code == 201, made.text
        return f"/cases/{case}/inquiries", made.json()["id"]

    async def test_to_the_uncleared_there_is_no_case_and_no_question(self, hub: Doors, api: Apis) -> None:
        address, inquiry = await self.question(api(LENA))
        case = address.split("/")[2]
        joined = "INSERT INTO case_member SELECT 'm' || id, case_id, $1, agency, $3, added_by, valid_from, valid_until FROM case_member WHERE case_id = $2 AND agency = 'psyk'"
        amina = api("amina-yusuf")
        await hub.made.database.record(joined, await amina.assignment("amina-yusuf"), case, False)
        for method, path in (("GET", address), ("GET", f"{address}/{inquiry}/question")):
            there = await amina.call(method, path)
            absent = await amina.call(method, path.replace(case, "a" * 26).replace(inquiry, "b" * 26))
            assert (
                (there.status_code, len(there.content))
                == (absent.status_code, len(absent.content))
                == (404, len(there.content))
            )

    async def test_neither_place_nor_unit_nor_who_answered_leaves(self, hub: Doors, api: Apis) -> None:
        lena, samir = api(LENA), api(SAMIR)
        address, inquiry = await self.question(lena)
        facts = [
            {"category": "work_ability", "text": "Arbetar halvtid på bageriet i Sundby.", "location": True},
            {"category": "work_ability", "text": "Klarar halvtid."},
        ]
        sent = await answered(samir, address, inquiry, facts=facts, nothing=[])
        assert sent.status_code == 200, sent.text
        after = await read(lena, address, inquiry)
        assert [(each["text"], each["struck"]) for each in after["facts"]] == [
            ("Arbetsförmåga", ["Plats struken", "Enhet struken"]),
            ("Klarar halvtid.", ["Enhet struken"]),
        ]
        who = await caller_of(hub, SAMIR)
        assert (after["byHand"], who.name in str(after)) == (who.title, False)

    async def test_a_free_text_that_declines_does_not_leave(self, api: Apis) -> None:
        lena = api(LENA)
        address, inquiry = await self.question(lena)
        why = "Hon har flyttat till Sundby."
        await answered(api(SAMIR), address, inquiry, facts=[], nothing=[], declined=why)
        after = await read(lena, address, inquiry)
        assert (after["state"], after["declined"]) == ("declined", "")


@pytest.mark.requirement("HUB-06")
async def test_the_ledger_has_each_asking_answer_and_reading_in_counts_and_no_words(hub: Doors, api: Apis) -> None:
    lena = api(LENA)
    address, inquiry = await asked(lena)
    await answered(api(KARIN), address, inquiry)
    await read(lena, address, inquiry)
    entries = (await hub.made.ledger.entries_in_case(address.split("/")[2], limit=100)).entries
    acts = [each.act for each in entries]
    for act in ("ask_inquiry", "read_inquiry", "answer_inquiry", "show_answer"):
        assert act in acts, act
    [shown] = [each for each in entries if each.act == "show_answer"]
    assert (shown.detail["came"], shown.detail["shown"]) == ({"employment": 1}, {"employment": 1})
    assert WORDS not in str(entries)
    assert SAID["facts"][0]["text"] not in str(entries)


def out_of_order(hub: Doors, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the engine be down."""

    async def fails(*_: Any) -> bytes:
        raise EngineDown

    monkeypatch.setattr(hub.made.decider._engine, "evaluate", fails)
