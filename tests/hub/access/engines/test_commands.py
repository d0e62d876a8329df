"""`hub decide`: a decision in words, from a file or from the ledger."""

import json
import shutil
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from hub.access.commands import decide_command
from hub.access.replay import archive
from hub.access.selftest import examples_of
from hub.access.wasm import WasmEngine
from hub.audit import EntryId, EntryKind, LogEntry, Outcome
from hub.settings import ROOT

POLICIES = ROOT / "policies"
TODAY = WasmEngine.load(POLICIES / "build" / "policy.wasm").revision


def recorded(entry: LogEntry | None = None) -> Callable[[str], Awaitable[LogEntry | None]]:
    async def find(number: str) -> LogEntry | None:
        return entry if entry and entry.id == number else None

    return find


def run(*words: str | Path, entry: LogEntry | None = None, kept: Path = Path("nowhere")) -> tuple[int, str]:
    app = typer.Typer()
    app.command()(decide_command(POLICIES, kept, recorded(entry)))
    done = CliRunner().invoke(app, [str(word) for word in words])
    return done.exit_code, done.output


@pytest.fixture
def permitted(tmp_path: Path) -> Path:
    return written(tmp_path, bytes(examples_of("disclose", POLICIES).permit))


def written(folder: Path, content: bytes) -> Path:
    file = folder / "question.json"
    file.write_bytes(content)
    return file


def entry(**parts: Any) -> LogEntry:
    at = datetime(2026, 11, 24, tzinfo=UTC)
    facts: dict[str, Any] = {
        "id": EntryId("b1"),
        "at": at,
        "recorded_at": at,
        "kind": EntryKind.DISCLOSURE,
        "question": "disclose",
        "act": "read",
        "outcome": Outcome.PERMIT,
        "agency": "soc",
        "owner": "psyk",
        "holder": "soc",
        "revision": TODAY,
        "payload": bytes(examples_of("disclose", POLICIES).permit),
    }
    return LogEntry(**facts | parts)


class TestAFileThatCannotBeUsed:
    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"", "är inte JSON"),
            (b"{", "är inte JSON"),
            (b"\xff", "är inte JSON"),
            (b"[" * 100_000, "är inte JSON"),
            (b"[]", "ska innehålla ett objekt"),
            (b"NaN", "är inte JSON"),
        ],
    )
    def test_says_what_is_wrong_with_it(self, tmp_path: Path, content: bytes, said: str) -> None:
        code, output = run(written(tmp_path, content))
        assert (code, said in output) == (2, True), output

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            (lambda facts: facts.pop("now"), "uppgiften now saknas"),
            (lambda facts: facts["caller"].pop("roles"), "uppgiften roles saknas (i caller)"),
            (lambda facts: facts.update(extra=1), "uppgiften extra hör inte dit"),
            (lambda facts: facts.update(now="i dag"), "ska vara int, men är str (i now)"),
            (lambda facts: facts.update(now=None), "ska vara int, men är null (i now)"),
            (lambda facts: facts.update(purpose="nöje"), "'nöje' är inget ord som frågan känner (i purpose)"),
        ],
    )
    def test_says_which_fact(self, tmp_path: Path, change: Callable[[Any], object], said: str) -> None:
        facts = json.loads(bytes(examples_of("disclose", POLICIES).permit))
        change(facts)
        code, output = run(written(tmp_path, json.dumps(facts).encode()))
        assert (code, said in output) == (2, True), output

    def test_that_is_not_there(self, tmp_path: Path) -> None:
        assert run(tmp_path / "none.json") == (2, f"{tmp_path}/none.json går inte att läsa.\n")

    @pytest.mark.parametrize("words", [(), ("question.json", "--as-of", "b1")])
    def test_one_of_file_and_decision_is_asked_for(self, words: tuple[str, ...]) -> None:
        code, output = run(*words)
        assert (code, "antingen en fil eller ett beslutsnummer" in output) == (2, True)


