"""Every query of consent but the hot path's (`facts.py`). Each starts from one individual or one agency."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlmodel import col, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from hub.consent.kinds import Effect, EventKind, Kind, Language
from hub.consent.model import Block, Consent, Event, Line, Notice, Receiver, Scan, Template, Withdrawal

T = TypeVar("T", Consent, Line, Block, Event, Receiver, Withdrawal)


@dataclass(frozen=True, slots=True)
class History:
    """Everything that one individual has said, and all that happened to it, in order."""

    consents: Sequence[Consent]
    lines: Sequence[Line]
    blocks: Sequence[Block]
    events: Sequence[Event]

    def of_line(self, line: str) -> list[Event]:
        """Return what happened to one line."""
        return [event for event in self.events if event.line_id == line]

    def of_consent(self, consent: str) -> list[Event]:
        """Return what happened to one consent and its lines."""
        return [event for event in self.events if event.consent_id == consent]

    def only(self, consent: str) -> "History":
        """Return the part that is about one consent."""
        return History(
            [each for each in self.consents if each.id == consent],
            [line for line in self.lines if line.consent_id == consent],
            [],
            self.of_consent(consent),
        )


async def history(session: AsyncSession, individual: str) -> History:
    """Return the whole history of one individual."""
    return (await histories(session, [individual]))[individual]


async def histories(session: AsyncSession, individuals: Collection[str]) -> dict[str, History]:
    """Return the whole history of each individual: as many statements for all of them as for one."""
    consents = await _of_each(session, _mine(Consent, individuals).order_by(col(Consent.given_at), col(Consent.id)))
    lines = await _of_each(
        session, _mine(Line, individuals).order_by(col(Line.owner), col(Line.receiver), col(Line.id))
    )
    blocks = await _of_each(session, _mine(Block, individuals).order_by(col(Block.set_at), col(Block.id)))
    events = await _of_each(session, _mine(Event, individuals).order_by(col(Event.number)))
    return {each: History(consents[each], lines[each], blocks[each], events[each]) for each in individuals}


async def consent(session: AsyncSession, identity: str) -> Consent | None:
    """Return one consent."""
    return await session.get(Consent, identity)


async def lines_for_official(session: AsyncSession, consent_id: str, owner: str) -> Sequence[Line]:
    """Return the lines of one consent whose evidence is for an official of `owner` to answer."""
    statement = select(Line).where(
        Line.consent_id == consent_id, Line.owner == owner, col(Line.needs_acceptance).is_(True)
    )
    return (await session.exec(statement.order_by(col(Line.id)))).all()


async def scan(session: AsyncSession, consent_id: str) -> Scan | None:
    """Return the scanned paper of one consent."""
    return await session.get(Scan, consent_id)


async def receivers(session: AsyncSession, individuals: Collection[str]) -> Sequence[Receiver]:
    """Return those outside the matrix that the individuals have named."""
    return (await session.exec(_mine(Receiver, individuals))).all()


async def receiver_ids(session: AsyncSession, individual: str) -> frozenset[str]:
    """Return the ids of those outside the matrix that the individual has named."""
    return frozenset(await session.exec(select(Receiver.id).where(Receiver.individual_id == individual)))


async def newest_template(session: AsyncSession, kind: Kind, language: Language) -> Template | None:
    """Return the version of a text that is shown now."""
    statement = select(Template).where(Template.kind == kind, Template.language == language)
    return (await session.exec(statement.order_by(col(Template.version).desc()).limit(1))).first()


async def templates(session: AsyncSession) -> Sequence[Template]:
    """Return every version of every text."""
    order = (col(Template.kind), col(Template.language), col(Template.version))
    return (await session.exec(select(Template).order_by(*order))).all()


async def withdrawal(session: AsyncSession, identity: str) -> tuple[Withdrawal, Sequence[Notice]] | None:
    """Return one stopwatch with how far the word has reached."""
    found = await session.get(Withdrawal, identity)
    if found is None:
        return None
    statement = select(Notice).where(Notice.withdrawal_id == identity).order_by(col(Notice.receiver))
    return found, (await session.exec(statement)).all()


async def withdrawals(session: AsyncSession, individual: str) -> list[tuple[Withdrawal, list[Notice]]]:
    """Return the individual's withdrawals, newest first, each with how far the word has reached."""
    newest = _mine(Withdrawal, [individual]).order_by(col(Withdrawal.closed_at).desc(), col(Withdrawal.id))
    found = list(await session.exec(newest))
    statement = select(Notice).where(col(Notice.withdrawal_id).in_([each.id for each in found]))
    notices = list(await session.exec(statement.order_by(col(Notice.receiver))))
    return [(each, [notice for notice in notices if notice.withdrawal_id == each.id]) for each in found]


