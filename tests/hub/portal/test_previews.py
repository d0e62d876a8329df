"""What they would see, before a yes and before a change: refusals first; shown to the individual, and to nobody else."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest

from hub.access import EngineFailure
from hub.broker import encode_fact
from hub.broker.port import AgencyAnswer, AgencyFault, FaultKind, Gap, Value, WrongPerson
from hub.cases.inquiry_said import Kept, Said, SaidFact, encode
from hub.cases.model import Inquiry, InquiryAnswer, InquiryState, PinnedFact, Withholding
from hub.example import example
from hub.kit.clock import today
from hub.kit.vault import KeyScope, Place
from tests.fakes.agency import FakeAgency, fact, place
from tests.fakes.engine import SetEngine
from tests.hub.portal.test_portal import OWN
from tests.support.doors import Browser, Doors, case_of, doors, says

pytestmark = pytest.mark.requirement("AUBI-11")
NEW = "/mina-sidor/samtycke/nytt"
CHANGE = "/mina-sidor/samtycke/soc/andra"
PINNED = "Vårdplanen gäller till våren."
BY_HAND = "De möts varje torsdag."
PLANNED = "Nästa möte är den nionde december."
HIDDEN = "Hälsan är ingenting som socialtjänsten får läsa."
LOOK = {**OWN, "svar": "visa"}


@pytest.fixture
def ports() -> dict[str, FakeAgency]:
    answer = AgencyAnswer(facts=(fact("plan", PLANNED), fact("health", HIDDEN)))
    return {
        "psyk": FakeAgency(answer),
        "soc": FakeAgency(),
        "af": FakeAgency(road="ssbtek", purposes=frozenset({"ekonomiskt_bistand"})),
        "fk": FakeAgency(road="lefi"),
    }


@pytest.fixture
async def hub(town: Path, tmp_path: Path, ports: dict[str, FakeAgency]) -> AsyncIterator[Doors]:
    async with doors(town, tmp_path / "hub", ports=ports) as opened:
        yield opened


@pytest.fixture
async def elias(hub: Doors, lena: Browser) -> Browser:
    """Elias, on whom socialtjänsten has a case, and who has said nothing."""
    await case_of(lena, "elias-boman")
    return await hub.individual("elias-boman")


async def looked(who: Browser, **changed: Any) -> httpx.Response:
    """Press the button in the form, and open what it leads to."""
    page = await who.open(NEW)
    answer = await who.send(page, NEW, {**LOOK, **changed})
    assert answer.status_code == 303, says(answer)
    return await who.open(answer.headers["location"])


async def entries(hub: Doors) -> list[tuple[Any, ...]]:
    """Return what the ledger's open part says of psychiatry: kind, outcome, and whose staff it was."""
    sql = "SELECT kind, outcome, agency FROM ledger_entry WHERE owner = 'psyk' ORDER BY recorded_at"
    return [tuple(row) for row in await hub.made.database.fetch(sql)]


