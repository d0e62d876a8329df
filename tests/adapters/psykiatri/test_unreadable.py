"""What can't be read: a resource, an entry, or all of it; each costs as little as it must."""

import json

import pytest

from adapters.psykiatri import translate
from hub.broker.port import AgencyFault, FaultKind
from hub.kit.secret import Secret
from tests.adapters.psykiatri.bodies import (
    AT,
    Resource,
    able,
    bundle,
    condition,
    organization,
    packed,
    patient,
    resource,
    said,
)
from tests.fixtures.numbers import SECOND

pytestmark = pytest.mark.requirement("HUB-05")


@pytest.mark.parametrize(
    ("bad", "field"),
    [
        (condition("F32.1") | {"code": "F32.1"}, "code"),
        (condition("F32.1", onsetDateTime="2026-13-01"), "onsetDateTime"),
        (condition("F32.1", onsetDateTime="2026-11-01T10:00:00"), "onsetDateTime"),
        (condition("F32.1", note="text"), "note"),
        (able("50"), "valueQuantity.value"),
        (able(value := True) | {"valueQuantity": {"value": value}}, "valueQuantity.value"),
        (resource("EpisodeOfCare", status="active", period={"start": "2026-02-01", "end": "2026-01-01"}), "period.end"),
        (resource("EpisodeOfCare", status=["active"]), "status"),
    ],
)
def test_a_bad_resource_is_a_gap_and_costs_the_others_nothing(bad: Resource, field: str) -> None:
    answer = said(condition("I10") | {"id": "well"}, bad)
    assert [each.source for each in answer.facts] == ["Condition/well"]
    assert [each.reason for each in answer.gaps] == [f"gick inte att läsa (fältet {field})"]
    assert answer.gaps[0].categories


def test_a_year_alone_is_no_day_and_no_fault() -> None:
    answer = said(condition("F32.1", onsetDateTime="2019"))
    assert len(answer.facts) == 1
    assert answer.gaps == ()


def test_a_kind_that_nobody_asked_for_is_named() -> None:
    answer = said(resource("MedicationRequest"))
    assert [each.what for each in answer.gaps] == ["En uppgift av slaget MedicationRequest"]


def test_what_follows_says_nothing_by_itself() -> None:
    answer = said(patient(), included=(organization(), condition("F32.1")))
    assert (answer.facts, answer.gaps) == ((), ())


def test_a_resource_counts_once_in_its_latest_version() -> None:
    first = condition("F32.1", "Äldre", meta={"versionId": "9", "lastUpdated": "2026-01-01T00:00:00Z"})
    second = condition("F33.1", "Nyare", meta={"versionId": "10", "lastUpdated": "2026-01-01T00:00:00Z"})
    bodies = [bundle(patient(), second), bundle(first), bundle(second)]
    [told] = translate.answer(bodies, whom=Secret(SECOND), at=AT).facts
    assert (told.text, told.source) == ("Nyare.", "Condition/condition-1/_history/10")


@pytest.mark.parametrize(("severity", "gaps"), [("warning", 1), ("error", 1), ("information", 0)])
def test_what_the_server_itself_says_is_missing_is_a_gap(severity: str, gaps: int) -> None:
    outcome = {"resourceType": "OperationOutcome", "issue": [{"severity": severity, "code": "incomplete"}]}
    body = packed([{"resource": patient()}, {"resource": outcome, "search": {"mode": "outcome"}}])
    assert len(translate.answer([body], whom=Secret(SECOND), at=AT).gaps) == gaps


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ({}, "är tom"),
        ({"response": {"status": "410 Gone"}}, "är borttagen hos psykiatrin"),
        ({"resource": {"id": "x"}}, "gick inte att läsa (entry 1, resource.resourceType)"),
        ({"resource": []}, "gick inte att läsa (entry 1, resource)"),
    ],
)
def test_an_entry_that_cant_be_read_is_a_gap(entry: Resource, reason: str) -> None:
    answer = translate.answer([packed([{"resource": patient()}, entry])], whom=Secret(SECOND), at=AT)
    assert [each.reason for each in answer.gaps] == [reason]


def test_no_hits_have_no_entry() -> None:
    body = json.dumps({"resourceType": "Bundle", "type": "searchset", "total": 0}).encode()
    assert not translate.answer([body], whom=Secret(SECOND), at=AT).known


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", FaultKind.MALFORMED),
        (b"[]", FaultKind.MALFORMED),
        (b"{}", FaultKind.MALFORMED),
        (b'{"resourceType": "Patient"}', FaultKind.MALFORMED),
        (b'{"resourceType": "OperationOutcome", "issue": [{"code": "exception"}]}', FaultKind.MALFORMED),
        (b'{"resourceType": "Bundle", "entry": {}}', FaultKind.MALFORMED),
        (b'{"resourceType": "Bundle", "resourceType": "Bundle"}', FaultKind.MALFORMED),
        (b'{"resourceType": "Bundle", "total": NaN}', FaultKind.MALFORMED),
        ('{"resourceType": "Bundle", "x": "å"}'.encode("latin-1"), FaultKind.MALFORMED),
        (b"[" * 10_000 + b"]" * 10_000, FaultKind.MALFORMED),
        (b" " * 5_000_001, FaultKind.TOO_LARGE),
        (packed([{"resource": patient() | {"identifier": "x"}}]), FaultKind.MALFORMED),
    ],
)
def test_what_is_no_answer_is_refused_with_what_is_wrong(body: bytes, kind: FaultKind) -> None:
    with pytest.raises(AgencyFault) as raised:
        translate.answer([body], whom=Secret(SECOND), at=AT)
    assert raised.value.kind is kind
    assert raised.value.cause
