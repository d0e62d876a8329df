"""Processes of their own: started together, watched together, stopped together."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from hub.launch.errors import LaunchError

#: How long a process gets to stop by itself.
GRACE_S = 10.0
_STEP_S = 0.05


@dataclass
class Processes:
    """The processes of one `make run`, each with its log in `logs`."""

    logs: Path
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict[str, subprocess.Popen[bytes]])

    def start(self, name: str, command: Sequence[str], environment: dict[str, str]) -> None:
        """Start a process in a session of its own, so that Ctrl-C reaches it through us and only once."""
        self.logs.mkdir(parents=True, exist_ok=True)
        with self.log(name).open("ab") as log:
            self.running[name] = subprocess.Popen(  # noqa: S603 - commands of this package's own
                command, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )

    def log(self, name: str) -> Path:
        """Where the process writes."""
        return self.logs / f"{name}.log"

    def wait_until(self, answers: Callable[[], bool], seconds: float) -> None:
        """Wait until `answers`. Raises LaunchError when a process ends, or the time does."""
        end = time.monotonic() + seconds
        while not answers():
            self.check()
            if time.monotonic() > end:
                raise LaunchError(f"Det tog mer än {seconds:.0f} sekunder att starta. Läs loggarna i {self.logs}.")
            time.sleep(_STEP_S)

    def check(self) -> None:
        """Raise LaunchError when a process has ended by itself."""
        for name, process in self.running.items():
            if process.poll() is not None:
                raise LaunchError(
                    f"{name} avslutades (kod {process.returncode}). De sista raderna:\n{self._tail(name)}"
                )

    def watch(self) -> None:
        """Wait for as long as all of them run. Raises LaunchError when one ends."""
        while True:
            self.check()
            time.sleep(0.5)

    def stop(self) -> None:
        """Ask each to stop, and end what has not stopped in time."""
        for process in self.running.values():
            _signal(process, signal.SIGTERM)
        end = time.monotonic() + GRACE_S
        for process in self.running.values():
            try:
                process.wait(max(0.0, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                _signal(process, signal.SIGKILL)
                process.wait()

    def _tail(self, name: str) -> str:
        return "\n".join(self.log(name).read_text(errors="replace").splitlines()[-12:])


def _signal(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    if process.poll() is None:
        os.killpg(process.pid, number)
