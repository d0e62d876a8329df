"""Withdrawing and narrowing: what never waits.

No engine is asked and no permit needed (reading R5): who may is a pure rule (`speaker.py`). From the moment the first
statement of an act has moved the individual's epoch, nothing is recorded that stood on the old state.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from hub.audit import Ledger
from hub.consent import repository
from hub.consent.closing import AT_ONCE, Closing, shortened, taken_away
from hub.consent.kinds import ConsentId, EventKind, WithdrawalId
from hub.consent.model import Event, Line, Notice, Withdrawal
from hub.consent.rows import Teller
from hub.consent.speaker import Speaker, require_stop
from hub.consent.vocabulary import Words
from hub.kit.clock import Clock, SystemClock, from_micros, midnight_after, today
from hub.kit.database import Database
from hub.kit.errors import NotFound, PreconditionFailed
from hub.kit.idempotency import Once, earlier, remember
from hub.kit.ids import new_id
from hub.kit.outbox import emit

#: The fact in the outbox: one for each agency that gave or received, with the individual and the withdrawal.
WITHDRAWN: Final = "consent_withdrawn"


@dataclass(frozen=True, slots=True)
class _Act:
    """One closing while it goes on."""

    id: WithdrawalId
    asked_at: datetime
    speaker: Speaker
    teller: Teller


class WithdrawalService:
    """Ends lines at once, keeps the stopwatch, and tells those who gave and received."""

    def __init__(self, database: Database, ledger: Ledger, clock: Clock, words: Words) -> None:
        self._database, self._ledger, self._clock, self._words = database, ledger, clock, words

    async def withdraw(self, speaker: Speaker, closing: Closing, once: Once | None = None) -> WithdrawalId:
        """Withdraw what `closing` says: every line that covers any part of it ends now (reading R4).

        No reason is asked for. Raises NotFound or StepUpNeeded (who may not), Invalid (an unknown code).
        """
        require_stop(speaker, self._clock.now())
        vocabulary = await self._words()
        async with self._database.read() as session:
            closing.check(vocabulary, await repository.receiver_ids(session, speaker.individual))
        return await self._end(speaker, lambda line: closing.hits(line, vocabulary), None, once)

    async def withdraw_consent(self, speaker: Speaker, consent: ConsentId, once: Once | None = None) -> WithdrawalId:
        """Withdraw one whole consent. What other consents still open is for the reader to tell.

        Raises NotFound (who may not, or not the individual's) or StepUpNeeded.
        """
        return await self._end(speaker, lambda line: line.consent_id == consent, consent, once)

    async def narrow(
        self,
        speaker: Speaker,
        consent: ConsentId,
        version: int,
        *,
        away: frozenset[str] = frozenset(),
        last: date | None = None,
        once: Once | None = None,
    ) -> WithdrawalId:
        """Take lines away from a consent, or let it end sooner, or both. Only ever less than before.

        Raises NotFound or StepUpNeeded (who may not, or not the individual's), PreconditionFailed (changed since
        `version`), Invalid.
        """
        act = await self._begin(speaker)
        async with self._database.write() as session:
            if made := await self._bumped(session, act, once):
                return made
            await _require_own(session, consent, speaker.individual)
            if await repository.version(session, speaker.individual, consent) != version:
                raise PreconditionFailed
            lines = [line for line in await self._open(session, act) if line.consent_id == consent]
            gone = taken_away(lines, away)
            sooner = await self._sooner(session, [line for line in lines if line not in gone], last)
            ends = midnight_after(last) if last else AT_ONCE
            events = [act.teller.event(EventKind.NARROWED, line=line, ends=AT_ONCE) for line in gone]
            events += [act.teller.event(EventKind.NARROWED, line=line, ends=ends) for line in sooner]
            return await self._finish(session, act, events, [*gone, *sooner], once)

    async def told(self, withdrawal: WithdrawalId, agency: str) -> None:
        """Note that the word of a withdrawal has been handed to an agency."""
        await self._reached(withdrawal, agency, "told_at")

    async def seen(self, withdrawal: WithdrawalId, agency: str) -> None:
        """Note that an agency has confirmed the word of a withdrawal."""
        await self._reached(withdrawal, agency, "seen_at")

    async def _end(
        self, speaker: Speaker, hit: Callable[[Line], bool], consent: ConsentId | None, once: Once | None
    ) -> WithdrawalId:
        act = await self._begin(speaker)
        async with self._database.write() as session:
            if made := await self._bumped(session, act, once):
                return made
            if consent is not None:
                await _require_own(session, consent, speaker.individual)
            lines = [line for line in await self._open(session, act) if hit(line)]
            events = [act.teller.event(EventKind.WITHDRAWN, line=line, ends=AT_ONCE) for line in lines]
            return await self._finish(session, act, events, lines, once)

    async def _begin(self, speaker: Speaker) -> _Act:
        now, act = self._clock.now(), WithdrawalId(new_id())
        require_stop(speaker, now)
        asked = now
        if isinstance(self._clock, SystemClock):
            [[instant]] = await self._database.fetch("SELECT :now_us")
            asked = from_micros(instant)
        return _Act(act, asked, speaker, Teller(speaker.caller, speaker.individual, now, act))

    async def _bumped(self, session: AsyncSession, act: _Act, once: Once | None) -> WithdrawalId | None:
        """Move the epoch, so that nobody else can change anything; return what `once` has already made."""
        await self._ledger.bump(session, [f"individual:{act.speaker.individual}"])
        made = await earlier(session, once)
        return WithdrawalId(made) if made else None

    async def _open(self, session: AsyncSession, act: _Act) -> Sequence[Line]:
        return await repository.open_lines(session, act.speaker.individual, act.teller.at)

    async def _sooner(self, session: AsyncSession, lines: Sequence[Line], last: date | None) -> list[Line]:
        if last is None:
            return []
        events = await repository.events_of_lines(session, [line.id for line in lines])
        return shortened(lines, events, last, today(self._clock))

    async def _finish(
        self, session: AsyncSession, act: _Act, events: Iterable[Event], lines: Sequence[Line], once: Once | None
    ) -> WithdrawalId:
        agencies = sorted({agency for line in lines for agency in (line.owner, line.receiver)})
        repository.add_all(session, events)
        remember(session, once, act.id)
        for agency in agencies:
            body = {"individual": act.speaker.individual, "withdrawal": act.id, "agency": agency}
            emit(session, WITHDRAWN, body, act.teller.at)
        session.add(await self._stopwatch(session, act))
        await session.flush()  # the notices point to it, and no relation tells the order
        repository.add_all(session, (Notice(withdrawal_id=act.id, receiver=agency) for agency in agencies))
        answerable = act.speaker.caller.agency or (lines[0].owner if lines else "hub")
        await self._ledger.record_change(session, act.teller.entry("consent_withdrawn", answerable, lines))
        return act.id

    async def _stopwatch(self, session: AsyncSession, act: _Act) -> Withdrawal:
        closed = self._clock.now()
        if isinstance(self._clock, SystemClock):
            closed = from_micros((await session.execute(text(self._database.sql("SELECT :now_us")))).scalar_one())
        return Withdrawal(
            id=act.id, individual_id=act.speaker.individual, asked_at=act.asked_at, closed_at=max(closed, act.asked_at)
        )

    async def _reached(self, withdrawal: WithdrawalId, agency: str, how: Literal["told_at", "seen_at"]) -> None:
        async with self._database.write() as session:
            notice = await repository.notice(session, withdrawal, agency)
            if notice is None:
                raise NotFound
            if getattr(notice, how) is None:
                setattr(notice, how, self._clock.now())


async def _require_own(session: AsyncSession, consent: ConsentId, individual: str) -> None:
    """Raise NotFound unless the consent is the individual's."""
    row = await repository.consent(session, consent)
    if row is None or row.individual_id != individual:
        raise NotFound
