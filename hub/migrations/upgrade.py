"""Brings a database up to the newest schema, whatever it was before."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection

from hub.kit.database import Database, KeyTable, Table

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
    return {"render_as_batch": True, "compare_type": True, "version_table": f"schema_{head}"}
