"""The individual's door: who may know, who has looked, and a change of mind that works at once."""

import re

import pytest

from hub import portal
from hub.portal.start import READABLE
from tests.leaks.test_web_existence import routes
from tests.support.doors import Browser, Doors, case_of, consent_of, says

OWN = {
    "owners": ["psyk"],
    "receivers": ["soc"],
    "categories": ["party", "plan", "meeting"],
    "purpose": "sip",
    "ends": "3",
    "svar": "ja",
}
PAGES = (
    "",
    "/samtycke",
    "/samtycke/nytt",
    "/samtycke/tidigare",
    "/samtycke/plan-och-statistik",
    "/vem-ar-med",
    "/vem-har-tittat",
    "/ombud",
)


@pytest.fixture
async def elias(hub: Doors) -> Browser:
    return await hub.individual("elias-boman")


@pytest.mark.requirement("HUB-08")
class TestWhoMayEnter:
    async def test_nobody_without_signing_in(self, hub: Doors, kajsa: Browser) -> None:
        kajsa.client.cookies.clear()
        for page in PAGES:
            answer = await kajsa.open(f"/mina-sidor{page}")
            assert answer.status_code == 303
            assert answer.headers["location"].startswith("/logga-in/privat?till=")

    async def test_one_whom_nobody_knows_is_told_so(self, hub: Doors) -> None:
        nobody = await hub.individual("sixten-ahlgren")
        for page in PAGES:
            answer = await nobody.open(f"/mina-sidor{page}")
            assert answer.status_code == 200
            assert "Du har inget ärende här" in answer.text

    @pytest.mark.requirement("R25")
    async def test_a_weak_sign_in_sees_only_that_a_stronger_is_needed(self, hub: Doors) -> None:
        weak = await hub.individual("kajsa-nilsson", loa=2)
        answer = await weak.open("/mina-sidor/samtycke")
        assert answer.status_code == 403
        assert "Logga in igen" in answer.text

    async def test_somebody_elses_receipt_is_nobodys(self, hub: Doors, lena: Browser, kajsa: Browser) -> None:
        receipt = await consent_of(lena, await case_of(lena, "elias-boman"))
        answer = await kajsa.open(f"/mina-sidor/samtycke/kvitto/{receipt.rsplit('/', 1)[1]}")
        assert answer.status_code == 404


@pytest.mark.requirement("HUB-08")
class TestGiving:
    @pytest.mark.requirement("HUB-03")
    async def test_nothing_is_ticked_and_no_is_enough(self, lena: Browser, elias: Browser) -> None:
        await case_of(lena, "elias-boman")
        page = await elias.open("/mina-sidor/samtycke/nytt")
        assert " checked" not in page.text
        answer = await elias.send(page, "/mina-sidor/samtycke/nytt", {"svar": "nej"})
        assert answer.status_code == 303, says(answer)
        assert "Kvitto på ett nej" in (await elias.open(answer.headers["location"])).text

    async def test_what_is_missing_is_said_and_nothing_is_lost(self, lena: Browser, elias: Browser) -> None:
        await case_of(lena, "elias-boman")
        page = await elias.open("/mina-sidor/samtycke/nytt")
        answer = await elias.send(
            page, "/mina-sidor/samtycke/nytt", {"owners": "psyk", "svar": "ja", "words": "Hemligt"}
        )
        assert answer.status_code == 422
        assert "Välj vem som får ta emot." in answer.text
        assert "Hemligt</textarea>" in answer.text
        assert "Hemligt</textarea>" in (await elias.open("/mina-sidor/samtycke/nytt")).text

    @pytest.mark.requirement("HUB-03")
    async def test_an_own_yes_opens_at_once(self, lena: Browser, elias: Browser) -> None:
        case = await case_of(lena, "elias-boman")
        assert (await lena.open(f"{case}/fraga/psyk/plan")).status_code == 403
        page = await elias.open("/mina-sidor/samtycke/nytt")
        answer = await elias.send(page, "/mina-sidor/samtycke/nytt", OWN)
        assert answer.status_code == 303, says(answer)
        assert "Med egen inloggning" in (await elias.open(answer.headers["location"])).text
        assert (await lena.open(f"{case}/fraga/psyk/plan")).status_code == 200

    async def test_the_plan_and_statistics_are_asked_by_themselves(self, kajsa: Browser) -> None:
        page = await kajsa.open("/mina-sidor/samtycke/plan-och-statistik")
        assert "blankett 9443" in page.text
        answer = await kajsa.send(page, "/mina-sidor/samtycke/plan-och-statistik/sus", {"svar": "nej"})
        assert answer.status_code == 303, says(answer)
        assert "Kvitto" in (await kajsa.open("/mina-sidor/samtycke/tidigare")).text


