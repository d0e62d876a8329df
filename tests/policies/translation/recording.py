"""A draft of a consent, as it would be recorded."""

from typing import Any

from tests.policies.translation.people import (
    both,
    caller,
    disposal,
    given_by,
    instant,
    mandates,
    named,
    now_of,
    own_door,
    person,
    until,
)
from tests.policies.translation.vocabulary import EVERYTHING, FORMS, Fact


def record_consent(facts: Fact) -> Fact:
    draft, kinds = facts["draft"], facts["draft"].get("kind")
    return {
        "now": now_of(facts),
        "caller": caller(facts),
        "person": person(facts),
        "disposal": disposal(facts),
        "mandates": mandates(facts),
        "kinds": _draft_kinds(kinds),
        "lines": _draft_lines(draft),
        "given_by": _draft_giver(facts, draft.get("given_by", "self")),
        "with_minor": both(draft.get("given_by")),
        "given_at": instant(draft.get("given_at", facts.get("time"))),
        "form": _draft_form(facts, draft),
        "documented": draft.get("evidence") is not None,
        "witnessed": draft.get("before_whom") is not None,
        "specific": not (draft.get("blanket") or draft.get("general")),
        "text_version": draft.get("text_version") or "",
        "language": draft.get("language", "sv"),
        "exclusions_asked": draft.get("exclusions_asked", True),
        "insats": draft.get("insats") or "",
        "text_changed": bool(draft.get("text_changed", False)),
    }


def _draft_giver(facts: Fact, who: Any) -> str:
    return "m" if both(who) and facts.get("representative") else given_by(who, facts)


def _draft_form(facts: Fact, draft: Fact) -> Any:
    form = FORMS.get(draft.get("form", "written"), draft.get("form"))
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
            "valid_until": until(draft.get("until")),
        }
        for owner in parts[0]
        for to in parts[1]
        for category in parts[2]
    ]


def _draft_kinds(kinds: Any) -> list[Any]:
    if isinstance(kinds, str) and kinds not in {"plan", "secrecy", "sus"}:
        told = [kind for kind in ("plan", "secrecy", "sus") if kind in kinds]
        return told if len(told) > 1 else ["plan", "secrecy"]
    return kinds if isinstance(kinds, list) else [kinds]


def _some(codes: Any) -> list[str]:
    return ["*" if code in EVERYTHING else code for code in named(codes)] or [""]


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
