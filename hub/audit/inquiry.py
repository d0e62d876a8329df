"""The individual's questions about entries: each has an agency that owes an answer, a named official, and a date."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, NewType

from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from hub.audit.entry import Entry, EntryId
from hub.audit.ledger import Ledger
from hub.audit.log import LogEntry
from hub.audit.model import EntryKind, LedgerQuestion, Outcome
from hub.kit.clock import Clock, midnight_after, today
from hub.kit.database import Database
from hub.kit.errors import Conflict, FieldError, Invalid, NotFound
from hub.kit.idempotency import Once, earlier, remember
from hub.kit.ids import new_id
from hub.kit.vault import Erased, Keys, KeyScope, Place, Vault
from hub.kit.working_days import add_working_days

InquiryId = NewType("InquiryId", str)
#: How many working days an agency has to answer.
ANSWER_DAYS: Final = 10
_LONGEST: Final = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """A question and, once it is there, its answer. `text` and `answer` are None once erased."""

    id: InquiryId
    entry_id: EntryId
    agency: str
    #: The assignment that is named to the individual.
    official: str
    asked_at: datetime
    due_at: datetime
    text: str | None
    answered_at: datetime | None
    answered_by: str | None
    answer: str | None

    def late(self, now: datetime) -> bool:
        """Tell whether the answer is overdue."""
        return self.answered_at is None and now >= self.due_at


class Inquiries:
    """Asks and answers. Whether somebody may is decided before (`read_log`)."""

    def __init__(self, database: Database, vault: Vault, clock: Clock, ledger: Ledger) -> None:
        self._database, self._vault, self._clock, self._ledger = database, vault, clock, ledger

    async def ask(
        self, entry_id: EntryId, individual: str, text: str, official: str, once: Once | None = None
    ) -> InquiryId:
        """Ask about an entry; the agency that did what it tells of owes an answer within `ANSWER_DAYS` working days.

        Raises:
            NotFound: there is no such entry about this individual.
            Invalid: nothing is asked, or it is too long.
        """
        text = _written(text)
        entry = await self._ledger.entry(entry_id)
        if entry is None or entry.individual != individual:
            raise NotFound
        inquiry = await self._asked(entry, individual, text, official)
        async with self._database.write() as session:
            if found := await earlier(session, once):
                return InquiryId(found)
            session.add(inquiry)
            remember(session, once, inquiry.id)
            await self._ledger.record_change(session, self._told(inquiry, "ask_about_entry", "individual", individual))
        return InquiryId(inquiry.id)

    async def answer(self, inquiry_id: InquiryId, text: str, official: str, name: str) -> None:
        """Answer as `official`. Raises NotFound, Invalid, or Conflict when it is answered already."""
        text = _written(text)
        found = await self._found(inquiry_id)
        scope = _scope(found)
        sealed = (await self._vault.keys([scope])).seal(scope, _place(inquiry_id, "answer"), text.encode())
        async with self._database.write() as session:
            inquiry = (await session.exec(_by_id(inquiry_id).with_for_update())).one()
            if inquiry.answered_at is not None:
                raise Conflict("Frågan är redan besvarad. Läs svaret innan du skriver något mer.")
            inquiry.answered_at, inquiry.answered_by, inquiry.answer = self._clock.now(), official, sealed
            told = self._told(inquiry, "answer_about_entry", "staff", official, name)
            await self._ledger.record_change(session, told)

    async def get(self, inquiry_id: InquiryId) -> Inquiry:
        """Return one question. Raises NotFound."""
        return (await self._read([await self._found(inquiry_id)]))[0]

    async def asked_by(self, individual: str) -> list[Inquiry]:
        """Return the individual's questions, newest first."""
        asked = select(LedgerQuestion).where(LedgerQuestion.individual == individual)
        return await self._read(await self._all(asked.order_by(col(LedgerQuestion.asked_at).desc())))

    async def owed_by(self, agency: str) -> list[Inquiry]:
        """Return what the agency has not answered, the most urgent first."""
        owed = select(LedgerQuestion).where(LedgerQuestion.agency == agency, col(LedgerQuestion.answered_at).is_(None))
        return await self._read(await self._all(owed.order_by(col(LedgerQuestion.due_at))))

    async def forget(self, individual: str, agency: str) -> int:
        """Empty what still says whose questions they were, once their key is destroyed; return how many they were."""
        emptied = await self._database.record(
            "UPDATE ledger_question SET individual = NULL WHERE individual = $1 AND agency = $2 RETURNING id",
            individual,
            agency,
        )
        return len(emptied)

    async def _asked(self, entry: LogEntry, individual: str, text: str, official: str) -> LedgerQuestion:
        inquiry_id = new_id()
        inquiry = LedgerQuestion(
            id=inquiry_id,
            entry_id=entry.id,
            individual=individual,
            agency=entry.agency or entry.holder,
            official=official,
            asked_at=self._clock.now(),
            due_at=midnight_after(add_working_days(today(self._clock), ANSWER_DAYS)),
            text=b"",
        )
        scope = _scope(inquiry)
        inquiry.text = (await self._vault.keys([scope])).seal(scope, _place(inquiry_id, "text"), text.encode())
        return inquiry

    def _told(self, inquiry: LedgerQuestion, act: str, kind: str, ref: str, name: str | None = None) -> Entry:
        return Entry(
            at=self._clock.now(),
            kind=EntryKind.CHANGE,
            question="audit",
            act=act,
            outcome=Outcome.DONE,
            caller_kind=kind,
            caller_ref=ref,
            caller_name=name,
            agency=inquiry.agency if kind == "staff" else None,
            answerable=inquiry.agency,
            individual=inquiry.individual,
            detail={"inquiry": inquiry.id, "entry": inquiry.entry_id},
        )

    async def _found(self, inquiry_id: InquiryId) -> LedgerQuestion:
        found = await self._all(_by_id(inquiry_id))
        if not found:
            raise NotFound
        return found[0]

    async def _all(self, statement: SelectOfScalar[LedgerQuestion]) -> list[LedgerQuestion]:
        async with self._database.read() as session:
            return list((await session.exec(statement)).all())

    async def _read(self, rows: list[LedgerQuestion]) -> list[Inquiry]:
        keys = await self._vault.existing({_scope(row) for row in rows})
        return [_opened(row, keys) for row in rows]


