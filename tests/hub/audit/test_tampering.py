"""Every change of every row is found, and erasure is no change."""

import pytest

from hub.audit import verify
from hub.audit.export import Export, NothingSigned
from hub.audit.leaf import leaf_bytes
from hub.audit.merkle import leaf_hash
from hub.audit.tree import TreeDamaged
from hub.kit.vault import KeyScope
from tests.hub.audit.entries import KAJSA, filled
from tests.hub.audit.logged import Logged


@pytest.mark.requirement("HUB-06")
class TestTampering:
    """`{it}` and `{other}` are ids of entries; each row of each table is changed in some way."""

    @pytest.mark.parametrize(
        ("statements", "found"),
        [
            (["UPDATE ledger_entry SET body = replace(body, 'deny', 'permit') WHERE id = '{it}'"], "Post 17 är ändrad"),
            (["UPDATE ledger_entry SET body = 'nonsense' WHERE id = '{it}'"], "Post 17 går inte att läsa"),
            (["UPDATE ledger_entry SET recorded_at = recorded_at - 1 WHERE id = '{it}'"], "Post 17 är ändrad"),
            (
                [
                    "UPDATE ledger_entry SET sealed = (SELECT sealed FROM ledger_entry WHERE id = '{other}') WHERE id = '{it}'"
                ],
                "Post 17: det förseglade innehållet är ändrat",
            ),
            (["UPDATE ledger_entry SET kind = 'change' WHERE id = '{it}'"], "Post 17: uppgifterna bredvid"),
            (["UPDATE ledger_entry SET outcome = 'permit' WHERE id = '{it}'"], "Post 17: uppgifterna bredvid"),
            (["UPDATE ledger_entry SET agency = 'af' WHERE id = '{it}'"], "Post 17: uppgifterna bredvid"),
            (["UPDATE ledger_entry SET agency = NULL WHERE id = '{it}'"], "Post 17: uppgifterna bredvid"),
            (["UPDATE ledger_entry SET owner = NULL WHERE id = '{it}'"], "Post 17: uppgifterna bredvid"),
            (["UPDATE ledger_entry SET holder = 'af' WHERE id = '{it}'"], "Post 17: uppgifterna bredvid"),
            (["UPDATE ledger_entry SET individual = NULL WHERE id = '{it}'"], "Post 17: uppgifterna bredvid"),
            (["UPDATE ledger_entry SET individual = 'individual-2' WHERE id = '{it}'"], "Post 17: uppgifterna bredvid"),
            (["UPDATE ledger_entry SET individual = 'nobody' WHERE id = '{it}'"], "Post 17: uppgifterna bredvid"),
            (["UPDATE ledger_entry SET case_id = 'S9' WHERE id = '{it}'"], "Post 17: uppgifterna bredvid"),
            (["UPDATE ledger_entry SET caller_ref = 'a-9' WHERE id = '{it}'"], "Post 17: uppgifterna bredvid"),
            (
                ["UPDATE ledger_entry SET individual = NULL, case_id = NULL, caller_ref = NULL WHERE id = '{it}'"],
                "Post 17: uppgifterna bredvid",
            ),
            (["DELETE FROM ledger_entry WHERE id = '{it}'"], "Post 17 är borttagen"),
            (["UPDATE ledger_entry SET id = 'x' WHERE id = '{it}'"], "Post 17 är borttagen"),
            (["DELETE FROM ledger_leaf WHERE position = 17"], "Post 17 är borttagen"),
            (["DELETE FROM ledger_leaf WHERE position = 299"], "Post 299 är borttagen"),
            (
                ["DELETE FROM ledger_leaf WHERE position = 17", "DELETE FROM ledger_entry WHERE id = '{it}'"],
                "Post 17 är borttagen",
            ),
            (
                [
                    "UPDATE ledger_leaf SET entry_id = 'x' WHERE position = 17",
                    "UPDATE ledger_leaf SET entry_id = '{it}' WHERE position = 250",
                    "UPDATE ledger_leaf SET entry_id = '{other}' WHERE position = 17",
                ],
                "Post 17 är ändrad",
            ),
            (
                [
                    "UPDATE ledger_leaf SET position = -1 WHERE position = 17",
                    "UPDATE ledger_leaf SET position = 17 WHERE position = 250",
                    "UPDATE ledger_leaf SET position = 250 WHERE position = -1",
                ],
                "stämmer inte med kontrollpunkten för 200 poster",
            ),
            (
                [
                    "UPDATE ledger_leaf SET leaf_hash = (SELECT leaf_hash FROM ledger_leaf WHERE position = 18) WHERE position = 17"
                ],
                "Post 17 är ändrad",
            ),
            (
                [
                    "UPDATE ledger_node SET hash = (SELECT leaf_hash FROM ledger_leaf WHERE position = 18) WHERE level = 8"
                ],
                "Lagrade mellanled i trädet som inte stämmer: 2",
            ),
            (["DELETE FROM ledger_node"], "Lagrade mellanled i trädet"),
            (["UPDATE ledger_tree SET size = size - 1"], "Lagrade mellanled i trädet"),
            (["DELETE FROM ledger_tree"], "Lagrade mellanled i trädet"),
            (["UPDATE ledger_checkpoint SET note = replace(note, '200', '201') WHERE size = 200"], "inte signerad"),
            (
                [
                    "UPDATE ledger_checkpoint SET note = (SELECT note FROM ledger_checkpoint WHERE size = 100) WHERE size = 200"
                ],
                "Posterna fram till 100 stämmer inte",
            ),
            (["INSERT INTO ledger_pending (entry_id) VALUES ('x')"], "varken ligger i trädet eller väntar"),
        ],
    )
    async def test_is_found(self, logged: Logged, statements: list[str], found: str) -> None:
        it, other = await logged.entry_at(17), await logged.entry_at(250)
        await logged.run(*statements, it=it, other=other)
        report = await logged.verified()
        assert not report.holds
        assert found in "\n".join(report.faults)

    async def test_of_an_entry_s_bytes_is_found_where_they_lie(self, logged: Logged) -> None:
        it = await logged.entry_at(17)
        [(sealed,)] = await logged.database.fetch("SELECT sealed FROM ledger_entry WHERE id = $1", it)
        changed = sealed[:-1] + bytes([sealed[-1] ^ 1])
        await logged.database.record("UPDATE ledger_entry SET sealed = $1 WHERE id = $2 RETURNING id", changed, it)
        report = await logged.verified()
        assert report.faults[0] == "Post 17: det förseglade innehållet är ändrat."

    async def test_that_also_mends_the_leaf_s_hash_is_found(self, logged: Logged) -> None:
        it = await logged.entry_at(17)
        await logged.run("UPDATE ledger_entry SET body = replace(body, 'read_shared', 'x') WHERE id = '{it}'", it=it)
        [(body, at)] = await logged.database.fetch("SELECT body, recorded_at FROM ledger_entry WHERE id = $1", it)
        await logged.database.record(
            "UPDATE ledger_leaf SET leaf_hash = $1 WHERE position = 17 RETURNING position",
            leaf_hash(leaf_bytes(body, at)),
        )
        report = await logged.verified()
        assert report.faults[0] == "Posterna fram till 100 stämmer inte med kontrollpunkten för 100 poster."

    async def test_that_keeps_an_entry_out_of_the_tree_is_found(self, logged: Logged) -> None:
        await filled(logged.ledger, 1)
        await logged.run("DELETE FROM ledger_pending")
        report = await logged.verified()
        assert report.faults == ["Poster som varken ligger i trädet eller väntar på att komma dit: 1."]

    async def test_that_puts_an_entry_in_between_is_found(self, logged: Logged) -> None:
        await filled(logged.ledger, 1)
        await logged.run(
            "UPDATE ledger_leaf SET position = 1000 WHERE position = 17",
            """INSERT INTO ledger_leaf (position, entry_id, leaf_hash)
               SELECT 17, entry_id, (SELECT leaf_hash FROM ledger_leaf WHERE position = 18) FROM ledger_pending""",
        )
        assert not (await logged.verified()).holds

    async def test_of_all_checkpoints_leaves_nothing_to_export(self, logged: Logged) -> None:
        await logged.run("DELETE FROM ledger_checkpoint")
        with pytest.raises(NothingSigned):
            await logged.export()

    async def test_before_the_start_of_a_partial_export_is_found(self, logged: Logged) -> None:
        await logged.run("DELETE FROM ledger_leaf WHERE position = 192")
        with pytest.raises(TreeDamaged):
            await logged.export(start=200)


