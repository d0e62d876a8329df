"""Before the hub answers anybody: a known yes is a yes, a known no is a no, for every question."""

from pathlib import Path

import pytest

from hub.access.engine import EngineDown
from hub.access.questions import registry
from hub.access.selftest import SelfTestFailed, self_test
from hub.access.wasm import WasmEngine
from hub.settings import ROOT
from tests.fakes.engine import SetEngine, answer

POLICIES = ROOT / "policies"


def in_turn(*outcomes: str) -> SetEngine:
    return SetEngine(lambda number: answer(outcomes[number]))


@pytest.mark.requirement("HUB-01")
class TestTheHubDoesNotStart:
    @pytest.mark.parametrize(
        "engine",
        [
            pytest.param(in_turn("permit", "permit"), id="says yes to everything"),
            pytest.param(in_turn("deny", "deny"), id="says no to everything"),
            pytest.param(in_turn("deny", "permit"), id="says the opposite"),
            pytest.param(in_turn("permit", "undecided"), id="decides only half"),
            pytest.param(SetEngine(failure=EngineDown()), id="is not there"),
            pytest.param(SetEngine(raw=b"nonsense"), id="answers nonsense"),
            pytest.param(SetEngine(raw=b"[]"), id="answers nothing"),
        ],
    )
    async def test_with_an_engine_that(self, engine: SetEngine) -> None:
        with pytest.raises(SelfTestFailed):
            await self_test(engine, POLICIES)

    @pytest.mark.parametrize("content", [None, "{", "{}", '{"permit": {}}'])
    async def test_without_known_cases(self, tmp_path: Path, content: str | None) -> None:
        if content is not None:
            (tmp_path / next(iter(registry))).mkdir()
            (tmp_path / next(iter(registry)) / "example.json").write_text(content, "utf-8")
        with pytest.raises(SelfTestFailed):
            await self_test(in_turn("permit", "deny"), tmp_path)


class TestTheHubStarts:
    async def test_with_the_policy_that_is_committed(self) -> None:
        engine = WasmEngine.load(POLICIES / "build" / "policy.wasm")
        await self_test(engine, POLICIES)
        assert engine.revision

    async def test_when_every_question_has_been_tried(self) -> None:
        engine = in_turn("permit", "deny")
        await self_test(engine, POLICIES)
        assert engine.asked == [f"{question}/answers" for question in registry]
