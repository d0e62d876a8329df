"""One small translation of the scenarios' neutral facts into the questions that are asked of the policy.

It decides nothing. A fact that a scenario leaves out gets the value that stands in nobody's way; one that is null,
missing or can't be read is left so, and the question is then refused at its type: undecided.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, get_args

from hub.access.questions import FAR_FUTURE_S
from hub.access.questions.words import AgencyKind, Category, ObligationCode, Surface
from tests.policies import acts

Fact = dict[str, Any]
#: Groups of scenarios whose questions are built in later issues, and why they wait.
LATER: Final = {
    "invite": "kallelse och inbjudan byggs med möten",
    "statistics": "statistik byggs i ett eget ärende",
    "sip_acts": "SIP byggs i ett eget ärende",
    "gt_acts": "rekryteringsgruppen byggs i ett eget ärende",
}
#: Acts of boendestöd; what is disclosed in the same group is asked here.
LATER_ACTS: Final = {"ffs_vn": "boendestöd byggs i ett eget ärende"}
_ALWAYS: Final = {"valid_from": 0, "valid_until": FAR_FUTURE_S}
_ROLES: Final = {
    "koordinator": "samordnare",
    "manager": "chef",
    "log_reviewer": "loggranskare",
    "adviser": "radgivare",
    "partner_system": "system",
    "steering_member": "styrgrupp",
    "steering_group": "styrgrupp",
    "it_support": "it_support",
    "administrator": "administrator",
    "admin": "administrator",
}
_WORKERS: Final = {
    *("handlaggare", "substitute", "deltagaransvarig", "samordnare", "agency_representative", "programme_handler"),
    *("employer_responsible", "official", "owner_official", "support_worker", "boendestodjare", "meeting_leader"),
}
_AT_OWN_DOOR: Final = {"individual", "other_individual", "guardian", "god_man", "forvaltare", "fullmakt", "parent"}
_LEVELS: Final = {
    "http://id.elegnamnden.se/loa/1.0/loa2": 2,
    "http://id.elegnamnden.se/loa/1.0/loa3": 3,
    "http://id.elegnamnden.se/loa/1.0/loa4": 4,
    "http://id.elegnamnden.se/loa/1.0/loa3-nonresident": 3,
    "http://id.elegnamnden.se/loa/1.0/loa4-nonresident": 4,
    "http://id.elegnamnden.se/loa/1.0/eidas-low": 2,
    "http://id.elegnamnden.se/loa/1.0/eidas-sub": 3,
    "http://id.elegnamnden.se/loa/1.0/eidas-high": 4,
    "http://id.elegnamnden.se/loa/1.0/eidas-nf-low": 2,
    "http://id.elegnamnden.se/loa/1.0/eidas-nf-sub": 3,
    "http://id.elegnamnden.se/loa/1.0/eidas-nf-high": 4,
}
_OBLIGATIONS: Final = {
    "show_banner": "protected_banner",
    "banner": "protected_banner",
    "strike_fields": "strike_location_fields",
    "strike_location": "strike_location_fields",
    "reservation": "attach_reservation",
}
_SCOPES: Final = {"personal_matters": "personal_matters", "economy": "property", "property": "property"}
_FORMS: Final = {
    "written": "paper",
    "paper": "paper",
    "signed": "paper",
    "oral": "oral",
    "verbal": "oral",
    "digital": "digital",
    "portal": "digital",
    "electronic": "digital",
    "assisted": "assisted",
}
_SURFACES: Final = {
    "mail": "email",
    "e-mail": "email",
    "case_list": "list",
    "lists": "list",
    "participant_list": "list",
    "push_notification": "push",
    "calendar_entry": "calendar",
    "link": "old_link",
    "bulk_act": "bulk",
    "search_result": "search",
    "protected_list": "own_list",
    "printout": "print",
    "case": "case_view",
}
_AGAINST: Final = {"against", "objects", "object", "no", "refuses", "declines", "opposed", "opposes", "unwilling"}
_REGIMES: Final = {"OSL 25:2": "OSL 25:1", "OSL 23": "OSL 23:5"}


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
    facts = scenario["facts"]
    match scenario["question"]:
        case "disclose":
            return _disclose(facts)
        case "see_person":
            return [Question("see_person", _see_person(facts))]
        case "record_consent":
            return [Question("record_consent", _record_consent(facts))]
        case "clear_protected":
            return [Question("clear_protected", _clear_protected(facts))]
        case "read_log":
            return [Question("read_log", _read_log(facts))]
        case "act_in_case":
            return [_act(facts)]
        case other:
            raise KeyError(other)


# ------------------------------------------------------------------------------------------------------ shared facts


def instant(value: Any) -> Any:
    """Return epoch seconds; what can't be read is left as it is."""
    try:
        return int(datetime.fromisoformat(value).timestamp())
    except (TypeError, ValueError):
        return value


