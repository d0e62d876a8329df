"""What this road needs to be told."""

from dataclasses import dataclass, field

from adapters.forsakringskassan.codes import GROUPS
from hub.kit.http import Tls


@dataclass(frozen=True, slots=True)
class Settings:
    """`base_url`: without a slash at the end. `actor`: the `aktorsId` that the agency has given the hub.

    `tls`: the contract names no security scheme; the agency knows the hub by its certificate (mTLS) and the actor in
    the path. `left_out`: groups outside the agreement, with spaces between; they are never asked for. The contract has no field for
    purpose and ground, so they go as headers, under the names that the agreement says; "" sends none.
    `made_up_allowed`: a sandbox agency may answer; the hub's mode says so, never the operator's file.
    """

    base_url: str
    actor: str
    tls: Tls = field(default_factory=Tls)
    left_out: str = ""
    purpose_header: str = "X-Andamal"
    ground_header: str = "X-Rattslig-Grund"
    entry_header: str = "X-Korrelations-Id"
    made_up_allowed: bool = False

    @property
    def agreed(self) -> frozenset[str]:
        """The groups that may be asked for."""
        return frozenset(GROUPS) - frozenset(self.left_out.split())
