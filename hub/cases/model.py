"""The samverkansärende: which individual, which agencies are party, and who on their staff works on it.

Every row has one answerable agency. That an agency is party, and who on its team, is a fact of that agency: it is
shown to another only on a permit (`design.md`, asking is itself a disclosure).
"""

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar, NewType

from sqlalchemy import Column, Index
from sqlmodel import Field

from hub.agencies import OPEN_END
from hub.kit.database import EnumText, Sealed, Table, UtcDateTime

CaseId = NewType("CaseId", str)
ReviewId = NewType("ReviewId", str)
InquiryId = NewType("InquiryId", str)
WithholdingId = NewType("WithholdingId", str)


class CaseState(StrEnum):
    """Where a case is in its life."""

    OPEN = "open"
    CLOSED = "closed"


class Case(Table, table=True):
    """One samverkansärende. The leading agency answers for its frame (reading R31)."""

    __tablename__: ClassVar[Any] = "coordination_case"
    __table_args__ = (Index("ix_coordination_case_individual", "individual_id"),)

    id: str = Field(primary_key=True)
    #: What people call it, `S2304`; drawn at random so that it tells neither order nor how many there are.
    number: str = Field(unique=True)
    individual_id: str
    leading_agency: str
    purpose: str
    #: What the case is about, in the words of whoever opened it; sealed under the leading agency's key.
    subject: bytes = Field(sa_column=Column(Sealed, nullable=False))
    state: CaseState = Field(sa_column=Column(EnumText(CaseState), nullable=False))
    opened_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    closed_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    version: int = 1


class Party(Table, table=True):
    """An agency that takes part in a case, from and until when."""

    __tablename__: ClassVar[Any] = "case_party"
    __table_args__ = (Index("ix_case_party_agency", "agency"),)

    case_id: str = Field(primary_key=True, foreign_key="coordination_case.id")
    agency: str = Field(primary_key=True)
    joined_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    left_at: datetime = Field(default=OPEN_END, sa_column=Column(UtcDateTime, nullable=False))
    #: The party's own word that it has an open case on the individual, and what is necessary there: the register laws
    #: of Arbetsförmedlingen and Försäkringskassan ask for it (reading R16). Codes with commas between.
    own_case_open: bool = False
    necessary: str = ""


class Member(Table, table=True):
    """An assignment on the case's team. One row a period; ended, never deleted."""

    __tablename__: ClassVar[Any] = "case_member"
    __table_args__ = (
        Index("ix_case_member_assignment", "assignment_id", "valid_until"),
        Index("ix_case_member_case", "case_id", "valid_until"),
    )

    id: str = Field(primary_key=True)
    case_id: str = Field(foreign_key="coordination_case.id")
    assignment_id: str
    agency: str
    #: Whether this is the one who answers for the case at their agency.
    responsible: bool = False
    added_by: str
    valid_from: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    valid_until: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))


class CaseReason(Table, table=True):
    """Why somebody did what the policy asks a reason for: reopened, left or handed over. Read by their own agency."""

    __tablename__: ClassVar[Any] = "case_reason"
    __table_args__ = (Index("ix_case_reason_case", "case_id", "agency"),)

    id: str = Field(primary_key=True)
    case_id: str = Field(foreign_key="coordination_case.id")
    individual_id: str
    agency: str
    act: str
    given_by: str
    given_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    #: Sealed under the agency's own key.
    reason: bytes = Field(sa_column=Column(Sealed, nullable=False))


class ReviewState(StrEnum):
    """Where a request to an owner's official is."""

    ASKED = "asked"
    PERMITTED = "permitted"
    PARTLY = "partly"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Review(Table, table=True):
    """*Be myndigheten pröva*: what the hub may not decide, put to an official of the owner, with a day to answer by.

    What is human by law is never automatic (reading R12): the official decides, the hub carries and records.
    """

    __tablename__: ClassVar[Any] = "case_review"
    __table_args__ = (
        Index("ix_case_review_owner", "owner", "state", "due_on"),
        Index("ix_case_review_case", "case_id"),
    )

    id: str = Field(primary_key=True)
    case_id: str = Field(foreign_key="coordination_case.id")
    individual_id: str
    #: The refusal that this asks about, when there is one.
    refusal: str | None = None
    owner: str
    asking_agency: str
    asked_by: str
    categories: str
    purpose: str
    #: Why it is asked, sealed under the asking agency's key.
    reason: bytes = Field(sa_column=Column(Sealed, nullable=False))
    urgent: bool = False
    state: ReviewState = Field(sa_column=Column(EnumText(ReviewState), nullable=False))
    asked_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    #: ISO date in Sweden.
    due_on: str
    answered_by: str | None = None
    answered_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    #: The paragraph that the official decided on (OSL 10:27, 25:12 …).
    ground: str | None = None
    permitted: str = ""
    #: The paragraph's conditions that the official found to hold (OSL 25:12, 25:13, 26:9); codes with commas between.
    conditions: str = ""
    #: The official's own words, sealed under the owner's key.
    answer: bytes | None = Field(default=None, sa_column=Column(Sealed))
    version: int = 1


