"""The statement that finds a partner system, with the assignment that it acts in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from hub.access.tokens.model import ClientId
from hub.kit.clock import micros
from hub.kit.database import Database

_FIND: Final = """
    SELECT c.id, c.client_id, c.name, c.agency, c.scopes, c.loa, a.id, a.unit, a.roles
      FROM partner_client c
      JOIN assignment a ON a.id = c.assignment AND a.agency = c.agency AND a.valid_from <= $3 AND a.valid_until > $3
     WHERE c.issuer = $1 AND c.client_id = $2 AND c.valid_from <= $3 AND c.valid_until > $3 AND NOT c.suspended"""


@dataclass(frozen=True, slots=True)
class Registered:
    """A partner system in force."""

    id: ClientId
    client_id: str
    name: str
    agency: str
    scopes: frozenset[str]
    loa: int
    assignment: str
    unit: str
    roles: tuple[str, ...]


class Repository:
    """Partner systems as rows."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, issuer: str, client_id: str, now: datetime) -> Registered | None:
        """Return the system known by (issuer, client_id), when it and its assignment are in force."""
        rows = await self._database.fetch_shared(_FIND, issuer, client_id, micros(now))
        if not rows:
            return None
        identity, client, name, agency, scopes, loa, assignment, unit, roles = rows[0]
        return Registered(
            ClientId(identity),
            client,
            name,
            agency,
            frozenset(scopes.split()),
            loa,
            assignment,
            unit,
            tuple(roles.split(",")),
        )
