"""The API of consent. What staff and partner systems do here, the pages do through the same services.

Withdrawing, blocking and saying no ask no engine (reading R5): `people.open_to` says whom the caller's reference is
about, and a pure rule whether the caller may speak.
"""

from collections.abc import Sequence
from typing import Annotated, Final, TypeVar

from fastapi import Path, Query, Request, Response

from hub.access import Asking, GuardedRouter, asks, public
from hub.consent.bodies import EvidenceAnswer, Narrowing, NewClosing, NewConsent, NewWithdrawal, Renewal
from hub.consent.closing import Closing
from hub.consent.http import EDITED, IdempotencyKey, IfMatch, IfNoneMatch, once, problems, require_match, tag
from hub.consent.kinds import ConsentId, WithdrawalId
from hub.consent.schemas import (
    BlockOut,
    BlockPage,
    ConsentOut,
    ConsentPage,
    Created,
    ReceiptOut,
    StopwatchOut,
    TemplateList,
)
from hub.consent.services import ConsentServices, services_of
from hub.consent.speaker import Speaker
from hub.kit.errors import Conflict, FieldError, Invalid, NotFound
from hub.people import PersonId

router: Final = GuardedRouter(tags=["Samtycken"])

Person = Annotated[
    str, Path(alias="personId", max_length=100, description="Er egen beteckning på personen, från `/persons`.")
]
Consent = Annotated[str, Path(alias="consentId", max_length=100)]
WithdrawalPath = Annotated[str, Path(alias="withdrawalId", max_length=100)]
PageNumber = Annotated[int, Query(ge=1, le=10_000, description="Vilken sida.")]
Limit = Annotated[int, Query(ge=1, le=100, description="Hur många på en sida.")]
Sees = Annotated[Asking, asks("see_person")]
Records = Annotated[Asking, asks("see_person", "record_consent")]
Answers = Annotated[Asking, asks("see_person", "accept_consent")]
_OF_PERSON: Final = "/persons/{personId}"
T = TypeVar("T")


@router.get("/consent-templates", responses=problems())
@public("the texts are the same for everybody and tell of nobody")
async def list_templates(request: Request) -> TemplateList:
    """Lista texterna som visas före ett svar, i alla versioner och på alla språk."""
    return TemplateList.of(await services_of(request).texts.all())


@router.get(f"{_OF_PERSON}/consents", responses=problems())
async def list_consents(
    request: Request, person: Person, asking: Sees, page: PageNumber = 1, limit: Limit = 20
) -> ConsentPage:
    """Lista samtycken, det senaste först: de rader som rör er myndighet, och undantag som binder den (FFS-01)."""
    services = services_of(request)
    permit = await asking.permit(lambda: services.people.may_see(asking.caller, PersonId(person)))
    found = (await services.reader.overview_for(permit, _agency(asking))).consents
    shown, more = _page(found, page, limit)
    return ConsentPage(items=tuple(ConsentOut.of(each) for each in shown), page=page, limit=limit, more=more)


@router.post(f"{_OF_PERSON}/consents", status_code=201, responses=problems(Conflict))
async def record_consent(
    request: Request,
    response: Response,
    person: Person,
    said: NewConsent,
    asking: Records,
    idempotency_key: IdempotencyKey = None,
) -> Created:
    """Skriv ner ett svar som den enskilde har gett: ja med sina rader, eller nej. Ett nej frågar ingen och behöver inget mer."""
    services, doing = services_of(request), await once(request, asking.caller, idempotency_key)
    if said.answer == "no":
        speaker = await _speaker(services, asking, person)
        made = await services.consents.decline(speaker, said.draft(speaker.individual, _agency(asking)), doing)
    else:
        permit = await asking.permit(lambda: services.people.may_see(asking.caller, PersonId(person)))
        draft = said.draft(str(permit.about.individual), _agency(asking))
        made = await services.consents.record(asking, draft, doing)
    return _created(request, response, made)


@router.get(f"{_OF_PERSON}/consents/{{consentId}}", responses=problems())
async def read_consent(
    request: Request,
    response: Response,
    person: Person,
    consent: Consent,
    asking: Sees,
    if_none_match: IfNoneMatch = None,
) -> ConsentOut:
    """Läs ett samtycke, skuret till vad er myndighet får se."""
    view = await _read(services_of(request), asking, person, consent)
    return tag(response, view, if_none_match)


