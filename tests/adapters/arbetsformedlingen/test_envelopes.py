"""What goes out: valid against the contract, with purpose and ground on each call, and no more services than are asked."""

from datetime import date
from typing import Any

import pytest
from lxml import etree

from adapters.arbetsformedlingen import CAPABILITIES
from adapters.arbetsformedlingen.requests import fits, probe_call, question
from hub.broker.port import AgencyFault, Asker, FaultKind, Ground, Span
from hub.kit.secret import Secret
from tests.adapters.arbetsformedlingen.contracts import check
from tests.adapters.arbetsformedlingen.made import AT, ENTRY, request
from tests.fixtures.numbers import ADULT, coordination

S = "{http://schema.forsakringskassan.se/integration/ssbt/10}"
pytestmark = [pytest.mark.requirement("HUB-05"), pytest.mark.requirement("R14")]


def sent(**changed: Any) -> etree._Element:
    """The `hamtaBastjanstInformation` of a question."""
    found = etree.fromstring(question(request(**changed), AT)).find(f".//{S}hamtaBastjanstInformation")
    assert found is not None
    return found


def text(within: etree._Element, path: str) -> str | None:
    return within.findtext("/".join(f"{S}{each}" for each in path.split("/")))


class TestIsNotBuilt:
    @pytest.mark.parametrize("purpose", ["sip", "rehab_coordination", "insurance_case", "control", "statistics"])
    def test_for_another_purpose_than_ekonomiskt_bistand(self, purpose: str) -> None:
        with pytest.raises(AgencyFault) as refused:
            question(request(purpose=purpose), AT)
        assert refused.value.kind is FaultKind.REFUSED

    def test_without_a_ground(self) -> None:
        with pytest.raises(AgencyFault):
            question(request(ground=Ground("consent", " ")), AT)

    @pytest.mark.parametrize("number", ["", "12", "212000-99999", "2110009999", "abc"])
    def test_for_an_organisation_number_that_the_format_refuses(self, number: str) -> None:
        with pytest.raises(AgencyFault) as refused:
            question(request(asker=Asker("soc", "Björkå kommun", number, "h7k2", "S2304")), AT)
        assert refused.value.kind is FaultKind.REFUSED

    @pytest.mark.parametrize(
        "number", ["TF1980010198", "19900101", f"{ADULT}0", f"{ADULT[:11]}\N{FULLWIDTH DIGIT TWO}"]
    )
    def test_about_a_number_that_the_format_has_no_room_for(self, number: str) -> None:
        assert not fits(request(whom=Secret(number)))


class TestWhatIsSaid:
    def test_purpose_and_ground_stand_on_each_call(self) -> None:
        common = sent().find(f"{S}generellaFrageparametrar")
        assert common is not None
        assert text(common, "syfte") == "Ekonomiskt bistånd"
        assert text(common, "lagtext") == "SoL 15 kap. 11 §, OSL 10 kap. 28 §"

    def test_who_asks_about_whom_and_in_which_case(self) -> None:
        asked = sent()
        assert text(asked, "generellaFrageparametrar/personidentitet") == ADULT
        assert text(asked, "generellaFrageparametrar/arendeidentitet") == "S2304"
        assert text(asked, "generellaFrageparametrar/ingivare/organisationsnummer") == "162120009999"
        assert text(asked, "generellaFrageparametrar/ingivare/namn") == "Björkå kommun"
        assert text(asked, "generellaFrageparametrar/ingivare/handlaggare") == "h7k2"

    def test_the_ledger_entry_is_the_correlation_and_the_question_is_wanted_back(self) -> None:
        asked = sent()
        assert text(asked, "generellaFrageparametrar/korrelationsid") == ENTRY
        assert text(asked, "generellaFrageparametrar/fraganSkallInkluderasISvaret") == "true"

    @pytest.mark.parametrize(
        ("period", "first", "last"),
        [
            (Span(date(2026, 1, 1), date(2026, 2, 1)), "2026-01-01", "2026-02-01"),
            (Span(date(2026, 1, 1)), "2026-01-01", "2026-11-24"),
            (Span(date(2027, 1, 1)), "2027-01-01", "2027-01-01"),
            (Span(None, date(2026, 2, 1)), "2026-02-01", "2026-02-01"),
            (Span(), "2026-11-24", "2026-11-24"),
        ],
    )
    def test_the_period_has_both_days_and_is_never_wider_than_asked(self, period: Span, first: str, last: str) -> None:
        asked = sent(period=period)
        assert text(asked, "generellaFrageparametrar/tidsperiod/fromDatum") == first
        assert text(asked, "generellaFrageparametrar/tidsperiod/tomDatum") == last

    @pytest.mark.parametrize(
        ("items", "services"), [((), ["AF"]), (("registration_dates",), ["AF"]), (("a_kassa",), ["AF", "SO"])]
    )
    def test_only_those_services_are_asked_that_are_needed(self, items: tuple[str, ...], services: list[str]) -> None:
        specific = sent(items=items).find(f"{S}specifikaFrageparametrar")
        assert specific is not None
        asked = {str(each.tag).removeprefix(S): each.get("inkludera") for each in specific}
        assert [name for name, included in asked.items() if included == "true"] == services
        assert set(asked) == {"AF", "CSN", "FK", "SKV", "SO", "TNS", "MIV"}

    def test_what_somebody_wrote_can_not_become_elements(self) -> None:
        wild = "</ssbt:lagtext><x/>&<![CDATA["
        assert text(sent(ground=Ground("consent", wild)), "generellaFrageparametrar/lagtext") == wild


@pytest.mark.contracts
class TestIsValid:
    @pytest.mark.parametrize("number", [ADULT, coordination("19880817", 991)])
    @pytest.mark.parametrize("items", [(), ("a_kassa", "registration_dates")])
    @pytest.mark.parametrize("period", [Span(), Span(date(2026, 1, 1), date(2026, 2, 1))])
    def test_a_question(self, number: str, items: tuple[str, ...], period: Span) -> None:
        check(question(request(whom=Secret(number), items=items, period=period), AT))

    def test_a_test_call(self) -> None:
        check(probe_call())

    def test_the_schema_refuses_what_is_wrong(self) -> None:
        wrong = question(request(), AT).replace(b"fromDatum>2026", b"fromDatum>MMXX")
        with pytest.raises(etree.DocumentInvalid):
            check(wrong)


class TestTheRoad:
    def test_carries_nothing_for_another_purpose(self) -> None:
        assert CAPABILITIES.carries(("employment", "benefits"), "sip") == ()

    def test_carries_no_assessment_and_no_plan(self) -> None:
        asked = ("work_ability", "employment", "plan", "health")
        assert CAPABILITIES.carries(asked, "ekonomiskt_bistand") == ("employment",)
