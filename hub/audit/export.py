"""Writes the log to lines that `verify` checks: the leaves, and digests of what lies beside them *now*.

They hold no personal part. They end at the newest checkpoint, so that all of it is signed for and nothing has to be
written: an export runs beside a hub at work.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

import msgspec

from hub.audit.leaf import Leaf, Personal, beside, leaf_bytes, place_of, scope_of
from hub.audit.merkle import Frontier, Node, leaf_hash
from hub.audit.tree import STORED_LEVEL, Tree
from hub.audit.verify import FORMAT, end_line
from hub.kit.database import Database
from hub.kit.vault import Erased, Keys, Tampered, Vault, key_of

_PAGE: Final = 2000
#: Stands where a digest would: no digest reads like this, so that it never agrees with a leaf.
_CHANGED: Final = "changed"
_ENTRIES: Final = """
SELECT l.position, l.leaf_hash, e.id, e.body, e.sealed, e.recorded_at, e.kind, e.outcome, e.agency, e.owner, e.holder,
       e.individual, e.case_id, e.caller_ref
FROM ledger_leaf l LEFT JOIN ledger_entry e ON e.id = l.entry_id
WHERE l.position >= $1 AND l.position < $2 ORDER BY l.position
"""
_WAITING: Final = (
    "SELECT count(*) FROM ledger_entry WHERE id NOT IN (SELECT entry_id FROM ledger_leaf WHERE position < $1)"
)
_ASTRAY: Final = """
SELECT (SELECT count(*) FROM ledger_entry e WHERE NOT EXISTS (SELECT 1 FROM ledger_leaf l WHERE l.entry_id = e.id)
          AND NOT EXISTS (SELECT 1 FROM ledger_pending p WHERE p.entry_id = e.id))
     + (SELECT count(*) FROM ledger_pending p WHERE NOT EXISTS (SELECT 1 FROM ledger_entry e WHERE e.id = p.entry_id))
