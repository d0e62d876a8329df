"""A question to another party's officials, as the one who asked and as the one who answers see it."""

from dataclasses import dataclass
from datetime import date, datetime

from hub.access.questions import Answer
from hub.access.questions.words import Category
from hub.agencies import AgencyId
from hub.broker import Told
from hub.cases.inquiry_said import Said
from hub.cases.model import CaseId, InquiryId, InquiryState


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryView:
    """What the asking agency has asked, with as much of the answer as may be told right now.

    `readable`: there is an answer and something of it may be told; without that, all that is said is that it was asked:
    `state` is then "asked", and what follows `late` is empty. `by_hand`: "Karin Åström, arbetsförmedlare", for "Svarat
    för hand av … , 23 november". `told`: cut by the permit. `nothing`: what they have nothing to say about.
    `declined`: their reason not to answer.
    """

    id: InquiryId
    case: CaseId
    owner: AgencyId
    asking: AgencyId
    asked_by: str
    categories: tuple[Category, ...]
    purpose: str
    question: str
    urgent: bool
    state: InquiryState
    asked_at: datetime
    due_on: date
    late: bool
    version: int
    readable: bool = False
    answered_at: datetime | None = None
    by_hand: str = ""
    told: tuple[Told, ...] = ()
    nothing: tuple[Category, ...] = ()
    declined: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweringView:
    """A question as the agency that is asked sees it, with what it has itself said.

    `rests_on`: what the law lets be told to the one who asks right now, with grounds; nothing else is to be answered.
    `draft`: what somebody here has written and not sent. `said`: the latest answer that was sent, by `by_hand`.
    """

    id: InquiryId
    case: CaseId
    asking: AgencyId
    asked_by: str
    categories: tuple[Category, ...]
    purpose: str
    question: str
    urgent: bool
    state: InquiryState
    asked_at: datetime
    due_on: date
    late: bool
    version: int
    rests_on: Answer
    draft: Said | None = None
    said: Said | None = None
    answered_at: datetime | None = None
    by_hand: str = ""

    @property
    def answerable(self) -> tuple[Category, ...]:
        """What is asked and may be told now."""
        return tuple(each for each in self.categories if each in self.rests_on.categories)


@dataclass(frozen=True, slots=True)
class WaitingInquiry:
    """That something waits for an answer: nothing of whom, nothing of what."""

    id: InquiryId
    case: CaseId
    due_on: date
    urgent: bool
