"""May the caller open a case on this individual."""

from hub.access.questions.facts import CallerFacts, Facts, PersonFacts
from hub.access.questions.words import Purpose


class OpenCase(Facts, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """May the caller open a case on this individual, led by the caller's own agency (HUB-01; reading R31).

    Other agencies become parties by an act of their own (`act_in_case`), each on a ground to be told.

    `own_reference`: the caller's agency has registered the individual. `leading`: the agency that is to lead.
    """

    now: int
    caller: CallerFacts
    person: PersonFacts
    own_reference: bool
    leading: str
    purpose: Purpose
