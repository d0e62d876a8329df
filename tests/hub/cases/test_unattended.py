"""The two statements that find what nobody at an agency sees, on both databases: absent rows give nothing, and no error."""

import pytest

from hub.cases import inquiry_rows
from hub.kit.database import Database
from tests.fakes.clock import FixedClock


@pytest.mark.requirement("HUB-03")
async def test_an_agency_that_nobody_has_asked_has_nothing_waiting(database: Database, clock: FixedClock) -> None:
    assert await inquiry_rows.unattended(database, "af", clock.now()) == []
    assert await inquiry_rows.cleared(database, "nobody", "af", clock.now()) == frozenset()
