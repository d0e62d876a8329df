"""Every error of the API as problem+json, in Swedish, with what to do; never what was sent."""

import traceback
from collections.abc import Iterable
from typing import Any, Final

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException  # noqa: TID251  what the framework itself raises

from hub.kit.errors import FieldError, HubError, Invalid, NotFound
from hub.kit.ids import new_id
from hub.kit.rest import PROBLEM_JSON, problem_of

_log = structlog.get_logger()


class NotAllowed(HubError):
    status, code, title = 405, "fel-metod", "Så kan adressen inte användas"
    detail = "Se i beskrivningen vilka metoder som adressen tar."


class BadRequest(HubError):
    status, code, title = 400, "gar-inte-att-lasa", "Det som skickades går inte att läsa"
    detail = "Skicka giltig JSON i UTF-8 med Content-Type application/json."


class WrongMedia(HubError):
    status, code, title = 415, "fel-format", "Formatet går inte att läsa"
    detail = "Skicka JSON med Content-Type application/json."


_BY_STATUS: Final[dict[int, type[HubError]]] = {400: BadRequest, 404: NotFound, 405: NotAllowed, 415: WrongMedia}

#: What to do about what pydantic found, by its own word for it. What isn't here gets the general sentence.
_WORDS: Final = {
    "missing": "Uppgiften saknas. Skicka med den.",
    "extra_forbidden": "Uppgiften hör inte hit. Ta bort den eller rätta namnet.",
    "string_too_long": "Texten är för lång. Korta den till högst {max_length} tecken.",
    "string_too_short": "Texten är för kort. Skriv minst {min_length} tecken.",
    "too_long": "Det är för många på en gång. Skicka högst {max_length}.",
    "too_short": "Skicka minst {min_length}.",
    "enum": "Värdet finns inte i listan. Välj något av: {expected}.",
    "literal_error": "Värdet finns inte i listan. Välj något av: {expected}.",
    "date_from_datetime_parsing": "Skriv datumet som ÅÅÅÅ-MM-DD.",
    "date_parsing": "Skriv datumet som ÅÅÅÅ-MM-DD.",
    "datetime_parsing": "Skriv tidpunkten enligt RFC 3339, i UTC.",
    "datetime_from_date_parsing": "Skriv tidpunkten enligt RFC 3339, i UTC.",
    "timezone_aware": "Skriv tidpunkten med tidszon, helst UTC (Z).",
    "int_parsing": "Skriv ett heltal.",
    "bool_parsing": "Skriv true eller false.",
    "greater_than_equal": "Skriv ett tal som är minst {ge}.",
    "less_than_equal": "Skriv ett tal som är högst {le}.",
    "json_invalid": "Det är inte giltig JSON.",
}
_GENERAL: Final = "Värdet går inte att använda. Se i beskrivningen hur det ska skrivas."


def answer(error: HubError, instance: str | None = None) -> JSONResponse:
    """Return `error` as an answer."""
    body = problem_of(error, instance or new_id()).model_dump(by_alias=True, exclude_none=True)
    return JSONResponse(body, error.status, error.headers, media_type=PROBLEM_JSON)


def install(api: FastAPI) -> None:
    """Let every error of `api` be told as a problem."""
    api.add_exception_handler(HubError, _hub_error)
    api.add_exception_handler(RequestValidationError, _invalid)
    api.add_exception_handler(HTTPException, _http)
    api.add_exception_handler(Exception, _unforeseen)


async def _hub_error(_request: Request, error: Exception) -> JSONResponse:
    return answer(error if isinstance(error, HubError) else HubError())


async def _invalid(_request: Request, error: Exception) -> JSONResponse:
    found: Iterable[Any] = error.errors() if isinstance(error, RequestValidationError) else ()
    return answer(Invalid(fields=tuple(_field(each) for each in found)))


def of_status(status: int, error: Exception | None = None) -> HubError:
    """Return the error that stands for a status of the framework's own."""
    return _BY_STATUS.get(status, HubError)(headers=getattr(error, "headers", None))


async def _http(_request: Request, error: Exception) -> JSONResponse:
    return answer(of_status(error.status_code if isinstance(error, HTTPException) else 500, error))


async def _unforeseen(_request: Request, error: Exception) -> JSONResponse:
    return answer(HubError(), log_unforeseen(error))


def log_unforeseen(error: Exception) -> str:
    """Log what went wrong by its type and a number that the caller may be told, never by its text; return the number."""
    instance = new_id()
    frames = traceback.extract_tb(error.__traceback__)
    where = f"{frames[-1].filename.rpartition('/')[2]}:{frames[-1].lineno}" if frames else ""
    _log.error("unforeseen", instance=instance, error=type(error).__name__, where=where)
    return instance


def _field(found: dict[str, Any]) -> FieldError:
    place = [str(each) for each in found["loc"] if each not in {"body", "query", "path", "header"}]
    if found["type"] == "extra_forbidden":
        place.pop()  # a name that isn't ours may be anybody's
    told: dict[str, Any] = found.get("ctx") or {}
    context = {name: value for name, value in told.items() if isinstance(value, str | int)}
    words = _WORDS.get(found["type"], _GENERAL)
    try:
        message = words.format(**context)
    except KeyError:
        message = _GENERAL
    return FieldError(".".join(place), message)
