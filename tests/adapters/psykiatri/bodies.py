"""Made-up FHIR resources, and questions about them."""

import json
from datetime import UTC, datetime
from typing import Any

from adapters.psykiatri import translate
from adapters.psykiatri.search import CARRIED
from hub.broker.port import AgencyAnswer, AgencyRequest, Asker, Category, Ground, Span
from hub.kit.secret import Secret
from tests.fixtures.numbers import SECOND

Resource = dict[str, Any]
AT = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
PERSONNUMMER = "http://electronichealth.se/identifier/personnummer"
SAMORDNING = "http://electronichealth.se/identifier/samordningsnummer"
LABELS = "http://hl7.se/fhir/ig/base/CodeSystem/SecurityLabel"
ICD = "http://hl7.org/fhir/sid/icd-10-se"
EVERYTHING: tuple[Category, ...] = tuple(sorted(set().union(*CARRIED.values())))


def identifier(number: str, system: str = PERSONNUMMER, **more: object) -> Resource:
    return {"system": system, "value": number, **more}


def patient(*identifiers: Resource, **more: object) -> Resource:
    return {"resourceType": "Patient", "id": "p1", "identifier": list(identifiers or [identifier(SECOND)]), **more}


def resource(kind: str, **more: object) -> Resource:
    """Return one about the Patient `p1`."""
    about = {"patient" if kind == "EpisodeOfCare" else "subject": {"reference": "Patient/p1"}}
    return {"resourceType": kind, "id": f"{kind.lower()}-1", **about, **more}


def condition(code: str, words: str = "Någon diagnos", **more: object) -> Resource:
    return resource("Condition", code={"coding": [{"system": ICD, "code": code, "display": words}]}, **more)


def observation(system: str, code: str, **more: object) -> Resource:
    return resource("Observation", status="final", code={"coding": [{"system": system, "code": code}]}, **more)


def able(percent: object, **more: object) -> Resource:
    return observation("http://hl7.org/fhir/sid/icf", "d850", valueQuantity={"value": percent, "unit": "%"}, **more)


def organization() -> Resource:
    return {"resourceType": "Organization", "id": "o1", "name": "Öppenvården"}


def bundle(*resources: Resource, included: tuple[Resource, ...] = (), **more: object) -> bytes:
    entries = [{"resource": each, "search": {"mode": "match"}} for each in resources]
    entries += [{"resource": each, "search": {"mode": "include"}} for each in included]
    return packed(entries, **more)


def packed(entries: list[Resource], **more: object) -> bytes:
    return json.dumps({"resourceType": "Bundle", "type": "searchset", "entry": entries, **more}).encode()


def said(*resources: Resource, whom: str = SECOND, included: tuple[Resource, ...] = ()) -> AgencyAnswer:
    """Return what is made of resources, with a Patient unless one of them is."""
    first = () if any(each.get("resourceType") == "Patient" for each in resources) else (patient(),)
    return translate.answer([bundle(*first, *resources, included=included)], whom=Secret(whom), at=AT)


def question(
    number: str = SECOND,
    categories: tuple[Category, ...] = EVERYTHING,
    period: Span = Span(),  # noqa: B008  frozen
) -> AgencyRequest:
    return AgencyRequest(
        whom=Secret(number),
        categories=categories,
        purpose="sip",
        ground=Ground("consent", "OSL 10:1", "s1"),
        entry="e1",
        asker=Asker("soc", "Björkå kommun", "2120009999", "o1", "S1"),
        period=period,
    )
