"""A change of the operator's key: refused when it would blind the hub; killed anywhere, it goes on where it stopped."""

import asyncio
import base64
import os
import signal
import stat
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from hub.cli import app
from hub.kit.database import Database, KeyTable
from hub.kit.rewrapping import rewrap
from hub.kit.secret import Secret
from hub.kit.vault import Erased, KeyScope, Place, Vault
from hub.kit.wrapping import UnknownWrapping, Wrapping, digest_root, successor
from tests.conftest import blank

OLD = Secret(b"test operator key, 32 bytes long")
NEW = successor(OLD)
PLACE = Place("reference", "name", "row-1")
SCOPES = [KeyScope(f"individual-{number}", "soc", "content") for number in range(40)]
_ROOT = Path(__file__).parents[3]


@pytest.fixture
async def keys(tmp_path: Path) -> AsyncIterator[Database]:
    (tmp_path / "keys.db").write_bytes(blank(KeyTable.metadata))
    opened = await Database.open(f"sqlite:///{tmp_path}/keys.db")
    yield opened
    await opened.close()


async def sealed(keys: Database) -> dict[str, bytes]:
    """Seal something for each scope under the old key."""
    opened = await Vault(keys, OLD).keys(SCOPES)
    return {scope.id: opened.seal(scope, PLACE, scope.id.encode()) for scope in SCOPES}


async def assert_open(vault: Vault, found: dict[str, bytes]) -> None:
    opened = await vault.existing(SCOPES)
    assert [opened.open(scope, PLACE, found[scope.id]) for scope in SCOPES] == [each.id.encode() for each in SCOPES]


async def newest(keys: Database, *, key: Secret[bytes] = NEW) -> int:
    rows = await keys.fetch("SELECT id, wrapped FROM wrapped_key")
    return sum(Wrapping(key).is_newest(name, bytes(wrapped)) for name, wrapped in rows)


@pytest.mark.requirement("HUB-09")
class TestRefused:
    async def test_a_row_that_neither_key_has_wrapped_stops_it_and_stays(self, keys: Database) -> None:
        await sealed(keys)
        before = await keys.fetch("SELECT id, wrapped FROM wrapped_key ORDER BY id")
        with pytest.raises(UnknownWrapping):
            await rewrap(keys, Wrapping(Secret(bytes(32)), NEW))
        assert await keys.fetch("SELECT id, wrapped FROM wrapped_key ORDER BY id") == before

    async def test_the_old_key_opens_nothing_afterwards(self, keys: Database) -> None:
        await sealed(keys)
        await rewrap(keys, Wrapping(OLD, NEW))
        with pytest.raises(UnknownWrapping):
            await Vault(keys, OLD).existing(SCOPES)

    async def test_what_was_destroyed_stays_destroyed(self, keys: Database) -> None:
        found = await sealed(keys)
        await Vault(keys, OLD).destroy(SCOPES[:1])
        assert await rewrap(keys, Wrapping(OLD, NEW)) == len(SCOPES) - 1
        opened = await Vault(keys, NEW).existing(SCOPES)
        with pytest.raises(Erased):
            opened.open(SCOPES[0], PLACE, found[SCOPES[0].id])


@pytest.mark.requirement("HUB-09")
class TestChanged:
    async def test_all_opens_under_the_new_key_and_look_ups_find_what_they_found(self, keys: Database) -> None:
        found = await sealed(keys)
        assert await rewrap(keys, Wrapping(OLD, NEW), batch=7) == len(SCOPES)
        await assert_open(Vault(keys, NEW), found)
        assert Vault(keys, NEW).digest("lookup:soc", "x") == Vault(keys, OLD).digest("lookup:soc", "x")
        assert await rewrap(keys, Wrapping(OLD, NEW)) == 0

    async def test_a_hub_that_knows_both_reads_either_and_makes_new_ones_with_the_next(self, keys: Database) -> None:
        found = await sealed(keys)
        both = Vault(keys, OLD, NEW)
        await assert_open(both, found)
        await both.keys([KeyScope("individual-new", "soc", "content")])
        assert await newest(keys) == 1

    async def test_it_can_be_changed_again(self, keys: Database) -> None:
        found, third = await sealed(keys), successor(NEW)
        await rewrap(keys, Wrapping(OLD, NEW))
        await rewrap(keys, Wrapping(NEW, third))
        await assert_open(Vault(keys, third), found)
        assert digest_root(third) == digest_root(OLD)


