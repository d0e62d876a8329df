"""What receivers already hold of an individual: answers by hand that were sent, and excerpts that somebody has pinned.

Both are read only while the owner would be permitted to tell them now; a drafted consent may keep that, or end it. So
they are part of what is shown beforehand, cut and decided in the same way as what a road would carry.
"""

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass

import msgspec
from sqlmodel import col, select

from hub.agencies import AgencyId
from hub.broker import decode_fact
from hub.broker.port import Fact
from hub.cases import inquiry_rows
from hub.cases.inquiry_said import facts
from hub.cases.model import CaseId, Inquiry, InquiryState, PinnedFact
from hub.cases.pins import place
from hub.kit.database import Database
from hub.kit.vault import Erased, KeyScope, Vault


@dataclass(frozen=True, slots=True)
class Held:
    """One fact that `receiver` holds in a case, from `owner`. `struck`: what was gone of it when it was pinned."""

    case: CaseId
    owner: AgencyId
    receiver: AgencyId
    fact: Fact
    struck: tuple[str, ...] = ()


async def held(database: Database, vault: Vault, individual: str, receivers: Collection[str]) -> tuple[Held, ...]:
    """Return what any of `receivers` holds of the individual, the oldest first. Nothing of it is shown by this."""
    return (
        *await _by_hand(database, vault, individual, receivers),
        *await _pinned(database, vault, individual, receivers),
    )


async def _by_hand(database: Database, vault: Vault, individual: str, receivers: Collection[str]) -> list[Held]:
    async with database.read() as session:
        wanted = select(Inquiry).where(
            Inquiry.individual_id == individual,
            col(Inquiry.asking_agency).in_(receivers),
            Inquiry.state == InquiryState.ANSWERED,
        )
        rows = list(await session.exec(wanted.order_by(col(Inquiry.asked_at), col(Inquiry.id))))
        answers = await inquiry_rows.answers_to(session, [row.id for row in rows])
    keys = await vault.existing({inquiry_rows.scope(row, row.owner) for row in rows})
    found: list[Held] = []
    for row in rows:
        answer = inquiry_rows.latest(answers, row.id)
        kept = inquiry_rows.open_answer(keys, row, answer)
        if answer and answer.sent_at and kept:
            case, owner, receiver = CaseId(row.case_id), AgencyId(row.owner), AgencyId(row.asking_agency)
            found += [Held(case, owner, receiver, each) for each in facts(kept, row.id, answer.sent_at)]
    return found


async def _pinned(database: Database, vault: Vault, individual: str, receivers: Collection[str]) -> list[Held]:
    async with database.read() as session:
        wanted = select(PinnedFact).where(PinnedFact.individual_id == individual, col(PinnedFact.agency).in_(receivers))
        rows = list(await session.exec(wanted.order_by(col(PinnedFact.pinned_at), col(PinnedFact.id))))
    scopes = {row.agency: KeyScope(individual, row.agency, "content") for row in rows}
    keys = await vault.existing(set(scopes.values()))
    found: list[Held] = []
    for row in rows:
        with suppress(Erased):
            plain, struck = msgspec.json.decode(keys.open(scopes[row.agency], place(row.id), row.body))
            case, owner, receiver = CaseId(row.case_id), AgencyId(row.owner), AgencyId(row.agency)
            found.append(Held(case, owner, receiver, decode_fact(plain), tuple(struck)))
    return found
