"""Sessions of people: opened by a sign-in, found by a cookie, ended at once from anywhere."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from hub.access.signin.cookies import derived_key, digest, new_token
from hub.access.signin.errors import SessionOver, SignInRefused
from hub.access.signin.issuers import Issuer
from hub.access.signin.model import FRESH, LIMITS, Door, Session, SignedIn, SignInSession
from hub.access.signin.repository import Repository
from hub.kit.clock import Clock
from hub.kit.database import Database
from hub.kit.errors import NotFound
from hub.kit.ids import new_id
from hub.kit.secret import Secret

#: What one looks at without a word from the person doesn't move the idle limit oftener than this.
_TOUCH: Final = timedelta(seconds=60)
#: A name is sealed under a key that is used for nothing else, so that the nonce may be constant.
_NONCE: Final = bytes(12)
_NO_POST = "Du har inget uppdrag i hubben just nu. Prata med din chef eller den som lägger upp uppdrag hos er."
_NO_NUMBER = "Inloggningstjänsten talade inte om vem du är. Välj en annan e-legitimation."


class Sessions:
    """The sessions of both doors. `digest_of` makes the lookup digest of an individual's own number, `pseudonym` a
    keyed name of what an identity provider calls an individual: that may be the number itself, so it is never kept."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        issuers: Mapping[str, Issuer],
        digest_of: Callable[[Secret[str]], bytes],
        pseudonym: Callable[[str], str],
    ) -> None:
        self._repository = Repository(database)
        self._clock, self._issuers, self._digest_of, self._pseudonym = clock, issuers, digest_of, pseudonym

    async def find(self, token: str, door: Door) -> Session | None:
        """Return the session of a cookie, or None when it is over. One statement; doesn't move the idle limit."""
        found = await self._repository.find(digest(token), door, self._clock.now())
        if found is None:
            return None
        session, sealed, name = found
        issuer = self._issuers.get(session.issuer)
        if issuer is None or door not in issuer.doors:
            return None
        if session.agency is not None and not self.speaks_for(session.issuer, session.agency):
            session = replace(session, assignment=None, agency=None, unit=None, roles=(), title="")
        return replace(session, name=name or _key(token).decrypt(_NONCE, sealed, None).decode())

    async def touch(self, token: str, session: Session) -> None:
        """Say that somebody is active: moves the idle limit, at most once a minute."""
        wanted = self._idle(session.door)
        if wanted - session.idle_until >= _TOUCH:
            await self._repository.move_idle(digest(token), wanted, self._clock.now())

    async def extend(self, token: str, door: Door) -> Session:
        """Give a session its whole idle time again. Raises SessionOver."""
        moved = await self._repository.move_idle(digest(token), self._idle(door), self._clock.now())
        session = await self.find(token, door) if moved else None
        if session is None:
            raise SessionOver
        return session

    async def open(self, who: SignedIn, door: Door, earlier: str | None) -> str:
        """Return the cookie of a new session. `earlier` is the cookie that the browser had: that session ends.

        The same person goes on in the assignment they had. Raises SignInRefused.
        """
        before = await self.find(earlier, door) if earlier else None
        goes_on = before is not None and (before.issuer, before.subject) == (who.issuer, self._kept(who, door))
        assignment = before.assignment if before and goes_on else None
        token = new_token()
        row = self._row(token, who, door)
        row.assignment = assignment or await self._only_assignment(who, door)
        await self._repository.add(row)
        if earlier:
            await self._repository.end(digest(earlier))
        return token

    async def choose(self, session: Session, assignment: str) -> None:
        """Let an official work as `assignment` from now on. Raises NotFound when it isn't theirs to choose."""
        now = self._clock.now()
        agency = await self._repository.agency_of(assignment, session.issuer, session.subject, now)
        if agency is None or not self.speaks_for(session.issuer, agency):
            raise NotFound
        await self._repository.choose(session.id, assignment)

    async def end(self, token: str) -> None:
        """Sign out one browser."""
        await self._repository.end(digest(token))

    async def end_everywhere(self, issuer: str, subject: str) -> int:
        """Sign out every browser of one identity, by the subject that its sessions have; return how many there were."""
        return await self._repository.end_of(issuer, subject)

    async def end_at_issuer(self, issuer: str, sid: str | None, subject: str | None) -> int:
        """End what an issuer's back-channel notice names, and return how many sessions there were."""
        if sid is not None:
            return await self._repository.end_sid(issuer, sid)
        if not subject:
            return 0
        kept = (subject, self._pseudonym(_named(issuer, subject)))
        return sum([await self._repository.end_of(issuer, each) for each in kept])

    async def sweep(self) -> None:
        """Delete what is over: sessions, sign-ins that never came back, proofs too old to be used again."""
        await self._repository.sweep(self._clock.now())

    def speaks_for(self, issuer: str, agency: str) -> bool:
        """Tell whether this issuer may speak for that agency's staff."""
        return issuer in self._issuers and agency in self._issuers[issuer].agencies

    async def _only_assignment(self, who: SignedIn, door: Door) -> str | None:
        """Return the assignment of one who has just one. Raises SignInRefused for an official who has none."""
        if door is Door.INDIVIDUAL:
            return None
        mine = await self._repository.assignments_of(who.issuer, who.subject, self._clock.now())
        usable = [assignment for assignment, agency in mine if self.speaks_for(who.issuer, agency)]
        if not usable:
            raise SignInRefused(_NO_POST)
        return usable[0] if len(usable) == 1 else None

    def _row(self, token: str, who: SignedIn, door: Door) -> SignInSession:
        return SignInSession(
            token=digest(token),
            id=new_id(),
            door=door,
            issuer=who.issuer,
            subject=self._kept(who, door),
            sid=who.sid,
            loa=who.loa,
            factors=who.factors,
            authenticated_at=who.authenticated_at,
            name=_key(token).encrypt(_NONCE, who.name.encode(), None),
            individual=self._individual(who, door),
            idle_until=self._idle(door),
            ends_at=self._clock.now() + LIMITS[door].absolute,
        )

    def _kept(self, who: SignedIn, door: Door) -> str:
        """Return the subject as a session keeps it: an official's is the one that their agency has granted work to."""
        return who.subject if door is Door.STAFF else self._pseudonym(_named(who.issuer, who.subject))

    def _individual(self, who: SignedIn, door: Door) -> bytes | None:
        if door is Door.STAFF:
            return None
        if who.number is None:
            raise SignInRefused(_NO_NUMBER)
        return self._digest_of(who.number)

    def _idle(self, door: Door) -> datetime:
        return self._clock.now() + LIMITS[door].idle


def fresh(authenticated_at: datetime, now: datetime) -> bool:
    """Tell whether a sign-in is new enough for consent, clearance and administration."""
    return now - authenticated_at <= FRESH


def _named(issuer: str, subject: str) -> str:
    return f"{issuer}\0{subject}"


def _key(token: str) -> AESGCM:
    return AESGCM(derived_key(token, "name"))
