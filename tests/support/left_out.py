"""A pytest plugin: tests whose program is missing are left out and named in the closing lines.

With REQUIRE_ALL=1 (continuous integration) nothing may be left out: a missing program ends the run, a skipped test fails it.
"""

import os
from collections import Counter

import pytest
from xdist import is_xdist_worker

from tests.support.machine import Part, missing

PREFIX = "utelämnat: "


def pytest_configure(config: pytest.Config) -> None:
    if _all_required() and (gone := missing()):
        raise pytest.UsageError(
            "\n".join(["REQUIRE_ALL=1, men:", *(f"  {part.name}: {part.missing}" for part in gone)])
        )


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Every core for the whole suite; none for a part of it, where starting workers costs more than they give."""
    whole = config.args_source is not pytest.Config.ArgsSource.ARGS
    return (os.cpu_count() or 1) if whole else 0


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    gone = missing()
    for item in items:
        for part in gone:
            if item.get_closest_marker(part.mark):
                item.add_marker(pytest.mark.skip(reason=f"{PREFIX}{part.name}"))
    if not any(part.mark == "database" for part in gone):
        _drop(config, items, [item for item in items if _database_test_on_sqlite(item)])


def _database_test_on_sqlite(item: pytest.Item) -> bool:
    """Tell whether this is the SQLite variation of a test that says it needs PostgreSQL."""
    chosen: object = (
        item.callspec.params.get("database")
        if isinstance(item, pytest.Function) and hasattr(item, "callspec")
        else None
    )
    return chosen == "sqlite" and item.get_closest_marker("database") is not None


def _drop(config: pytest.Config, items: list[pytest.Item], dropped: list[pytest.Item]) -> None:
    if dropped:
        config.hook.pytest_deselected(items=dropped)
        items[:] = [item for item in items if item not in dropped]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    gone = missing()
    if not gone:
        return
    reports = terminalreporter.stats.get("skipped", [])
    counts = Counter(str(report.longrepr[2]).rpartition(PREFIX)[2] for report in reports)
    terminalreporter.section("utelämnat på den här maskinen")
    for part in gone:
        terminalreporter.line(closing_line(part, counts[part.name]))


def closing_line(part: Part, tests: int) -> str:
    return f"{part.name}: {tests or 'inga egna'} prov utelämnade, för {part.missing}"


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    if is_xdist_worker(session) or not _all_required() or exitstatus != pytest.ExitCode.OK:
        return
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _all_required() -> bool:
    return os.environ.get("REQUIRE_ALL") == "1"
