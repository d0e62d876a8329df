"""A caseworker's way through a case: refused with words, permitted on a ground, and refused again when it is gone."""

import re
from typing import Any

import pytest

from tests.support.doors import Browser, Doors, case_of, consent_of, person_of, says

OWN_CONSENTS = "/mina-sidor/samtycke"
PARTY: dict[str, Any] = {"owners": ["soc"], "receivers": ["psyk"], "categories": ["party", "plan", "meeting"]}


async def invite(browser: Browser, case: str, agency: str = "psyk") -> None:
    page = await browser.open(f"{case}/parter")
    [chosen, *_] = re.findall(rf'value="({agency}/[^"]*)"', page.text)
    answer = await browser.send(page, f"{case}/part", {"party": chosen})
    assert answer.status_code == 303, says(answer)


class TestLookingUp:
    @pytest.mark.requirement("HUB-04")
    async def test_absent_unknown_and_protected_are_the_same_to_the_byte(self, lena: Browser) -> None:
        numbers = {
            "known to nobody": "189001019802",
            "known to another agency": "erik-sundell",
            "protected, not cleared": "helena-brandt",
        }
        answers = []
        for number in numbers.values():
            page = await lena.open("/arbete/person")
            answers.append(await lena.send(page, "/arbete/person", {"number": lena.number_of(number)}))
        assert {each.status_code for each in answers} == {404}
        assert len({each.text for each in answers}) == 1
        assert len({tuple(sorted((k, v) for k, v in each.headers.items() if k != "date")) for each in answers}) == 1

    @pytest.mark.parametrize(
        ("written", "said"),
        [
            ("", "Skriv numret på den du vill slå upp."),
            ("123", "Skriv tio eller tolv siffror"),
            ("20261331-9802", "Den dagen finns inte"),
            ("19900101-9803", "Sista siffran stämmer inte"),
        ],
    )
    async def test_a_number_that_is_none_says_what_to_do(self, lena: Browser, written: str, said: str) -> None:
        page = await lena.open("/arbete/person")
        answer = await lena.send(page, "/arbete/person", {"number": written})
        assert answer.status_code == 422
        assert said in answer.text
        assert "<title>1 fel – " in answer.text

    async def test_the_number_is_in_no_address(self, lena: Browser) -> None:
        assert re.fullmatch(r"/arbete/personer/[a-z2-7]{26}", await person_of(lena, "kajsa-nilsson"))

    async def test_registering_answers_alike_whoever_knows_them(self, lena: Browser) -> None:
        for number in ("189001019802", "erik-sundell", "helena-brandt"):
            page = await lena.open("/arbete/person/ny")
            said = {"number": lena.number_of(number), "given_name": "Anna", "family_name": "Berg"}
            answer = await lena.send(page, "/arbete/person/ny", said)
            assert answer.status_code == 303
            seen = await lena.open(answer.headers["location"])
            assert seen.status_code == 200
            assert "Anna Berg" in seen.text


class TestTheCase:
    async def test_somebody_elses_case_is_nobodys(self, hub: Doors, lena: Browser) -> None:
        case = await case_of(lena, "kajsa-nilsson")
        tomas = await hub.staff("tomas-ek")
        for page in ("", "/parter", "/samtycke", "/samtycke/nytt", "/logg", "/fraga/psyk/plan"):
            answer = await tomas.open(case + page)
            assert answer.status_code == 404
            assert answer.text == (await tomas.open(f"/arbete/arenden/{'a' * 26}{page}")).text

    async def test_what_is_missing_is_said_field_by_field(self, lena: Browser) -> None:
        person = await person_of(lena, "kajsa-nilsson")
        page = await lena.open(f"{person}/nytt-arende")
        answer = await lena.send(page, f"{person}/nytt-arende", {"subject": ""})
        assert answer.status_code == 422
        assert "Välj vad ärendet är till för." in answer.text
        assert "Skriv kort vad ni ska lösa tillsammans." in answer.text

    async def test_a_form_sent_twice_opens_one_case(self, lena: Browser) -> None:
        person = await person_of(lena, "elias-boman")
        page = await lena.open(f"{person}/nytt-arende")
        said = {"purpose": "sip", "subject": "Första kontakt"}
        answers = [await lena.send(page, f"{person}/nytt-arende", said) for _ in range(2)]
        assert answers[0].headers["location"] == answers[1].headers["location"]

    async def test_a_colleague_is_added_and_taken_away(self, hub: Doors, lena: Browser) -> None:
        case, tomas = await case_of(lena, "kajsa-nilsson"), await hub.staff("tomas-ek")
        page = await lena.open(f"{case}/parter")
        [chosen] = re.findall(r'value="([^"]*)">Tomas Ek', page.text)
        await lena.send(page, f"{case}/team", {"assignment": chosen})
        assert (await tomas.open(case)).status_code == 200
        page = await lena.open(f"{case}/parter")
        await lena.send(page, f"{case}/team/{chosen}/bort", {})
        assert (await tomas.open(case)).status_code == 404

    async def test_another_agency_is_not_told_without_a_yes_to_that(self, lena: Browser) -> None:
        case = await case_of(lena, "elias-boman")
        page = await lena.open(f"{case}/parter")
        [chosen, *_] = re.findall(r'value="(psyk/[^"]*)"', page.text)
        answer = await lena.send(page, f"{case}/part", {"party": chosen})
        assert answer.status_code == 403
        assert "Beslutsnummer" in answer.text


