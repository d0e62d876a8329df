"""The road to the stand-in, which runs as a process of its own over TLS: well, and with every fault."""

import asyncio
import dataclasses
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.psykiatri import Adapter, Settings, translate
from adapters.psykiatri.search import for_kind, for_patient, kinds
from hub.broker.port import AgencyFault, FaultKind, NumberChanged, Span
from hub.kit.clock import SystemClock
from hub.kit.secret import Secret
from tests.adapters.psykiatri.bodies import EVERYTHING, question
from tests.adapters.running import RunningAgency, running_agency
from tests.fixtures.numbers import ADULT, SAMORDNING, SECOND

pytestmark = [pytest.mark.requirement("HUB-05"), pytest.mark.xdist_group("psykiatri")]
GUNNAR, NORA, HELENA, HAMID, COORDINATION = (
    "198604129810",
    "199002089804",
    "198409309815",
    "198808179926",
    "198808779923",
)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningAgency]:
    with running_agency("psyk", tmp_path_factory.mktemp("psyk")) as agency:
        yield agency


def settings(running: RunningAgency, **more: object) -> Settings:
    made = Settings(
        base_url=f"{running.base_url}/fhir",
        client_id=running.client_id,
        key=running.key,
        tls=running.tls,
        page=3,
        made_up_allowed=True,
    )
    return dataclasses.replace(made, **more)  # pyright: ignore[reportArgumentType]  members of Settings


@pytest.fixture
async def adapter(running: RunningAgency) -> AsyncIterator[Adapter]:
    running.set("ok")
    opened = Adapter(settings(running), SystemClock())
    yield opened
    running.set("ok")
    await opened.close()


async def test_gunnar_can_work_half_time_and_his_contact_goes_on(adapter: Adapter) -> None:
    answer = await adapter.ask(question(GUNNAR))
    claims = {each.claim.matter: each.claim.says for each in answer.facts if each.claim}
    assert claims["work_ability.extent"] == "50"
    assert claims["care.ongoing"] == "yes"
    assert claims["contact.address"] == "Storgatan 17, 910 01 Björkå"
    assert {each.category for each in answer.facts} >= {"party", "plan", "meeting", "work_ability", "mental_health"}
    assert {each.unit for each in answer.facts if each.category == "party"} == {"Psykiatrisk öppenvård Björkå"}
    assert (answer.gaps, answer.protection, answer.known) == ((), "none", True)


@pytest.mark.parametrize(("number", "shown"), [(NORA, "skyddad_folkbokforing"), (HELENA, "sekretessmarkering")])
async def test_protection_is_shown_as_the_format_shows_it(adapter: Adapter, number: str, shown: str) -> None:
    assert (await adapter.ask(question(number))).protection == shown


async def test_one_who_has_never_been_a_patient_is_not_known(adapter: Adapter) -> None:
    answer = await adapter.ask(question(ADULT))
    assert (answer.known, answer.facts) == (False, ())


async def test_one_known_by_both_numbers_is_found_by_the_one_that_holds(adapter: Adapter) -> None:
    assert (await adapter.ask(question(HAMID))).known
    with pytest.raises(NumberChanged) as raised:
        await adapter.ask(question(COORDINATION))
    assert raised.value.number.reveal() == HAMID


async def test_what_wasnt_asked_for_doesnt_come(adapter: Adapter) -> None:
    answer = await adapter.ask(question(GUNNAR, ("mental_health",)))
    assert {each.category for each in answer.facts} == {"mental_health"}


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
@pytest.mark.parametrize("warm", [False, True])
async def test_every_fault_has_a_name_and_tells_nothing_of_anybody(
    adapter: Adapter, running: RunningAgency, fault: str, kind: FaultKind, warm: bool
) -> None:
    if warm:
        await adapter.ask(question(GUNNAR, ("party",)))
    running.set(fault, seconds=7)
    with pytest.raises(AgencyFault) as raised:
        await adapter.ask(question(GUNNAR))
    assert raised.value.kind is kind
    assert raised.value.retry_after == (7 if fault == "over_quota" else None)
    assert GUNNAR not in str(raised.value)
    running.set("ok")
    assert (await adapter.ask(question(GUNNAR, ("party",)))).facts


