"""Written once: the database itself refuses to change or delete what was said."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from hub.consent import (
    ALL,
    BlockService,
    Closing,
    ConsentService,
    DraftLine,
    Effect,
    Form,
    NamedReceiver,
    ReceiverKind,
    WithdrawalService,
    written_once_statements,
)
from hub.consent.model import WRITTEN_ONCE, Lift, Notice
from hub.kit.database import Database, Table
from tests.hub.consent.conftest import Door, individual, line, on_paper, staff


@pytest.mark.requirement("HUB-06")
async def test_the_database_refuses(
    database: Database, consents: ConsentService, withdrawals: WithdrawalService, blocks: BlockService, door: Door
) -> None:
    exclusion = DraftLine("psyk", ALL, "trauma", ALL, effect=Effect.EXCLUSION)
    others = (NamedReceiver(ReceiverKind.EMPLOYER, "Björkå Bageri"),)
    await consents.record(door.asking(staff()), on_paper(line(receiver="other:0"), exclusion, others=others))
    await withdrawals.withdraw(door.speaker(individual()), Closing())
    await blocks.block(door.speaker(individual()), Closing())
    async with database.write() as session:
        session.add(lift())
    for table in WRITTEN_ONCE:
        column = {"consent_event": "number", "consent_scan": "media_type"}.get(table, "id")
        before = await database.fetch(f"SELECT * FROM {table}")  # noqa: S608  a name of ours
        assert before, table
        for act in (f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}"):  # noqa: S608  a name of ours
            with pytest.raises(DBAPIError, match="written once"):
                async with database.write() as session:
                    await session.execute(text(act))
        assert len(await database.fetch(f"SELECT * FROM {table}")) == len(before)  # noqa: S608  a name of ours


def lift() -> Lift:
    """Return the evidence of something that was lifted."""
    return Lift(
        id="l1",
        individual_id="i1",
        lifted="line",
        answerable_agency="soc",
        form=Form.ORAL,
        evidence=b"sealed",
        evidence_digest=b"digest",
        recorded_by="assignment:a1",
        decision="entry",
        recorded_at=datetime(2026, 11, 24, tzinfo=UTC),
    )


def test_every_table_but_the_notices_is_written_once() -> None:
    ours = {name for name in Table.metadata.tables if name == "consent" or name.startswith("consent_")}
    assert ours - set(WRITTEN_ONCE) == {Notice.__tablename__}


@pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
def test_a_migration_gets_the_same_statements(dialect: str) -> None:
    statements = written_once_statements(dialect)
    assert all(any(f" ON {table}" in each for each in statements) for table in WRITTEN_ONCE)


@pytest.mark.parametrize("table", WRITTEN_ONCE)
def test_truncating_is_refused_too(table: str) -> None:
    """SQLite has no TRUNCATE: there it is a DELETE without a WHERE, refused above."""
    [trigger] = [each for each in written_once_statements("postgresql") if f"TRIGGER {table}_written" in each]
    assert "BEFORE UPDATE OR DELETE OR TRUNCATE" in trigger
