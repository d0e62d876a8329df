"""The number of an individual: a value that is checked whole and can't be printed.

Kinds: personnummer (folkbokföringslagen 18 §), samordningsnummer (lag 2022:1697: the day plus 60) and nationellt
reservnummer (Inera's NRID, `XXYYMMDDNNGC`, with two letters; law.md 4.8). Unreal numbers are refused with what to do;
the refusal never repeats what was written.

Of a reserve number its issuer, form and day are checked, but no check digit is computed: Inera's open description names
the last place a check digit and doesn't say how the letters count, and each region's own reserve numbers have another
form and another sum. A region's own is refused, since without its issuer's domain it is nobody's: two regions may both
have given it, to two people.
"""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, NoReturn

from hub.kit.errors import FieldError, Invalid
from hub.kit.secret import Secret
from hub.people.facts import age_on


class NumberKind(StrEnum):
    """Which register gave the number."""

    PERSONNUMMER = "personnummer"
    SAMORDNINGSNUMMER = "samordningsnummer"
    RESERVNUMMER = "reservnummer"


_RESERVE_FORM: Final = (
    "Det är inget nationellt reservnummer: åtta siffror, två bokstäver (inte I, O, Q, V eller W) och två tecken till. "
    "En regions eget reservnummer går inte att använda här."
)
_NO_SUCH_SERIES: Final = (
    "Reservnumret börjar inte som ett nationellt reservnummer. Kontrollera de första åtta siffrorna."
)
_FORM: Final = "Skriv tio eller tolv siffror, till exempel ÅÅÅÅMMDD-NNNN."
_NO_SUCH_DAY: Final = "Den dagen finns inte. Kontrollera år, månad och dag."
_NOT_YET: Final = "Det numret hör till någon som inte är född än. Kontrollera årtalet."
_CHECK_DIGIT: Final = "Sista siffran stämmer inte med de andra. Kontrollera varje siffra."

_DIGITS: Final = re.compile(r"(?P<century>18|19|20)?(?P<day>[0-9]{6})(?P<mark>[-+]?)(?P<last>[0-9]{4})")
#: Letters I, O, Q, V and W aren't used; the sex place holds a digit, or a letter when it isn't known.
_RESERVE: Final = re.compile(
    r"(?P<series>[0-9]{2})(?P<day>[0-9]{6})-?(?P<letters>[A-HJ-NPR-UX-Z]{2})(?P<sex>[0-9A-HJ-NPR-UX-Z])[0-9]"
)
#: Twelve places of which one of the last four is a letter: meant as a reserve number of some kind.
_LIKE_RESERVE: Final = re.compile(r"[0-9]{8}-?(?=[0-9]*[A-Z])[0-9A-Z]{4}")
#: Region Stockholm's own, digits only: 99, a year, a number in order.
_STOCKHOLMS: Final = re.compile(r"99[0-9]{6}-?[0-9]{4}")
_NO_BIRTH_DATE: Final = "00"
#: What stands in place of a day that isn't known: no month and no day, so that it is never taken for one.
_IN_PLACE_OF_DAY: Final = re.compile(r"[0-9]{2}[2-9][0-9][45][0-9]")
#: The first series of reserve numbers is the century of birth plus three: 22 for 19, 23 for 20. Then in steps of three,
#: at most 26 times.
_RESERVE_SERIES: Final = range(22, 99)
_COORDINATION: Final = 60
_CENTURY: Final = 100


