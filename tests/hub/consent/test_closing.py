"""Withdrawing, narrowing, blocking, lifting: at once, without an engine, and never silently undone."""

import json
from dataclasses import replace
from datetime import date

import pytest

from hub.access import Caller
from hub.audit import Ledger
from hub.consent import (
    ALL,
    BlockService,
    Closing,
    ConsentReader,
    ConsentService,
    DraftLine,
    Effect,
    LineState,
    NamedReceiver,
    ReceiverKind,
    WithdrawalService,
    repository,
)
from hub.kit.clock import SystemClock
from hub.kit.database import Database
from hub.kit.errors import Invalid, NotFound, PreconditionFailed, StepUpNeeded
from hub.kit.idempotency import Once
from hub.kit.vault import Vault
from tests.fakes.clock import FixedClock
from tests.hub.consent.conftest import (
    INDIVIDUAL,
    Door,
    ToldEngine,
    World,
    client,
    draft,
    individual,
    line,
    staff,
    words,
)

EXCLUSION = DraftLine("psyk", ALL, "trauma", ALL, effect=Effect.EXCLUSION)


async def states(reader: ConsentReader, door: Door) -> dict[str, LineState]:
    overview = await reader.overview(await door.permit(individual()))
    return {f"{each.owner}/{each.receiver}/{each.category}": each.state for c in overview.consents for each in c.lines}


async def facts(database: Database, kind: str) -> list[dict[str, str]]:
    return [json.loads(body) for [body] in await database.fetch("SELECT body FROM outbox WHERE kind = $1", kind)]


@pytest.mark.requirement("R5")
class TestWithdraw:
    async def test_not_by_anybody(self, withdrawals: WithdrawalService, door: Door, world: World) -> None:
        world.team = False
        with pytest.raises(NotFound):
            await withdrawals.withdraw(door.speaker(staff()), Closing())
        with pytest.raises(StepUpNeeded):
            await withdrawals.withdraw(door.speaker(individual(loa=2)), Closing())

    @pytest.mark.parametrize(
        "closing", [Closing(owner="nobody"), Closing(receiver="nobody"), Closing(category="everything")]
    )
    async def test_a_slip_of_the_pen_is_no_withdrawal(
        self, closing: Closing, withdrawals: WithdrawalService, door: Door
    ) -> None:
        with pytest.raises(Invalid):
            await withdrawals.withdraw(door.speaker(individual()), closing)

    async def test_another_individuals_consent_is_absent(
        self, consents: ConsentService, withdrawals: WithdrawalService, door: Door
    ) -> None:
        made = await consents.record(door.asking(individual()), draft())
        with pytest.raises(NotFound):
            await withdrawals.withdraw_consent(door.speaker(individual(), "other"), made)

    @pytest.mark.parametrize("caller", [staff(), client(), individual()])
    async def test_it_asks_no_engine_from_any_party(
        self,
        caller: Caller,
        consents: ConsentService,
        withdrawals: WithdrawalService,
        door: Door,
        reader: ConsentReader,
        engine: ToldEngine,
    ) -> None:
        await consents.record(door.asking(individual()), draft())
        engine.asked.clear()
        await withdrawals.withdraw(door.speaker(caller), Closing())
        assert engine.asked == []
        assert await states(reader, door) == {"psyk/soc/plan": LineState.WITHDRAWN}

    @pytest.mark.requirement("R4")
    async def test_it_hits_every_line_that_covers_it_in_every_consent(
        self, consents: ConsentService, withdrawals: WithdrawalService, door: Door, reader: ConsentReader
    ) -> None:
        lines = [line(category=each) for each in ("economy", "debts", "health", "mental_health", "plan")]
        await consents.record(door.asking(individual()), draft(*lines, line(receiver="af", category="debts")))
        await consents.record(door.asking(individual()), draft(line(category="debts")))
        await withdrawals.withdraw(door.speaker(individual()), Closing("psyk", "soc", "debts"))
        await withdrawals.withdraw(door.speaker(individual()), Closing("psyk", "soc", "health"))
        assert await states(reader, door) == {
            "psyk/soc/economy": LineState.WITHDRAWN,
            "psyk/soc/debts": LineState.WITHDRAWN,
            "psyk/soc/health": LineState.WITHDRAWN,
            "psyk/soc/mental_health": LineState.WITHDRAWN,
            "psyk/soc/plan": LineState.ACTIVE,
            "psyk/af/debts": LineState.ACTIVE,
        }

    @pytest.mark.requirement("R4")
    async def test_one_document_and_what_still_stands(
        self, consents: ConsentService, withdrawals: WithdrawalService, door: Door, reader: ConsentReader
    ) -> None:
        first = await consents.record(door.asking(individual()), draft(line(), line(receiver="af")))
        second = await consents.record(door.asking(individual()), draft(line(category="meeting")))
        made = await withdrawals.withdraw_consent(door.speaker(individual()), first)
        ended = {each.ended_by for each in (await reader.consent(await door.permit(individual()), first)).lines}
        assert ended == {made}
        left = await reader.still_stands(await door.permit(individual()), made)
        assert [(each.owner, each.receiver, each.category) for each in left] == [("psyk", "soc", "meeting")]
        view = await reader.consent(await door.permit(individual()), second)
        assert view.state == "active"

    @pytest.mark.requirement("R2")
    async def test_exclusions_outlive_the_consent_they_came_with(
        self, consents: ConsentService, withdrawals: WithdrawalService, door: Door, reader: ConsentReader
    ) -> None:
        await consents.record(door.asking(individual()), draft(line(), EXCLUSION))
        await withdrawals.withdraw(door.speaker(individual()), Closing())
        assert (await states(reader, door))["psyk/*/trauma"] is LineState.ACTIVE

    async def test_saying_yes_anew_works_after_a_withdrawal(
        self, consents: ConsentService, withdrawals: WithdrawalService, door: Door, reader: ConsentReader
    ) -> None:
        await consents.record(door.asking(individual()), draft())
        await withdrawals.withdraw(door.speaker(individual()), Closing())
        await consents.record(door.asking(individual()), draft())
        assert [each.category for each in await reader.sight(await door.permit(individual()))] == ["plan"]

    async def test_sending_twice_does_once(
        self,
        consents: ConsentService,
        withdrawals: WithdrawalService,
        door: Door,
        clock: FixedClock,
        database: Database,
    ) -> None:
        made = await consents.record(door.asking(individual()), draft())
        once = Once("kajsa", "a-key-of-mine", b"digest", clock.now())
        first = await withdrawals.withdraw_consent(door.speaker(individual()), made, once)
        assert await withdrawals.withdraw_consent(door.speaker(individual()), made, once) == first
        assert len(await facts(database, "consent_withdrawn")) == 2

    async def test_nothing_to_withdraw_is_acknowledged_all_the_same(
        self, withdrawals: WithdrawalService, door: Door, reader: ConsentReader
    ) -> None:
        made = await withdrawals.withdraw(door.speaker(individual()), Closing())
        assert (await reader.stopwatch(door.speaker(individual()), made)).receivers == ()


