"""Whole questions that are permitted, as plain data, to change one fact at a time from."""

from typing import Final

from tests.policies.plain import DAY, LONG, NOW, Json, caller, disposal, individual, line, owner, person, receiver


def disclose(**facts: Json) -> dict[str, Json]:
    """Psychiatry's view on work ability to socialtjänsten, on consent."""
    return {
        "direction": "answer",
        "now": NOW,
        "caller": caller(),
        "person": person(),
        "disposal": disposal(),
        "owner": owner(),
        "receiver": receiver(),
        "same_branch": False,
        "own_unit": False,
        "categories": ["work_ability"],
        "items": [],
        "purpose": "sip",
        "road": "hub_request",
        "surface": "case_view",
        "attachment": "none",
        "identity": "named",
        "claimed": "",
        "lines": [line()],
        "stops": [],
        "mandates": [],
        "third_persons": [],
        "decisions": [],
        "supplier_needs": [],
    } | facts


def see_person(**facts: Json) -> dict[str, Json]:
    return {
        "now": NOW,
        "caller": caller(),
        "person": person(),
        "disposal": disposal(),
        "mandates": [],
        "own_reference": True,
        "by": "number",
    } | facts


def open_case(**facts: Json) -> dict[str, Json]:
    return {
        "now": NOW,
        "caller": caller(team=[]),
        "person": person(),
        "own_reference": True,
        "leading": "soc",
        "purpose": "sip",
    } | facts


def draft_line(**facts: Json) -> dict[str, Json]:
    return {
        "owner": "psyk",
        "owner_kind": "region_psykiatri",
        "receiver": "soc",
        "receiver_kind": "socialtjanst",
        "category": "work_ability",
        "purpose": "sip",
        "valid_from": NOW,
        "valid_until": NOW + 100 * DAY,
    } | facts


def record_consent(**facts: Json) -> dict[str, Json]:
    return {
        "now": NOW,
        "caller": caller(),
        "person": person(),
        "disposal": disposal(),
        "mandates": [],
        "kinds": ["secrecy"],
        "lines": [draft_line()],
        "given_by": "self",
        "with_minor": False,
        "given_at": NOW,
        "form": "paper",
        "documented": True,
        "witnessed": True,
        "specific": True,
        "text_version": "t1",
        "language": "sv",
        "exclusions_asked": True,
        "insats": "",
        "text_changed": False,
    } | facts


def accept_consent(**facts: Json) -> dict[str, Json]:
    return {
        "now": NOW,
        "caller": caller(roles=["sekretessansvarig"], team=[]),
        "person": person(),
        "owner": "soc",
        "receiver": "af",
        "recorded_by_caller": False,
    } | facts


def show_to_individual(**facts: Json) -> dict[str, Json]:
    return {
        "now": NOW,
        "caller": individual(),
        "person": person(),
        "disposal": disposal(),
        "mandates": [],
        "owner": "soc",
        "categories": ["social_situation"],
        "owner_withholds": [],
        "withheld": [],
        "third_persons": [],
        "surface": "case_view",
    } | facts


def read_log(**facts: Json) -> dict[str, Json]:
    return {
        "now": NOW,
        "caller": individual(),
        "person": person(),
        "disposal": disposal(),
        "mandates": [],
        "entries_of": "individual",
        "agency": "*",
        "export_to": "none",
    } | facts


def clear_protected(**facts: Json) -> dict[str, Json]:
    return {
        "now": NOW,
        "caller": caller(roles=["chef"], clearances=[LONG]),
        "person": person(protection="sekretessmarkering"),
        "grantee_agency": "soc",
        "grantee_roles": ["handlaggare"],
        "grantee_named": True,
        "grantee_is_caller": False,
        "grantee_relation": "none",
        "one_individual": True,
        "reason_given": True,
        "valid_from": NOW,
        "valid_until": NOW + 100 * DAY,
        "none_cleared": False,
    } | facts


def act_in_case(**facts: Json) -> dict[str, Json]:
    return {
        "now": NOW,
        "caller": caller(),
        "person": person(),
        "disposal": disposal(),
        "mandates": [],
        "act": "see_case",
        "open": True,
        "leading": True,
        "own_agency_party": True,
        "subject_agency": "soc",
        "subject_relation": "none",
        "subject_named": True,
        "item_state": "none",
        "item_author": "none",
        "receiver_named": True,
        "reason_given": True,
        "manual": [],
        "manual_owner_kind": "individual",
        "manual_owner_regime": "none",
        "manual_receiver_kind": "individual",
    } | facts


def administer(**facts: Json) -> dict[str, Json]:
    return {
        "now": NOW,
        "caller": caller(roles=["administrator"], team=[]),
        "act": "add_unit",
        "agency": "soc",
        "subject_is_caller": False,
        "roles": [],
        "decided": True,
    } | facts


BASE: Final = {
    "accept_consent": accept_consent,
    "act_in_case": act_in_case,
    "administer": administer,
    "clear_protected": clear_protected,
    "disclose": disclose,
    "open_case": open_case,
    "read_log": read_log,
    "record_consent": record_consent,
    "see_person": see_person,
    "show_to_individual": show_to_individual,
}
