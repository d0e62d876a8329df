"""The ledger's figures: its rate beside read + insert, how soon an entry is in the tree, verifying, the race.

`run(scale, postgres_url)` answers a list of rows; `scale` is "small" (a smoke test, no figure means anything) or "full".
The database at `postgres_url` is emptied.
"""

import asyncio
import json
import statistics
import tempfile
import time
from bisect import bisect_right
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import asyncpg
import msgspec
from sqlalchemy import text

from deploy.bench.race import Race, Result, entry_of, percentile, serializable_reader, without_the_epoch
from hub.audit import Ledger, Sequencer, Signer, Stand
from hub.audit.export import Line
from hub.audit.leaf import row_of, scope_of
from hub.audit.merkle import Frontier, leaf_hash
from hub.audit.verify import FORMAT, end_line, verify
from hub.kit.clock import SystemClock, micros
from hub.kit.database import Database, KeyTable, Table
from hub.kit.secret import Secret
from hub.kit.vault import Vault

Row = dict[str, Any]
_CLIENTS: Final = 16
_PEOPLE: Final = 1000


@dataclass(frozen=True)
class Scale:
    """How much."""

    seconds: float
    runs: int
    entries: int
    withdrawals: int
    until_it_fails: int


SCALES: Final = {
    "small": Scale(seconds=1, runs=1, entries=20_000, withdrawals=50, until_it_fails=500),
    "full": Scale(seconds=10, runs=5, entries=1_000_000, withdrawals=10_000, until_it_fails=5000),
}


async def run(scale: str, postgres_url: str) -> list[Row]:
    """Return the figures of the ledger: what, target, value, ok, detail."""
    size = SCALES[scale]
    async with _bench(postgres_url) as bench:
        rows = [*await _rate(bench, size)]
    async with _bench(postgres_url) as bench:
        rows += await _withdrawals(bench, size, postgres_url)
    return [*rows, await asyncio.to_thread(_verifying, size.entries)]


class _Bench:
    """A ledger with 1 000 individuals, and a plain table of the same shape for read + insert."""

    def __init__(
        self, database: Database, ledger: Ledger, sequencer: "_Watched", pool: asyncpg.Pool, vault: Vault
    ) -> None:
        self.database, self.ledger, self.sequencer, self.pool, self.vault = database, ledger, sequencer, pool, vault


class _Watched(Sequencer):
    """A sequencer that notes when the tree had which size."""

    sizes: list[int]
    times: list[int]

    async def sequence(self) -> int:
        placed = await super().sequence()
        if placed:
            self.sizes.append(self.sizes[-1] + placed)
            self.times.append(micros(SystemClock().now()))
        return placed


@asynccontextmanager
async def _bench(url: str) -> AsyncIterator[_Bench]:
    main, keys = [await Database.open(url, connections=_CLIENTS) for _ in range(2)]
    pool = await asyncpg.create_pool(url, min_size=_CLIENTS, max_size=_CLIENTS)
    vault, clock = Vault(keys, Secret(bytes(32))), SystemClock()
    ledger = Ledger(main, vault, clock)
    sequencer = _Watched(main, clock, ledger, Signer("bench.example/logg", Secret(bytes(32))))
    sequencer.sizes, sequencer.times = [0], [0]
    await _fill(main, keys, ledger)
    yield _Bench(main, ledger, sequencer, pool, vault)
    await pool.close()
    await main.close()
    await keys.close()


async def _fill(main: Database, keys: Database, ledger: Ledger) -> None:
    async with main.engine.begin() as connection:
        await connection.execute(text("DROP SCHEMA public CASCADE"))
        await connection.execute(text("CREATE SCHEMA public"))
        await connection.run_sync(Table.metadata.create_all)
        await connection.execute(text("CREATE TABLE plain_entry (LIKE ledger_entry INCLUDING ALL)"))
    async with keys.engine.begin() as connection:
        await connection.run_sync(KeyTable.metadata.create_all)
    for first in range(0, _PEOPLE, 100):
        async with main.write() as session:
            await ledger.bump(session, [f"individual:{number}" for number in range(first, first + 100)])


