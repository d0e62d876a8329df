"""What the readings say where the law leaves it open, refusals first: each as a jurist would try it."""

import re
from pathlib import Path

import pytest

from hub.access.questions import Answer
from tests.policies.base import act_in_case, disclose, see_person
from tests.policies.corners import PROTECTED, by_hand, exchange
from tests.policies.engine import ask
from tests.policies.plain import APPROVED, LONG, Json, caller, line, owner, person, receiver
from tests.policies.rules import data
from tests.policies.test_conventions import ALL_READINGS, ELSEWHERE
from tests.policies.translate import Question

CLEARED = caller(clearances=[LONG])


def told(facts: Json, name: str = "disclose") -> Answer:
    return ask(Question(name, facts))


def refused(facts: Json, name: str = "disclose") -> set[str]:
    answer = told(facts, name)
    assert answer.outcome == "deny", answer
    return {each.code for each in answer.refusals}


def permitted(facts: Json, name: str = "disclose") -> set[str]:
    answer = told(facts, name)
    assert answer.outcome == "permit", answer
    return {each.ground for each in answer.grounds}


@pytest.mark.requirement("R9")
class TestProtectedInLists:
    @pytest.mark.parametrize("surface", ["list", "search", "export", "statistics", "bulk"])
    def test_no_list_search_export_or_bulk_act_shows_one_even_to_the_cleared(self, surface: str) -> None:
        assert refused(disclose(person=PROTECTED, caller=CLEARED, surface=surface))
        if surface != "statistics":
            permitted(disclose(surface=surface))

    def test_nobody_finds_one_in_a_list_of_all(self) -> None:
        assert refused(see_person(person=PROTECTED, caller=CLEARED, by="list"), "see_person") == {"not_found"}
        permitted(see_person(by="list"), "see_person")

    def test_the_cleared_have_a_list_of_their_own(self) -> None:
        assert refused(see_person(person=PROTECTED, by="own_list"), "see_person") == {"not_found"}
        permitted(see_person(person=PROTECTED, caller=CLEARED, by="own_list"), "see_person")


@pytest.mark.requirement("R10")
class TestWhereSomebodyIs:
    @pytest.mark.parametrize(
        "category", sorted(code for code, row in data("categories").items() if row.get("location"))
    )
    def test_a_place_is_never_given_on_consent(self, category: str) -> None:
        shut = exchange("soc", "psyk", category, person=PROTECTED)
        shut["caller"] |= {"clearances": [LONG]}
        assert "location_withheld" in refused(shut)

    def test_of_one_who_is_not_protected_it_is_a_category_like_others(self) -> None:
        permitted(exchange("soc", "psyk", "address"))


@pytest.mark.requirement("R15")
class TestWhatIsNotSecret:
    def test_nothing_that_is_not_marked_public_is_presumed_harmless(self) -> None:
        for giver, category in (("fk", "af_decision"), ("af", "employment"), ("soc", "plan")):
            assert refused(exchange(giver, "psyk", category, lines=[]))

    def test_a_decision_of_arbetsformedlingen_is_public(self) -> None:
        assert permitted(exchange("af", "soc", "af_decision", lines=[])) == {"not_secret"}


@pytest.mark.requirement("R16")
class TestRegisterLaw:
    @pytest.mark.parametrize("taker", ["af", "fk"])
    def test_what_is_sensitive_needs_an_open_case_where_it_is_necessary(self, taker: str) -> None:
        asked = exchange("psyk", taker, "health")
        assert "register_limit_receiver" in refused(asked | {"receiver": receiver(taker)})
        closed = receiver(taker, necessary=["health"], case_open=False)
        assert "receiver_has_no_case" in refused(asked | {"receiver": closed})
        permitted(asked)

    @pytest.mark.parametrize("fact", ["necessary", "case_open"])
    def test_that_it_is_not_said_is_no_yes(self, fact: str) -> None:
        asked = exchange("psyk", "af", "health")
        asked["receiver"] = {name: value for name, value in asked["receiver"].items() if name != fact}
        assert told(asked).outcome == "undecided"