"""


class NothingSigned(Exception):
    """There is no checkpoint at or after the one to start from: there is nothing that an export could end with."""


class Line(msgspec.Struct, frozen=True):
    """An entry in the file; `beside` is null when the key is destroyed, `leaf` when the row is gone."""

    index: int
    leaf: str | None
    hash: str
    personal: str | None = None
    beside: str | None = None


@dataclass(slots=True)
class _Stored:
    """An entry as it lies in the tables now: the columns of `_ENTRIES`."""

    position: int
    leaf_hash: bytes
    id: str
    body: str
    sealed: bytes
    recorded: int
    kind: str
    outcome: str
    agency: str | None
    owner: str | None
    holder: str
    individual: str | None
    case_id: str | None
    caller_ref: str | None

    def agrees(self) -> bool:
        """Tell whether the columns that are also in the leaf say what it says."""
        try:
            leaf = msgspec.json.decode(self.body, type=Leaf)
        except msgspec.MsgspecError:
            return False
        said = (leaf.id, leaf.kind, leaf.outcome, leaf.agency, leaf.owner, leaf.holder)
        return said == (self.id, self.kind, self.outcome, self.agency, self.owner, self.holder)


class Export:
    """One export. `origin` is the name of the log's key."""

    def __init__(self, database: Database, vault: Vault, origin: str) -> None:
        self._database, self._vault, self._origin = database, vault, origin
        self._tree = Tree(database)
        self._digest = sha256()
        self._living: frozenset[bytes] | None = None
        self._unfinished = 0
        self._full: dict[Node, bytes] = {}

    async def lines(self, start: int = 0) -> AsyncIterator[bytes]:
        """Yield the lines of the entries from number `start`. Raises NothingSigned, TreeDamaged."""
        notes = await self._checkpoints(start)
        end = max(notes, default=-1)
        if end < start:
            raise NothingSigned
        frontier = Frontier(start, await self._tree.peaks(start))
        yield self._head(frontier)
        if start in notes:
            yield self._line({"checkpoint": notes[start]})
        for first in range(start, end, _PAGE):
            for line in await self._page(first, min(first + _PAGE, end)):
                yield self._entry(line, frontier)
                if frontier.size in notes:
                    yield self._line({"checkpoint": notes[frontier.size]})
        yield self._line(await self._besides(end))
        yield end_line(end, frontier.root.hex(), self._digest.hexdigest())

    def _head(self, frontier: Frontier) -> bytes:
        peaks = [peak.hex() for peak in frontier.peaks]
        return self._line({"format": FORMAT, "origin": self._origin, "start": frontier.size, "peaks": peaks})

    def _line(self, value: object) -> bytes:
        line = msgspec.json.encode(value) + b"\n"
        self._digest.update(line)
        return line

    def _entry(self, line: Line, frontier: Frontier) -> bytes:
        """Append to `frontier` as who reads the line will, and keep the subtrees that are also stored."""
        hashed = bytes.fromhex(line.hash) if line.leaf is None else leaf_hash(line.leaf.encode())
        for node, value in frontier.append(hashed):
            if node.level % STORED_LEVEL == 0:
                self._full[node] = value
        return self._line(line)

    async def _checkpoints(self, start: int) -> dict[int, str]:
        rows = await self._database.fetch(
            "SELECT size, note FROM ledger_checkpoint WHERE size >= $1 ORDER BY size", start
        )
        return {row[0]: row[1] for row in rows}

    async def _page(self, start: int, end: int) -> list[Line]:
        rows = {row[0]: row for row in await self._database.fetch(_ENTRIES, start, end)}
        stored = {at: _Stored(*row) for at, row in rows.items() if row[2] is not None}
        keys = await self._vault.existing({scope_of(each.individual, each.holder) for each in stored.values()})
        lines: list[Line] = []
        for position in range(start, end):
            if position in stored:
                lines.append(await self._present(stored[position], keys))
            else:
                left = rows[position][1].hex() if position in rows else ""
                lines.append(Line(position, None, left))
        return lines

    async def _present(self, row: _Stored, keys: Keys) -> Line:
        leaf = leaf_bytes(row.body, row.recorded).decode()
        beside_now = await self._beside(row, keys) if row.agrees() else _CHANGED
        return Line(row.position, leaf, row.leaf_hash.hex(), sha256(row.sealed).hexdigest(), beside_now)

    async def _beside(self, row: _Stored, keys: Keys) -> str | None:
        try:
            opened = keys.open(scope_of(row.individual, row.holder), place_of(row.id), row.sealed)
        except Tampered:
            return _CHANGED
        except Erased:
            return await self._erased(row)
        personal = msgspec.json.decode(opened, type=Personal)
        return beside(personal.salt, row.individual, row.case_id, row.caller_ref)

    async def _erased(self, row: _Stored) -> str | None:
        """Tell erasure from a row whose columns were emptied or moved to hide it: its key is still there."""
        key = key_of(row.sealed)
        if self._living is None or key in self._living:  # a key may have been destroyed since they were read
            self._living = await self._vault.ids()
        if key in self._living:
            return _CHANGED
        self._unfinished += any((row.individual, row.case_id, row.caller_ref))
        return None

    async def _besides(self, end: int) -> dict[str, int]:
        [(waiting,)] = await self._database.fetch(_WAITING, end)
        [(astray,)] = await self._database.fetch(_ASTRAY)
        return {"waiting": waiting, "astray": astray, "unfinished": self._unfinished, "nodes": await self._unlike()}

    async def _unlike(self) -> int:
        """Return how many of the stored inner nodes, the right edge among them, aren't what the leaves give."""
        rows = await self._database.fetch("SELECT level, position, hash FROM ledger_node")
        stored = {Node(row[0], row[1]): row[2] for row in rows}
        unlike = sum(stored.get(node) != value for node, value in self._full.items())
        return unlike + (not await self._tree.whole())
