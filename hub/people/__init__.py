"""The door to the individual behind a reference: look-up, protection, clearance, representatives, erasure."""

from hub.people.ages import Disposal, disposal, next_change
from hub.people.clearances import Clearances, Cleared, Wish
from hub.people.contact import Contact
from hub.people.decoys import Decoys
from hub.people.endpoints import router
from hub.people.erasure import Due, Erasure
from hub.people.facts import (
    ADULT_AGE,
    PERSON_COLUMNS,
    Mandate,
    PersonFacts,
    age_on,
    mandates_column,
    parse_mandates,
    parse_person,
    person_columns,
)
from hub.people.model import (
    PROVISIONAL,
    Channel,
    ClearanceId,
    IndividualId,
    NamedHandlerOf,
    NoticeKind,
    PersonId,
    Protection,
    ProtectionSource,
    Relation,
    RepresentativeId,
    RepresentativeKind,
    Risk,
    Scope,
)
from hub.people.notices import NoticeText, texts
from hub.people.number import NumberKind, PersonalNumber, UnrealNumber
from hub.people.own_number import OwnNumbers
from hub.people.person import Person
from hub.people.protection import LOWERED, RAISED, Protecting
from hub.people.protection_reasons import WhyProtection
from hub.people.questions import (
    CARRIES_OUT,
    caller_facts,
    mandate_facts,
    own_door_facts,
    period_facts,
    person_facts,
    plain_disposal,
    sign_in_facts,
)
from hub.people.representing import Appointment, Myself, Representing
from hub.people.service import REGISTERED, People

__all__ = [
    "ADULT_AGE",
    "CARRIES_OUT",
    "LOWERED",
    "PERSON_COLUMNS",
    "PROVISIONAL",
    "RAISED",
    "REGISTERED",
    "Appointment",
    "Channel",
    "ClearanceId",
    "Clearances",
    "Cleared",
    "Contact",
    "Decoys",
    "Disposal",
    "Due",
    "Erasure",
    "IndividualId",
    "Mandate",
    "Myself",
    "NamedHandlerOf",
    "NoticeKind",
    "NoticeText",
    "NumberKind",
    "OwnNumbers",
    "People",
    "Person",
    "PersonFacts",
    "PersonId",
    "PersonalNumber",
    "Protecting",
    "Protection",
    "ProtectionSource",
    "Relation",
    "RepresentativeId",
    "RepresentativeKind",
    "Representing",
    "Risk",
    "Scope",
    "UnrealNumber",
    "WhyProtection",
    "Wish",
    "age_on",
    "caller_facts",
    "disposal",
    "mandate_facts",
    "mandates_column",
    "next_change",
    "own_door_facts",
    "parse_mandates",
    "parse_person",
    "period_facts",
    "person_columns",
    "person_facts",
    "plain_disposal",
    "router",
    "sign_in_facts",
    "texts",
]
