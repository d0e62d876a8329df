"""Facts that stand in nobody's way, as plain data, to make whole questions of."""

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
