"""Blocks, and lifting openly what the individual once closed (readings R2, R3). Setting one never waits (R5)."""

from typing import Final

from sqlmodel.ext.asyncio.session import AsyncSession

from hub.audit import Ledger
from hub.consent import repository
from hub.consent.closing import Closing
from hub.consent.kinds import ALL, BlockId, Effect, EventKind, LineId, LineState
from hub.consent.model import Block, Event, Line
from hub.consent.repository import History
from hub.consent.rows import Teller
from hub.consent.speaker import Speaker, require_lift, require_stop
from hub.consent.views import line_states
from hub.consent.vocabulary import Words
from hub.kit.clock import Clock
from hub.kit.database import Database
from hub.kit.errors import NotFound
from hub.kit.idempotency import Once, earlier, remember
from hub.kit.ids import new_id
from hub.kit.outbox import emit

#: The fact in the outbox: told to the owner whose telling is stopped, and to nobody else.
BLOCKED: Final = "consent_blocked"
#: Who answers for a block that concerns every owner, set by the individual alone: the hub's operator.
_NOBODY: Final = "hub"


class BlockService:
    """Sets and lifts what stops an owner from telling."""

    def __init__(self, database: Database, ledger: Ledger, clock: Clock, words: Words) -> None:
        self._database, self._ledger, self._clock, self._words = database, ledger, clock, words

    async def block(self, speaker: Speaker, closing: Closing, once: Once | None = None) -> BlockId:
        """Stop an owner from telling, until openly lifted; beats every consent, newer ones too (reading R3).

        Raises NotFound or StepUpNeeded (who may not), Invalid (an unknown code).
        """
        now = self._clock.now()
        require_stop(speaker, now)
        async with self._database.read() as session:
            closing.check(await self._words(), await repository.receiver_ids(session, speaker.individual))
        row = Block(
            id=new_id(),
            individual_id=speaker.individual,
            owner=closing.owner,
            receiver=closing.receiver,
            category=closing.category,
            set_at=now,
        )
        async with self._database.write() as session:
            await self._ledger.bump(session, [f"individual:{speaker.individual}"])
            if made := await earlier(session, once):
                return BlockId(made)
            await self._set(session, speaker, row)
            remember(session, once, row.id)
            entry = Teller(speaker.caller, speaker.individual, now, row.id).entry(
                "consent_blocked", _holder(speaker, row)
            )
            await self._ledger.record_change(session, entry)
        return BlockId(row.id)

    async def unblock(self, speaker: Speaker, block: BlockId, once: Once | None = None) -> None:
        """Lift a block openly. Raises NotFound (who may not, or no such block in force) or StepUpNeeded."""
        teller = self._lifting(speaker, block)
        async with self._database.write() as session:
            await self._ledger.bump(session, [f"individual:{speaker.individual}"])
            if await earlier(session, once):
                return
            past = await repository.history(session, speaker.individual)
            row = next((each for each in past.blocks if each.id == block), None)
            if row is None:
                raise NotFound
            session.add(lift_block(past, row, teller))
            remember(session, once, block)
            await self._ledger.record_change(session, teller.entry("consent_unblocked", _holder(speaker, row)))

    async def lift_exclusion(self, speaker: Speaker, line: LineId, once: Once | None = None) -> None:
        """Lift an exclusion openly (reading R2). Raises NotFound (who may not, or none in force) or StepUpNeeded."""
        teller = self._lifting(speaker, line)
        async with self._database.write() as session:
            await self._ledger.bump(session, [f"individual:{speaker.individual}"])
            if await earlier(session, once):
                return
            past = await repository.history(session, speaker.individual)
            row = next((each for each in past.lines if each.id == line), None)
            if row is None:
                raise NotFound
            session.add(lift_line(past, row, teller))
            remember(session, once, line)
            [consent] = past.only(row.consent_id).consents
            entry = teller.entry("exclusion_lifted", consent.answerable_agency, [row])
            await self._ledger.record_change(session, entry)

    def _lifting(self, speaker: Speaker, act: str) -> Teller:
        now = self._clock.now()
        require_lift(speaker, now)
        return Teller(speaker.caller, speaker.individual, now, act)

    async def _set(self, session: AsyncSession, speaker: Speaker, row: Block) -> None:
        session.add(row)
        await session.flush()  # the event points to it, and no relation tells the order
        session.add(Teller(speaker.caller, speaker.individual, row.set_at).event(EventKind.BLOCKED, block=row.id))
        if row.owner != ALL:
            body = {"individual": speaker.individual, "block": row.id, "agency": row.owner}
            emit(session, BLOCKED, body, row.set_at)


def lift_line(past: History, row: Line, teller: Teller) -> Event:
    """Return that an exclusion is lifted. Raises NotFound when the line is none, or has been lifted already."""
    if row.effect is not Effect.EXCLUSION or line_states(past, teller.at)[row.id] is LineState.LIFTED:
        raise NotFound
    return teller.event(EventKind.EXCLUSION_LIFTED, line=row)


def lift_block(past: History, row: Block, teller: Teller) -> Event:
    """Return that a block is lifted. Raises NotFound when it has been already."""
    if _unblocked(past, row.id):
        raise NotFound
    return teller.event(EventKind.UNBLOCKED, block=row.id)


def _holder(speaker: Speaker, row: Block) -> str:
    """Return who answers for the entry: whoever wrote it, else the owner that is stopped."""
    return speaker.caller.agency or (_NOBODY if row.owner == ALL else row.owner)


def _unblocked(past: History, block: str) -> bool:
    return any(event.block_id == block and event.kind is EventKind.UNBLOCKED for event in past.events)
