"""The policies' source, read as text: rules with their annotations, and the codes that a question can answer with."""

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

POLICIES: Final = Path(__file__).parents[2] / "policies"
#: The rules that say why: a ground, or a refusal.
TELLS: Final = {"grounds", "_grounds", "_why", "_never", "_caller", "_nothing_here"}
_RULE: Final = re.compile(r"^((?:#[^\n]*\n)*)(\w+) contains ([^\n]*)", re.MULTILINE)
_CODE: Final = re.compile(r'^(?:\{"code": )?"(\w+)"')
_STRING: Final = re.compile(r'"([A-Za-z0-9_]+)"')
_IMPORT: Final = re.compile(r"^import data\.lib\.(\w+)$", re.MULTILINE)


@dataclass(frozen=True)
class Rule:
    """One rule that says why, where it stands, the code in its head (if it is one word) and its annotation."""

    file: Path
    head: str
    code: str | None
    metadata: dict[str, Any] | None
    row: int

    @property
    def place(self) -> str:
        return f"{self.file.relative_to(POLICIES)}:{self.row}"

    @property
    def custom(self) -> dict[str, Any]:
        return (self.metadata or {}).get("custom", {})

    @property
    def codes(self) -> list[str]:
        """The codes that the annotation speaks for."""
        return self.custom.get("codes", [self.custom["code"]] if "code" in self.custom else [])


@cache
def data(name: str) -> Any:
    """Return one table of the policies' data."""
    return json.loads((POLICIES / "data" / f"{name}.json").read_bytes())[name]


def questions() -> list[str]:
    return sorted(path.stem for path in (POLICIES / "schemas").glob("*.json"))


def sources(folder: Path) -> list[Path]:
    """Return the rules under a folder, without their tests."""
    return sorted(path for path in folder.rglob("*.rego") if not path.name.endswith("_test.rego"))


@cache
def rules() -> list[Rule]:
    """Return every rule that gives a ground or a refusal."""
    return [
        Rule(
            file,
            match[3],
            code[1] if (code := _CODE.match(match[3])) else None,
            _annotation(match[1]),
            _row(text, match.start(2)),
        )
        for file in sources(POLICIES)
        for text in [file.read_text("utf-8")]
        for match in _RULE.finditer(text)
        if match[2] in TELLS
    ]


def _row(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def _annotation(comment: str) -> dict[str, Any] | None:
    if "# METADATA" not in comment:
        return None
    lines = comment.split("# METADATA\n")[1].splitlines()
    return yaml.safe_load("\n".join(line[2:] for line in lines))


def refusal_codes(question: str) -> set[str]:
    """Return the codes that a question can refuse with: its own, its libraries', and those that its data names."""
    text = "".join(path.read_text("utf-8") for path in _read_by(question))
    named = set(_STRING.findall(text)) & set(data("refusals"))
    by_data = {
        "disclose": [*(rule["refusal"] for rule in data("by_hand").values()), *_roads()],
        "act_in_case": [act["never"] for act in data("acts").values()],
    }
    return named | set(by_data.get(question, [])) - {""}


def _roads() -> list[str]:
    return [road["refusal"] for road in data("roads").values()]


def _read_by(question: str) -> set[Path]:
    found, waiting = set[Path](), set(sources(POLICIES / question))
    while waiting:
        path = waiting.pop()
        found.add(path)
        for library in _IMPORT.findall(path.read_text("utf-8")):
            waiting |= set(sources(POLICIES / "lib" / library)) - found
    return found


def texts(folder: str) -> dict[str, dict[str, Any]]:
    return json.loads((POLICIES / folder / "texts.json").read_bytes())
