"""May what the owner has be told to the receiver (law 2, 6; readings R1–R5, R8, R10–R20, R23–R25)."""

from dataclasses import replace

from hub.access.questions import Disclose
from tests.policies.oracle import law
from tests.policies.oracle.common import carries_out, may_know, on_team, protected, sign_in
from tests.policies.oracle.consent import approved, consent_opens, reserved
from tests.policies.oracle.duties import by_hand, duty, supplier
from tests.policies.oracle.explanations import true_of
from tests.policies.oracle.person import marked
from tests.policies.oracle.verdict import Said, Verdict, deny, staged, undecided


def disclose(q: Disclose) -> Verdict:
    if not q.categories and not q.items:
        return undecided("missing_fact")
    nameless = q.purpose == "consultation" and q.identity == "anonymous" and "radgivare" in q.caller.roles
    adviser = q.purpose == "consultation" and "radgivare" in q.caller.roles
    team = on_team(q.caller, q.now) or adviser
    signed = sign_in(q.caller, q.now)
    found = staged(
        always=signed if any(signed.values()) else _caller(q),
        hidden=not may_know(q.caller, q.person, q.now) or not team,
        visible=_frame(q),
        yes=_anonymous(q) if nameless else _each(q),
    )
    if found.outcome == "deny" and "styrgrupp" in q.caller.roles and not any(signed.values()):
        # The steering group sees no individuals (GT-17): that is the answer, whatever else stands in the way.
        found = deny("steering_aggregates_only", *(code for code, stands in _caller(q).items() if stands))
    silent = {code for code, _ in found.refusals} & {"not_found", "weak_login", "stale_login"}
    return found if silent else replace(found, true_too=true_of(q))


def _caller(q: Disclose) -> dict[str, bool]:
    """What is refused whoever it is about: one who doesn't work with individuals, or reads for another agency; and a
    samordningsförbund, which neither holds nor gets anything on an individual (law 6.2)."""
    reader = q.owner if q.direction == "question" else q.receiver
    works = bool(set(q.caller.roles) & law.READS)
    elsewhere = q.caller.agency != reader.agency or q.caller.kind != reader.kind
    return {
        "not_allowed_role": not works,
        "caller_not_receiver": works and (elsewhere or q.caller.door == "individual"),
        "forbund_no_case_data": q.owner.kind == "forbund",
        "forbund_aggregates_only": q.receiver.kind == "forbund",
    }


def _frame(q: Disclose) -> dict[str, bool]:
    """What stands against the whole, whatever is asked for."""
    shown = law.PROTECTED_SURFACES if protected(q.person) else law.SURFACES
    return {
        "own_gain": q.caller.relation != "none",
        "owner_not_covered": q.owner.kind not in law.HANDLES | {"forbund"},
        "receiver_not_covered": q.receiver.kind not in law.NAMED | {"forbund"},
        "svod_forbidden": q.road == "svod",
        "ssbtek_purpose": q.road == "ssbtek" and not _ssbtek(q),
        "rule_not_approved": q.road == "lefi" and not _lefi(q),
        "unsafe_channel": q.surface not in shown,
        "location_withheld": q.attachment == "unclean" and protected(q.person),
    }


def _ssbtek(q: Disclose) -> bool:
    """R14, law 0: for ekonomiskt bistånd only, to a socialnämnd, from those it reaches."""
    reach = q.owner.kind in {"af", "fk"} and q.receiver.kind == "socialtjanst"
    return reach and q.purpose == "ekonomiskt_bistand" and approved(q, "ssbtek/ekonomiskt_bistand")


def _lefi(q: Disclose) -> bool:
    reach = q.owner.kind == "fk" and q.receiver.kind == "socialtjanst"
    return reach and approved(q, f"lefi/{q.purpose}")


def _anonymous(q: Disclose) -> Verdict:
    """GT-18: without identity nobody's secrecy is touched."""
    return Verdict("permit", frozenset(q.categories), frozenset(("anonymous", each) for each in q.categories))


def _each(q: Disclose) -> Verdict:
    found = {each: _category(q, each) for each in q.categories} | {each: duty(q, each) for each in q.items}
    allowed = {each for each, grounds in found.items() if grounds}
    if not allowed:
        return Verdict("deny")
    obligations = _obligations(q, allowed)
    if {code for code, _ in obligations} - set(q.caller.carries_out) or not carries_out(q.caller, q.person):
        return Verdict("deny", refusals=frozenset({("obligation_unfulfillable", "")}))
    grounds = frozenset((ground, each) for each in allowed for ground in found[each])
    return Verdict("permit", frozenset(allowed), grounds, obligations=obligations)


def _obligations(q: Disclose, allowed: set[str]) -> frozenset[Said]:
    struck = {each.category for each in q.third_persons if each.marked and not each.own_consent} & allowed
    found = marked(q.person) | {("strike_third_person", each) for each in struck if not q.same_branch}
    return found | {("attach_reservation", each) for each in allowed if reserved(q, each)}


def _same_care(q: Disclose) -> bool:
    """R19: a region is one secrecy area inside health care (PDL 4)."""
    return {q.owner.kind, q.receiver.kind} <= law.REGION and q.owner.authority == q.receiver.authority


def _category(q: Disclose, category: str) -> list[str]:
    """Return the grounds for a category."""
    if category in law.LOCATION and protected(q.person):
        return []  # R10
    # The owner's own case crosses no border (OSL 8:2); what was said apart, and day notes, stay in the unit (R24).
    apart = category in law.SEPARATE | {"day_notes"}
    own = q.own_unit and q.same_branch if apart else q.same_branch or _same_care(q)
    grounds = ["own_case"] if own else []
    third = any(each.category == category and not each.own_consent and not each.marked for each in q.third_persons)
    if not law.leaves(category) or third or q.owner.regime in {"unset", "none"}:
        return grounds
    return [
        *grounds,
        *(["not_secret"] if category == "af_decision" and q.owner.kind == "af" else []),
        *(["consent"] if consent_opens(q, category) else []),
        *(["OSL 28:12 a"] if supplier(q, category) else []),
        *by_hand(q, category),
    ]
