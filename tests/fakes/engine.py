"""An engine that answers what it was told to, or fails as it was told to."""

from collections.abc import Callable

import msgspec

from hub.access.engine import EngineFailure
from hub.access.questions import Answer


def answer(
    outcome: str = "permit", *, refusals: list[str] | None = None, obligations: list[str] | None = None
) -> Answer:
    """Return an answer as an engine would give it."""
    return msgspec.convert(
        {
            "outcome": outcome,
            "grounds": [],
            "refusals": [{"code": code, "category": "", "law": "", "text": code} for code in refusals or []],
            "obligations": [{"code": code, "category": ""} for code in obligations or []],
            "categories": [],
            "revision": "",
        },
        Answer,
    )


class SetEngine:
    """Gives each question `answers(number)`, raises what it is told to, or returns `raw` as it is."""

    revision = "test"

    def __init__(
        self,
        give: Callable[[int], Answer] = lambda _: answer(),
        *,
        failure: EngineFailure | None = None,
        raw: bytes | None = None,
    ) -> None:
        self._give, self._failure, self._raw = give, failure, raw
        self.asked: list[str] = []

    async def evaluate(self, question: str, payload: bytes) -> bytes:
        self.asked.append(question)
        if self._failure:
            raise self._failure
        count = len(msgspec.json.decode(payload))
        return self._raw if self._raw is not None else msgspec.json.encode([self._give(n) for n in range(count)])

    async def close(self) -> None:
        """Nothing is held."""
