"""The register as FHIR R4 resources, by HL7 Sweden's base profiles. What the register doesn't say isn't there."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from hub.kit.clock import STOCKHOLM

Resource = dict[str, Any]
_NUMBER: Final = "http://electronichealth.se/identifier/personnummer"
_COORDINATION: Final = "http://electronichealth.se/identifier/samordningsnummer"
_BASE: Final = "http://hl7.se/fhir/ig/base"
_HL7: Final = "http://terminology.hl7.org/CodeSystem"
_ICD: Final = "http://hl7.org/fhir/sid/icd-10-se"
_FORM_OF_CARE: Final = "http://mellannorr.example/CodeSystem/vardform"
_SHIELDED: Final = ("63391000052104", "särskild postadress")
_REGISTERED: Final = ("63381000052101", "folkbokföringsadress")

UNITS: Final = {
    "oppenvard": "Psykiatrisk öppenvård Björkå",
    "slutenvard": "Psykiatrisk slutenvård, avdelning 3",
    "bup": "Barn- och ungdomspsykiatrin Björkå",
}
STAFF: Final = {"samir": ("Samir Haddad", "Sjuksköterska"), "amina": ("Amina Yusuf", "Kurator")}
_MEASURES: Final = {
    "d850": ("http://hl7.org/fhir/sid/icf", "d850", "Att ha ett förvärvsarbete"),
    "phq9": ("http://loinc.org", "44261-6", "PHQ-9"),
    "audit": ("http://loinc.org", "72110-0", "AUDIT"),
}


def shared() -> Iterator[Resource]:
    """Yield what belongs to nobody in particular: units, rooms and staff."""
    for name, told in UNITS.items():
        yield {"resourceType": "Organization", "id": name, "active": True, "name": told}
        yield {
            "resourceType": "Location",
            "id": f"{name}-mottagning",
            "status": "active",
            "name": f"{told}, mottagningen",
        }
    for name, (told, _) in STAFF.items():
        given, family = told.split(" ")
        yield {"resourceType": "Practitioner", "id": name, "name": [{"text": told, "given": [given], "family": family}]}


def of(number: str, known: Mapping[str, Any], place: int, today: date) -> Iterator[Resource]:
    """Yield one individual's resources. `place` in the register makes their ids, which say nothing of the number."""
    yield from _Patient(number, known, f"p{place:03}", today).all()