class TestStopwatch:
    async def test_it_names_the_last_entry_before_and_whom_it_reached(
        self,
        consents: ConsentService,
        withdrawals: WithdrawalService,
        door: Door,
        reader: ConsentReader,
        clock: FixedClock,
    ) -> None:
        await consents.record(door.asking(individual()), draft())
        clock.move(seconds=1)
        last = (await door.permit(individual())).entry
        clock.move(seconds=1)
        made = await withdrawals.withdraw(door.speaker(individual()), Closing())
        clock.move(seconds=2)
        await withdrawals.told(made, "soc")
        await withdrawals.told(made, "soc")
        clock.move(seconds=1)
        await withdrawals.seen(made, "soc")
        await door.permit(individual())
        watch = await reader.stopwatch(door.speaker(individual()), made)
        assert (watch.last_entry, watch.seconds) == (last, 0)
        [psyk, soc] = watch.receivers
        assert (psyk.agency, psyk.told_at, psyk.seen_at) == ("psyk", None, None)
        assert soc.told_at
        assert soc.seen_at
        assert (soc.seen_at - soc.told_at).total_seconds() == 1
        assert await reader.stopwatches(await door.permit(individual())) == (watch,)

    async def test_staff_see_only_their_own_part(
        self, consents: ConsentService, withdrawals: WithdrawalService, door: Door, reader: ConsentReader
    ) -> None:
        await consents.record(door.asking(individual()), draft())
        made = await withdrawals.withdraw(door.speaker(staff("af", "official-af")), Closing())
        watch = await reader.stopwatch(door.speaker(staff("af", "official-af")), made)
        assert (watch.receivers, watch.last_entry, watch.last_entry_at) == ((), None, None)

    async def test_not_anothers(self, withdrawals: WithdrawalService, door: Door, reader: ConsentReader) -> None:
        made = await withdrawals.withdraw(door.speaker(individual()), Closing())
        for about, identity in (("other", made), (INDIVIDUAL, "absent")):
            with pytest.raises(NotFound):
                await reader.stopwatch(door.speaker(individual(), about), identity)  # type: ignore[arg-type]
        with pytest.raises(NotFound):
            await withdrawals.told(made, "soc")

    async def test_each_that_gave_or_received_is_told(
        self, consents: ConsentService, withdrawals: WithdrawalService, door: Door, database: Database
    ) -> None:
        await consents.record(door.asking(individual()), draft(line(), line("soc", "af")))
        made = await withdrawals.withdraw(door.speaker(individual()), Closing())
        told = await facts(database, "consent_withdrawn")
        assert sorted(each["agency"] for each in told) == ["af", "psyk", "soc"]
        assert {each["withdrawal"] for each in told} == {made}

    async def test_by_the_databases_own_clock(
        self, door: Door, reader: ConsentReader, database: Database, vault: Vault
    ) -> None:
        clock = SystemClock()
        timed = WithdrawalService(database, Ledger(database, vault, clock), clock, words)
        made = await timed.withdraw(door.speaker(individual()), Closing())
        watch = await reader.stopwatch(door.speaker(individual()), made)
        assert 0 <= watch.seconds < 5


