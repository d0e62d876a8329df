"""How every act of administration is carried out: one transaction, epochs first, the ledger last."""

from collections.abc import Awaitable, Callable, Mapping
from typing import TypeVar

from sqlmodel.ext.asyncio.session import AsyncSession

from hub.agencies import repository
from hub.agencies.mandate import Mandate
from hub.audit import Entry, EntryKind, Ledger, Outcome
from hub.kit.clock import Clock
from hub.kit.database import Database, Table
from hub.kit.errors import NotFound
from hub.kit.idempotency import Once, earlier, remember

Make = Callable[[AsyncSession], Awaitable[str]]
T = TypeVar("T", bound=Table)


class Acts:
    """What the acts have in common."""

    def __init__(self, database: Database, ledger: Ledger, clock: Clock) -> None:
        self._database, self._ledger, self._clock = database, ledger, clock

    async def _add(
        self,
        mandate: Mandate,
        act: str,
        row: Table,
        *,
        detail: Mapping[str, object],
        subjects: tuple[str, ...] = (),
        once: Once | None = None,
    ) -> str:
        async def make(session: AsyncSession) -> str:
            session.add(row)
            return str(getattr(row, "id"))  # noqa: B009  every table here has one

        return await self._act(mandate, act, make, detail=detail, subjects=subjects, once=once)

    async def _end(
        self, mandate: Mandate, act: str, table: type[Table], identity: str, subjects: tuple[str, ...]
    ) -> None:
        now = self._clock.now()

        async def make(session: AsyncSession) -> str:
            row = await own(session, table, mandate, identity)
            ends = min(getattr(row, "valid_until"), now)  # noqa: B009
            setattr(row, "valid_until", max(getattr(row, "valid_from"), ends))  # noqa: B009, B010
            return identity

        await self._act(mandate, act, make, detail={"ended": identity}, subjects=subjects)

    async def _act(
        self,
        mandate: Mandate,
        act: str,
        make: Make,
        *,
        detail: Mapping[str, object],
        subjects: tuple[str, ...] = (),
        once: Once | None = None,
    ) -> str:
        """Run `make` as one transaction: epochs first, the ledger last; a replay makes nothing anew."""
        async with self._database.write() as session:
            if subjects:
                await self._ledger.bump(session, subjects)
            if (resource := await earlier(session, once)) is not None:
                return resource
            resource = await make(session)
            remember(session, once, resource)
            await self._ledger.record_change(session, self._entry(mandate, act, detail))
            return resource

    def _entry(self, mandate: Mandate, act: str, detail: Mapping[str, object]) -> Entry:
        return Entry(
            at=self._clock.now(),
            kind=EntryKind.CHANGE,
            question="agencies",
            act=act,
            outcome=Outcome.DONE,
            caller_kind="system" if mandate.by_operator else "staff",
            caller_ref=mandate.assignment,
            caller_name=mandate.name,
            caller_title=mandate.title,
            agency=mandate.agency,
            detail={**detail, "permit": mandate.entry},
        )


async def own(session: AsyncSession, table: type[T], mandate: Mandate, identity: str) -> T:
    """Return the agency's own row. Raises NotFound: another agency's and an absent one are the same."""
    row = await repository.owned(session, table, mandate.agency, identity)
    if row is None:
        raise NotFound
    return row
