"""The hot path: what a decision is told, in one statement."""

from dataclasses import replace

import msgspec
import pytest
from sqlalchemy import text

from hub.consent import (
    ALL,
    CONSENT_COLUMNS,
    BlockService,
    Closing,
    ConsentFacts,
    ConsentReader,
    ConsentService,
    DraftLine,
    Effect,
    EvidenceFault,
    WithdrawalService,
    between,
    consent_columns,
    parse_consent,
)
from hub.kit.clock import FAR_FUTURE_S, epoch_s, micros, midnight_after
from hub.kit.database import Database
from hub.kit.errors import Invalid
from tests.fakes.clock import FixedClock
from tests.hub.consent.conftest import (
    INDIVIDUAL,
    LAST_DAY,
    Door,
    World,
    draft,
    individual,
    line,
    mandate,
    on_paper,
    staff,
)


async def told(database: Database, clock: FixedClock, owners: tuple[str, ...], receiver: str) -> ConsentFacts:
    columns = consent_columns("$1", ":in($2)", "= $3", "$4")
    [row] = await database.fetch(
        f"SELECT {columns}",
        INDIVIDUAL,
        database.many(owners),
        receiver,
        micros(clock.now()),
    )
    assert len(row) == CONSENT_COLUMNS
    return parse_consent(row[0], row[1])


async def test_nothing_said_is_nothing(database: Database, clock: FixedClock) -> None:
    facts = await told(database, clock, ("psyk",), "soc")
    assert facts == ConsentFacts((), ())
    assert facts.not_after(epoch_s(clock.now())) is None


@pytest.mark.requirement("HUB-03")
async def test_a_line_as_facts(database: Database, clock: FixedClock, consents: ConsentService, door: Door) -> None:
    await consents.record(door.asking(individual()), draft(line(), line("af", "soc"), line("psyk", "af")))
    now = epoch_s(clock.now())
    facts = await told(database, clock, ("psyk",), "soc")
    [found] = facts.lines
    assert msgspec.structs.replace(found, id="") == msgspec.convert(
        {
            "id": "",
            "kind": "secrecy",
            "owner": "psyk",
            "receiver": "soc",
            "category": "plan",
            "purpose": "sip",
            "valid_from": now,
            "valid_until": epoch_s(midnight_after(LAST_DAY)),
            "ended_at": FAR_FUTURE_S,
            "accepted": True,
            "given_by": "self",
            "given_at": now,
            "reserved": False,
        },
        type(found),
    )
    assert facts.not_after(now) == midnight_after(LAST_DAY)


@pytest.mark.requirement("R5")
async def test_what_is_withdrawn_has_ended_whatever_the_clock_says(
    database: Database, clock: FixedClock, consents: ConsentService, withdrawals: WithdrawalService, door: Door
) -> None:
    await consents.record(door.asking(individual()), draft())
    await withdrawals.withdraw(door.speaker(individual()), Closing())
    facts = await told(database, clock, ("psyk",), "soc")
    assert [each.ended_at for each in facts.lines] == [0]
    assert facts.not_after(epoch_s(clock.now())) is None


async def test_evidence_waits_then_counts_then_doesnt(
    database: Database, clock: FixedClock, consents: ConsentService, door: Door, reader: ConsentReader
) -> None:
    made = await consents.record(door.asking(staff()), on_paper(line(), condition="Bara muntligt."))
    official = staff("psyk", "official-psyk")
    seen = []
    for act in (None, "accept", "refuse"):
        version = (await reader.consent(await door.permit(individual()), made)).version
        if act == "accept":
            await consents.accept_evidence(door.asking(official), made, version)
        if act == "refuse":
            await consents.refuse_evidence(door.asking(official), made, version, EvidenceFault.DOUBTFUL)
        [found] = (await told(database, clock, ("psyk",), "soc")).lines
        seen.append((found.accepted, found.reserved))
    assert seen == [(False, True), (True, True), (False, True)]


@pytest.mark.requirement("R7")
async def test_the_mandate_follows_as_it_stood(
    database: Database, clock: FixedClock, consents: ConsentService, door: Door, world: World
) -> None:
    world.own, world.uses, world.mandates = False, "mandate-1", [mandate(valid_until=1_900_000_000)]
    await consents.record(
        door.asking(individual()), draft(line(), line(category="meeting"), representative="mandate-1")
    )
    facts = await told(database, clock, ("psyk",), "soc")
    assert {each.given_by for each in facts.lines} == {"mandate-1"}
    assert facts.mandates == (mandate(valid_until=1_900_000_000),)


@pytest.mark.requirement("R2")
async def test_stops_reach_by_name_or_by_all_until_lifted(
    database: Database,
    clock: FixedClock,
    consents: ConsentService,
    blocks: BlockService,
    door: Door,
    reader: ConsentReader,
) -> None:
    exclusion = DraftLine("psyk", ALL, "trauma", ALL, effect=Effect.EXCLUSION)
    lines = (line(), exclusion, replace(exclusion, receiver="fk"))
    await consents.record(door.asking(individual()), draft(*lines))
    block = await blocks.block(door.speaker(individual()), Closing(receiver="soc", category="debts"))
    await blocks.block(door.speaker(individual()), Closing(owner="af"))
    found = (await told(database, clock, ("psyk",), "soc")).stops
    assert {(each.block, each.owner, each.receiver, each.category) for each in found} == {
        (False, "psyk", "*", "trauma"),
        (True, "*", "soc", "debts"),
    }
    assert {(each.valid_from, each.valid_until) for each in found} == {(epoch_s(clock.now()), FAR_FUTURE_S)}
    await blocks.unblock(door.speaker(individual()), block)
    everybody = next(
        each
        for each in (await reader.overview(await door.permit(individual()))).exclusions
        if (each.category, each.receiver) == ("trauma", "*")
    )
    await blocks.lift_exclusion(door.speaker(individual()), everybody.id)
    assert (await told(database, clock, ("psyk",), "soc")).stops == ()


