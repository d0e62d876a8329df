"""Spans say what the hub has words for and nothing else, and an id that crosses a border was made for that crossing."""

import asyncio
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from opentelemetry import baggage, trace
from opentelemetry.context import Context
from opentelemetry.trace import NonRecordingSpan, SpanContext, Status, StatusCode, TraceFlags, TraceState
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from hub.kit import tracing
from hub.kit.http import Http, HttpError
from hub.kit.tracing import CleanTracers, Traceparent

pytestmark = pytest.mark.requirement("HUB-09")
#: What somebody might have put anywhere.
THEIRS = "19850119-9809"
FORM = re.compile(r"00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-0[01]")


@dataclass
class Heard(NonRecordingSpan):
    """A span that remembers all that it is told."""

    name: str
    parent: SpanContext
    number: int
    told: list[Any] = field(default_factory=list)
    ended: int = 0

    def __post_init__(self) -> None:
        super().__init__(SpanContext(0xABC, self.number, is_remote=False, trace_flags=TraceFlags(1)))

    def set_attributes(self, attributes: Any) -> None:
        self.told += attributes.items()

    def set_attribute(self, key: str, value: Any) -> None:
        self.told.append((key, value))

    def add_event(self, *told: Any, **more: Any) -> None:
        self.told += [told, more]

    def record_exception(self, *told: Any, **more: Any) -> None:
        self.told += [told, more]

    def set_status(self, *told: Any, **more: Any) -> None:
        self.told += [told, *more.items()]

    def update_name(self, name: str) -> None:
        self.name = name

    def end(self, end_time: int | None = None) -> None:
        self.ended += 1


class Collector(trace.TracerProvider, trace.Tracer):
    """A provider, as an operator sets one, and its tracer."""

    def __init__(self) -> None:
        self.spans: list[Heard] = []
        self.contexts: list[Context] = []
        self.processors: list[str] = []

    def get_tracer(self, *_: Any, **__: Any) -> trace.Tracer:
        return self

    def start_span(
        self, name: str, context: Any = None, kind: Any = None, attributes: Any = None, *_: Any, **__: Any
    ) -> Heard:
        parent = trace.get_current_span(context).get_span_context()
        self.contexts.append(context)
        self.spans.append(Heard(name, parent, len(self.spans) + 1, list(attributes.items())))
        return self.spans[-1]

    def start_as_current_span(self, *_: Any, **__: Any) -> Any:
        raise AssertionError("nobody of ours lets the provider decide what is said of an error")

    def add_span_processor(self, processor: str) -> None:
        self.processors.append(processor)


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Collector:
    made = Collector()
    monkeypatch.setattr(trace, "get_tracer_provider", lambda: made)
    return made


@contextmanager
def traced_request() -> Iterator[trace.Span]:
    """Yield the span of a request that goes on meanwhile."""
    with CleanTracers().get_tracer("test").start_as_current_span("POST /cases/{caseId}/gatherings") as span:
        yield span


def test_a_span_says_only_what_the_hub_has_words_for(provider: Collector) -> None:
    given = {"url.query": THEIRS, "url.path": THEIRS, "client.address": THEIRS, "http.request.method": "GET"}
    span = CleanTracers().get_tracer("test").start_span("GET", attributes=given)
    span.set_attributes({"user_agent.original": THEIRS, "http.response.status_code": 200})
    span.set_attribute("exception.message", THEIRS)
    span.set_attribute("http.route", "/cases/{caseId}")
    span.add_event("exception", {"exception.stacktrace": THEIRS})
    span.set_status(Status(StatusCode.ERROR, THEIRS))
    span.set_status(StatusCode.ERROR, THEIRS)
    span.record_exception(ValueError(THEIRS))
    span.update_name("GET /cases/{caseId}")
    span.end()
    heard = provider.spans[0]
    assert (heard.name, heard.ended, span.is_recording()) == ("GET /cases/{caseId}", 1, False)
    assert heard.told == [
        ("http.request.method", "GET"),
        ("http.response.status_code", 200),
        ("http.route", "/cases/{caseId}"),
        (StatusCode.ERROR,),
        (StatusCode.ERROR,),
        ("error.type", "ValueError"),
    ]


def test_an_error_that_passes_is_not_told_with_its_text(provider: Collector) -> None:
    with pytest.raises(ValueError, match="text"), CleanTracers().get_tracer("test").start_as_current_span("GET"):
        raise ValueError("a text")
    assert provider.spans[0].told == []
    assert provider.spans[0].ended == 1


def test_what_a_caller_sends_is_not_gone_on_with(provider: Collector) -> None:
    """Nor is it anywhere that the operator's samplers and processors look."""
    theirs = SpanContext(0x123, 0x456, is_remote=True, trace_state=TraceState([("a", THEIRS)]))
    sent = baggage.set_baggage("number", THEIRS, trace.set_span_in_context(NonRecordingSpan(theirs), Context()))
    CleanTracers().get_tracer("test").start_span("GET", context=sent)
    assert provider.contexts == [{}]
    assert provider.spans[0].parent == trace.INVALID_SPAN_CONTEXT


