"""May the individual, or a representative, see what an owner has on the individual."""

from hub.access.questions.facts import (
    CallerFacts,
    DisposalFacts,
    Facts,
    MandateFacts,
    PersonFacts,
    ThirdPersonFacts,
    WithholdingFacts,
)
from hub.access.questions.words import Category, Surface


class ShowToIndividual(Facts, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """May the individual, or one who acts for them, see this (OSL 12:1, 12:3; readings R6, R7, R23).

    `caller` is at the individual's door: `own` for the individual, `mandate` for a representative.
    `owner`: whose material it is. `owner_withholds`: categories that the owner's own answer says are secret from the
    individual too (OSL 12:1 with the exceptions of the law). `withheld`: what officials, of any owner, have decided.
    """

    now: int
    caller: CallerFacts
    person: PersonFacts
    disposal: DisposalFacts
    mandates: list[MandateFacts]
    owner: str
    categories: list[Category]
    owner_withholds: list[Category]
    withheld: list[WithholdingFacts]
    third_persons: list[ThirdPersonFacts]
    surface: Surface
