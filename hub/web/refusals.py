"""A decided no as a page: what, why, what can be done, and the decision that the individual sees too (HUB-02)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

import msgspec

from hub.access import Caller
from hub.access.explain import LABELS, Explainer, Explanation, Reader
from hub.access.questions import Answer, read
from hub.audit import EntryId, LogEntry
from hub.cases import CaseId
from hub.kit.errors import HubError
from hub.web.language import Language
from hub.web.parts import Link
from hub.web.room import Room


@dataclass(frozen=True, slots=True)
class WayOn:
    """One thing that can be done after a no, the easiest first."""

    lead: str
    words: str
    link: Link | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalPage:
    """A decided no."""

    heading: str
    number: str
    because: str
    ways: tuple[WayOn, ...]
    asked: str
    ground: str
    at: datetime
    entry: str
    back: Link | None = None
    review: str = ""
    individual: str = ""


async def refusal_page(room: Room, caller: Caller | None, error: HubError) -> RefusalPage | None:
    """Return the page of a refusal that `caller` has just been told; None when its entry can't be read."""
    entry = await _told_just_now(room, caller, error)
    told = entry and _explained(entry, await explainer(room), Reader.STAFF)
    return _page(entry, told) if entry and told else None


async def told_to_individual(
    room: Room, caller: Caller | None, error: HubError, language: Language
) -> Explanation | None:
    """Return a refusal that the individual has just been told, in their language; None when its entry can't be read."""
    entry = await _told_just_now(room, caller, error)
    if entry is None:
        return None
    say = partial(room.renderer.gettext, language)
    return _explained(entry, replace(await explainer(room), say=say, language=language.code), Reader.INDIVIDUAL)


async def _told_just_now(room: Room, caller: Caller | None, error: HubError) -> LogEntry | None:
    entry = await room.ledger.entry(EntryId(error.entry or ""))
    return entry if entry and caller and entry.caller_ref == caller.ref else None


def _explained(entry: LogEntry, words: Explainer, reader: Reader) -> Explanation | None:
    """Return a recorded decision in words; None after erasure, and for what is no decision."""
    if entry.payload is None or not entry.answer:
        return None
    try:
        question = read(entry.question, entry.payload)
        answer = msgspec.convert(entry.answer, Answer)
    except (KeyError, msgspec.MsgspecError):
        return None
    return words.explain(question, answer, reader)


async def explainer(room: Room) -> Explainer:
    """Return the explainer with the agencies' names as they are now."""
    agencies = await room.directory.agencies()
    return replace(room.explainer, names={str(each): agency.name for each, agency in agencies.items()})


def said_categories(codes: tuple[str, ...], names: Mapping[str, str] = LABELS.categories) -> str:
    """Return categories in words."""
    return ", ".join(names.get(code, code) for code in codes)


def _page(entry: LogEntry, told: Explanation) -> RefusalPage:
    case = CaseId(entry.case_id) if entry.case_id else None
    about = said_categories(entry.categories)
    disclosing = entry.question == "disclose" and case and entry.owner
    laws = ", ".join(told.laws)
    return RefusalPage(
        heading=f"Du får inte se uppgifter om {about}" if disclosing else "Det här får du inte göra",
        number="",
        because=" ".join(dict.fromkeys(reason.text for reason in told.reasons)),
        ways=_ways(told, case if disclosing else None),
        asked=told.asked,
        ground=laws or "Inget samtycke och ingen regel som gäller.",
        at=entry.at,
        entry=entry.id,
        back=Link(f"/arbete/arenden/{case}", "Tillbaka till ärendet") if case else None,
        review=_review_address(entry, case) if disclosing else "",
        individual="Den enskilde ser samma beslut, med samma nummer, i sin lista." if entry.individual else "",
    )


def _ways(told: Explanation, case: CaseId | None) -> tuple[WayOn, ...]:
    changes = tuple(WayOn("Det här skulle behöva vara annorlunda.", change) for change in told.changes)
    if case is None:
        return changes
    seen = Link(f"/arbete/arenden/{case}", "Läs vad som får delas")
    ask = Link(f"/arbete/arenden/{case}/samtycke/nytt", "Fyll i ett samtycke tillsammans")
    return (
        WayOn("Behöver du veta det?", "Ofta räcker det som redan får delas.", seen),
        WayOn("Fråga den det gäller.", "Ett samtycke kan omfatta mer, eller mindre.", ask),
        *changes,
    )


def _review_address(entry: LogEntry, case: Any) -> str:
    about = "&".join(f"om={code}" for code in entry.categories)
    return f"/arbete/arenden/{case}/provning?hos={entry.owner}&{about}&beslut={entry.id}"
