"""What every endpoint of the API has in common (Digg's REST API profile): bodies, problems, versions, keys, pages.

Made for the documentation to be whole by itself: each model has an example, each route its problems.
"""

import hashlib
import re
from datetime import datetime
from typing import Annotated, Any, Final, Protocol, cast

from fastapi import Depends, Header, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.alias_generators import to_camel

from hub.kit.clock import Clock
from hub.kit.errors import HubError, PreconditionRequired
from hub.kit.idempotency import Once

PROBLEM_JSON: Final = "application/problem+json"
#: An ETag of ours: a version, and what it looked like to the one who read it.
_VERSION: Final = re.compile(r'(W/)?"?(?P<version>[0-9]{1,9})(-[0-9a-f]{16})?"?')
INSTANT: Final = "2026-11-24T08:04:00Z"


class Body(BaseModel):
    """A body in or out: camelCase, nothing unknown, immutable."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _readable(cls, given: Any) -> Any:
        """A NUL is no text: PostgreSQL can't keep it, and nobody has written it."""
        if isinstance(given, dict):
            values = cast("dict[str, Any]", given).values()
            if any(isinstance(each, str) and "\0" in each for each in values):
                raise ValueError("NUL")
        return cast("Any", given)


class FieldProblem(Body):
    """One field that has to be put right."""

    field: str = Field(description="Fältets namn i det som skickades / the field's name", examples=["number"])
    message: str = Field(description="Vad som ska rättas / what to put right")


class Problem(Body):
    """What went wrong, in the form of RFC 9457."""

    type: str = Field(description="Felets namn / the name of the error")
    title: str = Field(description="Felet i korthet / the error in short")
    status: int = Field(description="HTTP-status")
    detail: str = Field(description="Vad du kan göra / what you can do")
    instance: str = Field(description="Numret på det här felet / this occurrence")
    decision: str | None = Field(default=None, description="Beslutsnummer i loggen / decision number in the ledger")
    errors: tuple[FieldProblem, ...] | None = Field(default=None, description="Fält som ska rättas / fields")


def problem_of(error: HubError, instance: str) -> Problem:
    """Return `error` as it is told to a partner system. `instance` names the occurrence, never the address."""
    fields = tuple(FieldProblem(field=each.field, message=each.message) for each in error.fields)
    return Problem(
        type=f"urn:samverkanshubben:fel:{error.code}",
        title=error.title,
        status=error.status,
        detail=error.detail,
        instance=f"urn:samverkanshubben:handelse:{instance}",
        decision=error.entry,
        errors=fields or None,
    )


def problems(*errors: type[HubError]) -> dict[int | str, dict[str, Any]]:
    """Return the `responses` of a route that raises `errors`, documented with an example each."""
    by_status: dict[int, list[type[HubError]]] = {}
    for error in errors:
        by_status.setdefault(error.status, []).append(error)
    return {status: _documented(kinds) for status, kinds in sorted(by_status.items())}


def _documented(kinds: list[type[HubError]]) -> dict[str, Any]:
    examples = {
        kind.code: {"value": problem_of(kind(), "a1b2c3").model_dump(by_alias=True, exclude_none=True)}
        for kind in kinds
    }
    content = {PROBLEM_JSON: {"schema": {"$ref": "#/components/schemas/Problem"}, "examples": examples}}
    return {"description": " / ".join(kind.title for kind in kinds), "content": content}


class Versioned(Protocol):
    """A body of something that has a version of its own."""

    @property
    def version(self) -> int: ...

    def model_dump_json(self, *, by_alias: bool | None = ...) -> str: ...


def with_etag(response: Response, body: Versioned) -> None:
    """Set the ETag of `body`: its version, for a later If-Match, and a digest of it as it is cut for this very caller,
    so that a read on a condition never calls unchanged what this caller would see otherwise."""
    digest = hashlib.sha256(body.model_dump_json(by_alias=True).encode()).hexdigest()[:16]
    response.headers["ETag"] = f'"{body.version}-{digest}"'


#: The `responses` of a GET whose answer has an ETag: see `hub.partner.conditional`.
CONDITIONAL: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "headers": {"ETag": {"description": "Version, för If-Match och If-None-Match", "schema": {"type": "string"}}}
    },
    304: {"description": "Oförändrat sedan If-None-Match; beslutat och loggat som hela svaret / not modified"},
}


async def _if_match(
    if_match: Annotated[str | None, Header(alias="If-Match", description="Den ETag som du fick när du läste")] = None,
) -> int:
    """Raises PreconditionRequired when there is none that can be read."""
    found = _VERSION.fullmatch((if_match or "").strip())
    if not found:
        raise PreconditionRequired
    return int(found["version"])


async def _once(
    request: Request,
    idempotency_key: Annotated[
        str | None,
        Header(
            alias="Idempotency-Key",
            max_length=255,
            description="En egen nyckel: samma nyckel igen gör inget nytt / your own key; repeating it does nothing new",
        ),
    ] = None,
) -> Once | None:
    if not idempotency_key:
        return None
    caller = await request.app.state.callers(request)
    clock: Clock = request.app.state.clock
    what = f"{request.method} {request.url.path}\0".encode() + await request.body()
    return Once(caller.rate_key, idempotency_key, hashlib.sha256(what).digest(), clock.now())


#: The version that an edit is made on: `version: IfMatch`.
IfMatch = Annotated[int, Depends(_if_match)]
#: `once: Idempotent`: hand it to the service's act.
Idempotent = Annotated[Once | None, Depends(_once)]
PageNumber = Annotated[int, Query(alias="page", ge=1, le=10_000, description="Sida, från 1 / page, from 1")]
Limit = Annotated[int, Query(alias="limit", ge=1, le=100, description="Antal per sida / items per page")]


def instant(description: str) -> Any:
    """Return the field of an instant (RFC 3339, UTC), with the example that the profile asks for."""
    return Field(description=description, json_schema_extra={"example": INSTANT})


def day(description: str) -> Any:
    """Return the field of a date, with the example that the profile asks for."""
    return Field(description=description, json_schema_extra={"example": "2026-11-24"})


Instant = Annotated[datetime, Field(json_schema_extra={"example": INSTANT})]
