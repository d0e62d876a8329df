"""The API's own description, by Digg's REST API profile: what an operator must say is said here, once."""

from typing import Any, Final, cast

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from hub.access.tokens import SCOPES
from hub.kit.errors import Invalid, TooLarge, TooMany, Unauthenticated, Undecided
from hub.kit.rest import INSTANT, PROBLEM_JSON, Problem, problems
from hub.partner.problems import BadRequest

VERSION: Final = "1.0.0"
SUPPORT: Final = "drift@samverkanshubben.example"
RELEASED: Final = "2026-11-24"
DESCRIPTION: Final = """
Samverkanshubbens API för myndigheters verksamhetssystem: individer, samtycken, ärenden, beslut och logg.

Varje svar har prövats mot ägarens sekretess, individens samtycke och skydd, och finns i loggen. En individ som inte
finns, som inte är er eller som är skyddad och inte öppnad för er ger samma svar. Personnummer skickas bara i kroppen.
Åtkomsttoken ska vara bunden till avsändaren (certifikat enligt RFC 8705, eller DPoP enligt RFC 9449).

Begränsningar (limitations): se x-limitations.

---

The API of the samverkanshubb for agencies' own systems: individuals, consents, cases, decisions and the ledger. Every
answer has been decided against the owner's secrecy, the individual's consent and protection, and is in the ledger. One
who doesn't exist, isn't yours, or is protected and not opened to you gives the same answer. Access tokens must be
sender-constrained (RFC 8705 or RFC 9449).
""".strip()
LIMITATIONS: Final = (
    "Högst 100 träffar per sida. Ingen sökning på namn. Svar sparas aldrig mellan anrop (no-store). "
    "At most 100 items a page. No search by name. Answers are never cached."
)
#: What a date and an instant look like.
_DATES: Final = {"date": "2026-11-24", "date-time": INSTANT}
#: What any route may answer, and any that takes a body.
_EVERYWHERE: Final = (Invalid, Unauthenticated, TooMany, Undecided)
_WITH_BODY: Final = (BadRequest, TooLarge)
_TRACE: Final = {
    "description": "Spårning enligt W3C Trace Context / trace context",
    "schema": {"type": "string", "example": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"},
}
_IF_NONE_MATCH: Final = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "description": "Den ETag som du har: är svaret detsamma kommer 304 / the ETag that you have",
    "schema": {"type": "string"},
}


def describe(api: FastAPI, base_url: str) -> dict[str, Any]:
    """Return the OpenAPI description of `api`, made once."""
    if api.openapi_schema is None:
        api.openapi_schema = _described(api, base_url)
    return api.openapi_schema


def _described(api: FastAPI, base_url: str) -> dict[str, Any]:
    made = get_openapi(
        title="Samverkanshubben: API för verksamhetssystem / API for partner systems",
        version=VERSION,
        openapi_version="3.1.0",
        description=DESCRIPTION,
        routes=api.routes,
        servers=[{"url": f"{base_url}/api/v1", "description": "Den här hubben / this hub"}],
        terms_of_service=f"{base_url}/villkor",
        license_info={"name": "EUPL-1.2", "url": "https://eupl.eu/1.2/en/"},
    )
    made["info"]["contact"] = {"name": "Samverkanshubbens drift", "email": SUPPORT, "url": base_url}
    made["info"]["x-limitations"] = LIMITATIONS
    made["info"]["x-sla"] = {
        "availability": "99,9 % per månad",
        "responseTime": "95 % inom 500 ms",
        "support": f"Vardagar 8–17, {SUPPORT}",
    }
    made["externalDocs"] = {
        "description": "Tjänstenivå (SLA) och ändringslogg / change log",
        "url": f"{base_url}/villkor",
    }
    _secure(made, base_url)
    for path in made["paths"].values():
        for operation in path.values():
            _operation(operation)
    _schemas(made["components"]["schemas"])
    return made


def _secure(made: dict[str, Any], base_url: str) -> None:
    flow = {"tokenUrl": f"{base_url}/oauth2/token", "scopes": {name: _scope(name) for name in sorted(SCOPES)}}
    made["components"].setdefault("securitySchemes", {})["oauth2"] = {
        "type": "oauth2",
        "description": "Klientuppgifter (client credentials) med private_key_jwt, hos er identitetsutfärdare",
        "flows": {"clientCredentials": flow},
    }


def _scope(name: str) -> str:
    return f"Frågan {SCOPES[name]} / the question {SCOPES[name]}"


def _operation(operation: dict[str, Any]) -> None:
    operation["security"] = [] if operation.pop("x-public", False) else [{"oauth2": []}]
    answers = operation["responses"]
    if "304" in answers:
        operation["parameters"] = [*operation.get("parameters", ()), _IF_NONE_MATCH]
    everywhere = problems(*_EVERYWHERE, *(_WITH_BODY if "requestBody" in operation else ()))
    for status, said in everywhere.items():
        if str(status) not in answers or _automatic(answers[str(status)]):
            answers[str(status)] = said
    for status, said in answers.items():
        said.setdefault("headers", {})["traceparent"] = _TRACE
        if status.startswith(("4", "5")):
            said["content"] = {PROBLEM_JSON: said["content"][PROBLEM_JSON]}


def _automatic(said: dict[str, Any]) -> bool:
    return PROBLEM_JSON not in said.get("content", {})


def _schemas(schemas: dict[str, Any]) -> None:
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    problem = Problem.model_json_schema(by_alias=True, ref_template="#/components/schemas/{model}")
    schemas.update(problem.pop("$defs", {}))
    schemas["Problem"] = problem
    _dated(schemas)


def _dated(found: Any) -> None:
    """Give every date an example (DOT.02), those within a choice too, where pydantic can't say it."""
    if isinstance(found, list):
        for each in cast("list[Any]", found):
            _dated(each)
    if isinstance(found, dict):
        schema = cast("dict[str, Any]", found)
        if schema.get("format") in _DATES:
            schema.setdefault("example", _DATES[schema["format"]])
        for each in schema.values():
            _dated(each)
