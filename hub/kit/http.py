"""The one place that speaks HTTP to others: limits, timeouts, certificates, tracing, and the choice of library stand here.

`client` is for what needs the library's own client (Authlib). Everything else uses `Http`: one request, one `Reply`
that is whole, and one kind of error for all that can go wrong below it.
"""

import re
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

import httpx
import structlog
from cryptography import x509

from hub.kit import tracing
from hub.kit.counted import counted, holds_less, holds_more

#: Seconds. An agency that has not answered by then is named as silent rather than waited for.
TIMEOUT = httpx.Timeout(10.0, connect=3.0)
LIMITS = httpx.Limits(max_connections=50, max_keepalive_connections=20)
#: Bytes. More than this nobody has to say about one individual.
LARGEST_ANSWER: Final = 5_000_000
#: What a sandbox agency writes on every reply (`adapters/sandbox`).
MADE_UP: Final = "x-pahittade-uppgifter"
_log = structlog.get_logger()


class HttpFault(StrEnum):
    """What went wrong between us and them."""

    UNREACHABLE = "unreachable"
    SILENT = "silent"
    CERTIFICATE = "certificate"
    BROKEN = "broken"
    TOO_LARGE = "too_large"
    WRONG_LENGTH = "wrong_length"
    MADE_UP = "made_up"


class HttpError(Exception):
    """No whole answer came. `fault` says why; the text names no address and nothing of what was sent."""

    def __init__(self, fault: HttpFault, cause: str = "") -> None:
        super().__init__(f"{fault.value} {cause}".strip())
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer. Header names are lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        """The content type without its parameters, lower case."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str:
        """The charset that the content type names, lower case, "" when it names none."""
        found = re.search(r"charset\s*=\s*\"?([\w.:-]+)", self.headers.get("content-type", ""), re.IGNORECASE)
        return found.group(1).lower() if found else ""

    @property
    def retry_after(self) -> int | None:
        """Seconds to wait, when the other side has said so in seconds."""
        told = self.headers.get("retry-after", "")
        return int(told) if told.isascii() and told.isdecimal() else None


@dataclass(frozen=True, slots=True)
class Tls:
    """Whom we trust and who we are: files in PEM form. Without `authority` the machine's own authorities are used."""

    authority: Path | None = None
    certificate: Path | None = None
    key: Path | None = None

    def context(self) -> ssl.SSLContext:
        """Return the context; raises OSError or ssl.SSLError when a file isn't there or isn't what it should be."""
        made = ssl.create_default_context(cafile=str(self.authority) if self.authority else None)
        made.minimum_version = ssl.TLSVersion.TLSv1_2
        if self.certificate:
            made.load_cert_chain(self.certificate, self.key)
        return made

    def last_day(self) -> date | None:
        """Return the last day of our own certificate, None without one."""
        if self.certificate is None:
            return None
        return x509.load_pem_x509_certificate(self.certificate.read_bytes()).not_valid_after_utc.date()


def client(*, timeout: httpx.Timeout = TIMEOUT, tls: ssl.SSLContext | bool = True) -> httpx.AsyncClient:
    """Return a client that follows no redirect and reads no proxy, `.netrc` or certificate out of the environment."""
    return httpx.AsyncClient(
        timeout=timeout,
        limits=LIMITS,
        follow_redirects=False,
        trust_env=False,
        verify=tls,
        event_hooks={"request": [_watch_connecting]},
    )


async def _watch_connecting(request: httpx.Request) -> None:
    request.extensions = {**request.extensions, "trace": _Connecting().heard}


class _Connecting:
    """Closes a connection whose TLS was never agreed on, also when whoever asked stopped waiting meanwhile.

    The library closes it when the handshake fails, but not when it is cancelled: an agency that accepts connections
    and says nothing would cost us one descriptor for each question that ran out of time.
    """

    def __init__(self) -> None:
        self._stream: Any = None

    async def heard(self, event: str, told: dict[str, Any]) -> None:
        """Take note of what the library says that it has done."""
        if event == "connection.connect_tcp.complete":
            self._stream = told["return_value"]
        elif event == "connection.start_tls.failed" and self._stream is not None:
            await self._stream.aclose()


