"""The figures that say whether time tells of somebody: what they must find, and what they must not cry about."""

import random

import pytest

from deploy.bench.absent import Difference, difference

DICE = random.Random(20261124)  # noqa: S311  noise that is the same every time


def noisy(count: int, *, slower: float = 0.0) -> list[float]:
    """Return times in micros as a hub's are: two milliseconds, a spread, and now and then something else entirely."""
    return [
        DICE.gauss(2000 + slower, 250) + (DICE.expovariate(1 / 20_000) if DICE.random() < 0.01 else 0)
        for _ in range(count)
    ]


def compared(slower: float) -> Difference:
    return difference(noisy(20_000, slower=slower), noisy(20_000))


@pytest.mark.requirement("HUB-04")
def test_what_is_planted_is_found() -> None:
    found = compared(200)
    assert found.found
    assert not found.hidden
    assert found.low < 200 < found.high


def test_half_of_it_is_no_pass_either() -> None:
    assert not compared(100).hidden
    assert not compared(-100).hidden, "faster tells as much as slower"


def test_the_same_is_the_same() -> None:
    same = compared(0)
    assert same.hidden
    assert not same.found


def test_too_few_tries_prove_nothing() -> None:
    few = difference(noisy(30), noisy(30))
    assert not few.hidden
    assert few.high - few.low > 100
