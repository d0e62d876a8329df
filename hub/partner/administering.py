"""What every route of administration over the API has in common: who may, in whose name, and what is told of what was made."""

from functools import partial
from typing import Annotated, Any, Final

from fastapi import Path, Request
from pydantic import ConfigDict, Field

from hub.access import Asking, Permit, asks
from hub.access.questions import Administer
from hub.access.questions.words import AdministrationAct
from hub.access.tokens import Clients
from hub.agencies import Administration, AgencyId, Approvals, AssignmentId, Directory, Mandate, OwnGain
from hub.kit.errors import Invalid, NotFound, Refused, StepUpNeeded, Unauthenticated, Undecided
from hub.kit.rest import Body
from hub.web.questions import administration

USUAL: Final = (Unauthenticated, Refused, OwnGain, StepUpNeeded, NotFound, Undecided, Invalid)
Administering = Annotated[Asking, asks("administer")]
Identity = Annotated[str, Path(alias="id", max_length=64, description="Beteckning / id")]


class Made(Body):
    """Beteckningen på det som lades till."""

    model_config = ConfigDict(json_schema_extra={"example": {"id": "k5m2q9x4c1v8b5n3k6w0z2d4ya"}})

    id: str = Field(description="Beteckning / id")


class Room:
    """One act of administration by one caller."""

    def __init__(self, request: Request, asking: Asking) -> None:
        state: Any = request.app.state
        self._people, self._asking = state.people, asking
        self.clock = state.clock
        self.directory: Directory = state.directory
        self.administration: Administration = state.administration
        self.approvals: Approvals = state.approvals
        self.clients: Clients = state.clients

    async def permit(self, act: AdministrationAct, **more: Any) -> Permit[Administer]:
        return await self._asking.permit(
            partial(administration, self._people, self.clock, self._asking.caller, act, **more)
        )

    async def mandate(self, act: AdministrationAct, **more: Any) -> Mandate:
        return self.of(await self.permit(act, **more))

    def of(self, permit: Permit[Administer]) -> Mandate:
        caller = self._asking.caller
        agency, assignment = AgencyId(caller.agency or ""), AssignmentId(caller.assignment or "")
        return Mandate(agency, assignment, caller.name, caller.title, permit.entry)

    async def is_self(self, staff: str) -> bool:
        posts = await self.directory.posts([self._asking.caller.assignment or ""])
        return any(each.staff == staff for each in posts.values())