class TestTwoAtOnce:
    async def test_the_second_sees_what_the_first_wrote_and_loses_nothing(self, hub: Doors, lena: Browser) -> None:
        case, tomas = await case_of(lena, "elias-boman"), await hub.staff("tomas-ek")
        page = await lena.open(f"{case}/parter")
        [chosen] = re.findall(r'value="([^"]*)">Tomas Ek', page.text)
        await lena.send(page, f"{case}/team", {"assignment": chosen})
        mine, theirs = await lena.open(f"{case}/parter"), await tomas.open(f"{case}/parter")
        assert (await tomas.send(theirs, f"{case}/om", {"subject": "Praktik i lugn miljö"})).status_code == 303
        late = await lena.send(mine, f"{case}/om", {"subject": "Praktik nära hemmet"})
        assert late.status_code == 412
        assert "Någon annan hann före och skrev: ”Praktik i lugn miljö”" in late.text
        assert "Praktik nära hemmet</textarea>" in late.text
        said = {"subject": "Praktik i lugn miljö, nära hemmet"}
        assert (await lena.send(late, f"{case}/om", said)).status_code == 303
        assert "Praktik i lugn miljö, nära hemmet</textarea>" in (await tomas.open(f"{case}/parter")).text

    async def test_somebody_else_answers_for_it_and_it_is_closed_and_opened(self, lena: Browser) -> None:
        case = await case_of(lena, "elias-boman")
        page = await lena.open(f"{case}/parter")
        [chosen] = re.findall(r'value="([^"]*)">Tomas Ek', page.text)
        await lena.send(page, f"{case}/team", {"assignment": chosen})
        page = await lena.open(f"{case}/parter")
        silent = await lena.send(page, f"{case}/ansvar", {"heir": chosen})
        assert silent.status_code == 422
        assert "Skriv varför ärendet byter hand." in silent.text
        given = {"heir": chosen, "why": "Lena är ledig i vår."}
        assert (await lena.send(page, f"{case}/ansvar", given)).status_code == 303
        page = await lena.open(f"{case}/parter")
        assert (await lena.send(page, f"{case}/avsluta", {})).status_code == 303
        page = await lena.open(f"{case}/parter")
        assert "avslutat" in page.text
        silent = await lena.send(page, f"{case}/oppna-igen", {})
        assert silent.status_code == 422
        assert "Skriv varför." in silent.text
        again = await lena.send(page, f"{case}/oppna-igen", {"reason": "Praktiken tog slut."})
        assert again.status_code == 303, says(again)
        page = says(await lena.open(f"{case}/parter"))
        assert "Praktiken tog slut. Öppnade ärendet igen, Lena Sandström, i dag" in page
        assert "Lena är ledig i vår. Lämnade över ärendet, Lena Sandström, i dag" in page


