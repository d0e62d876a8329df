"""The sandbox's service: it takes what the real one takes, answers what the contract says, and knows who is who."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

import httpx
import pytest
from lxml import etree

from adapters.arbetsformedlingen.requests import probe_call, question
from adapters.arbetsformedlingen.translate import answer
from adapters.sandbox.arbetsformedlingen.app import PATH, create
from adapters.sandbox.common import Agency, Fault, Given, Switch, people
from hub.broker.port import Span
from hub.kit.secret import Secret
from tests.adapters.arbetsformedlingen.contracts import check
from tests.adapters.arbetsformedlingen.made import AT, ENTRY, request
from tests.fakes.clock import FixedClock
from tests.fixtures.numbers import coordination

pytestmark = [pytest.mark.requirement("HUB-05"), pytest.mark.contracts]
GUNNAR: Final = "198604129810"
HAMID: Final = "198808179926"
ALL: Final = ("a_kassa", "registration_dates")


def agency(switch: Switch | None = None) -> Agency:
    clock = FixedClock(datetime(2026, 11, 24, 8, 0, tzinfo=UTC))
    return create(Given("https://127.0.0.1:1", switch or Switch(), clock, "hub", Path("none.json")))


async def reply(body: bytes, switch: Switch | None = None) -> httpx.Response:
    transport = httpx.ASGITransport(agency(switch).app)
    async with httpx.AsyncClient(transport=transport, base_url="https://sandbox") as client:
        return await client.post(PATH, content=body, headers={"Content-Type": "text/xml; charset=utf-8"})


def asked(number: str = GUNNAR, **changed: Any) -> bytes:
    return question(request(whom=Secret(number), items=ALL, **changed), AT)


async def refused(change: Callable[[etree._Element], None]) -> str:
    """The code of the SOAP fault that a question gets, changed so."""
    root = etree.fromstring(asked())
    change(root)
    said = await reply(etree.tostring(root))
    check(said.content)
    fault = etree.fromstring(said.content)
    assert (said.status_code, fault.findtext(".//faultcode")) == (500, "soap:Client")
    return fault.findtext(".//{*}felkod") or ""


def found(root: etree._Element, name: str) -> etree._Element:
    element = root.find(f".//{{*}}{name}")
    assert element is not None
    return element


class TestRefuses:
    @pytest.mark.parametrize(
        "name",
        [
            "ingivare",
            "personidentitet",
            "arendeidentitet",
            "tidsperiod",
            "syfte",
            "lagtext",
            "handlaggare",
            "AF",
            "MIV",
        ],
    )
    async def test_what_is_not_whole(self, name: str) -> None:
        def without(root: etree._Element) -> None:
            element = found(root, name)
            within = element.getparent()
            assert within is not None
            within.remove(element)

        assert await refused(without) == "SSBT-010"

    @pytest.mark.parametrize("name", ["generellaFrageparametrar", "specifikaFrageparametrar", "ingivare"])
    async def test_what_is_out_of_order(self, name: str) -> None:
        def turned(root: etree._Element) -> None:
            found(root, name).append(found(root, name)[0])

        assert await refused(turned) == "SSBT-010"

    @pytest.mark.parametrize(
        ("name", "text", "code"),
        [
            *((name, " ", "SSBT-011") for name in ("namn", "handlaggare", "arendeidentitet", "syfte", "lagtext")),
            *(("organisationsnummer", text, "SSBT-012") for text in ("2120009999", "162110009999", "16212000999x")),
            *(("personidentitet", text, "SSBT-012") for text in ("19860412-9810", "8604129810", "")),
            *(("fromDatum", text, "SSBT-013") for text in ("2026-02-30", "20260101", "igår", "2027-01-01")),
            ("frageTidpunkt", "nu", "SSBT-013"),
            ("fraganSkallInkluderasISvaret", "ja", "SSBT-015"),
        ],
    )
    async def test_what_has_the_wrong_form(self, name: str, text: str, code: str) -> None:
        def said(root: etree._Element) -> None:
            found(root, name).text = text

        assert await refused(said) == code

    @pytest.mark.parametrize(
        "body", [b"", b"{}", b"<a/>", asked().replace(b"hamtaBas", b"gomBas"), b"<!DOCTYPE x><x/>"]
    )
    async def test_what_is_no_question(self, body: bytes) -> None:
        said = await reply(body)
        check(said.content)
        assert said.status_code == 500

    async def test_parameters_to_one_who_is_not_asked(self) -> None:
        def told_more(root: etree._Element) -> None:
            part = found(root, "CSN")
            etree.SubElement(part, f"{str(part.tag).removesuffix('CSN')}tidsperiod")

        assert await refused(told_more) == "SSBT-014"


class TestAnswers:
    @pytest.mark.parametrize("number", agency().numbers)
    async def test_each_in_the_register_as_the_contract_says(self, number: str) -> None:
        said = await reply(asked(number))
        check(said.content)
        read = answer(said.content, whom=Secret(number), at=AT, entry=ENTRY, asked=("AF", "SO"))
        assert read.known
        assert read.facts

    async def test_gunnar_is_able_full_time_here(self) -> None:
        said = await reply(asked())
        read = answer(said.content, whom=Secret(GUNNAR), at=AT, entry=ENTRY, asked=("AF", "SO"))
        claims = {fact.claim.matter: fact.claim.says for fact in read.facts if fact.claim}
        assert claims == {"work_ability.extent": "100", "employment.status": "unemployed"}

    async def test_nora_is_marked_and_her_name_not_given(self) -> None:
        said = await reply(asked("199002089804"))
        read = answer(said.content, whom=Secret("199002089804"), at=AT, asked=("AF", "SO"))
        assert read.protection == "sekretessmarkering"
        assert "party" not in {fact.category for fact in read.facts}

    async def test_hamid_is_known_under_his_samordningsnummer_only(self) -> None:
        other = coordination("19880817", 991)
        names = []
        for number in (HAMID, other):
            said = await reply(asked(number))
            read = answer(said.content, whom=Secret(number), at=AT, asked=("AF", "SO"))
            names.append(" ".join(fact.text for fact in read.facts if fact.category == "party"))
        assert names == ["", "Finns i Arbetsförmedlingens register som Hamid Karimi."]

    async def test_what_need_not_be_there_need_not_be_there(self) -> None:
        root = etree.fromstring(asked())
        common = found(root, "generellaFrageparametrar")
        for name in ("frageTidpunkt", "korrelationsid"):
            common.remove(found(common, name))
        found(root, "fraganSkallInkluderasISvaret").text = "false"
        said = await reply(etree.tostring(root))
        check(said.content)
        response = etree.fromstring(said.content)[0][0]
        assert [etree.QName(each).localname for each in response] == ["svarsdata"]

    async def test_processors_may_be_many(self) -> None:
        root = etree.fromstring(asked())
        purpose = found(root, "syfte")
        namespace = str(purpose.tag).removesuffix("syfte")
        for _ in range(2):
            processor = etree.Element(f"{namespace}personuppgiftsbitrade")
            etree.SubElement(processor, f"{namespace}organisationsnummer").text = "165560009999"
            etree.SubElement(processor, f"{namespace}namn").text = "Påhittat ombud"
            purpose.addprevious(processor)
        check(etree.tostring(root))
        said = await reply(etree.tostring(root))
        check(said.content)
        assert said.status_code == 200

    async def test_a_stranger_is_unknown(self) -> None:
        said = await reply(asked("197706159949"))
        check(said.content)
        assert not answer(said.content, whom=Secret("197706159949"), at=AT, asked=("AF", "SO")).known

    async def test_what_lies_outside_the_period_is_not_given(self) -> None:
        said = await reply(asked(period=Span(date(2026, 11, 1), date(2026, 11, 24))))
        read = answer(said.content, whom=Secret(GUNNAR), at=AT, asked=("AF", "SO"))
        assert [fact.text[:28] for fact in read.facts if fact.what.value == "Utbetalningar"] == [
            "Utbetalning 23 november 2026"
        ]

    async def test_one_service_that_fails_leaves_the_other_part_whole(self) -> None:
        said = await reply(asked("196512019883"))
        check(said.content)
        read = answer(said.content, whom=Secret("196512019883"), at=AT, asked=("AF", "SO"))
        assert [gap.what for gap in read.gaps] == ["A-kassorna"]
        assert "Inskriven" in read.facts[1].text

    async def test_a_service_that_is_not_in_the_sandbox_answers_with_an_error(self) -> None:
        body = asked().replace(b'<ssbt:CSN inkludera="false"', b'<ssbt:CSN inkludera="true"')
        said = await reply(body)
        check(said.content)
        assert b"BT-503" in said.content

    async def test_when_dishonest_it_answers_about_another(self) -> None:
        said = await reply(asked(), Switch(Fault.DISHONEST))
        check(said.content)
        numbers = {each.text for each in etree.fromstring(said.content).iter("{*}IdentitetsbeteckningFysiskPerson")}
        assert GUNNAR not in numbers

    async def test_a_test_call(self) -> None:
        said = await reply(probe_call())
        check(said.content)
        assert said.status_code == 200

    @pytest.mark.parametrize("name", ["wrong", "over_quota"])
    def test_its_own_faults_are_as_the_contract_says(self, name: str) -> None:
        phrases = agency().phrases
        check((phrases.wrong() if name == "wrong" else phrases.over_quota(5)).body)


class TestTheRegister:
    def test_holds_the_examples_individuals_under_the_names_they_have_there(self) -> None:
        known = people()
        strangers = [number for number in agency().numbers if number not in known]
        assert strangers == [coordination("19880817", 991)]

    def test_says_what_it_knows_for_the_page(self) -> None:
        lines = agency().knows(GUNNAR)
        assert "A-kassa: Byggnadsarbetarnas a-kassa" in lines
        assert agency().knows("197706159949") == ()
        assert agency().knows("199002089804")[0] == "Sekretessmarkering"
        assert agency().knows("196512019883")[-1] == "SO svarar alltid med felet SSBT-408"
