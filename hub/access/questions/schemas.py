"""Writes the JSON Schema of each question, for `opa check --schema`, for partners and for `hub decide FILE.json`."""

import sys
from pathlib import Path
from typing import Final

import msgspec

from hub.access.questions import registry

FOLDER: Final = Path(__file__).parents[3] / "policies" / "schemas"


def schema_of(name: str) -> bytes:
    """Return the JSON Schema of one question, formatted and stable."""
    schema = msgspec.json.schema(registry[name])
    return msgspec.json.format(msgspec.json.encode(schema, order="sorted"), indent=2) + b"\n"


def write(folder: Path = FOLDER) -> None:
    """Write `<question>.json` for every question."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in registry:
        (folder / f"{name}.json").write_bytes(schema_of(name))


if __name__ == "__main__":  # with another folder than ours, if one is named
    write(*map(Path, sys.argv[1:]))
