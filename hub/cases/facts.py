"""What a decision in a case needs to know of it, as it was read."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from hub.access.questions import DecisionFacts, PlaceFacts
from hub.agencies import AgencyFacts, Approval, AssignmentFacts
from hub.cases.model import CaseState
from hub.consent import ConsentFacts
from hub.people import PersonFacts


@dataclass(frozen=True, slots=True)
class Frame:
    """A case without anything sealed: what a decision in it needs."""

    id: str
    number: str
    leading: str
    purpose: str
    open: bool
    version: int


@dataclass(frozen=True, slots=True)
class Seen:
    """A case as one caller meets it. `frame` is None when there is none; the rest is then a decoy's."""

    epoch: int
    agency: AgencyFacts | None
    assignment: AssignmentFacts | None
    frame: Frame | None
    party: bool
    places: tuple[PlaceFacts, ...]
    person: PersonFacts


class CaseRow(NamedTuple):
    """A case as it is stored, read for a permit: `subject` is sealed."""

    id: str
    number: str
    individual_id: str
    leading_agency: str
    purpose: str
    subject: bytes
    state: CaseState
    opened_at: datetime
    closed_at: datetime | None
    version: int


class Seat(NamedTuple):
    """A place in a case's team, read for a permit."""

    id: str
    assignment_id: str
    responsible: bool
    added_by: str
    valid_from: datetime
    valid_until: datetime


@dataclass(frozen=True, slots=True)
class PartySeen:
    """A party of a case with what the individual has said between it and the caller's agency, both ways."""

    agency: AgencyFacts
    approvals: tuple[Approval, ...]
    case_open: bool
    necessary: tuple[str, ...]
    to_us: ConsentFacts
    from_us: ConsentFacts
    decisions: tuple[DecisionFacts, ...]
