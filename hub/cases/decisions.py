"""What an owner's official has decided by hand, as a fact that later decisions stand on (reading R12)."""

import json
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, Final

import msgspec

from hub.access.questions import DecisionFacts
from hub.cases.model import Review
from hub.kit.clock import epoch_s, from_micros

#: How long a decision by hand opens what it named: it is made for one need, not for good. Ours, not the law's.
HOLDS_FOR: Final = timedelta(days=30)


def decision(
    review: Review, permitted: Collection[str], ground: str, conditions: Collection[str], now: datetime
) -> DecisionFacts:
    """Return the decision that an official is about to make on `review`. Raises msgspec.ValidationError for no code."""
    return _facts(review.id, review.owner, review.asking_agency, ground, list(permitted), list(conditions), now)


def decisions_column(case: str, one: str, other: str) -> str:
    """Return a column with what officials have decided in `case` between the agencies `one` and `other`, both ways."""
    return f"""
        (SELECT :json_agg(:json_array(r.id, r.owner, r.asking_agency, r.ground, r.permitted, r.conditions, r.answered_at))
           FROM case_review r WHERE r.case_id = {case} AND r.state IN ('permitted', 'partly')
            AND ((r.owner = {one} AND r.asking_agency = {other}) OR (r.owner = {other} AND r.asking_agency = {one})))"""  # noqa: S608  SQL


def parse_decisions(column: str | None) -> tuple[DecisionFacts, ...]:
    """Return what `decisions_column` says."""
    return tuple(_parse(*row) for row in json.loads(column or "[]"))


def _parse(ref: str, owner: str, receiver: str, ground: str, *rest: Any) -> DecisionFacts:
    permitted, conditions, at = rest
    return _facts(ref, owner, receiver, ground, permitted.split(","), conditions.split(","), from_micros(at))


def _facts(
    ref: str, owner: str, receiver: str, ground: str, permitted: list[str], conditions: list[str], at: datetime
) -> DecisionFacts:
    said = {
        "ref": ref,
        "owner": owner,
        "receiver": receiver,
        "paragraph": ground,
        "categories": sorted(each for each in permitted if each),
        "conditions": sorted(each for each in conditions if each),
        "reasoned": True,
        "valid_from": epoch_s(at),
        "valid_until": epoch_s(at + HOLDS_FOR),
    }
    return msgspec.convert(said, DecisionFacts)
