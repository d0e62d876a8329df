"""Against LEFI's own contract: its example, every field that it has, bodies made from it, and what goes out."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.forsakringskassan.codes import FK_GROUPS, GROUPS, KINDS, OTHER, PM_GROUPS, PM_KINDS
from adapters.forsakringskassan.requests import askable, question
from adapters.forsakringskassan.translate import answer, read
from hub.broker.port import AgencyFault, Category, Span
from hub.kit.secret import Secret
from tests.adapters.forsakringskassan.contract import (
    ANSWER,
    QUESTION,
    Full,
    bodies,
    broken,
    contract,
    operation,
    schema,
)
from tests.adapters.forsakringskassan.made import AT, request

pytestmark = [pytest.mark.requirement("HUB-05"), pytest.mark.contracts]
TODAY = date(2026, 11, 24)


def test_the_contracts_example_is_read_whole() -> None:
    [example] = operation()["responses"]["200"]["content"]["application/json"]["examples"].values()
    body = json.dumps(example["value"], default=str).encode()
    found = answer(body, whom=Secret("197407029284"), at=AT)
    assert not found.gaps
    assert {each.category for each in found.facts} == {"contact", "address", "family", "social_situation", "benefits"}
    assert [each.text for each in found.facts if each.category == "benefits"] == [
        "Sjukpenning, ärendet är avslutat, ansökan kom in 2023-04-05",
        "Sjukpenning, 100 procent, från 2023-08-07 till 2023-08-12",
    ]
    assert not [each for fact in found.facts for each in fact.values if each.label.startswith("Okänt")]


def kinds() -> list[tuple[str, str]]:
    return [*(("formansinformation", key) for key in KINDS), *(("", key) for key in PM_KINDS)]


def kind_schema(part: str, key: str) -> dict[str, Any]:
    root = schema(ANSWER)["properties"]
    return root[part]["properties"][key] if part else root[key]


def whole(part: str, key: str, told: Any) -> dict[str, Any]:
    return {part: {key: told}} if part else {key: told}


@pytest.mark.parametrize(("part", "key"), kinds())
def test_every_field_of_the_contract_is_told(part: str, key: str) -> None:
    full = Full()
    body = whole(part, key, full.body(kind_schema(part, key)))
    assert not broken(ANSWER, body)
    found = read(json.dumps(body).encode(), AT)
    told = " ".join(f"{each.label} {each.value}" for fact in found.facts for each in fact.values)
    assert [each for each in full.said if each not in told] == []
    assert "Okän" not in told
    assert "okän" not in told
    assert not found.gaps


def test_the_person_is_told_whole() -> None:
    full = Full()
    body = whole(
        "formansinformation",
        "generellPersoninformation",
        full.body(kind_schema("formansinformation", "generellPersoninformation")),
    )
    found = read(json.dumps(body).encode(), AT)
    told = " ".join(str(each.value) for fact in found.facts for each in fact.values)
    assert [each for each in full.said if each not in told] == []
    assert "Okänt fält" not in " ".join(each.label for fact in found.facts for each in fact.values)


def test_the_tables_hold_what_the_contract_holds() -> None:
    known = contract()["components"]["schemas"]
    assert set(KINDS) == set(known["LefiFormansinformation"]["properties"]) - {"generellPersoninformation"}
    assert set(FK_GROUPS) == set(known["LefiFkFormanGruppKod"]["enum"])
    assert set(PM_GROUPS) == set(known["LefiPmFormanGruppKod"]["enum"])
    assert set(OTHER) == set(known["LefiExternOvrigInformationTypKod"]["enum"])


def of_one_kind() -> st.SearchStrategy[dict[str, Any]]:
    """Bodies that the contract accepts, of one kind at a time; the person always among the kinds."""
    named = [*kinds(), ("formansinformation", "generellPersoninformation")]
    return st.sampled_from(named).flatmap(lambda each: bodies(kind_schema(*each)).map(lambda told: whole(*each, told)))


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(of_one_kind())
def test_whatever_the_contract_accepts_is_read(body: dict[str, Any]) -> None:
    assert not broken(ANSWER, body)
    found = read_or_fault(json.dumps(body).encode())
    assert found is None or all(each.text for each in found.facts)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["beslut", "period", "fran", "omfattning", "id", "barn", "summa", "x"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)


@settings(max_examples=150)
@given(
    st.dictionaries(
        st.sampled_from(["formansinformation", "utlamnare", "avvikelser", "beslut", "x"]), JSON, min_size=1
    ),
    JSON,
)
def test_whatever_else_is_read_or_refused(body: dict[str, Any], person: Any) -> None:
    named = {"formansinformation": {"generellPersoninformation": person, "sjukpenningarende": person}, **body}
    for each in (body, named):
        read_or_fault(json.dumps(each).encode())


def read_or_fault(body: bytes) -> Any:
    """Return the answer, None when it was refused; nothing else may come of it."""
    try:
        return answer(body, whom=Secret("189001019802"), at=AT) and read(body, AT)
    except AgencyFault:
        return None


def asked(*categories: Category, period: Span | None = None, **more: Any) -> dict[str, Any]:
    made = question(request(*categories, period=period, **more), frozenset(GROUPS), TODAY)
    body = json.loads(made.body)
    assert broken(QUESTION, body) == []
    return body


@pytest.mark.parametrize(
    "category", ["benefits", "work_ability", "employment", "economy", "debts", "address", "children"]
)
def test_what_goes_out_is_what_the_contract_accepts(category: Category) -> None:
    assert asked(category)["ovrigInformation"][0] == "FK:GEPI"


def test_no_more_is_asked_than_the_categories_need() -> None:
    assert set(asked("work_ability")["formansinformation"]) == {"FK:SJP", "FK:FSJP", "FK:RBE", "FK:SA"}
    assert set(asked("address")) == {"personnummer", "period", "ovrigInformation"}
    assert asked("address")["ovrigInformation"] == ["FK:GEPI"]
    assert asked(items=("benefit_amount",)) == asked("benefits")
    made = question(request("work_ability"), frozenset({"FK:SJP"}), TODAY)
    assert json.loads(made.body)["formansinformation"] == ["FK:SJP"]


@pytest.mark.parametrize(
    ("period", "start", "end", "gaps"),
    [
        (Span(date(2025, 1, 1), date(2026, 12, 31)), "2025-01-01", "2026-12-31", 0),
        (Span(date(2020, 1, 1), date(2026, 12, 31)), "2025-01-01", "2026-12-31", 1),
        (Span(date(2020, 1, 1)), "2024-11-25", "2026-11-24", 1),
        (Span(None, date(2026, 2, 28)), "2024-03-01", "2026-02-28", 0),
        (Span(None, date(2024, 2, 28)), "2022-03-01", "2024-02-28", 0),
        (Span(date(2027, 1, 1)), "2027-01-01", "2027-01-01", 0),
        (Span(), "2024-11-25", "2026-11-24", 0),
    ],
)
def test_two_years_at_most_and_what_falls_outside_is_named(period: Span, start: str, end: str, gaps: int) -> None:
    made = question(request("benefits", period=period), frozenset(GROUPS), TODAY)
    assert json.loads(made.body)["period"] == {"from": start, "tom": end}
    assert len(made.gaps) == gaps


@pytest.mark.parametrize(
    ("whom", "can"), [("189001019802", True), ("9001019802", True), ("19900101TF01", False), ("", False)]
)
def test_only_digits_can_be_asked_about(whom: str, can: bool) -> None:
    assert askable(whom) is can
