"""What leaves without consent: statutory duties, AF's suppliers, and what an official has decided by hand."""

from hub.access.questions import Disclose
from tests.policies.oracle import law
from tests.policies.oracle.common import in_force
from tests.policies.oracle.consent import approved


def duty(q: Disclose, item: str) -> list[str]:
    """Return the paragraph when a single item is owed (SoL 15:8, 15:10, 15:11; R13), in an open case that needs it."""
    owner, items = law.DUTIES.get(q.claimed, ("", frozenset[str]()))
    reach = q.owner.kind == owner and q.receiver.kind == "socialtjanst"
    if q.claimed == "SoL 15:8":
        reach = reach and q.owner.authority == q.receiver.authority
    else:
        reach = reach and approved(q, f"{q.road}/{q.purpose}")
    needed = q.receiver.case_open and item in q.receiver.necessary
    return [q.claimed] if reach and item in items and needed and approved(q, q.claimed) else []


def supplier(q: Disclose, category: str) -> bool:
    """OSL 28:12 a: AF to a contracted supplier, what the contract needs."""
    kinds = q.owner.kind == "af" and q.receiver.kind in {"af_supplier", "ame"}
    return kinds and category in q.supplier_needs and approved(q, "OSL 28:12 a")


def by_hand(q: Disclose, category: str) -> list[str]:
    """Return the paragraphs on which an official of the owner has decided this (R12)."""
    return [
        each.paragraph
        for each in q.decisions
        if each.owner == q.owner.agency
        and each.receiver == q.receiver.agency
        and category in each.categories
        and each.reasoned
        # Control of others' payments is outside the hub's purpose (law 2.3): recorded when it happens, never a road.
        and each.paragraph != "OSL 10:15 a"
        and in_force(each, q.now)
        and law.can_be_decided(each.paragraph, q.owner.kind, q.receiver.kind, frozenset(each.conditions))
    ]