class TestRefusals:
    async def test_what_is_missing_in_the_form_is_said_and_nobody_is_asked(
        self, elias: Browser, ports: dict[str, FakeAgency]
    ) -> None:
        page = await elias.open(NEW)
        answer = await elias.send(page, NEW, {"owners": "psyk", "svar": "visa"})
        assert answer.status_code == 422
        assert "Välj vem som får ta emot." in answer.text
        assert not any(each.asked for each in ports.values())

    async def test_anothers_preview_is_nobodys(self, elias: Browser, kajsa: Browser) -> None:
        seen = await looked(elias)
        assert PLANNED in seen.text
        answer = await kajsa.open(seen.url.path)
        assert "Det som visades är borta" in says(answer)
        assert PLANNED not in answer.text

    async def test_what_was_asked_for_one_draft_is_not_shown_for_another(self, elias: Browser) -> None:
        seen = await looked(elias)
        page = await elias.open(NEW)
        await elias.send(page, NEW, {**LOOK, "categories": ["party", "meeting"], "svar": ""})
        answer = await elias.open(seen.url.path)
        assert "Det som visades är borta" in says(answer)
        assert PLANNED not in answer.text

    async def test_after_its_minute_it_is_gone(self, hub: Doors, elias: Browser) -> None:
        seen = await looked(elias)
        await hub.made.gatherer.settle()
        await hub.made.database.record("UPDATE gathering SET expires_at = $1 RETURNING id", 1)
        answer = await elias.open(seen.url.path)
        assert "Det som visades är borta" in says(answer)
        assert PLANNED not in answer.text
        await hub.made.gatherer.store.sweep()
        assert not await hub.made.database.fetch("SELECT * FROM gathering_part")

    @pytest.mark.requirement("R25")
    async def test_a_weak_sign_in_sees_only_that_a_stronger_is_needed(
        self, hub: Doors, elias: Browser, ports: dict[str, FakeAgency]
    ) -> None:
        weak = await hub.individual("elias-boman", loa=2)
        answer = await weak.send(await elias.open(NEW), NEW, LOOK)
        assert answer.status_code == 403
        assert not any(each.asked for each in ports.values())

    @pytest.mark.requirement("R7")
    async def test_a_representative_outside_the_scope_asks_nobody(
        self, hub: Doors, ports: dict[str, FakeAgency]
    ) -> None:
        ulla = await hub.individual("ulla-marklund")
        [row] = await hub.made.database.fetch("SELECT id FROM representative WHERE kind = 'god_man'")
        ulla.client.cookies.set("for", row[0])
        page = await ulla.open(NEW)
        await hub.made.database.record("UPDATE representative SET scope = 'economy' RETURNING id")
        assert (await ulla.send(page, NEW, LOOK)).status_code == 403
        assert not any(each.asked for each in ports.values())

    @pytest.mark.requirement("HUB-04")
    async def test_a_guardian_of_a_protected_child_finds_nothing(
        self, hub: Doors, elias: Browser, ports: dict[str, FakeAgency]
    ) -> None:
        form, fredrik = await elias.open(NEW), await hub.individual("fredrik-alm")
        for [mandate] in await hub.made.database.fetch("SELECT id FROM representative WHERE kind = 'guardian'"):
            fredrik.client.cookies.set("for", mandate)
            answer = await fredrik.send(form, NEW, LOOK)
            assert answer.status_code in {403, 404}
        assert not any(each.asked for each in ports.values())

    @pytest.mark.requirement("HUB-02")
    async def test_without_an_engine_nobody_is_asked_and_nothing_is_shown(
        self, hub: Doors, elias: Browser, ports: dict[str, FakeAgency], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        page, seen = await elias.open(NEW), await looked(elias)
        before = len(ports["psyk"].asked)
        monkeypatch.setattr(hub.made.decider, "_engine", SetEngine(failure=EngineFailure("engine_down")))
        assert (await elias.send(page, NEW, LOOK)).status_code == 503
        answer = await elias.open(seen.url.path)
        assert answer.status_code == 503
        assert PLANNED not in answer.text
        assert len(ports["psyk"].asked) == before

    async def test_what_the_owner_keeps_from_the_individual_too_is_named_and_not_shown(
        self, elias: Browser, ports: dict[str, FakeAgency]
    ) -> None:
        secret = fact("plan", PLANNED, withheld_from_individual=True)
        ports["psyk"].answer = AgencyAnswer(facts=(secret, fact("meeting", "Möte varje tisdag.")))
        seen = await looked(elias)
        assert PLANNED not in seen.text
        assert "Möte varje tisdag." in seen.text
        assert "Uppgiften är hemlig enligt lag, också för dig." in says(seen)

    @pytest.mark.requirement("R23")
    async def test_what_speaks_of_somebody_else_is_struck(self, elias: Browser, ports: dict[str, FakeAgency]) -> None:
        brother = Value("brother", "Bror", "Någon annan människa", third_person=True)
        ports["psyk"].answer = AgencyAnswer(facts=(fact("plan", "Bor med någon annan människa.", values=(brother,)),))
        seen = await looked(elias)
        assert "annan människa" not in seen.text
        assert "Uppgift om någon annan struken" in says(seen)

    @pytest.mark.requirement("R13")
    @pytest.mark.requirement("R14")
    async def test_a_road_for_another_errand_is_never_used(self, elias: Browser, ports: dict[str, FakeAgency]) -> None:
        seen = await looked(elias, owners=["psyk", "fk", "af"])
        assert "Försäkringskassan kan inte visa det här i förväg." in says(seen)
        assert "Arbetsförmedlingen kan inte visa det här i förväg." in says(seen)
        assert not ports["fk"].asked
        assert not ports["af"].asked


class TestWhatIsShown:
    async def test_exactly_what_the_lines_would_open_and_nothing_else(
        self, elias: Browser, ports: dict[str, FakeAgency]
    ) -> None:
        seen = await looked(elias)
        assert "Det här skulle socialtjänsten få se" in says(seen)
        assert PLANNED in seen.text
        assert HIDDEN not in seen.text
        assert set(ports["psyk"].asked[0].categories) == {"plan", "meeting"}

    async def test_the_owner_is_asked_by_the_individual_and_told_of_no_agency(
        self, elias: Browser, ports: dict[str, FakeAgency]
    ) -> None:
        await looked(elias)
        [asked] = ports["psyk"].asked
        assert (asked.ground.code, asked.ground.law) == ("own_data", "OSL 12:1")
        assert (asked.asker.agency, asked.asker.case) == ("Samverkanshubben", "")
        assert asked.whom.reveal() == example().individuals["elias-boman"].number

    async def test_without_that_there_is_a_contact_they_see_nothing(self, elias: Browser) -> None:
        seen = await looked(elias, categories=["plan", "meeting"])
        assert PLANNED not in seen.text
        assert "Socialtjänsten får inte veta att du har kontakt med psykiatrin." in says(seen)

    async def test_nobody_else_is_told_and_the_individual_reads_that_they_looked(
        self, hub: Doors, lena: Browser, elias: Browser
    ) -> None:
        before = await entries(hub)
        await looked(elias)
        added = (await entries(hub))[len(before) :]
        assert added == [("disclosure", "permit", None)] * 2, "asked, then shown; nothing to an agency"
        log = says(await elias.open("/mina-sidor/vem-har-tittat"))
        assert "såg vad andra skulle få se om" in log
        assert "Det kom 2 uppgifter." in log

    async def test_looking_says_nothing(self, hub: Doors, elias: Browser) -> None:
        before = await hub.made.database.fetch("SELECT count(*) FROM consent_line")
        await looked(elias)
        assert await hub.made.database.fetch("SELECT count(*) FROM consent_line") == before

    async def test_what_lies_is_sealed(self, hub: Doors, elias: Browser) -> None:
        await looked(elias)
        await hub.made.gatherer.settle()
        [[body]] = await hub.made.database.fetch("SELECT body FROM gathering_part")
        assert PLANNED.encode() not in bytes(body)

    async def test_somebody_who_does_not_work_here_is_said(self, elias: Browser) -> None:
        seen = says(await looked(elias, owners=["soc"], receivers=["psyk"]))
        assert "Ingen hos psykiatrin arbetar med ditt ärende än." in seen

    async def test_what_they_could_not_ask_for_themselves_is_said(self, elias: Browser) -> None:
        one_way = says(await looked(elias))
        assert "Socialtjänsten kan inte själv fråga psykiatrin." in one_way
        both = says(await looked(elias, owners=["psyk", "soc"], receivers=["psyk", "soc"]))
        assert "kan inte själv fråga" not in both

    @pytest.mark.parametrize(
        ("fault", "said"),
        [
            (AgencyFault(FaultKind.SILENT), "Psykiatrin svarade inte i tid."),
            (AgencyFault(FaultKind.DOWN), "Psykiatrin kan inte svara just nu."),
            (WrongPerson(), "Psykiatrin svarade om någon annan än dig."),
        ],
    )
    async def test_who_is_silent_is_named_and_the_rest_is_shown(
        self, elias: Browser, ports: dict[str, FakeAgency], fault: AgencyFault, said: str
    ) -> None:
        ports["psyk"].answer = fault
        ports["soc"].answer = AgencyAnswer(facts=(fact("plan", "Praktik i lugn takt."),))
        seen = await looked(elias, owners=["psyk", "soc"], receivers=["soc", "psyk"])
        assert said in says(seen)
        assert "Praktik i lugn takt." in seen.text

    async def test_one_who_is_late_is_waited_for_and_comes_at_the_next_look(
        self, elias: Browser, ports: dict[str, FakeAgency], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("hub.portal.previewing._WAITS", 0.01)
        ports["psyk"].slow = asyncio.Event()
        seen = await looked(elias)
        assert "Psykiatrin har inte svarat än." in says(seen)
        ports["psyk"].slow.set()
        monkeypatch.setattr("hub.portal.previewing._WAITS", 4.0)
        assert PLANNED in (await elias.open(seen.url.path)).text

    async def test_a_gap_is_named(self, elias: Browser, ports: dict[str, FakeAgency]) -> None:
        ports["psyk"].answer = AgencyAnswer(gaps=(Gap("Vårdplaner", "kunde inte läsas"),))
        assert "Något fattas från psykiatrin: Vårdplaner." in says(await looked(elias))

    @pytest.mark.requirement("HUB-04")
    async def test_places_of_a_protected_individual_are_struck(self, hub: Doors, ports: dict[str, FakeAgency]) -> None:
        told = fact("plan", "Möte i Hemlighetsby.", values=(place("Hemlighetsby"),), unit="Mottagningen i Hemlighetsby")
        ports["psyk"].answer = AgencyAnswer(facts=(told,))
        nora = await hub.individual("nora-vinge")
        seen = await looked(nora)
        assert ports["psyk"].asked
        assert "Hemlighetsby" not in seen.text
        assert "Plats struken" in says(seen)


class TestAChange:
    @pytest.mark.requirement("HUB-03")
    async def test_what_is_ticked_is_gone_from_what_they_would_see(
        self, elias: Browser, ports: dict[str, FakeAgency]
    ) -> None:
        ports["psyk"].answer = AgencyAnswer(facts=(fact("plan", PLANNED), fact("meeting", "Möte varje tisdag.")))
        await elias.send(await elias.open(NEW), NEW, OWN)
        page = await elias.open(CHANGE)
        answer = await elias.send(page, CHANGE, {"remove": "psyk/plan", "svar": "visa"})
        assert answer.status_code == 303, says(answer)
        seen = await elias.open(answer.headers["location"])
        assert "Möte varje tisdag." in seen.text
        assert PLANNED not in seen.text
        assert "psyk/plan" in (await elias.open(CHANGE)).text, "nothing is taken away by looking"

    async def test_nothing_ticked_asks_nobody(self, elias: Browser, ports: dict[str, FakeAgency]) -> None:
        await elias.send(await elias.open(NEW), NEW, OWN)
        page = await elias.open(CHANGE)
        assert (await elias.send(page, CHANGE, {"svar": "visa"})).status_code == 422
        assert not ports["psyk"].asked

    async def test_all_of_it_leaves_nothing(self, elias: Browser, ports: dict[str, FakeAgency]) -> None:
        await elias.send(await elias.open(NEW), NEW, OWN)
        page = await elias.open(CHANGE)
        everything = ["psyk/plan", "psyk/meeting", "psyk/party"]
        answer = await elias.send(page, CHANGE, {"remove": everything, "svar": "visa"})
        seen = says(await elias.open(answer.headers["location"]))
        assert "Socialtjänsten skulle inte få veta något från någon annan." in seen
        assert not ports["psyk"].asked


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "What socialtjänsten would see"), ("sv-x-easy", "Det här kan socialtjänsten läsa om du säger ja")],
)
async def test_in_each_language(elias: Browser, language: str, said: str) -> None:
    await elias.open(f"/mina-sidor/sprak/{language}?till={NEW}")
    assert said in says(await looked(elias))


