"""Who can see this right now: each kind of fact, who at which agency, from whom, until when and why. Nothing is left out.

There is no API at the individual's door: the individual comes in person, and a system never acts for them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from fastapi import Response

from hub.access import GuardedRouter
from hub.access.explain import Explainer, Reader
from hub.cases import Official, Sees, Unread
from hub.consent import Wording
from hub.portal.me import Say, Showing, language_of, nobody, sayer, shown, tongue, whose
from hub.web import AgencyMark, DateWords, Language
from hub.web.pages import own_page
from hub.web.room import In

router = GuardedRouter(prefix="/mina-sidor/vem-kan-se", include_in_schema=False)
HOME: Final = "/mina-sidor/vem-kan-se"
#: The ground that needs no paragraph after it: the individual's own word.
_YES: Final = "consent"


@dataclass(frozen=True, slots=True)
class From:
    """From whom, until when (None: no end is set) and on what ground."""

    owner: str
    last_day: date | None
    why: str


@dataclass(frozen=True, slots=True)
class SeenBy:
    """One agency that can see a kind of fact, who there, and from whom it comes."""

    mark: AgencyMark
    sources: tuple[From, ...]
    people: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class KindOfFact:
    """One kind of fact and all who can see it."""

    slug: str
    heading: str
    seen_by: tuple[SeenBy, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoCanSee:
    """The whole page. `unread`: who has a yes, but nobody there who reads; `protected`: places are left out."""

    kinds: tuple[KindOfFact, ...]
    unread: tuple[tuple[str, str], ...]
    protected: bool


@router.get("")
async def who_can_see(room: In, asking: Showing) -> Response:
    """Who can see what about the individual at this instant, by the rules themselves."""
    me = await whose(room, asking)
    if me is None:
        return nobody(room, asking, HOME)
    permit = await shown(room, asking, me, "own_consents")
    found = await room.who.sees(asking, permit)
    say, marks, language = sayer(room, asking), await room.marks(), language_of(room, asking)
    names = {str(code): mark.inline for code, mark in marks.items()}
    words = _Words(
        Wording(tongue(language), names, "du"),
        marks,
        room.explainer,
        say,
        language,
        protected=permit.question.person.protection != "none",
    )
    view = WhoCanSee(kinds=words.kinds(found.sees), unread=words.unread(found.unread), protected=words.protected)
    return own_page(room, asking.caller, "portal/who_can_see.html", view, here=HOME)


@dataclass(frozen=True, slots=True)
class _Words:
    """Puts what was found into the individual's own language."""

    wording: Wording
    marks: Mapping[str, AgencyMark]
    told: Explainer
    say: Say
    language: Language
    protected: bool

    def kinds(self, sees: Sequence[Sees]) -> tuple[KindOfFact, ...]:
        """Return the kinds of fact that anybody can see, in order."""
        codes = dict.fromkeys(each.category for each in sees)
        return tuple(self._kind(code, [each for each in sees if each.category == code]) for code in codes)

    def unread(self, lines: Iterable[Unread]) -> tuple[tuple[str, str], ...]:
        """Return who has a yes that nobody reads, and to what."""
        what: dict[str, dict[str, None]] = {}
        for each in lines:
            what.setdefault(each.receiver, {})[each.category] = None
        return tuple((self._receiver(code), self.wording.listed(codes)) for code, codes in what.items())

    def _kind(self, code: str, sees: Sequence[Sees]) -> KindOfFact:
        heading = self.wording.category(code)
        receivers = dict.fromkeys(each.receiver for each in sees)
        return KindOfFact(
            code,
            heading[:1].upper() + heading[1:],
            tuple(self._seen_by(who, [each for each in sees if each.receiver == who]) for who in receivers),
        )

    def _seen_by(self, receiver: str, sees: Sequence[Sees]) -> SeenBy:
        people = dict.fromkeys(official for each in sees for official in each.officials)
        return SeenBy(
            self.marks[receiver],
            tuple(dict.fromkeys(self._source(each) for each in sees)),
            tuple((each.name, self._post(each)) for each in people),
        )

    def _source(self, each: Sees) -> From:
        return From(
            self.wording.name(each.owner),
            DateWords.last_day(each.until) if each.until else None,
            " ".join(dict.fromkeys(self._why(ground.ground, ground.law) for ground in each.grounds)),
        )

    def _why(self, ground: str, law: str) -> str:
        if ground == _YES:
            return self.say("Du har sagt ja.")
        texts = self.told.texts_of("disclose")
        words = texts[ground].to(Reader.INDIVIDUAL, self.language.code) if ground in texts else ground
        return f"{words} ({law})."

    def _post(self, official: Official) -> str:
        """Return title and unit; the name of a unit tells where somebody goes, and stays out where that may harm."""
        unit = "" if self.protected else official.unit
        stands_in = self.say("ersättare") if official.substitute else ""
        return ", ".join(part for part in (official.title, unit, stands_in) if part)

    def _receiver(self, code: str) -> str:
        mark = self.marks.get(code)
        return mark.name if mark else self.say("Någon utanför myndigheterna som du har valt")