async def die_midway(url: str, batches: int) -> None:
    """Change the key, and be killed after some batches: what `python -m` of this file does."""
    keys, told = await Database.open(url), iter(range(batches))

    def count(_done: int) -> None:
        if next(told, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)

    await rewrap(keys, Wrapping(OLD, Secret(base64.b64decode(os.environ["NEW"]))), count, batch=3)


@pytest.mark.requirement("HUB-09")
async def test_killed_midway_nothing_is_lost_and_it_goes_on(tmp_path: Path) -> None:
    (tmp_path / "keys.db").write_bytes(blank(KeyTable.metadata))
    url = f"sqlite:///{tmp_path}/keys.db"
    opened = await Database.open(url)
    found = await sealed(opened)
    await opened.close()
    for batches in (1, 4, 2):
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.hub.kit.test_rewrapping", url, str(batches),
            cwd=_ROOT, env={**os.environ, "NEW": base64.b64encode(NEW.reveal()).decode()},
        )  # fmt: skip
        assert await process.wait() == -signal.SIGKILL
        opened = await Database.open(url)
        await assert_open(Vault(opened, OLD, NEW), found)
        assert 0 < await newest(opened) < len(SCOPES)
        await opened.close()
    opened = await Database.open(url)
    assert await rewrap(opened, Wrapping(OLD, NEW)) > 0
    await assert_open(Vault(opened, NEW), found)
    await opened.close()


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("hub", "keys"):
        (tmp_path / f"{name}.db").write_bytes(blank(KeyTable.metadata))
    told = {
        "DATABASE_URL": f"sqlite:///{tmp_path}/hub.db",
        "KEYS_DATABASE_URL": f"sqlite:///{tmp_path}/keys.db",
        "KEYS__OPERATOR": base64.b64encode(OLD.reveal()).decode(),
        "KEYS__LEDGER": base64.b64encode(bytes(32)).decode(),
        "KEYS__CLIENT": base64.b64encode(b"{}").decode(),
        "ISSUERS": "issuers.json",
        "LEDGER_ORIGIN": "hub.example/log",
    }
    for name, value in told.items():
        monkeypatch.setenv(f"HUB_{name}", value)
    return tmp_path


def test_the_command_wants_the_next_key_and_one_that_it_made(settings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = CliRunner().invoke
    missing = run(app, ["keys", "rotate"])
    assert (missing.exit_code, "HUB_KEYS__OPERATOR_NEXT saknas" in missing.output) == (1, True)
    monkeypatch.setenv("HUB_KEYS__OPERATOR_NEXT", base64.b64encode(bytes(64)).decode())
    foreign = run(app, ["keys", "rotate"])
    assert (foreign.exit_code, "Inget är ändrat" in foreign.output) == (1, True)
    written = settings / "next"
    assert run(app, ["keys", "new", str(written)]).exit_code == 0
    assert stat.S_IMODE(written.stat().st_mode) == 0o600
    assert run(app, ["keys", "new", str(written)]).exit_code == 1
    monkeypatch.setenv("HUB_KEYS__OPERATOR_NEXT", written.read_text().strip())
    done = run(app, ["keys", "rotate"])
    assert (done.exit_code, "Klart: 0 datanycklar" in done.output) == (0, True)


if __name__ == "__main__":
    asyncio.run(die_midway(sys.argv[1], int(sys.argv[2])))
