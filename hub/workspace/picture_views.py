"""What the shared picture shows: plain values, and the words that are put on them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from hub.access.explain import LABELS
from hub.access.questions import Refusal
from hub.access.questions.words import Category
from hub.broker import PartState
from hub.cases import AgencyPart, Area, Basis, InquiryState, InquiryView, Picture, Statement, area_of, since
from hub.web import AgencyMark, CaseHead, DateWords, Link, State, Status
from hub.web.rendering import sentence
from hub.web.values import value_words
from hub.workspace.sharing import Words, refusal_of
from hub.workspace.words import category

AREA_NAMES: Final = {
    "work": "Arbete, studier och försörjning",
    "health": "Hälsa",
    "living": "Vardag och boende",
    "family": "Familj",
    "plan": "Plan och möten",
}
#: How many facts of one agency are read at once within an area.
_AT_ONCE: Final = 3
_OVER: Final = {
    "work_ability.extent": "hur mycket {name} kan arbeta",
    "employment.status": "om {name} har ett arbete",
    "benefits.sickness": "om {name} får ersättning vid sjukdom",
    "contact.address": "var {name} bor",
    "contact.phone": "vilket telefonnummer {name} har",
    "family.civil_status": "om {name} lever ihop med någon",
    "care.ongoing": "om {name} har en kontakt med vården",
    "plan.coordinator": "vem som håller ihop planen",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One fact in a row: who says it, what, since when, on what ground."""

    mark: AgencyMark
    unit: str
    struck: tuple[str, ...]
    text: str
    values: tuple[tuple[str, str], ...]
    flagged: str
    by_hand: str
    since: str
    ground: str
    digest: str = ""
    new: bool = False
    newest: bool = False
    pin: str = ""


@dataclass(frozen=True, slots=True)
class Differing:
    """What agencies say differently, side by side."""

    heading: str
    sides: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Telling:
    """What one agency says within an area: what is read first, and what can wait."""

    first: tuple[Said, ...]
    more: tuple[Said, ...]

    @property
    def mark(self) -> AgencyMark:
        return self.first[0].mark


@dataclass(frozen=True, slots=True)
class NotShared:
    """What isn't shared, the agencies with the same categories and reason together. It is named, and nobody has asked.

    `why`: where each of the agencies' refusal is explained.
    """

    marks: tuple[AgencyMark, ...]
    what: tuple[str, ...]
    reason: str
    why: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Silent:
    """An agency that was asked and hasn't answered, or that couldn't give a part."""

    mark: AgencyMark
    status: Status
    about: str
    more: str
    retry: bool = False


@dataclass(frozen=True, slots=True)
class AreaView:
    """A life area as it is drawn."""

    id: str
    name: str
    differing: tuple[Differing, ...]
    telling: tuple[Telling, ...]
    silent: tuple[Silent, ...]
    refused: tuple[NotShared, ...]

    @property
    def new(self) -> bool:
        return any(row.new for each in self.telling for row in (*each.first, *each.more))

    @property
    def empty(self) -> bool:
        return not (self.differing or self.telling or self.silent or self.refused)


@dataclass(frozen=True, slots=True)
class Answered:
    """A row of "who has answered"."""

    mark: AgencyMark
    status: Status
    note: str = ""
    retry: bool = False
    by_hand: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureView:
    """The whole page. `gathering` is "" before anybody has been asked; `follow` where what comes can be followed."""

    head: CaseHead
    address: str
    gathering: str = ""
    follow: str = ""
    over: bool = False
    areas: tuple[AreaView, ...] = ()
    answered: tuple[Answered, ...] = ()
    pinned: tuple[Said, ...] = ()
    differing: int = 0
    new: int = 0
    refused: int = 0
    first_differing: str = ""
    first_new: str = ""
    first_refused: str = ""

    @property
    def nothing_on(self) -> tuple[str, ...]:
        """The areas of which no agency has said anything."""
        return tuple(each.name.lower() for each in self.areas if each.empty) if self.gathering else ()


