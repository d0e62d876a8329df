"""Looking up, registering and reading individuals, and noting how to reach them.

Every act is decided first (question `see_person`); what changes something is then one transaction. Looking up one who
is absent, one whom only others know and one who is protected and not opened to the caller: the same statements, the
same refusal, the same answer (HUB-04). How registering keeps that promise is decision 0003.
"""

import asyncio
from collections.abc import Collection
from contextlib import suppress
from typing import Any, Final

from sqlmodel.ext.asyncio.session import AsyncSession

from hub.access import About, Caller, CallerKind, Gathered, Permit
from hub.access.questions import SeePerson
from hub.agencies import AgencyId
from hub.audit import Ledger, Stand
from hub.kit.clock import Clock, today
from hub.kit.database import Database
from hub.kit.errors import NotFound, PreconditionFailed
from hub.kit.idempotency import Once, earlier, remember
from hub.kit.ids import new_id
from hub.kit.outbox import emit
from hub.kit.secret import Secret
from hub.kit.vault import Erased, Vault
from hub.people import questions, repository
from hub.people.ages import Disposal, disposal
from hub.people.changes import change
from hub.people.contact import Contact, Content, open_content, scope_of, seal_content
from hub.people.decoys import Decoys
from hub.people.facts import ADULT_AGE
from hub.people.model import (
    Channel,
    DeclaredRelation,
    Individual,
    IndividualId,
    Lane,
    PersonId,
    Reference,
    Relation,
)
from hub.people.number import PersonalNumber
from hub.people.person import Person, person_of
from hub.people.questions import By
from hub.people.seen import Asker, Seen

REGISTERED: Final = "person_registered"


