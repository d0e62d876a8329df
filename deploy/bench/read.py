"""A gated, recorded read of a case over HTTP on PostgreSQL, one worker, beside the floor in the same run."""

import base64
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

import asyncpg
from joserfc.jwk import ECKey
from sqlalchemy import make_url

from deploy.bench.known import KNOWN
from deploy.bench.load import load
from hub import assembly
from hub.access import Asking, Caller, CallerKind
from hub.access.signin import Door
from hub.access.signin.model import SignedIn
from hub.app import prepare
from hub.example import example
from hub.example import load as load_example
from hub.settings import ROOT, Settings

ISSUER: Final = "http://127.0.0.1:8766"
Row = dict[str, Any]


async def run(scale: str, postgres_url: str | None) -> list[Row]:
    """Return the rows of the table. `small` is a smoke test without figures worth reading."""
    if postgres_url is None:
        return [
            {"what": "gated read / floor", "target": "≥ 0.6", "value": "–", "ok": None, "detail": "ingen PostgreSQL"}
        ]
    rounds, seconds = (7, 3.0) if scale == "full" else (2, 2.0)
    with tempfile.TemporaryDirectory() as folder:
        settings = await settings_for(Path(folder), postgres_url)
        case, cookie = await _prepared(settings)
        return await _measured(settings, case, cookie, rounds, seconds)


async def _measured(settings: dict[str, str], case: str, cookie: str, rounds: int, seconds: float) -> list[Row]:
    floors, reads = [], []
    with _serving("deploy.bench.floor:app", 8871, settings), _serving("deploy.bench.gated:app", 8872, settings) as hub:
        await load(8871, "/read", seconds=1)
        await load(8872, f"/arbete/bench/{case}", cookie, seconds=1)
        for _ in range(rounds):
            floors.append(await load(8871, "/read", seconds=seconds))
            reads.append(await load(8872, f"/arbete/bench/{case}", cookie, seconds=seconds))
        KNOWN["gated_p50_ms"] = (await load(8872, f"/arbete/bench/{case}", cookie, readers=1, seconds=seconds)).median
        memory = _rss_mb(hub.process.pid)
    ratio = statistics.median(r.rate / f.rate for r, f in zip(reads, floors, strict=True))
    rate, floor = statistics.median(r.rate for r in reads), statistics.median(f.rate for f in floors)
    detail = f"{rate:.0f}/s mot golvets {floor:.0f}/s; p50 {statistics.median(r.median for r in reads):.1f} ms"
    tail = statistics.median(r.p99 / r.median for r in reads)
    return [
        {
            "what": "gated read / floor",
            "target": "≥ 0.6",
            "value": f"{ratio:.2f}",
            "ok": ratio >= 0.6,
            "detail": detail,
        },
        {"what": "gated read p99 / p50", "target": "≤ 5", "value": f"{tail:.1f}", "ok": tail <= 5, "detail": ""},
        {"what": "start", "target": "≤ 3 s", "value": f"{hub.started:.1f} s", "ok": hub.started <= 3, "detail": ""},
        {
            "what": "minne efter last",
            "target": "≤ 200 MB",
            "value": f"{memory} MB",
            "ok": memory <= 200,
            "detail": "en worker",
        },
    ]


class _Served:
    def __init__(self, process: subprocess.Popen[bytes], started: float) -> None:
        self.process, self.started = process, started


@contextmanager
def _serving(what: str, port: int, environment: dict[str, str]) -> Iterator[_Served]:
    command = [sys.executable, "-m", "uvicorn", what, "--port", str(port), "--no-access-log", "--log-level", "error"]
    factory = ["--factory"] if what.startswith("deploy.bench.gated") else []
    began = time.monotonic()
    process = subprocess.Popen([*command, *factory], cwd=ROOT, env={**os.environ, **environment})
    try:
        wait_for(port, process)
        yield _Served(process, time.monotonic() - began)
    finally:
        process.terminate()
        process.wait(20)


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        assert process.poll() is None, "the server ended"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(port)


def _rss_mb(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) // 1024


async def settings_for(folder: Path, postgres_url: str) -> dict[str, str]:
    """Return the settings of a hub on empty databases of its own, as an environment."""
    urls = {name: await _fresh(postgres_url, f"bench_{name}") for name in ("main", "keys", "floor")}
    issuer = {
        "issuer": ISSUER,
        "label": "Bench",
        "client_id": "hub",
        "doors": ["personal", "privat"],
        "agencies": list(example().agencies),
        "partners": True,
    }
    (folder / "issuers.json").write_text(json.dumps({"issuers": [issuer]}))
    client = json.dumps(ECKey.generate_key("P-256", private=True).as_dict(private=True)).encode()
    secret = base64.b64encode(os.urandom(32)).decode()
    return {
        "HUB_MODE": "example",
        "HUB_BASE_URL": "http://127.0.0.1:8872",
        "HUB_DATABASE_URL": urls["main"],
        "HUB_KEYS_DATABASE_URL": urls["keys"],
        "HUB_ISSUERS": str(folder / "issuers.json"),
        "HUB_KEYS__OPERATOR": secret,
        "HUB_KEYS__LEDGER": secret,
        "HUB_KEYS__CLIENT": base64.b64encode(client).decode(),
        "HUB_REQUESTS_PER_MINUTE": "1000000",
        "BENCH_DATABASE": urls["floor"],
    }


async def _fresh(url: str, name: str) -> str:
    connection = await asyncpg.connect(url)
    await connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    await connection.execute(f'CREATE DATABASE "{name}"')
    await connection.close()
    return make_url(url).set(database=name).render_as_string(hide_password=False)


async def _prepared(environment: dict[str, str]) -> tuple[str, str]:
    """Return a case with five lines of consent in it, and the cookie of somebody on its team."""
    os.environ.update({name: value for name, value in environment.items() if name.startswith("HUB_")})
    settings = Settings()  # pyright: ignore[reportCallIssue]
    await prepare(settings)
    async with assembly.hub(settings) as made:
        await load_example(made, ISSUER)
        lena = (await made.directory.posts_of(ISSUER, example().subject_of("lena-sandstrom")))[0]
        caller = Caller(
            kind=CallerKind.STAFF,
            ref=f"assignment:{lena.assignment}",
            issuer=ISSUER,
            subject=example().subject_of("lena-sandstrom"),
            loa=3,
            factors=2,
            authenticated_at=made.clock.now(),
            agency=lena.agency,
            assignment=lena.assignment,
        )
        case = (await made.cases.mine(caller))[0]
        asking = Asking(made.decider, caller, frozenset({"act_in_case"}))
        await asking.permit(partial(made.cases.may, caller, case, "see_case"))
        who = SignedIn(
            issuer=ISSUER,
            subject=caller.subject,
            sid=None,
            loa=3,
            factors=2,
            authenticated_at=made.clock.now() - timedelta(seconds=1),
            name=lena.name,
            number=None,
        )
        token = await made.sessions.open(who, Door.STAFF, None)
        session = await made.sessions.find(token, Door.STAFF)
        if session and session.assignment is None:
            await made.sessions.choose(session, lena.assignment)
        return case, f"{made.cookies.name(Door.STAFF)}={token}"
