"""May what the owner has be told to the receiver (law 2, 6; readings R1–R5, R8, R10–R20, R23–R25)."""

from hub.access.questions import Disclose, LineFacts
from tests.policies.oracle import law
from tests.policies.oracle.common import (
    chain,
    disposes_alone,
    in_force,
    may_act_for,
    may_know,
    on_team,
    opens,
    protected,
    strong,
)
from tests.policies.oracle.verdict import Said, Verdict, deny, undecided


def disclose(q: Disclose) -> Verdict:
    if not q.categories and not q.items:
        return undecided("empty_request")
    if not strong(q.caller):
        return deny("weak_login")
    if q.purpose == "consultation" and q.identity == "anonymous":
        return _consultation(q)
    if not may_know(q.caller, q.person, q.now) or not on_team(q.caller, q.now):
        return deny("not_found")
    if codes := _frame(q):
        return deny(*codes)
    return _each(q)


def _frame(q: Disclose) -> list[str]:
    """What stands against the whole, whatever is asked for."""
    belongs = q.owner.agency if q.direction == "question" else q.receiver.agency
    checks = {
        "caller_not_receiver": q.caller.agency != belongs or q.caller.door == "individual",
        "steering_aggregates_only": "styrgrupp" in q.caller.roles,
        "not_allowed_role": not set(q.caller.roles) & law.READS,
        "forbund_aggregates_only": "forbund" in {q.receiver.kind, q.owner.kind},
        "owner_not_covered": q.owner.kind not in law.OWNERS | {"forbund"},
        "receiver_not_covered": q.receiver.kind not in law.RECEIVERS | {"forbund"},
        "ame_regime_unset": q.owner.regime in {"unset", "none"} and q.owner.kind != "forbund",
        "svod_forbidden": q.road == "svod",
        "ssbtek_purpose": q.road == "ssbtek" and not _road(q, "ekonomiskt_bistand"),
        "lefi_purpose": q.road == "lefi" and not _road(q, q.purpose),
        "link_revoked": q.surface == "old_link",
        "unsafe_channel": q.surface not in law.SURFACES
        or (protected(q.person) and q.surface not in law.PROTECTED_SURFACES),
        "attachment_unclean": q.attachment == "unclean" and protected(q.person),
        "identifying_content": q.identity == "identifying",
    }
    return [code for code, stands in checks.items() if stands]


def _road(q: Disclose, purpose: str) -> bool:
    """R14: a road is open for the purposes that the owner has approved for it."""
    return q.purpose == purpose and _approved(q, f"{q.road}/{purpose}")


def _approved(q: Disclose, rule: str) -> bool:
    return any(each.code == rule and in_force(each, q.now) for each in q.owner.approvals)


def _consultation(q: Disclose) -> Verdict:
    """GT-18: without identity nobody's secrecy is touched."""
    if "radgivare" not in q.caller.roles:
        return deny("not_allowed_role")
    return Verdict("permit", frozenset(q.categories), frozenset(("anonymous", each) for each in q.categories))


def _each(q: Disclose) -> Verdict:
    found = {each: _category(q, each) for each in q.categories} | {each: _item(q, each) for each in q.items}
    allowed = {each for each, (grounds, _) in found.items() if grounds}
    refusals = frozenset((code, each) for each, (_, codes) in found.items() for code in codes if each not in allowed)
    if not allowed:
        return Verdict("deny", refusals=refusals)
    obligations = _obligations(q, allowed)
    if {code for code, _ in obligations} - set(q.caller.carries_out):
        return deny("obligation_unfulfillable")
    grounds = frozenset((ground, each) for each in allowed for ground in found[each][0])
    return Verdict("permit", frozenset(allowed), grounds, refusals, obligations)


def _obligations(q: Disclose, allowed: set[str]) -> frozenset[Said]:
    found: set[Said] = set()
    if protected(q.person):
        found |= {("strike_location_fields", ""), ("protected_banner", "")}
    found |= {
        ("strike_third_person", each.category)
        for each in q.third_persons
        if each.marked and each.category in allowed and not each.own_consent
    }
    lines = [line for line in q.lines if any(_line_opens(q, line, each) for each in allowed)]
    if any(line.reserved for line in lines):
        found.add(("attach_reservation", ""))
    return frozenset(found)