class TestConsent:
    @pytest.mark.requirement("HUB-03")
    async def test_an_empty_yes_is_refused_and_nothing_is_lost(self, lena: Browser) -> None:
        case = await case_of(lena, "elias-boman")
        page = await lena.open(f"{case}/samtycke/nytt")
        assert " checked" not in page.text
        answer = await lena.send(page, f"{case}/samtycke/nytt", {"words": "Inte om praktiken", "svar": "ja"})
        assert answer.status_code == 422
        assert "Välj vem som får lämna uppgifter." in answer.text
        assert "Inte om praktiken</textarea>" in answer.text

    @pytest.mark.requirement("HUB-03")
    async def test_no_needs_nothing_filled_in(self, lena: Browser) -> None:
        case = await case_of(lena, "elias-boman")
        page = await lena.open(f"{case}/samtycke/nytt")
        answer = await lena.send(page, f"{case}/samtycke/nytt", {"svar": "nej"})
        assert answer.status_code == 303
        assert "Kvitto på ett nej" in (await lena.open(answer.headers["location"])).text

    async def test_a_draft_is_kept_and_comes_back(self, lena: Browser) -> None:
        case = await case_of(lena, "elias-boman")
        page = await lena.open(f"{case}/samtycke/nytt")
        written = {"owners": "soc", "receivers": "psyk", "categories": "plan", "words": "Inte om praktiken"}
        part = await lena.send(page, f"{case}/samtycke/nytt", written, to=f"{case}/samtycke/nytt/utkast")
        assert "Utkastet sparades kl." in part.text
        assert "Det här skulle psykiatrin få veta" in part.text
        again = await lena.open(f"{case}/samtycke/nytt")
        assert "Inte om praktiken</textarea>" in again.text
        assert again.text.count(" checked") == 3

    @pytest.mark.requirement("R30")
    async def test_a_line_is_taken_away_before_the_yes(self, lena: Browser) -> None:
        case = await case_of(lena, "elias-boman")
        page = await lena.open(f"{case}/samtycke/nytt")
        written = {
            "owners": ["soc"],
            "receivers": ["psyk", "af"],
            "categories": ["plan"],
            "purpose": "sip",
            "ends": "3",
        }
        page = await lena.send(page, f"{case}/samtycke/nytt", {**written, "bort": "soc/af/plan"})
        assert "Borttaget:" in page.text
        receipt = await consent_of(lena, case, page=page, **written)
        shown = (await lena.open(receipt)).text
        assert "Psykiatrin" in shown
        assert "Arbetsförmedlingen</td>" not in shown

    async def test_a_paper_needs_its_picture(self, lena: Browser) -> None:
        case = await case_of(lena, "elias-boman")
        with pytest.raises(AssertionError, match="Lägg till en bild av papperet"):
            await consent_of(lena, case, how="paper")
        receipt = await consent_of(lena, case, how="paper", files={"scan": ("a.pdf", b"%PDF-1.7", "application/pdf")})
        assert "På papper" in (await lena.open(receipt)).text

    async def test_a_proposal_waits_in_the_portal(self, hub: Doors, lena: Browser) -> None:
        case = await case_of(lena, "elias-boman")
        sent = await consent_of(lena, case, how="digital", witness="")
        assert sent.endswith("/samtycke?skickat=ja")
        elias = await hub.individual("elias-boman")
        assert "Vill du säga ja?" in (await elias.open("/mina-sidor")).text
        form = await elias.open("/mina-sidor/samtycke/nytt?forslag=ja")
        assert form.text.count(" checked") > 3

    async def test_a_weak_sign_in_keeps_the_draft_and_says_where_to_sign_in(self, hub: Doors) -> None:
        weak = await hub.staff("lena-sandstrom", loa=2)
        answer = await weak.open("/arbete/person")
        assert answer.status_code == 403
        assert "/logga-in/personal?" in answer.text