class TestNarrow:
    async def test_not_by_anybody_nor_on_an_old_version(
        self, consents: ConsentService, withdrawals: WithdrawalService, door: Door, world: World
    ) -> None:
        made = await consents.record(door.asking(individual()), draft())
        with pytest.raises(PreconditionFailed):
            await withdrawals.narrow(door.speaker(individual()), made, 99)
        with pytest.raises(NotFound):
            await withdrawals.narrow(door.speaker(individual(), "other"), made, 1)
        world.team = False
        with pytest.raises(NotFound):
            await withdrawals.narrow(door.speaker(staff()), made, 1)

    @pytest.mark.parametrize(
        ("last", "says"),
        [
            (date(2026, 11, 23), "har redan varit"),
            (date(2027, 2, 28), "slutar redan 28 februari 2027"),
            (date(2027, 3, 1), "förnya"),
        ],
    )
    async def test_only_less_than_before(
        self,
        last: date,
        says: str,
        consents: ConsentService,
        withdrawals: WithdrawalService,
        door: Door,
        reader: ConsentReader,
    ) -> None:
        made = await consents.record(door.asking(individual()), draft())
        version = (await reader.consent(await door.permit(individual()), made)).version
        with pytest.raises(Invalid) as caught:
            await withdrawals.narrow(door.speaker(individual()), made, version, last=last)
        assert says in caught.value.fields[0].message

    async def test_lines_and_last_day_in_one_act(
        self,
        consents: ConsentService,
        withdrawals: WithdrawalService,
        door: Door,
        reader: ConsentReader,
        clock: FixedClock,
    ) -> None:
        made = await consents.record(door.asking(individual()), draft(line(), line(category="meeting")))
        view = await reader.consent(await door.permit(individual()), made)
        away = frozenset(each.id for each in view.lines if each.category == "plan")
        once = Once("kajsa", "a-key-of-mine", b"digest", clock.now())
        act = await withdrawals.narrow(
            door.speaker(individual()), made, view.version, away=away, last=date(2026, 12, 24), once=once
        )
        assert act == await withdrawals.narrow(door.speaker(individual()), made, view.version, once=once)
        view = await reader.consent(await door.permit(individual()), made)
        left = {each.category: (each.state, each.said.last_day) for each in view.lines}
        assert left["plan"][0] is LineState.NARROWED
        assert left["meeting"] == (LineState.ACTIVE, date(2026, 12, 24))
        with pytest.raises(Invalid):
            await withdrawals.narrow(door.speaker(individual()), made, view.version, away=away)
        clock.move(days=31)
        view = await reader.consent(await door.permit(individual()), made)
        assert {each.state for each in view.lines} == {LineState.NARROWED}
        assert view.state == "withdrawn"


@pytest.mark.requirement("R3")
class TestBlock:
    async def test_not_by_anybody_nor_of_nothing(self, blocks: BlockService, door: Door, world: World) -> None:
        with pytest.raises(Invalid):
            await blocks.block(door.speaker(individual()), Closing(owner="nobody"))
        world.team = False
        with pytest.raises(NotFound):
            await blocks.block(door.speaker(staff()), Closing())

    async def test_a_block_beats_a_newer_consent(
        self, consents: ConsentService, blocks: BlockService, door: Door, reader: ConsentReader
    ) -> None:
        made = await blocks.block(door.speaker(staff()), Closing("psyk"))
        await consents.record(door.asking(individual()), draft(line(), line("soc", "af")))
        assert [each.owner for each in await reader.sight(await door.permit(individual()))] == ["soc"]
        await blocks.unblock(door.speaker(individual()), made)
        assert {each.owner for each in await reader.sight(await door.permit(individual()))} == {"soc", "psyk"}

    async def test_only_the_owner_is_told(self, blocks: BlockService, door: Door, database: Database) -> None:
        await blocks.block(door.speaker(individual()), Closing("psyk", "soc", "trauma"))
        await blocks.block(door.speaker(individual()), Closing())
        assert [each["agency"] for each in await facts(database, "consent_blocked")] == ["psyk"]

    async def test_nobody_but_its_giver_lifts_it_and_only_once(self, blocks: BlockService, door: Door) -> None:
        made = await blocks.block(door.speaker(individual()), Closing("psyk"))
        for speaker in (door.speaker(staff()), door.speaker(individual(), "other")):
            with pytest.raises(NotFound):
                await blocks.unblock(speaker, made)
        await blocks.unblock(door.speaker(individual()), made)
        with pytest.raises(NotFound):
            await blocks.unblock(door.speaker(individual()), made)

    async def test_sending_twice_does_once(
        self, blocks: BlockService, door: Door, clock: FixedClock, reader: ConsentReader
    ) -> None:
        once = Once("kajsa", "a-key-of-mine", b"digest", clock.now())
        first = await blocks.block(door.speaker(individual()), Closing("psyk"), once)
        assert await blocks.block(door.speaker(individual()), Closing("psyk"), once) == first
        assert len((await reader.overview(await door.permit(individual()))).blocks) == 1


