"""Erasure (gallring): the key of an individual × agency × class is destroyed when the agency's own schedule says so.

A schedule is a decision of the agency with a diarienummer; without one nothing is erased. Time counts from the last
note. A hold stops it. Afterwards what lay under the key reads as erased, at the latest everywhere when the last backup
of the keys is gone (≤ 35 days), and the ledger still verifies (law.md 5.4; HUB-09).
"""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlmodel.ext.asyncio.session import AsyncSession

from hub.agencies import OPEN_END, AgencyId, Directory, Mandate, RetentionClass
from hub.audit import Entry, EntryKind, Ledger, Outcome
from hub.kit.clock import STOCKHOLM, Clock
from hub.kit.database import Database
from hub.kit.errors import Conflict, NotFound
from hub.kit.idempotency import Once, earlier, remember
from hub.kit.ids import new_id
from hub.kit.vault import Vault
from hub.people import repository
from hub.people.contact import scope_of
from hub.people.model import Hold, IndividualId, PersonId, Reference

_ERASED_AT: Final = {
    RetentionClass.CONTENT: "content_erased_at",
    RetentionClass.EVIDENCE: "evidence_erased_at",
}


#: Tells on whom an agency has open cases: their data isn't erased, however old the last note.
Busy = Callable[[AsyncSession, AgencyId], Awaitable[Collection[IndividualId]]]


async def in_no_case(_session: AsyncSession, _agency: AgencyId) -> Collection[IndividualId]:
    """The open cases of a hub without cases."""
    return ()


@dataclass(frozen=True, slots=True)
class Due:
    """Something whose time is out."""

    individual: IndividualId
    kind: RetentionClass


class Erasure:
    """Erases one agency's data on an individual, by its schedule."""

    def __init__(
        self,
        database: Database,
        vault: Vault,
        ledger: Ledger,
        clock: Clock,
        directory: Directory,
        *,
        busy: Busy = in_no_case,
    ) -> None:
        self._database, self._vault, self._ledger, self._clock = database, vault, ledger, clock
        self._directory, self._busy = directory, busy

    async def due(self, agency: AgencyId) -> Sequence[Due]:
        """Return what of the agency's is due: past its schedule, not on hold, not erased already."""
        found: list[Due] = []
        for kind in RetentionClass:
            if (before := await self._before(agency, kind)) is None:
                continue
            rows = await self._silent(agency, before)
            found += [Due(IndividualId(row.individual), kind) for row in rows if not _erased(row, kind)]
        return found

    async def erase(self, agency: AgencyId, individual: IndividualId, kind: RetentionClass) -> None:
        """Destroy the key of one class. Raises NotFound, and Conflict when it isn't due or is on hold.

        The key goes first: should the process die in between, the entry is written at the next round.
        """
        before, now = await self._before(agency, kind), self._clock.now()
        async with self._database.read() as session:
            reference = await repository.own_reference(session, agency, individual)
        if reference is None:
            raise NotFound
        if before is None or not await self._silent(agency, before, individual):
            raise Conflict("Gallringstiden har inte gått ut, eller så finns det ett stopp för gallring.")
        if kind is RetentionClass.EVIDENCE:
            await self._ledger.erase(individual, agency)
        else:
            await self._vault.destroy([scope_of(individual, agency)])
        async with self._database.write() as session:
            await self._ledger.bump(session, [f"individual:{individual}"])
            row = await session.get_one(Reference, reference.id)
            setattr(row, _ERASED_AT[kind], now)
            await self._ledger.record_change(session, _entry(agency, "erase", now, {"class": kind}))

    async def erase_due(self) -> int:
        """Erase all that is due, agency by agency, and return how much it was: a job for the night."""
        done = 0
        for agency in await self._directory.agencies():
            for each in await self.due(agency):
                await self.erase(agency, each.individual, each.kind)
                done += 1
        return done

    async def hold(self, mandate: Mandate, person: PersonId, diarienummer: str, *, once: Once | None = None) -> str:
        """Stop erasure of the agency's data on an individual, by a filed decision. Raises NotFound."""
        async with self._database.write() as session:
            reference = await session.get(Reference, person)
            if reference is None or reference.agency != mandate.agency:
                raise NotFound
            if (known := await earlier(session, once)) is not None:
                return known
            row = Hold(
                id=new_id(), individual=reference.individual, agency=mandate.agency, diarienummer=diarienummer.strip()
            )
            session.add(row)
            remember(session, once, row.id)
            detail = {"diarienummer": row.diarienummer, "permit": mandate.entry, "by": mandate.assignment}
            await self._ledger.record_change(session, _entry(mandate.agency, "hold", self._clock.now(), detail))
            return row.id

    async def lift(self, mandate: Mandate, hold: str) -> None:
        """Lift a hold. Raises NotFound."""
        now = self._clock.now()
        async with self._database.write() as session:
            row = await session.get(Hold, hold)
            if row is None or row.agency != mandate.agency:
                raise NotFound
            row.valid_until = min(row.valid_until, now)
            detail = {"diarienummer": row.diarienummer, "permit": mandate.entry, "by": mandate.assignment}
            await self._ledger.record_change(session, _entry(mandate.agency, "lift_hold", now, detail))

    async def _silent(self, agency: AgencyId, before: datetime, individual: str = "") -> Sequence[Reference]:
        """Return what is silent since `before`, not on hold and not in an open case of the agency's."""
        async with self._database.read() as session:
            rows = await repository.silent_since(session, agency, before, self._clock.now(), individual)
            busy = await self._busy(session, agency)
        return [row for row in rows if row.individual not in busy]

    async def _before(self, agency: AgencyId, kind: RetentionClass) -> datetime | None:
        """Return the instant before which the last note must lie, or None when the agency has no schedule."""
        schedule = await self._directory.retention(agency, kind)
        if schedule is None:
            return None
        today = self._clock.now().astimezone(STOCKHOLM)
        try:
            return today.replace(year=today.year - schedule.years)
        except ValueError:
            return today.replace(year=today.year - schedule.years, day=28)


def _erased(row: Reference, kind: RetentionClass) -> bool:
    return getattr(row, _ERASED_AT[kind]) < OPEN_END


def _entry(agency: AgencyId, act: str, at: datetime, detail: Mapping[str, object]) -> Entry:
    """Return an entry that names no individual: what is erased isn't written down again."""
    return Entry(
        at=at,
        kind=EntryKind.CHANGE,
        question="people",
        act=act,
        outcome=Outcome.DONE,
        caller_kind="system",
        agency=agency,
        detail=detail,
    )
