"""Withdrawal as the scenarios ask about it: no question to any engine, but the hub's own rule of who may (reading R5)."""

from datetime import UTC, datetime
from typing import Any, Final

import msgspec

from hub.access import Caller, CallerKind
from hub.access.questions import CallerFacts, DisposalFacts, MandateFacts, PersonFacts
from hub.consent.speaker import Speaker, Surroundings, require_stop
from hub.kit.errors import NotFound, StepUpNeeded
from tests.policies.scenarios import Verdict
from tests.policies.translation.people import caller, disposal, instant, mandates, person

Fact = dict[str, Any]
#: What every withdrawal does (hub.consent.withdrawing), and what one to the plan does besides.
_DOES: Final = frozenset({"stop_reads_at_once", "close_open_invitations", "tell_parties", "explain_no_erasure"})


def withdraw(scenario: Fact) -> Verdict:
    """Return whether the caller may withdraw, and what then happens."""
    facts = scenario["facts"]
    now = datetime.fromtimestamp(instant(facts["time"]), UTC)
    try:
        require_stop(_speaker(facts, now), now)
    except NotFound:
        return Verdict("deny", frozenset({"not_found"}), obligations=frozenset({"same_answer_as_absent"}))
    except StepUpNeeded:
        return Verdict("deny", frozenset({"weak_login"}))
    plan = any(consent["kind"] == "plan" for consent in facts.get("consents") or [])
    return Verdict("permit", frozenset(), obligations=_DOES | ({"close_plan"} if plan else set()))


def _speaker(facts: Fact, now: datetime) -> Speaker:
    who = caller(facts)
    signed_in = Caller(
        kind=CallerKind(who["door"]),
        ref="caller",
        issuer="https://idp.example",
        subject="caller",
        loa=who["sign_in"]["level"],
        authenticated_at=now,
    )
    around = Surroundings(
        caller=msgspec.convert(who, CallerFacts),
        person=msgspec.convert(person(facts), PersonFacts),
        disposal=msgspec.convert(disposal(facts), DisposalFacts),
        mandates=msgspec.convert(mandates(facts), list[MandateFacts]),
        stands=(),
    )
    return Speaker(signed_in, "individual", around)
