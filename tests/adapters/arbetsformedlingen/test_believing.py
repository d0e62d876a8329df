"""What is believed of an answer: only what is about the right person, from a service that answered."""

import pytest

from adapters.arbetsformedlingen.translate import read
from hub.broker.port import AgencyFault, FaultKind, WrongPerson
from tests.adapters.arbetsformedlingen.made import (
    AT,
    ENTRY,
    FINE,
    agency,
    envelope,
    failed,
    fault,
    funds,
    response,
    seeker,
    told,
    told_whole,
)
from tests.fixtures.numbers import ADULT, SECOND

pytestmark = pytest.mark.requirement("HUB-05")
ASKED = f"<ssbt:fraga><ssbt:generellaFrageparametrar><ssbt:personidentitet>{ADULT}</ssbt:personidentitet></ssbt:generellaFrageparametrar></ssbt:fraga>"


class TestTheRightPerson:
    def test_an_answer_about_another_is_refused_whole(self) -> None:
        with pytest.raises(WrongPerson):
            told(agency(number=SECOND))

    def test_another_number_in_the_a_kassors_part_refuses_arbetsformedlingens_too(self) -> None:
        with pytest.raises(WrongPerson):
            told(agency() + funds("", number=SECOND), asked=("AF", "SO"))

    def test_a_part_that_was_never_asked_for_is_held_against_the_number_too(self) -> None:
        with pytest.raises(WrongPerson):
            told(agency() + funds("", number=SECOND))

    def test_the_question_that_comes_back_must_be_about_the_same(self) -> None:
        echo = ASKED.replace(ADULT, SECOND)
        with pytest.raises(WrongPerson):
            told_whole(response(agency(), before=echo))

    def test_a_number_hidden_where_the_format_lets_an_agency_add_is_found(self) -> None:
        hidden = (
            f"{FINE}<x:IdentitetsbeteckningFysiskPerson xmlns:x='urn:x'>{SECOND}</x:IdentitetsbeteckningFysiskPerson>"
        )
        with pytest.raises(WrongPerson):
            told(agency(hidden))

    def test_an_answer_to_another_question_is_refused(self) -> None:
        with pytest.raises(WrongPerson):
            told_whole(response(agency(), before="<ssbt:korrelationsid>another</ssbt:korrelationsid>"))

    def test_the_cause_holds_no_number(self) -> None:
        with pytest.raises(WrongPerson) as refused:
            told(agency(number=SECOND))
        assert SECOND not in str(refused.value)

    @pytest.mark.parametrize("parts", [agency(number=""), "<ssbt:AF><ssbt:data><er:Svar/></ssbt:data></ssbt:AF>"])
    def test_a_part_that_does_not_say_whom_it_is_about_is_not_believed(self, parts: str) -> None:
        with pytest.raises(AgencyFault) as refused:
            told(parts)
        assert refused.value.kind is FaultKind.MALFORMED

    def test_the_right_one_is_shown_with_the_question_as_its_source(self) -> None:
        before = f"{ASKED}<ssbt:korrelationsid>{ENTRY}</ssbt:korrelationsid>"
        said = told_whole(response(seeker("<er:Arbetssokande>true</er:Arbetssokande>"), before=before))
        assert [fact.source for fact in said.facts] == [f"SSBTEK, fråga {ENTRY}"]


