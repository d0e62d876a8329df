"""Who signed in chooses an assignment; a team is chosen among colleagues."""

from datetime import UTC, date, datetime, timedelta

from hub.agencies import (
    AgencyKind,
    Decision,
    Directory,
    Road,
    Role,
    agency_column,
    approvals_column,
    parse_agency,
    parse_approvals,
)
from hub.kit.clock import micros
from hub.kit.database import Database
from tests.fakes.clock import FixedClock
from tests.fixtures.agencies import ISSUER, Staffed, Town

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


async def test_nobody_has_an_assignment_by_signing_in(
    town: Town, soc: Staffed, database: Database, clock: FixedClock
) -> None:
    assert await Directory(database, clock).posts_of(ISSUER, "a stranger") == []


async def test_the_same_subject_at_another_issuer_is_somebody_else(
    town: Town, soc: Staffed, database: Database, clock: FixedClock
) -> None:
    assert await Directory(database, clock).posts_of("https://other.example", "soc-admin") == []


async def test_one_who_signs_in_chooses_among_assignments_in_force(
    town: Town, soc: Staffed, database: Database, clock: FixedClock
) -> None:
    [post] = await Directory(database, clock).posts_of(ISSUER, "soc-admin")
    assert (post.name, post.agency, post.agency_name, post.unit_name) == ("admin", "soc", "Myndighet soc", "Enhet 1")
    assert post.roles == (Role.ADMINISTRATOR,)
    clock.move(days=-1)
    assert await Directory(database, clock).posts_of(ISSUER, "soc-admin") == []


async def test_colleagues_are_those_of_the_agency(
    town: Town, soc: Staffed, psyk: Staffed, database: Database, clock: FixedClock
) -> None:
    await town.person(soc, "lena", Role.HANDLAGGARE)
    directory = Directory(database, clock)
    assert [post.name for post in await directory.colleagues(soc.id)] == ["admin", "lena"]
    assert list(await directory.posts([psyk.posts["admin"]])) == [psyk.posts["admin"]]


async def test_what_an_owner_has_approved_is_one_column(town: Town, soc: Staffed, database: Database) -> None:
    decision = Decision("Åsa Norén", date(2026, 10, 1), "SN 2026/114")
    await town.approvals.approve_rule(soc.mandate(), rule="consent", revision="r1", decision=decision, valid_from=NOW)
    await town.approvals.approve_purpose(
        soc.mandate(), road=Road.SSBTEK, purpose="ekonomiskt_bistand", decision=decision, valid_from=NOW
    )
    column = f"SELECT {approvals_column('$1', '$2')}"
    [row] = await database.fetch(column, "soc", micros(NOW))
    assert sorted(each.code for each in parse_approvals(row[0])) == ["consent", "ssbtek/ekonomiskt_bistand"]
    assert all(each.period.holds(NOW) for each in parse_approvals(row[0]))
    [row] = await database.fetch(column, "psyk", micros(NOW + timedelta(days=1)))
    assert parse_approvals(row[0]) == ()


async def test_an_agency_is_one_column(town: Town, soc: Staffed, database: Database) -> None:
    sql = f"SELECT {agency_column('$1')}"
    found = parse_agency((await database.fetch(sql, "soc"))[0][0])
    assert found
    assert (found.id, found.kind, found.authority, found.regime, found.epoch) == (
        "soc",
        AgencyKind.SOCIALTJANST,
        "Björkå kommun",
        "OSL 26:1",
        1,
    )
    assert parse_agency((await database.fetch(sql, "absent"))[0][0]) is None
