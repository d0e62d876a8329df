"""Ports for what the tests start: no two workers, and nothing in one worker, are given the same one."""

import os
from random import sample

from hub.launch import ports


def keep_apart() -> None:
    """Let this worker draw from a share of the machine's ports that no other worker draws from, and none of it twice.

    Between the choice of a port and the listening on it a worker does much else, and the others choose theirs.
    """
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    share = ports._OURS[worker :: int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))]
    untried = iter(sample(share, len(share)))
    ports.sample = lambda *_: untried  # pyright: ignore[reportAttributeAccessIssue]  draws that go on where the last one ended


def free_port() -> int:
    """Return a port of this machine that nobody listens on, and that nobody is given meanwhile."""
    return ports.free(1)[0]
