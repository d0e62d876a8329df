"""The cookies of the doors: one for each door's session, and one for a sign-in under way.

HttpOnly and SameSite=Lax always; over https also Secure under the `__Host-` prefix, so that no other site of the same
domain can set them. Values are 256 random bits and mean nothing.
"""

import hmac
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, Literal

from fastapi import Request, Response

from hub.access.signin.model import PENDING, Door

_START: Final = "start"


@dataclass(frozen=True, slots=True)
class Cookies:
    """Reads and sets the cookies of one hub; `secure` when it is served over https."""

    secure: bool

    def name(self, what: Door | Literal["start"]) -> str:
        """Return the cookie's name."""
        return f"{'__Host-' if self.secure else ''}hub-{what}"

    def session(self, request: Request, door: Door) -> str | None:
        """Return the browser's session cookie of this door."""
        return request.cookies.get(self.name(door)) or None

    def start(self, request: Request) -> str | None:
        """Return the cookie of the browser's sign-ins under way."""
        return request.cookies.get(self.name(_START)) or None

    def open(self, response: Response, door: Door, token: str) -> None:
        """Set a session cookie; it goes when the browser is closed."""
        self._set(response, self.name(door), token, None)

    def begin(self, response: Response, token: str) -> None:
        """Set the cookie of a sign-in under way."""
        self._set(response, self.name(_START), token, int(PENDING.total_seconds()))

    def close(self, response: Response, door: Door) -> None:
        """Take away a session cookie."""
        self._delete(response, self.name(door))

    def begun(self, response: Response) -> None:
        """Take away the cookie of a sign-in under way."""
        self._delete(response, self.name(_START))

    def _set(self, response: Response, name: str, value: str, age: int | None) -> None:
        response.set_cookie(name, value, max_age=age, path="/", secure=self.secure, httponly=True, samesite="lax")

    def _delete(self, response: Response, name: str) -> None:
        response.delete_cookie(name, path="/", secure=self.secure, httponly=True, samesite="lax")


def new_token() -> str:
    """Return 256 random bits, fit for a cookie or an address."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> bytes:
    """Return the form in which a token lies in the database."""
    return sha256(token.encode()).digest()


def derived_key(token: str, purpose: str) -> bytes:
    """Return 256 bits of their own for `purpose`, that only one who has `token` can make."""
    return hmac.digest(token.encode(), purpose.encode(), sha256)


def derived(token: str, purpose: str) -> str:
    """Return `derived_key` as 43 letters and digits, fit for a form or an address."""
    return urlsafe_b64encode(derived_key(token, purpose)).rstrip(b"=").decode()
