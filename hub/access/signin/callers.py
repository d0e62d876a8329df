"""The one entry for all who ask: an official, an individual, a partner system.

Which credential counts is decided by the address alone: a session of the staff door behind /arbete, of the
individual's door behind /mina-sidor, an access token behind /api. Nobody is a caller on a cookie for an unsafe request
unless it carries the secret of that very session, so a form without protection against forgery can't be written.
"""

import hmac
from collections.abc import Awaitable, Callable
from typing import Final, Protocol

from fastapi import Request

from hub.access.caller import Caller, CallerKind
from hub.access.signin.cookies import Cookies, derived
from hub.access.signin.errors import AssignmentNeeded, FormTooOld, SessionOver
from hub.access.signin.model import Door, Session
from hub.access.signin.sessions import Sessions
from hub.kit.errors import Unauthenticated

#: The form field that carries the session's secret, and the header for requests that have no form.
CSRF_FIELD: Final = "csrf"
CSRF_HEADER: Final = "X-CSRF-Token"
_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_API: Final = "/api"


class Counting(Protocol):
    """Counts who asks (`hub.web.security.RateLimits`), never whom they ask about. Either may raise TooMany."""

    def caller(self, key: str) -> None:
        """Count one request of a caller."""
        ...

    def stranger(self, request: Request) -> None:
        """Count one request that could not say who asks."""
        ...

    def sign_in(self, request: Request) -> None:
        """Count one attempt to sign in."""
        ...


class Callers:
    """Tells who asks. `clients` judges access tokens."""

    def __init__(
        self,
        sessions: Sessions,
        cookies: Cookies,
        clients: Callable[[Request], Awaitable[Caller]],
        count: Counting,
    ) -> None:
        self._sessions, self._cookies, self._clients, self._count = sessions, cookies, clients, count

    async def __call__(self, request: Request) -> Caller:
        """Return who asks, once for each request.

        Raises Unauthenticated, SessionOver, FormTooOld, AssignmentNeeded (an official who hasn't chosen), TooMany.
        """
        known: Caller | None = getattr(request.state, "caller", None)
        if known is None:
            known = await self._known(request)
            request.state.caller = known
            self._count.caller(known.rate_key)
        return known

    async def session(self, request: Request, door: Door) -> Session:
        """Return the session of a door, for pages that need no assignment. Raises as the call itself."""
        token = self._cookies.session(request, door)
        if token is None:
            raise Unauthenticated
        session = await self._sessions.find(token, door)
        if session is None:
            raise SessionOver
        if request.method not in _SAFE:
            await _check_form(request, token)
        await self._sessions.touch(token, session)
        return session

    def attempt(self, request: Request) -> None:
        """Count an attempt to sign in, by the address it comes from. Raises TooMany."""
        self._count.sign_in(request)

    def csrf(self, request: Request, door: Door) -> str:
        """Return the secret to put in each form of a page, "" when nobody is signed in."""
        token = self._cookies.session(request, door)
        return derived(token, CSRF_FIELD) if token else ""

    async def _known(self, request: Request) -> Caller:
        try:
            return await self._find(request)
        except Unauthenticated:
            self._count.stranger(request)
            raise

    async def _find(self, request: Request) -> Caller:
        if _behind(request.scope["path"], _API):
            return await self._clients(request)
        session = await self.session(request, door_of(request))
        if session.door is Door.STAFF and session.assignment is None:
            raise AssignmentNeeded
        return caller_of(session)


def door_of(request: Request) -> Door:
    """Return the door that an address lies behind. Raises Unauthenticated for one that lies behind none."""
    for door in Door:
        if _behind(request.scope["path"], door.home):
            return door
    raise Unauthenticated


def caller_of(session: Session) -> Caller:
    """Return the caller of a session."""
    staff = session.door is Door.STAFF
    return Caller(
        kind=CallerKind.STAFF if staff else CallerKind.INDIVIDUAL,
        ref=f"assignment:{session.assignment}" if staff else f"individual:{session.id}",
        issuer=session.issuer,
        subject=session.subject,
        loa=session.loa,
        factors=session.factors,
        authenticated_at=session.authenticated_at,
        name=session.name,
        title=session.title,
        agency=session.agency,
        unit=session.unit,
        assignment=session.assignment,
        roles=session.roles,
        session=session.id,
        individual_digest=session.individual,
    )


async def _check_form(request: Request, token: str) -> None:
    given = request.headers.get(CSRF_HEADER) or await _field(request)
    if not isinstance(given, str) or not hmac.compare_digest(given.encode(), derived(token, CSRF_FIELD).encode()):
        raise FormTooOld


async def _field(request: Request) -> object:
    """Return the field from the request's form, which is then there for the handler too; its files close at the end."""
    form = await request.form()
    request.scope["fastapi_middleware_astack"].push_async_callback(form.close)
    return form.get(CSRF_FIELD)


def _behind(path: str, home: str) -> bool:
    return path == home or path.startswith(f"{home}/")
