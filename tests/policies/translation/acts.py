"""The scenarios' acts in a case, in the words of the question `act_in_case`."""

from collections.abc import Callable
from typing import Any, Final

from hub.access.questions import FAR_FUTURE_S
from tests.policies.translation.vocabulary import Fact

ACCEPTS: Final = {"accept_evidence", "accept_consent_evidence", "reject_evidence"}
_NAMES: Final = {
    "merge_identities": "merge_identities",
    "record_manual_disclosure": "record_manual_disclosure",
    "add_to_team": "add_to_team",
    "remove_from_team": "remove_from_team",
    "send_assignment": "send_assignment",
    "read_individual_draft": "read_draft",
    "read_draft": "read_draft",
    "confirm_protection": "confirm_protection",
    "hand_over": "hand_over",
    "close_case": "close_case",
}
_FICTITIOUS: Final = ("merge", "link", "history", "previous", "former", "old_number", "fict", "finger")
_STRENGTH: Final = {"none": 0, "sekretessmarkering": 1, "unknown": 1, "skyddad_folkbokforing": 2}


def name_of(action: Fact) -> str:
    """Return the act in the policy's words; one that it has no word for is left as it is."""
    name = action["name"]
    if name in _NAMES:
        return _NAMES[name]
    if "log" in name:
        return "delete_log_entry"
    if name == "set_protection":
        return _protection_act(action)
    if any(word in name for word in _FICTITIOUS):
        return "search_former_identity" if "history" in name or "former" in name else "link_identities"
    return name


def _protection_act(action: Fact) -> str:
    value, was = action.get("value"), action.get("was", "none")
    if value not in _STRENGTH:
        return "mark_fictitious_identity"
    return "raise_protection" if _STRENGTH[value] >= _STRENGTH.get(was, 0) else "lower_protection"


def act(facts: Fact, conditions: Callable[[Any], list[str]]) -> Fact:
    """Return what belongs to the act."""
    action, agency = facts["action"], facts["caller"].get("agency", "")
    owner, receiver = action.get("owner") or {}, action.get("receiver") or {}
    manual = action["name"] == "record_manual_disclosure"
    return {
        "act": name_of(action),
        "open": True,
        "leading": True,
        "own_agency_party": facts["caller"].get("on_team", True),
        "subject_agency": owner["agency"] if manual else agency,
        "subject_relation": _relation(action),
        "subject_named": True,
        "item_state": action.get("status", "none"),
        "item_author": _author(facts),
        "receiver_named": bool(action.get("receiver_named_staff", ["someone"])),
        "reason_given": action.get("reason", "given") is not None,
        "manual": [_manual(action, facts, conditions)] if manual else [],
        "manual_owner_kind": owner.get("kind", "individual") if manual else "individual",
        "manual_owner_regime": _regime(owner) if manual else "none",
        "manual_receiver_kind": receiver.get("kind", "individual") if manual else "individual",
    }


def _relation(action: Fact) -> str:
    member = action.get("member")
    return member if member in {"self", "relative"} else "none"


def _author(facts: Fact) -> str:
    if facts["action"]["name"] != "read_individual_draft":
        return "caller"
    return "individual"


def _manual(action: Fact, facts: Fact, conditions: Callable[[Any], list[str]]) -> Fact:
    return {
        "ref": "manual",
        "owner": action.get("decided_by_agency", action["owner"]["agency"]),
        "receiver": action["receiver"]["agency"],
        "paragraph": action.get("ground") or "",
        "categories": [],
        "conditions": conditions(facts.get("circumstance", action.get("circumstance"))),
        "reasoned": bool(action.get("documented_reason", True)),
        "valid_from": 0,
        "valid_until": FAR_FUTURE_S,
    }


def _regime(owner: Fact) -> str:
    usual = {"socialtjanst": "OSL 26:1", "region_psykiatri": "OSL 25:1", "region_hsv": "OSL 25:1", "fk": "OSL 28:1"}
    return {**usual, "af": "OSL 28:11"}.get(owner["kind"], "unset")


def accept(facts: Fact) -> Fact:
    """Return what belongs to the question of who may accept a consent's evidence."""
    action = facts["action"]
    return {
        "owner": action["owner"],
        "receiver": action.get("receiver", "another agency"),
        "recorded_by_caller": action.get("recorded_by") == "self" or bool(action.get("own_record", False)),
    }
