"""What a partner system may ask: one scope for each question, so that a token says what it is for.

A scope never permits by itself: it only opens the question, which is then decided like anybody's.
"""

from typing import Final

from hub.access.caller import Caller, CallerKind
from hub.kit.errors import HubError

#: Scope → question. `show_to_individual` has none: an individual's own view is for the individual alone.
SCOPES: Final = {
    "person:see": "see_person",
    "case:open": "open_case",
    "case:act": "act_in_case",
    "consent:record": "record_consent",
    "consent:accept": "accept_consent",
    "disclose": "disclose",
    "log:read": "read_log",
    "protection:clear": "clear_protected",
    "administer": "administer",
}
_SCOPE_OF: Final = {question: scope for scope, question in SCOPES.items()}


class ScopeMissing(HubError):
    """RFC 6750 3.1 `insufficient_scope`."""

    status, code, title = 403, "rackvidd-saknas", "Nyckeln räcker inte till det här"
    detail = "Be er administratör om den räckvidd (scope) som står i svarets WWW-Authenticate."


def require_scope(caller: Caller, question: str) -> None:
    """Raise ScopeMissing when `caller` is a partner system whose token doesn't open `question`."""
    if caller.kind is not CallerKind.CLIENT:
        return
    scope = _SCOPE_OF.get(question)
    if scope is None or scope not in caller.scopes:
        wanted = f', scope="{scope}"' if scope else ""
        raise ScopeMissing(headers={"WWW-Authenticate": f'DPoP error="insufficient_scope"{wanted}'})
