"""A rule that tells why is annotated, has its law, and has words: one without can't be built."""

import json
import subprocess
from itertools import chain
from pathlib import Path
from typing import Final, get_args

import pytest

from hub.access import decision
from hub.access.questions import registry, words
from hub.access.questions.schemas import schema_of
from hub.agencies import model as agencies
from hub.consent import kinds as consent
from hub.people import model as people
from hub.web.language import LANGUAGES
from tests.policies.rules import POLICIES, Rule, data, questions, refusal_codes, rules, sources, texts
from tests.support.machine import where

#: Readings that are built outside the policies, and where.
ELSEWHERE: Final = {
    "R5": "withdrawal, block and raised protection ask no engine: hub.consent.speaker, hub.people.protection",
    "R20": "kallelse and inbjudan have their own issue",
    "R21": "the plan after a meeting has its own issue",
    "R28": "statistics has its own issue",
}
ALL_READINGS: Final = [f"R{number}" for number in range(1, 32)]


@pytest.mark.requirement("HUB-02")
class TestEachReason:
    @pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.place)
    def test_is_annotated_with_title_description_code_and_law(self, rule: Rule) -> None:
        if rule.metadata is None:
            earlier = [other for other in rules() if other.file == rule.file and other.metadata]
            assert rule.code in set(chain.from_iterable(other.codes for other in earlier))
        else:
            assert rule.metadata["title"]
            assert rule.metadata["description"]
            assert rule.custom["code"]
            assert rule.custom["law"]

    def test_speaks_for_the_code_in_its_head(self) -> None:
        assert [rule for rule in rules() if rule.metadata and rule.code and rule.code not in rule.codes] == []

    def test_has_the_law_that_is_answered(self) -> None:
        known = data("refusals")
        told = [(rule.custom["code"], rule.custom["law"]) for rule in rules() if rule.custom.get("code") in known]
        assert [(code, law) for code, law in told if known[code]["law"] != law] == []

    def test_carries_the_readings_of_its_data(self) -> None:
        known = data("refusals")
        told = [(rule.custom["code"], rule.custom["readings"]) for rule in rules() if rule.custom.get("code") in known]
        assert [(code, found) for code, found in told if known[code]["readings"] != found] == []


@pytest.mark.requirement("HUB-02")
class TestWords:
    @pytest.mark.parametrize("question", questions())
    def test_every_refusal_has_words_for_both_and_a_way_on_in_every_language(self, question: str) -> None:
        said = {**texts("lib"), **texts(question)}
        for code in refusal_codes(question):
            assert said[code]["staff"], code
            assert said[code]["change"], code
            for told in ("individual", "change_individual"):
                assert all(said[code][told][each.code] for each in LANGUAGES), (code, told)

    @pytest.mark.parametrize("folder", ["lib", *questions()])
    def test_what_the_individual_is_told_is_said_in_each_language_and_not_left_in_swedish(self, folder: str) -> None:
        told = [
            text[key] for text in texts(folder).values() for key in ("individual", "change_individual") if key in text
        ]
        assert [said["sv"] for said in told if set(said) != {each.code for each in LANGUAGES}] == []
        assert [said["en"] for said in told if said["en"] in {said["sv"], said["sv-x-easy"]}] == []

    @pytest.mark.parametrize("question", questions())
    def test_every_ground_has_words(self, question: str) -> None:
        said = {**texts("lib"), **texts(question)}
        grounds = {
            code
            for rule in rules()
            if rule.file.parent.name == question and rule.head.startswith(("reply.ground", "_ground"))
            for code in [rule.head.split('"')[1] if '"' in rule.head else None]
            if code not in {None, "party", ""}
        }
        assert grounds - set(said) == set()

    def test_every_paragraph_that_is_a_ground_has_words(self) -> None:
        paragraphs = {*data("duties"), *data("by_hand"), data("supplier")["paragraph"]}
        assert paragraphs - set(texts("disclose")) == set()

    def test_every_obligation_has_words(self) -> None:
        assert set(data("obligations")) - set(texts("lib")) == set()

    def test_no_words_lie_unused(self) -> None:
        used = set(chain.from_iterable(refusal_codes(question) for question in questions()))
        spoken = used | set(data("obligations")) | set(data("duties")) | set(data("by_hand"))
        spoken |= {data("supplier")["paragraph"], "malformed"}
        grounds = set(chain.from_iterable(rule.head.split('"')[1::2] for rule in rules()))
        for folder in ("lib", *questions()):
            assert set(texts(folder)) - spoken - grounds == set(), folder

    def test_no_refusal_of_the_data_is_unused(self) -> None:
        used = set(chain.from_iterable(refusal_codes(question) for question in questions()))
        assert set(data("refusals")) - used == set()


