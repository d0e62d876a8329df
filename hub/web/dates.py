"""Dates and times in the words that people use: "i dag 09.30", "i går", "fre 27 nov", "3 arbetsdagar kvar"."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from hub.kit.clock import STOCKHOLM
from hub.kit.working_days import working_days_between
from hub.web.language import ENGLISH, SWEDISH, Language

_MONTHS: Final = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip
_ENGLISH_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_DAYS: Final = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
_ENGLISH_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NEAR: Final = {-1: "i går", 0: "i dag", 1: "i morgon"}
_ENGLISH_NEAR: Final = {-1: "yesterday", 0: "today", 1: "tomorrow"}
#: The year of an open end.
_OPEN: Final = 9999
#: How far away a day may lie, in another year than this, with its year still obvious.
_OBVIOUS: Final = timedelta(days=90)
_OBVIOUS_IN_FULL: Final = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class DateWords:
    """Puts dates and instants into words, as they are said at `now`."""

    now: datetime
    language: Language = SWEDISH

    @property
    def today(self) -> date:
        """This day in Sweden."""
        return self.now.astimezone(STOCKHOLM).date()

    @property
    def _english(self) -> bool:
        return self.language is ENGLISH

    def clock(self, instant: datetime) -> str:
        """Return "09.30"."""
        return instant.astimezone(STOCKHOLM).strftime("%H:%M" if self._english else "%H.%M")

    def stopwatch(self, instant: datetime) -> str:
        """Return "19.41.07": seconds are said only where something is measured."""
        return instant.astimezone(STOCKHOLM).strftime("%H:%M:%S" if self._english else "%H.%M.%S")

    def day(self, when: date | datetime) -> str:
        """Return "i dag", "i går", "fre 27 nov", or "28 feb 2027" where the year is not obvious."""
        day = _day(when)
        near = (_ENGLISH_NEAR if self._english else _NEAR).get((day - self.today).days)
        if near:
            return near
        return f"{self._weekday(day)[:3]} {self._short(day)}" if self._obvious(day, _OBVIOUS) else self.short(day)

    def moment(self, instant: datetime) -> str:
        """Return "i dag 09.30" or "tor 19 nov 10.05"."""
        return f"{self.day(instant)} {self.clock(instant)}"

    def short(self, when: date | datetime) -> str:
        """Return "28 feb 2027", always with the year."""
        day = _day(when)
        return f"{self._short(day)} {day.year}"

    def long(self, when: date | datetime) -> str:
        """Return "28 februari 2027", always with the year."""
        day = _day(when)
        return f"{day.day} {self._month(day)} {day.year}"

    def full(self, when: date | datetime) -> str:
        """Return "28 februari", with the year only where it is not obvious."""
        day = _day(when)
        return f"{day.day} {self._month(day)}" if self._obvious(day, _OBVIOUS_IN_FULL) else self.long(day)

    def heading(self, when: date | datetime) -> str:
        """Return "I dag, tisdag 24 november" for a list by day."""
        day = _day(when)
        near = (_ENGLISH_NEAR if self._english else _NEAR).get((day - self.today).days)
        words = f"{self._weekday(day)} {self.full(day)}"
        text = f"{near}, {words}" if near else words
        return text[0].upper() + text[1:]

    def weekday(self, when: date | datetime) -> str:
        """Return "tisdag 24 november"."""
        day = _day(when)
        return f"{self._weekday(day)} {self.full(day)}"

    def left(self, due: date) -> str:
        """Return "3 arbetsdagar kvar", "i dag" or "sen 1 dag"."""
        days = working_days_between(self.today, due)
        if due == self.today:
            return "today" if self._english else "i dag"
        if due < self.today:
            return self._late((self.today - due).days)
        return self._remaining(days)

    def in_days(self, day: date) -> str:
        """Return "om 6 dagar" for something that ends."""
        days = (day - self.today).days
        if self._english:
            return "today" if days == 0 else "tomorrow" if days == 1 else f"in {days} days"
        return "i dag" if days == 0 else "i morgon" if days == 1 else f"om {days} dagar"

    def is_late(self, due: date) -> bool:
        """Tell whether `due` has passed."""
        return due < self.today

    @staticmethod
    def last_day(until: datetime) -> date:
        """Return the last whole day of a period that ends, exclusively, at `until` (reading R1)."""
        return (until - timedelta(microseconds=1)).astimezone(STOCKHOLM).date()

    @staticmethod
    def day_of(instant: datetime) -> date:
        """Return the day in Sweden."""
        return _day(instant)

    @staticmethod
    def end_of(until: datetime) -> date | None:
        """Return the last day of a period, None for one that is open."""
        return None if until.year == _OPEN else DateWords.last_day(until)

    def _late(self, days: int) -> str:
        if self._english:
            return f"{days} {'day' if days == 1 else 'days'} late"
        return f"sen {days} {'dag' if days == 1 else 'dagar'}"

    def _remaining(self, days: int) -> str:
        if self._english:
            return f"{days} {'working day' if days == 1 else 'working days'} left"
        return f"{days} {'arbetsdag' if days == 1 else 'arbetsdagar'} kvar"

    def _obvious(self, day: date, span: timedelta) -> bool:
        return day.year == self.today.year or abs(day - self.today) < span

    def _weekday(self, day: date) -> str:
        return (_ENGLISH_DAYS if self._english else _DAYS)[day.weekday()]

    def _month(self, day: date) -> str:
        return (_ENGLISH_MONTHS if self._english else _MONTHS)[day.month - 1]

    def _short(self, day: date) -> str:
        return f"{day.day} {self._month(day)[:3]}"


def _day(when: date | datetime) -> date:
    return when.astimezone(STOCKHOLM).date() if isinstance(when, datetime) else when
