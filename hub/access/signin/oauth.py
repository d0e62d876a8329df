"""Authlib, which speaks the protocol: it is untyped, and nothing untyped leaves this file."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, cast

import httpx
from authlib.oauth2 import OAuth2Client, OAuth2Error
from authlib.oauth2.rfc7523 import PrivateKeyJWT, private_key_jwt_sign  # pyright: ignore[reportUnknownVariableType]
from authlib.oidc.core import CodeIDToken
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from hub.access.signin.errors import ProviderSilent, Untrusted
from hub.access.signin.keys import Claims
from hub.access.signin.model import SKEW
from hub.kit.clock import Clock, epoch_s
from hub.kit.ids import new_id

_ASSERTION: Final = timedelta(seconds=60)
_METHOD: Final = "private_key_jwt"


@dataclass(frozen=True, slots=True)
class OAuthClient:
    """The hub as one issuer knows it. `audience` is whom its assertions are for: the issuer itself, nobody else."""

    client_id: str
    key: ECKey
    kid: str
    redirect_uri: str
    audience: str
    scope: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a code was traded for."""

    id_token: str
    access_token: str | None


class OAuth:
    """One exchange with an issuer's endpoints."""

    def __init__(self, client: OAuthClient, http: httpx.AsyncClient, clock: Clock) -> None:
        self._oauth: Any = _OAuth(client, http, clock)

    def address(self, endpoint: str, *, state: str, verifier: str, **parameters: str | int) -> str:
        """Return the address that asks for a code, with PKCE (S256)."""
        address, _ = self._oauth.create_authorization_url(endpoint, state=state, code_verifier=verifier, **parameters)
        return str(address)

    async def trade(self, endpoint: str, code: str, verifier: str) -> Answer:
        """Trade a code for tokens. Raises Untrusted when it is refused, ProviderSilent when nothing sensible comes."""
        try:
            answer: Mapping[str, Any] = await self._oauth.fetch_token(
                endpoint, grant_type="authorization_code", code=code, code_verifier=verifier
            )
        except OAuth2Error:
            raise Untrusted("code_refused") from None
        except (httpx.HTTPError, ValueError):
            raise ProviderSilent from None
        id_token, access_token = answer.get("id_token"), answer.get("access_token")
        if not isinstance(id_token, str):
            raise Untrusted("no_id_token")
        return Answer(id_token, access_token if isinstance(access_token, str) else None)


def check_id_token(claims: Claims, client_id: str, nonce: str, access_token: str | None, now: datetime) -> None:
    """Check `nonce`, `azp`, `at_hash`, `auth_time` and `amr` of an ID token (OpenID Connect Core 3.1.3.7).

    Raises Untrusted.
    """
    wanted = {"nonce": nonce, "client_id": client_id, "access_token": access_token, "max_age": 1}
    bound: Any = CodeIDToken(dict(claims), {"alg": "ES256"}, params=wanted)
    try:
        bound.validate(now=epoch_s(now), leeway=int(SKEW.total_seconds()))
    except JoseError:
        raise Untrusted("id_token") from None


class _OAuth(OAuth2Client):
    """Authlib's client over the house's own HTTP client (Authlib's integration module wants another library)."""

    def __init__(self, client: OAuthClient, http: httpx.AsyncClient, clock: Clock) -> None:
        super().__init__(
            session=None,
            client_id=client.client_id,
            client_secret=client.key,
            token_endpoint_auth_method=_METHOD,
            scope=client.scope,
            redirect_uri=client.redirect_uri,
            code_challenge_method="S256",
        )
        self._http = http
        self.register_client_auth_method(_Assertion(client, clock))

    async def _fetch_token(self, url: str, body: str = "", headers: Any = None, auth: Any = None, **_: Any) -> Any:
        url, headers, body = auth.prepare("POST", url, dict(headers), body)
        response = await self._http.post(url, content=body, headers=headers)
        return cast("Any", self.parse_response_token(response))


class _Assertion(PrivateKeyJWT):
    """A new assertion for every request: one audience, a minute's life, an id of its own."""

    def __init__(self, client: OAuthClient, clock: Clock) -> None:
        super().__init__()
        self._client, self._clock = client, clock

    def sign(self, auth: Any, token_endpoint: str) -> Any:  # noqa: ARG002  Authlib's signature
        now = epoch_s(self._clock.now())
        return cast(
            "Any",
            private_key_jwt_sign(
                self._client.key,
                self._client.client_id,
                self._client.audience,
                alg="ES256",
                header={"kid": self._client.kid},
                claims={"jti": new_id()},
                issued_at=now,
                expires_at=now + int(_ASSERTION.total_seconds()),
            ),
        )
