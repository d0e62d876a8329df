"""Brings a database up to the newest schema, whatever it was before."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import BigInteger, Connection, String
from sqlmodel.sql.sqltypes import AutoString

from hub.kit.database import Database, EnumText, KeyTable, Table, UtcDateTime

_HERE = Path(__file__).parent


def _config(connection: Connection, head: str) -> Config:
    config = Config(str(_HERE / "alembic.ini"))
    config.attributes.update(connection=connection, head=head)
    return config


async def upgrade(main: Database, keys: Database) -> None:
    """Upgrade both databases to the newest schema; does nothing where they already are."""
    for database, head in ((main, "main"), (keys, "keys")):
        async with database.engine.begin() as connection:
            await connection.run_sync(_upgrade, head)


def _upgrade(connection: Connection, head: str) -> None:
    command.upgrade(_config(connection, head), f"{head}@head")


async def differences(database: Database, head: str) -> list[object]:
    """Return what the models say and the migrated schema of `database` doesn't (nothing, in a right tree)."""
    metadata = Table.metadata if head == "main" else KeyTable.metadata
    async with database.engine.connect() as connection:
        return await connection.run_sync(
            lambda c: compare_metadata(MigrationContext.configure(c, opts=options(head)), metadata)
        )


def options(head: str) -> dict[str, Any]:
    """Return how the schema of `head` (main or keys) is compared and changed."""
    return {
        "render_as_batch": True,
        "compare_type": _differs,
        "version_table": f"schema_{head}",
        "render_item": _rendered,
        "include_name": _ours,
    }


def _ours(name: str | None, kind: str, _parents: object) -> bool:
    """Alembic's own tables are no part of the schema."""
    return kind != "table" or not str(name).startswith("schema_")


def _rendered(kind: str, item: object, _context: object) -> str | bool:
    """Write our own column types as what the database has, so that an old migration never changes with the code."""
    if kind != "type":
        return False
    if isinstance(item, UtcDateTime):
        return "sa.BigInteger()"
    return "sa.String()" if isinstance(item, EnumText | AutoString) else False


def _differs(_context: object, _inspected: object, _metadata: object, found: object, wanted: object) -> bool | None:
    """Our own types compare as what the database has; None lets Alembic compare the rest."""
    if isinstance(wanted, UtcDateTime):
        return not isinstance(found, BigInteger)
    return not isinstance(found, String) if isinstance(wanted, EnumText | AutoString) else None
