"""What an individual asks about an entry in the log: an answer is owed by a day, and somebody is named.

The question goes to the agency whose staff did what the entry says; its appointed log reviewer answers (reading R26).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar, Final

from sqlalchemy import Column, Index
from sqlmodel import Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from hub.access import Caller, Permit, change_entry
from hub.access.questions import ReadLog
from hub.agencies import AgencyId, AssignmentId, Directory, Post, Role
from hub.audit import Entry, EntryId, Ledger, LogEntry
from hub.kit.clock import Clock, today
from hub.kit.database import Database, Sealed, Table, UtcDateTime
from hub.kit.errors import Conflict, FieldError, Invalid, NotFound, PreconditionFailed
from hub.kit.idempotency import Once, earlier, remember
from hub.kit.ids import new_id
from hub.kit.vault import Erased, Keys, KeyScope, Place, Vault
from hub.kit.working_days import add_working_days

#: Working days that an agency has. A promise of ours, not the law's.
ANSWERED_WITHIN: Final = 10
LONGEST: Final = 2000
_TABLE: Final = "log_question"
#: Who answers, the first of these that the agency has.
_ANSWERS: Final = (Role.LOGGRANSKARE, Role.CHEF)


class LogQuestion(Table, table=True):
    """One question about one entry. Both texts are sealed under the individual's key at the agency that answers."""

    __tablename__: ClassVar[Any] = _TABLE
    __table_args__ = (
        Index("ix_log_question_individual", "individual_id"),
        Index("ix_log_question_agency", "agency", "answered_at"),
    )

    id: str = Field(primary_key=True)
    individual_id: str
    entry_id: str = Field(unique=True)
    agency: str
    #: The assignment that is named to answer; empty when the agency has nobody appointed.
    responsible: str
    question: bytes = Field(sa_column=Column(Sealed, nullable=False))
    asked_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    #: ISO date in Sweden.
    due_on: str
    answer: bytes | None = Field(default=None, sa_column=Column(Sealed))
    answered_by: str | None = None
    answered_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    version: int = 1


@dataclass(frozen=True, slots=True)
class LogQuestionView:
    """One question, opened. `question` and `answer` are empty once they are erased."""

    id: str
    individual: str
    entry: EntryId
    agency: AgencyId
    responsible: AssignmentId
    question: str
    asked_at: datetime
    due_on: date
    answer: str
    answered_at: datetime | None
    version: int