@pytest.mark.requirement("HUB-09")
class TestErasure:
    async def test_leaves_a_tree_that_verifies(self, logged: Logged) -> None:
        await logged.vault.destroy([KeyScope(KAJSA, "soc", "evidence")])
        report = await logged.verified(since=logged.earlier)
        assert (report.holds, report.erased, report.unfinished) == (True, 200, 200)
        assert "Gallringen är inte klar för 200 av dem" in report.text

    async def test_that_is_carried_through_leaves_no_search_terms(self, logged: Logged) -> None:
        await logged.ledger.erase(KAJSA, "soc")
        report = await logged.verified(since=logged.earlier)
        assert (report.holds, report.erased, report.unfinished) == (True, 200, 0)
        assert "Gallrade poster: 200." in report.text

    async def test_goes_on_while_the_log_is_exported(self, logged: Logged) -> None:
        await logged.ledger.erase("individual-2", "soc")
        lines = Export(logged.database, logged.vault, logged.signer.origin).lines()
        export = [await anext(lines)]
        await logged.ledger.erase(KAJSA, "soc")
        export += [line async for line in lines]
        assert verify.verify(export, logged.key).holds

    async def test_does_not_hide_a_change(self, logged: Logged) -> None:
        await logged.ledger.erase(KAJSA, "soc")
        it = await logged.entry_at(17)
        await logged.run("UPDATE ledger_entry SET outcome = 'permit' WHERE id = '{it}'", it=it)
        assert not (await logged.verified()).holds
