"""A made-up Försäkringskassan (and Pensionsmyndigheten): LEFI v9 over mTLS, with a register of its own."""

import json
from datetime import date
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from adapters.sandbox.common import Agency, Fault, Given, Phrase, load_register
from adapters.sandbox.forsakringskassan.groups import GROUPS, KEYS, PARTS, PM_PARTS, REFUSED

#: The only actor that the agency knows; the hub's own.
ACTOR: Final = "9255f428-4ba0-63ce-5407-e65d469fac0f"
_PATH: Final = "/lefi-extern-formansinformation/v9/aktorer/{actor}"
_TEN: Final = 10


class Refusal(Exception):
    """Why a question isn't answered."""

    def __init__(self, status: HTTPStatus, message: str) -> None:
        super().__init__(message)
        self.status, self.message = status, message


def create(given: Given) -> Agency:
    """Return the agency."""
    register = load_register(Path(__file__).with_name("register.yaml"))
    desk = Desk(register, given)
    routes = [
        Route(f"{_PATH}/formansinformation/fraga", desk.ask, methods=["POST"]),
        Route(f"{_PATH}/tillgangligaInformationstyper", desk.available),
    ]
    return Agency(
        slug="fk",
        name="Försäkringskassan",
        app=Starlette(routes=routes),
        phrases=_Phrases(given),
        media_type="application/json",
        numbers=tuple(register),
        knows=lambda number: _lines(register.get(number)),
        client_certificate=True,
    )


class Desk:
    """Where questions are asked."""

    def __init__(self, register: dict[str, dict[str, Any]], given: Given) -> None:
        self._register, self._given = register, given

    async def ask(self, request: Request) -> Response:
        """Answer a question about one individual."""
        try:
            _known_actor(request)
            question = _question(await request.body())
        except Refusal as refusal:
            return self._refused(refusal)
        return JSONResponse(self._answer(question))

    async def available(self, request: Request) -> Response:
        """Tell what the actor may ask for."""
        try:
            _known_actor(request)
        except Refusal as refusal:
            return self._refused(refusal)
        told = {part: [_group(code) for code in codes if code not in REFUSED] for part, codes in PARTS.items()}
        return JSONResponse({"utlamnare": _providers(), **told})

    def _refused(self, refusal: Refusal) -> Response:
        return JSONResponse(_error(self._given, refusal.message), refusal.status)

    def _answer(self, question: dict[str, Any]) -> dict[str, Any]:
        number = _found(self._register, question["personnummer"])
        if number and self._given.switch.is_on(Fault.DISHONEST):
            numbers = list(self._register)
            number = numbers[(numbers.index(number) + 1) % len(numbers)]
        known = self._register[number] if number else {}
        told = {part: _of_pm(known.get(part, []), set(question.get(part, []))) for part in PM_PARTS}
        deviations = {part: _refusals(question.get(part, [])) for part in PARTS}
        return {
            "utlamnare": _providers(),
            "avvikelser": {part: each for part, each in deviations.items() if each},
            "formansinformation": _of_fk(number, known, question),
            **{part: each for part, each in told.items() if each},
        }


class _Phrases:
    def __init__(self, given: Given) -> None:
        self._given = given

    def down(self) -> Phrase:
        return self._said(HTTPStatus.SERVICE_UNAVAILABLE, "Tjänsten är stängd")

    def wrong(self) -> Phrase:
        return self._said(HTTPStatus.INTERNAL_SERVER_ERROR, "Internt fel")

    def over_quota(self, seconds: int) -> Phrase:
        return self._said(HTTPStatus.TOO_MANY_REQUESTS, "För många anrop", {"Retry-After": str(seconds)})

    def _said(self, status: HTTPStatus, message: str, headers: dict[str, str] | None = None) -> Phrase:
        body = json.dumps(_error(self._given, message)).encode()
        return Phrase(status, "application/json", body, headers or {})


def _error(given: Given, message: str) -> dict[str, str]:
    return {"meddelande": message, "timestamp": given.clock.now().isoformat()}


def _known_actor(request: Request) -> None:
    if request.path_params["actor"] != ACTOR:
        raise Refusal(HTTPStatus.FORBIDDEN, "Aktören är okänd eller får inte företrädas")


