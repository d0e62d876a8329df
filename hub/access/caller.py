"""Who is asking, on whose behalf and how strongly signed in."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class CallerKind(StrEnum):
    """Through which door somebody came."""

    STAFF = "staff"
    INDIVIDUAL = "individual"
    CLIENT = "client"


@dataclass(frozen=True, slots=True)
class Caller:
    """One who is signed in: an official in an assignment, an individual, or a partner system acting for an agency.

    `ref` is what the ledger and `standing` know them by (`assignment:<id>`, `individual:<session>`, `client:<id>`).
    `loa` is the level of assurance (1–4), `factors` how many factors proved it, `authenticated_at` when.
    `individual_digest` is the keyed digest of an individual's own number; the number itself is never kept.
    """

    kind: CallerKind
    ref: str
    issuer: str
    subject: str
    loa: int
    authenticated_at: datetime
    factors: int = 0
    name: str = ""
    title: str = ""
    agency: str | None = None
    unit: str | None = None
    assignment: str | None = None
    roles: tuple[str, ...] = ()
    scopes: frozenset[str] = frozenset()
    session: str | None = None
    language: str = "sv"
    individual_digest: bytes | None = field(default=None, repr=False)

    @property
    def rate_key(self) -> str:
        """What rate limits count: the caller, never whom they ask about. An individual is known by the keyed digest, since
        a provider may call them by their number.
        """
        if self.individual_digest is not None:
            return f"{self.kind}:{self.individual_digest.hex()}"
        return f"{self.kind}:{self.issuer}:{self.subject}"
