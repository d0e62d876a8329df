"""Who asks, about whom, and who may act for them."""

from datetime import UTC, datetime
from typing import Any, get_args

from hub.access.questions import FAR_FUTURE_S
from hub.access.questions.words import AgencyKind, ObligationCode
from tests.policies.translation.vocabulary import (
    AGAINST,
    ALWAYS,
    AT_OWN_DOOR,
    LEVELS,
    OBLIGATIONS,
    ROLES,
    SCOPES,
    WORKERS,
    Fact,
)


def instant(value: Any) -> Any:
    """Return epoch seconds; what can't be read is left as it is."""
    try:
        when = datetime.fromisoformat(value)
        return int((when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp())
    except (TypeError, ValueError):
        return value


def until(value: Any) -> Any:
    return FAR_FUTURE_S if value is None else instant(value)


def now_of(facts: Fact) -> Any:
    return instant(facts.get("time"))


def own_door(facts: Fact) -> bool:
    """Tell whether the caller comes by the individual's door."""
    return facts["caller"].get("role") in AT_OWN_DOOR or facts["caller"].get("kind") == "guardian"


def caller(facts: Fact) -> Fact:
    """Return who asks."""
    who, role = facts["caller"], facts["caller"].get("role", "handlaggare")
    at_own_door = own_door(facts)
    return {
        "door": "individual" if at_own_door else "client" if role == "partner_system" else "staff",
        "agency": "" if at_own_door else who.get("agency", ""),
        "kind": "individual" if at_own_door else kind(who.get("kind")),
        "roles": [] if at_own_door else _roles(who, role),
        "team": [] if at_own_door else _team(who),
        "clearances": [ALWAYS] if _cleared(facts) else [],
        "named_handler": who.get("named_handler_of") is not None,
        "relation": who.get("relation_to_person") or "none",
        "own": role == "individual",
        "mandate": "m" if at_own_door and role != "individual" and facts.get("representative") else "",
        "sign_in": {"level": _level(who), "factors": who.get("factors", 2), "at": now_of(facts)},
        "carries_out": _carried_out(facts.get("caller_can_carry_out")),
    }


def role_of(role: str) -> str:
    return "handlaggare" if role in WORKERS else ROLES.get(role, "other")


def _roles(who: Fact, role: str) -> list[str]:
    """Return the role; whoever reads for a receiver outside the matrix is its handler, but a reporter is nobody."""
    outside = who.get("kind") in {"school", "private_provider", "af_supplier", "employer", "relative"}
    return ["handlaggare"] if outside and role != "reporter" and role_of(role) == "other" else [role_of(role)]


def kind(kind: Any) -> Any:
    if kind in get_args(AgencyKind):
        return kind
    return {"partner_system": "private_provider", "guardian": "relative"}.get(kind, kind)


def _team(who: Fact) -> list[Fact]:
    on_team = who.get("on_team", True)
    standing = who.get("standing_in") or {}
    if not (who.get("substitute") or who.get("role") == "substitute"):
        return [{"substitute": False, **ALWAYS}] if on_team else []
    if not standing.get("named", True):
        return []
    if not standing.get("active"):
        return [{"substitute": True, "valid_from": 0, "valid_until": 0}]
    since = instant(standing["from"]) if standing.get("from") else 0
    return [{"substitute": True, "valid_from": since, "valid_until": until(standing.get("until"))}]


def _cleared(facts: Fact) -> bool:
    who = facts["caller"]
    named = who.get("cleared_for") or []
    return bool(who.get("cleared_for_person")) or whoever(facts).get("ref") in named


def _level(who: Fact) -> Any:
    uri = who.get("loa_uri")
    level = who.get("loa", 3)
    return min(LEVELS.get(uri, 0), level) if uri and isinstance(level, int) else level


def _carried_out(named: list[str] | None) -> list[str]:
    if named is None:
        return list(get_args(ObligationCode))
    codes = {OBLIGATIONS.get(code, code) for code in named}
    return sorted(codes & set(get_args(ObligationCode)))


def whoever(facts: Fact) -> Fact:
    """Return the scenario's person; one that it doesn't mention is anybody."""
    return facts.get("person", {})


def person(facts: Fact) -> Fact:
    """Return the individual as they stand at the instant of the question."""
    who, now = whoever(facts), now_of(facts)
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
    who = whoever(facts)
    age = who.get("age", 34)
    return {
        "age": age,
        "can_consent": who.get("can_consent", True),
        "mature": who.get("mature", True),
        "objects": _is_against(who.get("own_view")) or _is_against(who.get("child_view")),
        "harm": bool(who.get("significant_harm_if_disclosed", False)),
    }


def _is_against(view: Any) -> bool:
    return isinstance(view, str) and bool(AGAINST & set(view.lower().replace("_", " ").split()))


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
        "scopes": [SCOPES.get(scope, "other") for scope in who.get("scope", ["personal_matters"])],
        "valid_from": since,
        "valid_until": until(who.get("until")),
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


def given_by(who: Any, facts: Fact) -> str:
    """Return whose mandate it rests on: one's own, the representative's, or nobody's."""
    if both(who):
        return "m" if disposal(facts)["age"] in range(15) else "self"
    own = {"self", "individual", "minor", "child"}
    acting = {"guardian", "guardians", "representative", "god_man", "forvaltare", "fullmakt"}
    return "self" if who in own else "m" if who in acting else str(who)


def both(who: Any) -> bool:
    """Tell whether a guardian and the minor have given it together."""
    parts = set(str(who).split("_"))
    return who == "both" or ("guardian" in parts and bool(parts & {"self", "minor", "child", "young"}))


def named(value: Any) -> list[Any]:
    """Return what is named, one or several."""
    return [value] if isinstance(value, str) else list(value or [])
