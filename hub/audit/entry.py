"""What is written into the ledger, and what a decision stood on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NewType

from hub.audit.model import EntryKind, Outcome

#: The id of a ledger entry: the decision number ("beslutsnummer") that people are shown.
EntryId = NewType("EntryId", str)


@dataclass(frozen=True, slots=True)
class Stand:
    """A subject and the epoch at which facts about it were read: see `Standing`."""

    subject: str
    epoch: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that was decided, shown, sent, refused or changed.

    Into the leaf, which outsiders may read for ever: `at`, `kind`, `question`, `act`, `outcome`, `agency`, `owner` and
    `revision`; nothing in them may tell of a person. All else is sealed under the key of `individual`, held by
    `holder`; where no individual is concerned, under a key of the holder's own.
    """

    at: datetime
    kind: EntryKind
    #: The question that was decided (its folder under `policies/`), or the capability that was changed.
    question: str
    act: str
    outcome: Outcome
    #: Who did it: `staff`, `individual`, `client` or `system`, with the id of the assignment, individual or client.
    caller_kind: str
    caller_ref: str | None = None
    #: Name and title as they were then, for the individual who reads the log.
    caller_name: str | None = None
    caller_title: str | None = None
    agency: str | None = None
    unit: str | None = None
    #: The agency whose information it was, when that isn't `agency`.
    owner: str | None = None
    #: The agency that answers for the entry and decides how long it is kept; `agency` unless given.
    answerable: str | None = None
    individual: str | None = None
    case_id: str | None = None
    purpose: str | None = None
    categories: tuple[str, ...] = ()
    #: The policy bundle that decided.
    revision: str | None = None
    #: The question and the answer as JSON, byte for byte as they went to and came from the engine: for a replay.
    payload: bytes | None = None
    answer: bytes | None = None
    #: What else is worth keeping, as JSON. Free text about an individual does not belong here.
    detail: Mapping[str, Any] = field(default_factory=dict[str, Any])

    @property
    def holder(self) -> str:
        """The agency that answers for this entry; the hub itself when none does."""
        return self.answerable or self.agency or HUB


#: The holder of entries that no agency answers for: the operator of the hub.
HUB = "hub"
