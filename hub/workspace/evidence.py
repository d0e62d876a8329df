"""The owner's official says whether the evidence of a consent that others wrote down is enough."""

from typing import Annotated, ClassVar

from fastapi import Response

from hub.access import About, Asking, Gathered, GuardedRouter, Permit, asks
from hub.access.questions import AcceptConsent
from hub.agencies import AgencyId, AssignmentId
from hub.consent import Awaiting, ConsentId, Effect, EvidenceFault, Language, Wording
from hub.kit.clock import epoch_s
from hub.kit.errors import FieldError, Invalid, NotFound
from hub.people import IndividualId
from hub.web import DateWords, FormModel, InvalidForm, Link, Option, with_errors_of
from hub.web.consent_form import OFFERED
from hub.web.forms import BLANK, Form
from hub.web.pages import go, staff_page
from hub.web.receipts import receipt_line
from hub.web.room import In, Room
from hub.workspace.consent_views import Evidence, EvidenceList, EvidenceRow
from hub.workspace.sharing import excluded
from hub.workspace.words import FORMS, category

router = GuardedRouter(prefix="/arbete/underlag", include_in_schema=False)
Accepting = Annotated[Asking, asks("accept_consent")]
Looking = Annotated[Asking, asks("see_person")]
FAULTS = {
    EvidenceFault.UNREADABLE: "Det går inte att läsa",
    EvidenceFault.NOT_SIGNED: "Det är inte underskrivet",
    EvidenceFault.WRONG_PERSON: "Det gäller någon annan, eller är lämnat av fel person",
    EvidenceFault.NOT_COVERED: "Det täcker inte det vi skulle lämna",
    EvidenceFault.DOUBTFUL: "Det är oklart om personen menade ja",
}


#: What an official ticks when the words aren't about anything that the agency holds.
NOTHING = "inget"


class Refusing(FormModel):
    """A no says what is missing."""

    fault: EvidenceFault
    missing: ClassVar = {"fault": "Välj vad som saknas. Den som skrev ned samtycket behöver veta det."}


@router.get("")
async def evidence_list(room: In, asking: Looking) -> Response:
    """What waits: when it was written down, and nothing of whom until it is opened."""
    await asking.permit(lambda: room.people.may_register(asking.caller))
    waiting = await room.consent_due.awaiting(asking.caller.agency or "")
    rows = tuple(
        EvidenceRow(f"/arbete/underlag/{each.consent}", "", "", "", DateWords.day_of(each.since), "")
        for each in waiting
    )
    return await staff_page(room, asking.caller, "workspace/evidence_list.html", EvidenceList(rows=rows))


@router.get("/{consent}")
async def evidence(room: In, asking: Accepting, consent: ConsentId) -> Response:
    """One consent with its evidence."""
    return await _page(room, asking, consent, BLANK)


@router.get("/{consent}/papper")
async def paper(room: In, asking: Accepting, consent: ConsentId) -> Response:
    """The scanned paper."""
    permit, _ = await _permit(room, asking, consent)
    found = await room.consent_reader.paper(permit, consent)
    if found.content is None:
        raise NotFound
    return Response(found.content, media_type=found.media_type, headers={"Content-Disposition": "inline"})


@router.post("/{consent}")
async def answer(room: In, asking: Accepting, consent: ConsentId) -> Response:
    """Accept, or don't."""
    form, version = await room.form(), await room.version()
    try:
        if form.value("svar") == "nej":
            fault = Refusing.read(form, today=room.today).fault
            await room.consents.refuse_evidence(asking, consent, version, fault)
        else:
            await room.consents.accept_evidence(asking, consent, version, excluded=_made_out(form))
    except Invalid as wrong:
        again = wrong.form if isinstance(wrong, InvalidForm) else with_errors_of(wrong, form)
        return await _page(room, asking, consent, again)
    return go("/arbete/underlag")


def _made_out(form: Form) -> tuple[str, ...] | None:
    """Return the categories that own words are about: none ticked says nothing, unless it is said that it is none."""
    chosen = form.values.get("excluded", ())
    if NOTHING in chosen and len(chosen) > 1:
        raise Invalid(
            fields=(FieldError("excluded", "Välj antingen områden eller att orden inte gäller något hos er."),)
        )
    return tuple(each for each in chosen if each != NOTHING) if chosen else None


async def _permit(room: Room, asking: Asking, consent: ConsentId) -> tuple[Permit[AcceptConsent], Awaiting]:
    owner = asking.caller.agency or ""
    waiting = next((each for each in await room.consent_due.awaiting(owner) if each.consent == consent), None)
    if waiting is None:
        raise NotFound
    return await asking.permit(lambda: _gather(room, asking, waiting)), waiting


async def _gather(room: Room, asking: Asking, waiting: Awaiting) -> Gathered[AcceptConsent]:
    owner, caller = asking.caller.agency or "", asking.caller
    around = await room.around(caller, waiting.individual, None)
    question = AcceptConsent(
        now=epoch_s(room.clock.now()),
        caller=around.caller,
        person=around.person,
        owner=owner,
        receiver=min(waiting.receivers),
        recorded_by_caller=False,
    )
    about = About("see_evidence", owner, individual=waiting.individual, owner=owner)
    return Gathered(question, around.stands, about, around.not_after)


async def _recorder(room: Room, recorded_by: str | None) -> str:
    """Return who wrote it down, as it stands after "Nedskrivet av"."""
    if recorded_by is None:
        return "personen"
    author = AssignmentId(recorded_by)
    posts = await room.directory.posts([author])
    return f"{posts[author].name}, {posts[author].agency_name}" if author in posts else "en annan myndighet"


async def _page(room: Room, asking: Asking, consent: ConsentId, form: Form) -> Response:
    permit, _waiting = await _permit(room, asking, consent)
    agency = AgencyId(asking.caller.agency or "")
    receipt = await room.consent_reader.evidence_for(permit, consent, agency)
    overview = await room.consent_reader.overview_for(permit, agency)
    individual = IndividualId(permit.about.individual or "")
    person = (await room.people.known_as(agency, [individual])).get(individual)
    by = await _recorder(room, receipt.consent.recorded_by)
    wording = Wording(Language.SWEDISH, overview.names)
    contact = person.contact if person else None
    row = EvidenceRow(
        f"/arbete/underlag/{consent}",
        contact.name if contact else "Någon som ni inte har antecknat",
        "",
        by,
        DateWords.day_of(receipt.consent.given_at),
        FORMS[receipt.consent.form],
    )
    stops = [line for line in receipt.consent.lines if line.unread and line.owner == agency]
    own_words = tuple(dict.fromkeys(line.words for line in stops))
    view = Evidence(
        row=row,
        own_words=own_words,
        categories=(*(Option(each, category(each)) for each in OFFERED), Option(NOTHING, "Inget vi har")),
        lines=tuple(receipt_line(line, wording) for line in receipt.consent.lines if line.effect is Effect.PERMIT),
        excluded=excluded(overview),
        witness=receipt.evidence.witness,
        scan=Link(f"/arbete/underlag/{consent}/papper", "Öppna bilden") if receipt.has_scan else None,
        digest=receipt.digest,
        action=f"/arbete/underlag/{consent}",
        faults=tuple(Option(each.value, FAULTS[each]) for each in EvidenceFault),
        version=str(receipt.consent.version),
        own_gain=receipt.consent.recorded_by == asking.caller.assignment,
    )
    return await staff_page(room, asking.caller, "workspace/evidence.html", view, form=form)
