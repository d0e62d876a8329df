"""The agency's code lists, as far as they are published. The contract has none: a word that is not here is kept as it came.

The number of a sökandekategori and its text both come, depending on who answers, so either is known.
"""

from dataclasses import dataclass
from typing import Final

from hub.broker.port import Code


@dataclass(frozen=True, slots=True)
class Seeking:
    """A sökandekategori. `status`: what it claims of `employment.status`. `sensitive`: it tells of a disability."""

    number: str
    text: str
    status: str
    sensitive: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    """A code that was looked up, and what follows from it."""

    code: Code
    status: str = ""
    sensitive: bool = False


_SEEKING: Final = (
    Seeking("11", "Arbetslös", "unemployed"),
    Seeking("21", "Deltidsarbetslös", "employed"),
    Seeking("22", "Timanställd", "employed"),
    Seeking("31", "Tillfälligt arbete", "employed"),
    Seeking("33", "Nystartsjobb", "employed"),
    Seeking("41", "Ombytessökande", "employed"),
    Seeking("42", "Lönebidrag", "employed", sensitive=True),
    Seeking("43", "Offentligt skyddat arbete", "employed", sensitive=True),
    Seeking("54", "Arbetspraktik", "unemployed"),
    Seeking("69", "Jobbgarantin för ungdomar", "unemployed"),
    Seeking("70", "Jobb- och utvecklingsgarantin", "unemployed"),
    Seeking("81", "Arbetsmarknadsutbildning", "studying"),
    Seeking("", "Anställd", "employed"),
)
_BY_NUMBER: Final = {each.number: each for each in _SEEKING if each.number}
_BY_TEXT: Final = {each.text.casefold(): each for each in _SEEKING}
#: What the agency decides on: the text, and whether it tells of a disability.
_SUPPORT: Final = {
    text.casefold(): (text, sensitive)
    for text, sensitive in (
        ("Aktivitetsstöd", False),
        ("Utvecklingsersättning", False),
        ("Etableringsersättning", False),
        ("Nystartsjobb", False),
        ("Introduktionsjobb", False),
        ("Stöd vid start av näringsverksamhet", False),
        ("Lönebidrag", True),
        ("Trygghetsanställning", True),
    )
}
#: The only statuses of an answer that have been seen to say that all is well.
ANSWERED: Final = 0
_FUND_ANSWERED: Final = frozenset({"ok", "all clear"})


def seeking(value: str) -> Word:
    """Return the sökandekategori that `value` is, by number or by text; flagged when it is neither."""
    found = _BY_NUMBER.get(value) or _BY_TEXT.get(value.casefold())
    if found is None:
        return Word(Code("af:sokandekategori", value, value, known=False))
    return Word(Code("af:sokandekategori", value, found.text), found.status, found.sensitive)


def support(value: str) -> Word:
    """Return the kind of support that a decision is about; flagged when it isn't one of the known."""
    if found := _SUPPORT.get(value.casefold()):
        return Word(Code("af:ersattningstyp", value, found[0]), sensitive=found[1])
    return Word(Code("af:ersattningstyp", value, value or "Ersättning utan namn", known=False))


def fund_status(value: str) -> Code:
    """Return how an a-kassa says that it has answered."""
    known = value.casefold() in _FUND_ANSWERED
    return Code("so:status", value, "A-kassan har svarat" if known else value or "ingen status", known=known)


def in_words(code: Code) -> str:
    """Return a code's text; where the hub doesn't know the code, that is said too."""
    return code.text if code.known else f"{code.text} (känns inte igen av hubben)"