class InquiryState(StrEnum):
    """Where a question to another agency's officials is."""

    ASKED = "asked"
    ANSWERED = "answered"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Inquiry(Table, table=True):
    """A question to another party's officials, answered by hand: where no machine may ask, or can (readings R14, R20)."""

    __tablename__: ClassVar[Any] = "case_inquiry"
    __table_args__ = (
        Index("ix_case_inquiry_owner", "owner", "state", "due_on"),
        Index("ix_case_inquiry_case", "case_id"),
    )

    id: str = Field(primary_key=True)
    case_id: str = Field(foreign_key="coordination_case.id")
    individual_id: str
    #: Whose officials are asked: the agency that answers for what they say.
    owner: str
    asking_agency: str
    asked_by: str
    categories: str
    purpose: str
    #: What is wondered, sealed under the asking agency's key.
    question: bytes = Field(sa_column=Column(Sealed, nullable=False))
    urgent: bool = False
    state: InquiryState = Field(sa_column=Column(EnumText(InquiryState), nullable=False))
    asked_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    #: ISO date in Sweden.
    due_on: str
    version: int = 1


class InquiryAnswer(Table, table=True):
    """What an official has said on a question. A draft until it is sent; then it is never changed, only succeeded."""

    __tablename__: ClassVar[Any] = "case_inquiry_answer"
    __table_args__ = (Index("ix_case_inquiry_answer_inquiry", "inquiry_id"),)

    id: str = Field(primary_key=True)
    inquiry_id: str = Field(foreign_key="case_inquiry.id")
    answered_by: str
    #: The official's own words, name and title, sealed under the owner's key.
    body: bytes = Field(sa_column=Column(Sealed, nullable=False))
    saved_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    sent_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))


class PinnedFact(Table, table=True):
    """What a person picked out of an answer into the case: a pinned excerpt (`design.md`, what is stored).

    The agency that asked answers for it; it is shown only while the owner's answer would be permitted anew.
    """

    __tablename__: ClassVar[Any] = "pinned_fact"
    __table_args__ = (Index("ix_pinned_fact_case", "case_id", "agency"),)

    id: str = Field(primary_key=True)
    case_id: str = Field(foreign_key="coordination_case.id")
    individual_id: str
    agency: str
    owner: str
    category: str
    purpose: str
    #: The entry of the permit that it was shown on, and that permit's ground in words.
    entry: str
    ground: str
    pinned_by: str
    pinned_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    #: The fact as it was shown, sealed under the asking agency's key.
    body: bytes = Field(sa_column=Column(Sealed, nullable=False))


class PictureVisit(Table, table=True):
    """What one assignment has seen of a case's shared picture: digests of facts, so that what is new can be marked.

    `seen` is what was there when the page was last left; `showing` what is on it now.
    """

    __tablename__: ClassVar[Any] = "picture_visit"

    case_id: str = Field(primary_key=True, foreign_key="coordination_case.id")
    assignment: str = Field(primary_key=True)
    seen: str
    showing: str
    at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))


class DayVisit(Table, table=True):
    """When one assignment last looked through what is new, and since when it was new: nothing of anybody's cases."""

    __tablename__: ClassVar[Any] = "day_visit"

    assignment: str = Field(primary_key=True)
    seen_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    since: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))


class Withholding(Table, table=True):
    """That an official of an agency has decided that something isn't shown to the individual (OSL 12:1, 25:6, 25:7, 26:5).

    Ended, never deleted: what was kept from somebody, by whom and why can be tried afterwards.
    """

    __tablename__: ClassVar[Any] = "withholding"
    __table_args__ = (
        Index("ix_withholding_case", "case_id", "agency"),
        Index("ix_withholding_individual", "individual_id", "valid_until"),
    )

    id: str = Field(primary_key=True)
    case_id: str = Field(foreign_key="coordination_case.id")
    individual_id: str
    agency: str
    category: str
    #: The paragraph that it was decided on (policies/data/withholding.json).
    ground: str
    decided_by: str
    valid_from: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    valid_until: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    #: Sealed under the agency's own key: its officials read it, nobody else.
    reason: bytes = Field(sa_column=Column(Sealed, nullable=False))
