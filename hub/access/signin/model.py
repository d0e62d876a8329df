"""Sign-ins under way, sessions, and what has been used once: in the database, so that every worker knows the same.

Nothing here can be used by one who reads the database: cookies lie as digests, and the secrets of a sign-in under way
(nonce, PKCE verifier) are made of a cookie that only the browser has.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, NewType

from sqlalchemy import Column, Index, LargeBinary
from sqlmodel import Field

from hub.kit.database import EnumText, Table, UtcDateTime
from hub.kit.secret import Secret

SessionId = NewType("SessionId", str)

#: How far apart two machines' clocks may be.
SKEW: Final = timedelta(seconds=60)
#: How long somebody may stay at the identity provider's page.
PENDING: Final = timedelta(minutes=15)
#: How new a sign-in must be before consent, clearance and administration.
FRESH: Final = timedelta(minutes=5)
#: The level of assurance for everything about an individual (reading R25).
STRONG: Final = 3


class Door(StrEnum):
    """The two doors for people. The values stand in addresses and cookies' names."""

    STAFF = "personal"
    INDIVIDUAL = "privat"

    @property
    def home(self) -> str:
        """The path under which this door's session counts."""
        return {Door.STAFF: "/arbete", Door.INDIVIDUAL: "/mina-sidor"}[self]


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a session may rest and how long it may live, and when its end is told beforehand."""

    idle: timedelta
    absolute: timedelta
    warning: timedelta = timedelta(minutes=2)


LIMITS: Final = {
    Door.STAFF: Limits(idle=timedelta(minutes=30), absolute=timedelta(hours=10)),
    Door.INDIVIDUAL: Limits(idle=timedelta(minutes=20), absolute=timedelta(hours=2)),
}


class SignInSession(Table, table=True):
    """One browser that is signed in. Ended = deleted."""

    __tablename__ = "signin_session"
    __table_args__ = (Index("ix_signin_session_identity", "issuer", "subject"),)

    #: SHA-256 of the cookie.
    token: bytes = Field(sa_column=Column(LargeBinary, primary_key=True))
    id: str = Field(unique=True)
    door: Door = Field(sa_column=Column(EnumText(Door), nullable=False))
    issuer: str
    #: An official's, as their agency has it; an individual's only as a keyed digest, for it may be a personal number.
    subject: str
    #: The identity provider's own name of its session, for back-channel logout.
    sid: str | None = None
    loa: int
    factors: int
    authenticated_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    #: The name that the identity provider told, sealed under a key made of the cookie.
    name: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    #: An individual's keyed digest of their own number; the number is kept nowhere.
    individual: bytes | None = Field(default=None, sa_column=Column(LargeBinary, nullable=True))
    #: What an official has chosen to work as; it is checked anew at every request.
    assignment: str | None = None
    idle_until: datetime = Field(sa_column=Column(UtcDateTime, nullable=False, index=True))
    ends_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))


class PendingSignIn(Table, table=True):
    """A browser sent to an identity provider. Taken away by the first answer, whatever it says."""

    __tablename__ = "signin_pending"

    #: SHA-256 of `state`.
    state: bytes = Field(sa_column=Column(LargeBinary, primary_key=True))
    #: SHA-256 of the cookie of the browser that began.
    browser: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    issuer: str
    door: Door = Field(sa_column=Column(EnumText(Door), nullable=False))
    return_to: str
    #: The least level that is worth coming back with; 0 when anything will do.
    least: int = 0
    #: Whether the sign-in must be made now, not remembered by the identity provider.
    fresh: bool = False
    started_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    expires_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False, index=True))


class UsedOnce(Table, table=True):
    """A proof or notice that may be used once: DPoP proofs and logout tokens, by a digest of their `jti`."""

    __tablename__ = "used_once"

    digest: bytes = Field(sa_column=Column(LargeBinary, primary_key=True))
    expires_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False, index=True))


@dataclass(frozen=True, slots=True)
class SignedIn:
    """What an identity provider vouches for, checked and in our own types. An identity is (issuer, subject)."""

    issuer: str
    subject: str
    sid: str | None
    loa: int
    factors: int
    authenticated_at: datetime
    name: str
    #: An individual's number, for the moment it takes to make a digest of it. Never asked for of staff.
    number: Secret[str] | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """A session as a request meets it."""

    id: SessionId
    door: Door
    issuer: str
    subject: str
    loa: int
    factors: int
    authenticated_at: datetime
    idle_until: datetime
    ends_at: datetime
    name: str
    individual: bytes | None = None
    assignment: str | None = None
    agency: str | None = None
    unit: str | None = None
    roles: tuple[str, ...] = ()
    title: str = ""

    @property
    def over_at(self) -> datetime:
        """When it ends if nothing more happens."""
        return min(self.idle_until, self.ends_at)

    @property
    def warn_at(self) -> datetime:
        """When whoever sits there is told that it will end."""
        return self.over_at - LIMITS[self.door].warning

    @property
    def extendable(self) -> bool:
        """Whether more time is to be had: the absolute limit can't be moved."""
        return self.ends_at > self.idle_until
