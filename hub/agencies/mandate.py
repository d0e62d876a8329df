"""By what right somebody administers an agency, and what no administrator may do."""

from dataclasses import dataclass

from hub.agencies.model import AgencyId, AssignmentId
from hub.kit.errors import Refused

#: Who acts when the operator sets up an agency and appoints its first administrator.
OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Mandate:
    """The right to administer `agency`, as decided in ledger entry `entry`.

    Made of a permit of the question `administer` (`hub.access`, which lies above this capability and so can't be named
    here), or by the operator from the command line.
    """

    agency: AgencyId
    assignment: AssignmentId
    name: str
    title: str
    entry: str

    @classmethod
    def of_operator(cls, agency: AgencyId) -> "Mandate":
        """Return the operator's mandate: to take in an agency and appoint its first administrator."""
        return cls(agency, AssignmentId(OPERATOR), "Driften", "", "")

    @property
    def by_operator(self) -> bool:
        return self.assignment == OPERATOR


class OwnGain(Refused):
    """Nobody grants themselves anything."""

    code, title = "egen-vinning", "Du kan inte ge dig själv en behörighet"
    detail = "Be en annan administratör på myndigheten göra det."
