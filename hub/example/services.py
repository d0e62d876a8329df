"""What loading the example needs, and what it has loaded."""

from dataclasses import dataclass, field
from typing import Protocol

from hub.access import Decider
from hub.agencies import Administration, AgencyId, Approvals, AssignmentId, Directory, UnitId
from hub.cases import Cases
from hub.consent import ConsentServices
from hub.kit.clock import Clock
from hub.people import Clearances, People, PersonId, Protecting, Representing


class Services(Protocol):
    """What the example needs of the hub."""

    @property
    def clock(self) -> Clock: ...
    @property
    def decider(self) -> Decider: ...
    @property
    def directory(self) -> Directory: ...
    @property
    def administration(self) -> Administration: ...
    @property
    def approvals(self) -> Approvals: ...
    @property
    def people(self) -> People: ...
    @property
    def protecting(self) -> Protecting: ...
    @property
    def clearances(self) -> Clearances: ...
    @property
    def representing(self) -> Representing: ...
    @property
    def cases(self) -> Cases: ...
    @property
    def consent(self) -> ConsentServices: ...


@dataclass
class Loaded:
    """The ids that the example got, by the keys of its files."""

    posts: dict[str, AssignmentId] = field(default_factory=dict[str, AssignmentId])
    units: dict[str, UnitId] = field(default_factory=dict[str, UnitId])
    agency_of: dict[str, AgencyId] = field(default_factory=dict[str, AgencyId])
    #: Each agency's reference for an individual.
    persons: dict[tuple[str, str], PersonId] = field(default_factory=dict[tuple[str, str], PersonId])
