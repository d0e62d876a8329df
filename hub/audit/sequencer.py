"""Puts entries into the tree, in batches, at most a second behind; signs checkpoints and holds the tree to them.

One sequencer works at a time, whatever the number of processes; each batch is one transaction, so that a process
killed at any point leaves the tree as it was before or after a batch.
"""

import asyncio
from typing import Final

import structlog
from sqlalchemy import text
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from hub.audit.checkpoint import Signer
from hub.audit.leaf import leaf_bytes
from hub.audit.ledger import Ledger
from hub.audit.merkle import Frontier, leaf_hash
from hub.audit.model import LedgerCheckpoint, LedgerHolder
from hub.audit.outside import OutsideCheckpoints
from hub.audit.tree import STORED_LEVEL, THE_TREE, Tree, alone, stored_frontier
from hub.audit.trust import flaw_of
from hub.kit.clock import Clock
from hub.kit.database import Database
from hub.kit.outbox import emit, every

_BATCH: Final = 2000
_PACE_S: Final = 0.5
_SIGNING_S: Final = 60.0
#: The outbox fact that tells agencies and witnesses of a new checkpoint, by its size.
CHECKPOINT_SIGNED: Final = "checkpoint_signed"
_log = structlog.get_logger()

_WAITING: Final = text(
    """SELECT e.id, e.body, e.recorded_at FROM ledger_pending p JOIN ledger_entry e ON e.id = p.entry_id
       ORDER BY e.recorded_at, e.id LIMIT :batch"""
)
_LEAVES: Final = text(
    "INSERT INTO ledger_leaf (position, entry_id, leaf_hash) VALUES (:position, :entry_id, :leaf_hash)"
)
#: The same for a whole batch, where the database takes arrays: row by row it was most of what the tree cost.
_LEAVES_AT_ONCE: Final = text(
    """INSERT INTO ledger_leaf (position, entry_id, leaf_hash)
       SELECT * FROM unnest(CAST(:position AS bigint[]), CAST(:entry_id AS text[]), CAST(:leaf_hash AS bytea[]))"""
)
_NODES: Final = text("INSERT INTO ledger_node (level, position, hash) VALUES (:level, :position, :hash)")
_PLACED: Final = text(
    "DELETE FROM ledger_pending WHERE entry_id IN (SELECT entry_id FROM ledger_leaf WHERE position >= :start)"
)
_GROWN: Final = text(
    """INSERT INTO ledger_tree (id, size, peaks) VALUES (:id, :size, :peaks)
       ON CONFLICT (id) DO UPDATE SET size = excluded.size, peaks = excluded.peaks"""
)


