"""The consents that a decision stands on, as parts of the decision's one reading statement (the hot path).

As `hub.agencies.facts`: `consent_columns` returns columns for a `SELECT`; the arguments are SQL expressions, never
values. Lines are found on (individual, owner, receiver), so that five million of them cost what five do; what has
become of a line is read from its events in the same statement.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypeVar

import msgspec

from hub.access.questions import LineFacts, MandateFacts, StopFacts
from hub.consent.kinds import ALL, WORDS
from hub.kit.clock import FAR_FUTURE_S, from_micros

#: How many columns `consent_columns` gives.
CONSENT_COLUMNS: Final = 2
#: Ended lines only explain a no, and one is enough; those in force come first, so that this never costs a stop or a yes.
_MOST_LINES: Final = 60
_FAR: Final = FAR_FUTURE_S * 1_000_000
#: The columns of the two JSON arrays, in the order the statements give them.
_LINE: Final = (
    *("id", "kind", "owner", "receiver", "category", "purpose", "valid_from", "valid_until", "ended_at"),
    *("accepted", "given_by", "given_at", "reserved"),
)
_TRUTHS: Final = frozenset({"accepted", "reserved", "block"})
_STOP: Final = ("id", "block", "owner", "receiver", "category", "valid_from", "valid_until")
F = TypeVar("F", LineFacts, StopFacts)


@dataclass(frozen=True, slots=True)
class ConsentFacts:
    """What an individual has said to some owners and receivers."""

    lines: tuple[LineFacts, ...]
    stops: tuple[StopFacts, ...]
    #: Those that lines were given on, as they stood then.
    mandates: tuple[MandateFacts, ...] = ()

    def not_after(self, now: int) -> datetime | None:
        """Return the nearest instant at which a line in force at `now` (epoch seconds) ends: a permit on it isn't
        recorded later. None when nothing is in force.
        """
        ends = [min(line.valid_until, line.ended_at) for line in self.lines if _in_force(line, now)]
        return from_micros(min(ends) * 1_000_000) if ends else None


def consent_columns(individual: str, owner: str, receiver: str, now: str) -> str:
    """Return two columns: the lines and the stops of `individual` between owners and receivers, at `now` (microseconds).

    `owner` and `receiver` are the right sides of conditions: `= c.agency`, `:in($2)`.
    """
    return f"{_lines(individual, owner, receiver, now)}, {_stops(individual, owner, receiver)}"


def said_columns(individual: str, now: str) -> str:
    """Return two columns as `consent_columns`: all that is in force at `now`, whoever the owners and receivers are.

    Of lines that no decision can tell apart only the one that lasts longest is there, so that years of renewals cost
    what one consent does. Arguments are SQL expressions, never values.
    """
    return f"{_in_force_lines(individual, now)}, {_stops(individual, 'IS NOT NULL', 'IS NOT NULL')}"


def parse_consent(lines: str | None, stops: str | None) -> ConsentFacts:
    """Return what the two columns of `consent_columns` say. Raises msgspec.ValidationError when they can't be read."""
    rows: list[list[Any]] = json.loads(lines or "[]")
    used = sorted({row[-1] for row in rows if row[-1]})
    return ConsentFacts(
        tuple(_parse(row[:-1], _LINE, LineFacts) for row in rows),
        tuple(_parse(row, _STOP, StopFacts) for row in json.loads(stops or "[]")),
        tuple(msgspec.json.decode(each, type=MandateFacts) for each in used),
    )


def between(facts: ConsentFacts, owners: Iterable[str], receiver: str) -> ConsentFacts:
    """Return the part of `facts` that concerns `owners` and `receiver`: facts that can't matter are left out."""
    wanted = frozenset(owners)
    return ConsentFacts(
        tuple(line for line in facts.lines if line.owner in wanted and line.receiver == receiver),
        tuple(
            stop
            for stop in facts.stops
            if (stop.owner == ALL or stop.owner in wanted) and stop.receiver in {ALL, receiver}
        ),
        facts.mandates,
    )


def _parse(row: list[Any], names: tuple[str, ...], into: type[F]) -> F:
    """Return the row as a fact; truth values come as 0 and 1, alike from both dialects."""
    fields = {name: bool(value) if name in _TRUTHS else value for name, value in zip(names, row, strict=True)}
    return msgspec.convert(fields, into)


def _in_force(line: LineFacts, now: int) -> bool:
    return line.accepted and line.valid_from <= now < min(line.valid_until, line.ended_at)


