"""Whose answer it is, and what it shows of protection: nothing is read before that is clear."""

import pytest

from adapters.psykiatri import translate
from hub.broker.port import AgencyFault, FaultKind, NumberChanged, WrongPerson
from hub.kit.secret import Secret
from tests.adapters.psykiatri.bodies import (
    AT,
    LABELS,
    SAMORDNING,
    Resource,
    bundle,
    condition,
    identifier,
    patient,
    resource,
    said,
)
from tests.fixtures.numbers import ADULT, SECOND, coordination

pytestmark = pytest.mark.requirement("HUB-05")
COORDINATION = coordination("19860412", 985)
CONFIDENTIALITY = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality"
ACT_CODE = "http://terminology.hl7.org/CodeSystem/v3-ActCode"


def labelled(system: str, code: str) -> Resource:
    return {"security": [{"system": system, "code": code}]}


@pytest.mark.parametrize(
    "wrong",
    [
        [patient(identifier(ADULT))],
        [patient(identifier(SECOND), identifier(ADULT))],
        [patient(), patient(identifier(ADULT)) | {"id": "p2"}],
        [patient(), condition("F32.1", subject={"reference": "Patient/p2"})],
        [patient(), condition("F32.1", subject={"reference": "https://x.example/fhir/Patient/p2/_history/3"})],
        [patient(), condition("F32.1", subject={"reference": "Patient/p1", "identifier": identifier(ADULT)})],
        [patient(), condition("F32.1", note=[{"authorReference": {"identifier": identifier(ADULT)}}])],
        [patient(), condition("F32.1", contained=[patient(identifier(ADULT))])],
        [patient(), resource("Appointment", participant=[{"actor": {"reference": "Patient/p2"}}])],
        [patient(), resource("EpisodeOfCare", patient={"reference": "Patient/p2"})],
        [patient(identifier(ADULT, "urn:oid:1.2.752.129.2.1.3.1"))],
        [patient(identifier("19900101-9802"))],
        [patient(identifier(SECOND, "http://other.example/number"))],
    ],
)
def test_another_persons_data_anywhere_refuses_it_all(wrong: list[Resource]) -> None:
    with pytest.raises(WrongPerson) as raised:
        said(*wrong)
    assert ADULT not in str(raised.value)


def test_another_person_who_only_follows_with_the_answer_refuses_it_too() -> None:
    with pytest.raises(WrongPerson):
        said(patient(), included=(patient(identifier(ADULT)) | {"id": "p2"},))


@pytest.mark.parametrize(
    "one",
    [
        patient(identifier(SECOND), identifier(COORDINATION, SAMORDNING)),
        patient(identifier(SECOND), identifier(ADULT, use="old")),
        patient(identifier(SECOND), identifier(ADULT, period={"end": "2020-01-01"})),
        patient(identifier(SECOND, "urn:oid:1.2.752.129.2.1.3.1")),
        patient(identifier(f"{SECOND[:8]}-{SECOND[8:]}")),
        patient(identifier(SECOND[2:])),
        patient(identifier(SECOND), {"system": "http://other.example/record", "value": "1"}),
    ],
)
def test_the_right_person_by_every_way_of_writing_the_number(one: Resource) -> None:
    assert said(one, condition("F32.1")).known


def test_staff_and_relatives_have_numbers_of_their_own() -> None:
    staff = {"resourceType": "Practitioner", "id": "s1", "identifier": [identifier(ADULT)]}
    relative = {"resourceType": "RelatedPerson", "id": "r1", "patient": {"reference": "Patient/p1"}}
    contained = condition("F32.1", contained=[{**staff, "id": "s2"}])
    answer = said(patient(), contained, included=(staff, relative | {"identifier": [identifier(ADULT)]}))
    assert len(answer.facts) == 1


