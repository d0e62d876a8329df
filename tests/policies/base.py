"""Whole questions that are permitted, as plain data, to change one fact at a time from (hand-written corners)."""

from typing import Any, Final, get_args

from hub.access.questions.words import ObligationCode

Json = Any
FAR: Final = 253402300799
NOW: Final = 1_795_000_000
DAY: Final = 86_400
LONG: Final = {"valid_from": NOW - 100 * DAY, "valid_until": NOW + 100 * DAY}
OBLIGATIONS: Final = list(get_args(ObligationCode))


def caller(**facts: Json) -> dict[str, Json]:
    """A caseworker on the team at socialtjänsten, strongly and newly signed in."""
    return {
        "door": "staff",
        "agency": "soc",
        "kind": "socialtjanst",
        "roles": ["handlaggare"],
        "team": [{"substitute": False, **LONG}],
        "clearances": [],
        "named_handler": False,
        "relation": "none",
        "own": False,
        "mandate": "",
        "sign_in": {"level": 3, "factors": 2, "at": NOW - 60},
        "carries_out": OBLIGATIONS,
    } | facts


def individual(**facts: Json) -> dict[str, Json]:
    """The individual at their own door."""
    return caller(door="individual", agency="", kind="individual", roles=[], team=[], own=True) | facts


def person(**facts: Json) -> dict[str, Json]:
    return {"known": True, "protection": "none", "provisional_until": 0} | facts


def disposal(**facts: Json) -> dict[str, Json]:
    return {"age": 34, "can_consent": True, "mature": True, "objects": False, "harm": False} | facts


def mandate(**facts: Json) -> dict[str, Json]:
    return {
        "id": "m1",
        "kind": "god_man",
        "scopes": ["personal_matters"],
        "risk": "none",
        "agreed": True,
        **LONG,
    } | facts


def line(**facts: Json) -> dict[str, Json]:
    return {
        "id": "c1",
        "kind": "secrecy",
        "owner": "psyk",
        "receiver": "soc",
        "category": "work_ability",
        "purpose": "sip",
        "ended_at": FAR,
        "accepted": True,
        "given_by": "self",
        "given_at": NOW - 100 * DAY,
        "reserved": False,
        **LONG,
    } | facts


def approvals(*codes: str) -> list[dict[str, Json]]:
    return [{"code": code, "valid_from": NOW - 200 * DAY, "valid_until": FAR} for code in codes]


APPROVED: Final = approvals(
    "consent",
    "SoL 15:8",
    "SoL 15:10",
    "SoL 15:11",
    "OSL 28:12 a",
    "hub_request/ekonomiskt_bistand",
    "ssbtek/ekonomiskt_bistand",
    "lefi/ekonomiskt_bistand",
    "OSL 10:27",
    "OSL 10:2",
    "OSL 10:15 a",
    "OSL 25:12",
    "OSL 25:13",
    "OSL 26:9",
    "SFB 110:31",
)
AGENCIES: Final = {
    "soc": ("socialtjanst", "kommun-a", "OSL 26:1"),
    "soc-b": ("socialtjanst", "kommun-b", "OSL 26:1"),
    "boendestod": ("socialtjanst", "kommun-a", "OSL 26:1"),
    "ame": ("ame", "kommun-a", "OSL 26:1"),
    "psyk": ("region_psykiatri", "region-x", "OSL 25:1"),
    "vardcentral": ("region_hsv", "region-x", "OSL 25:1"),
    "af": ("af", "af", "OSL 28:11"),
    "fk": ("fk", "fk", "OSL 28:1"),
    "forbund": ("forbund", "forbund", "none"),
    "skola": ("school", "kommun-a", "OSL 23:5"),
    "privat": ("private_provider", "privat", "unset"),
    "leverantor": ("af_supplier", "leverantor", "unset"),
    "arbetsgivare": ("employer", "arbetsgivare", "unset"),
}


def owner(agency: str = "psyk", **facts: Json) -> dict[str, Json]:
    kind, authority, regime = AGENCIES[agency]
    return {"agency": agency, "kind": kind, "authority": authority, "regime": regime, "approvals": APPROVED} | facts


def receiver(agency: str = "soc", **facts: Json) -> dict[str, Json]:
    kind, authority, _ = AGENCIES[agency]
    return {"agency": agency, "kind": kind, "authority": authority, "case_open": True, "necessary": []} | facts


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
