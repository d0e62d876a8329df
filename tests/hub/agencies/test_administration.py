"""An administrator looks after their own agency, and nobody grants themselves anything."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from hub.agencies import (
    OPEN_END,
    AgencyId,
    AssignmentId,
    Decision,
    Directory,
    OwnGain,
    RetentionClass,
    Road,
    Role,
    StaffId,
    UnitId,
    assignment_columns,
    parse_assignment,
)
from hub.agencies.facts import AssignmentFacts
from hub.audit import EntryKind, Ledger
from hub.kit.clock import micros
from hub.kit.database import Database
from hub.kit.errors import Conflict, Invalid, NotFound
from hub.kit.idempotency import Once
from tests.fakes.clock import FixedClock
from tests.fixtures.agencies import ISSUER, Staffed, Town

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
DECISION = Decision("Åsa Norén, förvaltningschef", date(2026, 10, 1), "SN 2026/114")
pytestmark = pytest.mark.requirement("HUB-07")


async def facts(database: Database, assignment: AssignmentId, now: datetime = NOW) -> AssignmentFacts | None:
    [row] = await database.fetch(f"SELECT {assignment_columns('$1', '$2')}", assignment, micros(now))
    return parse_assignment(*row)


async def epoch(database: Database, subject: str) -> int:
    rows = await database.fetch("SELECT epoch FROM standing WHERE subject = $1", subject)
    return rows[0][0] if rows else 0


def message(refused: pytest.ExceptionInfo[Invalid]) -> tuple[str, str]:
    [field] = refused.value.fields
    return field.field, field.message


class TestGrantingAnAssignment:
    async def test_nobody_grants_themselves_anything(self, town: Town, soc: Staffed) -> None:
        with pytest.raises(OwnGain):
            await town.administration.grant(
                soc.mandate(), staff=soc.staff["admin"], unit=soc.unit, roles=frozenset({Role.CHEF}), valid_from=NOW
            )

    async def test_not_by_a_second_staff_row_either(self, town: Town, soc: Staffed, psyk: Staffed) -> None:
        # The same sign-in works for both agencies; what they grant each other stays a grant to the other person.
        me = await town.administration.add_staff(
            psyk.mandate(), issuer=ISSUER, subject="soc-admin", name="Samma person"
        )
        post = await town.administration.grant(
            psyk.mandate(), staff=me, unit=psyk.unit, roles=frozenset({Role.ADMINISTRATOR}), valid_from=NOW
        )
        psyk.posts["double"] = post
        with pytest.raises(OwnGain):
            await town.administration.grant(
                psyk.mandate("double"), staff=me, unit=psyk.unit, roles=frozenset({Role.CHEF}), valid_from=NOW
            )

    async def test_another_agencys_staff_do_not_exist(self, town: Town, soc: Staffed, psyk: Staffed) -> None:
        with pytest.raises(NotFound):
            await town.administration.grant(
                soc.mandate(), staff=psyk.staff["admin"], unit=soc.unit, roles=frozenset({Role.CHEF}), valid_from=NOW
            )

    async def test_another_agencys_unit_does_not_exist(self, town: Town, soc: Staffed, psyk: Staffed) -> None:
        staff = await town.administration.add_staff(soc.mandate(), issuer=ISSUER, subject="ny", name="Ny")
        for unit in (psyk.unit, UnitId("absent")):
            with pytest.raises(NotFound):
                await town.administration.grant(
                    soc.mandate(), staff=staff, unit=unit, roles=frozenset({Role.CHEF}), valid_from=NOW
                )

    async def test_a_role_and_a_period_are_asked_for(self, town: Town, soc: Staffed) -> None:
        with pytest.raises(Invalid) as refused:
            await town.administration.grant(
                soc.mandate(), staff=StaffId("x"), unit=soc.unit, roles=frozenset(), valid_from=NOW
            )
        assert message(refused) == ("roles", "Välj minst en roll.")
        with pytest.raises(Invalid) as refused:
            await town.administration.grant(
                soc.mandate(),
                staff=StaffId("x"),
                unit=soc.unit,
                roles=frozenset({Role.CHEF}),
                valid_from=NOW,
                valid_until=NOW,
            )
        assert message(refused)[0] == "validUntil"

    async def test_an_assignment_holds_within_its_period(self, town: Town, soc: Staffed, database: Database) -> None:
        staff = await town.administration.add_staff(soc.mandate(), issuer=ISSUER, subject="lena", name="Lena Sandström")
        post = await town.administration.grant(
            soc.mandate(),
            staff=staff,
            unit=soc.unit,
            roles=frozenset({Role.SAMORDNARE, Role.HANDLAGGARE}),
            valid_from=NOW,
            valid_until=NOW + timedelta(days=1),
        )
        found = await facts(database, post)
        assert found
        assert found.roles == (Role.HANDLAGGARE, Role.SAMORDNARE)
        assert [found.active(NOW + timedelta(days=d)) for d in (-1, 0, 1)] == [False, True, False]
        assert found.not_after(NOW) == NOW + timedelta(days=1)
        assert (found.subject, found.epoch) == (f"assignment:{post}", 1)

    async def test_the_change_is_in_the_ledger(self, soc: Staffed, ledger: Ledger) -> None:
        entries = (await ledger.entries_of_agency("soc")).entries
        [entry] = [each for each in entries if each.act == "grant"]
        assert (entry.kind, entry.caller_kind) == (EntryKind.CHANGE, "system")
        assert entry.detail["roles"] == ["administrator"]

    async def test_sent_twice_it_is_granted_once(self, town: Town, soc: Staffed, database: Database) -> None:
        staff = await town.administration.add_staff(soc.mandate(), issuer=ISSUER, subject="ny", name="Ny")
        once = Once("assignment:a", "key", b"digest", NOW)
        roles = frozenset({Role.CHEF})
        first, _ = [
            await town.administration.grant(
                soc.mandate(), staff=staff, unit=soc.unit, roles=roles, valid_from=NOW, once=once
            )
            for _ in range(2)
        ]
        assert await database.fetch("SELECT id FROM assignment WHERE staff = $1", staff) == [(first,)]

    async def test_there_is_no_assignment_that_nobody_granted(self, database: Database) -> None:
        assert await facts(database, AssignmentId("absent")) is None


class TestEndingAnAssignment:
    async def test_another_agencys_assignment_does_not_exist(self, town: Town, soc: Staffed, psyk: Staffed) -> None:
        with pytest.raises(NotFound):
            await town.administration.end_assignment(soc.mandate(), psyk.posts["admin"])

    async def test_it_ends_at_once_and_moves_its_epoch(
        self, town: Town, soc: Staffed, database: Database, clock: FixedClock
    ) -> None:
        post = await town.person(soc, "lena", Role.HANDLAGGARE)
        clock.move(hours=1)
        await town.administration.end_assignment(soc.mandate(), post)
        found = await facts(database, post)
        assert found
        assert not found.active(clock.now())
        assert found.epoch == 2

    async def test_one_that_has_not_begun_never_begins(
        self, town: Town, soc: Staffed, database: Database, clock: FixedClock
    ) -> None:
        staff = await town.administration.add_staff(soc.mandate(), issuer=ISSUER, subject="ny", name="Ny")
        later = NOW + timedelta(days=30)
        post = await town.administration.grant(
            soc.mandate(), staff=staff, unit=soc.unit, roles=frozenset({Role.CHEF}), valid_from=later
        )
        await town.administration.end_assignment(soc.mandate(), post)
        found = await facts(database, post)
        assert found
        assert not found.active(later)


class TestStandingIn:
    @pytest.mark.requirement("R11")
    async def test_nobody_lets_themselves_stand_in(self, town: Town, soc: Staffed) -> None:
        post = await town.person(soc, "lena", Role.HANDLAGGARE)
        with pytest.raises(OwnGain):
            await town.administration.let_stand_in(
                soc.mandate(),
                substitute=soc.posts["admin"],
                absent=post,
                valid_from=NOW,
                valid_until=NOW + timedelta(days=1),
            )

    async def test_it_has_an_end(self, town: Town, soc: Staffed) -> None:
        post = await town.person(soc, "lena", Role.HANDLAGGARE)
        with pytest.raises(Invalid) as refused:
            await town.administration.let_stand_in(
                soc.mandate(), substitute=post, absent=soc.posts["admin"], valid_from=NOW, valid_until=OPEN_END
            )
        assert message(refused) == ("validUntil", "Skriv ett slutdatum.")

    async def test_nobody_stands_in_for_themselves(self, town: Town, soc: Staffed) -> None:
        post = await town.person(soc, "lena", Role.HANDLAGGARE)
        with pytest.raises(Invalid) as refused:
            await town.administration.let_stand_in(
                soc.mandate(), substitute=post, absent=post, valid_from=NOW, valid_until=NOW + timedelta(days=1)
            )
        assert message(refused)[0] == "substitute"

    async def test_nobody_stands_in_for_another_agencys_staff(self, town: Town, soc: Staffed, psyk: Staffed) -> None:
        post = await town.person(soc, "lena", Role.HANDLAGGARE)
        with pytest.raises(NotFound):
            await town.administration.let_stand_in(
                soc.mandate(),
                substitute=post,
                absent=psyk.posts["admin"],
                valid_from=NOW,
                valid_until=NOW + timedelta(days=1),
            )

    async def test_access_lasts_only_while_standing_in(
        self, town: Town, soc: Staffed, database: Database, clock: FixedClock
    ) -> None:
        lena, tomas = (
            await town.person(soc, "lena", Role.HANDLAGGARE),
            await town.person(soc, "tomas", Role.HANDLAGGARE),
        )
        substitution = await town.administration.let_stand_in(
            soc.mandate(), substitute=tomas, absent=lena, valid_from=NOW, valid_until=NOW + timedelta(days=10)
        )
        found = await facts(database, tomas)
        assert found
        assert found.standing_in_for(NOW) == {lena}
        assert found.standing_in_for(NOW + timedelta(days=10)) == frozenset()
        assert found.not_after(NOW) == NOW + timedelta(days=10)
        before = await epoch(database, found.subject)
        clock.move(days=1)
        await town.administration.end_standing_in(soc.mandate(), substitution)
        found = await facts(database, tomas, clock.now())
        assert found
        assert found.standing_in_for(clock.now()) == frozenset()
        assert await epoch(database, found.subject) == before + 1

    async def test_another_agencys_substitution_does_not_exist(self, town: Town, soc: Staffed, psyk: Staffed) -> None:
        lena, tomas = (
            await town.person(soc, "lena", Role.HANDLAGGARE),
            await town.person(soc, "tomas", Role.HANDLAGGARE),
        )
        substitution = await town.administration.let_stand_in(
            soc.mandate(), substitute=tomas, absent=lena, valid_from=NOW, valid_until=NOW + timedelta(days=10)
        )
        with pytest.raises(NotFound):
            await town.administration.end_standing_in(psyk.mandate(), substitution)


class TestStaffAndUnits:
    async def test_a_sign_in_is_registered_once(self, town: Town, soc: Staffed) -> None:
        with pytest.raises(Conflict):
            await town.administration.add_staff(soc.mandate(), issuer=ISSUER, subject="soc-admin", name="Igen")

    @pytest.mark.parametrize(
        ("name", "says"),
        [(" ", "fyllas i"), ("x" * 121, "högst 120 tecken"), ("a\x00b", "inte går att visa")],
        ids=["empty", "long", "control"],
    )
    async def test_a_name_that_can_not_be_used(self, town: Town, soc: Staffed, name: str, says: str) -> None:
        with pytest.raises(Invalid) as refused:
            await town.administration.add_unit(soc.mandate(), name)
        assert says in message(refused)[1]

    async def test_an_agency_is_taken_in_once(self, town: Town, soc: Staffed) -> None:
        with pytest.raises(Conflict):
            await town.agency("soc")


class TestApprovals:
    @pytest.mark.requirement("R14")
    async def test_a_rule_works_from_its_approval_until_it_is_withdrawn(
        self, town: Town, soc: Staffed, database: Database, clock: FixedClock
    ) -> None:
        approval = await town.approvals.approve_rule(
            soc.mandate(), rule="consent", revision="r1", decision=DECISION, valid_from=NOW
        )
        before = await epoch(database, "agency:soc")
        clock.move(days=1)
        await town.approvals.withdraw_rule(soc.mandate(), approval)
        register = await Directory(database, clock).register(soc.id)
        assert [(r.rule, r.valid_until) for r in register.rules] == [("consent", clock.now())]
        assert await epoch(database, "agency:soc") == before + 1

    async def test_another_agencys_approval_does_not_exist(self, town: Town, soc: Staffed, psyk: Staffed) -> None:
        approval = await town.approvals.approve_purpose(
            soc.mandate(), road=Road.LEFI, purpose="ekonomiskt_bistand", decision=DECISION, valid_from=NOW
        )
        with pytest.raises(NotFound):
            await town.approvals.withdraw_purpose(psyk.mandate(), approval)
        await town.approvals.withdraw_purpose(soc.mandate(), approval)

    async def test_a_decision_is_named_and_filed(self, town: Town, soc: Staffed) -> None:
        with pytest.raises(Invalid) as refused:
            await town.approvals.approve_rule(
                soc.mandate(),
                rule="consent",
                revision="r1",
                decision=Decision("Åsa", date(2026, 1, 1), ""),
                valid_from=NOW,
            )
        assert message(refused)[0] == "diarienummer"

    async def test_the_regime_is_set_by_a_filed_decision(self, town: Town, soc: Staffed, database: Database) -> None:
        await town.administration.set_regime(soc.mandate(), regime="OSL 26:1", decision="SN 2026/7")
        agency = (await Directory(database, town.clock).agencies())[soc.id]
        assert (agency.regime, agency.regime_decision) == ("OSL 26:1", "SN 2026/7")


class TestRetention:
    @pytest.mark.parametrize("years", [0, 101])
    async def test_an_unreal_number_of_years(self, town: Town, soc: Staffed, years: int) -> None:
        with pytest.raises(Invalid) as refused:
            await town.approvals.set_retention(
                soc.mandate(), kind=RetentionClass.CONTENT, years=years, decision="Beslut", diarienummer="1"
            )
        assert message(refused)[0] == "years"

    async def test_a_new_schedule_ends_the_old(
        self, town: Town, soc: Staffed, database: Database, clock: FixedClock
    ) -> None:
        directory = Directory(database, clock)
        assert await directory.retention(soc.id, RetentionClass.CONTENT) is None
        for years in (5, 7):
            await town.approvals.set_retention(
                soc.mandate(), kind=RetentionClass.CONTENT, years=years, decision="Beslut", diarienummer="1"
            )
            clock.move(days=1)
        found = await directory.retention(soc.id, RetentionClass.CONTENT)
        assert found
        assert found.years == 7
        assert len((await directory.register(soc.id)).retention) == 2


@pytest.mark.requirement("R26")
class TestLogReview:
    @pytest.mark.parametrize(
        ("changed", "field"),
        [
            ({"every_days": 0}, "everyDays"),
            ({"every_days": 93}, "everyDays"),
            ({"random": 4}, "random"),
            ({"random": 501}, "random"),
            ({"decision": " "}, "decision"),
            ({"diarienummer": ""}, "diarienummer"),
        ],
    )
    async def test_what_cannot_be_decided(
        self, town: Town, soc: Staffed, database: Database, changed: dict[str, Any], field: str
    ) -> None:
        said: dict[str, Any] = {"every_days": 30, "random": 20, "decision": "Loggrutin", "diarienummer": "1", **changed}
        with pytest.raises(Invalid) as refused:
            await town.approvals.set_log_review(soc.mandate(), **said)
        assert message(refused)[0] == field
        assert await Directory(database, town.clock).log_review(soc.id) is None

    async def test_a_new_plan_ends_the_old_and_is_the_agencys_alone(
        self, town: Town, soc: Staffed, database: Database, clock: FixedClock
    ) -> None:
        directory = Directory(database, clock)
        for days in (30, 14):
            await town.approvals.set_log_review(
                soc.mandate(), every_days=days, random=20, decision="Loggrutin", diarienummer="SN 2026/41"
            )
            clock.move(days=1)
        found = await directory.log_review(soc.id)
        assert found
        assert (found.every_days, found.random) == (14, 20)
        assert len((await directory.register(soc.id)).log_review) == 2
        assert await directory.log_review(AgencyId("af")) is None
