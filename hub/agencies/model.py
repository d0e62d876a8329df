"""Who takes part: agencies as secrecy borders, their units and staff, and what each owner has approved.

An agency here is a verksamhetsgren (OSL 8 kap. 2 §): the border that secrecy follows, not the legal person. Everything
is one agency's own: a person who works for two agencies has a staff row in each, and neither sees the other's.
Periods are [from, until) (reading R1); an open end is `OPEN_END`, never null.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Final, NewType

from sqlalchemy import Column, UniqueConstraint
from sqlmodel import Field

from hub.kit.clock import FAR_FUTURE_S, from_micros
from hub.kit.database import EnumText, Table, UtcDateTime

AgencyId = NewType("AgencyId", str)
UnitId = NewType("UnitId", str)
StaffId = NewType("StaffId", str)
AssignmentId = NewType("AssignmentId", str)
SubstitutionId = NewType("SubstitutionId", str)

OPEN_END: Final = from_micros(FAR_FUTURE_S * 1_000_000)
#: An agency whose secrecy nobody has settled: nothing leaves it (reading R17).
REGIME_UNSET: Final = "unset"


class AgencyKind(StrEnum):
    """What an agency is to the owner → receiver matrix (`policies/`); the scenarios' words."""

    SOCIALTJANST = "socialtjanst"
    AME = "ame"
    SCHOOL = "school"
    REGION_PSYKIATRI = "region_psykiatri"
    REGION_HSV = "region_hsv"
    AF = "af"
    FK = "fk"
    FORBUND = "forbund"


class Huvudman(StrEnum):
    """Whose the agency is; only kommun and region can be responsible for a SIP."""

    KOMMUN = "kommun"
    REGION = "region"
    STAT = "stat"
    FORBUND = "forbund"


class Role(StrEnum):
    """What an assignment lets its holder ask for. A role never permits by itself: the policy decides.

    `chef` names who may read about a protected individual; `sekretessansvarig` is the owner's official who accepts
    evidence and answers *be myndigheten pröva*; `loggranskare` follows up the log; `administrator` runs this module.
    """

    HANDLAGGARE = "handlaggare"
    SAMORDNARE = "samordnare"
    CHEF = "chef"
    ADMINISTRATOR = "administrator"
    LOGGRANSKARE = "loggranskare"
    SEKRETESSANSVARIG = "sekretessansvarig"


class Road(StrEnum):
    """A technical road to an owner's data, open only for the purposes the owner has approved (readings R13, R14)."""

    HUB_REQUEST = "hub_request"
    SSBTEK = "ssbtek"
    LEFI = "lefi"
    SVOD = "svod"


class RetentionClass(StrEnum):
    """Which kind of data key a schedule is for (`hub.kit.vault.Kind`)."""

    CONTENT = "content"
    EVIDENCE = "evidence"


class Agency(Table, table=True):
    """A verksamhetsgren that takes part. `id` is a readable slug; `regime` the secrecy provision, as the policies name it."""

    __tablename__ = "agency"

    id: str = Field(primary_key=True)
    kind: AgencyKind = Field(sa_column=Column(EnumText(AgencyKind), nullable=False))
    name: str
    #: The legal person or nämnd it is part of, in words people know ("Björkå kommun").
    authority: str
    huvudman: Huvudman = Field(sa_column=Column(EnumText(Huvudman), nullable=False))
    #: Ten digits; what other agencies' systems know it by.
    organisation_number: str = ""
    regime: str = REGIME_UNSET
    regime_decision: str = ""


class Unit(Table, table=True):
    """A unit of an agency. Its name tells where a person is: a location field for a protected individual (OSL 21:3 a)."""

    __tablename__ = "unit"

    id: str = Field(primary_key=True)
    agency: str = Field(foreign_key="agency.id", index=True)
    name: str
    closed_at: datetime = Field(default=OPEN_END, sa_column=Column(UtcDateTime, nullable=False))


