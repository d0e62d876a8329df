"""A question put through the whole decision while the engine or the ledger is failing."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, cast

import msgspec

from hub.access import About, Caller, CallerKind, Decider, Gathered
from hub.access.engine import EngineFailure
from hub.access.questions import Answer, read
from hub.audit import Entry, EntryId, Ledger, NotRecorded
from hub.kit.errors import Undecided
from tests.fakes.clock import FixedClock
from tests.fakes.engine import SetEngine
from tests.policies.engine import ask, engine
from tests.policies.translate import Question

_CALLER = Caller(
    kind=CallerKind.STAFF,
    ref="caller",
    issuer="https://idp.example",
    subject="caller",
    loa=3,
    authenticated_at=datetime(2026, 11, 16, tzinfo=UTC),
)


class _Ledger:
    """Keeps entries in memory, or can't."""

    def __init__(self, *, down: bool) -> None:
        self._down = down

    async def record(self, entries: Sequence[Entry], *_stands_and_end: object) -> list[EntryId]:
        if self._down:
            raise NotRecorded
        return [EntryId(str(number)) for number in range(len(entries))]


def decided(question: Question, failure: EngineFailure | bytes | None, *, ledger_down: bool) -> Answer:
    """Return what came of the decision; nothing is ever permitted by a failure."""
    try:
        facts = read(question.name, msgspec.json.encode(question.facts))
    except msgspec.ValidationError:
        return ask(question)
    raw = failure if isinstance(failure, bytes) else None
    failing = SetEngine(failure=failure if isinstance(failure, EngineFailure) else None, raw=raw)
    decider = Decider(
        failing if failure is not None else engine(),
        cast(Ledger, _Ledger(down=ledger_down)),
        FixedClock(_CALLER.authenticated_at),
    )

    async def gather() -> list[Gathered[Any]]:
        return [Gathered(facts, (), About(act="read", answerable="owner"))]

    try:
        outcomes = asyncio.run(decider.decide_each(gather, _CALLER, frozenset({question.name})))
    except Undecided:
        return Answer.undecided("ledger_down")
    return outcomes[0].answer
