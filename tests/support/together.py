"""A pytest plugin: tests with the same mark `xdist_group` run in one worker, and share there what is costly to start.

xdist tells its scheduler of the mark by the end of a test's id, which it writes where pytest no longer reads it (9.2).
"""

import pytest
from _pytest.nodeid import NodeId
from xdist import is_xdist_worker


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(session: pytest.Session, items: list[pytest.Item]) -> None:
    if not is_xdist_worker(session):
        return
    for item in items:
        mark = item.get_closest_marker("xdist_group")
        if mark and not item.nodeid.endswith(told := f"@{mark.args[0]}"):
            item._id = NodeId.parse(item.nodeid + told)
