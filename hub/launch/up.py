"""`make run`: prepare, start, say where, and stop all of it on Ctrl-C."""

import contextlib
import hashlib
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

from hub.launch import assets, node, ports
from hub.launch.errors import LaunchError
from hub.launch.example import Example
from hub.launch.processes import Processes

#: What the prepared database is made from: when none of it has changed there is nothing to prepare.
_PREPARED_FROM = ("hub/migrations", "hub/example", "hub/launch")


def up() -> None:
    """Run the example until Ctrl-C. Raises LaunchError with what to do when something is in the way."""
    example = Example.from_environment()
    ports.check_free(example.port, "PORT")
    ports.check_free(example.identity_port, "IDENTITY_PORT")
    assets.build()
    example.write()
    example.sandboxes.prepare()
    _provider_ready(example)
    _prepare(example)
    _run(example)


def _run(example: Example) -> None:
    processes = Processes(example.folder / "log")
    # Also where it was started in the background, which has Ctrl-C ignored.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    try:
        with contextlib.suppress(KeyboardInterrupt):
            processes.start("identitet", [node.find().program, str(example.provider)], example.provider_environment())
            processes.start("hubben", [*_hub(), "serve"], example.hub_environment())
            example.sandboxes.start(processes)
            processes.wait_until(partial(ports.answers, example.discovery_url), 30)
            processes.wait_until(partial(ports.answers, example.health_url), 60)
            processes.wait_until(example.sandboxes.answer, 60)
            _say(example.welcome())
            processes.watch()
    finally:
        processes.stop()
    _say("Avslutat. Allt är sparat i mappen var/.")


def _prepare(example: Example) -> None:
    """Bring the database to the newest schema and fill it with the example, unless that is done."""
    mark = example.folder / ".prepared"
    wanted = _digest(example)
    if mark.exists() and mark.read_text() == wanted and example.database.exists():
        return
    _say("Förbereder databasen med en exempelkommun …")
    for command in ("migrate", "example"):
        environment = example.hub_environment()
        done = subprocess.run([*_hub(), command], env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - our own
        if done.returncode:
            told = f"{done.stdout}{done.stderr}"[-2000:]
            raise LaunchError(f"Databasen gick inte att förbereda (hub {command}):\n{told}")
    mark.write_text(wanted)


def _provider_ready(example: Example) -> None:
    """Fetch the identity provider's packages, unless they are there as the lock file says."""
    folder = example.provider.parent
    wanted = hashlib.sha256((folder / "package-lock.json").read_bytes()).hexdigest()
    mark = folder / "node_modules" / ".lock-digest"
    if mark.exists() and mark.read_text() == wanted:
        return
    node.install(folder, node.find())
    mark.write_text(wanted)


def _digest(example: Example) -> str:
    """A digest over what the database is prepared from."""
    files = (path for name in _PREPARED_FROM for path in sorted((example.root / name).rglob("*")))
    content = (path.read_bytes() for path in files if path.is_file() and path.suffix != ".pyc")
    return hashlib.sha256(b"\0".join(content)).hexdigest()


def _hub() -> list[str]:
    return [str(Path(sys.executable).parent / "hub")]


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