@pytest.mark.requirement("HUB-08")
class TestChangingOnesMind:
    @pytest.mark.requirement("HUB-03")
    async def test_withdrawing_shows_the_stopwatch_and_each_receiver(self, lena: Browser, elias: Browser) -> None:
        await case_of(lena, "elias-boman")
        page = await elias.open("/mina-sidor/samtycke/nytt")
        await elias.send(page, "/mina-sidor/samtycke/nytt", OWN)
        asking = await elias.open("/mina-sidor/samtycke?ta-tillbaka=soc")
        assert "Vill du ta tillbaka ditt ja till socialtjänsten?" in asking.text
        assert (await elias.send(asking, "/mina-sidor/samtycke/soc/ta-tillbaka", {})).status_code == 303
        shown = (await elias.open("/mina-sidor/samtycke")).text
        assert "tog det att stänga i hubben" in shown
        assert re.search(r"Stängt \d\d\.\d\d\.\d\d", shown)
        assert "Nej, sedan i dag" in shown
        [receipt] = re.findall(r'href="(/mina-sidor/samtycke/tillbakataget/[a-z2-7]+)"', shown)
        assert "Kvitto på det du tog tillbaka" in (await elias.open(receipt)).text

    @pytest.mark.requirement("HUB-03")
    async def test_narrowing_takes_away_only_what_was_ticked(self, lena: Browser, elias: Browser) -> None:
        case = await case_of(lena, "elias-boman")
        page = await elias.open("/mina-sidor/samtycke/nytt")
        await elias.send(page, "/mina-sidor/samtycke/nytt", OWN)
        page = await elias.open("/mina-sidor/samtycke/soc/andra")
        empty = await elias.send(page, "/mina-sidor/samtycke/soc/andra", {})
        assert empty.status_code == 422
        assert (await elias.send(page, "/mina-sidor/samtycke/soc/andra", {"remove": "psyk/plan"})).status_code == 303
        assert (await lena.open(f"{case}/fraga/psyk/plan")).status_code == 403
        assert (await lena.open(f"{case}/fraga/psyk/meeting")).status_code == 200

    @pytest.mark.requirement("R2")
    async def test_an_exclusion_is_lifted_openly(self, lena: Browser, elias: Browser) -> None:
        await case_of(lena, "elias-boman")
        page = await elias.open("/mina-sidor/samtycke/nytt")
        await elias.send(page, "/mina-sidor/samtycke/nytt", {**OWN, "words": "Praktiken på förskolan"})
        shown = (await elias.open("/mina-sidor/samtycke")).text
        [address] = re.findall(r'href="(/mina-sidor/samtycke/undantag/[a-z2-7]+)"', shown)
        page = await elias.open(address)
        assert "Praktiken på förskolan" in page.text
        assert (await elias.send(page, address, {})).status_code == 303
        assert "Praktiken på förskolan" not in (await elias.open("/mina-sidor/samtycke")).text

    async def test_a_form_without_the_sessions_secret_does_nothing(self, lena: Browser, elias: Browser) -> None:
        await case_of(lena, "elias-boman")
        answer = await elias.client.post("/mina-sidor/samtycke/soc/ta-tillbaka", data={"csrf": "wrong"})
        assert answer.status_code == 403


