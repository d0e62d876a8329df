"""The review of an agency's log: drawn by lot and by rule, each entry judged by the appointed reviewer, and signed.

The law asks for systematic and recurrent checks that are themselves documented (PDL 4:3, HSLF-FS 2016:40 4 kap. 9 §,
SoLPuL 10 §, SFB 114:13; reading R26). Everything starts from a permit to read the agency's own log.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from secrets import token_hex
from typing import Final

from sqlmodel.ext.asyncio.session import AsyncSession

from hub.access import Caller, Permit, change_entry
from hub.access.questions import ReadLog
from hub.agencies import AgencyId, Directory
from hub.audit import Entry, EntryId, Ledger, LogEntry
from hub.cases import log_review_rows as rows
from hub.cases.log_review_rows import LogSample, LogSampleEntry, Verdict
from hub.cases.log_review_views import (
    ReviewDue,
    ReviewPlan,
    Sample,
    SampledEntry,
    entry_of,
    place_of,
    plan_of,
    sample_of,
    scope_of,
)
from hub.cases.log_sampling import RANDOM, Line, by_lot, draw, rules
from hub.kit.clock import STOCKHOLM, Clock, today
from hub.kit.database import Database
from hub.kit.errors import Conflict, FieldError, Invalid, NotFound, PreconditionFailed
from hub.kit.idempotency import Once, earlier, remember
from hub.kit.ids import new_id
from hub.kit.vault import Vault
from hub.kit.working_days import add_working_days

LONGEST_NOTE: Final = 2000
#: What was recorded later than this before the draw may still be on its way into the table: the next draw has it.
_SETTLED: Final = timedelta(minutes=1)


class LogReviews:
    """Draws, reviews and signs."""

    def __init__(self, database: Database, vault: Vault, ledger: Ledger, clock: Clock, directory: Directory) -> None:
        self._database, self._vault, self._ledger, self._clock = database, vault, ledger, clock
        self._directory = directory

    async def plan(self, permit: Permit[ReadLog]) -> ReviewPlan:
        """Return how the agency that the permit is for has decided to follow up its log."""
        return plan_of(await self._directory.log_review(_agency(permit)))

    async def due(self, agency: AgencyId) -> ReviewDue:
        """Return what an agency owes now: days and ids, nothing of the log. Whoever shows it asks for the role first."""
        async with self._database.read() as session:
            drawn = await rows.samples(session, agency)
        plan = plan_of(await self._directory.log_review(agency))
        last = drawn[0].until.astimezone(STOCKHOLM).date() if drawn else None
        next_draw = last + timedelta(days=plan.every_days) if last else today(self._clock)
        unsigned = {each.id: date.fromisoformat(each.due_on) for each in reversed(drawn) if each.signed_at is None}
        return ReviewDue(next_draw, unsigned)

    async def samples(self, permit: Permit[ReadLog]) -> Sequence[Sample]:
        """Return the agency's draws, newest first."""
        async with self._database.read() as session:
            found = await rows.samples(session, _agency(permit))
            return [sample_of(row, await rows.entries(session, row.id)) for row in found]

    async def draw(self, permit: Permit[ReadLog], caller: Caller, once: Once | None = None) -> str:
        """Draw from all that has happened since the last draw, and return the sample's id.

        The period follows on the last one and the seed is the hub's: nobody chooses what is drawn, and nothing is drawn
        twice. Raises Conflict when nothing is left to draw from yet.
        """
        agency, now, seed = _agency(permit), self._clock.now(), token_hex(16)
        until = now - _SETTLED
        async with self._database.read() as session:
            earlier_draws = await rows.samples(session, agency)
        since = earlier_draws[0].until if earlier_draws else datetime.fromtimestamp(0, tz=now.tzinfo)
        lines = await rows.lines(self._database, agency, since, until)
        sample = LogSample(
            id=new_id(),
            agency=agency,
            since=since if earlier_draws or not lines else lines[0].at,
            until=until,
            seed=seed,
            population=len(lines),
            random=(await self.plan(permit)).random,
            drawn_at=now,
            drawn_by=caller.assignment or "",
            due_on=add_working_days(today(self._clock), rules().plan.reviewed_within).isoformat(),
        )
        async with self._database.write() as session:
            # One draw at a time: the next waits here, and then sees this one.
            await self._ledger.bump(session, [f"log:{agency}"])
            if made := await earlier(session, once):
                return made
            await self._keep(session, sample, lines)
            remember(session, once, sample.id)
            detail = {"sample": sample.id, "seed": seed, "population": len(lines)}
            await self._ledger.record_change(session, self._told(permit, caller, "draw_log_sample", detail))
        return sample.id

    async def sample(self, permit: Permit[ReadLog], sample: str) -> Sample:
        """Return one draw. Raises NotFound for another agency's."""
        async with self._database.read() as session:
            row = await _own(session, permit, sample)
            return sample_of(row, await rows.entries(session, sample))

    async def entries(self, permit: Permit[ReadLog], sample: str) -> Sequence[SampledEntry]:
        """Return the entries of one draw, in their order. Raises NotFound for another agency's."""
        async with self._database.read() as session:
            row = await _own(session, permit, sample)
            found = await rows.entries(session, sample)
        told = await self._ledger.entries([EntryId(each.entry_id) for each in found])
        scopes = {scope_of(row.agency, told.get(EntryId(each.entry_id))) for each in found if each.note}
        keys = await self._vault.existing(scopes)
        return [entry_of(row.agency, each, told.get(EntryId(each.entry_id)), keys) for each in found]

    async def reproduces(self, permit: Permit[ReadLog], sample: str) -> bool:
        """Tell whether the lots can be drawn again from the log, with the seed that was kept, and give the same."""
        async with self._database.read() as session:
            row = await _own(session, permit, sample)
            kept = {each.entry_id for each in await rows.entries(session, sample) if RANDOM in each.reasons.split(",")}
        lines = await rows.lines(self._database, row.agency, row.since, row.until)
        return len(lines) == row.population and {line.id for line in by_lot(lines, row.random, row.seed)} == kept

    async def review(
        self, permit: Permit[ReadLog], caller: Caller, sample: str, entry: EntryId, verdict: Verdict, note: str
    ) -> None:
        """Write down what was found of one entry.

        Raises Invalid (a note is owed for all but what is in order), NotFound, Conflict (signed already, or the
        reviewer's own doing).
        """
        note = _note(verdict, note)
        found = await self._ledger.entry(entry)
        await self._refuse_own(caller, found)
        scope = scope_of(_agency(permit), found)
        sealed = (await self._vault.keys([scope])).seal(scope, place_of(sample, entry), note.encode()) if note else None
        async with self._database.write() as session:
            row = await _open(session, permit, sample)
            mine = await session.get(LogSampleEntry, (sample, entry))
            if mine is None:
                raise NotFound
            mine.verdict, mine.note = verdict, sealed
            mine.reviewed_at, mine.reviewed_by = self._clock.now(), caller.assignment
            row.version += 1
            detail = {"sample": sample, "entry": entry, "verdict": verdict.value}
            await self._ledger.record_change(session, self._told(permit, caller, "review_log_entry", detail))

    async def sign(self, permit: Permit[ReadLog], caller: Caller, sample: str, version: int) -> None:
        """Sign that all that was drawn is reviewed; nothing of it can be changed afterwards.

        Raises NotFound, Conflict (something is left, or it is signed), PreconditionFailed.
        """
        async with self._database.write() as session:
            row = await _open(session, permit, sample)
            left = sum(each.verdict is None for each in await rows.entries(session, sample))
            if left:
                raise Conflict(f"{left} av raderna är inte granskade än. Granska dem och skriv sedan under.")
            if row.version != version:
                raise PreconditionFailed
            row.signed_at, row.signed_by = self._clock.now(), caller.assignment
            row.version += 1
            await self._ledger.record_change(session, self._told(permit, caller, "sign_log_sample", {"sample": sample}))

    async def _keep(self, session: AsyncSession, sample: LogSample, lines: Sequence[Line]) -> None:
        """Keep the draw. Raises Conflict when the period is drawn already, by oneself or somebody meanwhile."""
        newest = await rows.samples(session, sample.agency)
        if newest and (newest[0].until > sample.since or newest[0].until >= sample.until):
            raise Conflict("Allt som har hänt är redan draget. Se urvalen, och dra nästa när det har hänt något mer.")
        session.add(sample)
        await session.flush()
        drawn = draw(lines, sample.random, sample.seed, rules())
        for position, line in enumerate(line for line in lines if line.id in drawn):
            session.add(
                LogSampleEntry(
                    sample_id=sample.id, entry_id=line.id, position=position, reasons=",".join(drawn[line.id])
                )
            )

    async def _refuse_own(self, caller: Caller, entry: LogEntry | None) -> None:
        """Nobody reviews what they have done themselves, in whatever assignment."""
        if entry is None:
            return
        ref = (entry.caller_ref or "").removeprefix("assignment:")
        posts = await self._directory.posts([ref, caller.assignment or ""])
        staff = {posts[each].staff for each in posts}
        if ref == caller.assignment or (len(posts) == 2 and len(staff) == 1):  # noqa: PLR2004  both of them
            raise Conflict("Det här har du gjort själv. Någon annan loggranskare måste granska raden.")

    def _told(self, permit: Permit[ReadLog], caller: Caller, act: str, detail: Mapping[str, object]) -> Entry:
        return change_entry(
            caller, "cases", act, self._clock.now(), answerable=_agency(permit), permit=permit.entry, detail=detail
        )


async def _own(session: AsyncSession, permit: Permit[ReadLog], sample: str) -> LogSample:
    row = await session.get(LogSample, sample)
    if row is None or row.agency != _agency(permit):
        raise NotFound
    return row


async def _open(session: AsyncSession, permit: Permit[ReadLog], sample: str) -> LogSample:
    row = await _own(session, permit, sample)
    if row.signed_at is not None:
        raise Conflict("Urvalet är underskrivet och kan inte ändras.")
    return row


def _agency(permit: Permit[ReadLog]) -> AgencyId:
    """Return whose log it is. Raises NotFound for a permit that is for an individual's."""
    if permit.question.entries_of != "agency":
        raise NotFound
    return AgencyId(permit.question.agency)


def _note(verdict: Verdict, note: str) -> str:
    note = note.strip()
    if len(note) > LONGEST_NOTE:
        raise Invalid(fields=(FieldError("note", f"Texten är {len(note) - LONGEST_NOTE} tecken för lång. Korta den."),))
    if not note and verdict is not Verdict.IN_ORDER:
        raise Invalid(fields=(FieldError("note", "Skriv varför, så att den som tar över förstår."),))
    return note
