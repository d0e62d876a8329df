"""Recording, declining, answering evidence, renewing: refusals first."""

from dataclasses import replace
from datetime import date

import pytest

from hub.audit import Ledger
from hub.consent import (
    ALL,
    ConsentDue,
    ConsentReader,
    ConsentService,
    ConsentState,
    Draft,
    DraftLine,
    Effect,
    EvidenceFault,
    Form,
    GivenBy,
    Kind,
    Language,
    LineState,
    NamedReceiver,
    ReceiverKind,
    Texts,
)
from hub.kit.database import Database
from hub.kit.errors import Conflict, Invalid, NotFound, PreconditionFailed, Refused, StepUpNeeded
from hub.kit.idempotency import Once
from tests.fakes.clock import FixedClock
from tests.hub.consent.conftest import (
    INDIVIDUAL,
    LAST_DAY,
    Door,
    ToldEngine,
    World,
    draft,
    individual,
    line,
    mandate,
    on_paper,
    staff,
)

SUS = line("af", "sus", "sus_registration", purpose="sus")


async def rows(database: Database, table: str) -> int:
    [[count]] = await database.fetch(f"SELECT count(*) FROM {table}")  # noqa: S608  a name from this file
    return count


@pytest.mark.requirement("HUB-03")
class TestRecord:
    async def test_a_refused_answer_leaves_nothing(
        self, consents: ConsentService, door: Door, engine: ToldEngine, database: Database
    ) -> None:
        engine.refuses = frozenset({"record_consent"})
        with pytest.raises(Refused):
            await consents.record(door.asking(individual()), draft())
        assert await rows(database, "consent") == 0

    async def test_what_cant_be_understood_is_not_even_asked(
        self, consents: ConsentService, door: Door, engine: ToldEngine
    ) -> None:
        with pytest.raises(Invalid) as caught:
            await consents.record(door.asking(individual()), draft(form=None))
        assert [error.field for error in caught.value.fields] == ["form"]
        assert engine.asked == []

    @pytest.mark.requirement("R27")
    async def test_the_text_must_be_the_newest(self, consents: ConsentService, door: Door, texts: Texts) -> None:
        await texts.succeed(staff(), Kind.SECRECY, Language.SWEDISH, "Får de prata?\n{lines}")
        with pytest.raises(Invalid) as caught:
            await consents.record(door.asking(individual()), draft())
        assert [error.field for error in caught.value.fields] == ["textVersion"]
        assert await consents.record(door.asking(individual()), draft(text_version=2))

    async def test_another_individuals_consent_is_not_renewed(
        self, consents: ConsentService, door: Door, database: Database
    ) -> None:
        first = await consents.record(door.asking(individual()), draft())
        for renews, about in ((first, "other"), ("absent", INDIVIDUAL)):
            with pytest.raises(NotFound):
                await consents.record(door.asking(individual()), draft(individual=about, renews=renews))
        assert await rows(database, "consent") == 1

    async def test_the_individuals_own_yes_works_at_once(
        self, consents: ConsentService, door: Door, reader: ConsentReader
    ) -> None:
        made = await consents.record(door.asking(individual()), draft())
        view = await reader.consent(await door.permit(individual()), made)
        assert view.state is ConsentState.ACTIVE
        assert [each.state for each in view.lines] == [LineState.ACTIVE]
        assert (view.given_by, view.recorded_by, view.answerable) == (GivenBy.SELF, None, "soc")
        assert view.decision

    async def test_a_weak_sign_in_is_not_the_individuals_own(
        self, consents: ConsentService, door: Door, reader: ConsentReader
    ) -> None:
        made = await consents.record(door.asking(individual(loa=2)), draft())
        view = await reader.consent(await door.permit(individual()), made)
        assert view.state is ConsentState.WAITING

    async def test_somebody_else_signed_in_is_not_the_individual_whatever_the_policy_says(
        self, consents: ConsentService, door: Door, world: World, reader: ConsentReader
    ) -> None:
        world.own = False
        made = await consents.record(door.asking(individual()), draft())
        assert (await reader.consent(await door.permit(individual()), made)).state is ConsentState.WAITING

    async def test_what_staff_write_down_waits_for_every_other_owner(
        self, consents: ConsentService, door: Door, reader: ConsentReader
    ) -> None:
        lines = (line("psyk", "af"), line("soc", "af"), line("af", "soc"))
        made = await consents.record(door.asking(staff("soc")), on_paper(*lines))
        view = await reader.consent(await door.permit(staff()), made)
        assert {each.owner: each.state for each in view.lines} == {
            "soc": LineState.ACTIVE,
            "psyk": LineState.WAITING,
            "af": LineState.WAITING,
        }
        assert (view.recorded_by, view.recorded_by_agency) == ("assignment-1", "soc")

    @pytest.mark.requirement("R7")
    async def test_a_representatives_yes_waits_too_and_keeps_the_mandate(
        self, consents: ConsentService, door: Door, world: World, reader: ConsentReader, database: Database
    ) -> None:
        world.own, world.uses, world.mandates = False, "mandate-1", [mandate(kind="guardian")]
        made = await consents.record(door.asking(individual()), draft(representative="mandate-1"))
        view = await reader.consent(await door.permit(individual()), made)
        assert (view.given_by, view.state) == (GivenBy.GUARDIAN, ConsentState.WAITING)
        [[kept]] = await database.fetch("SELECT mandate FROM consent_line")
        assert '"mandate-1"' in kept

    @pytest.mark.requirement("R18")
    async def test_named_receivers_get_an_id_and_are_known_the_next_time(
        self, consents: ConsentService, door: Door, reader: ConsentReader
    ) -> None:
        other = NamedReceiver(ReceiverKind.EMPLOYER, " Björkå Bageri ")
        made = await consents.record(door.asking(individual()), draft(line(receiver="other:0"), others=(other,)))
        overview = await reader.overview(await door.permit(individual()))
        receiver = overview.consents[0].lines[0].receiver
        assert overview.names[receiver] == "Björkå Bageri"
        assert "Björkå Bageri" in (await reader.receipt(await door.permit(individual()), made)).shown
        assert await consents.record(door.asking(individual()), draft(line(receiver=receiver, category="meeting")))

    async def test_sending_twice_does_once(
        self, consents: ConsentService, door: Door, database: Database, clock: FixedClock
    ) -> None:
        once = Once("kajsa", "a-key-of-mine", b"digest", clock.now())
        first = await consents.record(door.asking(individual()), draft(), once)
        assert await consents.record(door.asking(individual()), draft(), once) == first
        assert await rows(database, "consent") == 1
        with pytest.raises(Conflict):
            await consents.record(door.asking(individual()), draft(), replace(once, digest=b"another"))

    @pytest.mark.requirement("HUB-06")
    async def test_the_change_is_in_the_ledger_without_a_word_of_what_was_said(
        self, consents: ConsentService, door: Door, ledger: Ledger
    ) -> None:
        exclusion = DraftLine("psyk", ALL, "words", ALL, effect=Effect.EXCLUSION, words="Inte om mor.")
        await consents.record(door.asking(individual()), draft(line(), exclusion))
        page = await ledger.entries_about(INDIVIDUAL)
        [given] = [entry for entry in page.entries if entry.act == "consent_given"]
        assert {entry.act for entry in page.entries} == {"consent_given", "record_consent"}
        assert "Inte om mor" not in repr(given)

    @pytest.mark.requirement("HUB-09")
    async def test_nothing_that_was_written_lies_in_clear(
        self, consents: ConsentService, door: Door, database: Database
    ) -> None:
        exclusion = DraftLine("psyk", ALL, "words", ALL, effect=Effect.EXCLUSION, words="KANARIE ord")
        others = (NamedReceiver(ReceiverKind.RELATIVE, "KANARIE namn"),)
        made = on_paper(
            line(receiver="other:0"), exclusion, others=others, witness="KANARIE vittne", condition="KANARIE villkor"
        )
        await consents.record(
            door.asking(staff("af", "official-af")),
            on_paper(SUS, kind=Kind.SUS, insats="KANARIE insats", answerable="af"),
        )
        await consents.record(door.asking(staff()), made)
        for table in ("consent", "consent_line", "consent_receiver", "consent_scan", "consent_event", "ledger_entry"):
            found = await database.fetch(f"SELECT * FROM {table}")  # noqa: S608  a name from this file
            assert "KANARIE" not in str([tuple(row) for row in found])


