"""Consent, recorded together with the individual: the list, the form with its preview, the answer, the receipt."""

from enum import StrEnum
from typing import Annotated, Final

from fastapi import Response
from starlette.datastructures import UploadFile

from hub.access import Asking, GuardedRouter, asks
from hub.cases import CaseId
from hub.consent import (
    ConsentId,
    ConsentState,
    ConsentView,
    Draft,
    Effect,
    Form,
    Kind,
    Language,
    ScanFile,
    Wording,
    limits,
)
from hub.kit.errors import Invalid
from hub.web import DateWords, Link, Option, consent_form, sentence
from hub.web.drafts import DraftKey
from hub.web.forms import BLANK
from hub.web.forms import Form as Written
from hub.web.pages import go, part, staff_frame
from hub.web.proposals import proposal_key
from hub.web.receipts import receipt_view
from hub.web.room import In, Room
from hub.web.simple_consents import How, Matter, simple_draft
from hub.workspace.consent_views import ConsentRow, Consents, NewConsent, SimpleConsent
from hub.workspace.head import Opened, case_page, opened
from hub.workspace.lifting import liftable
from hub.workspace.sharing import excluded
from hub.workspace.words import CONSENT_STATES, FORMS, purpose_options


class SimpleKind(StrEnum):
    """The two consents without sets, by their place in the address."""

    PLAN = "planen"
    SUS = "sus"


_KINDS: Final = {SimpleKind.PLAN: Kind.PLAN, SimpleKind.SUS: Kind.SUS}
router = GuardedRouter(prefix="/arbete/arenden/{case}/samtycke", include_in_schema=False)
Seeing = Annotated[Asking, asks("act_in_case")]
Telling = Annotated[Asking, asks("act_in_case", "disclose", "record_consent")]
Recording = Annotated[Asking, asks("act_in_case", "record_consent")]
_TAB: Final = "/samtycke"
#: What can be asked for again. What was taken back is not: that takes a new question.
_RENEWABLE: Final = frozenset({ConsentState.ACTIVE, ConsentState.EXPIRED})


@router.get("")
async def consents(room: In, asking: Seeing, case: CaseId, skickat: str = "") -> Response:
    """Three consents that are never one tick, each with what it is now."""
    found = await opened(room, asking, case, _TAB)
    here = f"{found.address}/samtycke"
    rows = {
        kind: tuple(_row(each, found, here) for each in found.overview.consents if each.kind is kind) for kind in Kind
    }
    view = Consents(
        head=found.head,
        name=found.name,
        plan=rows[Kind.PLAN],
        secrecy=rows[Kind.SECRECY],
        sus=rows[Kind.SUS],
        excluded=excluded(found.overview),
        liftable=liftable(found.overview, asking.caller.agency or "", found.address),
        new_secrecy=f"{here}/nytt",
        kept=f"{found.address}/visas-inte",
        sent=skickat == "ja",
    )
    return await case_page(room, asking, "workspace/consents.html", found, view)


@router.get("/nytt")
async def new(room: In, asking: Recording, case: CaseId, fornya: str = "") -> Response:
    """The form: empty, as it was left, or as the consent that is to be renewed. No answer is ever filled in."""
    found = await opened(room, asking, case, _TAB)
    written = await room.drafts.bring_back(_key(asking, found)) or BLANK
    old = next((each for each in found.overview.consents if each.id == fornya), None)
    if old:
        written = consent_form.renewing(old)
    return await _form_page(room, asking, found, written)


@router.post("/nytt/utkast")
async def autosave(room: In, asking: Recording, case: CaseId) -> Response:
    """Keep the draft and draw the preview anew."""
    found = await opened(room, asking, case, _TAB)
    kept = await room.drafts.keep(_key(asking, found), await room.form())
    frame = await staff_frame(room, asking.caller, shield=found.head.shield)
    return part(room, "workspace/draft_saved.html", frame, await _view(room, found, kept), kept)


