"""The one shape of every answer."""

from typing import Literal

import msgspec

Outcome = Literal["permit", "deny", "undecided"]


class Ground(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Why something is permitted: for each permitted category or item; "" where the question has none.

    `ground`: `consent`, `own_case`, `not_secret`, `own_data`, a role, or a paragraph. `ref`: the line of consent, the
    official's decision or the mandate that it rests on; "". `law`: the paragraph.
    `basis`: the receiver's own legal basis to hold it, in the owner's question of disclosure; "" otherwise.
    """

    category: str
    ground: str
    ref: str
    law: str
    basis: str


class Refusal(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Why something is refused. It explains and never decides.

    `category`: what is refused; "" for the whole question, or where naming the category would itself tell something.
    `text`: the key of the words for staff and for the individual (`hub.access.questions.texts`).
    """

    code: str
    category: str
    law: str
    text: str


class Obligation(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the permit is tied to; `category` is "" when it is tied to all of the answer."""

    code: str
    category: str


class Answer(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A decided yes or no, or that nothing could be decided. All lists are sorted.

    `categories`: the categories and items that are permitted. A question of disclosure about several answers for each:
    the outcome is permit when any is permitted, and only those stand here.
    """

    outcome: Outcome
    grounds: list[Ground]
    refusals: list[Refusal]
    obligations: list[Obligation]
    categories: list[str]
    revision: str

    @property
    def permits(self) -> bool:
        """Tell whether this is a yes; an undecided is never one."""
        return self.outcome == "permit"

    @classmethod
    def undecided(cls, code: str) -> "Answer":
        """Return the answer that permits nothing because nothing could be decided, for the reason `code`."""
        refusal = Refusal(code=code, category="", law="", text=code)
        return cls(outcome="undecided", grounds=[], refusals=[refusal], obligations=[], categories=[], revision="")
