"""What is shown, and to whom."""

from datetime import UTC, datetime
from hashlib import sha256

import pytest

from hub.consent import (
    ALL,
    WORDS,
    BlockService,
    Closing,
    ConsentDue,
    ConsentReader,
    ConsentService,
    DraftLine,
    Effect,
    Form,
    LineState,
    NamedReceiver,
    ReceiverKind,
    ScanFile,
    WithdrawalService,
)
from hub.consent.opening import ERASED
from hub.consent.rows import scope_of
from hub.kit.clock import midnight_after
from hub.kit.errors import NotFound
from hub.kit.vault import Vault
from tests.fakes.clock import FixedClock
from tests.hub.consent.conftest import INDIVIDUAL, LAST_DAY, Door, draft, individual, line, on_paper, staff

PSYK_WORDS = DraftLine("psyk", ALL, WORDS, ALL, effect=Effect.EXCLUSION, words="Inte om praktiken på förskolan.")
OFFICIAL = staff("psyk", "official-psyk")


@pytest.mark.requirement("FFS-01")
class TestCut:
    async def test_an_outsider_sees_nothing(self, consents: ConsentService, door: Door, reader: ConsentReader) -> None:
        made = await consents.record(door.asking(individual()), draft(line("psyk", "af")))
        permit = await door.permit(staff("fk", "official-fk"))
        assert (await reader.overview_for(permit, "fk")).consents == ()
        for read in (reader.consent_for, reader.receipt_for, reader.evidence_for):
            with pytest.raises(NotFound):
                await read(permit, made, "fk")

    @pytest.mark.requirement("R2")
    async def test_exclusions_are_for_the_giver_and_that_owner(
        self, consents: ConsentService, door: Door, reader: ConsentReader
    ) -> None:
        await consents.record(door.asking(staff()), on_paper(line(), line("soc", "af"), PSYK_WORDS))
        everything = await reader.overview(await door.permit(individual()))
        assert [each.words for each in everything.exclusions] == ["Inte om praktiken på förskolan."]
        permit = await door.permit(staff())
        assert [each.words for each in (await reader.overview_for(permit, "psyk")).exclusions]
        for agency in ("soc", "af"):
            assert (await reader.overview_for(permit, agency)).exclusions == ()

    async def test_each_reads_its_own_lines_of_the_one_record(
        self, consents: ConsentService, door: Door, reader: ConsentReader
    ) -> None:
        made = await consents.record(
            door.asking(individual()), draft(line("psyk", "af"), line("fk", "af"), answerable="fk")
        )
        permit = await door.permit(OFFICIAL)
        assert [each.owner for each in (await reader.consent_for(permit, made, "psyk")).lines] == ["psyk"]
        assert len((await reader.consent_for(permit, made, "af")).lines) == 2

    @pytest.mark.requirement("R3")
    async def test_blocks_are_for_that_owner(self, blocks: BlockService, door: Door, reader: ConsentReader) -> None:
        await blocks.block(door.speaker(individual()), Closing("psyk"))
        permit = await door.permit(staff())
        assert len((await reader.overview_for(permit, "psyk")).blocks) == 1
        assert (await reader.overview_for(permit, "soc")).blocks == ()

    async def test_a_permit_about_nobody_shows_nobody(self, door: Door, reader: ConsentReader) -> None:
        with pytest.raises(NotFound):
            await reader.overview(await door.permit(staff(), None))


class TestReceipt:
    async def test_not_anothers(self, consents: ConsentService, door: Door, reader: ConsentReader) -> None:
        made = await consents.record(door.asking(individual()), draft())
        other = await door.permit(individual(), "other")
        for read in (reader.consent, reader.receipt, reader.paper):
            with pytest.raises(NotFound):
                await read(other, made)
            with pytest.raises(NotFound):
                await read(await door.permit(individual()), "absent")  # type: ignore[arg-type]

    async def test_all_that_one_wants_to_keep(
        self, consents: ConsentService, withdrawals: WithdrawalService, door: Door, reader: ConsentReader
    ) -> None:
        said = draft(
            line(), form=Form.ORAL, witness="Samir Haddad", note="På mottagningen.", condition="Bara muntligt."
        )
        made = await consents.record(door.asking(staff()), said)
        await withdrawals.withdraw_consent(door.speaker(individual()), made)
        receipt = await reader.receipt(await door.permit(individual()), made)
        assert receipt.evidence.witness == "Samir Haddad"
        assert (receipt.evidence.note, receipt.evidence.condition) == ("På mottagningen.", "Bara muntligt.")
        assert not receipt.has_scan
        assert [each.kind for each in receipt.history] == ["given", "withdrawn"]
        assert receipt.consent.decision

    async def test_the_paper_with_its_digest(self, consents: ConsentService, door: Door, reader: ConsentReader) -> None:
        paper = ScanFile("image/png", b"the signed paper")
        made = await consents.record(door.asking(staff()), on_paper(scan=paper))
        permit = await door.permit(individual())
        assert (await reader.paper(permit, made)).content == b"the signed paper"
        receipt = await reader.receipt(permit, made)
        assert receipt.has_scan
        assert receipt.digest == sha256(b"the signed paper").hexdigest()

    @pytest.mark.requirement("R2")
    async def test_whoever_wrote_it_down_gets_the_text_unless_it_tells_of_anothers_exclusion(
        self, consents: ConsentService, door: Door, reader: ConsentReader
    ) -> None:
        plain = await consents.record(door.asking(staff()), on_paper())
        telling = await consents.record(door.asking(staff()), on_paper(line(), PSYK_WORDS))
        permit = await door.permit(staff())
        assert "Psykiatrin får berätta" in (await reader.receipt_for(permit, plain, "soc")).shown
        cut = await reader.receipt_for(permit, telling, "soc")
        assert "förskolan" not in repr(cut)
        with pytest.raises(NotFound):
            await reader.receipt_for(permit, plain, "psyk")

    async def test_the_official_sees_the_evidence_and_own_lines_only(
        self, consents: ConsentService, door: Door, reader: ConsentReader
    ) -> None:
        said = draft(line(), line("af", "soc"), form=Form.ORAL, witness="Samir Haddad")
        made = await consents.record(door.asking(staff()), said)
        found = await reader.evidence_for(await door.permit(OFFICIAL), made, "psyk")
        assert (found.evidence.witness, found.shown) == ("Samir Haddad", "")
        assert [each.owner for each in found.consent.lines] == ["psyk"]


