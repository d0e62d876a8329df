"""How much has come after the head of an answer: the library reads as far as an answer says that it goes, and tells
nothing of what came beyond, which on a kept connection would be taken for the answer to the next question.
"""

import re
from typing import Any, Final, Self

import httpx

#: Where a head ends, as the library below has it.
_END: Final = re.compile(rb"\n\r?\n")
#: The heads that come before the one of the answer (RFC 9110 15.2).
_INTERIM: Final = re.compile(rb"HTTP/1\.[01] 1")


class CountedStream:
    """A connection. `after`: bytes that have come after the head of the answer to what was last sent."""

    def __init__(self, stream: Any) -> None:
        self._stream, self._head, self._inside, self.after = stream, b"", False, 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    async def write(self, *sent: Any, **more: Any) -> None:
        """Send a part of a question: what comes from now on belongs to its answer."""
        self._head, self._inside, self.after = b"", False, 0
        await self._stream.write(*sent, **more)

    async def read(self, *told: Any, **more: Any) -> bytes:
        """Return what has come."""
        piece: bytes = await self._stream.read(*told, **more)
        if self._inside:
            self.after += len(piece)
        else:
            self._look_for_the_end(self._head + piece)
        return piece

    async def start_tls(self, *told: Any, **more: Any) -> Self:
        """Return the connection with TLS on it, counted too."""
        return type(self)(await self._stream.start_tls(*told, **more))

    def _look_for_the_end(self, head: bytes) -> None:
        found = _END.search(head)
        while found and _INTERIM.match(head):
            head = head[found.end() :]
            found = _END.search(head)
        self._head = b"" if found else head
        if found:
            self._inside, self.after = True, len(head) - found.end()


class _CountedBackend:
    """What makes the library's connections, counted."""

    def __init__(self, backend: Any) -> None:
        self._backend = backend

    async def connect_tcp(self, *told: Any, **more: Any) -> CountedStream:
        return CountedStream(await self._backend.connect_tcp(*told, **more))


def counted(client: httpx.AsyncClient) -> httpx.AsyncClient:
    """Have every connection of `client` counted.

    The library below makes its connections through a backend that it can be given; the one above gives no way to it.
    """
    transport: Any = client._transport  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
    pool = transport._pool  # noqa: SLF001
    pool._network_backend = _CountedBackend(pool._network_backend)  # noqa: SLF001
    return client


def holds_more(answer: httpx.Response) -> bool:
    """Whether more has come than the answer, read to its end, says that it holds."""
    stream = answer.extensions.get("network_stream")
    if not isinstance(stream, CountedStream) or "transfer-encoding" in answer.headers:
        return False
    return stream.after > answer.num_bytes_downloaded


def holds_less(answer: httpx.Response) -> bool:
    """Whether less has come than the answer says that it holds."""
    told = answer.headers.get("content-length", "")
    return told.isascii() and told.isdecimal() and int(told) > answer.num_bytes_downloaded
