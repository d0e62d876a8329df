"""What can be asked has one form, written down for whoever asks."""

import json
import runpy
import sys
from pathlib import Path

import pytest

from hub.access.questions import registry, schemas


def test_each_question_is_written_to_a_file_of_its_own(tmp_path: Path) -> None:
    schemas.write(tmp_path / "made")
    assert {each.name for each in (tmp_path / "made").iterdir()} == {f"{name}.json" for name in registry}
    for name in registry:
        assert json.loads((tmp_path / "made" / f"{name}.json").read_bytes()) == json.loads(schemas.schema_of(name))


def test_they_are_written_by_a_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["schemas", str(tmp_path)])
    runpy.run_path(schemas.__file__, run_name="__main__")
    assert len(list(tmp_path.iterdir())) == len(registry)


def test_what_is_written_is_what_the_policies_are_checked_against(tmp_path: Path) -> None:
    schemas.write(tmp_path)
    for each in tmp_path.iterdir():
        assert each.read_bytes() == (schemas.FOLDER / each.name).read_bytes()
