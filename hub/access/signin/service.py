"""A sign-in from its beginning in a browser to its end: state, nonce, verifier, answer, level."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

import structlog

from hub.access.signin.cookies import derived, digest, new_token
from hub.access.signin.errors import ProviderSilent, SignInRefused, Untrusted
from hub.access.signin.issuers import Issuer
from hub.access.signin.keys import peek
from hub.access.signin.model import PENDING, SKEW, STRONG, Door, PendingSignIn, SignedIn
from hub.access.signin.oidc import Asked, Provider
from hub.access.signin.repository import Repository
from hub.kit.clock import Clock
from hub.kit.database import Database
from hub.kit.errors import NotFound

_LONGEST_PATH: Final = 500
#: What may follow a door's own path: printable, no backslash.
_REST: Final = re.compile(r"(?:[/?][!-\[\]-~]*)?")
_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Wish:
    """Through which door somebody wants in, with whom, where to, how strongly at least, and whether anew."""

    door: Door
    issuer: str
    return_to: str
    least: int = 0
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Arrival:
    """A sign-in that came back well."""

    who: SignedIn
    door: Door
    return_to: str


class Cancelled(SignInRefused):
    """The person turned back at the identity provider."""

    title = "Du avbröt inloggningen"
    detail = "Inget har hänt. Du kan börja om när du vill."


class Lost(SignInRefused):
    """Nobody began this sign-in in this browser, or it was long ago, or it has come back before."""

    status, title = 400, "Inloggningen tog för lång tid"
    detail = "Den kan också ha öppnats i en annan webbläsare. Börja om, så går det."


class TooWeak(SignInRefused):
    """The identity provider did less than was asked for. `wish` is what to ask for again."""

    code, title = "for-svag-inloggning", "Det behövs en starkare inloggning"
    detail = "Du loggade in på ett sätt som inte räcker till det du skulle göra."

    def __init__(self, wish: Wish) -> None:
        super().__init__()
        self.wish = wish


class SignIn:
    """Sends browsers to identity providers and judges what they come back with."""

    def __init__(self, providers: Mapping[str, Provider], database: Database, clock: Clock) -> None:
        self._providers, self._repository, self._clock = providers, Repository(database), clock

    def issuers(self, door: Door) -> list[Issuer]:
        """Return the identity providers of a door, in the operator's order."""
        return [each.issuer for each in self._providers.values() if door in each.issuer.doors]

    async def begin(self, wish: Wish, browser: str) -> str:
        """Return where to send the browser whose start cookie is `browser`. Raises NotFound, ProviderSilent."""
        provider = self._providers.get(wish.issuer)
        if provider is None or wish.door not in provider.issuer.doors:
            raise NotFound
        state, now = new_token(), self._clock.now()
        pending = PendingSignIn(
            state=digest(state),
            browser=digest(browser),
            issuer=wish.issuer,
            door=wish.door,
            return_to=local(wish.return_to, wish.door),
            least=wish.least,
            fresh=wish.fresh,
            started_at=now,
            expires_at=now + PENDING,
        )
        address = await provider.authorization_address(_asked(pending, state, browser))
        await self._repository.begin(pending)
        return address

    async def finish(self, answer: Mapping[str, str], browser: str | None) -> Arrival:
        """Return who came back. `answer` is the query of the answer.

        Raises Lost, Cancelled, TooWeak, SignInRefused, ProviderSilent.
        """
        state = answer.get("state", "")
        if browser is None:
            raise Lost
        pending = await self._repository.take(digest(state), digest(browser), self._clock.now())
        if pending is None:
            raise Lost
        provider = self._providers.get(pending.issuer)
        if provider is None:
            raise SignInRefused
        try:
            who = await _answered(provider, answer, _asked(pending, state, browser))
        except Untrusted as reason:
            _log.warning("sign_in_refused", issuer=pending.issuer, code=reason.code)
            raise SignInRefused from None
        self._check_strength(who, pending)
        _log.info("signed_in", issuer=who.issuer, door=pending.door.value, loa=who.loa)
        return Arrival(who, pending.door, pending.return_to)

    async def end_session_address(self, issuer: str) -> str | None:
        """Return where a browser can sign out at the identity provider too, if it can."""
        provider = self._providers.get(issuer)
        try:
            return await provider.end_session_address() if provider else None
        except ProviderSilent:
            return None

    async def logged_out(self, token: str) -> tuple[str, str | None, str | None]:
        """Return (issuer, sid, subject) of a back-channel logout token, that counts once.

        Raises Untrusted, ProviderSilent.
        """
        provider = self._providers.get(str(peek(token)[1].get("iss")))
        if provider is None:
            raise Untrusted("unknown_issuer")
        notice = await provider.logout_notice(token)
        seen = digest(f"logout\0{notice.issuer}\0{notice.jti}")
        if not await self._repository.use_once(seen, self._clock.now() + 2 * PENDING):
            raise Untrusted("replayed")
        return notice.issuer, notice.sid, notice.subject

    def _check_strength(self, who: SignedIn, pending: PendingSignIn) -> None:
        stale = pending.fresh and who.authenticated_at < pending.started_at - SKEW
        if who.loa < pending.least or stale:
            raise TooWeak(Wish(pending.door, pending.issuer, pending.return_to, pending.least, pending.fresh))


def start_address(door: Door, return_to: str = "", *, least: int = 0, fresh: bool = False) -> str:
    """Return the address of the hub where a sign-in through `door` begins."""
    wanted = {"till": return_to or None, "niva": least or None, "ny": "ja" if fresh else None}
    query = urlencode({name: value for name, value in wanted.items() if value})
    return f"/logga-in/{door.value}{'?' if query else ''}{query}"


def local(path: str, door: Door) -> str:
    """Return `path` when it is a path behind this door, else the door's own: never another site."""
    rest = path.removeprefix(door.home)
    inside = path.startswith(door.home) and len(path) <= _LONGEST_PATH and _REST.fullmatch(rest)
    return path if inside else door.home


def _asked(pending: PendingSignIn, state: str, browser: str) -> Asked:
    """Nonce and verifier are made of what only the browser has, so that they needn't be kept."""
    return Asked(
        door=pending.door,
        state=state,
        nonce=derived(browser, f"nonce:{state}"),
        verifier=derived(browser, f"verifier:{state}"),
        # Somebody who only wants in is asked to be strong, and let in weaker; who must be strong, is asked for that.
        least=max(pending.least, STRONG),
        fresh=pending.fresh,
    )


async def _answered(provider: Provider, answer: Mapping[str, str], asked: Asked) -> SignedIn:
    await provider.check_answer_from(answer.get("iss"))
    if "error" in answer:
        if answer["error"] == "access_denied":
            raise Cancelled
        raise Untrusted("provider_error")
    return await provider.sign_in(answer.get("code", ""), asked)
