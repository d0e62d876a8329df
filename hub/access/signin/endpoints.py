"""The addresses of signing in and out. None shows anything about an individual; all are public, each for its reason."""

from typing import Annotated, Final
from urllib.parse import urlencode

import structlog
from fastapi import Depends, Form, Query, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse

from hub.access.routing import GuardedRouter, public
from hub.access.signin.callers import Callers
from hub.access.signin.cookies import Cookies, new_token
from hub.access.signin.errors import ProviderSilent, SessionOver, SignInRefused, Untrusted
from hub.access.signin.model import Door, Session
from hub.access.signin.oidc import HubClient
from hub.access.signin.pages import Choice, Pages, Post, Posts, Stopped, Way
from hub.access.signin.service import SignIn, TooWeak, Wish, local, start_address
from hub.access.signin.sessions import Sessions
from hub.agencies import OPEN_END, Directory
from hub.kit.clock import epoch_s
from hub.kit.errors import HubError

router: Final = GuardedRouter(include_in_schema=False)
_log = structlog.get_logger()
_SEE_OTHER: Final = 303
DOOR_WORDS: Final = {Door.STAFF: "Jag arbetar på en myndighet", Door.INDIVIDUAL: "Det handlar om mig"}


class Room:
    """What the handlers work with, taken from the application."""

    def __init__(self, request: Request) -> None:
        state = request.app.state
        self.request = request
        self.sign_in: SignIn = state.sign_in
        self.sessions: Sessions = state.sessions
        self.callers: Callers = state.callers
        self.cookies: Cookies = state.cookies
        self.directory: Directory = state.directory
        self.page: Pages = state.signin_pages

    def stopped(self, error: HubError, door: Door | None, *ways: Way) -> Response:
        """Return the page that says why it stopped."""
        view = Stopped(error.title, error.detail, ways or _begin_again(door))
        return self.page(self.request, "signin/stopped.html", view, door=door, status=error.status)


async def _attempt(request: Request) -> None:
    callers: Callers = request.app.state.callers
    callers.attempt(request)


In = Annotated[Room, Depends(Room)]
Counted: Final = [Depends(_attempt)]
Till = Annotated[str, Query(alias="till", max_length=2000)]
DoorParam = Annotated[Door, Query(alias="dorr")]


@router.get("/logga-in")
@public("choosing a door comes before knowing anybody")
async def choose_door(room: In, till: Till = "") -> Response:
    """Two ways in, side by side."""
    ways = tuple(Way(start_address(door, till), words) for door, words in DOOR_WORDS.items())
    return room.page(room.request, "signin/door.html", Choice(ways))


@router.get("/logga-in/svar", dependencies=Counted)
@public("the identity provider sends people here; nobody is known yet")
async def answer(request: Request, room: In) -> Response:
    """Where a sign-in comes back."""
    try:
        arrival = await room.sign_in.finish(dict(request.query_params), room.cookies.start(request))
        earlier = room.cookies.session(request, arrival.door)
        token = await room.sessions.open(arrival.who, arrival.door, earlier)
    except TooWeak as weak:
        wish = weak.wish
        again = Way(start_address(wish.door, wish.return_to, least=wish.least, fresh=wish.fresh), "Logga in starkare")
        return room.stopped(weak, wish.door, again, Way(wish.door.home, "Gå tillbaka utan att logga in igen"))
    except SignInRefused as refused:
        return room.stopped(refused, None)
    response = RedirectResponse(arrival.return_to, _SEE_OTHER)
    room.cookies.open(response, arrival.door, token)
    room.cookies.begun(response)
    return response


@router.get("/logga-in/uppdrag")
@public("shows an official only their own assignments")
async def choose_assignment(request: Request, room: In, till: Till = "") -> Response:
    """What somebody with several assignments may work as."""
    session = await room.callers.session(request, Door.STAFF)
    posts = await _posts(room, session)
    view = Posts(posts, local(till, Door.STAFF), room.callers.csrf(request, Door.STAFF))
    return room.page(request, "signin/assignment.html", view, door=Door.STAFF)


@router.post("/logga-in/uppdrag")
@public("chooses among an official's own assignments")
async def choose(
    request: Request, room: In, uppdrag: Annotated[str, Form(max_length=64)], till: Annotated[str, Form()] = ""
) -> Response:
    """Work as this from now on. Raises NotFound."""
    session = await room.callers.session(request, Door.STAFF)
    await room.sessions.choose(session, uppdrag)
    return RedirectResponse(local(till, Door.STAFF), _SEE_OTHER)


@router.get("/logga-in/utloggad")
@public("says that one is signed out")
async def signed_out(room: In, utfardare: Annotated[str, Query(max_length=300)] = "") -> Response:
    """After signing out here: the identity provider may still remember."""
    there = await room.sign_in.end_session_address(utfardare) if utfardare else None
    ways = [Way("/logga-in", "Logga in igen")]
    if there:
        ways.insert(0, Way(there, "Logga ut även från inloggningstjänsten"))
    view = Stopped("Du är utloggad", "Stäng webbläsaren om någon annan använder samma dator.", tuple(ways))
    return room.page(room.request, "signin/stopped.html", view)