def test_every_reading_is_built_or_has_its_place_elsewhere() -> None:
    text = "".join(path.read_text("utf-8") for path in [*sources(POLICIES), *(POLICIES / "data").glob("*.json")])
    built = {
        reading for reading in ALL_READINGS if f"{reading}," in text or f"{reading}]" in text or f'"{reading}"' in text
    }
    assert set(ALL_READINGS) - built == set(ELSEWHERE)


class TestData:
    def test_the_words_of_the_questions_are_those_of_the_data(self) -> None:
        assert set(get_args(words.Category)) == set(data("categories"))
        assert set(get_args(words.Purpose)) == set(data("purposes"))
        assert set(get_args(words.Protection)) == set(data("protections"))
        assert set(get_args(words.Regime)) == set(data("regimes"))
        assert set(get_args(words.Road)) == set(data("roads"))
        assert set(get_args(words.Surface)) == set(data("surfaces"))
        assert set(get_args(words.CaseAct)) == set(data("acts"))
        assert set(get_args(words.AdministrationAct)) == set(data("administration"))
        assert set(get_args(words.ObligationCode)) == set(data("obligations"))
        assert set(get_args(words.MandateScope)) == set(data("scopes"))

    def test_the_hubs_own_words_are_words_of_the_questions(self) -> None:
        for kind, word in (
            (agencies.AgencyKind, words.AgencyKind),
            (agencies.Role, words.Role),
            (agencies.Road, words.Road),
            (people.Protection, words.Protection),
            (people.Scope, words.MandateScope),
            (people.RepresentativeKind, words.MandateKind),
            (people.Risk, words.Risk),
            (people.Relation, words.Relation),
            (consent.Kind, words.ConsentKind),
            (consent.Form, words.ConsentForm),
        ):
            assert {each.value for each in kind} <= set(get_args(word)), kind

    def test_what_the_hub_always_does_is_what_the_policies_lay_on_it(self) -> None:
        assert {code for code, row in data("obligations").items() if row["by"] == "hub"} == decision._ALWAYS

    def test_the_tree_is_what_parents_and_sensitivity_make_it(self) -> None:
        tree = data("categories")
        for code, node in tree.items():
            way = _way_up(code)
            reach = 1 + next((n for n, step in enumerate(way) if tree[step]["sensitive"]), len(way))
            assert set(node["reached_by"]) == set(way[:reach]), code
            assert set(node["stopped_by"]) == {*way, "*"}, code
            assert set(node["holds"]) == {other for other in tree if code in tree[other]["reached_by"]}, code

    @pytest.mark.requirement("FINSAM 7 §")
    def test_no_row_of_the_matrix_leads_to_or_from_a_samordningsforbund(self) -> None:
        matrix = data("matrix")
        assert "forbund" not in matrix
        assert "forbund" not in data("receivers")
        assert not any("forbund" in row["consent_to"] for row in matrix.values())

    def test_each_row_of_law_has_the_day_its_text_was_read(self) -> None:
        for name in ("categories", "matrix", "regimes", "duties", "by_hand", "roads", "surfaces", "refusals", "scopes"):
            assert all(row["as_of"] for row in data(name).values()), name


def _way_up(code: str) -> list[str]:
    parent = data("categories")[code]["parent"]
    return [code, *(_way_up(parent) if parent else [])]


@pytest.mark.parametrize("question", registry)
def test_the_committed_schema_is_the_questions_own(question: str) -> None:
    assert (POLICIES / "schemas" / f"{question}.json").read_bytes() == schema_of(question)


def test_each_question_has_its_folder_and_no_folder_is_without_a_question() -> None:
    folders = {path.name for path in POLICIES.iterdir() if path.is_dir()}
    assert folders - {"lib", "data", "schemas", "build", "conventions", "revision", "system"} == set(registry)


@pytest.mark.parametrize("path", sources(POLICIES), ids=lambda path: str(path.relative_to(POLICIES)))
def test_a_folder_is_a_package(path: Path) -> None:
    package = ".".join(path.parent.relative_to(POLICIES).parts)
    assert f"\npackage {package}\n" in "\n" + path.read_text("utf-8")


@pytest.mark.opa
def test_the_conventions_hold_of_what_opa_reads() -> None:
    """`opa inspect` reads the annotations; the conventions, themselves Rego, judge them."""
    read = [where("opa"), "inspect", "-a", "-f", "json", POLICIES]
    annotations = subprocess.run(read, capture_output=True, check=True).stdout
    judge = [where("opa"), "eval", "-f", "raw", "-I", "-d", POLICIES / "conventions", "data.conventions.broken"]
    judged = subprocess.run(judge, input=annotations, capture_output=True, check=True).stdout
    assert json.loads(judged) == []
