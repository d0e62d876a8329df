"""One item of each collection: what it says, in the common form."""

from datetime import date
from typing import Final

from adapters.socialtjanst.codes import (
    APPLICATION,
    ASSIGNMENT,
    KINDS,
    OBSTACLE,
    OUTCOME,
    PLACES,
    ROLE,
    SENSITIVE,
    area,
    code,
)
from adapters.socialtjanst.parts import Part, Unreadable
from hub.broker.port import Category, Claim, Code, Fact, Span, Value

__all__ = ["KINDS", "NAMED", "application", "assignment", "contact", "decision", "official"]
#: How one item of a collection is called in what people read.
NAMED: Final = {
    "ansokningar": "Ansökan",
    "beslut": "Beslut",
    "uppdrag": "Uppdrag",
    "kontaktpersoner": "Kontaktperson",
    "kontaktuppgifter": "Kontaktuppgift",
}
_MONTHS: Final = (
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
)


def application(told: Part) -> list[Fact]:
    """An application that has been made."""
    category, what = area(told.text("omrade"))
    status = code("ansokan", told.text("status"), APPLICATION)
    came = told.day("inkom")
    text = f"Ansökan om {_small(what)} {status.text}." if status.known else f"Ansökan om {_small(what)}: {status.text}."
    values = [Value("status", "Läge", status.text)]
    if came:
        values.append(Value("received", "Kom in", came))
    return [_fact(told, category, what, text, Span(came) if came else None, values, "ansokanId")]


def decision(told: Part) -> list[Fact]:
    """A decision; and, where it says so, why the individual can't support themselves."""
    category, what = area(told.text("omrade"))
    outcome = code("utfall", told.text("utfall"), OUTCOME)
    period, odd = told.period("gallerFran", "gallerTill")
    next_time = told.day("nastaProvning")
    text = f"{what.text}: {outcome.text}." + (f" Prövas igen {_day(next_time)}." if next_time else "")
    values = [Value("outcome", "Beslut", outcome.text), *odd, *_decided(told), *_amount(told)]
    if next_time:
        values.append(Value("next_review", "Prövas igen", next_time))
    obstacle = told.text("forsorjningshinder", default="")
    fact = _fact(told, category, what, text, period, values, "beslutId")
    return [fact, _obstacle(fact, obstacle)] if obstacle else [fact]


def assignment(told: Part) -> list[Fact]:
    """Support that is given, or is to be."""
    category, what = area(told.text("omrade"))
    status = code("uppdrag", told.text("status"), ASSIGNMENT)
    period, odd = told.period("start", "slut")
    extent, goal, giver = (told.text(name, default="") for name in ("omfattning", "mal", "utforare"))
    text = f"{what.text} {status.text}" if status.known else f"{what.text}: {status.text}"
    values = [Value("status", "Läge", status.text), *odd]
    if extent:
        values.append(Value("extent", "Omfattning", extent))
    if goal:
        values.append(Value("goal", "Mål", goal))
    if giver:
        values.append(Value("provider", "Utförare", giver, location=True))
    text = f"{text}, {extent}." if extent else f"{text}."
    return [_fact(told, category, what, text, period, values, "uppdragId")]


def official(told: Part) -> list[Fact]:
    """Whom at socialtjänsten to speak to."""
    role = code("roll", told.text("roll"), ROLE)
    name = told.text("namn")
    values = [Value("role", "Roll", role.text), Value("name", "Namn", name)]
    values += [
        Value(field, label, told.text(field_name))
        for field, label, field_name in (("phone", "Telefon", "telefon"), ("email", "E-post", "epost"))
        if told.has(field_name)
    ]
    period, odd = told.period("fran", "till")
    coordinates = role.value == "SAMORDNARE"
    unit = _unit(told)
    claim = Claim("plan.coordinator", f"{role.text}, {unit}") if coordinates else None
    category: Category = "plan" if coordinates else "contact"
    text = f"{role.text} är {name}."
    return [_fact(told, category, role, text, period, [*values, *odd], "kontaktpersonId", claim=claim, unit=unit)]


