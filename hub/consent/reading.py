"""Reading what individuals have said. Everything starts from a permit, and so from one individual."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from hub.access import CallerKind, Permit
from hub.audit import Ledger
from hub.consent import repository
from hub.consent.kinds import BlockId, ConsentId, Effect, EventKind, WithdrawalId
from hub.consent.model import Event, Notice, Withdrawal
from hub.consent.opening import Opened, open_names
from hub.consent.repository import History
from hub.consent.rows import Evidence
from hub.consent.speaker import Speaker, require_stop
from hub.consent.state import consent_state
from hub.consent.views import (
    BlockView,
    ConsentView,
    Overview,
    Reached,
    Sight,
    Stopwatch,
    line_view,
    visible_now,
)
from hub.consent.vocabulary import Words
from hub.kit.clock import Clock
from hub.kit.database import Database
from hub.kit.errors import NotFound
from hub.kit.vault import Vault


@dataclass(frozen=True, slots=True)
class Paper:
    """A scanned paper, opened; `content` None when it is erased."""

    media_type: str
    content: bytes | None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the individual keeps: the very text, what it says in lines, how it was given and what has happened since."""

    consent: ConsentView
    shown: str
    evidence: Evidence
    digest: str
    has_scan: bool
    history: tuple[Event, ...]


class ConsentReader:
    """Reads consents, receipts, stopwatches and what waits."""

    def __init__(self, database: Database, vault: Vault, ledger: Ledger, clock: Clock, words: Words) -> None:
        self._database, self._vault, self._ledger, self._clock, self._words = database, vault, ledger, clock, words

    async def overview(self, permit: Permit[Any]) -> Overview:
        """Return all that the individual has said, newest first: for the individual, and who acts for them."""
        return await self._overview(_whose(permit))

    async def overview_for(self, permit: Permit[Any], agency: str) -> Overview:
        """Return what `agency` may see of it: its own lines, and exclusions and blocks only as their owner (FFS-01)."""
        return (await self.overviews_for([permit], agency))[0]

    async def overviews_for(self, permits: Sequence[Permit[Any]], agency: str) -> list[Overview]:
        """Return what `agency` may see of each that the permits are for, in their order: read all at once."""
        whole = await self._overviews({_whose(permit) for permit in permits})
        return [_cut_for(agency, whole[_whose(permit)]) for permit in permits]

    async def consent(self, permit: Permit[Any], consent: ConsentId) -> ConsentView:
        """Return one consent whole: to its giver. Raises NotFound."""
        return _find(await self._overview(_whose(permit)), consent)

    async def consent_for(self, permit: Permit[Any], consent: ConsentId, agency: str) -> ConsentView:
        """Return what `agency` may see of one consent. Raises NotFound when that is nothing."""
        return _find(await self.overview_for(permit, agency), consent)

    async def receipt(self, permit: Permit[Any], consent: ConsentId) -> Receipt:
        """Return the receipt of one consent. Raises NotFound."""
        individual = _whose(permit)
        async with self._database.read() as session:
            row = await repository.consent(session, consent)
            if row is None or row.individual_id != individual:
                raise NotFound
            paper = await repository.scan(session, consent)
            past = (await repository.history(session, individual)).only(consent)
        opened = await Opened.of(self._vault, [row])
        return Receipt(
            _find(await self._overview(individual), consent),
            opened.text(row),
            opened.evidence(row),
            row.evidence_digest.hex(),
            paper is not None,
            tuple(past.events),
        )

    async def receipt_for(self, permit: Permit[Any], consent: ConsentId, agency: str) -> Receipt:
        """Return the receipt to the agency that wrote the answer down, cut for it. Raises NotFound for another.

        The text is left out when it tells of an exclusion towards another owner: that is for the giver and that owner.
        """
        whole = await self.receipt(permit, consent)
        mine = whole.consent.cut_for(agency)
        if agency not in {whole.consent.answerable, whole.consent.recorded_by_agency}:
            raise NotFound
        return replace(whole, consent=mine, shown=whole.shown if mine == whole.consent else "")

    async def evidence_for(self, permit: Permit[Any], consent: ConsentId, agency: str) -> Receipt:
        """Return what an official of `agency` needs to answer the evidence, without the text. Raises NotFound.

        Only where the agency owns a line that waits, or has been answered.
        """
        whole = await self.receipt(permit, consent)
        async with self._database.read() as session:
            lines = await repository.lines_for_official(session, consent, agency)
        if not lines:
            raise NotFound
        return replace(whole, consent=whole.consent.cut_for(agency), shown="")

    async def paper(self, permit: Permit[Any], consent: ConsentId) -> Paper:
        """Return the scanned paper of one consent: for its giver, and for the official who answers it. Raises NotFound."""
        async with self._database.read() as session:
            row = await repository.consent(session, consent)
            scan = await repository.scan(session, consent)
        if row is None or scan is None or row.individual_id != _whose(permit):
            raise NotFound
        opened = await Opened.of(self._vault, [row])
        return Paper(scan.media_type, opened.scan(row, scan))

    async def sight(self, permit: Permit[Any]) -> tuple[Sight, ...]:
        """Return who can be told what by whom, right now."""
        overview = await self._overview(_whose(permit))
        return visible_now(overview.consents, overview.blocks, await self._words())

    async def stopwatches(self, permit: Permit[Any]) -> tuple[Stopwatch, ...]:
        """Return the individual's withdrawals, newest first."""
        async with self._database.read() as session:
            found = await repository.withdrawals(session, _whose(permit))
        return tuple([await self._stopwatch(*each) for each in found])

    async def stopwatch(self, speaker: Speaker, withdrawal: WithdrawalId) -> Stopwatch:
        """Return the stopwatch of a withdrawal to whoever may withdraw: needs no engine, as the withdrawal didn't.

        Staff see how far the word has reached their own agency: which others gave or received is for those to tell.
        Raises NotFound or StepUpNeeded.
        """
        require_stop(speaker, self._clock.now())
        async with self._database.read() as session:
            found = await repository.withdrawal(session, withdrawal)
        if found is None or found[0].individual_id != speaker.individual:
            raise NotFound
        watch = await self._stopwatch(*found)
        if speaker.caller.kind is CallerKind.INDIVIDUAL:
            return watch
        own = tuple(each for each in watch.receivers if each.agency == speaker.caller.agency)
        return replace(watch, receivers=own, last_entry=None, last_entry_at=None)

    async def still_stands(self, permit: Permit[Any], withdrawal: WithdrawalId) -> tuple[Sight, ...]:
        """Return what is still open between the same owners and receivers after a withdrawal (reading R4)."""
        async with self._database.read() as session:
            past = await repository.history(session, _whose(permit))
        ended = {event.line_id for event in past.events if event.by_act == withdrawal}
        pairs = {(line.owner, line.receiver) for line in past.lines if line.id in ended}
        return tuple(each for each in await self.sight(permit) if (each.owner, each.receiver) in pairs)

    async def _overview(self, individual: str) -> Overview:
        return (await self._overviews([individual]))[individual]

    async def _overviews(self, individuals: Collection[str]) -> dict[str, Overview]:
        if not individuals:
            return {}
        async with self._database.read() as session:
            past = await repository.histories(session, individuals)
            receivers = await repository.receivers(session, individuals)
        opened = await Opened.of(self._vault, (row for each in past.values() for row in each.consents))
        named = await open_names(self._vault, receivers)
        names = (await self._words()).names
        theirs = {each: {row.id: named[row.id].name for row in receivers if row.individual_id == each} for each in past}
        return {each: self._view(past[each], opened, {**names, **theirs[each]}) for each in individuals}

    def _view(self, past: History, opened: Opened, names: Mapping[str, str]) -> Overview:
        now = self._clock.now()
        return Overview(
            tuple(_consent_view(past.only(row.id), opened, now) for row in reversed(past.consents)),
            tuple(_block_view(past, number) for number in reversed(range(len(past.blocks)))),
            names,
        )

    async def _stopwatch(self, row: Withdrawal, notices: Sequence[Notice]) -> Stopwatch:
        last = await self._ledger.last_entry_before(row.individual_id, row.closed_at)
        return Stopwatch(
            WithdrawalId(row.id),
            row.asked_at,
            row.closed_at,
            last.id if last else None,
            last.recorded_at if last else None,
            tuple(Reached(each.receiver, each.told_at, each.seen_at) for each in notices),
        )


