"""One set of migrations, for both databases: from empty to what the models say, and again without doing anything."""

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from hub.kit.database import Database
from hub.migrations.upgrade import differences, upgrade
from tests.conftest import DIALECTS, open_empty


@pytest.fixture(params=DIALECTS)
def dialect(request: pytest.FixtureRequest) -> str:
    return request.param


async def migrated(dialect: str, tmp_path: Path) -> tuple[Database, Database]:
    main, keys = await open_empty(dialect, tmp_path, "migrated"), await open_empty(dialect, tmp_path, "migrated_keys")
    await upgrade(main, keys)
    return main, keys


async def test_from_empty_to_what_the_models_say(dialect: str, tmp_path: Path) -> None:
    main, keys = await migrated(dialect, tmp_path)
    assert await differences(main, "main") == []
    assert await differences(keys, "keys") == []
    await upgrade(main, keys)
    for each in (main, keys):
        await each.close()


@pytest.mark.requirement("HUB-06")
async def test_what_is_written_once_is_so_in_the_database_itself(dialect: str, tmp_path: Path) -> None:
    main, keys = await migrated(dialect, tmp_path)
    template = """INSERT INTO consent_template (id, kind, language, version, body, digest, published_at)
                  VALUES ('t', 'plan', 'sv', 1, 'x', '', 0)"""
    async with main.write() as session:
        await session.execute(text(template))

    async def change() -> None:
        async with main.write() as session:
            await session.execute(text("UPDATE consent_template SET body = 'y'"))

    with pytest.raises(DBAPIError, match="written once"):
        await change()
    for each in (main, keys):
        await each.close()
