"""The door to signing in: OpenID Connect, sessions, and the one entry for all who ask.

- `await request.app.state.callers(request)`: who asks, be it an official, an individual or a partner system
- `await callers.session(request, Door.STAFF)`: who is signed in, before an assignment is chosen
- `fresh(caller.authenticated_at, clock.now())`: new enough for consent, clearance, administration
- `start_address(door, return_to, least=3, fresh=True)`: where somebody signs in (anew, or more strongly)

Everything here is put together in `hub.app`; the pages are drawn by whoever `app.state.signin_pages` names.
"""

from hub.access.signin.callers import CSRF_FIELD, CSRF_HEADER, Callers, Counting, caller_of, door_of
from hub.access.signin.cookies import Cookies
from hub.access.signin.errors import (
    AssignmentNeeded,
    FormTooOld,
    MadeUpProvider,
    ProviderSilent,
    SessionOver,
    SignInRefused,
    Untrusted,
)
from hub.access.signin.issuers import Issuer, read_issuers
from hub.access.signin.keys import ALGORITHMS, Claims, check, decode, peek, strong
from hub.access.signin.model import FRESH, LIMITS, SKEW, STRONG, Door, Session, SessionId
from hub.access.signin.oidc import HubClient, Provider, check_none_made_up
from hub.access.signin.repository import Repository
from hub.access.signin.service import SignIn, Wish, start_address
from hub.access.signin.sessions import Sessions, fresh

__all__ = [
    "ALGORITHMS",
    "CSRF_FIELD",
    "CSRF_HEADER",
    "FRESH",
    "LIMITS",
    "SKEW",
    "STRONG",
    "AssignmentNeeded",
    "Callers",
    "Claims",
    "Cookies",
    "Counting",
    "Door",
    "FormTooOld",
    "HubClient",
    "Issuer",
    "MadeUpProvider",
    "Provider",
    "ProviderSilent",
    "Repository",
    "Session",
    "SessionId",
    "SessionOver",
    "Sessions",
    "SignIn",
    "SignInRefused",
    "Untrusted",
    "Wish",
    "caller_of",
    "check",
    "check_none_made_up",
    "decode",
    "door_of",
    "fresh",
    "peek",
    "read_issuers",
    "start_address",
    "strong",
]
