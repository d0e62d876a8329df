"""The hub as a client of others' APIs: OAuth 2.0 client credentials with private_key_jwt (RFC 6749 4.4, RFC 7523).

Each assertion lives for a minute and has an id of its own. A token is kept until shortly before its end, in memory
only; while one is being fetched the others wait for that one.
"""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

import msgspec
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey, import_key

from hub.kit.clock import Clock, epoch_s
from hub.kit.http import Http, Reply
from hub.kit.ids import new_id
from hub.kit.secret import Secret

_ASSERTION: Final = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_LIFETIME: Final = timedelta(seconds=60)
#: A token isn't used in its last moments: it could end on the way.
_BEFORE_END: Final = timedelta(seconds=20)
#: What is believed of a token without an end: RFC 6749 only recommends that it be told.
_UNTOLD: Final = 60
_UNAUTHORIZED: Final = 401
_LONG_AGO: Final = datetime.fromisoformat("1970-01-01T00:00:00Z")
_ALGORITHMS: Final = {"P-256": "ES256", "P-384": "ES384"}


class TokenRefused(Exception):
    """The other side gave no token. The text is its error code at most, never what was sent."""


class _Given(msgspec.Struct, frozen=True):
    access_token: str
    token_type: str
    expires_in: float = _UNTOLD


@dataclass(frozen=True, slots=True)
class ClientKey:
    """The hub's own private key, as `imported` from a JWK. `kid`: its name with the other side."""

    key: ECKey | RSAKey
    algorithm: str
    kid: str

    @classmethod
    def imported(cls, jwk: Secret[bytes]) -> "ClientKey":
        """Read a private JWK: EC P-256 or P-384, or RSA. Raises ValueError, which tells nothing of the key."""
        try:
            key = import_key(json.loads(jwk.reveal()))
        except (JoseError, KeyError, TypeError, ValueError):
            raise ValueError("not a JWK") from None
        if not isinstance(key, (ECKey, RSAKey)) or not key.is_private:
            raise ValueError("the client key must be a private EC or RSA key")
        algorithm = "RS384" if isinstance(key, RSAKey) else _ALGORITHMS.get(key.curve_name, "")
        if not algorithm:
            raise ValueError("an EC client key must be P-256 or P-384")
        return cls(key, algorithm, str(key.as_dict(private=False).get("kid") or key.thumbprint()))


@dataclass(slots=True)
class ClientCredentials:
    """Sends requests with a token of the hub's own. Safe to use from many tasks at once.

    `token_url`: where tokens are given, and the assertion's audience. Raises HttpError as `Http` does.
    """

    http: Http
    token_url: str
    client_id: str
    key: ClientKey
    scope: str
    clock: Clock
    _token: Secret[str] = field(default_factory=lambda: Secret(""))
    _until: datetime = _LONG_AGO
    _fetching: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def send(
        self, method: str, url: str, *, headers: Mapping[str, str] | None = None, content: bytes | None = None
    ) -> Reply:
        """Return the whole answer. A token that isn't accepted is fetched anew, once. Raises HttpError, TokenRefused."""
        token = await self.token()
        reply = await self.http.send(method, url, headers=_with(headers, token), content=content)
        if reply.status != _UNAUTHORIZED:
            return reply
        token = await self.token(instead_of=token)
        return await self.http.send(method, url, headers=_with(headers, token), content=content)

    async def token(self, *, instead_of: Secret[str] | None = None) -> Secret[str]:
        """Return a token that holds, and isn't `instead_of`. Raises HttpError, TokenRefused."""
        async with self._fetching:
            worn = instead_of is not None and self._token.reveal() == instead_of.reveal()
            if worn or self.clock.now() >= self._until:
                await self._fetch()
            return self._token

    async def _fetch(self) -> None:
        asked = self.clock.now()
        form = {
            "grant_type": "client_credentials",
            "client_assertion_type": _ASSERTION,
            "client_assertion": self._assertion(asked),
            "scope": self.scope,
        }
        given = _read(await self.http.send("POST", self.token_url, headers={"Accept": "application/json"}, form=form))
        self._token = Secret(given.access_token)
        self._until = asked + timedelta(seconds=min(given.expires_in, 86_400.0)) - _BEFORE_END

    def _assertion(self, now: datetime) -> str:
        claims = {
            "iss": self.client_id,
            "sub": self.client_id,
            "aud": self.token_url,
            "iat": epoch_s(now),
            "exp": epoch_s(now + _LIFETIME),
            "jti": new_id(),
        }
        header = {"alg": self.key.algorithm, "kid": self.key.kid, "typ": "JWT"}
        return jwt.encode(header, claims, self.key.key, algorithms=[self.key.algorithm])


def _with(headers: Mapping[str, str] | None, token: Secret[str]) -> dict[str, str]:
    return {**(headers or {}), "Authorization": f"Bearer {token.reveal()}"}


def _read(reply: Reply) -> _Given:
    """Return the token that was given. Raises TokenRefused."""
    if reply.status != 200:  # noqa: PLR2004  RFC 6749 5.1
        raise TokenRefused(f"status {reply.status}")
    try:
        given = msgspec.json.decode(reply.body, type=_Given)
    except msgspec.MsgspecError:
        raise TokenRefused("not a token response") from None
    if given.token_type.lower() != "bearer" or not given.access_token or given.expires_in <= 0:
        raise TokenRefused("not a bearer token")
    return given
