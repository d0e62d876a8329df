"""An individual's own number, for what the hub asks on their behalf: the hub keeps none, but agencies have noted it."""

from collections.abc import Sequence
from contextlib import suppress

from hub.access import Permit
from hub.access.questions import ShowToIndividual
from hub.agencies import AgencyId
from hub.kit.database import Database
from hub.kit.secret import Secret
from hub.kit.vault import Erased, Vault
from hub.people import repository
from hub.people.contact import open_content, scope_of


class OwnNumbers:
    """Reads the number of the individual whose own permit it is."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database, self._vault = database, vault

    async def of(
        self, permit: Permit[ShowToIndividual], agencies: Sequence[AgencyId]
    ) -> tuple[AgencyId, Secret[str]] | None:
        """Return the number, and the first of `agencies` that knows the individual by it; None when none of them does."""
        individual = permit.about.individual or ""
        for agency in agencies:
            async with self._database.read() as session:
                rows = await repository.known_as(session, agency, [individual])
            scope = scope_of(individual, agency)
            keys = await self._vault.existing([scope])
            for reference, _ in rows:
                with suppress(Erased):
                    return agency, Secret(open_content(keys, scope, reference.id, reference.content).number)
        return None
