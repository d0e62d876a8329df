"""A decision in words: one answer, told to staff and to the individual."""

from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest

from hub.access.explain import LABELS, Explainer, Reader, Text, Tongues
from hub.access.questions import Answer, Facts, read, registry, words
from hub.access.selftest import examples_of
from hub.settings import ROOT

POLICIES = ROOT / "policies"
_SAID = '{"sv": "Nej", "sv-x-easy": "Nej", "en": "No"}'
TEXTS = {
    "lib": {
        "consent": Text("Samtycke", Tongues("Ditt samtycke", "Du har sagt ja", "Your consent")),
        "record_reason": Text("Skälet sparas.", Tongues("Skälet sparas.", "Det står varför.", "The reason is kept.")),
    },
    "disclose": {
        "consent_withdrawn": Text(
            "Personen har tagit tillbaka sitt ja.",
            Tongues(
                "Du har tagit tillbaka ditt samtycke.", "Du har tagit tillbaka ditt ja.", "You have taken it back."
            ),
            "Prata med personen.",
            Tongues("Du kan lämna det igen.", "Du kan säga ja igen.", "You can say yes again."),
        ),
        "no_consent": Text(
            "Inget samtycke.",
            Tongues("Du har inte lämnat samtycke.", "Du har inte sagt ja.", "You have not said yes."),
            "Be om samtycke.",
            Tongues("Du kan lämna det.", "Du kan säga ja.", "You can say yes."),
        ),
    },
}


@pytest.fixture
def question() -> Facts:
    return example("disclose")


def example(name: str) -> Facts:
    return read(name, bytes(examples_of(name, POLICIES).permit))


def answer(outcome: str = "deny", **parts: Any) -> Answer:
    empty = {"grounds": [], "refusals": [], "obligations": [], "categories": [], "revision": "r1"}
    return msgspec.convert({"outcome": outcome} | empty | parts, Answer)


def refusal(code: str, category: str = "", text: str = "") -> dict[str, str]:
    return {"code": code, "category": category, "law": "OSL 12:2", "text": text or code}


def explainer() -> Explainer:
    return Explainer(TEXTS, {"psyk": "Psykiatrin", "soc": "Socialtjänsten"})


@pytest.mark.requirement("HUB-02")
class TestARefusal:
    def test_says_why_by_what_law_and_what_would_have_to_be_different(self, question: Facts) -> None:
        told = explainer().explain(question, answer(refusals=[refusal("consent_withdrawn", "plan")]), Reader.STAFF)
        reason = told.reasons[0]
        assert (reason.text, reason.law) == ("Personen har tagit tillbaka sitt ja.", "OSL 12:2")
        assert (reason.about, reason.change) == ("planen", "Prata med personen.")
        assert told.outcome == "Nej."
        assert told.changes == ("Prata med personen.",)

    def test_speaks_to_the_individual_in_other_words(self, question: Facts) -> None:
        said = answer(refusals=[refusal("consent_withdrawn"), refusal("no_consent")])
        told = explainer().explain(question, said, Reader.INDIVIDUAL)
        assert [reason.text for reason in told.reasons] == [
            "Du har tagit tillbaka ditt samtycke.",
            "Du har inte lämnat samtycke.",
        ]
        assert told.changes == ("Du kan lämna det igen.", "Du kan lämna det.")

    @pytest.mark.parametrize(
        ("language", "outcome", "why", "change"),
        [
            ("sv", "Nej.", "Du har tagit tillbaka ditt samtycke.", "Du kan lämna det igen."),
            ("sv-x-easy", "Nej.", "Du har tagit tillbaka ditt ja.", "Du kan säga ja igen."),
            ("en", "No.", "You have taken it back.", "You can say yes again."),
        ],
    )
    def test_speaks_the_individuals_language_and_staffs_is_swedish(
        self, question: Facts, language: str, outcome: str, why: str, change: str
    ) -> None:
        said, speaking = answer(refusals=[refusal("consent_withdrawn")]), replace(explainer(), language=language)
        told = speaking.explain(question, said, Reader.INDIVIDUAL)
        assert (told.outcome, told.reasons[0].text, told.changes) == (outcome, why, (change,))
        to_staff = speaking.explain(question, said, Reader.STAFF)
        assert (to_staff.reasons[0].text, to_staff.changes) == (
            "Personen har tagit tillbaka sitt ja.",
            ("Prata med personen.",),
        )

    def test_says_each_way_on_once(self, question: Facts) -> None:
        said = answer(refusals=[refusal("no_consent", "plan"), refusal("no_consent", "meeting")])
        assert explainer().explain(question, said, Reader.STAFF).changes == ("Be om samtycke.",)

    def test_without_words_of_its_own_is_told_as_its_code(self, question: Facts) -> None:
        told = explainer().explain(question, answer(refusals=[refusal("brand_new")]), Reader.STAFF)
        assert (told.reasons[0].text, told.changes) == ("brand_new", ())

    def test_whose_key_is_unknown_has_the_words_of_its_code(self, question: Facts) -> None:
        told = explainer().explain(question, answer(refusals=[refusal("no_consent", text="gone")]), Reader.STAFF)
        assert told.reasons[0].text == "Inget samtycke."

    def test_an_undecided_is_told_apart_from_a_no(self, question: Facts) -> None:
        told = explainer().explain(question, Answer.undecided("engine_timeout"), Reader.INDIVIDUAL)
        assert told.outcome == "Det gick inte att avgöra. Inget om dig lämnades ut."
        assert told.changes == ("Den som frågade behöver försöka igen om en stund.",)


