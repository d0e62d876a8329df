"""The languages that a page can be in."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Language:
    """One language: `code` names its catalogue, `tag` is what the page says of itself, `name` what the reader sees."""

    code: str
    tag: str
    name: str


SWEDISH: Final = Language("sv", "sv", "Svenska")
#: BCP 47 has no tag of its own for easy Swedish; to a screen reader it is Swedish.
EASY_SWEDISH: Final = Language("sv-x-easy", "sv", "Lätt svenska")
ENGLISH: Final = Language("en", "en", "English")
LANGUAGES: Final = (SWEDISH, EASY_SWEDISH, ENGLISH)


def language(code: str | None) -> Language:
    """Return the language called `code`, Swedish when there is none of that name."""
    return next((each for each in LANGUAGES if each.code == code), SWEDISH)
