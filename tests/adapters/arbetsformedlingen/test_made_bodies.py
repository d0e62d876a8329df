"""Whatever the schemas allow becomes an answer, and whatever else comes becomes an answer or a fault: never a crash."""

from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from adapters.arbetsformedlingen.translate import answer
from hub.broker.port import AgencyAnswer, AgencyFault
from hub.kit.secret import Secret
from tests.adapters.arbetsformedlingen.contracts import check
from tests.adapters.arbetsformedlingen.made import AT, GOOD, response
from tests.adapters.arbetsformedlingen.schema_bodies import LIES, Fill, part
from tests.fixtures.numbers import ADULT

pytestmark = [pytest.mark.requirement("HUB-05"), pytest.mark.contracts]
SVARSDATA: Final = ".//{*}svarsdata"
#: Fields of free text: what stands in them must stand in the answer.
FREE: Final = (
    "Akassetillhorighet", "ErsattningTyp", "AktivitetsRapportMeddelande", "ArbetssokandeSKAT", "SvarandeOrganisation",
)  # fmt: skip
#: What there may be many of: each becomes a fact.
COUNTED: Final = {
    "af:ersattningstyp": ".//{*}Beslut",
    "Utbetalningar": ".//{*}Utbetalningar",
    "Avstangningar": ".//{*}Avstangningar",
}
EXAMPLES: Final = settings(max_examples=60)


def body(*parts: Fill) -> etree._Element:
    root = etree.fromstring(response(""))
    within = root.find(SVARSDATA)
    assert within is not None
    for each in parts:
        each(within)
    return root


def outcome(sent: bytes) -> AgencyAnswer | AgencyFault:
    """What the hub makes of it. Anything but an answer or a fault of the agency's is a crash, and fails the test."""
    try:
        return answer(sent, whom=Secret(ADULT), at=AT, asked=("AF", "SO"))
    except AgencyFault as fault:
        return fault


def kept(said: AgencyAnswer) -> set[str]:
    """All that stands in an answer's values and codes, as text."""
    values = {str(value.value) for fact in said.facts for value in fact.values}
    return values | {fact.what.value for fact in said.facts}


@EXAMPLES
@given(st.data())
def test_what_the_schemas_allow_is_read_whole(data: st.DataObject) -> None:
    root = body(data.draw(part("AF")), data.draw(part("SO")))
    sent = etree.tostring(root)
    check(sent)
    said = outcome(sent)
    assert isinstance(said, AgencyAnswer)
    for name in FREE:
        texts = {" ".join((each.text or "").split()) for each in root.iter(f"{{*}}{name}")} - {""}
        assert texts <= kept(said)
    for code, path in COUNTED.items():
        facts = [fact for fact in said.facts if code in (fact.what.system, fact.what.value)]
        assert len(facts) == len(root.findall(path))


@EXAMPLES
@given(st.data())
def test_a_field_that_lies_is_kept_or_named_or_refuses_the_whole(data: st.DataObject) -> None:
    root = body(data.draw(part("AF")), data.draw(part("SO")))
    leaves = [each for each in root.iter(etree.Element) if not len(each)]
    for each in data.draw(st.lists(st.sampled_from(leaves), min_size=1, max_size=4)):
        each.text = data.draw(LIES)
    said = outcome(etree.tostring(root))
    assert isinstance(said, AgencyFault) or all(fact.text and fact.source for fact in said.facts)


@EXAMPLES
@given(st.data())
def test_a_body_with_bytes_changed_is_an_answer_or_a_fault(data: st.DataObject) -> None:
    changed = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(changed) - 1))
        changed[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    assert isinstance(outcome(bytes(changed)), AgencyAnswer | AgencyFault)


@EXAMPLES
@given(st.binary(max_size=200))
def test_bytes_of_any_kind_are_a_fault(anything: bytes) -> None:
    assert isinstance(outcome(anything), AgencyFault)
