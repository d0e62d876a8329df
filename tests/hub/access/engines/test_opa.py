"""The OPA server behind the same port: every foreign error is translated, and none is a yes."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, field

import pytest
from aiohttp import web

from hub.access.engine import (
    Engine,
    EngineDown,
    EngineEmpty,
    EngineError,
    EngineFailure,
    EngineMalformed,
    EngineTimeout,
)
from hub.access.opa import Breaker, OpaEngine
from hub.access.wasm import MAX_QUESTION, WasmEngine
from tests.hub.access.engines.guests import NO, TOY, YES
from tests.support.opa import opa_server
from tests.support.ports import free_port
from tests.support.waiting import LIMIT_S

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


def plain(body: bytes, *, status: int = 200, content_type: str = "application/json") -> Answer:
    async def answer(_: web.Request) -> web.StreamResponse:
        return web.Response(body=body, status=status, content_type=content_type)

    return answer


async def never(_: web.Request) -> web.StreamResponse:
    await asyncio.sleep(30)
    raise AssertionError


async def cut(request: web.Request) -> web.StreamResponse:
    """Promise a thousand bytes, send one and hang up."""
    response = web.StreamResponse(headers={"Content-Length": "1000", "Content-Type": "application/json"})
    await response.prepare(request)
    await response.write(b"{")
    assert request.transport
    request.transport.close()
    return response


@dataclass
class Stand:
    """A stand-in for an OPA server; `answer` is what it does next. Counts what it is asked, and keeps the bodies."""

    port: int = 0
    answer: Answer = field(default_factory=lambda: plain(b'{"result":true}'))
    asked: list[tuple[str, bytes]] = field(default_factory=list)
    healthy: bool = True

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def data(self, request: web.Request) -> web.StreamResponse:
        if request.path == "/v1/data/revision/answer":
            return await plain(b'{"result":"stand1"}')(request)
        self.asked.append((request.path_qs, await request.read()))
        return await self.answer(request)

    async def health(self, request: web.Request) -> web.StreamResponse:
        assert request.query["bundles"].lower() == "true"
        return web.Response(status=200 if self.healthy else 500)


@pytest.fixture
async def stand() -> AsyncIterator[Stand]:
    serves = Stand()
    application = web.Application()
    application.router.add_post("/v1/data/{path:.*}", serves.data)
    application.router.add_get("/health", serves.health)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    serves.port = runner.addresses[0][1]
    yield serves
    await runner.cleanup()


@pytest.fixture
async def engine(stand: Stand) -> AsyncIterator[OpaEngine]:
    opened = await OpaEngine.open(stand.url, timeout_s=LIMIT_S)
    yield opened
    await opened.close()


@pytest.mark.requirement("HUB-01")
class TestNothingIsDecided:
    @pytest.mark.parametrize(
        ("answer", "failure"),
        [
            pytest.param(plain(b"{}"), EngineEmpty, id="undefined"),
            pytest.param(cut, EngineDown, id="cut off"),
            pytest.param(plain(b'{"code":"internal_error"}', status=500), EngineError, id="500"),
            pytest.param(plain(b"{}", status=502), EngineError, id="502"),
            pytest.param(plain(b"{}", status=503), EngineError, id="503"),
            pytest.param(plain(b"{}", status=400), EngineError, id="400"),
            pytest.param(plain(b"<html>", status=403, content_type="text/html"), EngineError, id="a proxy's 403"),
            pytest.param(plain(b"<html>Hej</html>", content_type="text/html"), EngineMalformed, id="HTML"),
            pytest.param(plain(b""), EngineMalformed, id="empty body"),
            pytest.param(plain(b'{"result":'), EngineMalformed, id="half an answer"),
            pytest.param(plain(b'{"result":"\xff"}'), EngineMalformed, id="not UTF-8"),
            pytest.param(plain(b"null"), EngineMalformed, id="null"),
            pytest.param(plain(b"[]"), EngineMalformed, id="a list"),
            pytest.param(plain(b'{"decision_id":"1"}'), EngineMalformed, id="no result"),
        ],
    )
    async def test_when_the_server_answers_so(
        self, stand: Stand, engine: OpaEngine, answer: Answer, failure: type[EngineFailure]
    ) -> None:
        stand.answer = answer
        with pytest.raises(EngineFailure) as raised:
            await engine.evaluate("toy/answer", YES)
        assert type(raised.value) is failure
        assert len(stand.asked) == 1, "a decision that failed isn't tried again"

    async def test_when_the_server_answers_too_late(self, stand: Stand, engine: OpaEngine) -> None:
        await engine.close()
        # Only now in a hurry: opening takes the time it takes.
        engine._client.timeout = 0.1
        await engine._client.__aenter__()
        stand.answer = never
        with pytest.raises(EngineTimeout):
            await engine.evaluate("toy/answer", YES)
        assert len(stand.asked) <= 1, "a decision that failed isn't tried again"

    async def test_when_nobody_listens(self, stand: Stand, engine: OpaEngine) -> None:
        engine._client.root_url = f"http://127.0.0.1:{free_port()}/v1"
        with pytest.raises(EngineDown):
            await engine.evaluate("toy/answer", YES)

    async def test_when_the_engine_is_closed(self, engine: OpaEngine) -> None:
        session = engine._client._session
        await session.close()
        with pytest.raises(EngineDown):
            await engine.evaluate("toy/answer", YES)

    @pytest.mark.parametrize(
        "payload", [b"{", b"", b"NaN", b'{"word":NaN}', b'{}{"word":"yes"}', b'{"word":"\\ud800"}', b"\xff"]
    )
    async def test_when_the_question_is_not_json(self, stand: Stand, engine: OpaEngine, payload: bytes) -> None:
        with pytest.raises(EngineMalformed):
            await engine.evaluate("toy/answer", payload)
        assert stand.asked == []

    @pytest.mark.parametrize(
        "path",
        [
            "",
            "toy",
            "toy/answer/",
            "/toy/answer",
            "../policies/x",
            "toy/answer?explain=full",
            "toy/answer\n",
            "toy/a#b",
        ],
    )
    async def test_when_the_path_is_no_name_of_a_question(self, stand: Stand, engine: OpaEngine, path: str) -> None:
        with pytest.raises(EngineMalformed):
            await engine.evaluate(path, YES)
        assert stand.asked == []

    async def test_when_the_question_is_too_long(self, stand: Stand, engine: OpaEngine) -> None:
        with pytest.raises(EngineMalformed):
            await engine.evaluate("toy/answer", b'"' + b"x" * MAX_QUESTION + b'"')
        assert stand.asked == []


class TestTheBreaker:
    @pytest.fixture
    def time(self) -> list[float]:
        return [100.0]

    @pytest.fixture
    async def engine(self, stand: Stand, time: list[float]) -> AsyncIterator[OpaEngine]:
        breaker = Breaker(limit=2, pause_s=5.0, monotonic=lambda: time[0])
        opened = await OpaEngine.open(stand.url, breaker=breaker, timeout_s=LIMIT_S)
        yield opened
        await opened.close()

    async def fail(self, stand: Stand, engine: OpaEngine, times: int) -> None:
        stand.answer = plain(b"{}", status=500)
        for _ in range(times):
            with pytest.raises(EngineError):
                await engine.evaluate("toy/answer", YES)

    async def test_stops_asking_a_server_that_fails(self, stand: Stand, engine: OpaEngine) -> None:
        await self.fail(stand, engine, 2)
        with pytest.raises(EngineDown):
            await engine.evaluate("toy/answer", YES)
        assert len(stand.asked) == 2

    async def test_one_call_tries_again_after_the_pause(
        self, stand: Stand, engine: OpaEngine, time: list[float]
    ) -> None:
        await self.fail(stand, engine, 2)
        time[0] += 5.0
        stand.answer = plain(b'{"result":true}')
        assert await engine.evaluate("toy/answer", YES) == b"true"
        assert await engine.evaluate("toy/answer", YES) == b"true"

    async def test_others_wait_while_one_tries(self, stand: Stand, engine: OpaEngine, time: list[float]) -> None:
        await self.fail(stand, engine, 2)
        time[0] += 5.0
        tries = await asyncio.gather(*(engine.evaluate("toy/answer", YES) for _ in range(3)), return_exceptions=True)
        assert [type(each) for each in tries].count(EngineError) == 1
        assert [type(each) for each in tries].count(EngineDown) == 2

    async def test_a_failed_try_starts_a_new_pause(self, stand: Stand, engine: OpaEngine, time: list[float]) -> None:
        await self.fail(stand, engine, 2)
        time[0] += 5.0
        await self.fail(stand, engine, 1)
        time[0] += 4.9
        with pytest.raises(EngineDown):
            await engine.evaluate("toy/answer", YES)

    async def test_an_answer_forgets_earlier_failures(self, stand: Stand, engine: OpaEngine) -> None:
        await self.fail(stand, engine, 1)
        stand.answer = plain(b'{"result":true}')
        await engine.evaluate("toy/answer", YES)
        await self.fail(stand, engine, 1)
        stand.answer = plain(b'{"result":true}')
        assert await engine.evaluate("toy/answer", YES) == b"true"

    async def test_a_question_that_is_no_question_is_not_the_servers_fault(
        self, stand: Stand, engine: OpaEngine
    ) -> None:
        for _ in range(3):
            with pytest.raises(EngineMalformed):
                await engine.evaluate("toy/answer", b"{")
        assert await engine.evaluate("toy/answer", YES) == b"true"


class TestOpening:
    @pytest.mark.parametrize(
        "url",
        ["127.0.0.1:8181", "ftp://127.0.0.1", "http://", "http://127.0.0.1:8181/prefix", "http://127.0.0.1:8181/?a=b"],
    )
    async def test_an_address_of_another_form_is_refused(self, url: str) -> None:
        with pytest.raises(EngineDown, match="host:port"):
            await OpaEngine.open(url)

    @pytest.mark.parametrize(
        ("url", "root"),
        [
            ("https://opa.example", "https://opa.example:443/v1"),
            ("http://opa.example/", "http://opa.example:8181/v1"),
            ("http://[::1]:9000", "http://[::1]:9000/v1"),
        ],
    )
    async def test_host_and_port_come_from_the_address(
        self, monkeypatch: pytest.MonkeyPatch, url: str, root: str
    ) -> None:
        async def ready(engine: OpaEngine) -> bool:
            roots.append(engine._client.root_url)
            return False

        roots: list[str] = []
        monkeypatch.setattr(OpaEngine, "ready", ready)
        with pytest.raises(EngineDown):
            await OpaEngine.open(url)
        assert roots == [root]

    async def test_a_server_without_all_its_bundles_is_refused(self, stand: Stand) -> None:
        stand.healthy = False
        with pytest.raises(EngineDown, match="bundle"):
            await OpaEngine.open(stand.url)

    async def test_nobody_there_is_refused(self) -> None:
        with pytest.raises(EngineDown):
            await OpaEngine.open(f"http://127.0.0.1:{free_port()}")

    async def test_readiness_is_asked_anew(self, stand: Stand, engine: OpaEngine) -> None:
        assert await engine.ready()
        stand.healthy = False
        assert not await engine.ready()

    async def test_the_revision_comes_from_the_policy(self, engine: OpaEngine) -> None:
        assert engine.revision == "stand1"


class TestWhatIsDecided:
    async def test_the_answer_is_the_result(self, stand: Stand, engine: OpaEngine) -> None:
        stand.answer = plain(b'{"result":{"outcome":"permit"},"decision_id":"1"}')
        assert await engine.evaluate("toy/answer", YES) == b'{"outcome":"permit"}'

    async def test_the_question_goes_out_whole_and_to_its_own_path(self, stand: Stand, engine: OpaEngine) -> None:
        await engine.evaluate("see_person/answers", b'[{"name":"\xc3\x85ke","at":9007199254740993}]')
        path, body = stand.asked[0]
        assert path == "/v1/data/see_person/answers"
        assert json.loads(body) == {"input": [{"name": "Åke", "at": 9007199254740993}]}

    async def test_an_empty_list_is_an_empty_list(self, stand: Stand, engine: OpaEngine) -> None:
        await engine.evaluate("toy/answers", b"[]")
        assert json.loads(stand.asked[0][1]) == {"input": []}


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A real OPA server with the toy policy."""
    with opa_server(TOY / "toy.rego", TOY / "revision.rego", TOY / "data.json") as address:
        yield address


@pytest.mark.opa
class TestARealServer:
    @pytest.mark.parametrize("question", ["toy/answer", "toy/answers", "revision/answer"])
    @pytest.mark.parametrize("payload", [YES, NO, b"{}", b"[]", b"[" + YES + b"," + NO + b"]"])
    async def test_answers_as_the_compiled_policy_does(self, server: str, question: str, payload: bytes) -> None:
        engines: list[Engine] = [WasmEngine.load(TOY / "toy.wasm"), await OpaEngine.open(server, timeout_s=LIMIT_S)]
        answers = [json.loads(await engine.evaluate(question, payload)) for engine in engines]
        await engines[1].close()
        assert answers[0] == answers[1]
        assert engines[0].revision == engines[1].revision

    @pytest.mark.parametrize("question", ["toy/undefined", "toy/nothing", "nothing/answer"])
    async def test_nothing_defined_is_nothing_decided(self, server: str, question: str) -> None:
        engine = await OpaEngine.open(server, timeout_s=LIMIT_S)
        with pytest.raises(EngineEmpty):
            await engine.evaluate(question, YES)
        await engine.close()
