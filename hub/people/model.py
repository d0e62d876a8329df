"""The individual behind the references, their protection, who is cleared for them and who may act for them.

The inner record of an individual (`individual`) is told to nobody: agencies know an individual by a `reference` of
their own. No number, name, address or phone lies here in clear; what a look-up compares is a keyed digest.

A person with fingerade personuppgifter is an individual like any other. No table here can hold that they have one,
and none can tie one individual to another or keep a former number (lag 1991:483, OSL 21 kap. 3 §).
"""

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final, NewType

from sqlalchemy import Column, LargeBinary, UniqueConstraint
from sqlmodel import Field

from hub.agencies import OPEN_END
from hub.kit.clock import from_micros
from hub.kit.database import EnumText, Table, UtcDateTime

IndividualId = NewType("IndividualId", str)
PersonId = NewType("PersonId", str)
ClearanceId = NewType("ClearanceId", str)
RepresentativeId = NewType("RepresentativeId", str)

#: "Not provisional": an instant that is always past.
NEVER: Final = from_micros(0)
#: How long a machine's word stands before an official must have confirmed or lowered it (reading R11).
PROVISIONAL: Final = timedelta(hours=24)


class Protection(StrEnum):
    """How an individual is protected. Unknown counts as protected (reading R8)."""

    NONE = "none"
    SEKRETESSMARKERING = "sekretessmarkering"
    SKYDDAD_FOLKBOKFORING = "skyddad_folkbokforing"
    UNKNOWN = "unknown"


class ProtectionSource(StrEnum):
    """Who said so. What a machine says is provisional until an official has looked (readings R5, R11)."""

    NOBODY = "nobody"
    OFFICIAL = "official"
    INDIVIDUAL = "individual"
    MACHINE = "machine"


class Lane(StrEnum):
    """Which of an agency's two possible references for a number: see decision 0003."""

    ORDINARY = "ordinary"
    INTAKE = "intake"
    DECOY = "decoy"


class Channel(StrEnum):
    """The road the individual has chosen for post. Nothing is sent by itself before they have chosen (law.md 3.4)."""

    NONE = "none"
    LETTER = "letter"
    DIGITAL_MAILBOX = "digital_mailbox"
    FORMEDLING = "formedling"
    BY_HAND = "by_hand"


class NamedHandlerOf(StrEnum):
    """Why somebody keeps access while a protection is provisional."""

    RAISING_AGENCY = "raising_agency"
    LEADING_AGENCY = "leading_agency"


class RepresentativeKind(StrEnum):
    """By what right somebody acts for another (FB 11 kap. 4 and 7 §§, 6 kap. 11 §; fullmakt: AvtL 2 kap.)."""

    GOD_MAN = "god_man"
    FORVALTARE = "forvaltare"
    GUARDIAN = "guardian"
    FULLMAKT = "fullmakt"


class Relation(StrEnum):
    """What somebody on the staff is to an individual: nobody acts on themselves or on relatives."""

    NONE = "none"
    SELF = "self"
    RELATIVE = "relative"


class Scope(StrEnum):
    """What an appointment covers: sörja för person, förvalta egendom (FB 11 kap. 4 §), or something else."""

    PERSONAL_MATTERS = "personal_matters"
    ECONOMY = "economy"
    OTHER = "other"


class Risk(StrEnum):
    """Whether the representative is, or may be, whom a protection is against."""

    NONE = "none"
    UNKNOWN = "unknown"
    THREAT = "threat"


class NoticeKind(StrEnum):
    """What a notice tells."""

    PROTECTION_RAISED = "protection_raised"
    PROTECTION_PROVISIONAL = "protection_provisional"
    PROTECTION_LOWERED = "protection_lowered"
    INTAKE = "intake"
    CLEARANCE_GIVEN = "clearance_given"
    NUMBER_CHANGED = "number_changed"


class Individual(Table, table=True):
    """One individual. `lookup_hash` is a digest of the number under the hub's own key."""

    __tablename__ = "individual"
    __table_args__ = (UniqueConstraint("lookup_hash", "lane"),)

    id: str = Field(primary_key=True)
    lookup_hash: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    #: "ordinary", or "intake:<agency>" for what an agency's uncleared staff have typed about a protected individual.
    lane: str
    protection: Protection = Field(default=Protection.NONE, sa_column=Column(EnumText(Protection), nullable=False))
    protection_source: ProtectionSource = Field(
        default=ProtectionSource.NOBODY, sa_column=Column(EnumText(ProtectionSource), nullable=False)
    )
    raising_agency: str = ""
    raised_by: str = ""
    raised_at: datetime = Field(default=NEVER, sa_column=Column(UtcDateTime, nullable=False))
    #: Until when named handlers keep access to what a machine raised and no official has confirmed; else `NEVER`.
    provisional_until: datetime = Field(default=NEVER, sa_column=Column(UtcDateTime, nullable=False))
    confirmed_by: str = ""
    #: Date of birth of one who was under 18 when first registered. An adult's age decides nothing, so it isn't kept.
    minor_born: date | None = None


