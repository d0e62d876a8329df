"""What is checked of what an administrator writes: each refusal says what to do."""

from datetime import datetime
from typing import NoReturn

from hub.agencies.model import OPEN_END
from hub.kit.errors import FieldError, Invalid


def one_of(field: str, message: str) -> NoReturn:
    """Raise Invalid for one field."""
    raise Invalid(fields=(FieldError(field, message),))


def text(field: str, value: str, longest: int) -> str:
    """Return `value` without space round it. Raises Invalid when it is empty, too long or holds a control character."""
    value = value.strip()
    if not value:
        one_of(field, "Det här behöver fyllas i.")
    if len(value) > longest:
        one_of(field, f"Det är för långt. Skriv högst {longest} tecken.")
    if not value.isprintable():
        one_of(field, "Texten innehåller ett tecken som inte går att visa. Skriv om den.")
    return value


def period(valid_from: datetime, valid_until: datetime, *, ends: bool = False) -> None:
    """Raise Invalid when the period is empty, or has no end although it must have one (`ends`)."""
    if valid_until <= valid_from:
        one_of("validUntil", "Slutet ligger före början. Skriv ett senare slutdatum.")
    if ends and valid_until >= OPEN_END:
        one_of("validUntil", "Skriv ett slutdatum.")
