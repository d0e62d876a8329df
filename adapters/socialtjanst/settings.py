"""What this road needs to be told, and what it can carry."""

from dataclasses import dataclass, field
from typing import Final

from adapters.socialtjanst.codes import CATEGORIES
from hub.broker.port import Capabilities
from hub.kit.http import Tls
from hub.kit.secret import Secret

SCOPE: Final = "personuppgifter.las"
CAPABILITIES: Final = Capabilities(
    road="hub_request",
    name="Socialtjänstens API",
    categories=CATEGORIES,
    items=frozenset({"is_current"}),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """`base_url`: with the version and without a slash at the end (https://…/v1). `token_url`: where tokens are given.
    `key`: a private JWK as JSON. `page`: how many items a page is asked to hold. `made_up_allowed`: never in production.
    """

    base_url: str
    token_url: str
    client_id: str
    key: Secret[bytes]
    tls: Tls = field(default_factory=Tls)
    page: int = 50
    made_up_allowed: bool = False
