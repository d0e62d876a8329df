"""Who disposes of a young person's secrecy at which age: data of the policies, reading R6 (OSL 12 kap. 3 §)."""

from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final

import msgspec

from hub.people.facts import age_on

_DATA: Final = Path(__file__).resolve().parents[2] / "policies" / "data" / "ages.json"


class Disposal(StrEnum):
    """Whose yes counts."""

    GUARDIANS = "guardians"
    TOGETHER = "together"
    ALONE = "alone"


@cache
def limits() -> tuple[int, int]:
    """Return (age from which the young person's own yes is needed, age from which they decide alone)."""
    ages = msgspec.json.decode(_DATA.read_bytes())["ages"]
    return ages["guardian_decides_below"], ages["adult_from"]


def disposal(minor_born: date | None, today: date) -> Disposal:
    """Return whose yes counts today; `minor_born` is None for one who was an adult when first registered."""
    own_yes, alone = limits()
    if minor_born is None or age_on(minor_born, today) >= alone:
        return Disposal.ALONE
    return Disposal.TOGETHER if age_on(minor_born, today) >= own_yes else Disposal.GUARDIANS


def next_change(minor_born: date | None, today: date) -> date | None:
    """Return the day when `disposal` next changes: what rests on an age isn't recorded after it."""
    if minor_born is None:
        return None
    birthdays = [_birthday(minor_born, age) for age in limits()]
    return min((day for day in birthdays if day > today), default=None)


def _birthday(born: date, age: int) -> date:
    """Return the day one turns `age`: for 29 February in other years the first of March."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)
