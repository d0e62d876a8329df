"""The port that every policy engine answers behind, and the one family of errors that may come out of it.

EngineFailure                     nothing could be decided; permits nothing (HUB-01)
├── EngineDown       engine_down       no engine: refused, unreachable, not loaded, circuit open
├── EngineTimeout    engine_timeout    no answer in time
├── EngineEmpty      engine_empty      the engine answered, but decided nothing (an undefined rule, `{}`)
├── EngineMalformed  engine_malformed  what came back, or what was to be sent, is not what it must be
└── EngineError      engine_error      any other fault: a trap, HTTP 500
"""

from typing import ClassVar, Final, Protocol

import msgspec

#: The entry point where a policy says which one it is.
REVISION: Final = "revision/answer"


class EngineFailure(Exception):
    """The engine gave no decision. `code` goes into the answer, which is then `undecided`."""

    code: ClassVar[str] = "engine_error"


class EngineDown(EngineFailure):
    code = "engine_down"


class EngineTimeout(EngineFailure):
    code = "engine_timeout"


class EngineEmpty(EngineFailure):
    code = "engine_empty"


class EngineMalformed(EngineFailure):
    code = "engine_malformed"


class EngineError(EngineFailure):
    code = "engine_error"


class Engine(Protocol):
    """Evaluates questions with one revision of the policy.

    `revision` names the policy that decides: the digest of its sources, in the ledger with every decision, so that the
    decision can be replayed.
    """

    @property
    def revision(self) -> str: ...

    async def evaluate(self, question: str, payload: bytes) -> bytes:
        """Return what `question` answers to `payload`, as JSON.

        `question` is the path of an entry point, `see_person/answer` for one question or `see_person/answers` for a
        list; `payload` is the question, or the list, encoded strictly as JSON. Raises EngineFailure.
        """
        ...

    async def close(self) -> None:
        """Let go of what the engine holds."""
        ...


def revision_of(answer: bytes) -> str:
    """Return the revision that a policy has answered REVISION with. Raises EngineMalformed when it says none."""
    try:
        revision = msgspec.json.decode(answer, type=str)
    except msgspec.MsgspecError as other:
        raise EngineMalformed("the policy doesn't say which revision it is") from other
    if not revision:
        raise EngineMalformed("the policy doesn't say which revision it is")
    return revision
