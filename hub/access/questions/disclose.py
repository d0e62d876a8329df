"""May what the owner has be told to the receiver, now."""

from typing import Literal

from hub.access.questions.facts import (
    CallerFacts,
    DecisionFacts,
    DisposalFacts,
    Facts,
    LineFacts,
    MandateFacts,
    OwnerFacts,
    PersonFacts,
    ReceiverFacts,
    StopFacts,
    ThirdPersonFacts,
)
from hub.access.questions.words import Category, Purpose, Road, Surface


class Disclose(Facts, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """May the receiver's caller read what the owner has in these categories, or these items, now.

    Every exchange is two questions (HUB-01; `design.md`, asking is itself a disclosure):
    `direction` "question": the agency that asks is the **owner** of what its question tells (category `party`, that it
    is in contact with the individual), the agency that is asked is the receiver, the caller is the owner's. A statutory
    right to ask is ground for it too, for the items it names (R13): `claimed` and `items` say so, and the rule and its
    purpose over the road are then among the approvals of the agency that asks.
    `direction` "answer": the agency that answers is the owner, the one that asked the receiver, the caller the receiver's.

    `same_branch`: owner and receiver are one verksamhetsgren (OSL 8:2), so that no border is crossed.
    `own_unit`: the caller works in the very unit whose material it is (R24).
    `categories` or `items`: what is asked; items are single data under a statutory duty ("benefit_amount").
    `claimed`: the ground that the request states, "SoL 15:10" for instance; "" for consent, own case or none.
    `attachment`: "clean" when it is scanned and its metadata is stripped, "none" when there is none.
    `identity`: how a consultation names the individual (GT-18); "named" in everything else.
    `lines`, `stops`: of this individual, those between this owner and this receiver (others change nothing).
    `mandates`: those that a line's `given_by` names. `decisions`: by hand, by an official of the owner.
    `supplier_needs`: categories that AF's contract with the receiver needs (OSL 28:12 a); [] without one.
    """

    direction: Literal["question", "answer"]
    now: int
    caller: CallerFacts
    person: PersonFacts
    disposal: DisposalFacts
    owner: OwnerFacts
    receiver: ReceiverFacts
    same_branch: bool
    own_unit: bool
    categories: list[Category]
    items: list[str]
    purpose: Purpose
    road: Road
    surface: Surface
    attachment: Literal["none", "clean", "unclean"]
    identity: Literal["named", "anonymous", "identifying"]
    claimed: str
    lines: list[LineFacts]
    stops: list[StopFacts]
    mandates: list[MandateFacts]
    third_persons: list[ThirdPersonFacts]
    decisions: list[DecisionFacts]
    supplier_needs: list[Category]
