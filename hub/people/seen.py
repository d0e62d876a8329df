"""One individual, or a decoy, as a caller meets them: what one reading statement found."""

from dataclasses import dataclass

from hub.agencies import AgencyFacts, AgencyId, AssignmentFacts
from hub.audit import Stand
from hub.people.facts import PersonFacts
from hub.people.model import PersonId, Relation


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, as the reading statement needs them: the caller's ref in the ledger, assignment ("") and agency."""

    ref: str
    assignment: str
    agency: AgencyId


@dataclass(frozen=True, slots=True)
class Seen:
    """One individual (or a decoy) as a caller meets them."""

    #: The epoch of the caller's own row of `standing`.
    epoch: int
    agency: AgencyFacts | None
    assignment: AssignmentFacts | None
    #: The agency's reference; None when what was asked for doesn't exist.
    reference: PersonId | None
    person: PersonFacts

    @property
    def known(self) -> bool:
        return self.reference is not None

    def stands(self, caller_ref: str) -> tuple[Stand, ...]:
        """Return what a decision about these facts stands on."""
        return Stand(caller_ref, self.epoch), Stand(self.person.subject, self.person.epoch)


@dataclass(frozen=True, slots=True)
class Grantee:
    """Who would be cleared."""

    assignment: AssignmentFacts | None
    relation: Relation
    none_cleared: bool
    is_caller: bool
