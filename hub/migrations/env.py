"""Alembic's entry: runs on the connection that `upgrade` gives it, never on an address of its own."""

from alembic import context

import hub.migrations.models  # noqa: F401  # pyright: ignore[reportUnusedImport]  so that every table is known
from hub.kit.database import KeyTable, Table
from hub.migrations.upgrade import options

head = context.config.attributes["head"]
context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Table.metadata if head == "main" else KeyTable.metadata,
    **options(head),
)
with context.begin_transaction():
    context.run_migrations()
