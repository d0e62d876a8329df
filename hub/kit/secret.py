"""A value that can't be printed, logged, pickled or put into JSON by mistake."""

import hmac
from typing import Generic, NoReturn, TypeVar, cast

T = TypeVar("T", str, bytes)


class Secret(Generic[T]):
    """Holds a text or bytes that must never be shown; `reveal` is the one, searchable, way to it."""

    __slots__ = ("_value",)

    def __init__(self, value: T) -> None:
        self._value = value

    def reveal(self) -> T:
        """Return what is held. Each call is a place to look at in a review."""
        return self._value

    def __repr__(self) -> str:
        return "<hemligt>"

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        return repr(self)

    def __reduce__(self) -> NoReturn:
        msg = "a secret is never pickled"
        raise TypeError(msg)

    def __eq__(self, other: object) -> bool:
        return type(other) is Secret and hmac.compare_digest(
            _bytes(self._value), _bytes(cast("Secret[T]", other)._value)
        )

    def __hash__(self) -> int:
        return hash(_bytes(self._value))


def _bytes(value: str | bytes) -> bytes:
    return value.encode() if isinstance(value, str) else value
