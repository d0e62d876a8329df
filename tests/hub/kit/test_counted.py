"""An answer that is longer or shorter than it says is refused, in words of its own, and never read as another's."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from hub.broker.port import FaultKind, fault_of
from hub.kit.counted import CountedStream
from hub.kit.http import Http, HttpError, HttpFault

pytestmark = pytest.mark.requirement("HUB-05")
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
BODY = b'{"vem": "Gunnar"}'


@asynccontextmanager
async def party(*answers: bytes) -> AsyncIterator[str]:
    """Yield the address of one that gives these answers, one for each question, over connections that it then ends."""
    left = iter(answers)

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(next(left))
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"


async def told(answer: bytes) -> HttpError:
    async with party(answer) as address:
        asking = Http("prov")
        with pytest.raises(HttpError) as error:
            await asking.send("GET", address)
        await asking.close()
    return error.value


@pytest.mark.parametrize(
    ("length", "cause"), [(len(BODY) - 5, "more"), (0, "more"), (len(BODY) + 1, "less"), (10**9, "less")]
)
async def test_another_length_than_it_says_is_refused_and_named(length: int, cause: str) -> None:
    error = await told(HEAD + b"Content-Length: %d\r\n\r\n" % length + BODY)
    assert (error.fault, cause in str(error)) == (HttpFault.WRONG_LENGTH, True)
    assert "Gunnar" not in str(error)
    named = fault_of(error)
    assert named.kind is FaultKind.WRONG_LENGTH
    assert named.told == "svarade med fel längd: det kom mer eller mindre än svaret självt säger"


@pytest.mark.parametrize(
    "answer",
    [
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n11\r\n" + BODY,
        HEAD + b"Content-Length: 17\r\nContent-Length: 18\r\n\r\n" + BODY,
        HEAD + b"Content-Length: mycket\r\n\r\n" + BODY,
    ],
    ids=["no last piece", "two lengths", "no number"],
)
async def test_what_says_no_length_that_can_be_held_against_it_is_broken(answer: bytes) -> None:
    assert (await told(answer)).fault is HttpFault.BROKEN


@pytest.mark.parametrize(
    "answer",
    [
        HEAD + b"Content-Length: 17\r\n\r\n" + BODY,
        HEAD + b"\r\n" + BODY,
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n11\r\n" + BODY + b"\r\n0\r\n\r\n",
        b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" + HEAD + b"Content-Length: 17\r\n\r\n" + BODY,
    ],
    ids=["counted", "until it ends", "in pieces", "after a hint"],
)
async def test_what_is_as_long_as_it_says_is_read(answer: bytes) -> None:
    async with party(answer, answer) as address:
        asking = Http("prov")
        for _ in range(2):
            assert (await asking.send("GET", address)).body == BODY
        await asking.close()


async def test_it_counts_however_it_comes_and_from_the_start_for_each_question() -> None:
    stream = CountedStream(Brings([HEAD[:20], HEAD[20:] + b"\r", b"\n{", b"}", HEAD + b"\r\n"]))
    counts = [(await stream.read(100), stream.after)[1] for _ in range(4)]
    assert counts == [0, 0, 1, 2]
    await stream.write(b"GET / HTTP/1.1\r\n\r\n")
    await stream.read(100)
    assert stream.after == 0


class Brings:
    """A connection that brings these pieces."""

    def __init__(self, pieces: list[bytes]) -> None:
        self._pieces = iter(pieces)

    async def read(self, _: int) -> bytes:
        return next(self._pieces)

    async def write(self, _: bytes) -> None:
        """Take what is sent."""