class Reference(Table, table=True):
    """One agency's own record of an individual. `id` is the agency's `personId`; another agency has another."""

    __tablename__ = "reference"
    __table_args__ = (UniqueConstraint("agency", "lookup_hash", "lane"),)

    id: str = Field(primary_key=True)
    agency: str = Field(foreign_key="agency.id")
    individual: str = Field(foreign_key="individual.id", index=True)
    lookup_hash: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    lane: Lane = Field(sa_column=Column(EnumText(Lane), nullable=False))
    #: The assignment that answers for the contact: the agency's named handler.
    handler: str
    channel: Channel = Field(default=Channel.NONE, sa_column=Column(EnumText(Channel), nullable=False))
    #: Sealed: number, given and family name, address, phone, e-mail, as one JSON object (`hub.people.content`).
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    version: int = 1
    created_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    #: When the agency last noted anything: its retention counts from here.
    last_note_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    content_erased_at: datetime = Field(default=OPEN_END, sa_column=Column(UtcDateTime, nullable=False))
    evidence_erased_at: datetime = Field(default=OPEN_END, sa_column=Column(UtcDateTime, nullable=False))


class Clearance(Table, table=True):
    """A named assignment may read about one protected individual, for a reason and a time (reading R11)."""

    __tablename__ = "clearance"

    id: str = Field(primary_key=True)
    individual: str = Field(foreign_key="individual.id", index=True)
    agency: str = Field(foreign_key="agency.id")
    assignment: str = Field(foreign_key="assignment.id", index=True)
    given_by: str
    reason: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    valid_from: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    valid_until: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))


class ProtectionReason(Table, table=True):
    """Why an official confirmed or lowered a protection (reading R11). Read by their own agency."""

    __tablename__ = "protection_reason"

    id: str = Field(primary_key=True)
    individual: str = Field(foreign_key="individual.id", index=True)
    agency: str = Field(foreign_key="agency.id")
    act: str
    given_by: str
    given_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    #: Sealed under the agency's own key.
    reason: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class KeptAccess(Table, table=True):
    """A named handler who keeps access while a machine's protection is provisional (24 h)."""

    __tablename__ = "kept_access"

    individual: str = Field(primary_key=True, foreign_key="individual.id")
    assignment: str = Field(primary_key=True, foreign_key="assignment.id")
    named_handler_of: NamedHandlerOf = Field(sa_column=Column(EnumText(NamedHandlerOf), nullable=False))
    valid_until: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))


class DeclaredRelation(Table, table=True):
    """What somebody on the staff has told that they are to an individual."""

    __tablename__ = "declared_relation"

    individual: str = Field(primary_key=True, foreign_key="individual.id")
    staff: str = Field(primary_key=True, foreign_key="staff.id")
    relation: Relation = Field(sa_column=Column(EnumText(Relation), nullable=False))


class Representative(Table, table=True):
    """Somebody who may act for an individual, within a scope and a time (reading R7)."""

    __tablename__ = "representative"

    id: str = Field(primary_key=True)
    individual: str = Field(foreign_key="individual.id", index=True)
    #: The representative's own inner individual: whom a sign-in resolves to.
    acts: str = Field(foreign_key="individual.id", index=True)
    agency: str = Field(foreign_key="agency.id")
    kind: RepresentativeKind = Field(sa_column=Column(EnumText(RepresentativeKind), nullable=False))
    #: Scope values in order, with commas between.
    scope: str
    #: Where there are several guardians: all who must take part have agreed.
    agreed: bool = True
    risk: Risk = Field(default=Risk.NONE, sa_column=Column(EnumText(Risk), nullable=False))
    #: Sealed: the representative's name, and the decision or document that appoints them, as one JSON object.
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    recorded_by: str
    valid_from: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    valid_until: datetime = Field(default=OPEN_END, sa_column=Column(UtcDateTime, nullable=False))


class Hold(Table, table=True):
    """Stops erasure of one agency's data on an individual (a request for a copy, an appeal, supervision)."""

    __tablename__ = "hold"

    id: str = Field(primary_key=True)
    individual: str = Field(foreign_key="individual.id", index=True)
    agency: str = Field(foreign_key="agency.id")
    diarienummer: str
    valid_until: datetime = Field(default=OPEN_END, sa_column=Column(UtcDateTime, nullable=False))


class Notice(Table, table=True):
    """Something that has happened to an individual's protection, told to those who must do something about it.

    `assignment` is who it is for. What it says stands in `notices.yaml`, by `kind`; it names nobody.
    """

    __tablename__ = "notice"

    id: str = Field(primary_key=True)
    agency: str = Field(foreign_key="agency.id")
    assignment: str = Field(foreign_key="assignment.id", index=True)
    reference: str = Field(foreign_key="reference.id")
    kind: NoticeKind = Field(sa_column=Column(EnumText(NoticeKind), nullable=False))
    at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    read_at: datetime = Field(default=OPEN_END, sa_column=Column(UtcDateTime, nullable=False))
