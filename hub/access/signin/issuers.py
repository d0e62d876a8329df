"""The identity providers that this hub listens to, each bound to whom it may speak for.

The file that `HUB_ISSUERS` names:

    {"issuers": [{"issuer": "https://idp.example", "label": "Tjänstelegitimation", "client_id": "samverkanshubben",
                  "doors": ["personal"], "agencies": ["soc", "ame"], "partners": true}]}

`agencies` says for whose staff and whose partner systems an issuer's word is good: another agency's provider can't
make anybody an official of theirs. Individuals come only through an issuer with the door `privat`.
"""

import ipaddress
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, model_validator

from hub.access.signin.errors import MadeUpProvider
from hub.access.signin.model import Door

_LEVEL: Final = "http://id.elegnamnden.se/loa/1.0/loa"
#: The levels of assurance of the Swedish profile, by their names in `acr`. What isn't named here is no level at all.
SWEDISH_LEVELS: Final[Mapping[str, int]] = {f"{_LEVEL}{level}": level for level in (2, 3, 4)}


class Issuer(BaseModel):
    """One identity provider as the operator names it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    issuer: str
    #: What the button says: the eID or the card, as people know it.
    label: str = Field(min_length=1)
    client_id: str = Field(min_length=1)
    doors: frozenset[Door] = frozenset()
    agencies: frozenset[str] = frozenset()
    partners: bool = False
    levels: dict[str, int] = Field(default_factory=lambda: dict(SWEDISH_LEVELS))

    @model_validator(mode="after")
    def _bound(self) -> Self:
        if (Door.STAFF in self.doors or self.partners) and not self.agencies:
            raise ValueError(f"{self.issuer}: say which agencies it may speak for")
        if not self.doors and not self.partners:
            raise ValueError(f"{self.issuer}: say whom it is for (doors, partners)")
        if urlsplit(self.issuer).scheme != "https" and not self.on_this_machine:
            raise ValueError(f"{self.issuer}: an identity provider is only reached over https")
        return self

    @property
    def on_this_machine(self) -> bool:
        """Whether it is a loopback address."""
        host = urlsplit(self.issuer).hostname or ""
        try:
            return ipaddress.ip_address(host).is_loopback
        except ValueError:
            return host == "localhost"

    def strengths(self, least: int) -> list[str]:
        """Return the `acr` values of at least this level, the lowest first."""
        return [name for name, level in sorted(self.levels.items(), key=lambda each: each[1]) if level >= least]


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    issuers: tuple[Issuer, ...] = Field(min_length=1)


def read_issuers(path: Path, *, production: bool) -> tuple[Issuer, ...]:
    """Return the issuers of a settings file.

    Raises pydantic's ValidationError (a ValueError), OSError, or MadeUpProvider for a loopback issuer in production.
    """
    issuers = _File.model_validate(json.loads(path.read_text())).issuers
    if production:
        refuse_loopback(issuers)
    return issuers


def refuse_loopback(issuers: Iterable[Issuer]) -> None:
    """Raise MadeUpProvider when an issuer runs on the hub's own machine, as only the example's does."""
    for each in issuers:
        if each.on_this_machine:
            raise MadeUpProvider(f"{each.issuer}: a hub in production takes no identity provider on its own machine")
