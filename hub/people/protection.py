"""Raising, confirming and lowering protection (HUB-04; readings R5, R8, R11; law.md 3 and 6.3).

Raising never waits for the engine: it works from any party that knows the individual, from the individual and from a
machine, and holds from the acknowledgement, since it moves the individual's epoch. What a machine says is provisional:
the named handlers of the raising and the leading agency keep access for 24 hours, everybody else stops at once.
Fingerade personuppgifter are never raised here: they have no mark.
"""

from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final, Literal

from sqlmodel import col, delete
from sqlmodel.ext.asyncio.session import AsyncSession

from hub.access import About, Caller, Gathered, Permit
from hub.access.questions import ActInCase, SeePerson
from hub.agencies import AgencyId, AssignmentId, Role
from hub.audit import Entry, EntryKind, Ledger, Outcome
from hub.kit.clock import Clock
from hub.kit.database import Database
from hub.kit.errors import Conflict, NotFound
from hub.kit.outbox import emit
from hub.kit.vault import Vault
from hub.people import questions, repository
from hub.people.changes import change
from hub.people.model import (
    NEVER,
    PROVISIONAL,
    Individual,
    IndividualId,
    KeptAccess,
    Lane,
    NamedHandlerOf,
    Notice,
    NoticeKind,
    PersonId,
    Protection,
    ProtectionReason,
    ProtectionSource,
    Reference,
)
from hub.people.notices import notice
from hub.people.protection_reasons import WhyProtection, given_reason, opened_reasons
from hub.people.service import People
from hub.people.strength import STRENGTH, raise_row

RAISED: Final = "protection_raised"
LOWERED: Final = "protection_lowered"
#: Takes away, in the transaction that raises a protection, copies and links that a capability above keeps.
Scrubber = Callable[[AsyncSession, Collection[IndividualId]], Awaitable[None]]
#: Tells the named handlers of the agencies that lead a case on the individual.
LeadingHandlers = Callable[[AsyncSession, Collection[IndividualId]], Awaitable[Collection[AssignmentId]]]


async def nobody_leads(_session: AsyncSession, _individuals: Collection[IndividualId]) -> Collection[AssignmentId]:
    """The leading handlers of a hub without cases."""
    return ()


