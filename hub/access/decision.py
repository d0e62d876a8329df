"""The one way to a yes: facts → typed question → policy → permit and ledger entry.

`Decider.decide` evaluates **and** records. A `Permit` is made here and nowhere else, carries the id of its ledger
entry and can't exist without one. No engine, no answer, an error, a missing fact: undecided, which permits nothing
(HUB-01, HUB-02).
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final, Generic, Protocol, TypeVar

import msgspec
import structlog

from hub.access.caller import Caller
from hub.access.engine import Engine, EngineFailure
from hub.access.questions import Answer, CallerFacts, name_of, require_whole
from hub.audit import Entry, EntryId, EntryKind, Ledger, NotRecorded, Outcome, Stand
from hub.kit.clock import Clock
from hub.kit.errors import HubError, NotFound, Refused, StepUpNeeded, Undecided


class Question(Protocol):
    """What every question of `hub.access.questions.registry` has."""

    @property
    def caller(self) -> CallerFacts: ...


Q = TypeVar("Q", bound=Question)
_TRIES: Final = 3
#: Refusals that say only "nothing here": absent, not yours and protected are the same from outside.
_HIDDEN: Final = frozenset({"not_found"})
_SIGN_IN: Final = frozenset({"weak_login", "stale_login"})
#: Obligations that the decider itself and the ledger always carry out.
#: The same as `policies/data/obligations.json` lays on the hub.
_ALWAYS: Final = frozenset(
    {
        "log_ground",
        "record_reason",
        "reissue_links",
        "same_answer_as_absent",
        "scrub_copies",
        "tell_parties",
        "tell_receiver_of_protection",
    }
)
_KINDS: Final = {
    Outcome.PERMIT: EntryKind.DISCLOSURE,
    Outcome.DENY: EntryKind.REFUSAL,
    Outcome.UNDECIDED: EntryKind.UNDECIDED,
}
_answers: Final = msgspec.json.Decoder(list[Answer])
_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class About:
    """What an entry in the ledger says of the question besides its answer.

    `individual` is the inner id (sealed in the ledger, never in a leaf), `answerable` the agency under whose key the
    personal part of the entry lies, `act` what the caller was doing.
    """

    act: str
    answerable: str
    individual: str | None = None
    case: str | None = None
    owner: str | None = None
    categories: tuple[str, ...] = ()
    purpose: str = ""
    #: What else is worth keeping: counts and ids, never content.
    detail: Mapping[str, object] = field(default_factory=dict[str, object])


@dataclass(frozen=True, slots=True)
class Gathered(Generic[Q]):
    """A question whole, with what it stands on: epochs read in the same statement, and the earliest end of any fact."""

    question: Q
    stands: tuple[Stand, ...]
    about: About
    not_after: datetime | None = None


@dataclass(frozen=True, slots=True)
class Permit(Generic[Q]):
    """Proof of a decided and recorded yes. What reads or changes protected data takes one.

    `stands` and `not_after`: what it stood on, so that what takes long can be held against it again (`Decider.again`).
    """

    entry: EntryId
    question: Q
    answer: Answer
    about: About
    stands: tuple[Stand, ...] = ()
    not_after: datetime | None = None


@dataclass(frozen=True, slots=True)
class Denial(Generic[Q]):
    """A decided and recorded no, or an undecided. Explains; proves nothing."""

    entry: EntryId
    question: Q
    answer: Answer
    about: About


Decided = Permit[Q] | Denial[Q]


class Decider:
    """Decides with one engine and records in one ledger."""

    def __init__(self, engine: Engine, ledger: Ledger, clock: Clock) -> None:
        self._engine, self._ledger, self._clock = engine, ledger, clock

    async def decide(
        self, gather: Callable[[], Awaitable[Gathered[Q]]], caller: Caller, questions: frozenset[str]
    ) -> Permit[Q]:
        """Return the permit for the question that `gather` puts together; it is called anew when its facts moved.

        Raises Refused (or NotFound, StepUpNeeded) for a decided no, Undecided when nothing could be decided.
        """
        outcome = (await self.decide_each(_alone(gather), caller, questions))[0]
        if isinstance(outcome, Permit):
            return outcome
        raise _error(outcome)

    async def decide_each(
        self, gather: Callable[[], Awaitable[list[Gathered[Q]]]], caller: Caller, questions: frozenset[str]
    ) -> list[Decided[Q]]:
        """Return an outcome for each of the questions, in their order: one evaluation, one recording statement.

        Raises Undecided when the ledger can't record.
        """
        gathered: list[Gathered[Q]] = []
        for _ in range(_TRIES):
            gathered = await gather()
            answers = await self._evaluate(gathered, questions)
            outcomes = await self._record(gathered, answers, caller)
            if outcomes is not None:
                return outcomes
        moved = [Answer.undecided("facts_moved")] * len(gathered)
        outcomes = await self._record(gathered, moved, caller)
        if outcomes is None:
            raise Undecided
        return outcomes

    async def foresee(self, permit: Permit[Any], questions: Sequence[Q]) -> list[Answer]:
        """Return what the policy would answer, to explain it to one who has `permit` to see the case.

        Nothing is disclosed on these answers and nothing is recorded: what they rest on is shown, not used.
        """
        if not permit.entry:
            raise TypeError("only one who has a permit is told what would be answered")
        return await self._ask(name_of(questions[0]), questions) if questions else []

    async def again(
        self, permits: Sequence[tuple[Permit[Q], Mapping[str, object]]], caller: Caller, act: str
    ) -> list[EntryId] | None:
        """Record that what was permitted leaves now, and return the entries; None when any ground has moved meanwhile.

        One round trip: the entries are written only while all that the permits stood on still stands. Each permit comes
        with what leaves on it, in counts. Raises Undecided when the ledger can't record.
        """
        entries = [self._leaving(permit, caller, act, detail) for permit, detail in permits]
        stands = {stand for permit, _ in permits for stand in permit.stands}
        ends = [permit.not_after for permit, _ in permits if permit.not_after]
        try:
            return await self._ledger.record(entries, sorted(stands, key=_subject), min(ends, default=None))
        except NotRecorded:
            raise Undecided from None

    def _leaving(self, permit: Permit[Q], caller: Caller, act: str, detail: Mapping[str, object]) -> Entry:
        about = replace(permit.about, act=act, detail={**detail, "permit": permit.entry})
        return self._entry(Gathered(permit.question, permit.stands, about, permit.not_after), permit.answer, caller)

    async def _evaluate(self, gathered: Sequence[Gathered[Q]], questions: frozenset[str]) -> list[Answer]:
        if not gathered:
            return []
        name = name_of(gathered[0].question)
        if name not in questions:
            raise TypeError(f"this route does not ask {name}")
        answers = await self._ask(name, [each.question for each in gathered])
        return [_checked(each, answer) for each, answer in zip(gathered, answers, strict=True)]

    async def _ask(self, name: str, questions: Sequence[Q]) -> list[Answer]:
        try:
            payload = msgspec.json.encode(questions)
            require_whole(name, payload)
        except (msgspec.MsgspecError, UnicodeEncodeError):
            return self._undecided(name, "missing_fact", len(questions))
        try:
            answers = _answers.decode(await self._engine.evaluate(f"{name}/answers", payload))
        except EngineFailure as failure:
            return self._undecided(name, failure.code, len(questions))
        except msgspec.MsgspecError:
            return self._undecided(name, "engine_malformed", len(questions))
        return answers if len(answers) == len(questions) else self._undecided(name, "engine_malformed", len(questions))

    @staticmethod
    def _undecided(name: str, code: str, count: int) -> list[Answer]:
        _log.warning("undecided", question=name, code=code)
        return [Answer.undecided(code)] * count

    async def _record(
        self, gathered: Sequence[Gathered[Q]], answers: Sequence[Answer], caller: Caller
    ) -> list[Decided[Q]] | None:
        """Record each with its answer; None when a permit's ground has moved meanwhile."""
        if not gathered:
            return []
        pairs = list(zip(gathered, answers, strict=True))
        permitted = [each for each, answer in pairs if answer.permits]
        stands = sorted({stand for each in permitted for stand in each.stands}, key=_subject)
        ends = [each.not_after for each in permitted if each.not_after]
        try:
            entries = [self._entry(each, answer, caller) for each, answer in pairs]
            ids = await self._ledger.record(entries, stands, min(ends, default=None))
        except NotRecorded:
            raise Undecided from None
        if ids is None:
            return None
        return [_decided(entry, each, answer) for entry, (each, answer) in zip(ids, pairs, strict=True)]

    def _entry(self, gathered: Gathered[Q], answer: Answer, caller: Caller) -> Entry:
        about, outcome = gathered.about, Outcome(answer.outcome)
        return Entry(
            at=self._clock.now(),
            kind=_KINDS[outcome],
            question=name_of(gathered.question),
            act=about.act,
            outcome=outcome,
            caller_kind=caller.kind,
            caller_ref=caller.ref,
            caller_name=caller.name,
            caller_title=caller.title,
            agency=caller.agency,
            unit=caller.unit,
            owner=about.owner,
            answerable=about.answerable,
            individual=about.individual,
            case_id=about.case,
            purpose=about.purpose,
            categories=about.categories,
            revision=self._engine.revision,
            payload=_written(gathered.question),
            answer=msgspec.json.encode(answer),
            detail=about.detail,
        )


