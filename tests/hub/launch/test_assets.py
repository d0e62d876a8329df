"""The web's assets are made from the lock files, once."""

import shutil
from pathlib import Path

import pytest

from hub.launch import assets


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the sources, with assets that are said to be made from it."""
    copied = tmp_path / "assets"
    shutil.copytree(assets.SOURCE, copied)
    served = tmp_path / "vendor"
    monkeypatch.setattr(assets, "SOURCE", copied)
    monkeypatch.setattr(assets, "SERVED", served)
    monkeypatch.setattr(assets, "FILES", {"x": served / "x.css"})
    served.mkdir()
    (served / "x.css").touch()
    (served / ".digest").write_text(assets.digest())
    return copied


def test_what_is_made_is_not_made_again(source: Path) -> None:
    assert assets.ready()


@pytest.mark.parametrize("changed", ["package-lock.json", "theme/designsystemet.config.json"])
def test_a_changed_source_is(source: Path, changed: str) -> None:
    (source / changed).write_text("{}")
    assert not assets.ready()


def test_a_lost_file_is(source: Path) -> None:
    next(iter(assets.FILES.values())).unlink()
    assert not assets.ready()


def test_what_is_only_for_tests_is_not_served() -> None:
    axe = assets.FILES["node_modules/axe-core/axe.min.js"]
    assert assets.SERVED.parent not in axe.parents
