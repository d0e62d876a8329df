"""Where a sandbox agency gives out tokens: OAuth 2.0 client credentials with private_key_jwt, really checked."""

import json
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from hub.kit.clock import Clock, epoch_s

_ASSERTION: Final = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
#: Seconds. RFC 7523 leaves it open; SMART backend services say five minutes.
_LONGEST: Final = 300


class _Refused(Exception):
    """Why no token is given."""


@dataclass(slots=True)
class TokenDesk:
    """Gives tokens to the hub, and knows them again.

    `url`: its own address, which assertions must name as their audience. `keys`: a JWKS file, read anew each time so
    that a key may be changed. `scopes`: those that may be asked for; a token is given for all or none.
    """

    url: str
    client_id: str
    keys: Path
    clock: Clock
    scopes: frozenset[str]
    algorithms: tuple[str, ...] = ("ES256", "ES384", "RS384")
    lasts: timedelta = timedelta(minutes=5)
    _given: dict[str, datetime] = field(default_factory=dict[str, datetime])
    _seen: set[str] = field(default_factory=set[str])

    async def give(self, request: Request) -> Response:
        """Answer a request for a token (RFC 6749 section 4.4, RFC 7523)."""
        form = await request.form()
        try:
            self._check(str(form.get("grant_type")), str(form.get("client_assertion_type")), str(form.get("scope")))
            self._believe(str(form.get("client_assertion", "")))
        except (_Refused, JoseError, ValueError) as error:
            known = isinstance(error, _Refused)
            return JSONResponse({"error": str(error) if known else "invalid_client"}, 400 if known else 401)
        token = secrets.token_urlsafe(24)
        self._given[token] = self.clock.now() + self.lasts
        told = {"access_token": token, "token_type": "Bearer", "expires_in": int(self.lasts.total_seconds())}
        return JSONResponse({**told, "scope": str(form["scope"])}, headers={"Cache-Control": "no-store"})

    def knows(self, request: Request) -> bool:
        """Whether the request carries a token that was given here and still holds."""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        return scheme.lower() == "bearer" and self._given.get(token, _LONG_AGO) > self.clock.now()

    def forget(self) -> None:
        """Let every token that was given stop holding."""
        self._given.clear()

    def _check(self, grant: str, assertion_type: str, scope: str) -> None:
        if grant != "client_credentials":
            raise _Refused("unsupported_grant_type")
        if assertion_type != _ASSERTION:
            raise _Refused("invalid_request")
        if not (wanted := set(scope.split())) or not wanted <= self.scopes:
            raise _Refused("invalid_scope")

    def _believe(self, assertion: str) -> None:
        """Raise JoseError or ValueError when the assertion isn't the hub's, fresh, for us, and new."""
        keys = KeySet.import_key_set(json.loads(self.keys.read_bytes()))
        said: dict[str, Any] = jwt.decode(assertion, keys, algorithms=list(self.algorithms)).claims
        now = epoch_s(self.clock.now())
        named = said.get("iss") == said.get("sub") == self.client_id and said.get("aud") in (self.url, [self.url])
        fresh = isinstance(said.get("exp"), int) and now < said["exp"] <= now + _LONGEST
        jti = said.get("jti")
        if not (named and fresh and isinstance(jti, str) and jti not in self._seen):
            raise ValueError("not to be believed")
        self._seen.add(jti)


_LONG_AGO: Final = datetime.fromisoformat("1970-01-01T00:00:00Z")
