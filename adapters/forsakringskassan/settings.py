"""What this road needs to be told."""

from dataclasses import dataclass, field

from adapters.forsakringskassan.codes import FK_GROUPS, OTHER, PM_GROUPS
from hub.kit.http import Tls


@dataclass(frozen=True, slots=True)
class Settings:
    """`base_url`: without a slash at the end. `actor`: the `aktorsId` that the agency has given the hub.

    `tls`: the contract names no security scheme; the agency knows the hub by its certificate (mTLS) and the actor in
    the path. `agreed`: the groups of the agreement; none but those are asked for. The contract has no field for
    purpose and ground, so they go as headers, under the names that the agreement says; "" sends none.
    `made_up_allowed`: a sandbox agency may answer; the hub's mode says so, never the operator's file.
    """

    base_url: str
    actor: str
    tls: Tls = field(default_factory=Tls)
    agreed: frozenset[str] = frozenset(FK_GROUPS) | frozenset(PM_GROUPS) | frozenset(OTHER)
    purpose_header: str = "X-Andamal"
    ground_header: str = "X-Rattslig-Grund"
    entry_header: str = "X-Korrelations-Id"
    made_up_allowed: bool = False