class LogQuestions:
    """Carries individuals' questions about the log, and the answers."""

    def __init__(self, database: Database, vault: Vault, ledger: Ledger, clock: Clock, directory: Directory) -> None:
        self._database, self._vault, self._ledger, self._clock = database, vault, ledger, clock
        self._directory = directory

    def due(self) -> date:
        """Return when a question that is asked today is to be answered."""
        return add_working_days(today(self._clock), ANSWERED_WITHIN)

    async def answers_for(self, agency: AgencyId) -> Post | None:
        """Return who is named to answer for the agency, if anybody is."""
        colleagues = await self._directory.colleagues(agency)
        return next((post for role in _ANSWERS for post in colleagues if role in post.roles), None)

    async def ask(
        self, permit: Permit[ReadLog], caller: Caller, entry: EntryId, question: str, once: Once | None = None
    ) -> str:
        """Ask about an entry of one's own log and return the question's id.

        Raises Invalid, NotFound (not in the log that the permit is for, or nobody's act), Conflict (asked already).
        """
        question = _text("question", question, "Skriv vad du undrar.")
        found = await self._entry_of(permit, entry)
        individual, agency, identity = found.individual or "", AgencyId(found.agency or ""), new_id()
        named, now = await self.answers_for(agency), self._clock.now()
        scope = KeyScope(individual, agency, "content")
        sealed = (await self._vault.keys([scope])).seal(scope, Place(_TABLE, "question", identity), question.encode())
        row = LogQuestion(
            id=identity,
            individual_id=individual,
            entry_id=entry,
            agency=agency,
            responsible=named.assignment if named else "",
            question=sealed,
            asked_at=now,
            due_on=self.due().isoformat(),
        )
        async with self._database.write() as session:
            if made := await earlier(session, once):
                return made
            if (await session.exec(select(LogQuestion).where(LogQuestion.entry_id == entry))).first():
                raise Conflict("Du har redan frågat om det här. Svaret kommer bland dina frågor.")
            session.add(row)
            remember(session, once, identity)
            await self._ledger.record_change(session, self._told(caller, row, "question_log_entry"))
        return identity

    async def mine(self, permit: Permit[ReadLog]) -> Sequence[LogQuestionView]:
        """Return the questions of the individual that the permit is for, newest first."""
        wanted = select(LogQuestion).where(LogQuestion.individual_id == (permit.about.individual or ""))
        return await self._views(wanted.order_by(col(LogQuestion.asked_at).desc()))

    async def waiting(self, agency: AgencyId) -> Mapping[str, date]:
        """Return the questions that the agency has to answer, by id with their day: nothing of whom."""
        wanted = select(LogQuestion).where(LogQuestion.agency == agency, col(LogQuestion.answered_at).is_(None))
        async with self._database.read() as session:
            rows = list(await session.exec(wanted.order_by(LogQuestion.due_on, col(LogQuestion.id))))
        return {row.id: date.fromisoformat(row.due_on) for row in rows}

    async def read(self, permit: Permit[ReadLog], question: str) -> LogQuestionView:
        """Return one question to the agency whose log the permit is for. Raises NotFound."""
        wanted = select(LogQuestion).where(LogQuestion.id == question, LogQuestion.agency == permit.question.agency)
        views = await self._views(wanted)
        if not views:
            raise NotFound
        return views[0]

    async def answer(self, permit: Permit[ReadLog], caller: Caller, question: str, answer: str, version: int) -> None:
        """Answer as the agency's log reviewer. Raises Invalid, NotFound, PreconditionFailed (answered already)."""
        answer = _text("answer", answer, "Skriv ett svar som den som frågade kan förstå.")
        async with self._database.write() as session:
            row = await session.get(LogQuestion, question)
            if row is None or row.agency != permit.question.agency:
                raise NotFound
            if row.version != version or row.answered_at is not None:
                raise PreconditionFailed
            scope = KeyScope(row.individual_id, row.agency, "content")
            sealed = (await self._vault.keys([scope])).seal(scope, Place(_TABLE, "answer", row.id), answer.encode())
            row.answer, row.answered_by, row.answered_at = sealed, caller.ref, self._clock.now()
            row.version += 1
            await self._ledger.record_change(session, self._told(caller, row, "answer_log_question"))

    async def _entry_of(self, permit: Permit[ReadLog], entry: EntryId) -> LogEntry:
        found = await self._ledger.entry(entry)
        if found is None or not found.individual or found.individual != permit.about.individual or not found.agency:
            raise NotFound
        return found

    async def _views(self, wanted: SelectOfScalar[LogQuestion]) -> Sequence[LogQuestionView]:
        async with self._database.read() as session:
            rows: list[LogQuestion] = list(await session.exec(wanted))
        keys = await self._vault.existing({KeyScope(row.individual_id, row.agency, "content") for row in rows})
        return [_view(row, keys) for row in rows]

    def _told(self, caller: Caller, row: LogQuestion, act: str) -> Entry:
        return change_entry(
            caller,
            "cases",
            act,
            self._clock.now(),
            individual=row.individual_id,
            answerable=row.agency,
            detail={"question": row.id, "entry": row.entry_id},
        )


def _text(field: str, text: str, missing: str) -> str:
    text = text.strip()
    if not text:
        raise Invalid(fields=(FieldError(field, missing),))
    if len(text) > LONGEST:
        raise Invalid(fields=(FieldError(field, f"Texten är {len(text) - LONGEST} tecken för lång. Korta den."),))
    return text


def _view(row: LogQuestion, keys: Keys) -> LogQuestionView:
    return LogQuestionView(
        id=row.id,
        individual=row.individual_id,
        entry=EntryId(row.entry_id),
        agency=AgencyId(row.agency),
        responsible=AssignmentId(row.responsible),
        question=_opened(keys, row, "question", row.question),
        asked_at=row.asked_at,
        due_on=date.fromisoformat(row.due_on),
        answer=_opened(keys, row, "answer", row.answer),
        answered_at=row.answered_at,
        version=row.version,
    )


def _opened(keys: Keys, row: LogQuestion, column: str, sealed: bytes | None) -> str:
    if sealed is None:
        return ""
    try:
        return keys.open(
            KeyScope(row.individual_id, row.agency, "content"), Place(_TABLE, column, row.id), sealed
        ).decode()
    except Erased:
        return ""
