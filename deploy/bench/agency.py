"""Four agencies of the bench, in a process of their own: each answers `/{agency}?ms=50` after that time, or never."""

import asyncio
from typing import Any
from urllib.parse import parse_qs

import msgspec

_BODY = msgspec.json.encode({"facts": [{"category": "plan", "text": f"Uppgift {number}."} for number in range(5)]})


async def app(scope: dict[str, Any], _receive: Any, send: Any) -> None:
    """Answer after the time that is asked for; `ms=never` doesn't answer."""
    if scope["type"] != "http":
        return
    told = parse_qs(scope["query_string"].decode())["ms"][0]
    await asyncio.sleep(3600 if told == "never" else float(told) / 1000)
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(_BODY)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": _BODY})
