"""OpenID Connect with one issuer, by the Swedish profile (oidc.se 1.0).

Authorization code with PKCE (S256), `private_key_jwt`, `iss` in the answer (RFC 9207), `acr` judged by us. Neither ID
tokens nor access tokens are kept: what is vouched for is in the ID token, and it is read once.
"""

import json
from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, TypeVar
from urllib.parse import urlencode

import httpx
import msgspec
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from hub.access.signin.errors import MadeUpProvider, ProviderSilent, Untrusted
from hub.access.signin.issuers import Issuer
from hub.access.signin.keys import Claims, IssuerKeys, check
from hub.access.signin.model import LIMITS, SKEW, Door, SignedIn
from hub.access.signin.oauth import OAuth, OAuthClient, check_id_token
from hub.kit.clock import Clock, from_micros
from hub.kit.secret import Secret

T = TypeVar("T")

CLAIM: Final = "https://id.oidc.se/claim/"
_SCOPE: Final = "https://id.oidc.se/scope/"
#: Of staff only the organisation's own identity is asked for, never a personal number (law.md 4.5).
_SCOPES: Final = {
    Door.STAFF: f"openid {_SCOPE}naturalPersonOrgId",
    Door.INDIVIDUAL: f"openid {_SCOPE}naturalPersonInfo {_SCOPE}naturalPersonNumber",
}
_CLAIMS: Final = {
    Door.STAFF: ("name", f"{CLAIM}orgAffiliation"),
    Door.INDIVIDUAL: ("name", f"{CLAIM}personalIdentityNumber", f"{CLAIM}coordinationNumber"),
}
_METADATA: Final = timedelta(hours=1)
_TWO_FACTORS: Final = 3
#: `typ` of ID tokens, and of logout tokens (OpenID's, and Keycloak's own word).
_ID_TOKEN: Final = frozenset({"", "jwt"})
_LOGOUT_TOKEN: Final = frozenset({"logout+jwt", "logout", "jwt"})
_LOGOUT_EVENT: Final = "http://schemas.openid.net/event/backchannel-logout"


class _Metadata(msgspec.Struct, frozen=True):
    """What we read of an issuer's discovery document."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    end_session_endpoint: str | None = None
    acr_values_supported: tuple[str, ...] = ()
    authorization_response_iss_parameter_supported: bool = False
    #: Set by the example's provider of made-up people.
    samverkanshubben_made_up: bool = False


class _IdToken(msgspec.Struct, frozen=True):
    """What we read of an ID token."""

    iss: str
    sub: str
    acr: str
    auth_time: int
    sid: str | None = None
    amr: tuple[str, ...] = ()
    name: str = ""
    personal_number: str | None = msgspec.field(default=None, name=f"{CLAIM}personalIdentityNumber")
    coordination_number: str | None = msgspec.field(default=None, name=f"{CLAIM}coordinationNumber")


class _LogoutToken(msgspec.Struct, frozen=True):
    jti: str
    events: dict[str, dict[str, Any]]
    sub: str | None = None
    sid: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What a browser is sent to an identity provider with."""

    door: Door
    state: str
    nonce: str
    verifier: str
    least: int
    fresh: bool


@dataclass(frozen=True, slots=True)
class LogoutNotice:
    """An issuer's word that a session, or everything a subject had, is over."""

    issuer: str
    jti: str
    subject: str | None
    sid: str | None


@dataclass(frozen=True, slots=True)
class HubClient:
    """The hub as the identity providers know it: its private key and the one address that answers come to."""

    key: ECKey
    redirect_uri: str
    signed_out_uri: str

    @classmethod
    def at(cls, base_url: str, key: Secret[bytes]) -> "HubClient":
        """Return the client of the hub at `base_url`; `key` is a private JWK (EC, P-256) as JSON. Raises ValueError."""
        base = base_url.rstrip("/")
        try:
            imported = ECKey.import_key(json.loads(key.reveal()))
        except (JoseError, KeyError, TypeError):
            raise ValueError("the hub's client key must be a private EC key (P-256) as a JWK") from None
        if imported.curve_name != "P-256" or not imported.is_private:
            raise ValueError("the hub's client key must be a private EC key (P-256) as a JWK")
        return cls(imported, f"{base}/logga-in/svar", f"{base}/logga-in/utloggad")

    @property
    def kid(self) -> str:
        """The key's own name: its thumbprint (RFC 7638)."""
        return str(self.key.thumbprint())

    def public_key(self) -> dict[str, Any]:
        """Return the public JWK, for identity providers."""
        return {**self.key.as_dict(private=False), "kid": self.kid, "use": "sig", "alg": "ES256"}


