"""Drafts are sealed, belong to their writer, and are gone when the form is sent."""

from dataclasses import replace

from hub.kit.database import Database
from hub.kit.vault import Vault
from hub.web import Form
from hub.web.drafts import DraftKey, Drafts
from tests.fakes.clock import FixedClock

KEY = DraftKey("assignment:a", "consent", "case-1", "individual-1", "soc")
FORM = Form({"words": ("Inte om praktiken",), "owners": ("soc", "psyk")})


async def test_nobody_elses_draft_comes_back(database: Database, vault: Vault, clock: FixedClock) -> None:
    drafts = Drafts(database, vault, clock)
    await drafts.keep(KEY, FORM)
    for other in (replace(KEY, writer="assignment:b"), replace(KEY, matter="case-2"), replace(KEY, form="other")):
        assert await drafts.bring_back(other) is None


async def test_a_draft_comes_back_with_when_it_was_saved(database: Database, vault: Vault, clock: FixedClock) -> None:
    drafts = Drafts(database, vault, clock)
    kept = await drafts.keep(KEY, FORM)
    found = await drafts.bring_back(KEY)
    assert found == kept
    assert found
    assert found.values["owners"] == ("soc", "psyk")
    assert found.saved_at == "09.00"


async def test_nothing_of_it_lies_in_clear(database: Database, vault: Vault, clock: FixedClock) -> None:
    drafts = Drafts(database, vault, clock)
    await drafts.keep(KEY, FORM)
    [[key, content]] = await database.fetch("SELECT key, content FROM draft")
    assert "assignment" not in key
    assert b"praktiken" not in bytes(content)


async def test_an_erased_draft_is_gone(database: Database, vault: Vault, clock: FixedClock) -> None:
    drafts = Drafts(database, vault, clock)
    await drafts.keep(KEY, FORM)
    await vault.destroy([KEY.scope])
    assert await drafts.bring_back(KEY) is None


async def test_a_sent_form_leaves_no_draft(database: Database, vault: Vault, clock: FixedClock) -> None:
    drafts = Drafts(database, vault, clock)
    await drafts.keep(KEY, FORM)
    await drafts.forget(KEY)
    assert await drafts.bring_back(KEY) is None


async def test_old_drafts_are_swept(database: Database, vault: Vault, clock: FixedClock) -> None:
    drafts = Drafts(database, vault, clock)
    await drafts.keep(KEY, FORM)
    clock.move(days=29)
    await drafts.sweep()
    assert await drafts.bring_back(KEY)
    clock.move(days=2)
    await drafts.sweep()
    assert await drafts.bring_back(KEY) is None
