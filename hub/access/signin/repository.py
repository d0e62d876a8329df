"""Every statement on sessions, sign-ins under way and what has been used once: each is whole in itself.

One statement = one transaction, so two workers can't both take the same thing.
"""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import insert

from hub.access.signin.model import Door, PendingSignIn, Session, SessionId, SignInSession
from hub.kit.clock import from_micros, micros
from hub.kit.database import Database, Row

#: The session of a cookie, and the assignment chosen in it if it is in force and still the same person's: what every
#: request of a person begins with.
_FIND: Final = """
    SELECT s.id, s.issuer, s.subject, s.loa, s.factors, s.authenticated_at, s.idle_until, s.ends_at, s.name,
           s.individual, a.id, a.agency, a.unit, a.roles, f.name, f.title
      FROM signin_session s
      LEFT JOIN staff f ON f.issuer = s.issuer AND f.subject = s.subject
                       AND f.id = (SELECT staff FROM assignment WHERE id = s.assignment)
      LEFT JOIN assignment a ON a.id = s.assignment AND a.staff = f.id AND a.valid_from <= $3 AND a.valid_until > $3
     WHERE s.token = $1 AND s.door = $2 AND s.idle_until > $3 AND s.ends_at > $3"""


class Repository:
    """Sessions as rows."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, token: bytes, door: Door, now: datetime) -> tuple[Session, bytes, str | None] | None:
        """Return the session with that digest, its sealed name, and the name in its agency's own books."""
        rows = await self._database.fetch_shared(_FIND, token, door.value, micros(now))
        return _session(rows[0], door) if rows else None

    async def add(self, row: SignInSession) -> None:
        async with self._database.write() as session:
            session.add(row)

    async def move_idle(self, token: bytes, idle_until: datetime, now: datetime) -> bool:
        """Move the idle limit of a session that isn't over; the absolute limit stands."""
        rows = await self._database.record(
            "UPDATE signin_session SET idle_until = $2 WHERE token = $1 AND idle_until > $3 AND ends_at > $3 RETURNING id",
            token, micros(idle_until), micros(now),
        )  # fmt: skip
        return bool(rows)

    async def choose(self, session: SessionId, assignment: str | None) -> None:
        await self._database.record(
            "UPDATE signin_session SET assignment = $2 WHERE id = $1 RETURNING id", session, assignment
        )

    async def agency_of(self, assignment: str, issuer: str, subject: str, now: datetime) -> str | None:
        """Return the agency of an assignment that is in force and this person's, else None."""
        rows = await self._database.fetch(
            """SELECT a.agency FROM assignment a JOIN staff f ON f.id = a.staff
                WHERE a.id = $1 AND f.issuer = $2 AND f.subject = $3 AND a.valid_from <= $4 AND a.valid_until > $4""",
            assignment, issuer, subject, micros(now),
        )  # fmt: skip
        return rows[0][0] if rows else None

    async def assignments_of(self, issuer: str, subject: str, now: datetime) -> list[tuple[str, str]]:
        """Return the assignments in force of one identity, each with its agency."""
        rows = await self._database.fetch(
            """SELECT a.id, a.agency FROM assignment a JOIN staff f ON f.id = a.staff
                WHERE f.issuer = $1 AND f.subject = $2 AND a.valid_from <= $3 AND a.valid_until > $3 ORDER BY a.id""",
            issuer, subject, micros(now),
        )  # fmt: skip
        return [(row[0], row[1]) for row in rows]

    async def end(self, token: bytes) -> None:
        await self._database.record("DELETE FROM signin_session WHERE token = $1 RETURNING id", token)

    async def end_of(self, issuer: str, subject: str) -> int:
        """End all that this identity has open, and return how many there were."""
        return len(
            await self._database.record(
                "DELETE FROM signin_session WHERE issuer = $1 AND subject = $2 RETURNING id", issuer, subject
            )
        )

    async def end_sid(self, issuer: str, sid: str) -> int:
        """End what was opened in one session of the issuer's, and return how many there were."""
        return len(
            await self._database.record(
                "DELETE FROM signin_session WHERE issuer = $1 AND sid = $2 RETURNING id", issuer, sid
            )
        )

    async def begin(self, row: PendingSignIn) -> None:
        values = row.model_dump()
        async with self._database.write() as session:
            await session.exec(insert(PendingSignIn).values(**values))

    async def take(self, state: bytes, browser: bytes, now: datetime) -> PendingSignIn | None:
        """Take away and return the sign-in that this browser began under `state`; the second time there is none."""
        rows = await self._database.record(
            """DELETE FROM signin_pending WHERE state = $1 AND browser = $2 AND expires_at > $3
               RETURNING state, browser, issuer, door, return_to, least, fresh, started_at, expires_at""",
            state, browser, micros(now),
        )  # fmt: skip
        return _pending(rows[0]) if rows else None

    async def use_once(self, digest: bytes, expires_at: datetime) -> bool:
        """Tell whether this is the first use of `digest`, and remember it until then."""
        rows = await self._database.record(
            "INSERT INTO used_once (digest, expires_at) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING digest",
            digest, micros(expires_at),
        )  # fmt: skip
        return bool(rows)

    async def sweep(self, now: datetime) -> None:
        """Delete what is over."""
        at = micros(now)
        await self._database.record(
            "DELETE FROM signin_session WHERE idle_until <= $1 OR ends_at <= $1 RETURNING id", at
        )
        await self._database.record("DELETE FROM signin_pending WHERE expires_at <= $1 RETURNING door", at)
        await self._database.record("DELETE FROM used_once WHERE expires_at <= $1 RETURNING expires_at", at)


def _session(row: Row, door: Door) -> tuple[Session, bytes, str | None]:
    identity, issuer, subject, loa, factors, authenticated, idle, ends, sealed, individual = row[:10]
    assignment, agency, unit, roles, name, title = row[10:]
    found = Session(
        id=SessionId(identity),
        door=door,
        issuer=issuer,
        subject=subject,
        loa=loa,
        factors=factors,
        authenticated_at=from_micros(authenticated),
        idle_until=from_micros(idle),
        ends_at=from_micros(ends),
        name="",
        individual=None if individual is None else bytes(individual),
        assignment=assignment,
        agency=agency,
        unit=unit,
        roles=tuple(roles.split(",")) if roles else (),
        title=title or "",
    )
    return found, bytes(sealed), name


def _pending(row: Row) -> PendingSignIn:
    values: dict[str, Any] = dict(
        zip(("state", "browser", "issuer", "door", "return_to", "least", "fresh"), row[:7], strict=True)
    )
    values |= {"door": Door(values["door"]), "fresh": bool(values["fresh"])}
    return PendingSignIn(**values, started_at=from_micros(row[7]), expires_at=from_micros(row[8]))
