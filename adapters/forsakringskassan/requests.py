"""What is asked of LEFI v9: no more than the categories need, within the contract's rules."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from adapters.forsakringskassan.codes import FK_GROUPS, OTHER, PERSON, PM_GROUPS
from hub.broker.port import AgencyRequest, Category, Gap

#: All that SoL 15:10 names is told with the benefits.
ITEMS: Final = frozenset(
    {
        "application_made",
        "benefit_granted",
        "benefit_kind",
        "benefit_period",
        "benefit_extent",
        "benefit_amount",
        "payment_dates",
    }
)
_YEARS: Final = 2


@dataclass(frozen=True, slots=True)
class Question:
    """A body to send, and what of the question it couldn't hold."""

    body: bytes
    gaps: tuple[Gap, ...]


def question(request: AgencyRequest, agreed: Collection[str], today: date) -> Question:
    """Return the question. `FK:GEPI` always goes with it: nothing else in the answer says whom it is about, or that the
    person is protected."""
    parts = wanted(request)
    start, end, cut = _period(request, today)
    fk, pm = _chosen(FK_GROUPS, parts, agreed), _chosen(PM_GROUPS, parts, agreed)
    paid = [*fk, *pm] if "benefits" in parts else []
    told = {
        "personnummer": request.whom.reveal(),
        "period": {"from": start.isoformat(), "tom": end.isoformat()},
        "formansinformation": fk,
        "ansprak": pm,
        "beslut": pm,
        "preliminaraUtbetalningar": paid,
        "utbetalningar": paid,
        "ovrigInformation": [PERSON, *(each for each in _chosen(OTHER, parts, agreed) if each != PERSON)],
    }
    return Question(json.dumps({name: each for name, each in told.items() if each}).encode(), cut)


def askable(whom: str) -> bool:
    """Whether the format can name the individual: ten or twelve digits."""
    return whom.isascii() and whom.isdecimal() and len(whom) in (10, 12)


def wanted(request: AgencyRequest) -> frozenset[Category]:
    """Return the categories asked for; the single data of the duty stand among the benefits."""
    of_duty: set[Category] = {"benefits"} if ITEMS & set(request.items) else set()
    return frozenset(request.categories) | of_duty


def _chosen(
    groups: dict[str, tuple[str, tuple[Category, ...]]], parts: Collection[Category], agreed: Collection[str]
) -> list[str]:
    return [code for code, (_, each) in groups.items() if code in agreed and any(one in parts for one in each)]


def _period(request: AgencyRequest, today: date) -> tuple[date, date, tuple[Gap, ...]]:
    """Return at most two years, the latest ones, and what fell outside."""
    end = request.period.end or max(today, request.period.start or today)
    earliest = _years_before(end)
    start = request.period.start or earliest
    if start >= earliest:
        return start, end, ()
    reason = "Försäkringskassan svarar om högst två år i taget"
    return earliest, end, (Gap(f"Uppgifter från tiden före {earliest}", reason, request.categories),)


def _years_before(end: date) -> date:
    """Return the first day of the two years that `end` ends."""
    after = end + timedelta(days=1)
    try:
        return after.replace(year=after.year - _YEARS)
    except ValueError:  # 29 February
        return after.replace(year=after.year - _YEARS, day=28) + timedelta(days=1)
