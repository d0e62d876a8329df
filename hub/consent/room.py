"""What the endpoints of consent share: the services, the parameters, what may go wrong."""

from collections.abc import Sequence
from functools import partial
from typing import Annotated, Final, TypeVar

from fastapi import Path, Request, Response

from hub.access import Asking, Permit, asks
from hub.access.questions import SeePerson
from hub.consent.bodies import ID
from hub.consent.kinds import ConsentId, WithdrawalId
from hub.consent.schemas import ConsentBody, Created, StopwatchBody
from hub.consent.services import ConsentServices
from hub.consent.speaker import Speaker
from hub.kit.errors import (
    Conflict,
    Invalid,
    NotFound,
    PreconditionFailed,
    PreconditionRequired,
    Refused,
    StepUpNeeded,
    Unauthenticated,
    Undecided,
)
from hub.people import People, PersonId

USUAL: Final = (Unauthenticated, Refused, StepUpNeeded, NotFound, Undecided, Invalid)
ONCE: Final = (*USUAL, Conflict)
EDIT: Final = (*ONCE, PreconditionFailed, PreconditionRequired)
T = TypeVar("T")

PersonParam = Annotated[
    str, Path(alias="personId", max_length=40, pattern=ID, description="Er egen beteckning / your personId")
]
ConsentParam = Annotated[str, Path(alias="consentId", max_length=40, pattern=ID, description="Samtycket / the consent")]
WithdrawalParam = Annotated[
    str, Path(alias="withdrawalId", max_length=40, pattern=ID, description="Återkallandet / the withdrawal")
]
Sees = Annotated[Asking, asks("see_person")]


class Room:
    """The services of consent, out of the application."""

    def __init__(self, request: Request) -> None:
        services: ConsentServices = request.app.state.consent
        self.consents, self.withdrawals, self.blocks = services.consents, services.withdrawals, services.blocks
        self.reader, self.texts, self.around = services.consent_reader, services.texts, services.around
        self.people: People = request.app.state.people

    async def may_see(self, asking: Asking, person: str) -> Permit[SeePerson]:
        return await asking.permit(partial(self.people.may_see, asking.caller, PersonId(person)))

    async def consent(self, asking: Asking, person: str, consent: str) -> ConsentBody:
        """Return one consent, cut for the caller's agency. Raises NotFound when that is nothing."""
        permit = await self.may_see(asking, person)
        return ConsentBody.of(await self.reader.consent_for(permit, ConsentId(consent), agency_of(asking)))

    async def speaker(self, asking: Asking, person: str) -> Speaker:
        """Return the caller as one who speaks for the individual, without the engine (reading R5). Raises NotFound."""
        individual = await self.people.open_to(asking.caller, PersonId(person))
        asking.acted_without_engine()
        return Speaker(asking.caller, individual, await self.around(asking.caller, individual, None))

    async def stopwatch(self, speaker: Speaker, withdrawal: str) -> StopwatchBody:
        """Return the stopwatch, cut for the caller's agency. Raises NotFound."""
        return StopwatchBody.of(await self.reader.stopwatch(speaker, WithdrawalId(withdrawal)))


def agency_of(asking: Asking) -> str:
    """Return the caller's agency. Raises NotFound: an individual has no personId, and no door here."""
    if asking.caller.agency is None:
        raise NotFound
    return asking.caller.agency


def created(request: Request, response: Response, made: str) -> Created:
    response.headers["Location"] = f"{request.url.path}/{made}"
    return Created(id=made)


def page_of(found: Sequence[T], page: int, limit: int) -> tuple[Sequence[T], bool]:
    return found[(page - 1) * limit : page * limit], len(found) > page * limit
