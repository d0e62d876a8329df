"""The oracle itself is held against the scenarios, so that it and the policy can't be wrong in the same way unseen."""

from typing import Any

import msgspec
import pytest

from hub.access.questions import registry
from tests.policies import translate
from tests.policies.oracle import ORACLE, Verdict
from tests.policies.oracle.verdict import undecided
from tests.policies.scenarios import corpus

#: What the engine or the ledger do to a decision is not the oracle's to know.
SOUND = [
    scenario
    for scenario in corpus()
    if not translate.waits(scenario)
    and scenario["question"] != "withdraw"
    and scenario["facts"].get("engine", "ok") == scenario["facts"].get("ledger", "ok") == "ok"
]


def judged(question: translate.Question) -> Verdict:
    try:
        facts = msgspec.convert(question.facts, registry[question.name])
    except msgspec.ValidationError:
        return undecided("malformed")
    return ORACLE[question.name](facts)


def outcome(verdict: Verdict, asked: list[str]) -> str:
    partial = verdict.outcome == "permit" and bool(set(asked) - verdict.categories)
    return "partial" if partial else verdict.outcome


@pytest.mark.parametrize("scenario", SOUND, ids=lambda scenario: scenario["id"])
def test_the_oracle_answers_as_the_scenario_says(scenario: dict[str, Any]) -> None:
    found, expect = [judged(question) for question in translate.questions(scenario)], scenario["expect"]
    verdict = next((each for each in found if each.outcome != "permit"), found[-1])
    facts = scenario["facts"]
    said = outcome(verdict, [*(facts.get("categories") or []), *(facts.get("items") or [])])
    assert said in {expect["outcome"], *expect.get("also_accept", [])}, scenario["title"]
    assert verdict.categories <= set(expect.get("permitted", verdict.categories))
    if said == expect["outcome"]:
        assert set(expect.get("must_obligations", [])) <= {code for code, _ in verdict.obligations}
        _has_reasons(expect.get("must_reasons", []), verdict)


def _has_reasons(wanted: list[str | list[str]], verdict: Verdict) -> None:
    said = {code for code, _ in verdict.refusals} | verdict.true_too
    for reason in wanted:
        assert {reason} & said if isinstance(reason, str) else set(reason) & said, reason