def _until(value: Any) -> Any:
    return FAR_FUTURE_S if value is None else instant(value)


def _now(facts: Fact) -> Any:
    return instant(facts.get("time"))


def own_door(facts: Fact) -> bool:
    """Tell whether the caller comes by the individual's door."""
    return facts["caller"].get("role") in _AT_OWN_DOOR or facts["caller"].get("kind") == "guardian"


def caller(facts: Fact) -> Fact:
    """Return who asks."""
    who, role = facts["caller"], facts["caller"].get("role", "handlaggare")
    at_own_door = own_door(facts)
    return {
        "door": "individual" if at_own_door else "client" if role == "partner_system" else "staff",
        "agency": "" if at_own_door else who.get("agency", ""),
        "kind": "individual" if at_own_door else _kind(who.get("kind")),
        "roles": [] if at_own_door else [_role(role)],
        "team": [] if at_own_door else _team(who),
        "clearances": [_ALWAYS] if _cleared(facts) else [],
        "named_handler": who.get("named_handler_of") is not None,
        "relation": who.get("relation_to_person") or "none",
        "own": role == "individual",
        "mandate": "m" if at_own_door and role != "individual" and facts.get("representative") else "",
        "sign_in": {"level": _level(who), "factors": who.get("factors", 2), "at": _now(facts)},
        "carries_out": _carried_out(facts.get("caller_can_carry_out")),
    }


def _role(role: str) -> str:
    return "handlaggare" if role in _WORKERS else _ROLES.get(role, "other")


def _kind(kind: Any) -> Any:
    if kind in get_args(AgencyKind):
        return kind
    return {"partner_system": "private_provider", "guardian": "relative"}.get(kind, kind)


def _team(who: Fact) -> list[Fact]:
    on_team = who.get("on_team", True)
    standing = who.get("standing_in") or {}
    if not (who.get("substitute") or who.get("role") == "substitute"):
        return [{"substitute": False, **_ALWAYS}] if on_team else []
    if not standing.get("named", True):
        return []
    if not standing.get("active"):
        return [{"substitute": True, "valid_from": 0, "valid_until": 0}]
    since = instant(standing["from"]) if standing.get("from") else 0
    return [{"substitute": True, "valid_from": since, "valid_until": _until(standing.get("until"))}]


def _cleared(facts: Fact) -> bool:
    who = facts["caller"]
    named = who.get("cleared_for") or []
    return bool(who.get("cleared_for_person")) or facts.get("person", {}).get("ref") in named


def _level(who: Fact) -> Any:
    uri = who.get("loa_uri")
    level = who.get("loa", 3)
    return min(_LEVELS.get(uri, 0), level) if uri and isinstance(level, int) else level


def _carried_out(named: list[str] | None) -> list[str]:
    if named is None:
        return list(get_args(ObligationCode))
    codes = {_OBLIGATIONS.get(code, code) for code in named}
    return sorted(codes & set(get_args(ObligationCode)))


def person(facts: Fact) -> Fact:
    """Return the individual as they stand at the instant of the question."""
    who, now = facts["person"], _now(facts)
    protection, provisional = who.get("protection", "none"), 0
    for step in who.get("protection_history") or []:
        since = instant(step["from"])
        if isinstance(now, int) and since <= now:
            protection = step["value"]
            waiting = step.get("raised_by") == "adapter" and step.get("confirmed_at") is None
            provisional = since + 24 * 3600 if waiting else 0
    return {"known": who.get("exists", True), "protection": protection, "provisional_until": provisional}


def disposal(facts: Fact) -> Fact:
    """Return what decides who disposes of the secrecy."""
    who = facts.get("person", {})
    age = who.get("age", 34)
    return {
        "age": age,
        "can_consent": who.get("can_consent", True),
        "mature": who.get("mature", True),
        "objects": _is_against(who.get("own_view")) or _is_against(who.get("child_view")),
        "harm": bool(who.get("significant_harm_if_disclosed", False)),
    }


