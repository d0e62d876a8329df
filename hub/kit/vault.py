"""Envelope encryption: a data key per subject, holder and kind, wrapped by the operator's key, in a database of its own.

A sealed value is `key id (8) | nonce (12) | AES-256-GCM`, bound to the table, column and row where it lies, so that
it can't be moved. Destroying a data key is erasure: what it sealed says `Erased` from then on. Data keys are never
cached: unwrapping one costs microseconds, and a key that is gone must be gone at once. Those who ask at the same time
are answered by one statement, which begins after all of them have asked.
"""

import hmac
import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Column, LargeBinary
from sqlmodel import Field

from hub.kit.database import Database, KeyTable
from hub.kit.secret import Secret
from hub.kit.together import Together
from hub.kit.wrapping import Wrapping, derived, digest_root

_KEY_ID, _NONCE = 8, 12
#: How many keys are made in one statement.
_BATCH = 256
Kind = Literal["content", "evidence"]


class Erased(Exception):
    """The key that sealed this is destroyed: the value is erased for good."""


class Tampered(Exception):
    """The sealed value was changed, or lies where it was not sealed."""


@dataclass(frozen=True, slots=True)
class KeyScope:
    """Whose data (`subject`), answered for by whom (`holder`), kept how long (`kind`): what one data key covers."""

    subject: str
    holder: str
    kind: Kind

    @property
    def id(self) -> str:
        return f"{self.subject}/{self.holder}/{self.kind}"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sealed value lies; it opens nowhere else."""

    table: str
    column: str
    row: str

    @property
    def bytes(self) -> bytes:
        return f"{self.table}\0{self.column}\0{self.row}".encode()


def key_of(sealed: bytes) -> bytes:
    """Return the id of the key that `sealed` was sealed with."""
    return sealed[:_KEY_ID]


class WrappedKey(KeyTable, table=True):
    """A data key, wrapped. Deleting the row erases what it sealed, at the latest when the last backup is gone."""

    __tablename__ = "wrapped_key"

    id: str = Field(primary_key=True)
    wrapped: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class Keys:
    """The data keys of one act; forgotten with it."""

    def __init__(self, found: Mapping[str, bytes]) -> None:
        self._found = found

    def seal(self, scope: KeyScope, place: Place, value: bytes) -> bytes:
        """Return `value` sealed for `place`. Raises KeyError when `scope` was not asked for."""
        key = self._found[scope.id]
        nonce = os.urandom(_NONCE)
        return key[:_KEY_ID] + nonce + AESGCM(key[_KEY_ID:]).encrypt(nonce, value, place.bytes)

    def open(self, scope: KeyScope, place: Place, sealed: bytes) -> bytes:
        """Return what was sealed. Raises Erased, or Tampered."""
        key = self._found.get(scope.id)
        if key is None or key[:_KEY_ID] != sealed[:_KEY_ID]:
            raise Erased(scope.kind)
        nonce, body = sealed[_KEY_ID : _KEY_ID + _NONCE], sealed[_KEY_ID + _NONCE :]
        try:
            return AESGCM(key[_KEY_ID:]).decrypt(nonce, body, place.bytes)
        except InvalidTag:
            raise Tampered(place.table) from None


class Vault:
    """The keys' database, opened with the operator's key; `next_key` while it is being changed (`wrapping`)."""

    def __init__(self, database: Database, operator_key: Secret[bytes], next_key: Secret[bytes] | None = None) -> None:
        self._database = database
        self._root = Secret(digest_root(operator_key))
        self._wrapping = Wrapping(operator_key, next_key)
        self._digests: dict[str, bytes] = {}
        self._asked = Together(self._wrapped)

    async def keys(self, scopes: Collection[KeyScope]) -> Keys:
        """Return the keys of `scopes` in one statement; those that are missing are made."""
        found = await self._fetch(scopes)
        missing = {scope.id for scope in scopes} - found.keys()
        if missing:
            await self._make(missing)
            found = await self._fetch(scopes)
        return Keys(found)

    async def existing(self, scopes: Collection[KeyScope]) -> Keys:
        """Return those keys of `scopes` that exist; what the others sealed says Erased."""
        return Keys(await self._fetch(scopes))

    async def ids(self) -> frozenset[bytes]:
        """Return the id of every key that exists: what was sealed by another (`key_of`) is erased for good."""
        rows = await self._database.fetch("SELECT id, wrapped FROM wrapped_key")
        return frozenset(self._wrapping.unwrap(name, wrapped)[:_KEY_ID] for name, wrapped in rows)

    async def destroy(self, scopes: Collection[KeyScope]) -> None:
        """Destroy the keys of `scopes` for good."""
        ids = self._database.many([scope.id for scope in scopes])
        await self._database.record("DELETE FROM wrapped_key WHERE id :in($1) RETURNING id", ids)

    def digest(self, purpose: str, value: Secret[str] | str) -> bytes:
        """Return the HMAC-SHA-256 of `value` under a key of its own for `purpose` (32 bytes): for look-ups."""
        plain = value.reveal() if isinstance(value, Secret) else value
        key = self._digests.get(purpose) or self._digests.setdefault(
            purpose, derived(self._root.reveal(), b"digest:" + purpose.encode())
        )
        return hmac.digest(key, plain.encode(), sha256)

    async def _fetch(self, scopes: Collection[KeyScope]) -> dict[str, bytes]:
        ids = {scope.id for scope in scopes}
        if not ids:
            return {}
        wrapped = await self._asked(ids)
        return {name: self._wrapping.unwrap(name, wrapped[name]) for name in ids if name in wrapped}

    async def _wrapped(self, ids: Collection[str]) -> dict[str, bytes]:
        wanted = self._database.many(sorted(ids))
        rows = await self._database.fetch("SELECT id, wrapped FROM wrapped_key WHERE id :in($1)", wanted)
        return {row[0]: row[1] for row in rows}

    async def _make(self, names: Collection[str]) -> None:
        ordered = sorted(names)
        for start in range(0, len(ordered), _BATCH):
            some = ordered[start : start + _BATCH]
            rows = ", ".join(f"(${2 * number + 1}, ${2 * number + 2})" for number in range(len(some)))
            values = [value for name in some for value in (name, self._wrapping.wrap(name, os.urandom(_KEY_ID + 32)))]
            await self._database.record(
                f"INSERT INTO wrapped_key (id, wrapped) VALUES {rows} ON CONFLICT DO NOTHING RETURNING id",  # noqa: S608
                *values,
            )