@pytest.mark.requirement("HUB-02")
class TestAPermit:
    GROUND: dict[str, str] = {  # noqa: RUF012  a table, never written
        "category": "plan",
        "ground": "consent",
        "ref": "c1",
        "law": "OSL 10:1",
        "basis": "SoLPuL 6 §",
    }

    def test_names_its_ground_and_what_lets_the_receiver_hold_it(self, question: Facts) -> None:
        told = explainer().explain(question, answer("permit", grounds=[self.GROUND]), Reader.INDIVIDUAL)
        assert told.grounds == ("planen: Ditt samtycke (OSL 10:1); mottagarens stöd: SoLPuL 6 §",)

    def test_of_the_whole_names_no_category(self, question: Facts) -> None:
        ground = {"category": "", "ground": "chef", "ref": "", "law": "", "basis": ""}
        assert explainer().explain(question, answer("permit", grounds=[ground]), Reader.STAFF).grounds == ("chef",)

    def test_of_a_part_says_which(self, question: Facts) -> None:
        told = explainer().explain(question, answer("permit", categories=["plan", "meeting"]), Reader.STAFF)
        assert told.outcome == "Ja, till en del: planen och mötena."

    def test_says_what_must_be_done_with_it(self, question: Facts) -> None:
        duties = [{"code": "record_reason", "category": ""}, {"code": "brand_new", "category": ""}]
        told = explainer().explain(question, answer("permit", obligations=duties), Reader.STAFF)
        assert told.obligations == ("Skälet sparas.", "brand_new")


class TestTheQuestion:
    def test_is_told_with_names_and_not_with_codes(self, question: Facts) -> None:
        told = explainer().explain(question, answer(), Reader.STAFF)
        assert told.asked == (
            "Får Psykiatrin lämna planen, mötena och alkohol och droger till Socialtjänsten, "
            "för samordnad individuell plan?"
        )
        assert told.by == "Handläggare hos Socialtjänsten"

    @pytest.mark.parametrize("reader", Reader)
    @pytest.mark.parametrize("name", registry)
    def test_has_words_whatever_it_is(self, name: str, reader: Reader) -> None:
        told = Explainer.load(POLICIES).explain(example(name), answer("permit"), reader)
        assert told.asked.endswith("?")
        assert "{" not in told.asked + told.by

    @pytest.mark.parametrize(
        ("caller", "by"),
        [
            ({"door": "client", "agency": "soc"}, "Ett system hos Socialtjänsten"),
            ({"door": "staff", "agency": "soc", "roles": []}, "Någon hos Socialtjänsten"),
            ({"door": "individual", "own": True}, "Du själv"),
            ({"door": "individual", "own": False, "mandate": "m1"}, "Någon som företräder dig"),
            ({"door": "individual", "own": False, "mandate": ""}, "Någon annan privatperson"),
        ],
    )
    def test_says_who_asked(self, question: Facts, caller: dict[str, Any], by: str) -> None:
        facts = msgspec.to_builtins(question)
        facts["caller"] |= caller
        asked = read("disclose", msgspec.json.encode(facts))
        assert explainer().explain(asked, answer(), Reader.INDIVIDUAL).by == by


class TestLabels:
    def test_everything_that_can_be_asked_has_a_name(self) -> None:
        assert set(LABELS.asked) == set(registry)
        assert set(LABELS.categories) == set(get_args(words.Category))
        assert set(LABELS.purposes) == set(get_args(words.Purpose))
        assert set(LABELS.roles) == set(get_args(words.Role))
        assert set(LABELS.acts) == {*get_args(words.CaseAct), *get_args(words.AdministrationAct)}

    def test_every_failure_of_an_engine_has_words(self) -> None:
        failures = {"engine_down", "engine_timeout", "engine_empty", "engine_malformed", "engine_error", "facts_moved"}
        assert set(LABELS.undecided) == failures

    @pytest.mark.requirement("HUB-02")
    @pytest.mark.parametrize(
        "broken",
        [
            '{"staff": "Nej"}',
            '{"staff": "Nej", "individual": "Nej"}',
            '{"staff": "Nej", "individual": {"sv": "Nej", "en": "No"}}',
            '{"staff": "Nej", "individual": {"sv": "Nej", "sv-x-easy": "", "en": "No"}}',
            f'{{"staff": "Nej", "individual": {_SAID}, "change": "Fråga."}}',
            f'{{"staff": "Nej", "individual": {_SAID}, "change_individual": {_SAID}}}',
            f'{{"staff": "Nej", "individual": {_SAID}, "changed": "Fråga."}}',
        ],
    )
    def test_texts_without_each_language_for_both_readers_are_not_read(self, tmp_path: Path, broken: str) -> None:
        (tmp_path / "disclose").mkdir()
        (tmp_path / "disclose" / "texts.json").write_text(f'{{"no_consent": {broken}}}', "utf-8")
        with pytest.raises(msgspec.ValidationError):
            Explainer.load(tmp_path)