def _written(question: object) -> bytes:
    """Return a question as it is recorded; nothing of one that can't even be written, which is undecided."""
    try:
        return msgspec.json.encode(question)
    except (msgspec.MsgspecError, UnicodeEncodeError):
        return b""


def _subject(stand: Stand) -> str:
    return stand.subject


def _alone(gather: Callable[[], Awaitable[Gathered[Q]]]) -> Callable[[], Awaitable[list[Gathered[Q]]]]:
    async def one() -> list[Gathered[Q]]:
        return [await gather()]

    return one


def _checked(gathered: Gathered[Q], answer: Answer) -> Answer:
    """A yes whose obligations the caller can't carry out is no yes, whatever the engine let through."""
    able = _ALWAYS.union(gathered.question.caller.carries_out)
    if answer.permits and not able.issuperset(each.code for each in answer.obligations):
        return Answer.undecided("engine_malformed")
    return answer


def _decided(entry: EntryId, gathered: Gathered[Q], answer: Answer) -> Decided[Q]:
    if answer.permits:
        return Permit(entry, gathered.question, answer, gathered.about, gathered.stands, gathered.not_after)
    return Denial(entry, gathered.question, answer, gathered.about)


def _error(denial: Denial[Q]) -> HubError:
    """What the caller is told of a no: nothing at all where even that would tell."""
    codes = {each.code for each in denial.answer.refusals}
    if denial.answer.outcome == "undecided":
        return Undecided(entry=denial.entry)
    if codes & _HIDDEN:
        return NotFound()
    return (StepUpNeeded if codes and codes <= _SIGN_IN else Refused)(entry=denial.entry)
