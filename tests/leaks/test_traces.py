"""What a trace would tell of whom, if the framework were left to itself; and what of it is told."""

import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from fastapi.telemetry import TelemetryConfig

from hub.kit.ids import new_id
from hub.kit.tracing import fresh
from hub.partner import telemetry
from tests.hub.partner.conftest import Api, callers
from tests.leaks.canaries import MARK, NUMBER, Ears, listening
from tests.support.doors import Doors, doors

pytestmark = pytest.mark.requirement("HUB-09")
LENA = "lena-sandstrom"
#: A trace that the caller goes on with, and what callers may send beside it.
SENT = {
    "traceparent": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
    "tracestate": f"a={NUMBER},{MARK} {MARK}",
    "baggage": f"number={NUMBER},{MARK} {MARK}",
    "User-Agent": MARK,
}


@pytest.fixture
def ears(monkeypatch: pytest.MonkeyPatch) -> Any:
    with listening(monkeypatch) as opened:
        yield opened


async def asked(said: TelemetryConfig) -> None:
    """Ask an application that fails with a text, at an address and with headers that name somebody."""
    app = FastAPI(telemetry=said)

    @app.get("/persons/{person}")
    async def fail(person: str) -> None:
        raise ValueError(person)

    sending = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=sending, base_url="http://hub.test") as client:
        answer = await client.request("GET", f"/persons/{NUMBER}?namn={MARK}", headers=SENT)
        await client.request(MARK.upper(), f"/persons/{NUMBER}", headers=SENT)
    assert answer.status_code == 500


async def test_left_to_itself_the_framework_would_tell(ears: Ears) -> None:
    """So the tests here and beside this one hear what they say that they hear."""
    await asked({"logs": False})
    sung = " ".join(ears.all_sung())
    assert all(each in sung for each in ("url.path", "url.query", "http.request.method_original", "baggage"))


async def test_only_the_route_and_how_it_went_are_told(ears: Ears) -> None:
    await asked(telemetry(tracing=True))
    assert ears.all_sung() == []
    assert {"GET /persons/{person}", "HTTP /persons/{person}"} <= set(ears.spans)
    told = "\n".join(ears.spans)
    assert "'error.type': 'ValueError'" in told
    assert SENT["traceparent"].split("-")[1] not in told, "a trace's id is the hub's own"
    assert set(re.findall(r"'([\w.]+)': ", told)) == {
        "http.request.method",
        "http.route",
        "http.response.status_code",
        "error.type",
    }


async def test_nothing_is_traced_unless_the_operator_has_asked_for_it(
    town: Path, tmp_path: Path, ears: Ears, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HUB_TRACING")
    async with doors(town, tmp_path / "untraced") as hub:
        hub.app.state.callers = await callers(hub)
        assert (await Api(hub, LENA).call("GET", "/cases")).status_code == 200
    assert ears.measured
    assert ears.spans == []


@pytest.mark.requirement("HUB-10")
async def test_every_answer_of_the_api_tells_a_trace_of_its_own(hub: Doors, ears: Ears) -> None:
    """Refused, absent, unforeseen, unchanged and given once more: the ids hang together with nothing, and no other's."""
    hub.app.state.callers = await callers(hub)
    lena, once = Api(hub, LENA), {"Idempotency-Key": new_id()}
    stranger = await Api(hub, "nobody").call("GET", "/cases")
    absent = await lena.call("GET", f"/cases/{new_id()}")
    invalid = await lena.call("POST", "/persons", json={}, headers=once)
    body = {"personId": await lena.person("kajsa-nilsson"), "purpose": "sip", "subject": "Praktik"}
    made = [
        await lena.call("POST", "/cases", json=body, headers={"Idempotency-Key": once_more})
        for once_more in [new_id()] * 2
    ]
    read = await lena.call("GET", f"/cases/{made[0].json()['id']}", headers={"traceparent": fresh()})
    known = {"If-None-Match": read.headers["ETag"]}
    unchanged = await lena.call("GET", f"/cases/{made[0].json()['id']}", headers=known)
    hub.app.state.callers = None
    unforeseen = await lena.call("GET", "/cases")
    answers = [stranger, absent, invalid, *made, read, unchanged, unforeseen]
    assert [each.status_code for each in answers] == [401, 404, 422, 201, 201, 200, 304, 500]
    told = [each.headers["traceparent"] for each in answers]
    assert all(re.fullmatch("00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]", each) for each in told)
    assert len({each.split("-")[1] for each in told}) == len(told)
    assert f'"trace": "{told[-1].split("-")[1]}"' in ears.lines.getvalue(), "the log says which trace it was"