def _is_against(view: Any) -> bool:
    return isinstance(view, str) and bool(_AGAINST & set(view.lower().replace("_", " ").split()))


def mandates(facts: Fact) -> list[Fact]:
    """Return the representative's mandate, under the id that whatever rests on it names."""
    if "representative" not in facts:
        guardian = disposal(facts)["age"] in range(18)
        return [_mandate({"kind": "guardian" if guardian else "fullmakt"})]
    return [_mandate(facts["representative"])] if facts["representative"] else []


def _mandate(who: Fact) -> Fact:
    since = instant(who["from"]) if who.get("from") else 0
    return {
        "id": "m",
        "kind": who.get("kind", "guardian"),
        "scopes": [_SCOPES.get(scope, "legal_rights") for scope in who.get("scope", ["personal_matters"])],
        "valid_from": since,
        "valid_until": _until(who.get("until")),
        "risk": who.get("risk", "none"),
        "agreed": not _withholds(who.get("co_guardian")),
    }


def _withholds(co_guardian: Any) -> bool:
    """Tell whether another guardian who must take part hasn't; what isn't plainly a yes is a no."""
    if co_guardian is None or co_guardian is True:
        return False
    if isinstance(co_guardian, dict):
        return not all(value in {True, "yes", "agrees", "consents"} for value in co_guardian.values())
    return co_guardian not in {"agrees", "consents", "consented", "agreed", "yes", "none"}


def given_by(who: Any) -> str:
    """Return whose mandate it rests on: one's own, the representative's, or nobody's."""
    if who in {"self", "self_and_guardian", "both", "guardian_and_self", "individual"}:
        return "self"
    return "m" if who in {"guardian", "representative", "god_man", "forvaltare", "fullmakt"} else str(who)


# --------------------------------------------------------------------------------------------------------- disclosure


def _disclose(facts: Fact) -> list[Question]:
    receiver = facts.get("receiver") or {}
    if own_door(facts) or receiver.get("kind") in {"individual", "guardian"}:
        return [Question("show_to_individual", _show(facts))]
    answer = Question("disclose", _answer(facts))
    if "question_ground" not in facts:
        return [answer]
    return [Question("disclose", _asking(facts, answer.facts)), answer]


def _answer(facts: Fact) -> Fact:
    owner, receiver = facts["owner"], facts["receiver"]
    return {
        "direction": "answer",
        "now": _now(facts),
        "caller": caller(facts),
        "person": person(facts),
        "disposal": disposal(facts),
        "owner": _owner(facts, owner),
        "receiver": _receiver(facts, receiver),
        "same_branch": facts.get("same_branch", False),
        "own_unit": owner["agency"] == receiver["agency"],
        "categories": facts["categories"],
        "items": facts.get("items", []),
        "purpose": facts["purpose"],
        "road": facts.get("channel", "hub_request"),
        "surface": surface(facts.get("surface", "case_view")),
        "attachment": _attachment(facts.get("attachment")),
        "identity": _identity(facts.get("identity", "named")),
        "claimed": _claimed(facts.get("ground_claimed", {"type": "none"})),
        "lines": _lines(facts, receiver),
        "stops": _stops(facts),
        "mandates": mandates(facts),
        "third_persons": _third_persons(facts),
        "decisions": _decisions(facts),
        "supplier_needs": _supplier_needs(facts),
    }


def _asking(facts: Fact, answer: Fact) -> Fact:
    """Return what the question itself would tell: that the asking agency is in contact with the individual."""
    ground = facts["question_ground"] or {"type": "none"}
    named = ground.get("ref")
    lines = _lines(facts, facts["owner"])
    asker = {**facts["receiver"], "secrecy": "OSL 26:1" if facts["receiver"]["kind"] == "ame" else None}
    return {
        **answer,
        "direction": "question",
        "owner": _owner({"owner_rules_approved": facts.get("receiver_rules_approved")}, asker),
        "receiver": _receiver(facts, facts["owner"]),
        "own_unit": False,
        "categories": ["party"],
        "claimed": _claimed(ground),
        "lines": [line for line in lines if ground.get("type") == "consent" and line["id"].startswith(f"{named}/")],
        "decisions": [],
        "third_persons": [],
        "supplier_needs": [],
    }


