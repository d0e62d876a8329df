"""1 024 individuals who don't exist, so that asking about one who is absent takes the same road as about one who isn't.

They have no number, no reference and no protection. Which one stands in for an absent number follows from the number's
keyed digest, so nothing about an absent person is stored (design, "What is stored").
"""

from base64 import b32encode
from functools import cached_property
from typing import Final

from sqlalchemy import func, insert
from sqlmodel import select

from hub.audit import Ledger
from hub.kit.database import Database
from hub.kit.vault import KeyScope, Vault
from hub.people.model import Individual, IndividualId, Lane

COUNT: Final = 1024


class Decoys:
    """The decoys of one hub: their ids follow from the operator's key."""

    def __init__(self, database: Database, vault: Vault, ledger: Ledger) -> None:
        self._database, self._vault, self._ledger = database, vault, ledger

    @cached_property
    def ids(self) -> tuple[IndividualId, ...]:
        """Return all decoys."""
        digests = (self._vault.digest("decoy", str(number)) for number in range(COUNT))
        return tuple(IndividualId(b32encode(digest[:16]).decode().rstrip("=").lower()) for digest in digests)

    def instead_of(self, sought: bytes) -> IndividualId:
        """Return the decoy that stands in for what has the digest `sought`."""
        return self.ids[int.from_bytes(sought[:2]) % COUNT]

    async def prepare(self) -> None:
        """Put the decoys, and the keys of each agency's entries about them, where they are missing.

        A key that is made at the first refusal would make just that refusal slower than one about a real individual.
        """
        async with self._database.write() as session:
            present = (await session.exec(select(func.count()).where(Individual.lane == Lane.DECOY))).one()
            if present < COUNT:
                await self._ledger.bump(session, [f"individual:{each}" for each in self.ids])
                rows = [self._row(each).model_dump() for each in self.ids]
                await (await session.connection()).execute(insert(Individual), rows)
        for (agency,) in await self._database.fetch("SELECT id FROM agency ORDER BY id"):
            await self._vault.keys([KeyScope(each, agency, "evidence") for each in self.ids])

    def _row(self, identity: IndividualId) -> Individual:
        return Individual(id=identity, lookup_hash=self._vault.digest("decoy", identity), lane=Lane.DECOY.value)
