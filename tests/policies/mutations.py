"""A question with one fact taken away, made null, or of another kind."""

from collections.abc import Iterator
from typing import Any, Final

Path = tuple[str | int, ...]
#: One value of each kind that JSON has.
_KINDS: Final = (None, True, 7, "x", [], {})


def mutations(question: dict[str, Any]) -> Iterator[tuple[Path, Any, dict[str, Any]]]:
    """Return each place, what was put there, and the question that came of it."""
    for path in _places(question):
        if isinstance(path[-1], str):
            yield path, "(taken away)", _without(question, path)
        for other in _KINDS:
            if type(other) is not type(_at(question, path)):
                yield path, other, _with(question, path, other)


def _places(node: Any, here: Path = ()) -> Iterator[Path]:
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in inner:
        yield (*here, key)
        yield from _places(value, (*here, key))


def _at(node: Any, path: Path) -> Any:
    for key in path:
        node = node[key]
    return node


def _with(node: Any, path: Path, value: Any) -> Any:
    """Return the node with another value at the path; what isn't on the way is shared."""
    return value if not path else _replaced(node, path[0], _with(node[path[0]], path[1:], value))


def _without(node: Any, path: Path) -> Any:
    if len(path) == 1:
        return {key: value for key, value in node.items() if key != path[0]}
    return _replaced(node, path[0], _without(node[path[0]], path[1:]))


def _replaced(node: Any, key: str | int, value: Any) -> Any:
    changed = node.copy()
    changed[key] = value
    return changed
