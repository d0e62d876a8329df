"""What of an agency's log is drawn for review: pure, and the same again for whoever has the seed and the log.

The seed is drawn by the hub and recorded with the sample, and each period is drawn once: nobody picks the entries.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from hashlib import sha256
from heapq import nsmallest
from pathlib import Path
from typing import Final

import msgspec

from hub.kit.clock import STOCKHOLM

#: The reason of an entry that is drawn by lot.
RANDOM: Final = "random"
_LOOK_UP: Final = "see_person"
_WEEKDAYS: Final = 5


class RuleKind(StrEnum):
    """What a rule looks for."""

    PROTECTED = "protected"
    RELATED = "related"
    OFF_HOURS = "off_hours"
    MANY = "many"
    ALONE = "alone"
    REFUSED = "refused"


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One rule, as data. `most`: beyond that many, so many are drawn by lot; 0 = all of them."""

    code: str
    kind: RuleKind
    words: str
    from_hour: int = 0
    to_hour: int = 24
    times: int = 0
    within_hours: int = 0
    most: int = 0

    @property
    def within(self) -> timedelta:
        return timedelta(hours=self.within_hours)


class Plan(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How often, how many by lot, and within how many working days they are to be reviewed."""

    every_days: int
    reviewed_within: int
    random: int


class Rules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file."""

    plan: Plan
    rules: tuple[Rule, ...]

    def words(self, code: str) -> str:
        """Return a reason in words."""
        return "Dragen med lott" if code == RANDOM else next(r.words for r in self.rules if r.code == code)


@cache
def rules() -> Rules:
    """Return the rules that are in force."""
    return msgspec.yaml.decode(Path(__file__).with_name("log_review_rules.yaml").read_bytes(), type=Rules)


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as the draw sees it: nothing of whom it is about but an id to tell one from another."""

    id: str
    at: datetime
    act: str
    outcome: str
    caller: str
    individual: str
    protected: bool
    related: bool


def draw(lines: Sequence[Line], random: int, seed: str, found: Rules) -> Mapping[str, tuple[str, ...]]:
    """Return the entries that are drawn, each with its reasons: by lot first, then each rule."""
    reasons: dict[str, list[str]] = defaultdict(list)
    for code, chosen in [
        (RANDOM, by_lot(lines, random, seed)),
        *((r.code, _by_rule(r, lines, seed)) for r in found.rules),
    ]:
        for line in chosen:
            reasons[line.id].append(code)
    return {entry: tuple(codes) for entry, codes in reasons.items()}


def by_lot(lines: Iterable[Line], count: int, seed: str) -> list[Line]:
    """Return `count` of the lines: those whose digest with the seed is the smallest."""
    return nsmallest(count, lines, key=lambda line: sha256(f"{seed}:{line.id}".encode()).digest())


def _by_rule(rule: Rule, lines: Sequence[Line], seed: str) -> list[Line]:
    chosen = list(_KINDS[rule.kind](rule, lines))
    return by_lot(chosen, rule.most, f"{seed}:{rule.code}") if 0 < rule.most < len(chosen) else chosen


def _protected(_: Rule, lines: Sequence[Line]) -> Iterable[Line]:
    return (line for line in lines if line.protected)


def _related(_: Rule, lines: Sequence[Line]) -> Iterable[Line]:
    return (line for line in lines if line.related)


def _off_hours(rule: Rule, lines: Sequence[Line]) -> Iterable[Line]:
    return (line for line in lines if _is_off(line.at.astimezone(STOCKHOLM), rule))


def _is_off(at: datetime, rule: Rule) -> bool:
    return at.weekday() >= _WEEKDAYS or not rule.from_hour <= at.hour < rule.to_hour


def _many(rule: Rule, lines: Sequence[Line]) -> Iterable[Line]:
    """Everything by one who reached `times` individuals within the hours, from the first of them to the last."""
    read = (line for line in lines if line.individual and line.outcome == "permit")
    return _crowded(rule, read, lambda window: len({line.individual for line in window}))


def _refused(rule: Rule, lines: Sequence[Line]) -> Iterable[Line]:
    return _crowded(rule, (line for line in lines if line.outcome == "deny"), len)


def _crowded(rule: Rule, lines: Iterable[Line], size: Callable[[Sequence[Line]], int]) -> Iterable[Line]:
    by_caller: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        by_caller[line.caller].append(line)
    found: dict[str, Line] = {}
    for mine in by_caller.values():
        first = 0
        for last, line in enumerate(mine):
            while line.at - mine[first].at > rule.within:
                first += 1
            if size(mine[first : last + 1]) >= rule.times:
                found.update({each.id: each for each in mine[first : last + 1]})
    return found.values()


def _alone(rule: Rule, lines: Sequence[Line]) -> Iterable[Line]:
    """Look-ups after which nobody at the agency did anything else about the same individual within the hours."""
    acted: dict[str, list[datetime]] = defaultdict(list)
    for line in lines:
        if line.act != _LOOK_UP and line.outcome == "permit":
            acted[line.individual].append(line.at)
    for line in lines:
        if line.act == _LOOK_UP and line.outcome == "permit" and line.individual:
            until = line.at + rule.within
            if not any(line.at <= at <= until for at in acted[line.individual]):
                yield line


_KINDS: Final[Mapping[RuleKind, Callable[[Rule, Sequence[Line]], Iterable[Line]]]] = {
    RuleKind.PROTECTED: _protected,
    RuleKind.RELATED: _related,
    RuleKind.OFF_HOURS: _off_hours,
    RuleKind.MANY: _many,
    RuleKind.ALONE: _alone,
    RuleKind.REFUSED: _refused,
}
