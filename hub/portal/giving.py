"""Saying yes or no alone and in one's own time: to lifting secrecy, to the plan, to SUS. Nothing is filled in."""

from typing import Annotated, Final

from fastapi import Query, Response

from hub.access import Asking, GuardedRouter
from hub.audit import HUB
from hub.cases import Drafted, OwnCase
from hub.consent import ConsentId, Draft, Kind, Overview, Wording
from hub.consent import Form as How
from hub.kit.errors import Invalid, NotFound
from hub.portal import views
from hub.portal.drafting import PREVIEW, giving_key
from hub.portal.me import Giving, Me, language_of, myself, nobody, sayer, shown, tongue, whose
from hub.web import Option, State, Status, consent_form
from hub.web.forms import BLANK
from hub.web.forms import Form as Written
from hub.web.pages import go, own_frame, own_page, part
from hub.web.proposals import proposal_key
from hub.web.room import In, Room
from hub.web.simple_consents import How as Way
from hub.web.simple_consents import Matter, simple_draft

router = GuardedRouter(prefix="/mina-sidor/samtycke", include_in_schema=False)
HOME: Final = "/mina-sidor/samtycke"
_OTHER: Final = f"{HOME}/plan-och-statistik"
_PURPOSES: Final = ("sip", "rehab_coordination", "recruitment_selection", "avstamningsmote", "boendestod", "placement")


@router.get("/nytt")
async def give_form(
    room: In, asking: Giving, forslag: str = "", fornya: Annotated[str, Query(max_length=64)] = ""
) -> Response:
    """The form: empty, as it was left, as a proposal prepared together, or asking again. No answer is filled in."""
    me = await whose(room, asking)
    if me is None:
        return nobody(room, asking, HOME)
    written = await room.drafts.bring_back(proposal_key(me.individual)) if forslag == "ja" else None
    if fornya:
        permit = await shown(room, asking, me, "own_consents")
        written = consent_form.renewing(await room.consent_reader.consent(permit, ConsentId(fornya)))
    return await _page(room, asking, me, written or await room.drafts.bring_back(giving_key(asking, me)) or BLANK)


@router.post("/nytt/utkast")
async def autosave(room: In, asking: Giving) -> Response:
    """Keep the draft and show anew what it means."""
    me = await myself(room, asking)
    kept = await room.drafts.keep(giving_key(asking, me), await room.form())
    await shown(room, asking, me, "own_consents")
    view = await _view(room, asking, me, kept)
    return part(room, "portal/give_saved.html", own_frame(room, asking.caller, HOME), view, kept)


@router.post("/nytt")
async def give(room: In, asking: Giving) -> Response:
    """A yes, a no, or a draft to keep: whichever button was pressed."""
    me = await myself(room, asking)
    written = await room.drafts.keep(giving_key(asking, me), await room.form())
    pressed = written.value("svar")
    if pressed == "nej":
        return await _decline(room, asking, me, written)
    if pressed == "ja":
        return await _record(room, asking, me, written)
    if pressed == PREVIEW:
        return await _preview(room, asking, me, written)
    return await _page(room, asking, me, written)


@router.get("/plan-och-statistik")
async def other(room: In, asking: Giving) -> Response:
    """The consents to the plan and to SUS, each by itself."""
    me = await whose(room, asking)
    if me is None:
        return nobody(room, asking, HOME)
    permit = await shown(room, asking, me, "own_consents")
    overview, cases = await room.consent_reader.overview(permit), await room.own_cases.of(permit)
    if not cases:
        return own_page(room, asking.caller, "portal/nobody.html", here=HOME)
    kinds = (Kind.PLAN, Kind.SUS) if len(cases[0].parties) > 1 else (Kind.SUS,)
    found = [await _simple(room, asking, me, kind, overview, cases[0]) for kind in kinds]
    view = views.OtherConsents(consents=tuple(found))
    return own_page(room, asking.caller, "portal/other_consents.html", view, here=HOME)


@router.post("/plan-och-statistik/{kind}")
async def answer_other(room: In, asking: Giving, kind: Kind) -> Response:
    """A yes, a no or a withdrawal of one of the two."""
    me, form = await myself(room, asking), await room.form()
    permit = await shown(room, asking, me, "own_consents")
    cases = await room.own_cases.of(permit)
    if not cases or kind is Kind.SECRECY:
        raise NotFound
    draft = _draft(room, asking, me, kind, cases[0], form.value("text_version"))
    pressed, once = form.value("svar"), await room.once(asking.caller)
    if pressed == "ja":
        await room.consents.record(asking, draft, once)
        return go(_OTHER)
    speaker = await room.speaker(asking.caller, me.individual)
    if pressed == "nej":
        await room.consents.decline(speaker, draft, once)
    else:
        overview = await room.consent_reader.overview(permit)
        for each in _live(overview, kind):
            await room.withdrawals.withdraw_consent(speaker, each)
    return go(_OTHER)


