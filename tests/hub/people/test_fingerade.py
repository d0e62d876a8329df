"""No table can hold a link between two individuals or a former number, and no act can make one (lag 1991:483)."""

import inspect

import pytest
from sqlalchemy import UniqueConstraint

import hub.people
from hub.kit.database import Table

pytestmark = pytest.mark.requirement("HUB-04")

#: Each table that points at an individual twice, with why it isn't the same person twice.
TWO_PEOPLE = {"representative": "a representative and the individual they act for"}
#: What one can do with individuals. A word that joins, renames or looks back would be a breach.
FORBIDDEN = ("merge", "link", "join", "former", "previous", "fictitious", "fingerad", "alias", "renumber", "same_as")


def test_no_table_ties_one_individual_to_another() -> None:
    twice = {
        name
        for name, table in Table.metadata.tables.items()
        if sum(key.column.table.name == "individual" for key in table.foreign_keys) > 1
    }
    assert twice == TWO_PEOPLE.keys()


def test_no_column_can_hold_a_mark_or_a_former_identity() -> None:
    columns = {f"{table.name}.{column.name}" for table in Table.metadata.tables.values() for column in table.columns}
    columns -= {"case_party.joined_at"}  # it is an agency that joins, a case
    assert not [each for each in columns if any(word in each for word in FORBIDDEN)]


def test_a_number_has_one_row_in_each_lane_and_none_other() -> None:
    unique = {
        tuple(column.name for column in constraint.columns)
        for constraint in Table.metadata.tables["individual"].constraints
        if isinstance(constraint, UniqueConstraint)
    }
    assert unique == {("lookup_hash", "lane")}


def test_no_act_of_the_door_joins_or_looks_back() -> None:
    acts = {
        f"{owner}.{name}"
        for owner in hub.people.__all__
        for name, _ in inspect.getmembers(getattr(hub.people, owner), inspect.isfunction)
    } | set(hub.people.__all__)
    assert not [each for each in acts if any(word in each.lower() for word in FORBIDDEN)]
