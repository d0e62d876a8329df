"""The facts of a read with a million individuals and five million lines of consent beside ten thousand: as quick, same plan.

`full` compares 100 000 with 10 000; with SCALE=1 it is 1 000 000 with 10 000, which takes a quarter of an hour to fill.
"""

import os
import random
import statistics
import time
from dataclasses import dataclass
from typing import Any, Final

import asyncpg
from sqlalchemy import make_url

import hub.migrations.models  # noqa: F401  # pyright: ignore[reportUnusedImport]  every table
from hub.access import Caller, CallerKind
from hub.cases import repository
from hub.kit.clock import SystemClock, micros
from hub.kit.database import Database, Table

Row = dict[str, Any]
_FAR: Final = 253_402_300_799_000_000
#: How many lines of consent each individual has: psychiatry → socialtjänsten and back, three categories and more.
_LINES: Final = 5
_FILL: Final = (
    """INSERT INTO agency (id, kind, name, authority, huvudman, regime, regime_decision, organisation_number) VALUES
       ('soc', 'socialtjanst', 'S', 'K', 'kommun', 'OSL 26:1', '', ''), ('psyk', 'region_psykiatri', 'P', 'R', 'region', 'OSL 25:1', '', '')""",
    "INSERT INTO unit (id, agency, name, closed_at) VALUES ('u', 'soc', 'U', {far})",
    "INSERT INTO staff VALUES ('s', 'soc', 'i', 'lena', 'Lena', '')",
    "INSERT INTO assignment VALUES ('lena', 's', 'soc', 'u', 'handlaggare', 0, {far}, '')",
    "INSERT INTO standing SELECT 'individual:' || n, 1 FROM generate_series(1, {n}) n",
    "INSERT INTO standing VALUES ('assignment:lena', 1), ('agency:soc', 1), ('agency:psyk', 1)",
    """INSERT INTO individual (id, lookup_hash, lane, protection, protection_source, raising_agency, raised_by, raised_at,
                               provisional_until, confirmed_by)
       SELECT n::text, decode(md5(n::text), 'hex'), 'ordinary', 'none', 'nobody', '', '', 0, 0, ''
         FROM generate_series(1, {n}) n""",
    """INSERT INTO coordination_case (id, number, individual_id, leading_agency, purpose, subject, state, opened_at, version)
       SELECT 'c' || n, 'S' || n, n::text, 'soc', 'sip', '', 'open', 0, 1 FROM generate_series(1, {n}) n""",
    """INSERT INTO case_party SELECT 'c' || n, a, 0, {far}, false, '' FROM generate_series(1, {n}) n,
       (VALUES ('soc'), ('psyk')) p(a)""",
    """INSERT INTO case_member SELECT 'm' || n, 'c' || n, 'lena', 'soc', true, '', 0, {far} FROM generate_series(1, {n}) n""",
    "INSERT INTO consent_template VALUES ('t', 'secrecy', 'sv', 1, 'x', '', 0)",
    """INSERT INTO consent (id, individual_id, kind, answerable_agency, form, template_id, language, text_shown, given_by,
                            evidence, evidence_digest, exclusions_asked, given_at)
       SELECT 'k' || n, n::text, 'secrecy', 'soc', 'digital', 't', 'sv', '', 'self', '', '', true, 0
         FROM generate_series(1, {n}) n""",
    """INSERT INTO consent_line (id, consent_id, individual_id, kind, owner, receiver, category, purpose, valid_from,
                                 valid_until, effect, given_by, given_at, mandate, needs_acceptance, reserved)
       SELECT 'l' || n || '-' || k, 'k' || n, n::text, 'secrecy', CASE WHEN k % 2 = 0 THEN 'psyk' ELSE 'soc' END,
              CASE WHEN k % 2 = 0 THEN 'soc' ELSE 'psyk' END, (ARRAY['plan', 'meeting', 'party'])[1 + k % 3], 'sip', 0,
              {far}, 'permit', 'self', 0, '', false, false
         FROM generate_series(1, {n}) n, generate_series(1, {lines}) k""",
    "ANALYZE",
)


