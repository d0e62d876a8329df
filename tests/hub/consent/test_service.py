"""Recording: refusals first, then what is kept."""

from dataclasses import replace

import pytest

from hub.consent import ConsentReader, ConsentService, ConsentState, Form, LineState
from hub.kit.errors import Invalid, Refused
from tests.hub.consent.conftest import Door, ToldEngine, draft, individual, line, staff


class TestRecord:
    async def test_a_refused_answer_leaves_nothing(
        self, consents: ConsentService, door: Door, engine: ToldEngine, reader: ConsentReader
    ) -> None:
        engine.refuses = frozenset({"record_consent"})
        with pytest.raises(Refused):
            await consents.record(door.asking(individual()), draft())

    async def test_the_individuals_own_yes_works_at_once(
        self, consents: ConsentService, door: Door, reader: ConsentReader
    ) -> None:
        made = await consents.record(door.asking(individual()), draft())
        assert made
