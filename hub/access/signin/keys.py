"""The public keys of an issuer, and the one place where signed tokens are believed.

Only ES256 and RS256 (P-256, RSA of at least 2 048 bits) as the Swedish profile has them, whatever the token says of
itself; `none` and the HMAC family can't be chosen.
"""

import json
from base64 import urlsafe_b64decode
from collections.abc import Awaitable, Callable, Collection, Mapping
from datetime import datetime, timedelta
from typing import Any, Final, cast

from joserfc import jwt
from joserfc.errors import ClaimError, ExpiredTokenError, InvalidKeyIdError, JoseError
from joserfc.jwk import ECKey, Key, KeySet, RSAKey
from joserfc.jws import JWSRegistry

from hub.access.signin.errors import Untrusted
from hub.access.signin.model import SKEW
from hub.kit.clock import Clock, epoch_s

ALGORITHMS: Final = ("ES256", "RS256")
_RSA_BITS: Final = 2048
_LONGEST: Final = 16_384
#: A token that names an unknown key makes us ask for the keys again, but no oftener than this.
_REFETCH: Final = timedelta(seconds=60)
_LIFETIME: Final = timedelta(hours=1)

Claims = Mapping[str, Any]


class IssuerKeys:
    """The keys of one issuer: fetched when first needed, every hour, and when a token names one we don't know."""

    def __init__(self, fetch: Callable[[], Awaitable[Any]], clock: Clock) -> None:
        """`fetch` returns the issuer's JWK set as it came (untyped)."""
        self._fetch, self._clock = fetch, clock
        self._known: KeySet | None = None
        self._fetched_at: datetime | None = None

    async def verify(self, token: str, types: Collection[str]) -> Claims:
        """Return the claims of a signed token whose `typ` is one of `types` (lower case; "" when it has none).

        Only signature and type are checked; see `check`. Raises Untrusted.
        """
        known = await self._keys(_LIFETIME)
        try:
            return _decode(token, known, types)
        except InvalidKeyIdError:
            newer = await self._keys(_REFETCH)
        if newer is known:
            raise Untrusted("unknown_key")
        try:
            return _decode(token, newer, types)
        except InvalidKeyIdError:
            raise Untrusted("unknown_key") from None

    async def _keys(self, lifetime: timedelta) -> KeySet:
        now = self._clock.now()
        if self._known is None or self._fetched_at is None or now - self._fetched_at >= lifetime:
            self._known = _usable(await self._fetch())
            self._fetched_at = now
        return self._known


def decode(token: str, key: Key | KeySet, types: Collection[str], algorithms: Collection[str] = ALGORITHMS) -> Claims:
    """Return the claims of `token`, signed by `key`. Raises Untrusted."""
    try:
        return _decode(token, key, types, algorithms)
    except InvalidKeyIdError:
        raise Untrusted("unknown_key") from None


def check(claims: Claims, now: datetime, **wanted: str) -> None:
    """Check `exp`, `nbf` and `iat` (within the skew) and that the `wanted` claims are there with these values.

    `exp` and `iat` must be there. `aud` may be one of several. Raises Untrusted.
    """
    options: dict[str, Any] = {name: {"essential": True, "value": value} for name, value in wanted.items()}
    registry = jwt.JWTClaimsRegistry(
        now=epoch_s(now), leeway=int(SKEW.total_seconds()), exp={"essential": True}, iat={"essential": True}, **options
    )
    try:
        registry.validate(dict(claims))
    except ExpiredTokenError:
        raise Untrusted("expired") from None
    except ClaimError as error:
        raise Untrusted(f"wrong_{error.claim}") from None


def peek(token: str) -> tuple[Claims, Claims]:
    """Return header and claims of a token that nothing is known of yet: to find out whose it says it is.

    Raises Untrusted.
    """
    if len(token) > _LONGEST or not token.isascii():
        raise Untrusted("malformed")
    try:
        header, claims, _signature = token.split(".")
        return _object(header), _object(claims)
    except ValueError:
        raise Untrusted("malformed") from None


def _object(part: str) -> Claims:
    value = json.loads(urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    if not isinstance(value, dict):
        raise ValueError("not an object")  # noqa: TRY004  told apart from nothing else that is malformed
    return cast("Claims", value)


def _decode(token: str, key: Key | KeySet, types: Collection[str], algorithms: Collection[str] = ALGORITHMS) -> Claims:
    header, _ = peek(token)
    if header.get("alg") not in algorithms:
        raise Untrusted("algorithm")
    if str(header.get("typ", "")).lower() not in types:
        raise Untrusted("type")
    try:
        registry = JWSRegistry(algorithms=algorithms, strict_check_header=False)
        return jwt.decode(token, key, registry=registry).claims
    except InvalidKeyIdError:
        raise
    except (JoseError, ValueError):
        raise Untrusted("signature") from None


def _usable(keys: Any) -> KeySet:
    """Return those of an issuer's keys that are strong enough and meant for signing."""
    try:
        imported = KeySet.import_key_set(keys)
    except (JoseError, ValueError, KeyError, TypeError):
        raise Untrusted("keys") from None
    return KeySet([key for key in imported.keys if strong(key)])


def strong(key: Key) -> bool:
    """Tell whether `key` may sign: P-256, or RSA of at least 2 048 bits; not one meant for encryption."""
    if key.as_dict(private=False).get("use", "sig") != "sig":
        return False
    if isinstance(key, ECKey):
        return key.curve_name == "P-256"
    return isinstance(key, RSAKey) and key.public_key.key_size >= _RSA_BITS
