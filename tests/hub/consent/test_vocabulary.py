"""The tree, and that the words of consent keep up with the policies' data."""

from dataclasses import replace
from pathlib import Path

import pytest

from hub.consent import ALL, AgencyName, from_policies
from hub.consent.wording import phrased_categories, phrased_purposes
from tests.hub.consent.conftest import VOCABULARY

DATA = Path(__file__).resolve().parents[3] / "policies" / "data"


@pytest.mark.requirement("HUB-03")
class TestTree:
    def test_a_permit_on_the_parent_doesnt_reach_a_sensitive_child(self) -> None:
        assert VOCABULARY.reached_by("mental_health") == {"mental_health"}

    def test_but_it_reaches_another(self) -> None:
        assert VOCABULARY.reached_by("debts") == {"debts", "economy"}

    def test_what_lies_within_has_the_sensitive_too(self) -> None:
        assert VOCABULARY.within("health") == {"health", "mental_health", "trauma"}
        assert VOCABULARY.within(ALL) == set(VOCABULARY.categories)

    @pytest.mark.requirement("R4")
    def test_a_closing_touches_what_lies_within_and_what_reaches_it(self) -> None:
        assert VOCABULARY.touched_by("debts") == {"debts", "economy"}
        assert VOCABULARY.touched_by("economy") == {"economy", "debts"}
        assert VOCABULARY.touched_by("trauma") == {"trauma"}
        assert VOCABULARY.touched_by("health") == {"health", "mental_health", "trauma"}

    def test_an_unknown_code_is_nowhere(self) -> None:
        assert VOCABULARY.way_up("everything") == ()
        assert VOCABULARY.reached_by("everything") == frozenset()


class TestCanWork:
    def test_the_matrix_knows_agencies(self) -> None:
        assert not VOCABULARY.can_ever_work("psyk", "forbund")
        assert VOCABULARY.can_ever_work("psyk", "soc")

    def test_a_named_receiver_can(self) -> None:
        named = replace(VOCABULARY, named={"r1": AgencyName("Björkå Bageri", "employer")})
        assert named.can_ever_work("psyk", "r1")
        assert named.receivers == {*VOCABULARY.agencies, "r1"}
        assert named.names["r1"] == "Björkå Bageri"


def test_the_policies_own_tree_and_matrix() -> None:
    agencies = {"psyk": AgencyName("Psykiatrin", "region_psykiatri"), "f": AgencyName("Förbundet", "forbund")}
    found = from_policies(DATA, agencies)
    assert not found.can_ever_work("psyk", "f")
    assert found.way_up("mental_health")[0].sensitive
    assert phrased_categories() == found.categories.keys()
    assert phrased_purposes() == found.purposes
