"""May the caller do this act of administration."""

from hub.access.questions.facts import CallerFacts, Facts
from hub.access.questions.words import AdministrationAct, Role


class Administer(Facts, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """May the caller do this for an agency (design, who takes part; nobody grants themselves anything).

    `agency`: whose matter it is. `subject_is_caller`: what is granted would fall to the caller, in any assignment.
    `roles`: roles that would be granted; [] when none.
    `decided`: for a rule, a purpose, a regime, a retention time or a hold: the official, the date and the diarienummer
    of the agency's decision are given.
    """

    now: int
    caller: CallerFacts
    act: AdministrationAct
    agency: str
    subject_is_caller: bool
    roles: list[Role]
    decided: bool
