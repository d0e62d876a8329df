"""The one way to a yes. Refusals first: whatever fails, nothing is permitted, and it is in the ledger."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from hub.access import About, Asking, Caller, CallerKind, Decider, Denial, Gathered, NothingAsked, Permit
from hub.access.engine import EngineDown, EngineEmpty, EngineError, EngineFailure, EngineMalformed, EngineTimeout
from hub.access.questions import (
    Administer,
    CallerFacts,
    SignInFacts,
)
from hub.audit import EntryId, Ledger, NotRecorded, Outcome, Stand
from hub.kit.database import Database
from hub.kit.errors import HubError, NotFound, Refused, StepUpNeeded, Undecided
from hub.kit.vault import Vault
from tests.fakes.clock import FixedClock
from tests.fakes.engine import SetEngine, answer

ASKS = frozenset({"administer"})
LENA = Caller(
    kind=CallerKind.STAFF,
    ref="assignment-1",
    issuer="https://idp.example",
    subject="staff:lena",
    loa=3,
    authenticated_at=datetime(2026, 11, 24, 7, tzinfo=UTC),
    agency="soc",
)
QUESTION = Administer(
    now=1_795_500_000,
    caller=CallerFacts(
        door="staff",
        agency="soc",
        kind="socialtjanst",
        roles=["administrator"],
        team=[],
        clearances=[],
        named_handler=False,
        relation="none",
        own=False,
        mandate="",
        sign_in=SignInFacts(level=3, factors=2, at=1_795_499_000),
        carries_out=["protected_banner"],
    ),
    act="add_staff",
    agency="soc",
    subject_is_caller=False,
    roles=[],
    decided=False,
)
SUBJECT = "individual:kajsa"
Gather = Callable[[], Awaitable[Gathered[Administer]]]


class Ground:
    """The ground that the question stands on; `moves` makes it shift each time it has been read."""

    def __init__(
        self, database: Database, ledger: Ledger, *, moves: int = 0, not_after: datetime | None = None
    ) -> None:
        self._database, self._ledger, self._moves, self._not_after = database, ledger, moves, not_after
        self.question = QUESTION
        self.read = 0

    async def __call__(self) -> Gathered[Administer]:
        self.read += 1
        rows = await self._database.fetch("SELECT epoch FROM standing WHERE subject = $1", SUBJECT)
        if self.read <= self._moves:
            await self.shift()
        about = About(act="add_staff", answerable="soc", individual="kajsa")
        return Gathered(self.question, (Stand(SUBJECT, rows[0][0]),), about, self._not_after)

    async def shift(self) -> None:
        async with self._database.write() as session:
            await self._ledger.bump(session, [SUBJECT])


class LostLedger(Ledger):
    """A ledger from which no answer comes to the commit."""

    async def record(self, *_: Any, **__: Any) -> list[EntryId] | None:
        raise NotRecorded("TimeoutError")


class MovingLedger(Ledger):
    """A ledger under which nothing ever stands still."""

    async def record(self, *_: Any, **__: Any) -> list[EntryId] | None:
        return None


@pytest.fixture
async def ledger(database: Database, vault: Vault, clock: FixedClock) -> Ledger:
    made = Ledger(database, vault, clock)
    async with database.write() as session:
        await made.bump(session, [SUBJECT])
    return made


@pytest.fixture
def asking(ledger: Ledger, clock: FixedClock) -> Callable[[SetEngine], Asking]:
    return lambda engine: Asking(Decider(engine, ledger, clock), LENA, ASKS)


async def recorded(ledger: Ledger) -> list[Outcome]:
    return [entry.outcome for entry in (await ledger.entries_about("kajsa")).entries]


@pytest.mark.requirement("HUB-01")
class TestNothingIsPermitted:
    @pytest.mark.parametrize(
        "failure", [EngineDown(), EngineTimeout(), EngineEmpty(), EngineMalformed(), EngineError()]
    )
    async def test_when_the_engine_fails(
        self, database: Database, ledger: Ledger, asking: Callable[[SetEngine], Asking], failure: EngineFailure
    ) -> None:
        with pytest.raises(Undecided) as raised:
            await asking(SetEngine(failure=failure)).permit(Ground(database, ledger))
        entry = await ledger.entry(EntryId(raised.value.entry or ""))
        assert entry
        assert (entry.outcome, entry.answer["refusals"][0]["code"]) == (Outcome.UNDECIDED, failure.code)

    @pytest.mark.parametrize("raw", [b"", b"{}", b"[]", b"[null]", b'[{"outcome":"permit"}]', b'["permit"]'])
    async def test_when_the_answer_is_not_an_answer(
        self, database: Database, ledger: Ledger, asking: Callable[[SetEngine], Asking], raw: bytes
    ) -> None:
        with pytest.raises(Undecided):
            await asking(SetEngine(raw=raw)).permit(Ground(database, ledger))
        assert await recorded(ledger) == [Outcome.UNDECIDED]

    async def test_when_the_ground_keeps_moving(
        self, database: Database, ledger: Ledger, asking: Callable[[SetEngine], Asking]
    ) -> None:
        ground = Ground(database, ledger, moves=99)
        with pytest.raises(Undecided):
            await asking(SetEngine()).permit(ground)
        assert ground.read == 3
        assert await recorded(ledger) == [Outcome.UNDECIDED]

    async def test_when_a_fact_has_ended_before_it_is_recorded(
        self, database: Database, ledger: Ledger, asking: Callable[[SetEngine], Asking], clock: FixedClock
    ) -> None:
        ended = Ground(database, ledger, not_after=clock.now() - timedelta(seconds=1))
        with pytest.raises(Undecided):
            await asking(SetEngine()).permit(ended)
        assert await recorded(ledger) == [Outcome.UNDECIDED]

    async def test_when_an_obligation_cannot_be_carried_out(
        self, database: Database, ledger: Ledger, asking: Callable[[SetEngine], Asking]
    ) -> None:
        engine = SetEngine(lambda _: answer(obligations=["strike_location_fields"]))
        with pytest.raises(Undecided):
            await asking(engine).permit(Ground(database, ledger))
        assert await recorded(ledger) == [Outcome.UNDECIDED]

    async def test_when_the_route_does_not_ask_that_question(self, ledger: Ledger, clock: FixedClock) -> None:
        other = Asking(Decider(SetEngine(), ledger, clock), LENA, frozenset({"see_person"}))

        async def gather() -> Gathered[Administer]:
            return Gathered(QUESTION, (Stand(SUBJECT, 1),), About(act="x", answerable="soc"))

        with pytest.raises(TypeError):
            await other.permit(gather)

    @pytest.mark.parametrize("act", [None, 7, "\ud800", "no_such_act"])
    async def test_when_a_fact_is_missing_or_of_another_kind(
        self, database: Database, ledger: Ledger, asking: Callable[[SetEngine], Asking], act: Any
    ) -> None:
        engine, ground = SetEngine(), Ground(database, ledger)
        ground.question = msgspec.structs.replace(QUESTION, act=act)
        with pytest.raises(Undecided):
            await asking(engine).permit(ground)
        assert not engine.asked
        assert await recorded(ledger) == [Outcome.UNDECIDED]

    @pytest.mark.parametrize("ledger_kind", ["lost", "moving"])
    async def test_when_nothing_can_be_recorded(
        self, database: Database, vault: Vault, ledger: Ledger, clock: FixedClock, ledger_kind: str
    ) -> None:
        broken = (LostLedger if ledger_kind == "lost" else MovingLedger)(database, vault, clock)
        with pytest.raises(Undecided) as raised:
            await Asking(Decider(SetEngine(), broken, clock), LENA, ASKS).permit(Ground(database, ledger))
        assert raised.value.entry is None
        assert await recorded(ledger) == []


class TestARefusal:
    @pytest.mark.parametrize(
        ("refusals", "error"),
        [(["not_allowed_role"], Refused), (["not_found"], NotFound), (["weak_login"], StepUpNeeded)],
    )
    async def test_is_told_as_much_as_may_be_told(
        self,
        database: Database,
        ledger: Ledger,
        asking: Callable[[SetEngine], Asking],
        refusals: list[str],
        error: type[HubError],
    ) -> None:
        with pytest.raises(error) as raised:
            await asking(SetEngine(lambda _: answer("deny", refusals=refusals))).permit(Ground(database, ledger))
        assert (raised.value.entry is None) == (error is NotFound)
        assert await recorded(ledger) == [Outcome.DENY]


class TestAPermit:
    async def test_carries_the_number_of_its_entry(
        self, database: Database, ledger: Ledger, asking: Callable[[SetEngine], Asking]
    ) -> None:
        permit = await asking(SetEngine()).permit(Ground(database, ledger))
        entry = await ledger.entry(permit.entry)
        assert entry
        assert (entry.outcome, entry.question, entry.caller_ref) == (Outcome.PERMIT, "administer", "assignment-1")

    async def test_reads_its_facts_again_when_they_moved_once(
        self, database: Database, ledger: Ledger, asking: Callable[[SetEngine], Asking]
    ) -> None:
        ground = Ground(database, ledger, moves=1)
        await asking(SetEngine()).permit(ground)
        assert ground.read == 2
        assert await recorded(ledger) == [Outcome.PERMIT]

    async def test_a_list_is_one_evaluation_with_an_outcome_each(
        self, database: Database, ledger: Ledger, asking: Callable[[SetEngine], Asking]
    ) -> None:
        engine = SetEngine(lambda number: answer("deny", refusals=["not_found"]) if number else answer())
        ground = Ground(database, ledger)

        async def gather() -> list[Gathered[Administer]]:
            return [await ground(), await ground()]

        first, second = await asking(engine).each(gather)
        assert isinstance(first, Permit)
        assert isinstance(second, Denial)
        assert engine.asked == ["administer/answers"]
        assert sorted(await recorded(ledger)) == [Outcome.DENY, Outcome.PERMIT]

    async def test_a_list_of_nothing_asks_and_records_nothing(
        self, ledger: Ledger, asking: Callable[[SetEngine], Asking]
    ) -> None:
        engine = SetEngine()

        async def gather() -> list[Gathered[Administer]]:
            return []

        assert await asking(engine).each(gather) == []
        assert (engine.asked, await recorded(ledger)) == ([], [])


@pytest.mark.requirement("HUB-01")
class TestWhatTakesLong:
    """A permit is held against its ground once more before what it permitted leaves."""

    async def test_does_not_leave_when_the_ground_has_moved(
        self, database: Database, ledger: Ledger, asking: Callable[[SetEngine], Asking]
    ) -> None:
        ground = Ground(database, ledger)
        permit = await asking(SetEngine()).permit(ground)
        await ground.shift()
        assert await asking(SetEngine()).again(permit, "told", {"parts": 1}) is None
        assert await recorded(ledger) == [Outcome.PERMIT]

    async def test_does_not_leave_when_it_cannot_be_recorded(
        self, database: Database, vault: Vault, ledger: Ledger, asking: Callable[[SetEngine], Asking], clock: FixedClock
    ) -> None:
        permit = await asking(SetEngine()).permit(Ground(database, ledger))
        lost = Asking(Decider(SetEngine(), LostLedger(database, vault, clock), clock), LENA, ASKS)
        with pytest.raises(Undecided):
            await lost.again(permit, "told", {})

    async def test_leaves_with_an_entry_of_its_own_that_names_the_permit(
        self, database: Database, ledger: Ledger, asking: Callable[[SetEngine], Asking]
    ) -> None:
        permit = await asking(SetEngine()).permit(Ground(database, ledger))
        entry = await ledger.entry(await asking(SetEngine()).again(permit, "told", {"parts": 1}) or EntryId(""))
        assert entry
        assert (entry.act, entry.detail) == ("told", {"parts": 1, "permit": permit.entry})


class TestForeseeing:
    async def test_is_only_for_one_who_has_a_permit(
        self, database: Database, ledger: Ledger, asking: Callable[[SetEngine], Asking]
    ) -> None:
        permit = await asking(SetEngine()).permit(Ground(database, ledger))
        with pytest.raises(TypeError):
            await asking(SetEngine()).foresee(replace(permit, entry=EntryId("")), [QUESTION])

    async def test_is_answered_by_the_policy_and_not_recorded(
        self, database: Database, ledger: Ledger, asking: Callable[[SetEngine], Asking]
    ) -> None:
        permit = await asking(SetEngine()).permit(Ground(database, ledger))
        [foreseen] = await asking(SetEngine(lambda _: answer("deny"))).foresee(permit, [QUESTION])
        assert foreseen.outcome == "deny"
        assert await recorded(ledger) == [Outcome.PERMIT]

    async def test_of_nothing_asks_nothing(
        self, database: Database, ledger: Ledger, asking: Callable[[SetEngine], Asking]
    ) -> None:
        permit = await asking(SetEngine()).permit(Ground(database, ledger))
        engine = SetEngine()
        assert (await asking(engine).foresee(permit, []), engine.asked) == ([], [])


class TestAnswering:
    def test_without_having_asked_is_not_possible(self, asking: Callable[[SetEngine], Asking]) -> None:
        with pytest.raises(NothingAsked):
            asking(SetEngine()).require_asked()

    def test_what_never_waits_for_the_engine_says_so(self, asking: Callable[[SetEngine], Asking]) -> None:
        opened = asking(SetEngine())
        with pytest.raises(NothingAsked):
            opened.require_asked()
        opened.acted_without_engine()
        opened.require_asked()
