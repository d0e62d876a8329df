"""Schemathesis over the whole API: whatever is sent, no 5xx and no answer that the description doesn't know."""

import asyncio
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
import uvicorn
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.hub.partner.conftest import WHO, callers
from tests.hub.partner.test_existence import described
from tests.support.doors import doors
from tests.support.ports import free_port
from tests.support.waiting import LIMIT_S

#: That valid data may still be refused by the law is the point of the hub, so that check is left out.
CHECKS: list[Any] = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
SCHEMA = schemathesis.openapi.from_dict(described())


class Serving:
    """A hub on a port of its own, in a thread of its own."""

    def __init__(self, town: Path, folder: Path) -> None:
        self.port, self._town, self._folder = free_port(), town, folder
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()))
        self._server: uvicorn.Server | None = None

    def __enter__(self) -> str:
        self._thread.start()
        assert self._ready.wait(LIMIT_S)
        return f"http://127.0.0.1:{self.port}/api/v1"

    def __exit__(self, *_: object) -> None:
        assert self._server
        self._server.should_exit = True
        self._thread.join(LIMIT_S)

    async def _serve(self) -> None:
        async with doors(self._town, self._folder) as opened:
            opened.app.state.callers = await callers(opened)
            config = uvicorn.Config(opened.app, port=self.port, lifespan="off", log_level="error", access_log=False)
            self._server = uvicorn.Server(config)
            serving = asyncio.create_task(self._server.serve())
            while not self._server.started:  # noqa: ASYNC110  uvicorn tells it only so
                await asyncio.sleep(0.01)
            self._ready.set()
            await serving


@pytest.fixture(scope="module")
def address(town: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with Serving(town, tmp_path_factory.mktemp("fuzz") / "hub") as served:
        yield served


@SCHEMA.parametrize()
@settings(
    max_examples=int(os.environ.get("FUZZ", "4")),
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=tuple(HealthCheck),  # pyright: ignore[reportArgumentType]  its metaclass is untyped
)
def test_every_answer_is_one_that_is_described(case: schemathesis.Case, address: str) -> None:
    case.call_and_validate(base_url=address, headers={WHO: "lena-sandstrom"}, checks=CHECKS)