@pytest.mark.requirement("R17")
class TestTheLabourMarketUnit:
    def test_without_a_regime_nothing_leaves_it(self) -> None:
        unset = exchange("ame", "soc", "plan", owner=owner("ame", regime="unset"))
        assert "ame_regime_unset" in refused(unset)

    def test_with_one_consent_is_the_only_road(self) -> None:
        assert refused(exchange("ame", "soc", "plan", lines=[]))
        assert permitted(exchange("ame", "soc", "plan")) == {"consent"}

    def test_it_is_an_agency_of_its_own_in_its_municipality(self) -> None:
        assert refused(exchange("soc", "ame", "plan", lines=[]))


@pytest.mark.requirement("R19")
class TestTheRegion:
    def test_psychiatry_and_primary_care_are_two_to_everybody_else(self) -> None:
        to_psychiatry = line(owner="soc", receiver="psyk", category="plan")
        assert refused(exchange("soc", "vardcentral", "plan", lines=[to_psychiatry]))

    def test_another_regions_care_is_beyond_the_border(self) -> None:
        elsewhere = receiver("vardcentral", authority="region-y")
        assert refused(exchange("psyk", "vardcentral", "plan", lines=[], receiver=elsewhere))

    def test_inside_one_region_no_border_is_crossed(self) -> None:
        assert permitted(exchange("psyk", "vardcentral", "plan", lines=[])) == {"own_case"}


@pytest.mark.requirement("R22")
@pytest.mark.requirement("FFS-03")
class TestAReporter:
    @pytest.mark.parametrize("agency", ["boendestod", "ame", "soc-b"])
    def test_is_told_nothing_another_committee_of_the_municipality_included(self, agency: str) -> None:
        kind = "ame" if agency == "ame" else "socialtjanst"
        asked = see_person(caller=caller(agency=agency, kind=kind, team=[]), own_reference=False)
        known = told(asked, "see_person")
        absent = told(asked | {"person": person(known=False)}, "see_person")
        assert {each.code for each in known.refusals} == {"not_found"}
        assert (known.outcome, known.refusals) == (absent.outcome, absent.refusals)


@pytest.mark.requirement("R24")
class TestInsideOneAgency:
    @pytest.mark.parametrize(
        "category", sorted(code for code, row in data("categories").items() if row["own_unit_only"])
    )
    def test_what_is_one_units_own_stays_there(self, category: str) -> None:
        inside = exchange("soc", "soc", category, lines=[], same_branch=True)
        assert refused(inside)
        assert permitted(inside | {"own_unit": True}) == {"own_case"}


@pytest.mark.requirement("R29")
class TestAnEmergency:
    @pytest.mark.parametrize("paragraph", sorted(data("by_hand")))
    def test_no_paragraph_opens_anything_before_a_human_has_decided(self, paragraph: str) -> None:
        asked = by_hand("soc", "psyk", "social_situation", paragraph)
        assert "owner_must_decide" in refused(asked | {"decisions": []})

    def test_there_is_no_act_that_goes_round_it(self) -> None:
        assert refused(act_in_case(act="ask_review", caller=caller(team=[])), "act_in_case")
        permitted(act_in_case(act="ask_review"), "act_in_case")
        assert not {act for act in data("acts") if "emergency" in act or "override" in act}


@pytest.mark.requirement("R31")
class TestTheLeadingAgency:
    @pytest.mark.parametrize("act", sorted(act for act, row in data("acts").items() if row["leading"]))
    def test_the_frame_is_changed_by_the_one_that_leads_and_no_other(self, act: str) -> None:
        asked = act_in_case(act=act, open=act != "reopen_case", leading=False)
        assert "not_leading" in refused(asked, "act_in_case")
        permitted(asked | {"leading": True}, "act_in_case")


def test_every_reading_that_is_built_has_a_test_that_carries_its_number() -> None:
    sources = "".join(path.read_text("utf-8") for path in Path(__file__).parents[1].rglob("test_*.py"))
    marked = set(re.findall(r'requirement\("(R\d+)"\)', sources))
    built = set(ALL_READINGS) - (set(ELSEWHERE) - {"R5"})
    assert sorted(built - marked) == []


def test_every_agency_of_the_facts_has_approved_what_is_tried_here() -> None:
    assert {"consent", *data("by_hand")} <= {each["code"] for each in APPROVED}
