"""An exported log holds with the public key alone; a cut tail and a changed file are found."""

import ast
import base64
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from hub.audit import Checkpoint, Ledger, Sequencer, Signer, verify
from hub.audit.merkle import Frontier
from hub.audit.verify import BadKey
from hub.kit.database import Database
from hub.kit.secret import Secret
from hub.kit.vault import Vault
from tests.hub.audit.entries import filled
from tests.hub.audit.logged import SIZE, Logged


async def cut(logged: Logged, size: int) -> None:
    """Cut the tail as one would who can write to every table: nothing inside the database tells of it."""
    rows = await logged.database.fetch("SELECT leaf_hash FROM ledger_leaf WHERE position < $1 ORDER BY position", size)
    frontier = Frontier(0, [])
    for row in rows:
        frontier.append(row[0])
    await logged.run(
        "DELETE FROM ledger_entry WHERE id IN (SELECT entry_id FROM ledger_leaf WHERE position >= {size})",
        "DELETE FROM ledger_leaf WHERE position >= {size}",
        "DELETE FROM ledger_checkpoint WHERE size > {size}",
        "DELETE FROM ledger_node WHERE (position + 1) * 256 > {size}",
        size=size,
    )
    await logged.database.record("UPDATE ledger_tree SET size = $1, peaks = $2 RETURNING id", size, bytes(frontier))


class TestSince:
    """An earlier checkpoint, kept elsewhere."""

    async def test_finds_a_cut_tail(self, logged: Logged) -> None:
        await cut(logged, 200)
        assert (await logged.verified()).holds
        assert (await logged.verified(since=logged.earlier)).holds
        report = await logged.verified(since=logged.newest)
        assert report.faults == ["Slutet är kapat: din kontrollpunkt gäller 300 poster, i filen finns 200."]

    async def test_finds_a_tail_that_was_cut_and_grown_anew(self, logged: Logged) -> None:
        await cut(logged, 200)
        await logged.grow(150)
        assert (await logged.verified()).holds
        report = await logged.verified(since=logged.newest)
        assert report.faults == ["De första 300 posterna är inte de som din kontrollpunkt gäller."]

    async def test_of_the_same_log_holds(self, logged: Logged) -> None:
        for since in (logged.earlier, logged.newest):
            assert (await logged.verified(since=since)).holds

    async def test_of_nothing_holds(self, logged: Logged) -> None:
        empty = logged.signer.sign(0, Frontier(0, []).root)
        assert (await logged.verified(since=empty)).holds
        assert not (await logged.verified(since=logged.signer.sign(0, bytes(32)))).holds

    async def test_later_than_a_partial_file_s_start_holds(self, logged: Logged) -> None:
        report = await logged.verified(since=logged.earlier, start=200)
        assert (report.holds, report.start, report.size) == (True, 200, 300)
        assert "Poster: 100 (nummer 200 till och med 299)." in report.text
        assert (await logged.verified(since=logged.newest, start=200)).holds
        assert (await logged.verified(start=250)).holds

    async def test_earlier_than_a_partial_file_s_start_can_not_be_compared(self, logged: Logged) -> None:
        report = await logged.verified(since=logged.earlier, start=250)
        assert "går inte att jämföra" in report.faults[0]

    async def test_signed_by_another_is_no_checkpoint(self, logged: Logged) -> None:
        other = Signer(logged.signer.origin, Secret(bytes(32)))
        with pytest.raises(BadKey):
            await logged.verified(since=other.sign(200, bytes(32)))

    async def test_of_another_log_is_no_checkpoint(self, logged: Logged) -> None:
        text = logged.earlier.partition("\n")[2]
        with pytest.raises(BadKey, match="inte signerad"):
            await logged.verified(since="another.example\n" + text)

    async def test_signed_by_us_for_another_log_is_no_checkpoint(self, logged: Logged) -> None:
        text = Checkpoint("another.example", 200, bytes(32)).text
        signature = base64.b64encode(logged.signer.verifier.key_id + logged.signer._key.sign(text.encode())).decode()
        with pytest.raises(BadKey, match="annan logg"):
            await logged.verified(since=f"{text}\n— {logged.signer.origin} {signature}\n")


CHANGES: dict[str, Callable[[list[bytes]], list[bytes]]] = {
    "nothing is left": lambda lines: [],
    "without the first": lambda lines: lines[1:],
    "without the last": lambda lines: lines[:-1],
    "without the end": lambda lines: lines[:-3],
    "without an entry": lambda lines: lines[:2] + lines[3:],
    "two change places": lambda lines: [lines[0], lines[2], lines[1], *lines[3:]],
    "the last one twice": lambda lines: [*lines, lines[-1]],
    "an empty line after it": lambda lines: [*lines, b"\n"],
    "a line that is no object": lambda lines: [lines[0], b"[1]\n", *lines[1:]],
    "an entry that is a number": lambda lines: [lines[0], b'{"index":0,"leaf":7}\n', *lines[1:]],
    "another start": lambda lines: [lines[0].replace(b'"start":0', b'"start":5'), *lines[1:]],
    "a start before all": lambda lines: [lines[0].replace(b'0,"peaks":[]', b'-1,"peaks":["zz"]'), *lines[1:]],
}


