"""Ports on this machine: for the hub, the identity provider, and the sandbox agencies."""

import socket
import urllib.error
import urllib.request

from hub.launch.errors import LaunchError


def check_free(port: int, variable: str) -> None:
    """Raise LaunchError, with what to do, when something already listens on `port`."""
    if not is_free(port):
        raise LaunchError(_busy(port, variable))


def is_free(port: int) -> bool:
    """Whether nothing listens on `port`."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def free(count: int) -> list[int]:
    """Return ports that nothing listens on, as the machine hands them out; no two the same."""
    probes = [socket.socket() for _ in range(count)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [int(probe.getsockname()[1]) for probe in probes]
    finally:
        for probe in probes:
            probe.close()


def answers(url: str) -> bool:
    """Whether `url` answers with success."""
    try:
        with urllib.request.urlopen(url, timeout=1) as answer:  # noqa: S310 - an address of our own, on this machine
            return answer.status == 200  # noqa: PLR2004 - HTTP's OK
    except (urllib.error.URLError, TimeoutError, ConnectionError):
        return False


def _busy(port: int, variable: str) -> str:
    return (
        f"Port {port} är upptagen. Kör redan make run i ett annat fönster? Avsluta det med Ctrl-C.\n"
        f"Annars: välj en annan port, till exempel  make run {variable}={port + 100}"
    )
