"""A read on a condition (RFC 9110, 13.1.2): "only if it isn't what I have".

That nothing has changed is itself told of somebody, so the question is decided and recorded just as for the whole
answer: the handler has run, permit and entry are made, and only then is the answer cut down to a 304. What was refused
or isn't there is answered the same whatever the condition says.
"""

from typing import Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: What a 304 says of the answer that it stands for; never a body, nor how long one would be.
_KEPT: Final = frozenset({b"etag", b"cache-control", b"vary", b"traceparent"})


class Conditional:
    """Cuts a whole answer to a GET down to a 304 when its ETag is one that the caller says they have."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the application answer, and send what is to be sent of it."""
        known = Headers(scope=scope).get("if-none-match", "") if scope["type"] == "http" else ""
        if not known or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        unchanged = False

        async def cut(message: Message) -> None:
            nonlocal unchanged
            if message["type"] == "http.response.start":
                unchanged = message["status"] == _OK and _holds(known, Headers(raw=message["headers"]).get("etag", ""))
                await send(_not_modified(message) if unchanged else message)
            elif not unchanged:
                await send(message)
            elif not message.get("more_body", False):
                await send({"type": "http.response.body", "body": b""})

        await self.app(scope, receive, cut)


_OK: Final = 200


def _holds(known: str, tag: str) -> bool:
    """Tell whether `tag` is among those that are known; compared weakly, as the standard says for a read."""
    names = [each.strip().removeprefix("W/") for each in known.split(",")]
    return bool(tag) and (tag in names or names == ["*"])


def _not_modified(message: Message) -> Message:
    kept = [(name, value) for name, value in message["headers"] if name.lower() in _KEPT]
    return {**message, "status": 304, "headers": kept}