def _by_id(inquiry_id: InquiryId) -> SelectOfScalar[LedgerQuestion]:
    return select(LedgerQuestion).where(LedgerQuestion.id == inquiry_id)


def _written(text: str) -> str:
    text = text.strip()
    if not text:
        raise Invalid(fields=(FieldError("text", "Skriv något först."),))
    if len(text) > _LONGEST:
        raise Invalid(fields=(FieldError("text", f"Korta texten till högst {_LONGEST} tecken."),))
    return text


def _scope(row: LedgerQuestion) -> KeyScope:
    return KeyScope(row.individual or "erased", row.agency, "content")


def _place(inquiry_id: str, column: str) -> Place:
    return Place("ledger_question", column, inquiry_id)


def _opened(row: LedgerQuestion, keys: Keys) -> Inquiry:
    def text_of(column: str, sealed: bytes | None) -> str | None:
        try:
            return None if sealed is None else keys.open(_scope(row), _place(row.id, column), sealed).decode()
        except Erased:
            return None

    return Inquiry(
        id=InquiryId(row.id),
        entry_id=EntryId(row.entry_id),
        agency=row.agency,
        official=row.official,
        asked_at=row.asked_at,
        due_at=row.due_at,
        text=text_of("text", row.text),
        answered_at=row.answered_at,
        answered_by=row.answered_by,
        answer=text_of("answer", row.answer),
    )
