"""The corpus of scenarios, and what must be so of an answer for it to be as a scenario says."""

import os
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from hub.access.questions import Answer
from tests.support.machine import PARTS

Fact = dict[str, Any]


@cache
def corpus() -> list[Fact]:
    """Return all scenarios, or none where they aren't at hand."""
    file = next(part.find(os.environ) for part in PARTS if part.mark == "scenarios")
    return yaml.load(Path(file).read_text("utf-8"), yaml.CSafeLoader) if file else []


@dataclass(frozen=True)
class Verdict:
    """What was answered, in the scenarios' words."""

    outcome: str
    reasons: frozenset[str]
    grounds: frozenset[str] = frozenset()
    obligations: frozenset[str] = frozenset()
    permitted: frozenset[str] = frozenset()
    by_category: dict[str, set[str]] = field(default_factory=dict[str, set[str]])


def verdict(answer: Answer, asked: list[str]) -> Verdict:
    """Return an answer as the scenarios speak of it."""
    permitted = frozenset(answer.categories)
    partial = answer.permits and bool(set(asked) - permitted)
    by_category: dict[str, set[str]] = {}
    for refusal in answer.refusals:
        by_category.setdefault(refusal.category, set()).add(refusal.code)
    return Verdict(
        outcome="partial" if partial else answer.outcome,
        reasons=frozenset(refusal.code for refusal in answer.refusals),
        grounds=frozenset(name for ground in answer.grounds for name in _names(ground.ground, ground.ref, ground.law)),
        obligations=frozenset(obligation.code for obligation in answer.obligations),
        permitted=permitted,
        by_category=by_category,
    )


def _names(ground: str, ref: str, law: str) -> set[str]:
    return {ground, law, *law.split(", "), f"{ground}:{ref.split('/', maxsplit=1)[0]}"}


def faults(expect: Fact, got: Verdict) -> list[str]:
    """Return what is wrong with an answer; nothing when it is as the scenario says."""
    outcomes = {expect["outcome"], *expect.get("also_accept", [])}
    if got.outcome not in outcomes:
        return [f"{got.outcome}, should be {' or '.join(sorted(outcomes))}; reasons {sorted(got.reasons)}"]
    found = [f"leaks {sorted(extra)}" for extra in [_leak(expect, got)] if extra]
    if got.outcome == "partial" and got.permitted != frozenset(expect.get("permitted", got.permitted)):
        found.append(f"permits {sorted(got.permitted)}, should permit {sorted(expect['permitted'])}")
    if got.outcome == expect["outcome"]:
        found += _missing("grounds", set(expect.get("must_grounds", [])), got.grounds)
        found += _missing("obligations", set(expect.get("must_obligations", [])), got.obligations)
    found += [f"no reason of {each}" for each in expect.get("must_reasons", []) if not _met(each, got.reasons)]
    for category, reasons in expect.get("refused", {}).items():
        if not set(reasons) & (got.by_category.get(category, set()) | got.by_category.get("", set())):
            found.append(f"{category} refused without {reasons}")
    return [*found, *_revealed(expect, got)]


def _leak(expect: Fact, got: Verdict) -> set[str]:
    return set(got.permitted) - set(expect["permitted"]) if "permitted" in expect else set()


def _missing(what: str, wanted: set[str], got: frozenset[str]) -> list[str]:
    lacking = wanted - got
    return [f"lacks {what} {sorted(lacking)}"] if lacking else []


def _met(reason: str | list[str], reasons: frozenset[str]) -> bool:
    return bool({reason} & reasons) if isinstance(reason, str) else bool(set(reason) & reasons)


#: What a refusal may not say where something must not be revealed.
_TELLING: Final = {
    "existence": {"not_on_team", "not_cleared", "no_consent", "not_own_data"},
    "protection": {"not_cleared", "location_withheld", "protected_excluded_from_statistics"},
    "exclusion": {"excluded_category", "blocked"},
}


def _revealed(expect: Fact, got: Verdict) -> list[str]:
    if got.outcome != "deny":
        return []
    told = {code for what in expect.get("must_not_reveal", []) for code in _TELLING.get(what, set()) & got.reasons}
    return [f"tells by {sorted(told)}"] if told else []
