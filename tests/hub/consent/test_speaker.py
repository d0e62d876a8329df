"""Who may stop, and who may lift: a rule that asks no engine."""

from typing import Any

import pytest

from hub.access import Caller
from hub.consent import GivenBy, may_lift, may_stop
from hub.consent.speaker import given_by, require_lift, require_stop
from hub.kit.clock import epoch_s
from hub.kit.database import Database
from hub.kit.errors import NotFound, StepUpNeeded
from tests.fakes.clock import FixedClock
from tests.hub.consent.conftest import Door, World, client, individual, mandate, staff


@pytest.mark.requirement("R5")
class TestStop:
    def test_staff_outside_every_team_may_not(self, door: Door, world: World, clock: FixedClock) -> None:
        world.team = False
        for caller in (staff(), client()):
            with pytest.raises(NotFound):
                require_stop(door.speaker(caller), clock.now())

    def test_somebody_else_signed_in_may_not(self, door: Door, world: World, clock: FixedClock) -> None:
        world.own = False
        with pytest.raises(NotFound):
            require_stop(door.speaker(individual()), clock.now())

    @pytest.mark.requirement("R25")
    def test_a_weak_sign_in_is_told_to_come_back_stronger(self, door: Door, clock: FixedClock) -> None:
        with pytest.raises(StepUpNeeded):
            require_stop(door.speaker(individual(loa=2)), clock.now())

    @pytest.mark.parametrize("caller", [staff(), client(), individual()])
    def test_the_individual_and_any_party_may(self, caller: Caller, door: Door, clock: FixedClock) -> None:
        assert may_stop(door.speaker(caller), clock.now())


@pytest.mark.requirement("R7")
class TestMandate:
    @pytest.mark.parametrize("over", [{"scopes": ["economy"]}, {"risk": "threat"}, {"risk": "unknown"}])
    def test_outside_its_scope_or_a_risk_it_is_none(
        self, over: dict[str, Any], door: Door, world: World, clock: FixedClock
    ) -> None:
        world.own, world.uses, world.mandates = False, "mandate-1", [mandate(**over)]
        assert not may_stop(door.speaker(individual()), clock.now())

    def test_before_and_after_its_time_it_is_none(self, door: Door, world: World, clock: FixedClock) -> None:
        now = epoch_s(clock.now())
        for period in ({"valid_from": now + 1}, {"valid_until": now}):
            world.own, world.uses, world.mandates = False, "mandate-1", [mandate(**period)]
            assert not may_stop(door.speaker(individual()), clock.now())

    def test_another_mandate_than_the_one_used_is_none(self, door: Door, world: World, clock: FixedClock) -> None:
        world.own, world.uses, world.mandates = False, "mandate-2", [mandate()]
        assert not may_stop(door.speaker(individual()), clock.now())

    def test_within_it_they_may_stop_and_lift(self, door: Door, world: World, clock: FixedClock) -> None:
        world.own, world.uses, world.mandates = False, "mandate-1", [mandate()]
        assert may_stop(door.speaker(individual()), clock.now())
        assert may_lift(door.speaker(individual()), clock.now())

    def test_whose_word_it_is(self) -> None:
        assert given_by(None) is GivenBy.SELF
        assert given_by(mandate()) is GivenBy.REPRESENTATIVE
        assert given_by(mandate(kind="guardian")) is GivenBy.GUARDIAN


@pytest.mark.requirement("R2")
class TestLift:
    @pytest.mark.parametrize("caller", [staff(), client()])
    def test_nobody_lifts_on_the_individuals_word(self, caller: Caller, door: Door, clock: FixedClock) -> None:
        with pytest.raises(NotFound):
            require_lift(door.speaker(caller), clock.now())

    def test_the_giver_does(self, door: Door, clock: FixedClock, database: Database) -> None:
        assert may_lift(door.speaker(individual()), clock.now())
        require_lift(door.speaker(individual()), clock.now())