@dataclass(frozen=True, slots=True)
class Wording:
    """Puts facts, faults and refusals into words, for one reader of one case."""

    words: Words
    dates: DateWords
    marks: Mapping[str, AgencyMark]
    name: str
    address: str

    def said(
        self, statement: Statement, basis: Basis | None, *, own: bool, digest: str = "", new: bool = False
    ) -> Said:
        """Return one fact as a row."""
        fact = statement.fact
        struck = "Enhet struken" in statement.told.struck
        return Said(
            mark=self.marks[statement.agency],
            unit="" if struck else fact.unit,
            struck=statement.told.struck,
            text=fact.text,
            values=tuple((each.label, value_words(each, self.dates)) for each in fact.values),
            flagged="" if fact.what.known else f"Okänd kod hos myndigheten: {fact.what.value}",
            by_hand=f"Svarat för hand av {fact.by_hand}, {self.dates.full(fact.as_of)}" if fact.by_hand else "",
            since=f"Från {self.dates.short(since(fact))}",
            ground=self.ground(basis, own=own),
            digest=digest,
            new=new,
        )

    def ground(self, basis: Basis | None, *, own: bool) -> str:
        """Return "Samtycke 14 sep", "Er egen uppgift" or the paragraph."""
        if own or basis is None:
            return "Er egen uppgift" if own else ""
        if basis.code != "consent":
            return basis.law
        given = datetime.fromtimestamp(basis.given_at, UTC) if basis.given_at is not None else None
        return f"Samtycke {self.dates.day(given)}" if given else "Samtycke"

    def differing(self, matter: str, sides: Sequence[Said]) -> Differing:
        """Return a contradiction, with the newest word last and marked."""
        over = _OVER.get(matter, "samma sak").format(name=self.name)
        return Differing(f"De säger olika om {over}", tuple(sides))

    def silent(self, part: AgencyPart) -> list[Silent]:
        """Return what is missing from one agency: all of it, or parts."""
        mark = self.marks[part.agency]
        if part.withheld:
            return [Silent(mark, Status(State.REFUSED, "Visas inte längre"), "", "Grunden försvann medan svaret kom.")]
        if part.part is not None and part.part.state is PartState.WAITING:
            at = f"Frågan gick {self.dates.clock(part.part.asked_at)}."
            return [Silent(mark, Status(State.WAITING, "Frågan är på väg"), _about(part), at)]
        if part.fault is not None and part.part is not None:
            return [self._failed(part, mark)]
        if not part.known_there:
            return [Silent(mark, Status(State.OK, "Har svarat"), "", f"{mark.name} känner inte till personen.")]
        return [Silent(mark, Status(State.WAITING, "Fattas"), each.what.lower(), each.reason) for each in part.gaps]

    def _failed(self, part: AgencyPart, mark: AgencyMark) -> Silent:
        assert part.part is not None  # noqa: S101  said by the caller
        assert part.fault is not None  # noqa: S101
        at = f"Frågan gick {self.dates.clock(part.part.asked_at)}."
        later = f" Vänta {part.part.retry_after} sekunder innan du frågar igen." if part.part.retry_after else ""
        more = f"{mark.name} {part.fault.told}. {at}{later}"
        return Silent(mark, Status(State.WAITING, "Har inte svarat"), _about(part), more, retry=True)

    def refused(self, part: AgencyPart, area: str) -> list[NotShared]:
        """Return what one agency doesn't share within an area, those with the same reason together."""
        alike: dict[str, list[Category]] = {}
        for code in part.refused:
            told = next((found for each in part.answers if (found := refusal_of(each, code))), None)
            if told is not None and area_of([code]) == area:
                alike.setdefault(self._reason(told), []).append(code)
        mark = self.marks[part.agency]
        return [
            NotShared(
                (mark,),
                tuple(category(code).lower() for code in codes),
                reason,
                (Link(f"{self.address}/fraga/{part.agency}/{codes[0]}", mark.name),),
            )
            for reason, codes in alike.items()
        ]

    def _reason(self, refusal: Refusal) -> str:
        return self.words.reason(refusal)

    def answered(self, part: AgencyPart, asked: Sequence[InquiryView]) -> Answered:
        """Return how it went with one agency."""
        mark, status = self.marks[part.agency], self._status(part, asked)
        note = "Deras system får bara frågas om ekonomiskt bistånd." if part.road_closed else ""
        link = f"{self.address}/fragor/ny?hos={part.agency}" if part.by_hand and not part.own else ""
        return Answered(mark, status, note, retry=part.fault is not None, by_hand=link)

    def _status(self, part: AgencyPart, asked: Sequence[InquiryView]) -> Status:
        if part.withheld:
            return Status(State.REFUSED, "Visas inte längre")
        if part.part is None:
            return self._by_hand(asked)
        if part.part.state is PartState.ANSWERED and part.part.finished_at:
            return Status(State.OK, f"Svar {self.dates.clock(part.part.finished_at)}")
        if part.part.state is PartState.WAITING:
            return Status(State.WAITING, "På väg")
        return Status(State.WAITING, "Har inte svarat")

    def _by_hand(self, asked: Sequence[InquiryView]) -> Status:
        answers = [each for each in asked if each.readable and each.answered_at]
        if answers:
            latest = max(each.answered_at for each in answers if each.answered_at)
            return Status(State.BY_HAND, f"Svar för hand, {self.dates.day(latest)}")
        waits = [each for each in asked if each.state is InquiryState.ASKED]
        if waits:
            due = min(each.due_on for each in waits)
            return Status(State.LATE if due < self.dates.today else State.WAITING, f"Ska svara {self.dates.day(due)}")
        return Status(State.REFUSED, "Inte frågad")


