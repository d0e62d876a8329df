"""A log to tamper with."""

from dataclasses import dataclass

from hub.audit import Ledger, Sequencer, Signer, verify
from hub.audit.export import Export
from hub.audit.verify import Report
from hub.kit.database import Database
from hub.kit.vault import Vault
from tests.hub.audit.entries import filled

SIZE = 300


@dataclass
class Logged:
    """A log of `SIZE` entries about two individuals, with a checkpoint at 200 and at its end."""

    database: Database
    vault: Vault
    ledger: Ledger
    sequencer: Sequencer
    signer: Signer
    earlier: str
    newest: str

    @property
    def key(self) -> str:
        return str(self.signer.verifier)

    async def grow(self, count: int, **changes: str) -> str:
        await filled(self.ledger, count, **changes)
        await self.sequencer.sequence()
        return await self.sequencer.sign() or ""

    async def export(self, start: int = 0) -> list[bytes]:
        return [line async for line in Export(self.database, self.vault, self.signer.origin).lines(start)]

    async def verified(self, since: str | None = None, start: int = 0) -> Report:
        return verify.verify(await self.export(start), self.key, since)

    async def run(self, *statements: str, **names: object) -> None:
        """Change the tables behind the ledger's back; `{it}` in a statement stands for the value named so."""
        whole = ";".join(statements)
        for name, value in names.items():
            whole = whole.replace(f"{{{name}}}", str(value))
        for statement in whole.split(";"):
            async with self.database.engine.begin() as connection:
                await connection.exec_driver_sql(statement)

    async def entry_at(self, position: int) -> str:
        [(entry_id,)] = await self.database.fetch("SELECT entry_id FROM ledger_leaf WHERE position = $1", position)
        return entry_id
