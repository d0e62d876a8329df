"""Canaries: a number and words that nobody has, planted in whatever can be filled in; and ears at every way out."""

import io
import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote_plus

import httpx
import pytest
import structlog
from opentelemetry import metrics, trace
from opentelemetry.context import get_current

from hub import logs

#: One of Skatteverket's kind of test numbers that nobody in the example has, as people write it.
NUMBER = "198501199809"
_DIGITS = ("8501199809", "850119-9809", "850119+9809")
#: In every word that is planted; nothing else has it in it.
MARK = "kvittrande"


def word(where: str) -> str:
    """Return a word to plant, that tells where it was planted."""
    return f"{MARK.title()} {where}"


def sung(text: str) -> str:
    """Return what of the canaries is in `text`, with what is round it; empty when there is nothing."""
    plain = unquote_plus(text)
    for each in (MARK, *_DIGITS):
        at = plain.lower().find(each)
        if at >= 0:
            return plain[max(0, at - 100) : at + 100]
    return ""


def planted(example: Any, where: str = "") -> Any:
    """Return the example of a body with a canary in every text; codes and dates become canaries too, and are refused."""
    if isinstance(example, dict):
        return {name: planted(value, name) for name, value in example.items()}
    if isinstance(example, list):
        return [planted(each, where) for each in example]
    if isinstance(example, str):
        return NUMBER if where == "number" else word(where)
    return example


