"""What the example is made of, read from the files beside this one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec
import yaml

from hub.access.questions.words import Purpose


class StaffMember(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody who works for an agency."""

    name: str
    title: str
    unit: str
    roles: list[str]


class Substitute(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who stands in for whom, till och med a day."""

    substitute: str
    absent: str
    until: date


class ExampleAgency(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An agency with its people, and what its officials have decided."""

    name: str
    kind: str
    authority: str
    huvudman: str
    regime: str
    regime_decision: str
    units: dict[str, str]
    staff: dict[str, StaffMember]
    substitutes: list[Substitute] = []
    rules: list[str]
    purposes: list[str]
    retention: dict[str, int]
    retention_decision: str
    diarienummer: str
    official: str

    def with_role(self, role: str) -> str:
        """Return the key of the first who has `role`."""
        return next(key for key, member in self.staff.items() if role in member.roles)


class ExamplePerson(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An individual, or somebody who only acts for others (`known_to` is empty)."""

    number: str
    given_name: str
    family_name: str
    story: str
    address: str = ""
    phone: str = ""
    known_to: dict[str, str] = {}
    protection: str = "none"

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}"


class ExampleMandate(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An appointment that an agency records."""

    individual: str
    acts: str
    kind: str
    scope: list[str]
    agency: str
    document: str


class ExampleClearance(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A named clearance that a manager gives."""

    individual: str
    agency: str
    to: str
    by: str
    reason: str
    days: int


class ExampleReading(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What an official makes out of own words."""

    by: str
    about: tuple[str, ...] = ()


class ExampleConsent(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A yes, in sets. Given by the individual, or written down by `recorded_by` with a witness."""

    owners: tuple[str, ...]
    receivers: tuple[str, ...]
    categories: tuple[str, ...]
    days: int
    words: str = ""
    #: Who reads the words at each owner, by agency, and the categories that they are about there.
    words_read: dict[str, ExampleReading] = {}
    recorded_by: str = ""
    witness: str = ""


class ExampleWithdrawal(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the individual has taken back since."""

    owner: str
    receiver: str


class ExampleCase(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A case, with what the individual has said about it."""

    individual: str
    agency: str
    purpose: Purpose
    subject: str
    team: tuple[str, ...] = ()
    consents: tuple[ExampleConsent, ...] = ()
    parties: dict[str, str] = {}
    withdraw: tuple[ExampleWithdrawal, ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """All of it."""

    agencies: Mapping[str, ExampleAgency]
    individuals: Mapping[str, ExamplePerson]
    representatives: Mapping[str, ExamplePerson]
    mandates: tuple[ExampleMandate, ...]
    clearances: tuple[ExampleClearance, ...]
    cases: tuple[ExampleCase, ...]
    #: What the identity provider puts before the key of somebody on the staff, and an agency's made-up number.
    subject: str
    organisation_numbers: Mapping[str, str]

    def subject_of(self, member: str) -> str:
        """Return the `sub` by which the example's identity provider knows somebody on the staff."""
        return f"{self.subject}{member}"

    def for_identity_provider(self) -> dict[str, list[dict[str, str]]]:
        """Return everybody in the form of `adapters/sandbox/identity/people.json`."""
        staff = [
            {
                "id": self.subject_of(key),
                "name": member.name,
                "work": f"{member.title}, {agency.name}",
                "orgAffiliation": f"{key.replace('-', '.')}@{self.organisation_numbers[slug]}",
            }
            for slug, agency in self.agencies.items()
            for key, member in agency.staff.items()
        ]
        individuals = [
            {"id": f"person:{key}", "name": person.name, "note": person.story, "number": person.number}
            for key, person in {**self.individuals, **self.representatives}.items()
        ]
        return {"staff": staff, "individuals": individuals}


@cache
def example() -> Example:
    """Return the example. Raises msgspec.ValidationError when a file has anything else than it should."""
    town, people = _read("municipality.yaml"), _read("individuals.yaml")
    return Example(
        agencies=msgspec.convert(town["agencies"], dict[str, ExampleAgency]),
        individuals=msgspec.convert(people["individuals"], dict[str, ExamplePerson]),
        representatives=msgspec.convert(people["representatives"], dict[str, ExamplePerson]),
        mandates=msgspec.convert(people["mandates"], tuple[ExampleMandate, ...]),
        clearances=msgspec.convert(people["clearances"], tuple[ExampleClearance, ...]),
        cases=msgspec.convert(_read("cases.yaml")["cases"], tuple[ExampleCase, ...]),
        subject=town["issuer_subject"],
        organisation_numbers=town["organisation_numbers"],
    )


def _read(name: str) -> dict[str, Any]:
    return yaml.safe_load((files("hub.example") / name).read_text("utf-8"))
