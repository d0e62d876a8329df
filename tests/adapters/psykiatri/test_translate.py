"""FHIR in, facts out."""

from datetime import date
from decimal import Decimal

import pytest

from adapters.psykiatri import translate
from hub.broker.port import Claim, Span
from tests.adapters.psykiatri.bodies import (
    AT,
    Resource,
    able,
    bundle,
    condition,
    observation,
    organization,
    patient,
    resource,
    said,
)

pytestmark = pytest.mark.requirement("HUB-05")


@pytest.mark.parametrize(
    ("code", "category"),
    [
        ("F32.1", "mental_health"),
        ("F101", "substance_use"),
        ("F19", "substance_use"),
        ("F09", "mental_health"),
        ("F43.1", "trauma"),
        ("F431", "trauma"),
        ("F43.2", "mental_health"),
        ("I10", "health"),
        ("f10.2", "substance_use"),
    ],
)
def test_a_diagnosis_is_of_the_kind_that_its_code_says(code: str, category: str) -> None:
    [told] = said(condition(code, "Det den heter")).facts
    assert (told.category, told.what.known, told.sensitive) == (category, True, True)
    assert told.text == "Det den heter."


def test_an_unknown_code_is_kept_as_it_came_and_flagged() -> None:
    coding = {"system": "http://snomed.info/sct", "code": "35489007", "display": "Depression"}
    [told] = said(resource("Condition", code={"coding": [coding]})).facts
    assert (told.what.value, told.what.known, told.text) == ("35489007", False, "Depression.")


@pytest.mark.requirement("AUBI-11")
@pytest.mark.parametrize(
    ("security", "kept"),
    [
        ([{"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "NOPAT"}], True),
        ("not a list", True),
        ([{"system": "another", "code": "NOPAT"}], False),
        ([], False),
    ],
)
def test_what_care_keeps_from_the_patient_too_says_so(security: object, kept: bool) -> None:
    answer = said(condition("F32.1", meta={"security": security}))
    assert [each.withheld_from_individual for each in answer.facts] == [kept]


@pytest.mark.parametrize("verified", ["entered-in-error", "refuted"])
def test_what_was_struck_or_ruled_out_is_no_fact(verified: str) -> None:
    answer = said(condition("F32.1", verificationStatus={"coding": [{"code": verified}]}))
    assert (answer.facts, answer.gaps) == ((), ())


@pytest.mark.parametrize("kind", ["EpisodeOfCare", "Encounter", "Observation", "CarePlan", "CareTeam", "Appointment"])
def test_what_was_entered_in_error_is_no_fact(kind: str) -> None:
    answer = said(resource(kind, status="entered-in-error"))
    assert (answer.facts, answer.gaps) == ((), ())


def test_what_isnt_settled_says_so() -> None:
    unsure = {"coding": [{"code": "provisional"}]}
    [told] = said(condition("F32.1", "Depression", verificationStatus=unsure)).facts
    assert told.text == "Depression (inte fastställt)."


def test_work_ability_is_said_in_percent_and_claimed() -> None:
    noted = able(50, effectiveDateTime="2026-11-19", note=[{"text": "Lugn miljö."}])
    [told] = said(noted).facts
    assert (told.category, told.text) == ("work_ability", "Kan arbeta 50 procent av heltid.")
    assert told.claim == Claim("work_ability.extent", "50")
    assert [(each.name, each.value) for each in told.values] == [
        ("value", "50 %"),
        ("assessed", date(2026, 11, 19)),
        ("note", "Lugn miljö."),
    ]
    assert [each.name for each in told.values if each.location] == ["note"]


@pytest.mark.parametrize("percent", [101, -1, 1000])
def test_a_percentage_that_cant_be_is_kept_and_not_claimed(percent: int) -> None:
    [told] = said(able(percent)).facts
    assert (told.claim, told.values[0].value) == (None, f"{percent} %")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"valueString": "svårt"}, "Att klara stress och krav: svårt."),
        ({"valueBoolean": True}, "Att klara stress och krav: ja."),
        ({"valueInteger": 3}, "Att klara stress och krav: 3."),
        ({"valueCodeableConcept": {"text": "måttlig"}}, "Att klara stress och krav: måttlig."),
        ({"valueQuantity": {"value": 2.5, "comparator": "<"}}, "Att klara stress och krav: <2.5."),
        ({"dataAbsentReason": {"text": "ville inte"}}, "Att klara stress och krav: inget värde (ville inte)."),
        ({}, "Att klara stress och krav: inget värde."),
    ],
)
def test_every_kind_of_value_has_words(value: Resource, text: str) -> None:
    [told] = said(observation("http://hl7.org/fhir/sid/icf", "d240", **value)).facts
    assert told.text == text


def test_parts_of_a_measurement_follow() -> None:
    part = {"code": {"text": "Övertryck"}, "valueQuantity": {"value": 120}}
    [told] = said(observation("http://loinc.org", "85354-9", component=[part])).facts
    assert [(each.label, each.value) for each in told.values] == [("Övertryck", 120)]
    assert told.category == "health"