@router.patch(f"{_OF_PERSON}/consents/{{consentId}}", responses=problems(*EDITED))
async def narrow_consent(
    request: Request,
    person: Person,
    consent: Consent,
    less: Narrowing,
    asking: Sees,
    if_match: IfMatch = None,
    idempotency_key: IdempotencyKey = None,
) -> StopwatchOut:
    """Ta bort rader ur ett samtycke eller låt det sluta tidigare, på den enskildes ord. Bara mindre än förut."""
    services = services_of(request)
    view = await _read(services, asking, person, consent)
    require_match(view, if_match)
    speaker = await _speaker(services, asking, person)
    made = await services.withdrawals.narrow(
        speaker,
        ConsentId(consent),
        view.version,
        away=less.remove_lines,
        last=less.last_day,
        once=await once(request, asking.caller, idempotency_key),
    )
    return StopwatchOut.of(await services.reader.stopwatch(speaker, made))


@router.post(f"{_OF_PERSON}/consents/{{consentId}}/renewals", status_code=201, responses=problems(Conflict))
async def renew_consent(
    request: Request,
    response: Response,
    person: Person,
    consent: Consent,
    again: Renewal,
    asking: Records,
    idempotency_key: IdempotencyKey = None,
) -> Created:
    """Förnya ett samtycke som den enskilde har sagt ja till igen: samma rader, eller några av dem, till en ny sista dag."""
    services = services_of(request)
    permit = await asking.permit(lambda: services.people.may_see(asking.caller, PersonId(person)))
    await services.reader.consent_for(permit, ConsentId(consent), _agency(asking))
    old = await services.consents.renewal_of(
        str(permit.about.individual), ConsentId(consent), again.last_day, again.keep_lines
    )
    doing = await once(request, asking.caller, idempotency_key)
    return _created(request, response, await services.consents.record(asking, again.draft(old), doing))


@router.get(f"{_OF_PERSON}/consents/{{consentId}}/receipt", responses=problems())
async def read_receipt(request: Request, person: Person, consent: Consent, asking: Sees) -> ReceiptOut:
    """Läs kvittot på ett samtycke som er myndighet har skrivit ner."""
    services = services_of(request)
    permit = await asking.permit(lambda: services.people.may_see(asking.caller, PersonId(person)))
    return ReceiptOut.of(await services.reader.receipt_for(permit, ConsentId(consent), _agency(asking)))


@router.get(f"{_OF_PERSON}/consents/{{consentId}}/evidence", responses=problems())
async def read_evidence(request: Request, person: Person, consent: Consent, asking: Sees) -> ReceiptOut:
    """Läs underlaget till rader där er myndighet ska avgöra om det räcker."""
    services = services_of(request)
    permit = await asking.permit(lambda: services.people.may_see(asking.caller, PersonId(person)))
    return ReceiptOut.of(await services.reader.evidence_for(permit, ConsentId(consent), _agency(asking)))


@router.post(f"{_OF_PERSON}/consents/{{consentId}}/evidence-answers", responses=problems(*EDITED))
async def answer_evidence(
    request: Request,
    person: Person,
    consent: Consent,
    said: EvidenceAnswer,
    asking: Answers,
    if_match: IfMatch = None,
) -> ConsentOut:
    """Svara för er myndighet om underlaget räcker för att lämna ut. En handläggare hos ägaren svarar, aldrig den som skrev ner."""
    services, identity = services_of(request), ConsentId(consent)
    view = await _read(services, asking, person, consent)
    require_match(view, if_match)
    if said.answer == "accepted":
        await services.consents.accept_evidence(asking, identity, view.version)
    elif said.fault is None:
        raise Invalid(fields=(FieldError("fault", "Välj vad som gör att underlaget inte räcker."),))
    else:
        await services.consents.refuse_evidence(asking, identity, view.version, said.fault)
    return await _read(services, asking, person, consent)


