"""Contradictions between agencies: the same matter, another word, about the same time."""

from datetime import UTC, date, datetime

import pytest

from hub.agencies import AgencyId
from hub.broker import Told
from hub.broker.port import Span
from hub.cases.areas import AREAS, Statement, area_of, by_area, disagreements
from hub.cases.sharing import SHARED
from tests.fakes.agency import fact

pytestmark = pytest.mark.requirement("HUB-05")
EXTENT = "work_ability.extent"


def said(agency: str, says: str, *, matter: str = EXTENT, **more: object) -> Statement:
    return Statement(AgencyId(agency), Told(fact("work_ability", f"{says} procent.", claim=(matter, says), **more)))


def test_two_agencies_that_say_different_things_of_the_same_time() -> None:
    older = said("af", "100", as_of=datetime(2026, 3, 3, tzinfo=UTC))
    newer = said("psyk", "50", as_of=datetime(2026, 11, 19, tzinfo=UTC))
    [found] = disagreements([newer, older])
    assert (found.matter, found.statements) == (EXTENT, (older, newer))


def test_the_same_word_is_no_contradiction() -> None:
    assert not disagreements([said("af", "50"), said("psyk", "50")])


def test_other_times_are_no_contradiction() -> None:
    past = said("af", "100", period=Span(date(2025, 1, 1), date(2025, 6, 30)))
    now = said("psyk", "50", period=Span(date(2026, 1, 1), None))
    assert not disagreements([past, now])


def test_another_matter_is_no_contradiction() -> None:
    assert not disagreements([said("af", "100"), said("psyk", "50", matter="employment.status")])


def test_one_agency_that_has_changed_its_mind_doesnt_contradict_itself() -> None:
    before = said("psyk", "25", as_of=datetime(2026, 1, 1, tzinfo=UTC))
    after = said("psyk", "50", as_of=datetime(2026, 11, 1, tzinfo=UTC))
    assert not disagreements([before, after])
    [found] = disagreements([before, after, said("af", "100")])
    assert before not in found.statements


def test_every_category_that_can_be_shared_has_an_area() -> None:
    held = {category for categories in AREAS.values() for category in categories}
    assert held.issuperset(SHARED)
    assert area_of(["nothing"]) == "plan"
    assert [each.name for each in by_area([])] == list(AREAS)