class _Patient:
    def __init__(self, number: str, known: Mapping[str, Any], own: str, today: date) -> None:
        self._number, self._known, self._own, self._today = number, known, own, today
        self._subject = {"reference": f"Patient/{own}"}
        self._unit = {"reference": f"Organization/{known['unit']}"}

    def all(self) -> Iterator[Resource]:
        known = self._known
        yield self._patient()
        yield self._episode()
        for place, each in enumerate(known.get("visits", ())):
            yield self._visit(place, each)
        for place, each in enumerate(known.get("diagnoses", ())):
            yield self._diagnosis(place, each)
        for place, each in enumerate(known.get("assessments", ())):
            yield self._assessment(place, each)
        if "manager" in known:
            yield self._team()
        if "plan" in known:
            yield self._plan(known["plan"])
        if "next" in known:
            yield self._time(known["next"])

    def _made(self, kind: str, place: int, *, days: int = 1, **more: Any) -> Resource:
        written = datetime.combine(self._today - timedelta(days=days), time(7, 52), STOCKHOLM)
        meta: Resource = {"versionId": "1", "lastUpdated": written.isoformat()}
        return {"resourceType": kind, "id": f"{self._own}-{kind.lower()}-{place}", "meta": meta, **more}

    def _ago(self, days: int) -> str:
        return (self._today - timedelta(days=days)).isoformat()

    def _patient(self) -> Resource:
        known = self._known
        given, family = known["name"]
        made: Resource = {**self._made("Patient", 0), "id": self._own}
        made["meta"]["profile"] = [f"{_BASE}/StructureDefinition/SEBasePatient"]
        if "protection" in known:
            made["meta"]["security"] = [
                {"system": f"{_HL7}/v3-ActCode", "code": "DEMO"},
                {"system": f"{_BASE}/CodeSystem/SecurityLabel", "code": known["protection"]},
            ]
        made |= {"identifier": self._identifiers(), "active": True}
        made["name"] = [
            {"use": "official", "text": " ".join(dict.fromkeys((given, family))), "family": family, "given": [given]}
        ]
        born = self._number[:8]
        made["birthDate"] = f"{born[:4]}-{born[4:6]}-{int(born[6:]) % 60:02}"
        made["managingOrganization"] = self._unit
        return made | self._reached()

    def _identifiers(self) -> list[Resource]:
        first = {"use": "official", "system": _NUMBER, "value": self._number}
        earlier = self._known.get("earlier")
        return [first, *([{"use": "old", "system": _COORDINATION, "value": earlier}] if earlier else [])]

    def _reached(self) -> Resource:
        known, made = self._known, Resource()
        if "phone" in known:
            made["telecom"] = [{"system": "phone", "value": known["phone"], "use": "mobile"}]
        if "address" in known:
            made["address"] = [_address(known["address"], shielded="protection" in known)]
        if "civil" in known:
            made["maritalStatus"] = {"coding": [{"system": f"{_HL7}/v3-MaritalStatus", "code": known["civil"]}]}
        if "relative" in known:
            made["contact"] = [_relative(known["relative"])]
        return made

    def _episode(self) -> Resource:
        contact = self._known["contact"]
        period = {"start": self._ago(contact["ago"])}
        if "ended" in contact:
            period["end"] = self._ago(contact["ended"])
        law = self._known.get("law", "HSL")
        made = self._made("EpisodeOfCare", 0, status="finished" if "ended" in contact else "active")
        made |= {"type": [{"coding": [{"system": _FORM_OF_CARE, "code": law}]}], "patient": self._subject}
        made |= {"managingOrganization": self._unit, "period": period}
        return made | ({"careManager": self._staff()} if "manager" in self._known else {})

    def _staff(self) -> Resource:
        manager = self._known["manager"]
        return {"reference": f"Practitioner/{manager}", "display": STAFF[manager][0]}

    def _visit(self, place: int, each: Mapping[str, Any]) -> Resource:
        day = self._ago(each["ago"])
        made = self._made("Encounter", place, days=each["ago"], status="finished", subject=self._subject)
        made |= {"class": {"system": f"{_HL7}/v3-ActCode", "code": each["how"]}, "serviceProvider": self._unit}
        return made | {"period": {"start": day, "end": day}}

    def _diagnosis(self, place: int, each: Mapping[str, Any]) -> Resource:
        made = self._made("Condition", place, days=each["ago"], subject=self._subject)
        made |= {"clinicalStatus": {"coding": [{"system": f"{_HL7}/condition-clinical", "code": each["state"]}]}}
        made |= {"verificationStatus": {"coding": [{"system": f"{_HL7}/condition-ver-status", "code": "confirmed"}]}}
        made |= {
            "code": {"coding": [{"system": _ICD, "code": each["code"], "display": each["text"]}], "text": each["text"]}
        }
        return made | {"recordedDate": self._ago(each["ago"])}

    def _assessment(self, place: int, each: Mapping[str, Any]) -> Resource:
        system, code, words = _MEASURES[each["code"]]
        made = self._made("Observation", place, days=each["ago"], status="final", subject=self._subject)
        made |= {"code": {"coding": [{"system": system, "code": code}], "text": words}}
        made |= {"effectiveDateTime": self._ago(each["ago"]), "performer": [self._unit]}
        if "percent" in each:
            made["valueQuantity"] = {
                "value": each["percent"],
                "unit": "%",
                "system": "http://unitsofmeasure.org",
                "code": "%",
            }
        else:
            made["valueInteger"] = each["score"]
        return made | ({"note": [{"text": each["note"]}]} if "note" in each else {})

    def _team(self) -> Resource:
        role = {"coding": [{"system": "http://snomed.info/sct", "code": "768820003"}], "text": "Samordnare av vården"}
        made = self._made("CareTeam", 0, status="active", subject=self._subject)
        return made | {"participant": [{"role": [role], "member": self._staff()}], "managingOrganization": [self._unit]}

    def _plan(self, each: Mapping[str, Any]) -> Resource:
        end = (self._today + timedelta(days=each["ahead"])).isoformat()
        made = self._made("CarePlan", 0, days=each["ago"], status="active", intent="plan", title=each["title"])
        made |= {"description": each["text"], "subject": self._subject, "author": self._unit}
        made |= {"period": {"start": self._ago(each["ago"]), "end": end}}
        if "manager" in self._known:
            made["careTeam"] = [{"reference": f"CareTeam/{self._own}-careteam-0"}]
        return made | {
            "activity": [{"detail": {"status": "in-progress", "description": step}} for step in each["steps"]]
        }

    def _time(self, each: Mapping[str, Any]) -> Resource:
        start = datetime.combine(self._today + timedelta(days=each["ahead"]), time.fromisoformat(each["at"]), STOCKHOLM)
        place = {"reference": f"Location/{self._known['unit']}-mottagning"}
        made = self._made("Appointment", 0, status="booked", start=start.isoformat())
        made |= {"end": (start + timedelta(minutes=45)).isoformat()}
        actors = [self._subject, place, *([self._staff()] if "manager" in self._known else [])]
        return made | {"participant": [{"actor": actor, "status": "accepted"} for actor in actors]}


def _address(told: list[str], *, shielded: bool) -> Resource:
    line, code, city = told
    kind, words = _SHIELDED if shielded else _REGISTERED
    concept = {"coding": [{"system": "http://snomed.info/sct", "code": kind, "display": words}]}
    extension = {"url": f"{_BASE}/StructureDefinition/SEBaseAddressPersonExtension", "valueCodeableConcept": concept}
    return {"extension": [extension], "line": [line], "postalCode": code, "city": city}


def _relative(told: Mapping[str, str]) -> Resource:
    return {
        "relationship": [{"text": told["relation"]}],
        "name": {"text": told["name"]},
        "telecom": [{"system": "phone", "value": told["phone"]}],
    }
