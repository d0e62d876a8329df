"""The policy inside the process: OPA's WebAssembly (ABI 1.2) on wasmtime, one guest call a decision.

The question is written straight into the guest's memory at the heap's base. What a mistake here would break, each
with its test in tests/hub/access/engines/test_wasm.py: a question longer than MAX_QUESTION never touches the memory;
one thread at a time uses an instance; after a trap the instance is thrown away; the memory's minimum is its maximum, so
that its base never moves; the module may import no host built-in.
"""

import ctypes
from pathlib import Path
from threading import Lock
from typing import Any, Final, cast

import msgspec
import wasmtime

from hub.access.engine import REVISION, EngineDown, EngineEmpty, EngineError, EngineMalformed, revision_of
from hub.access.guest_call import opa_eval

MAX_QUESTION: Final = 256 * 1024
MEMORY: Final = 16 * 1024 * 1024
_BEFORE, _AFTER, _NOTHING = b'[{"result":', b"}]", b"[]"
#: What the module asks of its host. It is WebAssembly itself, so that a policy that aborts or calls out traps.
_HOST: Final = f"""(module
  (memory (export "memory") {MEMORY >> 16} {MEMORY >> 16})
  (func (export "opa_abort") (param i32) unreachable)
  (func (export "opa_println") (param i32))
  (func (export "opa_builtin0") (param i32 i32) (result i32) unreachable)
  (func (export "opa_builtin1") (param i32 i32 i32) (result i32) unreachable)
  (func (export "opa_builtin2") (param i32 i32 i32 i32) (result i32) unreachable)
  (func (export "opa_builtin3") (param i32 i32 i32 i32 i32) (result i32) unreachable)
  (func (export "opa_builtin4") (param i32 i32 i32 i32 i32 i32) (result i32) unreachable))"""


class _Guest:
    """One instance of the policy. Of no use after a trap, and for one thread at a time."""

    def __init__(self, engine: wasmtime.Engine, host: wasmtime.Module, policy: wasmtime.Module, data: bytes) -> None:
        self._store, linker = wasmtime.Store(engine), wasmtime.Linker(engine)
        hosted = wasmtime.Instance(self._store, host, [])
        linker.define_instance(self._store, "env", hosted)
        self._exports = linker.instantiate(self._store, policy).exports(self._store)
        memory = cast(wasmtime.Memory, hosted.exports(self._store)["memory"])
        self._base = ctypes.addressof(memory.data_ptr(self._store).contents)
        self.entry_points, self.builtins = self._table("entrypoints"), self._table("builtins")
        self._eval = opa_eval(self._store, self._exports["opa_eval"], self._parsed(data))
        self._heap = self._call("opa_heap_ptr_get")

    def close(self) -> None:
        """Give the instance's memory back."""
        self._store.close()

    def answer(self, entry_point: int, question: bytes) -> bytes:
        """Return the result set that the policy makes of `question`, as JSON."""
        ctypes.memmove(self._base + self._heap, question, len(question))
        free = self._heap + len(question) + 7 & ~7
        return self._text(self._eval(entry_point, self._heap, len(question), free))

    def _parsed(self, data: bytes) -> int:
        at = self._call("opa_malloc", len(data))
        ctypes.memmove(self._base + at, data, len(data))
        return self._call("opa_json_parse", at, len(data))

    def _table(self, name: str) -> dict[str, int]:
        return msgspec.json.decode(self._text(self._call("opa_json_dump", self._call(name))), type=dict[str, int])

    def _call(self, name: str, *arguments: int) -> int:
        called: Any = self._exports[name]
        return called(self._store, *arguments)

    def _text(self, at: int) -> bytes:
        if not 0 < at < MEMORY:
            raise EngineError("an answer outside the memory")
        return ctypes.string_at(self._base + at)


class WasmEngine:
    """The Engine port over one compiled policy and its data. Raises EngineDown when they can't be trusted to decide."""

    def __init__(self, module: bytes, data: bytes = b"{}") -> None:
        self._data, self._lock = data, Lock()
        try:
            msgspec.json.decode(data)
            self._engine = wasmtime.Engine()
            self._host = wasmtime.Module(self._engine, _HOST)
            self._policy = wasmtime.Module(self._engine, module)
            self._guest = self._instance()
        except (wasmtime.WasmtimeError, wasmtime.Trap, EngineError, KeyError, msgspec.MsgspecError) as broken:
            raise EngineDown("the compiled policy can't be loaded") from broken
        if self._guest.builtins:
            raise EngineDown(f"the policy needs of its host: {sorted(self._guest.builtins)}")
        self._entry_points = self._guest.entry_points
        self.revision = revision_of(self._evaluate(REVISION, b"{}"))

    @classmethod
    def load(cls, module: Path) -> "WasmEngine":
        """Return the engine for `module` and, when there is one, the `.json` of the same name: the policy's data.

        Raises EngineDown when they can't be read or trusted.
        """
        data = module.with_suffix(".json")
        try:
            return cls(module.read_bytes(), data.read_bytes() if data.exists() else b"{}")
        except OSError as missing:
            raise EngineDown(f"{module} can't be read") from missing

    async def evaluate(self, question: str, payload: bytes) -> bytes:
        """Return the answer. Raises EngineMalformed (too long, no such question), EngineEmpty, EngineError (a trap)."""
        return self._evaluate(question, payload)

    async def close(self) -> None:
        """Give the memory back; the engine is of no use afterwards."""
        with self._lock:
            self._entry_points = dict[str, int]()
            self._guest.close()
            for held in (self._policy, self._host, self._engine):
                held.close()

    def _evaluate(self, question: str, payload: bytes) -> bytes:
        if len(payload) > MAX_QUESTION:
            raise EngineMalformed("the question is too long")
        with self._lock:
            entry_point = self._entry_points.get(question)
            if entry_point is None:
                raise EngineMalformed(f"the policy answers no {question}")
            try:
                result = self._guest.answer(entry_point, payload)
            except (wasmtime.WasmtimeError, wasmtime.Trap, EngineError) as trap:
                self._guest = self._instance()
                raise EngineError("the policy trapped") from trap
        return _unwrapped(result)

    def _instance(self) -> _Guest:
        return _Guest(self._engine, self._host, self._policy, self._data)


def _unwrapped(result: bytes) -> bytes:
    if result == _NOTHING:
        raise EngineEmpty("nothing was decided")
    if not (result.startswith(_BEFORE) and result.endswith(_AFTER)):
        raise EngineMalformed("the result set has another form")
    return result[len(_BEFORE) : -len(_AFTER)]
