"""What can be wrong, and that each text says what to do."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from hub.consent import (
    ALL,
    WORDS,
    ConsentForm,
    Draft,
    DraftLine,
    Effect,
    Form,
    GivenBy,
    Kind,
    NamedReceiver,
    ReceiverKind,
    ScanFile,
    check_answer,
    check_draft,
    check_form,
    limits,
)
from hub.consent.checks import check_days, check_no, require
from hub.kit.errors import FieldError, Invalid
from tests.hub.consent.conftest import LAST_DAY, TODAY, VOCABULARY, draft, line, on_paper

FORM = ConsentForm(owners=("psyk",), receivers=("soc",), categories=("plan",), purpose="sip", last_day=LAST_DAY)


def fields(errors: Iterable[FieldError]) -> set[str]:
    return {error.field for error in errors}


def of_draft(made: Draft) -> set[str]:
    return fields(check_draft(made, VOCABULARY, TODAY))


class TestDays:
    def test_a_day_that_has_been_says_which_and_what_to_do(self) -> None:
        [error] = check_days(None, date(2026, 2, 28), TODAY)
        assert error.message == "28 februari 2026 har redan varit. Skriv ett datum efter i dag."

    def test_today_is_no_last_day(self) -> None:
        [error] = check_days(None, TODAY, TODAY)
        assert (error.field, error.message) == ("lastDay", "Det är i dag. Skriv ett datum efter i dag.")

    def test_a_missing_last_day(self) -> None:
        assert fields(check_days(None, None, TODAY)) == {"lastDay"}

    @pytest.mark.requirement("R27")
    def test_no_backdating(self) -> None:
        assert fields(check_days(TODAY - timedelta(days=1), LAST_DAY, TODAY)) == {"firstDay"}

    def test_the_wrong_way_round(self) -> None:
        [error] = check_days(LAST_DAY, LAST_DAY - timedelta(days=1), TODAY)
        assert error.field == "lastDay"
        assert "före första dagen" in error.message

    def test_too_long_says_how_long_is_right(self) -> None:
        furthest = TODAY + timedelta(days=limits().longest_days)
        assert not list(check_days(None, furthest, TODAY))
        [error] = check_days(None, furthest + timedelta(days=1), TODAY)
        assert "23 november 2028" in error.message

    def test_a_right_period(self) -> None:
        assert not list(check_days(TODAY, LAST_DAY, TODAY))


class TestForm:
    def test_a_right_form(self) -> None:
        assert check_form(FORM, VOCABULARY, TODAY) == ()

    def test_an_empty_form_asks_for_each_set(self) -> None:
        found = fields(check_form(ConsentForm(), VOCABULARY, TODAY))
        assert found == {"owners", "receivers", "categories", "purpose", "lastDay"}

    @pytest.mark.parametrize(
        ("field", "over"),
        [
            ("owners", {"owners": ("nobody",)}),
            ("receivers", {"receivers": ("nobody",)}),
            ("categories", {"categories": ("everything",)}),
            ("excluded", {"excluded": ("everything",)}),
            ("excludedTowards", {"excluded_towards": ("nobody",)}),
            ("purpose", {"purpose": "curiosity"}),
        ],
    )
    def test_an_unknown_code(self, field: str, over: dict[str, Any]) -> None:
        assert fields(check_form(replace(FORM, **over), VOCABULARY, TODAY)) == {field}

    def test_an_agency_that_would_tell_itself(self) -> None:
        assert fields(check_form(replace(FORM, receivers=("psyk",)), VOCABULARY, TODAY)) == {"receivers"}

    def test_sus_is_a_receiver_of_its_own_kind_only(self) -> None:
        form = replace(FORM, receivers=("sus",))
        assert fields(check_form(form, VOCABULARY, TODAY)) == {"receivers"}
        assert not fields(check_form(replace(form, kind=Kind.SUS), VOCABULARY, TODAY))

    def test_too_much_to_read_through_says_how_much(self) -> None:
        form = replace(
            FORM, owners=tuple(VOCABULARY.agencies), receivers=tuple(VOCABULARY.agencies), categories=tuple(CODES)
        )
        [error] = check_form(form, VOCABULARY, TODAY)
        assert error.field == "lines"
        assert error.message.startswith("Det blev 200 rader. 120 är")

    def test_overlong_words(self) -> None:
        [error] = check_form(replace(FORM, words="a" * 2001), VOCABULARY, TODAY)
        assert error == FieldError("words", "Det är 2001 tecken. Korta ner det till högst 2000.")

    def test_named_receivers(self) -> None:
        others = (NamedReceiver(ReceiverKind.RELATIVE, " "), NamedReceiver(ReceiverKind.RELATIVE, "a" * 121))
        found = fields(check_form(replace(FORM, receivers=(), others=others), VOCABULARY, TODAY))
        assert found == {"others[0].name", "others[1].name"}
        many = replace(FORM, others=(NamedReceiver(ReceiverKind.RELATIVE, "Mor"),) * 11)
        assert "others" in fields(check_form(many, VOCABULARY, TODAY))


CODES = [code for code in VOCABULARY.categories if code != "sus_registration"] + ["sus_registration"]


class TestDraft:
    def test_a_right_draft(self) -> None:
        assert of_draft(draft()) == set()
        assert of_draft(on_paper()) == set()

    def test_nothing_to_say_yes_to(self) -> None:
        exclusion = DraftLine("psyk", ALL, "trauma", ALL, effect=Effect.EXCLUSION)
        assert of_draft(draft(exclusion)) == {"lines"}

    @pytest.mark.parametrize(
        ("field", "over"),
        [
            ("owner", {"owner": "nobody"}),
            ("owner", {"owner": ALL}),
            ("receiver", {"receiver": "nobody"}),
            ("receiver", {"receiver": ALL}),
            ("receiver", {"receiver": "psyk"}),
            ("receiver", {"receiver": "other:0"}),
            ("receiver", {"receiver": "sus"}),
            ("category", {"category": "everything"}),
            ("category", {"category": ALL}),
            ("category", {"category": WORDS}),
            ("purpose", {"purpose": ""}),
            ("lastDay", {"last_day": None}),
            ("words", {"words": "a" * 2001}),
        ],
    )
    def test_a_wrong_line(self, field: str, over: dict[str, Any]) -> None:
        assert of_draft(draft(line(), line(**over))) == {f"lines[1].{field}"}

    def test_the_same_fault_is_told_once(self) -> None:
        wrong = line(last_day=TODAY)
        assert of_draft(draft(wrong, replace(wrong, category="meeting"))) == {"lines[0].lastDay"}

    def test_an_exclusion_may_reach_all_but_must_say_something(self) -> None:
        good = DraftLine(ALL, ALL, ALL, ALL, effect=Effect.EXCLUSION)
        spoken = replace(good, owner="psyk", category=WORDS, words="Inte om mor.")
        assert of_draft(draft(line(), good, spoken)) == set()
        assert of_draft(draft(line(), replace(spoken, words=" "))) == {"lines[1].words"}
        assert of_draft(draft(line(), replace(spoken, owner=ALL))) == {"lines[1].owner"}, "somebody has to read them"
        assert of_draft(draft(line(), replace(good, category="everything"))) == {"lines[1].category"}
        assert of_draft(draft(line(), replace(good, owner="nobody"))) == {"lines[1].owner"}

    @pytest.mark.requirement("HUB-03")
    @pytest.mark.parametrize(
        ("kind", "category"), [(Kind.PLAN, "work_ability"), (Kind.SECRECY, "sus_registration"), (Kind.SUS, "plan")]
    )
    def test_three_consents_are_never_one_tick(self, kind: Kind, category: str) -> None:
        receiver = "sus" if kind is Kind.SUS else "soc"
        made = on_paper(line(receiver=receiver, category=category), kind=kind, insats="Gemensamma taget")
        assert of_draft(made) == {"lines[0].category"}

    def test_a_named_receiver_is_in_the_draft_or_known_from_before(self) -> None:
        other = NamedReceiver(ReceiverKind.EMPLOYER, "Björkå Bageri")
        assert of_draft(draft(line(receiver="other:0"), others=(other,))) == set()
        assert of_draft(draft(line(receiver="other:1"), others=(other,))) == {"lines[0].receiver"}


class TestAnswer:
    def test_how_must_be_said(self) -> None:
        assert fields(check_answer(draft(form=None))) == {"form"}

    def test_paper_needs_its_picture(self) -> None:
        assert fields(check_answer(on_paper(scan=None))) == {"scan"}
        assert fields(check_answer(on_paper(scan=ScanFile("application/pdf", b"")))) == {"scan"}

    def test_a_picture_that_is_no_picture_or_too_big(self) -> None:
        assert fields(check_answer(on_paper(scan=ScanFile("text/html", b"x")))) == {"scan"}
        assert fields(check_answer(on_paper(scan=ScanFile("image/png", b"x" * 10_000_001)))) == {"scan"}

    def test_spoken_needs_somebody_who_heard(self) -> None:
        assert fields(check_answer(draft(form=Form.ORAL))) == {"witness"}
        assert not check_answer(draft(form=Form.ORAL, witness="Samir Haddad"))

    def test_filled_in_together_needs_a_note(self) -> None:
        assert fields(check_answer(draft(form=Form.ASSISTED))) == {"note"}
        assert not check_answer(draft(form=Form.ASSISTED, note="Läste tillsammans."))

    @pytest.mark.requirement("R27")
    def test_exclusions_must_be_asked_for(self) -> None:
        assert fields(check_answer(draft(exclusions_asked=False))) == {"exclusionsAsked"}

    def test_a_representative_must_be_chosen(self) -> None:
        assert fields(check_answer(draft(given_by=GivenBy.GUARDIAN))) == {"representative"}
        assert not check_answer(draft(given_by=GivenBy.GUARDIAN, representative="mandate-1"))

    def test_sus_is_written_and_for_one_measure(self) -> None:
        assert fields(check_answer(on_paper(kind=Kind.SUS))) == {"insats"}
        for how in ({"form": Form.ORAL, "witness": "Samir"}, {"form": Form.DIGITAL}):
            assert fields(check_answer(draft(kind=Kind.SUS, insats="Gemensamma taget", **how))) == {"form"}
        assert not check_answer(on_paper(kind=Kind.SUS, insats="Gemensamma taget"))

    @pytest.mark.parametrize("field", ["witness", "note", "condition", "insats"])
    def test_overlong_text(self, field: str) -> None:
        assert fields(check_answer(draft(**{field: "a" * 2001}))) == {field}


def test_a_no_is_only_kept_from_what_cant_be_kept() -> None:
    assert check_no(draft(form=None, exclusions_asked=False)) == ()
    wrong = draft(scan=ScanFile("text/html", b"x"), note="a" * 2001)
    assert fields(check_no(wrong)) == {"scan", "note"}


def test_what_is_wrong_is_raised_as_one_error() -> None:
    require([])
    with pytest.raises(Invalid) as caught:
        require([FieldError("form", "Välj.")])
    assert caught.value.fields == (FieldError("form", "Välj."),)
