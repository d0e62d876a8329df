"""What the road to Arbetsförmedlingen needs to be told."""

from dataclasses import dataclass
from typing import Final

from hub.broker.port import Capabilities
from hub.kit.http import Tls

CAPABILITIES: Final = Capabilities(
    road="ssbtek",
    name="SSBTEK",
    categories=frozenset({"employment", "benefits", "party"}),
    items=frozenset(
        {
            "name_personnummer",
            "registration_dates",
            "a_kassa",
            "sokandekategori",
            "programme_and_period",
            "last_activity_report_date",
        }
    ),
    purposes=frozenset({"ekonomiskt_bistand"}),
    duty="SoL 15:11",
)
"""What the format can carry. It holds no assessment and no plan, and is lawful for one purpose (law 4.1, reading R14)."""


@dataclass(frozen=True, slots=True)
class Settings:
    """`url`: the whole address of the service. `tls`: whom we trust, and our own certificate (the service demands one).

    `made_up_allowed`: the sandbox may answer; never so in production.
    """

    url: str
    tls: Tls
    made_up_allowed: bool = False
