"""Partner systems as the hub knows them: each one agency's, with the scopes it was given and an official's assignment.

A client acts in an assignment like an official does, so everything that a decision asks about staff is there to answer:
unit, roles, team, clearance. The agency answers for who sits behind the system.
"""

from datetime import datetime
from typing import NewType

from sqlalchemy import Column, UniqueConstraint
from sqlmodel import Field

from hub.kit.clock import FAR_FUTURE_S, from_micros
from hub.kit.database import Table, UtcDateTime

ClientId = NewType("ClientId", str)


class PartnerClient(Table, table=True):
    """One partner system, known by (issuer, client_id). Suspended or ended, its tokens are refused at once."""

    __tablename__ = "partner_client"
    __table_args__ = (UniqueConstraint("issuer", "client_id"),)

    id: str = Field(primary_key=True)
    issuer: str
    client_id: str
    agency: str = Field(foreign_key="agency.id", index=True)
    #: The assignment that it acts in.
    assignment: str = Field(foreign_key="assignment.id")
    name: str
    #: Scopes in order, with spaces between, as OAuth writes them.
    scopes: str
    #: How strongly the agency makes sure that its users are signed in before the system asks for them.
    loa: int
    registered_by: str
    valid_from: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    valid_until: datetime = Field(
        default=from_micros(FAR_FUTURE_S * 1_000_000), sa_column=Column(UtcDateTime, nullable=False)
    )
    suspended: bool = False
