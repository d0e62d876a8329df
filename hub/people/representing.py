"""Who an individual is when they sign in, and for whom they may act (readings R6, R7).

The number of one who signs in becomes a digest at once and is kept nowhere. A representative acts within the scope and
the time of the appointment. A guardian's right ends when the child comes of age, and a protected child is hidden from
guardians altogether: whoever the protection is against may be one of them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import msgspec
from sqlmodel.ext.asyncio.session import AsyncSession

from hub.access import Caller, Permit
from hub.access.questions import SeePerson
from hub.agencies import OPEN_END, AgencyId, Period
from hub.audit import Ledger
from hub.kit.clock import Clock, today
from hub.kit.database import Database
from hub.kit.errors import FieldError, Invalid, NotFound
from hub.kit.idempotency import Once, earlier, remember
from hub.kit.ids import new_id
from hub.kit.vault import Erased, Keys, Place, Vault
from hub.people import repository
from hub.people.ages import Disposal, disposal
from hub.people.changes import change
from hub.people.contact import scope_of, seal, unseal
from hub.people.facts import Mandate
from hub.people.model import (
    Individual,
    IndividualId,
    Lane,
    Protection,
    Representative,
    RepresentativeId,
    RepresentativeKind,
    Risk,
    Scope,
)
from hub.people.number import PersonalNumber
from hub.people.service import People

_LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class Appointment:
    """An appointment to be recorded: who may act, by what right, for what and how long."""

    number: PersonalNumber
    name: str
    kind: RepresentativeKind
    scope: frozenset[Scope]
    document: str
    valid_from: datetime
    valid_until: datetime = OPEN_END
    risk: Risk = Risk.NONE
    agreed: bool = True

    def faults(self) -> Iterable[FieldError]:
        """Return what has to be put right."""
        if not 0 < len(self.name.strip()) <= _LONGEST:
            yield FieldError("name", f"Skriv namnet, med högst {_LONGEST} tecken.")
        if not 0 < len(self.document.strip()) <= _LONGEST:
            yield FieldError(
                "document", "Skriv vilket beslut eller vilken fullmakt det gäller, till exempel rättens målnummer."
            )
        if not self.scope:
            yield FieldError("scope", "Välj vad uppdraget gäller.")
        if self.valid_until <= self.valid_from:
            yield FieldError("validUntil", "Slutet ligger före början. Skriv ett senare slutdatum.")


class Sealed(msgspec.Struct, frozen=True):
    """What of a representative is sealed."""

    name: str
    document: str


@dataclass(frozen=True, slots=True)
class Myself:
    """Whom one who signs in at the individual's door is.

    `individual` is None for one whom nobody has registered. `others` are the same person as uncleared staff have typed
    them in (decision 0003): what they hold belongs to the individual too. `mandates`: for whom they may act.
    """

    individual: IndividualId | None
    others: tuple[IndividualId, ...]
    mandates: tuple[Mandate, ...]


class Representing:
    """Representatives, and the individual's own door."""

    def __init__(self, database: Database, vault: Vault, ledger: Ledger, clock: Clock, people: People) -> None:
        self._database, self._vault, self._ledger, self._clock = database, vault, ledger, clock
        self._people = people

    async def individual_of(self, caller: Caller) -> Myself:
        """Return whom the individual who signed in is, and for whom they may act right now. Raises NotFound for others.

        One whom no agency has registered, but who acts for somebody, has no pages of their own.
        """
        if caller.individual_digest is None:
            raise NotFound
        now = self._clock.now()
        async with self._database.read() as session:
            rows = await repository.of_number(session, caller.individual_digest)
            represented = await repository.represented_by(session, [row.id for row in rows], now)
            registered = await repository.registered(session, [row.id for row in rows])
        own = [IndividualId(row.id) for row in rows if row.lane == Lane.ORDINARY and row.id in registered]
        return Myself(
            individual=own[0] if own else None,
            others=tuple(IndividualId(row.id) for row in rows if row.lane != Lane.ORDINARY),
            mandates=tuple(_mandate(row) for row, individual in represented if self._shown(row, individual)),
        )

    async def representatives_of(self, individual: IndividualId, agency: AgencyId | None = None) -> Sequence[Mandate]:
        """Return who is or has been recorded as representative; `agency` narrows to what that agency has recorded."""
        async with self._database.read() as session:
            rows = await repository.representatives_of(session, individual)
        rows = [row for row in rows if agency in (None, row.agency)]
        keys = await self._vault.existing([scope_of(row.individual, row.agency) for row in rows])
        return [_opened(row, keys) for row in rows]

    async def add(
        self, permit: Permit[SeePerson], caller: Caller, appointment: Appointment, *, once: Once | None = None
    ) -> RepresentativeId:
        """Record an appointment for the individual that the permit is for. Raises Invalid, NotFound."""
        if faults := tuple(appointment.faults()):
            raise Invalid(fields=faults)
        individual, agency = permit.about.individual or "", permit.about.answerable
        async with self._database.write() as session:
            await self._ledger.bump(session, [f"individual:{individual}"])
            if (known := await earlier(session, once)) is not None:
                return RepresentativeId(known)
            self._refuse_guardian_of_adult(await session.get(Individual, individual), appointment)
            row = await self._row(session, individual, agency, caller, appointment)
            session.add(row)
            remember(session, once, row.id)
            detail = {"representative": row.id, "kind": row.kind, "scope": row.scope}
            entry = change(
                caller,
                "add_representative",
                individual,
                agency,
                permit=permit.entry,
                at=self._clock.now(),
                detail=detail,
            )
            await self._ledger.record_change(session, entry)
            return RepresentativeId(row.id)

    async def end(self, permit: Permit[SeePerson], caller: Caller, representative: RepresentativeId) -> None:
        """End, as the agency that recorded it, an appointment of the individual that the permit is for. Raises NotFound."""
        await self._end(caller, permit.about.individual or "", representative, permit.about.answerable, permit.entry)

    async def revoke(self, caller: Caller, representative: RepresentativeId) -> None:
        """Revoke, as the individual, a fullmakt of one's own: at once and without the engine. Raises NotFound."""
        me = await self.individual_of(caller)
        if me.individual is None:
            raise NotFound
        async with self._database.read() as session:
            row = await session.get(Representative, representative)
        if row is None or row.kind is not RepresentativeKind.FULLMAKT:
            raise NotFound
        await self._end(caller, me.individual, representative, row.agency, "")

    async def _end(
        self, caller: Caller, individual: str, representative: RepresentativeId, agency: str, permit: str
    ) -> None:
        now = self._clock.now()
        async with self._database.write() as session:
            await self._ledger.bump(session, [f"individual:{individual}"])
            row = await session.get(Representative, representative)
            if row is None or (row.individual, row.agency) != (individual, agency):
                raise NotFound
            row.valid_until = max(row.valid_from, min(row.valid_until, now))
            detail = {"representative": row.id}
            entry = change(caller, "end_representative", individual, agency, permit=permit, at=now, detail=detail)
            await self._ledger.record_change(session, entry)

    async def _row(
        self, session: AsyncSession, individual: str, agency: str, caller: Caller, appointment: Appointment
    ) -> Representative:
        candidate = Individual(
            id=new_id(), lookup_hash=self._people.digest_of(appointment.number), lane=Lane.ORDINARY.value
        )
        acts = await repository.upsert_individual(session, candidate)
        if acts == individual:
            raise Invalid(fields=(FieldError("number", "Ingen företräder sig själv. Skriv företrädarens nummer."),))
        identity, scope = new_id(), scope_of(individual, agency)
        keys = await self._vault.keys([scope])
        sealed = Sealed(appointment.name.strip(), appointment.document.strip())
        return Representative(
            id=identity,
            individual=individual,
            acts=acts,
            agency=agency,
            kind=appointment.kind,
            scope=",".join(sorted(appointment.scope)),
            risk=appointment.risk,
            agreed=appointment.agreed,
            content=seal(keys, scope, _place(identity), sealed),
            recorded_by=caller.assignment or caller.ref,
            valid_from=appointment.valid_from,
            valid_until=appointment.valid_until,
        )

    def _refuse_guardian_of_adult(self, individual: Individual | None, appointment: Appointment) -> None:
        if individual is None:
            raise NotFound
        adult = disposal(individual.minor_born, today(self._clock)) is Disposal.ALONE
        if appointment.kind is RepresentativeKind.GUARDIAN and adult:
            raise Invalid(fields=(FieldError("kind", "En vuxen har ingen vårdnadshavare. Välj ett annat slag."),))

    def _shown(self, row: Representative, individual: Individual) -> bool:
        if row.kind is not RepresentativeKind.GUARDIAN:
            return True
        minor = disposal(individual.minor_born, today(self._clock)) is not Disposal.ALONE
        return minor and individual.protection is Protection.NONE and row.risk is Risk.NONE


def _place(identity: str) -> Place:
    return Place("representative", "content", identity)


def _mandate(row: Representative, sealed: Sealed | None = None) -> Mandate:
    return Mandate(
        id=RepresentativeId(row.id),
        individual=IndividualId(row.individual),
        acts=IndividualId(row.acts),
        kind=row.kind,
        scope=tuple(Scope(each) for each in row.scope.split(",")),
        period=Period(row.valid_from, row.valid_until),
        risk=row.risk,
        agreed=row.agreed,
        name=sealed.name if sealed else "",
        document=sealed.document if sealed else "",
    )


def _opened(row: Representative, keys: Keys) -> Mandate:
    try:
        return _mandate(row, unseal(keys, scope_of(row.individual, row.agency), _place(row.id), row.content, Sealed))
    except Erased:
        return _mandate(row)
