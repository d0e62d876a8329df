"""The API: refusals first, then each act, as a partner system or an official meets it."""

from base64 import b64encode
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from fastapi import FastAPI, Request

from hub.access import About, Caller, Decider, Gathered
from hub.access.questions import PersonFacts, SeePerson
from hub.audit import Ledger
from hub.consent import (
    BlockService,
    ConsentDue,
    ConsentReader,
    ConsentService,
    ConsentServices,
    Texts,
    WithdrawalService,
    router,
)
from hub.consent.lifting import LiftService
from hub.kit.database import Database
from hub.kit.errors import NotFound
from hub.kit.vault import Vault
from hub.partner import problems
from tests.fakes.clock import FixedClock
from tests.hub.consent.conftest import INDIVIDUAL, ToldEngine, World, client, individual, staff, words

MINE = "/persons/person-1"
LINE = {"owner": "psyk", "receiver": "soc", "category": "plan", "purpose": "sip", "lastDay": "2027-02-28"}
YES: dict[str, Any] = {
    "kind": "secrecy",
    "answer": "yes",
    "form": "oral",
    "witness": "Samir Haddad",
    "textVersion": 1,
    "exclusionsAsked": True,
    "lines": [LINE],
}


@dataclass
class OnePerson:
    """People as consent's API knows them: one individual, whom every agency calls person-1."""

    world: World

    async def may_see(self, caller: Caller, person: str) -> Gathered[SeePerson]:
        around = await self.world.around(caller, INDIVIDUAL, None)
        question = SeePerson(
            now=0,
            caller=around.caller,
            person=PersonFacts(known=person == "person-1", protection="none", provisional_until=0),
            disposal=around.disposal,
            mandates=[],
            own_reference=True,
            by="reference",
        )
        return Gathered(question, around.stands, About("see_person", str(caller.agency), INDIVIDUAL))

    async def open_to(self, caller: Caller, person: str) -> str:
        if person != "person-1":
            raise NotFound
        return INDIVIDUAL


CALLERS = {
    "soc": staff(),
    "psyk": staff("psyk", "official-psyk"),
    "fk": client(),
    "fk-staff": staff("fk", "official-fk"),
    "kajsa": individual(),
}


@dataclass
class Api:
    """The API with a caller's name in a header."""

    http: httpx.AsyncClient

    async def __call__(self, who: str, method: str, path: str, body: Any = None, **headers: str) -> httpx.Response:
        sent = {"x-caller": who, **{name.replace("_", "-"): value for name, value in headers.items()}}
        return await self.http.request(method, path, json=body, headers=sent)

    async def record(self, who: str = "soc", **over: Any) -> str:
        answer = await self(who, "POST", f"{MINE}/consents", {**YES, **over})
        assert answer.status_code == 201, answer.text
        return answer.json()["id"]


@pytest.fixture
async def api(
    consents: ConsentService,
    withdrawals: WithdrawalService,
    blocks: BlockService,
    reader: ConsentReader,
    due: ConsentDue,
    texts: Texts,
    world: World,
    engine: ToldEngine,
    ledger: Ledger,
    clock: FixedClock,
    database: Database,
    vault: Vault,
) -> AsyncIterator[Api]:
    app = FastAPI()

    async def callers(request: Request) -> Caller:
        return CALLERS[request.headers["x-caller"]]

    app.state.callers, app.state.clock, app.state.people = callers, clock, OnePerson(world)
    app.state.decider = Decider(engine, ledger, clock)
    lifts = LiftService(database, vault, ledger, clock, world.around)
    app.state.consent = ConsentServices(consents, withdrawals, blocks, lifts, reader, due, texts, words, world.around)
    app.include_router(router)
    problems.install(app)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://hub.test") as http:
        yield Api(http)


