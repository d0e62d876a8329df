"""A road's guard: its own time, its own limit, and a rest for one that only fails."""

import asyncio
from datetime import date, timedelta

import pytest

from hub.broker import Guard, GuardedRoad
from hub.broker.port import AgencyAnswer, AgencyFault, AgencyRequest, Asker, FaultKind, Ground, Span
from hub.kit.secret import Secret
from tests.fakes.agency import FakeAgency
from tests.fakes.clock import FixedClock

pytestmark = pytest.mark.requirement("HUB-05")


def request() -> AgencyRequest:
    return AgencyRequest(
        whom=Secret("189001019802"),
        categories=("plan",),
        purpose="sip",
        ground=Ground("consent", "OSL 10:1", "line"),
        entry="entry",
        asker=Asker("Socialtjänsten", "Björkå kommun", "2120009999", "a1", "S2187"),
        period=Span(date(2026, 1, 1), date(2026, 11, 24)),
    )


def road(agency: FakeAgency, clock: FixedClock, **guard: object) -> GuardedRoad:
    return GuardedRoad("psyk", agency, clock, Guard(**guard))  # pyright: ignore[reportArgumentType]  members of Guard


async def fault_of(guarded: GuardedRoad) -> FaultKind:
    with pytest.raises(AgencyFault) as caught:
        await guarded.ask(request())
    return caught.value.kind


async def test_one_that_never_answers_is_silent_after_its_budget(clock: FixedClock) -> None:
    agency = FakeAgency(slow=asyncio.Event())
    assert await fault_of(road(agency, clock, budget=0.02)) is FaultKind.SILENT


async def test_a_question_that_finds_no_room_says_busy(clock: FixedClock) -> None:
    reached = asyncio.Event()
    agency = FakeAgency(slow=asyncio.Event(), reached=reached)
    guarded = road(agency, clock, budget=0.05, open_calls=1)
    first = asyncio.create_task(fault_of(guarded))
    await reached.wait()
    assert await fault_of(guarded) is FaultKind.BUSY
    assert await first is FaultKind.SILENT
    assert len(agency.asked) == 1


async def test_one_that_only_fails_rests_and_is_then_tried_with_one_question(clock: FixedClock) -> None:
    agency = FakeAgency(AgencyFault(FaultKind.DOWN))
    guarded = road(agency, clock, failures=2, rest=timedelta(seconds=20))
    for _ in range(4):
        assert await fault_of(guarded) is FaultKind.DOWN
    assert len(agency.asked) == 2
    clock.move(seconds=21)
    agency.answer = AgencyAnswer()
    assert await guarded.ask(request()) == AgencyAnswer()
    assert not guarded.resting


@pytest.mark.parametrize("kind", [FaultKind.REFUSED, FaultKind.WRONG_PERSON, FaultKind.MALFORMED, FaultKind.OVER_QUOTA])
async def test_a_bad_answer_is_no_reason_to_rest(clock: FixedClock, kind: FaultKind) -> None:
    guarded = road(FakeAgency(AgencyFault(kind)), clock, failures=1)
    assert await fault_of(guarded) is kind
    assert not guarded.resting


async def test_whatever_an_adapter_raises_is_its_agencys_fault(clock: FixedClock) -> None:
    guarded = road(FakeAgency(KeyError("189001019802")), clock)
    with pytest.raises(AgencyFault) as caught:
        await guarded.ask(request())
    assert caught.value.kind is FaultKind.MALFORMED
    assert "189001019802" not in f"{caught.value!r}{caught.value.__cause__!r}"
