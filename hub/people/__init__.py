"""The door to the individual behind a reference: look-up, protection, clearance, representatives, erasure."""

from hub.people.facts import PERSON_COLUMNS, PersonFacts, age_on, parse_person, person_columns
from hub.people.model import (
    Channel,
    ClearanceId,
    IndividualId,
    NamedHandlerOf,
    PersonId,
    Protection,
    ProtectionSource,
    RepresentativeId,
    RepresentativeKind,
    Risk,
    Scope,
)
from hub.people.number import NumberKind, PersonalNumber, UnrealNumber

__all__ = [
    "PERSON_COLUMNS",
    "Channel",
    "ClearanceId",
    "IndividualId",
    "NamedHandlerOf",
    "NumberKind",
    "PersonFacts",
    "PersonId",
    "PersonalNumber",
    "Protection",
    "ProtectionSource",
    "RepresentativeId",
    "RepresentativeKind",
    "Risk",
    "Scope",
    "UnrealNumber",
    "age_on",
    "parse_person",
    "person_columns",
]