@pytest.mark.requirement("HUB-04")
class TestAbsent:
    @pytest.mark.parametrize(
        ("method", "path", "body"),
        [
            ("GET", "/consents", None),
            ("POST", "/consents", YES),
            ("POST", "/consents", {"kind": "plan", "answer": "no"}),
            ("GET", "/consents/c", None),
            ("PATCH", "/consents/c", {}),
            ("POST", "/consents/c/renewals", {k: YES[k] for k in ("form", "textVersion", "exclusionsAsked")} | {"lastDay": "2027-05-31"}),
            ("GET", "/consents/c/receipt", None),
            ("GET", "/consents/c/evidence", None),
            ("POST", "/consents/c/evidence-answers", {"answer": "accepted"}),
            ("POST", "/withdrawals", {}),
            ("GET", "/withdrawals/w", None),
            ("POST", "/withdrawals/w/confirmations", None),
            ("GET", "/blocks", None),
            ("POST", "/blocks", {}),
        ],
    )  # fmt: skip
    async def test_somebody_absent_and_something_absent_are_the_same(
        self, api: Api, engine: ToldEngine, method: str, path: str, body: Any
    ) -> None:
        engine.hides_unknown = True
        absent = await api("soc", method, f"/persons/nobody{path}", body, if_match='"1"')
        assert absent.status_code == 404
        assert absent.json()["type"].endswith("hittas-inte")
        if "/c" in path[1:] or "/w/" in path:
            mine = await api("soc", method, MINE + path, body, if_match='"1"')
            assert mine.status_code == 404
            assert mine.json().keys() == absent.json().keys()

    async def test_an_individual_has_no_door_here(self, api: Api) -> None:
        assert (await api("kajsa", "GET", f"{MINE}/consents")).status_code == 404


class TestTexts:
    async def test_everybody_may_read_them(self, api: Api) -> None:
        answer = await api("fk", "GET", "/consent-templates")
        assert len(answer.json()["items"]) == 9


@pytest.mark.requirement("HUB-03")
class TestRecord:
    async def test_a_refusal_has_its_decision_number(self, api: Api, engine: ToldEngine) -> None:
        engine.refuses = frozenset({"record_consent"})
        answer = await api("soc", "POST", f"{MINE}/consents", YES)
        assert answer.status_code == 403
        assert answer.json()["decision"]

    async def test_what_is_wrong_is_told_field_by_field(self, api: Api) -> None:
        wrong = {**YES, "witness": "", "lines": [{**LINE, "lastDay": "2026-02-28"}]}
        answer = await api("soc", "POST", f"{MINE}/consents", wrong)
        assert answer.status_code == 422
        assert {each["field"]: each["message"] for each in answer.json()["errors"]} == {
            "lines[0].lastDay": "28 februari 2026 har redan varit. Skriv ett datum efter i dag.",
            "witness": "Skriv vem som var med och hörde.",
        }

    async def test_unknown_fields_and_codes(self, api: Api) -> None:
        for wrong in ({**YES, "override": True}, {**YES, "kind": "everything"}, {**YES, "answer": "maybe"}):
            assert (await api("soc", "POST", f"{MINE}/consents", wrong)).status_code == 422

    async def test_a_yes_with_all_its_parts(self, api: Api) -> None:
        paper = {"mediaType": "image/png", "content": b64encode(b"the signed paper").decode()}
        made = await api.record(
            form="paper",
            scan=paper,
            condition="Bara muntligt.",
            lines=[LINE, {**LINE, "receiver": "other:0"}],
            others=[{"kind": "employer", "name": "Björkå Bageri"}],
            exclusions=[{"owner": "soc", "words": "Inte om mor."}, {"owner": "psyk", "category": "trauma"}],
        )
        answer = await api("soc", "GET", f"{MINE}/consents/{made}")
        assert answer.headers["etag"].startswith(f'"{answer.json()["version"]}-')
        body = answer.json()
        assert (body["state"], body["recordedBy"], body["form"]) == ("waiting", "soc", "paper")
        effects = {(each["owner"], each["effect"], each["words"], each["lastDay"]) for each in body["lines"]}
        assert effects == {("psyk", "permit", "", "2027-02-28"), ("soc", "exclusion", "Inte om mor.", None)}

    async def test_a_no_needs_nothing_more(self, api: Api, engine: ToldEngine) -> None:
        engine.refuses = frozenset({"record_consent", "see_person"})
        answer = await api("fk", "POST", f"{MINE}/consents", {"kind": "plan", "answer": "no"})
        assert answer.status_code == 201
        engine.refuses = frozenset()
        assert (await api("fk", "GET", answer.headers["location"])).json()["state"] == "declined"

    async def test_sending_twice_does_once(self, api: Api) -> None:
        first = await api("soc", "POST", f"{MINE}/consents", YES, idempotency_key="a-key-of-mine")
        again = await api("soc", "POST", f"{MINE}/consents", YES, idempotency_key="a-key-of-mine")
        other = await api("soc", "POST", f"{MINE}/consents", {**YES, "note": "x"}, idempotency_key="a-key-of-mine")
        assert (again.status_code, again.json()) == (201, first.json())
        assert other.status_code == 409


