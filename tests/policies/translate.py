"""One small translation of the scenarios' neutral facts into the questions that are asked of the policy.

It decides nothing. A fact that a scenario leaves out gets the value that stands in nobody's way; one that is null,
missing or can't be read is left so, and the question is then refused at its type: undecided.
"""

from dataclasses import dataclass
from typing import Final

from tests.policies.translation import acts
from tests.policies.translation.disclosure import conditions, disclose
from tests.policies.translation.others import clear_protected, read_log, see_person
from tests.policies.translation.people import caller, disposal, mandates, now_of, person
from tests.policies.translation.recording import record_consent
from tests.policies.translation.vocabulary import Fact

#: Groups of scenarios whose questions are built in later issues, and why they wait.
LATER: Final = {
    "invite": "kallelse och inbjudan byggs med möten",
    "statistics": "statistik byggs i ett eget ärende",
    "sip_acts": "SIP byggs i ett eget ärende",
    "gt_acts": "rekryteringsgruppen byggs i ett eget ärende",
}
#: Acts of boendestöd; what is disclosed in the same group is asked here.
LATER_ACTS: Final = {"ffs_vn": "boendestöd byggs i ett eget ärende"}
_ALONE: Final = {
    "see_person": see_person,
    "record_consent": record_consent,
    "clear_protected": clear_protected,
    "read_log": read_log,
}


@dataclass(frozen=True)
class Question:
    """One question to put: its name and its facts, not yet checked."""

    name: str
    facts: Fact


def waits(scenario: Fact) -> str | None:
    """Return why this scenario's question isn't built yet, or None."""
    group, question = scenario["group"], scenario["question"]
    if question in {"invite", "statistics"}:
        return LATER[question]
    return LATER.get(group) or (LATER_ACTS.get(group) if question == "act_in_case" else None)


def questions(scenario: Fact) -> list[Question]:
    """Return the questions of a scenario, in the order they are asked; the first no stops."""
    name, facts = scenario["question"], scenario["facts"]
    try:
        return [Question(asked, given) for asked, given in _questions(name, facts)]
    except (AttributeError, KeyError, TypeError):
        # What the scenario itself says is missing, or can't be read, can't be put into a question either.
        if not (facts.get("missing") or facts.get("malformed") or None in facts.values()):
            raise
        return [Question(name, {"unreadable": True} if facts.get("malformed") else {})]


def _questions(name: str, facts: Fact) -> list[tuple[str, Fact]]:
    if name == "disclose":
        return disclose(facts)
    if name == "act_in_case":
        return [_act(facts)]
    return [(name, _ALONE[name](facts))]


def _act(facts: Fact) -> tuple[str, Fact]:
    shared = {"now": now_of(facts), "caller": caller(facts), "person": person(facts)}
    if facts["action"]["name"] in acts.ACCEPTS:
        return "accept_consent", {**shared, **acts.accept(facts)}
    shared |= {"disposal": disposal(facts), "mandates": mandates(facts)}
    return "act_in_case", {**shared, **acts.act(facts, conditions)}
