"""Which agencies have an automatic road, and how: one file that the operator writes, read once at start.

The file is JSON: `{"roads": [{"agency": "soc", "adapter": "adapters.socialtjanst", "settings": {…}}]}`. `adapter` names
a package that holds `Adapter` and `Settings` as `adapters/README.md` says; so somebody's own adapter needs no change
in the hub. What `settings` holds is that package's own business: texts, numbers, and names of files in the same folder
where it wants a file, a secret, or TLS.
"""

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, dataclass, fields
from datetime import datetime
from importlib import import_module
from ipaddress import ip_address
from pathlib import Path
from typing import Any, ClassVar, Final, Protocol, cast, get_type_hints
from urllib.parse import urlsplit

from cryptography import x509
from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic import Field as Checked

from hub.broker.port import AgencyAnswer, AgencyPort
from hub.kit.clock import Clock
from hub.kit.http import Http, HttpError, HttpFault, Tls
from hub.kit.secret import Secret

#: The example's own adapters: agency → package. `hub adapters read` takes either word.
ADAPTERS: Final = {
    "soc": "adapters.socialtjanst",
    "af": "adapters.arbetsformedlingen",
    "fk": "adapters.forsakringskassan",
    "psyk": "adapters.psykiatri",
}
#: Who has issued the certificates of the sandbox agencies (`adapters/sandbox/common/tls.py`).
_MADE_UP_ISSUER: Final = "Påhittade myndigheter"


_PLAIN: Final[tuple[object, ...]] = (str, int, float, bool)


class MadeUpAgency(RuntimeError):
    """A hub in production was told of an agency of made-up people: it must not start."""


class WrongRoads(ValueError):
    """The file isn't what it should be. The text says where, and holds nothing that was written there."""


class _Road(BaseModel):
    model_config = ConfigDict(extra="forbid")

    agency: str = Checked(min_length=1)
    adapter: str = Checked(pattern=r"^[A-Za-z_][\w.]*$")
    settings: dict[str, Any]


class _Roads(BaseModel):
    model_config = ConfigDict(extra="forbid")

    roads: list[_Road]


class AdapterSettings(Protocol):
    """What every adapter's settings, a dataclass, have. Where it speaks to is `base_url` or `url`."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    @property
    def tls(self) -> Tls: ...

    @property
    def made_up_allowed(self) -> bool: ...


class Adapters(Protocol):
    """What an adapter's package holds."""

    Settings: type[AdapterSettings]

    def Adapter(self, settings: AdapterSettings, clock: Clock) -> AgencyPort: ...  # noqa: N802  a class


@dataclass(frozen=True, slots=True)
class Road:
    """One road as the file tells it, not yet opened."""

    agency: str
    package: Adapters
    settings: AdapterSettings

    @property
    def address(self) -> str:
        return str(getattr(self.settings, "base_url", "") or getattr(self.settings, "url", ""))


async def open_roads(file: Path | None, clock: Clock, *, production: bool) -> dict[str, AgencyPort]:
    """Return agency → its road, opened. No file: no roads, and everything is asked by hand.

    Raises WrongRoads, OSError, or MadeUpAgency in production.
    """
    roads = read_roads(file, production=production) if file else []
    if production:
        await _check_none_made_up(roads)
    return {each.agency: each.package.Adapter(each.settings, clock) for each in roads}


async def close_roads(ports: Mapping[str, AgencyPort]) -> None:
    """Close what `open_roads` opened."""
    await asyncio.gather(*(each.close() for each in ports.values()))


def read_roads(file: Path, *, production: bool) -> list[Road]:
    """Return the roads that the file names. Paths in it are taken from its own folder. Raises WrongRoads, OSError."""
    try:
        told = _Roads.model_validate(json.loads(file.read_bytes())).roads
    except (ValueError, UnicodeDecodeError) as error:
        raise WrongRoads(f"{file}: {_where(error)}") from None
    if len({each.agency for each in told}) != len(told):
        raise WrongRoads(f"{file}: an agency has two roads")
    return [_road(each, file, production=production) for each in told]