# ---------------------------------------------------------------------------------------- rate, and in the tree


_FACTS: Final = "SELECT subject, epoch FROM standing WHERE subject = $1"
_PLAIN: Final = """
INSERT INTO plain_entry (id, body, sealed, kind, outcome, agency, owner, holder, individual, case_id, caller_ref, recorded_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"""


async def _rate(bench: _Bench, size: Scale) -> list[Row]:
    ours: list[float] = []
    plain: list[float] = []
    row = await _plain_row(bench)

    async def read_and_insert(number: int) -> None:
        async with bench.pool.acquire() as connection, connection.transaction():
            await connection.fetch(_FACTS, f"individual:{number % _PEOPLE}")
            await connection.execute(_PLAIN, f"plain{number}", *row)

    async def recorded(number: int) -> None:
        [(subject, epoch)] = await bench.database.fetch(_FACTS, f"individual:{number % _PEOPLE}")
        entry = entry_of(epoch)
        if not await bench.ledger.record([entry], [Stand(subject, epoch)]):
            raise AssertionError("not recorded")

    await bench.sequencer.start()
    for act in (read_and_insert, recorded):
        await _per_second(act, 0.5)  # every connection made, every statement prepared
    for _ in range(size.runs):  # interleaved, since machines differ from one minute to the next
        plain.append(await _per_second(read_and_insert, size.seconds))
        ours.append(await _per_second(recorded, size.seconds))
    await bench.sequencer.stop()
    ratio = statistics.median(ours) / statistics.median(plain)
    detail = f"{statistics.median(ours):.0f}/s against {statistics.median(plain):.0f}/s, medians of {size.runs}"
    return [
        _row("ledger under 16 clients, of read + insert", "≥ 0.9", ratio, detail, ok=ratio >= 0.9),
        await _in_the_tree(bench),
    ]


async def _plain_row(bench: _Bench) -> tuple[Any, ...]:
    """Return what an entry holds, made beforehand: read + insert has nothing to do but that."""
    entry = entry_of(1)
    keys = await bench.vault.keys([scope_of(entry.individual, entry.holder)])
    return (*row_of(entry, "plain", keys)[1:], 0)  # pyright: ignore[reportArgumentType]


_numbers: Iterator[int] = iter(range(2**62))


async def _per_second(act: Callable[[int], Awaitable[None]], seconds: float) -> float:
    end, done = time.perf_counter() + seconds, 0

    async def client() -> None:
        nonlocal done
        while time.perf_counter() < end:
            await act(next(_numbers))
            done += 1

    began = time.perf_counter()
    await asyncio.gather(*[client() for _ in range(_CLIENTS)])
    return done / (time.perf_counter() - began)


async def _in_the_tree(bench: _Bench) -> Row:
    rows = await bench.database.fetch(
        "SELECT l.position, e.recorded_at FROM ledger_leaf l JOIN ledger_entry e ON e.id = l.entry_id"
    )
    watched = bench.sequencer
    waited = [watched.times[bisect_right(watched.sizes, position)] - at for position, at in rows]
    p99 = percentile([each / 1_000_000 for each in waited], 99)
    return _row("in the tree after, p99", "≤ 1 s", p99, f"{len(rows)} entries", ok=p99 <= 1)


# --------------------------------------------------------------------------------------------------- verifying


def _verifying(entries: int) -> Row:
    signer = Signer("bench.example/logg", Secret(bytes(32)))
    with tempfile.NamedTemporaryFile() as file:
        file.writelines(_exported(entries, signer))
        file.flush()
        began = time.perf_counter()
        with Path(file.name).open("rb") as lines:
            report = verify(lines, str(signer.verifier))
        took = time.perf_counter() - began
    if not report.holds or report.size != entries:
        raise AssertionError(report.text)
    million = took * 1_000_000 / entries
    return _row("1 000 000 entries verified", "≤ 15 s", million, f"{entries} in {took:.1f} s", ok=million <= 15)


