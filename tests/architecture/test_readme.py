"""README doesn't lag behind the house."""

import re
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
#: Words of Swedish law and practice that code, texts or policies use untranslated.
WORDS = [
    "samtycke", "sip", "rekryteringsgrupp", "kallelse", "inbjudan", "sekretess", "verksamhetsgren", "menprövning",
    "sekretessmarkering", "skyddad folkbokföring", "fingerade personuppgifter", "boendestöd", "god man", "förvaltare",
    "vårdnadshavare", "samordningsförbund", "gallring", "SUS",
]  # fmt: skip


def section(heading: str) -> str:
    return TEXT.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def first_cells(heading: str) -> list[str]:
    return [cell.strip("`") for cell in re.findall(r"^\| ([^|]+?) \|", section(heading), re.MULTILINE)[1:]]


def folders(parent: Path) -> set[str]:
    return {path.name for path in parent.iterdir() if path.is_dir() and not path.name.startswith(("_", "."))}


def test_the_map_names_every_folder_and_no_other() -> None:
    parts = {f"hub/{name}" for name in folders(ROOT / "hub")}
    assert set(first_cells("Huset")) == parts | {"adapters", "policies", "tests", "deploy"}


def test_the_questions_are_the_folders_of_policies() -> None:
    questions = {path.stem for path in (ROOT / "policies" / "schemas").glob("*.json")}
    assert set(first_cells("Frågorna")) == questions
    assert questions <= folders(ROOT / "policies")


@pytest.mark.parametrize("word", WORDS)
def test_each_word_of_law_has_a_meaning_and_a_source(word: str) -> None:
    rows = [row.split("|") for row in section("Ordlista").splitlines() if row.startswith((f"| {word} ", f"| {word},"))]
    assert len(rows) == 1
    assert all(cell.strip() for cell in rows[0][1:4])


def test_the_layers_are_those_that_are_held() -> None:
    named = re.search(r"`app → ([^`]+)`", section("Huset"))
    assert named
    held = re.findall(r'^    "\(?hub\.[^"]+",$', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    layers = [re.findall(r"hub\.(\w+)", line) for line in held]
    assert [layer.split(" | ") for layer in named[1].split(" → ")] == [
        one for one in layers if one[0] not in {"cli", "app", "assembly"}
    ]


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`((?:hub|policies|deploy|tests|adapters)/[\w./-]*)`", TEXT))))
def test_each_path_it_names_is_there(path: str) -> None:
    assert (ROOT / path).exists()


@pytest.mark.parametrize("command", sorted(set(re.findall(r"(?:`|^)make ([a-z]+)", TEXT, re.MULTILINE))))
def test_each_command_it_names_is_there(command: str) -> None:
    assert re.search(rf"^{command}:.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE)


def test_the_picture_is_there() -> None:
    picture = re.search(r"!\[[^]]+\]\(([^)]+)\)", TEXT)
    assert picture
    assert (ROOT / picture[1]).read_bytes().startswith(b"\x89PNG")
