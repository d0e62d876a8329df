"""Who can see this right now: refusals first; what is taken back is gone at the next look; nothing is left out."""

from collections.abc import Sequence
from contextvars import ContextVar
from functools import partial
from typing import Any, get_args

import pytest

from hub.access import Asking, Caller, CallerKind
from hub.access.questions.words import Category
from hub.agencies import AgencyId
from hub.cases import SHARED, Openings, Sees, Who
from hub.example import example
from hub.kit.clock import today
from hub.people import PersonalNumber
from hub.web.questions import own_pages
from tests.hub.portal.test_portal import OWN
from tests.support.doors import ISSUER, Browser, Doors, case_of, consent_of, says

PAGE = "/mina-sidor/vem-kan-se"
LENA = "Lena Sandström"


@pytest.fixture
async def elias(hub: Doors) -> Browser:
    return await hub.individual("elias-boman")


class TestWhoMayLook:
    async def test_nobody_without_signing_in(self, kajsa: Browser) -> None:
        kajsa.client.cookies.clear()
        answer = await kajsa.open(PAGE)
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/logga-in/privat?till=")

    @pytest.mark.requirement("R25")
    async def test_a_weak_sign_in_sees_only_that_a_stronger_is_needed(self, hub: Doors) -> None:
        weak = await hub.individual("kajsa-nilsson", loa=2)
        answer = await weak.open(PAGE)
        assert answer.status_code == 403
        assert "Logga in igen" in answer.text

    async def test_one_whom_nobody_knows_is_told_so(self, hub: Doors) -> None:
        answer = await (await hub.individual("sixten-ahlgren")).open(PAGE)
        assert "Du har inget ärende här" in answer.text

    async def test_nobody_reads_it_for_another(self, lena: Browser, elias: Browser, kajsa: Browser) -> None:
        await consent_of(lena, await case_of(lena, "elias-boman"))
        elias_sees, kajsa_sees = says(await elias.open(PAGE)), says(await kajsa.open(PAGE))
        assert "Lena Sandström" in elias_sees
        kajsa.client.cookies.set("for", "somebody-elses-mandate")
        assert says(await kajsa.open(PAGE)) == kajsa_sees

    @pytest.mark.requirement("R7")
    async def test_a_representative_outside_the_scope(self, hub: Doors) -> None:
        ulla = await hub.individual("ulla-marklund")
        ulla.client.cookies.set("for", await _only(hub, "SELECT id FROM representative WHERE kind = 'god_man'"))
        assert (await ulla.open(PAGE)).status_code == 200
        await hub.made.database.record("UPDATE representative SET scope = 'economy' RETURNING id")
        assert (await ulla.open(PAGE)).status_code == 403

    @pytest.mark.requirement("HUB-04")
    async def test_a_guardian_of_a_protected_child_finds_nothing(self, hub: Doors) -> None:
        fredrik = await hub.individual("fredrik-alm")
        for [mandate] in await hub.made.database.fetch("SELECT id FROM representative WHERE kind = 'guardian'"):
            fredrik.client.cookies.set("for", mandate)
            assert "Vem kan se vad" not in says(await fredrik.open(PAGE))


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "Who can see what about you right now?"), ("sv-x-easy", "Vem kan läsa om dig nu?")],
)
async def test_in_each_language(lena: Browser, elias: Browser, language: str, said: str) -> None:
    await case_of(lena, "elias-boman")
    await _say_yes(elias)
    await elias.open(f"/mina-sidor/sprak/{language}?till={PAGE}")
    assert said in says(await elias.open(PAGE))


