"""Whatever happens, in whatever order: what the hub derives equals a plain replay of what was done."""

import asyncio
import tempfile
from collections.abc import Coroutine
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from hub.access import Decider
from hub.audit import Ledger
from hub.consent import (
    ALL,
    BlockService,
    Closing,
    ConsentReader,
    ConsentService,
    DraftLine,
    Effect,
    EvidenceFault,
    LineState,
    Texts,
    WithdrawalService,
    consent_columns,
    parse_consent,
)
from hub.kit.clock import micros
from hub.kit.database import Database, KeyTable, Table
from hub.kit.secret import Secret
from hub.kit.vault import Vault
from tests.fakes.clock import FixedClock
from tests.hub.consent.conftest import (
    AGENCIES,
    INDIVIDUAL,
    SIGNED_IN,
    VOCABULARY,
    Door,
    ToldEngine,
    World,
    draft,
    individual,
    line,
    on_paper,
    staff,
    words,
)

T = TypeVar("T")
OWNERS = st.sampled_from(["psyk", "af"])
RECEIVERS = st.sampled_from(["soc", "fk"])
CATEGORIES = st.sampled_from(["plan", "health", "mental_health", "economy", "debts"])
Key = tuple[str, str, str]


@dataclass
class Told:
    """One line as somebody with a pencil would keep it."""

    consent: str
    key: Key
    waits: bool
    ended: bool = False


@dataclass
class Model:
    """What was done, and nothing derived."""

    lines: list[Told] = field(default_factory=list)
    exclusions: dict[str, Key] = field(default_factory=dict)
    blocks: dict[str, Key] = field(default_factory=dict)

    def open(self) -> set[Key]:
        """Who may be told what, line by line."""
        stops = [*self.exclusions.values(), *self.blocks.values()]
        return {
            each.key
            for each in self.lines
            if not each.ended and not each.waits and not any(self._stops(stop, each.key) for stop in stops)
        }

    def _stops(self, stop: Key, key: Key) -> bool:
        within = stop[2] in (ALL, *self._upwards(key[2]))
        return stop[0] in (ALL, key[0]) and stop[1] in (ALL, key[1]) and within

    def _upwards(self, category: str) -> list[str]:
        parent = VOCABULARY.categories[category].parent
        return [category, *([parent] if parent else [])]

    def withdraw(self, owner: str, receiver: str, category: str) -> None:
        for each in self.lines:
            related = category in self._upwards(each.key[2]) or (category, each.key[2]) == ("debts", "economy")
            if each.key[:2] == (owner, receiver) and related:
                each.ended = True