def _exported(entries: int, signer: Signer) -> Iterator[bytes]:
    """Yield an export as long as wished, line for line as the real one."""
    digest, frontier = sha256(), Frontier(0, [])

    def line(value: object) -> bytes:
        encoded = msgspec.json.encode(value) + b"\n"
        digest.update(encoded)
        return encoded

    yield line({"format": FORMAT, "origin": signer.origin, "start": 0, "peaks": []})
    for index in range(entries):
        personal, beside = sha256(b"p%d" % index).hexdigest(), sha256(b"b%d" % index).hexdigest()
        leaf = json.dumps(_leaf(index, personal, beside), separators=(",", ":"))
        hashed = leaf_hash(leaf.encode())
        frontier.append(hashed)
        yield line(Line(index, leaf, hashed.hex(), personal, beside))
    yield line({"checkpoint": signer.sign(entries, frontier.root)})
    yield line({"waiting": 0, "astray": 0, "unfinished": 0, "nodes": 0})
    yield end_line(entries, frontier.root.hex(), digest.hexdigest())


def _leaf(index: int, personal: str, beside: str) -> dict[str, object]:
    return {
        "v": 1,
        "id": f"{index:026}",
        "at": 1_795_521_600_000_000 + index,
        "kind": "disclosure",
        "question": "disclose",
        "act": "read_shared",
        "outcome": "permit",
        "agency": "soc",
        "owner": "psyk",
        "holder": "soc",
        "revision": personal[:40],
        "personal": personal,
        "beside": beside,
        "recorded": 1_795_521_600_000_000 + index,
    }


# ------------------------------------------------------------------------------------------------- withdrawals


async def _withdrawals(bench: _Bench, size: Scale, url: str) -> list[Row]:
    result = await Race(bench.database, bench.ledger).run(size.withdrawals)
    enough = result.withdrawals >= 10_000 and result.near >= 100_000
    detail = (
        f"{result.withdrawals} withdrawals, {result.near} reads begun within 10 ms of one, {result.recorded} recorded"
    )
    few = "" if enough else " (fewer than the target asks for)"
    with without_the_epoch():
        broken = await _broken(Race(bench.database, bench.ledger), size)
    return [
        _row("recorded after a withdrawal was acknowledged", "0", result.after, detail + few, ok=result.after == 0),
        _row("withdrawal against 16 readers, p99", "≤ 100 ms", result.p99_ms, detail, ok=result.p99_ms <= 100),
        _must_fail("the same without the epoch", broken),
        _must_fail("the same with SERIALIZABLE in its place", await _serializable(bench, size, url)),
    ]


async def _serializable(bench: _Bench, size: Scale, url: str) -> Result:
    async with serializable_reader(url) as reader:
        writer = await Database.open(url, connections=2)
        result = await _broken(Race(bench.database, bench.ledger, reader, writer), size)
        await writer.close()
    return result


async def _broken(race: Race, size: Scale) -> Result:
    """Return the run of a broken recipe, begun anew with more withdrawals until it lets something through."""
    withdrawals = 50
    result = await race.run(withdrawals)
    while result.after == 0 and withdrawals < size.until_it_fails:
        withdrawals *= 2
        result = await Race(race.database, race.ledger, *race.recipe).run(withdrawals)
    return result


def _must_fail(what: str, result: Result) -> Row:
    detail = f"{result.after} of {result.recorded} let through, {result.withdrawals} withdrawals"
    return _row(what, "> 0 (the harness can fail)", result.after, detail, ok=result.after > 0)


def _row(what: str, target: str, value: float, detail: str, *, ok: bool) -> Row:
    return {"what": what, "target": target, "value": round(value, 3), "ok": ok, "detail": detail}