def _road(told: _Road, file: Path, *, production: bool) -> Road:
    package = _package(told.adapter)
    try:
        made = _settings(package.Settings, told.settings, file.parent)
    except (TypeError, ValueError) as error:
        raise WrongRoads(f"{file}: the settings of {told.agency}: {error}") from None
    # Only the hub's mode says whether made-up answers may be believed.
    return Road(told.agency, package, package.Settings(**{**made, "made_up_allowed": not production}))


def _settings(kind: type[AdapterSettings], told: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Return what the adapter's settings are made with. Raises ValueError, TypeError, OSError."""
    hints = {name: hint for name, hint in get_type_hints(kind).items() if name != "made_up_allowed"}
    needed = {each.name for each in fields(kind) if each.default is MISSING and each.default_factory is MISSING}
    if unknown := told.keys() - hints.keys():
        raise ValueError(f"{', '.join(sorted(unknown))} isn't known")
    if missing := needed - told.keys():
        raise ValueError(f"{', '.join(sorted(missing))} is missing")
    return {name: _made(name, value, hints[name], folder) for name, value in told.items()}


def _made(name: str, value: Any, kind: Any, folder: Path) -> Any:
    """Return a setting as the adapter wants it: a plain value, a file, what a secret file holds, or TLS's files."""
    if kind is Tls and isinstance(value, dict):
        return Tls(**{part: folder / str(each) for part, each in cast("dict[str, object]", value).items()})
    if kind is Path and isinstance(value, str):
        return folder / value
    if kind == Secret[bytes] and isinstance(value, str):
        return Secret((folder / value).read_bytes())
    if kind in _PLAIN and type(value) is kind:
        return value
    raise TypeError(f"{name} isn't what it should be")


def _package(name: str) -> Adapters:
    try:
        return cast("Adapters", import_module(name))
    except ImportError as error:
        raise WrongRoads(f"{name} is no adapter: {error}") from None


def _where(error: ValueError) -> str:
    if isinstance(error, ValidationError):
        return "; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors())
    return "not JSON"


async def _check_none_made_up(roads: list[Road]) -> None:
    """Raise MadeUpAgency when a road leads to a sandbox. One that doesn't answer may be opened: `Http` holds then."""
    for each in roads:
        if _on_this_machine(each.address) or _made_up(each.settings.tls):
            raise MadeUpAgency(f"{each.agency}: a hub in production asks no agency of made-up people")
    for agency, found in zip(roads, await asyncio.gather(*map(_says_made_up, roads)), strict=True):
        if found:
            raise MadeUpAgency(f"{agency.agency}: this agency says that its answers are made up")


async def _says_made_up(road: Road) -> bool:
    http = Http(road.agency, tls=road.settings.tls)
    try:
        await http.send("GET", road.address)
    except HttpError as error:
        return error.fault is HttpFault.MADE_UP
    finally:
        await http.close()
    return False


def _on_this_machine(address: str) -> bool:
    host = urlsplit(address).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _made_up(tls: Tls) -> bool:
    """Whether the sandbox agencies' authority is among those that are trusted."""
    if tls.authority is None:
        return False
    authorities = x509.load_pem_x509_certificates(tls.authority.read_bytes())
    names = (name.value for each in authorities for name in each.subject)
    return _MADE_UP_ISSUER in names


def reader(agency: str) -> Callable[[bytes, datetime], AgencyAnswer]:
    """Return `read(body, at) -> AgencyAnswer` of an agency's adapter: its word, its folder's, or a package's name.

    Raises WrongRoads.
    """
    name = ADAPTERS.get(agency) or next((each for each in ADAPTERS.values() if each.endswith(f".{agency}")), agency)
    try:
        return cast("Callable[[bytes, datetime], AgencyAnswer]", import_module(f"{name}.translate").read)
    except (ImportError, AttributeError, TypeError, ValueError):
        raise WrongRoads(f"{agency} has no adapter that reads answers") from None
