"""What a person picks out of an answer into the case: the only thing that is kept of what agencies have said.

A pinned excerpt has owner, ground and date, and is gone from every view when its ground is: it is shown only while the
owner would be permitted to tell it to this reader now (`design.md`, what is stored).
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NewType

import msgspec
from sqlmodel import col, select

from hub.access import Asking, Caller, Permit
from hub.access.questions import ActInCase, Answer
from hub.agencies import AgencyId
from hub.audit import Ledger
from hub.broker import Told, cut, decode_fact, encode_fact
from hub.broker.port import AgencyAnswer
from hub.cases.acts import case_entry
from hub.cases.areas import Statement
from hub.cases.model import CaseId, PictureVisit, PinnedFact
from hub.cases.picture import AgencyPart, Picture
from hub.cases.pictures import Pictures
from hub.kit.clock import Clock
from hub.kit.database import Database
from hub.kit.errors import NotFound
from hub.kit.idempotency import Once, earlier, remember
from hub.kit.ids import new_id
from hub.kit.vault import Erased, Keys, KeyScope, Place, Vault

PinId = NewType("PinId", str)
#: Seconds after which opening the page again counts as having left it.
_LEFT_AFTER: Final = 60


@dataclass(frozen=True, slots=True)
class Pinned:
    """A pinned excerpt that may be shown now."""

    id: PinId
    statement: Statement
    ground: str
    pinned_at: datetime
    pinned_by: str


class Pins:
    """Pins facts, shows those whose ground stands, and remembers what each has seen."""

    def __init__(self, database: Database, vault: Vault, ledger: Ledger, clock: Clock, pictures: Pictures) -> None:
        self._database, self._vault, self._ledger = database, vault, ledger
        self._clock, self._pictures = clock, pictures

    def digest(self, statement: Statement) -> str:
        """Return what a fact is known by on the page: it tells nothing, and changes when the fact does."""
        said = json.dumps([statement.agency, encode_fact(statement.fact)], sort_keys=True)
        return self._vault.digest("fact", said).hex()[:32]

    async def pin(
        self, permit: Permit[ActInCase], caller: Caller, shown: Picture, fact: str, once: Once | None = None
    ) -> PinId:
        """Keep the fact known as `fact` out of what the caller has just been shown (permit: `act_in_case`, write_note).

        Raises NotFound when there is no such fact in it, Conflict.
        """
        part, statement = self._found(shown, fact)
        individual, agency = permit.about.individual or "", permit.question.caller.agency
        identity, now = new_id(), self._clock.now()
        scope = KeyScope(individual, agency, "content")
        body = msgspec.json.encode([encode_fact(statement.fact), statement.told.struck])
        sealed = (await self._vault.keys([scope])).seal(scope, place(identity), body)
        basis = part.bases.get(statement.fact.category)
        row = PinnedFact(
            id=identity,
            case_id=permit.about.case or "",
            individual_id=individual,
            agency=agency,
            owner=statement.agency,
            category=statement.fact.category,
            purpose=permit.about.purpose,
            entry=part.entry,
            ground=basis.code if basis else "",
            pinned_by=caller.ref,
            pinned_at=now,
            body=sealed,
        )
        async with self._database.write() as session:
            if made := await earlier(session, once):
                return PinId(made)
            session.add(row)
            remember(session, once, identity)
            detail = {"pin": identity, "owner": row.owner, "category": row.category, "shown_on": part.entry}
            await self._ledger.record_change(session, case_entry(caller, permit, "pin_fact", row.case_id, now, detail))
        return PinId(identity)

    def _found(self, shown: Picture, fact: str) -> tuple[AgencyPart, Statement]:
        for part in shown.parts:
            for told in part.told:
                statement = Statement(part.agency, told)
                if self.digest(statement) == fact:
                    return part, statement
        raise NotFound

    async def unpin(self, permit: Permit[ActInCase], caller: Caller, pin: PinId) -> None:
        """Take an excerpt away (permit: `act_in_case`, write_note). Raises NotFound."""
        async with self._database.write() as session:
            row = await session.get(PinnedFact, pin)
            if row is None or row.case_id != permit.about.case or row.agency != permit.question.caller.agency:
                raise NotFound
            await session.delete(row)
            entry = case_entry(caller, permit, "unpin_fact", row.case_id, self._clock.now(), {"pin": pin})
            await self._ledger.record_change(session, entry)

    async def read(self, asking: Asking, permit: Permit[ActInCase]) -> list[Pinned]:
        """Return the excerpts whose owners would be permitted to tell them to the caller now; each is decided anew."""
        async with self._database.read() as session:
            statement = select(PinnedFact).where(
                PinnedFact.case_id == (permit.about.case or ""), PinnedFact.agency == permit.question.caller.agency
            )
            rows = list(await session.exec(statement.order_by(col(PinnedFact.pinned_at), col(PinnedFact.id))))
        allowed = await self._pictures.permitted_now(asking, permit, {row.owner for row in rows})
        scope = KeyScope(permit.about.individual or "", permit.question.caller.agency, "content")
        keys = await self._vault.existing([scope])
        return [
            pinned
            for row in rows
            for answer in allowed.get(AgencyId(row.owner), ())
            for pinned in _shown(row, keys, scope, answer)
        ]

    async def visit(self, permit: Permit[ActInCase], caller: Caller, showing: frozenset[str]) -> frozenset[str]:
        """Remember what is on the page now, and return what was on it when it was last left: the rest is new.

        The page counts as left when it is opened again after a minute, so that what is new stays so while it is read.
        """
        case, reader, now = CaseId(permit.about.case or ""), caller.assignment or caller.ref, self._clock.now()
        async with self._database.write() as session:
            row = await session.get(PictureVisit, (case, reader))
            if row is None:
                session.add(PictureVisit(case_id=case, assignment=reader, seen="", showing=_joined(showing), at=now))
                return showing
            if (now - row.at).total_seconds() > _LEFT_AFTER:
                row.seen, row.at = row.showing, now
            row.showing = _joined(showing)
            # Nothing was there before the first visit, and so nothing of it was new.
            return frozenset(row.seen.split(",")) if row.seen else showing


def _joined(digests: frozenset[str]) -> str:
    return ",".join(sorted(digests))


def _shown(row: PinnedFact, keys: Keys, scope: KeyScope, answer: Answer) -> list[Pinned]:
    """Return the excerpt as `answer` lets it through; nothing when it doesn't, or it is erased."""
    try:
        plain, struck = msgspec.json.decode(keys.open(scope, place(row.id), row.body))
    except Erased:
        return []
    told = cut(AgencyAnswer(facts=(decode_fact(plain),)), answer)
    kept = (Told(each.fact, tuple(dict.fromkeys([*struck, *each.struck]))) for each in told)
    return [
        Pinned(PinId(row.id), Statement(AgencyId(row.owner), each), row.ground, row.pinned_at, row.pinned_by)
        for each in kept
    ]


def place(identity: str) -> Place:
    """Return where an excerpt lies sealed."""
    return Place("pinned_fact", "body", identity)