@pytest.mark.requirement("HUB-08")
class TestWhoHasLooked:
    @pytest.mark.requirement("HUB-06")
    async def test_the_same_decision_with_its_reason_and_a_question_about_it(
        self, hub: Doors, lena: Browser, elias: Browser
    ) -> None:
        case = await case_of(lena, "elias-boman")
        await lena.open(f"{case}/fraga/psyk/mental_health")
        shown = await elias.open("/mina-sidor/vem-har-tittat?visa=stoppades")
        assert "bad om uppgifter om psykisk hälsa" in shown.text
        assert "Stoppades" in shown.text
        [address] = re.findall(r'href="(/mina-sidor/vem-har-tittat\?fraga=[^"#]*)', shown.text)[:1]
        page = await elias.open(address)
        assert "Henrik Sundin" in page.text
        empty = await elias.send(page, "/mina-sidor/vem-har-tittat/", {"question": " "})
        assert empty.status_code == 422
        asked = await elias.send(page, "/mina-sidor/vem-har-tittat/", {"question": "Varför ville du veta det?"})
        assert asked.status_code == 303, says(asked)
        assert "Henrik Sundin, Socialtjänsten ska svara." in (await elias.open("/mina-sidor/vem-har-tittat")).text

        henrik = await hub.staff("henrik-sundin")
        [waiting] = re.findall(r'href="(/arbete/fragor/[^"]+)"', (await henrik.open("/arbete/loggranskning")).text)
        page = await henrik.open(waiting)
        assert "Varför ville du veta det?" in page.text
        answer = await henrik.send(page, waiting, {"answer": "Det var ett misstag. Vi har pratat om det."})
        assert answer.status_code == 303, says(answer)
        assert "Det var ett misstag." in (await elias.open("/mina-sidor/vem-har-tittat")).text

    @pytest.mark.requirement("HUB-02")
    @pytest.mark.parametrize(
        ("code", "answer", "change", "term"),
        [
            ("sv", "Nej.", "Du kan säga ja till det, om du vill.", "Det här skulle behöva vara annorlunda:"),
            ("sv-x-easy", "Nej.", "Vill du? Då kan du säga ja.", "Vad du eller någon annan kan göra:"),
            ("en", "No.", "You can say yes to it, if you want to.", "What would have to be different:"),
        ],
    )
    async def test_what_would_have_to_be_different_in_the_language_that_is_chosen(
        self, lena: Browser, elias: Browser, code: str, answer: str, change: str, term: str
    ) -> None:
        case = await case_of(lena, "elias-boman")
        told = await lena.open(f"{case}/fraga/psyk/mental_health")
        [number] = re.findall(r'<dd><span class="break">(\w{26})</span>', told.text)
        await elias.open(f"/mina-sidor/sprak/{code}")
        shown = (await elias.open("/mina-sidor/vem-har-tittat?visa=stoppades")).text
        [entry] = re.findall(rf'<li [^>]*id="rad-{number}">.*?</li>', shown, re.DOTALL)
        assert f"<dd>{answer}</dd>" in entry
        assert f"{term}</span> {change}" in entry
        assert number in re.sub(r"<[^>]+>", " ", entry), "the decision has the same number for staff and individual"

    @pytest.mark.requirement("R6")
    @pytest.mark.parametrize(
        ("code", "why", "change"),
        [
            ("sv", "Den som sa ja får inte bestämma det åt dig.", "Du själv, eller den som får bestämma åt dig"),
            ("sv-x-easy", "Den som sa ja får inte bestämma åt dig.", "Du måste säga ja själv."),
            ("en", "The one who said yes may not decide that for you.", "You yourself, or the one who may decide this"),
        ],
    )
    async def test_a_child_who_may_not_decide_alone_is_told_why_and_what_would_have_to_be_different(
        self, hub: Doors, code: str, why: str, change: str
    ) -> None:
        wilma = await hub.individual("wilma-sjo")
        await wilma.open(f"/mina-sidor/sprak/{code}")
        refused = await wilma.send(await wilma.open("/mina-sidor/samtycke/nytt"), "/mina-sidor/samtycke/nytt", OWN)
        assert refused.status_code == 403, says(refused)
        assert why in says(refused)
        assert change in says(refused)

    async def test_who_is_on_my_case(self, lena: Browser, elias: Browser) -> None:
        await case_of(lena, "elias-boman")
        shown = (await elias.open("/mina-sidor/vem-ar-med")).text
        assert "Lena Sandström" in shown
        assert "Leder arbetet" in shown


@pytest.mark.requirement("HUB-08")
class TestLanguages:
    @pytest.mark.parametrize(
        ("code", "said"),
        [("en", "My consent"), ("sv-x-easy", "Du bestämmer vem som får veta"), ("sv", "Mitt samtycke")],
    )
    async def test_each_language_is_remembered(self, kajsa: Browser, code: str, said: str) -> None:
        answer = await kajsa.open(f"/mina-sidor/sprak/{code}?till=/mina-sidor/samtycke")
        assert answer.headers["location"] == "/mina-sidor/samtycke"
        shown = await kajsa.open("/mina-sidor/samtycke")
        assert said in shown.text
        for page in PAGES:
            assert (await kajsa.open(f"/mina-sidor{page}")).status_code == 200

    async def test_a_language_link_leads_nowhere_else(self, kajsa: Browser) -> None:
        for elsewhere in ("https://example.org/", "//example.org", "/arbete/min-dag"):
            answer = await kajsa.open(f"/mina-sidor/sprak/en?till={elsewhere}")
            assert answer.headers["location"] == "/mina-sidor"


def test_a_language_link_leads_back_to_every_page_whose_address_holds_only_words_and_ids() -> None:
    for route in routes(portal.router.routes):
        names = re.findall(r"\{(\w+)(?::\w+)?\}", route.path)
        if "GET" in (route.methods or set()) and not {"receiver", "code"} & set(names):
            assert READABLE.fullmatch(re.sub(r"\{\w+(:\w+)?\}", "a" * 26, route.path)), route.path
    for other in ("/mina-sidor/karlsson", "/mina-sidor/samtycke/198501199809", "/arbete/min-dag", "//example.org"):
        assert not READABLE.fullmatch(other), other
