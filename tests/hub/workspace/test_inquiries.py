"""A question to another party's officials on the pages: asked, seen on Min dag, answered by hand, read, and shut."""

import re
from datetime import date

import pytest

from hub.access import Asking
from hub.cases import InquiryId, Said, SaidFact
from tests.hub.partner.conftest import caller_of
from tests.support.doors import Browser, Doors, says

WORDS = "Vilka insatser har Gunnar haft hos er?"
SAID = "Praktik på lager, tre veckor 2025."
WAITS = "Svara på en fråga för hand"


async def sip_of(lena: Browser) -> str:
    """Return the address of Gunnar's case for a plan."""
    listed = (await lena.open("/arbete/arenden")).text
    for case in dict.fromkeys(re.findall(r'href="(/arbete/arenden/[a-z2-7]{26})"', listed)):
        page = (await lena.open(f"{case}/fragor/ny?hos=af")).text
        if "Gunnar Lindqvist" in page and 'value="employment"' in page and 'value="benefits"' in page:
            return case
    raise AssertionError("Gunnar has no such case in the example")


async def ask(lena: Browser, **more: object) -> str:
    case = await sip_of(lena)
    page = await lena.open(f"{case}/fragor/ny?hos=af")
    said = {"categories": ["employment", "work_ability"], "question": WORDS, "urgency": "normal", **more}
    answer = await lena.send(page, f"{case}/fragor/ny", said)
    assert answer.status_code == 303, says(answer)
    return case


async def waiting(karin: Browser) -> list[str]:
    return re.findall(r'href="(/arbete/fragor-till-oss/[a-z2-7]{26})"', (await karin.open("/arbete/min-dag")).text)


async def answer(karin: Browser, **more: object) -> str:
    [address, *_] = await waiting(karin)
    page = await karin.open(address)
    said = {"text-employment-0": SAID, "since-employment-0": "2025-03-03", "nothing": ["work_ability"], "svar": "ja"}
    sent = await karin.send(page, address, {**said, **more})
    assert sent.status_code == 303, says(sent)
    return address


@pytest.mark.requirement("HUB-03")
class TestRefused:
    async def test_what_may_not_be_told_has_its_reason_and_a_way_on(self, lena: Browser) -> None:
        case = await sip_of(lena)
        page = (await lena.open(f"{case}/fragor/ny?hos=af")).text
        assert 'value="health"' not in page
        assert f"{case}/provning?hos=af&amp;om=health" in page
        form = await lena.open(f"{case}/fragor/ny?hos=af")
        said = {"categories": ["employment", "health"], "question": WORDS, "urgency": "normal"}
        some = await lena.send(form, f"{case}/fragor/ny", said)
        assert some.status_code == 422
        assert "Det här får inte lämnas nu" in says(some)
        none = await lena.send(form, f"{case}/fragor/ny", {**said, "categories": ["health"]})
        assert none.status_code == 403
        assert (await lena.open(f"{case}/fragor")).text.count(WORDS) == 0

    async def test_an_empty_form_says_what_to_do(self, lena: Browser) -> None:
        case = await sip_of(lena)
        page = await lena.open(f"{case}/fragor/ny?hos=af")
        wrong = await lena.send(page, f"{case}/fragor/ny", {})
        assert wrong.status_code == 422
        for words in ("Välj vad du frågar om.", "Skriv vad du vill veta", "Välj hur bråttom det är."):
            assert words in wrong.text

    async def test_nobody_else_finds_the_question(self, hub: Doors, lena: Browser) -> None:
        await ask(lena)
        [address] = await waiting(await hub.staff("karin-astrom"))
        for member in ("samir-haddad", "petra-lund", "johan-berg"):
            other = await hub.staff(member)
            assert (await other.open(address)).status_code == 404, member
            assert await waiting(other) == []
        assert (await lena.open(address)).status_code == 404

    async def test_one_who_is_no_party_is_not_asked(self, lena: Browser) -> None:
        case = await sip_of(lena)
        assert (await lena.open(f"{case}/fragor/ny?hos=ame")).status_code == 404


