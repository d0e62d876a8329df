"""Where a gathering lies for its minute: in the database, so that any worker can hand it out, and sealed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from hub.broker.codec import decode_answer, encode_answer
from hub.broker.model import LIES_FOR, GatheringId, PartState
from hub.broker.port import AgencyAnswer, FaultKind
from hub.kit.clock import Clock, from_micros, micros
from hub.kit.database import Database, Row
from hub.kit.vault import Erased, Keys, KeyScope, Place, Vault


@dataclass(frozen=True, slots=True)
class Part:
    """One agency's part of a gathering. `answer` is there when it has answered; `fault` when it couldn't."""

    agency: str
    state: PartState
    asked: tuple[str, ...]
    asked_at: datetime
    finished_at: datetime | None = None
    fault: FaultKind | None = None
    retry_after: int | None = None
    answer: AgencyAnswer | None = None


@dataclass(frozen=True, slots=True)
class Gathering:
    """A gathering as it lies: whose, for whom, and its parts by agency."""

    id: GatheringId
    case: str
    individual: str
    agency: str
    caller_ref: str
    started_at: datetime
    expires_at: datetime
    parts: Mapping[str, Part] = field(default_factory=dict[str, Part])

    @property
    def complete(self) -> bool:
        """Whether every agency that was asked has answered or failed."""
        return all(each.state is not PartState.WAITING for each in self.parts.values())


_BEGIN: Final = """
    INSERT INTO gathering (id, case_id, individual_id, agency, caller_ref, started_at, expires_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id"""
#: $1 the gathering; the rest per part. A part that is asked again loses what it had.
_WAITING: Final = """
    INSERT INTO gathering_part (gathering_id, agency, state, asked, asked_at, fault) VALUES {rows}
    ON CONFLICT (gathering_id, agency) DO UPDATE SET state = 'waiting', asked = excluded.asked,
      asked_at = excluded.asked_at, finished_at = NULL, fault = '', retry_after = NULL, body = NULL RETURNING agency"""
#: $1 the gathering; the rest per part.
_FINISH: Final = """
    INSERT INTO gathering_part (gathering_id, agency, state, asked, asked_at, finished_at, fault, retry_after, body)
    VALUES {rows}
    ON CONFLICT (gathering_id, agency) DO UPDATE SET state = excluded.state, finished_at = excluded.finished_at,
      fault = excluded.fault, retry_after = excluded.retry_after, body = excluded.body RETURNING agency"""
_FINISH_WIDTH: Final = 8
_READ: Final = """
    SELECT g.case_id, g.individual_id, g.agency, g.caller_ref, g.started_at, g.expires_at,
        p.agency, p.state, p.asked, p.asked_at, p.finished_at, p.fault, p.retry_after, p.body
    FROM gathering g LEFT JOIN gathering_part p ON p.gathering_id = g.id
    WHERE g.id = $1 AND g.expires_at > $2 ORDER BY p.agency"""
_SWEEP: Final = (
    "DELETE FROM gathering_part WHERE gathering_id IN (SELECT id FROM gathering WHERE expires_at <= $1) RETURNING agency",
    "DELETE FROM gathering WHERE expires_at <= $1 RETURNING id",
)
_PART: Final = 6


class Store:
    """Keeps gatherings for as long as they may be fetched again."""

    def __init__(self, database: Database, vault: Vault, clock: Clock) -> None:
        self._database, self._vault, self._clock = database, vault, clock

    async def begin(self, gathering: Gathering) -> None:
        """Keep that a gathering has begun, before anything is asked."""
        await self._database.record(
            _BEGIN,
            gathering.id,
            gathering.case,
            gathering.individual,
            gathering.agency,
            gathering.caller_ref,
            micros(gathering.started_at),
            micros(gathering.expires_at),
        )

    async def waiting(self, gathering: GatheringId, asked: Mapping[str, Sequence[str]]) -> None:
        """Keep which agencies are being asked, and for what."""
        if not asked:
            return
        now, rows, args = micros(self._clock.now()), list[str](), list[object]()
        for number, (agency, what) in enumerate(asked.items()):
            at = 3 * number + 2
            rows.append(f"($1, ${at}, 'waiting', ${at + 1}, ${at + 2}, '')")
            args += [agency, ",".join(what), now]
        await self._database.record(_WAITING.format(rows=", ".join(rows)), gathering, *args)

    async def finish(self, gathering: Gathering, parts: Sequence[Part]) -> None:
        """Keep what has become of some agencies' parts, what they said sealed: one statement."""
        scope = _scope(gathering.individual, gathering.agency)
        keys = await self._vault.keys([scope]) if any(part.answer for part in parts) else None
        rows, args = list[str](), list[object]()
        for number, part in enumerate(parts):
            first = _FINISH_WIDTH * number + 2
            rows.append("($1, " + ", ".join(f"${first + at}" for at in range(_FINISH_WIDTH)) + ")")
            body = None
            if part.answer is not None and keys is not None:
                body = keys.seal(scope, _place(gathering.id, part.agency), encode_answer(part.answer))
            finished = micros(part.finished_at or self._clock.now())
            fault = part.fault.value if part.fault else ""
            args += [part.agency, part.state.value, ",".join(part.asked), micros(part.asked_at)]
            args += [finished, fault, part.retry_after, body]
        await self._database.record(_FINISH.format(rows=", ".join(rows)), gathering.id, *args)

    async def read(self, gathering: GatheringId) -> Gathering | None:
        """Return a gathering with its parts; None when there is none, or its minute is over."""
        rows = await self._database.fetch_shared(_READ, gathering, micros(self._clock.now()))
        if not rows:
            return None
        case, individual, agency, caller, started, expires = rows[0][:_PART]
        keys = await self._vault.existing([_scope(individual, agency)])
        found = [_part(row[_PART:], keys, gathering, individual, agency) for row in rows if row[_PART]]
        parts = {each.agency: each for each in found}
        return Gathering(gathering, case, individual, agency, caller, from_micros(started), from_micros(expires), parts)

    async def sweep(self) -> None:
        """Take away what has lain its minute."""
        now = micros(self._clock.now())
        for statement in _SWEEP:
            await self._database.record(statement, now)

    def fresh(self, identity: GatheringId, case: str, individual: str, agency: str, caller_ref: str) -> Gathering:
        """Return a gathering that begins now."""
        now = self._clock.now()
        return Gathering(identity, case, individual, agency, caller_ref, now, now + LIES_FOR)


def _part(row: Row, keys: Keys, gathering: GatheringId, individual: str, asking: str) -> Part:
    agency, state, asked, asked_at, finished, fault, retry_after, body = row
    answer = None
    if body is not None:
        try:
            sealed = keys.open(_scope(individual, asking), _place(gathering, agency), bytes(body))
        except Erased:
            state = PartState.FAILED
        else:
            answer = decode_answer(sealed)
    return Part(
        agency=agency,
        state=PartState(state),
        asked=split(asked),
        asked_at=from_micros(asked_at),
        finished_at=from_micros(finished) if finished is not None else None,
        fault=FaultKind(fault) if fault else None,
        retry_after=retry_after,
        answer=answer,
    )


def split(words: str) -> tuple[str, ...]:
    """Return the words of a column with commas between."""
    return tuple(words.split(",")) if words else ()


def _scope(individual: str, agency: str) -> KeyScope:
    return KeyScope(individual, agency, "content")


def _place(gathering: str, agency: str) -> Place:
    return Place("gathering_part", "body", f"{gathering}/{agency}")
