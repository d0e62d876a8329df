"""May somebody accept evidence, give a clearance, or administer."""

from hub.access.questions import AcceptConsent, Administer, ClearProtected
from tests.policies.oracle import law
from tests.policies.oracle.common import cleared, fresh, may_know, protected, strong
from tests.policies.oracle.person import marked
from tests.policies.oracle.verdict import Verdict, deny, permit


def _verdict(checks: dict[str, bool], verdict: Verdict) -> Verdict:
    refused = [code for code, stands in checks.items() if stands]
    return deny(*refused) if refused else verdict


def accept_consent(q: AcceptConsent) -> Verdict:
    if not strong(q.caller):
        return deny("weak_login")
    if not may_know(q.caller, q.person, q.now):
        return deny("not_found")
    checks = {
        "stale_login": not fresh(q.caller, q.now),
        "not_owner_official": q.caller.agency != q.owner
        or "sekretessansvarig" not in q.caller.roles
        or q.caller.door != "staff",
        "own_gain": q.recorded_by_caller or q.caller.relation != "none",
    }
    return _verdict(checks, permit("sekretessansvarig", obligations=marked(q.person)))


def clear_protected(q: ClearProtected) -> Verdict:
    if not strong(q.caller):
        return deny("weak_login")
    first = q.none_cleared and q.person.known
    if not q.person.known or (protected(q.person) and not cleared(q.caller, q.person, q.now) and not first):
        return deny("not_found")
    roles = set(q.grantee_roles)
    checks = {
        "stale_login": not fresh(q.caller, q.now),
        "not_manager": "chef" not in q.caller.roles or q.caller.door != "staff",
        "not_own_agency": q.grantee_agency != q.caller.agency,
        "not_named": not q.grantee_named,
        "steering_aggregates_only": "styrgrupp" in roles,
        "not_allowed_role": not roles or not roles <= law.CLEARED_ROLES,
        "self_clearance": q.grantee_is_caller,
        "own_gain": q.caller.relation != "none" or q.grantee_relation != "none",
        "clearance_not_person_specific": not q.one_individual,
        "record_reason": not q.reason_given,
        "no_end_date": q.valid_until >= law.FAR,
        "end_before_start": q.valid_until <= max(q.valid_from, q.now),
    }
    return _verdict(checks, permit("chef", obligations=frozenset({("record_reason", "")}) | marked(q.person)))


def administer(q: Administer) -> Verdict:
    if not strong(q.caller):
        return deny("weak_login")
    decided = q.act in {"set_regime", "approve_rule", "approve_purpose", "end_approval", "set_retention", "set_hold"}
    grants = q.act in {"grant_assignment", "grant_substitution"}
    checks = {
        "stale_login": q.act != "see" and not fresh(q.caller, q.now),
        "not_allowed_role": "administrator" not in q.caller.roles or q.caller.door != "staff",
        "not_own_agency": q.agency != q.caller.agency,
        "own_gain": q.subject_is_caller and grants,
        "undocumented_decision": decided and not q.decided,
    }
    return _verdict(checks, permit("administrator"))
