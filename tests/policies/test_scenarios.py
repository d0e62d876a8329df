"""What the law requires, question by question: each scenario whose question is built is answered as it says."""

from copy import deepcopy
from typing import Any

import pytest

from hub.access.engine import EngineDown, EngineEmpty, EngineError, EngineFailure, EngineMalformed, EngineTimeout
from tests.policies import translate
from tests.policies.engine import ask
from tests.policies.faulty import decided
from tests.policies.scenarios import Verdict, corpus, faults, verdict
from tests.policies.stopping import withdraw

FAILURES: dict[str, EngineFailure | bytes] = {
    "down": EngineDown(),
    "timeout": EngineTimeout(),
    "empty_answer": EngineEmpty(),
    "malformed_answer": b"nonsense",
    "http_500": EngineError(),
    "unsigned_bundle": EngineDown(),
    "disagree": EngineMalformed(),
}
BUILT = [scenario for scenario in corpus() if not translate.waits(scenario)]


@pytest.mark.scenarios
def test_the_scenarios_are_at_hand() -> None:
    assert BUILT


@pytest.mark.parametrize("scenario", BUILT, ids=lambda scenario: scenario["id"])
def test_answered_as_it_says(scenario: dict[str, Any]) -> None:
    assert faults(scenario["expect"], answered(scenario)) == [], scenario["title"]


def _hides(scenario: dict[str, Any]) -> bool:
    expect = scenario["expect"]
    told = expect.get("same_as") or {"existence", "protection"} & set(expect.get("must_not_reveal", []))
    return bool(told) and expect["outcome"] == "deny"


@pytest.mark.requirement("HUB-04")
@pytest.mark.parametrize("scenario", [each for each in BUILT if _hides(each)], ids=lambda scenario: scenario["id"])
def test_the_same_as_for_one_who_does_not_exist(scenario: dict[str, Any]) -> None:
    absent = deepcopy(scenario)
    absent["facts"]["person"] |= {"exists": False, "protection": "none"}
    assert answered(scenario) == answered(absent)


def answered(scenario: dict[str, Any]) -> Verdict:
    facts = scenario["facts"]
    if scenario["question"] == "withdraw":
        return withdraw(scenario)
    asked = translate.questions(scenario)
    # Raising protection asks no engine (R5): `hub.people.protection` does it at once for whoever the policy names.
    waits_for_no_engine = asked[-1].facts.get("act") == "raise_protection"
    failure = None if waits_for_no_engine else FAILURES.get(facts.get("engine", "ok"))
    if failure is not None or facts.get("ledger", "ok") != "ok":
        return verdict(decided(asked[-1], failure, ledger_down=facts.get("ledger") == "down"), [])
    answer = next((found for found in map(ask, asked) if not found.permits), None) or ask(asked[-1])
    return verdict(answer, [*(facts.get("categories") or []), *(facts.get("items") or [])])


def test_what_waits_says_why() -> None:
    waiting = {scenario["group"] for scenario in corpus() if translate.waits(scenario)}
    assert waiting <= {*translate.LATER, *translate.LATER_ACTS}
