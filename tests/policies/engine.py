"""The compiled policy, asked one question as the hub asks it."""

import asyncio
from functools import cache
from typing import Any, Final

import msgspec

from hub.access.questions import Answer, read
from hub.access.wasm import WasmEngine
from tests.policies.rules import POLICIES
from tests.policies.translate import Question

_LIST: Final = msgspec.json.Decoder(list[Answer])


@cache
def engine() -> WasmEngine:
    return WasmEngine.load(POLICIES / "build" / "policy.wasm")


def ask(question: Question) -> Answer:
    """Return the policy's answer; a question that isn't whole is undecided before any policy is asked."""
    try:
        facts = read(question.name, msgspec.json.encode(question.facts))
    except msgspec.ValidationError as wrong:
        return Answer.undecided("missing_fact" if _is_missing(str(wrong)) else "malformed")
    return _LIST.decode(_evaluate(question.name, [facts]))[0]


def put(name: str, questions: list[Any]) -> list[dict[str, Any]]:
    """Return the policy's answers, as they come, to questions that nobody has checked. Raises EngineFailure."""
    return msgspec.json.decode(_evaluate(name, questions))


def _evaluate(name: str, questions: list[Any]) -> bytes:
    return asyncio.run(engine().evaluate(f"{name}/answers", msgspec.json.encode(questions)))


def _is_missing(wrong: str) -> bool:
    return "missing required" in wrong or "got `null`" in wrong
