"""Sealed values open where they lie, with their key, and never again once it is destroyed."""

import pytest

from hub.kit.secret import Secret
from hub.kit.vault import Erased, KeyScope, Place, Tampered, Vault, key_of

KAJSA = KeyScope("individual-1", "soc", "content")
OTHER = KeyScope("individual-1", "psyk", "content")
NAME = Place("reference", "name", "row-1")


@pytest.mark.requirement("HUB-09")
class TestErasure:
    async def test_a_destroyed_key_erases_what_it_sealed(self, vault: Vault) -> None:
        sealed = (await vault.keys([KAJSA])).seal(KAJSA, NAME, b"Kajsa")
        await vault.destroy([KAJSA])
        for keys in (await vault.existing([KAJSA]), await vault.keys([KAJSA])):
            with pytest.raises(Erased):
                keys.open(KAJSA, NAME, sealed)

    async def test_the_keys_of_other_agencies_stay(self, vault: Vault) -> None:
        sealed = (await vault.keys([OTHER])).seal(OTHER, NAME, b"Kajsa")
        await vault.destroy([KAJSA])
        assert (await vault.existing([OTHER])).open(OTHER, NAME, sealed) == b"Kajsa"

    async def test_it_can_be_told_which_keys_are_left(self, vault: Vault) -> None:
        keys = await vault.keys([KAJSA, OTHER])
        gone, left = (key_of(keys.seal(scope, NAME, b"Kajsa")) for scope in (KAJSA, OTHER))
        assert await vault.ids() == {gone, left}
        await vault.destroy([KAJSA])
        assert await vault.ids() == {left}


class TestSealing:
    async def test_a_value_moved_to_another_row_does_not_open(self, vault: Vault) -> None:
        keys = await vault.keys([KAJSA])
        sealed = keys.seal(KAJSA, NAME, b"Kajsa")
        with pytest.raises(Tampered):
            keys.open(KAJSA, Place("reference", "name", "row-2"), sealed)

    async def test_a_changed_value_does_not_open(self, vault: Vault) -> None:
        keys = await vault.keys([KAJSA])
        sealed = keys.seal(KAJSA, NAME, b"Kajsa")
        with pytest.raises(Tampered):
            keys.open(KAJSA, NAME, sealed[:-1] + bytes([sealed[-1] ^ 1]))

    async def test_many_keys_come_in_one_go_and_open_their_own(self, vault: Vault) -> None:
        keys = await vault.keys([KAJSA, OTHER])
        assert keys.open(OTHER, NAME, keys.seal(OTHER, NAME, b"x")) == b"x"
        with pytest.raises(Erased):
            keys.open(OTHER, NAME, keys.seal(KAJSA, NAME, b"x"))


def test_digests_differ_by_purpose_and_hide_the_value(vault: Vault) -> None:
    number = Secret("189001019802")
    assert vault.digest("lookup:soc", number) == vault.digest("lookup:soc", "189001019802")
    assert vault.digest("lookup:soc", number) != vault.digest("lookup:psyk", number)