@router.post("/nytt")
async def answer(room: In, asking: Recording, case: CaseId) -> Response:
    """A yes, a no, a draft to keep, or a line to take away: whichever button was pressed."""
    found = await opened(room, asking, case, _TAB)
    # Kept first, so that a lost connection or a sign-in that has grown old loses nothing.
    written = await room.drafts.keep(_key(asking, found), _changed(await room.form()))
    pressed = written.value("svar")
    if pressed == "nej":
        return await _decline(room, asking, found, written)
    if pressed == "ja":
        return await _record(room, asking, found, written)
    return await _form_page(room, asking, found, written)


@router.get("/{kind}")
async def simple(room: In, asking: Telling, case: CaseId, kind: SimpleKind) -> Response:
    """The question about the plan, or about SUS, answered by itself."""
    return await _simple_page(room, asking, case, kind, BLANK)


@router.post("/{kind}")
async def answer_simple(room: In, asking: Telling, case: CaseId, kind: SimpleKind) -> Response:
    """The yes or the no."""
    found, written = await opened(room, asking, case, _TAB), await room.form()
    draft = await _simple_draft(room, asking, found, kind, written)
    once = await room.once(asking.caller)
    if written.value("svar") == "nej":
        speaker = await room.speaker(asking.caller, found.case.individual, found.case.id)
        return go(f"{found.address}/samtycke/kvitto/{await room.consents.decline(speaker, draft, once)}")
    try:
        consent = await room.consents.record(asking, draft, once)
    except Invalid as wrong:
        return await _simple_page(room, asking, case, kind, written.with_faults(consent_form.faults_in(wrong)))
    return go(f"{found.address}/samtycke/kvitto/{consent}")


@router.get("/kvitto/{consent}")
async def receipt(room: In, asking: Seeing, case: CaseId, consent: ConsentId) -> Response:
    """The receipt, to read and to print."""
    found = await opened(room, asking, case, _TAB)
    shown = await room.consent_reader.receipt_for(found.permit, consent, asking.caller.agency or "")
    back = Link(f"{found.address}/samtycke", "Tillbaka till Samtycke")
    view = receipt_view(shown, found.overview.names, name=found.name, back=back, head=found.head)
    return await case_page(room, asking, "workspace/receipt.html", found, view)


async def _record(room: Room, asking: Asking, found: Opened, written: Written) -> Response:
    vocabulary, said = await room.words(), consent_form.filled(written, room.today)
    draft = said.draft(found.case.individual, asking.caller.agency or "", found.case.id, await _scan(room))
    faults = consent_form.faults_of(said, draft, vocabulary, room.today)
    if said.how is Form.DIGITAL:
        faults = [each for each in faults if each.field != "exclusions_asked"]
    if faults:
        return await _form_page(room, asking, found, written.with_faults(faults))
    if said.how is Form.DIGITAL:
        await room.drafts.keep(proposal_key(found.case.individual), written)
        await room.drafts.forget(_key(asking, found))
        return go(f"{found.address}/samtycke?skickat=ja")
    try:
        consent = await room.consents.record(asking, draft, await room.once(asking.caller))
    except Invalid as wrong:
        return await _form_page(room, asking, found, written.with_faults(consent_form.faults_in(wrong)))
    await room.drafts.forget(_key(asking, found))
    return go(f"{found.address}/samtycke/kvitto/{consent}")


async def _decline(room: Room, asking: Asking, found: Opened, written: Written) -> Response:
    said = consent_form.filled(written, room.today)
    draft = said.draft(found.case.individual, asking.caller.agency or "", found.case.id, None)
    speaker = await room.speaker(asking.caller, found.case.individual, found.case.id)
    consent = await room.consents.decline(speaker, draft, await room.once(asking.caller))
    await room.drafts.forget(_key(asking, found))
    return go(f"{found.address}/samtycke/kvitto/{consent}")


async def _simple_draft(room: Room, asking: Asking, found: Opened, kind: SimpleKind, written: Written) -> Draft:
    parties = await room.sharing.parties(asking, found.permit)
    matter = Matter(
        individual=found.case.individual,
        case=found.case.id,
        number=found.case.number,
        purpose=found.case.purpose,
        leading=found.case.leading,
        others=[each.agency.id for each in parties],
        answerable=asking.caller.agency or "",
    )
    said = consent_form.filled(written, room.today)
    how = How(said.how, said.witness, said.note, await _scan(room), written.value("insats").strip())
    return simple_draft(matter, _KINDS[kind], how, room.today, text_version=said.text_version)


