"""Every fault of every agency, one by one and in pairs, with the agencies as real processes: what is named, what is
shown all the same, and what stands in the ledger.
"""

import os
from collections.abc import AsyncIterator, Iterator, Mapping
from html import unescape
from itertools import combinations, product
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from hub.broker.port import FaultKind
from tests.hub.partner.conftest import Api
from tests.support.agencies import AGENCIES, Agencies, asking_hub, case_with_all, gathered, summed, verified
from tests.support.doors import Browser, Doors, says

pytestmark = [pytest.mark.requirement("HUB-05"), pytest.mark.requirement("HUB-09")]
#: What an agency suffers from → what its part is then named as.
NAMED = {
    "slow": FaultKind.SILENT,
    "down": FaultKind.DOWN,
    "wrong": FaultKind.DOWN,
    "truncated": FaultKind.WRONG_LENGTH,
    "dishonest": FaultKind.WRONG_PERSON,
    "over_quota": FaultKind.OVER_QUOTA,
    "expired_certificate": FaultKind.CERTIFICATE,
}
FAULTS = tuple(NAMED)
#: What no answer may be: the word that the operator's log has for it, beside the agency and the kind.
UNREADABLE = {
    "huge": (FaultKind.TOO_LARGE, "too_large"),
    "deep": (FaultKind.MALFORMED, "deep"),
    "latin1": (FaultKind.MALFORMED, "utf-8"),
    "wrong_length": (FaultKind.WRONG_LENGTH, "content-length"),
    "wrong_type": (FaultKind.MALFORMED, "type"),
}
#: All 294 pairs of two agencies' faults, or a choice that has each fault of each agency beside each other agency, and
#: each two faults beside one another.
ALL_PAIRS = os.environ.get("HUB_TEST_FAULT_PAIRS") == "all"


@pytest.fixture
async def hub(town: Path, tmp_path: Path, agencies: Agencies) -> AsyncIterator[Doors]:
    async with asking_hub(town, tmp_path / "hub", agencies) as opened:
        yield opened


def pairs() -> Iterator[dict[str, str]]:
    """Yield the pairs, each as agency → fault."""
    for turn, both in enumerate(combinations(AGENCIES, 2)):
        chosen = product(FAULTS, FAULTS) if ALL_PAIRS else _beside(turn)
        yield from (dict(zip(both, faults, strict=True)) for faults in chosen)


def _beside(turn: int) -> Iterator[tuple[str, str]]:
    count = len(FAULTS)
    yield from ((FAULTS[at], FAULTS[(at + turn + 1) % count]) for at in range(count))
    yield FAULTS[turn], FAULTS[turn]


def expected(faults: Mapping[str, str]) -> dict[str, str]:
    return {agency: NAMED[faults[agency]].value if agency in faults else "answered" for agency in AGENCIES}


async def incidents(hub: Doors) -> int:
    rows = await hub.made.database.fetch(
        "SELECT count(*) FROM ledger_entry WHERE kind = 'system' AND body LIKE $1",
        f'%"{FaultKind.WRONG_PERSON.value}"%',
    )
    return rows[0][0]


async def endured(hub: Doors, agencies: Agencies, days: list[dict[str, str]]) -> None:
    """Gather on each of these bad days; the incidents stand in the ledger, and it holds."""
    lena = Api(hub, "lena-sandstrom")
    case = await case_with_all(lena)
    seen, dishonest = list[tuple[dict[str, str], dict[str, str]]](), await incidents(hub)
    for faults in days:
        agencies.suffer(faults)
        seen.append((faults, summed(await gathered(lena, case))))
    assert [each for each in seen if each[1] != expected(each[0])] == []
    wrong = sum(fault == "dishonest" for faults in days for fault in faults.values())
    assert await incidents(hub) - dishonest == wrong
    report = await verified(hub)
    assert report.holds, report


@pytest.mark.parametrize("agency", AGENCIES)
async def test_one_fault_is_named_and_the_others_are_shown(hub: Doors, agencies: Agencies, agency: str) -> None:
    await endured(hub, agencies, [{}, *({agency: fault} for fault in FAULTS), {}])


@pytest.mark.parametrize("both", list(combinations(AGENCIES, 2)), ids="-".join)
async def test_two_faults_are_both_named(hub: Doors, agencies: Agencies, both: tuple[str, str]) -> None:
    days = [faults for faults in pairs() if tuple(faults) == both]
    assert len(days) >= len(FAULTS)
    await endured(hub, agencies, days)


def test_the_choice_of_pairs_leaves_out_nothing() -> None:
    chosen = [tuple(sorted(each.items())) for each in pairs()]
    beside = {(agency, fault, other) for (agency, fault), (other, _) in chosen}
    beside |= {(agency, fault, other) for (other, _), (agency, fault) in chosen}
    assert len(beside) == len(AGENCIES) * len(FAULTS) * (len(AGENCIES) - 1)
    together = {frozenset((one, two)) for (_, one), (_, two) in chosen}
    assert {frozenset(each) for each in combinations(FAULTS, 2)} <= together


@pytest.mark.parametrize("agency", AGENCIES)
async def test_what_is_no_answer_is_refused_with_a_text_that_names_agency_and_fault(
    hub: Doors, agencies: Agencies, agency: str
) -> None:
    lena = Api(hub, "lena-sandstrom")
    case, browser = await case_with_all(lena), await hub.staff("lena-sandstrom")
    for fault, (kind, word) in UNREADABLE.items():
        agencies.suffer({agency: fault})
        with capture_logs() as lines:
            answer = await gathered(lena, case)
        assert summed(answer) == {each: kind.value if each == agency else "answered" for each in AGENCIES}, fault
        told = [each for each in lines if each["event"] == "agency_fault"]
        assert [(each["agency"], each["fault"]) for each in told] == [(agency, kind.value)]
        assert word in told[0]["cause"].lower(), (fault, told)
        assert await named_on_the_page(hub, browser, case, answer["id"], agency, kind)


async def named_on_the_page(
    hub: Doors, browser: Browser, case: str, gathering: str, agency: str, kind: FaultKind
) -> bool:
    """Whether people are told, in one sentence, which agency it is and what is wrong with it."""
    name = next(each.name for slug, each in (await hub.made.directory.agencies()).items() if slug == agency)
    named, hub.app.state.callers = hub.app.state.callers, hub.made.callers
    page = await browser.open(f"/arbete/arenden/{case}/bild/{gathering}")
    hub.app.state.callers = named
    assert page.status_code == 200, says(page)
    return f"{name} {kind.told}" in unescape(says(page))
