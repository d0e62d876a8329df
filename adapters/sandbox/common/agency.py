"""What an agency's own file is given, and what it hands back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Protocol

from starlette.types import ASGIApp

from adapters.sandbox.common.faults import Switch
from hub.kit.clock import Clock

#: The example's agencies that have a road: slug as in the hub → folder here, and beside it for the adapter.
FOLDERS: Final = {
    "soc": "socialtjanst",
    "af": "arbetsformedlingen",
    "fk": "forsakringskassan",
    "psyk": "psykiatri",
}


@dataclass(frozen=True, slots=True)
class Phrase:
    """A reply as the agency's format words it."""

    status: int
    media_type: str
    body: bytes
    headers: dict[str, str] = field(default_factory=dict[str, str])


class Phrases(Protocol):
    """How this agency says what every agency may have to say."""

    def down(self) -> Phrase:
        """Its service is closed."""
        ...

    def over_quota(self, seconds: int) -> Phrase:
        """The hub has asked too much; it may ask again after `seconds`."""
        ...

    def wrong(self) -> Phrase:
        """It failed, in its own error format."""
        ...


@dataclass(frozen=True, slots=True)
class Given:
    """What the process gives the agency.

    `base_url`: https, without a slash at the end. `hub_keys`: a JWKS file with the hub's public keys, for those that
    know the hub by private_key_jwt, under `client_id`. The app itself asks `switch` whether it is to be dishonest.
    """

    base_url: str
    switch: Switch
    clock: Clock
    client_id: str
    hub_keys: Path


@dataclass(frozen=True, slots=True)
class Agency:
    """One sandbox agency.

    `knows`: number → what its register holds, as Swedish lines for the page; none when it doesn't know the number.
    `numbers`: all that are in its register. `spared`: paths that faults leave alone (where tokens are given), but for
    the expired certificate. `client_certificate`: TLS demands the hub's. `media_type`: of its ordinary answers.
    """

    slug: str
    name: str
    app: ASGIApp
    phrases: Phrases
    media_type: str
    numbers: Sequence[str]
    knows: Callable[[str], Sequence[str]]
    client_certificate: bool = False
    spared: frozenset[str] = frozenset()
