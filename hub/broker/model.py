"""A gathering and its parts, for the minute that they lie: sealed, and swept when it is over."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, ClassVar, Final, NewType

from sqlalchemy import Column, Index
from sqlmodel import Field

from hub.kit.database import EnumText, Sealed, Table, UtcDateTime

GatheringId = NewType("GatheringId", str)
#: How long a result may be fetched again. Then it is gone, and the agencies are asked anew.
LIES_FOR: Final = timedelta(seconds=60)


class PartState(StrEnum):
    """What has become of one agency's part."""

    WAITING = "waiting"
    ANSWERED = "answered"
    FAILED = "failed"


class GatheringRow(Table, table=True):
    """That a caller has asked, in a case. The agency that asks answers for it."""

    __tablename__: ClassVar[Any] = "gathering"
    __table_args__ = (Index("ix_gathering_expires_at", "expires_at"),)

    id: str = Field(primary_key=True)
    case_id: str
    individual_id: str
    agency: str
    caller_ref: str
    started_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    expires_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))


class PartRow(Table, table=True):
    """One agency's part. `body` is what it said, under the key of the individual held by the agency that asked."""

    __tablename__: ClassVar[Any] = "gathering_part"

    gathering_id: str = Field(primary_key=True, foreign_key="gathering.id", ondelete="CASCADE")
    agency: str = Field(primary_key=True)
    state: PartState = Field(sa_column=Column(EnumText(PartState), nullable=False))
    #: What was asked: categories and single data, with commas between.
    asked: str
    asked_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    finished_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    fault: str = ""
    retry_after: int | None = None
    body: bytes | None = Field(default=None, sa_column=Column(Sealed))