def _owner(facts: Fact, owner: Fact) -> Fact:
    return {
        "agency": owner["agency"],
        "kind": _kind(owner["kind"]),
        "authority": owner["agency"].split("/")[0],
        "regime": _regime(owner.get("secrecy"), owner["kind"]),
        "approvals": _approvals(facts),
    }


def _regime(secrecy: Any, kind: str) -> Any:
    usual = {"socialtjanst": "OSL 26:1", "af": "OSL 28:11", "fk": "OSL 28:1", "forbund": "none", "school": "OSL 23:5"}
    if secrecy is None:
        return "OSL 25:1" if kind.startswith("region") else usual.get(kind, "unset")
    plain = " ".join(str(secrecy).split()[:2])
    return _REGIMES.get(plain, plain) if str(secrecy).startswith("OSL") else secrecy


def _approvals(facts: Fact) -> list[Fact]:
    roads = [f"{road}/{purpose}" for road in ("hub_request", "ssbtek", "lefi") for purpose in ("ekonomiskt_bistand",)]
    history = facts.get("approval_history")
    if history:
        named = [
            {"code": each["rule"], "valid_from": instant(each["from"]), "valid_until": _until(each.get("until"))}
            for each in history
        ]
        return [*named, *({"code": road, **_ALWAYS} for road in roads)]
    rules = facts.get("owner_rules_approved")
    if rules is None:
        rules = ["consent", "SoL 15:8", "SoL 15:10", "SoL 15:11", "OSL 28:12 a"]
    return [{"code": code, **_ALWAYS} for code in [*rules, *roads]]


def _receiver(facts: Fact, receiver: Fact) -> Fact:
    case = facts.get("receiver_case", {"open": True})
    asked = [*(facts.get("categories") or []), *(facts.get("items") or [])]
    return {
        "agency": receiver["agency"],
        "kind": _kind(receiver["kind"]),
        "authority": receiver["agency"].split("/")[0],
        "case_open": case.get("open", True) if case is not None else None,
        "necessary": case.get("necessary", asked) if case is not None else None,
    }


def _lines(facts: Fact, receiver: Fact) -> Any:
    """Write each consent's sets out as lines."""
    if facts.get("consents") is None and "consents" in facts:
        return None
    return [
        {
            "id": f"{consent['id']}/{number}",
            "kind": consent["kind"],
            "owner": owner,
            "receiver": to,
            "category": category,
            "purpose": consent["purpose"],
            "valid_from": instant(consent["from"]),
            "valid_until": _until(consent["until"]),
            "ended_at": _until(consent.get("withdrawn_at")),
            "accepted": _accepted(consent, owner),
            "given_by": given_by(consent.get("given_by", "self")),
            "given_at": instant(consent.get("given_at", consent["from"])),
            "reserved": bool(consent.get("condition")),
        }
        for consent in facts.get("consents", [])
        for number, (owner, to, category) in enumerate(
            (owner, to, category)
            for owner in consent["owners"]
            for to in consent["receivers"]
            for category in consent["categories"]
            if category in get_args(Category)
        )
    ]


def _accepted(consent: Fact, owner: str) -> bool:
    recorded = consent.get("recorded_by")
    if "evidence" in consent and consent["evidence"] is None:
        return False
    return recorded in {None, owner, "self", "individual"} or consent.get("evidence_accepted_by") == owner


def _stops(facts: Fact) -> Any:
    if facts.get("blocks") is None and "blocks" in facts:
        return None
    blocks = [
        (True, block["owner"], block.get("receivers", "all"), block.get("categories", "all"), *_block_period(block))
        for block in facts.get("blocks", [])
    ]
    consents = facts.get("consents") or []
    lifted = {old: instant(new["given_at"]) for new in consents for old in _named(new.get("lifts_exclusions_of"))}
    exclusions = [
        (False, owner, consent["receivers"] or "all", consent.get("exclusions") or [], *period)
        for consent in consents
        for period in [(instant(consent.get("given_at")), lifted.get(consent["id"], FAR_FUTURE_S))]
        for owner in consent["owners"]
    ]
    return [
        {
            "id": f"s{number}/{each}/{code}",
            "block": block,
            "owner": owner,
            "receiver": each,
            "category": code,
            "valid_from": since,
            "valid_until": until,
        }
        for number, (block, owner, receivers, codes, since, until) in enumerate([*blocks, *exclusions])
        for each in _all(receivers)
        for code in _all(codes)
    ]