@pytest.mark.requirement("HUB-03", "R2")
async def test_own_words_stop_everything_until_the_owners_official_has_made_them_out(
    database: Database, clock: FixedClock, consents: ConsentService, door: Door, reader: ConsentReader
) -> None:
    words = DraftLine("psyk", ALL, "words", ALL, effect=Effect.EXCLUSION, words="Inte om mor.")
    await consents.record(door.asking(individual()), draft(line()))
    made = await consents.record(door.asking(individual()), draft(line(category="meeting"), words))
    official = door.asking(staff("psyk", "official-psyk"))

    async def stopped() -> set[tuple[str, str]]:
        found = (await told(database, clock, ("psyk", "af"), "soc")).stops
        return {(each.owner, each.category) for each in found}

    async def version() -> int:
        return (await reader.consent(await door.permit(individual()), made)).version

    async def seen() -> int:
        return len(await reader.sight(await door.permit(individual())))

    assert (await stopped(), await seen()) == ({("psyk", "*")}, 0), "also what was said yes to before"
    await consents.refuse_evidence(official, made, await version(), EvidenceFault.DOUBTFUL)
    assert (await stopped(), await seen()) == ({("psyk", "*")}, 0), "words that nobody can make out"
    await consents.accept_evidence(official, made, await version(), excluded=("meeting",))
    assert (await stopped(), await seen()) == ({("psyk", "meeting")}, 1)
    await consents.record(door.asking(individual()), draft(line(category="meeting")))
    assert (await stopped(), await seen()) == ({("psyk", "meeting")}, 1), "a newer yes lifts nothing"


@pytest.mark.parametrize("excluded", [None, ("everything",)])
async def test_whoever_reads_own_words_says_what_they_are_about(
    database: Database, clock: FixedClock, consents: ConsentService, door: Door, excluded: tuple[str, ...] | None
) -> None:
    words = DraftLine("psyk", ALL, "words", ALL, effect=Effect.EXCLUSION, words="Inte om mor.")
    made = await consents.record(door.asking(individual()), draft(line(), words))
    with pytest.raises(Invalid) as wrong:
        await consents.accept_evidence(door.asking(staff("psyk", "official-psyk")), made, 1, excluded=excluded)
    assert [each.field for each in wrong.value.fields] == ["excluded"]
    assert [each.category for each in (await told(database, clock, ("psyk",), "soc")).stops] == ["*"]


async def test_ended_lines_never_push_out_what_is_in_force(
    database: Database, clock: FixedClock, consents: ConsentService, withdrawals: WithdrawalService, door: Door
) -> None:
    await consents.record(door.asking(individual()), draft())
    for _ in range(3):
        await consents.record(door.asking(individual()), draft(*(line(category=each) for each in CATEGORIES)))
        clock.move(seconds=1)
        for category in CATEGORIES:
            await withdrawals.withdraw(door.speaker(individual()), Closing(category=category))
    await consents.record(door.asking(individual()), draft(*[line(category=each) for each in CATEGORIES]))
    facts = await told(database, clock, ("psyk",), "soc")
    live = [each for each in facts.lines if each.ended_at]
    assert {each.category for each in live} == {"plan", *CATEGORIES}


CATEGORIES = ("meeting", "work_ability", "health", "economy", "social_situation")


def test_facts_that_cant_matter_are_left_out() -> None:
    made = parse_consent(
        '[["l1","secrecy","psyk","soc","plan","sip",0,9,9,1,"self",0,0,""],'
        '["l2","secrecy","af","soc","plan","sip",0,9,9,0,"self",0,0,""]]',
        '[["b1",1,"*","soc","*",0,9],["b2",1,"af","*","*",0,9],["b3",0,"psyk","fk","*",0,9]]',
    )
    cut = between(made, ["psyk"], "soc")
    assert [each.id for each in cut.lines] == ["l1"]
    assert [each.id for each in cut.stops] == ["b1"]


@pytest.mark.parametrize(
    "row", ['[["l1","secrecy"]]', '[["l1","other","psyk","soc","plan","sip",0,9,9,1,"self",0,0,""]]']
)
def test_what_cant_be_read_is_an_error_and_no_fact(row: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  a ValidationError is one
        parse_consent(row, None)


async def test_the_hot_path_goes_by_the_index(database: Database) -> None:
    columns = database.sql(consent_columns("'i'", "= 'o'", "= 'r'", "0"))
    explain = "EXPLAIN QUERY PLAN" if database.dialect == "sqlite" else "EXPLAIN"
    async with database.read() as session:
        if database.dialect == "postgresql":
            await session.execute(text("SET LOCAL enable_seqscan = off"))  # the tables are empty here
        plan = str((await session.execute(text(f"{explain} SELECT {columns}"))).all())
    assert plan.count("ix_consent_line_reading") == 2
    assert "SCAN consent_" not in plan
    assert "Seq Scan" not in plan
