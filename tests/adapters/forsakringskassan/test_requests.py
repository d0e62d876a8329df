"""What goes with a call: purpose, ground and the ledger entry; and how the agency's refusals are told."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest

from adapters.forsakringskassan import Adapter, Settings
from hub.broker.port import AgencyFault, FaultKind
from hub.kit.http import HttpError, HttpFault, Reply
from tests.adapters.forsakringskassan.made import AT, GUNNAR, body, request
from tests.fakes.clock import FixedClock

pytestmark = pytest.mark.requirement("HUB-05")
JSON = {"content-type": "application/json; charset=utf-8"}


class Told:
    """Stands where the library's HTTP stands: keeps what was sent, says what it is given."""

    def __init__(self, answer: Reply | HttpError) -> None:
        self.answer, self.headers, self.content, self.last_day = answer, dict[str, str](), b"", None

    async def send(self, _method: str, url: str, *, headers: dict[str, str], content: bytes | None) -> Reply:
        assert GUNNAR not in url
        self.headers, self.content = headers, content or b""
        if isinstance(self.answer, HttpError):
            raise self.answer
        return self.answer

    async def close(self) -> None: ...


@contextmanager
def road(monkeypatch: pytest.MonkeyPatch, answer: Reply | HttpError, **more: Any) -> Iterator[tuple[Adapter, Told]]:
    told = Told(answer)
    monkeypatch.setattr("adapters.forsakringskassan.adapter.Http", lambda *_, **__: told)
    yield Adapter(replace(Settings("https://fk.test", "a b"), **more), FixedClock(AT)), told


def reply(status: int, told: bytes, headers: dict[str, str] = JSON) -> Reply:
    return Reply(status, headers, told)


ERROR = json.dumps({"meddelande": GUNNAR, "timestamp": "2026-11-24T09:00:00Z"}).encode()


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (reply(400, ERROR), FaultKind.REFUSED),
        (reply(401, b""), FaultKind.REFUSED),
        (reply(403, ERROR), FaultKind.REFUSED),
        (reply(404, b"<html>"), FaultKind.UNREACHABLE),
        (reply(302, b""), FaultKind.MALFORMED),
        (reply(204, b""), FaultKind.MALFORMED),
        (reply(429, ERROR), FaultKind.OVER_QUOTA),
        (reply(500, ERROR), FaultKind.DOWN),
        (reply(503, b"\xff"), FaultKind.DOWN),
        (reply(200, body(number=GUNNAR), {"content-type": "text/html"}), FaultKind.MALFORMED),
        (
            reply(200, body(number=GUNNAR), {"content-type": "application/json; charset=iso-8859-1"}),
            FaultKind.MALFORMED,
        ),
        (HttpError(HttpFault.UNREACHABLE), FaultKind.UNREACHABLE),
        (HttpError(HttpFault.SILENT), FaultKind.SILENT),
        (HttpError(HttpFault.CERTIFICATE), FaultKind.CERTIFICATE),
        (HttpError(HttpFault.BROKEN), FaultKind.MALFORMED),
        (HttpError(HttpFault.TOO_LARGE), FaultKind.TOO_LARGE),
    ],
)
async def test_every_refusal_is_told_and_nothing_of_it_repeated(
    monkeypatch: pytest.MonkeyPatch, answer: Reply | HttpError, kind: FaultKind
) -> None:
    with road(monkeypatch, answer) as (adapter, _), pytest.raises(AgencyFault) as caught:
        await adapter.ask(request("benefits"))
    assert caught.value.kind is kind
    assert GUNNAR not in str(caught.value)
    with road(monkeypatch, answer) as (adapter, _):
        assert not (await adapter.probe()).open


async def test_purpose_and_ground_go_with_each_call(monkeypatch: pytest.MonkeyPatch) -> None:
    with road(monkeypatch, reply(200, body(number=GUNNAR))) as (adapter, told):
        await adapter.ask(request("benefits"))
    assert told.headers["X-Andamal"] == "ekonomiskt_bistand"
    assert told.headers["X-Rattslig-Grund"] == "SoL 15:10 samtycke %C3%A5 7"
    assert told.headers["X-Korrelations-Id"] == "abcdefghijklmnopqrstuvwxyz"
    assert json.loads(told.content)["personnummer"] == GUNNAR


async def test_the_agreement_names_the_headers(monkeypatch: pytest.MonkeyPatch) -> None:
    names = {"purpose_header": "X-Purpose", "ground_header": "", "entry_header": ""}
    with road(monkeypatch, reply(200, body(number=GUNNAR)), **names) as (adapter, told):
        await adapter.ask(request("benefits"))
    assert set(told.headers) == {"X-Purpose", "accept", "content-type"}


@pytest.mark.parametrize("told", [b"[]", b"{}", b'{"formansinformation": [7, {"kod": 7}]}'])
async def test_a_road_that_says_nothing_of_groups_is_open_and_says_so(
    monkeypatch: pytest.MonkeyPatch, told: bytes
) -> None:
    with road(monkeypatch, reply(200, told)) as (adapter, _):
        probe = await adapter.probe()
    assert probe.open
    assert probe.details[1].startswith("FK:GEPI saknas")


async def test_a_road_that_answers_what_can_not_be_read_is_not_open(monkeypatch: pytest.MonkeyPatch) -> None:
    with road(monkeypatch, reply(200, b"{")) as (adapter, _):
        probe = await adapter.probe()
    assert (probe.open, probe.told) == (False, FaultKind.MALFORMED.told)
