"""What the staff pages about the log show."""

from dataclasses import dataclass
from datetime import date, datetime

from hub.web.frame import CaseHead
from hub.web.parts import AgencyMark, Option, Status
from hub.workspace.views import Pager, Task


@dataclass(frozen=True, slots=True)
class LogRow:
    """One entry of the ledger in words."""

    id: str
    at: datetime
    mark: AgencyMark
    who: str
    what: str
    why: str
    status: Status | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLog:
    """What has been read, sent and changed in the case."""

    head: CaseHead
    days: tuple[tuple[date, tuple[LogRow, ...]], ...]
    pager: Pager


@dataclass(frozen=True, slots=True, kw_only=True)
class LogReview:
    """The log of the reader's own agency, for its appointed reviewer."""

    mark: AgencyMark
    rows: tuple[LogRow, ...]
    questions: tuple[Task, ...]
    filters: tuple[Option, ...]
    pager: Pager


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerQuestion:
    """Answering what an individual has asked about an entry."""

    id: str
    who: str
    asked: str
    asked_at: datetime
    due: date
    row: LogRow
    act: str
    version: str = ""
