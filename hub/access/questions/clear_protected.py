"""May the caller give this named clearance for a protected individual."""

from hub.access.questions.facts import CallerFacts, Facts, PersonFacts
from hub.access.questions.words import Relation, Role


class ClearProtected(Facts, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """May the caller give this named clearance (HUB-04; FFS-10; law 3.5; reading R11).

    `grantee_*`: who would be cleared: at which agency, with which roles, a named person (never a unit or a role), the
    caller, or one who is the individual or a relative.
    `one_individual`: the clearance is for this very individual, not for protected ones in general.
    `reason_given`: a reason is written. `valid_from`, `valid_until`: a clearance has an end.
    `none_cleared`: nobody at the caller's agency is cleared for this individual yet, and the agency knows them: then a
    manager may name the first (after a protection was confirmed) without being cleared.
    """

    now: int
    caller: CallerFacts
    person: PersonFacts
    grantee_agency: str
    grantee_roles: list[Role]
    grantee_named: bool
    grantee_is_caller: bool
    grantee_relation: Relation
    one_individual: bool
    reason_given: bool
    valid_from: int
    valid_until: int
    none_cleared: bool
