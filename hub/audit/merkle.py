"""The Merkle tree of RFC 9162, section 2.1: pure, and nothing but hashes.

A tree is known by its size and the hashes of its full subtrees, largest first (`Frontier`): that is enough to append
and to say the root. A proof is a list of ranges of leaves; the hash of a range is folded from the full subtrees it
consists of, so that whoever stores some of their hashes has to read few.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, NamedTuple

HASH_SIZE: Final = 32
EMPTY_ROOT: Final = sha256(b"").digest()


class Node(NamedTuple):
    """The full subtree over the leaves `position << level` up to `(position + 1) << level`."""

    level: int
    position: int


class Range(NamedTuple):
    """The leaves from `start` up to `end`."""

    start: int
    end: int


def leaf_hash(leaf: bytes) -> bytes:
    """Return the hash of one leaf (RFC 9162, 2.1.1)."""
    return sha256(b"\0" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node (RFC 9162, 2.1.1)."""
    return sha256(b"\1" + left + right).digest()


def fold(hashes: Sequence[bytes]) -> bytes:
    """Return the hash of the range whose full subtrees, from left to right and shrinking, hash to `hashes`."""
    if not hashes:
        return EMPTY_ROOT
    *rest, folded = hashes
    for left in reversed(rest):
        folded = node_hash(left, folded)
    return folded


@dataclass(slots=True)
class Frontier:
    """The right edge of a tree: its size and the hashes of its full subtrees, largest first."""

    size: int
    peaks: list[bytes]

    @classmethod
    def of(cls, size: int, peaks: bytes) -> "Frontier":
        """Return the frontier that was stored as `size` and `bytes(frontier)`."""
        return cls(size, [peaks[at : at + HASH_SIZE] for at in range(0, len(peaks), HASH_SIZE)])

    def __bytes__(self) -> bytes:
        return b"".join(self.peaks)

    @property
    def root(self) -> bytes:
        """The root hash of the tree."""
        return fold(self.peaks)

    def append(self, hashed: bytes) -> list[tuple[Node, bytes]]:
        """Append a leaf by its hash; return every full subtree of two leaves or more that it completes."""
        completed: list[tuple[Node, bytes]] = []
        position, level = self.size, 0
        while position & 1:
            hashed = node_hash(self.peaks.pop(), hashed)
            position, level = position >> 1, level + 1
            completed.append((Node(level, position), hashed))
        self.peaks.append(hashed)
        self.size += 1
        return completed


def subtrees(leaves: Range) -> list[Node]:
    """Return the full subtrees, from left to right, that a range of a proof or a whole tree consists of."""
    nodes: list[Node] = []
    start = leaves.start
    while start < leaves.end:
        level = (leaves.end - start).bit_length() - 1
        nodes.append(Node(level, start >> level))
        start += 1 << level
    return nodes


def inclusion_ranges(index: int, size: int) -> list[Range]:
    """Return the ranges whose hashes prove that leaf `index` is in the tree of `size` leaves (RFC 9162, 2.1.3.1)."""
    proof: list[Range] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        left, right = Range(start, middle), Range(middle, end)
        if index < middle:
            proof.append(right)
            end = middle
        else:
            proof.append(left)
            start = middle
    return proof[::-1]


def consistency_ranges(older: int, newer: int) -> list[Range]:
    """Return the ranges whose hashes prove that a tree of `older` leaves is a prefix (RFC 9162, 2.1.4.1)."""
    if older in (0, newer):
        return []
    proof: list[Range] = []
    start, end = 0, newer
    while end != older:
        middle = start + _split(end - start)
        if older <= middle:
            proof.append(Range(middle, end))
            end = middle
        else:
            proof.append(Range(start, middle))
            start = middle
    if start:  # the older tree isn't itself a subtree of the newer: name the last part of it
        proof.append(Range(start, end))
    return proof[::-1]


def proves_inclusion(hashed: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Tell whether `proof` shows that the leaf with the hash `hashed` is number `index` (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    position, last = index, size - 1
    for sibling in proof:
        if last == 0:
            return False
        if position & 1 or position == last:
            hashed = node_hash(sibling, hashed)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            hashed = node_hash(hashed, sibling)
        position, last = position >> 1, last >> 1
    return last == 0 and hashed == root


def proves_consistency(older: int, newer: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Tell whether `proof` shows that the older tree is a prefix of the newer (RFC 9162, 2.1.4.2)."""
    if older == 0:  # the empty tree is a prefix of every tree; there is nothing to prove
        return not proof and old_root == EMPTY_ROOT and newer >= 0
    if older == newer:
        return not proof and old_root == new_root
    if older > newer or not proof:
        return False
    return _walk(older, newer, list(proof) if older & (older - 1) else [old_root, *proof]) == (old_root, new_root)


def _walk(older: int, newer: int, proof: list[bytes]) -> tuple[bytes, bytes] | None:
    """Return the two roots that `proof` leads to, or None when it has the wrong length."""
    position, last = older - 1, newer - 1
    while position & 1:
        position, last = position >> 1, last >> 1
    old = new = proof[0]
    for sibling in proof[1:]:
        if last == 0:
            return None
        if position & 1 or position == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            new = node_hash(new, sibling)
        position, last = position >> 1, last >> 1
    return (old, new) if last == 0 else None


def _split(size: int) -> int:
    """Return the largest power of two smaller than `size`, which is at least 2."""
    return 1 << (size - 1).bit_length() - 1