class Machine(RuleBasedStateMachine):
    """Acts at random through the services, and keeps the model beside."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.folder = tempfile.TemporaryDirectory()
        self.model = Model()
        self.clock = FixedClock(SIGNED_IN)
        self.run(self._open(Path(self.folder.name)))

    def run(self, act: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(act)

    async def _open(self, folder: Path) -> None:
        self.database = await Database.open(f"sqlite:///{folder}/hub.db", connections=2)
        self.keys = await Database.open(f"sqlite:///{folder}/keys.db", connections=2)
        for database, metadata in ((self.database, Table.metadata), (self.keys, KeyTable.metadata)):
            async with database.engine.begin() as connection:
                await connection.run_sync(metadata.create_all)
        vault = Vault(self.keys, Secret(b"test operator key, 32 bytes long"))
        ledger = Ledger(self.database, vault, self.clock)
        async with self.database.write() as session:
            officials = [staff(agency, f"official-{agency}").ref for agency in AGENCIES]
            await ledger.bump(session, [f"individual:{INDIVIDUAL}", staff().ref, *officials])
        world, texts = World(self.database), Texts(self.database, ledger, self.clock)
        await texts.publish()
        self.door = Door(Decider(ToldEngine(), ledger, self.clock), world)
        self.consents = ConsentService(
            self.database, vault, ledger, self.clock, texts=texts, words=words, around=world.around
        )
        self.withdrawals = WithdrawalService(self.database, ledger, self.clock, words)
        self.blocks = BlockService(self.database, ledger, self.clock, words)
        self.reader = ConsentReader(self.database, vault, ledger, self.clock, words)

    def teardown(self) -> None:
        self.run(self.database.close())
        self.run(self.keys.close())
        self.loop.close()
        self.folder.cleanup()

    @rule(
        owner=OWNERS, receiver=RECEIVERS, category=CATEGORIES, by_staff=st.booleans(), excluded=st.none() | CATEGORIES
    )
    def record(self, owner: str, receiver: str, category: str, by_staff: bool, excluded: str | None) -> None:
        lines = [line(owner, receiver, category)]
        if excluded:
            lines.append(DraftLine(owner, ALL, excluded, ALL, effect=Effect.EXCLUSION))
        caller, made = (staff(), on_paper(*lines)) if by_staff else (individual(), draft(*lines))
        consent = self.run(self.consents.record(self.door.asking(caller), made))
        self.model.lines.append(Told(consent, (owner, receiver, category), waits=by_staff))
        view = self._view(consent)
        for each in view.lines:
            if each.effect is Effect.EXCLUSION:
                self.model.exclusions[each.id] = (owner, ALL, str(excluded))

    @rule(owner=OWNERS, receiver=RECEIVERS, category=CATEGORIES)
    def withdraw(self, owner: str, receiver: str, category: str) -> None:
        closing = Closing(owner, receiver, category)
        self.run(self.withdrawals.withdraw(self.door.speaker(individual()), closing))
        self.model.withdraw(owner, receiver, category)

    @rule(which=st.integers(0, 20))
    def withdraw_consent(self, which: int) -> None:
        if not self.model.lines:
            return
        consent = self.model.lines[which % len(self.model.lines)].consent
        self.run(self.withdrawals.withdraw_consent(self.door.speaker(staff()), consent))  # type: ignore[arg-type]
        for each in self.model.lines:
            each.ended = each.ended or each.consent == consent

    @rule(which=st.integers(0, 20), accept=st.booleans())
    def answer_evidence(self, which: int, accept: bool) -> None:
        asked = {each.consent: each for each in self.model.lines}
        waiting = [view for view in map(self._view, asked) if view.recorded_by]
        if not waiting:
            return
        view = waiting[which % len(waiting)]
        asking = self.door.asking(staff(asked[view.id].key[0], f"official-{asked[view.id].key[0]}"))
        if accept:
            self.run(self.consents.accept_evidence(asking, view.id, view.version))
        else:
            self.run(self.consents.refuse_evidence(asking, view.id, view.version, EvidenceFault.DOUBTFUL))
        asked[view.id].waits = not accept

    @rule(owner=OWNERS | st.just(ALL), receiver=RECEIVERS | st.just(ALL), category=CATEGORIES | st.just(ALL))
    def block(self, owner: str, receiver: str, category: str) -> None:
        made = self.run(self.blocks.block(self.door.speaker(staff()), Closing(owner, receiver, category)))
        self.model.blocks[made] = (owner, receiver, category)

    @rule(which=st.integers(0, 20))
    def lift(self, which: int) -> None:
        stops = [*self.model.exclusions, *self.model.blocks]
        if not stops:
            return
        chosen = stops[which % len(stops)]
        speaker = self.door.speaker(individual())
        if chosen in self.model.blocks:
            self.run(self.blocks.unblock(speaker, chosen))  # type: ignore[arg-type]
            del self.model.blocks[chosen]
        else:
            self.run(self.blocks.lift_exclusion(speaker, chosen))  # type: ignore[arg-type]
            del self.model.exclusions[chosen]

    @invariant()
    def what_can_be_seen_equals_a_plain_replay(self) -> None:
        seen = self.run(self._sight())
        assert {(each.owner, each.receiver, each.category) for each in seen} == self.model.open()

    @invariant()
    def an_exclusion_is_gone_only_when_it_was_openly_lifted(self) -> None:
        overview = self.run(self._overview())
        assert {each.id for each in overview.exclusions} == set(self.model.exclusions)

    @invariant()
    def the_hot_path_says_the_same(self) -> None:
        columns = consent_columns("$1", ":in($2)", ":in($3)", "$4")
        agencies = self.database.many(list(AGENCIES))
        sql, now = f"SELECT {columns}", micros(self.clock.now())
        [row] = self.run(self.database.fetch(sql, INDIVIDUAL, agencies, agencies, now))
        facts, second = parse_consent(row[0], row[1]), now // 1_000_000
        alive = {each.id for each in facts.lines if each.accepted and each.valid_from <= second < each.ended_at}
        overview = self.run(self._overview())
        lines = [each for consent in overview.consents for each in consent.lines if each.effect is Effect.PERMIT]
        assert alive == {each.id for each in lines if each.state is LineState.ACTIVE}
        assert {each.id for each in facts.stops} == {*self.model.exclusions, *self.model.blocks}

    def _view(self, consent: str):  # noqa: ANN202
        return next(each for each in self.run(self._overview()).consents if each.id == consent)

    async def _overview(self):  # noqa: ANN202
        return await self.reader.overview(await self.door.permit(individual()))

    async def _sight(self):  # noqa: ANN202
        return await self.reader.sight(await self.door.permit(individual()))


@pytest.mark.requirement("HUB-03")
class TestMachine(Machine.TestCase):
    settings = settings(max_examples=6, stateful_step_count=8)
