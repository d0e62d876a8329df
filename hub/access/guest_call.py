"""Calling `opa_eval`: through wasmtime-py's C layer where it is the one we know, else through its public call.

wasmtime-py asks for a function's type at every call, which costs six times as much as the decision. Here argument and
result arrays are made once and `wasmtime_func_call` is called directly.
"""

import ctypes
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import version
from typing import Any, Final

import wasmtime

#: The version whose C layer `_direct` knows; pyproject.toml pins it.
KNOWN_LAYER: Final = "46.0.1"
LAYER = version("wasmtime")
_I32: Final = 0  # WASMTIME_I32 of wasmtime/val.h

#: Entry point, where the question lies, its length, the free memory after it → where the answer lies.
Eval = Callable[[int, int, int, int], int]


def opa_eval(store: Any, function: Any, data_at: int) -> Eval:
    """Return `function`, an `opa_eval` of ABI 1.2, with the policy's data bound. It raises Trap or WasmtimeError."""
    return (_direct if LAYER == KNOWN_LAYER else _public)(store, function, data_at)


def _public(store: Any, function: Any, data_at: int) -> Eval:
    def evaluate(entry_point: int, at: int, length: int, free: int) -> int:
        return function(store, 0, entry_point, data_at, at, length, free, 0)

    return evaluate


def _direct(store: Any, function: Any, data_at: int) -> Eval:
    layer: Any = import_module("wasmtime._bindings")
    pointer: Any = ctypes.POINTER
    arguments, results = (layer.wasmtime_val_t * 7)(), (layer.wasmtime_val_t * 1)()
    for argument in arguments:
        argument.kind = _I32
    arguments[2].of.i32 = data_at
    at_, length_, free_ = arguments[3].of, arguments[4].of, arguments[5].of
    entry_point_, answer = arguments[1].of, results[0]
    trap = pointer(layer.wasm_trap_t)()
    fixed = (store._context(), ctypes.byref(function._func), arguments, 7, results, 1, ctypes.byref(trap))  # noqa: SLF001
    call = layer._wasmtime_func_call  # noqa: SLF001
    errors: Any = wasmtime.WasmtimeError
    traps: Any = wasmtime.Trap

    def evaluate(entry_point: int, at: int, length: int, free: int) -> int:
        entry_point_.i32, at_.i32, length_.i32, free_.i32 = entry_point, at, length, free
        # An error or trap is freed by the exception that takes it over; the pointer is never used again, since the
        # instance is thrown away (a trap pointer left standing fails every later call).
        if error := call(*fixed):
            raise errors._from_ptr(error)  # noqa: SLF001
        if trap:
            raise traps._from_ptr(trap)  # noqa: SLF001
        return answer.of.i32

    return evaluate
