# ruff: noqa: INP001  a script, run by its path
"""Writes the realm `hub` that Keycloak imports: the hub, a partner system, three made-up people, levels of assurance.

    python deploy/keycloak/realm.py --hub http://127.0.0.1:8765 [--partner-jwks FILE] > realm.json

For trying and for continuous integration. What an operator can take from it is the shape: scopes and claims of the
Swedish profile (oidc.se 1.0), `acr` by level of assurance, private_key_jwt, back-channel logout, tokens that are bound.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any, Final

LEVEL: Final = "http://id.elegnamnden.se/loa/1.0/loa"
LEVELS: Final = json.dumps({f"{LEVEL}2": 2, f"{LEVEL}3": 3})
CLAIM: Final = "https://id\\.oidc\\.se/claim/"
SCOPE: Final = "https://id.oidc.se/scope/"
STAFF_SCOPE: Final = f"{SCOPE}naturalPersonOrgId"
#: Each person's `id` is their `sub`. Numbers are of the kind that Skatteverket publishes for tests.
PEOPLE: Final = (
    ("0a000000-0000-4000-8000-000000000001", "ada", "Ada", "Handläggare", {"org_affiliation": ["ada@2120009999"]}),
    ("0a000000-0000-4000-8000-000000000002", "kim", "Kim", "Prov", {"personal_number": ["200204029805"]}),
)

Json = dict[str, Any]


def realm(hub: str, partner_jwks: Json | None) -> Json:
    """Return the realm."""
    return {
        "realm": "hub",
        "enabled": True,
        "sslRequired": "none",
        "accessTokenLifespan": 300,
        "defaultSignatureAlgorithm": "ES256",
        "attributes": {"acr.loa.map": LEVELS},
        "components": {"org.keycloak.keys.KeyProvider": _keys(), **_profile()},
        "clientScopes": _scopes(),
        "clients": [_hub(hub), *([_partner(hub, partner_jwks)] if partner_jwks else [])],
        "users": [_user(*person) for person in PEOPLE],
        "authenticationFlows": _flows(),
        "authenticatorConfig": [_level(2, "36000"), _level(3, "0")],
        "browserFlow": "levels",
    }


def _keys() -> list[Json]:
    """The signing key is declared: else it appears only after its first use, and the first token can't be verified."""
    curve = {"priority": ["200"], "ecdsaEllipticCurveKey": ["P-256"], "active": ["true"], "enabled": ["true"]}
    return [
        {"name": "es256", "providerId": "ecdsa-generated", "subComponents": {}, "config": curve},
        {"name": "rs256", "providerId": "rsa-generated", "subComponents": {}, "config": {"priority": ["100"]}},
        {"name": "aes", "providerId": "aes-generated", "subComponents": {}, "config": {"priority": ["100"]}},
        {
            "name": "hs512",
            "providerId": "hmac-generated",
            "subComponents": {},
            "config": {"priority": ["100"], "algorithm": ["HS512"]},
        },
    ]


def _profile() -> Json:
    own = [
        {"name": name, "permissions": {"view": ["admin", "user"], "edit": ["admin"]}}
        for name in ("username", "email", "firstName", "lastName")
    ]
    config = {"unmanagedAttributePolicy": "ADMIN_EDIT", "attributes": own}
    profile = {
        "providerId": "declarative-user-profile",
        "subComponents": {},
        "config": {"kc.user.profile.config": [json.dumps(config)]},
    }
    return {"org.keycloak.userprofile.UserProfileProvider": [profile]}


def _hub(hub: str) -> Json:
    return {
        "clientId": "samverkanshubben",
        "protocol": "openid-connect",
        "enabled": True,
        "publicClient": False,
        "clientAuthenticatorType": "client-jwt",
        "standardFlowEnabled": True,
        "directAccessGrantsEnabled": False,
        "implicitFlowEnabled": False,
        "serviceAccountsEnabled": False,
        "frontchannelLogout": False,
        "fullScopeAllowed": False,
        "redirectUris": [f"{hub}/logga-in/svar"],
        "webOrigins": [],
        "defaultClientScopes": [],
        "optionalClientScopes": [scope["name"] for scope in _scopes()],
        "attributes": {
            "pkce.code.challenge.method": "S256",
            "use.jwks.url": "true",
            "jwks.url": f"{hub}/.well-known/jwks.json",
            "token.endpoint.auth.signing.alg": "ES256",
            "id.token.signed.response.alg": "ES256",
            "post.logout.redirect.uris": f"{hub}/logga-in/utloggad",
            "backchannel.logout.url": f"{hub}/logga-in/utloggning",
            "backchannel.logout.session.required": "true",
            "acr.loa.map": LEVELS,
        },
        "protocolMappers": [_mapper("acr", "oidc-acr-mapper"), _mapper("sub", "oidc-sub-mapper"), _signed_in_at()],
    }


