"""May this draft be kept as a valid consent (law 2.4; readings R6, R7, R27, R30)."""

from hub.access.questions import DraftLineFacts, RecordConsent
from tests.policies.oracle import law
from tests.policies.oracle.common import fresh, may_act_for, may_know, on_team, strong
from tests.policies.oracle.person import marked
from tests.policies.oracle.verdict import Verdict, deny, permit, undecided


def record_consent(q: RecordConsent) -> Verdict:
    if not q.lines or not q.kinds:
        return undecided("empty_request")
    if not strong(q.caller):
        return deny("weak_login")
    own = q.caller.door == "individual" and (q.caller.own or bool(q.caller.mandate))
    if not own and (not may_know(q.caller, q.person, q.now) or not on_team(q.caller, q.now)):
        return deny("not_found")
    codes = [*_whole(q), *_giver(q), *(code for line in q.lines for code in _line(q, line))]
    return (
        deny(*dict.fromkeys(codes))
        if codes
        else permit("individual" if own else "own_case", obligations=marked(q.person))
    )


def _whole(q: RecordConsent) -> list[str]:
    sus = q.kinds == ["sus"]
    checks = {
        "stale_login": not fresh(q.caller, q.now),
        "bundled_consent": len(q.kinds) > 1,
        "blanket_consent": not q.specific,
        "missing_evidence": not q.documented and q.form != "oral",
        "undocumented_oral": q.form == "oral" and not (q.documented and q.witnessed),
        "exclusions_not_asked": not q.exclusions_asked,
        "missing_text": not q.text_version or not q.language,
        "sus_must_be_written": sus and q.form not in {"paper", "digital"},
        "sus_text_changed": sus and q.text_changed,
        "missing_insats": sus and not q.insats,
        "own_gain": q.caller.relation != "none",
    }
    return [code for code, stands in checks.items() if stands]


def _giver(q: RecordConsent) -> list[str]:
    d = q.disposal
    if q.given_by == "self":
        checks = {
            "given_by_wrong_person": d.age < law.GUARDIANS_UNTIL,
            "cannot_consent": not d.can_consent,
            "individual_objects": d.objects,
        }
        return [code for code, stands in checks.items() if stands]
    used = next((each for each in q.mandates if each.id == q.given_by), None)
    young = used is not None and used.kind == "guardian" and law.GUARDIANS_UNTIL <= d.age < law.ADULT and q.with_minor
    return [] if used is not None and (young or may_act_for(used, d, q.given_at)) else ["given_by_wrong_person"]


def _line(q: RecordConsent, line: DraftLineFacts) -> list[str]:
    checks = {
        "missing_owner": not line.owner,
        "missing_receiver": not line.receiver,
        "missing_purpose": not line.purpose,
        "category_not_covered": not line.category,
        "no_end_date": line.valid_until >= law.FAR,
        "end_before_start": line.valid_until <= line.valid_from,
        "backdated": line.valid_from < q.given_at,
        "forbund_aggregates_only": "forbund" in {line.owner_kind, line.receiver_kind},
    }
    return [code for code, stands in checks.items() if stands]