@pytest.mark.requirement("HUB-05")
class TestAnswered:
    async def test_min_dag_says_that_something_waits_and_nothing_of_whom(self, hub: Doors, lena: Browser) -> None:
        karin = await hub.staff("karin-astrom")
        assert WAITS not in (await karin.open("/arbete/min-dag")).text
        await ask(lena, urgency="urgent")
        day = (await karin.open("/arbete/min-dag")).text
        [task] = re.findall(r'<li class="task">(.*?)</li>', day.replace("\n", " "))
        assert f"{WAITS} (brådskar)" in task
        assert "Gunnar" not in task
        assert WORDS not in day

    async def test_the_official_reads_on_what_it_rests(self, hub: Doors, lena: Browser) -> None:
        await ask(lena)
        karin = await hub.staff("karin-astrom")
        [address] = await waiting(karin)
        page = says(await karin.open(address))
        assert WORDS in page
        assert "Lena Sandström" in page
        assert re.search(r"Samtycke \d+ \w+, till och med \d+ \w+ 20\d\d", page)

    async def test_an_answer_comes_back_by_hand_and_is_gone_with_its_ground(self, hub: Doors, lena: Browser) -> None:
        case = await ask(lena)
        karin = await hub.staff("karin-astrom")
        before = says(await lena.open(f"{case}/fragor"))
        assert WORDS in before
        assert SAID not in before
        address = await answer(karin)
        after = says(await lena.open(f"{case}/fragor"))
        assert SAID in after
        assert "Från och med 3 mars 2025" in after
        assert "Har inget att säga om: arbetsförmåga." in after
        assert "Svarat för hand av Karin Åström" in after
        assert await waiting(karin) == []
        assert SAID in says(await karin.open(address))

        await taken_back(hub)
        shut = says(await lena.open(f"{case}/fragor"))
        assert SAID not in shut
        assert "Karin" not in shut

    async def test_more_rows_drafts_and_faults_lose_nothing(self, hub: Doors, lena: Browser) -> None:
        await ask(lena)
        karin = await hub.staff("karin-astrom")
        [address] = await waiting(karin)
        page = await karin.open(address)
        one = {"text-employment-0": SAID}
        more = await karin.send(page, address, {**one, "steg": "mer-employment"})
        assert 'name="text-employment-1"' in more.text
        saved = await karin.send(page, address, one, to=f"{address}/utkast")
        assert (saved.status_code, "Utkastet sparades" in saved.text) == (200, True)
        back = await karin.open(address)
        assert SAID in back.text
        wrong = await karin.send(back, address, {**one, "since-employment-0": "2025-13-01", "svar": "ja"})
        assert (wrong.status_code, SAID in wrong.text) == (422, True)
        assert "Den dagen finns inte" in wrong.text
        short = await karin.send(back, address, {**one, "svar": "ja"})
        assert 'href="#text-work_ability-0"' in short.text
        silent = await karin.send(back, address, {"svar": "nej"})
        assert "Skriv varför ni avstår." in silent.text
        await answer(karin)

    async def test_a_draft_of_another_system_of_theirs_is_there_to_go_on_with(self, hub: Doors, lena: Browser) -> None:
        await ask(lena)
        karin = await hub.staff("karin-astrom")
        [address] = await waiting(karin)
        draft = Said(
            facts=(
                SaidFact(category="employment", text="Ett.", since=date(2025, 3, 3), location=True),
                SaidFact(category="employment", text="Två.", until=date(2025, 3, 21), third_person=True),
            ),
            nothing=("work_ability",),
        )
        await saved(hub, address, draft)
        page = (await karin.open(address)).text
        for words in ("Ett.", "Två.", "2025-03-03", "2025-03-21"):
            assert words in page
        assert len(re.findall(r'value="(?:location|third_person|work_ability)" checked', page)) == 3

    async def test_what_may_no_longer_be_told_is_not_sent(self, hub: Doors, lena: Browser) -> None:
        await ask(lena)
        karin = await hub.staff("karin-astrom")
        [address] = await waiting(karin)
        page = await karin.open(address)
        await taken_back(hub)
        refused = await karin.send(
            page, address, {"text-employment-0": SAID, "nothing": ["work_ability"], "svar": "ja"}
        )
        assert (refused.status_code, "gäller inte nu" in refused.text) == (422, True)

    async def test_declining_and_taking_back(self, hub: Doors, lena: Browser) -> None:
        case = await ask(lena)
        karin = await hub.staff("karin-astrom")
        [address] = await waiting(karin)
        declined = {"svar": "nej", "declined": "Vi behöver tala med Gunnar först."}
        sent = await karin.send(await karin.open(address), address, declined)
        assert sent.status_code == 303, says(sent)
        page = says(await lena.open(f"{case}/fragor"))
        assert "Avstår från att svara" in page
        assert "Vi behöver tala med Gunnar först." in page
        await ask(lena)
        listed = await lena.open(f"{case}/fragor")
        back = await lena.send(listed, f"{case}/fragor/", {})
        assert back.status_code == 303, says(back)
        assert "Återtagen" in says(await lena.open(f"{case}/fragor"))
        assert await waiting(karin) == []


NOBODYS = "Välj vem som svarar på en fråga"
INBOX = "/arbete/fragor-till-oss"


