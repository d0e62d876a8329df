"""Taking a fact away, making it null or of another kind never turns a no into a yes: at the type, nor in the rules.

The rules are asked without the types' check, as an engine would be by one who went round it.
"""

import json
from typing import Any, Final

import msgspec
import pytest

from hub.access.engine import EngineFailure
from hub.access.questions import read, registry, require_whole
from tests.policies import translate
from tests.policies.engine import put
from tests.policies.mutations import mutations
from tests.policies.rules import POLICIES
from tests.policies.scenarios import corpus

#: As many as one evaluation takes.
_BATCH: Final = 30


def _questions() -> list[tuple[str, str, dict[str, Any]]]:
    known = [
        (f"{name} {outcome}", name, question)
        for name in registry
        for outcome, question in json.loads((POLICIES / name / "example.json").read_bytes()).items()
    ]
    asked = [
        (scenario["id"], question.name, question.facts)
        for scenario in corpus()
        # Where all that is asked is permitted, nothing more can open.
        if not translate.waits(scenario)
        and scenario["question"] != "withdraw"
        and scenario["expect"]["outcome"] != "permit"
        for question in translate.questions(scenario)[:1]
    ]
    different = {json.dumps([name, facts], sort_keys=True): (label, name, facts) for label, name, facts in asked}
    # A question with many lines says no more about a fact than one with few.
    return [*known, *(each for key, each in different.items() if len(key) < 5000)]


@pytest.mark.requirement("HUB-01")
@pytest.mark.parametrize(("name", "facts"), [pytest.param(*rest, id=label) for label, *rest in _questions()])
def test_no_fact_that_is_missing_opens(name: str, facts: dict[str, Any]) -> None:
    before = _put(name, [facts])[0]
    changed = list(mutations(facts))
    for start in range(0, len(changed), _BATCH):
        batch = changed[start : start + _BATCH]
        for (path, other, _), after in zip(batch, _put(name, [each for *_, each in batch]), strict=True):
            assert before["outcome"] == "permit" or after["outcome"] != "permit", (path, other)
            assert _codes(after) <= _codes(before), (path, other)


def _codes(answer: dict[str, Any]) -> set[str]:
    return {json.dumps(code) for code in answer["categories"]}


def _put(name: str, questions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the answers; each by itself when the engine can't answer them together, which is no yes."""
    try:
        return put(name, questions)
    except EngineFailure:
        if len(questions) == 1:
            return [{"outcome": "undecided", "categories": []}]
        return [_put(name, [question])[0] for question in questions]


@pytest.mark.requirement("HUB-01")
@pytest.mark.parametrize("name", registry)
def test_a_question_that_lacks_anything_is_no_question(name: str) -> None:
    example = json.loads((POLICIES / name / "example.json").read_bytes())["permit"]
    for path, other, changed in mutations(example):
        if other == [] or (isinstance(other, int) and not isinstance(other, bool)):
            continue  # an empty list, and a number where a number belongs, are whole
        if isinstance(path[-1], str) and not _may_be(example, path, other):
            with pytest.raises(msgspec.ValidationError):
                read(name, msgspec.json.encode(changed))


@pytest.mark.requirement("HUB-01")
def test_a_fact_of_another_kind_that_was_put_in_by_code_is_found_too() -> None:
    example = json.loads((POLICIES / "disclose" / "example.json").read_bytes())["permit"]
    whole = read("disclose", msgspec.json.encode(example))
    require_whole("disclose", msgspec.json.encode([whole]))
    with pytest.raises(msgspec.ValidationError):
        require_whole("disclose", msgspec.json.encode([whole, msgspec.structs.replace(whole, purpose="curiosity")]))


def _may_be(example: dict[str, Any], path: tuple[str | int, ...], other: Any) -> bool:
    """Tell whether another word, where any word may stand, is as good a fact."""
    value: Any = example
    for key in path:
        value = value[key]
    return isinstance(value, str) and isinstance(other, str) and other != "(taken away)"
