"""The administration's lists as they are shown: pure."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Final

from hub.access.explain import LABELS
from hub.access.questions.words import AdministrationAct
from hub.access.tokens import PartnerClient
from hub.agencies import OPEN_END, Register, RetentionClass, Role
from hub.web import DateWords, NavLink, Option
from hub.workspace.admin_views import AdminTable, Cell, EndSomething, Row
from hub.workspace.reviews import GROUNDS
from hub.workspace.system_rows import LEVELS, SCOPE_OPTIONS, period, system_rows
from hub.workspace.words import role


class Kind(StrEnum):
    """The lists, by their place in the address."""

    STAFF = "medarbetare"
    UNITS = "enheter"
    ASSIGNMENTS = "uppdrag"
    SUBSTITUTES = "ersattare"
    RETENTION = "bevarande"
    LOG_REVIEW = "loggranskning"
    RULES = "regler"
    SYSTEMS = "system"


#: Which act ends a row of which list; the others have no end of their own.
ENDINGS: Final[dict[Kind, AdministrationAct]] = {
    Kind.ASSIGNMENTS: "end_assignment",
    Kind.SUBSTITUTES: "end_substitution",
    Kind.RULES: "end_approval",
    Kind.SYSTEMS: "register_client",
}
_HOME: Final = "/arbete/administration"
_END_WORDS: Final = {Kind.SYSTEMS: "Stäng av"}
_ENDING_WORDS: Final = {Kind.SYSTEMS: {"yes": "Ja, stäng av nu", "no": "Nej, låt det vara"}}
_FORMS: Final = {
    Kind.STAFF: "staff",
    Kind.UNITS: "units",
    Kind.ASSIGNMENTS: "assignments",
    Kind.SUBSTITUTES: "substitutes",
    Kind.RETENTION: "retention",
    Kind.LOG_REVIEW: "log_review",
    Kind.RULES: "rules",
    Kind.SYSTEMS: "systems",
}
_WORDS: Final = {
    Kind.STAFF: ("Medarbetare", "De som kan få uppdrag hos er.", ("Namn", "Inloggning")),
    Kind.UNITS: (
        "Enheter",
        "Enhetens namn kan visa var en person finns. För den som har skydd visas det aldrig.",
        ("Enhet",),
    ),
    Kind.ASSIGNMENTS: ("Uppdrag", "Vad någon får se hänger på uppdraget.", ("Vem", "Som vad", "Var", "Gäller")),
    Kind.SUBSTITUTES: (
        "Ersättare",
        "En ersättare ser den andras ärenden bara medan den ersätter.",
        ("Ersätter", "Den som är borta", "Gäller"),
    ),
    Kind.RETENTION: (
        "Bevarande",
        "Utan beslut raderas ingenting.",
        ("Uppgifter", "Tid", "Beslut"),
    ),
    Kind.LOG_REVIEW: (
        "Loggranskning",
        "Utan beslut gäller hubbens förslag. Den som granskar väljer inte själv.",
        ("Hur ofta", "Dras med lott", "Beslut"),
    ),
    Kind.RULES: (
        "Regler",
        "En regel fungerar för era uppgifter först när ni har godkänt den.",
        ("Regel", "Beslutad av", "Diarienummer"),
    ),
    Kind.SYSTEMS: (
        "System",
        "Ett verksamhetssystem ser högst det som uppdraget ser, och bara det som systemet får fråga om.",
        ("System", "Handlar som", "Får fråga om", "Gäller"),
    ),
}
_KEPT: Final = {
    RetentionClass.CONTENT: "Ärenden, namn och anteckningar",
    RetentionClass.EVIDENCE: "Samtycken och underlag",
}
#: Rules that an owner can approve: its consent's own, statutory duties, and the exceptions that people decide on.
RULES: Final = (
    Option("consent", "Samtycke, OSL 10 kap. 1 § och 12 kap. 2 §"),
    Option("SoL 15:10", "Socialtjänstens rätt att fråga, SoL 15 kap. 10 §"),
    Option("SoL 15:11", "Socialtjänstens rätt att fråga, SoL 15 kap. 11 §"),
    *GROUNDS,
)


def table_view(register: Register, kind: Kind, now: DateWords, systems: Sequence[PartnerClient] = ()) -> AdminTable:
    """Return one list as it is shown."""
    heading, lead, columns = _WORDS[kind]
    people, units = _people(register), {each.id: each.name for each in register.units}
    return AdminTable(
        tabs=tabs(kind),
        agency=register.agency.name,
        kind=_FORMS[kind],
        heading=heading,
        lead=lead,
        columns=columns,
        rows=tuple(
            system_rows(systems, people, now) if kind is Kind.SYSTEMS else _rows(register, kind, people, units, now)
        ),
        empty="Inget än. Lägg till det första här bredvid.",
        action=f"{_HOME}/{kind}",
        units=tuple(Option(each, name) for each, name in units.items()),
        staff=tuple(
            Option(each.id, f"{each.name}, {each.title}" if each.title else each.name) for each in register.staff
        ),
        roles=tuple(Option(each.value, role(each)) for each in Role),
        assignments=tuple(Option(each, name) for each, name in people.items()),
        rules=RULES,
        kinds=tuple(Option(each.value, words) for each, words in _KEPT.items()),
        scopes=SCOPE_OPTIONS,
        levels=LEVELS,
        end_words=_END_WORDS.get(kind, "Avsluta") if kind in ENDINGS else "",
    )


def ending_view(
    register: Register, kind: Kind, identity: str, now: DateWords, systems: Sequence[PartnerClient] = ()
) -> EndSomething | None:
    """Return the page that asks before `identity` ends; None when there is no such row, or it can't end."""
    people = _people(register)
    if kind is Kind.SYSTEMS:
        rows = system_rows(systems, people, now)
    else:
        rows = _rows(register, kind, people, {u.id: u.name for u in register.units}, now)
    row = next((each for each in rows if each.id == identity and each.end.endswith("/avsluta")), None)
    if row is None:
        return None
    return EndSomething(
        tabs=tabs(kind),
        heading=f"{_END_WORDS.get(kind, 'Avsluta')} {row.cells[0].words}?",
        then="Det slutar gälla genast, och allt som vilar på det stannar.",
        today=now.today,
        action=f"{_HOME}/{kind}/{identity}/avsluta",
        back=f"{_HOME}/{kind}",
        **_ENDING_WORDS.get(kind, {}),
    )