@pytest.mark.requirement("HUB-03")
class TestDecline:
    async def test_not_by_anybody(self, consents: ConsentService, door: Door, world: World) -> None:
        world.team = False
        with pytest.raises(NotFound):
            await consents.decline(door.speaker(staff()), draft())
        with pytest.raises(StepUpNeeded):
            await consents.decline(door.speaker(individual(loa=2)), draft())

    async def test_a_no_needs_nothing_more_and_no_engine(
        self, consents: ConsentService, door: Door, reader: ConsentReader, engine: ToldEngine, database: Database
    ) -> None:
        engine.refuses = frozenset({"record_consent"})
        empty = Draft(
            individual=INDIVIDUAL, kind=Kind.PLAN, lines=(), answerable="soc", form=None, representative="whoever"
        )
        made = await consents.decline(door.speaker(individual()), empty)
        assert engine.asked == []
        view = await reader.consent(await door.permit(individual()), made)
        assert (view.state, view.lines, view.decision) == (ConsentState.DECLINED, (), None)
        assert await database.fetch("SELECT 1 FROM consent WHERE representative_id IS NOT NULL") == []

    async def test_what_was_said_no_to_is_in_the_receipt_and_opens_nothing(
        self, consents: ConsentService, door: Door, reader: ConsentReader, database: Database
    ) -> None:
        made = await consents.decline(door.speaker(staff()), on_paper())
        receipt = await reader.receipt(await door.permit(individual()), made)
        assert "Psykiatrin får berätta för Socialtjänsten om planen." in receipt.shown
        assert await rows(database, "consent_line") == 0


