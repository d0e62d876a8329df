"""Errors as pages: what happened, why, what to do. Never a name, a number, or whether anything exists."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Way:
    """One thing to do about it."""

    words: str
    href: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class ErrorView:
    """One error as its page shows it."""

    title: str
    detail: str
    ways: tuple[Way, ...] = ()
    entry: str = ""
