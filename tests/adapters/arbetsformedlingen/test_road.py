"""The adapter against the sandbox as a process of its own, over mutual TLS, well and in every way ill."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace

import pytest

from adapters.arbetsformedlingen import Adapter, Settings
from adapters.sandbox.arbetsformedlingen.app import PATH
from hub.broker.port import AgencyFault, AgencyPort, FaultKind
from hub.kit.clock import SystemClock
from hub.kit.http import Tls
from hub.kit.secret import Secret
from tests.adapters.arbetsformedlingen.made import request
from tests.adapters.running import RunningAgency, running_agency
from tests.fixtures.numbers import SECOND

pytestmark = [pytest.mark.requirement("HUB-05"), pytest.mark.xdist_group("arbetsformedlingen")]
GUNNAR = "198604129810"
QUESTION = request(whom=Secret(GUNNAR), items=("a_kassa", "registration_dates"))


@pytest.fixture(scope="module")
def agency(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningAgency]:
    with running_agency("af", tmp_path_factory.mktemp("af")) as running:
        yield running


@pytest.fixture
def told(agency: RunningAgency) -> Settings:
    return Settings(f"{agency.base_url}{PATH}", agency.tls, made_up_allowed=True)


@pytest.fixture
async def road(agency: RunningAgency, told: Settings) -> AsyncIterator[AgencyPort]:
    opened: AgencyPort = Adapter(told, SystemClock())
    yield opened
    await opened.close()
    agency.set("ok")


async def failed(road: AgencyPort) -> AgencyFault:
    with pytest.raises(AgencyFault) as found:
        await road.ask(QUESTION)
    return found.value


class TestIll:
    @pytest.mark.parametrize(
        ("fault", "kind"),
        [
            ("down", FaultKind.DOWN),
            ("wrong", FaultKind.DOWN),
            ("malformed", FaultKind.MALFORMED),
            ("truncated", FaultKind.WRONG_LENGTH),
            ("dishonest", FaultKind.WRONG_PERSON),
            ("over_quota", FaultKind.OVER_QUOTA),
            ("expired_certificate", FaultKind.CERTIFICATE),
            ("huge", FaultKind.TOO_LARGE),
            ("deep", FaultKind.MALFORMED),
            ("latin1", FaultKind.MALFORMED),
            ("wrong_length", FaultKind.WRONG_LENGTH),
            ("wrong_type", FaultKind.MALFORMED),
        ],
    )
    async def test_each_fault_is_named_for_what_it_is(
        self, agency: RunningAgency, road: AgencyPort, fault: str, kind: FaultKind
    ) -> None:
        await road.ask(QUESTION)
        agency.set(fault, 7)
        found = await failed(road)
        assert found.kind is kind
        assert GUNNAR not in str(found)
        agency.set("ok")
        assert (await road.ask(QUESTION)).facts

    async def test_too_many_questions_say_when_to_come_back(self, agency: RunningAgency, road: AgencyPort) -> None:
        agency.set("over_quota", 7)
        assert (await failed(road)).retry_after == 7

    async def test_a_slow_one_is_waited_for(self, agency: RunningAgency, road: AgencyPort) -> None:
        agency.set("slow", 0.05)
        assert (await road.ask(QUESTION)).facts

    async def test_one_that_is_not_there(self, told: Settings) -> None:
        road = Adapter(replace(told, url="https://127.0.0.1:1/"), SystemClock())
        assert (await failed(road)).kind is FaultKind.UNREACHABLE
        await road.close()


class TestTls:
    async def test_without_a_certificate_of_our_own_nobody_is_let_in(self, told: Settings) -> None:
        road = Adapter(replace(told, tls=Tls(told.tls.authority)), SystemClock())
        # With TLS 1.3 a client may have written its question before it hears that it isn't let in.
        assert (await failed(road)).kind in {FaultKind.CERTIFICATE, FaultKind.MALFORMED}
        await road.close()

    async def test_an_authority_that_we_do_not_know_is_not_believed(self, told: Settings) -> None:
        road = Adapter(replace(told, tls=Tls(None, told.tls.certificate, told.tls.key)), SystemClock())
        assert (await failed(road)).kind is FaultKind.CERTIFICATE
        await road.close()

    async def test_in_production_nothing_made_up_is_believed(self, told: Settings) -> None:
        road = Adapter(replace(told, made_up_allowed=False), SystemClock())
        assert (await failed(road)).kind is FaultKind.MADE_UP
        await road.close()


class TestWell:
    async def test_the_picture(self, road: AgencyPort) -> None:
        answer = await road.ask(QUESTION)
        assert answer.gaps == ()
        assert "Inskriven på Arbetsförmedlingen sedan 12 januari 2026." in {fact.text for fact in answer.facts}
        assert {fact.source for fact in answer.facts} == {f"SSBTEK, fråga {QUESTION.entry}"}

    async def test_the_a_kassor_are_not_asked_without_the_item(self, road: AgencyPort) -> None:
        answer = await road.ask(replace(QUESTION, items=("registration_dates",)))
        assert {fact.unit for fact in answer.facts} == {"Arbetsförmedlingen"}

    async def test_one_who_is_unknown(self, road: AgencyPort) -> None:
        answer = await road.ask(replace(QUESTION, whom=Secret(SECOND)))
        assert (answer.facts, answer.known) == ((), False)

    async def test_a_number_that_the_format_has_no_room_for_is_never_sent(self, road: AgencyPort) -> None:
        answer = await road.ask(replace(QUESTION, whom=Secret("TF1980010198")))
        assert [gap.reason for gap in answer.gaps] == ["kan bara få frågor på ett nummer med tolv siffror"]

    async def test_another_purpose_is_never_sent(self, road: AgencyPort) -> None:
        with pytest.raises(AgencyFault) as refused:
            await road.ask(replace(QUESTION, purpose="sip"))
        assert refused.value.kind is FaultKind.REFUSED


class TestProbe:
    async def test_an_open_road(self, road: AgencyPort, told: Settings) -> None:
        probe = await road.probe()
        assert (probe.open, probe.told, probe.version) == (True, "öppen", "SSBTEK v10")
        assert probe.certificate_until is not None

    @pytest.mark.parametrize("fault", ["down", "wrong", "expired_certificate", "deep", "truncated"])
    async def test_a_closed_one_says_why(self, agency: RunningAgency, road: AgencyPort, fault: str) -> None:
        agency.set(fault)
        probe = await road.probe()
        assert not probe.open
        assert probe.told
