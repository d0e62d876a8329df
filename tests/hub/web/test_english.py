"""All that the individual reads is there in English: a text without it is found here, whoever wrote it."""

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from jinja2.ext import babel_extract

from hub import portal
from hub.access.explain import LABELS, Explainer, Reader
from hub.access.questions import Answer, read
from hub.access.questions.answer import Ground, Refusal
from hub.access.signin import endpoints
from hub.access.signin import errors as signin_errors
from hub.access.signin import service as signin_service
from hub.consent import checks
from hub.kit import errors as kit_errors
from hub.kit.errors import HubError
from hub.web import errors, forms, receipts
from hub.web.entries import ACTS
from hub.web.language import EASY_SWEDISH, ENGLISH, LANGUAGES, SWEDISH, Language
from hub.web.rendering import LOCALES, TEMPLATES, said, translations
from tests.hub.web.gallery import draw, my_consents, portal_pictures
from tests.policies.rules import POLICIES

#: What only staff meet, and what is written for easy Swedish alone.
NOT_READ_IN_ENGLISH = {
    "case.html", "refusal.html", "not_found.html", "assignment.html", "consents_easy.html", "who.html",
}  # fmt: skip
#: In the templates that both doors share: the words of the staff door.
STAFFS_OWN = {"Det du öppnar sparas i loggen. Den enskilde kan läsa den."}
_SWEDISH = re.compile(r"[åäöÅÄÖ]|^[A-ZÅÄÖ][a-zåäö]+[ .]")


def catalogue() -> set[str]:
    with (LOCALES / "en.po").open("rb") as opened:
        found = read_po(opened)
    return {(each.id if isinstance(each.id, str) else each.id[0]) for each in found if each.id and each.string}


def of_templates() -> Iterator[str]:
    options = {"trimmed": "true", "encoding": "utf-8"}
    for file in [*TEMPLATES.rglob("*.html"), *Path(portal.TEMPLATES).rglob("*.html")]:
        if file.name in NOT_READ_IN_ENGLISH:
            continue
        with file.open("rb") as opened:
            for _line, _function, message, _comments in babel_extract(
                opened, ("_", "gettext", "ngettext"), [], options
            ):
                yield str(message if isinstance(message, str) else (message or [""])[0])


def of_python() -> Iterator[str]:
    """Yield every Swedish text of the portal's own files and of the sign-in's."""
    files = [
        *Path(portal.__file__).parent.glob("*.py"),
        *map(Path, (receipts.__file__, errors.__file__, forms.__file__)),
    ]
    for file in [*files, Path(checks.__file__), Path(endpoints.__file__)]:
        yield from (text for text in _texts(ast.parse(file.read_text("utf-8"))) if _SWEDISH.search(text))


def _texts(tree: ast.Module) -> Iterator[str]:
    not_told = {id(each.value) for each in ast.walk(tree) if isinstance(each, ast.Expr)}
    not_told |= {id(part) for each in ast.walk(tree) if isinstance(each, ast.JoinedStr) for part in each.values}
    for each in ast.walk(tree):
        if isinstance(each, ast.Constant) and isinstance(each.value, str) and id(each) not in not_told:
            yield re.sub(r"\d+|\{\w+\}", "#", each.value) if "{what}" not in each.value else each.value


def of_errors() -> Iterator[str]:
    for module in (kit_errors, signin_errors, signin_service):
        for each in vars(module).values():
            if isinstance(each, type) and issubclass(each, HubError):
                yield each.title
                yield str(each.detail)


def of_labels() -> Iterator[str]:
    for named in (LABELS.categories, LABELS.purposes, LABELS.roles, LABELS.acts, LABELS.items):
        yield from named.values()
    yield from (individual for _staff, individual in ACTS.values())


class TestEverything:
    @pytest.mark.requirement("HUB-02")
    @pytest.mark.parametrize("source", [of_templates, of_python, of_errors, of_labels])
    def test_has_its_english(self, source: object) -> None:
        texts = set(source())  # type: ignore[operator]  # pyright: ignore[reportCallIssue]
        assert texts, "nothing was read: this test looks in the wrong place"
        assert sorted(texts - catalogue() - STAFFS_OWN) == []

    def test_keeps_the_places_for_what_is_put_in(self) -> None:
        with (LOCALES / "en.po").open("rb") as opened:
            pairs = [(each.id, each.string) for each in read_po(opened) if isinstance(each.id, str) and each.id]
        holes = re.compile(r"%\(\w+\)s|\{\w+\}|#")
        assert [one for one, other in pairs if sorted(holes.findall(one)) != sorted(holes.findall(str(other)))] == []


class TestPutTogether:
    @pytest.mark.parametrize(
        ("swedish", "english"),
        [
            ("Texten är 320 tecken. Högst 200 får plats. Korta den.", "The text is 320 characters. At most 200 fit."),
            ("28 februari 2026 har redan varit. Skriv ett datum efter i dag.", "28 February 2026 has passed already."),
        ],
    )
    def test_a_text_with_values_in_it_is_found(self, swedish: str, english: str) -> None:
        assert said(translations(ENGLISH), swedish).startswith(english)

    def test_a_text_that_nobody_knows_stays(self) -> None:
        assert said(translations(ENGLISH), "Något med 3 saker som ingen känner") == "Något med 3 saker som ingen känner"

    @pytest.mark.parametrize(
        ("language", "joined"), [(SWEDISH, "planen, mötena och arbetet"), (ENGLISH, "planen, mötena and arbetet")]
    )
    def test_the_last_two_of_a_list_are_joined_in_the_language_of_the_page(
        self, language: Language, joined: str
    ) -> None:
        page = next(each for each in portal_pictures(language) if each.template == "portal/consents.html")
        view = my_consents()
        first = replace(view.towards[0], may_know=("planen", "mötena", "arbetet"))
        assert joined in draw(replace(page, view=replace(view, towards=(first,))))

    def test_easy_swedish_falls_back_to_swedish(self) -> None:
        assert said(translations(EASY_SWEDISH), "Ditt samtycke har gått ut.") == "Ditt samtycke har gått ut."

    @pytest.mark.requirement("HUB-02")
    def test_a_decision_is_told_in_english(self) -> None:
        example = json.loads((POLICIES / "disclose" / "example.json").read_bytes())["permit"]
        question = read("disclose", json.dumps(example))
        answer = Answer(
            outcome="deny",
            grounds=[Ground(category="plan", ground="consent", law="OSL 10:1", ref="", basis="SoL 16:1")],
            refusals=[Refusal(code="no_consent", text="no_consent", law="OSL 10:1", category="health")],
            obligations=[],
            categories=[],
            revision="r",
        )
        explainer = Explainer.load(POLICIES)
        say = partial(said, translations(ENGLISH))
        english = Explainer(explainer.texts, say=say, language=ENGLISH.code)
        told = english.explain(question, answer, Reader.INDIVIDUAL)
        assert told.outcome == "No."
        assert told.grounds == ("the plan: Your consent (OSL 10:1); the receiver's ground: SoL 16:1",)
        assert [(each.text, each.about) for each in told.reasons] == [
            ("You have not said yes to this. Therefore nothing is given out.", "health")
        ]
        assert told.changes == (
            "You can say yes to it, if you want to. Otherwise the agency itself can decide the question.",
        )
        assert explainer.explain(question, answer, Reader.INDIVIDUAL).outcome == "Nej."


def test_all_languages_are_offered() -> None:
    assert [each.code for each in LANGUAGES] == ["sv", "sv-x-easy", "en"]
