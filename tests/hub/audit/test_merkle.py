"""The tree, against the vectors of RFC 6962's reference implementation and against the RFC's own recursive definition."""

from collections.abc import Sequence
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.audit.merkle import (
    EMPTY_ROOT,
    Frontier,
    Node,
    Range,
    consistency_ranges,
    fold,
    inclusion_ranges,
    leaf_hash,
    node_hash,
    proves_consistency,
    proves_inclusion,
    subtrees,
)

LEAVES = [
    bytes.fromhex(text)
    for text in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
# Audit paths and consistency proofs published with the same eight leaves.
INCLUSION = {
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
}
CONSISTENCY = {
    (1, 1): [],
    (1, 8): INCLUSION[0, 8],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 5): [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}

sizes = st.integers(1, 300)


def hashes(count: int) -> list[bytes]:
    return [leaf_hash(str(number).encode()) for number in range(count)]


def mth(leaves: Sequence[bytes]) -> bytes:
    """The Merkle Tree Hash as RFC 9162, 2.1.1, defines it, over leaf hashes."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return sha256(b"\x01" + mth(leaves[:split]) + mth(leaves[split:])).digest()


def grown(leaves: Sequence[bytes]) -> Frontier:
    frontier = Frontier(0, [])
    for leaf in leaves:
        frontier.append(leaf)
    return frontier


def proof(leaves: Sequence[bytes], ranges: Sequence[Range]) -> list[bytes]:
    return [mth(leaves[each.start : each.end]) for each in ranges]


class TestRoot:
    @pytest.mark.parametrize("size", range(1, 9))
    def test_is_the_published_one(self, size: int) -> None:
        assert grown([leaf_hash(leaf) for leaf in LEAVES[:size]]).root.hex() == ROOTS[size - 1]

    def test_of_nothing_is_the_hash_of_nothing(self) -> None:
        assert Frontier(0, []).root == fold([]) == EMPTY_ROOT

    @given(sizes)
    def test_is_the_definition_whatever_the_size(self, size: int) -> None:
        assert grown(hashes(size)).root == mth(hashes(size))

    @given(sizes, sizes)
    def test_grows_from_what_was_stored_without_the_old_leaves(self, first: int, more: int) -> None:
        leaves = hashes(first + more)
        stored = grown(leaves[:first])
        again = Frontier.of(stored.size, bytes(stored))
        for leaf in leaves[first:]:
            again.append(leaf)
        assert (again.size, again.root) == (first + more, mth(leaves))


class TestSubtrees:
    @given(sizes)
    def test_appending_completes_each_full_subtree_once_and_rightly(self, size: int) -> None:
        leaves, frontier = hashes(size), Frontier(0, [])
        completed = [pair for leaf in leaves for pair in frontier.append(leaf)]
        for node, hashed in completed:
            start = node.position << node.level
            assert hashed == mth(leaves[start : start + (1 << node.level)])
        expected = {Node(level, at) for level in range(1, 10) for at in range(size >> level)}
        assert len(completed) == len(expected)
        assert {node for node, _ in completed} == expected

    @given(sizes)
    def test_a_tree_folds_from_them(self, size: int) -> None:
        leaves = hashes(size)
        parts = [
            mth(leaves[node.position << node.level : (node.position + 1) << node.level])
            for node in subtrees(Range(0, size))
        ]
        assert fold(parts) == mth(leaves)


class TestInclusion:
    @pytest.mark.parametrize(("index", "size"), INCLUSION)
    def test_path_is_the_published_one(self, index: int, size: int) -> None:
        leaves = [leaf_hash(leaf) for leaf in LEAVES]
        assert [each.hex() for each in proof(leaves, inclusion_ranges(index, size))] == INCLUSION[index, size]

    @given(st.data(), sizes)
    def test_proves_its_leaf_and_no_other_place_leaf_or_root(self, data: st.DataObject, size: int) -> None:
        leaves = hashes(size)
        index = data.draw(st.integers(0, size - 1))
        path = proof(leaves, inclusion_ranges(index, size))
        assert proves_inclusion(leaves[index], index, size, path, mth(leaves))
        assert not proves_inclusion(leaf_hash(b"another"), index, size, path, mth(leaves))
        assert not proves_inclusion(leaves[index], index, size, path, leaf_hash(b"another"))
        assert not proves_inclusion(leaves[index], index, size, [*path, EMPTY_ROOT], mth(leaves))
        assert not proves_inclusion(leaves[index], size, size, path, mth(leaves))
        assert not proves_inclusion(leaves[index], -1, size, path, mth(leaves))
        if path:
            assert not proves_inclusion(leaves[index], index, size, path[:-1], mth(leaves))
            assert not proves_inclusion(leaves[index], (index + 1) % size, size, path, mth(leaves))


class TestConsistency:
    @pytest.mark.parametrize(("older", "newer"), CONSISTENCY)
    def test_proof_is_the_published_one(self, older: int, newer: int) -> None:
        leaves = [leaf_hash(leaf) for leaf in LEAVES]
        assert [each.hex() for each in proof(leaves, consistency_ranges(older, newer))] == CONSISTENCY[older, newer]

    @given(sizes, st.integers(0, 300))
    def test_proves_a_prefix_and_nothing_else(self, older: int, more: int) -> None:
        leaves = hashes(older + more)
        old, new = mth(leaves[:older]), mth(leaves)
        path = proof(leaves, consistency_ranges(older, older + more))
        assert proves_consistency(older, older + more, old, new, path)
        assert not proves_consistency(older, older + more, leaf_hash(b"another"), new, path)
        assert not proves_consistency(older, older + more, old, leaf_hash(b"another"), path)
        assert not proves_consistency(older, older + more, old, new, [*path, EMPTY_ROOT])
        if path:
            assert not proves_consistency(older, older + more, old, new, path[:-1])

    def test_everything_grew_from_nothing(self) -> None:
        assert consistency_ranges(0, 7) == []
        assert proves_consistency(0, 7, EMPTY_ROOT, mth(hashes(7)), [])
        assert not proves_consistency(0, 7, mth(hashes(1)), mth(hashes(7)), [])

    def test_a_tree_is_no_prefix_of_a_smaller(self) -> None:
        assert not proves_consistency(5, 3, mth(hashes(5)), mth(hashes(3)), [EMPTY_ROOT])

    def test_a_larger_tree_needs_a_proof(self) -> None:
        assert not proves_consistency(3, 5, mth(hashes(3)), mth(hashes(5)), [])


def test_leaves_and_nodes_hash_apart() -> None:
    left, right = hashes(2)
    assert leaf_hash(left + right) != node_hash(left, right)