@router.get("/logga-in/{door}", dependencies=Counted)
@public("sends a browser to an identity provider")
async def begin(
    request: Request,
    room: In,
    door: Door,
    till: Till = "",
    niva: Annotated[int, Query(ge=0, le=4)] = 0,
    ny: Annotated[str, Query(max_length=10)] = "",
    utfardare: Annotated[str, Query(max_length=300)] = "",
) -> Response:
    """Go to the door's identity provider, or choose among several."""
    issuers = room.sign_in.issuers(door)
    chosen = utfardare or (issuers[0].issuer if len(issuers) == 1 else "")
    if not chosen:
        here = start_address(door, till, least=niva, fresh=ny == "ja")
        mark = "&" if "?" in here else "?"
        ways = tuple(Way(f"{here}{mark}{_issuer_query(each.issuer)}", each.label) for each in issuers)
        return room.page(request, "signin/issuer.html", Choice(ways), door=door)
    browser = room.cookies.start(request) or new_token()
    try:
        address = await room.sign_in.begin(Wish(door, chosen, till, niva, ny == "ja"), browser)
    except ProviderSilent as silent:
        return room.stopped(silent, door)
    response = RedirectResponse(address, _SEE_OTHER)
    room.cookies.begin(response, browser)
    return response


@router.post("/logga-in/utloggning", dependencies=Counted)
@public("an identity provider says that somebody signed out there; the signed notice is the proof")
async def logged_out_elsewhere(room: In, logout_token: Annotated[str, Form(max_length=16_384)]) -> Response:
    """OpenID Connect Back-Channel Logout 1.0."""
    try:
        issuer, sid, subject = await room.sign_in.logged_out(logout_token)
    except Untrusted as reason:
        _log.warning("logout_notice_refused", code=reason.code)
        return JSONResponse({"error": "invalid_request"}, 400)
    ended = await room.sessions.end_at_issuer(issuer, sid, subject)
    _log.info("signed_out_by_issuer", issuer=issuer, sessions=ended)
    return Response(status_code=200)


@router.post("/logga-ut")
@public("ends one's own session")
async def sign_out(request: Request, room: In, dorr: DoorParam, alla: Annotated[str, Form()] = "") -> Response:
    """Sign out this browser, or every browser one has."""
    session = await room.callers.session(request, dorr)
    token = room.cookies.session(request, dorr)
    await room.sessions.end(token or "")
    if alla == "ja":
        await room.sessions.end_everywhere(session.issuer, session.subject)
    response = RedirectResponse(f"/logga-in/utloggad?{_issuer_query(session.issuer)}", _SEE_OTHER)
    room.cookies.close(response, dorr)
    return response


@router.get("/session/kvar")
@public("tells only how long one's own session lasts")
async def left(request: Request, room: In, dorr: DoorParam) -> Response:
    """When the session ends, in seconds since 1970; asking doesn't move it."""
    token = room.cookies.session(request, dorr)
    session = await room.sessions.find(token, dorr) if token else None
    if session is None:
        raise SessionOver
    return _ends(session)


@router.post("/session/forlang")
@public("extends one's own session")
async def extend(request: Request, room: In, dorr: DoorParam, till: Annotated[str, Form()] = "") -> Response:
    """Give the session its whole time again; from a form without script, go back to where one was."""
    await room.callers.session(request, dorr)
    session = await room.sessions.extend(room.cookies.session(request, dorr) or "", dorr)
    if "application/json" in request.headers.get("Accept", ""):
        return _ends(session)
    return RedirectResponse(local(till, dorr), _SEE_OTHER)


@router.get("/.well-known/jwks.json")
@public("the hub's public keys, by which identity providers know it")
async def public_keys(request: Request) -> Response:
    """The key of the hub's client assertions."""
    client: HubClient = request.app.state.hub_client
    return JSONResponse({"keys": [client.public_key()]})


async def _posts(room: Room, session: Session) -> tuple[Post, ...]:
    mine = await room.directory.posts_of(session.issuer, session.subject)
    return tuple(
        Post(
            assignment=each.assignment,
            words=each.title or each.name,
            where=f"{each.agency_name}, {each.unit_name}",
            until=None if each.valid_until >= OPEN_END else each.valid_until,
            now=each.assignment == session.assignment,
        )
        for each in mine
        if room.sessions.speaks_for(session.issuer, each.agency)
    )


def _begin_again(door: Door | None) -> tuple[Way, ...]:
    return (Way(start_address(door) if door else "/logga-in", "Börja om"),)


def _issuer_query(issuer: str) -> str:
    return urlencode({"utfardare": issuer})


def _ends(session: Session) -> JSONResponse:
    return JSONResponse(
        {"ends": epoch_s(session.over_at), "warn": epoch_s(session.warn_at), "more": session.extendable}
    )
