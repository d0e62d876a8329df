"""Every setting of the hub, typed, in one object. Read from the environment (`HUB_…`) once, at start.

No secret has a default: a hub that isn't told its keys doesn't start.
"""

import base64
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AnyHttpUrl, BaseModel, BeforeValidator, Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from hub.kit.secret import Secret

ROOT = Path(__file__).resolve().parent.parent


class Mode(StrEnum):
    """What the hub is for. The example accepts made-up identity providers and plain HTTP on this machine."""

    PRODUCTION = "production"
    EXAMPLE = "example"


class Engine(StrEnum):
    """Which engine decides: the compiled policy inside the process, or an OPA server beside it."""

    WASM = "wasm"
    OPA = "opa"


def _secret(value: object) -> object:
    return Secret(base64.b64decode(value)) if isinstance(value, str) else value


SecretBytes = Annotated[Secret[bytes], BeforeValidator(_secret)]


class Keys(BaseModel, arbitrary_types_allowed=True):
    """The operator's secrets, base64. `operator` unwraps the data keys (32 bytes; 64 after a change of key),
    `operator_next` is what it is being changed to (`hub keys`), `ledger` signs checkpoints
    (Ed25519 seed, 32 bytes), `client` proves the hub to identity providers (a private JWK as JSON)."""

    operator: SecretBytes
    operator_next: SecretBytes | None = None
    ledger: SecretBytes
    client: SecretBytes

    @model_validator(mode="after")
    def _sizes(self) -> "Keys":
        operators = [self.operator, *([self.operator_next] if self.operator_next else [])]
        if any(len(each.reveal()) not in {32, 64} for each in operators) or len(self.ledger.reveal()) != 32:  # noqa: PLR2004
            raise ValueError("operator and ledger keys are 32 bytes each (a changed operator key 64), base64")
        return self


class RoadSettings(BaseSettings):
    """What it takes to open the roads to the agencies, and nothing else: no database, no key."""

    model_config = SettingsConfigDict(env_prefix="HUB_", env_nested_delimiter="__", extra="ignore")

    mode: Mode = Mode.PRODUCTION
    #: A JSON file: the agencies that have an automatic road, and how (hub/roads.py). None: everything is asked by hand.
    roads: Path | None = None


class Settings(RoadSettings):
    """What one hub process needs to know."""

    model_config = SettingsConfigDict(env_prefix="HUB_", env_nested_delimiter="__", extra="forbid")

    base_url: AnyHttpUrl = AnyHttpUrl("https://localhost")
    host: str = "127.0.0.1"
    port: int = 8765
    workers: int = Field(default=1, ge=1)

    database_url: str
    keys_database_url: str
    keys: Keys
    connections: int = Field(default=10, ge=2)

    engine: Engine = Engine.WASM
    opa_url: AnyHttpUrl | None = None
    policies: Path = ROOT / "policies"
    #: A folder where each compiled policy that has decided is kept, so that its decisions can be replayed.
    archive: Path | None = None

    #: A JSON file: the identity providers, each with the agencies it may speak for.
    issuers: Path
    #: The one proxy whose word on client certificates is believed: its address, and the header it sets.
    certificate_proxy: str | None = None

    #: The name of this hub's log in checkpoints (C2SP origin line).
    ledger_origin: str = "samverkanshubben.example/logg"
    #: A file or folder outside the database where checkpoints are kept; one that doesn't fit stops the hub.
    checkpoints: Path | None = None
    #: How much one caller may ask, in each worker. Counts who asks, never whom they ask about.
    requests_per_minute: int = Field(default=600, ge=10)
    log_level: Literal["debug", "info", "warning"] = "info"
    #: Whether requests, and the questions they lead to, are traced to the OpenTelemetry provider that the operator has set.
    tracing: bool = False

    @model_validator(mode="after")
    def _production(self) -> "Settings":
        if self.mode is Mode.PRODUCTION and self.base_url.scheme != "https":
            raise ValueError("a hub in production mode is only served over https")
        if self.workers > 1 and self.database_url.startswith("sqlite"):
            raise ValueError("SQLite takes one worker; use PostgreSQL for more")
        if self.engine is Engine.OPA and self.opa_url is None:
            raise ValueError("HUB_OPA_URL is missing: the engine 'opa' needs an OPA server")
        return self

    @property
    def secure_cookies(self) -> bool:
        """Whether cookies are `Secure` with the `__Host-` prefix."""
        return self.base_url.scheme == "https"
