"""One sandbox agency as a process of its own: over TLS for the hub, and a side door on this machine for people."""

import asyncio
import contextlib
import json
import os
import signal
import socket
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Final, cast

import uvicorn
from starlette.types import ASGIApp, Scope

from adapters.sandbox.common.agency import FOLDERS, Agency, Given
from adapters.sandbox.common.control import control
from adapters.sandbox.common.faults import Fault, Switch
from adapters.sandbox.common.suffering import Suffering
from adapters.sandbox.common.tls import Certificates
from hub.kit.clock import SystemClock

#: Each agency's port, and its side door's, unless the environment says otherwise.
PORTS: Final = {"soc": (8771, 8781), "af": (8772, 8782), "fk": (8773, 8783), "psyk": (8774, 8784)}
_OTHERS: Final = (8779, 8789)
#: As whom the sandbox agencies know the hub.
CLIENT_ID: Final = "samverkanshubben"
_HOST: Final = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Place:
    """Where one sandbox agency lives. `slug`: its word, or the name of a module of somebody's own. `folder`: certificates, the hub's public keys, and where it says it is."""

    slug: str
    folder: Path
    port: int
    control_port: int

    @classmethod
    def from_environment(cls, slug: str) -> "Place":
        """Folder from SANDBOX_FOLDER, ports from SANDBOX_PORT and SANDBOX_CONTROL_PORT; else var/sandbox and PORTS."""
        port, control_port = PORTS.get(slug, _OTHERS)
        return cls(
            slug,
            Path(os.environ.get("SANDBOX_FOLDER") or "var/sandbox"),
            int(os.environ.get("SANDBOX_PORT") or port),
            int(os.environ.get("SANDBOX_CONTROL_PORT") or control_port),
        )

    @property
    def base_url(self) -> str:
        return f"https://{_HOST}:{self.port}"

    @property
    def control_url(self) -> str:
        return f"http://{_HOST}:{self.control_port}"

    @property
    def hub_keys(self) -> Path:
        """The hub's public keys, as the agencies have been given them."""
        return self.folder / "hub.jwks.json"

    @property
    def said(self) -> Path:
        """Where a running agency says where it is, for `hub sandbox set` and `show`."""
        return self.folder / f"{self.slug}.json"


def agency_at(place: Place, switch: Switch) -> Agency:
    """Return the agency that `place` names: one of ours, or a module of somebody's own that holds `create`."""
    ours = FOLDERS.get(place.slug)
    module = import_module(f"adapters.sandbox.{ours}.app" if ours else place.slug)
    return cast("Agency", module.create(Given(place.base_url, switch, SystemClock(), CLIENT_ID, place.hub_keys)))


def run(place: Place) -> None:
    """Serve until SIGINT or SIGTERM."""
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(place))


async def _serve(place: Place) -> None:
    switch = Switch()
    certificates = Certificates.made(place.folder, SystemClock(), (place.slug,))
    agency = agency_at(place, switch)
    service = _service(place, agency, switch, certificates)
    side = _Server(_config(control(agency, switch, place.base_url), place.control_port))
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, _stopping(service, side))
    place.said.write_text(json.dumps({"baseUrl": place.base_url, "controlUrl": place.control_url, "pid": os.getpid()}))
    try:
        await asyncio.gather(service.serve(), side.serve_after(service))
    finally:
        place.said.unlink(missing_ok=True)


def _service(place: Place, agency: Agency, switch: Switch, certificates: Certificates) -> "_Server":
    """Return the server that speaks to the hub, with the certificate that the switch says."""

    def raw(scope: Scope, written: bytes) -> None:
        service.write(scope, written)

    good = certificates.server(place.slug)
    config = _config(
        Suffering(agency, switch, raw),
        place.port,
        ssl_certfile=good.certificate,
        ssl_keyfile=good.key,
        ssl_ca_certs=str(certificates.authority),
        ssl_cert_reqs=ssl.CERT_REQUIRED if agency.client_certificate else ssl.CERT_NONE,
    )
    service = _Server(config)

    async def told(fault: Fault) -> None:
        pair = certificates.server(place.slug, expired=fault is Fault.EXPIRED_CERTIFICATE)
        await service.present(str(pair.certificate), str(pair.key))

    switch.on_change(told)
    return service


def _config(app: "ASGIApp", port: int, **tls: Any) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        host=_HOST,
        port=port,
        log_level="warning",
        access_log=False,
        server_header=False,
        lifespan="off",
        ws="none",
        timeout_graceful_shutdown=1,
        **tls,
    )


class _Server(uvicorn.Server):
    """One of two servers in a process: signals are caught once, for both."""

    presented = ""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.listens = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Say when the port is open."""
        await super().startup(sockets)
        self.listens.set()

    async def serve_after(self, other: "_Server") -> None:
        """Serve once `other` does, so that who has found this one finds both."""
        await other.listens.wait()
        await self.serve()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def present(self, certificate: str, key: str) -> None:
        """Use another certificate from now on, also towards those who are already connected: they have to come again."""
        if self.config.ssl is None or certificate == self.presented:
            return
        self.presented = certificate
        self.config.ssl.load_cert_chain(certificate, key)
        idle = [each for each in self.server_state.connections if _idle(each)]
        for connection in self.server_state.connections.difference(idle):
            connection.shutdown()
        for connection in idle:
            # Not closed with good manners: one who is busy elsewhere would be waited for.
            cast("Any", connection).transport.abort()
        while not self.server_state.connections.isdisjoint(idle):  # noqa: ASYNC110  uvicorn has no event for it
            await asyncio.sleep(0.005)

    def write(self, scope: Scope, written: bytes) -> None:
        """Write on the connection that `scope` came over, and close it."""
        for connection in list(self.server_state.connections):
            transport: Any = getattr(connection, "transport", None)
            if transport is not None and getattr(connection, "scope", None) is scope:
                transport.write(written)
                transport.close()


def _idle(connection: object) -> bool:
    """Whether a connection that is kept has no question under way."""
    cycle: Any = getattr(connection, "cycle", None)
    return cycle is None or bool(cycle.response_complete)


def _stopping(*servers: uvicorn.Server) -> Callable[[], None]:
    def stop() -> None:
        for server in servers:
            server.should_exit = True

    return stop
