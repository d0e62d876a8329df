"""Whether somebody is known, clearances, and the log."""

from typing import Any

from tests.policies.translation.disclosure import surface
from tests.policies.translation.people import caller, disposal, mandates, now_of, person, role_of, until, whoever
from tests.policies.translation.vocabulary import Fact


def see_person(facts: Fact) -> Fact:
    how = facts.get("search") or {}
    by = how.get("by") or how.get("method") or how.get("kind") or how.get("with") if isinstance(how, dict) else how
    return {
        "now": now_of(facts),
        "caller": caller(facts),
        "person": person(facts),
        "disposal": disposal(facts),
        "mandates": mandates(facts),
        "own_reference": False,
        "by": _search(by) if by else _shown(facts.get("surface", "case_view")),
    }


def _shown(where: str) -> str:
    known = {"case_view": "reference", "print": "reference", "own_list": "own_list", "list": "list", "search": "list"}
    return known.get(surface(where), "other")


def _search(by: Any) -> str:
    if by in {"number", "personnummer", "reference", "exact_number", "person_id"}:
        return "number"
    former = any(word in str(by) for word in ("former", "old", "previous", "history", "fict", "link"))
    return "former_number" if former else by if by in {"own_list", "list", "name"} else "other"


def clear_protected(facts: Fact) -> Fact:
    grant, now = facts["grant"], now_of(facts)
    # A clearance for several, or for nobody in particular, names no one.
    who: Fact = grant["to"] if isinstance(grant.get("to"), dict) else {"named": False}
    return {
        "now": now,
        "caller": caller(facts),
        "person": person(facts),
        "grantee_agency": who.get("agency", ""),
        "grantee_roles": [role_of(who.get("role", "handlaggare"))],
        "grantee_named": who.get("named", True),
        "grantee_is_caller": bool(who.get("self", False)),
        "grantee_relation": who.get("relation_to_person") or "none",
        "one_individual": grant.get("person") == whoever(facts).get("ref"),
        "reason_given": bool(grant.get("reason")),
        "valid_from": now,
        "valid_until": until(grant["until"]) if "until" in grant else now + 180 * 86400,
        "none_cleared": False,
    }


def read_log(facts: Fact) -> Fact:
    log, asking = facts["log"], caller(facts)
    about = log.get("entries_of", whoever(facts).get("ref"))
    agency = log.get("agency", "all")
    return {
        "now": now_of(facts),
        "caller": {**asking, "own": asking["own"] and about == whoever(facts).get("ref")},
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
