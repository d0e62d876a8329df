"""What a handler holds: the right to put certain questions for one caller."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from hub.access.caller import Caller
from hub.access.decision import Decided, Decider, Gathered, Permit, Q
from hub.access.questions import Answer
from hub.audit import EntryId


class NothingAsked(RuntimeError):
    """A handler was about to answer without having asked anything; the answer is withheld."""


class Asking:
    """One caller's right, during one request, to ask the questions that the route declares."""

    def __init__(self, decider: Decider, caller: Caller, questions: frozenset[str]) -> None:
        self.caller = caller
        self._decider, self._questions, self._asked = decider, questions, False

    async def permit(self, gather: Callable[[], Awaitable[Gathered[Q]]]) -> Permit[Q]:
        """Return the permit for what `gather` asks. Raises Refused, NotFound, StepUpNeeded or Undecided."""
        self._asked = True
        return await self._decider.decide(gather, self.caller, self._questions)

    async def each(self, gather: Callable[[], Awaitable[list[Gathered[Q]]]]) -> list[Decided[Q]]:
        """Return one outcome for each question that `gather` asks, decided and recorded together."""
        self._asked = True
        return await self._decider.decide_each(gather, self.caller, self._questions)

    async def again(self, permit: Permit[Q], act: str, detail: Mapping[str, object]) -> EntryId | None:
        """Return the entry that says that what was permitted leaves now; None when its ground has moved meanwhile."""
        entries = await self._decider.again([(permit, detail)], self.caller, act)
        return entries[0] if entries else None

    async def again_each(
        self, permits: Sequence[tuple[Permit[Q], Mapping[str, object]]], act: str
    ) -> list[EntryId] | None:
        """Return an entry for each of what leaves together now; None when the ground of any has moved meanwhile."""
        return await self._decider.again(permits, self.caller, act)

    async def foresee(self, permit: Permit[Any], questions: Sequence[Q]) -> list[Answer]:
        """Return what the policy would answer to `questions`, only to explain it (see `Decider.foresee`)."""
        return await self._decider.foresee(permit, questions)

    def acted_without_engine(self) -> None:
        """Say that this request did what never waits for the engine: withdraw, block, raise protection (reading R5)."""
        self._asked = True

    def require_asked(self) -> None:
        """Raise NothingAsked when nothing has been asked."""
        if not self._asked:
            raise NothingAsked