async def _record(room: Room, asking: Asking, me: Me, written: Written) -> Response:
    said, chosen = consent_form.filled(written, room.today), tongue(language_of(room, asking))
    said = consent_form.alone(said)
    vocabulary = await room.words()
    permit = await shown(room, asking, me, "own_consents")
    cases = await room.own_cases.of(permit)
    answerable = cases[0].leading if cases else (said.form.owners[0] if said.form.owners else HUB)
    draft = said.draft(me.individual, answerable, cases[0].id if cases else None, tongue=chosen)
    faults = consent_form.faults_of(said, draft, vocabulary, room.today)
    if faults:
        return await _page(room, asking, me, written.with_faults(faults))
    try:
        consent = await room.consents.record(asking, draft, await room.once(asking.caller))
    except Invalid as wrong:
        return await _page(room, asking, me, written.with_faults(consent_form.faults_in(wrong)))
    await _forget(room, asking, me)
    return go(f"{HOME}/kvitto/{consent}")


async def _preview(room: Room, asking: Asking, me: Me, written: Written) -> Response:
    """Ask what each receiver would see; what is missing in the form is said first, as for a yes."""
    said = consent_form.alone(consent_form.filled(written, room.today))
    draft = said.draft(me.individual, HUB, None, tongue=tongue(language_of(room, asking)))
    faults = consent_form.faults_of(said, draft, await room.words(), room.today)
    if faults:
        return await _page(room, asking, me, written.with_faults(faults))
    permit = await shown(room, asking, me, "own_consents")
    identity = await room.previews.begin(asking, permit, Drafted(said.lines))
    return go(f"{HOME}/nytt/forhandsvisning/{identity}")


async def _decline(room: Room, asking: Asking, me: Me, written: Written) -> Response:
    said = consent_form.alone(consent_form.filled(written, room.today))
    chosen = tongue(language_of(room, asking))
    permit = await shown(room, asking, me, "own_consents")
    cases = await room.own_cases.of(permit)
    draft = said.draft(me.individual, cases[0].leading if cases else HUB, None, tongue=chosen)
    consent = await room.consents.decline(
        await room.speaker(asking.caller, me.individual), draft, await room.once(asking.caller)
    )
    await _forget(room, asking, me)
    return go(f"{HOME}/kvitto/{consent}")


async def _forget(room: Room, asking: Asking, me: Me) -> None:
    await room.drafts.forget(giving_key(asking, me))
    await room.drafts.forget(proposal_key(me.individual))


async def _page(room: Room, asking: Asking, me: Me, written: Written) -> Response:
    await shown(room, asking, me, "own_consents")
    view = await _view(room, asking, me, written)
    return own_page(room, asking.caller, "portal/give.html", view, here=HOME, form=written)


async def _view(room: Room, asking: Asking, me: Me, written: Written) -> views.Give:
    language, say, vocabulary = language_of(room, asking), sayer(room, asking), await room.words()
    chosen = tongue(language)
    said = consent_form.alone(consent_form.filled(written, room.today))
    asks, tells = Wording(chosen, vocabulary.names, "jag"), Wording(chosen, vocabulary.names, "du")
    plain, sensitive = consent_form.category_options(vocabulary, asks)
    template, text = await room.consents.text_for(said.draft(me.individual, HUB, None, tongue=chosen))
    seen = consent_form.preview(said, vocabulary, await room.marks(), chosen)
    return views.Give(
        heading=say("Vad vill du säga ja till?"),
        lead=say("Du kan säga ja till en del, och nej till resten. Svaret är ditt."),
        action=f"{HOME}/nytt",
        owners=consent_form.agency_options(vocabulary),
        receivers=consent_form.agency_options(vocabulary),
        categories=plain,
        sensitive=sensitive,
        purposes=tuple(Option(code, _first(tells.purpose(code))) for code in _PURPOSES),
        ends=consent_form.end_options(room.today, room.renderer.words(language), say),
        lines=tuple(
            (
                each.mark.inline,
                tuple(f"{line.category}, " + say("från %(who)s") % {"who": line.owner.inline} for line in each.lines),
            )
            for each in seen.receivers
        ),
        text=text,
        text_version=template.version,
    )


async def _simple(
    room: Room, asking: Asking, me: Me, kind: Kind, overview: Overview, case: OwnCase
) -> views.SimpleConsent:
    say, draft = sayer(room, asking), _draft(room, asking, me, kind, case)
    template, text = await room.consents.text_for(draft)
    live = _live(overview, kind)
    answered = [each for each in overview.consents if each.kind is kind]
    status = (
        Status(State.OK, say("Ja"))
        if live
        else Status(State.REFUSED, say("Nej"))
        if answered
        else Status(State.WAITING, say("Du har inte svarat"))
    )
    return views.SimpleConsent(
        kind=kind,
        heading=say("Planen") if kind is Kind.PLAN else say("Statistik (SUS)"),
        text=text,
        text_version=template.version,
        status=status,
        action=f"{_OTHER}/{kind}",
        open=bool(live),
        on_paper=kind is Kind.SUS,
    )


def _live(overview: Overview, kind: Kind) -> list[ConsentId]:
    return [each.id for each in overview.consents if each.kind is kind and each.until]


def _draft(room: Room, asking: Asking, me: Me, kind: Kind, case: OwnCase, version: str = "") -> Draft:
    matter = Matter(
        individual=me.individual,
        case=case.id,
        number=case.number,
        purpose=case.purpose,
        leading=case.leading,
        others=[each.agency for each in case.parties],
        answerable=case.leading,
    )
    seen = int(version) if version.isascii() and version.isdigit() else 0
    return simple_draft(matter, kind, Way(How.DIGITAL), room.today, tongue(language_of(room, asking)), seen)


def _first(words: str) -> str:
    return words[:1].upper() + words[1:]
