"""Logs as JSON lines on standard output. Whatever is logged, a personal number never comes out."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any, Final

import structlog

from hub.kit.tracing import with_trace

#: Ten or twelve digits that could be a personal number, with or without a sign between.
_NUMBER: Final = re.compile(r"(?<!\d)(?:\d{2})?\d{6}[-+]?\d{4}(?!\d)")
#: Libraries that, on lower levels, log whole statements with their values, or addresses.
_TALKATIVE: Final = ("aiosqlite", "sqlalchemy", "httpx", "httpcore", "aiohttp", "asyncio", "python_multipart")
#: Libraries that warn with what somebody has sent in a header (`tracestate`, `baggage`).
_REPEATING: Final = ("opentelemetry.trace", "opentelemetry.baggage")
_HIDDEN: Final = "<nummer>"


def configure(level: str) -> None:
    """Let every log line, ours and the libraries', go through the same road."""
    processors = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _without_traceback,
        without_numbers,
        with_trace,  # after what strikes numbers, which an id may happen to look like
        structlog.processors.JSONRenderer(ensure_ascii=False),
    ]
    structlog.configure(
        processors=processors,
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.WriteLoggerFactory(sys.stdout),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *processors[1:]]
        )
    )
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for talkative in _TALKATIVE:
        logging.getLogger(talkative).setLevel(logging.WARNING)
    for repeating in _REPEATING:
        logging.getLogger(repeating).setLevel(logging.ERROR)


def without_numbers(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Return the line with everything that could be a personal number struck."""
    return {name: _NUMBER.sub(_HIDDEN, value) if isinstance(value, str) else value for name, value in event.items()}


def _without_traceback(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A traceback shows arguments, and they may be anybody's: only the error's type stays."""
    error = event.pop("exc_info", None)
    if isinstance(error, tuple) and error[0] is not None:
        event["error"] = error[0].__name__
    return event
