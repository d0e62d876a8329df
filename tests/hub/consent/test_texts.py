"""Texts are succeeded, never changed."""

import pytest
from sqlalchemy import insert

from hub.audit import Ledger
from hub.consent import ConsentReader, ConsentService, Kind, Language, TextChanged, Texts
from hub.consent.model import Template
from hub.consent.texts import shipped
from hub.kit.database import Database
from hub.kit.errors import Invalid, NotFound
from tests.fakes.clock import FixedClock
from tests.hub.consent.conftest import Door, draft, individual, staff


async def test_published_once(texts: Texts) -> None:
    assert await texts.publish() == 0
    assert len(await texts.all()) == len(shipped())


async def test_a_text_that_reads_otherwise_stops_the_start(
    database: Database, ledger: Ledger, clock: FixedClock
) -> None:
    text = shipped()[0]
    async with database.write() as session:
        row = {"id": "secrecy-sv-1", "kind": text.kind, "language": text.language, "version": 1, "body": "Andra ord"}
        await session.execute(insert(Template).values(**row, digest=b"other", published_at=clock.now()))
    with pytest.raises(TextChanged):
        await Texts(database, ledger, clock).publish()


async def test_a_language_without_a_text_says_so(database: Database, ledger: Ledger, clock: FixedClock) -> None:
    with pytest.raises(NotFound):
        await Texts(database, ledger, clock).newest(Kind.PLAN, Language.ENGLISH)


@pytest.mark.requirement("law 4.10")
async def test_the_text_of_sus_is_fixed(texts: Texts) -> None:
    with pytest.raises(Invalid):
        await texts.succeed(staff(), Kind.SUS, Language.SWEDISH, "Våra egna ord {lines}")


@pytest.mark.parametrize("body", ["Får de prata?", "{lines}" + "a" * 20_000])
async def test_a_successor_must_say_what_is_answered_and_be_readable(texts: Texts, body: str) -> None:
    with pytest.raises(Invalid) as caught:
        await texts.succeed(staff(), Kind.PLAN, Language.SWEDISH, body)
    assert [error.field for error in caught.value.fields] == ["body"]


async def test_the_first_text_of_its_kind(database: Database, ledger: Ledger, clock: FixedClock) -> None:
    made = await Texts(database, ledger, clock).succeed(staff(), Kind.PLAN, Language.SWEDISH, "Plan? {lines}")
    assert made.version == 1


@pytest.mark.requirement("R27")
async def test_those_who_have_answered_stand_by_what_they_were_shown(
    texts: Texts, consents: ConsentService, door: Door, reader: ConsentReader, ledger: Ledger
) -> None:
    made = await consents.record(door.asking(individual()), draft())
    new = await texts.succeed(staff(), Kind.SECRECY, Language.SWEDISH, "Nya ord: {lines}")
    assert (new.id, (await texts.newest(Kind.SECRECY, Language.SWEDISH)).id) == ("secrecy-sv-2", "secrecy-sv-2")
    receipt = await reader.receipt(await door.permit(individual()), made)
    assert receipt.shown.startswith("Får myndigheterna prata")
    assert receipt.consent.text == "secrecy-sv-1"
    entries = (await ledger.entries_of_agency("soc")).entries
    assert "text_published" in {entry.act for entry in entries}
