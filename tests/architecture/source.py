"""The project's own files, as its rules of architecture see them."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def modules(*folders: str) -> Iterator[tuple[str, ast.Module]]:
    """Each Python file under `folders`, as its path from the root and its syntax tree."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "node_modules" not in path.parts:
                yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def calls(tree: ast.AST, name: str) -> list[int]:
    """The lines where `name(…)` or `x.name(…)` is called."""
    return [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Call) and _called(node) == name]


def takes(tree: ast.Module, name: str) -> list[int]:
    """The lines where `name` is taken as a value (called, passed, assigned), and not as a type, a pattern or a test."""
    types = {id(part) for node in ast.walk(tree) for typed in _types(node) for part in ast.walk(typed)}
    taken = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Name | ast.Attribute) and id(node) not in types and _named(node) == name
    ]
    return taken + calls(tree, name)


def written_here() -> list[Path]:
    """Every text file that is the project's own: in git, or new and not ignored."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def _types(node: ast.AST) -> list[ast.expr]:
    """The parts of `node` where a name stands for a type."""
    match node:
        case ast.arg(annotation=ast.expr() as typed) | ast.AnnAssign(annotation=typed) | ast.MatchClass(cls=typed):
            return [typed]
        case ast.FunctionDef(returns=ast.expr() as typed) | ast.AsyncFunctionDef(returns=ast.expr() as typed):
            return [typed]
        case ast.Call(func=ast.Name(id="isinstance" | "cast"), args=args):
            return args
        case ast.Subscript(value=generic, slice=typed):
            return [generic, typed]
        case ast.ClassDef(bases=bases):
            return bases
        case _:
            return []


def _named(node: ast.Name | ast.Attribute) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr


def _called(call: ast.Call) -> str | None:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.Subscript(value=ast.Name(id=name)):
            return name
        case _:
            return None