class Sequencer:
    """Makes the ledger's tree grow. Started and stopped by `hub.app`, one in each process."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        ledger: Ledger,
        signer: Signer,
        outside: OutsideCheckpoints | None = None,
    ) -> None:
        self._database, self._clock, self._ledger = database, clock, ledger
        self._signer, self._outside = signer, outside
        self._tree = Tree(database)
        self._stop = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Hold the tree to the checkpoint kept outside, then begin to work in the background."""
        await self.check()
        self._stop.clear()
        work = (every(_PACE_S, self.sequence, self._stop), every(_SIGNING_S, self.sign, self._stop))
        self._tasks = [asyncio.create_task(each) for each in work]

    async def stop(self) -> None:
        """Stop the work in the background, put into the tree what still waits, and sign for it."""
        self._stop.set()
        await asyncio.gather(*self._tasks)
        await self.sequence()
        await self.sign()

    async def sequence(self) -> int:
        """Put every waiting entry into the tree; return how many. Nothing when another sequencer is at it."""
        placed = 0
        while await self._database.fetch("SELECT 1 FROM ledger_pending LIMIT 1"):
            async with self._database.write() as session:
                batch = await self._place(session) if await alone(session, self._database) else 0
            placed += batch
            if batch < _BATCH:
                break
        return placed

    async def sign(self) -> str | None:
        """Return a signed checkpoint of the tree as it is, made known when it is new; None for an empty tree.

        Also None when another sequencer is at it, and always while the tree isn't trusted.
        """
        if not await self.check():
            return None
        async with self._database.write() as session:
            if not await alone(session, self._database):
                return None
            frontier = await stored_frontier(session)
            known = await session.get(LedgerCheckpoint, frontier.size)
            if known or not frontier.size:
                return known and known.note
            note = self._signer.sign(frontier.size, frontier.root)
            at = self._clock.now()
            session.add(LedgerCheckpoint(size=frontier.size, note=note, at=at))
            emit(session, CHECKPOINT_SIGNED, {"size": str(frontier.size)}, at)
        await self._publish(note)
        return note

    async def check(self) -> bool:
        """Tell whether the stored tree is whole and holds the checkpoint kept outside; `Ledger.trusted` says the same.

        What can't be read or isn't signed by us counts as not held: the hub would rather be silent than be led.
        """
        flaw = await flaw_of(self._tree, self._signer.verifier, self._outside)
        if flaw and self._ledger.trusted:
            _log.critical("ledger_distrusted", flaw=flaw)
        self._ledger.trusted = flaw is None
        return self._ledger.trusted

    async def checkpoints_for(self, agency: str, after: int = 0) -> list[str]:
        """Return the checkpoints larger than `after`, oldest first, and note that `agency` now holds the last."""
        async with self._database.write() as session:
            newer = select(LedgerCheckpoint).where(LedgerCheckpoint.size > after).order_by(col(LedgerCheckpoint.size))
            found = (await session.exec(newer)).all()
            if found:
                await session.merge(LedgerHolder(agency=agency, size=found[-1].size, at=self._clock.now()))
        return [each.note for each in found]

    async def latest_checkpoint(self) -> str | None:
        """Return the newest checkpoint, or None when none has been signed."""
        async with self._database.read() as session:
            newest = select(LedgerCheckpoint).order_by(col(LedgerCheckpoint.size).desc()).limit(1)
            found = (await session.exec(newest)).first()
        return found and found.note

    async def _place(self, session: AsyncSession) -> int:
        frontier = await stored_frontier(session)
        start = frontier.size
        waiting = (await session.execute(_WAITING, {"batch": _BATCH})).all()
        if not waiting:
            return 0
        leaves, nodes = _grow(frontier, [(row[0], leaf_hash(leaf_bytes(row[1], row[2]))) for row in waiting])
        await self._append(session, leaves)
        if nodes:
            await session.execute(_NODES, nodes)
        await session.execute(_GROWN, {"id": THE_TREE, "size": frontier.size, "peaks": bytes(frontier)})
        await session.execute(_PLACED, {"start": start})
        return len(waiting)

    async def _append(self, session: AsyncSession, leaves: list[dict[str, object]]) -> None:
        if self._database.dialect == "sqlite":
            await session.execute(_LEAVES, leaves)
        else:
            columns = {name: [leaf[name] for leaf in leaves] for name in ("position", "entry_id", "leaf_hash")}
            await session.execute(_LEAVES_AT_ONCE, columns)

    async def _publish(self, note: str) -> None:
        _log.info("ledger_checkpoint", note=note)
        if self._outside is None:
            return
        try:
            await self._outside.keep(note)
        except OSError as error:  # the one before still stands there, and the next comes within a minute
            _log.error("ledger_checkpoint_not_kept", error=type(error).__name__)


def _grow(
    frontier: Frontier, hashed: list[tuple[str, bytes]]
) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """Append to `frontier`; return the rows of the leaves, and of the subtrees that are stored."""
    leaves: list[dict[str, object]] = []
    nodes: list[dict[str, object]] = []
    for entry_id, leaf in hashed:
        leaves.append({"position": frontier.size, "entry_id": entry_id, "leaf_hash": leaf})
        for node, value in frontier.append(leaf):
            if node.level % STORED_LEVEL == 0:
                nodes.append({"level": node.level, "position": node.position, "hash": value})
    return leaves, nodes
