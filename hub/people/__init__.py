"""The door to the individual behind a reference: look-up, protection, clearance, representatives, erasure."""

from hub.people.ages import Disposal, disposal, next_change
from hub.people.contact import Contact
from hub.people.facts import ADULT_AGE, PERSON_COLUMNS, PROVISIONAL, PersonFacts, age_on, parse_person, person_columns
from hub.people.model import (
    Channel,
    ClearanceId,
    IndividualId,
    NamedHandlerOf,
    PersonId,
    Protection,
    ProtectionSource,
    Relation,
    RepresentativeId,
    RepresentativeKind,
    Risk,
    Scope,
)
from hub.people.number import NumberKind, PersonalNumber, UnrealNumber

__all__ = [
    "ADULT_AGE",
    "PERSON_COLUMNS",
    "PROVISIONAL",
    "Channel",
    "ClearanceId",
    "Contact",
    "Disposal",
    "IndividualId",
    "NamedHandlerOf",
    "NumberKind",
    "PersonFacts",
    "PersonId",
    "PersonalNumber",
    "Protection",
    "ProtectionSource",
    "Relation",
    "RepresentativeId",
    "RepresentativeKind",
    "Risk",
    "Scope",
    "UnrealNumber",
    "age_on",
    "disposal",
    "next_change",
    "parse_person",
    "person_columns",
]