@pytest.mark.requirement("HUB-03")
class TestEvidence:
    async def test_only_for_an_owner_whose_line_waits(self, consents: ConsentService, door: Door) -> None:
        made = await consents.record(door.asking(staff()), on_paper())
        for caller in (staff("af"), staff("soc")):
            with pytest.raises(NotFound):
                await consents.accept_evidence(door.asking(caller), made, 1)

    async def test_the_policy_decides_who_at_the_owner(
        self, consents: ConsentService, door: Door, engine: ToldEngine, reader: ConsentReader
    ) -> None:
        made = await consents.record(door.asking(staff()), on_paper())
        engine.refuses = frozenset({"accept_consent"})
        with pytest.raises(Refused):
            await consents.accept_evidence(door.asking(staff("psyk", "official-psyk")), made, 1)
        assert (await reader.consent(await door.permit(individual()), made)).state is ConsentState.WAITING

    async def test_whoever_wrote_it_down_is_told_to_the_policy(
        self, consents: ConsentService, door: Door, engine: ToldEngine
    ) -> None:
        made = await consents.record(door.asking(staff()), on_paper())
        with pytest.raises(PreconditionFailed):
            await consents.accept_evidence(door.asking(staff("psyk", "official-psyk")), made, 99)
        assert [asked.get("recorded_by_caller") for asked in engine.asked] == [None, False]

    async def test_accepting_opens_only_that_owners_lines(
        self, consents: ConsentService, door: Door, reader: ConsentReader, engine: ToldEngine
    ) -> None:
        lines = (line("psyk", "soc"), line("psyk", "af"), line("af", "soc"))
        made = await consents.record(door.asking(staff()), on_paper(*lines))
        version = (await reader.consent(await door.permit(individual()), made)).version
        await consents.accept_evidence(door.asking(staff("psyk", "official-psyk")), made, version)
        view = await reader.consent(await door.permit(individual()), made)
        assert {(each.owner, each.state) for each in view.lines} == {
            ("psyk", LineState.ACTIVE),
            ("af", LineState.WAITING),
        }
        assert {asked["receiver"] for asked in engine.asked if "recorded_by_caller" in asked} == {"soc", "af"}

    async def test_sending_twice_does_once(
        self, consents: ConsentService, door: Door, database: Database, clock: FixedClock
    ) -> None:
        made = await consents.record(door.asking(staff()), on_paper())
        once = Once("official", "a-key-of-mine", b"digest", clock.now())
        for _ in range(2):
            await consents.accept_evidence(door.asking(staff("psyk", "official-psyk")), made, 1, once)
        [[count]] = await database.fetch("SELECT count(*) FROM consent_event WHERE kind = 'accepted'")
        assert count == 1

    async def test_refusing_says_why_and_closes_again(
        self, consents: ConsentService, door: Door, reader: ConsentReader
    ) -> None:
        made = await consents.record(door.asking(staff()), on_paper())
        official = staff("psyk", "official-psyk")
        version = (await reader.consent(await door.permit(individual()), made)).version
        await consents.accept_evidence(door.asking(official), made, version)
        with pytest.raises(PreconditionFailed):
            await consents.refuse_evidence(door.asking(official), made, version, EvidenceFault.NOT_SIGNED)
        version = (await reader.consent(await door.permit(individual()), made)).version
        await consents.refuse_evidence(door.asking(official), made, version, EvidenceFault.NOT_SIGNED)
        [view] = (await reader.consent(await door.permit(individual()), made)).lines
        assert (view.state, view.fault) == (LineState.EVIDENCE_REFUSED, EvidenceFault.NOT_SIGNED)