@router.post(f"{_OF_PERSON}/withdrawals", status_code=201, responses=problems(Conflict))
async def withdraw(
    request: Request,
    response: Response,
    person: Person,
    what: NewWithdrawal,
    asking: Sees,
    idempotency_key: IdempotencyKey = None,
) -> StopwatchOut:
    """Ta tillbaka på den enskildes ord, genast och utan skäl: från vem, till vem, om vad, eller ett helt samtycke."""
    services, doing = services_of(request), await once(request, asking.caller, idempotency_key)
    speaker = await _speaker(services, asking, person)
    if what.consent:
        made = await services.withdrawals.withdraw_consent(speaker, ConsentId(what.consent), doing)
    else:
        made = await services.withdrawals.withdraw(speaker, Closing(what.owner, what.receiver, what.category), doing)
    _created(request, response, made)
    return StopwatchOut.of(await services.reader.stopwatch(speaker, made))


@router.get(f"{_OF_PERSON}/withdrawals/{{withdrawalId}}", responses=problems())
async def read_withdrawal(request: Request, person: Person, withdrawal: WithdrawalPath, asking: Sees) -> StopwatchOut:
    """Läs stoppuret: när det begärdes, när hubben hade stängt, och hur långt beskedet har nått er myndighet."""
    services = services_of(request)
    speaker = await _speaker(services, asking, person)
    return StopwatchOut.of(await services.reader.stopwatch(speaker, WithdrawalId(withdrawal)))


@router.post(f"{_OF_PERSON}/withdrawals/{{withdrawalId}}/confirmations", status_code=204, responses=problems())
async def confirm_withdrawal(request: Request, person: Person, withdrawal: WithdrawalPath, asking: Sees) -> None:
    """Bekräfta att ert system har sett ett återkallande och slutat använda det som togs tillbaka."""
    services = services_of(request)
    await _speaker(services, asking, person)
    await services.withdrawals.seen(WithdrawalId(withdrawal), _agency(asking))


@router.get(f"{_OF_PERSON}/blocks", responses=problems())
async def list_blocks(
    request: Request, person: Person, asking: Sees, page: PageNumber = 1, limit: Limit = 20
) -> BlockPage:
    """Lista de spärrar som binder er myndighet. Bara den enskilde själv lyfter dem."""
    services = services_of(request)
    permit = await asking.permit(lambda: services.people.may_see(asking.caller, PersonId(person)))
    found = (await services.reader.overview_for(permit, _agency(asking))).blocks
    shown, more = _page(found, page, limit)
    return BlockPage(items=tuple(BlockOut.of(each) for each in shown), page=page, limit=limit, more=more)


@router.post(f"{_OF_PERSON}/blocks", status_code=201, responses=problems(Conflict))
async def block(
    request: Request,
    response: Response,
    person: Person,
    what: NewClosing,
    asking: Sees,
    idempotency_key: IdempotencyKey = None,
) -> Created:
    """Stoppa på den enskildes ord att en myndighet berättar, genast. Vinner över alla samtycken, även nyare."""
    services, doing = services_of(request), await once(request, asking.caller, idempotency_key)
    speaker = await _speaker(services, asking, person)
    made = await services.blocks.block(speaker, Closing(what.owner, what.receiver, what.category), doing)
    return _created(request, response, made)


async def _read(services: ConsentServices, asking: Asking, person: str, consent: str) -> ConsentOut:
    permit = await asking.permit(lambda: services.people.may_see(asking.caller, PersonId(person)))
    return ConsentOut.of(await services.reader.consent_for(permit, ConsentId(consent), _agency(asking)))


async def _speaker(services: ConsentServices, asking: Asking, person: str) -> Speaker:
    """Return the caller as one who speaks for the individual, without the engine (reading R5). Raises NotFound."""
    individual = await services.people.open_to(asking.caller, PersonId(person))
    asking.acted_without_engine()
    return Speaker(asking.caller, individual, await services.around(asking.caller, individual, None))


def _agency(asking: Asking) -> str:
    """Return the caller's agency. Raises NotFound: an individual has no personId and no door here."""
    if asking.caller.agency is None:
        raise NotFound
    return asking.caller.agency


def _created(request: Request, response: Response, made: str) -> Created:
    response.headers["Location"] = f"{request.url.path}/{made}"
    return Created(id=made)


def _page(found: Sequence[T], page: int, limit: int) -> tuple[Sequence[T], bool]:
    return found[(page - 1) * limit : page * limit], len(found) > page * limit
