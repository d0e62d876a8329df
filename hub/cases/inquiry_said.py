"""What an official says on a question by hand, and the facts that it becomes: pure.

The words are kept as they were written, sealed under the key of the official's agency. Facts are made of them at each
reading, so that one and the same permit cuts what a machine said and what a human said.
"""

from collections.abc import Collection
from datetime import date, datetime
from typing import Final

import msgspec

from hub.access.explain import LABELS
from hub.access.questions.words import Category
from hub.broker.port import Code, Fact, Span, Value
from hub.kit.errors import FieldError, Invalid

#: The code system of what is said by hand: there is none, so the category itself is the code.
SYSTEM: Final = "hub:inquiry"
LONGEST: Final = 2000
MOST: Final = 40
#: Data on health and on what social services know (GDPR 9.1; OSL 25:1, 26:1), marked as such on its way.
_SENSITIVE: Final = frozenset({"health", "mental_health", "substance_use", "trauma", "coercive_care", "work_ability"})


class SaidFact(msgspec.Struct, frozen=True, kw_only=True):
    """One thing, in the official's own words.

    `location`: it tells, or may tell, where somebody is (OSL 21:3 a). `third_person`: it speaks of somebody else (R23).
    """

    category: Category
    text: str
    since: date | None = None
    until: date | None = None
    location: bool = False
    third_person: bool = False


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """An answer: facts, what there is nothing to say about, or a refusal to answer with its reason."""

    facts: tuple[SaidFact, ...] = ()
    nothing: tuple[Category, ...] = ()
    declined: str = ""

    @property
    def about(self) -> frozenset[Category]:
        """The categories that something is said of."""
        return frozenset((*(each.category for each in self.facts), *self.nothing))


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """An answer as it lies, with who gave it: never sent under somebody else's name."""

    said: Said
    name: str
    title: str
    unit: str


def encode(kept: Kept) -> bytes:
    """Return the answer as it is sealed."""
    return msgspec.json.encode(kept)


def decode(body: bytes) -> Kept:
    """Return the answer that `encode` wrote."""
    return msgspec.json.decode(body, type=Kept)


def checked(said: Said, asked: Collection[str], owed: Collection[str] | None) -> None:
    """Raise Invalid for what can't be kept. `owed`: what must have an answer for it to be sent; None for a draft."""
    faults = [fault for number, fact in enumerate(said.facts) for fault in _faults(number, fact, asked)]
    if not set(said.nothing) <= set(asked):
        faults.append(FieldError("nothing", "Välj bara bland det som frågan gäller."))
    if len(said.facts) > MOST:
        faults.append(FieldError("facts", f"Skriv högst {MOST} uppgifter."))
    if len(said.declined) > LONGEST:
        faults.append(FieldError("declined", _too_long(said.declined)))
    if owed is not None and not said.declined:
        faults += [
            FieldError(each, "Skriv vad ni vet, eller kryssa i att ni inte har något att säga om det.")
            for each in sorted(set(owed) - said.about)
        ]
    if owed is not None and said.declined and said.about:
        faults.append(FieldError("declined", "Svara på frågan eller avstå, inte båda."))
    if faults:
        raise Invalid(fields=tuple(faults))


def facts(kept: Kept, source: str, at: datetime) -> tuple[Fact, ...]:
    """Return what was said in the common form of facts. `source`: the question's id, `at`: when it was sent."""
    return tuple(_fact(each, kept, source, at) for each in kept.said.facts)


def signed(kept: Kept, *, hidden: bool) -> str:
    """Return who answered, as it is said to the one who asked. `hidden`: a name may tell where somebody is."""
    return (kept.title or "en handläggare") if hidden else ", ".join(filter(None, (kept.name, kept.title)))


def _fact(said: SaidFact, kept: Kept, source: str, at: datetime) -> Fact:
    told = Value("said", "Svar", said.text, location=said.location, third_person=True)
    return Fact(
        category=said.category,
        what=Code(SYSTEM, said.category, _label(said.category)),
        text=said.text,
        unit=kept.unit,
        as_of=at,
        source=source,
        period=Span(said.since, said.until) if said.since or said.until else None,
        values=(told,) if said.third_person else (),
        sensitive=said.category in _SENSITIVE,
        location=said.location,
        by_hand=signed(kept, hidden=False),
    )


def _faults(number: int, fact: SaidFact, asked: Collection[str]) -> list[FieldError]:
    faults: list[FieldError] = []
    if fact.category not in asked:
        faults.append(FieldError(f"facts.{number}.category", "Välj bara bland det som frågan gäller."))
    if not fact.text.strip():
        faults.append(FieldError(f"facts.{number}.text", "Skriv vad ni vet."))
    if len(fact.text) > LONGEST:
        faults.append(FieldError(f"facts.{number}.text", _too_long(fact.text)))
    if fact.since and fact.until and fact.until < fact.since:
        faults.append(FieldError(f"facts.{number}.until", "Sista dagen kan inte ligga före den första."))
    return faults


def _too_long(text: str) -> str:
    return f"Texten är {len(text) - LONGEST} tecken för lång. Korta den."


def _label(code: str) -> str:
    words = LABELS.categories.get(code, code)
    return words[:1].upper() + words[1:]