def _category(q: Disclose, category: str) -> tuple[list[str], list[str]]:
    """Return the grounds for a category, and what stands against it."""
    against = _against(q, category)
    if against:
        return [], against
    grounds = [
        *(["own_case"] if _own_case(q, category) else []),
        *(["not_secret"] if category == "af_decision" and q.owner.kind == "af" else []),
        *(
            ["consent"]
            if any(_line_opens(q, line, category) for line in q.lines) and _consent_works(q, category)
            else []
        ),
        *(["OSL 28:12 a"] if _supplier(q, category) else []),
        *_decided_by_hand(q, category),
    ]
    return grounds, [] if grounds else _why_not(q, category)


def _against(q: Disclose, category: str) -> list[str]:
    """What never leaves, whatever the ground."""
    third = any(each.category == category and not each.own_consent and not each.marked for each in q.third_persons)
    checks = {
        "working_material": category == "day_notes" and not (q.same_branch and q.own_unit),
        "informant_protected": category == "informant_identity" and not q.same_branch,
        "location_withheld": category in law.LOCATION and protected(q.person),
        "third_person": third and not q.same_branch,
    }
    return [code for code, stands in checks.items() if stands]


def _own_case(q: Disclose, category: str) -> bool:
    return q.same_branch and (category not in law.SEPARATE or q.own_unit)


def _consent_works(q: Disclose, category: str) -> bool:
    necessary = q.receiver.case_open and category in q.receiver.necessary
    register = q.receiver.kind in law.REGISTER_KINDS and category in law.REGISTER_SENSITIVE and not necessary
    return _approved(q, "consent") and not register and not _stopped(q, category)


def _stopped(q: Disclose, category: str) -> bool:
    """R2, R3: an exclusion or a block beats every consent, and reaches the children."""
    return any(
        in_force(stop, q.now)
        and stop.owner in {q.owner.agency, "*"}
        and stop.receiver in {q.receiver.agency, "*"}
        and stop.category in {*chain(category), "*"}
        for stop in q.stops
    )


def _line_opens(q: Disclose, line: LineFacts, category: str) -> bool:
    kind = "sus" if category == "sus_registration" else "secrecy"
    parties = line.owner == q.owner.agency and line.receiver == q.receiver.agency
    limited = line.valid_until < law.FAR
    meant = line.kind == kind and line.purpose == q.purpose and opens(line.category, category)
    return (
        parties
        and meant
        and limited
        and in_force(line, q.now)
        and q.now < line.ended_at
        and line.accepted
        and _given(q, line)
    )


def _given(q: Disclose, line: LineFacts) -> bool:
    if line.given_by == "self":
        return disposes_alone(q.disposal)
    return any(each.id == line.given_by and may_act_for(each, q.disposal, line.given_at) for each in q.mandates)


def _supplier(q: Disclose, category: str) -> bool:
    """OSL 28:12 a."""
    kinds = q.owner.kind == "af" and q.receiver.kind in {"af_supplier", "ame"}
    return kinds and category in q.supplier_needs and _approved(q, "OSL 28:12 a")


def _decided_by_hand(q: Disclose, category: str) -> list[str]:
    return [
        each.paragraph
        for each in q.decisions
        if each.owner == q.owner.agency
        and each.receiver == q.receiver.agency
        and category in each.categories
        and each.reasoned
        and in_force(each, q.now)
        and law.can_be_decided(each.paragraph, q.owner.kind, q.receiver.kind, frozenset(each.conditions))
    ]


def _item(q: Disclose, item: str) -> tuple[list[str], list[str]]:
    """Single data under a statutory duty (SoL 15:8, 15:10, 15:11; R13)."""
    owner, items = law.DUTIES.get(q.claimed, ("", frozenset[str]()))
    reach = q.owner.kind == owner and q.receiver.kind == "socialtjanst"
    if q.claimed == "SoL 15:8":
        reach = reach and q.owner.authority == q.receiver.authority
    if reach and item in items and _approved(q, q.claimed) and q.receiver.case_open:
        return [q.claimed], []
    return [], ["item_not_listed" if reach and item not in items else "ground_not_for_receiver"]


def _why_not(q: Disclose, category: str) -> list[str]:
    return ["no_consent"]
