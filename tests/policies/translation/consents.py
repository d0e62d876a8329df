"""Consents written out as lines; blocks and exclusions as stops."""

from typing import Any, get_args

from hub.access.questions import FAR_FUTURE_S
from hub.access.questions.words import Category, Purpose
from tests.policies.translation.people import given_by, instant, named, until
from tests.policies.translation.vocabulary import Fact


def lines(facts: Fact, receiver: Fact) -> Any:
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
            "purpose": purpose,
            "valid_from": instant(consent.get("from")),
            "valid_until": until(consent.get("until")),
            "ended_at": until(consent.get("withdrawn_at")),
            "accepted": _accepted(consent, owner),
            "given_by": given_by(consent.get("given_by", "self"), facts),
            "given_at": instant(consent.get("given_at", consent.get("from"))),
            "reserved": bool(consent.get("condition")),
        }
        for consent in facts.get("consents", [])
        for number, (owner, to, category, purpose) in enumerate(
            (owner, to, category, purpose)
            for owner in named(consent.get("owners"))
            for to in named(consent.get("receivers"))
            for category in named(consent.get("categories"))
            for purpose in _purposes(consent.get("purpose"))
            if category in get_args(Category)
        )
    ]


def _purposes(purpose: Any) -> list[Any]:
    """Return the purposes; one that isn't in the vocabulary is no purpose, but none at all is left so."""
    return [code for code in ([None] if purpose is None else named(purpose)) if code in {None, *get_args(Purpose)}]


def _accepted(consent: Fact, owner: str) -> bool:
    recorded = consent.get("recorded_by")
    if "evidence" in consent and consent["evidence"] is None:
        return False
    return recorded in {None, owner, "self", "individual"} or consent.get("evidence_accepted_by") == owner


def stops(facts: Fact) -> Any:
    if facts.get("blocks") is None and "blocks" in facts:
        return None
    blocks = [
        (
            True,
            owner,
            block.get("receivers", "all"),
            block.get("categories", "all"),
            *_block_period(block),
        )
        for block in facts.get("blocks", [])
        for owner in _all(block.get("owner", "all"))
    ]
    consents = facts.get("consents") or []
    lifted = {old: instant(new["given_at"]) for new in consents for old in named(new.get("lifts_exclusions_of"))}
    exclusions = [
        (False, owner, named(consent.get("receivers")) or "all", consent.get("exclusions") or [], *period)
        for consent in consents
        for period in [(instant(consent.get("given_at")), lifted.get(consent["id"], FAR_FUTURE_S))]
        for owner in named(consent.get("owners"))
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
    return instant(block["set_at"]), until(block.get("lifted_at"))


def _all_of(code: str) -> str:
    return "*" if code == "all" else code


def _all(codes: Any) -> list[str]:
    return [_all_of(each) for each in named(codes)]
