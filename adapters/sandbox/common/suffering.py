"""The faults themselves, around an agency's app: every reply goes through here, and says that it is made up."""

import asyncio
from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from adapters.sandbox.common.agency import Agency, Phrase
from adapters.sandbox.common.faults import Fault, Switch

#: On every reply. A hub in production refuses what carries it (`hub.kit.http`).
MADE_UP: Final = ("X-Pahittade-Uppgifter", "ja")
_HUGE: Final = 50_000_000
_PIECE: Final = b" " * 65_536
_DEPTH: Final = 10_000
#: Writes bytes on the very connection of a request, past what the server would correct.
Raw = Callable[[Scope, bytes], None]


class Suffering:
    """ASGI middleware: lets the agency suffer from what its switch says."""

    def __init__(self, agency: Agency, switch: Switch, raw: Raw) -> None:
        self._agency, self._switch, self._raw = agency, switch, raw

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._agency.app(scope, receive, send)
            return
        fault = Fault.OK if scope["path"] in self._agency.spared else self._switch.fault
        await self._answer(fault, scope, receive, _marked(send))

    async def _answer(self, fault: Fault, scope: Scope, receive: Receive, send: Send) -> None:
        if fault is Fault.SLOW:
            await asyncio.sleep(self._switch.seconds)
        if said := self._instead(fault):
            await _say(said, send)
        elif fault is Fault.HUGE:
            await _huge(self._agency.media_type, send)
        elif change := _CHANGES.get(fault):
            await _say(change(await _heard(self._agency.app, scope, receive)), send)
        elif fault in {Fault.TRUNCATED, Fault.WRONG_LENGTH}:
            said = await _heard(self._agency.app, scope, receive)
            self._raw(scope, _cut(said) if fault is Fault.TRUNCATED else _miscounted(said))
            await _gone(receive)
        else:
            await self._agency.app(scope, receive, send)

    def _instead(self, fault: Fault) -> Phrase | None:
        """What is said instead of an answer."""
        phrases, media_type = self._agency.phrases, self._agency.media_type
        if fault is Fault.DOWN:
            return phrases.down()
        if fault is Fault.WRONG:
            return phrases.wrong()
        if fault is Fault.OVER_QUOTA:
            return phrases.over_quota(max(1, round(self._switch.seconds)))
        return Phrase(200, media_type, _deep(media_type)) if fault is Fault.DEEP else None


def _marked(send: Send) -> Send:
    async def marked(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message["headers"], tuple(each.lower().encode() for each in MADE_UP)]
        await send(message)

    return marked


async def _heard(app: ASGIApp, scope: Scope, receive: Receive) -> Phrase:
    """Return the whole of what the app would have answered."""
    status, headers, body = 200, dict[str, str](), bytearray()

    async def hear(message: Message) -> None:
        nonlocal status, headers
        if message["type"] == "http.response.start":
            status = message["status"]
            headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in message["headers"]}
        else:
            body.extend(message.get("body", b""))

    await app(scope, receive, hear)
    headers.pop("content-length", None)
    return Phrase(status, headers.pop("content-type", ""), bytes(body), headers)


async def _say(said: Phrase, send: Send) -> None:
    told = {**said.headers, "content-type": said.media_type, "content-length": str(len(said.body))}
    headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in told.items()]
    await send({"type": "http.response.start", "status": said.status, "headers": headers})
    await send({"type": "http.response.body", "body": said.body})


async def _huge(media_type: str, send: Send) -> None:
    headers = [(b"content-type", media_type.encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    for _ in range(_HUGE // len(_PIECE) + 1):
        await send({"type": "http.response.body", "body": _PIECE, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _deep(media_type: str) -> bytes:
    opened, closed = (b"<a>", b"</a>") if "xml" in media_type else (b"[", b"]")
    return opened * _DEPTH + closed * _DEPTH


def _without_middle(said: Phrase) -> Phrase:
    third = len(said.body) // 3
    return Phrase(said.status, said.media_type, said.body[:third] + said.body[2 * third + 1 :], said.headers)


def _in_latin1(said: Phrase) -> Phrase:
    """The same text, encoded as somebody's old system did. One å is put in where there is none, as white space isn't."""
    body = said.body.decode("utf-8").encode("latin-1", "replace")
    return Phrase(said.status, said.media_type, body if not body.isascii() else body + b"\xe5", said.headers)


def _as_page(said: Phrase) -> Phrase:
    return Phrase(said.status, "text/html; charset=utf-8", said.body, said.headers)


def _cut(said: Phrase) -> bytes:
    """Say that all is coming, and send half."""
    return _head(said, len(said.body)) + said.body[: len(said.body) // 2]


def _miscounted(said: Phrase) -> bytes:
    """Say that half is coming, and send all."""
    return _head(said, len(said.body) // 2) + said.body


def _head(said: Phrase, length: int) -> bytes:
    told = {
        **said.headers,
        "Content-Type": said.media_type,
        "Content-Length": str(length),
        "Connection": "close",
        MADE_UP[0]: MADE_UP[1],
    }
    lines = [f"HTTP/1.1 {said.status} {HTTPStatus(said.status).phrase}", *(f"{k}: {v}" for k, v in told.items())]
    return "\r\n".join([*lines, "", ""]).encode("latin-1")


_CHANGES: Final[dict[Fault, Callable[[Phrase], Phrase]]] = {
    Fault.MALFORMED: _without_middle,
    Fault.LATIN1: _in_latin1,
    Fault.WRONG_TYPE: _as_page,
}
