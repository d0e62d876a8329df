"""What may be known of a request's way through the hub, and of the questions it led to: never about whom.

The framework's own spans hold whole addresses, and what somebody has put into one by hand may be a number or a name.
`CleanTracers` lets through to the operator's provider only what the hub's own code has words for. `outgoing` traces a
question to an agency. `Traceparent` tells a caller the id that the log has too.

A trace's id is one hub's own. What a caller sends (`traceparent`, `tracestate`, `baggage`) is not gone on with: whoever
chose the id could find it again on the other side of a secrecy border, and what else it holds is words of theirs. For the
same reason an agency is sent an id made for that question alone, which no other agency, and no caller, is told.
"""

import asyncio
import os
from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final

from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.trace import Span, SpanContext, SpanKind, Status, StatusCode, Tracer, TracerProvider
from opentelemetry.util.types import Attributes, AttributeValue
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADER: Final = "traceparent"
METHOD: Final = "http.request.method"
STATUS: Final = "http.response.status_code"
#: A type or a code, never a text.
ERROR: Final = "error.type"
#: What the adapter calls the other side, in the log too.
PARTY: Final = "peer.service"
#: The id that the other side was told, by which its log and ours can be put together when both want to.
TOLD: Final = "hub.told_trace_id"
#: All that a span may say: each a word of the hub's own. `http.route` is the template, `/cases/{caseId}`.
_SAID: Final = frozenset({METHOD, STATUS, ERROR, PARTY, TOLD, "http.route"})
_told: Final = ContextVar("told", default="")


class CleanTracers(TracerProvider):
    """The provider that the operator has set for the process, with all that a span may not say kept out."""

    def get_tracer(self, instrumenting_module_name: str, *_: Any, **__: Any) -> Tracer:
        """Return a tracer of the operator's provider as it is when a span is begun."""
        return _CleanTracer(instrumenting_module_name)

    def add_span_processor(self, processor: Any) -> None:
        """Let the framework add the exporter that the environment names. Raises AttributeError without a provider."""
        provider: Any = trace.get_tracer_provider()
        provider.add_span_processor(processor)


class _CleanTracer(Tracer):
    def __init__(self, name: str) -> None:
        self._name = name
        self._provider: TracerProvider | None = None
        self._tracer: Tracer = trace.NoOpTracer()

    def start_span(
        self,
        name: str,
        context: Context | None = None,
        kind: SpanKind = SpanKind.INTERNAL,
        attributes: Attributes = None,
        *_: Any,
        **__: Any,
    ) -> "CleanSpan":
        provider = trace.get_tracer_provider()
        if provider is not self._provider:
            self._provider, self._tracer = provider, provider.get_tracer(self._name)
        span = self._tracer.start_span(name, context=_own(context), kind=kind, attributes=_clean(attributes))
        return CleanSpan(span)

    def start_as_current_span(self, name: str, *args: Any, end_on_exit: bool = True, **more: Any) -> Any:
        span = self.start_span(name, *args, **more)
        return trace.use_span(span, end_on_exit=end_on_exit, record_exception=False, set_status_on_exception=False)


class CleanSpan(Span):
    """A span that says only what it may. Of what went wrong it says the kind: a text or a trace may show arguments."""

    def __init__(self, span: Span) -> None:
        self._span = span

    def end(self, end_time: int | None = None) -> None:
        self._span.end(end_time)

    def get_span_context(self) -> SpanContext:
        return self._span.get_span_context()

    def set_attributes(self, attributes: Mapping[str, AttributeValue]) -> None:
        self._span.set_attributes(_clean(attributes))

    def set_attribute(self, key: str, value: AttributeValue) -> None:
        if key in _SAID:
            self._span.set_attribute(key, value)

    def add_event(self, name: str, attributes: Attributes = None, timestamp: int | None = None) -> None:
        """Nothing of ours has events."""

    def update_name(self, name: str) -> None:
        self._span.update_name(name)

    def is_recording(self) -> bool:
        return self._span.is_recording()

    def set_status(self, status: Status | StatusCode, *_: Any, **__: Any) -> None:
        self._span.set_status(status.status_code if isinstance(status, Status) else status)

    def record_exception(self, exception: BaseException, *_: Any, **__: Any) -> None:
        self.set_attribute(ERROR, type(exception).__name__)


_OUR_TRACER: Final = CleanTracers().get_tracer("hub")


@contextmanager
def outgoing(party: str, method: str, headers: Mapping[str, str] | None) -> Iterator[Span]:
    """Yield the span of one question to `party`, to say on how it went: one that says nothing, unless the request that
    leads to the question is traced itself.
    """
    if not isinstance(trace.get_current_span(), CleanSpan):
        yield trace.INVALID_SPAN
        return
    said: dict[str, AttributeValue] = {METHOD: method, PARTY: party}
    if told := (headers or {}).get(HEADER):
        said[TOLD] = told.split("-")[1]
    span = _OUR_TRACER.start_span(f"{method} {party}", kind=SpanKind.CLIENT, attributes=said)
    try:
        yield span
    except asyncio.CancelledError:
        failed(span, "cancelled")
        raise
    finally:
        span.end()


def failed(span: Span, kind: str) -> None:
    """Say of a span that it came to nothing, and why: `kind` is a code of the hub's own."""
    span.set_attribute(ERROR, kind)
    span.set_status(StatusCode.ERROR)


def fresh() -> str:
    """Return a `traceparent` that has been told to nobody, and tells of nothing (W3C Trace Context 1, section 3.2)."""
    drawn = os.urandom(24).hex()
    return f"00-{drawn[:32]}-{drawn[32:]}-00"


def with_trace(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Return the line with the id that the caller is told: who asks why something failed can say which it was."""
    if told := _told.get() or _of(trace.get_current_span().get_span_context()):
        event["trace"] = told.split("-")[1]
    return event


class Traceparent:
    """Tells on every answer which trace it is part of (Digg's profile, SPA.04): the request's own when it is traced.

    It is as random as any id, new each time, also when an answer is given again, and hangs together with nothing that
    was asked about.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        told = _of(trace.get_current_span().get_span_context()) or fresh()

        async def with_it(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), (HEADER.encode(), told.encode())]
            await send(message)

        before = _told.set(told)
        try:
            await self._app(scope, receive, with_it)
        finally:
            _told.reset(before)


def _of(span: SpanContext) -> str:
    if not span.is_valid:
        return ""
    return f"00-{trace.format_trace_id(span.trace_id)}-{trace.format_span_id(span.span_id)}-{span.trace_flags:02x}"


def _own(context: Context | None) -> Context:
    """Return a context with nothing but the span that is going on here; nothing of what a caller has sent."""
    current = trace.get_current_span(context)
    return trace.set_span_in_context(current, Context()) if isinstance(current, CleanSpan) else Context()


def _clean(attributes: Attributes) -> dict[str, AttributeValue]:
    return {name: value for name, value in (attributes or {}).items() if name in _SAID}
