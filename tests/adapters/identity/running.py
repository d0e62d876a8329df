"""The example's identity provider as a process of its own, for tests that sign in through it."""

import contextlib
import fcntl
import json
import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from hub.launch import node
from tests.support.ports import free_port
from tests.support.waiting import LIMIT_S

FOLDER = Path(__file__).resolve().parents[3] / "adapters" / "sandbox" / "identity"
PEOPLE = {
    "staff": [
        {"id": "staff:ada", "name": "Ada Handläggare", "work": "Handläggare", "orgAffiliation": "ada@2120009999"},
        {"id": "staff:bo", "name": "Bo Tvåuppdrag", "work": "Två uppdrag", "orgAffiliation": "bo@2120009999"},
        {"id": "staff:utan", "name": "Utan Uppdrag", "work": "Inget uppdrag", "orgAffiliation": "utan@2120009999"},
    ],
    "individuals": [
        {"id": "person:kim", "name": "Kim Prov", "note": "påhittad", "number": "200204029805"},
        {"id": "person:samordning", "name": "Sam Ordning", "note": "påhittad", "number": "189001619804"},
        {"id": "person:utan", "name": "Nummer Saknas", "note": "påhittad"},
    ],
}


@dataclass(frozen=True)
class Running:
    """A provider that answers."""

    issuer: str
    process: subprocess.Popen[str]


@contextlib.contextmanager
def running(
    hub_url: str, folder: Path, *, partners: Sequence[Mapping[str, object]] = (), **environment: str
) -> Iterator[Running]:
    """Start the provider for a hub at `hub_url`; it is stopped, and must stop well, at the end."""
    _installed()
    (folder / "people.json").write_text(json.dumps(PEOPLE))
    (folder / "partners.json").write_text(json.dumps(list(partners)))
    port = free_port()
    told = {
        "PORT": str(port),
        "HUB_URL": hub_url,
        "PEOPLE": str(folder / "people.json"),
        "PARTNERS": str(folder / "partners.json"),
        **environment,
    }
    log = (folder / "provider.log").open("w")
    process = subprocess.Popen(
        [node.find().program, str(FOLDER / "provider.mjs")],
        env={**os.environ, **told},
        stdout=subprocess.PIPE,
        stderr=log,
        text=True,
    )
    try:
        assert process.stdout
        ready = process.stdout.readline()
        assert ready.startswith("ready "), (folder / "provider.log").read_text()
        yield Running(ready.split()[1], process)
    finally:
        process.terminate()
        assert process.wait(LIMIT_S) == 0
        log.close()
        assert process.stdout
        process.stdout.close()


def _installed() -> None:
    """Fetch what the lock file names, once, however many workers ask at the same time."""
    with (FOLDER / "package.json").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (FOLDER / "node_modules" / "oidc-provider").exists():
            node.install(FOLDER, node.find())
