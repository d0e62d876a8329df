"""The policy inside the process: every trap of its engine, met on purpose."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec
import pytest
import wasmtime

from hub.access import guest_call, wasm
from hub.access.engine import EngineDown, EngineEmpty, EngineError, EngineFailure, EngineMalformed
from hub.access.wasm import MAX_QUESTION, MEMORY, WasmEngine
from tests.hub.access.engines.guests import NO, TOY, YES, fake

PERMIT, DENY = b'{"outcome":"permit"}', b'{"outcome":"deny"}'


@pytest.fixture
def engine() -> WasmEngine:
    return WasmEngine.load(TOY / "toy.wasm")


def text_of(length: int) -> bytes:
    """Return a question of exactly `length` bytes."""
    return b'{"word":"' + b"x" * (length - 11) + b'"}'


@pytest.mark.requirement("HUB-01")
class TestNothingIsDecided:
    async def test_when_the_policy_has_no_such_question(self, engine: WasmEngine) -> None:
        with pytest.raises(EngineMalformed):
            await engine.evaluate("toy/nothing", YES)

    async def test_when_the_rule_is_undefined(self, engine: WasmEngine) -> None:
        with pytest.raises(EngineEmpty):
            await engine.evaluate("toy/undefined", YES)

    async def test_when_the_question_is_too_long_and_the_memory_is_left_alone(self, engine: WasmEngine) -> None:
        assert await engine.evaluate("toy/answer", text_of(MAX_QUESTION)) == DENY
        with pytest.raises(EngineMalformed):
            await engine.evaluate("toy/answer", text_of(MAX_QUESTION + 1))
        with pytest.raises(EngineMalformed):
            await engine.evaluate("toy/answer", b"x" * 2 * MEMORY)
        assert await engine.evaluate("toy/answer", YES) == PERMIT

    @pytest.mark.parametrize("broken", [b"", b"{", b'{"word":yes}', b"\xff\xfe"])
    async def test_when_the_question_is_not_json(self, engine: WasmEngine, broken: bytes) -> None:
        """To the policy it is then a question without facts, which permits nothing."""
        assert await engine.evaluate("toy/answer", broken) == DENY

    async def test_when_the_memory_is_not_enough(self, engine: WasmEngine) -> None:
        texts = msgspec.json.encode({"texts": ["x" * 1000 + str(n) for n in range(100)]})
        with pytest.raises(EngineError):
            await engine.evaluate("toy/explode", texts)

    @pytest.mark.parametrize(
        "module",
        [
            fake('{"result":true}'),
            fake('[{"outcome":true}]'),
            fake('[{"result":true}'),
        ],
    )
    async def test_when_the_result_set_has_another_form(self, module: bytes) -> None:
        with pytest.raises(EngineMalformed):
            await WasmEngine(module).evaluate("toy/answer", YES)

    @pytest.mark.parametrize("at", [0, -1, MEMORY, MEMORY + 4096])
    async def test_when_the_answer_lies_outside_the_memory(self, at: int) -> None:
        with pytest.raises(EngineError):
            await WasmEngine(fake(at=at)).evaluate("toy/answer", YES)

    async def test_when_the_policy_aborts(self) -> None:
        with pytest.raises(EngineError):
            await WasmEngine(fake(body="(call $abort (i32.const 0))")).evaluate("toy/answer", YES)


class TestAfterATrap:
    @pytest.mark.parametrize("broken", [b"[" * 40_000, b"[" * 200_000])
    async def test_every_later_decision_is_as_before(self, engine: WasmEngine, broken: bytes) -> None:
        for _ in range(3):
            with pytest.raises(EngineError):
                await engine.evaluate("toy/answer", broken)
            assert await engine.evaluate("toy/answer", YES) == PERMIT
            assert await engine.evaluate("toy/answer", NO) == DENY

    async def test_the_instance_is_another(self, engine: WasmEngine) -> None:
        before = engine._guest
        with pytest.raises(EngineError):
            await engine.evaluate("toy/answer", b"[" * 40_000)
        assert engine._guest is not before


@pytest.mark.requirement("HUB-01")
class TestAPolicyThatCannotBeTrustedIsNotLoaded:
    @pytest.mark.parametrize(
        ("module", "data"),
        [
            (b"no wasm", b"{}"),
            (b"", b"{}"),
            (bytes(wasmtime.wat2wasm("(module)")), b"{}"),
            (fake(memory=1 + MEMORY // 65536), b"{}"),
            (fake(entry_points="[1]"), b"{}"),
            (fake(builtins='{"sprintf":0}'), b"{}"),
            (fake(entry_points='{"toy/answer":1}'), b"{}"),
            (fake(eval_takes="i32 i32 i32 i32 i32"), b"{}"),
            (fake(revision='[{"result":""}]'), b"{}"),
            (fake(revision='[{"result":7}]'), b"{}"),
            (fake(revision="[]"), b"{}"),
            (fake(), b"{"),
        ],
    )
    def test_it_says_so(self, module: bytes, data: bytes) -> None:
        with pytest.raises(EngineFailure):
            WasmEngine(module, data)

    def test_a_missing_file_too(self, tmp_path: Path) -> None:
        with pytest.raises(EngineDown):
            WasmEngine.load(tmp_path / "policy.wasm")

    def test_a_host_builtin_is_named(self) -> None:
        with pytest.raises(EngineDown, match="sprintf"):
            WasmEngine(fake(builtins='{"sprintf":0}'))


class TestWhatIsDecided:
    async def test_one_question_has_one_answer(self, engine: WasmEngine) -> None:
        assert await engine.evaluate("toy/answer", YES) == PERMIT
        assert await engine.evaluate("toy/answer", NO) == DENY

    async def test_a_list_has_an_answer_for_each_in_order(self, engine: WasmEngine) -> None:
        answers = await engine.evaluate("toy/answers", b"[" + b",".join([NO, YES, NO]) + b"]")
        assert answers == b"[" + b",".join([DENY, PERMIT, DENY]) + b"]"

    async def test_after_it_is_closed_nothing_is_decided(self, engine: WasmEngine) -> None:
        await engine.close()
        with pytest.raises(EngineMalformed):
            await engine.evaluate("toy/answer", YES)

    async def test_without_data_of_its_own_the_policy_has_none(self) -> None:
        alone = WasmEngine((TOY / "toy.wasm").read_bytes())
        assert await alone.evaluate("toy/answer", YES) == DENY

    async def test_the_policy_says_which_it_is(self, engine: WasmEngine) -> None:
        assert engine.revision == "toy1"

    async def test_a_policy_without_a_data_file_is_loaded_without_data(self, tmp_path: Path) -> None:
        (tmp_path / "policy.wasm").write_bytes(fake())
        assert WasmEngine.load(tmp_path / "policy.wasm").revision == "fake1"

    async def test_the_memory_never_moves_nor_grows(self, engine: WasmEngine) -> None:
        guest = engine._guest
        memory = guest._exports["memory"]
        assert isinstance(memory, wasmtime.Memory)
        base = guest._base
        for length in (11, 1000, MAX_QUESTION):
            await engine.evaluate("toy/answer", text_of(length))
        assert memory.data_len(guest._store) == MEMORY
        assert wasm.ctypes.addressof(memory.data_ptr(guest._store).contents) == base

    def test_two_threads_take_turns(self, engine: WasmEngine) -> None:
        def many(question: bytes) -> set[bytes]:
            return {asyncio.run(engine.evaluate("toy/answer", question)) for _ in range(200)}

        with ThreadPoolExecutor(4) as threads:
            found = list(threads.map(many, [YES, NO, YES, NO]))
        assert found == [{PERMIT}, {DENY}, {PERMIT}, {DENY}]


class TestAnotherLayerUnderneath:
    """wasmtime's C layer is known for one version; any other gets its public call."""

    @pytest.fixture
    def engine(self, monkeypatch: pytest.MonkeyPatch) -> WasmEngine:
        monkeypatch.setattr(guest_call, "LAYER", "47.0.0")
        return WasmEngine.load(TOY / "toy.wasm")

    async def test_decides_the_same(self, engine: WasmEngine) -> None:
        assert await engine.evaluate("toy/answer", YES) == PERMIT
        assert await engine.evaluate("toy/answer", NO) == DENY

    async def test_and_lives_through_a_trap(self, engine: WasmEngine) -> None:
        with pytest.raises(EngineError):
            await engine.evaluate("toy/answer", b"[" * 40_000)
        assert await engine.evaluate("toy/answer", YES) == PERMIT

    def test_the_known_one_is_the_installed_one(self) -> None:
        assert guest_call.LAYER == guest_call.KNOWN_LAYER
