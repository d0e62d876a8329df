"""A hub started the way `make run` starts it: on free ports, with a folder of its own."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from tests.architecture.source import ROOT
from tests.support.ports import free_port

STARTED = "Samverkanshubben är igång"
LIMIT_S = 120


@dataclass
class RunningHub:
    """`with RunningHub(folder) as hub:` the hub answers at `hub.base_url` until the block ends."""

    folder: Path
    port: int
    identity_port: int
    process: subprocess.Popen[str] | None = None
    said: str = ""

    @classmethod
    def at(cls, folder: Path) -> Self:
        return cls(folder, free_port(), free_port())

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        ports = {"PORT": str(self.port), "IDENTITY_PORT": str(self.identity_port), "HUB_VAR": str(self.folder)}
        output = self._output.open("w")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "hub.launch", "up"],
            cwd=ROOT,
            env={**os.environ, **ports},
            stdout=output,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        output.close()
        self._wait()
        return self

    def __exit__(self, *_: object) -> None:
        assert self.process
        self.process.send_signal(signal.SIGINT)
        self.process.wait(LIMIT_S)
        self.said = self._output.read_text()

    def _wait(self) -> None:
        assert self.process
        end = time.monotonic() + LIMIT_S
        while STARTED not in (said := self._output.read_text()):
            if self.process.poll() is not None or time.monotonic() > end:
                self.process.kill()
                raise AssertionError(f"the hub did not start:\n{said}")
            time.sleep(0.05)
        self.said = said

    @property
    def _output(self) -> Path:
        return self.folder.with_suffix(".log")
