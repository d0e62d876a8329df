"""The one place that speaks HTTP: every error of the library below is told in our own words, and made-up data is refused."""

import asyncio
import ssl
from collections.abc import Callable, Iterator
from contextlib import suppress

import httpx
import pytest

from hub.kit import http
from hub.kit.http import Http, HttpError, HttpFault
from tests.support.waiting import LIMIT_S

ADDRESS = "https://hemlig-adress.example/19860412"


def every(kind: type[Exception]) -> Iterator[type[Exception]]:
    """The exception classes of httpx below `kind`, and it."""
    yield kind
    for each in kind.__subclasses__():
        yield from every(each)


ROOTS: tuple[type[Exception], ...] = (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, httpx.CookieConflict)
ERRORS = sorted({each for root in ROOTS for each in every(root)}, key=lambda each: each.__name__)


def answering(reply: Callable[[httpx.Request], httpx.Response], *, made_up_allowed: bool = False) -> Http:
    made = Http("prov", made_up_allowed=made_up_allowed)
    made._client = httpx.AsyncClient(transport=httpx.MockTransport(reply))
    return made


def made(kind: type[Exception]) -> Exception:
    """An error of that kind, with an address in its text, as the library's own often have."""
    if issubclass(kind, httpx.HTTPStatusError):
        return kind(ADDRESS, request=httpx.Request("GET", ADDRESS), response=httpx.Response(500))
    if kind in {httpx.StreamConsumed, httpx.StreamClosed, httpx.ResponseNotRead, httpx.RequestNotRead}:
        return kind()
    return kind(ADDRESS)


def test_the_roots_are_all_that_httpx_can_raise() -> None:
    public = {each for each in vars(httpx).values() if isinstance(each, type) and issubclass(each, Exception)}
    assert public <= set(ERRORS)
    assert len(ERRORS) > 20


@pytest.mark.requirement("HUB-05")
@pytest.mark.parametrize("kind", ERRORS, ids=lambda each: each.__name__)
async def test_every_error_of_the_library_is_told_in_our_own_words(kind: type[Exception]) -> None:
    def fail(_: httpx.Request) -> httpx.Response:
        raise made(kind)

    asking = answering(fail)
    with pytest.raises(HttpError) as told:
        await asking.send("GET", ADDRESS)
    assert "hemlig" not in str(told.value)
    assert told.value.__cause__ is None
    await asking.close()


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (httpx.ConnectTimeout(""), HttpFault.UNREACHABLE),
        (httpx.PoolTimeout(""), HttpFault.UNREACHABLE),
        (httpx.ConnectError(""), HttpFault.UNREACHABLE),
        (httpx.ConnectError("[SSL: CERTIFICATE_VERIFY_FAILED]"), HttpFault.CERTIFICATE),
        (httpx.ReadError("[SSL: TLSV13_ALERT_CERTIFICATE_REQUIRED]"), HttpFault.CERTIFICATE),
        (httpx.UnsupportedProtocol(""), HttpFault.UNREACHABLE),
        (httpx.InvalidURL(""), HttpFault.UNREACHABLE),
        (httpx.ReadTimeout(""), HttpFault.SILENT),
        (httpx.WriteTimeout(""), HttpFault.SILENT),
        (httpx.RemoteProtocolError(""), HttpFault.BROKEN),
        (httpx.DecodingError(""), HttpFault.BROKEN),
        (httpx.ReadError(""), HttpFault.BROKEN),
    ],
)
async def test_what_went_wrong_has_one_name(error: Exception, fault: HttpFault) -> None:
    def fail(_: httpx.Request) -> httpx.Response:
        raise error

    with pytest.raises(HttpError) as told:
        await answering(fail).send("GET", ADDRESS)
    assert told.value.fault is fault


async def test_a_fault_of_tls_deep_below_is_a_certificate() -> None:
    def fail(_: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("") from ssl.SSLError("deep below")

    with pytest.raises(HttpError) as told:
        await answering(fail).send("GET", ADDRESS)
    assert told.value.fault is HttpFault.CERTIFICATE


async def test_more_than_the_largest_is_not_read() -> None:
    asking = answering(lambda _: httpx.Response(200, content=b"x" * 11))
    asking._largest = 10
    with pytest.raises(HttpError) as told:
        await asking.send("GET", ADDRESS)
    assert told.value.fault is HttpFault.TOO_LARGE


@pytest.mark.requirement("HUB-05")
async def test_made_up_answers_are_refused_unless_allowed() -> None:
    def reply(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, headers={"X-Pahittade-Uppgifter": "ja"}, content=b"{}")

    with pytest.raises(HttpError) as told:
        await answering(reply).send("GET", ADDRESS)
    assert told.value.fault is HttpFault.MADE_UP
    assert (await answering(reply, made_up_allowed=True).send("GET", ADDRESS)).body == b"{}"


async def test_a_reply_tells_its_type_charset_and_when_to_come_back() -> None:
    headers = {"Content-Type": 'Application/JSON; Charset="UTF-8"', "Retry-After": "7"}
    reply = await answering(lambda _: httpx.Response(429, headers=headers)).send("POST", ADDRESS, content=b"{}")
    assert (reply.status, reply.media_type, reply.charset, reply.retry_after) == (429, "application/json", "utf-8", 7)
    bare = http.Reply(200, {"retry-after": "Wed, 21 Oct 2026 07:28:00 GMT"}, b"")
    assert (bare.media_type, bare.charset, bare.retry_after) == ("", "", None)


@pytest.mark.requirement("HUB-05")
async def test_one_who_stops_waiting_in_the_midst_of_tls_leaves_no_connection_behind() -> None:
    """An agency that accepts and then says nothing, and a question whose time is up before TLS is agreed on."""
    greeted, gone = asyncio.Queue[None](), asyncio.Queue[None]()

    async def say_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        greeted.put_nowait(None)
        with suppress(ConnectionError):
            await reader.read()
        gone.put_nowait(None)
        writer.close()

    async with await asyncio.start_server(say_nothing, "127.0.0.1", 0) as server:
        asking = Http("prov")
        address = f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        questions = [asyncio.create_task(asking.send("GET", address)) for _ in range(20)]
        for _ in questions:
            await greeted.get()
        for each in questions:
            each.cancel()
        await asyncio.gather(*questions, return_exceptions=True)
        async with asyncio.timeout(LIMIT_S):
            for _ in questions:
                await gone.get()
        await asking.close()