class TestFile:
    @pytest.fixture
    async def lines(
        self, database: Database, vault: Vault, ledger: Ledger, sequencer: Sequencer, signer: Signer
    ) -> list[bytes]:
        log = Logged(database, vault, ledger, sequencer, signer, "", "")
        await log.grow(2)
        await log.grow(1)
        return await log.export()

    async def test_one_changed_byte_is_found_wherever_it_is(self, lines: list[bytes], signer: Signer) -> None:
        whole, key = b"".join(lines), str(signer.verifier)
        assert verify.verify(whole.splitlines(keepends=True), key).holds
        for position in range(len(whole)):
            changed = whole[:position] + bytes([whole[position] ^ 1]) + whole[position + 1 :]
            assert not verify.verify(changed.splitlines(keepends=True), key).holds, position

    @pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
    async def test_lines_left_out_added_or_moved_are_found(
        self, lines: list[bytes], signer: Signer, change: Callable[[list[bytes]], list[bytes]]
    ) -> None:
        assert not verify.verify(change(lines), str(signer.verifier)).holds

    async def test_another_log_s_key_does_not_fit(self, lines: list[bytes]) -> None:
        report = verify.verify(lines, str(Signer("another.example", Secret(bytes(32))).verifier))
        assert report.faults[0] == "Det här är inte en export av den logg som nyckeln hör till."

    async def test_a_great_many_faults_are_counted_and_not_listed(self, logged: Logged) -> None:
        await logged.run("UPDATE ledger_entry SET outcome = 'permit'")
        text = (await logged.verified()).text
        assert text.startswith("Loggen stämmer inte.\n- Post 0: uppgifterna bredvid posten är ändrade.\n")
        assert text.endswith("- och 280 fel till")

    async def test_what_waits_is_told_and_is_no_fault(self, logged: Logged) -> None:
        await filled(logged.ledger, 3)
        assert "Senare poster, som nästa export tar med: 3." in (await logged.verified()).text
        await logged.sequencer.sequence()
        assert "Senare poster, som nästa export tar med: 3." in (await logged.verified()).text

    async def test_of_nothing_new_holds(self, logged: Logged) -> None:
        report = await logged.verified(start=SIZE, since=logged.newest)
        assert report.holds
        assert "Poster: 0." in report.text


class TestStandingAlone:
    def test_needs_nothing_of_ours(self) -> None:
        tree = ast.parse(Path(verify.__file__).read_text("utf-8"))
        named = {each.name for node in ast.walk(tree) if isinstance(node, ast.Import) for each in node.names}
        named |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        assert {name.partition(".")[0] for name in named} <= sys.stdlib_module_names | {"cryptography"}

    async def test_is_a_program(self, logged: Logged, tmp_path: Path) -> None:
        lines, key = await logged.export(), logged.key
        program = self._copy(tmp_path)
        good = self._file(tmp_path / "log", b"".join(lines))
        bad = self._file(tmp_path / "changed", b"".join(lines).replace(b"deny", b"Deny", 1))
        kept = self._file(tmp_path / "kept", logged.earlier.encode())
        named = self._file(tmp_path / "key", key.encode())
        assert self._run(program, good, "--key", key, "--since", kept) == 0
        assert self._run(program, good, "--key", named) == 0
        assert self._run(program, bad, "--key", key) == 1
        assert self._run(program, good, "--key", key[:-4]) == 2
        assert self._run(program, tmp_path / "none", "--key", key) == 2

    async def test_answers_in_plain_swedish(
        self, logged: Logged, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        file = self._file(tmp_path / "log", b"".join(await logged.export()))
        kept = self._file(tmp_path / "kept", logged.earlier.encode())
        assert verify.main([str(file), "--key", logged.key, "--since", str(kept)]) == 0
        assert capsys.readouterr().out.startswith("Loggen stämmer.\nPoster: 300 (nummer 0 till och med 299).\n")
        assert verify.main([str(file), "--key", "a+b+c"]) == 2
        assert "Nyckeln går inte att läsa." in capsys.readouterr().err

    @staticmethod
    def _copy(folder: Path) -> Path:
        return TestStandingAlone._file(folder / "granska.py", Path(verify.__file__).read_bytes())

    @staticmethod
    def _file(path: Path, content: bytes) -> Path:
        path.write_bytes(content)
        return path

    @staticmethod
    def _run(program: Path, *arguments: object) -> int:
        command = [sys.executable, "-I", str(program), *map(str, arguments)]
        return subprocess.run(command, check=False, capture_output=True).returncode
