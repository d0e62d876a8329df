"""Who can see this right now, for an individual with many lines of consent: read, decided and put together.

Six agencies on one case, two kinds of official at each; the lines go round all pairs and thirteen kinds of fact, a
quarter of them taken back. The figure is of reading, deciding and putting together; the one recorded decision that
every page of the individual's own begins with is measured by `decision` and `ledger`.
"""

import os
import statistics
import tempfile
import time
from datetime import timedelta
from functools import partial
from itertools import cycle, islice, permutations
from pathlib import Path
from typing import Any, Final

import asyncpg
from sqlalchemy import make_url

import hub.migrations.models  # noqa: F401  # pyright: ignore[reportUnusedImport]  every table
from hub.access import Asking, Caller, CallerKind, Decider
from hub.access.wasm import WasmEngine
from hub.agencies import OPEN_END
from hub.audit import Ledger
from hub.cases import SHARED, CaseAround, Openings, Who, WhoSees
from hub.kit.clock import SystemClock
from hub.kit.database import Database, KeyTable, Table
from hub.kit.secret import Secret
from hub.kit.vault import Vault
from hub.settings import ROOT
from hub.web.questions import own_pages

Row = dict[str, Any]
_NOW: Final = SystemClock().now()
_START, _TAKEN_BACK, _END = (_NOW + timedelta(days=days) for days in (-60, -1, 90))
_AGENCIES: Final = {
    "soc": ("socialtjanst", "kommun", "OSL 26:1"),
    "ame": ("ame", "kommun", "OSL 28:11"),
    "psyk": ("region_psykiatri", "region", "OSL 25:1"),
    "hsv": ("region_hsv", "region", "OSL 25:1"),
    "af": ("af", "stat", "OSL 28:11"),
    "fk": ("fk", "stat", "OSL 28:1"),
}
_DIGEST: Final = b"somebody"
#: Lines of consent → milliseconds that 95 of 100 must keep to.
TARGETS: Final = {1_000: 20, 10_000: 200}


async def run(scale: str, postgres_url: str | None) -> list[Row]:
    """Return the rows of the table, for SQLite and, where there is one, PostgreSQL."""
    targets, rounds = (TARGETS, 100) if scale == "full" else ({100: 20}, 5)
    rows: list[Row] = []
    for lines, target in targets.items():
        for name, url in (("SQLite", None), ("PostgreSQL", postgres_url)):
            if name == "SQLite" or url:
                rows.append(await _row(name, url, lines, target, rounds))
    return rows


async def _row(name: str, url: str | None, lines: int, target: int, rounds: int) -> Row:
    with tempfile.TemporaryDirectory() as folder:
        main, keys = await _opened(Path(folder), url, "main"), await _opened(Path(folder), url, "keys")
        try:
            await _fill(main, lines)
            times, seen = await _timed(main, keys, rounds)
        finally:
            await main.close()
            await keys.close()
    p95 = statistics.quantiles(times, n=100)[94]
    return {
        "what": f"vem kan se, {lines} rader, {name}",
        "target": f"≤ {target} ms p95",
        "value": f"{p95:.1f} ms",
        "ok": p95 <= target,
        "detail": f"p50 {statistics.median(times):.1f} ms; {len(seen.sees)} vägar",
    }


async def _timed(main: Database, keys: Database, rounds: int) -> tuple[list[float], WhoSees]:
    clock, vault = SystemClock(), Vault(keys, Secret(os.urandom(32)))
    engine = WasmEngine.load(ROOT / "policies" / "build" / "policy.wasm")
    ledger = Ledger(main, vault, clock)
    who, around, decider = (
        Who(main, clock, Openings.load(ROOT / "policies")),
        CaseAround(main, clock),
        Decider(engine, ledger, clock),
    )
    caller = Caller(
        kind=CallerKind.INDIVIDUAL,
        ref="individual:i",
        issuer="i",
        subject="s",
        loa=3,
        factors=2,
        authenticated_at=clock.now() - timedelta(seconds=1),
        individual_digest=_DIGEST,
    )
    times: list[float] = []
    found = WhoSees((), ())
    for number in range(rounds + 3):
        asking = Asking(decider, caller, frozenset({"show_to_individual"}))
        permit = await asking.permit(partial(own_pages, around, clock, caller, "i", "own_consents"))
        began = time.perf_counter()
        found = await who.sees(asking, permit)
        if number >= 3:
            times.append((time.perf_counter() - began) * 1000)
    await engine.close()
    assert found.sees, "nobody sees anything: the figure says nothing"
    return times, found


