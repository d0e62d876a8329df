"""Access tokens of partner systems: whose, for us, in force, and in the hands of the one they were given to.

A bearer token that is bound to nobody is refused whatever else is right about it (HUB-07). Bound are: by certificate
(RFC 8705, the profile's road; scheme Bearer) and by key (DPoP, RFC 9449).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol

import msgspec
import structlog
from fastapi import Request

from hub.access.caller import Caller, CallerKind
from hub.access.signin import Claims, Issuer, Untrusted, check, peek
from hub.access.tokens.certificates import CertificateProxy
from hub.access.tokens.errors import TokenRefused
from hub.access.tokens.proofs import Proofs
from hub.access.tokens.repository import Registered, Repository
from hub.kit.clock import Clock, from_micros

#: RFC 9068 4: the type sets access tokens apart from everything else that an issuer signs.
_ACCESS_TOKEN: Final = frozenset({"at+jwt", "application/at+jwt"})
#: The level of assurance from which two factors are demanded.
_TWO_FACTORS: Final = 3
_log = structlog.get_logger()


class Signer(Protocol):
    """Who vouches for tokens: an issuer with its keys (`hub.access.signin.Provider`)."""

    @property
    def issuer(self) -> Issuer: ...

    async def verify(self, token: str, types: frozenset[str]) -> Claims:
        """Return the claims of a token that this issuer signed. Raises Untrusted, ProviderSilent."""
        ...


class _Token(msgspec.Struct, frozen=True):
    """What we read of an access token."""

    client_id: str
    jti: str
    iat: int
    cnf: dict[str, Any] = {}
    scope: str = ""


@dataclass(frozen=True, slots=True)
class _Shown:
    """A token as it was sent."""

    scheme: str
    token: str


class Tokens:
    """Judges access tokens. `audience` is this hub's API, `base_url` the address that partners know it by."""

    def __init__(
        self,
        signers: Mapping[str, Signer],
        repository: Repository,
        proofs: Proofs,
        clock: Clock,
        base_url: str,
        proxy: CertificateProxy | None,
    ) -> None:
        self._signers, self._repository, self._proofs, self._clock = signers, repository, proofs, clock
        self._base_url, self._proxy = base_url.rstrip("/"), proxy
        self.audience = f"{self._base_url}/api/v1"

    async def caller(self, request: Request) -> Caller:
        """Return the partner system that sends `request`. Raises TokenRefused; ProviderSilent when keys can't be had."""
        shown = _shown(request)
        try:
            token, signer = await self._believed(shown)
            await self._check_binding(shown, token, request)
            client = await self._known(token, signer)
        except Untrusted as reason:
            _log.warning("token_refused", code=reason.code)
            error = "invalid_dpop_proof" if "proof" in reason.code else "invalid_token"
            raise TokenRefused(error, shown.scheme) from None
        return _caller(client, token, signer.issuer)

    async def _believed(self, shown: _Shown) -> tuple[_Token, Signer]:
        signer = self._signers.get(str(peek(shown.token)[1].get("iss")))
        if signer is None or not signer.issuer.partners:
            raise Untrusted("unknown_issuer")
        claims = await signer.verify(shown.token, _ACCESS_TOKEN)
        check(claims, self._clock.now(), iss=signer.issuer.issuer, aud=self.audience)
        try:
            return msgspec.convert(dict(claims), _Token), signer
        except msgspec.ValidationError:
            raise Untrusted("malformed") from None

    async def _check_binding(self, shown: _Shown, token: _Token, request: Request) -> None:
        """The scheme names the binding: a token bound to a key can't be sent as a plain bearer token, nor the reverse."""
        certificate = self._proxy.thumbprint(request) if self._proxy else None
        if shown.scheme == "DPoP":
            bound, held = token.cnf.get("jkt"), await self._proof(shown, request)
        else:
            bound, held = token.cnf.get("x5t#S256"), certificate
        if not isinstance(bound, str):
            raise Untrusted("unbound")
        if bound != held:
            raise Untrusted("wrong_proof_key" if shown.scheme == "DPoP" else "wrong_certificate")

    async def _proof(self, shown: _Shown, request: Request) -> str:
        sent = request.headers.getlist("DPoP")
        if len(sent) != 1:
            raise Untrusted("proof_missing")
        address = f"{self._base_url}{request.url.path}"
        return await self._proofs.thumbprint(sent[0], shown.token, request.method, address)

    async def _known(self, token: _Token, signer: Signer) -> Registered:
        client = await self._repository.find(signer.issuer.issuer, token.client_id, self._clock.now())
        if client is None:
            raise Untrusted("unknown_client")
        if client.agency not in signer.issuer.agencies:
            raise Untrusted("not_its_agency")
        return client


def _shown(request: Request) -> _Shown:
    """Return the token of the `Authorization` header: the only place where one is looked for."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    known = {"dpop": "DPoP", "bearer": "Bearer"}.get(scheme.lower())
    if known is None or not token:
        raise TokenRefused
    return _Shown(known, token)


def _factors(loa: int) -> int:
    """Return how many factors the system's users have shown: the agency vouches for the level, and from level three up
    the level itself demands two (tillitsramverk för svensk e-legitimation, HSLF-FS 2016:40 3 kap. 15 §)."""
    return 2 if loa >= _TWO_FACTORS else 1


def _caller(client: Registered, token: _Token, issuer: Issuer) -> Caller:
    return Caller(
        kind=CallerKind.CLIENT,
        ref=f"client:{client.id}",
        issuer=issuer.issuer,
        subject=client.client_id,
        loa=client.loa,
        factors=_factors(client.loa),
        authenticated_at=from_micros(token.iat * 1_000_000),
        name=client.name,
        agency=client.agency,
        unit=client.unit,
        assignment=client.assignment,
        roles=client.roles,
        scopes=frozenset(token.scope.split()) & client.scopes,
    )