async def notice(session: AsyncSession, withdrawal_id: str, receiver: str) -> Notice | None:
    """Return how far the word of one withdrawal has reached one receiver."""
    return await session.get(Notice, (withdrawal_id, receiver))


async def lines_ending(
    session: AsyncSession, individuals: Collection[str], since: datetime, until: datetime
) -> list[Line]:
    """Return the permit lines of `individuals` whose own last day lies between the two instants, nearest first."""
    statement = (
        select(Line)
        .where(col(Line.individual_id).in_(individuals), Line.effect == Effect.PERMIT)
        .where(col(Line.valid_until) > since, col(Line.valid_until) <= until)
        .order_by(col(Line.valid_until), col(Line.id))
    )
    return list((await session.exec(statement)).all())


async def lines_awaiting(session: AsyncSession, owner: str, now: datetime) -> list[Line]:
    """Return the lines whose evidence, or own words, nobody at `owner` has answered yet, oldest first."""
    answers = col(Event.kind).in_([EventKind.ACCEPTED, EventKind.EVIDENCE_REFUSED, EventKind.EXCLUSION_LIFTED])
    answered = select(Event.line_id).where(Event.line_id == Line.id, or_(answers, col(Event.ends_at) <= now))
    statement = (
        select(Line)
        .where(Line.owner == owner, col(Line.needs_acceptance).is_(True))
        .where(col(Line.valid_until) > now, ~answered.exists())
        .order_by(col(Line.valid_from), col(Line.id))
    )
    return list((await session.exec(statement)).all())


async def events_of_lines(session: AsyncSession, lines: Collection[str]) -> dict[str, list[Event]]:
    """Return what happened to each of `lines`, in order."""
    statement = select(Event).where(col(Event.line_id).in_(lines)).order_by(col(Event.number))
    found: dict[str, list[Event]] = defaultdict(list)
    for event in await session.exec(statement):
        found[str(event.line_id)].append(event)
    return found


async def open_lines(session: AsyncSession, individual: str, now: datetime) -> Sequence[Line]:
    """Return the permit lines of one individual that haven't ended: what a withdrawal can end.

    However long the history is, only these are fetched.
    """
    ended = select(Event.line_id).where(Event.line_id == Line.id, col(Event.ends_at) <= now)
    statement = (
        _mine(Line, [individual])
        .where(Line.effect == Effect.PERMIT, col(Line.valid_until) > now, ~ended.exists())
        .order_by(col(Line.id))
    )
    return (await session.exec(statement)).all()


async def renewed(session: AsyncSession, individuals: Collection[str]) -> frozenset[str]:
    """Return the consents of `individuals` that a later one has renewed."""
    statement = select(Event.consent_id).where(
        col(Event.individual_id).in_(individuals), Event.kind == EventKind.RENEWED
    )
    return frozenset(str(each) for each in await session.exec(statement))


async def version(session: AsyncSession, individual: str, consent_id: str) -> int:
    """Return how many things have happened to a consent: what an edit must say that it has seen."""
    statement = select(func.count()).select_from(Event)
    mine = statement.where(Event.individual_id == individual, Event.consent_id == consent_id)
    return (await session.exec(mine)).one()


def add_all(session: AsyncSession, rows: Iterable[object]) -> None:
    """Add `rows` in their order."""
    session.add_all(list(rows))


def _mine(table: type[T], individuals: Collection[str]) -> SelectOfScalar[T]:
    return select(table).where(col(table.individual_id).in_(individuals))


async def _of_each(session: AsyncSession, statement: SelectOfScalar[T]) -> Mapping[str, list[T]]:
    found: dict[str, list[T]] = defaultdict(list)
    for row in await session.exec(statement):
        found[row.individual_id].append(row)
    return found