def test_a_provider_that_is_set_later_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    tracer, first, second = CleanTracers().get_tracer("test"), Collector(), Collector()
    for each in (first, second):
        monkeypatch.setattr(trace, "get_tracer_provider", lambda each=each: each)
        tracer.start_span("GET")
        tracer.start_span("GET")
    assert [len(each.spans) for each in (first, second)] == [2, 2]


def test_an_exporter_of_the_environment_is_the_providers(provider: Collector) -> None:
    CleanTracers().add_span_processor("exporter")
    assert provider.processors == ["exporter"]


def asking(reply: Any) -> Http:
    made = Http("socialtjanst")
    made._client = httpx.AsyncClient(transport=httpx.MockTransport(reply))
    return made


async def test_a_question_is_a_span_below_its_request(provider: Collector) -> None:
    told, address = tracing.fresh(), f"https://socialtjanst.example/personer/{THEIRS}?sok={THEIRS}"
    http = asking(lambda _: httpx.Response(412, content=THEIRS.encode(), headers={"ETag": THEIRS}))
    with traced_request() as request:
        await http.send("POST", address, headers={"traceparent": told, "X-Nummer": THEIRS}, content=THEIRS.encode())
    heard = provider.spans[1]
    assert heard.parent == request.get_span_context()
    assert (heard.name, heard.ended) == ("POST socialtjanst", 1)
    assert dict(heard.told) == {
        "http.request.method": "POST",
        "peer.service": "socialtjanst",
        "hub.told_trace_id": told.split("-")[1],
        "http.response.status_code": 412,
    }


async def test_a_question_that_came_to_nothing_says_why(provider: Collector) -> None:
    def fail(_: httpx.Request) -> httpx.Response:
        raise httpx.ReadTimeout(THEIRS)

    with traced_request(), pytest.raises(HttpError):
        await asking(fail).send("GET", f"https://socialtjanst.example/{THEIRS}")
    assert provider.spans[1].told[2:] == [("error.type", "silent"), (StatusCode.ERROR,)]
    assert provider.spans[1].ended == 1


async def test_a_question_that_nobody_waits_for_is_cancelled(provider: Collector) -> None:
    begun = asyncio.Event()

    async def say_nothing(_: httpx.Request) -> httpx.Response:
        begun.set()
        return await asyncio.Future()

    with traced_request():
        question = asyncio.create_task(asking(say_nothing).send("GET", "https://socialtjanst.example/"))
    await begun.wait()
    question.cancel()
    with pytest.raises(asyncio.CancelledError):
        await question
    assert provider.spans[1].told[2:] == [("error.type", "cancelled"), (StatusCode.ERROR,)]
    assert provider.spans[1].ended == 1


async def test_without_a_traced_request_nothing_is_traced(provider: Collector) -> None:
    await asking(lambda _: httpx.Response(200)).send("GET", "https://socialtjanst.example/")
    assert provider.spans == []


def answering() -> httpx.AsyncClient:
    """A client of an application that answers with the id that its log would have."""

    async def answer(_: Request) -> PlainTextResponse:
        return PlainTextResponse(str(tracing.with_trace(None, "", {}).get("trace")))

    app = Traceparent(Starlette(routes=[Route("/", answer)]))
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://hub.test")


async def test_every_answer_tells_a_trace_that_the_log_has_too() -> None:
    async with answering() as client:
        answers = [await client.get(path) for path in ("/", "/", "/finns-inte")]
    told = [each.headers["traceparent"] for each in answers]
    assert all(FORM.fullmatch(each) for each in told)
    assert len(set(told)) == 3, "an id is made anew each time"
    assert [each.text for each in answers[:2]] == [each.split("-")[1] for each in told[:2]]
    assert tracing.with_trace(None, "", {}) == {}, "outside a request there is none"


async def test_what_is_no_request_is_let_through() -> None:
    kinds = list[str]()

    async def app(scope: Scope, _receive: Receive, _send: Send) -> None:
        kinds.append(scope["type"])

    async def nothing(*_: Any) -> Any:
        raise AssertionError("nobody is spoken to")

    await Traceparent(app)({"type": "lifespan"}, nothing, nothing)
    assert kinds == ["lifespan"]


async def test_a_traced_request_tells_its_own_trace(provider: Collector) -> None:
    async with answering() as client:
        with traced_request() as span:
            assert tracing.with_trace(None, "", {}) == {"trace": f"{0xABC:032x}"}
            answer = await client.get("/", headers={"traceparent": tracing.fresh()})
    assert answer.headers["traceparent"] == f"00-{0xABC:032x}-{span.get_span_context().span_id:016x}-01"
