"""Making the virtual environment: what the script says when the machine isn't ready."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

NO_VENV = """#!/bin/sh
case "$2" in *ensurepip*) exit 1 ;; *) exit 0 ;; esac
"""
TOO_OLD = """#!/bin/sh
[ "$1" = --version ] && echo "Python 3.9.2" && exit 0
exit 1
"""
NO_NETWORK = """#!/bin/sh
case "$*" in
    *'-m venv'*) mkdir -p .venv/bin; cp "$0" .venv/bin/python; exit 0 ;;
    *'-m pip'*) echo 'Could not find a version' >&2; exit 1 ;;
    *) exit 0 ;;
esac
"""


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """As much of a clone as the script reads."""
    (tmp_path / "deploy").mkdir()
    for name in ("deploy/venv.sh", "requirements.txt", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def make(clone: Path, python: str) -> subprocess.CompletedProcess[str]:
    program = clone / "python3"
    program.write_text(python)
    program.chmod(0o755)
    environment = {"PATH": f"{clone}:/usr/bin:/bin", "PYTHON": str(program)}
    return subprocess.run(
        ["sh", "deploy/venv.sh"], cwd=clone, env=environment, capture_output=True, text=True, check=False
    )


def test_a_python_that_is_too_old(clone: Path) -> None:
    done = make(clone, TOO_OLD)
    assert done.returncode == 1
    assert "behöver Python 3.11 eller nyare. Här finns: Python 3.9.2" in done.stderr


def test_a_python_without_venv(clone: Path) -> None:
    done = make(clone, NO_VENV)
    assert done.returncode == 1
    assert "apt-get install python3-venv" in done.stderr


def test_no_network(clone: Path) -> None:
    done = make(clone, NO_NETWORK)
    assert done.returncode == 1
    assert "Kontrollera att datorn når PyPI" in done.stderr
    assert not (clone / ".venv" / ".made").exists()