def one_by_one(example: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the example once for each of its texts, with a canary in that one alone."""
    for name, value in example.items():
        if isinstance(value, str | list | dict):
            yield {**example, name: planted(value, name)}


#: Headings of the sections where a case shows its team what it keeps: an error on that page shows them as they were.
KEPT = {"varfor"}


class _Shown(HTMLParser):
    """What of a page is neither a field that somebody has filled in, which is theirs and is shown to them again, nor what
    the case keeps for them to read.
    """

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self._left_out: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        inside = self._left_out and tag == self._left_out[-1]
        if inside or tag == "textarea" or dict(attrs).get("aria-labelledby") in KEPT:
            self._left_out.append(tag)
        left_out = {"value"} if tag in {"input", "option"} else set[str]()
        self.text += [value or "" for name, value in attrs if name not in left_out]

    def handle_endtag(self, tag: str) -> None:
        if self._left_out and tag == self._left_out[-1]:
            self._left_out.pop()

    def handle_data(self, data: str) -> None:
        if not self._left_out:
            self.text.append(data)


def outside_fields(page: str) -> str:
    """Return a page without what stands in its fields or is kept in the case, and without somebody's own words quoted in
    the sentence of the consent that they are writing.
    """
    shown = _Shown()
    shown.feed(page)
    return re.sub("”[^”]*”", "", " ".join(shown.text))


@dataclass
class Ears:
    """What has come out of the hub: lines of logs, spans, measurements, and answers' heads and errors."""

    lines: io.StringIO = field(default_factory=io.StringIO)
    spans: list[str] = field(default_factory=list[str])
    measured: list[str] = field(default_factory=list[str])
    heard: list[str] = field(default_factory=list[str])

    def answered(self, answer: httpx.Response, what: str) -> None:
        """Listen to an answer: all of its head; all of an error but the fields of a form that is shown again."""
        heads = " ".join(f"{name}: {value}" for name, value in answer.headers.items())
        error = ""
        if answer.status_code >= 400:
            page = answer.headers.get("content-type", "").startswith("text/html")
            error = outside_fields(answer.text) if page else answer.text
        for part in (heads, error):
            if found := sung(part):
                self.heard.append(f"{what} ({answer.status_code}): … {found} …")

    def all_sung(self) -> list[str]:
        """Return every canary that got out."""
        out = [*self.lines.getvalue().splitlines(), *self.spans, *self.measured]
        return [*self.heard, *(found for each in out if (found := sung(each)))]


@contextmanager
def listening(monkeypatch: pytest.MonkeyPatch) -> Iterator[Ears]:
    """Let logs run as in production but on the lowest level, and let whoever traces or measures do it into our ears."""
    ears, root = Ears(), logging.getLogger()
    handlers, level = list(root.handlers), root.level
    monkeypatch.setattr(trace, "get_tracer_provider", lambda: _Tracers(ears))
    monkeypatch.setattr(metrics, "get_meter_provider", lambda: _Meters(ears))
    logs.configure("debug")
    structlog.configure(logger_factory=structlog.WriteLoggerFactory(ears.lines), cache_logger_on_first_use=False)
    for handler in root.handlers:
        if isinstance(handler, logging.StreamHandler):
            handler.setStream(ears.lines)
    try:
        yield ears
    finally:
        structlog.reset_defaults()
        root.handlers, root.level = handlers, level


class _Span(trace.NonRecordingSpan):
    """Hears all that a span may be told, whether or not the hub's own spans would pass it on."""

    def __init__(self, ears: Ears) -> None:
        super().__init__(trace.INVALID_SPAN_CONTEXT)
        self._ears = ears

    def set_attributes(self, attributes: Mapping[str, Any]) -> None:
        self._ears.spans.append(str(dict(attributes)))

    def set_attribute(self, key: str, value: Any) -> None:
        self._ears.spans.append(f"{key}={value}")

    def add_event(self, name: str, attributes: Any = None, timestamp: int | None = None) -> None:
        self._ears.spans.append(f"{name} {attributes}")

    def record_exception(self, exception: BaseException, *_: Any, **__: Any) -> None:
        self._ears.spans.append(repr(exception))

    def update_name(self, name: str) -> None:
        self._ears.spans.append(name)

    def set_status(self, status: Any, description: str | None = None) -> None:
        told = (status.status_code, status.description) if isinstance(status, trace.Status) else (status, description)
        self._ears.spans.append(f"status {told}")


class _Tracer(trace.NoOpTracer):
    def __init__(self, ears: Ears) -> None:
        self._ears = ears

    def start_span(
        self, name: str, context: Any = None, kind: Any = None, attributes: Any = None, *more: Any, **named: Any
    ) -> trace.Span:
        """Samplers and processors see what the span is begun in, a caller's `tracestate` and `baggage` among it."""
        around = get_current() if context is None else context
        self._ears.spans.append(f"{name} {attributes} {dict(around)} {more} {named}")
        return _Span(self._ears)


class _Tracers(trace.TracerProvider):
    def __init__(self, ears: Ears) -> None:
        self._ears = ears

    def get_tracer(self, *_: Any, **__: Any) -> trace.Tracer:
        return _Tracer(self._ears)


class _Meters(metrics.MeterProvider):
    def __init__(self, ears: Ears) -> None:
        self._ears = ears

    def get_meter(self, name: str, *_: Any, **__: Any) -> metrics.Meter:
        return _Meter(name, self._ears)


class _Histogram(metrics.NoOpHistogram):
    def __init__(self, name: str, ears: Ears) -> None:
        super().__init__(name)
        self._ears = ears

    def record(self, amount: float, attributes: Any = None, context: Any = None) -> None:
        self._ears.measured.append(f"{amount} {attributes}")


class _Meter(metrics.NoOpMeter):
    def __init__(self, name: str, ears: Ears) -> None:
        super().__init__(name)
        self._ears = ears

    def create_histogram(self, name: str, *_: Any, **__: Any) -> metrics.Histogram:
        return _Histogram(name, self._ears)


def in_files(folder: Path, texts: list[str]) -> list[str]:
    """Return which of `texts` stand in any of the databases' files, in UTF-8 or UTF-16."""
    content = b"\0".join(path.read_bytes() for path in sorted(folder.glob("*.db*")))
    return [each for each in texts if each.encode() in content or each.encode("utf-16-le") in content]


def spelled(number: str) -> list[str]:
    """Return a number as somebody might store it."""
    return [number[2:], f"{number[2:8]}-{number[8:]}", re.sub(r"^(\d{8})", r"\1-", number)]
