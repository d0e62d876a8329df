"""The consents that a decision stands on, as parts of the decision's one reading statement (the hot path).

As `hub.agencies.facts`: `consent_columns` returns columns for a `SELECT`; the arguments are SQL expressions, never
values. Lines are found on (individual, owner, receiver), so that five million of them cost what five do; what has
become of a line is read from its events in the same statement.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import msgspec

from hub.consent.kinds import GivenBy, Kind
from hub.kit.clock import FAR_FUTURE_S

#: How many columns `consent_columns` gives.
CONSENT_COLUMNS: Final = 2
#: Ended lines only explain a no, and one is enough; those in force come first, so that this never costs a stop or a yes.
_MOST_LINES: Final = 60
_FAR: Final = FAR_FUTURE_S * 1_000_000


class LineFacts(msgspec.Struct, array_like=True, frozen=True, forbid_unknown_fields=True):
    """One line that opens something, with what has become of it. Instants in microseconds; far, never null."""

    id: str
    consent: str
    kind: Kind
    owner: str
    receiver: str
    category: str
    purpose: str
    given_by: GivenBy
    valid_from: int
    valid_until: int
    #: The nearer end that a withdrawal or narrowing has set.
    ends_at: int
    withdrawn_at: int
    #: 1 when the owner may rely on it: the individual's own sign-in, the owner's own record, or accepted evidence.
    accepted: int

    @property
    def until(self) -> int:
        """When it ends, for whatever reason."""
        return min(self.valid_until, self.ends_at)

    def in_force(self, now: int) -> bool:
        """Tell whether the line opens its owner's secrecy at `now` (microseconds), stops left aside."""
        return bool(self.accepted) and self.valid_from <= now < min(self.until, self.withdrawn_at)


class StopFacts(msgspec.Struct, array_like=True, frozen=True, forbid_unknown_fields=True):
    """An exclusion or a block that nobody has lifted; `*` is every owner, receiver or category."""

    id: str
    #: "exclusion" or "block".
    source: str
    owner: str
    receiver: str
    category: str
    set_at: int


@dataclass(frozen=True, slots=True)
class ConsentFacts:
    """What an individual has said to some owners and receivers."""

    lines: tuple[LineFacts, ...]
    stops: tuple[StopFacts, ...]

    def not_after(self, now: int) -> int:
        """Return the nearest instant (microseconds) at which any of this ends: a permit isn't recorded later."""
        return min((line.until for line in self.lines if line.in_force(now)), default=_FAR)


def consent_columns(individual: str, owner: str, receiver: str, now: str) -> str:
    """Return two columns: the lines and the stops of `individual` between owners and receivers, at `now` (microseconds).

    `owner` and `receiver` are the right sides of conditions: `= c.agency`, `:in($2)`.
    """
    return f"{_lines(individual, owner, receiver, now)}, {_stops(individual, owner, receiver)}"


def parse_consent(lines: str | None, stops: str | None) -> ConsentFacts:
    """Return what the two columns of `consent_columns` say. Raises msgspec.ValidationError when they can't be read."""
    return ConsentFacts(
        tuple(msgspec.json.decode(lines or "[]", type=list[LineFacts])),
        tuple(msgspec.json.decode(stops or "[]", type=list[StopFacts])),
    )


def between(facts: ConsentFacts, owners: Iterable[str], receiver: str) -> ConsentFacts:
    """Return the part of `facts` that concerns `owners` and `receiver`: facts that can't matter are left out."""
    wanted = frozenset(owners)
    return ConsentFacts(
        tuple(line for line in facts.lines if line.owner in wanted and line.receiver == receiver),
        tuple(
            stop
            for stop in facts.stops
            if (stop.owner == "*" or stop.owner in wanted) and stop.receiver in {"*", receiver}
        ),
    )


def _lines(individual: str, owner: str, receiver: str, now: str) -> str:
    return f"""
        (SELECT :json_agg(:json_array(x.id, x.consent_id, x.kind, x.owner, x.receiver, x.category, x.purpose, x.given_by,
                                      x.valid_from, x.valid_until, x.ends_at, x.withdrawn_at, x.accepted))
           FROM (SELECT y.* FROM (
             SELECT l.*,
                coalesce((SELECT min(e.ends_at) FROM consent_event e WHERE e.line_id = l.id), {_FAR}) AS ends_at,
                coalesce((SELECT min(e.at) FROM consent_event e
                           WHERE e.line_id = l.id AND e.kind = 'withdrawn'), {_FAR}) AS withdrawn_at,
                CASE WHEN NOT l.needs_acceptance THEN 1
                     WHEN (SELECT e.kind FROM consent_event e
                            WHERE e.line_id = l.id AND e.kind IN ('accepted', 'evidence_refused')
                            ORDER BY e.number DESC LIMIT 1) = 'accepted' THEN 1 ELSE 0 END AS accepted
               FROM consent_line l
              WHERE l.individual_id = {individual} AND l.owner {owner} AND l.receiver {receiver}
                AND l.effect = 'permit') y
           ORDER BY CASE WHEN y.ends_at > {now} AND y.valid_until > {now} THEN 0 ELSE 1 END, y.valid_from DESC
           LIMIT {_MOST_LINES}) x)"""  # noqa: S608  the arguments are SQL


def _stops(individual: str, owner: str, receiver: str) -> str:
    return f"""
        (SELECT :json_agg(:json_array(x.id, x.source, x.owner, x.receiver, x.category, x.set_at)) FROM (
            SELECT l.id, 'exclusion' AS source, l.owner, l.receiver, l.category, l.valid_from AS set_at
              FROM consent_line l
             WHERE l.individual_id = {individual} AND l.effect = 'exclusion' AND l.category <> 'words'
               AND (l.owner = '*' OR l.owner {owner}) AND (l.receiver = '*' OR l.receiver {receiver})
               AND NOT EXISTS (SELECT 1 FROM consent_event e WHERE e.line_id = l.id AND e.kind = 'exclusion_lifted')
            UNION ALL
            SELECT b.id, 'block', b.owner, b.receiver, b.category, b.set_at FROM consent_block b
             WHERE b.individual_id = {individual}
               AND (b.owner = '*' OR b.owner {owner}) AND (b.receiver = '*' OR b.receiver {receiver})
               AND NOT EXISTS (SELECT 1 FROM consent_event e WHERE e.block_id = b.id AND e.kind = 'unblocked')) x)"""  # noqa: S608