class Protecting:
    """What is done about an individual's protection."""

    def __init__(
        self,
        database: Database,
        vault: Vault,
        ledger: Ledger,
        clock: Clock,
        people: People,
        *,
        scrubbers: Sequence[Scrubber] = (),
        leading: LeadingHandlers = nobody_leads,
    ) -> None:
        self._database, self._vault, self._ledger, self._clock = database, vault, ledger, clock
        self._people = people
        self._scrubbers, self._leading = scrubbers, leading

    async def raise_by_official(self, caller: Caller, person: PersonId, kind: Protection) -> None:
        """Raise the protection of one whom the caller's agency knows and who is open to the caller.

        Raises NotFound, the same for one who is absent, another agency's or protected from the caller, and Conflict
        when the protection is stronger already.
        """
        individual = await self._people.open_to(caller, person)
        entry = change(
            caller,
            "raise_protection",
            individual,
            caller.agency or "",
            permit="",
            at=self._clock.now(),
            detail={"kind": kind},
        )
        await self._raise(individual, kind, ProtectionSource.OFFICIAL, AgencyId(caller.agency or ""), entry)

    async def raise_by_individual(self, caller: Caller, individual: IndividualId, kind: Protection) -> None:
        """Raise one's own protection. `individual` is what `Representing.individual_of` says of the caller."""
        entry = change(
            caller, "raise_protection", individual, "hub", permit="", at=self._clock.now(), detail={"kind": kind}
        )
        await self._raise(individual, kind, ProtectionSource.INDIVIDUAL, AgencyId(""), entry)

    async def raise_by_machine(self, agency: AgencyId, individual: IndividualId, kind: Protection) -> None:
        """Take over what `agency`'s system says. Does nothing when the protection is as strong already."""
        entry = Entry(
            at=self._clock.now(),
            kind=EntryKind.CHANGE,
            question="people",
            act="raise_protection",
            outcome=Outcome.DONE,
            caller_kind="system",
            caller_ref=f"agency:{agency}",
            agency=agency,
            individual=individual,
            detail={"kind": kind},
        )
        try:
            await self._raise(individual, kind, ProtectionSource.MACHINE, agency, entry)
        except Conflict:
            return

    async def may_decide(
        self,
        caller: Caller,
        person: PersonId,
        act: Literal["confirm_protection", "lower_protection"],
        reason: str,
    ) -> Gathered[ActInCase]:
        """Put together: may the caller confirm or lower the protection of their agency's `person`."""
        seen, now = await self._people.seen(caller, person), self._clock.now()
        question = questions.beside_a_case(caller, seen, act, reason_given=bool(reason.strip()), now=now)
        about = About(act, caller.agency or "", seen.person.individual)
        ends = [seen.assignment.not_after(now) if seen.assignment else None, seen.person.not_after(now)]
        return Gathered(question, seen.stands(caller.ref), about, min((end for end in ends if end), default=None))

    async def confirm(self, permit: Permit[ActInCase], caller: Caller, reason: str = "") -> None:
        """Confirm what a machine has raised: from now on only those who are cleared have access.

        Why is kept where it is told. Raises Invalid for what is too long.
        """
        given = await given_reason(self._vault, permit, caller, reason, self._clock.now()) if reason.strip() else None
        async with self._database.write() as session:
            rows = await self._moved(session, permit.about.individual or "")
            for row in rows:
                row.provisional_until, row.protection_source = NEVER, ProtectionSource.OFFICIAL
                row.confirmed_by = caller.ref
            await self._forget_kept(session, rows)
            await self._decided(session, permit, caller, {}, given)

    async def lower(self, permit: Permit[ActInCase], caller: Caller, kind: Protection, reason: str) -> None:
        """Lower the protection, by decision of the named official who holds the permit, and keep their reason.

        Raises Invalid without a reason, and Conflict.
        """
        given = await given_reason(self._vault, permit, caller, reason, self._clock.now())
        async with self._database.write() as session:
            rows = await self._moved(session, permit.about.individual or "")
            if STRENGTH[kind] >= max(STRENGTH[row.protection] for row in rows):
                raise Conflict("Skyddet är inte starkare än så. Välj en lägre nivå.")
            for row in rows:
                row.protection, row.protection_source = kind, ProtectionSource.OFFICIAL
                row.provisional_until, row.confirmed_by = NEVER, caller.ref
            await self._forget_kept(session, rows)
            await self._tell(session, rows, NoticeKind.PROTECTION_LOWERED)
            emit(session, LOWERED, {"individual": rows[0].id, "kind": kind.value}, self._clock.now())
            await self._decided(session, permit, caller, {"kind": kind}, given)

    async def reasons(self, permit: Permit[SeePerson]) -> Sequence[WhyProtection]:
        """Return why officials of the caller's agency have changed the protection, the newest first."""
        individual, agency = permit.about.individual or "", permit.about.answerable
        async with self._database.read() as session:
            rows = await repository.protection_reasons(session, agency, individual)
        return await opened_reasons(self._vault, rows)

    async def on_registered(self, fact: Mapping[str, str]) -> None:
        """Tell an agency's managers that uncleared staff have registered one who is protected and whom it knows.

        To be subscribed to `person_registered`. An agency that doesn't know them itself is told nothing.
        """
        if fact["lane"] != Lane.INTAKE:
            return
        now = self._clock.now()
        async with self._database.write() as session:
            intake = await session.get_one(Reference, fact["reference"])
            known = await repository.reference_for(session, intake.agency, intake.lookup_hash, Lane.ORDINARY)
            if known is None:
                return
            for manager in await repository.assignments_with_role(session, intake.agency, Role.CHEF, now):
                session.add(notice(known, manager, NoticeKind.INTAKE, now))

    async def tell_number_changed(self, individual: IndividualId, agency: AgencyId) -> None:
        """Tell the handler of `agency` that another agency knows the individual by another number now.

        The number is not told, kept or followed: a human checks it first.
        """
        async with self._database.write() as session:
            for reference in await repository.references_of(session, [individual]):
                if reference.agency == agency:
                    session.add(notice(reference, reference.handler, NoticeKind.NUMBER_CHANGED, self._clock.now()))

    async def notices_for(self, assignment: AssignmentId) -> Sequence[Notice]:
        """Return what somebody has been told and hasn't marked as read, the newest first; words in `notices.texts`."""
        async with self._database.read() as session:
            return await repository.notices_for(session, assignment, self._clock.now())

    async def mark_read(self, assignment: AssignmentId, identity: str) -> None:
        """Mark a notice as read. Raises NotFound for somebody else's."""
        async with self._database.write() as session:
            found = await session.get(Notice, identity)
            if found is None or found.assignment != assignment:
                raise NotFound
            found.read_at = self._clock.now()

    async def _raise(
        self,
        individual: IndividualId,
        kind: Protection,
        source: ProtectionSource,
        agency: AgencyId,
        entry: Entry,
    ) -> None:
        now = self._clock.now()
        async with self._database.write() as session:
            rows = await self._moved(session, individual)
            if STRENGTH[kind] <= min(STRENGTH[row.protection] for row in rows):
                raise Conflict("Personen har redan minst det skyddet. Du behöver inte göra något mer.")
            machine = source is ProtectionSource.MACHINE
            for row in rows:
                raise_row(row, kind, source, agency=agency, by=entry.caller_ref or "", now=now)
            if machine:
                await self._keep(session, rows, agency, now)
            for scrub in self._scrubbers:
                await scrub(session, [IndividualId(row.id) for row in rows])
            await self._tell(
                session, rows, NoticeKind.PROTECTION_PROVISIONAL if machine else NoticeKind.PROTECTION_RAISED
            )
            for row in rows:
                emit(session, RAISED, {"individual": row.id, "kind": kind.value, "agency": agency}, now)
            await self._ledger.record_change(session, entry)

    async def _moved(self, session: AsyncSession, individual: str) -> list[Individual]:
        """Move the epochs of the individual and of every agency's intake of the same number, and return them."""
        await self._ledger.bump(session, [f"individual:{individual}"])
        row = await session.get(Individual, individual)
        if row is None:
            raise NotFound
        rows = await repository.of_number(session, row.lookup_hash)
        others = [f"individual:{each.id}" for each in rows if each.id != individual]
        if others:
            await self._ledger.bump(session, others)
        return rows

    async def _keep(self, session: AsyncSession, rows: Iterable[Individual], agency: AgencyId, now: datetime) -> None:
        individuals = [IndividualId(row.id) for row in rows]
        await self._forget_kept(session, rows)
        references = await repository.references_of(session, individuals)
        # The raising agency's managers keep access too: it is they who confirm, lower or name (reading R11).
        deciding = await repository.assignments_with_role(session, agency, Role.CHEF, now)
        handlers = [each.handler for each in references if each.agency == agency]
        raising = dict.fromkeys([*handlers, *deciding], NamedHandlerOf.RAISING_AGENCY)
        leading = dict.fromkeys(await self._leading(session, individuals), NamedHandlerOf.LEADING_AGENCY)
        for individual in individuals:
            for assignment, why in {**leading, **raising}.items():
                kept = KeptAccess(
                    individual=individual, assignment=assignment, named_handler_of=why, valid_until=now + PROVISIONAL
                )
                session.add(kept)

    async def _forget_kept(self, session: AsyncSession, rows: Iterable[Individual]) -> None:
        await session.exec(delete(KeptAccess).where(col(KeptAccess.individual).in_([row.id for row in rows])))

    async def _tell(self, session: AsyncSession, rows: Iterable[Individual], kind: NoticeKind) -> None:
        """Tell the managers of every agency that knows the individual: they name who may go on."""
        now = self._clock.now()
        for reference in await repository.references_of(session, [row.id for row in rows]):
            for manager in await repository.assignments_with_role(session, reference.agency, Role.CHEF, now):
                session.add(notice(reference, manager, kind, now))

    async def _decided(
        self,
        session: AsyncSession,
        permit: Permit[ActInCase],
        caller: Caller,
        detail: dict[str, object],
        reason: ProtectionReason | None,
    ) -> None:
        if reason is not None:
            session.add(reason)
        individual, act, now = permit.about.individual or "", permit.question.act, self._clock.now()
        entry = change(caller, act, individual, caller.agency or "", permit=permit.entry, at=now, detail=detail)
        await self._ledger.record_change(session, entry)
