"""Which explanations of a refused disclosure are true: an answer may give these and no others."""

from hub.access.questions import Disclose, LineFacts
from tests.policies.oracle import law
from tests.policies.oracle.common import chain, in_scope, opens, protected, why_not_for
from tests.policies.oracle.consent import approved, between, given, line_opens, register_allows, stopped


def true_of(q: Disclose) -> frozenset[str]:
    """Return every code that holds for the question, or for one of its categories or lines."""
    asked = [*q.categories, *q.items]
    found = {code for each in asked for code in _of_category(q, each)}
    found |= {code for line in q.lines for code in _of_line(q, line, asked)}
    return frozenset(found | _of_claim(q) | _of_frame(q))


def _standing(checks: dict[str, bool]) -> set[str]:
    return {code for code, stands in checks.items() if stands}


def _of_category(q: Disclose, category: str) -> set[str]:
    covered = [line for line in q.lines if between(q, line) and opens(line.category, category)]
    third = any(each.category == category and not each.own_consent and not each.marked for each in q.third_persons)
    return _standing(
        {
            "no_consent": not any(line_opens(q, line, category) for line in q.lines)
            or category in q.items
            or q.same_branch,
            "category_not_covered": not covered or stopped(q, category),
            "blocked": stopped(q, category),
            "register_limit_receiver": not register_allows(q, category),
            "receiver_has_no_case": not q.receiver.case_open,
            "third_person": third,
            "location_withheld": category in law.LOCATION and protected(q.person),
            "working_material": category == "day_notes",
            "informant_protected": category == "informant_identity",
            "separate_follow_up": category in law.SEPARATE,
            "item_not_listed": category in q.items and category not in law.DUTIES.get(q.claimed, ("", set[str]()))[1],
            "no_ground": category in q.items and not q.claimed,
        }
    )


def _of_line(q: Disclose, line: LineFacts, asked: list[str]) -> set[str]:
    used = [each for each in q.mandates if each.id == line.given_by]
    why = {code for each in used for code in why_not_for(each, q.disposal, line.given_at)}
    child = any(line.category in chain(each) and line.category != each and each in law.SENSITIVE for each in asked)
    gives = given(q, line)
    minor = law.GUARDIANS_UNTIL <= q.disposal.age < law.ADULT
    return (set[str]() if gives else why) | _standing(
        {
            "consent_not_yet_valid": q.now < line.valid_from or q.now < line.given_at,
            "consent_expired": q.now >= line.valid_until,
            "consent_withdrawn": line.ended_at <= q.now,
            "no_end_date": line.valid_until >= law.FAR,
            "wrong_purpose": line.purpose != q.purpose,
            "wrong_consent_kind": line.kind != "secrecy",
            "evidence_not_accepted": not line.accepted,
            "sensitive_child_not_named": child,
            "owner_not_covered": line.owner != q.owner.agency,
            "receiver_not_covered": line.receiver != q.receiver.agency,
            "given_by_wrong_person": not gives,
            "representative_out_of_scope": any(not in_scope(each, line.category) for each in used),
            "cannot_consent": not q.disposal.can_consent and not gives,
            "individual_objects": q.disposal.objects and not gives,
            "minor_needs_own_consent": minor and not gives,
            "minor_objects": q.disposal.age < law.ADULT and q.disposal.objects and not gives,
            "harm_to_minor": q.disposal.age < law.ADULT and q.disposal.harm and not gives,
        }
    )


def _of_claim(q: Disclose) -> set[str]:
    """Of the ground that the request states, and of what an official has decided."""
    paragraphs = {q.claimed, *(each.paragraph for each in q.decisions)}
    by_hand = paragraphs & law.BY_HAND
    automatic = {
        "OSL 10:27": "never_automatic_10_27",
        "OSL 10:2": "never_automatic_10_2",
        "OSL 10:15 a": "never_automatic_10_15a",
    }
    found = {automatic.get(each, "never_automatic") for each in by_hand}
    known = law.BY_HAND | set(law.DUTIES) | {"OSL 28:12 a"}
    elsewhere = {"ground_not_for_receiver", "ground_not_for_this_secrecy", "ground_condition_missing"}
    return (
        found
        | (elsewhere if paragraphs & known else set())
        | _standing(
            {
                "owner_must_decide": bool(by_hand),
                "ground_not_known": bool(q.claimed) and q.claimed not in known,
                "undocumented_decision": any(not each.reasoned for each in q.decisions),
                "rule_not_approved": not all(
                    approved(q, each) for each in paragraphs - {""} | {"consent"} - law.BY_HAND
                )
                or not approved(q, f"{q.road}/{q.purpose}"),
                "wrong_purpose": not approved(q, f"{q.road}/{q.purpose}"),
            }
        )
    )


def _of_frame(q: Disclose) -> set[str]:
    return _standing(
        {
            "owner_not_covered": q.owner.kind not in law.HANDLES,
            "receiver_not_covered": q.receiver.kind not in law.NAMED,
            "ame_regime_unset": q.owner.regime in {"unset", "none"},
            # Of a single item nobody has said whether it tells where the individual is.
            "location_withheld": protected(q.person) and (q.attachment == "unclean" or bool(q.items)),
            "link_revoked": q.surface == "old_link",
            "protected_excluded_from_statistics": q.surface == "statistics" and protected(q.person),
            "caller_not_receiver": True,
            "question_not_covered": q.direction == "question",
            "identifying_content": q.identity == "identifying",
            "obligation_unfulfillable": True,
            "forbund_aggregates_only": "forbund" in {q.caller.kind, q.receiver.kind, q.owner.kind},
            "steering_aggregates_only": "styrgrupp" in q.caller.roles,
            "unsafe_channel": q.surface not in law.PROTECTED_SURFACES,
        }
    )