class Http:
    """Requests to one other party, over connections that are kept. Safe to use from many tasks at once."""

    def __init__(
        self, name: str, *, tls: Tls | None = None, largest: int = LARGEST_ANSWER, made_up_allowed: bool = False
    ) -> None:
        """`name` is what traces and logs call the other side; addresses never stand there.

        `made_up_allowed`: an answer that says that it is made up may be believed; never so in production.
        """
        self._name, self._largest, self._made_up_allowed = name, largest, made_up_allowed
        self._tls = tls or Tls()
        self._theirs: bytes | None = None
        self._client = counted(client(tls=self._tls.context()))

    @property
    def last_day(self) -> date | None:
        """The last day of the first certificate to run out: ours, or the one that the other side has shown."""
        theirs = x509.load_der_x509_certificate(self._theirs).not_valid_after_utc.date() if self._theirs else None
        return min((day for day in (theirs, self._tls.last_day()) if day), default=None)

    async def close(self) -> None:
        """Close every connection."""
        await self._client.aclose()

    async def send(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        content: bytes | None = None,
        form: Mapping[str, str] | None = None,
    ) -> Reply:
        """Return the whole answer, whatever its status. Raises HttpError."""
        started = time.perf_counter()
        with tracing.outgoing(self._name, method, headers) as span:
            try:
                reply = await self._whole(method, url, headers=headers, content=content, data=form)
            except HttpError as error:
                tracing.failed(span, error.fault.value)
                self._log(method, started, fault=error.fault.value)
                raise
            span.set_attribute(tracing.STATUS, reply.status)
        self._log(method, started, status=reply.status, size=len(reply.body))
        return reply

    async def _whole(self, method: str, url: str, **sent: Any) -> Reply:
        try:
            async with self._client.stream(method, url, **sent) as answer:
                if MADE_UP in answer.headers and not self._made_up_allowed:
                    raise HttpError(HttpFault.MADE_UP)
                self._theirs = _shown(answer)
                body = await self._body(answer)
                return Reply(answer.status_code, {k.lower(): v for k, v in answer.headers.items()}, body)
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, httpx.CookieConflict) as error:
            raise _translated(error) from None

    async def _body(self, answer: httpx.Response) -> bytes:
        body = bytearray()
        try:
            async for piece in answer.aiter_bytes():
                body += piece
                if len(body) > self._largest:
                    raise HttpError(HttpFault.TOO_LARGE)
        except (httpx.ReadError, httpx.RemoteProtocolError):
            if holds_less(answer):
                raise HttpError(HttpFault.WRONG_LENGTH, "less than Content-Length") from None
            raise
        if holds_more(answer):
            raise HttpError(HttpFault.WRONG_LENGTH, "more than Content-Length")
        return bytes(body)

    def _log(self, method: str, started: float, **more: object) -> None:
        _log.debug("asked", party=self._name, method=method, ms=round((time.perf_counter() - started) * 1e3), **more)


def _shown(answer: httpx.Response) -> bytes | None:
    """Return the certificate that the other side has shown."""
    stream = answer.extensions.get("network_stream")
    tls: ssl.SSLObject | None = stream.get_extra_info("ssl_object") if stream else None
    return tls.getpeercert(binary_form=True) if tls else None


def _translated(error: Exception) -> HttpError:
    """Say what went wrong in our own words; the library's own may hold addresses."""
    if isinstance(error, httpx.TimeoutException):
        unreached = isinstance(error, (httpx.ConnectTimeout, httpx.PoolTimeout))
        return HttpError(HttpFault.UNREACHABLE if unreached else HttpFault.SILENT, type(error).__name__)
    if isinstance(error, httpx.ConnectError):
        fault = HttpFault.CERTIFICATE if _certificate(error) else HttpFault.UNREACHABLE
        return HttpError(fault, type(error).__name__)
    if isinstance(error, (httpx.InvalidURL, httpx.UnsupportedProtocol)):
        return HttpError(HttpFault.UNREACHABLE, type(error).__name__)
    if isinstance(error, (httpx.ReadError, httpx.WriteError)) and _certificate(error):
        return HttpError(HttpFault.CERTIFICATE, type(error).__name__)
    return HttpError(HttpFault.BROKEN, type(error).__name__)


def _certificate(error: BaseException | None) -> bool:
    """Whether TLS is what failed: the error, or one that it came from, is of `ssl`."""
    while error is not None:
        if isinstance(error, ssl.SSLError) or "CERTIFICATE" in str(error).upper() or "TLSV1" in str(error).upper():
            return True
        error = error.__cause__ or error.__context__
    return False
