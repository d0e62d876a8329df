"""May this draft be kept as a valid consent (law 2.4; readings R6, R7, R27, R30)."""

from dataclasses import replace
from typing import get_args

from hub.access.questions import DraftLineFacts, MandateFacts, RecordConsent
from hub.access.questions.words import Purpose
from tests.policies.oracle import law
from tests.policies.oracle.common import (
    carries_out,
    disposes_alone,
    in_force,
    in_scope,
    may_dispose_for,
    may_know,
    on_team,
    sign_in,
    used_by,
)
from tests.policies.oracle.person import marked
from tests.policies.oracle.verdict import Verdict, permit, staged


def record_consent(q: RecordConsent) -> Verdict:
    found = _judged(q)
    return replace(found, true_too=found.true_too | _true_of(q)) if _visible(found) else found


def _visible(found: Verdict) -> bool:
    return not {code for code, _ in found.refusals} & {"not_found", "weak_login", "stale_login"}


def _judged(q: RecordConsent) -> Verdict:
    lines = [_line(q, line) for line in q.lines] or [{"missing_category", "missing_owner", "missing_receiver"}]
    return staged(
        always=sign_in(q.caller, q.now, law.FRESH_S),
        hidden=_hidden(q),
        visible=_whole(q) | dict.fromkeys(_giver(q), True) | dict.fromkeys(set().union(*lines), True),
        carried_out=carries_out(q.caller, q.person),
        yes=permit("consent", obligations=marked(q.person)),
    )


def _hidden(q: RecordConsent) -> bool:
    """Staff: whoever isn't on the team. The individual's own door: who neither is nor represents the individual."""
    if q.caller.door == "individual" and q.caller.own:
        return not q.person.known
    if not may_know(q.caller, q.person, q.now):
        return True
    if q.caller.door == "individual" and not on_team(q.caller, q.now):
        used = used_by(q.caller, q.mandates)
        return not any(in_force(each, q.now) and each.risk == "none" and each.agreed for each in used)
    return not on_team(q.caller, q.now)


def _may(q: RecordConsent) -> bool:
    """At the individual's own door one gives by the sign-in, for oneself or on the mandate; staff record what they saw."""
    caller = q.caller
    if caller.door == "individual":
        return q.form == "digital" and q.given_by == ("self" if caller.own else caller.mandate)
    works = bool(set(caller.roles) & law.CASEWORK) and caller.kind in law.HANDLES and caller.relation == "none"
    return works and q.form != "digital"


def _whole(q: RecordConsent) -> dict[str, bool]:
    sus = "sus" in q.kinds
    right_kind = all(each.category == "sus_registration" and each.purpose == "sus" for each in q.lines)
    return {
        "not_allowed_role": not _may(q),
        "own_gain": q.caller.relation != "none" and q.caller.door != "individual",
        "bundled_consent": len(q.kinds) > 1,
        "wrong_consent_kind": not q.kinds
        or (q.kinds == ["sus"] and not right_kind)
        or (q.kinds == ["plan"] and any(line.receiver == "sus" for line in q.lines)),
        "blanket_consent": not q.specific,
        "missing_evidence": not q.documented,
        "undocumented_oral": q.form == "oral" and not (q.documented and q.witnessed and q.given_at <= q.now),
        "exclusions_not_asked": not q.exclusions_asked,
        "missing_text": not q.text_version or not q.language,
        "sus_must_be_written": sus and q.form != "paper",
        "sus_text_changed": sus and q.text_changed,
        "consent_other_insats": sus and not q.insats,
        "backdated": q.given_at > q.now,
    }


def _giver(q: RecordConsent) -> set[str]:
    """R6, R7: who disposes of the secrecy."""
    used = [each for each in q.mandates if each.id == q.given_by]
    if not q.lines:
        return set()
    if disposes_alone(q.disposal) if q.given_by == "self" else any(_gives(q, each) for each in used):
        return set()
    return {"given_by_wrong_person"}


def _gives(q: RecordConsent, used: MandateFacts) -> bool:
    d = q.disposal
    together = used.kind == "guardian" and law.GUARDIANS_UNTIL <= d.age < law.ADULT and q.with_minor
    return may_dispose_for(used, d, q.given_at, {each.category for each in q.lines}, together=together)


def _true_of(q: RecordConsent) -> frozenset[str]:
    """Why the giver doesn't dispose of the secrecy, and what else is so."""
    d, own = q.disposal, q.given_by == "self"
    used = [each for each in q.mandates if each.id == q.given_by]
    outside = [each for each in used if not all(in_scope(each, line.category) for line in q.lines)]
    to_sus = any(line.receiver == "sus" for line in q.lines)
    checks = {
        "cannot_consent": own and not d.can_consent,
        "individual_objects": d.objects,
        "minor_needs_own_consent": law.GUARDIANS_UNTIL <= d.age < law.ADULT,
        "minor_objects": d.age < law.ADULT and d.objects,
        "harm_to_minor": d.harm and d.age < law.ADULT,
        "representative_expired": any(not in_force(each, q.given_at) for each in used),
        "representative_out_of_scope": bool(outside),
        "guardian_is_threat": any(each.risk != "none" for each in used),
        "own_gain": q.caller.relation != "none",
        "wrong_consent_kind": to_sus,
        "receiver_not_covered": to_sus,
    }
    return frozenset(code for code, stands in checks.items() if stands)


def _line(q: RecordConsent, line: DraftLineFacts) -> set[str]:
    checks = {
        "missing_owner": not line.owner,
        "missing_receiver": not line.receiver,
        "missing_purpose": not line.purpose,
        "missing_category": not line.category,
        "blanket_consent": "*" in {line.owner, line.receiver, line.category},
        "unknown_category": line.category not in law.CATEGORIES | {"", "*"}
        or line.purpose not in {*get_args(Purpose), ""},
        "forbund_no_case_data": line.owner_kind == "forbund",
        "forbund_aggregates_only": line.receiver_kind == "forbund",
        "owner_not_covered": bool(line.owner) and line.owner_kind not in law.HANDLES | {"forbund"},
        "receiver_not_covered": bool(line.receiver)
        and line.receiver != "sus"
        and line.receiver_kind not in law.NAMED | {"forbund"},
        "no_end_date": line.valid_until >= law.FAR,
        "end_before_start": line.valid_until <= line.valid_from,
        "backdated": line.valid_from < q.given_at,
    }
    return {code for code, stands in checks.items() if stands}
