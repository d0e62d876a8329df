"""A disclosure: what the owner has, told to the receiver, or to the individual."""

from typing import Any, get_args

from hub.access.questions.words import Category, Regime, Surface
from tests.policies.translation.consents import lines, stops
from tests.policies.translation.people import caller, disposal, instant, kind, mandates, now_of, own_door, person, until
from tests.policies.translation.vocabulary import ALWAYS, REGIMES, SURFACES, Fact


def disclose(facts: Fact) -> list[tuple[str, Fact]]:
    """Return the exchange as questions by name: what the question tells (when the scenario speaks of it), and the answer."""
    receiver = facts.get("receiver") or {}
    if own_door(facts) or receiver.get("kind") in {"individual", "guardian"}:
        return [("show_to_individual", _show(facts))]
    answer = _answer(facts)
    if "question_ground" not in facts:
        return [("disclose", answer)]
    return [("disclose", _asking(facts, answer)), ("disclose", answer)]


def _answer(facts: Fact) -> Fact:
    owner, receiver = facts["owner"], facts["receiver"]
    return {
        "direction": "answer",
        "now": now_of(facts),
        "caller": caller(facts),
        "person": person(facts),
        "disposal": disposal(facts),
        "owner": _owner(facts, owner),
        "receiver": _receiver(facts, receiver),
        "same_branch": facts.get("same_branch", False),
        "own_unit": owner["agency"] == receiver["agency"],
        "categories": facts.get("categories", []),
        "items": facts.get("items", []),
        "purpose": facts["purpose"],
        "road": facts.get("channel", "hub_request"),
        "surface": surface(facts.get("surface", "case_view")),
        "attachment": _attachment(facts.get("attachment")),
        "identity": _identity(facts.get("identity", "named")),
        "claimed": _claimed(facts.get("ground_claimed", {"type": "none"})),
        "lines": lines(facts, receiver),
        "stops": stops(facts),
        "mandates": mandates(facts),
        "third_persons": third_persons(facts),
        "decisions": _decisions(facts),
        "supplier_needs": _supplier_needs(facts),
    }


def _asking(facts: Fact, answer: Fact) -> Fact:
    """Return what the question itself would tell: that the asking agency is in contact with the individual."""
    ground = facts["question_ground"] or {"type": "none"}
    asker = {**facts["receiver"], "secrecy": "OSL 26:1" if facts["receiver"]["kind"] == "ame" else None}
    return {
        **answer,
        "direction": "question",
        "owner": _owner({}, asker),
        "receiver": _receiver(facts, facts["owner"]),
        "own_unit": False,
        "categories": ["party"],
        "claimed": _claimed(ground),
        "lines": _named_line(facts, ground),
        "decisions": [],
        "third_persons": [],
        "supplier_needs": [],
    }


def _named_line(facts: Fact, ground: Fact) -> list[Fact]:
    if ground.get("type") != "consent":
        return []
    return [line for line in lines(facts, facts["owner"]) if line["id"].startswith(f"{ground.get('ref')}/")]


def _owner(facts: Fact, owner: Fact) -> Fact:
    return {
        "agency": owner["agency"],
        "kind": kind(owner["kind"]),
        "authority": owner["agency"].split("/")[0],
        "regime": _regime(owner.get("secrecy"), owner["kind"]),
        "approvals": _approvals(facts),
    }


def _regime(secrecy: Any, kind: str) -> Any:
    usual = {"socialtjanst": "OSL 26:1", "af": "OSL 28:11", "fk": "OSL 28:1", "forbund": "none", "school": "OSL 23:5"}
    if secrecy is None:
        return "OSL 25:1" if kind.startswith("region") else usual.get(kind, "unset")
    plain = " ".join(str(secrecy).split()[:2])
    known = REGIMES.get(plain, plain)
    return known if known in get_args(Regime) else "unset"


def _approvals(facts: Fact) -> list[Fact]:
    roads = [f"{road}/{purpose}" for road in ("hub_request", "ssbtek", "lefi") for purpose in ("ekonomiskt_bistand",)]
    history = facts.get("approval_history")
    if history:
        named = [
            {"code": each["rule"], "valid_from": instant(each["from"]), "valid_until": until(each.get("until"))}
            for each in history
        ]
        return [*named, *({"code": road, **ALWAYS} for road in roads)]
    rules = facts.get("owner_rules_approved")
    if rules is None:
        rules = ["consent", "SoL 15:8", "SoL 15:10", "SoL 15:11", "OSL 28:12 a"]
    return [{"code": code, **ALWAYS} for code in [*rules, *roads]]


def _receiver(facts: Fact, receiver: Fact) -> Fact:
    case = facts.get("receiver_case", {"open": True})
    asked = [*(facts.get("categories") or []), *(facts.get("items") or [])]
    return {
        "agency": receiver["agency"],
        "kind": kind(receiver["kind"]),
        "authority": receiver["agency"].split("/")[0],
        "case_open": case.get("open", True) if case is not None else None,
        "necessary": case.get("necessary", asked) if case is not None else None,
    }


def third_persons(facts: Fact) -> list[Fact]:
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
            "categories": [code for code in facts.get("categories", []) if code in get_args(Category)],
            "conditions": conditions(facts.get("circumstance")),
            "reasoned": ground.get("documented_reason", True),
            **ALWAYS,
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
    return list(needed) if isinstance(needed, list) else facts.get("categories", []) if needed else []


def surface(name: str) -> str:
    """Return the surface in the policy's words; one it doesn't know is `other`."""
    known = SURFACES.get(name, name)
    return known if known in get_args(Surface) else "other"


def _attachment(attachment: Fact | None) -> str:
    if not attachment:
        return "none"
    return "clean" if attachment.get("scanned") and attachment.get("metadata_stripped") else "unclean"


def _identity(identity: str) -> str:
    return "identifying" if identity == "anonymous_but_identifying" else identity


def _show(facts: Fact) -> Fact:
    return {
        "now": now_of(facts),
        "caller": caller(facts),
        "person": person(facts),
        "disposal": disposal(facts),
        "mandates": mandates(facts),
        "owner": facts["owner"]["agency"],
        "categories": facts.get("categories", []),
        "owner_withholds": [],
        "withheld": [],
        "third_persons": third_persons(facts),
        "surface": surface(facts.get("surface", "case_view")),
    }
