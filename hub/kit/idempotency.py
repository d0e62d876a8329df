"""Sending twice does once: remembers which resource a caller's `Idempotency-Key` made, never what was sent or answered."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, LargeBinary
from sqlmodel import Field, select
from sqlmodel.ext.asyncio.session import AsyncSession

from hub.kit.database import Table, UtcDateTime
from hub.kit.errors import Conflict


@dataclass(frozen=True, slots=True)
class Once:
    """One act that must happen once: who asks, under which key, and a digest of what was asked."""

    caller: str
    key: str
    digest: bytes
    at: datetime


class OnceRecord(Table, table=True):
    """What a key made. Kept for a day; holds no body."""

    __tablename__ = "once"

    caller: str = Field(primary_key=True)
    key: str = Field(primary_key=True, max_length=255)
    digest: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    resource: str
    at: datetime = Field(sa_type=UtcDateTime, index=True)


async def earlier(session: AsyncSession, once: Once | None) -> str | None:
    """Return the id of the resource that `once` has already made, or None. To be called first in the transaction.

    Raises Conflict when the same key was used for something else.
    """
    if once is None:
        return None
    statement = select(OnceRecord).where(OnceRecord.caller == once.caller, OnceRecord.key == once.key)
    found = (await session.exec(statement)).first()
    if found and found.digest != once.digest:
        raise Conflict("Nyckeln (Idempotency-Key) är redan använd till något annat. Skicka med en ny nyckel.")
    return found.resource if found else None


def remember(session: AsyncSession, once: Once | None, resource: str) -> None:
    """Keep, in the transaction of the act, that `once` made `resource`."""
    if once is not None:
        session.add(OnceRecord(caller=once.caller, key=once.key, digest=once.digest, resource=resource, at=once.at))
