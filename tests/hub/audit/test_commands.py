"""`hub audit`, as an operator and an outside reviewer run it."""

import asyncio
import base64
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from typer.testing import CliRunner

from hub.audit import Ledger, Sequencer, Signer
from hub.audit.commands import audit
from hub.kit.clock import SystemClock
from hub.kit.database import Database, KeyTable, Table
from hub.kit.secret import Secret
from hub.kit.vault import Vault
from tests.hub.audit.conftest import SEED
from tests.hub.audit.entries import filled

ORIGIN = "samverkanshubben.example/prov"
OPERATOR = b"test operator key, 32 bytes long"
KEY = str(Signer(ORIGIN, SEED).verifier)


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(audit, [str(each) for each in arguments])
    return result.exit_code, result.output


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def changed(path: Path) -> Path:
    return written(path.with_suffix(".changed"), path.read_bytes().replace(b"refusal", b"Refusal", 1))


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of an installed hub on SQLite, its settings in the environment; nothing in its log yet."""
    asyncio.run(_installed(tmp_path))
    settings = {
        "DATABASE_URL": f"sqlite:///{tmp_path}/hub.db",
        "KEYS_DATABASE_URL": f"sqlite:///{tmp_path}/keys.db",
        "KEYS__OPERATOR": base64.b64encode(OPERATOR).decode(),
        "KEYS__LEDGER": base64.b64encode(SEED.reveal()).decode(),
        "KEYS__CLIENT": base64.b64encode(b"{}").decode(),
        "ISSUERS": "issuers.json",
        "LEDGER_ORIGIN": ORIGIN,
    }
    for name, value in settings.items():
        monkeypatch.setenv(f"HUB_{name}", value)
    return tmp_path


async def _installed(folder: Path) -> None:
    for name, table in (("hub", Table), ("keys", KeyTable)):
        opened = await Database.open(f"sqlite:///{folder}/{name}.db")
        async with opened.engine.begin() as connection:
            await connection.run_sync(table.metadata.create_all)
        await opened.close()


@asynccontextmanager
async def _at_work(folder: Path, count: int) -> AsyncIterator[Database]:
    """A hub that has recorded `count` entries and signed for them, and has its databases open."""
    main = await Database.open(f"sqlite:///{folder}/hub.db")
    keys = await Database.open(f"sqlite:///{folder}/keys.db")
    ledger = Ledger(main, Vault(keys, Secret(OPERATOR)), SystemClock())
    sequencer = Sequencer(main, SystemClock(), ledger, Signer(ORIGIN, SEED))
    await filled(ledger, count)
    await sequencer.sequence()
    await sequencer.sign()
    yield main
    await main.close()
    await keys.close()


def worked(folder: Path, count: int, *statements: str) -> None:
    """Let a hub record `count` entries and sign, then carry out `statements` behind its back."""

    async def work() -> None:
        async with _at_work(folder, count) as database:
            for statement in statements:
                await database.record(statement)

    asyncio.run(work())


class TestExport:
    def test_of_a_log_that_has_signed_nothing_says_so(self, hub: Path) -> None:
        code, text = run("export", hub / "log")
        assert code == 2
        assert "ingen kontrollpunkt" in text
        assert list(hub.glob("log*")) == []

    def test_since_what_is_no_checkpoint_says_so(self, hub: Path) -> None:
        for since in (written(hub / "kept", b"nonsense"), hub / "none"):
            code, text = run("export", hub / "log", "--since", since)
            assert code == 2
            assert "Kontrollpunkten går inte att läsa" in text

    def test_to_where_nothing_can_be_written_says_so(self, hub: Path) -> None:
        worked(hub, 1)
        code, text = run("export", hub / "none" / "log")
        assert code == 2
        assert "Filen går inte att skriva" in text

    def test_from_a_damaged_tree_says_so(self, hub: Path) -> None:
        worked(hub, 3)
        kept = written(hub / "kept", run("checkpoint")[1].encode())
        worked(hub, 2, "DELETE FROM ledger_leaf WHERE position = 1")
        code, text = run("export", hub / "log", "--since", kept)
        assert code == 2
        assert "Trädet är skadat" in text

    def test_verifies_until_one_byte_is_changed(self, hub: Path) -> None:
        worked(hub, 5)
        code, text = run("export", hub / "log")
        assert code == 0
        assert KEY in text
        code, text = run("verify", hub / "log", "--key", KEY)
        assert code == 0
        assert text.startswith("Loggen stämmer.\nPoster: 5 (nummer 0 till och med 4).")
        code, text = run("verify", changed(hub / "log"), "--key", KEY)
        assert code == 1
        assert text.startswith("Loggen stämmer inte.\n- Post ")

    def test_since_a_checkpoint_has_only_what_is_later(self, hub: Path) -> None:
        worked(hub, 3)
        kept = written(hub / "kept", run("checkpoint")[1].encode())
        worked(hub, 2)
        assert run("export", hub / "log", "--since", kept)[0] == 0
        code, text = run("verify", hub / "log", "--key", KEY, "--since", kept)
        assert code == 0
        assert "Poster: 2 (nummer 3 till och med 4)." in text

    def test_runs_beside_a_hub_at_work(self, hub: Path) -> None:
        async def beside() -> tuple[int, str]:
            async with _at_work(hub, 2):
                return await asyncio.to_thread(run, "export", hub / "log")

        assert asyncio.run(beside())[0] == 0


class TestVerify:
    def test_with_what_is_no_key_says_so(self, tmp_path: Path) -> None:
        code, text = run("verify", written(tmp_path / "log", b""), "--key", "a+b+c")
        assert code == 2
        assert "Nyckeln går inte att läsa" in text

    def test_needs_no_settings(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in [name for name in os.environ if name.startswith("HUB_")]:
            monkeypatch.delenv(name)
        code, text = run("verify", written(tmp_path / "log", b""), "--key", KEY)
        assert code == 1
        assert "Loggen stämmer inte." in text


class TestKeyAndCheckpoint:
    def test_the_key_is_the_one_that_reviewers_need(self, hub: Path) -> None:
        assert run("key") == (0, KEY + "\n")

    def test_there_is_no_checkpoint_at_first(self, hub: Path) -> None:
        code, text = run("checkpoint")
        assert code == 2
        assert "ingen kontrollpunkt än" in text