def _block_period(block: Fact) -> tuple[Any, Any]:
    return instant(block["set_at"]), _until(block.get("lifted_at"))


def _all(named: Any) -> list[str]:
    return ["*"] if named == "all" else list(named)


def _named(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value or [])


def _third_persons(facts: Fact) -> list[Fact]:
    return [
        {"category": each["in_category"], "own_consent": each["own_consent"], "marked": bool(each.get("marked", False))}
        for each in facts.get("third_persons", [])
    ]


def _claimed(ground: Any) -> Any:
    if ground is None:
        return None
    return ground.get("ref") or "" if ground.get("type") == "paragraph" else ""


def _decisions(facts: Fact) -> list[Fact]:
    ground = facts.get("ground_claimed") or {}
    if ground.get("type") != "paragraph" or ground.get("automatic", True):
        return []
    return [
        {
            "ref": "official",
            "owner": facts["owner"]["agency"],
            "receiver": facts["receiver"]["agency"],
            "paragraph": ground["ref"],
            "categories": [code for code in facts["categories"] if code in get_args(Category)],
            "conditions": conditions(facts.get("circumstance")),
            "reasoned": ground.get("documented_reason", True),
            **_ALWAYS,
        }
    ]


def conditions(circumstance: Fact | None) -> list[str]:
    """Return the conditions that hold; all of them when the scenario doesn't speak of any."""
    named = ["under_18", "ongoing_substance_abuse", "lpt_lrv", "pregnancy", "unable_to_consent_health"]
    if circumstance is None:
        return [*named, "necessary_for_care"]
    return [code for code in [*named, "necessary_for_care"] if circumstance.get(code) is True]


def _supplier_needs(facts: Fact) -> list[str]:
    contract = facts.get("contract") or {}
    needed = contract.get("needed", True)
    if not contract.get("supplier_to_af"):
        return []
    return list(needed) if isinstance(needed, list) else facts["categories"] if needed else []


def surface(name: str) -> str:
    """Return the surface in the policy's words; one it doesn't know is `other`."""
    known = _SURFACES.get(name, name)
    return known if known in get_args(Surface) else "other"


def _attachment(attachment: Fact | None) -> str:
    if not attachment:
        return "none"
    return "clean" if attachment.get("scanned") and attachment.get("metadata_stripped") else "unclean"


def _identity(identity: str) -> str:
    return "identifying" if identity == "anonymous_but_identifying" else identity


def _show(facts: Fact) -> Fact:
    return {
        "now": _now(facts),
        "caller": caller(facts),
        "person": person(facts),
        "disposal": disposal(facts),
        "mandates": mandates(facts),
        "owner": facts["owner"]["agency"],
        "categories": facts["categories"],
        "owner_withholds": [],
        "third_persons": _third_persons(facts),
        "surface": surface(facts.get("surface", "case_view")),
    }


# ------------------------------------------------------------------------------------------------- the other questions


def _see_person(facts: Fact) -> Fact:
    asking = caller(facts)
    how = facts.get("search") or {}
    by = how.get("by") or how.get("method") or how.get("kind") or how.get("with") if isinstance(how, dict) else how
    return {
        "now": _now(facts),
        "caller": asking,
        "person": person(facts),
        "disposal": disposal(facts),
        "mandates": mandates(facts),
        "own_reference": bool(asking["team"]),
        "by": _search(by),
    }


def _search(by: Any) -> str:
    if by in {None, "number", "personnummer", "reference", "exact_number", "person_id"}:
        return "number"
    former = any(word in str(by) for word in ("former", "old", "previous", "history", "fict", "link"))
    return "former_number" if former else by if by in {"own_list", "list", "name"} else "other"


def _record_consent(facts: Fact) -> Fact:
    draft, kinds = facts["draft"], facts["draft"].get("kind")
    return {
        "now": _now(facts),
        "caller": caller(facts),
        "person": person(facts),
        "disposal": disposal(facts),
        "mandates": mandates(facts),
        "kinds": kinds if isinstance(kinds, list) else [kinds],
        "lines": _draft_lines(draft),
        "given_by": _draft_giver(facts, draft.get("given_by", "self")),
        "with_minor": draft.get("given_by") in {"self_and_guardian", "both", "guardian_and_self"},
        "given_at": instant(draft.get("given_at", facts.get("time"))),
        "form": _draft_form(facts, draft),
        "documented": draft.get("evidence") is not None,
        "witnessed": draft.get("before_whom") is not None,
        "specific": True,
        "text_version": draft.get("text_version") or "",
        "language": draft.get("language", "sv"),
        "exclusions_asked": draft.get("exclusions_asked", True),
        "insats": draft.get("insats") or "",
        "text_changed": bool(draft.get("text_changed", False)),
    }