class TestFaults:
    @pytest.mark.parametrize(
        ("whose", "kind"),
        [
            ("soap:Server", FaultKind.DOWN),
            ("soap:Server.Timeout", FaultKind.DOWN),
            ("Client", FaultKind.REFUSED),
            ("soap:Client.Authentication", FaultKind.REFUSED),
            ("soap:VersionMismatch", FaultKind.MALFORMED),
            ("else", FaultKind.MALFORMED),
        ],
    )
    def test_a_soap_fault_says_whose_it_is(self, whose: str, kind: FaultKind) -> None:
        with pytest.raises(AgencyFault) as failed_with:
            read(fault(whose), AT)
        assert failed_with.value.kind is kind
        assert "SSBT-500" in failed_with.value.cause

    def test_a_fault_that_speaks_of_somebody_tells_nobody(self) -> None:
        with pytest.raises(AgencyFault) as failed_with:
            read(fault("soap:Server", code=f"fel {SECOND}", message=f"Fel om {SECOND}"), AT)
        assert SECOND not in str(failed_with.value)

    @pytest.mark.parametrize(
        ("source", "reason"),
        [
            ("SSBT", "SSBTEK fick inget svar därifrån (felkod SSBT-408)"),
            ("BT", "kunde inte behandla frågan (felkod SSBT-408)"),
            ("NYTT", "lämnade ett fel av okänt slag (felkod SSBT-408)"),
        ],
    )
    def test_a_national_service_that_failed_is_named_with_why(self, source: str, reason: str) -> None:
        said = told(failed("AF", source))
        assert [(gap.what, gap.reason) for gap in said.gaps] == [("Arbetsförmedlingen", reason)]
        assert said.facts == ()
        assert said.known

    def test_one_that_failed_takes_nothing_from_the_other(self) -> None:
        said = told(seeker("<er:Arbetssokande>true</er:Arbetssokande>") + failed("SO"), asked=("AF", "SO"))
        assert [fact.unit for fact in said.facts] == ["Arbetsförmedlingen"]
        assert [gap.what for gap in said.gaps] == ["A-kassorna"]

    def test_a_code_that_speaks_of_somebody_is_left_out(self) -> None:
        (gap,) = told(failed("AF", code=f"P{SECOND}", message=SECOND)).gaps
        assert gap.reason == "SSBTEK fick inget svar därifrån"

    def test_one_that_was_asked_and_is_not_there_is_named(self) -> None:
        (gap,) = told(agency(), asked=("AF", "SO")).gaps
        assert (gap.what, gap.reason, gap.categories) == ("A-kassorna", "finns inte med i svaret", ("benefits",))

    def test_one_that_was_never_asked_is_named_and_not_shown(self) -> None:
        said = told(agency() + funds(""))
        assert said.facts == ()
        assert [gap.what for gap in said.gaps] == ["A-kassorna"]

    @pytest.mark.parametrize("inside", ["", "<ssbt:data/>", "<ssbt:data/><ssbt:data/>"])
    def test_an_empty_part_is_named(self, inside: str) -> None:
        (gap,) = told(f"<ssbt:AF>{inside}</ssbt:AF>").gaps
        assert gap.reason == "svarade utan innehåll"

    @pytest.mark.parametrize(
        ("body", "cause"),
        [
            (b"", "syntax"),
            (b"{}", "syntax"),
            (b"<html/>", "not a SOAP 1.1 envelope"),
            (envelope(""), "not a SOAP 1.1 envelope"),
            (envelope("<ssbt:a/><ssbt:b/>"), "not a SOAP 1.1 envelope"),
            (response("").replace(b"schemas.xmlsoap.org/soap/envelope/", b"www.w3.org/2003/05/soap-envelope"), "not a"),
            (response("").replace(b"ssbt/10", b"ssbt/11"), "another version of SSBTEK than 10"),
            (envelope("<ssbt:testaBastjanstInformationResponse/>"), "holds no hamtaBastjanstInformationResponse"),
            (envelope("<ssbt:hamtaBastjanstInformationResponse/>"), "not exactly one svarsdata"),
            (response(agency() + agency()), "AF stands twice"),
            (response("<ssbt:XX/>"), "a part of no national service"),
            (response("<er:AF/>"), "a part of no national service"),
        ],
    )
    def test_what_is_no_such_answer_is_refused_with_what_is_wrong(self, body: bytes, cause: str) -> None:
        with pytest.raises(AgencyFault) as refused:
            read(body, AT)
        assert refused.value.kind is FaultKind.MALFORMED
        assert cause in refused.value.cause
