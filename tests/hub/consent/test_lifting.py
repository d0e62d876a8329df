"""Whose word lifts: one who disposes of it alone; for others whoever acts for them, by an own sign-in."""

from typing import Any

import pytest

from hub.access.questions import DisposalFacts
from hub.consent import Form, Said, ScanFile
from hub.consent.lifting import whose_word

ALONE: dict[str, Any] = {"age": 18, "can_consent": True, "mature": True, "objects": False, "harm": False}


@pytest.mark.requirement("HUB-03")
class TestWhoseWord:
    @pytest.mark.parametrize(
        "changed",
        [{"can_consent": False}, {"age": 17}, {"age": 14, "mature": False}, {"objects": True}, {"harm": True}],
    )
    def test_not_of_one_who_does_not_dispose_of_it_alone(self, changed: dict[str, Any]) -> None:
        [fault] = whose_word(DisposalFacts(**{**ALONE, **changed}))
        assert "egen inloggning" in fault.message

    def test_of_one_who_does(self) -> None:
        assert list(whose_word(DisposalFacts(**ALONE))) == []


class TestEvident:
    @pytest.mark.parametrize(
        "said", [Said(None), Said(Form.ORAL), Said(Form.ORAL, witness=" "), Said(Form.PAPER, witness="Samir Haddad")]
    )
    def test_nothing_shows_it(self, said: Said) -> None:
        assert not said.evident

    @pytest.mark.parametrize(
        "said", [Said(Form.ORAL, witness="Samir Haddad"), Said(Form.PAPER, scan=ScanFile("image/png", b"x"))]
    )
    def test_something_shows_it(self, said: Said) -> None:
        assert said.evident
