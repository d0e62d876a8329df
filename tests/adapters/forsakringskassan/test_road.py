"""The adapter against its sandbox agency: a process of its own, over TLS with certificates on both sides."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace

import pytest

from adapters.forsakringskassan import Adapter, Settings
from adapters.sandbox.forsakringskassan.app import ACTOR
from hub.broker.port import AgencyFault, AgencyPort, Category, Claim, FaultKind, WrongPerson
from hub.kit.clock import SystemClock
from hub.kit.http import Tls
from tests.adapters.forsakringskassan.made import GUNNAR, of, request
from tests.adapters.running import RunningAgency, running_agency

pytestmark = pytest.mark.requirement("HUB-05")
NORA, SIXTEN = "199002089804", "197706159949"
CATEGORIES: tuple[Category, ...] = ("benefits", "work_ability", "address", "economy", "family")


@pytest.fixture(scope="module")
def agency(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningAgency]:
    with running_agency("fk", tmp_path_factory.mktemp("fk")) as started:
        yield started


@pytest.fixture
def settings(agency: RunningAgency) -> Iterator[Settings]:
    yield Settings(agency.base_url, ACTOR, agency.tls, made_up_allowed=True)
    agency.set("ok")


@pytest.fixture
async def road(settings: Settings) -> AsyncIterator[AgencyPort]:
    opened = Adapter(settings, SystemClock())
    yield opened
    await opened.close()


async def fault_of(settings: Settings, whom: str = GUNNAR) -> AgencyFault:
    road = Adapter(settings, SystemClock())
    try:
        with pytest.raises(AgencyFault) as caught:
            await road.ask(request(*CATEGORIES, whom=whom))
    finally:
        await road.close()
    assert GUNNAR not in str(caught.value)
    return caught.value


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ("down", FaultKind.DOWN),
        ("wrong", FaultKind.DOWN),
        ("over_quota", FaultKind.OVER_QUOTA),
        ("malformed", FaultKind.MALFORMED),
        ("truncated", FaultKind.WRONG_LENGTH),
        ("wrong_length", FaultKind.WRONG_LENGTH),
        ("wrong_type", FaultKind.MALFORMED),
        ("latin1", FaultKind.MALFORMED),
        ("deep", FaultKind.MALFORMED),
        ("huge", FaultKind.TOO_LARGE),
        ("dishonest", FaultKind.WRONG_PERSON),
        ("expired_certificate", FaultKind.CERTIFICATE),
    ],
)
async def test_a_fault_is_named(agency: RunningAgency, settings: Settings, fault: str, kind: FaultKind) -> None:
    agency.set(fault, 7)
    told = await fault_of(settings)
    assert told.kind is kind
    assert told.cause
    assert isinstance(told, WrongPerson) == (fault == "dishonest")
    assert told.retry_after == (7 if fault == "over_quota" else None)


async def test_an_actor_that_is_not_ours_is_refused(settings: Settings) -> None:
    told = await fault_of(replace(settings, actor="another/../actor"))
    assert told.kind in (FaultKind.REFUSED, FaultKind.UNREACHABLE)
    assert (await fault_of(replace(settings, actor="another"))).cause == "status 403, LefiFelsvar"


async def test_without_the_hubs_certificate_nothing_is_answered(settings: Settings) -> None:
    told = await fault_of(replace(settings, tls=Tls(settings.tls.authority)))
    assert told.kind in (FaultKind.CERTIFICATE, FaultKind.MALFORMED)


async def test_an_authority_that_is_not_trusted_is_refused(settings: Settings) -> None:
    told = await fault_of(replace(settings, tls=replace(settings.tls, authority=None)))
    assert told.kind is FaultKind.CERTIFICATE


async def test_one_agency_says_what_it_knows(road: AgencyPort) -> None:
    found = await road.ask(request(*CATEGORIES))
    assert {each.category for each in found.facts} == set(CATEGORIES)
    assert Claim("work_ability.extent", "50") in [each.claim for each in found.facts]
    assert of(found, "address")[0].claim == Claim("contact.address", "Storgatan 17, 910 01 Björkå")
    assert [each.what for each in found.gaps] == ["Skatteuppgift"]
    assert (found.known, found.protection) == (True, "none")


@pytest.mark.parametrize("category", ["benefits", "work_ability", "address", "economy"])
async def test_what_nobody_asked_for_goes_no_further(road: AgencyPort, category: Category) -> None:
    found = await road.ask(request(category))
    assert {each.category for each in found.facts} == {category}


async def test_the_single_data_of_the_duty_are_among_the_benefits(road: AgencyPort) -> None:
    found = await road.ask(request(items=("benefit_amount",)))
    assert {each.category for each in found.facts} == {"benefits"}
    assert "benefit_amount" in {each.item for fact in found.facts for each in fact.values}


async def test_protection_is_shown_whatever_is_asked(road: AgencyPort) -> None:
    found = await road.ask(request("benefits", whom=NORA))
    assert found.protection == "unknown"
    assert not any(each.holds_location for each in found.facts)


async def test_one_who_is_not_insured_is_unknown(road: AgencyPort) -> None:
    found = await road.ask(request(*CATEGORIES, whom=SIXTEN))
    assert (found.known, found.facts) == (False, ())


async def test_what_is_outside_the_agreement_is_not_asked_for(settings: Settings) -> None:
    road = Adapter(replace(settings, left_out="FK:SKUP FK:SJP"), SystemClock())
    found = await road.ask(request(*CATEGORIES))
    await road.close()
    assert found.gaps == ()
    assert not of(found, "work_ability")


async def test_a_reserve_number_can_not_be_asked_about(road: AgencyPort) -> None:
    found = await road.ask(request("benefits", whom="19860412TF10"))
    assert "personnummer" in found.gaps[0].reason
    assert not found.facts


async def test_the_road_is_open_and_says_what_is_missing(road: AgencyPort) -> None:
    probe = await road.probe()
    assert (probe.open, probe.version) == (True, "9")
    assert probe.certificate_until is not None
    assert "FK:SKUP saknas" in probe.details


async def test_a_road_that_is_shut_is_told_and_raises_nothing(agency: RunningAgency, road: AgencyPort) -> None:
    agency.set("down")
    probe = await road.probe()
    assert (probe.open, probe.told) == (False, "har ett fel hos sig just nu")


async def test_a_hub_in_production_believes_nothing_of_it(settings: Settings) -> None:
    assert (await fault_of(replace(settings, made_up_allowed=False))).kind is FaultKind.MADE_UP
