"""Psychiatry's stand-in, as the process serves it."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from adapters.sandbox.common import Agency, Fault, Given, Phrase, TokenDesk, load_register
from adapters.sandbox.psykiatri.resources import STAFF, UNITS, Resource, of, shared
from adapters.sandbox.psykiatri.store import KINDS, BadSearch, Expired, Store
from hub.kit.clock import today

FHIR: Final = "application/fhir+json"
_MEDIA_TYPE: Final = f"{FHIR};charset=utf-8"
_SCOPES: Final = frozenset(f"system/{kind}.rs" for kind in (*KINDS, "Organization", "Practitioner", "Location"))
_TOKENS, _SMART = "/token", "/fhir/.well-known/smart-configuration"


def create(given: Given) -> Agency:
    """Return the agency. Its register is made from the YAML beside this file, counted from today."""
    register = load_register(Path(__file__).with_name("register.yaml"))
    numbers = {known.get("earlier", number): number for number, known in register.items()} | {n: n for n in register}
    server = _Server(given, register)
    return Agency(
        slug="psyk",
        name="Psykiatrin",
        app=server.app(),
        phrases=_Phrases(),
        media_type=_MEDIA_TYPE,
        numbers=tuple(numbers),
        knows=lambda number: _lines(register[numbers[number]], number) if number in numbers else (),
        spared=frozenset({_TOKENS, _SMART}),
    )


class _Server:
    def __init__(self, given: Given, register: Mapping[str, Mapping[str, Any]]) -> None:
        self._given = given
        self._desk = TokenDesk(f"{given.base_url}{_TOKENS}", given.client_id, given.hub_keys, given.clock, _SCOPES)
        day = today(given.clock)
        made = [
            each for place, (number, known) in enumerate(register.items()) for each in of(number, known, place, day)
        ]
        self._store = Store([*shared(), *made], given.clock)

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route(_TOKENS, self._desk.give, methods=["POST"]),
                Route(_SMART, self._smart),
                Route("/fhir/metadata", self._metadata),
                Route("/fhir", self._next_page),
                Route("/fhir/{kind}/_search", self._search, methods=["POST"]),
                Route("/fhir/{kind}/{name}", self._one),
            ]
        )

    async def _smart(self, _: Request) -> Response:
        return JSONResponse(
            {
                "token_endpoint": self._desk.url,
                "grant_types_supported": ["client_credentials"],
                "token_endpoint_auth_methods_supported": ["private_key_jwt"],
                "token_endpoint_auth_signing_alg_values_supported": ["RS384", "ES384"],
                "scopes_supported": sorted(_SCOPES),
                "capabilities": ["client-confidential-asymmetric"],
            }
        )

    async def _metadata(self, _: Request) -> Response:
        rest = {"mode": "server", "resource": [{"type": kind} for kind in sorted(KINDS)]}
        return _fhir(
            {
                "resourceType": "CapabilityStatement",
                "status": "active",
                "date": today(self._given.clock).isoformat(),
                "kind": "instance",
                "implementation": {"description": "Påhittad psykiatri", "url": f"{self._given.base_url}/fhir"},
                "fhirVersion": "4.0.1",
                "format": ["json"],
                "rest": [rest],
            }
        )

    async def _search(self, request: Request) -> Response:
        if not self._desk.knows(request):
            return _outcome(401, "login", "Token saknas eller har gått ut.")
        kind = request.path_params["kind"]
        if kind not in KINDS:
            return _outcome(404, "not-supported", "Servern har inte den sortens resurs.")
        body = (await request.body()).decode("utf-8", "replace")
        asked = [*request.query_params.multi_items(), *parse_qsl(body, keep_blank_values=True)]
        try:
            return self._bundle(*self._store.search(kind, self._honestly(kind, asked)))
        except BadSearch as error:
            return _outcome(400, "processing", f"Okänd parameter: {error}")

    def _honestly(self, kind: str, asked: list[tuple[str, str]]) -> list[tuple[str, str]]:
        """Return what was asked; or, when it is to be dishonest, the same about whoever is first in the register."""
        if kind != "Patient" or not self._given.switch.is_on(Fault.DISHONEST):
            return asked
        others = [each for each in self._store.resources if each["resourceType"] == "Patient"]
        sought = dict(asked).get("identifier", "")
        other = next(each for each in others if each["identifier"][0]["value"] not in sought)["identifier"][0]
        wrong = f"{other['system']}|{other['value']}"
        return [(name, wrong if name == "identifier" else value) for name, value in asked]

    async def _next_page(self, request: Request) -> Response:
        if not self._desk.knows(request):
            return _outcome(401, "login", "Token saknas eller har gått ut.")
        try:
            return self._bundle(*self._store.page(request.query_params.get("_getpages", "")))
        except Expired:
            return _outcome(410, "processing", "Sökningen finns inte kvar. Sök på nytt.")

    async def _one(self, request: Request) -> Response:
        if not self._desk.knows(request):
            return _outcome(401, "login", "Token saknas eller har gått ut.")
        found = self._store.find(request.path_params["kind"], request.path_params["name"])
        return _fhir(found) if found else _outcome(404, "not-found", "Resursen finns inte.")

    def _bundle(self, entries: list[Resource], token: str) -> Response:
        base = f"{self._given.base_url}/fhir"
        links = [{"relation": "self", "url": base}]
        if token:
            links.append({"relation": "next", "url": f"{base}?_getpages={token}"})
        made: Resource = {"resourceType": "Bundle", "type": "searchset", "link": links}
        if entries:
            full = [f"{base}/{each['resource']['resourceType']}/{each['resource']['id']}" for each in entries]
            made["entry"] = [{"fullUrl": url, **each} for url, each in zip(full, entries, strict=True)]
        return _fhir(made)


class _Phrases:
    def down(self) -> Phrase:
        return _phrase(503, "transient", "Stängt för underhåll.")

    def over_quota(self, seconds: int) -> Phrase:
        return _phrase(429, "throttled", "För många frågor.", {"Retry-After": str(seconds)})

    def wrong(self) -> Phrase:
        return _phrase(500, "exception", "Ett fel inträffade.")


def _fhir(resource: Resource, status: int = 200) -> Response:
    return Response(json.dumps(resource, ensure_ascii=False).encode(), status, media_type=_MEDIA_TYPE)


def _phrase(status: int, code: str, told: str, headers: dict[str, str] | None = None) -> Phrase:
    return Phrase(status, _MEDIA_TYPE, json.dumps(_issue(code, told), ensure_ascii=False).encode(), headers or {})


def _outcome(status: int, code: str, told: str) -> Response:
    return _fhir(_issue(code, told), status)


def _issue(code: str, told: str) -> Resource:
    return {"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": code, "diagnostics": told}]}


def _lines(known: Mapping[str, Any], number: str) -> list[str]:
    """Return what the register knows of one, for the page."""
    ended = "ended" in known["contact"]
    lines = [f"{'Avslutad' if ended else 'Pågående'} kontakt, {UNITS[known['unit']]}"]
    if "manager" in known:
        lines.append(f"Fast vårdkontakt: {', '.join(STAFF[known['manager']])}")
    lines += [f"Diagnos: {each['text']} ({each['code']})" for each in known.get("diagnoses", ())]
    lines += [f"Kan arbeta {each['percent']} procent" for each in known.get("assessments", ()) if "percent" in each]
    lines += [f"Plan: {known['plan']['title']}"] if "plan" in known else []
    lines += [f"Nästa tid kl. {known['next']['at']}, om {known['next']['ahead']} dagar"] if "next" in known else []
    lines += [f"Skydd: {known['protection']}"] if "protection" in known else []
    return lines + ([f"Tidigare samordningsnummer: {number}"] if number == known.get("earlier") else [])