@pytest.mark.requirement("R2")
class TestLiftExclusion:
    async def test_nobody_but_its_giver_and_only_once(
        self, consents: ConsentService, blocks: BlockService, door: Door, reader: ConsentReader, ledger: Ledger
    ) -> None:
        await consents.record(door.asking(individual()), draft(line(), EXCLUSION))
        overview = await reader.overview(await door.permit(individual()))
        [exclusion] = overview.exclusions
        [permit] = [each for each in overview.consents[0].lines if each.effect is Effect.PERMIT]
        refused = [(staff(), exclusion.id, INDIVIDUAL), (individual(), exclusion.id, "other")]
        for caller, identity, about in [*refused, (individual(), permit.id, INDIVIDUAL)]:
            with pytest.raises(NotFound):
                await blocks.lift_exclusion(door.speaker(caller, about), identity)
        await blocks.lift_exclusion(door.speaker(individual()), exclusion.id)
        assert (await reader.overview(await door.permit(individual()))).exclusions == ()
        with pytest.raises(NotFound):
            await blocks.lift_exclusion(door.speaker(individual()), exclusion.id)
        assert "exclusion_lifted" in [each.act for each in (await ledger.entries_about(INDIVIDUAL)).entries]

    async def test_a_newer_consent_never_silently_lifts_it(
        self, consents: ConsentService, door: Door, reader: ConsentReader
    ) -> None:
        await consents.record(door.asking(individual()), draft(line(), EXCLUSION))
        await consents.record(door.asking(individual()), draft(line(category="trauma"), line(category="meeting")))
        assert {each.category for each in await reader.sight(await door.permit(individual()))} == {"plan", "meeting"}


class TestTwice:
    async def test_lifting_and_unblocking_with_the_same_key_do_once(
        self,
        consents: ConsentService,
        blocks: BlockService,
        door: Door,
        reader: ConsentReader,
        clock: FixedClock,
        database: Database,
    ) -> None:
        await consents.record(door.asking(individual()), draft(line(), EXCLUSION))
        block = await blocks.block(door.speaker(individual()), Closing("psyk"))
        [exclusion] = (await reader.overview(await door.permit(individual()))).exclusions
        for number in (1, 2):
            key = Once("kajsa", "lifting", b"digest", clock.now())
            await blocks.lift_exclusion(door.speaker(individual()), exclusion.id, key)
            await blocks.unblock(door.speaker(individual()), block, replace(key, key="unblocking"))
            assert len(await database.fetch("SELECT 1 FROM consent_event WHERE kind = 'unblocked'")) == 1, number

    async def test_only_what_is_open_is_fetched_however_long_the_history(
        self,
        consents: ConsentService,
        withdrawals: WithdrawalService,
        door: Door,
        database: Database,
        clock: FixedClock,
    ) -> None:
        for _ in range(3):
            await consents.record(door.asking(individual()), draft())
            await withdrawals.withdraw(door.speaker(individual()), Closing())
        await consents.record(door.asking(individual()), draft(line(category="meeting")))
        async with database.read() as session:
            found = await repository.open_lines(session, INDIVIDUAL, clock.now())
        assert [each.category for each in found] == ["meeting"]


@pytest.mark.requirement("R18")
async def test_a_named_receiver_can_be_withdrawn_from(
    consents: ConsentService, withdrawals: WithdrawalService, door: Door, reader: ConsentReader
) -> None:
    others = (NamedReceiver(ReceiverKind.RELATIVE, "Mor"),)
    await consents.record(door.asking(individual()), draft(line(receiver="other:0"), line(), others=others))
    [mother] = {each.receiver for each in await reader.sight(await door.permit(individual()))} - {"soc"}
    await withdrawals.withdraw(door.speaker(individual()), Closing(receiver=mother))
    await withdrawals.withdraw(door.speaker(individual()), Closing(receiver="sus"))
    assert [each.receiver for each in await reader.sight(await door.permit(individual()))] == ["soc"]
