"""SSBTEK is for ekonomiskt bistånd alone: neither a consent nor a duty makes it wider (law 4.1, reading R14)."""

from typing import Final, get_args

import pytest

from hub.access.questions.words import Purpose
from tests.policies.corners import duty, exchange
from tests.policies.engine import ask
from tests.policies.plain import Json, line
from tests.policies.translate import Question

LAWFUL: Final = "ekonomiskt_bistand"
OTHERS: Final = sorted(set(get_args(Purpose)) - {LAWFUL})


def consented(purpose: str, giver: str) -> Json:
    """Everything in order for `purpose`: the individual has said yes to just this, and the owner shares."""
    lines = [line(owner=giver, category="employment", purpose=purpose)]
    return exchange(giver, "soc", "employment", road="ssbtek", purpose=purpose, lines=lines)


@pytest.mark.requirement("R14")
@pytest.mark.requirement("HUB-05")
class TestTheRoad:
    @pytest.mark.parametrize("giver", ["af", "fk"])
    @pytest.mark.parametrize("purpose", OTHERS)
    def test_is_refused_for_every_other_purpose_whatever_the_individual_has_said(
        self, purpose: str, giver: str
    ) -> None:
        answer = ask(Question("disclose", consented(purpose, giver)))
        assert answer.outcome == "deny"
        assert "ssbtek_purpose" in {each.code for each in answer.refusals}

    @pytest.mark.parametrize("purpose", OTHERS)
    def test_is_refused_for_every_other_purpose_though_a_duty_is_claimed(self, purpose: str) -> None:
        asked = duty("af", "SoL 15:11", "registration_dates", road="ssbtek", purpose=purpose)
        answer = ask(Question("disclose", asked))
        assert answer.outcome == "deny"
        assert "ssbtek_purpose" in {each.code for each in answer.refusals}

    @pytest.mark.parametrize("giver", ["af", "fk"])
    def test_is_open_for_ekonomiskt_bistand(self, giver: str) -> None:
        assert ask(Question("disclose", consented(LAWFUL, giver))).permits

    def test_carries_the_duty_of_arbetsformedlingen(self) -> None:
        assert ask(Question("disclose", duty("af", "SoL 15:11", "registration_dates", road="ssbtek"))).permits
