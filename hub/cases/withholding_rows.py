"""Every query on what officials have decided to keep from an individual, and opening the reasons sealed in them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from hub.access.questions import WithholdingFacts
from hub.cases.acts import subject_scope
from hub.cases.model import Withholding
from hub.kit.clock import epoch_s, from_micros, micros
from hub.kit.database import Database
from hub.kit.vault import Erased, Keys, KeyScope, Place

#: $1 the individual, $2 now (µs).
_IN_FORCE: Final = """
    SELECT w.id, w.agency, w.category, w.valid_from, w.valid_until FROM withholding w
    WHERE w.individual_id = $1 AND w.valid_until > $2 ORDER BY w.id"""


async def in_force(database: Database, individual: str, now: datetime) -> list[WithholdingFacts]:
    """Return what any owner's officials keep from the individual now, as facts of a decision."""
    rows = await database.fetch(_IN_FORCE, individual, micros(now))
    return [
        WithholdingFacts(
            id=identity,
            owner=owner,
            category=category,
            valid_from=epoch_s(from_micros(since)),
            valid_until=epoch_s(from_micros(until)),
        )
        for identity, owner, category, since, until in rows
    ]


async def in_case(session: AsyncSession, case: str, agency: str) -> Sequence[Withholding]:
    """Return what officials of `agency` have decided in a case, the newest first."""
    statement = select(Withholding).where(Withholding.case_id == case, Withholding.agency == agency)
    return list(await session.exec(statement.order_by(col(Withholding.valid_from).desc(), col(Withholding.id))))


def scope(row: Withholding) -> KeyScope:
    return subject_scope(row.individual_id, row.agency)


def place(identity: str) -> Place:
    return Place("withholding", "reason", identity)


def open_reason(keys: Keys, row: Withholding) -> str:
    """Return why it was decided; "" when it has been erased."""
    try:
        return keys.open(scope(row), place(row.id), row.reason).decode()
    except Erased:
        return ""
