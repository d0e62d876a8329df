"""Where the example lives and what its processes are told. Kept in var/, so that starting again keeps the data."""

import base64
import json
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from joserfc.jwk import ECKey

from hub.launch.assets import ROOT
from hub.launch.sandbox import Sandboxes

_PORT = 8765
#: The example's agencies: its one identity provider may speak for all of them.
AGENCIES = ["soc", "ame", "af", "fk", "psyk", "forbund"]


@dataclass(frozen=True)
class Example:
    """One example hub: two ports, a folder, and the agencies that it asks."""

    root: Path
    folder: Path
    port: int
    identity_port: int
    #: None of them: everything is asked by hand.
    sandboxes: Sandboxes = field(default_factory=lambda: Sandboxes(()))

    @classmethod
    def from_environment(cls) -> "Example":
        """Ports from PORT and IDENTITY_PORT, the folder from HUB_VAR; else 8765, 8766 and var/.

        The sandbox agencies have their usual ports only when the hub has its own: two hubs may run side by side.
        """
        folder, port = Path(os.environ.get("HUB_VAR", ROOT / "var")), int(os.environ.get("PORT") or _PORT)
        return cls(
            root=ROOT,
            folder=folder,
            port=port,
            identity_port=int(os.environ.get("IDENTITY_PORT") or _PORT + 1),
            sandboxes=Sandboxes.at(folder / "sandbox", usual_ports=port == _PORT),
        )

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.identity_port}"

    @property
    def discovery_url(self) -> str:
        return f"{self.issuer}/.well-known/openid-configuration"

    @property
    def health_url(self) -> str:
        return f"{self.base_url}/health"

    @property
    def provider(self) -> Path:
        return self.root / "adapters" / "sandbox" / "identity" / "provider.mjs"

    @property
    def database(self) -> Path:
        return self.folder / "hub.db"

    def write(self) -> None:
        """Write which identity provider to believe, and, the first time, the keys."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self._issuers_file.write_text(json.dumps({"issuers": [self._issuer()]}, ensure_ascii=False, indent=2))
        if not self._keys_file.exists():
            self._keys_file.touch(mode=0o600)
            self._keys_file.write_text(json.dumps(_new_keys()))

    def hub_environment(self) -> dict[str, str]:
        """What `hub` is told."""
        keys = json.loads(self._keys_file.read_text())
        # A warm start in seconds needs compiled modules, also where the machine has turned them off.
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        return {
            **environment,
            "HUB_MODE": "example",
            "HUB_BASE_URL": self.base_url,
            "HUB_PORT": str(self.port),
            "HUB_DATABASE_URL": f"sqlite:///{self.database}",
            "HUB_KEYS_DATABASE_URL": f"sqlite:///{self.folder / 'keys.db'}",
            "HUB_ISSUERS": str(self._issuers_file),
            **({"HUB_ROADS": str(self.sandboxes.roads)} if self.sandboxes.chosen else {}),
            "HUB_ARCHIVE": str(self.folder / "policies"),
            "HUB_CHECKPOINTS": str(self.folder / "checkpoints"),
            **{f"HUB_KEYS__{name.upper()}": value for name, value in keys.items()},
        }

    def provider_environment(self) -> dict[str, str]:
        """What the identity provider is told."""
        return {**os.environ, "PORT": str(self.identity_port), "HUB_URL": self.base_url}

    def welcome(self) -> str:
        """The address, and three ways to try it."""
        return (
            f"\nSamverkanshubben är igång:  {self.base_url}\n\n"
            f"  Handläggare   {self.base_url}/arbete       logga in som Lena Sandström, socialtjänsten\n"
            f"  Koordinator   {self.base_url}/arbete       logga in som Maria Öberg, koordinator\n"
            f"  Enskild       {self.base_url}/mina-sidor   logga in som Kajsa Nilsson\n\n"
            f"Påhittade myndigheter, var och en med en sida där den kan få fel:\n{self.sandboxes.told()}\n\n"
            "Alla personer är påhittade. Avsluta med Ctrl-C; det du gjort finns kvar nästa gång.\n"
        )

    def _issuer(self) -> dict[str, object]:
        return {
            "issuer": self.issuer,
            "label": "Påhittad inloggning",
            "client_id": "samverkanshubben",
            "doors": ["personal", "privat"],
            "agencies": AGENCIES,
            "partners": True,
        }

    @property
    def _issuers_file(self) -> Path:
        return self.folder / "issuers.json"

    @property
    def _keys_file(self) -> Path:
        return self.folder / "keys.json"


def _new_keys() -> dict[str, str]:
    client = ECKey.generate_key("P-256", {"use": "sig", "alg": "ES256"}, private=True)
    return {
        "operator": base64.b64encode(secrets.token_bytes(32)).decode(),
        "ledger": base64.b64encode(secrets.token_bytes(32)).decode(),
        "client": base64.b64encode(json.dumps(client.as_dict(private=True)).encode()).decode(),
    }
