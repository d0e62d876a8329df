"""Made-up answers of socialtjänsten, and the description that they follow."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import yaml
from hypothesis import strategies as st

import adapters.socialtjanst
from hub.kit.secret import Secret

WHOM = "198604129810"
OTHER = "200209189802"
AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
DESCRIPTION: dict[str, Any] = yaml.safe_load(
    Path(adapters.socialtjanst.__file__).with_name("openapi.yaml").read_text("utf-8")
)
UPDATED = "2026-11-20T08:00:00+01:00"
UNIT = {"namn": "Försörjningsstöd"}
KEYS = {
    "ansokningar": "ansokanId",
    "beslut": "beslutId",
    "uppdrag": "uppdragId",
    "kontaktpersoner": "kontaktpersonId",
    "kontaktuppgifter": "kontaktuppgiftId",
}


def whom() -> Secret[str]:
    return Secret(WHOM)


def schema(name: str) -> dict[str, Any]:
    """One schema of the description, with all that it refers to."""
    return {"$ref": f"#/components/schemas/{name}", "components": DESCRIPTION["components"]}


def allowed(name: str) -> st.SearchStrategy[Any]:
    """Whatever the schema allows, as the description has it."""
    return _of({"$ref": f"#/components/schemas/{name}"})


def _of(told: dict[str, Any]) -> st.SearchStrategy[Any]:
    if ref := told.get("$ref"):
        return _of(DESCRIPTION["components"]["schemas"][ref.rpartition("/")[2]])
    if "enum" in told:
        return st.sampled_from(told["enum"])
    return _KINDS[told["type"]](told)


def _object(told: dict[str, Any]) -> st.SearchStrategy[Any]:
    parts = {name: _of(each) for name, each in told.get("properties", {}).items()}
    required = {name: parts.pop(name) for name in told.get("required", [])}
    return st.fixed_dictionaries(required, optional=parts)


def _text(told: dict[str, Any]) -> st.SearchStrategy[Any]:
    if told.get("format") == "date":
        return st.dates().map(date.isoformat)
    if told.get("format") == "date-time":
        return st.datetimes(timezones=st.just(UTC)).map(datetime.isoformat)
    if "pattern" in told:
        return st.from_regex(told["pattern"], fullmatch=True).map(str.strip)
    return st.text(min_size=told.get("minLength", 0), max_size=40)


_KINDS: dict[str, Callable[[dict[str, Any]], st.SearchStrategy[Any]]] = {
    "object": _object,
    "string": _text,
    "boolean": lambda _: st.booleans(),
    "number": lambda _: st.integers(0, 10**6) | st.decimals(0, 10**6, places=2).map(float),
    "array": lambda told: st.lists(_of(told["items"]), max_size=told.get("maxItems", 3)),
}


def search(**more: object) -> bytes:
    told = {"personId": "p-1", "personnummer": WHOM, "uppdaterad": UPDATED, **more}
    return json.dumps({"traffar": [told]}, ensure_ascii=False).encode()


def item(kind: str, **more: object) -> dict[str, object]:
    base: dict[str, object] = {KEYS[kind]: "x-1", "personnummer": WHOM, "enhet": UNIT, "uppdaterad": UPDATED}
    return {name: value for name, value in {**base, **more}.items() if value is not ...}


def page(kind: str, *items: object, **more: object) -> bytes:
    told = {
        "samling": kind,
        "personId": "p-1",
        "personnummer": WHOM,
        "sida": {"nummer": 1, "storlek": 50, "antal": len(items), "sidor": 1},
        "poster": list(items),
        **more,
    }
    return json.dumps(told, ensure_ascii=False).encode()
