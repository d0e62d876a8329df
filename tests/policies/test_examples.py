"""The documented example of each question is one that can be asked, and gets the yes that its page says."""

import json
from pathlib import Path
from typing import Final

import pytest

from hub.access import questions
from tests.policies.engine import ask
from tests.policies.rules import POLICIES
from tests.policies.translate import Question

EXAMPLES: Final = Path(questions.__file__).parent / "examples"


@pytest.mark.parametrize("name", questions.registry)
class TestEachExample:
    def test_gets_a_yes(self, name: str) -> None:
        assert ask(Question(name, json.loads((EXAMPLES / f"{name}.json").read_bytes()))).permits

    def test_is_the_known_permit_that_the_hub_starts_with(self, name: str) -> None:
        known = json.loads((POLICIES / name / "example.json").read_bytes())
        assert known["permit"] == json.loads((EXAMPLES / f"{name}.json").read_bytes())

    def test_has_a_known_denial_beside_it(self, name: str) -> None:
        known = json.loads((POLICIES / name / "example.json").read_bytes())
        assert ask(Question(name, known["deny"])).outcome == "deny"

    def test_stands_on_the_page(self, name: str) -> None:
        assert f"`{name}.json`" in (EXAMPLES / "README.md").read_text("utf-8")
