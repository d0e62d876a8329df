"""What may be told to whom in a case, and why not; asking about one thing for real."""

from collections.abc import Mapping
from itertools import groupby
from typing import Annotated, Final

from fastapi import Response

from hub.access import Asking, GuardedRouter, asks
from hub.access.explain import Explainer
from hub.access.questions import Answer, Ground, Refusal
from hub.access.questions.words import Category
from hub.agencies import AgencyId
from hub.cases import CaseId, Way
from hub.consent import WORDS, LineView, Overview
from hub.web import AgencyMark, DateWords, Link
from hub.web.refusals import explainer
from hub.web.room import In
from hub.workspace.head import Opened, case_page, opened
from hub.workspace.views import Asked, Receiver, Shared, Sharing
from hub.workspace.words import capital, category, counted

router = GuardedRouter(prefix="/arbete/arenden/{case}", include_in_schema=False)
Reading = Annotated[Asking, asks("act_in_case", "disclose")]
_NOT_ASKED: Final = "Vi har inte frågat."
#: Most refusals say so themselves.
_SAID: Final = "inte frågat"


@router.get("")
async def sharing(room: In, asking: Reading, case: CaseId) -> Response:
    """What may be told between us and the others, both ways. Nothing is disclosed by it."""
    found = await opened(room, asking, case)
    parties = await room.sharing.parties(asking, found.permit)
    ways = await room.sharing.overview(asking, found.permit, parties)
    own = AgencyId(asking.caller.agency or "")
    words = Words(await explainer(room), await room.marks(), found, DateWords(room.clock.now()))
    view = Sharing(
        head=found.head,
        receivers=_receivers(ways, own, words),
        lead=_lead(ways, own),
        to_consent=f"{found.address}/samtycke/nytt",
        excluded=excluded(found.overview),
    )
    return await case_page(room, asking, "workspace/sharing.html", found, view)


@router.get("/fraga/{owner}/{about}")
async def ask(room: In, asking: Reading, case: CaseId, owner: AgencyId, about: Category) -> Response:
    """Ask one owner about one thing, now: decided, recorded, and told in words whether it was a yes or a no."""
    found = await opened(room, asking, case)
    permit = await asking.permit(lambda: room.sharing.may_read(asking, found.permit, owner, about))
    words = Words(await explainer(room), await room.marks(), found, DateWords(room.clock.now()))
    ground = next((words.ground(each) for each in permit.answer.grounds if each.category == about), "")
    view = Asked(
        head=found.head,
        owner=words.marks[owner],
        category=category(about),
        ground=ground,
        entry=permit.entry,
        at=room.clock.now(),
        back=found.address,
    )
    return await case_page(room, asking, "workspace/asked.html", found, view)


def excluded(overview: Overview) -> tuple[str, ...]:
    """Return what is never to be told, as far as the caller's agency may know it."""
    said = (_kept_back(line) for line in overview.exclusions)
    return tuple(dict.fromkeys(said))


def _kept_back(line: LineView) -> str:
    if line.category != WORDS:
        return category(line.category)
    unread = " (ingen hos er har sagt vad orden gäller än, och tills dess lämnas inget från er)"
    return f"”{line.words}”{unread if line.unread else ''}"


class Words:
    """Puts grounds and refusals into words."""

    def __init__(self, told: Explainer, marks: Mapping[str, AgencyMark], found: Opened, dates: DateWords) -> None:
        self.told, self.marks, self.found, self.dates = told, marks, found, dates
        self._given = {line.id: line.since for each in found.overview.consents for line in each.lines}

    def ground(self, ground: Ground) -> str:
        """Return "Samtycke 14 sep", or the paragraph."""
        given = self._given.get(ground.ref)  # pyright: ignore[reportArgumentType]  a line's id, or another's
        if ground.ground == "consent":
            return f"Samtycke {self.dates.full(given)}" if given else "Samtycke"
        return ground.law or "Er egen uppgift"

    def reason(self, refusal: Refusal) -> str:
        """Return why, in plain Swedish; that nobody has asked is said every time."""
        text = self.told.why_not("disclose", refusal)
        if text is None:
            return _NOT_ASKED
        return text.staff if _SAID in text.staff else f"{text.staff} {_NOT_ASKED}"


def _receivers(ways: list[Way], own: AgencyId, words: Words) -> tuple[Receiver, ...]:
    ordered = sorted(ways, key=lambda way: (way.receiver != own, way.receiver, way.owner))
    return tuple(
        Receiver(
            words.marks[receiver],
            tuple(line for way in group for line in _lines(way, own, words)),
            own=receiver == own,
        )
        for receiver, group in groupby(ordered, key=lambda way: way.receiver)
    )


def _lines(way: Way, own: AgencyId, words: Words) -> list[Shared]:
    grounds = {each.category: each for each in way.answer.grounds}
    lines = [
        Shared(
            words.marks[way.owner],
            (_ask_about(way, code, own, words),),
            permitted=True,
            ground=words.ground(grounds[code]) if code in grounds else "",
        )
        for code in way.permitted
    ]
    if way.receiver != own and not lines:
        return lines
    return lines + _refused(way, own, words)


def _refused(way: Way, own: AgencyId, words: Words) -> list[Shared]:
    """Return the refusals, those with the same reason in one row: a no stands where the yes would have stood."""
    alike: dict[tuple[str, str], list[Link]] = {}
    for code in way.refused:
        refusal = refusal_of(way.answer, code)
        if refusal:
            alike.setdefault((words.reason(refusal), refusal.law), []).append(_ask_about(way, code, own, words))
    return [
        Shared(words.marks[way.owner], tuple(links), permitted=False, ground=law, reason=reason)
        for (reason, law), links in alike.items()
    ]


def _ask_about(way: Way, code: str, own: AgencyId, words: Words) -> Link:
    """Return the category with the way to ask for it; no way where it is somebody else who would be told."""
    return Link(f"{words.found.address}/fraga/{way.owner}/{code}" if way.receiver == own else "", category(code))


def refusal_of(answer: Answer, code: str) -> Refusal | None:
    """Return why `code` is refused; None where naming it would itself tell something."""
    own = next((each for each in answer.refusals if each.category == code), None)
    return own or next((each for each in answer.refusals if not each.category), None)


def _lead(ways: list[Way], own: AgencyId) -> str:
    to_us = [way for way in ways if way.receiver == own]
    giving = sum(bool(way.permitted) for way in to_us)
    if not to_us:
        return "Ingen annan myndighet är med än, som du får veta om."
    if not giving:
        return "Ingen får lämna något till er än."
    return f"{capital(counted(giving, 'myndighet', 'myndigheter'))} får lämna uppgifter till er. Resten delas inte, och här står varför."
