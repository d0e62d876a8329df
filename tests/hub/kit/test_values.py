"""Secrets, ids, dates."""

import json
import pickle
from datetime import UTC, date, datetime

import pytest

from hub.kit import clock as clocks
from hub.kit.errors import HubError
from hub.kit.ids import new_id
from hub.kit.secret import Secret
from hub.kit.working_days import add_working_days, is_working_day, working_days_between
from tests.fakes.clock import FixedClock

CANARY = "189001019802"


def test_a_secret_is_not_shown_by_any_road() -> None:
    secret = Secret(CANARY)
    shown = f"{secret} {secret!r} {secret:>20} {[secret]} {vars(type(secret)).keys()}" + "%s" % secret  # noqa: UP031
    assert CANARY not in shown
    with pytest.raises(TypeError):
        pickle.dumps(secret)
    with pytest.raises(TypeError):
        json.dumps(secret)
    assert secret == Secret(CANARY)
    assert secret != Secret("189102279800")


def test_ids_are_opaque_and_fit_a_url() -> None:
    ids = {new_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert all(len(each) == 26 and each.isalnum() and each == each.lower() for each in ids)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 3, 28), datetime(2026, 3, 28, 23, tzinfo=UTC)),
        (date(2026, 3, 29), datetime(2026, 3, 29, 22, tzinfo=UTC)),
    ],
)
def test_a_last_day_ends_at_the_next_swedish_midnight(day: date, expected: datetime) -> None:
    assert clocks.midnight_after(day) == expected


def test_the_date_is_swedish_when_it_is_late_in_the_evening() -> None:
    assert clocks.today(FixedClock(datetime(2026, 11, 23, 23, 30, tzinfo=UTC))) == date(2026, 11, 24)


def test_eves_are_no_working_days() -> None:
    assert not is_working_day(date(2026, 12, 24))
    assert add_working_days(date(2026, 12, 23), 1) == date(2026, 12, 28)
    assert working_days_between(date(2026, 12, 23), date(2026, 12, 28)) == 1
    assert working_days_between(date(2026, 12, 28), date(2026, 12, 23)) == -1


def test_an_error_shows_no_argument() -> None:
    assert str(HubError(f"Något om {CANARY}")) == "internt-fel"
