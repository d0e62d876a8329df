"""What every page of administration asks first."""

from typing import Annotated, Any

from hub.access import Asking, Caller, Permit, asks
from hub.access.questions import Administer
from hub.access.questions.words import AdministrationAct
from hub.agencies import AgencyId, AssignmentId, Mandate
from hub.web.questions import administration
from hub.web.room import Room

Administering = Annotated[Asking, asks("administer")]


async def permit_for(room: Room, asking: Asking, act: AdministrationAct, **more: Any) -> Permit[Administer]:
    """Return the permit for an act on the caller's own agency. Raises Refused, StepUpNeeded, Undecided."""
    return await asking.permit(lambda: administration(room.people, room.clock, asking.caller, act, **more))


async def mandate_for(room: Room, asking: Asking, act: AdministrationAct, **more: Any) -> Mandate:
    """Return the mandate for an act on the caller's own agency. Raises as `permit_for`."""
    return mandate_of(await permit_for(room, asking, act, **more), asking.caller)


def mandate_of(permit: Permit[Administer], caller: Caller) -> Mandate:
    """Return the mandate that a permit gives."""
    return Mandate(
        AgencyId(caller.agency or ""), AssignmentId(caller.assignment or ""), caller.name, caller.title, permit.entry
    )
