"""What this road needs to be told."""

from dataclasses import dataclass, field
from typing import Final

from hub.kit.http import Tls
from hub.kit.secret import Secret

#: Reading and searching, for no particular user (SMART App Launch 2.2, backend services).
SCOPES: Final = (
    "system/Appointment.rs system/CarePlan.rs system/CareTeam.rs system/Condition.rs system/Encounter.rs"
    " system/EpisodeOfCare.rs system/Location.rs system/Observation.rs system/Organization.rs system/Patient.rs"
    " system/Practitioner.rs"
)


@dataclass(frozen=True, slots=True)
class Settings:
    """`base_url`: of the FHIR server, without a slash at the end. `key`: a private JWK; SMART wants P-384
    or RSA of it. `page`: how many resources a page is asked to hold; the server may give fewer. `made_up_allowed`: never in production.
    """

    base_url: str
    client_id: str
    key: Secret[bytes]
    tls: Tls = field(default_factory=Tls)
    scopes: str = SCOPES
    page: int = 100
    made_up_allowed: bool = False
