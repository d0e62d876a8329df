"""What the hub tells those who must do something about a protection, and the click that says it is done."""

from typing import Annotated

from fastapi import Response

from hub.access import Asking, GuardedRouter, asks
from hub.agencies import AssignmentId
from hub.people import texts as notice_texts
from hub.web.pages import go, staff_page
from hub.web.room import In
from hub.workspace.views import Notice, Notices

router = GuardedRouter(prefix="/arbete", include_in_schema=False)
Looking = Annotated[Asking, asks("see_person")]


@router.get("/meddelanden")
async def notices(room: In, asking: Looking) -> Response:
    """What the caller has been told and hasn't done."""
    await asking.permit(lambda: room.people.may_register(asking.caller))
    mine, words = await room.protecting.notices_for(AssignmentId(asking.caller.assignment or "")), notice_texts()
    rows = tuple(
        Notice(
            each.id,
            words[each.kind].title,
            words[each.kind].text,
            tuple(words[each.kind].todo),
            each.at,
            each.reference,
        )
        for each in mine
    )
    return await staff_page(room, asking.caller, "workspace/notices.html", Notices(rows))


@router.post("/meddelanden/{notice}")
async def done(room: In, asking: Looking, notice: str) -> Response:
    """Mark a notice as read. Raises NotFound for somebody else's."""
    await asking.permit(lambda: room.people.may_register(asking.caller))
    await room.protecting.mark_read(AssignmentId(asking.caller.assignment or ""), notice)
    return go("/arbete/meddelanden")
