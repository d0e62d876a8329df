"""An OPA server behind the same port, for operators who run one: signed bundles, decision logs, one policy for many.

The only file that knows opa-python-client and, through it, aiohttp: every error of theirs becomes an EngineFailure here
(tests/hub/access/engines/test_opa.py shows each). What its client can do and this must never do: retry (a decision that
failed is undecided), upload policy or data (they come as signed bundles), build a path from anything but a name.
"""

import re
import time
from collections.abc import Callable
from typing import Any, Final, Self, cast
from urllib.parse import urlsplit

import aiohttp
import msgspec
from opa_client.opa_async import AsyncOpaClient  # pyright: ignore[reportMissingTypeStubs]

from hub.access.engine import (
    REVISION,
    EngineDown,
    EngineEmpty,
    EngineError,
    EngineFailure,
    EngineMalformed,
    EngineTimeout,
    revision_of,
)
from hub.access.wasm import MAX_QUESTION

TIMEOUT_S: Final = 0.5
_PATH: Final = re.compile(r"([a-z_]+)/([a-z_]+)")


class Breaker:
    """Stops asking a server that has failed `limit` times in a row; after `pause_s` one call at a time tries again."""

    def __init__(self, limit: int = 5, pause_s: float = 5.0, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._limit, self._pause, self._monotonic = limit, pause_s, monotonic
        self._failures, self._closed_until = 0, 0.0

    def enter(self) -> None:
        """Raise EngineDown while nobody may ask."""
        if self._failures < self._limit:
            return
        now = self._monotonic()
        if now < self._closed_until:
            raise EngineDown("the OPA server has failed too often; waiting before the next try")
        self._closed_until = now + self._pause

    def failed(self) -> None:
        """Count a failure."""
        self._failures += 1
        self._closed_until = self._monotonic() + self._pause

    def answered(self) -> None:
        """Forget the failures: the server answers."""
        self._failures = 0


class OpaEngine:
    """The Engine port over one OPA server. Made with `open`, so that its connection pool is opened once."""

    def __init__(self, client: Any, breaker: Breaker) -> None:
        self._client, self._breaker = client, breaker
        self.revision = ""

    @classmethod
    async def open(cls, url: str, *, breaker: Breaker | None = None, timeout_s: float = TIMEOUT_S) -> Self:
        """Return an engine that asks the server at `url` (scheme, host and port, no path).

        Raises EngineDown when the URL is of another form, or the server isn't there with all its bundles.
        """
        client: Any = AsyncOpaClient(**_address(url), retries=0, timeout=timeout_s)
        await client.__aenter__()  # the client has no other way to stay open
        engine = cls(client, breaker or Breaker())
        try:
            await engine._take_revision()
        except EngineFailure:
            await engine.close()
            raise
        return engine

    async def ready(self) -> bool:
        """Tell whether the server has all its bundles."""
        return await self._client.check_health({"bundles": True})

    async def evaluate(self, question: str, payload: bytes) -> bytes:
        """Return the answer. Raises EngineMalformed, EngineEmpty (`{}`: undefined), EngineDown, EngineTimeout or
        EngineError; each means undecided."""
        path = _PATH.fullmatch(question)
        if path is None or len(payload) > MAX_QUESTION:
            raise EngineMalformed("not a question, or too long a one")
        self._breaker.enter()
        try:
            answer = await self._ask(path[1], path[2], payload)
        except (EngineDown, EngineTimeout, EngineError):
            self._breaker.failed()
            raise
        self._breaker.answered()
        return _result(answer)

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close_connection()

    async def _ask(self, package: str, rule: str, payload: bytes) -> object:
        # aiohttp's exceptions overlap (its timeouts are also connection errors): the order here matters.
        try:
            return await self._client.query_rule(msgspec.json.decode(payload), package, rule)
        except TimeoutError as late:
            raise EngineTimeout("no answer in time") from late
        except (aiohttp.ContentTypeError, ValueError) as foreign:
            raise EngineMalformed("what came back, or was to be sent, is not JSON") from foreign
        except aiohttp.ClientResponseError as status:
            raise EngineError(f"the OPA server answered {status.status}") from status
        except (aiohttp.ClientError, OSError, RuntimeError) as lost:
            raise EngineDown("the OPA server can't be reached") from lost

    async def _take_revision(self) -> None:
        if not await self.ready():
            raise EngineDown("the OPA server isn't there, or lacks a bundle")
        self.revision = revision_of(await self.evaluate(REVISION, b"{}"))


def _address(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path not in {"", "/"} or parts.query:
        raise EngineDown("the address of an OPA server is http(s)://host:port and nothing more")
    secure = parts.scheme == "https"
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return {"host": host, "port": parts.port or (443 if secure else 8181), "ssl": secure}


def _result(answer: object) -> bytes:
    if answer == {}:
        raise EngineEmpty("nothing was decided")
    if not isinstance(answer, dict) or "result" not in answer:
        raise EngineMalformed("an answer without a result")
    return msgspec.json.encode(cast(dict[str, object], answer)["result"])