class UnrealNumber(Invalid):
    """What was written is nobody's number."""

    code, title = "orimligt-nummer", "Numret stämmer inte"

    def __init__(self, field: str = "number", message: str = _FORM) -> None:
        super().__init__(fields=(FieldError(field, message),))


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class PersonalNumber:
    """A checked number in its twelve-place form. Made by `parse`; `reveal` is the one way to its digits."""

    kind: NumberKind
    born: date | None
    _value: Secret[str]

    @classmethod
    def parse(cls, text: str, today: date, field: str = "number") -> "PersonalNumber":
        """Return the number written in `text` (ten or twelve places, `-` or `+`).

        `today` decides the century of ten digits and that nobody is born tomorrow. Raises UnrealNumber for `field`.
        """
        plain = re.sub(r"\s", "", text).replace("\u2013", "-").replace("\u2212", "-").upper()
        if found := _DIGITS.fullmatch(plain):
            return _numeric(found, today, field)
        if found := _RESERVE.fullmatch(plain):
            return _reserve(found, today, field)
        reserve = _LIKE_RESERVE.fullmatch(plain) or _STOCKHOLMS.fullmatch(plain)
        raise UnrealNumber(field, _RESERVE_FORM if reserve else _FORM)

    def reveal(self) -> str:
        """Return the twelve places without a dash. Each call is a place to look at in a review."""
        return self._value.reveal()

    @property
    def masked(self) -> str:
        """Return the date and four dots, for those who may see that much (`19900101-••••`)."""
        return f"{self._value.reveal()[:8]}-••••"

    def age(self, day: date) -> int | None:
        """Return whole years at `day`, or None when the number tells no date of birth."""
        return None if self.born is None else age_on(self.born, day)

    def __repr__(self) -> str:
        return "<personnummer>"

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        return repr(self)

    def __reduce__(self) -> NoReturn:
        msg = "a personal number is never pickled"
        raise TypeError(msg)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PersonalNumber) and self._value == other._value

    def __hash__(self) -> int:
        return hash(self._value)


def _numeric(found: re.Match[str], today: date, field: str) -> PersonalNumber:
    year, month, day = int(found["day"][:2]), int(found["day"][2:4]), int(found["day"][4:])
    coordination = day > _COORDINATION
    century = int(found["century"] or _century_of(year, month, day % _COORDINATION, found["mark"], today))
    born = _day(century * _CENTURY + year, month, day - _COORDINATION if coordination else day)
    if born is None:
        raise UnrealNumber(field, _NO_SUCH_DAY)
    if born > today:
        raise UnrealNumber(field, _NOT_YET)
    ten = found["day"] + found["last"]
    if not luhn_holds(ten) or found["last"].startswith("000"):
        raise UnrealNumber(field, _CHECK_DIGIT)
    kind = NumberKind.SAMORDNINGSNUMMER if coordination else NumberKind.PERSONNUMMER
    return PersonalNumber(kind, born, Secret(f"{century}{ten}"))


def _century_of(year: int, month: int, day: int, mark: str, today: date) -> int:
    """Ten digits mean the latest such day that has been; `+` means a hundred years before that."""
    century = today.year // _CENTURY
    if (century * _CENTURY + year, month, day) > (today.year, today.month, today.day):
        century -= 1
    return century - 1 if mark == "+" else century


def _reserve(found: re.Match[str], today: date, field: str) -> PersonalNumber:
    value = Secret(found["series"] + found["day"] + found["letters"] + found["sex"] + found.string[-1])
    series = int(found["series"])
    if found["series"] == _NO_BIRTH_DATE and _IN_PLACE_OF_DAY.fullmatch(found["day"]):
        return PersonalNumber(NumberKind.RESERVNUMMER, None, value)
    if series not in _RESERVE_SERIES:
        raise UnrealNumber(field, _NO_SUCH_SERIES)
    born = _day((18 + series % 3) * _CENTURY + int(found["day"][:2]), int(found["day"][2:4]), int(found["day"][4:]))
    if born is None:
        raise UnrealNumber(field, _NO_SUCH_DAY)
    if born > today:
        raise UnrealNumber(field, _NOT_YET)
    return PersonalNumber(NumberKind.RESERVNUMMER, born, value)


def _day(year: int, month: int, day: int) -> date | None:
    with suppress(ValueError):
        return date(year, month, day)
    return None


def luhn_holds(ten: str) -> bool:
    """Tell whether the last of ten digits is the check digit of the others."""
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(ten)]
    return sum(number // 10 + number % 10 for number in doubled) % 10 == 0
