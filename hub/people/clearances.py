"""Named clearance: who at an agency may read about one protected individual, why and until when (HUB-04, reading R11).

Given by an official with the right role (question `clear_protected`), to one named assignment of the same agency.
Nobody clears themselves; a clearance ends by itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from hub.access import About, Caller, Gathered, Permit
from hub.access.questions import ClearProtected, SeePerson
from hub.agencies import OPEN_END, AssignmentId, OwnGain, Role
from hub.audit import Ledger, Stand
from hub.kit.clock import Clock, epoch_s
from hub.kit.database import Database
from hub.kit.errors import FieldError, Invalid, NotFound
from hub.kit.idempotency import Once, earlier, remember
from hub.kit.ids import new_id
from hub.kit.vault import Erased, Keys, Place, Vault
from hub.people import questions, repository
from hub.people.changes import change
from hub.people.contact import scope_of, seal, unseal
from hub.people.model import Clearance, ClearanceId, NoticeKind, PersonId, Reference
from hub.people.notices import notice
from hub.people.protection_reasons import reason_faults
from hub.people.service import People


@dataclass(frozen=True, slots=True)
class Wish:
    """The clearance that is asked for."""

    person: PersonId
    to: AssignmentId
    reason: str
    valid_until: datetime

    def checked(self, now: datetime) -> "Wish":
        """Return it cleaned. Raises Invalid."""
        faults = [*reason_faults(self.reason)]
        if not now < self.valid_until < OPEN_END:
            faults.append(FieldError("validUntil", "Skriv ett slutdatum som ligger efter i dag."))
        if faults:
            raise Invalid(fields=tuple(faults))
        return Wish(self.person, self.to, self.reason.strip(), self.valid_until)


@dataclass(frozen=True, slots=True)
class Cleared:
    """A clearance as its agency's manager sees it. `reason` is empty once it is erased."""

    id: ClearanceId
    assignment: AssignmentId
    given_by: str
    reason: str
    valid_from: datetime
    valid_until: datetime


class Clearances:
    """Giving, ending and listing clearances."""

    def __init__(self, database: Database, vault: Vault, ledger: Ledger, clock: Clock, people: People) -> None:
        self._database, self._vault, self._ledger, self._clock = database, vault, ledger, clock
        self._people = people

    async def may_clear(self, caller: Caller, wish: Wish) -> Gathered[ClearProtected]:
        """Put together: may the caller give this clearance. Raises Invalid."""
        now = self._clock.now()
        wish = wish.checked(now)
        asker, decoy = self._people.asking(caller, wish.person)
        seen, grantee = await repository.for_clearance(self._database, asker, wish.person, decoy, to=wish.to, now=now)
        to = grantee.assignment
        question = ClearProtected(
            now=epoch_s(now),
            caller=questions.caller_facts(caller, seen.agency, seen.assignment, seen.person, now=now),
            person=questions.person_facts(seen.person, known=seen.known),
            grantee_agency=to.agency if to and to.active(now) else "",
            grantee_roles=[role.value for role in to.roles] if to else [],
            grantee_named=to is not None,
            grantee_is_caller=grantee.is_caller,
            grantee_relation=grantee.relation.value,
            one_individual=True,
            reason_given=True,
            valid_from=epoch_s(now),
            valid_until=epoch_s(wish.valid_until),
            none_cleared=seen.known and grantee.none_cleared,
        )
        stands = [Stand(caller.ref, seen.epoch), Stand(seen.person.subject, seen.person.epoch)]
        if to:
            stands.append(Stand(to.subject, to.epoch))
        ends = [facts.period.valid_until for facts in (seen.assignment, to) if facts]
        about = About("give_clearance", asker.agency, seen.person.individual)
        return Gathered(question, tuple(stands), about, min(ends, default=None))

    async def give(
        self, permit: Permit[ClearProtected], caller: Caller, wish: Wish, *, once: Once | None = None
    ) -> ClearanceId:
        """Give the clearance that the permit is for. Raises Invalid, NotFound, OwnGain."""
        now, individual, agency = self._clock.now(), permit.about.individual or "", permit.about.answerable
        wish = wish.checked(now)
        if permit.question.grantee_is_caller or wish.to == caller.assignment:
            raise OwnGain
        async with self._database.write() as session:
            await self._ledger.bump(session, [f"individual:{individual}", f"assignment:{wish.to}"])
            if (known := await earlier(session, once)) is not None:
                return ClearanceId(known)
            reference = await repository.own_reference(session, agency, individual)
            if reference is None or reference.id != wish.person:
                raise NotFound
            identity = new_id()
            keys = await self._vault.keys([scope_of(individual, agency)])
            row = Clearance(
                id=identity,
                individual=individual,
                agency=agency,
                assignment=wish.to,
                given_by=caller.assignment or caller.ref,
                reason=seal(keys, scope_of(individual, agency), _place(identity), wish.reason),
                valid_from=now,
                valid_until=wish.valid_until,
            )
            session.add(row)
            session.add(notice(reference, wish.to, NoticeKind.CLEARANCE_GIVEN, now))
            remember(session, once, identity)
            detail = {"assignment": wish.to, "until": wish.valid_until.isoformat()}
            entry = change(caller, "give_clearance", individual, agency, permit=permit.entry, at=now, detail=detail)
            await self._ledger.record_change(session, entry)
            return ClearanceId(identity)

    async def end(self, caller: Caller, person: PersonId, clearance: ClearanceId) -> None:
        """End a clearance now: one's own, or as manager any at one's agency. Narrowing never waits for the engine.

        Raises NotFound, for another agency's clearance as for an absent one.
        """
        now = self._clock.now()
        async with self._database.read() as session:
            reference = await session.get(Reference, person)
            known = await session.get(Clearance, clearance)
            if reference is None or known is None or reference.individual != known.individual:
                raise NotFound
            mine = known.assignment == caller.assignment
            managers = await repository.assignments_with_role(session, caller.agency or "", Role.CHEF, now)
        manages = known.agency == caller.agency and caller.assignment in managers
        if reference.agency != caller.agency or not (mine or manages):
            raise NotFound
        async with self._database.write() as session:
            await self._ledger.bump(session, [f"individual:{known.individual}", f"assignment:{known.assignment}"])
            row = await session.get_one(Clearance, clearance)
            row.valid_until = min(row.valid_until, now)
            detail = {"assignment": row.assignment}
            entry = change(caller, "end_clearance", row.individual, row.agency, permit="", at=now, detail=detail)
            await self._ledger.record_change(session, entry)

    async def given(self, permit: Permit[SeePerson] | Permit[ClearProtected]) -> Sequence[Cleared]:
        """Return who is cleared at the agency for the individual that the permit is for."""
        individual, agency = permit.about.individual or "", permit.about.answerable
        async with self._database.read() as session:
            rows = await repository.clearances(session, agency, individual, self._clock.now())
        keys = await self._vault.existing([scope_of(individual, agency)])
        return [_cleared(row, keys) for row in rows]


def _place(identity: str) -> Place:
    return Place("clearance", "reason", identity)


def _cleared(row: Clearance, keys: Keys) -> Cleared:
    try:
        reason = unseal(keys, scope_of(row.individual, row.agency), _place(row.id), row.reason, str)
    except Erased:
        reason = ""
    return Cleared(
        id=ClearanceId(row.id),
        assignment=AssignmentId(row.assignment),
        given_by=row.given_by,
        reason=reason,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
    )
