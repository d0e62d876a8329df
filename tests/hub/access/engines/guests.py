"""Policies for the tests of the engines: a real one, small, and fakes in WebAssembly text that answer what they must."""

from pathlib import Path

import wasmtime

TOY = Path(__file__).parent / "toy"
YES, NO = b'{"word":"yes"}', b'{"word":"no"}'


def fake(
    answer: str = '[{"result":true}]',
    *,
    at: int = 4096,
    revision: str = '[{"result":"fake1"}]',
    builtins: str = "{}",
    entry_points: str = '{"revision/answer":0,"toy/answer":1}',
    memory: int = 2,
    body: str = "",
    eval_takes: str = "i32 i32 i32 i32 i32 i32 i32",
) -> bytes:
    """Return a module with the doors of OPA's ABI 1.2, whose `opa_eval` gives `answer` from address `at`."""

    def text(where: int, what: str) -> str:
        quoted = what.replace('"', '\\"')
        return f'(data (i32.const {where}) "{quoted}\\00")'

    return bytes(
        wasmtime.wat2wasm(f"""(module
      (import "env" "opa_abort" (func $abort (param i32)))
      (import "env" "memory" (memory {memory}))
      {text(1024, entry_points)} {text(2048, builtins)} {text(3072, revision)} {text(4096, answer)}
      (func (export "entrypoints") (result i32) i32.const 1024)
      (func (export "builtins") (result i32) i32.const 2048)
      (func (export "opa_json_dump") (param i32) (result i32) local.get 0)
      (func (export "opa_json_parse") (param i32 i32) (result i32) local.get 0)
      (func (export "opa_malloc") (param i32) (result i32) i32.const 8192)
      (func (export "opa_heap_ptr_get") (result i32) i32.const 65536)
      (func (export "opa_eval") (param {eval_takes}) (result i32)
        (if (i32.eqz (local.get 1)) (then (return (i32.const 3072))))
        {body}
        (i32.const {at})))""")
    )
