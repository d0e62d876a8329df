"""The house: arrows point down, and a capability is entered by its door."""

from collections.abc import Iterable

import grimp
import pytest
from importlinter import cli

#: The kit, and what the web's two doors share, are tools rather than rooms.
DOORS_OPEN = {"hub.kit", "hub.web", "hub.launch", "hub.migrations"}
#: Doors beside the first one: what is asked of access, how an answer is told, and its two ways in; and the port, which is
#: all that an adapter may see of the broker.
SIDE_DOORS = {"hub.access.questions", "hub.access.explain", "hub.access.signin", "hub.access.tokens", "hub.broker.port"}
#: The assembly puts inner parts together, migrations know every table, and the launch starts the sandbox agencies; nothing
#: else looks inside.
ASSEMBLY = {"hub.app", "hub.assembly", "hub.cli", "hub.launch.sandbox", "hub.migrations.models"}


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("hub", "adapters", include_external_packages=False, cache_dir=None)


def test_the_contracts_of_pyproject_hold(monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config) -> None:
    monkeypatch.chdir(pytestconfig.rootpath)
    assert cli.lint_imports(no_cache=True) == cli.EXIT_STATUS_SUCCESS


def test_a_capability_is_entered_by_its_door(graph: grimp.ImportGraph) -> None:
    broken = [
        f"{importer} imports {imported}"
        for importer in sorted(graph.modules)
        if importer not in ASSEMBLY
        for imported in sorted(graph.find_modules_directly_imported_by(importer))
        if past_the_door(importer, imported)
    ]
    assert not broken


@pytest.mark.parametrize(
    ("importer", "imported", "past"),
    [
        ("hub.cases.service", "hub.people.repository", True),
        ("hub.cases.service", "hub.people", False),
        ("hub.people.service", "hub.people.repository", False),
        ("hub.people.service", "hub.kit.database", False),
        ("hub.people.questions", "hub.access.questions.facts", False),
        ("hub.people.service", "hub.access.decision", True),
        ("adapters.sdk.adapter", "hub.people.model", True),
    ],
)
def test_what_past_the_door_means(importer: str, imported: str, past: bool) -> None:
    assert past_the_door(importer, imported) is past


def test_each_capability_has_a_layer(graph: grimp.ImportGraph, pytestconfig: pytest.Config) -> None:
    layers = (pytestconfig.rootpath / "pyproject.toml").read_text(encoding="utf-8")
    assert not [name for name in packages(graph) if f'"{name}"' not in layers and f"{name})" not in layers]


def past_the_door(importer: str, imported: str) -> bool:
    house, inner = capability(imported), imported.count(".") > 1
    open_to_all = house in DOORS_OPEN or imported in SIDE_DOORS or imported.startswith("hub.access.questions.")
    return inner and not open_to_all and capability(importer) != house


def capability(module: str) -> str:
    return ".".join(module.split(".")[:2])


def packages(graph: grimp.ImportGraph) -> Iterable[str]:
    """The packages of the hub that hold domain words."""
    others = DOORS_OPEN | {"hub.example", "hub.decisions"}
    return [name for name in graph.find_children("hub") if graph.find_children(name) and name not in others]
