"""`kill -9` at random points: no acknowledged entry is lost, and the ledger verifies."""

import asyncio
import os
import random
import sys
from pathlib import Path

import pytest

from hub.audit import Ledger, Sequencer, Signer, verify
from hub.audit.export import Export
from hub.kit.clock import SystemClock
from hub.kit.database import Database, KeyTable, Table
from hub.kit.vault import Vault
from tests.conftest import DIALECTS, open_empty
from tests.hub.audit.conftest import SEED
from tests.hub.audit.writer import OPERATOR, ORIGIN

#: How many times; the full run of the figures does 200.
KILLS = int(os.environ.get("HUB_TEST_KILLS", "3"))
_ROOT = Path(__file__).parents[3]


async def prepared(dialect: str, tmp_path: Path) -> tuple[str, str]:
    """Return the addresses of an empty main and an empty keys' database that nobody has open."""
    main, keys = await open_empty(dialect, tmp_path, "killed"), await Database.open(f"sqlite:///{tmp_path}/keys.db")
    for database, table in ((main, Table), (keys, KeyTable)):
        async with database.engine.begin() as connection:
            await connection.run_sync(table.metadata.create_all)
        await database.close()
    return _url(main), _url(keys)


def _url(database: Database) -> str:
    return database.engine.url.set(drivername=database.dialect).render_as_string(hide_password=False)


async def killed(url: str, keys_url: str) -> list[str]:
    """Let a writer write for a random while, kill it, and return what it had acknowledged."""
    writer = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.hub.audit.writer", url, keys_url, cwd=_ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert writer.stdout
    acknowledged = [await writer.stdout.readline()]
    assert acknowledged[0], "the writer ended before it had written"
    reading = asyncio.create_task(writer.stdout.read())
    await asyncio.sleep(random.uniform(0, 0.6))  # noqa: S311  the point of death
    writer.kill()
    rest = await reading
    await writer.wait()
    # A last line without its end may have been cut in the middle: it was not said whole.
    return [line.decode().strip() for line in [*acknowledged, *rest.splitlines(keepends=True)] if line.endswith(b"\n")]


async def surviving(url: str, keys_url: str) -> tuple[verify.Report, str]:
    """Open what the dead one left, put what waits into the tree, and verify an export."""
    main, keys = await Database.open(url, connections=4), await Database.open(keys_url)
    vault = Vault(keys, OPERATOR)
    signer = Signer(ORIGIN, SEED)
    sequencer = Sequencer(main, SystemClock(), Ledger(main, vault, SystemClock()), signer)
    await sequencer.sequence()
    await sequencer.sign()
    lines = [line async for line in Export(main, vault, ORIGIN).lines()]
    await main.close()
    await keys.close()
    return verify.verify(lines, str(signer.verifier)), b"".join(lines).decode()


@pytest.mark.requirement("HUB-06")
@pytest.mark.parametrize("dialect", DIALECTS)
async def test_no_acknowledged_entry_is_lost(dialect: str, tmp_path: Path) -> None:
    url, keys_url = await prepared(dialect, tmp_path)
    acknowledged: set[str] = set()
    for _ in range(KILLS):
        acknowledged |= set(await killed(url, keys_url))
        report, exported = await surviving(url, keys_url)
        assert report.holds, report.text
        assert not {identity for identity in acknowledged if identity not in exported}
        assert report.size >= len(acknowledged)