async def _opened(folder: Path, url: str | None, name: str) -> Database:
    address = f"sqlite:///{folder}/{name}.db" if url is None else await _fresh(url, f"bench_who_{name}")
    database = await Database.open(address, connections=4)
    async with database.engine.begin() as made:
        await made.run_sync((Table if name == "main" else KeyTable).metadata.create_all)
    return database


async def _fresh(url: str, name: str) -> str:
    connection = await asyncpg.connect(url)
    await connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    await connection.execute(f'CREATE DATABASE "{name}"')
    await connection.close()
    return make_url(url).set(database=name).render_as_string(hide_password=False)


async def _fill(database: Database, lines: int) -> None:
    """Write the agencies, the case and its teams, the consents, and what has been taken back."""
    async with database.engine.begin() as into:
        for table, rows in {**_ground(), **_consents(lines)}.items():
            await into.execute(Table.metadata.tables[table].insert(), rows)


def _ground() -> dict[str, list[Row]]:
    span = {"valid_from": _START, "valid_until": _END}
    staff = [(agency, role) for agency in _AGENCIES for role in ("handlaggare", "chef")]
    return {
        "agency": [
            {"id": code, "kind": kind, "name": code, "authority": authority, "huvudman": "stat", "regime": regime}
            for code, (kind, authority, regime) in _AGENCIES.items()
        ],
        "unit": [{"id": code, "agency": code, "name": "Enheten", "closed_at": OPEN_END} for code in _AGENCIES],
        "staff": [
            {"id": f"{agency}-{role}", "agency": agency, "issuer": "i", "subject": f"{agency}-{role}", "name": role}
            for agency, role in staff
        ],
        "assignment": [
            {"id": f"{agency}-{role}", "staff": f"{agency}-{role}", "agency": agency, "unit": agency, "roles": role}
            | span
            for agency, role in staff
        ],
        "approved_rule": [
            {"id": code, "agency": code, "rule": "consent", "official": "O", "decided_on": _START.date()}
            | {"diarienummer": "1", "revision": "r"}
            | span
            for code in _AGENCIES
        ],
        "standing": [{"subject": "individual:i", "epoch": 1}],
        "individual": [
            {"id": "i", "lookup_hash": _DIGEST, "lane": "ordinary", "protection": "none", "protection_source": "nobody"}
            | {"raised_at": _START, "provisional_until": _START}
        ],
        "coordination_case": [
            {"id": "c", "number": "S2304", "individual_id": "i", "leading_agency": "soc", "purpose": "sip"}
            | {"subject": b"", "state": "open", "opened_at": _START}
        ],
        "case_party": [
            {"case_id": "c", "agency": code, "joined_at": _START, "left_at": OPEN_END, "own_case_open": True}
            | {"necessary": ",".join(SHARED)}
            for code in _AGENCIES
        ],
        "case_member": [
            {"id": f"{agency}-{role}", "case_id": "c", "assignment_id": f"{agency}-{role}", "agency": agency}
            | {"added_by": "a"}
            | span
            for agency, role in staff
        ],
    }


def _consents(lines: int) -> dict[str, list[Row]]:
    kinds = [(*pair, category) for category in SHARED for pair in permutations(_AGENCIES, 2)]
    ended = range(0, lines, 4)
    return {
        "consent_template": [
            {"id": "t", "kind": "secrecy", "language": "sv", "version": 1, "body": "", "digest": b""}
            | {"published_at": _START}
        ],
        "consent": [
            {"id": "k", "individual_id": "i", "kind": "secrecy", "answerable_agency": "soc", "form": "digital"}
            | {"template_id": "t", "language": "sv", "text_shown": b"", "given_by": "self", "evidence": b""}
            | {"evidence_digest": b"", "exclusions_asked": True, "given_at": _START}
        ],
        "consent_line": [
            {"id": f"l{number}", "consent_id": "k", "individual_id": "i", "kind": "secrecy", "owner": owner}
            | {"receiver": receiver, "category": category, "purpose": "sip", "valid_from": _START}
            | {"valid_until": _END + timedelta(days=number % 40), "effect": "permit", "given_by": "self"}
            | {"given_at": _START, "needs_acceptance": False}
            for number, (owner, receiver, category) in enumerate(islice(cycle(kinds), lines))
        ],
        "consent_event": [
            {"individual_id": "i", "kind": "withdrawn", "line_id": f"l{number}", "ends_at": _TAKEN_BACK}
            | {"caller_ref": "individual:i", "at": _TAKEN_BACK}
            for number in ended
        ],
    }
