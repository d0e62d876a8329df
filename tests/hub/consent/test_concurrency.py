"""Two things at once: whichever came first in the database came first for everybody."""

import asyncio
from contextlib import suppress

import pytest

from hub.consent import (
    Closing,
    ConsentReader,
    ConsentService,
    EventKind,
    LineState,
    WithdrawalService,
)
from hub.kit.database import Database
from hub.kit.errors import PreconditionFailed, Undecided
from tests.hub.consent.conftest import INDIVIDUAL, Door, draft, individual, line


async def numbers(database: Database, kind: EventKind) -> dict[str, int]:
    rows = await database.fetch("SELECT consent_id, number FROM consent_event WHERE kind = $1", kind.value)
    return {str(consent): int(number) for consent, number in rows}


@pytest.mark.requirement("HUB-03")
async def test_recording_against_withdrawing(
    database: Database, consents: ConsentService, withdrawals: WithdrawalService, door: Door, reader: ConsentReader
) -> None:
    """A line is open only if it was given after every withdrawal that has ended anything; none is missed between."""

    async def record() -> None:
        """Facts that moved three times are undecided: whoever asked tries again."""
        for _ in range(20):
            with suppress(Undecided):
                await consents.record(door.asking(individual()), draft())
                return

    async def withdraw() -> None:
        await withdrawals.withdraw(door.speaker(individual()), Closing())

    for _ in range(6):
        await asyncio.gather(*(record() for _ in range(4)), *(withdraw() for _ in range(2)))
    given, withdrawn = await numbers(database, EventKind.GIVEN), await numbers(database, EventKind.WITHDRAWN)
    overview = await reader.overview(await door.permit(individual()))
    still_open = {each.id for each in overview.consents if each.lines[0].state is LineState.ACTIVE}
    assert len(given) == 24
    assert withdrawn.keys() | still_open == given.keys()
    assert all(given[each] > max(withdrawn.values(), default=0) for each in still_open)
    await withdrawals.withdraw(door.speaker(individual()), Closing())
    assert await reader.sight(await door.permit(individual())) == ()


async def test_one_of_two_edits_on_the_same_version_is_told_to_look_again(
    consents: ConsentService, withdrawals: WithdrawalService, door: Door, reader: ConsentReader
) -> None:
    made = await consents.record(door.asking(individual()), draft(line(), line(category="meeting")))
    view = await reader.consent(await door.permit(individual()), made)
    acts = [
        withdrawals.narrow(door.speaker(individual()), made, view.version, away=frozenset({each.id}))
        for each in view.lines
    ]
    done = await asyncio.gather(*acts, return_exceptions=True)
    assert sorted(type(each).__name__ for each in done) == ["PreconditionFailed", "str"]
    assert PreconditionFailed in map(type, done)


@pytest.mark.requirement("HUB-06")
async def test_every_act_moves_the_epoch_that_permits_stand_on(
    database: Database, consents: ConsentService, withdrawals: WithdrawalService, door: Door
) -> None:
    async def epoch() -> int:
        [[found]] = await database.fetch("SELECT epoch FROM standing WHERE subject = $1", f"individual:{INDIVIDUAL}")
        return found

    before = await epoch()
    made = await consents.record(door.asking(individual()), draft())
    given = await epoch()
    await withdrawals.withdraw_consent(door.speaker(individual()), made)
    assert before < given < await epoch()