def _question(body: bytes) -> dict[str, Any]:
    """Return the question, tested as the contract says. Raises Refusal."""
    try:
        told: dict[str, Any] = json.loads(body)
        start, end = (date.fromisoformat(told["period"][each]) for each in ("from", "tom"))
        number, groups = told["personnummer"], {part: set(told.get(part, [])) for part in PARTS}
    except (ValueError, TypeError, KeyError, AttributeError):
        raise Refusal(HTTPStatus.BAD_REQUEST, "Frågan följer inte schemat") from None
    if not (isinstance(number, str) and number.isdecimal() and len(number) in (_TEN, _TEN + 2)):
        raise Refusal(HTTPStatus.BAD_REQUEST, "Personnumret följer inte schemat")
    if any(each - set(PARTS[part]) for part, each in groups.items()):
        raise Refusal(HTTPStatus.BAD_REQUEST, "Okänd förmånsgrupp")
    if not any(groups.values()):
        raise Refusal(HTTPStatus.BAD_REQUEST, "Ingen förmånsgrupp är angiven")
    if end < start or (end.year - start.year, end.month, end.day) >= (2, start.month, start.day):
        raise Refusal(HTTPStatus.BAD_REQUEST, "Perioden är för lång eller bakvänd")
    return told


def _found(register: dict[str, dict[str, Any]], number: str) -> str | None:
    return next((each for each in register if number in (each, each[2:])), None)


def _of_fk(number: str | None, known: dict[str, Any], question: dict[str, Any]) -> dict[str, Any]:
    asked = {each for part in PARTS for each in question.get(part, [])} - REFUSED
    told: dict[str, Any] = {}
    if number and "FK:GEPI" in asked:
        told["generellPersoninformation"] = [{"personnummer": number, **known["person"]}]
    for key, cases in known.get("formansinformation", {}).items():
        if KEYS[key] in asked or (key == "utbetalningsuppgift" and question.get("utbetalningar")):
            told[key] = [_within(each, question["period"]) for each in cases]
    return told


def _of_pm(told: list[dict[str, Any]], asked: set[str]) -> list[dict[str, Any]]:
    return [each for each in told if {"PM:AP", each.get("formansgrupp", {}).get("kod")} & asked]


def _within(case: dict[str, Any], period: dict[str, str]) -> dict[str, Any]:
    """Return the case with those decisions that touch the period."""
    if "beslut" not in case:
        return case
    held = [each for each in case["beslut"] if _touches(each.get("period", {}), period)]
    return {**case, "beslut": held}


def _touches(told: dict[str, str], period: dict[str, str]) -> bool:
    return told.get("fran", "") <= period["tom"] and told.get("till", "9999") >= period["from"]


def _group(code: str) -> dict[str, str]:
    return {"kod": code, "beskrivning": GROUPS[code]}


def _refusals(asked: list[str]) -> list[dict[str, Any]]:
    deviation = {"kod": "OBEHORIG", "beskrivning": "Aktören är inte behörig"}
    name = "formansgrupp"
    return [
        {"avvikelse": deviation, "ovrigInformationstyp" if each == "FK:SKUP" else name: _group(each)}
        for each in asked
        if each in REFUSED
    ]


def _providers() -> list[dict[str, Any]]:
    well = {"kod": "OK", "beskrivning": "Tillgänglig"}
    names = {"FK": "Försäkringskassan", "PM": "Pensionsmyndigheten"}
    return [{"utlamnare": {"kod": code, "namn": name}, "tillstand": well} for code, name in names.items()]


def _lines(known: dict[str, Any] | None) -> tuple[str, ...]:
    """Tell what the register holds, for the sandbox's page."""
    if known is None:
        return ()
    cases = [f"{key}: {len(each)}" for key, each in known.get("formansinformation", {}).items()]
    pensions = [f"Pensionsmyndigheten, {part}: {len(known[part])}" for part in PM_PARTS if part in known]
    protected = ["skyddade personuppgifter"] if known["person"].get("skyddad") else []
    return ("personuppgifter", *protected, *cases, *pensions)