def _partner(hub: str, jwks: Json) -> Json:
    audience = {"included.custom.audience": f"{hub}/api/v1", "access.token.claim": "true"}
    return {
        "clientId": "partner",
        "protocol": "openid-connect",
        "enabled": True,
        "publicClient": False,
        "clientAuthenticatorType": "client-jwt",
        "standardFlowEnabled": False,
        "directAccessGrantsEnabled": False,
        "serviceAccountsEnabled": True,
        "fullScopeAllowed": False,
        "defaultClientScopes": [],
        "optionalClientScopes": ["disclose"],
        "attributes": {
            "use.jwks.string": "true",
            "jwks.string": json.dumps(jwks),
            "token.endpoint.auth.signing.alg": "ES256",
            "access.token.signed.response.alg": "ES256",
            "dpop.bound.access.tokens": "true",
            "access.token.header.type.rfc9068": "true",
        },
        "protocolMappers": [
            _mapper("audience", "oidc-audience-mapper", **audience),
            _mapper("client", "oidc-usersessionmodel-note-mapper", **_note("client_id", "client_id")),
        ],
    }


def _scopes() -> list[Json]:
    """The profile's scopes: of staff the organisation's identity, never a personal number."""
    return [
        _scope(STAFF_SCOPE, _full_name(), _attribute("org_affiliation", f"{CLAIM}orgAffiliation", several=True)),
        _scope(f"{SCOPE}naturalPersonInfo", _full_name()),
        _scope(f"{SCOPE}naturalPersonNumber", _attribute("personal_number", f"{CLAIM}personalIdentityNumber")),
        _scope("disclose"),
    ]


def _scope(name: str, *mappers: Json) -> Json:
    return {
        "name": name,
        "protocol": "openid-connect",
        "attributes": {"include.in.token.scope": "true", "display.on.consent.screen": "false"},
        "protocolMappers": list(mappers),
    }


def _mapper(name: str, kind: str, **config: str) -> Json:
    standard = {"id.token.claim": "true", "access.token.claim": "true", "introspection.token.claim": "true"}
    return {"name": name, "protocol": "openid-connect", "protocolMapper": kind, "config": standard | config}


def _full_name() -> Json:
    return _mapper("name", "oidc-full-name-mapper")


def _attribute(attribute: str, claim: str, *, several: bool = False) -> Json:
    config = {
        "user.attribute": attribute,
        "claim.name": claim,
        "jsonType.label": "String",
        "multivalued": str(several).lower(),
    }
    return _mapper(attribute, "oidc-usermodel-attribute-mapper", **config, **{"access.token.claim": "false"})


def _note(note: str, claim: str, kind: str = "String") -> dict[str, str]:
    return {"user.session.note": note, "claim.name": claim, "jsonType.label": kind}


def _signed_in_at() -> Json:
    return _mapper("auth_time", "oidc-usersessionmodel-note-mapper", **_note("AUTH_TIME", "auth_time", "long"))


def _user(identity: str, name: str, given: str, family: str, attributes: Json) -> Json:
    return {
        "id": identity,
        "username": name,
        "enabled": True,
        "email": f"{name}@example.test",
        "emailVerified": True,
        "firstName": given,
        "lastName": family,
        "attributes": attributes,
        "credentials": [{"type": "password", "value": f"pw-{name}", "temporary": False}],
    }


def _flows() -> list[Json]:
    """A password for level 2, and once more for level 3: enough to show that a level is asked for and told."""
    return [
        _flow("levels", _step("auth-cookie", "ALTERNATIVE", 10), _below("forms", "ALTERNATIVE", 20), top=True),
        _flow("forms", _below("level-2", "CONDITIONAL", 10), _below("level-3", "CONDITIONAL", 20)),
        _flow("level-2", _condition("loa2"), _step("auth-username-password-form", "REQUIRED", 20)),
        _flow("level-3", _condition("loa3"), _step("auth-password-form", "REQUIRED", 20)),
    ]


def _flow(alias: str, *steps: Json, top: bool = False) -> Json:
    return {
        "alias": alias,
        "providerId": "basic-flow",
        "topLevel": top,
        "builtIn": False,
        "authenticationExecutions": list(steps),
    }


def _step(authenticator: str, requirement: str, priority: int, **more: str) -> Json:
    return {
        "authenticator": authenticator,
        "authenticatorFlow": False,
        "requirement": requirement,
        "priority": priority,
        "userSetupAllowed": False,
        **more,
    }


def _condition(config: str) -> Json:
    return _step("conditional-level-of-authentication", "REQUIRED", 10, authenticatorConfig=config)


def _below(flow: str, requirement: str, priority: int) -> Json:
    return {
        "flowAlias": flow,
        "authenticatorFlow": True,
        "requirement": requirement,
        "priority": priority,
        "userSetupAllowed": False,
    }


def _level(level: int, longest: str) -> Json:
    return {"alias": f"loa{level}", "config": {"loa-condition-level": str(level), "loa-max-age": longest}}


def main() -> None:
    """Write the realm to standard output."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hub", required=True, help="the address of the hub")
    parser.add_argument("--partner-jwks", type=Path, help="the public keys of a partner system, as a JWK set")
    told = parser.parse_args()
    jwks = json.loads(told.partner_jwks.read_text()) if told.partner_jwks else None
    sys.stdout.write(json.dumps(realm(told.hub.rstrip("/"), jwks), indent=1))


if __name__ == "__main__":
    main()
