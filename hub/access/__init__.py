"""Who is signed in, how strongly, and the one function that decides and records."""

from hub.access.asking import Asking, NothingAsked
from hub.access.caller import Caller, CallerKind
from hub.access.changes import change_entry
from hub.access.decision import About, Decided, Decider, Denial, Gathered, Permit
from hub.access.engine import Engine, EngineFailure
from hub.access.routing import GuardedRoute, GuardedRouter, UnguardedRoute, asks, public, public_reason, questions_of
from hub.access.scopes import SCOPES

__all__ = [
    "SCOPES",
    "About",
    "Asking",
    "Caller",
    "CallerKind",
    "Decided",
    "Decider",
    "Denial",
    "Engine",
    "EngineFailure",
    "Gathered",
    "GuardedRoute",
    "GuardedRouter",
    "NothingAsked",
    "Permit",
    "UnguardedRoute",
    "asks",
    "change_entry",
    "public",
    "public_reason",
    "questions_of",
]
