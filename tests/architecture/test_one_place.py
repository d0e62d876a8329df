"""Things that Python can't forbid and that happen in one place only."""

import ast
import importlib
import pkgutil
import subprocess
import sys

import pytest

import hub.kit.errors
from tests.architecture.source import calls, modules, takes

COMMITS = ("hub/kit/", "hub/audit/")


@pytest.mark.requirement("HUB-01")
def test_a_permit_is_made_only_where_it_is_recorded() -> None:
    made = {path for path, tree in modules("hub", "adapters") if takes(tree, "Permit")}
    assert made == {"hub/access/decision.py"}


@pytest.mark.parametrize(
    ("code", "taken"),
    [
        ("p = Permit(1)", True),
        ("p = Permit[Disclose](1)", True),
        ("make = access.Permit", True),
        ("q = map(Permit, rows)", True),
        ("def read(permit: Permit[Disclose]) -> Permit[Disclose]: ...", False),
        ("Decided = Permit[Q] | Denial[Q]", False),
        ("isinstance(x, Permit)", False),
    ],
)
def test_what_taking_a_permit_means(code: str, taken: bool) -> None:
    assert bool(takes(ast.parse(code), "Permit")) is taken


def test_nobody_commits_but_the_kit_and_the_ledger() -> None:
    commits = [
        f"{path}:{line}"
        for path, tree in modules("hub", "adapters")
        if not path.startswith(COMMITS)
        for line in calls(tree, "commit")
    ]
    assert not commits


def test_each_error_has_a_status_of_its_own_kind() -> None:
    for module in pkgutil.walk_packages(hub.__path__, "hub."):
        if not module.name.startswith(("hub.migrations.", "hub.launch.__main__")):
            importlib.import_module(module.name)
    kinds = family(hub.kit.errors.HubError)
    assert len(kinds) > 20
    for kind in kinds:
        assert 400 <= kind.status < 600, f"{kind.__name__} has no status"
        assert kind.code, f"{kind.__name__} has no code"
        assert kind.title, f"{kind.__name__} has no title"


def test_no_test_sleeps() -> None:
    """A helper may wait for a process to answer; a test that waits for time to pass takes a clock."""
    tests = [(path, each) for path, tree in modules("tests") for each in ast.walk(tree) if is_test(each)]
    assert not [f"{path}:{line}" for path, test in tests for line in calls(test, "sleep")]


def test_the_hub_starts_without_the_tools_of_its_tests() -> None:
    """What only `make test` needs must not be imported by what runs."""
    script = "import sys, hub.app; print(*[m for m in ('pytest', 'hypothesis', 'schemathesis', 'playwright', 'tests') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def family(kind: type) -> list[type]:
    return [below for child in kind.__subclasses__() for below in (child, *family(child))]


def is_test(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_")