def _in_force_lines(individual: str, now: str) -> str:
    return f"""
        (SELECT :json_agg(:json_array(x.id, x.kind, x.owner, x.receiver, x.category, x.purpose,
                    x.valid_from / 1000000, x.valid_until / 1000000, x.ended_at / 1000000,
                    1, x.given_by, x.given_at / 1000000, x.reserved, x.mandate))
           FROM (SELECT y.*, row_number() OVER (
                    PARTITION BY y.owner, y.receiver, y.category, y.purpose, y.reserved, y.given_by, y.mandate,
                        CASE WHEN y.given_by = 'self' THEN 0 ELSE y.given_at END
                    ORDER BY CASE WHEN y.ended_at < y.valid_until THEN y.ended_at ELSE y.valid_until END DESC, y.id
                 ) AS place
             FROM (
               SELECT l.id, l.kind, l.owner, l.receiver, l.category, l.purpose, l.valid_from, l.valid_until, l.given_by,
                  l.given_at, l.mandate, CASE WHEN l.reserved THEN 1 ELSE 0 END AS reserved,
                  coalesce(d.ended_at, {_FAR}) AS ended_at
                 FROM consent_line l
                 LEFT JOIN (SELECT e.line_id, min(e.ends_at) AS ended_at FROM consent_event e
                             WHERE e.individual_id = {individual} AND e.ends_at IS NOT NULL GROUP BY e.line_id) d
                   ON d.line_id = l.id
                WHERE l.individual_id = {individual} AND l.effect = 'permit' AND l.kind = 'secrecy'
                  AND l.valid_from <= {now} AND l.given_at <= {now}
                  AND l.valid_until > {now} AND l.valid_until < {_FAR}
                  AND (d.ended_at IS NULL OR d.ended_at > {now})
                  AND (NOT l.needs_acceptance OR (SELECT e.kind FROM consent_event e
                        WHERE e.line_id = l.id AND e.kind IN ('accepted', 'evidence_refused')
                        ORDER BY e.number DESC LIMIT 1) = 'accepted')) y) x
          WHERE x.place = 1)"""  # noqa: S608  the arguments are SQL


def _lines(individual: str, owner: str, receiver: str, now: str) -> str:
    return f"""
        (SELECT :json_agg(:json_array(x.id, x.kind, x.owner, x.receiver, x.category, x.purpose,
                    x.valid_from / 1000000, x.valid_until / 1000000, x.ended_at / 1000000,
                    x.accepted, x.given_by, x.given_at / 1000000, CASE WHEN x.reserved THEN 1 ELSE 0 END, x.mandate))
           FROM (SELECT y.* FROM (
             SELECT l.*,
                coalesce((SELECT min(e.ends_at) FROM consent_event e WHERE e.line_id = l.id), {_FAR}) AS ended_at,
                CASE WHEN NOT l.needs_acceptance THEN 1
                     WHEN (SELECT e.kind FROM consent_event e
                            WHERE e.line_id = l.id AND e.kind IN ('accepted', 'evidence_refused')
                            ORDER BY e.number DESC LIMIT 1) = 'accepted' THEN 1 ELSE 0 END AS accepted
               FROM consent_line l
              WHERE l.individual_id = {individual} AND l.owner {owner} AND l.receiver {receiver}
                AND l.effect = 'permit') y
           ORDER BY CASE WHEN y.ended_at > {now} AND y.valid_until > {now} THEN 0 ELSE 1 END, y.valid_from DESC
           LIMIT {_MOST_LINES}) x)"""  # noqa: S608  the arguments are SQL


def _stops(individual: str, owner: str, receiver: str) -> str:
    return f"""
        (SELECT :json_agg(:json_array(x.id, x.block, x.owner, x.receiver, x.category, x.since / 1000000, {FAR_FUTURE_S}))
           FROM (
            SELECT l.id, 0 AS block, l.owner, l.receiver,
                   CASE WHEN l.category = '{WORDS}' THEN '{ALL}' ELSE l.category END AS category, l.valid_from AS since
              FROM consent_line l
             WHERE l.individual_id = {individual} AND l.effect = 'exclusion'
               AND (l.category <> '{WORDS}' OR coalesce((SELECT e.kind FROM consent_event e
                        WHERE e.line_id = l.id AND e.kind IN ('accepted', 'evidence_refused')
                        ORDER BY e.number DESC LIMIT 1), '') <> 'accepted')
               AND (l.owner = '*' OR l.owner {owner}) AND (l.receiver = '*' OR l.receiver {receiver})
               AND NOT EXISTS (SELECT 1 FROM consent_event e WHERE e.line_id = l.id AND e.kind = 'exclusion_lifted')
            UNION ALL
            SELECT b.id, 1, b.owner, b.receiver, b.category, b.set_at FROM consent_block b
             WHERE b.individual_id = {individual}
               AND (b.owner = '*' OR b.owner {owner}) AND (b.receiver = '*' OR b.receiver {receiver})
               AND NOT EXISTS (SELECT 1 FROM consent_event e WHERE e.block_id = b.id AND e.kind = 'unblocked')) x)"""  # noqa: S608
