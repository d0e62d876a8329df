"""Sets become lines, and only the lines that somebody meant."""

from dataclasses import replace

import pytest

from hub.consent import (
    ALL,
    WORDS,
    ConsentForm,
    DraftLine,
    Effect,
    NamedReceiver,
    ReceiverKind,
    lines_of,
    never_works,
    other_receiver,
)
from hub.consent.drafts import other_number
from tests.hub.consent.conftest import LAST_DAY, VOCABULARY, line

FORM = ConsentForm(
    owners=("soc", "psyk"),
    receivers=("psyk", "af"),
    categories=("plan", "work_ability"),
    purpose="sip",
    last_day=LAST_DAY,
)


@pytest.mark.requirement("R30")
class TestLinesOf:
    def test_nobody_receives_from_themselves(self) -> None:
        assert not [each for each in lines_of(FORM) if each.owner == each.receiver]

    def test_each_pair_and_category_is_a_line_of_its_own(self) -> None:
        assert {each.key for each in lines_of(FORM)} == {
            f"{owner}/{receiver}/{category}"
            for owner, receiver in (("soc", "psyk"), ("soc", "af"), ("psyk", "af"))
            for category in FORM.categories
        }

    def test_a_line_that_was_taken_away_is_gone_and_no_other(self) -> None:
        less = replace(FORM, removed=frozenset({"soc/af/work_ability"}))
        assert {each.key for each in lines_of(FORM)} - {each.key for each in lines_of(less)} == {"soc/af/work_ability"}

    def test_nothing_is_meant_by_an_empty_form(self) -> None:
        assert lines_of(ConsentForm()) == ()

    @pytest.mark.requirement("R2")
    def test_an_exclusion_binds_every_owner_and_reaches_everybody_when_none_is_named(self) -> None:
        form = replace(FORM, excluded=("trauma",), words=" Inte om praktiken på förskolan 2025. ")
        found = [each for each in lines_of(form) if each.effect is Effect.EXCLUSION]
        assert {(each.owner, each.receiver, each.category, each.last_day) for each in found} == {
            (owner, ALL, category, None) for owner in ("soc", "psyk") for category in ("trauma", WORDS)
        }
        assert {each.words for each in found if each.category == WORDS} == {"Inte om praktiken på förskolan 2025."}

    @pytest.mark.requirement("R2")
    def test_an_exclusion_towards_somebody_is_towards_nobody_else(self) -> None:
        form = replace(FORM, excluded=("trauma",), excluded_towards=("af",))
        assert {each.receiver for each in lines_of(form) if each.effect is Effect.EXCLUSION} == {"af"}

    @pytest.mark.requirement("R18")
    def test_receivers_outside_the_matrix_are_one_by_one(self) -> None:
        form = replace(FORM, receivers=(), others=(NamedReceiver(ReceiverKind.EMPLOYER, "Björkå Bageri"),))
        assert {each.receiver for each in lines_of(form)} == {other_receiver(0)}
        assert other_number(other_receiver(0)) == 0


@pytest.mark.parametrize("receiver", ["soc", "other:", "other:-1", "other:x", "other:٣"])
def test_what_points_to_no_named_receiver_is_none(receiver: str) -> None:
    assert other_number(receiver) is None


@pytest.mark.requirement("R30")
def test_a_line_that_can_never_work_is_warned_of() -> None:
    lines = (line("psyk", "forbund"), line("psyk", "soc"), line("psyk", other_receiver(0)))
    exclusion = DraftLine("psyk", "forbund", "plan", ALL, effect=Effect.EXCLUSION)
    assert never_works((*lines, exclusion), VOCABULARY) == (lines[0],)
    assert never_works(lines, replace(VOCABULARY, can_work=None)) == ()
