"""Before the hub answers anybody: the loaded engine must permit what is known to be permitted and refuse the rest.

The known cases lie beside each question, in `policies/<question>/example.json`: `{"permit": …, "deny": …}`. An engine that
says yes or no to everything, that lacks a question, or whose layer under it has changed, is found here.
"""

from pathlib import Path

import msgspec

from hub.access.engine import Engine, EngineFailure
from hub.access.questions import Answer, registry


class SelfTestFailed(RuntimeError):
    """The engine doesn't decide as it must; the hub may not start."""


class Examples(msgspec.Struct, frozen=True):
    """A known yes and a known no of one question, as JSON."""

    permit: msgspec.Raw
    deny: msgspec.Raw


def examples_of(question: str, policies: Path) -> Examples:
    """Return the known cases of `question`. Raises SelfTestFailed when there are none."""
    try:
        return msgspec.json.decode((policies / question / "example.json").read_bytes(), type=Examples)
    except (OSError, msgspec.MsgspecError) as missing:
        raise SelfTestFailed(f"{question} has no known permit and denial to be tried with") from missing


async def self_test(engine: Engine, policies: Path) -> None:
    """Raise SelfTestFailed unless `engine` permits the known permit and denies the known denial of every question."""
    for question in registry:
        known = examples_of(question, policies)
        payload = b"[" + bytes(known.permit) + b"," + bytes(known.deny) + b"]"
        try:
            answers = msgspec.json.decode(await engine.evaluate(f"{question}/answers", payload), type=list[Answer])
        except (EngineFailure, msgspec.MsgspecError) as failure:
            raise SelfTestFailed(f"{question} can't be decided") from failure
        if [answer.outcome for answer in answers] != ["permit", "deny"]:
            raise SelfTestFailed(f"{question}: a known yes and a known no came out otherwise")