@pytest.mark.requirement("FFS-01")
class TestRead:
    async def test_pages_of_what_concerns_the_caller(self, api: Api) -> None:
        made = [await api.record() for _ in range(3)]
        page = (await api("psyk", "GET", f"{MINE}/consents?limit=2")).json()
        rest = (await api("psyk", "GET", f"{MINE}/consents?limit=2&page=2")).json()
        assert (page["more"], rest["more"]) == (True, False)
        assert {each["id"] for each in (*page["items"], *rest["items"])} == set(made)
        assert (await api("fk", "GET", f"{MINE}/consents")).json()["items"] == []

    async def test_the_receipt_is_for_whoever_wrote_it_down(self, api: Api) -> None:
        made = await api.record()
        receipt = (await api("soc", "GET", f"{MINE}/consents/{made}/receipt")).json()
        assert (receipt["witness"], receipt["scanned"]) == ("Samir Haddad", False)
        assert "Psykiatrin får berätta för Socialtjänsten" in receipt["shown"]
        assert (await api("psyk", "GET", f"{MINE}/consents/{made}/receipt")).status_code == 404


class TestEvidence:
    async def test_the_official_reads_and_answers(self, api: Api) -> None:
        made = await api.record()
        found = (await api("psyk", "GET", f"{MINE}/consents/{made}/evidence")).json()
        assert (found["witness"], found["shown"]) == ("Samir Haddad", "")
        version = found["consent"]["version"]
        path = f"{MINE}/consents/{made}/evidence-answers"
        assert (await api("psyk", "POST", path, {"answer": "accepted"})).status_code == 428
        assert (await api("psyk", "POST", path, {"answer": "accepted"}, if_match='"99"')).status_code == 412
        unsaid = await api("psyk", "POST", path, {"answer": "refused"}, if_match=f'"{version}"')
        assert [each["field"] for each in unsaid.json()["errors"]] == ["fault"]
        yes = await api("psyk", "POST", path, {"answer": "accepted"}, if_match=f'"{version}"')
        assert yes.json()["lines"][0]["state"] == "active"
        no = await api("psyk", "POST", path, {"answer": "refused", "fault": "not_signed"}, if_match=yes.headers["etag"])
        assert (no.json()["lines"][0]["state"], no.json()["lines"][0]["fault"]) == ("evidence_refused", "not_signed")

    @pytest.mark.requirement("HUB-03", "R2")
    async def test_own_words_are_made_out_by_the_owners_official(self, api: Api) -> None:
        made = await api.record(lines=[LINE], exclusions=[{"owner": "psyk", "words": "Inte om mor."}])
        path = f"{MINE}/consents/{made}/evidence-answers"
        found = await api("psyk", "GET", f"{MINE}/consents/{made}")
        assert {each["state"] for each in found.json()["lines"]} == {"waiting"}
        unsaid = await api("psyk", "POST", path, {"answer": "accepted"}, if_match=found.headers["etag"])
        assert [each["field"] for each in unsaid.json()["errors"]] == ["excluded"]
        said = {"answer": "accepted", "excluded": ["meeting"]}
        read = await api("psyk", "POST", path, said, if_match=found.headers["etag"])
        lines = {(each["effect"], each["category"], each["state"]) for each in read.json()["lines"]}
        assert lines >= {("exclusion", "words", "active"), ("exclusion", "meeting", "active")}


