"""How a hub reaches the sandbox agencies: its keys and certificates, and the file of roads that it is told (`HUB_ROADS`)."""

import json
import os
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from joserfc.jwk import ECKey

from adapters.sandbox.common.agency import FOLDERS
from adapters.sandbox.common.serving import CLIENT_ID, PORTS, Place
from adapters.sandbox.common.tls import Certificates
from hub.kit.clock import SystemClock

_KEY: Final = "hub.jwk.json"
#: What each adapter is told beside TLS; `{0}` is the agency's address.
_SETTINGS: Final[dict[str, dict[str, str]]] = {
    "soc": {"base_url": "{0}/v1", "token_url": "{0}/token", "client_id": CLIENT_ID, "key": _KEY},
    "af": {"url": "{0}/ssbtek/v10/BastjanstInformation"},
    "fk": {"base_url": "{0}", "actor": "9255f428-4ba0-63ce-5407-e65d469fac0f"},
    "psyk": {"base_url": "{0}/fhir", "client_id": CLIENT_ID, "key": _KEY},
}


def places(folder: Path, slugs: Sequence[str] = ()) -> list[Place]:
    """Return where the agencies (all of them, when none are named) live, on their usual ports. Raises KeyError."""
    wanted = slugs or [slug for slug, name in FOLDERS.items() if find_spec(f"adapters.sandbox.{name}.app")]
    return [Place(slug, folder, *PORTS[slug]) for slug in wanted]


def prepare(chosen: Sequence[Place]) -> Path:
    """Make the certificates and the hub's key where they aren't there, and write the roads. Returns that file."""
    folder = chosen[0].folder
    folder.mkdir(parents=True, exist_ok=True)
    Certificates.made(folder, SystemClock(), tuple(each.slug for each in chosen))
    if not (folder / _KEY).exists() or not chosen[0].hub_keys.exists():
        _make_key(folder / _KEY, chosen[0].hub_keys)
    file = folder / "roads.json"
    file.write_text(json.dumps({"roads": [_road(each) for each in chosen]}, indent=2) + "\n")
    return file


def _road(place: Place) -> dict[str, Any]:
    told = {name: value.format(place.base_url) for name, value in _SETTINGS[place.slug].items()}
    ours = Certificates(place.folder).hub
    tls = {"authority": "authority.pem", "certificate": ours.certificate.name, "key": ours.key.name}
    return {"agency": place.slug, "adapter": f"adapters.{FOLDERS[place.slug]}", "settings": {**told, "tls": tls}}


def _make_key(private: Path, public: Path) -> None:
    key = ECKey.generate_key("P-384", {"use": "sig", "alg": "ES384"}, private=True)
    key.ensure_kid()
    with os.fdopen(os.open(private, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as opened:
        json.dump(key.as_dict(private=True), opened)
    public.write_text(json.dumps({"keys": [key.as_dict(private=False)]}))
