"""Those who ask at the same time share a statement; nobody gets what was read before they asked, or another's trouble."""

import asyncio
from collections.abc import Collection, Mapping

import pytest

from hub.kit.together import Together


class Rows:
    """Rows that are read when the test says so."""

    def __init__(self) -> None:
        self.held = {"a": 1, "b": 2}
        self.asked: list[set[str]] = []
        self.begun, self.going = asyncio.Event(), asyncio.Event()
        self.error: Exception | None = None

    async def read(self, names: Collection[str]) -> Mapping[str, int]:
        self.asked.append(set(names))
        self.begun.set()
        found = {name: self.held[name] for name in names if name in self.held}
        await self.going.wait()
        if self.error:
            raise self.error
        return found


async def test_those_who_ask_meanwhile_are_read_for_in_one_go() -> None:
    rows = Rows()
    together = Together(rows.read)
    first = asyncio.create_task(together(["a"]))
    await rows.begun.wait()
    others = [asyncio.create_task(together([name])) for name in ("a", "b", "absent")]
    rows.going.set()
    assert (await first)["a"] == 1
    assert [(await each).get("b") for each in others] == [2, 2, 2]
    assert rows.asked == [{"a"}, {"a", "b", "absent"}]


async def test_what_is_gone_when_one_asks_is_not_in_the_answer() -> None:
    rows = Rows()
    together = Together(rows.read)
    before = asyncio.create_task(together(["a"]))
    await rows.begun.wait()
    del rows.held["a"]
    after = asyncio.create_task(together(["a"]))
    rows.going.set()
    assert "a" in await before
    assert "a" not in await after


async def test_nothing_is_kept_for_the_next() -> None:
    rows = Rows()
    rows.going.set()
    together = Together(rows.read)
    assert await together(["a"]) == {"a": 1}
    rows.held["a"] = 7
    assert await together(["a"]) == {"a": 7}


async def test_one_who_goes_leaves_the_others_be() -> None:
    rows = Rows()
    together = Together(rows.read)
    first, gone, stays = [asyncio.create_task(together([name])) for name in ("a", "a", "b")]
    await rows.begun.wait()
    first.cancel()
    gone.cancel()
    rows.going.set()
    assert (await stays)["b"] == 2
    for each in (first, gone):
        with pytest.raises(asyncio.CancelledError):
            await each
    assert (await together(["a"]))["a"] == 1


async def test_trouble_is_told_to_those_whose_reading_it_was_and_is_over() -> None:
    rows = Rows()
    together = Together(rows.read)
    asked = [asyncio.create_task(together([name])) for name in ("a", "b")]
    await rows.begun.wait()
    rows.error = OSError("no connection")
    rows.going.set()
    for each in asked:
        with pytest.raises(OSError, match="no connection"):
            await each
    rows.error = None
    assert (await together(["a"]))["a"] == 1


async def test_one_who_reads_alone_and_goes_leaves_those_who_came_after() -> None:
    rows = Rows()
    together = Together(rows.read)
    alone = asyncio.create_task(together(["a"]))
    await rows.begun.wait()
    after = asyncio.create_task(together(["b"]))
    alone.cancel()
    rows.going.set()
    with pytest.raises(asyncio.CancelledError):
        await alone
    assert (await after)["b"] == 2


async def test_a_reading_that_is_ended_from_outside_ends_for_all_who_wait() -> None:
    rows = Rows()
    together = Together(rows.read)
    asked = [asyncio.create_task(together([name])) for name in ("a", "b")]
    await rows.begun.wait()
    [reading] = asyncio.all_tasks() - {*asked, asyncio.current_task()}
    reading.cancel()
    for each in asked:
        with pytest.raises(asyncio.CancelledError):
            await each
    rows.going.set()
    assert (await together(["b"]))["b"] == 2