class TestWhatItSays:
    async def test_without_a_yes_only_what_is_not_secret_can_be_seen(self, lena: Browser, elias: Browser) -> None:
        await case_of(lena, "elias-boman")
        shown = says(await elias.open(PAGE))
        assert "Du har sagt ja." not in shown
        assert "Offentlig uppgift" in shown

    async def test_without_a_case_nobody_can_see_anything(self, hub: Doors, lena: Browser, elias: Browser) -> None:
        await case_of(lena, "elias-boman")
        await hub.made.database.record("UPDATE coordination_case SET closed_at = opened_at RETURNING id")
        assert "Ingen kan se något" in says(await elias.open(PAGE))

    @pytest.mark.requirement("HUB-03")
    async def test_a_yes_that_the_owner_has_not_accepted_opens_nothing(self, lena: Browser, elias: Browser) -> None:
        await consent_of(lena, await case_of(lena, "elias-boman"))
        assert "Från psykiatrin" not in says(await elias.open(PAGE))

    @pytest.mark.requirement("HUB-03")
    async def test_what_is_taken_back_is_gone_at_the_next_look(self, lena: Browser, elias: Browser) -> None:
        await case_of(lena, "elias-boman")
        await _say_yes(elias)
        shown = says(await elias.open(PAGE))
        assert "Från psykiatrin. Till och med" in shown
        assert "Lena Sandström" in shown
        asking = await elias.open("/mina-sidor/samtycke?ta-tillbaka=soc")
        assert (await elias.send(asking, "/mina-sidor/samtycke/soc/ta-tillbaka", {})).status_code == 303
        assert "Från psykiatrin" not in says(await elias.open(PAGE))

    @pytest.mark.requirement("HUB-04")
    async def test_whoever_is_not_cleared_for_a_protected_individual_is_not_there(
        self, hub: Doors, lena: Browser, elias: Browser
    ) -> None:
        await case_of(lena, "elias-boman")
        await _say_yes(elias)
        unit = next(each for each in (await hub.made.directory.colleagues(AgencyId("soc"))) if each.name == LENA)
        assert unit.unit_name in says(await elias.open(PAGE))
        await hub.made.database.record(
            "UPDATE individual SET protection = 'sekretessmarkering' WHERE id = $1 RETURNING id", await _individual(hub)
        )
        shown = says(await elias.open(PAGE))
        assert LENA not in shown
        assert unit.unit_name not in shown

    async def test_a_yes_to_an_agency_where_nobody_works_with_it_is_told_apart(
        self, lena: Browser, elias: Browser
    ) -> None:
        await case_of(lena, "elias-boman")
        await _say_yes(elias, receivers=["ame"])
        shown = says(await elias.open(PAGE))
        assert "Har ditt ja, men ingen läser" in shown
        assert "Från psykiatrin" not in shown

    @pytest.mark.requirement("HUB-01")
    async def test_it_says_what_the_border_does(self, hub: Doors, lena: Browser, elias: Browser) -> None:
        """Every kind of fact from every other agency: what the page says of Lena is what Lena is answered."""
        case = await case_of(lena, "elias-boman")
        await _say_yes(elias, categories=["party", "plan", "meeting", "health", "work_ability"], owners=["psyk", "fk"])
        sees = await _seen(hub, elias_caller(hub), hub.made.who)
        told = {(each.owner, each.category) for each in sees if LENA in {one.name for one in each.officials}}
        for owner in ("psyk", "af", "fk", "ame"):
            for category in SHARED:
                answer = await lena.open(f"{case}/fraga/{owner}/{category}")
                assert (answer.status_code == 200) == ((owner, category) in told), (owner, category)

    async def test_as_few_statements_however_much_is_said(
        self, hub: Doors, lena: Browser, elias: Browser, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        await case_of(lena, "elias-boman")
        fetch, asked = hub.made.database.fetch, list[str]()

        # What works in the background reads as well; it doesn't inherit this.
        reading = ContextVar("reading", default=False)

        async def counted(sql: str, *args: Any) -> list[Sequence[Any]]:
            if reading.get():
                asked.append(sql)
            return await fetch(sql, *args)

        numbers: list[int] = []
        for categories in (["plan"], ["party", "plan", "meeting", "health", "work_ability", "employment"]):
            await _say_yes(elias, categories=categories, receivers=["soc", "ame", "af"])
            with monkeypatch.context() as patched:
                patched.setattr(hub.made.database, "fetch", counted)
                reading.set(True)
                await _seen(hub, elias_caller(hub), hub.made.who)
                reading.set(False)
            numbers.append(len(asked))
            asked.clear()
        assert numbers[0] == numbers[1]

    async def test_nothing_that_can_open_is_left_unasked(self, hub: Doors, lena: Browser, elias: Browser) -> None:
        """What is worth asking about, against asking about everything: the picture is the same."""
        await case_of(lena, "elias-boman")
        await _say_yes(elias, categories=["party", "plan", "health"])
        narrow = await _seen(hub, elias_caller(hub), hub.made.who)
        whole = await _seen(hub, elias_caller(hub), Who(hub.made.database, hub.made.clock, _Everything({}, {})))
        assert set(whole) == set(narrow)


class _Everything(Openings):
    """As if everything could open something."""

    def between(self, owner: object, receiver: object, case: object, lines: object) -> tuple[Category, ...]:
        return get_args(Category)


def elias_caller(hub: Doors) -> Caller:
    number = PersonalNumber.parse(example().individuals["elias-boman"].number, today(hub.made.clock))
    return Caller(
        kind=CallerKind.INDIVIDUAL,
        ref="individual:test",
        issuer=ISSUER,
        subject="person:elias-boman",
        loa=3,
        factors=2,
        authenticated_at=hub.made.clock.now(),
        individual_digest=hub.made.people.digest_of(number),
    )


async def _seen(hub: Doors, caller: Caller, who: Who) -> tuple[Sees, ...]:
    asking = Asking(hub.made.decider, caller, frozenset({"show_to_individual"}))
    around, clock, individual = hub.made.consent.around, hub.made.clock, await _individual(hub)
    permit = await asking.permit(partial(own_pages, around, clock, caller, individual, "own_consents"))
    return (await who.sees(asking, permit)).sees


async def _say_yes(elias: Browser, **changed: object) -> None:
    page = await elias.open("/mina-sidor/samtycke/nytt")
    answer = await elias.send(page, "/mina-sidor/samtycke/nytt", {**OWN, **changed})
    assert answer.status_code == 303, says(answer)


async def _only(hub: Doors, sql: str) -> str:
    [[value]] = await hub.made.database.fetch(sql)
    return value


async def _individual(hub: Doors) -> str:
    return (await hub.made.database.fetch("SELECT individual_id FROM coordination_case ORDER BY opened_at DESC"))[0][0]
