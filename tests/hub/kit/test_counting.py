"""What is counted slides out of the window again, and counting takes no more memory than it may."""

from collections.abc import Callable

import pytest

from hub.kit.counting import Counter


class Time:
    """Seconds, moved by hand."""

    def __init__(self) -> None:
        self.now = 6000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def time() -> Time:
    return Time()


def hits(counter: Counter, key: str, tries: int, limit: int = 10) -> int:
    return sum(counter.hit(key, limit) for _ in range(tries))


def test_no_more_than_the_limit_and_each_by_themselves(time: Callable[[], float]) -> None:
    counter = Counter(clock=time)
    assert hits(counter, "a", 12) == 10
    assert hits(counter, "b", 3) == 3


def test_what_was_refused_is_not_counted(time: Time) -> None:
    counter = Counter(clock=time)
    assert hits(counter, "a", 1000) == 10
    time.now += 90  # half of the window in which it was counted is still inside
    assert hits(counter, "a", 1000) == 5


def test_a_window_that_is_over_counts_for_the_part_that_is_still_inside(time: Time) -> None:
    counter = Counter(clock=time)
    assert hits(counter, "a", 10) == 10
    time.now += 60
    assert hits(counter, "a", 10) == 0
    time.now += 30
    assert hits(counter, "a", 10) == 5
    time.now += 29.9
    assert hits(counter, "a", 10) == 5


def test_what_lies_far_back_is_forgotten(time: Time) -> None:
    counter = Counter(clock=time)
    assert hits(counter, "a", 10) == 10
    time.now += 120
    assert hits(counter, "a", 10) == 10


def test_those_who_are_too_many_to_be_told_apart_share_one_count(time: Time) -> None:
    counter = Counter(apart=2, clock=time)
    assert hits(counter, "a", 1) == hits(counter, "b", 1) == 1
    assert sum(counter.hit(f"flood-{number}", 10) for number in range(1000)) == 10
    assert hits(counter, "a", 20) == 9
    time.now += 120
    assert hits(counter, "flood-1", 20) == 10
