"""May somebody accept evidence, give a clearance, or administer."""

from hub.access.questions import AcceptConsent, Administer, ClearProtected
from tests.policies.oracle import law
from tests.policies.oracle.common import carries_out, may_know, on_team, sign_in
from tests.policies.oracle.person import marked
from tests.policies.oracle.verdict import Verdict, permit, staged


def accept_consent(q: AcceptConsent) -> Verdict:
    """The owner's official, or the owner's own handler of the case; never on one's own record."""
    roles = set(q.caller.roles)
    handler = bool(roles & law.CASEWORK - {"system"}) and on_team(q.caller, q.now)
    official = ("sekretessansvarig" in roles or handler) and q.caller.door != "individual"
    return staged(
        always=sign_in(q.caller, q.now, law.FRESH_S) | {"not_owner_official": q.caller.agency != q.owner},
        hidden=not may_know(q.caller, q.person, q.now) or not official or q.caller.kind not in law.HANDLES,
        visible={
            "own_record": q.recorded_by_caller,
            "own_gain": q.caller.relation != "none" or q.receiver == q.caller.agency,
        },
        carried_out=carries_out(q.caller, q.person),
        yes=permit("owner_official", obligations=marked(q.person)),
    )


def clear_protected(q: ClearProtected) -> Verdict:
    """A manager of the same agency names a person, with reason and end (law 3.5)."""
    roles = set(q.grantee_roles)
    manager = "chef" in q.caller.roles and q.caller.door != "individual" and q.caller.kind in law.HANDLES
    return staged(
        always=sign_in(q.caller, q.now, law.FRESH_S)
        | {
            "not_manager": not manager,
            "not_own_agency": q.grantee_agency != q.caller.agency,
            "not_named": not q.grantee_named,
            "steering_aggregates_only": "styrgrupp" in roles,
            "not_allowed_role": not roles or not roles <= law.CLEARED_ROLES,
            "self_clearance": q.grantee_is_caller,
            "clearance_not_person_specific": not q.one_individual,
            "record_reason": not q.reason_given,
            "end_missing": not max(q.valid_from, q.now) < q.valid_until < law.FAR,
        },
        hidden=not may_know(q.caller, q.person, q.now) and not (q.none_cleared and q.person.known),
        visible={
            "own_gain": q.caller.relation != "none" or q.grantee_relation != "none",
        },
        carried_out=carries_out(q.caller, q.person),
        yes=permit("manager", obligations=frozenset({("record_reason", "")}) | marked(q.person)),
    )


def administer(q: Administer) -> Verdict:
    """The agency's own administrator, and its legal official for what is legal; nobody grants themselves anything."""
    roles = set(q.caller.roles)
    may = "administrator" in roles or ("sekretessansvarig" in roles and q.act in law.OFFICIALS)
    return staged(
        always=sign_in(q.caller, q.now, law.FRESH_S),
        hidden=False,
        visible={
            "not_allowed_role": not may or q.caller.door != "staff" or not set(q.roles) <= law.GRANTED,
            "not_own_agency": q.agency != q.caller.agency,
            "own_gain": q.subject_is_caller and q.act in law.GRANTS,
            "decision_missing": q.act in law.DECIDED and not q.decided,
        },
        yes=permit("administrator"),
    )
