"""Lines in words: what is said yes to, as sentences that can be read aloud (reading R30)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any, Final, Literal

import yaml
from babel.dates import format_date

from hub.consent.drafts import DraftLine
from hub.consent.kinds import ALL, WORDS, Effect, Kind, Language

Person = Literal["jag", "du"]
_FORMS: Final = ("jag", "mig", "min", "mitt", "mina")
_HERE: Final = Path(__file__).parent


@cache
def _data() -> Mapping[str, Any]:
    return yaml.safe_load((_HERE / "phrases.yaml").read_text(encoding="utf-8"))


def phrased_categories() -> frozenset[str]:
    """Return the categories that can be put into words."""
    return frozenset(_data()["categories"])


def phrased_purposes() -> frozenset[str]:
    """Return the purposes that can be put into words."""
    return frozenset(_data()["purposes"])


def day_in_words(day: date, language: Language = Language.SWEDISH) -> str:
    """Return the day with its month by name: "28 februari 2027"."""
    return format_date(day, "d MMMM yyyy", locale="en" if language is Language.ENGLISH else "sv")


@dataclass(frozen=True, slots=True)
class Wording:
    """Puts lines into words in one language, to or by the individual. `names` are agencies and named receivers."""

    language: Language
    names: Mapping[str, str]
    person: Person = "du"

    def category(self, code: str) -> str:
        """Return what follows "om": "vad du klarar att arbeta"."""
        return self._sentence("everything") if code == ALL else self._phrase("categories", code)

    def purpose(self, code: str) -> str:
        """Return what follows "till": "din SIP"."""
        return self._phrase("purposes", code)

    def name(self, code: str) -> str:
        """Return the name of an agency or a named receiver."""
        return self._sentence("anybody") if code == ALL else self.names.get(code, code)

    def sentences(self, lines: Iterable[DraftLine]) -> tuple[str, ...]:
        """Return the sentences that together say all of `lines`: permits, then exclusions, then use and period."""
        found = list(lines)
        permits = [line for line in found if line.effect is Effect.PERMIT]
        stops = [line for line in found if line.effect is Effect.EXCLUSION]
        return (*self._permits(permits), *self._exclusions(stops), *self._terms(permits))

    def listed(self, codes: Iterable[str]) -> str:
        """Return categories in one breath: "planen, mötena och din hälsa"."""
        said = list(dict.fromkeys(self.category(code) for code in codes))
        last = said[-1:]
        return self._sentence("and").join([*([self._sentence("comma").join(said[:-1])] if said[:-1] else []), *last])

    def _permits(self, lines: Sequence[DraftLine]) -> Iterable[str]:
        for (owner, receiver), group in groupby(sorted(lines, key=_pair), key=_pair):
            frame = "register" if receiver == Kind.SUS else "tell"
            what = self.listed(line.category for line in group)
            yield self._sentence(frame, owner=self.name(owner), receiver=self.name(receiver), what=what)

    def _exclusions(self, lines: Sequence[DraftLine]) -> Iterable[str]:
        said: dict[str, None] = {}
        for line in lines:
            frame = _stopping(line) + ("_all" if line.receiver == ALL else "")
            what = "" if line.category == WORDS else self.category(line.category)
            parts = {"owner": self.name(line.owner), "receiver": self.name(line.receiver), "what": what}
            said[self._sentence(frame, **parts, words=line.words)] = None
        return said

    def _terms(self, lines: Sequence[DraftLine]) -> Iterable[str]:
        uses = (self._sentence("use", purpose=self.purpose(line.purpose)) for line in lines)
        return dict.fromkeys((*uses, *(self._period(line) for line in lines if line.last_day)))

    def _period(self, line: DraftLine) -> str:
        day = day_in_words(line.last_day, self.language) if line.last_day else ""
        if line.first_day is None:
            return self._sentence("until", day=day)
        return self._sentence("between", start=day_in_words(line.first_day, self.language), day=day)

    def _sentence(self, frame: str, **parts: str) -> str:
        return _data()["sentences"][self.language][frame].format(**parts)

    def _phrase(self, family: str, code: str) -> str:
        forms = _data()["persons"][self.language][self.person]
        phrase = _data()[family].get(code, {}).get(self.language, code)
        return phrase.format(**dict(zip(_FORMS, forms, strict=True)))


def _stopping(line: DraftLine) -> str:
    if line.category == WORDS:
        return "words"
    return "none" if line.owner == ALL else "except"


def _pair(line: DraftLine) -> tuple[str, str]:
    return (line.owner, line.receiver)
