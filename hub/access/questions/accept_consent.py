"""May the caller accept, for the owner, the evidence of a consent that somebody else recorded."""

from hub.access.questions.facts import CallerFacts, Facts, PersonFacts


class AcceptConsent(Facts, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """May the caller say, for the owner, that the evidence of a consent is enough, or that it isn't (law 2.4).

    `owner`: the agency whose secrecy the line would open. `receiver`: the agency it would open to.
    `recorded_by_caller`: the caller wrote the consent down; nobody accepts their own record.
    Either answer is the same act: the question holds no answer.
    """

    now: int
    caller: CallerFacts
    person: PersonFacts
    owner: str
    receiver: str
    recorded_by_caller: bool
