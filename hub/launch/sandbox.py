"""The sandbox agencies as processes: for `make run`, and alone for a partner developer (`hub sandbox`)."""

import json
import os
import sys
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from adapters.sandbox.common import FOLDERS
from adapters.sandbox.common.faults import TOLD
from adapters.sandbox.common.roads import places, prepare
from adapters.sandbox.common.serving import Place
from hub.launch import ports
from hub.launch.assets import ROOT
from hub.launch.errors import LaunchError
from hub.launch.processes import Processes

AGENCIES: Final = tuple(FOLDERS)
FAULTS: Final = {fault.value: told for fault, told in TOLD.items()}


def folder() -> Path:
    """Return where the agencies that belong to this tree's example keep what is theirs."""
    return Path(os.environ.get("HUB_VAR", ROOT / "var")) / "sandbox"


@dataclass(frozen=True, slots=True)
class Sandboxes:
    """Some agencies, each with its place."""

    chosen: tuple[Place, ...]

    @classmethod
    def at(cls, folder: Path, slugs: Sequence[str] = (), *, usual_ports: bool = True) -> "Sandboxes":
        """Return those that are named, or all. Without `usual_ports`, on whatever ports are free.

        Raises LaunchError for a name that no agency has.
        """
        if unknown := [each for each in slugs if each not in FOLDERS]:
            raise LaunchError(f"Ingen påhittad myndighet heter {unknown[0]}. Välj bland: {', '.join(AGENCIES)}.")
        chosen = places(folder.resolve(), slugs)
        if not usual_ports:
            free = ports.free(2 * len(chosen))
            chosen = [replace(each, port=free.pop(), control_port=free.pop()) for each in chosen]
        return cls(tuple(chosen))

    @property
    def roads(self) -> Path:
        """The file that tells a hub of them."""
        return self.chosen[0].folder / "roads.json"

    def prepare(self) -> None:
        """Make certificates and keys, and write the roads. Raises LaunchError when a port is taken."""
        for port in (port for each in self.chosen for port in (each.port, each.control_port)):
            if not ports.is_free(port):
                raise LaunchError(
                    f"Port {port} är upptagen. Kör redan make run eller hub sandbox up i ett annat fönster? Avsluta det "
                    "med Ctrl-C.\nAnnars: make run PORT=8865, eller hub sandbox up --andra-portar"
                )
        prepare(self.chosen)

    def start(self, processes: Processes) -> None:
        """Start each as a process of its own."""
        for each in self.chosen:
            told = {"FOLDER": str(each.folder), "PORT": str(each.port), "CONTROL_PORT": str(each.control_port)}
            environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
            environment |= {f"SANDBOX_{name}": value for name, value in told.items()}
            command = [sys.executable, "-m", "adapters.sandbox", each.slug]
            processes.start(f"myndighet-{each.slug}", command, environment)

    def answer(self) -> bool:
        """Whether all of them do."""
        return all(ports.answers(f"{each.control_url}/sandbox") for each in self.chosen)

    def told(self) -> str:
        """Where they are, for people."""
        return "\n".join(f"  {each.slug:<6} {each.base_url:<26} sida: {each.control_url}/" for each in self.chosen)


def running(folder: Path) -> dict[str, dict[str, Any]]:
    """Return what each agency that runs in `folder` says of its switch: "fault", "seconds"."""
    return {slug: told for slug in AGENCIES if (told := _asked(folder, slug))}


def switch(folder: Path, slug: str, fault: str, seconds: float | None) -> None:
    """Turn a fault on, or all off ("ok"). Raises LaunchError."""
    if slug not in FOLDERS:
        raise LaunchError(f"Ingen påhittad myndighet heter {slug}. Välj bland: {', '.join(AGENCIES)}.")
    if fault not in FAULTS:
        raise LaunchError(f"Inget fel heter {fault}. Välj bland: {', '.join(FAULTS)}.")
    wanted = {"fault": fault, **({} if seconds is None else {"seconds": seconds})}
    if _asked(folder, slug, wanted) is None:
        raise LaunchError(f"{slug} är inte igång. Starta den med make run eller hub sandbox up {slug}.")


def _asked(folder: Path, slug: str, wanted: dict[str, Any] | None = None) -> dict[str, Any] | None:
    """Ask a running agency's side door; None when there is none."""
    try:
        where = json.loads((folder / f"{slug}.json").read_text())["controlUrl"]
        body = None if wanted is None else json.dumps(wanted).encode()
        asked = urllib.request.Request(f"{where}/sandbox/faults", body, method="PUT" if body else "GET")  # noqa: S310 - our own, on this machine
        with urllib.request.urlopen(asked, timeout=5) as answer:  # noqa: S310 - as above
            return json.loads(answer.read())
    except (OSError, ValueError, KeyError, urllib.error.URLError):
        return None