def contact(told: Part) -> list[Fact]:
    """Where the individual, or a relative, can be reached."""
    kind = told.text("typ")
    category, label = _CONTACT.get(kind, ("contact", kind))
    other = told.text("relation", default="")
    said = _address(told) if kind == "ADRESS" else told.text("varde")
    words = {name: text for name, (_, text) in _CONTACT.items()}
    value = Value(_NAMES.get(kind, "other"), label, said, location=True, third_person=bool(other))
    claim = None if other else _claim(kind, said)
    text = f"{label} till anhörig ({other}): {said}." if other else f"{label}: {said}."
    period, odd = told.period("fran", "till")
    made = code("kontakttyp", kind, words)
    category = "family" if other else category
    return [_fact(told, category, made, text, period, [value, *odd], "kontaktuppgiftId", claim=claim, place=True)]


_CONTACT: Final[dict[str, tuple[Category, str]]] = {
    "ADRESS": ("address", "Adress"),
    "TELEFON": ("phone", "Telefon"),
    "EPOST": ("contact", "E-post"),
}
_NAMES: Final = {"ADRESS": "address", "TELEFON": "phone", "EPOST": "email"}


def _fact(
    told: Part,
    category: Category,
    what: Code,
    text: str,
    period: Span | None,
    values: list[Value],
    source: str,
    *,
    claim: Claim | None = None,
    unit: str = "",
    place: bool = False,
) -> Fact:
    return Fact(
        category=category,
        what=what,
        text=text,
        unit=unit or _unit(told),
        as_of=told.instant("uppdaterad"),
        source=told.text(source),
        period=period,
        values=tuple(values),
        sensitive=category in SENSITIVE,
        location=place or category in PLACES,
        claim=claim,
    )


def _unit(told: Part) -> str:
    unit = told.part("enhet")
    if unit is None:
        raise Unreadable("enhet")
    return unit.text("namn")


def _decided(told: Part) -> list[Value]:
    values: list[Value] = []
    if (day := told.day("beslutsdatum")) is not None:
        values.append(Value("decided", "Beslutat", day))
    if law := told.text("lagrum", default=""):
        values.append(Value("law", "Lagrum", law))
    return values


def _amount(told: Part) -> list[Value]:
    """What was granted in money. Another currency than kronor is kept in words."""
    amount = told.part("belopp")
    if amount is None:
        return []
    number, currency = amount.number("varde"), amount.text("valuta", default="SEK")
    for_what = amount.text("avser", default="")
    label = f"Belopp, {for_what}" if for_what else "Belopp"
    return [Value("amount", label, number if currency == "SEK" else f"{number} {currency}")]


def _obstacle(fact: Fact, value: str) -> Fact:
    """Return why the individual can't support themselves, as a fact of its own: it is about work, not about money."""
    words = {name: text for name, (text, _) in OBSTACLE.items()}
    what = code("forsorjningshinder", value, words)
    claim = Claim("employment.status", OBSTACLE[value][1]) if what.known else None
    return Fact(
        category="employment",
        what=what,
        text=f"Skälet till försörjningsstöd: {what.text}.",
        unit=fact.unit,
        as_of=fact.as_of,
        source=fact.source,
        period=fact.period,
        claim=claim,
    )


def _address(told: Part) -> str:
    where = told.part("adress")
    if where is None:
        raise Unreadable("adress")
    street, code_, town = where.text("gata"), where.text("postnummer"), where.text("postort")
    return f"{street}, {code_.replace(' ', '')} {town}"


def _claim(kind: str, said: str) -> Claim | None:
    if kind == "ADRESS":
        return Claim("contact.address", said)
    return Claim("contact.phone", "".join(each for each in said if each.isdigit())) if kind == "TELEFON" else None


def _small(what: Code) -> str:
    return what.text[:1].lower() + what.text[1:] if what.known else what.text


def _day(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