@dataclass(frozen=True)
class Filled:
    """A database with `individuals` in it."""

    database: Database
    individuals: int


async def run(scale: str, postgres_url: str | None) -> list[Row]:
    """Return the rows of the table."""
    if postgres_url is None:
        return [
            {
                "what": "läsning, stor mot liten",
                "target": "≤ 1.3",
                "value": "–",
                "ok": None,
                "detail": "ingen PostgreSQL",
            }
        ]
    large = 1_000_000 if os.environ.get("SCALE") == "1" else 100_000
    sizes = (10_000, large) if scale == "full" else (200, 1000)
    small, big = [await _filled(postgres_url, size) for size in sizes]
    try:
        times = await _interleaved(small, big, 4000 if scale == "full" else 200)
        plans = [await _plan(each.database) for each in (small, big)]
    finally:
        for each in (small, big):
            await each.database.close()
    p50, p99 = [_at(times[1], q) / _at(times[0], q) for q in (0.5, 0.99)]
    detail = f"{sizes[1]} mot {sizes[0]} individer, {_LINES} rader var; {_at(times[1], 0.5):.2f} ms mot {_at(times[0], 0.5):.2f} ms"
    return [
        {
            "what": "läsning stor/liten, p50",
            "target": "≤ 1.3",
            "value": f"{p50:.2f}",
            "ok": p50 <= 1.3,
            "detail": detail,
        },
        {"what": "läsning stor/liten, p99", "target": "≤ 2", "value": f"{p99:.2f}", "ok": p99 <= 2, "detail": ""},
        {
            "what": "samma frågeplan",
            "target": "ja",
            "value": "ja" if plans[0] == plans[1] else "nej",
            "ok": plans[0] == plans[1],
            "detail": f"{len(plans[1])} steg",
        },
    ]


async def _filled(url: str, individuals: int) -> Filled:
    name = f"bench_{individuals}"
    connection = await asyncpg.connect(url)
    await connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    await connection.execute(f'CREATE DATABASE "{name}"')
    await connection.close()
    address = make_url(url).set(database=name).render_as_string(hide_password=False)
    database = await Database.open(address, connections=4)
    async with database.engine.begin() as made:
        await made.run_sync(Table.metadata.create_all)
    connection = await asyncpg.connect(address)
    for statement in _FILL:
        await connection.execute(statement.format(n=individuals, far=_FAR, lines=_LINES), timeout=3600)
    await connection.close()
    return Filled(database, individuals)


async def _interleaved(small: Filled, big: Filled, rounds: int) -> tuple[list[float], list[float]]:
    """Return milliseconds of reading the facts of a case drawn at random, turn by turn."""
    times: tuple[list[float], list[float]] = ([], [])
    chance = random.Random(1)
    for number in range(rounds):
        for which, each in enumerate((small, big)):
            case = f"c{chance.randint(1, each.individuals)}"
            began = time.perf_counter()
            await _read(each.database, case)
            if number >= rounds // 10:  # the first tenth warms caches and plans
                times[which].append((time.perf_counter() - began) * 1000)
    return times


async def _read(database: Database, case: str) -> None:
    now = SystemClock().now()
    await repository.seen(database, LENA, case, "1", now)
    found = await repository.parties(database, case, "soc", now)
    assert len(found) == 2


LENA: Final = Caller(
    kind=CallerKind.STAFF,
    ref="assignment:lena",
    issuer="i",
    subject="lena",
    loa=3,
    authenticated_at=SystemClock().now(),
    agency="soc",
    assignment="lena",
)


async def _plan(database: Database) -> list[str]:
    """Return the steps of the plan of the statement with the consents in it, by kind and index."""
    now = micros(SystemClock().now())
    sql = repository.PARTIES.replace("$1", "'c7'").replace("$2", str(now)).replace("$3", "'soc'")
    rows = await database.fetch(f"EXPLAIN {sql}")
    return [row[0].split("(cost")[0].strip(" ->") for row in rows if "(cost" in row[0]]


def _at(times: list[float], quantile: float) -> float:
    return statistics.quantiles(times, n=100)[int(quantile * 100) - 1]
