"""A load of keep-alive readers on one address, and how long each answer took."""

import asyncio
import statistics
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Load:
    """What came of a load: how many answers a second, and the times in milliseconds."""

    rate: float
    times: list[float]

    @property
    def median(self) -> float:
        return statistics.median(self.times)

    @property
    def p99(self) -> float:
        return sorted(self.times)[int(len(self.times) * 0.99)]


async def load(port: int, path: str, cookie: str = "", *, readers: int = 16, seconds: float = 3.0) -> Load:
    """Read `path` on this machine for `seconds` by `readers` at once. Raises AssertionError for any answer but 200."""
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookie}\r\n\r\n".encode()
    began = time.perf_counter()
    found = await asyncio.gather(*[_reader(port, request, began + seconds) for _ in range(readers)])
    times = [each for reader in found for each in reader]
    return Load(len(times) / (time.perf_counter() - began), times)


async def _reader(port: int, request: bytes, until: float) -> list[float]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    times: list[float] = []
    while (began := time.perf_counter()) < until:
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200"), head.split(b"\r\n")[0]
        await reader.readexactly(int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0]))
        times.append((time.perf_counter() - began) * 1000)
    writer.close()
    return times