class TestRenew:
    async def test_not_what_isnt_the_individuals(self, consents: ConsentService, door: Door) -> None:
        made = await consents.record(door.asking(individual()), draft())
        with pytest.raises(NotFound):
            await consents.renewal_of("other", made, date(2027, 5, 31))

    async def test_one_act_asks_again_for_what_stood(
        self, consents: ConsentService, door: Door, reader: ConsentReader, due: ConsentDue, clock: FixedClock
    ) -> None:
        exclusion = DraftLine("psyk", ALL, "trauma", ALL, effect=Effect.EXCLUSION)
        first = await consents.record(door.asking(individual()), draft(line(), line(category="meeting"), exclusion))
        clock.move(days=80)
        assert [each.consent for each in await due.expiring([INDIVIDUAL])] == [first]
        again = await consents.renewal_of(INDIVIDUAL, first, date(2027, 5, 31))
        given = replace(again, form=Form.DIGITAL, text_version=1, exclusions_asked=True)
        second = await consents.record(door.asking(individual()), given)
        overview = await reader.overview(await door.permit(individual()))
        assert [each.id for each in overview.consents] == [second, first]
        assert overview.consents[1].renewed_by == second
        assert {each.category for each in overview.consents[0].lines} == {"plan", "meeting"}
        assert await due.expiring([INDIVIDUAL]) == ()
        assert [each.category for each in overview.exclusions] == ["trauma"]

    async def test_sus_again_is_for_the_same_measure(self, consents: ConsentService, door: Door) -> None:
        said = on_paper(SUS, kind=Kind.SUS, insats="Gemensamma taget", answerable="af")
        made = await consents.record(door.asking(staff("af", "official-af")), said)
        assert (await consents.renewal_of(INDIVIDUAL, made, LAST_DAY)).insats == "Gemensamma taget"

    async def test_a_part_can_be_kept(self, consents: ConsentService, door: Door, reader: ConsentReader) -> None:
        first = await consents.record(door.asking(individual()), draft(line(), line(category="meeting")))
        view = await reader.consent(await door.permit(individual()), first)
        keep = frozenset(each.id for each in view.lines if each.category == "plan")
        again = await consents.renewal_of(INDIVIDUAL, first, LAST_DAY, keep)
        assert [each.category for each in again.lines] == ["plan"]


async def test_the_text_that_is_shown_is_the_text_that_is_kept(
    consents: ConsentService, door: Door, reader: ConsentReader
) -> None:
    for language in Language:
        said = draft(language=language)
        _, shown = await consents.text_for(said)
        made = await consents.record(door.asking(individual()), said)
        receipt = await reader.receipt(await door.permit(individual()), made)
        assert receipt.shown == shown
        assert receipt.consent.language is language