async def test_one_who_waits_for_a_slow_server_can_stop_waiting(adapter: Adapter, running: RunningAgency) -> None:
    running.set("slow", seconds=20)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(adapter.ask(question(GUNNAR)), 0.2)


async def test_probing_asks_about_nobody(adapter: Adapter, running: RunningAgency) -> None:
    probe = await adapter.probe()
    assert (probe.open, probe.version) == (True, "FHIR 4.0.1")
    assert probe.certificate_until
    running.set("down")
    probe = await adapter.probe()
    assert (probe.open, probe.told) == (False, "har ett fel hos sig just nu")


async def test_a_hub_that_isnt_known_is_refused(running: RunningAgency) -> None:
    stranger = Adapter(settings(running, client_id="someone-else"), SystemClock())
    with pytest.raises(AgencyFault) as raised:
        await stranger.ask(question(GUNNAR))
    await stranger.close()
    assert raised.value.kind is FaultKind.REFUSED


async def test_a_hub_in_production_believes_nothing_made_up(running: RunningAgency) -> None:
    production = Adapter(settings(running, made_up_allowed=False), SystemClock())
    with pytest.raises(AgencyFault) as raised:
        await production.ask(question(GUNNAR))
    await production.close()
    assert raised.value.kind is FaultKind.MADE_UP


async def test_nobody_there_is_unreachable(running: RunningAgency) -> None:
    gone = Adapter(settings(running, base_url="https://127.0.0.1:9/fhir"), SystemClock())
    probe = await gone.probe()
    await gone.close()
    assert (probe.open, probe.told) == (False, "gick inte att nå")


@pytest.mark.parametrize(
    ("number", "system"),
    [
        (SECOND, "http://electronichealth.se/identifier/personnummer"),
        (SAMORDNING, "http://electronichealth.se/identifier/samordningsnummer"),
        ("98240301AA06", "http://electronichealth.se/identifier/nationelltReservnummer"),
    ],
)
def test_a_number_is_sought_under_its_own_systems(number: str, system: str) -> None:
    form = dict(for_patient(Secret(number), 10))
    sought = form["identifier"].split(",")
    assert f"{system}|{number}" in sought
    assert all(each.endswith(f"|{number}") for each in sought)
    assert len(sought) == 2


def test_the_period_of_the_question_is_asked_for() -> None:
    day = SystemClock().now().date() - timedelta(days=30)
    assert ("date", f"ge{day.isoformat()}") in for_kind("Encounter", ["p1"], Span(day), 10)
    assert "date" not in dict(for_kind("CareTeam", ["p1"], Span(day), 10))


def test_every_category_of_the_road_has_somewhere_to_come_from(running: RunningAgency) -> None:
    adapter = Adapter(settings(running), SystemClock())
    assert adapter.capabilities.categories == frozenset(EVERYTHING)
    assert adapter.capabilities.road == "hub_request"
    assert kinds(("plan", "address")) == ["CarePlan"]
    readers = {category for _, _, carried in translate._READERS.values() for category in carried}
    assert readers == frozenset(EVERYTHING)


def test_a_key_that_is_no_key_is_refused_at_start(running: RunningAgency) -> None:
    with pytest.raises(ValueError, match="JWK"):
        Adapter(settings(running, key=Secret(b"{}")), SystemClock())


def test_a_certificate_that_isnt_there_is_refused_at_start(running: RunningAgency) -> None:
    tls = dataclasses.replace(running.tls, authority=Path("/nowhere.pem"))
    with pytest.raises(OSError, match="No such file"):
        Adapter(settings(running, tls=tls), SystemClock())
