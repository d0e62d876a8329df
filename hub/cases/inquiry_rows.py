"""Every query on questions to other parties' officials, and opening and closing what lies sealed in them."""

from collections.abc import Collection, Sequence

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from hub.cases.inquiry_said import Kept, decode, encode
from hub.cases.model import Inquiry, InquiryAnswer, InquiryState
from hub.kit.vault import Erased, Keys, KeyScope, Place


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
