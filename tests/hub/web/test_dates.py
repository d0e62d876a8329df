"""Dates in the words that people use."""

from datetime import UTC, date, datetime

import pytest

from hub.web import ENGLISH, DateWords

NOW = datetime(2026, 11, 24, 8, 20, tzinfo=UTC)
WORDS = DateWords(NOW)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 24), "i dag"),
        (date(2026, 11, 23), "i går"),
        (date(2026, 11, 25), "i morgon"),
        (date(2026, 11, 27), "fre 27 nov"),
        (date(2027, 1, 14), "tor 14 jan"),
        (date(2027, 2, 28), "28 feb 2027"),
        (date(2025, 3, 3), "3 mar 2025"),
    ],
)
def test_a_day_is_said_as_near_as_it_is(day: date, said: str) -> None:
    assert WORDS.day(day) == said


def test_a_moment_is_swedish_time_with_a_point() -> None:
    assert WORDS.moment(datetime(2026, 11, 23, 18, 41, 7, tzinfo=UTC)) == "i går 19.41"
    assert WORDS.stopwatch(datetime(2026, 11, 23, 18, 41, 7, tzinfo=UTC)) == "19.41.07"


def test_the_day_turns_at_swedish_midnight() -> None:
    assert DateWords(datetime(2026, 11, 23, 23, 30, tzinfo=UTC)).day(date(2026, 11, 24)) == "i dag"


@pytest.mark.parametrize(
    ("due", "said"),
    [
        (date(2026, 11, 27), "3 arbetsdagar kvar"),
        (date(2026, 11, 25), "1 arbetsdag kvar"),
        (date(2026, 11, 30), "4 arbetsdagar kvar"),
        (date(2026, 11, 24), "i dag"),
        (date(2026, 11, 23), "sen 1 dag"),
        (date(2026, 11, 20), "sen 4 dagar"),
    ],
)
def test_a_deadline_is_told_in_working_days(due: date, said: str) -> None:
    assert WORDS.left(due) == said


def test_a_period_that_ends_at_midnight_ends_the_day_before() -> None:
    """Reading R1: till och med."""
    assert DateWords.last_day(datetime(2027, 2, 28, 23, 0, tzinfo=UTC)) == date(2027, 2, 28)
    assert DateWords.end_of(datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)) is None


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (WORDS.long(date(2027, 2, 28)), "28 februari 2027"),
        (WORDS.full(date(2027, 2, 28)), "28 februari"),
        (WORDS.full(date(2028, 2, 28)), "28 februari 2028"),
        (WORDS.heading(date(2026, 11, 24)), "I dag, tisdag 24 november"),
        (WORDS.heading(date(2026, 11, 19)), "Torsdag 19 november"),
        (WORDS.in_days(date(2026, 11, 30)), "om 6 dagar"),
        (WORDS.in_days(date(2026, 11, 25)), "i morgon"),
    ],
)
def test_longer_words(said: str, expected: str) -> None:
    assert said == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (DateWords(NOW, ENGLISH).day(date(2026, 11, 23)), "yesterday"),
        (DateWords(NOW, ENGLISH).day(date(2026, 11, 27)), "Fri 27 Nov"),
        (DateWords(NOW, ENGLISH).left(date(2026, 11, 27)), "3 working days left"),
        (DateWords(NOW, ENGLISH).left(date(2026, 11, 20)), "4 days late"),
        (DateWords(NOW, ENGLISH).clock(NOW), "09:20"),
    ],
)
def test_in_english(said: str, expected: str) -> None:
    assert said == expected