def _cut_for(agency: str, whole: Overview) -> Overview:
    mine = [consent.cut_for(agency) for consent in whole.consents]
    return replace(
        whole,
        consents=tuple(consent for consent in mine if consent.lines or agency == consent.answerable),
        blocks=tuple(block for block in whole.blocks if block.owner == agency),
    )


def _whose(permit: Permit[Any]) -> str:
    """Return whom the permit is about. Raises NotFound for one that is about nobody."""
    if permit.about.individual is None:
        raise NotFound
    return permit.about.individual


def _find(overview: Overview, consent: str) -> ConsentView:
    found = next((each for each in overview.consents if each.id == consent), None)
    if found is None:
        raise NotFound
    return found


def _consent_view(past: History, opened: Opened, now: datetime) -> ConsentView:
    [row] = past.consents
    holder = row.answerable_agency
    lines = tuple(line_view(line, past.of_line(line.id), now, opened.words(line, holder)) for line in past.lines)
    declined = any(event.kind is EventKind.DECLINED for event in past.events)
    renewed = [event.by_act for event in past.events if event.kind is EventKind.RENEWED]
    return ConsentView(
        id=ConsentId(row.id),
        individual=row.individual_id,
        kind=row.kind,
        state=consent_state((line.state for line in lines if line.effect is Effect.PERMIT), declined=declined),
        form=row.form,
        language=row.language,
        text=row.template_id,
        given_at=row.given_at,
        given_by=row.given_by,
        recorded_by=row.recorded_by,
        recorded_by_agency=row.recorded_by_agency,
        answerable=holder,
        case=row.case_id,
        insats=opened.evidence(row).insats or None,
        decision=row.decision,
        renewed_by=ConsentId(renewed[-1]) if renewed and renewed[-1] else None,
        lines=lines,
        version=len(past.events),
    )


def _block_view(past: History, number: int) -> BlockView:
    row = past.blocks[number]
    lifted = [e.at for e in past.events if e.block_id == row.id and e.kind is EventKind.UNBLOCKED]
    return BlockView(BlockId(row.id), row.owner, row.receiver, row.category, row.set_at, lifted[0] if lifted else None)
