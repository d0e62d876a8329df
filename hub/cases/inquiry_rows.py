"""Every query on questions to other parties' officials, and opening and closing what lies sealed in them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from hub.cases.inquiry_said import Kept, decode, encode
from hub.cases.model import Inquiry, InquiryAnswer, InquiryState
from hub.kit.clock import micros
from hub.kit.database import Database
from hub.kit.vault import Erased, Keys, KeyScope, Place

#: $1 the agency that is asked, $2 now (µs). Somebody counts who works there now, or stands in for one on the team, and
#: may know that the individual exists.
_UNATTENDED: Final = """
    SELECT q.id, q.case_id, q.asking_agency, q.due_on, CASE WHEN q.urgent THEN 1 ELSE 0 END
      FROM case_inquiry q
      JOIN coordination_case c ON c.id = q.case_id AND c.closed_at IS NULL
      JOIN case_party p ON p.case_id = q.case_id AND p.agency = q.owner AND p.joined_at <= $2 AND p.left_at > $2
      JOIN individual i ON i.id = q.individual_id
     WHERE q.owner = $1 AND q.state = 'asked' AND NOT EXISTS (
        SELECT 1 FROM case_member m
          JOIN assignment a ON a.valid_from <= $2 AND a.valid_until > $2 AND (
            a.id = m.assignment_id OR a.id IN (SELECT s.substitute FROM substitution s
              WHERE s.absent = m.assignment_id AND s.valid_from <= $2 AND s.valid_until > $2))
         WHERE m.case_id = q.case_id AND m.agency = q.owner AND m.valid_from <= $2 AND m.valid_until > $2
           AND (i.protection = 'none' OR EXISTS (SELECT 1 FROM clearance k WHERE k.individual = i.id
                AND k.assignment = a.id AND k.valid_from <= $2 AND k.valid_until > $2)))
     ORDER BY 5 DESC, q.due_on, q.id"""
#: $1 the individual, $2 the agency, $3 now (µs).
_CLEARED: Final = """
    SELECT assignment FROM clearance WHERE individual = $1 AND agency = $2 AND valid_from <= $3 AND valid_until > $3"""


@dataclass(frozen=True, slots=True)
class Unattended:
    """A question to an agency that has nobody in the case to see it."""

    id: str
    case: str
    asking: str
    due_on: date
    urgent: bool


async def unattended(database: Database, owner: str, now: datetime) -> list[Unattended]:
    """Return what `owner` is asked in open cases where it has nobody, the most pressing first: one statement."""
    return [
        Unattended(identity, case, asking, date.fromisoformat(due), bool(urgent))
        for identity, case, asking, due, urgent in await database.fetch(_UNATTENDED, owner, micros(now))
    ]


async def cleared(database: Database, individual: str, agency: str, now: datetime) -> frozenset[str]:
    """Return the assignments of `agency` that may read about one who is protected."""
    return frozenset(row[0] for row in await database.fetch(_CLEARED, individual, agency, micros(now)))


async def asked_in(session: AsyncSession, case: str, agency: str) -> list[Inquiry]:
    """Return what `agency` has asked in a case, newest first."""
    statement = select(Inquiry).where(Inquiry.case_id == case, Inquiry.asking_agency == agency)
    return list(await session.exec(statement.order_by(col(Inquiry.asked_at).desc(), col(Inquiry.id))))


async def to_answer(session: AsyncSession, cases: Collection[str], owner: str) -> list[Inquiry]:
    """Return what waits for an answer by `owner` in these cases, the most pressing first."""
    statement = select(Inquiry).where(
        col(Inquiry.case_id).in_(cases), Inquiry.owner == owner, Inquiry.state == InquiryState.ASKED
    )
    return list(await session.exec(statement.order_by(col(Inquiry.urgent).desc(), Inquiry.due_on, col(Inquiry.id))))


async def answers_to(session: AsyncSession, inquiries: Sequence[str]) -> list[InquiryAnswer]:
    """Return every answer to these questions, drafts too, the oldest first."""
    statement = select(InquiryAnswer).where(col(InquiryAnswer.inquiry_id).in_(inquiries))
    return list(await session.exec(statement.order_by(col(InquiryAnswer.saved_at), col(InquiryAnswer.id))))


def latest(answers: Collection[InquiryAnswer], inquiry: str) -> InquiryAnswer | None:
    """Return the newest that was sent."""
    sent = [each for each in answers if each.inquiry_id == inquiry and each.sent_at]
    return max(sent, key=lambda each: (each.sent_at, each.id), default=None)


def draft(answers: Collection[InquiryAnswer], inquiry: str) -> InquiryAnswer | None:
    """Return what is written and not sent."""
    return next((each for each in answers if each.inquiry_id == inquiry and not each.sent_at), None)


def scope(row: Inquiry, holder: str) -> KeyScope:
    return KeyScope(row.individual_id, holder, "content")


def seal_question(keys: Keys, row: Inquiry, text: str) -> bytes:
    return keys.seal(scope(row, row.asking_agency), _place("case_inquiry", "question", row.id), text.encode())


def open_question(keys: Keys, row: Inquiry) -> str:
    """Return what was asked; "" when it has been erased."""
    try:
        place = _place("case_inquiry", "question", row.id)
        return keys.open(scope(row, row.asking_agency), place, row.question).decode()
    except Erased:
        return ""


def seal_answer(keys: Keys, row: Inquiry, answer: str, kept: Kept) -> bytes:
    return keys.seal(scope(row, row.owner), _place("case_inquiry_answer", "body", answer), encode(kept))


def open_answer(keys: Keys, row: Inquiry, answer: InquiryAnswer | None) -> Kept | None:
    """Return what was answered; None when nothing was, or when it has been erased."""
    if answer is None:
        return None
    try:
        place = _place("case_inquiry_answer", "body", answer.id)
        return decode(keys.open(scope(row, row.owner), place, answer.body))
    except Erased:
        return None


def _place(table: str, column: str, row: str) -> Place:
    return Place(table, column, row)
