"""Many gatherings under faults: what the hub holds of memory, open files and tasks stays what it was.

The full run is `HUB_TEST_GATHERINGS=1000`; `-s` shows the figures.
"""

import asyncio
import gc
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

import pytest

from tests.adapters.test_bad_days import FAULTS, UNREADABLE
from tests.hub.partner.conftest import Api
from tests.support.agencies import AGENCIES, Agencies, asking_hub, case_with_all, gathered, summed
from tests.support.doors import Doors

GATHERINGS = int(os.environ.get("HUB_TEST_GATHERINGS", "60"))
#: Readers at once.
READERS = 4
#: Bytes. What is asked for and given back to the allocator varies by some of this; a leaked answer each time does not.
SLACK = 24_000_000
#: Connections that happen to be kept open, which are fewer than what one gathering leaked each would come to.
FILES = 12


@dataclass(frozen=True)
class Held:
    """What this process holds."""

    memory: int
    files: int
    tasks: int

    @classmethod
    async def now(cls, hub: Doors) -> "Held":
        await hub.made.gatherer.settle()
        gc.collect()
        return cls(*_of_this_process(), len(asyncio.all_tasks()))


def _of_this_process() -> tuple[int, int]:
    """Return the bytes of memory in use, and the number of open files."""
    own = Path("/proc/self")
    pages = int((own / "statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE"), len(list((own / "fd").iterdir()))


def bad_days() -> Iterator[dict[str, str]]:
    """Yield days without end: every fault at every agency, each time with another beside it, and well ones between."""
    faults = (*FAULTS, *UNREADABLE)
    for turn, fault in enumerate(cycle(faults)):
        one, other = AGENCIES[turn % 4], AGENCIES[(turn // 4 + turn + 1) % 4]
        yield {one: fault, other: faults[(turn * 5 + 3) % len(faults)]} if turn % 4 else {}


async def gather(hub: Doors, agencies: Agencies, count: int) -> None:
    """Gather so many times, some at once, on one bad day after the other."""
    lena = Api(hub, "lena-sandstrom")
    case = await case_with_all(lena)
    for faults in islice(bad_days(), count // READERS):
        agencies.suffer(faults)
        answers = await asyncio.gather(*(gathered(lena, case) for _ in range(READERS)))
        for each in answers:
            named = {agency for agency, what in summed(each).items() if what != "answered"}
            assert (set(each["parts"]), named) == (set(AGENCIES), set(faults)), summed(each)
    agencies.suffer({})
    await gathered(lena, case)
    await hub.made.gatherer.store.sweep()


@pytest.mark.requirement("HUB-09")
async def test_memory_files_and_tasks_stay_flat(town: Path, tmp_path: Path, agencies: Agencies) -> None:
    async with asking_hub(town, tmp_path / "hub", agencies) as hub:
        await gather(hub, agencies, max(GATHERINGS // 4, 4 * READERS))
        before = await Held.now(hub)
        await gather(hub, agencies, GATHERINGS)
        after = await Held.now(hub)
    sys.stdout.write(f"{GATHERINGS} gatherings: {before} -> {after}\n")
    assert after.tasks <= before.tasks
    assert after.files - before.files <= FILES
    assert after.memory - before.memory <= SLACK
