"""Drafts of forms: sealed, saved while somebody writes, gone when the form has been sent.

A draft belongs to whoever writes it and to nobody else; the individual's own are read by no agency.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar, Final

from sqlalchemy import Column
from sqlmodel import Field, col, delete

from hub.kit.clock import STOCKHOLM, Clock
from hub.kit.database import Database, Sealed, Table, UtcDateTime
from hub.kit.vault import Erased, KeyScope, Place, Vault
from hub.web.forms import Form

#: How long a draft that nobody comes back to is kept.
KEPT: Final = timedelta(days=30)


class Draft(Table, table=True):
    """One half-written form. `key` is a keyed digest of writer, form and matter, and tells none of them."""

    __tablename__: ClassVar[Any] = "draft"

    key: str = Field(primary_key=True)
    content: bytes = Field(sa_column=Column(Sealed, nullable=False))
    saved_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False, index=True))


@dataclass(frozen=True, slots=True)
class DraftKey:
    """Whose draft (`writer`), of which form, in which matter; sealed under the key of `subject` held by `holder`."""

    writer: str
    form: str
    matter: str
    subject: str
    holder: str

    @property
    def scope(self) -> KeyScope:
        return KeyScope(self.subject, self.holder, "content")


class Drafts:
    """Keeps, brings back and forgets drafts."""

    def __init__(self, database: Database, vault: Vault, clock: Clock) -> None:
        self._database, self._vault, self._clock = database, vault, clock

    async def keep(self, key: DraftKey, form: Form) -> Form:
        """Keep what is written and return it with the time when it was saved."""
        identity, now = self._identity(key), self._clock.now()
        plain = json.dumps({name: list(values) for name, values in form.values.items()}).encode()
        sealed = (await self._vault.keys([key.scope])).seal(key.scope, _place(identity), plain)
        async with self._database.write() as session:
            await session.merge(Draft(key=identity, content=sealed, saved_at=now))
        return _form(form.values, now)

    async def bring_back(self, key: DraftKey) -> Form | None:
        """Return the draft, or None when there is none, or none that can be opened any more."""
        identity = self._identity(key)
        async with self._database.read() as session:
            found = await session.get(Draft, identity)
        if found is None:
            return None
        try:
            plain = (await self._vault.existing([key.scope])).open(key.scope, _place(identity), found.content)
        except Erased:
            return None
        return _form({name: tuple(values) for name, values in json.loads(plain).items()}, found.saved_at)

    async def forget(self, key: DraftKey) -> None:
        """Forget the draft: the form has been sent."""
        await self._delete([self._identity(key)])

    async def sweep(self) -> None:
        """Forget drafts that nobody has come back to. To be called now and then."""
        async with self._database.write() as session:
            await session.exec(delete(Draft).where(col(Draft.saved_at) < self._clock.now() - KEPT))

    async def _delete(self, identities: Collection[str]) -> None:
        async with self._database.write() as session:
            await session.exec(delete(Draft).where(col(Draft.key).in_(identities)))

    def _identity(self, key: DraftKey) -> str:
        return self._vault.digest("draft", f"{key.writer}\0{key.form}\0{key.matter}").hex()


def _place(identity: str) -> Place:
    return Place("draft", "content", identity)


def _form(values: Any, saved_at: datetime) -> Form:
    return Form(values, saved_at=saved_at.astimezone(STOCKHOLM).strftime("%H.%M"))