class TestWhatMayBeShared:
    @pytest.mark.requirement("HUB-01")
    async def test_the_whole_way(self, hub: Doors, lena: Browser) -> None:
        """Consent, acceptance, a permitted question, withdrawal, and the next click refused with words."""
        case = await case_of(lena, "elias-boman")
        await consent_of(lena, case)
        await consent_of(lena, case, **PARTY)
        await invite(lena, case)
        refused = await lena.open(f"{case}/fraga/psyk/plan")
        assert refused.status_code == 403
        assert "inte godkänt underlaget" in refused.text

        official = await hub.staff("margareta-lindh")
        waiting = re.findall(r'href="(/arbete/underlag/[^"]+)"', (await official.open("/arbete/underlag")).text)[-1]
        page = await official.open(waiting)
        assert "Är du säker på samtycket?" in page.text
        assert (await official.send(page, waiting, {"svar": "ja"})).status_code == 303

        shared = (await lena.open(case)).text
        assert "Det här får ni veta" in shared
        assert "Delas inte" in shared
        permitted = await lena.open(f"{case}/fraga/psyk/plan")
        assert permitted.status_code == 200
        assert "Psykiatrin får lämna uppgifter om planen till er" in permitted.text
        number = re.search(r'Beslutsnummer</dt><dd><span class="break">([a-z2-7]{26})', permitted.text)
        assert number

        elias = await hub.individual("elias-boman")
        page = await elias.open("/mina-sidor/samtycke?ta-tillbaka=soc")
        assert (await elias.send(page, "/mina-sidor/samtycke/soc/ta-tillbaka", {})).status_code == 303
        gone = await lena.open(f"{case}/fraga/psyk/plan")
        assert gone.status_code == 403
        assert "har tagit tillbaka samtycket" in gone.text
        assert "Be myndigheten pröva" in gone.text

    async def test_the_owners_official_says_no_with_a_reason(self, hub: Doors, lena: Browser) -> None:
        case = await case_of(lena, "elias-boman")
        await consent_of(lena, case)
        official = await hub.staff("margareta-lindh")
        waiting = re.findall(r'href="(/arbete/underlag/[^"]+)"', (await official.open("/arbete/underlag")).text)[-1]
        page = await official.open(waiting)
        again = await official.send(page, waiting, {"svar": "nej"})
        assert again.status_code == 422
        assert "Välj vad som saknas." in again.text
        assert (await official.send(page, waiting, {"svar": "nej", "fault": "doubtful"})).status_code == 303
        assert "Godtogs inte" in (await lena.open(f"{case}/samtycke")).text

    @pytest.mark.requirement("HUB-03", "R2")
    async def test_own_words_are_read_by_the_owners_official(self, hub: Doors, lena: Browser) -> None:
        """Nothing leaves on a yes with own words until an official has said what they are about."""
        case = await case_of(lena, "elias-boman")
        await consent_of(lena, case, **PARTY)
        await consent_of(lena, case, words="Inte det som hände i våras.")
        await invite(lena, case)
        official = await hub.staff("margareta-lindh")
        for waiting in re.findall(r'href="(/arbete/underlag/[^"]+)"', (await official.open("/arbete/underlag")).text):
            page = await official.open(waiting)
            if "Inte det som hände i våras." not in page.text:
                assert (await official.send(page, waiting, {"svar": "ja"})).status_code == 303
                continue
            unsaid = await official.send(page, waiting, {"svar": "ja"})
            assert unsaid.status_code == 422
            assert "välj vilka områden de gäller" in unsaid.text
            both = await official.send(page, waiting, {"svar": "ja", "excluded": ["meeting", "inget"]})
            assert "Välj antingen områden eller" in both.text
            assert (await lena.open(f"{case}/fraga/psyk/plan")).status_code == 403
            assert "läser det. Tills dess" in (await (await hub.individual("elias-boman")).open(OWN_CONSENTS)).text
            assert (await official.send(page, waiting, {"svar": "ja", "excluded": "meeting"})).status_code == 303
        assert (await lena.open(f"{case}/fraga/psyk/plan")).status_code == 200
        assert (await lena.open(f"{case}/fraga/psyk/meeting")).status_code == 403
        assert "Tills dess" not in (await (await hub.individual("elias-boman")).open(OWN_CONSENTS)).text

    @pytest.mark.requirement("R12")
    async def test_be_myndigheten_prova(self, hub: Doors, lena: Browser) -> None:
        case = await case_of(lena, "elias-boman")
        await consent_of(lena, case, **PARTY)
        await invite(lena, case)
        refused = await lena.open(f"{case}/fraga/psyk/mental_health")
        [address] = re.findall(rf'href="({case}/provning[^"]*)"', refused.text)
        page = await lena.open(address.replace("&amp;", "&"))
        assert "Be psykiatrin pröva" in page.text
        empty = await lena.send(page, f"{case}/provning", {})
        assert empty.status_code == 422
        assert "Skriv varför ni behöver uppgifterna" in empty.text
        said = {"reason": "Vi planerar en praktik.", "urgency": "urgent"}
        assert (await lena.send(page, f"{case}/provning", said)).status_code == 303
        assert "Psykisk hälsa" in (await lena.open("/arbete/provningar")).text

        official = await hub.staff("margareta-lindh")
        day = (await official.open("/arbete/min-dag")).text
        assert "Pröva om ni kan lämna ut något (akut)" in day
        [waiting] = re.findall(r'href="(/arbete/provningar/[^"]+)"', (await official.open("/arbete/provningar")).text)
        page = await official.open(waiting)
        assert "Vi planerar en praktik." in page.text
        bare = await official.send(page, waiting, {"answer": "Ja, det går bra.", "svar": "ja"})
        assert bare.status_code == 422
        assert "Kryssa i vad ni lämnar, eller svara nej." in bare.text
        answer = await official.send(page, waiting, {"answer": "Det behövs inte för en praktik.", "svar": "nej"})
        assert answer.status_code == 303, says(answer)
        assert "Nej" in (await lena.open("/arbete/provningar")).text
        late = await official.send(page, waiting, {"answer": "En gång till.", "svar": "nej"})
        assert late.status_code == 412
        assert "Någon annan har ändrat" in late.text


class TestTheLog:
    async def test_a_case_shows_its_own_agencys_rows(self, lena: Browser) -> None:
        case = await case_of(lena, "elias-boman")
        shown = (await lena.open(f"{case}/logg")).text
        assert "öppnade ett nytt ärende" in shown
        assert "Lena Sandström" in shown

    @pytest.mark.requirement("R26")
    async def test_only_an_appointed_reviewer_reads_the_agencys_log(self, hub: Doors, lena: Browser) -> None:
        assert (await lena.open("/arbete/loggranskning")).status_code == 403
        henrik = await hub.staff("henrik-sundin")
        shown = await henrik.open("/arbete/loggranskning?visa=deny")
        assert shown.status_code == 200
        assert "Loggranskning" in shown.text
