"""My consents: seeing, withdrawing, narrowing, lifting an exclusion, receipts. Withdrawing never waits for anything."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated, ClassVar, Final

from fastapi import Query, Response

from hub.access import Asking, GuardedRouter
from hub.consent import (
    WORDS,
    Closing,
    ConsentId,
    ConsentState,
    Effect,
    Kind,
    LineId,
    Overview,
    Stopwatch,
    WithdrawalId,
    Wording,
)
from hub.kit.errors import FieldError, Invalid, NotFound
from hub.portal import views
from hub.portal.drafting import PREVIEW, narrowed, narrowing_key
from hub.portal.me import Me, Say, Showing, language_of, myself, nobody, sayer, shown, tongue, whose
from hub.portal.towards import towards_all
from hub.web import EASY_SWEDISH, DateWords, FormModel, InvalidForm, Link, Option, State, Status
from hub.web.closed import closed_towards
from hub.web.forms import BLANK, Form
from hub.web.pages import go, own_page
from hub.web.receipts import receipt_view
from hub.web.room import In, Room

router = GuardedRouter(prefix="/mina-sidor/samtycke", include_in_schema=False)
HOME: Final = "/mina-sidor/samtycke"
#: The lines of one withdrawal end within this of when it was asked for.
_SAME_ACT: Final = timedelta(seconds=5)
_STATES: Final = {
    ConsentState.ACTIVE: (State.OK, "Gäller"),
    ConsentState.WAITING: (State.WAITING, "Väntar"),
    ConsentState.NOT_YET: (State.WAITING, "Gäller inte än"),
    ConsentState.DECLINED: (State.REFUSED, "Du sa nej"),
    ConsentState.WITHDRAWN: (State.REFUSED, "Du tog tillbaka det"),
    ConsentState.EXPIRED: (State.REFUSED, "Har gått ut"),
    ConsentState.EVIDENCE_REFUSED: (State.REFUSED, "Godtogs inte"),
}


class Removing(FormModel):
    """What an agency shall not know any more."""

    remove: tuple[str, ...]
    missing: ClassVar = {"remove": "Kryssa i det som du vill ta bort, eller välj Ändra inget."}


@router.get("")
async def consents(
    room: In, asking: Showing, fraga: Annotated[str, Query(alias="ta-tillbaka", max_length=60)] = ""
) -> Response:
    """What each agency may know, with the last withdrawal first."""
    me = await whose(room, asking)
    if me is None:
        return nobody(room, asking, HOME)
    permit, language, say = (
        await shown(room, asking, me, "own_consents"),
        language_of(room, asking),
        sayer(room, asking),
    )
    overview, sight = await room.consent_reader.overview(permit), await room.consent_reader.sight(permit)
    wording = Wording(tongue(language), overview.names, "du")
    watches = await room.consent_reader.stopwatches(permit)
    until = max((each.until for each in sight), default=None)
    view = views.MyConsents(
        towards=await towards_all(room, asking, overview, await room.marks(), sight),
        excluded=tuple(
            (words, f"{HOME}/undantag/{lines[0]}", _unread(overview, lines, wording, say))
            for words, lines in _exclusions(overview, wording).items()
        ),
        last_day=DateWords.last_day(until) if until else None,
        withdrawal=_watch(watches[0], overview, room.renderer.words(language), say) if watches else None,
        asking=fraga,
    )
    template = "portal/consents_easy.html" if language is EASY_SWEDISH else "portal/consents.html"
    return own_page(room, asking.caller, template, view, here=HOME)


@router.post("/{receiver}/ta-tillbaka")
async def withdraw(room: In, asking: Showing, receiver: str) -> Response:
    """Take back all that one receiver may know: at once, and without a reason."""
    me = await myself(room, asking)
    asking.acted_without_engine()
    speaker = await room.speaker(asking.caller, me.individual)
    await room.withdrawals.withdraw(speaker, Closing(receiver=receiver), await room.once(asking.caller))
    return go(HOME)


@router.get("/{receiver}/andra")
async def narrow_form(room: In, asking: Showing, receiver: str) -> Response:
    """What one receiver may know, to take away from."""
    return await _narrow_page(room, asking, receiver, BLANK)


@router.post("/{receiver}/andra")
async def narrow(room: In, asking: Showing, receiver: str) -> Response:
    """Take parts away: at once."""
    form, me = await room.form(), await myself(room, asking)
    try:
        chosen = Removing.read(form, today=room.today).remove
    except InvalidForm as wrong:
        return await _narrow_page(room, asking, receiver, wrong.form)
    if form.value("svar") == PREVIEW:
        return await _preview(room, asking, me, receiver, form)
    asking.acted_without_engine()
    speaker = await room.speaker(asking.caller, me.individual)
    for each in chosen:
        owner, _, category = each.partition("/")
        try:
            await room.withdrawals.withdraw(speaker, Closing(owner, receiver, category))
        except Invalid:
            fault = FieldError("remove", "Något av det är redan borttaget. Läs in sidan igen.")
            return await _narrow_page(room, asking, receiver, form.with_faults([fault]))
    return go(HOME)


@router.get("/undantag/{line}")
async def exclusion(room: In, asking: Showing, line: LineId) -> Response:
    """Ask before an exclusion is lifted: openly, and never by the way (reading R2)."""
    me = await myself(room, asking)
    words, _ = await _exclusion(room, asking, me, line)
    view = views.Lift(what=words, action=f"{HOME}/undantag/{line}")
    return own_page(room, asking.caller, "portal/lift.html", view, here=HOME)


@router.post("/undantag/{line}")
async def lift(room: In, asking: Showing, line: LineId) -> Response:
    """Lift it, towards everybody that it was said of."""
    me = await myself(room, asking)
    _, lines = await _exclusion(room, asking, me, line)
    speaker = await room.speaker(asking.caller, me.individual)
    for each in lines:
        await room.blocks.lift_exclusion(speaker, each)
    return go(HOME)


@router.get("/tidigare")
async def history(room: In, asking: Showing) -> Response:
    """Everything said yes and no to, newest first."""
    me, say = await whose(room, asking), sayer(room, asking)
    if me is None:
        return nobody(room, asking, HOME)
    overview = await room.consent_reader.overview(await shown(room, asking, me, "own_consents"))
    rows = tuple(
        views.Old(
            _kind(each.kind, say),
            each.given_at,
            Status(_STATES[each.state][0], say(_STATES[each.state][1])),
            f"{HOME}/kvitto/{each.id}",
        )
        for each in overview.consents
    )
    return own_page(room, asking.caller, "portal/history.html", views.History(rows=rows), here=HOME)


@router.get("/kvitto/{consent}")
async def receipt(room: In, asking: Showing, consent: ConsentId) -> Response:
    """A receipt, to read and to print."""
    me = await myself(room, asking)
    permit = await shown(room, asking, me, "own_consents")
    found, overview = await room.consent_reader.receipt(permit, consent), await room.consent_reader.overview(permit)
    back = Link(f"{HOME}/tidigare", "")
    language = language_of(room, asking)
    view = receipt_view(
        found, overview.names, name=asking.caller.name, back=back, tongue=tongue(language), say=sayer(room, asking)
    )
    return own_page(room, asking.caller, "portal/receipt.html", view, here=HOME)


@router.get("/tillbakataget/{withdrawal}")
async def withdrawn(room: In, asking: Showing, withdrawal: WithdrawalId) -> Response:
    """The receipt of a withdrawal, with its stopwatch."""
    me = await myself(room, asking)
    permit = await shown(room, asking, me, "own_consents")
    watches, overview = await room.consent_reader.stopwatches(permit), await room.consent_reader.overview(permit)
    found = next((each for each in watches if each.id == withdrawal), None)
    if found is None:
        raise NotFound
    dates = room.renderer.words(language_of(room, asking))
    view = _watch(found, overview, dates, sayer(room, asking))
    return own_page(room, asking.caller, "portal/withdrawn.html", view, here=HOME)


async def _preview(room: Room, asking: Asking, me: Me, receiver: str, form: Form) -> Response:
    """Ask what the receiver would still see."""
    if receiver not in await room.marks():
        raise NotFound
    permit = await shown(room, asking, me, "own_consents")
    await room.drafts.keep(narrowing_key(asking, me, receiver), form)
    drafted = narrowed(await room.words(), receiver, form.values.get("remove", ()))
    return go(f"{HOME}/{receiver}/andra/forhandsvisning/{await room.previews.begin(asking, permit, drafted)}")


async def _narrow_page(room: Room, asking: Asking, receiver: str, form: Form) -> Response:
    me, marks = await myself(room, asking), await room.marks()
    permit = await shown(room, asking, me, "own_consents")
    overview, sight = await room.consent_reader.overview(permit), await room.consent_reader.sight(permit)
    wording, say = Wording(tongue(language_of(room, asking)), overview.names, "du"), sayer(room, asking)
    parts = {
        f"{each.owner}/{each.category}": _part(each.category, each.owner, wording, say)
        for each in sight
        if each.receiver == receiver
    }
    if receiver not in marks or not parts:
        return go(HOME)
    options = tuple(Option(value, words) for value, words in parts.items())
    view = views.Narrow(mark=marks[receiver], action=f"{HOME}/{receiver}/andra", parts=options)
    return own_page(room, asking.caller, "portal/narrow.html", view, here=HOME, form=form)


def _part(category: str, owner: str, wording: Wording, say: Say) -> str:
    words = wording.category(category)
    return f"{words[:1].upper()}{words[1:]}, " + say("från %(who)s") % {"who": wording.name(owner)}


def _exclusions(overview: Overview, wording: Wording) -> dict[str, list[LineId]]:
    """Return what nobody may know, each thing once, with all the lines that say so."""
    found: dict[str, list[LineId]] = {}
    for line in overview.exclusions:
        found.setdefault(_said(line.category, line.words, wording), []).append(line.id)
    return found


def _unread(overview: Overview, lines: Sequence[LineId], wording: Wording, say: Say) -> str:
    """Return who still has to read these own words, or nothing."""
    owners = {wording.name(line.owner) for line in overview.exclusions if line.unread and line.id in lines}
    words = say("Väntar på att %(who)s läser det. Tills dess berättar de ingenting.")
    return words % {"who": ", ".join(sorted(owners))} if owners else ""


async def _exclusion(room: Room, asking: Asking, me: Me, line: LineId) -> tuple[str, list[LineId]]:
    overview = await room.consent_reader.overview(await shown(room, asking, me, "own_consents"))
    wording = Wording(tongue(language_of(room, asking)), overview.names, "du")
    for words, lines in _exclusions(overview, wording).items():
        if line in lines:
            return words, lines
    raise NotFound


def _said(category: str, words: str, wording: Wording) -> str:
    said = words if category == WORDS else wording.category(category)
    return said[:1].upper() + said[1:]


def _kind(kind: Kind, say: Say) -> str:
    return say({Kind.SECRECY: "Att lämna uppgifter", Kind.PLAN: "Planen", Kind.SUS: "Statistik (SUS)"}[kind])


def _watch(watch: Stopwatch, overview: Overview, dates: DateWords, say: Say) -> views.Withdrawal:
    names = [overview.names.get(each.agency, each.agency) for each in watch.receivers]
    towards = [overview.names.get(code, code) for code in _closed(watch, overview)]
    seconds = f"{watch.seconds:.1f}".replace(".", "," if dates.language.code != "en" else ".")
    last = (
        say("Det sista som någon hann läsa var kl. %(time)s.") % {"time": dates.stopwatch(watch.last_entry_at)}
        if watch.last_entry_at
        else ""
    )
    late = any(each.seen_at is None for each in watch.receivers)
    return views.Withdrawal(
        heading=say("Du tog tillbaka ditt ja till %(who)s") % {"who": ", ".join(towards or names) or say("alla")},
        at=watch.closed_at,
        seconds=say("%(count)s sekunder") % {"count": seconds},
        receivers=(
            views.ReceiverStatus(
                "Samverkanshubben",
                Status(State.OK, say("Stängt %(time)s") % {"time": dates.stopwatch(watch.closed_at)}),
            ),
            *(
                views.ReceiverStatus(name, _reached(each.told_at, each.seen_at, dates, say))
                for name, each in zip(names, watch.receivers, strict=True)
            ),
        ),
        receipt=f"{HOME}/tillbakataget/{watch.id}",
        last_before=last,
        waiting=say("Det är stängt i hubben även för den som inte har bekräftat.") if late else "",
    )


def _closed(watch: Stopwatch, overview: Overview) -> list[str]:
    """Return towards whom this withdrawal closed: the one whom all of it was about, else all who received."""
    lines = [
        line
        for each in overview.consents
        for line in each.lines
        if line.effect is Effect.PERMIT and abs(line.until - watch.asked_at) < _SAME_ACT
    ]
    return closed_towards(lines)


def _reached(told: datetime | None, seen: datetime | None, dates: DateWords, say: Say) -> Status:
    if seen:
        return Status(State.OK, say("Bekräftat %(time)s") % {"time": dates.stopwatch(seen)})
    if told:
        return Status(State.OK, say("Har fått veta %(time)s") % {"time": dates.stopwatch(told)})
    return Status(State.WAITING, say("Har inte fått veta än"))