class People:
    """What staff and partner systems do with individuals."""

    def __init__(self, database: Database, vault: Vault, ledger: Ledger, clock: Clock) -> None:
        self._database, self._vault, self._ledger, self._clock = database, vault, ledger, clock
        self._decoys = Decoys(database, vault, ledger)

    async def prepare(self) -> None:
        """Make sure that the decoys are there. To be called at start."""
        await self._decoys.prepare()

    def digest_of(self, number: PersonalNumber) -> bytes:
        """Return the hub-wide digest of a number: what `Caller.individual_digest` of one who signs in must be."""
        return self._vault.digest("individual", number.reveal())

    async def may_look_up(self, caller: Caller, number: PersonalNumber) -> Gathered[SeePerson]:
        """Put together: may the caller see the individual with this number, by their agency's own reference."""
        agency, seen = await self._by_number(caller, number)
        return self._seeing(caller, agency, seen, "number")

    async def may_see(self, caller: Caller, person: PersonId) -> Gathered[SeePerson]:
        """Put together: may the caller see the individual behind their agency's reference `person`."""
        return self._seeing(caller, _agency_of(caller), await self.seen(caller, person), "reference")

    async def seen(self, caller: Caller, person: PersonId) -> Seen:
        """Return the facts on their agency's `person` as the caller meets them: for the gathering of a question."""
        asker, decoy = self.asking(caller, person)
        return await repository.by_id(self._database, asker, person, decoy, self._clock.now())

    async def may_register(self, caller: Caller) -> Gathered[SeePerson]:
        """Put together: may the caller see one whom their agency registers. The same whoever it is, so `number` isn't
        asked for."""
        agency, now = _agency_of(caller), self._clock.now()
        decoy = self._decoys.ids[0]
        seen = await repository.by_id(self._database, _asker(caller, agency), "", decoy, now)
        question = questions.see_person(
            questions.caller_facts(caller, seen.agency, seen.assignment, None, now=now),
            questions.UNPROTECTED,
            age=ADULT_AGE,
            by="number",
            own_reference=True,
            now=now,
        )
        ends = seen.assignment.not_after(now) if seen.assignment else None
        return Gathered(question, (Stand(caller.ref, seen.epoch),), About("register", agency), ends)

    async def register(
        self,
        permit: Permit[SeePerson],
        caller: Caller,
        number: PersonalNumber,
        contact: Contact,
        once: Once | None = None,
    ) -> PersonId:
        """Register somebody with the caller's agency and return the agency's reference; one that is there stays as it is.

        Always succeeds, with the same work and the same answer, whoever else knows them. Raises Invalid.
        """
        contact, agency = contact.checked(), _agency_of(caller)
        hub_hash = self.digest_of(number)
        lane = await self._lane(caller, agency, hub_hash)
        new = Individual(
            id=new_id(),
            lookup_hash=hub_hash,
            lane=Lane.ORDINARY.value if lane is Lane.ORDINARY else f"{lane}:{agency}",
            minor_born=number.born if disposal(number.born, today(self._clock)) is not Disposal.ALONE else None,
        )
        async with self._database.write() as session:
            if (earlier_id := await earlier(session, once)) is not None:
                return PersonId(earlier_id)
            individual = await repository.upsert_individual(session, new)
            await self._ledger.bump(session, [f"individual:{individual}"])
            reference = await self._referred(
                session, caller, individual, lane, content=Content(number.reveal(), contact)
            )
            remember(session, once, reference)
            body = {"agency": agency, "individual": individual, "reference": reference, "lane": lane.value}
            emit(session, REGISTERED, body, self._clock.now())
            entry = change(caller, "register", individual, agency, permit=permit.entry, at=self._clock.now())
            await self._ledger.record_change(session, entry)
            return reference

    async def _referred(
        self,
        session: AsyncSession,
        caller: Caller,
        individual: IndividualId,
        lane: Lane,
        *,
        content: Content,
    ) -> PersonId:
        """Return the agency's reference; a new one is sealed and put in only when there is none, at the same cost."""
        agency, now = _agency_of(caller), self._clock.now()
        lookup = self._vault.digest(f"lookup:{agency}", content.number)
        known = await repository.reference_for(session, agency, lookup, lane)
        identity, sealed = await self._sealed(individual, agency, content)
        if known is not None:
            return PersonId(known.id)
        session.add(
            Reference(
                id=identity,
                agency=agency,
                individual=individual,
                lookup_hash=lookup,
                lane=lane,
                handler=caller.assignment or caller.ref,
                content=sealed,
                created_at=now,
                last_note_at=now,
            )
        )
        return PersonId(identity)

    async def read(self, permit: Permit[SeePerson]) -> Person:
        """Return the individual that the permit is for, as the agency has noted them. Raises NotFound."""
        individual = IndividualId(permit.about.individual or "")
        found = await self.known_as(AgencyId(permit.about.answerable), frozenset({individual}))
        if individual not in found:
            raise NotFound
        return found[individual]

    async def edit(
        self,
        permit: Permit[SeePerson],
        caller: Caller,
        contact: Contact,
        *,
        channel: Channel,
        version: int,
    ) -> int:
        """Note how to reach the individual anew and return the new version.

        Raises Invalid, NotFound, and PreconditionFailed when somebody else has changed it since `version`.
        """
        contact, agency = contact.checked(), permit.about.answerable
        async with self._database.write() as session:
            reference = await repository.own_reference(session, agency, permit.about.individual or "")
            if reference is None:
                raise NotFound
            if reference.version != version:
                raise PreconditionFailed
            scope = scope_of(reference.individual, agency)
            keys = await self._vault.keys([scope])
            try:
                number = open_content(keys, scope, reference.id, reference.content).number
            except Erased:
                raise NotFound from None
            reference.content = seal_content(keys, scope, reference.id, Content(number, contact))
            reference.channel, reference.version = channel, version + 1
            reference.last_note_at = self._clock.now()
            entry = change(
                caller, "edit_contact", reference.individual, agency, permit=permit.entry, at=self._clock.now()
            )
            await self._ledger.record_change(session, entry)
            return reference.version

    async def declare_relation(self, caller: Caller, person: PersonId, relation: Relation) -> None:
        """Note what whoever asks is to the individual: nobody acts on themselves or on relatives. Never waits.

        Raises NotFound.
        """
        seen, now = await self.seen(caller, person), self._clock.now()
        individual = await self.open_to(caller, person)
        if seen.assignment is None:
            raise NotFound
        async with self._database.write() as session:
            await self._ledger.bump(session, [f"individual:{individual}", caller.ref])
            row = DeclaredRelation(individual=individual, staff=seen.assignment.staff, relation=relation)
            await session.merge(row)
            detail = {"relation": relation}
            entry = change(caller, "declare_relation", individual, _agency_of(caller), permit="", at=now, detail=detail)
            await self._ledger.record_change(session, entry)

    async def known_as(self, agency: AgencyId, individuals: Collection[IndividualId]) -> dict[IndividualId, Person]:
        """Return how the agency knows those individuals whom the caller has a permit for: for lists and headings."""
        async with self._database.read() as session:
            rows = await repository.known_as(session, agency, individuals)
        keys = await self._vault.existing([scope_of(each.individual, agency) for each, _ in rows])
        return {IndividualId(each.individual): person_of(each, protection, keys) for each, protection in rows}

    async def number_of(self, permit: Permit[Any]) -> Secret[str]:
        """Return the number that the agency which asks knows the individual by, for whom the permit is.

        Raises NotFound when that agency has no reference of its own, or it is erased.
        """
        individual, agency = permit.about.individual or "", permit.question.caller.agency
        scope = scope_of(individual, agency)
        rows, keys = await asyncio.gather(
            repository.content_of(self._database, individual, agency), self._vault.existing([scope])
        )
        for reference, content in rows:
            with suppress(Erased):
                return Secret(open_content(keys, scope, reference, content).number)
        raise NotFound

    def asking(self, caller: Caller, person: PersonId) -> tuple[Asker, IndividualId]:
        """Return who asks, and the decoy that stands in when `person` isn't their agency's. Raises NotFound."""
        return _asker(caller, _agency_of(caller)), self._decoys.instead_of(self._vault.digest("reference", person))

    async def open_to(self, caller: Caller, person: PersonId) -> IndividualId:
        """Return whom the caller's reference is about, for what never waits for the engine (reading R5).

        Raises NotFound: for an absent reference, another agency's, one protected from the caller, or a caller whose
        assignment isn't in force.
        """
        seen, now = await self.seen(caller, person), self._clock.now()
        in_force = caller.kind is CallerKind.CLIENT or (seen.assignment is not None and seen.assignment.active(now))
        if not seen.known or not in_force or not seen.person.opens_to(now):
            raise NotFound
        return seen.person.individual

    async def _by_number(self, caller: Caller, number: PersonalNumber) -> tuple[AgencyId, Seen]:
        """Return the reference that the caller may meet: the ordinary one, else what uncleared staff have typed."""
        agency, now = _agency_of(caller), self._clock.now()
        lookup = self._vault.digest(f"lookup:{agency}", number.reveal())
        decoy = self._decoys.instead_of(lookup)
        ordinary, intake = await repository.by_hash(self._database, _asker(caller, agency), lookup, decoy, now)
        opens = not ordinary.person.opens_to(now) and intake.known and intake.person.opens_to(now)
        return agency, intake if opens or not ordinary.known else ordinary

    async def _lane(self, caller: Caller, agency: AgencyId, hub_hash: bytes) -> Lane:
        now = self._clock.now()
        decoy = self._decoys.instead_of(hub_hash)
        seen = await repository.anywhere(self._database, _asker(caller, agency), hub_hash, decoy, now)
        return Lane.ORDINARY if seen.person.opens_to(now) else Lane.INTAKE

    def _seeing(self, caller: Caller, agency: AgencyId, seen: Seen, by: By) -> Gathered[SeePerson]:
        now = self._clock.now()
        question = questions.see_person(
            questions.caller_facts(caller, seen.agency, seen.assignment, seen.person, now=now),
            questions.person_facts(seen.person, known=seen.known),
            age=seen.person.age(today(self._clock)),
            by=by,
            own_reference=seen.known,
            now=now,
        )
        ends = [seen.assignment.not_after(now) if seen.assignment else None, seen.person.not_after(now)]
        about = About("see_person", agency, seen.person.individual)
        return Gathered(question, seen.stands(caller.ref), about, min((end for end in ends if end), default=None))

    async def _sealed(self, individual: IndividualId, agency: AgencyId, content: Content) -> tuple[str, bytes]:
        reference, scope = new_id(), scope_of(individual, agency)
        keys = await self._vault.keys([scope])
        return reference, seal_content(keys, scope, reference, content)


def _agency_of(caller: Caller) -> AgencyId:
    """Return the agency that the caller acts for. Raises NotFound for an individual: references are agencies'."""
    if caller.agency is None:
        raise NotFound
    return AgencyId(caller.agency)


def _asker(caller: Caller, agency: AgencyId) -> Asker:
    return Asker(caller.ref, caller.assignment or "", agency)
