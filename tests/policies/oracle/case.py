"""May this act be done in the case."""

from dataclasses import replace

from hub.access.questions import ActInCase, DecisionFacts
from tests.policies.oracle import law
from tests.policies.oracle.acts import ACTS, NOBODY, Act
from tests.policies.oracle.common import cleared, may_know, on_team, protected, represents, sign_in, signed_in, used_by
from tests.policies.oracle.person import marked
from tests.policies.oracle.verdict import Said, Verdict, deny, permit, staged


def act_in_case(q: ActInCase) -> Verdict:
    if q.act in NOBODY:
        found = staged(
            always=sign_in(q.caller, q.now),
            hidden=False,
            visible={NOBODY[q.act]: True, "not_allowed_action": True},
            yes=permit(),
        )
        return replace(found, true_too=_true_of(q) | {"steering_aggregates_only"})
    act = ACTS[q.act]
    told = _told(q, act)
    found = staged(
        always=sign_in(q.caller, q.now)
        | {"forbund_aggregates_only": q.caller.kind == "forbund" and signed_in(q.caller, q.now)},
        hidden=not _sees(q, act),
        visible=_person(q, act) | _case(q, act) | _decision(q, act),
        carried_out={code for code, _ in told} & law.CALLERS <= set(q.caller.carries_out),
        yes=permit("part_in_case", obligations=told),
    )
    if found.outcome == "deny" and "styrgrupp" in q.caller.roles and signed_in(q.caller, q.now):
        # The steering group sees no individuals (GT-17): that is the answer, whatever else stands in the way.
        found = deny("steering_aggregates_only")
    return replace(found, true_too=found.true_too | _true_of(q))


def _true_of(q: ActInCase) -> frozenset[str]:
    """What may be said besides, because it is so."""
    manual = {"ground_not_for_this_secrecy", "ground_not_for_receiver", "ground_condition_missing"}
    return frozenset(
        (manual if any(not _reaches(q, each) for each in q.manual) else set[str]())
        | ({"own_gain"} if q.caller.relation != "none" else set[str]())
        | ({"forbund_aggregates_only"} if q.caller.kind == "forbund" else set[str]())
    )


def _told(q: ActInCase, act: Act) -> frozenset[Said]:
    sends = {("tell_receiver_of_protection", "")} if act.sends and protected(q.person) else set[Said]()
    return marked(q.person) | {(code, "") for code in act.told} | sends


def _sees(q: ActInCase, act: Act) -> bool:
    """Whether the caller may be told anything of the case at all."""
    if q.caller.door == "individual" and q.caller.own:
        return q.person.known
    if q.caller.door == "individual":
        used = used_by(q.caller, q.mandates)
        acts = any(represents(each, q.disposal, q.now) for each in used)
        hidden = protected(q.person) and not cleared(q.caller, q.person, q.now)
        return q.person.known and acts and not hidden
    elsewhere = bool(set(q.caller.roles) & act.others) and q.own_agency_party
    known = may_know(q.caller, q.person, q.now) and q.caller.kind in law.HANDLES
    return known and (on_team(q.caller, q.now) or elsewhere)


def _person(q: ActInCase, act: Act) -> dict[str, bool]:
    roles, individual = set(q.caller.roles), q.caller.door == "individual"
    relative = q.caller.relation != "none" and not (individual and act.individual)
    may = act.individual if individual else bool(roles & act.team) and not relative
    return {
        "not_allowed_role": not may,
        "own_gain": relative or (act.gain and q.subject_relation != "none"),
    }


def _case(q: ActInCase, act: Act) -> dict[str, bool]:
    elsewhere = act.own and q.subject_agency != q.caller.agency
    own = q.item_author == "caller" or (
        q.item_author == "individual" and q.caller.door == "individual" and q.caller.own
    )
    own_draft = own and q.item_state in act.draft
    return {
        "case_closed": act.open and not q.open,
        "not_leading": act.leading and not q.leading,
        "not_own_agency": elsewhere,
        "not_owner_official": elsewhere,
        "record_reason": act.reason and not q.reason_given,
        "proposal_is_draft": bool(act.draft) and not own_draft,
        "receiver_not_named": act.sends and protected(q.person) and not q.receiver_named,
    }


def _decision(q: ActInCase, act: Act) -> dict[str, bool]:
    """R12: what an official has decided by hand is recorded with its ground, if the ground can carry it."""
    manual = q.manual if act.decision else []
    keeps = manual if act.decision == "keeps" else []
    return {
        "decision_missing": act.decision in {"must", "keeps"} and not manual,
        "not_owner_official": any(each.owner != q.caller.agency for each in manual)
        or (act.own and q.subject_agency != q.caller.agency),
        "undocumented_decision": any(not each.reasoned for each in manual),
        "no_ground_to_withhold": any(not law.can_be_kept(each.paragraph, q.manual_owner_regime) for each in keeps),
        "ground_not_for_this_secrecy": any(not _reaches(q, each) for each in manual if not keeps),
    }


def _reaches(q: ActInCase, decided: DecisionFacts) -> bool:
    conditions = frozenset(decided.conditions)
    return law.can_be_decided(decided.paragraph, q.manual_owner_kind, q.manual_receiver_kind, conditions)
