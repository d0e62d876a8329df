"""The API of what never waits: withdrawing and blocking.

No engine is asked (reading R5): `People.open_to` says whom the caller's reference is about, and a pure rule whether the
caller may speak.
"""

from typing import Final

from fastapi import Request, Response

from hub.access import GuardedRouter
from hub.consent.bodies import NewClosing, NewWithdrawal
from hub.consent.closing import Closing
from hub.consent.kinds import ConsentId, WithdrawalId
from hub.consent.room import ONCE, USUAL, PersonParam, Room, Sees, WithdrawalParam, agency_of, created, page_of
from hub.consent.schemas import BlockBody, BlockList, Created, StopwatchBody
from hub.kit.rest import Idempotent, Limit, PageNumber, problems

router: Final = GuardedRouter(tags=["Samtycken"])
_WITHDRAWALS: Final = "/persons/{personId}/withdrawals"
_BLOCKS: Final = "/persons/{personId}/blocks"


@router.post(_WITHDRAWALS, status_code=201, summary="Ta tillbaka", responses=problems(*ONCE))
async def withdraw(
    request: Request, response: Response, person_id: PersonParam, body: NewWithdrawal, asking: Sees, once: Idempotent
) -> StopwatchBody:
    """Withdraw on the individual's word, at once, without a reason. / Tar tillbaka på den enskildes ord, genast.

    From whom, to whom, about what (left out: all), or one whole consent. / Från vem, till vem, om vad, eller ett helt.
    """
    room = Room(request)
    speaker = await room.speaker(asking, person_id)
    if body.consent:
        made = await room.withdrawals.withdraw_consent(speaker, ConsentId(body.consent), once)
    else:
        made = await room.withdrawals.withdraw(speaker, Closing(body.owner, body.receiver, body.category), once)
    created(request, response, made)
    return await room.stopwatch(speaker, made)


@router.get(f"{_WITHDRAWALS}/{{withdrawalId}}", summary="Läs stoppuret", responses=problems(*USUAL))
async def read_withdrawal(
    request: Request, person_id: PersonParam, withdrawal_id: WithdrawalParam, asking: Sees
) -> StopwatchBody:
    """Return when it was asked for, when it was closed, and how far the word has reached you. / När det stängdes."""
    room = Room(request)
    return await room.stopwatch(await room.speaker(asking, person_id), withdrawal_id)


@router.post(
    f"{_WITHDRAWALS}/{{withdrawalId}}/confirmations",
    summary="Bekräfta ett återkallande",
    responses=problems(*USUAL),
)
async def confirm_withdrawal(
    request: Request, person_id: PersonParam, withdrawal_id: WithdrawalParam, asking: Sees
) -> StopwatchBody:
    """Confirm that your system has seen a withdrawal and stopped. / Bekräftar att ert system har sett och slutat."""
    room = Room(request)
    speaker = await room.speaker(asking, person_id)
    await room.stopwatch(speaker, withdrawal_id)
    await room.withdrawals.seen(WithdrawalId(withdrawal_id), agency_of(asking))
    return await room.stopwatch(speaker, withdrawal_id)


@router.get(_BLOCKS, summary="Lista spärrar", responses=problems(*USUAL))
async def list_blocks(
    request: Request, person_id: PersonParam, asking: Sees, page: PageNumber = 1, limit: Limit = 20
) -> BlockList:
    """Return the blocks that bind the caller's agency. Only the individual lifts them. / Spärrar som binder er."""
    room = Room(request)
    overview = await room.reader.overview_for(await room.may_see(asking, person_id), agency_of(asking))
    shown, more = page_of(overview.blocks, page, limit)
    return BlockList(items=tuple(map(BlockBody.of, shown)), page=page, limit=limit, more=more)


@router.post(_BLOCKS, status_code=201, summary="Spärra", responses=problems(*ONCE))
async def block(
    request: Request, response: Response, person_id: PersonParam, body: NewClosing, asking: Sees, once: Idempotent
) -> Created:
    """Stop an agency from telling, on the individual's word, at once. / Stoppar på den enskildes ord, genast."""
    room = Room(request)
    speaker = await room.speaker(asking, person_id)
    made = await room.blocks.block(speaker, Closing(body.owner, body.receiver, body.category), once)
    return created(request, response, made)
