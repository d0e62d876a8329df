"""An agency's own register, as YAML beside its app: what it knows, keyed by the number it knows the individual by."""

from pathlib import Path
from typing import Any, cast

import yaml


class _NoTwice(yaml.CSafeLoader):
    """A safe loader that refuses a key that is there twice: one individual would silently hide another."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002  PyYAML's
        keys: list[Any] = [self.construct_object(key, deep=True) for key, _ in node.value]
        if len(set(keys)) != len(keys):
            raise ValueError(f"a key is there twice: {node.start_mark}")
        return cast("dict[Any, Any]", super().construct_mapping(node, deep=deep))


def load_yaml(file: Path) -> Any:
    """Return what the file holds. Raises ValueError when a key is there twice."""
    return yaml.load(file.read_bytes(), _NoTwice)  # noqa: S506  a safe loader, see above


def load_register(file: Path) -> dict[str, dict[str, Any]]:
    """Return number (twelve digits) → what the register holds. Raises ValueError when a key isn't such a number."""
    register: dict[str, dict[str, Any]] = load_yaml(file)
    for number in register:
        if not (len(number) == 12 and number.isdecimal()):  # noqa: PLR2004  twelve digits
            raise ValueError(f"not a number of twelve digits: {number}")
    return register