@pytest.mark.requirement("HUB-09")
async def test_what_is_erased_says_so(
    consents: ConsentService, door: Door, reader: ConsentReader, vault: Vault
) -> None:
    others = (NamedReceiver(ReceiverKind.EMPLOYER, "Björkå Bageri"),)
    made = await consents.record(door.asking(staff()), on_paper(line(receiver="other:0"), PSYK_WORDS, others=others))
    await vault.destroy([scope_of(INDIVIDUAL, "soc")])
    permit = await door.permit(individual())
    receipt, overview = await reader.receipt(permit, made), await reader.overview(permit)
    assert (receipt.shown, receipt.evidence.note) == (ERASED, ERASED)
    assert (await reader.paper(permit, made)).content is None
    assert {each.words for each in overview.exclusions} == {ERASED}
    assert ERASED in overview.names.values()


class TestDue:
    async def test_thirty_days_before_and_not_after(
        self, consents: ConsentService, door: Door, due: ConsentDue, clock: FixedClock
    ) -> None:
        made = await consents.record(door.asking(individual()), draft(line(), line(category="meeting")))
        assert await due.expiring([INDIVIDUAL]) == ()
        clock.move(days=70)
        [found] = await due.expiring([INDIVIDUAL])
        assert (found.consent, found.until, found.receivers) == (made, midnight_after(LAST_DAY), {"soc"})
        assert await due.expiring([INDIVIDUAL], "soc") == (found,)
        assert await due.expiring([INDIVIDUAL], "fk") == ()
        assert await due.expiring(["other"]) == ()
        clock.move(days=40)
        assert await due.expiring([INDIVIDUAL]) == ()

    async def test_what_is_withdrawn_doesnt_expire(
        self,
        consents: ConsentService,
        withdrawals: WithdrawalService,
        door: Door,
        due: ConsentDue,
        clock: FixedClock,
    ) -> None:
        await consents.record(door.asking(individual()), draft())
        await withdrawals.withdraw(door.speaker(individual()), Closing())
        clock.move(days=70)
        assert await due.expiring([INDIVIDUAL]) == ()

    async def test_what_waits_for_an_official(
        self, consents: ConsentService, door: Door, due: ConsentDue, reader: ConsentReader
    ) -> None:
        made = await consents.record(door.asking(staff()), on_paper(line(), line(receiver="af")))
        [found] = await due.awaiting("psyk")
        assert (found.individual, found.consent, found.receivers) == (INDIVIDUAL, made, {"soc", "af"})
        assert found.since == datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
        assert await due.awaiting("soc") == ()
        version = (await reader.consent(await door.permit(individual()), made)).version
        await consents.accept_evidence(door.asking(OFFICIAL), made, version)
        assert await due.awaiting("psyk") == ()

    async def test_what_is_withdrawn_or_taken_away_waits_for_nobody(
        self,
        consents: ConsentService,
        withdrawals: WithdrawalService,
        door: Door,
        due: ConsentDue,
        reader: ConsentReader,
    ) -> None:
        made = await consents.record(door.asking(staff()), on_paper(line(), line("af", "soc")))
        view = await reader.consent(await door.permit(individual()), made)
        away = frozenset(each.id for each in view.lines if each.owner == "af")
        await withdrawals.narrow(door.speaker(staff()), made, view.version, away=away)
        assert await due.awaiting("af") == ()
        assert len(await due.awaiting("psyk")) == 1
        await withdrawals.withdraw(door.speaker(individual()), Closing())
        assert await due.awaiting("psyk") == ()


async def test_a_later_start_is_not_yet_seen(
    consents: ConsentService, door: Door, reader: ConsentReader, clock: FixedClock
) -> None:
    made = await consents.record(door.asking(individual()), draft(line(first_day=LAST_DAY)))
    permit = await door.permit(individual())
    assert (await reader.consent(permit, made)).lines[0].state is LineState.NOT_YET
    assert (await reader.consent(permit, made)).until == midnight_after(LAST_DAY)
    assert await reader.sight(permit) == ()
    clock.move(days=96)
    assert len(await reader.sight(permit)) == 1