class TestAFile:
    @pytest.mark.requirement("HUB-02")
    def test_is_told_in_words(self, permitted: Path) -> None:
        code, output = run(permitted)
        assert code == 0
        assert "Får psyk lämna planen, mötena" in output
        assert "Svar: Ja, till en del" in output
        assert f"Regler: {TODAY}" in output

    def test_is_told_to_the_individual(self, permitted: Path) -> None:
        assert "Ditt samtycke" in run(permitted, "--individual")[1]

    def test_is_told_as_json(self, permitted: Path) -> None:
        told = json.loads(run(permitted, "--json")[1])
        assert (told["question"], told["answer"]["outcome"]) == ("disclose", "permit")
        assert told["words"]["by"] == "Handläggare hos soc"

    def test_a_no_is_told_by_the_exit_code_too(self, tmp_path: Path) -> None:
        code, output = run(written(tmp_path, bytes(examples_of("disclose", POLICIES).deny)))
        assert code == 1
        assert "Svar: Nej." in output
        assert "Så kan det ändras:" in output

    def test_what_cannot_be_decided_is_told_apart(
        self, permitted: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("hub.access.wasm.MAX_QUESTION", 10)
        monkeypatch.setattr(WasmEngine, "load", classmethod(lambda cls, _: loaded))
        code, output = run(permitted)
        assert (code, "Det gick inte att avgöra" in output) == (3, True), output


loaded = WasmEngine.load(POLICIES / "build" / "policy.wasm")


class TestAsOf:
    def test_a_recorded_decision_is_decided_again(self) -> None:
        code, output = run("--as-of", "b1", entry=entry())
        assert (code, "Svar: Ja, till en del" in output) == (0, True), output

    def test_with_the_policy_of_that_time(self, tmp_path: Path) -> None:
        archive(POLICIES, tmp_path)
        (tmp_path / f"{TODAY}.wasm").rename(tmp_path / "earlier.wasm")
        (tmp_path / f"{TODAY}.json").rename(tmp_path / "earlier.json")
        code, output = run("--as-of", "b1", entry=entry(revision="earlier"), kept=tmp_path)
        assert (code, "Svar: Ja" in output) == (0, True), output

    def test_a_policy_that_is_not_kept_is_said(self, tmp_path: Path) -> None:
        code, output = run("--as-of", "b1", entry=entry(revision="gone"), kept=tmp_path)
        assert (code, "Reglerna som gällde då (gone) finns inte kvar" in output) == (2, True)

    @pytest.mark.parametrize("revision", ["../../etc/passwd", "a/b", ""])
    def test_a_revision_never_leads_out_of_the_archive(self, tmp_path: Path, revision: str) -> None:
        (tmp_path / "b.wasm").touch()
        assert run("--as-of", "b1", entry=entry(revision=revision), kept=tmp_path)[0] == 2

    def test_an_unknown_number_is_said(self) -> None:
        assert run("--as-of", "b2", entry=entry()) == (2, "Det finns inget beslut b2.\n")

    @pytest.mark.parametrize("gone", [{"payload": None}, {"revision": None}])
    def test_an_erased_decision_is_said(self, gone: dict[str, Any]) -> None:
        assert "går inte att spela upp" in run("--as-of", "b1", entry=entry(**gone))[1]


class TestTheArchive:
    def test_keeps_the_policy_under_its_revision_once(self, tmp_path: Path) -> None:
        archive(POLICIES, tmp_path / "kept")
        kept = tmp_path / "kept" / f"{TODAY}.wasm"
        assert WasmEngine.load(kept).revision == TODAY
        kept.write_bytes(b"what is kept is not written again")
        archive(POLICIES, tmp_path / "kept")
        assert kept.read_bytes() == b"what is kept is not written again"

    def test_a_policy_without_data_is_kept_alone(self, tmp_path: Path) -> None:
        (tmp_path / "build").mkdir()
        shutil.copy(POLICIES / "build" / "policy.wasm", tmp_path / "build")
        shutil.copy(POLICIES / "build" / "policy.json", tmp_path / "build")
        archive(tmp_path, tmp_path / "kept")
        assert {file.suffix for file in (tmp_path / "kept").iterdir()} == {".wasm", ".json"}
