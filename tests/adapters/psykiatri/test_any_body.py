"""Whatever comes: an answer or a fault, never anything else, and nothing of the content in what is said of it."""

import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.psykiatri import translate
from hub.broker.port import AgencyAnswer, AgencyFault
from hub.kit.secret import Secret
from tests.adapters.psykiatri.bodies import AT, Resource, condition, organization, packed, patient, resource
from tests.fixtures.numbers import SECOND

pytestmark = pytest.mark.requirement("HUB-05")
ICF = "http://hl7.org/fhir/sid/icf"
PERIOD = {"start": "2026-01-01", "end": "2026-02-01T10:00:00+01:00"}
WHOLE: list[Resource] = [
    patient(
        meta={"versionId": "1", "lastUpdated": "2026-11-24T08:00:00Z", "security": [{"system": "s", "code": "c"}]},
        name=[{"use": "official", "given": ["Ada"], "family": "Ek"}],
        telecom=[{"system": "phone", "value": "070", "period": PERIOD}],
        address=[{"line": ["Storgatan 17"], "city": "Björkå", "extension": [{"url": "x"}]}],
        maritalStatus={"coding": [{"system": "x", "code": "M"}]},
        contact=[{"name": {"text": "Berit"}, "relationship": [{"text": "Mor"}], "telecom": [{"value": "1"}]}],
        link=[{"type": "replaces", "other": {"reference": "Patient/p0"}}],
    ),
    resource("EpisodeOfCare", status="active", period=PERIOD, type=[{"coding": [{"code": "LPT"}]}]),
    resource("Encounter", status="finished", period=PERIOD, location=[{"location": {"display": "x"}}]),
    condition("F32.1", onsetDateTime="2026-01-01", note=[{"text": "x"}]),
    resource(
        "Observation",
        status="final",
        code={"coding": [{"system": ICF, "code": "d850"}]},
        valueQuantity={"value": 50, "unit": "%"},
        component=[{"code": {"text": "x"}, "valueString": "y"}],
        performer=[{"reference": "Organization/o1"}],
    ),
    resource("CarePlan", status="active", activity=[{"detail": {"description": "x"}}], careTeam=[{"display": "x"}]),
    resource("CareTeam", status="active", participant=[{"role": [{"text": "x"}], "member": {"display": "x"}}]),
    resource("Appointment", status="booked", start="2026-12-08T12:00:00Z", participant=[{"actor": {"display": "x"}}]),
    organization(),
]
SECRET = "hemligt innehåll"
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**63), 2**63),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=20),
    st.sampled_from(
        [SECRET, "2026-02-30", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "Patient/p2", [], {}, [None]]
    ),
    st.lists(st.dictionaries(st.sampled_from(["system", "value", "reference", "coding", "text"]), st.text(max_size=5))),
)


def _places(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    held = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [path, *(place for name, each in held for place in _places(each, (*path, name)))]


def _changed(node: Any, path: tuple[Any, ...], value: Any) -> Any:
    if not path:
        return value
    made = copy.copy(node)
    made[path[0]] = _changed(node[path[0]], path[1:], value)
    return made


BODY = [{"resource": each, "search": {"mode": "match"}} for each in WHOLE]
PLACES = _places(BODY)


@settings(max_examples=300)
@given(st.lists(st.tuples(st.integers(0, len(PLACES) - 1), ODD), min_size=1, max_size=3))
def test_an_answer_with_anything_anywhere_is_an_answer_or_a_fault(changes: list[tuple[int, Any]]) -> None:
    body: Any = BODY
    for place, value in changes:
        try:
            body = _changed(body, PLACES[place], value)
        except (KeyError, IndexError, TypeError):
            continue
    _read(json.dumps({"resourceType": "Bundle", "entry": body}).encode())


@settings(max_examples=150)
@given(st.binary(max_size=200))
def test_any_bytes_are_a_fault(body: bytes) -> None:
    with pytest.raises(AgencyFault):
        translate.read(body, AT)


@settings(max_examples=100)
@given(st.integers(0, len(packed(BODY)) - 1), st.integers(0, 255))
def test_an_answer_with_one_byte_changed(place: int, value: int) -> None:
    body = packed(BODY)
    _read(body[:place] + bytes([value]) + body[place + 1 :])


def _read(body: bytes) -> None:
    told = _what_comes(body)
    assert SECRET not in (repr(told.gaps) if isinstance(told, AgencyAnswer) else f"{told} {told.cause}")


def _what_comes(body: bytes) -> AgencyAnswer | AgencyFault:
    try:
        return translate.answer([body], whom=Secret(SECOND), at=AT)
    except AgencyFault as fault:
        return fault
