"""What protects every page: headers, the origin of forms, and limits that count who asks, never whom they ask about.

The secret in each form belongs to the session and is judged with it (`hub.access.signin.Callers`).
"""

from collections.abc import Mapping
from typing import Any, Final

from fastapi import Request
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hub.kit.counting import Counter
from hub.kit.errors import TooMany
from hub.kit.routing import IndexedApp

#: `data:` is for Designsystemet's own masks; nothing else comes from anywhere but this hub.
CONTENT_SECURITY_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS: Final = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not `no-referrer`: under that a browser says `Origin: null` of our own forms, and ours could not be told from others'.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}
_TRANSPORT: Final = "Strict-Transport-Security"
#: A year, over https only.
_STRICT_TRANSPORT: Final = "max-age=31536000; includeSubDomains"
_KEPT: Final = "Cache-Control"
#: What nobody inside may say otherwise.
_OURS: Final = frozenset(name.lower().encode() for name in (*_HEADERS, _TRANSPORT, _KEPT))
#: The static files carry a digest in their address and tell nothing of anybody.
_STATIC: Final = "/static/"
_IMMUTABLE: Final = "public, max-age=31536000, immutable"
_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_FOREIGN: Final = "Det här skickades från en annan webbplats, så vi tog inte emot det. Öppna sidan i hubben och gör om."


def _raw(headers: Mapping[str, str]) -> tuple[tuple[bytes, bytes], ...]:
    """Return headers as they go out: made once, since every answer has them."""
    return tuple((name.lower().encode(), value.encode()) for name, value in headers.items())


class SecurityHeaders:
    """Puts the headers on every answer of what it is put round."""

    def __init__(self, app: ASGIApp, *, secure: bool) -> None:
        self._app = app
        always = _HEADERS | ({_TRANSPORT: _STRICT_TRANSPORT} if secure else {})
        self._usual, self._static = [_raw({**always, _KEPT: kept}) for kept in ("no-store", _IMMUTABLE)]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        ours = self._static if scope["path"].startswith(_STATIC) else self._usual

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                theirs = [each for each in message.get("headers", ()) if each[0].lower() not in _OURS]
                message["headers"] = [*theirs, *ours]
            await send(message)

        await self._app(scope, receive, with_headers)


class ProtectedApp(IndexedApp):
    """An application whose every answer has the headers: also the one to what nobody foresaw, which the framework
    sends from outside all added middleware.
    """

    def __init__(self, *, secure: bool, **options: Any) -> None:
        super().__init__(**options)
        self._secure = secure

    def build_middleware_stack(self) -> ASGIApp:
        """Return the framework's own stack, inside the headers."""
        return SecurityHeaders(super().build_middleware_stack(), secure=self._secure)


class ReadableAddress:
    """Takes NUL out of addresses: no address of ours has one, and PostgreSQL can't compare with it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and ("\0" in scope["path"] or b"%00" in scope["query_string"]):
            query = scope["query_string"].replace(b"%00", b"")
            scope = {**scope, "path": scope["path"].replace("\0", ""), "query_string": query}
        await self._app(scope, receive, send)


class SameOrigin:
    """Refuses what a browser sends from another site, unless it is safe. What is no browser says no origin."""

    def __init__(self, app: ASGIApp, *, origin: str) -> None:
        """`origin` is the hub's own: scheme, host and, when it isn't the usual one, port."""
        self._app, self._origin = app, origin

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in _SAFE and not self._ours(Headers(scope=scope)):
            await PlainTextResponse(_FOREIGN, 403)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _ours(self, headers: Headers) -> bool:
        origin, site = headers.get("Origin"), headers.get("Sec-Fetch-Site")
        return origin in {None, self._origin} and site in {None, "same-origin", "none"}


class Addresses:
    """Tells from which address a request comes. Only the hub's own proxy is believed about others."""

    def __init__(self, proxy: str | None = None) -> None:
        self._proxy = proxy

    def __call__(self, request: Request) -> str:
        """Return the address."""
        peer = request.client.host if request.client else ""
        if not peer or peer != self._proxy:
            return peer
        return request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip() or peer


class RateLimits:
    """Counts in the memory of one process: with N workers, up to N times as many requests get through.

    So it is a brake on floods and guessing, not a quota: nothing that must hold rests on it, and a count that all workers
    share would cost each request a round trip.
    """

    def __init__(
        self, address_of: Addresses, *, a_caller: int = 600, a_stranger: int = 120, sign_ins: int = 60
    ) -> None:
        """Set how many requests a minute: of one caller, of one address that can't say who asks, of sign-ins from one."""
        self._address_of = address_of
        self._callers, self._a_caller = Counter(), a_caller
        self._strangers, self._a_stranger = Counter(), a_stranger
        self._attempts, self._sign_ins = Counter(), sign_ins

    def caller(self, key: str) -> None:
        """Count one request of a caller. Raises TooMany."""
        _require(self._callers.hit(key, self._a_caller))

    def stranger(self, request: Request) -> None:
        """Count one request that could not say who asks. Raises TooMany."""
        _require(self._strangers.hit(self._address_of(request), self._a_stranger))

    def sign_in(self, request: Request) -> None:
        """Count one attempt to sign in. Raises TooMany."""
        _require(self._attempts.hit(self._address_of(request), self._sign_ins))


def _require(counted: bool) -> None:  # noqa: FBT001  the answer of the counter
    if not counted:
        raise TooMany(headers={"Retry-After": "60"})
