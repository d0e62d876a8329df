"""LEFI's own contract: what it accepts, its example, and bodies that are made out of its schemas."""

import itertools
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

import jsonschema_rs
import yaml
from hypothesis import strategies as st

from tests.support.machine import where

ANSWER: Final = "LefiExternFormansinformationSvar"
QUESTION: Final = "LefiExternFormansinformationFraga"


@cache
def contract() -> dict[str, Any]:
    file = Path(where("contracts")) / "lefi" / "lefi-formansinformation-v9.openapi.yaml"
    return yaml.safe_load(file.read_bytes())


def operation() -> dict[str, Any]:
    return next(each["post"] for path, each in contract()["paths"].items() if path.endswith("/fraga"))


@cache
def schema(name: str) -> dict[str, Any]:
    """Return the schema with all that it refers to put in its place."""
    return _whole(contract()["components"]["schemas"][name])


def _whole(node: Any) -> Any:
    if isinstance(node, list):
        return [_whole(each) for each in node]
    if not isinstance(node, dict):
        return node.isoformat() if hasattr(node, "isoformat") else node
    if "$ref" in node:
        return schema(node["$ref"].rpartition("/")[2])
    return {key: _whole(each) for key, each in node.items() if key not in ("description", "example")}


@cache
def _validator(name: str) -> Any:
    return jsonschema_rs.Draft202012Validator(schema(name), validate_formats=True)


def broken(name: str, body: Any) -> list[str]:
    """Return what in `body` the contract doesn't accept."""
    return [error.message for error in _validator(name).iter_errors(body)]


class Full:
    """Bodies with every field that a schema has, each text and number its own. `said` holds those that must be told."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self._numbers: Iterator[int] = itertools.count(70_001)

    def body(self, node: dict[str, Any], field: str = "") -> Any:
        kind = node.get("type", "object")
        if kind == "array":
            return [self.body(node["items"], field)]
        if kind == "object":
            return self._object(node)
        if "enum" in node:
            return node["enum"][0]
        return self._scalar(kind, node, field)

    def _object(self, node: dict[str, Any]) -> Any:
        fields = node.get("properties", {})
        if set(fields) == {"taljare", "namnare"}:
            self.said.append("50 procent")
            return {"taljare": 1, "namnare": 2}
        if set(fields) <= {"fran", "till"} or set(fields) <= {"from", "tom"}:
            self.said += ["2026-01-02", "2026-03-04"]
            return dict(zip(fields, ("2026-01-02", "2026-03-04"), strict=True))
        made = {name: self.body(each, name) for name, each in fields.items()}
        if "valuta" in made:
            made["valuta"] = "SEK"
        return made

    def _scalar(self, kind: str, node: dict[str, Any], field: str) -> Any:
        number = next(self._numbers)
        if kind == "boolean":
            return True
        made = node.get("maximum", number) if kind in ("integer", "number") else self._text(node, number)
        if field not in ("id", "kod", "valuta"):
            self.said.append(str(made))
        return made

    def _text(self, node: dict[str, Any], number: int) -> str:
        pattern, form = node.get("pattern", ""), node.get("format", "")
        if form == "date" or "Datum saknas" in pattern:
            return f"2026-05-{number % 28 + 1:02d}"
        if form == "date-time":
            return f"2026-05-06T07:08:09.{number}Z"
        if pattern.startswith("^[0-9]{4}-"):
            return f"2026-{number % 12 + 1:02d}"
        if pattern == "^[0-9]{4}$":
            return str(1900 + number % 100)
        return f"1890{number:08d}" if pattern else f"text {number}"


def bodies(node: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Return whatever the schema accepts."""
    kind = node.get("type", "object")
    if "enum" in node:
        return st.sampled_from(node["enum"])
    if kind == "array":
        least = node.get("minItems", 0)
        return st.lists(bodies(node["items"]), min_size=least, max_size=node.get("maxItems", least + 2))
    if kind == "object":
        made = {name: bodies(each) for name, each in node.get("properties", {}).items()}
        needed = {name: made.pop(name) for name in node.get("required", [])}
        return st.fixed_dictionaries(needed, optional=made)
    return _scalars(kind, node)


def _scalars(kind: str, node: dict[str, Any]) -> st.SearchStrategy[Any]:
    if kind == "boolean":
        return st.booleans()
    if kind in ("integer", "number"):
        whole = st.integers(0, int(node.get("maximum", 10**12)))
        return whole if kind == "integer" else whole | st.decimals(0, 1, places=4).map(float)
    if node.get("format") == "date":
        return st.dates().map(str)
    if node.get("format") == "date-time":
        return st.datetimes().map(lambda at: f"{at.isoformat()}Z")
    months = st.dates().map(lambda day: str(day)[:7])
    free = st.text(max_size=20) | st.dates().map(str) | months
    return st.from_regex(node["pattern"].replace("\\d", "[0-9]"), fullmatch=True) if "pattern" in node else free
