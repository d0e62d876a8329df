"""An issuer that signs whatever a test wants, a partner system with a key and a certificate, and a hub that judges."""

import base64
import json
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import httpx
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from joserfc import jwt
from joserfc.jwk import ECKey, Key
from structlog.testing import capture_logs

from hub.access import Caller
from hub.access.signin import Door, HubClient, Issuer, Provider
from hub.access.signin import Repository as SignInRows
from hub.access.tokens import CertificateProxy, PartnerClient, Proofs, Repository, Tokens, require_scope
from hub.agencies import OPEN_END, Agency, AgencyKind, Huvudman, Role
from hub.agencies.model import Assignment, Staff, Unit
from hub.kit.clock import Clock, epoch_s
from hub.kit.database import Database
from hub.kit.errors import HubError
from hub.kit.ids import new_id

ISSUER = "https://idp.example"
BASE = "https://hub.example"
API = f"{BASE}/api/v1"
PROXY = CertificateProxy("192.0.2.9", "Client-Cert")


def b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def with_header(token: str, header: dict[str, Any]) -> str:
    return ".".join([b64(json.dumps(header).encode()), *token.split(".")[1:]])


class Idp:
    """An issuer of the test's own, behind a transport that needs no network."""

    def __init__(self) -> None:
        self.key = ECKey.generate_key("P-256", {"kid": "first", "use": "sig", "alg": "ES256"}, private=True)
        self.published: list[dict[str, Any]] = [self.key.as_dict(private=False)]
        self.document: dict[str, Any] = {
            "issuer": ISSUER,
            "authorization_endpoint": f"{ISSUER}/auth",
            "token_endpoint": f"{ISSUER}/token",
            "jwks_uri": f"{ISSUER}/jwks",
        }
        self.tokens: dict[str, Any] = {}
        self.token_status = 200
        self.asked: list[str] = []
        self.down = False

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request.url.path)
        if self.down:
            raise httpx.ConnectError("down")
        if request.url.path == "/jwks":
            return httpx.Response(200, json={"keys": self.published})
        if request.url.path == "/token":
            return httpx.Response(self.token_status, json=self.tokens)
        return httpx.Response(200, json=self.document)

    def http(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(transport=httpx.MockTransport(self.answer))

    def sign(self, claims: dict[str, Any], *, typ: str = "at+jwt", key: Key | None = None, **header: Any) -> str:
        signing = key or self.key
        return jwt.encode({"alg": "ES256", "kid": "first", "typ": typ, **header}, claims, signing)


def issuer(**changes: Any) -> Issuer:
    settings = {"issuer": ISSUER, "label": "Prov", "client_id": "hub", "doors": frozenset(Door)}
    return Issuer.model_validate({**settings, "agencies": frozenset({"soc"}), "partners": True, **changes})


def certificate() -> bytes:
    """Return a certificate in DER."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "partner.example")])
    at = datetime(2026, 1, 1, tzinfo=UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
    return (
        made.not_valid_before(at)
        .not_valid_after(at + timedelta(days=999))
        .sign(key, SHA256())
        .public_bytes(Encoding.DER)
    )


class Partner:
    """A partner system: makes proofs, and tokens as the issuer would give it."""

    def __init__(self, idp: Idp, clock: Clock) -> None:
        self.idp, self.clock = idp, clock
        self.key = ECKey.generate_key("P-256", private=True)
        self.certificate = certificate()

    def claims(self, **changes: Any) -> dict[str, Any]:
        now = epoch_s(self.clock.now())
        standard = {
            "iss": ISSUER,
            "aud": API,
            "sub": "partner",
            "client_id": "partner",
            "scope": "disclose case:act administer",
            "iat": now,
            "exp": now + 300,
            "jti": new_id(),
            "cnf": {"jkt": self.key.thumbprint()},
        }
        return {name: value for name, value in (standard | changes).items() if value is not None}

    def token(self, **changes: Any) -> str:
        return self.idp.sign(self.claims(**changes))

    def certified(self, **changes: Any) -> str:
        return self.token(cnf={"x5t#S256": b64(sha256(self.certificate).digest())}, **changes)

    def proof(self, token: str, *, key: ECKey | None = None, **changes: Any) -> str:
        signing = key or self.key
        header: dict[str, Any] = {"alg": "ES256", "typ": changes.pop("typ", "dpop+jwt")}
        header["jwk"] = signing.as_dict(private=False)
        shown = changes.pop("jwk", header["jwk"])
        claims = {
            "jti": new_id(),
            "htm": "GET",
            "htu": f"{API}/thing",
            "iat": epoch_s(self.clock.now()),
            "ath": b64(sha256(token.encode()).digest()),
        } | changes
        made = jwt.encode(header, {name: value for name, value in claims.items() if value is not None}, signing)
        # What no library would write into a header is written here by hand.
        return made if shown == header["jwk"] else with_header(made, header | {"jwk": shown})

    def headers(self, token: str | None = None, **changes: Any) -> dict[str, str]:
        shown = token or self.token()
        return {"Authorization": f"DPoP {shown}", "DPoP": self.proof(shown, **changes)}

    def with_certificate(self, token: str | None = None) -> dict[str, str]:
        return {
            "Authorization": f"Bearer {token or self.certified()}",
            "Client-Cert": f":{base64.b64encode(self.certificate).decode()}:",
        }


async def register(database: Database, clock: Clock, **changes: Any) -> PartnerClient:
    """Put an agency with one assignment and one partner system into the database."""
    at = clock.now() - timedelta(days=1)
    client = PartnerClient.model_validate(
        {
            "id": "client-1",
            "issuer": ISSUER,
            "client_id": "partner",
            "agency": "soc",
            "assignment": "post",
            "name": "Verksamhetssystemet",
            "scopes": "case:act disclose",
            "loa": 3,
            "registered_by": "operator",
            "valid_from": at,
            **changes,
        }
    )
    async with database.write() as session:
        session.add(
            Agency(id="soc", kind=AgencyKind.SOCIALTJANST, name="Soc", authority="Björkå", huvudman=Huvudman.KOMMUN)
        )
        await session.flush()
        session.add(Unit(id="unit", agency="soc", name="Enheten"))
        session.add(Staff(id="staff", agency="soc", issuer=ISSUER, subject="system", name="Systemet"))
        await session.flush()
        session.add(
            Assignment(
                id="post",
                staff="staff",
                agency="soc",
                unit="unit",
                roles=Role.HANDLAGGARE,
                valid_from=at,
                valid_until=OPEN_END,
            )
        )
        await session.flush()
        session.add(client)
    return client


def provider(idp: Idp, clock: Clock, *, production: bool = False, **changes: Any) -> Provider:
    key = ECKey.generate_key("P-256", private=True)
    client = HubClient(key, f"{BASE}/logga-in/svar", f"{BASE}/logga-in/utloggad")
    return Provider(issuer(**changes), client, idp.http(), clock, production=production)


class Api:
    """A hub's API with one address, called from a peer that a test chooses."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        signer: Provider,
        *,
        proxy: CertificateProxy | None = PROXY,
        base_url: str = BASE,
    ) -> None:
        proofs = Proofs(clock, SignInRows(database).use_once)
        self.tokens = Tokens({signer.issuer.issuer: signer}, Repository(database), proofs, clock, base_url, proxy)
        self.app = FastAPI()
        self.callers: list[Caller] = []

        @self.app.exception_handler(HubError)
        async def told(_request: Request, error: HubError) -> JSONResponse:
            return JSONResponse({"code": error.code}, error.status, dict(error.headers))

        @self.app.api_route("/api/v1/thing", methods=["GET", "POST"])
        async def thing(request: Request) -> str:
            caller = await self.tokens.caller(request)
            require_scope(caller, "disclose")
            self.callers.append(caller)
            return "ok"

    async def call(
        self, headers: dict[str, str] | list[tuple[str, str]], *, peer: str = PROXY.address, method: str = "GET"
    ) -> httpx.Response:
        transport = httpx.ASGITransport(app=self.app, client=(peer, 4711))
        async with httpx.AsyncClient(transport=transport, base_url="http://inside:8000") as client:
            return await client.request(method, "/api/v1/thing?page=1", headers=headers)


async def refused(api: Api, headers: Any, code: str, error: str = "invalid_token", **options: Any) -> None:
    """The partner is told next to nothing; the log says which check it was, so that no test passes for another's sake."""
    with capture_logs() as logged:
        answer = await api.call(headers, **options)
    assert [each["code"] for each in logged] == [code]
    assert (answer.status_code, answer.json()) == (401, {"code": "ogiltig-token"})
    assert f'error="{error}"' in answer.headers["WWW-Authenticate"]
    assert not api.callers