def resuming_view(systems: Sequence[PartnerClient], identity: str, now: DateWords) -> EndSomething | None:
    """Return the page that asks before a system that was shut out is let in again; None when there is none."""
    found = next((each for each in systems if each.id == identity and each.suspended), None)
    if found is None:
        return None
    return EndSomething(
        tabs=tabs(Kind.SYSTEMS),
        heading=f"Släpp in {found.name} igen?",
        then="Systemet kan använda API:et genast, med samma uppdrag och räckvidd som förut.",
        today=now.today,
        action=f"{_HOME}/{Kind.SYSTEMS}/{identity}/slapp-in",
        back=f"{_HOME}/{Kind.SYSTEMS}",
        yes="Ja, släpp in",
        no="Nej, håll avstängt",
    )


def tabs(here: Kind) -> tuple[NavLink, ...]:
    """Return the lists as tabs."""
    return tuple(NavLink(f"{_HOME}/{each}", _WORDS[each][0], here=each is here) for each in Kind)


def _people(register: Register) -> dict[str, str]:
    names = {each.id: each.name for each in register.staff}
    units = {each.id: each.name for each in register.units}
    return {
        each.id: f"{names.get(each.staff, 'Okänd')}, {units.get(each.unit, '')}"
        for each in register.assignments
        if each.valid_until >= OPEN_END or each.valid_until > each.valid_from
    }


def _rows(register: Register, kind: Kind, people: dict[str, str], units: dict[str, str], now: DateWords) -> list[Row]:
    if kind is Kind.STAFF:
        return [Row(each.id, (Cell(each.name, each.title), Cell(each.subject, each.issuer))) for each in register.staff]
    if kind is Kind.UNITS:
        return [Row(each.id, (Cell(each.name),)) for each in register.units]
    if kind is Kind.ASSIGNMENTS:
        return _assignments(register, units, now)
    if kind is Kind.SUBSTITUTES:
        return [
            _row(
                kind,
                each.id,
                each.valid_until,
                now,
                Cell(people.get(each.substitute, "Okänd")),
                Cell(people.get(each.absent, "Okänd")),
                Cell(period(each.valid_from, each.valid_until, now)),
            )
            for each in register.substitutions
        ]
    if kind in {Kind.RETENTION, Kind.LOG_REVIEW}:
        return _decided(register, kind, now)
    return _approved(register, now)


def _assignments(register: Register, units: dict[str, str], now: DateWords) -> list[Row]:
    names = {each.id: each.name for each in register.staff}
    return [
        _row(
            Kind.ASSIGNMENTS,
            each.id,
            each.valid_until,
            now,
            Cell(names.get(each.staff, "Okänd")),
            Cell(", ".join(LABELS.roles.get(code, code) for code in each.roles.split(","))),
            Cell(units.get(each.unit, "")),
            Cell(period(each.valid_from, each.valid_until, now)),
        )
        for each in register.assignments
    ]


def _decided(register: Register, kind: Kind, now: DateWords) -> list[Row]:
    """Return what the agency has decided on keeping data, or on reviewing its log, as it is in force."""
    if kind is Kind.RETENTION:
        return [
            Row(each.id, (Cell(_KEPT[each.kind]), Cell(f"{each.years} år"), Cell(each.decision, each.diarienummer)))
            for each in register.retention
            if each.valid_until > now.now
        ]
    return [
        Row(
            each.id,
            (Cell(_every(each.every_days)), Cell(f"{each.random} rader"), Cell(each.decision, each.diarienummer)),
        )
        for each in register.log_review
        if each.valid_until > now.now
    ]


def _every(days: int) -> str:
    return "Varje dag" if days == 1 else f"Var {days}:e dag"


def _approved(register: Register, now: DateWords) -> list[Row]:
    words: dict[str, str] = {each.value: each.label for each in RULES}
    return [
        _row(
            Kind.RULES,
            each.id,
            each.valid_until,
            now,
            Cell(words.get(each.rule, each.rule)),
            Cell(each.official, now.long(each.decided_on)),
            Cell(each.diarienummer),
        )
        for each in register.rules
        if each.valid_until > now.now
    ]


def _row(kind: Kind, identity: str, until: datetime, now: DateWords, *cells: Cell) -> Row:
    return Row(identity, cells, f"{_HOME}/{kind}/{identity}/avsluta" if until > now.now else "")