class TestAnOfficialsDecision:
    """What an owner's official has decided isn't shown to the individual (OSL 12:1, 25:6, 25:7, 26:5)."""

    @pytest.fixture
    async def address(self, hub: Doors, elias: Browser, ports: dict[str, FakeAgency]) -> str:
        """Return where socialtjänsten decides, in the case of Elias."""
        ports["soc"].answer = AgencyAnswer(facts=(fact("plan", PLANNED), fact("meeting", "Möte varje tisdag.")))
        [[case]] = await hub.made.database.fetch("SELECT id FROM coordination_case ORDER BY opened_at DESC, id LIMIT 1")
        return f"/arbete/arenden/{case}/visas-inte"

    async def kept(self, hub: Doors, lena: Browser, address: str) -> None:
        last = (today(hub.made.clock) + timedelta(days=30)).isoformat()
        said = {"category": "plan", "ground": "OSL 26:5", "reason": "Någon kan råka illa ut.", "last_day": last}
        answer = await lena.send(await lena.open(address), address, said)
        assert answer.status_code == 303, says(answer)

    async def seen(self, who: Browser) -> httpx.Response:
        return await looked(who, owners=["soc"], receivers=["psyk"])

    async def test_it_is_not_shown_and_neither_ground_nor_reason_is_told(
        self, hub: Doors, lena: Browser, elias: Browser, address: str, ports: dict[str, FakeAgency]
    ) -> None:
        assert PLANNED in (await self.seen(elias)).text
        await self.kept(hub, lena, address)
        ports["soc"].asked.clear()
        seen = await self.seen(elias)
        assert PLANNED not in seen.text
        assert "Möte varje tisdag." in seen.text
        assert "Uppgiften är hemlig enligt lag, också för dig." in says(seen)
        for told in ("26:5", "illa ut", "Lena"):
            assert told not in says(seen)
        assert [set(each.categories) for each in ports["soc"].asked] == [{"meeting"}]

    async def test_ended_it_is_shown_again(self, hub: Doors, lena: Browser, elias: Browser, address: str) -> None:
        await self.kept(hub, lena, address)
        page = await lena.open(address)
        [end] = [each.split('"')[0] for each in page.text.split('action="') if "/avsluta" in each.split('"')[0]]
        assert (await lena.send(page, end, {})).status_code == 303
        assert "/avsluta" not in (await lena.open(address)).text
        assert PLANNED in (await self.seen(elias)).text

    async def test_after_its_last_day_it_is_shown_again(
        self, hub: Doors, lena: Browser, elias: Browser, address: str
    ) -> None:
        await self.kept(hub, lena, address)
        await hub.made.database.record("UPDATE withholding SET valid_until = valid_from RETURNING id")
        assert PLANNED in (await self.seen(elias)).text

    async def test_decided_between_asking_and_showing_it_is_not_shown(
        self, hub: Doors, lena: Browser, elias: Browser, address: str
    ) -> None:
        seen = await self.seen(elias)
        assert PLANNED in seen.text
        await self.kept(hub, lena, address)
        assert PLANNED not in (await elias.open(seen.url.path)).text

    async def test_another_owners_decision_keeps_nothing_of_this_one(
        self, hub: Doors, lena: Browser, elias: Browser, address: str
    ) -> None:
        await self.kept(hub, lena, address)
        await hub.made.database.record("UPDATE withholding SET agency = 'psyk' RETURNING id")
        assert PLANNED in (await self.seen(elias)).text


