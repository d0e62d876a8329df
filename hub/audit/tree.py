"""The tree as it is stored: its right edge, the hash of any range, and proofs. Reads hundreds of rows, never all."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import text
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from hub.audit.entry import EntryId
from hub.audit.leaf import leaf_bytes
from hub.audit.merkle import Frontier, Node, Range, consistency_ranges, fold, inclusion_ranges, subtrees
from hub.audit.model import LedgerTree
from hub.kit.database import Database

#: Hashes are stored for subtrees of these heights (0 in `ledger_leaf`); those between are folded from at most 128.
STORED_LEVEL: Final = 8
THE_TREE: Final = 1


class NotInTree(Exception):
    """There is no such leaf, or no such size, in the tree yet."""


class TreeDamaged(Exception):
    """Rows of the tree are missing: nothing can be proved from what is left."""


@dataclass(frozen=True, slots=True)
class InclusionProof:
    """Shows that `leaf` is number `index` in the tree of `size` leaves (RFC 9162, 2.1.3)."""

    index: int
    size: int
    leaf: bytes
    hashes: tuple[bytes, ...]


class Tree:
    """Reads the stored tree."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def frontier(self) -> Frontier:
        """Return the size and the full subtrees of the tree as it is now."""
        async with self._database.read() as session:
            return await stored_frontier(session)

    async def whole(self) -> bool:
        """Tell whether the stored right edge is that of all the stored leaves."""
        [(leaves,)] = await self._database.fetch("SELECT coalesce(max(position) + 1, 0) FROM ledger_leaf")
        frontier = await self.frontier()  # read after: edge and leaves grow in the same transaction
        try:
            return frontier.size >= leaves and await self.root(frontier.size) == frontier.root
        except TreeDamaged:
            return False

    async def root(self, size: int) -> bytes:
        """Return the root that the stored leaves give for the first `size` of them. Raises TreeDamaged."""
        return await self.hash(Range(0, size))

    async def peaks(self, size: int) -> list[bytes]:
        """Return the hashes of the full subtrees of the first `size` leaves. Raises TreeDamaged."""
        return [await self._node(node) for node in subtrees(Range(0, size))]

    async def hash(self, leaves: Range) -> bytes:
        """Return the hash of a range of a proof. Raises TreeDamaged."""
        return fold([await self._node(node) for node in subtrees(leaves)])

    async def inclusion(self, entry_id: EntryId, size: int | None = None) -> InclusionProof:
        """Return the proof that the entry is in the tree of `size` leaves, or of all. Raises NotInTree."""
        rows = await self._database.fetch(
            """SELECT l.position, e.body, e.recorded_at FROM ledger_leaf l JOIN ledger_entry e ON e.id = l.entry_id
               WHERE l.entry_id = $1""",
            entry_id,
        )
        whole = (await self.frontier()).size if size is None else size
        if not rows or rows[0][0] >= whole:
            raise NotInTree(entry_id)
        [(index, body, recorded)] = rows
        hashes = [await self.hash(each) for each in inclusion_ranges(index, whole)]
        return InclusionProof(index, whole, leaf_bytes(body, recorded), tuple(hashes))

    async def consistency(self, older: int, newer: int) -> tuple[bytes, ...]:
        """Return the proof that the tree of `older` leaves is a prefix of that of `newer`. Raises NotInTree."""
        if not 0 <= older <= newer <= (await self.frontier()).size:
            raise NotInTree(f"{older}, {newer}")
        return tuple([await self.hash(each) for each in consistency_ranges(older, newer)])

    async def _node(self, node: Node) -> bytes:
        """Fold the hash of a full subtree from the nearest stored level below it."""
        stored, height = node.level - node.level % STORED_LEVEL, node.level % STORED_LEVEL
        start, end = node.position << height, (node.position + 1) << height
        rows = await (self._leaves(start, end) if stored == 0 else self._nodes(stored, start, end))
        if len(rows) != end - start:
            raise TreeDamaged(f"level {stored}, {start}–{end}")
        frontier = Frontier(0, [])
        for row in rows:
            frontier.append(row[0])
        return frontier.root

    async def _leaves(self, start: int, end: int) -> list[tuple[bytes]]:
        rows = await self._database.fetch(
            "SELECT leaf_hash FROM ledger_leaf WHERE position >= $1 AND position < $2 ORDER BY position", start, end
        )
        return [(row[0],) for row in rows]

    async def _nodes(self, level: int, start: int, end: int) -> list[tuple[bytes]]:
        rows = await self._database.fetch(
            "SELECT hash FROM ledger_node WHERE level = $1 AND position >= $2 AND position < $3 ORDER BY position",
            level,
            start,
            end,
        )
        return [(row[0],) for row in rows]


async def stored_frontier(session: AsyncSession) -> Frontier:
    """Return the tree's right edge as `session` sees it; an empty tree when nothing has been put into it."""
    found = (await session.exec(select(LedgerTree).where(LedgerTree.id == THE_TREE))).first()
    return Frontier.of(found.size, found.peaks) if found else Frontier(0, [])


async def alone(session: AsyncSession, database: Database) -> bool:
    """Tell whether this transaction is the one that may change the tree: until its end, no other gets this answer.

    On SQLite there is one process and one writer, so it always is.
    """
    if database.dialect == "sqlite":
        return True
    return bool((await session.execute(text("SELECT pg_try_advisory_xact_lock(:key)"), {"key": _LOCK})).scalar())


#: "ledger" in ASCII: the advisory lock of everything that changes the tree.
_LOCK: Final = 0x6C6564676572
