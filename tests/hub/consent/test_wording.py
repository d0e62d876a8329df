"""Lines in words: what can be read aloud before a yes."""

import re
from datetime import date

import pytest

from hub.consent import ALL, WORDS, DraftLine, Effect, Language, Wording
from hub.consent.texts import render, shipped
from hub.consent.wording import phrased_categories, phrased_purposes
from tests.hub.consent.conftest import AGENCIES, line

NAMES = {code: agency.name for code, agency in AGENCIES.items()}
SV = Wording(Language.SWEDISH, NAMES)


def exclusion(**over: str) -> DraftLine:
    made = {"owner": "psyk", "receiver": ALL, "category": "trauma", "words": "", **over}
    return DraftLine(
        made["owner"], made["receiver"], made["category"], ALL, effect=Effect.EXCLUSION, words=made["words"]
    )


@pytest.mark.requirement("R30")
class TestSentences:
    def test_one_pair_is_one_sentence(self) -> None:
        lines = [line(category=each) for each in ("plan", "meeting", "work_ability")]
        assert SV.sentences(lines) == (
            "Psykiatrin får berätta för Socialtjänsten om planen, mötena och vad du klarar att arbeta.",
            "Det får användas till din SIP.",
            "Det gäller till och med 28 februari 2027.",
        )

    def test_in_the_individuals_own_mouth(self) -> None:
        mine = Wording(Language.SWEDISH, NAMES, "jag")
        assert mine.category("work_ability") == "vad jag klarar att arbeta"

    def test_a_later_start(self) -> None:
        [*_, period] = SV.sentences([line(first_day=date(2026, 12, 1))])
        assert period == "Det gäller från och med 1 december 2026 till och med 28 februari 2027."

    def test_what_nobody_may_know(self) -> None:
        said = SV.sentences(
            [
                exclusion(),
                exclusion(receiver="fk"),
                exclusion(category=WORDS, words="Inte om mor."),
                exclusion(category=WORDS, words="Inte om far.", receiver="fk"),
                exclusion(category=ALL),
                exclusion(owner=ALL),
                exclusion(owner=ALL, receiver="fk"),
            ]
        )
        assert said == (
            "Psykiatrin får inte berätta för någon om svåra händelser.",
            "Psykiatrin får inte berätta för Försäkringskassan om svåra händelser.",
            "Ingen får veta: ”Inte om mor.”",
            "Försäkringskassan får inte veta: ”Inte om far.”",
            "Psykiatrin får inte berätta för någon om något alls.",
            "Ingen myndighet får berätta för någon om svåra händelser.",
            "Ingen myndighet får berätta för Försäkringskassan om svåra händelser.",
        )

    def test_words_with_braces_are_only_words(self) -> None:
        [said] = SV.sentences([exclusion(category=WORDS, words="{owner} {0}")])
        assert said == "Ingen får veta: ”{owner} {0}”"

    def test_sus_is_a_register(self) -> None:
        [said, *_] = SV.sentences([line("af", "sus", "sus_registration", purpose="sus")])
        assert said == "Arbetsförmedlingen får lämna uppgifter till SUS."

    def test_nothing_is_said_of_nothing(self) -> None:
        assert SV.sentences([]) == ()
        assert SV.listed([]) == ""

    @pytest.mark.requirement("SIP-01")
    def test_easy_swedish_has_one_thought_a_line(self) -> None:
        easy = Wording(Language.EASY_SWEDISH, NAMES)
        assert easy.sentences([line()])[0].split("\n") == [
            "Psykiatrin får prata med Socialtjänsten.",
            "De får prata om din plan.",
        ]

    def test_english(self) -> None:
        english = Wording(Language.ENGLISH, NAMES)
        assert english.sentences([line(category="social_situation")]) == (
            "Psykiatrin may tell Socialtjänsten about how you live from day to day.",
            "It may be used for your SIP.",
            "This lasts until and including 28 February 2027.",
        )

    def test_an_unknown_code_is_said_as_it_is(self) -> None:
        assert SV.category("everything") == "everything"
        assert SV.name("nobody") == "nobody"


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("person", ["jag", "du"])
def test_every_category_and_purpose_can_be_said(language: Language, person: str) -> None:
    wording = Wording(language, NAMES, "jag" if person == "jag" else "du")
    for said in (*map(wording.category, phrased_categories()), *map(wording.purpose, phrased_purposes())):
        assert said
        assert "{" not in said


class TestTexts:
    @pytest.mark.requirement("HUB-03")
    def test_three_kinds_in_three_languages(self) -> None:
        assert len({(each.kind, each.language) for each in shipped()}) == 9

    @pytest.mark.requirement("law 6.3(14)")
    def test_each_text_says_what_the_law_does_anyway(self) -> None:
        for text in shipped():
            assert "Försäkringskassan" in text.body, text
            assert "110" in text.body or text.kind == "sus" or text.language == "sv-x-easy", text

    def test_easy_swedish_has_no_brackets_and_short_lines(self) -> None:
        for text in (each for each in shipped() if each.language is Language.EASY_SWEDISH):
            lines = text.body.replace("{lines}", "").replace("{insats}", "insatsen").splitlines()
            assert max(map(len, lines)) <= 60
            assert not re.search(r"[()\[\]]", "".join(lines))

    def test_nothing_of_a_template_is_left_when_it_is_shown(self) -> None:
        for text in shipped():
            assert "{" not in render(text.body, SV.sentences([line()]), "Gemensamma taget")

    def test_what_is_said_is_in_what_is_shown(self) -> None:
        shown = render("Före\n\n{lines}\n\nEfter", ("Ett.", "Två {insats}."), None)
        assert shown == "Före\n\nEtt.\nTvå .\n\nEfter"
