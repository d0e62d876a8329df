"""May the caller learn that this individual is known at all."""

from typing import Literal

from hub.access.questions.facts import CallerFacts, DisposalFacts, Facts, MandateFacts, PersonFacts


class SeePerson(Facts, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """May the caller learn that this individual is known at all (HUB-04; FFS-03; readings R8, R9, R25).

    Asked for a look-up, a reference, a row in a list, and by the individual or a representative at their own door.

    `own_reference`: the caller's agency has a reference of its own for the individual and the caller asked for just
    that one (by its number in a form, or by the reference); others of that agency than the case team may then learn
    that their own agency knows the individual; for a protected individual those who are cleared by name.
    `by`: how it was asked. "own_list" is the list of protected cases of one who is cleared, "list" a row in any other
    list, where a protected individual never stands (R9). Nobody searches by name or by a former number.
    `disposal` and `mandates` matter at the individual's door only (`caller.mandate`).
    """

    now: int
    caller: CallerFacts
    person: PersonFacts
    disposal: DisposalFacts
    mandates: list[MandateFacts]
    own_reference: bool
    by: Literal["number", "reference", "own_list", "list", "name", "former_number", "other"]
