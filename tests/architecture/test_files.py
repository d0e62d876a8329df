"""What no file of the project says, and what its lock files hold."""

import json
import re
import tomllib
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, written_here

#: Hosts that packages come from: a lock names digests, never a place.
REGISTRIES = [
    "pypi" + ".org",
    "pythonhosted" + ".org",
    "registry.npmjs" + ".org",
    "registry.yarnpkg" + ".com",
    "repo1.maven" + ".org",
    "repo.maven.apache" + ".org",
    "proxy.golang" + ".org",
    "deb.debian" + ".org",
]
#: Folders of the machine that the work was done on.
MACHINE = ["/work" + "/", "/root" + "/", "/home" + "/"]
LOCKS = [ROOT / "requirements.txt", *(p for p in written_here() if p.name == "package-lock.json")]


@pytest.mark.parametrize("word", [*REGISTRIES, *MACHINE])
def test_no_file_names_a_registry_or_a_machine(word: str) -> None:
    """A mirror must be able to stand in for a registry, and a clone can lie anywhere."""
    assert not [str(path.relative_to(ROOT)) for path in written_here() if word.encode() in path.read_bytes()]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_lock_has_digests_and_no_address(lock: Path) -> None:
    if lock.suffix == ".json":
        packages = json.loads(lock.read_text())["packages"]
        assert all("integrity" in package and "resolved" not in package for name, package in packages.items() if name)
        return
    text = lock.read_text()
    assert "://" not in text
    assert len(re.findall(r"^[a-z]", text, re.MULTILINE)) == len(
        re.findall(r"^[a-z].* \\\n    --hash=sha256:", text, re.MULTILINE)
    )


def test_the_lock_holds_all_that_pyproject_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    asked = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    names = {re.split(r"[\[<>=!~; ]", line, maxsplit=1)[0].lower() for line in asked}
    assert not names - pinned((ROOT / "requirements.txt").read_text())


def test_npm_locks_match_what_is_asked_for() -> None:
    for lock in LOCKS[1:]:
        asked = json.loads((lock.parent / "package.json").read_text())
        root = json.loads(lock.read_text())["packages"][""]
        for kind in ("dependencies", "devDependencies"):
            assert root.get(kind) == asked.get(kind), lock


def pinned(text: str) -> set[str]:
    return set(re.findall(r"^([a-z0-9._-]+)==", text, re.MULTILINE))