async def _simple_page(room: Room, asking: Asking, case: CaseId, kind: SimpleKind, written: Written) -> Response:
    found = await opened(room, asking, case, _TAB)
    draft = await _simple_draft(room, asking, found, kind, written)
    template, text = await room.consents.text_for(draft)
    view = SimpleConsent(
        head=found.head,
        name=found.name,
        kind=kind,
        heading="Samtycke till planen" if kind is SimpleKind.PLAN else "Samtycke till SUS",
        text=text,
        text_version=template.version,
        action=f"{found.address}/samtycke/{kind}",
        answerable=bool(draft.lines),
    )
    return await case_page(room, asking, "workspace/simple_consent.html", found, view, form=written)


async def _form_page(room: Room, asking: Asking, found: Opened, written: Written) -> Response:
    view = await _view(room, found, written)
    return await case_page(room, asking, "workspace/new_consent.html", found, view, form=written)


async def _view(room: Room, found: Opened, written: Written) -> NewConsent:
    vocabulary, dates = await room.words(), DateWords(room.clock.now())
    said = consent_form.filled(written, room.today)
    wording = Wording(Language.SWEDISH, vocabulary.names, "jag")
    plain, sensitive = consent_form.category_options(vocabulary, wording)
    draft = said.draft(found.case.individual, found.case.leading, found.case.id, None)
    template, text = await room.consents.text_for(draft)
    return NewConsent(
        head=found.head,
        name=found.name,
        action=f"{found.address}/samtycke/nytt",
        owners=consent_form.agency_options(vocabulary),
        receivers=consent_form.agency_options(vocabulary),
        categories=plain,
        sensitive=sensitive,
        purposes=purpose_options(),
        ends=consent_form.end_options(room.today, dates),
        forms=(
            Option("digital", "Själv, i sin telefon", "Vi lägger förslaget i portalen. Svaret kommer när det kommer."),
        ),
        preview=consent_form.preview(said, vocabulary, await room.marks()),
        text=text,
        text_version=template.version,
    )


def _changed(written: Written) -> Written:
    """Return what was written, after a line was taken away or put back by its own button."""
    removed = set(written.values.get("removed", ())) | set(written.values.get("bort", ()))
    removed -= set(written.values.get("tillbaka", ()))
    rest = {name: each for name, each in written.values.items() if name not in {"bort", "tillbaka"}}
    return Written({**rest, "removed": tuple(sorted(removed))})


async def _scan(room: Room) -> ScanFile | None:
    sent = (await room.request.form()).get("scan")
    if not isinstance(sent, UploadFile) or not sent.filename:
        return None
    content = await sent.read(limits().scan_bytes + 1)
    return ScanFile(sent.content_type or "", content)


def _key(asking: Asking, found: Opened) -> DraftKey:
    agency = asking.caller.agency or ""
    return DraftKey(asking.caller.ref, "consent", found.case.id, found.case.individual, agency)


def _row(consent: ConsentView, found: Opened, here: str) -> ConsentRow:
    names = found.overview.names
    permits = [line for line in consent.lines if line.effect is Effect.PERMIT]
    owners = list(dict.fromkeys(names.get(line.owner, line.owner) for line in permits))
    receivers = list(dict.fromkeys(names.get(line.receiver, line.receiver) for line in permits))
    both = (
        f"Mellan {sentence(owners)}"
        if set(owners) == set(receivers)
        else f"{sentence(owners)} till {sentence(receivers)}"
    )
    return ConsentRow(
        consent.id,
        both if permits else "Svaret var nej",
        DateWords.day_of(consent.given_at),
        FORMS[consent.form],
        CONSENT_STATES[consent.state],
        DateWords.last_day(consent.until) if consent.until else None,
        f"{here}/kvitto/{consent.id}",
        renew=f"{here}/nytt?fornya={consent.id}"
        if consent.kind is Kind.SECRECY and consent.state in _RENEWABLE
        else "",
    )
