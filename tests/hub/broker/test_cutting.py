"""What of an answer may leave: only what the permit names, with what the law strikes taken out."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.access.questions import Answer, Obligation
from hub.broker import came, cut
from hub.broker.codec import decode_answer, encode_answer
from hub.broker.port import AgencyAnswer, Gap, Span, Typed, Value
from tests.fakes.agency import fact, place

pytestmark = [pytest.mark.requirement("HUB-05"), pytest.mark.requirement("HUB-04")]
STRIKE = Obligation(code="strike_location_fields", category="")


def permit(*categories: str, strike: bool = False) -> Answer:
    return Answer(
        outcome="permit",
        grounds=[],
        refusals=[],
        obligations=[STRIKE] if strike else [],
        categories=list(categories),
        revision="r",
    )


def test_what_isnt_permitted_doesnt_leave() -> None:
    answer = AgencyAnswer(facts=(fact("plan", "Plan."), fact("mental_health", "Hemligt.")))
    told = cut(answer, permit("plan"))
    assert [each.fact.text for each in told] == ["Plan."]
    assert not cut(answer, permit())


def test_a_single_datum_leaves_without_what_stands_beside_it() -> None:
    values = (
        Value("amount", "Belopp", Decimal("8430.50"), item="benefit_amount"),
        Value("note", "Notering", "Hemligt"),
    )
    told = cut(AgencyAnswer(facts=(fact("benefits", "Hemlig mening.", values=values),)), permit("benefit_amount"))
    assert [each.fact.text for each in told] == ["Belopp: 8430.50."]
    assert "Hemlig" not in repr(told)


def test_places_are_struck_with_the_sentence_and_the_unit() -> None:
    hidden = fact(
        "plan", "I Hemlighetsby.", unit="Hemlighetsby", values=(place("Hemlighetsby"),), claim=("x", "Hemlighetsby")
    )
    [told] = cut(AgencyAnswer(facts=(hidden,)), permit("plan", strike=True))
    assert told.struck == ("Plats struken", "Enhet struken")
    assert "Hemlighetsby" not in repr(told)


def test_places_stay_for_one_who_isnt_protected() -> None:
    seen = fact("plan", "I Björkå.", values=(place("Björkå"),))
    [told] = cut(AgencyAnswer(facts=(seen,)), permit("plan"))
    assert (told.fact.text, told.struck) == ("I Björkå.", ())


def test_what_is_about_somebody_else_is_always_struck() -> None:
    other = Value("child", "Barn", "Anna Andersson", third_person=True)
    [told] = cut(AgencyAnswer(facts=(fact("family", "Bor med Anna Andersson.", values=(other,)),)), permit("family"))
    assert told.struck == ("Uppgift om någon annan struken",)
    assert "Anna" not in repr(told)


def test_the_ledger_counts_and_holds_no_content() -> None:
    answer = AgencyAnswer(facts=(fact("plan", "Plan."), fact("health", "Hälsa.")), gaps=(Gap("a", "b"),))
    counted = came(answer, cut(answer, permit("plan")))
    assert counted == {"came": {"plan": 1, "health": 1}, "shown": {"plan": 1}, "gaps": 1, "known": True}


values = st.one_of(
    st.text(min_size=1),
    st.integers(),
    st.booleans(),
    st.decimals(allow_nan=False, allow_infinity=False),
    st.dates(),
    st.datetimes(timezones=st.just(UTC)),
)


@given(st.lists(values, max_size=6))
def test_an_answer_comes_back_as_it_was(said: list[Typed]) -> None:
    kept = tuple(Value(f"v{number}", "Värde", each) for number, each in enumerate(said))
    answer = AgencyAnswer(facts=(fact("plan", "Plan.", values=kept),), gaps=(Gap("a", "b", ("plan",)),), known=False)
    back = decode_answer(encode_answer(answer))
    assert back == answer
    assert [type(each.value) for each in back.facts[0].values] == [type(each) for each in said]


@pytest.mark.parametrize("wrong", [{"text": ""}, {"unit": ""}, {"source": ""}, {"as_of": datetime(2026, 1, 1)}])  # noqa: DTZ001  without a zone on purpose
def test_a_fact_says_something_and_where_it_comes_from(wrong: dict[str, object]) -> None:
    text = str(wrong.pop("text", "Plan."))
    with pytest.raises(ValueError, match=r"fact|time zone"):
        fact("plan", text, **wrong)  # pyright: ignore[reportArgumentType]  wrong on purpose


def test_a_period_cant_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="ends before"):
        Span(date(2026, 2, 1), date(2026, 1, 1))


def test_facts_that_hold_a_place_say_so() -> None:
    assert fact("plan", "I Björkå.", values=(place("Björkå"),)).holds_location
    assert fact("plan", "I Björkå.", location=True).holds_location
    assert not fact("plan", "Plan.").holds_location