@pytest.mark.parametrize(
    ("status", "text", "claim"),
    [
        ("active", "Pågående kontakt sedan 4 mars 2025.", "yes"),
        ("finished", "Avslutad kontakt, avslutad 1 maj 2026.", "no"),
        ("planned", "Planerad kontakt sedan 4 mars 2025.", None),
    ],
)
def test_a_contact_says_whether_it_goes_on(status: str, text: str, claim: str | None) -> None:
    period = {"start": "2025-03-04", "end": "2026-05-01"}
    unit = {"reference": "Organization/o1"}
    [told] = said(
        resource("EpisodeOfCare", status=status, period=period, managingOrganization=unit), included=(organization(),)
    ).facts
    assert (told.category, told.text, told.unit) == ("party", text, "Öppenvården")
    assert told.period == Span(date(2025, 3, 4), date(2026, 5, 1))
    assert (told.claim.says if told.claim else None) == claim


@pytest.mark.requirement("OSL 25:10")
def test_compulsory_care_is_a_fact_of_its_own_and_not_of_the_contact() -> None:
    kind = [{"coding": [{"system": "http://mellannorr.example/CodeSystem/vardform", "code": "LPT"}]}]
    contact, law = said(resource("EpisodeOfCare", status="active", type=kind)).facts
    assert (contact.category, law.category) == ("party", "coercive_care")
    assert "tvång" not in contact.text


def test_a_status_that_the_list_doesnt_have_is_kept() -> None:
    [told] = said(resource("EpisodeOfCare", status="sleeping")).facts
    assert told.what.known is False
    assert [each.value for each in told.values] == ["sleeping"]


def test_a_visit_tells_when_and_how_and_its_place_is_a_place() -> None:
    place = {"resourceType": "Location", "id": "l1", "name": "Mottagningen"}
    visit = resource(
        "Encounter",
        status="finished",
        period={"start": "2026-11-19T23:30:00Z"},
        location=[{"location": {"reference": "Location/l1"}}],
        reasonCode=[{"text": "Återfall i drickande"}],
        **{"class": {"code": "AMB"}},
    )
    [told] = said(visit, included=(place,)).facts
    assert told.text == "Besök på mottagningen 20 november 2026."
    assert [(each.value, each.location) for each in told.values] == [("Mottagningen", True)]
    assert "drickande" not in repr(told)


def test_a_plan_names_its_measures_and_who_coordinates() -> None:
    staff = {"resourceType": "Practitioner", "id": "s1", "name": [{"given": ["Ada"], "family": "Ek"}]}
    role = [{"text": "Samordnare"}]
    team = resource("CareTeam", participant=[{"role": role, "member": {"reference": "Practitioner/s1"}}]) | {"id": "t1"}
    plan = resource(
        "CarePlan",
        status="active",
        title="Åter i arbete",
        careTeam=[{"reference": "CareTeam/t1"}],
        activity=[{"detail": {"description": "Samtal"}}, {"reference": {"display": "Gruppträning"}}],
        author={"display": "Öppenvården"},
    )
    [told] = said(plan, included=(staff, team)).facts
    assert told.text == "Gällande plan: Åter i arbete."
    assert [each.value for each in told.values] == ["Samtal", "Gruppträning", "Ada Ek"]
    assert told.claim == Claim("plan.coordinator", "Öppenvården")


@pytest.mark.requirement("R23")
def test_relatives_are_third_persons() -> None:
    relative = {"name": {"text": "Berit"}, "relationship": [{"text": "Mor"}], "telecom": [{"value": "070"}]}
    member = {"member": {"reference": "RelatedPerson/r1", "display": "Berit"}}
    near, team = said(patient(contact=[relative]), resource("CareTeam", status="active", participant=[member])).facts
    assert [each.third_person for each in near.values] == [True, True, True]
    assert [each.third_person for each in team.values] == [True]
    assert "Berit" not in near.what.text + team.what.text


def test_a_booked_time_is_told_as_it_is_in_sweden() -> None:
    time = resource("Appointment", status="booked", start="2026-12-08T12:00:00Z")
    [told] = said(time | {"participant": [{"actor": {"reference": "Patient/p1"}}]}).facts
    assert (told.category, told.text) == ("meeting", "Tid 8 december 2026 kl. 13.00.")
    assert told.holds_location


@pytest.mark.requirement("OSL 21:3")
def test_address_and_phone_are_places_and_claims() -> None:
    address = {"line": ["Storgatan 17"], "postalCode": "910 01", "city": "Björkå"}
    phone = {"system": "phone", "value": "+46 70-174 06 02"}
    over = {"system": "phone", "value": "1", "period": {"end": "2026-11-23"}}
    old = {**address, "use": "old"}
    call, live = said(patient(telecom=[phone, over], address=[address, old])).facts
    assert (call.category, call.claim) == ("phone", Claim("contact.phone", "0701740602"))
    assert (live.category, live.claim) == ("address", Claim("contact.address", "Storgatan 17, 910 01 Björkå"))
    assert call.location
    assert live.location


@pytest.mark.parametrize(("code", "says"), [("M", "married"), ("U", "unmarried"), ("RP", "partner"), ("X", None)])
def test_civil_status(code: str, says: str | None) -> None:
    [told] = said(patient(maritalStatus={"coding": [{"code": code}]})).facts
    assert (told.claim.says if told.claim else None) == says
    assert told.what.known is (says is not None)


def test_a_file_is_read_without_asking_about_anybody() -> None:
    answer = translate.read(bundle(patient(), condition("F32.1")), AT)
    assert [each.category for each in answer.facts] == ["mental_health"]


def test_numbers_are_whole_or_decimal_never_approximate() -> None:
    [told] = said(observation("http://loinc.org", "29463-7", valueQuantity={"value": 0.1})).facts
    assert told.values[0].value == Decimal("0.1")
