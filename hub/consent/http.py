"""How consent speaks HTTP: one representation's tag, doing once, and what can go wrong, described."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Annotated, Any, Final, TypeVar

from fastapi import Header, Request, Response
from pydantic import BaseModel

from hub.access import Caller
from hub.kit.clock import Clock
from hub.kit.errors import (
    Conflict,
    HubError,
    Invalid,
    NotFound,
    PreconditionFailed,
    PreconditionRequired,
    Refused,
    TooMany,
    Unauthenticated,
    Undecided,
)
from hub.kit.idempotency import Once

IfMatch = Annotated[
    str | None, Header(description="Den ETag som du fick när du läste det som du nu ändrar.", max_length=200)
]
IfNoneMatch = Annotated[str | None, Header(description="Den ETag som du redan har.", max_length=200)]
IdempotencyKey = Annotated[
    str | None,
    Header(
        min_length=8,
        max_length=255,
        description="En nyckel som du väljer själv. Samma nyckel en gång till gör ingenting nytt.",
    ),
]
#: What an edit may meet besides.
EDITED: Final = (Conflict, PreconditionFailed, PreconditionRequired)
B = TypeVar("B", bound=BaseModel)
_EXPLAINED: Final[tuple[type[HubError], ...]] = (
    Unauthenticated,
    Refused,
    NotFound,
    Conflict,
    PreconditionFailed,
    Invalid,
    PreconditionRequired,
    TooMany,
    Undecided,
)


def problems(*more: type[HubError]) -> dict[int | str, dict[str, Any]]:
    """Return the descriptions of the errors that every route here may answer with, and of `more`."""
    always = (Unauthenticated, Refused, NotFound, Invalid, TooMany, Undecided)
    return {each.status: _problem(each) for each in _EXPLAINED if each in {*always, *more}}


def etag(view: BaseModel) -> str:
    """Return the tag of an answer as it was cut for the caller."""
    return f'"{sha256(view.model_dump_json().encode()).hexdigest()[:32]}"'


def tag(response: Response, view: B, seen: str | None) -> B:
    """Return `view` with its tag on `response`, which becomes a 304 when the caller has just this answer.

    Such an answer was decided and recorded as any other; FastAPI sends no body with it.
    """
    response.headers["ETag"] = etag(view)
    if seen == etag(view):
        response.status_code = 304
    return view


def require_match(view: BaseModel, seen: str | None) -> None:
    """Raise PreconditionRequired without an If-Match, PreconditionFailed with one for another version."""
    if seen is None:
        raise PreconditionRequired
    if seen != etag(view):
        raise PreconditionFailed


async def once(request: Request, caller: Caller, key: str | None) -> Once | None:
    """Return what makes this request happen once, or None when the caller gave no key."""
    if key is None:
        return None
    clock: Clock = request.app.state.clock
    said = b"\0".join((request.method.encode(), request.url.path.encode(), await request.body()))
    return Once(caller.rate_key, key, sha256(said).digest(), clock.now())


def _problem(error: type[HubError]) -> dict[str, Any]:
    example: Mapping[str, Any] = {
        "type": f"/fel/{error.code}",
        "title": error.title,
        "status": error.status,
        "detail": error.detail,
        "instance": "/api/v1/persons/mfrggzdfmztwq2lknnwg23tpoi/consents",
    }
    properties = {name: {"type": "integer" if name == "status" else "string"} for name in example}
    schema = {"type": "object", "title": "Problem", "properties": properties, "required": list(example)}
    return {
        "description": error.title,
        "content": {"application/problem+json": {"schema": schema, "example": example}},
    }
