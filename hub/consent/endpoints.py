"""The API of consent. What staff and partner systems do here, the pages do through the same services."""

from typing import Annotated, Final

from fastapi import Request, Response

from hub.access import Asking, GuardedRouter, asks, public
from hub.consent import closing_endpoints
from hub.consent.bodies import EvidenceAnswer, Narrowing, NewConsent, Renewal
from hub.consent.kinds import ConsentId
from hub.consent.room import (
    EDIT,
    ONCE,
    USUAL,
    ConsentParam,
    PersonParam,
    Room,
    Sees,
    agency_of,
    created,
    page_of,
)
from hub.consent.schemas import ConsentBody, ConsentList, Created, ReceiptBody, StopwatchBody, TemplateList
from hub.kit.errors import FieldError, Invalid, Unauthenticated
from hub.kit.rest import CONDITIONAL, Idempotent, IfMatch, Limit, PageNumber, problems, with_etag

router: Final = GuardedRouter(tags=["Samtycken"])
router.routes.extend(closing_endpoints.router.routes)
_CONSENTS: Final = "/persons/{personId}/consents"
_CONSENT: Final = f"{_CONSENTS}/{{consentId}}"
Records = Annotated[Asking, asks("see_person", "record_consent")]
Answers = Annotated[Asking, asks("see_person", "accept_consent")]


@router.get("/consent-templates", summary="Texterna före ett svar", responses=problems(Unauthenticated))
@public("the texts are the same for everybody and tell of nobody")
async def list_templates(request: Request) -> TemplateList:
    """Return the texts that are shown before an answer, every version. / Texterna som visas, i alla versioner."""
    return TemplateList.of(await Room(request).texts.all())


@router.get(_CONSENTS, summary="Lista samtycken", responses=problems(*USUAL))
async def list_consents(
    request: Request, person_id: PersonParam, asking: Sees, page: PageNumber = 1, limit: Limit = 20
) -> ConsentList:
    """Return what concerns the caller's agency, newest first. / Det som rör den egna myndigheten, det senaste först.

    An exclusion is in it only where it binds that agency. / Ett undantag syns bara för den myndighet som det binder.
    """
    room = Room(request)
    overview = await room.reader.overview_for(await room.may_see(asking, person_id), agency_of(asking))
    shown, more = page_of(overview.consents, page, limit)
    return ConsentList(items=tuple(map(ConsentBody.of, shown)), page=page, limit=limit, more=more)


@router.post(_CONSENTS, status_code=201, summary="Skriv ner ett svar", responses=problems(*ONCE))
async def record_consent(
    request: Request, response: Response, person_id: PersonParam, body: NewConsent, asking: Records, once: Idempotent
) -> Created:
    """Write down what the individual has answered: yes with its lines, or no. / Skriver ner den enskildes ja eller nej.

    A no asks for nothing more and waits for no engine. / Ett nej kräver inget mer.
    """
    room = Room(request)
    if body.answer == "no":
        speaker = await room.speaker(asking, person_id)
        made = await room.consents.decline(speaker, body.draft(speaker.individual, agency_of(asking)), once)
    else:
        permit = await room.may_see(asking, person_id)
        draft = body.draft(str(permit.about.individual), agency_of(asking))
        made = await room.consents.record(asking, draft, once)
    return created(request, response, made)


@router.get(_CONSENT, summary="Läs ett samtycke", responses=CONDITIONAL | problems(*USUAL))
async def read_consent(
    request: Request, response: Response, person_id: PersonParam, consent_id: ConsentParam, asking: Sees
) -> ConsentBody:
    """Return one consent as the caller's agency may see it. / Ett samtycke, så som den egna myndigheten får se det."""
    found = await Room(request).consent(asking, person_id, consent_id)
    with_etag(response, found)
    return found


@router.patch(_CONSENT, summary="Minska ett samtycke", responses=problems(*EDIT))
async def narrow_consent(
    request: Request,
    person_id: PersonParam,
    consent_id: ConsentParam,
    body: Narrowing,
    version: IfMatch,
    asking: Sees,
    once: Idempotent,
) -> StopwatchBody:
    """Take lines away or end sooner, on the individual's word, at once. / Tar bort rader eller slutar tidigare, genast."""
    room = Room(request)
    speaker = await room.speaker(asking, person_id)
    made = await room.withdrawals.narrow(
        speaker, ConsentId(consent_id), version, away=body.remove_lines, last=body.last_day, once=once
    )
    return await room.stopwatch(speaker, made)


@router.post(f"{_CONSENT}/renewals", status_code=201, summary="Förnya ett samtycke", responses=problems(*ONCE))
async def renew_consent(
    request: Request,
    response: Response,
    person_id: PersonParam,
    consent_id: ConsentParam,
    body: Renewal,
    asking: Records,
    once: Idempotent,
) -> Created:
    """Renew what the individual has said yes to again, until a new last day. / Förnyar till en ny sista dag."""
    room = Room(request)
    permit = await room.may_see(asking, person_id)
    await room.reader.receipt_for(permit, ConsentId(consent_id), agency_of(asking))
    old = await room.consents.renewal_of(
        str(permit.about.individual), ConsentId(consent_id), body.last_day, body.keep_lines
    )
    return created(request, response, await room.consents.record(asking, body.draft(old), once))


@router.get(f"{_CONSENT}/receipt", summary="Läs kvittot", responses=problems(*USUAL))
async def read_receipt(request: Request, person_id: PersonParam, consent_id: ConsentParam, asking: Sees) -> ReceiptBody:
    """Return the receipt of a consent that the caller's agency wrote down. / Kvittot på det ni har skrivit ner."""
    room = Room(request)
    permit = await room.may_see(asking, person_id)
    return ReceiptBody.of(await room.reader.receipt_for(permit, ConsentId(consent_id), agency_of(asking)))


@router.get(f"{_CONSENT}/evidence", summary="Läs underlaget", responses=problems(*USUAL))
async def read_evidence(
    request: Request, person_id: PersonParam, consent_id: ConsentParam, asking: Sees
) -> ReceiptBody:
    """Return the evidence of lines that wait for the caller's agency. / Underlaget till rader som väntar på er."""
    room = Room(request)
    permit = await room.may_see(asking, person_id)
    return ReceiptBody.of(await room.reader.evidence_for(permit, ConsentId(consent_id), agency_of(asking)))


@router.post(f"{_CONSENT}/evidence-answers", summary="Svara på underlaget", responses=problems(*EDIT))
async def answer_evidence(
    request: Request,
    response: Response,
    person_id: PersonParam,
    consent_id: ConsentParam,
    body: EvidenceAnswer,
    version: IfMatch,
    asking: Answers,
    once: Idempotent,
) -> ConsentBody:
    """Say, for the owner, whether the evidence is enough; never by whoever wrote it down. / Svarar om underlaget räcker."""
    room, consent = Room(request), ConsentId(consent_id)
    await room.may_see(asking, person_id)
    if body.answer == "accepted":
        await room.consents.accept_evidence(asking, consent, version, once, excluded=body.excluded)
    elif body.fault is None:
        raise Invalid(fields=(FieldError("fault", "Välj vad som gör att underlaget inte räcker."),))
    else:
        await room.consents.refuse_evidence(asking, consent, version, body.fault, once)
    found = await room.consent(asking, person_id, consent_id)
    with_etag(response, found)
    return found