def _draft_giver(facts: Fact, who: str) -> str:
    both = who in {"self_and_guardian", "both", "guardian_and_self"}
    return "m" if both and facts.get("representative") else given_by(who)


def _draft_form(facts: Fact, draft: Fact) -> Any:
    form = _FORMS.get(draft.get("form", "written"), draft.get("form"))
    return "digital" if own_door(facts) and form == "paper" else form


def _draft_lines(draft: Fact) -> list[Fact]:
    parts = [_some(draft.get(part)) for part in ("owners", "receivers", "categories")]
    return [
        {
            "owner": owner,
            "owner_kind": kind_of(owner),
            "receiver": to,
            "receiver_kind": kind_of(to),
            "category": category,
            "purpose": draft.get("purpose") or "",
            "valid_from": instant(draft.get("from")),
            "valid_until": _until(draft.get("until")),
        }
        for owner in parts[0]
        for to in parts[1]
        for category in parts[2]
    ]


def _some(codes: Any) -> list[str]:
    return ["*"] if codes == "all" else list(codes) if codes else [""]


def kind_of(agency: str) -> str:
    """Return what an agency of the scenarios is."""
    if agency in {"", "*", "all", "sus"}:
        return "sus" if agency == "sus" else ""
    place = agency.rsplit("/", maxsplit=1)[-1]
    named = {"psyk": "region_psykiatri", "vardcentral": "region_hsv", "ame": "ame", "skola": "school", "af": "af"}
    others = {"fk": "fk", "forbund-x": "forbund", "privat-vard": "private_provider", "af-leverantor": "af_supplier"}
    private = {"arbetsgivare-1": "employer", "anhorig": "relative", "individual": "individual"}
    known = {**named, **others, **private, "soc": "socialtjanst", "boendestod": "socialtjanst", "aldre": "socialtjanst"}
    return known.get(place, "relative")


def _clear_protected(facts: Fact) -> Fact:
    grant, who = facts["grant"], facts["grant"].get("to") or {}
    now = _now(facts)
    return {
        "now": now,
        "caller": caller(facts),
        "person": person(facts),
        "grantee_agency": who.get("agency", ""),
        "grantee_roles": [_role(who.get("role", "handlaggare"))],
        "grantee_named": who.get("named", True),
        "grantee_is_caller": bool(who.get("self", False)),
        "grantee_relation": who.get("relation_to_person") or "none",
        "one_individual": grant.get("person") == facts["person"].get("ref"),
        "reason_given": bool(grant.get("reason")),
        "valid_from": now,
        "valid_until": _until(grant["until"]) if "until" in grant else now + 180 * 86400,
        "none_cleared": False,
    }


def _read_log(facts: Fact) -> Fact:
    log, asking = facts["log"], caller(facts)
    about = log.get("entries_of", facts["person"].get("ref"))
    agency = log.get("agency", "all")
    return {
        "now": _now(facts),
        "caller": {**asking, "own": asking["own"] and about == facts["person"].get("ref")},
        "person": person(facts),
        "disposal": disposal(facts),
        "mandates": mandates(facts),
        "entries_of": "individual",
        "agency": "*" if agency == "all" else agency,
        "export_to": _export(log.get("export_to")),
    }


def _export(where: Any) -> str:
    if where is None:
        return "none"
    return "self" if where in {"self", "portal", "pdf", "print", "paper", "individual"} else "other"


def _act(facts: Fact) -> Question:
    action = facts["action"]
    if action["name"] in acts.ACCEPTS:
        return Question("accept_consent", acts.accept(facts, caller(facts), person(facts), _now(facts)))
    shared = {"now": _now(facts), "caller": caller(facts), "person": person(facts)}
    shared |= {"disposal": disposal(facts), "mandates": mandates(facts)}
    return Question("act_in_case", {**shared, **acts.act(facts, conditions)})
