"""What this road needs to be told."""

from dataclasses import dataclass, field

from hub.kit.http import Tls


@dataclass(frozen=True, slots=True)
class Settings:
    """`base_url`: without a slash at the end."""

    base_url: str
    tls: Tls = field(default_factory=Tls)
    made_up_allowed: bool = False
