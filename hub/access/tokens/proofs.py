"""DPoP proofs (RFC 9449): that whoever sends the token has its key, for this very request, once."""

from base64 import urlsafe_b64encode
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Final
from urllib.parse import urlsplit

import msgspec
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, JWKRegistry, RSAKey

from hub.access.signin import SKEW, Untrusted, decode, peek, strong
from hub.kit.clock import Clock, from_micros

_TYPE: Final = frozenset({"dpop+jwt"})
_LONGEST_ID: Final = 256


class _Proof(msgspec.Struct, frozen=True):
    """What we read of a proof."""

    jti: str
    htm: str
    htu: str
    iat: int
    ath: str


class Proofs:
    """Judges proofs. `use_once` remembers them for all workers."""

    def __init__(self, clock: Clock, use_once: Callable[[bytes, datetime], Awaitable[bool]]) -> None:
        self._clock, self._use_once = clock, use_once

    async def thumbprint(self, proof: str, token: str, method: str, address: str) -> str:
        """Return the thumbprint (`jkt`) of the key that made `proof` for this request and this token.

        Raises Untrusted: malformed, another method, address or token, too old or too new, used before.
        """
        key = _key(peek(proof)[0].get("jwk"))
        try:
            made = msgspec.convert(dict(decode(proof, key, _TYPE)), _Proof)
        except msgspec.ValidationError:
            raise Untrusted("malformed_proof") from None
        now = self._clock.now()
        _check(made, token, method, address, now)
        thumbprint = str(key.thumbprint())
        seen = sha256(f"dpop\0{thumbprint}\0{made.jti}".encode()).digest()
        # Kept a little longer than a proof can be used, so that the last moment can't be used twice.
        if not await self._use_once(seen, now + 2 * SKEW + timedelta(seconds=1)):
            raise Untrusted("proof_replayed")
        return thumbprint


def _key(jwk: Any) -> ECKey | RSAKey:
    """Return the public key in a proof's header; a private one is no proof of anything."""
    try:
        key = JWKRegistry.import_key(jwk)
    except (JoseError, ValueError, KeyError, TypeError):
        raise Untrusted("malformed_proof") from None
    if not isinstance(key, (ECKey, RSAKey)) or key.is_private or not strong(key):
        raise Untrusted("proof_key")
    return key


def _check(made: _Proof, token: str, method: str, address: str, now: datetime) -> None:
    if len(made.jti) > _LONGEST_ID:
        raise Untrusted("malformed_proof")
    if made.htm != method:
        raise Untrusted("proof_method")
    if _bare(made.htu) != _bare(address):
        raise Untrusted("proof_address")
    if made.ath != urlsafe_b64encode(sha256(token.encode()).digest()).rstrip(b"=").decode():
        raise Untrusted("proof_token")
    if abs(now - from_micros(made.iat * 1_000_000)) > SKEW:
        raise Untrusted("proof_time")


def _bare(address: str) -> tuple[str, str, int | None, str]:
    """Return an address without query and fragment, in the form that two spellings of the same have in common."""
    try:
        parts = urlsplit(address)
        port = parts.port or {"https": 443, "http": 80}.get(parts.scheme)
    except ValueError:
        raise Untrusted("proof_address") from None
    return parts.scheme, parts.hostname or "", port, parts.path or "/"