class Staff(Table, table=True):
    """Somebody who works for one agency, known by what the identity provider says: (issuer, subject)."""

    __tablename__ = "staff"
    __table_args__ = (UniqueConstraint("agency", "issuer", "subject"),)

    id: str = Field(primary_key=True)
    agency: str = Field(foreign_key="agency.id")
    issuer: str
    subject: str
    name: str
    title: str = ""


class Assignment(Table, table=True):
    """What somebody works with, where and until when: the law's rights hang on it, not on the person."""

    __tablename__ = "assignment"

    id: str = Field(primary_key=True)
    staff: str = Field(foreign_key="staff.id", index=True)
    agency: str = Field(foreign_key="agency.id", index=True)
    unit: str = Field(foreign_key="unit.id")
    #: Role values in order, with commas between.
    roles: str
    valid_from: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    valid_until: datetime = Field(default=OPEN_END, sa_column=Column(UtcDateTime, nullable=False))
    #: The assignment of who granted it; empty for the first administrator, whom the operator appoints.
    granted_by: str = ""

    @property
    def role_set(self) -> frozenset[Role]:
        return frozenset(Role(each) for each in self.roles.split(","))


class Substitution(Table, table=True):
    """One assignment stands in for another, for a time: access to the other's cases only then."""

    __tablename__ = "substitution"

    id: str = Field(primary_key=True)
    agency: str = Field(foreign_key="agency.id")
    substitute: str = Field(foreign_key="assignment.id", index=True)
    absent: str = Field(foreign_key="assignment.id", index=True)
    valid_from: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    valid_until: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    granted_by: str


class ApprovedRule(Table, table=True):
    """An owner's yes to a rule of `policies/`: without it the rule doesn't work for that owner."""

    __tablename__ = "approved_rule"

    id: str = Field(primary_key=True)
    agency: str = Field(foreign_key="agency.id", index=True)
    rule: str
    #: Who decided, by name and title as in the decision, and where it is filed.
    official: str
    decided_on: date
    diarienummer: str
    #: The policy revision that the official read.
    revision: str
    valid_from: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    valid_until: datetime = Field(default=OPEN_END, sa_column=Column(UtcDateTime, nullable=False))


class ApprovedPurpose(Table, table=True):
    """An owner's yes to one purpose over one road."""

    __tablename__ = "approved_purpose"

    id: str = Field(primary_key=True)
    agency: str = Field(foreign_key="agency.id", index=True)
    road: Road = Field(sa_column=Column(EnumText(Road), nullable=False))
    purpose: str
    official: str
    decided_on: date
    diarienummer: str
    valid_from: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    valid_until: datetime = Field(default=OPEN_END, sa_column=Column(UtcDateTime, nullable=False))


class LogReviewPlan(Table, table=True):
    """How often an agency follows up its own log, by its own decision (PDL 4:3, HSLF-FS 2016:40 4 kap. 9 §; reading R26).

    The newest is the one in force; without a row the hub's proposal holds.
    """

    __tablename__ = "log_review_plan"

    id: str = Field(primary_key=True)
    agency: str = Field(foreign_key="agency.id", index=True)
    every_days: int
    #: How many entries are drawn by lot each time, besides those that the rules find.
    random: int
    decision: str
    diarienummer: str
    valid_from: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    valid_until: datetime = Field(default=OPEN_END, sa_column=Column(UtcDateTime, nullable=False))


class RetentionSchedule(Table, table=True):
    """How long an agency keeps a class of data after the last note, by its own decision (law.md 5.4)."""

    __tablename__ = "retention_schedule"

    id: str = Field(primary_key=True)
    agency: str = Field(foreign_key="agency.id", index=True)
    kind: RetentionClass = Field(sa_column=Column(EnumText(RetentionClass), nullable=False))
    years: int
    decision: str
    diarienummer: str
    valid_from: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    valid_until: datetime = Field(default=OPEN_END, sa_column=Column(UtcDateTime, nullable=False))