@pytest.mark.requirement("HUB-05")
class TestNobodyThere:
    """Nobody at Arbetsförmedlingen is on the team; Mats chooses who works there."""

    async def unseen(self, hub: Doors, lena: Browser, **more: object) -> None:
        await ask(lena, **more)
        await hub.made.database.record("UPDATE case_member SET valid_until = valid_from WHERE agency = 'af'")

    async def address(self, mats: Browser) -> str:
        """Return the address of the one that nobody has taken, as Min dag says it."""
        day = (await mats.open("/arbete/min-dag")).text
        [found] = re.findall(rf'href="({INBOX}/[a-z2-7]{{26}}/ta-emot)"', day)
        return found

    async def test_others_are_told_nothing(self, hub: Doors, lena: Browser) -> None:
        await self.unseen(hub, lena)
        address = await self.address(await hub.staff("mats-engstrom"))
        for member in ("karin-astrom", "anneli-ros", "goran-palm", "asa-noren"):
            other = await hub.staff(member)
            assert NOBODYS not in (await other.open("/arbete/min-dag")).text, member
            assert address not in (await other.open(INBOX)).text, member
            assert (await other.open(address)).status_code == 404, member

    async def test_a_weak_sign_in_is_told_nothing(self, hub: Doors, lena: Browser) -> None:
        await self.unseen(hub, lena)
        address = await self.address(await hub.staff("mats-engstrom"))
        weak = await hub.staff("mats-engstrom", loa=2)
        for page in ("/arbete/min-dag", INBOX):
            assert address not in (await weak.open(page)).text
        assert (await weak.open(address)).status_code != 200

    async def test_what_is_not_chosen_is_asked_for_and_one_who_cannot_is_not_taken(
        self, hub: Doors, lena: Browser
    ) -> None:
        await self.unseen(hub, lena)
        mats = await hub.staff("mats-engstrom")
        address = await self.address(mats)
        page = await mats.open(address)
        nobody = await mats.send(page, address, {})
        assert (nobody.status_code, "Välj vem som ska svara." in nobody.text) == (422, True)
        rolf = (await caller_of(hub, "rolf-dahl")).assignment
        assert str(rolf) not in page.text
        wrong = await mats.send(page, address, {"receiver": str(rolf)})
        assert (wrong.status_code, await self.address(mats)) == (422, address)

    async def test_it_waits_on_min_dag_and_goes_to_a_colleague(self, hub: Doors, lena: Browser) -> None:
        await self.unseen(hub, lena, urgency="urgent")
        mats, karin = await hub.staff("mats-engstrom"), await hub.staff("karin-astrom")
        assert await waiting(karin) == []
        assert f"{NOBODYS} (brådskar)" in (await mats.open("/arbete/min-dag")).text
        address = await self.address(mats)
        assert address in (await mats.open(INBOX)).text
        page = await mats.open(address)
        assert WORDS not in page.text
        chosen = (await caller_of(hub, "karin-astrom")).assignment
        sent = await mats.send(page, address, {"receiver": str(chosen)})
        assert (sent.status_code, sent.headers["location"]) == (303, INBOX)
        assert NOBODYS not in (await mats.open("/arbete/min-dag")).text
        answered = await answer(karin)
        assert SAID in says(await karin.open(answered))
        assert "Ingen fråga väntar på dig." in (await karin.open(INBOX)).text

    async def test_one_who_takes_it_goes_on_to_the_answer(self, hub: Doors, lena: Browser) -> None:
        await self.unseen(hub, lena)
        mats = await hub.staff("mats-engstrom")
        address = await self.address(mats)
        chosen = (await caller_of(hub, "mats-engstrom")).assignment
        sent = await mats.send(await mats.open(address), address, {"receiver": str(chosen)})
        assert sent.headers["location"] == address.removesuffix("/ta-emot")
        assert WORDS in says(await mats.open(sent.headers["location"]))
        assert sent.headers["location"] in (await mats.open(INBOX)).text


async def saved(hub: Doors, address: str, draft: Said) -> None:
    """Save a draft as a system of Karin's agency does, over the API."""
    caller = await caller_of(hub, "karin-astrom")
    asking = Asking(hub.made.decider, caller, frozenset({"act_in_case", "disclose"}))
    inquiry = InquiryId(address.rsplit("/", 1)[1])
    permit = await asking.permit(lambda: hub.made.inquiries.may(caller, "answer_inquiry", inquiry))
    await hub.made.inquiries.save(asking, permit, inquiry, draft, 1, send=False)


async def taken_back(hub: Doors) -> None:
    """Let Gunnar take back what others may tell socialtjänsten."""
    gunnar = await hub.individual("gunnar-lindqvist")
    asking = await gunnar.open("/mina-sidor/samtycke?ta-tillbaka=soc")
    assert (await gunnar.send(asking, "/mina-sidor/samtycke/soc/ta-tillbaka", {})).status_code == 303