def statements_of(picture: Picture, inquiries: Sequence[InquiryView]) -> list[tuple[Statement, AgencyPart | None]]:
    """Return all that is said, by machines and by hand, each with the part of its agency."""
    parts = {each.agency: each for each in picture.parts}
    said = [(Statement(part.agency, told), part) for part in picture.parts for told in part.told]
    by_hand = [(Statement(each.owner, told), parts.get(each.owner)) for each in inquiries for told in each.told]
    return [*said, *by_hand]


def areas_with(
    wording: Wording, areas: Sequence[Area], rows: Mapping[int, Said], parts: Sequence[AgencyPart]
) -> tuple[AreaView, ...]:
    """Return the areas as they are drawn. `rows`: the row of each statement, by its identity."""
    return tuple(_area(wording, area, rows, parts) for area in areas)


def _area(wording: Wording, area: Area, rows: Mapping[int, Said], parts: Sequence[AgencyPart]) -> AreaView:
    differing = tuple(
        wording.differing(each.matter, [rows[id(side)] for side in each.statements]) for each in area.disagreements
    )
    shown = {id(side) for each in area.disagreements for side in each.statements}
    rows_left = [rows[id(each)] for each in area.statements if id(each) not in shown]
    return AreaView(
        id=area.name,
        name=AREA_NAMES[area.name],
        differing=differing,
        telling=telling(rows_left),
        silent=tuple(row for part in parts for row in wording.silent(part) if _place(part) == area.name),
        refused=together([row for part in parts for row in wording.refused(part, area.name)]),
    )


def telling(rows: Sequence[Said]) -> tuple[Telling, ...]:
    """Return the rows by agency, the new ones first; what is beyond the first few can wait."""
    by_agency: dict[str, list[Said]] = {}
    for row in rows:
        by_agency.setdefault(row.mark.name, []).append(row)
    ordered = (sorted(each, key=lambda row: not row.new) for each in by_agency.values())
    return tuple(Telling(tuple(each[:_AT_ONCE]), tuple(each[_AT_ONCE:])) for each in ordered)


def together(rows: Sequence[NotShared]) -> tuple[NotShared, ...]:
    """Return one row for all agencies that don't share the same things for the same reason."""
    alike: dict[tuple[tuple[str, ...], str], list[NotShared]] = {}
    for row in rows:
        alike.setdefault((row.what, row.reason), []).append(row)
    return tuple(
        NotShared(tuple(each.marks[0] for each in same), what, reason, tuple(each.why[0] for each in same))
        for (what, reason), same in alike.items()
    )


def _place(part: AgencyPart) -> str:
    """The area where what is missing from an agency is said: the first that it was asked about."""
    return area_of(part.part.asked if part.part else ())


def _about(part: AgencyPart) -> str:
    """Return "om ersättningar och arbete": the first categories that an agency was asked about."""
    asked = [category(code).lower() for code in (part.part.asked if part.part else ()) if code in LABELS.categories][:3]
    return f"om {sentence(asked)}" if asked else ""