@pytest.mark.parametrize(
    ("one", "asked", "new"),
    [
        (patient(identifier(SECOND), identifier(COORDINATION, SAMORDNING)), COORDINATION, SECOND),
        (patient(identifier(SECOND, use="old"), identifier(ADULT)), SECOND, ADULT),
        (patient(identifier(SECOND, period={"end": "2026-11-23"}), identifier(ADULT)), SECOND, ADULT),
        (
            patient(
                link=[{"type": "replaced-by", "other": {"reference": "Patient/p9", "identifier": identifier(ADULT)}}]
            ),
            SECOND,
            ADULT,
        ),
    ],
)
def test_a_newer_number_is_never_followed_by_itself(one: Resource, asked: str, new: str) -> None:
    with pytest.raises(NumberChanged) as raised:
        said(one, whom=asked)
    assert raised.value.number.reveal() == new
    assert new not in str(raised.value)


def test_a_record_that_another_has_replaced_names_the_new_number() -> None:
    link = [{"type": "replaced-by", "other": {"reference": "Patient/p2"}}]
    with pytest.raises(NumberChanged):
        said(patient(link=link), included=(patient(identifier(ADULT)) | {"id": "p2"},))


def test_a_record_replaced_by_one_that_isnt_told_cant_be_believed() -> None:
    with pytest.raises(AgencyFault) as raised:
        said(patient(link=[{"type": "replaced-by", "other": {"reference": "Patient/p9"}}]))
    assert raised.value.kind is FaultKind.MALFORMED


def test_the_same_persons_earlier_record_is_not_read() -> None:
    link = [{"type": "replaces", "other": {"reference": "Patient/p0"}}]
    earlier = patient(identifier(ADULT), telecom=[{"system": "phone", "value": "070-174 06 99"}]) | {"id": "p0"}
    assert said(patient(link=link), included=(earlier,)).facts == ()


def test_no_patient_is_not_known() -> None:
    assert not translate.answer([bundle()], whom=Secret(SECOND), at=AT).known


def test_resources_without_their_patient_cant_be_believed() -> None:
    with pytest.raises(AgencyFault) as raised:
        translate.answer([bundle(condition("F32.1"))], whom=Secret(SECOND), at=AT)
    assert raised.value.kind is FaultKind.MALFORMED


def test_a_resource_that_doesnt_say_whom_it_is_about_is_a_gap() -> None:
    answer = said(condition("F32.1", subject=None))
    assert [each.reason for each in answer.gaps] == ["säger inte vem den gäller"]
    assert answer.facts == ()


@pytest.mark.parametrize(
    ("meta", "shown"),
    [
        (labelled(LABELS, "sekretessmarkering"), "sekretessmarkering"),
        (labelled(LABELS, "skyddadFolkbokforing"), "skyddad_folkbokforing"),
        (labelled(LABELS, "fingerad"), "unknown"),
        (labelled(CONFIDENTIALITY, "V"), "unknown"),
        (labelled(CONFIDENTIALITY, "R"), "unknown"),
        (labelled(ACT_CODE, "DEMO"), "unknown"),
        (labelled(CONFIDENTIALITY, "N"), "none"),
        ({"security": "R"}, "unknown"),
        ({}, "none"),
    ],
)
@pytest.mark.requirement("R8")
def test_the_answer_itself_shows_protection(meta: Resource, shown: str) -> None:
    assert said(patient(meta=meta)).protection == shown


def test_a_label_anywhere_counts_and_the_strongest_wins() -> None:
    weak, strong = labelled(LABELS, "sekretessmarkering"), labelled(LABELS, "skyddadFolkbokforing")
    assert said(patient(meta=weak), condition("F32.1", meta=strong)).protection == "skyddad_folkbokforing"


def test_psychiatrys_own_confidentiality_is_not_protected_identity() -> None:
    assert said(patient(), condition("F32.1", meta=labelled(CONFIDENTIALITY, "V"))).protection == "none"


def test_a_name_that_is_put_away_shows_that_something_is_protected() -> None:
    assert said(patient(name=[{"family": "Skyddad uppgift"}])).protection == "unknown"
