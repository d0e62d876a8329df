"""The tree grows, is signed, and is held to what was promised."""

import asyncio
from hashlib import sha256
from pathlib import Path

import pytest

from hub.audit import CHECKPOINT_SIGNED, CheckpointFile, EntryId, Ledger, NotInTree, Sequencer, Signer, Tree
from hub.audit.merkle import leaf_hash, proves_consistency, proves_inclusion
from hub.audit.tree import TreeDamaged, alone
from hub.kit.database import Database
from hub.kit.secret import Secret
from tests.fakes.clock import FixedClock
from tests.hub.audit.entries import filled
from tests.support.waiting import until


async def positions(database: Database) -> list[int]:
    return [row[0] for row in await database.fetch("SELECT position FROM ledger_leaf ORDER BY position")]


class TestSequencing:
    async def test_nothing_waits(self, sequencer: Sequencer) -> None:
        assert await sequencer.sequence() == 0

    async def test_gives_each_waiting_entry_the_next_place(
        self, sequencer: Sequencer, ledger: Ledger, database: Database
    ) -> None:
        await filled(ledger, 3)
        assert await sequencer.sequence() == 3
        await filled(ledger, 2)
        assert await sequencer.sequence() == 2
        assert await positions(database) == [0, 1, 2, 3, 4]
        assert await database.fetch("SELECT 1 FROM ledger_pending") == []

    async def test_takes_more_than_a_batch(
        self, sequencer: Sequencer, ledger: Ledger, database: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("hub.audit.sequencer._BATCH", 2)
        await filled(ledger, 5)
        assert await sequencer.sequence() == 5
        assert await positions(database) == [0, 1, 2, 3, 4]

    async def test_an_entry_that_is_gone_holds_nobody_up(
        self, sequencer: Sequencer, ledger: Ledger, database: Database
    ) -> None:
        first, _ = await filled(ledger, 2)
        await database.record("DELETE FROM ledger_entry WHERE id = $1 RETURNING id", first)
        assert await sequencer.sequence() == 1
        assert await sequencer.sequence() == 0

    async def test_only_one_sequencer_is_at_it(
        self, sequencer: Sequencer, ledger: Ledger, database: Database, clock: FixedClock, signer: Signer
    ) -> None:
        await filled(ledger, 40)
        others = [Sequencer(database, clock, ledger, signer) for _ in range(3)]
        await asyncio.gather(*[each.sequence() for each in (sequencer, *others)])
        await sequencer.sequence()
        assert await positions(database) == list(range(40))

    async def test_works_in_the_background_and_finishes_when_stopped(
        self, sequencer: Sequencer, ledger: Ledger, database: Database, signer: Signer
    ) -> None:
        await filled(ledger, 1)
        await sequencer.start()
        await until(lambda: positions(database))
        await filled(ledger, 1)
        await sequencer.stop()
        assert await positions(database) == [0, 1]
        assert signer.verifier.open(await sequencer.latest_checkpoint() or "").size == 2


class TestProofs:
    async def test_of_what_is_not_in_the_tree_there_are_none(
        self, sequencer: Sequencer, ledger: Ledger, database: Database
    ) -> None:
        first, *_ = await filled(ledger, 3)
        tree = Tree(database)
        with pytest.raises(NotInTree):
            await tree.inclusion(first)
        await sequencer.sequence()
        with pytest.raises(NotInTree):
            await tree.inclusion(first, size=0)
        with pytest.raises(NotInTree):
            await tree.inclusion(EntryId("nothing"))
        for older, newer in ((0, 4), (3, 2), (-1, 2)):
            with pytest.raises(NotInTree):
                await tree.consistency(older, newer)

    async def test_rest_on_nothing_where_rows_are_missing(
        self, sequencer: Sequencer, ledger: Ledger, database: Database
    ) -> None:
        await filled(ledger, 8)
        await sequencer.sequence()
        [(last,)] = await database.fetch("SELECT entry_id FROM ledger_leaf WHERE position = 7")
        await database.record("DELETE FROM ledger_leaf WHERE position = 1 RETURNING position")
        with pytest.raises(TreeDamaged):
            await Tree(database).inclusion(last)

    async def test_hold_against_the_signed_root_over_stored_levels(
        self, sequencer: Sequencer, ledger: Ledger, database: Database, signer: Signer
    ) -> None:
        ids = await filled(ledger, 700)
        await sequencer.sequence()
        first = signer.verifier.open(await sequencer.sign() or "")
        ids += await filled(ledger, 69)
        await sequencer.sequence()
        second = signer.verifier.open(await sequencer.sign() or "")
        assert (first.size, second.size) == (700, 769)
        tree = Tree(database)
        for entry_id in (ids[0], ids[255], ids[256], ids[511], ids[699], ids[-1]):
            proof = await tree.inclusion(entry_id)
            assert proves_inclusion(leaf_hash(proof.leaf), proof.index, proof.size, proof.hashes, second.root)
            assert entry_id.encode() in proof.leaf
        hashes = await tree.consistency(700, 769)
        assert proves_consistency(700, 769, first.root, second.root, hashes)


class TestSigning:
    async def test_an_empty_tree_is_not_signed(self, sequencer: Sequencer) -> None:
        assert await sequencer.sign() is None
        assert await sequencer.latest_checkpoint() is None
        assert await sequencer.checkpoints_for("soc") == []

    async def test_a_tree_is_signed_once_at_each_size(
        self, sequencer: Sequencer, ledger: Ledger, database: Database, clock: FixedClock
    ) -> None:
        await filled(ledger, 1)
        await sequencer.sequence()
        note = await sequencer.sign()
        clock.move(minutes=1)
        assert await sequencer.sign() == note == await sequencer.latest_checkpoint()
        facts = await database.fetch("SELECT kind, body FROM outbox")
        assert [tuple(fact) for fact in facts] == [(CHECKPOINT_SIGNED, '{"size": "1"}')]

    async def test_every_agency_gets_what_it_has_not_got(
        self, sequencer: Sequencer, ledger: Ledger, database: Database
    ) -> None:
        notes = []
        for _ in range(2):
            await filled(ledger, 1)
            await sequencer.sequence()
            notes.append(await sequencer.sign())
        assert await sequencer.checkpoints_for("soc") == notes
        assert await sequencer.checkpoints_for("af", after=1) == notes[1:]
        assert await sequencer.checkpoints_for("af", after=2) == []
        rows = await database.fetch("SELECT agency, size FROM ledger_holder ORDER BY agency")
        assert [tuple(row) for row in rows] == [("af", 2), ("soc", 2)]

    @pytest.mark.database
    async def test_waits_for_another_that_is_at_it(
        self, sequencer: Sequencer, ledger: Ledger, database: Database
    ) -> None:
        await filled(ledger, 1)
        await sequencer.sequence()
        await filled(ledger, 1)
        async with database.write() as session:
            assert await alone(session, database)
            assert await sequencer.sequence() == 0
            assert await sequencer.sign() is None


def put(path: Path, text: str | None, encoding: str = "utf-8") -> None:
    path.unlink() if text is None else path.write_text(text, encoding)


def got(path: Path) -> str:
    return path.read_text("utf-8")


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "kept"


@pytest.fixture
def watched(database: Database, clock: FixedClock, ledger: Ledger, signer: Signer, kept: Path) -> Sequencer:
    """A sequencer that keeps its checkpoints in a file outside."""
    return Sequencer(database, clock, ledger, signer, CheckpointFile(kept))


class TestOutside:
    """A hub whose last outside checkpoint is not a prefix of its tree refuses to sign and to disclose."""

    async def _grown(self, sequencer: Sequencer, ledger: Ledger, count: int = 3) -> None:
        await filled(ledger, count)
        await sequencer.sequence()

    async def _refuses(self, sequencer: Sequencer, ledger: Ledger) -> None:
        await sequencer.start()
        await sequencer.stop()
        assert not ledger.trusted
        assert await sequencer.sign() is None

    async def test_a_cut_tail_is_refused(
        self, watched: Sequencer, ledger: Ledger, database: Database, signer: Signer, kept: Path
    ) -> None:
        await self._grown(watched, ledger)
        put(kept, signer.sign(4, sha256(b"").digest()))
        await self._refuses(watched, ledger)

    async def test_other_entries_than_promised_are_refused(
        self, watched: Sequencer, ledger: Ledger, signer: Signer, kept: Path
    ) -> None:
        await self._grown(watched, ledger)
        put(kept, signer.sign(2, sha256(b"").digest()))
        await self._refuses(watched, ledger)

    async def test_a_checkpoint_by_another_key_is_refused(self, watched: Sequencer, ledger: Ledger, kept: Path) -> None:
        await self._grown(watched, ledger)
        put(kept, Signer("samverkanshubben.example/prov", Secret(bytes(32))).sign(3, sha256(b"").digest()))
        await self._refuses(watched, ledger)

    async def test_one_that_can_not_be_read_is_refused(self, watched: Sequencer, ledger: Ledger, kept: Path) -> None:
        await self._grown(watched, ledger)
        put(kept, "\xff", "latin-1")
        await self._refuses(watched, ledger)

    async def test_missing_leaves_are_refused(self, watched: Sequencer, ledger: Ledger, database: Database) -> None:
        await self._grown(watched, ledger)
        await database.record("DELETE FROM ledger_leaf WHERE position = 1 RETURNING position")
        await self._refuses(watched, ledger)

    async def test_a_changed_right_edge_is_refused(
        self, watched: Sequencer, ledger: Ledger, database: Database
    ) -> None:
        await self._grown(watched, ledger)
        await database.record("UPDATE ledger_tree SET peaks = $1 RETURNING id", sha256(b"").digest() * 2)
        await self._refuses(watched, ledger)

    async def test_what_fits_is_trusted_again(
        self, watched: Sequencer, ledger: Ledger, signer: Signer, kept: Path
    ) -> None:
        await self._grown(watched, ledger)
        put(kept, "nonsense")
        assert not await watched.check()
        assert not await watched.check()
        put(kept, None)
        assert await watched.check()
        assert ledger.trusted

    async def test_a_new_checkpoint_is_kept_outside(self, watched: Sequencer, ledger: Ledger, kept: Path) -> None:
        await self._grown(watched, ledger)
        note = await watched.sign()
        assert got(kept) == note
        await self._grown(watched, ledger)
        assert await watched.sign() == got(kept) != note

    async def test_that_it_could_not_be_kept_stops_nothing(
        self, database: Database, clock: FixedClock, ledger: Ledger, signer: Signer, tmp_path: Path
    ) -> None:
        unreachable = Sequencer(database, clock, ledger, signer, CheckpointFile(tmp_path / "gone" / "kept"))
        await self._grown(unreachable, ledger)
        assert await unreachable.sign()
        assert ledger.trusted


async def test_a_folder_holds_the_newest_checkpoint(tmp_path: Path) -> None:
    outside = CheckpointFile(tmp_path)
    assert await outside.latest() is None
    await outside.keep("first\n")
    await outside.keep("second\n")
    assert await outside.latest() == "second\n"
