"""Ports on this machine: for the hub, the identity provider, and the sandbox agencies."""

import socket
import urllib.error
import urllib.request
from itertools import islice
from random import sample
from typing import Final

from hub.launch.errors import LaunchError

#: Below the machine's own range for outgoing connections (from 32768 on Linux).
_OURS: Final = range(20_000, 32_000)


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
    """Return ports that nothing listens on; no two the same. Raises LaunchError when there aren't so many.

    Out of a range that the machine doesn't hand out by itself: between the choice and the listening nothing else is
    given one of them.
    """
    found = list(islice(filter(_listens_nowhere, sample(_OURS, len(_OURS))), count))
    if len(found) < count:
        raise LaunchError("Det finns för få lediga portar på datorn. Avsluta något annat och försök igen.")
    return found


def _listens_nowhere(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


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
