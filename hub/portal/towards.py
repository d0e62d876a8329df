"""What each agency may get to know about the individual, in words."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from hub.access import Asking
from hub.consent import Effect, Kind, LineState, LineView, Overview, Sight, Wording
from hub.portal.me import Say, language_of, sayer, tongue
from hub.portal.views import Towards
from hub.web import AgencyMark, DateWords, State, Status
from hub.web.consent_form import OFFERED
from hub.web.room import Room

_SOON: Final = timedelta(days=30)
_GONE: Final = frozenset({LineState.WITHDRAWN, LineState.NARROWED})
#: How many of the things that an agency may not know are named: enough to see the border.
_NAMED: Final = 3


async def towards_all(
    room: Room,
    asking: Asking,
    overview: Overview,
    marks: Mapping[str, AgencyMark],
    sight: Sequence[Sight] | None = None,
) -> tuple[Towards, ...]:
    """Return every receiver that the individual has answered about, those who may know something first."""
    language, say = language_of(room, asking), sayer(room, asking)
    wording = Wording(tongue(language), overview.names, "du")
    lines = [
        line
        for consent in overview.consents
        if consent.kind is Kind.SECRECY
        for line in consent.lines
        if line.effect is Effect.PERMIT
    ]
    dates = room.renderer.words(language)
    seen = sight if sight is not None else _sight(lines)
    found = [
        _towards(
            code,
            [line for line in lines if line.receiver == code],
            [s for s in seen if s.receiver == code],
            marks,
            wording,
            dates,
            say,
            _renewable(overview, code),
        )
        for code in dict.fromkeys(line.receiver for line in lines)
    ]
    return tuple(sorted(found, key=lambda each: not each.open))


def _order(category: str) -> int:
    return OFFERED.index(category) if category in OFFERED else len(OFFERED)


def _renewable(overview: Overview, receiver: str) -> str:
    """Return the consent to ask about again: the newest that still opens something to `receiver`."""
    return next(
        (
            each.id
            for each in overview.consents
            if each.kind is Kind.SECRECY and each.until and any(line.receiver == receiver for line in each.lines)
        ),
        "",
    )


def _sight(lines: Sequence[LineView]) -> list[Sight]:
    return [
        Sight(each.owner, each.receiver, each.category, each.purpose, each.until, each.id)
        for each in lines
        if each.state is LineState.ACTIVE
    ]


def _towards(
    code: str,
    lines: Sequence[LineView],
    seen: Sequence[Sight],
    marks: Mapping[str, AgencyMark],
    wording: Wording,
    dates: DateWords,
    say: Say,
    renew: str,
) -> Towards:
    name = wording.name(code)
    waiting = sorted({wording.name(line.owner) for line in lines if line.state is LineState.WAITING})
    told = sorted({each.category for each in seen}, key=_order)
    until = max((each.until for each in seen), default=None)
    return Towards(
        marks.get(code) or AgencyMark("", name, name),
        code,
        _status(lines, until, dates, say, waiting=bool(waiting)),
        tuple(wording.category(each) for each in told),
        tuple(wording.category(each) for each in OFFERED if each not in told)[:_NAMED],
        tuple(_exact(category, seen, wording, say) for category in told),
        waiting=say("Väntar på att %(who)s ser till att det är rätt.") % {"who": ", ".join(waiting)} if waiting else "",
        renew=renew if until is not None and until <= dates.now + _SOON else "",
    )


def _exact(category: str, seen: Sequence[Sight], wording: Wording, say: Say) -> tuple[str, str]:
    owners = dict.fromkeys(wording.name(each.owner) for each in seen if each.category == category)
    words = wording.category(category)
    return words[:1].upper() + words[1:], say("från %(who)s") % {"who": ", ".join(owners)}


def _status(lines: Sequence[LineView], until: datetime | None, dates: DateWords, say: Say, *, waiting: bool) -> Status:
    if until is not None:
        return Status(State.OK, say("Ja, till %(day)s") % {"day": dates.full(DateWords.last_day(until))})
    if waiting:
        return Status(State.WAITING, say("Väntar"))
    if any(line.state in _GONE for line in lines):
        last = max(line.until for line in lines if line.state in _GONE)
        return Status(State.REFUSED, say("Nej, sedan %(day)s") % {"day": dates.day(last)})
    return Status(State.REFUSED, say("Nej"))