class TestWhatTheyHold:
    """Answers by hand and pinned excerpts that a receiver has already: what the draft would keep, and what not."""

    @pytest.fixture
    async def pinned(self, hub: Doors, lena: Browser, elias: Browser, ports: dict[str, FakeAgency]) -> str:
        """Elias has said yes and Lena has pinned what psychiatry said; then psychiatry says nothing more."""
        await elias.send(await elias.open(NEW), NEW, OWN)
        [[case, individual]] = await hub.made.database.fetch(
            "SELECT id, individual_id FROM coordination_case ORDER BY opened_at DESC, id LIMIT 1"
        )
        now, scope = hub.made.clock.now(), KeyScope(individual, "soc", "content")
        keys = await hub.made.vault.keys([scope])
        body = msgspec.json.encode([encode_fact(fact("plan", PINNED)), []])
        async with hub.made.database.write() as session:
            session.add(
                PinnedFact(
                    id="p" * 26,
                    case_id=case,
                    individual_id=individual,
                    agency="soc",
                    owner="psyk",
                    category="plan",
                    purpose="sip",
                    entry="",
                    ground="consent",
                    pinned_by="",
                    pinned_at=now,
                    body=keys.seal(scope, Place("pinned_fact", "body", "p" * 26), body),
                )
            )
        ports["psyk"].answer = AgencyAnswer()
        return individual

    async def change(self, elias: Browser, removed: str) -> httpx.Response:
        answer = await elias.send(await elias.open(CHANGE), CHANGE, {"remove": removed, "svar": "visa"})
        assert answer.status_code == 303, says(answer)
        return await elias.open(answer.headers["location"])

    async def test_what_is_taken_away_is_said_and_not_shown(self, elias: Browser, pinned: str) -> None:
        seen = await self.change(elias, "psyk/plan")
        assert PINNED not in seen.text
        assert "Socialtjänsten har fått det här från psykiatrin och får inte läsa det mer: planen." in says(seen)

    async def test_what_would_be_kept_is_shown(self, elias: Browser, pinned: str) -> None:
        seen = await self.change(elias, "psyk/meeting")
        assert PINNED in seen.text
        assert "De har redan fått det" in says(seen)
        assert "får inte läsa det mer" not in says(seen)

    async def test_what_the_owners_official_keeps_is_not_shown(self, hub: Doors, elias: Browser, pinned: str) -> None:
        now = hub.made.clock.now()
        [[case]] = await hub.made.database.fetch("SELECT case_id FROM pinned_fact")
        async with hub.made.database.write() as session:
            session.add(
                Withholding(
                    id="w" * 26,
                    case_id=case,
                    individual_id=pinned,
                    agency="psyk",
                    category="plan",
                    ground="OSL 25:6",
                    decided_by="",
                    valid_from=now,
                    valid_until=now + timedelta(days=1),
                    reason=b"",
                )
            )
        seen = await self.change(elias, "psyk/meeting")
        assert PINNED not in seen.text
        assert "Uppgiften är hemlig enligt lag, också för dig." in says(seen)

    async def test_what_has_been_erased_is_gone(self, hub: Doors, elias: Browser, pinned: str) -> None:
        await hub.made.vault.destroy([KeyScope(pinned, "soc", "content")])
        assert PINNED not in (await self.change(elias, "psyk/meeting")).text

    async def test_what_was_answered_by_hand_is_shown_too(self, hub: Doors, elias: Browser, pinned: str) -> None:
        now, scope = hub.made.clock.now(), KeyScope(pinned, "psyk", "content")
        [[case]] = await hub.made.database.fetch("SELECT case_id FROM pinned_fact")
        said = Kept(
            said=Said(facts=(SaidFact(category="meeting", text=BY_HAND),)), name="Samir", title="", unit="Öppenvården"
        )
        keys = await hub.made.vault.keys([scope])
        question = Inquiry(
            id="q" * 26,
            case_id=case,
            individual_id=pinned,
            owner="psyk",
            asking_agency="soc",
            asked_by="",
            categories="meeting",
            purpose="sip",
            question=b"",
            state=InquiryState.ANSWERED,
            asked_at=now,
            due_on="2026-12-01",
        )
        sealed = keys.seal(scope, Place("case_inquiry_answer", "body", "r" * 26), encode(said))
        async with hub.made.database.write() as session:
            session.add(question)
            await session.flush()
            session.add(
                InquiryAnswer(id="r" * 26, inquiry_id="q" * 26, answered_by="", body=sealed, saved_at=now, sent_at=now)
            )
        assert BY_HAND in (await self.change(elias, "psyk/plan")).text
        gone = await self.change(elias, "psyk/meeting")
        assert BY_HAND not in gone.text
        assert "får inte läsa det mer: möten" in says(gone).lower()