class TestNarrow:
    async def test_only_on_the_version_that_was_read(self, api: Api) -> None:
        made = await api.record(lines=[LINE, {**LINE, "category": "meeting"}])
        path = f"{MINE}/consents/{made}"
        read = await api("soc", "GET", path)
        away = [each["id"] for each in read.json()["lines"] if each["category"] == "plan"]
        assert (await api("soc", "PATCH", path, {"removeLines": away})).status_code == 428
        answer = await api(
            "soc", "PATCH", path, {"removeLines": away, "lastDay": "2026-12-24"}, if_match=read.headers["etag"]
        )
        assert answer.status_code == 200
        assert (await api("soc", "PATCH", path, {}, if_match=read.headers["etag"])).status_code == 412
        left = {each["category"]: each["lastDay"] for each in (await api("soc", "GET", path)).json()["lines"]}
        assert left["meeting"] == "2026-12-24"


class TestRenew:
    async def test_one_act(self, api: Api) -> None:
        made = await api.record()
        body = {"lastDay": "2027-05-31", "form": "oral", "witness": "Samir", "textVersion": 1, "exclusionsAsked": True}
        answer = await api("soc", "POST", f"{MINE}/consents/{made}/renewals", body)
        assert answer.status_code == 201
        old = (await api("soc", "GET", f"{MINE}/consents/{made}")).json()
        assert old["renewedBy"] == answer.json()["id"]

    async def test_only_by_whoever_wrote_the_first(self, api: Api) -> None:
        made = await api.record()
        body = {"lastDay": "2027-05-31", "form": "oral", "witness": "Samir", "textVersion": 1, "exclusionsAsked": True}
        assert (await api("psyk", "POST", f"{MINE}/consents/{made}/renewals", body)).status_code == 404


@pytest.mark.requirement("R5")
class TestClose:
    async def test_a_withdrawal_asks_no_engine_and_shows_its_stopwatch(self, api: Api, engine: ToldEngine) -> None:
        made = await api.record()
        engine.refuses = frozenset({"see_person"})
        answer = await api("soc", "POST", f"{MINE}/withdrawals", {"owner": "psyk", "category": "plan"})
        assert answer.status_code == 201
        assert [(each["agency"], each["confirmed"]) for each in answer.json()["receivers"]] == [("soc", False)]
        watch = (await api("soc", "GET", f"{MINE}/withdrawals/{answer.json()['id']}")).json()
        assert watch == answer.json()
        seen = await api("soc", "POST", f"{MINE}/withdrawals/{watch['id']}/confirmations")
        assert seen.json()["receivers"][0]["confirmed"]
        engine.refuses = frozenset()
        assert (await api("soc", "GET", f"{MINE}/consents/{made}")).json()["state"] == "withdrawn"

    async def test_one_whole_consent_from_any_party(self, api: Api) -> None:
        made = await api.record()
        answer = await api("fk", "POST", f"{MINE}/withdrawals", {"consent": made})
        assert (answer.status_code, answer.json()["receivers"]) == (201, [])
        assert (await api("soc", "GET", f"{MINE}/consents/{made}")).json()["state"] == "withdrawn"
        confirm = await api("fk", "POST", f"{MINE}/withdrawals/{answer.json()['id']}/confirmations")
        assert confirm.status_code == 404

    @pytest.mark.requirement("R3")
    async def test_a_block_is_seen_by_the_owner_it_binds(self, api: Api) -> None:
        answer = await api("soc", "POST", f"{MINE}/blocks", {"owner": "psyk", "category": "trauma"})
        assert answer.status_code == 201
        [block] = (await api("psyk", "GET", f"{MINE}/blocks")).json()["items"]
        assert (block["id"], block["receiver"], block["lifted"]) == (answer.json()["id"], "*", False)
        assert (await api("soc", "GET", f"{MINE}/blocks")).json()["items"] == []