class Provider:
    """One identity provider."""

    def __init__(
        self, issuer: Issuer, client: HubClient, http: httpx.AsyncClient, clock: Clock, *, production: bool
    ) -> None:
        self.issuer = issuer
        self._keys = IssuerKeys(self._fetch_keys, clock)
        self._client, self._http, self._clock, self._production = client, http, clock, production
        self._metadata: tuple[_Metadata, datetime] | None = None

    async def verify(self, token: str, types: Collection[str]) -> Claims:
        """Return the claims of a token that this issuer signed. Raises Untrusted, ProviderSilent."""
        return await self._keys.verify(token, types)

    async def authorization_address(self, asked: Asked) -> str:
        """Return where to send the browser. Raises ProviderSilent."""
        metadata = await self.metadata()
        wanted = {"id_token": {"auth_time": {"essential": True}, **dict.fromkeys(_CLAIMS[asked.door])}}
        return self._oauth(asked.door).address(
            metadata.authorization_endpoint,
            state=asked.state,
            verifier=asked.verifier,
            nonce=asked.nonce,
            acr_values=self._levels(metadata, asked.least),
            claims=json.dumps(wanted),
            ui_locales="sv",
            max_age=int(LIMITS[asked.door].absolute.total_seconds()),
            **({"prompt": "login"} if asked.fresh else {}),
        )

    def _levels(self, metadata: _Metadata, least: int) -> str:
        """A level that the issuer has never heard of would make some of them ask for none at all."""
        wanted = self.issuer.strengths(least)
        known = [level for level in wanted if level in metadata.acr_values_supported]
        return " ".join(known or wanted)

    async def check_answer_from(self, iss: str | None) -> None:
        """Check who says that they answer (RFC 9207). Raises Untrusted, ProviderSilent."""
        metadata = await self.metadata()
        if iss is None and not metadata.authorization_response_iss_parameter_supported:
            return
        if iss != self.issuer.issuer:
            raise Untrusted("wrong_iss_parameter")

    async def sign_in(self, code: str, asked: Asked) -> SignedIn:
        """Trade `code` for what the issuer vouches for. Raises Untrusted, ProviderSilent."""
        metadata = await self.metadata()
        answer = await self._oauth(asked.door).trade(metadata.token_endpoint, code, asked.verifier)
        claims = await self.verify(answer.id_token, _ID_TOKEN)
        return self._vouched(self._checked(claims, asked.nonce, answer.access_token), asked.door)

    async def logout_notice(self, token: str) -> LogoutNotice:
        """Return what a back-channel logout token says (OpenID Connect Back-Channel Logout 2.6). Raises Untrusted."""
        claims = await self.verify(token, _LOGOUT_TOKEN)
        check(claims, self._clock.now(), iss=self.issuer.issuer, aud=self.issuer.client_id)
        if "nonce" in claims:
            raise Untrusted("not_a_logout_token")
        notice = _typed(claims, _LogoutToken)
        if _LOGOUT_EVENT not in notice.events or not (notice.sub or notice.sid):
            raise Untrusted("not_a_logout_token")
        return LogoutNotice(self.issuer.issuer, notice.jti, notice.sub, notice.sid)

    async def end_session_address(self) -> str | None:
        """Return where a browser can end its session at the issuer too, or None. Raises ProviderSilent."""
        end = (await self.metadata()).end_session_endpoint
        if end is None:
            return None
        back = {"client_id": self.issuer.client_id, "post_logout_redirect_uri": self._client.signed_out_uri}
        return f"{end}?{urlencode(back)}"

    async def metadata(self) -> _Metadata:
        """Return the issuer's discovery document, at most an hour old. Raises ProviderSilent, MadeUpProvider."""
        now = self._clock.now()
        if self._metadata is None or now - self._metadata[1] >= _METADATA:
            found = await self._get(f"{self.issuer.issuer.rstrip('/')}/.well-known/openid-configuration")
            self._metadata = self._believed(found), now
        return self._metadata[0]

    def _believed(self, document: Any) -> _Metadata:
        try:
            metadata = msgspec.convert(document, _Metadata)
        except msgspec.ValidationError:
            raise ProviderSilent from None
        if metadata.issuer != self.issuer.issuer:
            raise ProviderSilent
        if self._production and metadata.samverkanshubben_made_up:
            raise MadeUpProvider(f"{metadata.issuer}: this identity provider signs in made-up people")
        return metadata

    def _checked(self, claims: Claims, nonce: str, access_token: str | None) -> _IdToken:
        now = self._clock.now()
        check(claims, now, iss=self.issuer.issuer, aud=self.issuer.client_id)
        check_id_token(claims, self.issuer.client_id, nonce, access_token, now)
        return _typed(claims, _IdToken)

    def _vouched(self, token: _IdToken, door: Door) -> SignedIn:
        level = self.issuer.levels.get(token.acr)
        if level is None:
            raise Untrusted("unknown_level")
        authenticated_at = from_micros(token.auth_time * 1_000_000)
        if authenticated_at > self._clock.now() + SKEW:
            raise Untrusted("wrong_auth_time")
        number = token.personal_number or token.coordination_number
        return SignedIn(
            issuer=token.iss,
            subject=token.sub,
            sid=token.sid,
            loa=level,
            factors=2 if level >= _TWO_FACTORS or "mfa" in token.amr else 1,
            authenticated_at=authenticated_at,
            name=token.name,
            number=Secret(number) if number and door is Door.INDIVIDUAL else None,
        )

    def _oauth(self, door: Door) -> OAuth:
        who = OAuthClient(
            client_id=self.issuer.client_id,
            key=self._client.key,
            kid=self._client.kid,
            redirect_uri=self._client.redirect_uri,
            audience=self.issuer.issuer,
            scope=_SCOPES[door],
        )
        return OAuth(who, self._http, self._clock)

    async def _fetch_keys(self) -> Any:
        return await self._get((await self.metadata()).jwks_uri)

    async def _get(self, address: str) -> Any:
        try:
            return (await self._http.get(address)).raise_for_status().json()
        except (httpx.HTTPError, httpx.InvalidURL, ValueError):
            raise ProviderSilent from None


def _typed(claims: Claims, kind: type[T]) -> T:
    try:
        return msgspec.convert(dict(claims), kind)
    except msgspec.ValidationError:
        raise Untrusted("malformed") from None


async def check_none_made_up(providers: Iterable[Provider]) -> None:
    """Raise MadeUpProvider when a hub in production was told of a provider of made-up people: it must not start.

    A provider that doesn't answer now is asked again when somebody comes from it.
    """
    for provider in providers:
        with suppress(ProviderSilent):
            await provider.metadata()
