"""Partner systems: registered, suspended and let in again by the administrator of the agency that answers for them."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import text
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from hub.access.scopes import SCOPES
from hub.access.tokens.model import ClientId, PartnerClient
from hub.agencies import OPEN_END, Mandate, OwnGain
from hub.audit import Entry, EntryKind, Ledger, Outcome
from hub.kit.clock import Clock
from hub.kit.database import Database
from hub.kit.errors import Conflict, FieldError, Invalid, NotFound
from hub.kit.idempotency import Once, earlier, remember
from hub.kit.ids import new_id

_LEVELS: Final = range(1, 5)
_LONGEST: Final = 300


class Clients:
    """The acts on partner systems. Each moves the epochs of the client and of the assignment it acts in."""

    def __init__(self, database: Database, ledger: Ledger, clock: Clock) -> None:
        self._database, self._ledger, self._clock = database, ledger, clock

    async def register(
        self,
        mandate: Mandate,
        *,
        issuer: str,
        client_id: str,
        name: str,
        assignment: str,
        scopes: Collection[str],
        loa: int,
        valid_until: datetime = OPEN_END,
        diarienummer: str = "",
        once: Once | None = None,
    ) -> ClientId:
        """Let a system in, in one assignment of the agency, on the decision that `diarienummer` names.

        Raises Invalid, Conflict when the system is known already, NotFound for another agency's assignment, OwnGain
        for the administrator's own.
        """
        client = PartnerClient(
            id=new_id(),
            issuer=issuer,
            client_id=client_id,
            agency=mandate.agency,
            assignment=assignment,
            name=name.strip(),
            scopes=" ".join(sorted(set(scopes))),
            loa=loa,
            registered_by=mandate.assignment,
            valid_from=self._clock.now(),
            valid_until=valid_until,
        )
        _check(client)
        if assignment == mandate.assignment:
            raise OwnGain
        async with self._database.write() as session:
            await self._ledger.bump(session, _subjects(client))
            if (known := await earlier(session, once)) is not None:
                return ClientId(known)
            await _check_free(session, client)
            session.add(client)
            remember(session, once, client.id)
            detail = {
                "client": client.id,
                "scopes": client.scopes,
                "assignment": assignment,
                "diarienummer": diarienummer,
            }
            await self._ledger.record_change(session, self._entry(mandate, "register_client", detail))
        return ClientId(client.id)

    async def suspend(self, mandate: Mandate, client: ClientId) -> None:
        """Shut a system out at once. Raises NotFound for another agency's."""
        await self._set(mandate, client, "suspend_client", suspended=True)

    async def resume(self, mandate: Mandate, client: ClientId) -> None:
        """Let a suspended system in again. Raises NotFound for another agency's."""
        await self._set(mandate, client, "resume_client", suspended=False)

    async def of_agency(self, agency: str) -> Sequence[PartnerClient]:
        """Return the agency's systems, ended ones too, by name."""
        statement = select(PartnerClient).where(PartnerClient.agency == agency).order_by(PartnerClient.name)
        async with self._database.read() as session:
            return (await session.exec(statement)).all()

    async def _set(self, mandate: Mandate, identity: ClientId, act: str, *, suspended: bool) -> None:
        known = next((each for each in await self.of_agency(mandate.agency) if each.id == identity), None)
        if known is None:
            raise NotFound
        async with self._database.write() as session:
            await self._ledger.bump(session, _subjects(known))
            row = await session.get_one(PartnerClient, identity)
            row.suspended = suspended
            await self._ledger.record_change(session, self._entry(mandate, act, {"client": identity}))

    def _entry(self, mandate: Mandate, act: str, detail: dict[str, str]) -> Entry:
        return Entry(
            at=self._clock.now(),
            kind=EntryKind.CHANGE,
            question="access",
            act=act,
            outcome=Outcome.DONE,
            caller_kind="system" if mandate.by_operator else "staff",
            caller_ref=mandate.assignment,
            caller_name=mandate.name,
            caller_title=mandate.title,
            agency=mandate.agency,
            detail={**detail, "permit": mandate.entry},
        )


def _subjects(client: PartnerClient) -> tuple[str, str]:
    return f"client:{client.id}", f"assignment:{client.assignment}"


def _check(client: PartnerClient) -> None:
    faults = [
        FieldError(field, "Skriv det som identitetstjänsten kallar systemet, högst 300 tecken.")
        for field, value in (("issuer", client.issuer), ("clientId", client.client_id), ("name", client.name))
        if not value or len(value) > _LONGEST or not value.isprintable()
    ]
    unknown = set(client.scopes.split()) - SCOPES.keys()
    if unknown or not client.scopes:
        faults.append(FieldError("scopes", f"Välj bland {', '.join(SCOPES)}."))
    if client.loa not in _LEVELS:
        faults.append(FieldError("loa", "Skriv tillitsnivån som ett tal från 1 till 4."))
    if client.valid_until <= client.valid_from:
        faults.append(FieldError("validUntil", "Slutet har redan varit. Skriv ett senare slutdatum."))
    if faults:
        raise Invalid(fields=tuple(faults))


async def _check_free(session: AsyncSession, client: PartnerClient) -> None:
    known = select(PartnerClient).where(
        PartnerClient.issuer == client.issuer, PartnerClient.client_id == client.client_id
    )
    if (await session.exec(known)).first():
        raise Conflict("Systemet är redan registrerat. Ändra det som finns i stället.")
    own = text("SELECT id FROM assignment WHERE id = :id AND agency = :agency")
    found = await session.execute(own, {"id": client.assignment, "agency": client.agency})
    if found.first() is None:
        raise NotFound
